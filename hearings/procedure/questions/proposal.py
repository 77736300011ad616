"""What is asked alike of the first notification and of that of a reserve candidate: what came with it, the review, the
report, and that it is taken back."""

from hearings.keys import StateKey
from hearings.models import NotificationItem
from hearings.procedure.posts import posts_of
from hearings.procedure.questions.unknown import UnknownDayForm
from panel.casework.step_form import StepForm
from panel.forms.fields import (
    CheckboxesField,
    DateField,
    HintedChoice,
    LongTextField,
    RadiosField,
    TextField,
    TickField,
)
from panel.forms.layout import Question
from panel.law.elections import ORDINARY_POLLS, poll_shortly_before, poll_within
from panel.law.period import day_words, listed, plural


def poll_is_right() -> TickField:
    """The tick for a poll that is none of the ordinary elections held so far: one to come, or a slip of the pen."""
    return TickField(
        label="It is an ordinary election, although it is none of those known here",
        required=False,
        hint=f"Held so far: {listed([day_words(poll) for poll in ORDINARY_POLLS])}.",
    )


class PostMixin:
    """Asks which post, and what it is called here."""

    def ask_post(self):
        """Add the posts of this Schedule, and what the Panel called the post before."""
        schedule = self.attempt.facts.law.schedule
        self.fields["post"].choices = posts_of(schedule)
        if schedule == 8:
            self.fields["post"].initial = "chief_constable"
        self.fields["post_words"] = TextField(
            label="What is the post called here?", max_length=80, required=False,
            help_text="Only if otherwise, such as Treasurer, Chief of Staff, or Chief Executive and Monitoring Officer.",
        )  # fmt: skip


class WhatCameMixin:
    """Asks which of the four things came, whether the clock runs when some did not, and about an election."""

    came_label = "Which of the four things came with it?"
    only_yes = ("unknown", "poll_is_right")
    labels = {  # noqa: RUF012
        "came": "What came with it", "counts": "If something is missing, do the three weeks run",
        "poll_is_right": "The day of the poll is right",
    }  # fmt: skip
    made_choices = {  # noqa: RUF012
        "came": NotificationItem.Kind.choices,
        "counts": (("from_notice", "Yes, from the day the notification was received"), ("not_yet", "Not yet")),
    }

    def ask_what_came(self):
        """Add the questions."""
        self.fields["came"] = CheckboxesField(
            label=self.came_label,
            choices=NotificationItem.Kind.choices,
            required=False,
            help_text="Those that came later are added as they come.",
        )
        self.fields["counts"] = RadiosField(
            label="If something is missing: do the three weeks run?",
            required=False,
            choices=[
                HintedChoice(
                    "from_notice",
                    "Yes, from the day the notification was received",
                    "Your decision, with the reason. Both readings are shown.",
                ),
                HintedChoice("not_yet", "Not yet", "The clock is then not shown as running."),
            ],
        )
        self.fields["counts_why"] = LongTextField(
            label="Why do they run, or not?", required=False, rows=3, max_length=1000, required_message="Enter why"
        )
        self.fields["poll_on"] = DateField(
            label="If an ordinary election of the Commissioner falls into the three weeks: the day of the poll",
            what="the day of the poll",
            required=False,
            help_text="Its days, from the poll until the person elected accepts office, do not count.",
        )
        self.fields["unknown"] = TickField(
            label="The day is not known: this is the first day on which the papers show it",
            required=False,
            hint="The three weeks are then not shown as running.",
        )

        self.fields["poll_is_right"] = poll_is_right()

    came_shape = ("came", "counts", "counts_why", "poll_on", "poll_is_right")

    def counted_from(self):
        """The day from which the three weeks count, or None."""
        data = self.cleaned_data
        if data.get("unknown"):
            return None
        whole = set(data.get("came") or ()) >= {k.value for k in NotificationItem.Kind}
        return data["on"] if whole or data.get("counts") == "from_notice" else None

    def first_day(self):
        """The first day of the three weeks, as far as the day of the notification is known."""
        return None if self.cleaned_data.get("unknown") else self.cleaned_data.get("on")

    def warnings(self):
        """An ordinary election shortly before: until office is accepted no day counts."""
        start = self.first_day()
        poll = poll_shortly_before(start) if start and not self.cleaned_data.get("poll_on") else None
        if poll is None:
            return []
        return [
            f"The ordinary election of {day_words(poll)} was {plural((start - poll).days, 'day')} before. If the person "
            f"elected had not accepted office by {day_words(start)}, change this and enter the day of the poll: the days "
            "until then do not count."
        ]

    def clean(self):
        """An incomplete notification needs a word on whether the clock runs. An ordinary election that falls into the
        three weeks is proposed."""
        cleaned = super().clean()
        starts = cleaned.get("on")
        poll = poll_within(starts) if starts and not cleaned.get("unknown") else None
        if poll and cleaned.get("poll_on") is None and "poll_on" not in self.errors:
            self.add_error(
                "poll_on",
                f"The ordinary election of {day_words(poll)} falls into the three weeks, and its days do not count: enter it",
            )
        whole = set(cleaned.get("came") or ()) >= {k.value for k in NotificationItem.Kind}
        if not whole and not cleaned.get("unknown"):
            if not cleaned.get("counts"):
                self.add_error("counts", "Select whether the three weeks run, as something is missing")
            elif not cleaned.get("counts_why"):
                self.add_error("counts_why", "Enter why the three weeks run from that day, or do not")
        return cleaned


