"""A complaint ends: closed, withdrawn, merged or void (paras 5 and 15; regs 16, 34 and 37)."""

from complaints.keys import DutyKey, StepKey
from complaints.models import Complaint
from complaints.procedure.conditions import FORWARD, not_due_to_iopc, not_suspended, route_is
from complaints.procedure.duties import CARRY_OUT, CLOSE_IT, CONCLUDE, PRESERVE, REVIEW_COPY
from complaints.procedure.no_finding import NoFindingMixin, labels_of, no_finding
from complaints.procedure.questions import ComplaintField
from complaints.procedure.recipients import those_who_know
from complaints.procedure.regulation_15 import DISAPPLIES
from complaints.procedure.states import ON_RECORD, ON_THE_RECORD, OPEN
from panel.casework import shared_steps
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import LongTextField, RadiosField
from panel.forms.layout import Reveal
from panel.law.roles import Basis, Role, Wait
from panel.procedure.vocabulary import DutyKind, Elsewhere, Refusal, Step

# Closing

REPORT = DutyKind(
    "report_to_panel", "Report it to the Panel", Role.OFFICER, ("para 5",), Basis.GUIDANCE, met_by="give_notice",
    notice=True, recipients=lambda attempt: ["the_panel"], open_in_states=("closed",),
)  # fmt: skip


def everybody_told(attempt, part):
    """An allegation is closed when everybody entitled to be told of it has been, or telling them was waived (reg 37);
    the office holder's copy of the complaint included, which must have been decided on (reg 31)."""
    kind = attempt.look.procedure.duty
    waiting = [d for d in attempt.look.open_duties if kind(d.kind).notice and kind(d.kind).guarded]
    waiting = [d for d in waiting if part.number in (attempt.look.numbers_of(d) or [part.number])]
    if waiting:
        first = waiting[0]
        words = kind(first.kind).words_to(attempt.facts.recipient_words(first.recipient))
        more = f", and {len(waiting) - 1} more" if len(waiting) > 1 else ""
        return Refusal(
            f"Somebody has still to be told: {words[0].lower()}{words[1:]}{more}.",
            ("para 14", "reg 37"),
            "record that they were told, or waive it with a reason.",
            first=StepKey.GIVE_NOTICE,
            waits_for=Wait.NOTICES,
        )
    if any(d.kind == DutyKey.DECIDE_COPIES for d in attempt.look.open_duties):
        return Refusal(
            "What copy of the complaint the office holder gets has not been decided.",
            ("para 6", "reg 31"),
            "decide the office holder’s copy.",
            first=StepKey.DECIDE_COPIES,
            waits_for=Wait.NOTICES,
        )
    return None


nothing_left_to_do = route_is(*DISAPPLIES)


class CloseForm(NoFindingMixin, StepForm):
    """The end: a line for the annual report (para 5, reg 34)."""

    texts = ("summary",)
    labels = labels_of(*texts)
    on_label = "When was it closed?"
    summary = LongTextField(
        label="Summary for the annual report", required_message="Enter a summary", rows=3, max_length=1000,
        help_text="One or two lines that name nobody.",
    )  # fmt: skip


# A withdrawal

# The withdrawal stands even where the IOPC goes on with what was withdrawn, until the complaint is taken up again.
WITHDRAWN = ("withdrawn", *ON_THE_RECORD)


def not_taken_up_again(attempt, duty):
    """Whether the complaint was not reopened since the withdrawal."""
    return attempt.facts.taken_up < duty.opened_by.number


CONFIRM_WITHDRAWAL = DutyKind(
    "confirm_withdrawal", "Confirm the withdrawal to {to}", Role.OFFICER, ("para 15", "reg 16"), Basis.READING,
    recipients=those_who_know, notice=True, met_by="give_notice", open_in_states=WITHDRAWN, holds=not_taken_up_again,
)  # fmt: skip
NOTIFY_IOPC = DutyKind(
    "notify_iopc", "Notify {to} of the withdrawal", Role.OFFICER, ("para 15", "reg 16"), Basis.LAW,
    recipients=lambda attempt: [Role.IOPC.value], notice=True,
    when=lambda attempt: any(slugs.get("with_iopc") for slugs in attempt.report_slugs.values()), met_by="give_notice",
    open_in_states=WITHDRAWN, holds=not_taken_up_again,
)  # fmt: skip


