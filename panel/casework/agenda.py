"""The agenda of a meeting: how long before it is published, and whom its publication serves. Every register that meets
publishes it by these questions, under this one rule; a case's facts give the `meeting` and the `notice` it needs.

Entered once, at the meeting or at a hearing there, it holds for the meeting and for all that is dealt with at it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from panel.casework.case_context import Also, Attempt
from panel.casework.reversal import keep_next_due
from panel.casework.step_form import StepForm
from panel.forms.fields import LongTextField, TextField
from panel.law import clock
from panel.law.meetings import AGENDA, WELSH_AGENDA
from panel.law.number_words import spelled
from panel.law.period import day_words
from panel.models import Case, Duty, Entry, Meeting
from panel.procedure.register import meeting_without_agenda
from panel.procedure.vocabulary import Refusal

STEP = "publish_agenda"  # in each register
DUTIES = ("publish_agenda", "publish_welsh_agenda")


class PublishAgendaForm(StepForm):
    """Agenda and reports, open as long before as notice must be given: in England five clear days (LGA 1972 s 100B)."""

    on_label = "When was it published?"
    on_what = "the day it was published"
    documents_label = "The agenda as published"
    where = TextField(
        label="Where?", max_length=200, required_message="Enter where it was published",
        help_text="For example, the address of its page on the council’s website.",
    )  # fmt: skip
    urgent_why = LongTextField(
        label="If later than notice must be given: why was it urgent?", sometimes=True, rows=3, max_length=1000,
        help_text="The Chairman’s reason, as the minutes have it.",
    )  # fmt: skip
    columns = ("urgent_why",)
    late_duties: list[Any] = []  # noqa: RUF012 - an agenda that is late asks for the chairman's reason instead

    def add_questions(self) -> None:
        """The last day for it."""
        meeting, notice = self.attempt.facts.meeting, self.attempt.facts.notice
        if meeting is not None and notice.days:
            last = clock.clear_days(meeting.on, notice.days).day
            days = f"{spelled(notice.days)} clear days"
            self.fields["urgent_why"].label = f"If later than {day_words(last)}, {days} before: why was it urgent?"


def agenda_in_time(attempt: Attempt) -> Refusal | None:
    """Whether it was published in time, or urgency is given."""
    return in_time(attempt, attempt.on)


def in_time(attempt: Attempt, on: date) -> Refusal | None:
    """Of an agenda published on that day: as many clear days before the meeting as notice must be given, in England five,
    or urgency with the chairman's reason (LGA 1972 s 100B(4)(b))."""
    meeting, notice = attempt.facts.meeting, attempt.facts.notice
    under = AGENDA if notice.by_law else WELSH_AGENDA
    if on > meeting.on:
        verb = "was" if meeting.on < attempt.look.today else "is"
        return Refusal(f"The meeting {verb} on {day_words(meeting.on)}: an agenda comes before it", under, field="on")
    if notice.days is None:
        return None
    last = clock.clear_days(meeting.on, notice.days)
    if on > last.day and not attempt.answers.get("urgent_why"):
        words = (
            f"The last day for {spelled(notice.days)} clear days was {day_words(last.day)}. Enter the Chairman’s "
            "reason for urgency, or that none was given"
        )
        return Refusal(words, under, field="urgent_why")
    return None


def publish(attempt: Attempt, meeting: Meeting, there: Iterable[Case], on: date | None = None) -> None:
    """Keep when and where. It serves every case that is dealt with there, and meets the duty of each; the meeting, where a
    register keeps it, follows."""
    answers = attempt.answers
    meeting.agenda_on, meeting.urgent_why = on or attempt.on, answers.get("urgent_why") or ""
    meeting.agenda_where = answers.get("where") or ""
    meeting.save()
    for case in there:
        owed = case.duties.filter(kind__in=DUTIES, closed_by=None)
        for duty in owed:
            duty.end(attempt.entry, Duty.Closed.MET)
        if owed:
            keep_next_due(case)
    kept = meeting_without_agenda(meeting)
    if kept is not None and kept.pk != attempt.case.pk:
        last = kept.entries.order_by("-on").values_list("on", flat=True).first()  # it may be typed up later than that
        said = {
            "on": max(attempt.on, last or attempt.on),
            "where": meeting.agenda_where,
            "urgent_why": meeting.urgent_why,
        }
        attempt.also.append(Also(kept, STEP, said, "on"))


def take_back_together(attempt: Attempt) -> None:
    """The publication that followed from the one that is taken back, or from which it followed, is taken back with it."""
    undone = attempt.reversed_entry
    if undone is None or undone.step != STEP:
        return
    same = Entry.objects.in_force().filter(
        case__panel=attempt.panel, step=STEP, by=undone.by, entered_at=undone.entered_at
    )
    for entry in same.exclude(case=attempt.case).select_related("case"):
        answers = {"on": attempt.on, "entry": str(entry.number), "why": attempt.form.cleaned_data.get("why") or ""}
        attempt.also.append(Also(entry.case, "reverse", answers, "entry"))
