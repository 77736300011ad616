"""The Commissioner notifies the Panel, or does not; what is missing comes later, and the three weeks begin to count."""

from hearings.models import Candidate, NotificationItem
from hearings.procedure.conditions import (
    count_is_explained,
    panel_was_notified,
    poll_is_known,
    poll_is_none_of_long_ago,
    poll_is_not_left_out,
    something_is_missing,
)
from hearings.procedure.duties import (
    ARRANGE_HEARING,
    ASK_MISSING,
    BEGIN_REVIEW,
    CHASE_MISSING,
    REPORT_ANEW,
    SEND_REPORT,
    TELL_PANEL,
)
from hearings.procedure.earliest import NOTIFICATION as NOTIFIED_ON
from hearings.procedure.effects import add_proposal, drop_cached_facts, let_report_duties_lapse, record_what_came
from hearings.procedure.law import NOTIFICATION, PERIOD, SUPPLY
from hearings.procedure.posts import (
    FLAGS,
    FLAGS_IN_TITLES,
    MOST_CANDIDATES,
    flags_of,
    title,
    title_without_notification,
)
from hearings.procedure.questions.proposal import PostMixin, ReceiveInformationForm, WhatCameMixin, poll_is_right
from hearings.procedure.states import (
    APPOINTED_WITHOUT_NOTIFICATION,
    ENDS,
    HEARD,
    HEARING_ARRANGED,
    INFORMATION_AWAITED,
    NOTIFIED,
    OPEN,
    REPORTED,
    RESERVE,
    RESERVE_HEARD,
    RESERVE_REPORTED,
    RUNNING,
    UNDER_REVIEW,
    VETOED,
)
from panel.casework.shared_steps import STAFF, in_the_future
from panel.casework.step_form import StepForm
from panel.forms.fields import CheckboxesField, DateField, LongTextField, RadiosField, TextField
from panel.forms.layout import Columns, Fieldset, Reveal
from panel.law.elections import poll_within
from panel.procedure.vocabulary import NEW, RECEIPT, Refusal, Step, Target

# Questions


class NotifyForm(PostMixin, WhatCameMixin, StepForm):
    """The Commissioner's notification of a proposed appointment (Sch 1 para 9, Sch 8 para 3)."""

    on_label = "When did the Panel receive the notification?"
    on_what = "the day the Panel received the notification"
    documents_label = "The notification and what came with it"
    post = RadiosField(label="Which post?", choices=(), required_message="Select the post")
    flags = CheckboxesField(label="Is it special in some way?", required=False, choices=FLAGS)
    columns = (
        "post",
        "post_words",
        "flags",
        "came",
        "poll_on",
        "unknown",
        "counts_why",
        *(f"candidate_{n}" for n in range(1, MOST_CANDIDATES + 1)),
    )

    def add_questions(self):
        """The posts of this Schedule, and as many candidates as there can be."""
        self.ask_post()
        for n in range(1, MOST_CANDIDATES + 1):
            self.fields[f"candidate_{n}"] = TextField(
                label="Candidate" if n == 1 else f"Candidate {n}",
                max_length=120,
                required=n == 1,
                required_message="Enter the candidate’s name",
                what="The name",
                help_text="" if n == 1 else "Only for a job share.",
            )
        self.ask_what_came()

    def shape_of(self):
        """Post and candidates, then what came and when."""
        names = [f"candidate_{n}" for n in range(2, MOST_CANDIDATES + 1)]
        return [
            Fieldset(
                "The appointment", "post", "post_words", "candidate_1", "flags", Reveal("flags", "job_share", *names)
            ),
            Fieldset("The notification", "on", "unknown", *self.came_shape),
        ]

    def names(self) -> list[str]:
        """The candidates' names."""
        found = [self.cleaned_data.get(f"candidate_{n}") for n in range(1, MOST_CANDIDATES + 1)]
        return [n for n in found if n]

    def clean(self):
        """A job share has several candidates, everything else one."""
        cleaned = super().clean()
        if "job_share" in (cleaned.get("flags") or []) and len(self.names()) < 2 and "candidate_1" not in self.errors:
            self.add_error("candidate_2", "Enter the second candidate’s name, or untick job share")
        return cleaned


