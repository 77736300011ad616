"""What each step of a hearing asks: one form a step, with its words and its own errors."""

from hearings.models import Hearing, NotificationItem
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
from panel.forms.layout import Columns, Fieldset, Reveal
from panel.law.period import day_words

POSTS = {
    1: ("chief_executive", "chief_finance_officer", "deputy", "fire_finance_officer", "chief_fire_officer"),
    8: ("chief_constable",),
}
POST_NOTES = {
    "chief_executive": "The office’s head of paid service and monitoring officer.",
    "fire_finance_officer": "Only where the Commissioner is also the fire authority.",
    "chief_fire_officer": "Only where the Commissioner is also the fire authority.",
    "chief_constable": "The Panel can veto.",
}
MOST_CANDIDATES = 3
ANSWERS = {f"answers_{n}": f"Questions to candidate {n}, and answers" for n in range(1, MOST_CANDIDATES + 1)}
FLAGS = [
    ("interim", "Interim"), ("temporary", "Temporary"), ("renewal", "Renewal of a term"),
    HintedChoice("job_share", "Job share", "Two people for one post: one hearing, a decision on each."),
]  # fmt: skip


def posts_of(schedule: int) -> list[HintedChoice]:
    """The posts under that Schedule, as choices."""
    labels = dict(Hearing.Post.choices)
    return [HintedChoice(p, labels[p], POST_NOTES.get(p, "")) for p in POSTS[schedule]]


class ComesAs:
    """Asks which of the four things came, whether the clock runs when some did not, and about an election."""

    came_label = "Which of the four things came with it?"

    def ask_what_came(self):
        """Add the questions."""
        self.fields["came"] = CheckboxesField(
            label=self.came_label, choices=NotificationItem.Kind.choices, required=False,
            help_text="Those that came later are added as they come.",
        )  # fmt: skip
        self.fields["counts"] = RadiosField(
            label="If something is missing: do the three weeks run?", required=False,
            choices=[
                HintedChoice("from_notice", "Yes, from the day the notification was received", "Your decision, with the reason. Both readings are shown."),
                HintedChoice("not_yet", "Not yet", "The clock is then not shown as running."),
            ],
        )  # fmt: skip
        self.fields["counts_why"] = LongTextField(
            label="Why do they run, or not?", required=False, rows=3, max_length=1000, required_message="Enter why"
        )
        self.fields["poll_on"] = DateField(
            label="If an ordinary election of the Commissioner falls into the three weeks: the day of the poll",
            what="the day of the poll", required=False,
            help_text="Its days, from the poll until the person elected accepts office, do not count.",
        )  # fmt: skip
        self.fields["unknown"] = TickField(
            label="The day is not known: this is the first day on which the papers show it", required=False,
            hint="The three weeks are then not shown as running.",
        )  # fmt: skip

    came_shape = ("came", "counts", "counts_why", "poll_on")

    def counted_from(self):
        """The day from which the three weeks count, or None."""
        data = self.cleaned_data
        if data.get("unknown"):
            return None
        whole = set(data.get("came") or ()) >= {k.value for k in NotificationItem.Kind}
        return data["on"] if whole or data.get("counts") == "from_notice" else None

    def clean(self):
        """An incomplete notification needs a word on whether the clock runs."""
        cleaned = super().clean()
        whole = set(cleaned.get("came") or ()) >= {k.value for k in NotificationItem.Kind}
        if not whole and not cleaned.get("unknown"):
            if not cleaned.get("counts"):
                self.add_error("counts", "Select whether the three weeks run, as something is missing")
            elif not cleaned.get("counts_why"):
                self.add_error("counts_why", "Enter why the three weeks run from that day, or do not")
        return cleaned


