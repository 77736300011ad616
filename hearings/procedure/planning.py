"""A hearing is planned before the Panel is notified: word from the Commissioner's office, a day kept free, a place."""

from hearings.keys import UNNAMED
from hearings.models import Candidate, Hearing
from hearings.procedure.conditions import poll_is_known, poll_is_none_of_long_ago
from hearings.procedure.duties import (
    AGENDA_AS_PLANNED,
    ARRANGE_UNLESS_PLANNED,
    ASK_MISSING,
    AWAIT_NOTIFICATION,
    HOLD_AS_PLANNED,
    INVITE_AS_PLANNED,
    KEEP_FREE,
    REVIEW_UNLESS_PLANNED,
    SEND_REPORT,
    TELL_MOVED,
    TELL_PUT_OFF,
)
from hearings.procedure.effects import add_proposal, drop_cached_facts
from hearings.procedure.law import GUIDANCE, HEARING, NOTIFICATION, SUPPLY, WHOLE_PANEL, number_words
from hearings.procedure.meetings import arrange_meeting
from hearings.procedure.posts import FLAGS, FLAGS_IN_TITLES, MOST_CANDIDATES, flags_of, title
from hearings.procedure.questions.meeting import ArrangeHearingForm
from hearings.procedure.questions.proposal import PostMixin, WhatCameMixin
from hearings.procedure.states import HEARING_ARRANGED, NOTIFIED, PLANNED, REPORTED, RESERVE, RUNNING, VETOED, keys_of
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import CheckboxesField, DateField, LongTextField, RadiosField, TextField
from panel.forms.layout import Fieldset, Reveal
from panel.law import clock
from panel.law.period import day_words, plural
from panel.procedure.vocabulary import NEW, Elsewhere, Refusal, Step, Target

HOW = (("telephone", "Telephone"), ("email", "Email"), ("meeting", "At a meeting"), ("letter", "Letter"))


class PlanHearingForm(PostMixin, StepForm):
    """An appointment is to come, and the Panel plans for it. Nothing runs before the notification."""

    on_label = "When was it planned?"
    post = RadiosField(label="Which post?", choices=(), required_message="Select the post")
    flags = CheckboxesField(label="Is it special in some way?", required=False, choices=FLAGS)
    expected_on = DateField(
        label="When is the notification expected?", what="the day it is expected", required=False,
        help_text="Leave empty if nobody has said.",
    )  # fmt: skip
    word = LongTextField(label="What did the Commissioner’s office say?", rows=3, required=False, max_length=1000)
    columns = ("post", "post_words", "flags", "expected_on", *(f"candidate_{n}" for n in range(1, MOST_CANDIDATES + 1)))

    def add_questions(self):
        """The posts of this Schedule, and the candidates as far as they are known."""
        self.ask_post()
        for n in range(1, MOST_CANDIDATES + 1):
            self.fields[f"candidate_{n}"] = TextField(
                label="Candidate, if already known" if n == 1 else f"Candidate {n}, if already known", max_length=120,
                required=False, what="The name", help_text="" if n == 1 else "Only for a job share.",
            )  # fmt: skip

    def shape_of(self):
        """Post and candidates, then what is expected."""
        names = [f"candidate_{n}" for n in range(2, MOST_CANDIDATES + 1)]
        return [
            Fieldset(
                "The appointment", "post", "post_words", "candidate_1", "flags", Reveal("flags", "job_share", *names)
            ),
            Fieldset("What is expected", "expected_on", "word", "on"),
        ]

    def names(self) -> list[str]:
        """The candidates' names as far as they are known; a job share has two at least."""
        data = self.cleaned_data
        known = [data[f"candidate_{n}"] for n in range(1, MOST_CANDIDATES + 1) if data.get(f"candidate_{n}")]
        return known + [UNNAMED] * ((2 if "job_share" in (data.get("flags") or []) else 1) - len(known))


