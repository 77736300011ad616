"""After the outcome: whether its record is published (para 14; reg 28)."""

from dataclasses import replace

from complaints.keys import DutyKey
from complaints.procedure.complaining import DecidersMixin
from complaints.procedure.conditions import a_duty_of, decider_could_decide, not_suspended
from complaints.procedure.earliest import INVITATION, OUTCOME
from complaints.procedure.no_finding import NoFindingMixin, labels_of, no_finding
from complaints.procedure.protected_names import names_nobody, say_who_is_not_named
from complaints.procedure.questions import SidesMixin
from complaints.procedure.recipients import both, target
from complaints.procedure.states import OUTCOME as WITH_AN_OUTCOME
from panel.casework.shared_steps import STAFF, in_the_future
from panel.casework.step_form import StepForm
from panel.forms.fields import DateField, LongTextField, RadiosField, TickField
from panel.forms.layout import Reveal
from panel.law import clock
from panel.law.period import day_words
from panel.law.roles import Basis, Role
from panel.procedure.vocabulary import RECEIPT, DutyKind, Elsewhere, Refusal, Step, Target

# Representations

AWAIT_REPRESENTATIONS = DutyKind(
    "await_representations", "to say what they think of publication", Role.OFFICE_HOLDER, ("para 14", "reg 28"), Basis.LAW,
    recipients=both, due=lambda attempt: clock.given(attempt.answers["by_when"]), met_by="note_representations",
    open_in_states=WITH_AN_OUTCOME,
)  # fmt: skip
DECIDE_PUBLICATION = DutyKind(
    "decide_publication", "Decide whether the outcome is published", Role.CHAIRMAN, ("para 14", "reg 28"),
    due=target("consider_days", lambda attempt: attempt.answers["by_when"]),
    met_by="decide_publication", open_in_states=WITH_AN_OUTCOME,
)  # fmt: skip


def an_outcome_is_recorded(attempt):
    """There is an outcome that could be published (para 14)."""
    if not any(p.outcome for p in attempt.look.parts):
        return Refusal("No outcome is recorded.", ("para 14", "reg 28"), "record the outcome.", first="record_outcome")
    return None


class InviteRepresentationsForm(StepForm):
    """Both sides may say what they think of publishing the record of the outcome (para 14)."""

    on_label = "When were they invited?"
    by_when = DateField(label="By when may they answer?", what="the day by which they may answer")


class NoteRepresentationsForm(SidesMixin, StepForm):
    """What one side thinks of publishing (para 14)."""

    on_label = "When did they answer?"
    side = RadiosField(label="Who?", choices=(), required_message="Select who answered")
    view = RadiosField(
        label="What do they want?",
        choices=[
            ("agrees", "They agree to publication"),
            ("objects", "They object"),
            ("silent", "They said nothing to it"),
        ],
        required_message="Select what they want",
    )
    note = LongTextField(label="What did they say?", required=False, rows=4)


def note_representations(attempt):
    """Meet the duty of the side that has answered."""
    kind, side = DutyKey.AWAIT_REPRESENTATIONS, attempt.answers["side"]
    attempt.closed_duties = [(d, "met") for d in attempt.look.open_duties if d.kind == kind and d.recipient == side]


# The decision

PUBLISH = DutyKind(
    "publish", "Publish the record of the outcome", Role.OFFICER, ("para 14", "reg 28"), Basis.LAW,
    recipients=lambda attempt: ["the_public"],
    notice=True, when=lambda attempt: attempt.answers["publish"] == "yes", met_by="give_notice", open_in_states=WITH_AN_OUTCOME,
)  # fmt: skip


class DecidePublicationForm(NoFindingMixin, DecidersMixin, StepForm):
    """To publish needs both sides' chance and the public interest; not to publish needs neither (para 14)."""

    texts = ("redacted",)
    labels = {  # noqa: RUF012
        "publish": "Published",
        **labels_of(*texts),
    }
    on_label = "When was it decided?"
    publish = RadiosField(
        label="Is the record of the outcome published?",
        choices=[("yes", "Yes"), ("no", "No")],
        required_message="Select whether it is published",
    )
    considered = TickField(
        label="The representations were considered", required=False, hint="Paragraph 14",
    )  # fmt: skip
    public_interest = TickField(label="Publication is in the public interest", required=False, hint="Paragraph 14")
    redacted = LongTextField(
        label="The text to be published", required_message="Enter the text to be published", rows=8,
        help_text="Without the complainant’s name, address or words.",
    )  # fmt: skip
    why_label = "The reasons"

    def initial_answers(self):
        """As the panel has it, where nothing else is decided; and the public version whose marks were all confirmed, where
        one was made of the outcome."""
        begins = self.attempt.targets.publish_default
        rows = getattr(self.attempt.case, "public_versions", None)
        entry = self.attempt.look.last("record_outcome")
        row = rows.filter(original=entry, confirmed=True).first() if rows is not None and entry is not None else None
        return {
            **super().initial_answers(), **({"publish": begins} if begins else {}),
            **({"redacted": row.text} if row is not None and row.text else {}),
        }  # fmt: skip

    def add_questions(self):
        """Who is not to be named, beside the text; where nobody complained, nobody's name is to be left out of it."""
        if not self.attempt.facts.somebody_complained:
            self.fields["redacted"].help_text = ""
        super().add_questions()
        say_who_is_not_named(self, "redacted", always=True)

    def shape_of(self):
        """The decision; under Yes what it needs."""
        return ["publish", Reveal("publish", "yes", "considered", "public_interest", *self.asked_of("redacted"))]


