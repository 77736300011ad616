"""The open duties of a case on its page."""

from functools import cached_property

from django.urls import reverse

from panel.access import rules
from panel.casework.offers import offers
from panel.law.period import Count, day_words
from panel.law.roles import DayBasis, Role, Wait
from panel.pages.letter_links import LettersOfDuties
from panel.pages.words import badge, duty_words, gone_by, step_url, when_words
from panel.procedure.machine import CAME_BACK, HOLIDAY
from panel.procedure.vocabulary import filled_in

REMINDED = frozenset({Role.CHAIRMAN, Role.MONITORING_OFFICER, Role.OFFICER, Role.SUB_PANEL})  # who have accounts here


class DutiesMixin:
    """The part of `CasePage` that lists duties."""

    @property
    def duties(self) -> list[dict]:
        """Open duties; the same duty of several parts is one row."""
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
            when = when_words(d, self.today, kind)
            day, late = when.day, when.late
            recipient = self.look.facts.recipient_words(d.recipient) if d.recipient else ""
            who = self.people.who(kind.owner, self.look, d.recipient)
            nobody = self.people.nobody(self.look) if kind.owner is Role.CHAIRMAN else ""
            theirs = kind.label.startswith("to ")  # "to consider it": what somebody else is to do
            what = filled_in("{to} ", who) + kind.label if theirs else duty_words(kind, recipient)
            if d.stopped_on:
                day = f"{day} {when.note}, due {day_words(d.due)} before that"
            elif d.due == self.today:
                day = f"Today, {day_words(d.due)}"
            elif late or when.over:
                day = f"{day}, {gone_by(d.due, self.today, kind)}"
            elif d.due is None:
                day = f"Since {day_words(d.opened_by.on)}, no end date"
            asleep = f"Waits for {Wait(d.waits_for).words}" if d.sleeps(self.today) else ""
            row = {
                "parts": numbers,
                "what": what,
                "who": "" if theirs else who,
                "when": day,
                "late": late,
                "over": when.over,
                "today": d.due == self.today and not d.stopped_on,
                "note": ". ".join(filter(None, (asleep, self._came_back_words(d), self._moved_words(d), nobody))),
                "asleep": bool(asleep),
                "day_note": kind.day_note if d.due else "",
                "badge": badge(kind, late),
                "provision": kind.provision,
                "count": self._count_of(d),
                "links": self._duty_links(d, kind),
                "remind_url": self._remind_url(d, kind),
                "write": self.letters.link(d),
            }
            known[key] = row
            out.append(row)
        for row in out:
            if row["parts"] and len(row["parts"]) < len(self.look.parts):
                row["what"] += f" ({self.look.parts_called(row['parts'])})"
        return out

    @cached_property
    def letters(self) -> LettersOfDuties:
        """The letters that the duties call for."""
        return LettersOfDuties(self.look)

    def _came_back_words(self, duty) -> str:
        """Why a notice is owed once more."""
        if duty.opened_by.step != CAME_BACK:
            return ""
        return f"The letter did not arrive ({duty.opened_by.why}), {day_words(duty.opened_by.on)}"

    def _moved_words(self, duty) -> str:
        """The day on which a duty was first due, and the reason why it moved."""
        if not duty.first_due:
            return ""
        causes = {"correct": "a correction", "adjourn": "the meeting was put off", "reverse": "a step was taken back"}
        causes[HOLIDAY] = "a bank holiday was announced"
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

    def _remind_url(self, duty, kind) -> str:
        """Where staff send a reminder of what somebody else with an account has to do."""
        if not rules.may(self.look.who, "case.remind") or kind.owner not in REMINDED - self.look.roles:
            return ""
        return reverse("panel:remind", args=[self.case.panel.slug, self.register.slug, self.case.reference, duty.pk])

    def _duty_links(self, duty, kind) -> list[dict]:
        keys = {o.step.key for o in offers(self.look) if o.refusal is None}
        links = []
        if duty.stopped_on and "restart_clock" in keys:
            links.append(
                {"url": step_url(self.case, self.register, "restart_clock", duty=duty.pk), "words": "Let it go on"}
            )
        elif "stop_clock" in keys and kind.day_basis is DayBasis.LOCAL and duty.due and not duty.is_over(self.today):
            links.append(
                {"url": step_url(self.case, self.register, "stop_clock", duty=duty.pk), "words": "Stop the clock"}
            )
        if "waive" in keys and (not kind.guarded or Role.MONITORING_OFFICER in self.look.roles):
            links.append({"url": step_url(self.case, self.register, "waive", duty=duty.pk), "words": "Waive it"})
        return links
