"""What the case pages show, as plain dicts for the components: prepared here, so that templates hold no rules."""

from datetime import date
from functools import cached_property

from django.urls import reverse

from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.casework.offers import Offer, list_roles, offers
from panel.law.period import Count, day_words, plural
from panel.law.roles import Basis, Role
from panel.pages.people_names import People
from panel.pages.timeline import parts_words, timeline
from panel.pages.words import badge, case_url, due_fact, duty_words, step_url, tab_url, when_words
from panel.procedure.vocabulary import NEW, To


class CasePage:
    """One case for one person: what every tab shows, and what the overview shows besides."""

    def __init__(self, look: CaseContext, tab: str = "case"):
        self.look, self.tab = look, tab
        self.case, self.register = look.case, look.register
        self.today = look.today
        self.own = self.register.present(look)
        self.staff = bool(look.who.roles & {Role.OFFICER, Role.MONITORING_OFFICER})

    # Every tab

    @property
    def identity(self) -> dict:
        """The identity bar."""
        state = self.look.procedure.state(self.case.status)
        days = (self.today - self.case.received_on).days
        return {
            "reference": self.case.reference,
            "title": self.case.title,
            "tag": {"words": state.words, "colour": state.colour},
            "badges": [*self.own.badges(), *self._kept()],
            "facts": [
                *self.own.facts(),
                *(
                    []
                    if self.own.own_dates
                    else [
                        {
                            "label": "Received",
                            "value": day_words(self.case.received_on),
                            "note": (f"({plural(days, 'day')} ago)" if days else "(today)") if state.open else "",
                        }
                    ]
                ),
                *([due_fact(self.case.next_due, self.today)] if state.open or self.case.next_due else []),
            ],
        }

    def _kept(self) -> list[dict]:
        """That a hold is on it, or that what it says was erased."""
        days = (("On hold since", self.case.held_on), ("Erased on", self.case.erased_on))
        return [{"kind": "plain", "words": f"{words} {day_words(day)}"} for words, day in days if day]

    @property
    def tabs(self) -> list[dict]:
        """Links to the case's pages; History and who has seen it only for who may see that."""
        found = [("case", "Overview")]
        if self.register.tabs:
            found += [(f"tab:{t.key}", t.words(self.own)) for t in self.register.tabs]
        else:
            found.append(("case-parts", f"{self.own.parts_words} ({len(self.look.parts)})"))
        found.append(("documents", f"Documents ({self.documents_count})"))
        found.append(("case-timeline", "Timeline"))
        if rules.may(self.look.who, "case.history"):
            found.append(("case-history", "History"))
        if rules.may(self.look.who, "case.seen"):
            found.append(("case-seen", "Who has seen this"))
        return [
            {"words": words, "url": tab_url(self.case, self.register, name), "current": name == self.tab}
            for name, words in found
        ]

    @cached_property
    def documents_count(self) -> int:
        """How many documents this person may open."""
        rows = self.case.documents.values_list("classification", flat=True)
        return sum(rules.sees_document(self.look.who, self.look.case_roles, c) for c in rows)

    @property
    def back(self) -> dict:
        """Where the case was reached from."""
        return {
            "url": reverse("panel:cases", args=[self.case.panel.slug, self.register.slug]),
            "words": self.register.words,
        }

    # Overview

    @property
    def track(self) -> dict:
        """The stages, and the sentence below."""
        look = self.look
        state = look.procedure.state(self.case.status)
        days = self._stage_days()
        stages = []
        for n, words in enumerate(look.procedure.stages):
            last = n == len(look.procedure.stages) - 1
            if not state.open:  # what it ended without having come to is not shown as done
                if last or n in days:
                    note = day_words(days[n]) if n in days else ""
                    stages.append({"words": state.words if last else words, "state": "done", "note": note})
                continue
            kind = "done" if n < state.stage else "current" if n == state.stage else "todo"
            note = day_words(days[n]) if n in days and n <= state.stage else self.own.stage_hints.get(n, "")
            if kind == "current" and state.side:
                since = look.last_move_on(next(p for p in look.parts if p.status == self.case.status))
                note = f"{state.side}, since {day_words(since)}" if since else state.side
            elif kind == "current":
                waiting = self.own.waiting.get(self.case.status)
                note = f"{note}, {waiting}" if waiting and note else note or waiting or ""
            stages.append({"words": words, "state": kind, "note": note})
        return {"stages": stages, "below": self._below(state)}

    def _stage_days(self) -> dict[int, date]:
        """The first day on which a part came to each stage; of its end the last one, as it may have been reopened."""
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
        """Which parts stand elsewhere, and which other ways lead out."""
        lines, elsewhere = [], []
        for p in self.look.parts:
            if p.status != self.case.status:
                on = self.look.last_move_on(p)
                words = self.look.procedure.state(p.status).words
                words = f"{words[:1].lower()}{words[1:]}{', ' + day_words(on) if on else ''}"
                elsewhere.append(f"{p}, {words}")
        if elsewhere:
            lines.append(f"Standing elsewhere: {'; '.join(elsewhere)}.")
        if state.open:
            lines.append(self.own.ways_out)
        return " ".join(lines)

    @cached_property
    def people(self) -> People:
        """Who does what today."""
        return People(self.case.panel, self.today)

    @property
    def next(self) -> dict | None:
        """What can happen next: the button, other people's steps, links, rare ones folded. None for an auditor."""
        look = self.look
        if not look.roles - {Role.AUDITOR, Role.ADMINISTRATOR}:
            return None
        can = [o for o in offers(self.look) if o.refusal is None]
        if look.roles == {Role.MEMBER}:
            can = [o for o in can if o.step.anybody]
        button = self._button(can)
        wanted, waiting = self._wanted(), self._waiting_steps()
        links, others, rare = [], [], []
        for o in can:
            if button and o.step.key == button["key"]:
                continue
            url = step_url(self.case, self.register, o.step.key)
            row = {"words": o.step.words, "url": url, "note": o.step.line, "provision": o.step.provision}
            if o.step.decided_by and not look.roles & set(o.step.decided_by):
                if o.step.key in waiting:
                    link = {"words": "Type it up for them", "url": url}
                    others.append(self._others_row(o) | {"link": link})
                else:
                    onward = o.step.key in self.own.onward and not o.step.rare
                    (links if onward else rare).append(
                        row | {"note": f"Somebody else decides: you type it up. {o.step.line}"}
                    )
            elif o.step.rare and o.step.key not in wanted:
                rare.append(row)
            else:
                links.append(row)
        others += [self._others_row(o) for o in offers(self.look) if o.because == "role" and o.step.key in waiting]
        found = {"button": button, "steps": [*others, *links], "more": rare}
        if not can:
            waited = sorted(self._waiting_for())
            found["nothing"] = f"Waiting for {', '.join(waited)}." if waited else ""
        if self.case.erased_on:
            found["nothing"] = "What the case said was erased; its steps and dates stay as they are."
        return found

    def _others_row(self, o: Offer) -> dict:
        """A step that somebody else takes or decides."""
        roles = o.step.decided_by or o.whose
        words = f"{o.step.words[0].lower()}{o.step.words[1:]}"
        return {
            "words": f"{self.people.who(roles[0], self.look)} is to {words}",
            "note": f"Only {list_roles(roles)} can do this.",
            "provision": o.step.provision,
        }

    def _button(self, can) -> dict | None:
        """The step this person should take: the one their most urgent duty names, else one that moves the case."""
        by_key = {o.step.key: o for o in can}

        def urgent(d):
            late = d.is_over(self.today)
            waits = d.due is None or d.stopped_on is not None
            return (not (late and self.look.procedure.duty(d.kind).statutory), waits, d.due or date.max, d.pk)

        for d in sorted(self.look.open_duties, key=urgent):
            kind = self.look.procedure.duty(d.kind)
            if kind.owner in self.look.roles and kind.step in by_key and kind.step not in self.own.never_first:
                step = by_key[kind.step].step
                if d.due is None and step.rare:
                    continue  # such as keeping the evidence: it is always owed, and never what comes next
                query = {"duty": d.pk} if kind.notice else {}
                note = (
                    duty_words(kind, self.look.facts.recipient_words(d.recipient)) + "." if kind.notice else step.line
                )
                return {
                    "key": step.key,
                    "words": step.button if kind.notice else step.words,
                    "url": step_url(self.case, self.register, step.key, **query),
                    "note": note,
                    "provision": kind.provision,
                }
        for o in [by_key[key] for key in self.own.asked if key in by_key] + can:
            if o.step.key in self.own.asked:
                return self._button_of(o.step)
            if o.step.decided_by and not self.look.roles & set(o.step.decided_by):
                continue  # somebody else's decision is never what this person is to do
            if o.step.moves and not o.step.rare and o.step.to is not To.BEFORE and o.step.key in self.own.onward:
                return self._button_of(o.step)
        return None

    def _button_of(self, step) -> dict:
        url = step_url(self.case, self.register, step.key)
        return {"key": step.key, "words": step.words, "url": url, "note": step.line, "provision": step.provision}

    def _wanted(self) -> set[str]:
        return {self.look.procedure.duty(d.kind).step for d in self.look.open_duties} - self.own.never_first

    def _waiting_steps(self) -> set[str]:
        """Steps that open duties of others wait for."""
        return {
            k.step
            for d in self.look.open_duties
            if (k := self.look.procedure.duty(d.kind)).owner not in self.look.roles
        } - self.own.never_first

    def _waiting_for(self) -> set[str]:
        found = set()
        for d in self.look.open_duties:
            kind = self.look.procedure.duty(d.kind)
            if kind.owner not in self.look.roles:
                found.add(self.people.who(kind.owner, self.look, d.recipient))
        return found

    @property
    def cannot(self) -> dict | None:
        """What cannot happen yet and why: the nearest three, the rest folded. None where nobody could act."""
        state = self.look.procedure.state(self.case.status)
        if not state.open or not self.look.roles - {Role.AUDITOR, Role.MEMBER, Role.ADMINISTRATOR}:
            return None
        rows = []
        for o in offers(self.look):
            if o.refusal is None or o.because == "role" or not self._ahead(o):
                continue
            rows.append((0 if o.because == "guard" else 1, o))
        rows.sort(key=lambda r: r[0])
        steps = [
            {
                "words": o.step.words,
                "why": o.refusal.reason,
                "provision": o.refusal.provision,
                "first": o.refusal.remedy,
            }
            for _, o in rows
        ]
        return {"steps": steps[:3], "more": steps[3:]} if steps else None

    def _ahead(self, o: Offer) -> bool:
        """Whether the step lies on the way onward: it moves parts to a further state than the case stands at, or a
        guard bars it here and now."""
        if o.because == "guard":
            return o.step.key in self.own.onward
        if not o.step.moves or o.step.adds or not isinstance(o.step.to, str):
            return False
        procedure = self.look.procedure
        further = max(procedure.rank(s)[1] for s in o.step.frm if s != NEW) > procedure.rank(self.case.status)[1]
        return further and o.step.key in self.own.onward

    @property
    def duties(self) -> list[dict]:
        """Open duties, like ones of several parts together."""
        out: list[dict] = []
        known: dict = {}
        for d in self.look.open_duties:
            kind = self.look.procedure.duty(d.kind)
            key = (d.kind, d.recipient, d.due, d.stopped_on)
            numbers = self.look.numbers_of(d)
            if key in known:
                row = known[key]
                row["parts"] = sorted({*row["parts"], *numbers}) if numbers and row["parts"] else []
                continue
            day, note, late = when_words(d, self.today)
            recipient = self.look.facts.recipient_words(d.recipient) if d.recipient else ""
            who = self.people.who(kind.owner, self.look, d.recipient)
            theirs = kind.words.startswith("to ")  # "to consider it": what somebody else is to do
            what = f"{who} {kind.words}" if theirs else duty_words(kind, recipient)
            if d.stopped_on:
                day = f"{day} {note}, due {day_words(d.due)} before that"
            elif d.due == self.today:
                day = f"Today, {day_words(d.due)}"
            elif late:
                day = f"{day}, {note.split(', ')[1]}"
            elif d.due is None:
                day = f"Since {day_words(d.opened_by.on)}, no end date"
            row = {
                "parts": numbers,
                "what": what,
                "who": "" if theirs else who,
                "when": day,
                "late": late,
                "today": d.due == self.today and not d.stopped_on,
                "note": self._moved_words(d),
                "badge": badge(kind, late),
                "provision": kind.provision,
                "count": self._count_of(d),
                "links": self._duty_links(d, kind),
            }
            known[key] = row
            out.append(row)
        for row in out:
            if row["parts"] and len(row["parts"]) < len(self.look.parts):
                row["what"] += f" ({parts_words(self.register, row['parts'])})"
        return out

    def _moved_words(self, duty) -> str:
        """The day a duty was due at first, and what moved it."""
        if not duty.first_due:
            return ""
        causes = {"correct": "a correction", "adjourn": "the meeting was put off", "reverse": "a step was taken back"}
        rows = list(duty.history.order_by("history_id"))
        steps = [b.history_change_reason for a, b in zip(rows, rows[1:], strict=False) if a.due != b.due]
        why = causes.get(steps[-1], "its clock stood") if steps else ""
        return f"At first by {day_words(duty.first_due)}; moved because {why}" if why else ""

    def _count_of(self, duty) -> dict | None:
        if not duty.count or not duty.due:
            return None
        count = Count.from_json(duty.count)
        if len(count.lines) < 2:
            return None
        lines = [
            {
                "day": f"{line.day.day} {line.day:%b}",
                "words": line.text.split(": ", 1)[1],
                "counted": line.number is not None,
            }
            for line in count.lines
        ]
        return {"words": f"How {duty.due.day} {duty.due:%B} was counted", "lines": lines}

    def _duty_links(self, duty, kind) -> list[dict]:
        keys = {o.step.key for o in offers(self.look) if o.refusal is None}
        links = []
        if duty.stopped_on and "restart_clock" in keys:
            links.append(
                {"url": step_url(self.case, self.register, "restart_clock", duty=duty.pk), "words": "Let it go on"}
            )
        elif "stop_clock" in keys and kind.basis is Basis.TARGET and duty.due and not duty.is_over(self.today):
            links.append(
                {"url": step_url(self.case, self.register, "stop_clock", duty=duty.pk), "words": "Stop the clock"}
            )
        if "waive" in keys and (not kind.statutory or Role.MONITORING_OFFICER in self.look.roles):
            links.append({"url": step_url(self.case, self.register, "waive", duty=duty.pk), "words": "Waive it"})
        return links

    @property
    def latest(self) -> dict:
        """The four latest events."""
        events = timeline(self.look, self.register)
        more = {"url": case_url(self.case, self.register, "case-timeline"), "words": f"See all {len(events)} events"}
        return {"events": events[:4], "all": more if len(events) > 4 else None}