class NoteWordForm(StepForm):
    """Informal word from the Commissioner's office, before it notifies the Panel."""

    on_label = "When did they say so?"
    who = TextField(label="Who said it?", max_length=120, required_message="Enter who said it")
    how = RadiosField(label="How?", choices=HOW, required_message="Select how they said it")
    word = LongTextField(label="What did they say?", rows=3, max_length=1000, required_message="Enter what they said")
    expected_on = DateField(
        label="When is the notification expected now?", what="the day it is expected", required=False
    )
    columns = ("expected_on",)

    def initial_answers(self):
        """What was said last."""
        return {"expected_on": self.attempt.case.expected_on}


class PlanDayForm(ArrangeHearingForm):
    """The day that is kept for the hearing, before anything is notified."""

    on_label = "When was this planned?"

    def add_questions(self):
        """How a candidate attends is asked once there is one."""
        super().add_questions()
        del self.fields["remote"], self.fields["late_hearing_why"]

    def shape_of(self):
        """At which meeting."""
        return [*self.moves_shape, *self.meeting_shape]


class RecordNotificationForm(WhatCameMixin, StepForm):
    """The notification of an appointment for which a hearing was planned (Sch 1 para 9, Sch 8 para 3)."""

    on_label = "When did the Panel receive the notification?"
    on_what = "the day the Panel received the notification"
    planned_on = None  # the day of the hearing that was planned; kept, since the page that checks takes the step back
    documents_label = "The notification and what came with it"
    columns = (
        "came", "poll_on", "unknown", "counts_why", *(f"candidate_{n}" for n in range(1, MOST_CANDIDATES + 1)),
    )  # fmt: skip

    def add_questions(self):
        """Each candidate, and what came."""
        parts = self.attempt.look.parts
        for part in parts:
            self.fields[f"candidate_{part.number}"] = TextField(
                label="Candidate" if len(parts) == 1 else f"Candidate {part.number}", max_length=120,
                required_message="Enter the candidate’s name", what="The name",
                initial="" if part.name == UNNAMED else part.name,
            )  # fmt: skip
        self.ask_what_came()

    def shape_of(self):
        """Who, then what came and when."""
        names = [name for name in self.fields if name.startswith("candidate_")]
        return [Fieldset("The appointment", *names), Fieldset("The notification", "on", "unknown", *self.came_shape)]

    def fill(self, attempt):
        """A hearing that was planned keeps its day."""
        super().fill(attempt)
        planned = attempt.facts.meeting
        self.planned_on = planned.on if planned else None
        attempt.answers["to"] = "hearing_arranged" if planned else "notified"
        if planned:
            attempt.answers["meeting_on"] = planned.on

    def warnings(self):
        """A hearing that was planned and does not fit the notification."""
        planned, start, elected = self.planned_on, self.counted_from(), super().warnings()
        if planned is None or start is None:
            return elected
        last = clock.three_weeks(start).day
        if planned > last:
            late = plural((planned - last).days, "day")
            return [*elected, f"The hearing is planned for {day_words(planned)}, {late} after the last day for the report, "
                    f"{day_words(last)}. Move it once the notification is recorded."]  # fmt: skip
        days = self.attempt.facts.notice_on(planned).days
        if days and clock.clear_days(planned, days).day < start:
            return [*elected, f"The hearing is planned for {day_words(planned)}: the agenda can no longer go out "
                    f"{number_words(days)} clear days before. Move it, or record the chairman’s reason for "
                    "urgency with the agenda."]  # fmt: skip
        return elected


# Conditions


def each_candidate_once(attempt):
    """Two candidates of a job share are two people."""
    names = [attempt.answers.get(f"candidate_{p.number}") for p in attempt.look.parts]
    double = next((n for i, n in enumerate(names) if n in names[:i]), None)
    if double is None:
        return None
    field = f"candidate_{attempt.look.parts[len(names) - 1].number}"
    return Refusal(f"{double} is named twice", attempt.facts.law.of(NOTIFICATION), field=field)