class NoteAppointmentForm(PostMixin, StepForm):
    """Somebody was appointed and the Panel was not notified (Sch 1 para 9, Sch 8 para 3)."""

    on_label = "When did the Panel learn of it?"
    on_what = "the day the Panel learnt of it"
    post = RadiosField(label="Which post?", choices=(), required_message="Select the post")
    candidate_1 = TextField(label="Who was appointed?", max_length=120, required_message="Enter who was appointed")
    known = LongTextField(label="What is known?", rows=4, required_message="Enter what is known")
    columns = ("post", "post_words", "candidate_1")

    def add_questions(self):
        """The posts of this Schedule."""
        self.ask_post()
        self.order_fields(["post", "post_words"])

    def names(self) -> list[str]:
        """Who was appointed."""
        return [self.cleaned_data["candidate_1"]]


class NotifyLateForm(WhatCameMixin, StepForm):
    """The Panel is notified of an appointment that had been made without it (Sch 1 para 9, Sch 8 para 3)."""

    on_label = "When did the Panel receive the notification?"
    on_what = "the day the Panel received the notification"
    documents_label = "The notification and what came with it"
    columns = ("came", "poll_on", "unknown", "counts_why")

    def add_questions(self):
        """What came."""
        self.ask_what_came()

    def shape_of(self):
        """When, then what came."""
        return ["on", "unknown", *self.came_shape]


class RequestInformationForm(StepForm):
    """What is missing from the notification, and by when (Sch 1 para 9(2), Sch 8 para 3(2))."""

    on_label = "When was it asked for?"
    made_choices = {"missing": NotificationItem.Kind.choices}  # noqa: RUF012
    missing = CheckboxesField(label="What is asked for?", choices=(), required_message="Select what is asked for")
    by_when = DateField(label="By when?", what="the day by which it should come", required=False)

    def add_questions(self):
        """Which of the four things have not come."""
        self.fields["missing"].choices = [(k.value, k.label) for k in self.attempt.facts.missing]


class DecideCountForm(StepForm):
    """From which day the three weeks count, where the notification was incomplete (docs/law.md)."""

    on_label = "When was this decided?"
    counts = RadiosField(
        label="From which day do the three weeks count?",
        required_message="Select from which day the three weeks count",
        choices=[("from_notice", "From the day the notification was received"), ("from_day", "From another day")],
    )
    day = DateField(label="Which day?", what="the day from which they count", past=True)
    counts_why = LongTextField(
        label="Why?", rows=3, max_length=1000, required_message="Enter why the three weeks count from that day"
    )
    shape = ("counts", Reveal("counts", "from_day", "day"), "counts_why")
    columns = ("counts_why",)

    def add_questions(self):
        """Without a known day of notification only another day is left."""
        if self.attempt.facts.proposal is not None and self.attempt.facts.proposal.received_on is None:
            self.fields["counts"].choices = [("from_day", "From another day")]


class NoteElectionForm(StepForm):
    """An ordinary election of the Commissioner: its days do not count (Sch 1 para 10, Sch 8 para 4(6))."""

    on_label = "When was this noted?"
    poll_on = DateField(label="Day of the poll", what="the day of the poll")
    accepted_on = DateField(
        label="Day on which the person elected accepted office",
        what="the day office was accepted",
        required=False,
        help_text="Leave empty until it is known. The last day is then not known if the three weeks reach the poll.",
    )
    poll_is_right = poll_is_right()
    only_yes = ("poll_is_right",)
    shape = (Columns("poll_on", "accepted_on"), "poll_is_right")
    columns = ("poll_on", "accepted_on")

    def first_day(self):
        """The first day of the three weeks, or the day of the notification while they do not run."""
        p = self.attempt.facts.proposal
        return (p.counted_from or p.received_on) if p is not None else None

    def initial_answers(self):
        """What is known; else the ordinary election that falls into the three weeks."""
        p = self.attempt.facts.proposal
        if p is None:
            return {}
        start = self.first_day()
        return {"poll_on": p.poll_on or (poll_within(start) if start else None), "accepted_on": p.accepted_on}