def somebody_complained(attempt):
    """Only a complaint is withdrawn: nobody made a conduct matter (regs 11, 12, 16)."""
    if attempt.case.conduct_matter:
        return Refusal("It is a conduct matter: nobody complained who could withdraw it.", ("para 15", "reg 16"))
    return None


def still_a_complaint(attempt, part):
    """A complaint that the IOPC treats as a conduct matter can no longer be withdrawn (reg 16)."""
    if attempt.facts.is_conduct_matter(part):
        return Refusal(
            f"Allegation {part.number} is a conduct matter: there is no complaint left to withdraw.",
            ("para 15", "reg 11", "reg 16"),
        )
    return None


class WithdrawForm(StepForm):
    """Written, and signed by the complainant or an authorised agent (para 15, reg 16)."""

    labels = {  # noqa: RUF012
        "wish": "What the complainant wants",
        "signed_by": "Signed by",
        "came_through": "How it reached us",
    }
    on_label = "When did the withdrawal reach us?"
    on_what = "the date the withdrawal reached us"
    documents_label = "The signed withdrawal"
    documents_required = "Attach the signed withdrawal"
    wish = RadiosField(
        label="What does the complainant want?",
        choices=[("withdrawn", "To withdraw the complaint"), ("no_further_steps", "That no further steps be taken")],
        required_message="Select what the complainant wants",
    )
    signed_by = RadiosField(
        label="Who signed it?",
        choices=[
            ("complainant", "The complainant"),
            ("solicitor", "Their solicitor"),
            ("agent", "Another person authorised to act for them"),
        ],
        required_message="Select who signed it",
    )
    came_through = RadiosField(
        label="How did it reach us?",
        choices=[("direct", "Straight to the Panel"), ("iopc", "Through the IOPC")],
        required_message="Select how it reached us",
    )


def signed_withdrawal(attempt):
    """Written, and signed by the complainant or whoever is authorised; the document is attached (reg 16)."""
    if attempt.facts.complainant is None and attempt.answers.get("signed_by") == "complainant":
        return Refusal(
            "The complaint is anonymous, so nobody known can have signed as its complainant",
            ("reg 16",),
            field="signed_by",
        )
    return None


def withdraw(attempt):
    """Count for the annual report how it was withdrawn, and whether the IOPC had it."""
    for p in attempt.parts:
        attempt.add_report_slugs(
            p, wish=attempt.answers["wish"], with_iopc="yes" if attempt.facts.was_with_iopc(p) else ""
        )


# Two records of one complaint, or a mistake


def nothing_stands_elsewhere(attempt):
    """A record is merged whole: nothing in it may have gone further, be due to the IOPC or be suspended (para 5)."""
    for p in attempt.look.parts:
        if attempt.look.procedure.state(p.status).open and p.status not in attempt.step.from_states:
            state = attempt.look.procedure.state(p.status).label
            return Refusal(f"Allegation {p.number} has gone further: {state}.", ("para 5", "reg 34"))
        for guard in (not_due_to_iopc, not_suspended):
            if refusal := guard(attempt, p):
                return refusal
    return None


class MergeForm(StepForm):
    """Two records of one complaint become one: this one is void, the other goes on (para 5)."""

    into = ComplaintField(label="Into which complaint?", required_message="Enter which complaint")
    why_label = "How do you know that they are the same?"

    def add_questions(self):
        """Another complaint."""
        self.fields["into"].asked_in(self.attempt)

    @property
    def other(self) -> Complaint | None:
        """The complaint chosen, of those this person sees."""
        rows = Complaint.objects.visible_to(self.attempt.look.who).select_related("complainant")
        return rows.filter(reference=self.cleaned_data.get("into") or "").first()