# Effects


def plan_hearing(attempt):
    """Make the hearing and its candidates, as far as they are known."""
    case, answers, form = attempt.case, attempt.answers, attempt.form
    flags = answers.get("flags") or []
    case.post, case.post_words = answers["post"], answers.get("post_words") or ""
    case.expected_on = answers.get("expected_on")
    for flag in FLAGS_IN_TITLES:
        setattr(case, flag, flag in flags)
    case.title = title(form.names(), case.post, flags, case.post_words)
    case.assigned_to, case.tabled_on = attempt.user, attempt.on
    attempt.parts = [Candidate(name=name, number=n) for n, name in enumerate(form.names(), 1)]


def note_word(attempt):
    """Keep when the notification is now expected."""
    attempt.case.expected_on = attempt.answers.get("expected_on")


def record_notification(attempt):
    """Keep who is proposed and what came; the day that was planned is the hearing's."""
    case: Hearing = attempt.case
    for part in attempt.parts:
        part.name = attempt.answers[f"candidate_{part.number}"]
    case.received_on, case.tabled_on = attempt.on, attempt.on
    case.title = title([p.name for p in attempt.parts], case.post, flags_of(case), case.post_words)
    planned = list(attempt.facts.sittings)
    add_proposal(attempt)
    for sitting in planned:
        sitting.proposal = attempt.facts.proposal
        sitting.save()
    drop_cached_facts(attempt)


NOTIFIED_ALREADY = Elsewhere("The Panel is notified already.", states=keys_of(*RUNNING, REPORTED, VETOED, *RESERVE))

STEPS = (
    Step(
        "plan_hearing", "Plan for an appointment that is to come", (NEW,), PLANNED, entered_by=STAFF,
        provisions=(*GUIDANCE, NOTIFICATION), past_label="Hearing planned", button="Plan it", creates="case",
        hint="Before the notification: no clock runs.", form=PlanHearingForm, effect=plan_hearing,
        opens=(AWAIT_NOTIFICATION,),
    ),
    Step(
        "record_notification", "Record the notification", (PLANNED,), (NOTIFIED, HEARING_ARRANGED), entered_by=STAFF,
        provisions=(NOTIFICATION, SUPPLY), past_label="Notification logged", button="Record the notification",
        all_parts=True, confirm=True, hint="The three weeks begin. What was planned is kept.", form=RecordNotificationForm,
        checks=(each_candidate_once, poll_is_known, poll_is_none_of_long_ago), not_before=(), effect=record_notification,
        opens=(
            ASK_MISSING, REVIEW_UNLESS_PLANNED, ARRANGE_UNLESS_PLANNED, SEND_REPORT, AGENDA_AS_PLANNED, INVITE_AS_PLANNED,
            HOLD_AS_PLANNED,
        ),
        closes=(AWAIT_NOTIFICATION,), lapses=(KEEP_FREE,),
        when_elsewhere=NOTIFIED_ALREADY,
    ),
    Step(
        "plan_day", "Plan the day of the hearing", (PLANNED,), Target.STAYS, entered_by=STAFF,
        provisions=(HEARING, WHOLE_PANEL), past_label="Day of the hearing planned", button="Plan the day", scope="case",
        hint="Members are asked to keep it free.", form=PlanDayForm, effect=arrange_meeting,
        opens=(KEEP_FREE, TELL_MOVED), lapses=(TELL_PUT_OFF,),
        when_elsewhere=NOTIFIED_ALREADY,
    ),
    Step(
        "note_word", "Note word from the Commissioner’s office", (PLANNED,), Target.STAYS, entered_by=STAFF,
        provisions=GUIDANCE, past_label="Word from the Commissioner’s office", button="Note it", scope="case",
        hint="When the notification is expected.", form=NoteWordForm, effect=note_word,
        when_elsewhere=NOTIFIED_ALREADY,
    ),
)  # fmt: skip