class ReceiveInformationForm(StepForm):
    """Part of the notification came later."""

    on_label = "When did it come?"
    on_what = "the day it came"
    documents_label = "What came"
    came = CheckboxesField(label="What came?", choices=(), required_message="Select what came")
    counts = RadiosField(
        label="From which day do the three weeks count?",
        required_message="Select from which day the three weeks count",
        choices=[
            ("from_notice", "From the day the notification was received"),
            ("from_this", "From this day"),
            ("not_yet", "They do not run yet"),
        ],
    )
    counts_why = LongTextField(label="Why?", required=False, rows=3, max_length=1000)
    columns = ("came", "counts_why", "to")

    def add_questions(self):
        """What is missing; whether the clock runs only while that is open."""
        facts = self.attempt.facts
        self.fields["came"].choices = [(k.value, k.label) for k in facts.missing]
        running = (
            facts.proposal is None or facts.proposal.counted_from is not None or facts.proposal.received_on is None
        )
        if running:
            del self.fields["counts"], self.fields["counts_why"]
        else:
            notice = day_words(facts.proposal.received_on)
            self.fields["counts"].choices = [
                ("from_notice", f"From {notice}, when the notification was received"),
                ("from_this", "From the day this came"),
                ("not_yet", "They do not run yet"),
            ]

    def fill(self, attempt):
        """Those who waited go on from where they waited, the others stay; all stand at the same. After the hearing nobody
        moves."""
        super().fill(attempt)
        at = {attempt.look.left(p) if p.status == StateKey.INFORMATION_AWAITED else p.status for p in attempt.parts}
        if at:
            attempt.answers["to"] = at.pop()


class BeginReviewForm(StepForm):
    """The Panel begins to review the proposal (Sch 1 para 10, Sch 8 para 4)."""

    on_label = "When did the review begin?"
    without_why = LongTextField(
        label="Why does it begin without everything?",
        required=False,
        rows=3,
        max_length=1000,
        help_text="Only if something has not come.",
    )

    def add_questions(self):
        """Only where something is missing."""
        if self.attempt.facts.complete:
            del self.fields["without_why"]


HOW_SENT = (("email", "Email"), ("post", "Post"), ("hand", "By hand"), ("meeting", "At the meeting"))


class SendReportForm(UnknownDayForm):
    """The Panel's report to the Commissioner (Sch 1 para 10, Sch 8 para 4)."""

    on_label = "When was it sent?"
    on_what = "the date it was sent"
    documents_label = "The report as it was sent"
    how = RadiosField(label="How was it sent?", choices=HOW_SENT, required_message="Select how it was sent")
    shape = (Question("how", inline=True), "on", "unknown")

    def fill(self, attempt):
        """A veto that is reported within the three weeks stays a veto; one that is reported later fell, and the case ends
        (Sch 8 para 2(2)(b) and (3)). A recommendation that is late is still one."""
        super().fill(attempt)
        veto = any(p.status == StateKey.VETOED for p in attempt.parts)
        stands = StateKey.VETOED if attempt.facts.in_time(attempt.on) else StateKey.LAPSED
        attempt.answers["to"] = (stands if veto else StateKey.REPORTED).value


class WithdrawProposalForm(StepForm):
    """The Commissioner takes the proposal back: a new notification is a new case."""

    on_label = "When was it taken back?"
    told_by = TextField(label="Who told the Panel?", required_message="Enter who told the Panel")
    why_label = "Why, if it was said"
    why_required = False