class NotifyForm(ComesAs, StepForm):
    """The Commissioner's notification of a proposed appointment (Sch 1 para 9, Sch 8 para 3)."""

    on_label = "When did the Panel receive the notification?"
    on_what = "the day the Panel received the notification"
    documents_label = "The notification and what came with it"
    post = RadiosField(label="Which post?", choices=(), required_message="Select the post")
    flags = CheckboxesField(label="Is it special in some way?", required=False, choices=FLAGS)
    columns = (
        "post", "flags", "came", "poll_on", "unknown", "counts_why",
        *(f"candidate_{n}" for n in range(1, MOST_CANDIDATES + 1)),
    )  # fmt: skip

    def ask(self):
        """The posts of this Schedule, and as many candidates as there can be."""
        self.fields["post"].choices = posts_of(self.attempt.facts.law.schedule)
        if self.attempt.facts.law.schedule == 8:
            self.fields["post"].initial = "chief_constable"
        for n in range(1, MOST_CANDIDATES + 1):
            self.fields[f"candidate_{n}"] = TextField(
                label="Candidate" if n == 1 else f"Candidate {n}", max_length=120, required=n == 1,
                required_message="Enter the candidate’s name", what="The name",
                help_text="" if n == 1 else "Only for a job share.",
            )  # fmt: skip
        self.ask_what_came()

    def shape_of(self):
        """Post and candidates, then what came and when."""
        names = [f"candidate_{n}" for n in range(2, MOST_CANDIDATES + 1)]
        return [
            Fieldset("The appointment", "post", "candidate_1", "flags", Reveal("flags", "job_share", *names)),
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


class NoteAppointmentForm(StepForm):
    """Somebody was appointed and the Panel was not notified (Sch 1 para 9, Sch 8 para 3)."""

    on_label = "When did the Panel learn of it?"
    on_what = "the day the Panel learnt of it"
    post = RadiosField(label="Which post?", choices=(), required_message="Select the post")
    candidate_1 = TextField(label="Who was appointed?", max_length=120, required_message="Enter who was appointed")
    known = LongTextField(label="What is known?", rows=4, required_message="Enter what is known")
    columns = ("post", "candidate_1")

    def ask(self):
        """The posts of this Schedule."""
        self.fields["post"].choices = posts_of(self.attempt.facts.law.schedule)

    def names(self) -> list[str]:
        """Who was appointed."""
        return [self.cleaned_data["candidate_1"]]


class RequestInformationForm(StepForm):
    """What is missing from the notification, and by when (Sch 1 para 9(2), Sch 8 para 3(2))."""

    on_label = "When was it asked for?"
    missing = CheckboxesField(label="What is asked for?", choices=(), required_message="Select what is asked for")
    by_when = DateField(label="By when?", what="the day by which it should come", required=False)

    def ask(self):
        """Which of the four things have not come."""
        self.fields["missing"].choices = [(k.value, k.label) for k in self.attempt.facts.missing]


class ReceiveInformationForm(StepForm):
    """Part of the notification came later."""

    on_label = "When did it come?"
    on_what = "the day it came"
    documents_label = "What came"
    came = CheckboxesField(label="What came?", choices=(), required_message="Select what came")
    counts = RadiosField(
        label="From which day do the three weeks count?", required_message="Select from which day the three weeks count",
        choices=[
            ("from_notice", "From the day the notification was received"), ("from_this", "From this day"),
            ("not_yet", "They do not run yet"),
        ],
    )  # fmt: skip
    counts_why = LongTextField(label="Why?", required=False, rows=3, max_length=1000)
    columns = ("came", "counts_why", "to")

    def ask(self):
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
                ("from_this", "From the day this came"), ("not_yet", "They do not run yet"),
            ]  # fmt: skip

    def fill(self, attempt):
        """Those who waited go on from where they waited, the others stay; all stand at the same."""
        super().fill(attempt)
        at = {attempt.look.left(p) if p.status == "information_awaited" else p.status for p in attempt.parts}
        attempt.answers["to"] = at.pop()


class DecideCountForm(StepForm):
    """From which day the three weeks count, where the notification was incomplete (docs/law.md)."""

    on_label = "When was this decided?"
    counts = RadiosField(
        label="From which day do the three weeks count?", required_message="Select from which day the three weeks count",
        choices=[("from_notice", "From the day the notification was received"), ("from_day", "From another day")],
    )  # fmt: skip
    day = DateField(label="Which day?", what="the day from which they count", past=True)
    counts_why = LongTextField(
        label="Why?", rows=3, max_length=1000, required_message="Enter why the three weeks count from that day"
    )
    shape = ("counts", Reveal("counts", "from_day", "day"), "counts_why")
    columns = ("counts_why",)

    def ask(self):
        """Without a known day of notification only another day is left."""
        if self.attempt.facts.proposal is not None and self.attempt.facts.proposal.received_on is None:
            self.fields["counts"].choices = [("from_day", "From another day")]


class NoteElectionForm(StepForm):
    """An ordinary election of the Commissioner: its days do not count (Sch 1 para 10, Sch 8 para 4(6))."""

    on_label = "When was this noted?"
    poll_on = DateField(label="Day of the poll", what="the day of the poll")
    accepted_on = DateField(
        label="Day on which the person elected accepted office", what="the day office was accepted", required=False,
        help_text="Leave empty until it is known. The last day is then not known if the three weeks reach the poll.",
    )  # fmt: skip
    shape = (Columns("poll_on", "accepted_on"),)
    columns = ("poll_on", "accepted_on")

    def first(self):
        """What is known."""
        p = self.attempt.facts.proposal
        return {"poll_on": p.poll_on, "accepted_on": p.accepted_on} if p else {}


class BeginReviewForm(StepForm):
    """The Panel begins to review the proposal (Sch 1 para 10, Sch 8 para 4)."""

    on_label = "When did the review begin?"
    without_why = LongTextField(
        label="Why does it begin without everything?", required=False, rows=3, max_length=1000,
        help_text="Only if something has not come.",
    )  # fmt: skip

    def ask(self):
        """Only where something is missing."""
        if self.attempt.facts.complete:
            del self.fields["without_why"]


class CandidateWithdrawsForm(StepForm):
    """A candidate no longer wants the post."""

    on_label = "When did the candidate withdraw?"
    told_by = TextField(label="Who told the Panel?", required_message="Enter who told the Panel")
    why_label = "Why, if it was said"
    why_required = False


class WithdrawProposalForm(StepForm):
    """The Commissioner takes the proposal back: a new notification is a new case."""

    on_label = "When was it taken back?"
    told_by = TextField(label="Who told the Panel?", required_message="Enter who told the Panel")
    why_label = "Why, if it was said"
    why_required = False


class NotifyReserveForm(ComesAs, StepForm):
    """The reserve candidate (SI 2012/2271 Part 3): three weeks of its own, and no second veto."""

    on_label = "When did the Panel receive the notification?"
    on_what = "the day the Panel received the notification"
    documents_label = "The notification and what came with it"
    candidate_1 = TextField(label="Reserve candidate", max_length=120, required_message="Enter the candidate’s name")
    columns = ("came", "poll_on", "unknown", "candidate_1", "counts_why")

    def ask(self):
        """What came."""
        self.ask_what_came()

    def shape_of(self):
        """Who, then what came."""
        return ["candidate_1", "on", "unknown", *self.came_shape]