# Conditions


def something_is_undecided(attempt):
    """The day from which the three weeks count is still to be decided."""
    if not attempt.facts.notified:
        return panel_was_notified(attempt)
    if attempt.facts.proposal.counted_from is not None:
        return Refusal("The three weeks run already.", attempt.facts.law.of(PERIOD))
    return None


def not_notified_yet(attempt):
    """A notification is logged late where none had come."""
    if attempt.facts.notified:
        return Refusal("The Panel was notified of this appointment.", attempt.facts.law.of(NOTIFICATION))
    return None


def poll_of_the_weeks_is_noted(attempt):
    """An ordinary election that falls into the weeks as they are decided is noted first."""
    p = attempt.facts.proposal
    start = p.received_on if attempt.answers["counts"] == "from_notice" else attempt.answers["day"]
    field = "counts" if attempt.answers["counts"] == "from_notice" else "day"
    return poll_is_not_left_out(attempt, start, field, known=p.poll_on)


def polls_in_order(attempt):
    """First the poll, then the declaration of acceptance (Sch 1 para 10, Sch 8 para 4(6))."""
    poll, accepted = attempt.answers.get("poll_on"), attempt.answers.get("accepted_on")
    if accepted and poll and accepted < poll:
        return Refusal(
            "The day office was accepted must be on or after the day of the poll",
            attempt.facts.law.of(PERIOD),
            field="accepted_on",
        )
    return None


# Effects


def log_notification(attempt):
    """Make the hearing, its candidates, and the notification with what came."""
    case, answers = attempt.case, attempt.answers
    flags = answers.get("flags") or []
    case.post, case.post_words = answers["post"], answers.get("post_words") or ""
    for flag in FLAGS_IN_TITLES:
        setattr(case, flag, flag in flags)
    case.title = title(attempt.form.names(), case.post, flags, case.post_words)
    case.assigned_to = attempt.user
    case.tabled_on = attempt.on  # the whole Panel reviews: every member sees it (Sch 6 para 27)
    attempt.parts = [Candidate(name=name) for name in attempt.form.names()]
    for n, p in enumerate(attempt.parts, 1):
        p.number = n
    add_proposal(attempt)


def note_appointment(attempt):
    """Keep who was appointed without notification."""
    attempt.case.post, attempt.case.post_words = attempt.answers["post"], attempt.answers.get("post_words") or ""
    attempt.case.title = title_without_notification(attempt.form.names()[0], attempt.case)
    attempt.case.assigned_to, attempt.case.tabled_on = attempt.user, attempt.on
    attempt.parts = [Candidate(name=attempt.form.names()[0], number=1, appointed=True)]


def log_late_notification(attempt):
    """Make the notification, with three weeks of its own. What is known of the appointment stays: it had been made."""
    add_proposal(attempt)
    names = [part.name for part in attempt.look.parts]
    attempt.case.title = title(names, attempt.case.post, flags_of(attempt.case), attempt.case.post_words)


def decide_count(attempt):
    """Keep from which day the three weeks count."""
    p = attempt.facts.proposal
    p.counted_from = p.received_on if attempt.answers["counts"] == "from_notice" else attempt.answers["day"]
    p.count_why, p.count_by = attempt.answers["counts_why"], str(attempt.user)
    p.save()
    let_report_duties_lapse(attempt)
    drop_cached_facts(attempt)


def note_election(attempt):
    """Keep the days that do not count."""
    p = attempt.facts.proposal
    p.poll_on, p.accepted_on = attempt.answers["poll_on"], attempt.answers.get("accepted_on")
    p.save()
    let_report_duties_lapse(attempt)
    drop_cached_facts(attempt)


