"""The stages of a case on its page, and where each part stands."""

from datetime import date

from panel.law.period import day_words
from panel.law.spoken import say
from panel.procedure.who_acts import acts_in, spoken_of


class TrackMixin:
    """The part of `CasePage` that shows the stages."""

    @property
    def track(self) -> dict:
        """The stages, and the sentence below them."""
        look = self.look
        state = look.procedure.state(self.case.status)
        days = self._stage_days()
        stages = []
        for n, words in enumerate(look.procedure.stages):
            last = n == len(look.procedure.stages) - 1
            if not state.open:  # what it ended without having come to is not shown as done
                if last or n in days:
                    note = day_words(days[n]) if n in days else ""
                    stages.append({"words": state.label if last else words, "state": "done", "note": note})
                continue
            kind = "done" if n < state.stage else "current" if n == state.stage else "todo"
            note = (
                day_words(days[n]) if n in days and n <= state.stage else self._acting(self.own.stage_hints.get(n, ""))
            )
            if kind == "current" and state.waiting_note:
                since = look.last_move_on(next(p for p in look.parts if p.status == self.case.status))
                note = f"{state.waiting_note}, since {day_words(since)}" if since else state.waiting_note
            elif kind == "current":
                waiting = self._acting(self.own.waiting.get(self.case.status) or "")
                note = f"{note}, {waiting}" if waiting and note else note or waiting or ""
            stages.append({"words": words, "state": kind, "note": note})
        return {"stages": stages, "below": self._below(state)}

    def _acting(self, words: str) -> str:
        """What is said of the Chairman, said of whoever takes the main decision in this panel."""
        stored = self.look.settings_on(self.look.today).who_acts
        return spoken_of(words, acts_in(self.look.procedure, stored))

    def _stage_days(self) -> dict[int, date]:
        """The first day on which a part came to each stage; for the end the last such day, as cases can be reopened."""
        found: dict[int, date] = {}
        for e in self.look.in_force:
            for m in e.moves.all():
                if m.source != m.target:
                    state = self.look.procedure.state(m.target)
                    if state.open:
                        found.setdefault(state.stage, e.on)
                    elif state.key == self.case.status:
                        found[state.stage] = e.on
        return found

    def _below(self, state) -> str:
        """The parts in another state than the case, and the other ways out."""
        lines, elsewhere = [], []
        for p in self.look.parts:
            if p.status != self.case.status:
                on = self.look.last_move_on(p)
                words = self.look.procedure.state(p.status).label
                words = f"{words[:1].lower()}{words[1:]}{', ' + day_words(on) if on else ''}"
                elsewhere.append(f"{p}, {words}")
        if elsewhere:
            lines.append(f"Standing elsewhere: {'; '.join(elsewhere)}.")
        if state.open:
            lines.append(say(self.own.ways_out))
        return " ".join(lines)