def same_complainant(attempt) -> Refusal | None:
    """Only complaints of the same person about the same office holder are one; others are each their own complaint. The
    other one goes on, so it is open."""
    other = attempt.form.other
    if other is not None and not attempt.look.procedure.state(other.status).open:
        return Refusal(f"{other.reference} has ended: only an open complaint can go on", ("para 5",), field="into")
    mine, theirs = attempt.facts.complainant, other.complainant if other else None
    same = mine is not None and theirs is not None and (
        mine.name.strip().lower() == theirs.name.strip().lower()
        or bool(mine.email and mine.email.lower() == theirs.email.lower())
    )  # fmt: skip
    if not same:
        return Refusal(
            f"{attempt.answers.get('into')} was made by somebody else: complaints of two people are never merged",
            ("para 5", "reg 34"),
            field="into",
        )
    here = {s.office_holder_id for s in attempt.facts.subjects}
    there = {s.office_holder_id for s in other.subjects.all()}
    if (
        here and there and not here & there
    ):  # where one of them names nobody, the Monitoring Officer says what it is about
        return Refusal(
            f"{other.reference} is about another office holder, so it is another matter: each is decided for itself",
            ("para 5", "reg 34"),
            field="into",
        )
    return None


def merge(attempt):
    """Store into which complaint this one went, so that each of the two shows the other."""
    attempt.case.merged_into = attempt.form.other
    for p in attempt.parts:
        attempt.add_report_slugs(p, merged="yes")


class VoidForm(StepForm):
    """Entered by mistake, or the same complaint twice: kept, never counted."""

    reason = RadiosField(
        label="Why?",
        choices=[("duplicate", "It is in the register already"), ("mistake", "It was entered by mistake")],
        required_message="Select why",
    )
    duplicate_of = ComplaintField(label="Which complaint is it?", required_message="Enter which complaint it is")
    why_label = "Your reasons"
    shape = ("reason", Reveal("reason", "duplicate", "duplicate_of"))

    def add_questions(self):
        """Another complaint."""
        self.fields["duplicate_of"].asked_in(self.attempt)


STEPS = (
    Step(
        "close", "Close the complaint", ("filtered", "outcome_recorded"), "closed",
        entered_by=STAFF, provisions=("para 5", "reg 34"),
        past_label="Closed", button="Close the complaint", hint="Everybody has been told.",
        part_guards=(everybody_told, *FORWARD, nothing_left_to_do), form=CloseForm, checks=(no_finding,),
        opens=(REPORT,), closes=(CARRY_OUT, CLOSE_IT, CONCLUDE, PRESERVE),
        when_elsewhere=Elsewhere("It is not decided.", "an outcome, or a decision to take no action, and everyone told."),
    ),
    Step(
        "withdraw", "Record a withdrawal", OPEN, "withdrawn",
        entered_by=STAFF, provisions=("para 15", "reg 16"),
        past_label="Withdrawn", button="Record the withdrawal",
        hint="Needs a letter signed by the complainant or their agent.",
        guards=(somebody_complained,), part_guards=(still_a_complaint,), form=WithdrawForm, checks=(signed_withdrawal,),
        effect=withdraw,
        opens=(CONFIRM_WITHDRAWAL, NOTIFY_IOPC), lapses=(REVIEW_COPY,),
    ),
    Step(
        "merge", "Merge it into another complaint", ("received", "recorded"), "void",
        entered_by=(Role.MONITORING_OFFICER,), provisions=("para 5", "reg 34"),
        together=False,
        past_label="Merged", button="Merge it", hint="Same person, same matter: this record ends, the other goes on.",
        all_parts=True, folded=True,
        guards=(nothing_stands_elsewhere,), part_guards=FORWARD, form=MergeForm, checks=(same_complainant,), effect=merge,
        lapses=(REVIEW_COPY,),
        when_elsewhere=Elsewhere("It has gone too far to be merged.", ""),
    ),
    shared_steps.void(("received", "recorded"), ON_RECORD, VoidForm, lapses=(REVIEW_COPY,)),
)  # fmt: skip