STEPS = (
    Step(
        "notify", "Log a notification of an appointment", (NEW,), NOTIFIED, entered_by=STAFF,
        provisions=(NOTIFICATION, SUPPLY),
        past_label="Notification logged", button="Log the notification", creates="case", form=NotifyForm, confirm=True,
        checks=(poll_is_known, poll_is_none_of_long_ago),
        effect=log_notification, opens=(ASK_MISSING, BEGIN_REVIEW, ARRANGE_HEARING, SEND_REPORT),
    ),
    Step(
        "note_appointment_without_notification", "Note an appointment without notification", (NEW,),
        APPOINTED_WITHOUT_NOTIFICATION, entered_by=STAFF, provisions=(NOTIFICATION,),
        past_label="Appointment without notification noted",
        button="Note it", creates="case", form=NoteAppointmentForm, effect=note_appointment, opens=(TELL_PANEL,),
    ),
    Step(
        "notify_late", "Log the notification that came late", (APPOINTED_WITHOUT_NOTIFICATION, UNDER_REVIEW), NOTIFIED,
        entered_by=STAFF, provisions=(NOTIFICATION, SUPPLY), past_label="Late notification logged",
        button="Log the notification", all_parts=True, hint="The Panel then reviews the appointment, within three weeks.",
        guards=(not_notified_yet,), form=NotifyLateForm,
        checks=(poll_is_known, poll_is_none_of_long_ago),
        effect=log_late_notification,
        opens=(ASK_MISSING, BEGIN_REVIEW, ARRANGE_HEARING, SEND_REPORT), lapses=(TELL_PANEL,),
    ),
    Step(
        "request_information", "Ask for what is missing", (NOTIFIED, UNDER_REVIEW), INFORMATION_AWAITED, entered_by=STAFF,
        provisions=(SUPPLY,), past_label="Missing information asked for", button="Record that it was asked for",
        all_parts=True,
        hint="The case waits until it comes.", guards=(something_is_missing,), form=RequestInformationForm,
        checks=(in_the_future("by_when", "The day by which it should come"),), opens=(CHASE_MISSING,),
        closes=(ASK_MISSING,),
    ),
    Step(
        "receive_information", "Record what came", (NOTIFIED, INFORMATION_AWAITED, UNDER_REVIEW, HEARING_ARRANGED),
        (NOTIFIED, UNDER_REVIEW, HEARING_ARRANGED), entered_by=STAFF, provisions=(SUPPLY,),
        past_label="Information received",
        button="Record what came", all_parts=True, hint="Which of the four things, on which day.",
        guards=(something_is_missing,), form=ReceiveInformationForm, checks=(count_is_explained,),
        effect=record_what_came, opens=REPORT_ANEW, closes=(CHASE_MISSING, ASK_MISSING),
    ),
    Step(
        "note_late_information", "Record what came before the hearing, or after it",
        (HEARD, REPORTED, VETOED, RESERVE_HEARD, RESERVE_REPORTED, *ENDS), Target.STAYS, entered_by=STAFF,
        provisions=(SUPPLY,), past_label="Information received", button="Record what came", scope="case", folded=True,
        hint="With the day on which it came.", guards=(something_is_missing,), form=ReceiveInformationForm,
        checks=(count_is_explained,), effect=record_what_came, opens=REPORT_ANEW, not_before=(RECEIPT, NOTIFIED_ON),
    ),
    Step(
        "decide_count", "Decide from which day the three weeks count", (*RUNNING, VETOED, *RESERVE), Target.STAYS,
        entered_by=STAFF,
        provisions=(PERIOD,), past_label="Start of the three weeks decided", button="Record the decision", scope="case",
        hint="The notification was incomplete, or its day is not known.", guards=(something_is_undecided,),
        form=DecideCountForm, checks=(poll_of_the_weeks_is_noted,), effect=decide_count, opens=REPORT_ANEW,
    ),
    Step(
        "note_election", "Note an ordinary election", (*OPEN, *ENDS), Target.STAYS, entered_by=STAFF,
        provisions=(PERIOD,),
        past_label="Election noted", button="Note the election", scope="case", folded=True, guards=(panel_was_notified,),
        hint="Days from the poll to the acceptance of office do not count.", form=NoteElectionForm,
        checks=(polls_in_order, poll_is_known, poll_is_none_of_long_ago), effect=note_election, opens=REPORT_ANEW,
    ),
)  # fmt: skip
