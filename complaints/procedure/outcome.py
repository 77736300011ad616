"""How informal resolution ends (paras 12 to 14; regs 27 and 28): when both sides could comment, and without a finding or a
sanction."""

from complaints.keys import StepKey
from complaints.models import Allegation
from complaints.procedure.complaining import DecidersMixin
from complaints.procedure.conditions import (
    FORWARD,
)
from complaints.procedure.duties import (
    ARRANGE_NEXT_MEETING,
    AWAIT_ANSWER,
    AWAIT_COMMENTS,
    AWAIT_REPLY,
    CHASE_ANSWER,
    CONCLUDE,
    FILL_SEAT,
    INVITE_COMMENTS,
    PUBLISH_REPORT,
    RESOLVE,
)
from complaints.procedure.no_finding import NoFindingMixin, labels_of, no_finding
from complaints.procedure.protected_names import leaves_out_the_complainant, say_who_is_not_named
from complaints.procedure.recipients import both, target
from panel.casework.shared_steps import in_the_future
from panel.casework.step_form import StepForm
from panel.forms.fields import DateField, LongTextField, RadiosField
from panel.forms.layout import Reveal
from panel.law.roles import Basis, Role, Wait
from panel.procedure.vocabulary import DutyKind, Elsewhere, Refusal, Step

COPY_OF_OUTCOME = DutyKind(
    "copy_of_outcome", "Send {to} a copy of the outcome", Role.OFFICER, ("para 14", "reg 28"), Basis.LAW, recipients=both,
    due=target("notice_days"), notice=True, met_by="give_notice", open_in_states=("outcome_recorded",),
)  # fmt: skip


class RecordOutcomeForm(NoFindingMixin, DecidersMixin, StepForm):
    """How informal resolution ended (para 14, reg 28)."""

    texts = ("record",)
    labels = {  # noqa: RUF012
        "outcome": "How it ended",
        "answer_due": "An answer is due by",
        "reply_by": "To say what becomes of it by",
        **labels_of(*texts),
    }
    on_label = "When did it end?"
    outcome = RadiosField(
        label="How did it end?", choices=Allegation.Outcome.choices, required_message="Select how it ended",
        help_text="The Panel cannot investigate, make findings or apply sanctions (paragraph 13), "
        "so none can be chosen.",
    )  # fmt: skip
    record = LongTextField(
        label="Record of the outcome", required_message="Enter the record of the outcome", rows=8,
        help_text="Both sides get a copy.",
    )  # fmt: skip
    answer_due = DateField(
        label="By when must the Commissioner answer in writing?", what="the day by which an answer is due",
        help_text="A reasonable period, which the Panel sets under section 29(3). It is published, too (section 28(7)).",
    )  # fmt: skip
    reply_by = DateField(
        label="By when have they agreed to say what becomes of it?", what="the day they agreed to", required=False,
        help_text="Nothing in law orders an answer. Leave empty if none was agreed.",
    )  # fmt: skip

    def initial_answers(self):
        """The day that the panel's own period gives for an answer."""
        due = target("answer_days")(self.attempt)
        return {**super().initial_answers(), **({"answer_due": due.day} if due else {})}

    def shape_of(self):
        """How it ended, then the text and what it is."""
        reveals = (Reveal("outcome", "report", "answer_due"), Reveal("outcome", "recommendations", "reply_by"))
        return ["outcome", *reveals, *self.asked_of("record")]

    def add_questions(self):
        """Who is not to be named, beside the record that both sides get; where nobody complained, only one gets it."""
        if not self.attempt.facts.somebody_complained:
            self.fields["record"].help_text = "The office holder gets a copy."
        super().add_questions()
        say_who_is_not_named(self, "record")


def both_heard(attempt):
    """Informal resolution has an outcome when both sides have had the chance to comment (reg 28)."""
    for side in attempt.facts.sides():
        if not attempt.facts.heard(side, attempt.on):
            name = attempt.facts.recipient_words(side)
            invited = any(d.kind == AWAIT_COMMENTS.key and d.recipient == side for d in attempt.look.open_duties)
            remedy = "note the comments, or wait until the day given is over."
            return Refusal(
                f"{name} has not had the chance to comment.",
                ("para 12", "reg 28"),
                remedy if invited else f"invite {name} to comment, then {remedy}",
                first=StepKey.NOTE_COMMENTS if invited else StepKey.GIVE_NOTICE,
                waits_for=Wait.COMMENTS,
                until=attempt.facts.comments_until(attempt.on),
            )
    return None


def apology_was_agreed(attempt):
    """No apology on the office holder's behalf unless they agreed to it (para 12, reg 28)."""
    if attempt.answers.get("outcome") == Allegation.Outcome.APOLOGY and not attempt.facts.agreed_apology(attempt.parts):
        return Refusal(
            "An apology is an outcome only when the office holder has agreed to it: note the apology first "
            "(paragraph 12, regulation 28)",
            ("para 12", "reg 28"),
            field="outcome",
        )
    return None


def opinion_was_given(attempt):
    """An opinion as outcome rests on an opinion on record (para 13)."""
    given = attempt.facts.noted(StepKey.NOTE_OPINION, attempt.parts)
    if attempt.answers.get("outcome") == Allegation.Outcome.OPINION and given is None:
        return Refusal("Note the sub-panel’s opinion first (paragraph 13)", ("para 13",), field="outcome")
    return None


def record_outcome(attempt):
    """Store how informal resolution ended."""
    for p in attempt.parts:
        p.outcome = attempt.answers["outcome"]
        attempt.add_report_slugs(p, outcome=p.outcome)


STEPS = (
    Step(
        "record_outcome", "Record the outcome", ("informal_resolution",), "outcome_recorded",
        entered_by=(Role.OFFICER, Role.SUB_PANEL), provisions=("para 13", "para 14", "reg 28"),
        past_label="Outcome recorded", button="Record the outcome", hint="No finding and no sanction.",
        guards=(both_heard,), part_guards=FORWARD, form=RecordOutcomeForm,
        checks=(
            leaves_out_the_complainant("record"), no_finding, apology_was_agreed, opinion_was_given,
            in_the_future("answer_due", "The day by which an answer is due"),
            in_the_future("reply_by", "The day they agreed to"),
        ),
        effect=record_outcome,
        opens=(COPY_OF_OUTCOME, AWAIT_ANSWER, AWAIT_REPLY, CHASE_ANSWER, PUBLISH_REPORT), closes=(RESOLVE, CONCLUDE),
        lapses=(FILL_SEAT, ARRANGE_NEXT_MEETING, INVITE_COMMENTS, AWAIT_COMMENTS),
        when_elsewhere=Elsewhere(
            "It is not being resolved informally.", "begin informal resolution.", "resolve_informally"
        ),
    ),
)  # fmt: skip