def publication_is_lawful(attempt) -> Refusal | None:
    """Both sides were invited and answered, or their time is over; considered; in the public interest; and the text
    does not name the complainant (para 14)."""
    if attempt.answers.get("publish") != "yes":
        return None
    for name, words in (
        ("considered", "Tick that the representations were considered"),
        ("public_interest", "Tick that publication is in the public interest, or do not publish"),
    ):
        if not attempt.answers.get(name):
            return Refusal(words, ("para 14",), field=name)
    for p in attempt.look.parts:
        if refusal := not_suspended(attempt, p):
            return replace(refusal, field="publish")
    asked = [d for d in attempt.look.duties if d.kind == DutyKey.AWAIT_REPRESENTATIONS and d.closed_how != "reversed"]
    invited = {d.recipient: d for d in asked}
    for side in attempt.facts.sides():
        d = invited.get(side)
        words = attempt.facts.recipient_words(side)
        if d is None:
            return Refusal(f"{words} has not been invited to make representations", ("para 14",), field="publish")
        if d.closed_how not in ("met", "waived") and not d.is_over(attempt.on):
            until = f" until {day_words(d.due)}" if d.due and not d.stopped_on else ""
            return Refusal(
                f"{words} may still answer{until}" + (": the clock is stopped" if d.stopped_on else ""),
                ("para 14",),
                field="publish",
            )
    return names_nobody(attempt, "redacted")


STEPS = (
    Step(
        "invite_representations", "Invite both sides to say what they think of publishing",
        ("outcome_recorded", "closed"), Target.STAYS,
        entered_by=STAFF, provisions=("para 14", "reg 28"),
        past_label="Representations invited", button="Record the invitation",
        scope="case", folded=True,
        guards=(an_outcome_is_recorded,), form=InviteRepresentationsForm,
        checks=(in_the_future("by_when", "The day by which they may answer"),),
        opens=(AWAIT_REPRESENTATIONS, DECIDE_PUBLICATION),
        not_before=(RECEIPT, OUTCOME),
        when_elsewhere=Elsewhere("No outcome is recorded.", "record the outcome.", "record_outcome"),
    ),
    Step(
        "note_representations", "Note what one side thinks of publishing", ("outcome_recorded", "closed"), Target.STAYS,
        entered_by=STAFF, provisions=("para 14", "reg 28"),
        past_label="Representations noted", button="Save",
        scope="case", closes_chosen_duties_only=True, folded=True,
        guards=(a_duty_of("await_representations", "Nobody was invited.", "invite both sides."),),
        form=NoteRepresentationsForm, effect=note_representations,
        closes=(AWAIT_REPRESENTATIONS,),
        not_before=(RECEIPT, OUTCOME, INVITATION),
        when_elsewhere=Elsewhere("No outcome is recorded.", "record the outcome.", "record_outcome"),
    ),
    Step(
        "decide_publication", "Decide whether the outcome is published", ("outcome_recorded", "closed"), Target.STAYS,
        entered_by=(Role.CHAIRMAN, Role.OFFICER), decided_by=(Role.CHAIRMAN,), provisions=("para 14", "reg 28"),
        past_label="Publication decided", button="Confirm decision",
        scope="case", folded=True, confirm=True,
        guards=(an_outcome_is_recorded,), form=DecidePublicationForm,
        checks=(decider_could_decide, publication_is_lawful, no_finding),
        opens=(PUBLISH,), closes=(DECIDE_PUBLICATION,), lapses=(AWAIT_REPRESENTATIONS,),
        not_before=(RECEIPT, OUTCOME),
        when_elsewhere=Elsewhere("No outcome is recorded.", "record the outcome.", "record_outcome"),
    ),
)  # fmt: skip
