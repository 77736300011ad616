"""What comes of it while the IOPC, a prosecutor or a court has a complaint (para 3; regs 9, 16, 22 and 24 to 26).

The IOPC may suspend the procedure, stop investigating with or without a direction, report, or go on with what was
withdrawn; then a prosecutor or a court may have it.
"""

from dataclasses import replace

from complaints.models import Allegation
from complaints.procedure.conditions import not_suspended
from complaints.procedure.duties import (
    COMPLY,
    CONSIDER,
    COURT_DECIDES,
    DECIDE_COPIES,
    IOPC_DECIDES,
    IOPC_INVESTIGATES,
)
from complaints.procedure.earliest import SUSPENSION
from complaints.procedure.recipients import those_told
from complaints.procedure.states import ON_THE_RECORD, OPEN
from complaints.procedure.targets import is_target, part_of
from panel.casework.duties import go_on, stop
from panel.casework.shared_steps import STAFF, in_the_future
from panel.casework.step_form import StepForm
from panel.forms.fields import DateField, HintedChoice, RadiosField, TextField, YesNoField
from panel.forms.layout import Reveal
from panel.law import clock
from panel.law.roles import Basis, Role
from panel.models import office_holder_slug
from panel.procedure.vocabulary import RECEIPT, DutyKind, Elsewhere, Refusal, Step, Target

# What is said of the IOPC, a prosecutor or a court stays true, also of a complaint that it closed.
AFTER_THE_IOPC = (*ON_THE_RECORD, "closed")

# Suspending

SUSPENSION_REVIEW = DutyKind(
    "review_suspension", "Ask the IOPC whether the suspension goes on", Role.OFFICER, ("para 3", "reg 22"),
    due=lambda attempt: clock.given(attempt.answers["review_on"]), per_part=True,
    met_by="iopc_lifts_suspension", holds=lambda attempt, duty: attempt.facts.suspended(part_of(attempt, duty)),
)  # fmt: skip


class IopcSuspendsForm(StepForm):
    """The IOPC suspends any procedure, the Panel's too, that would prejudice criminal proceedings (reg 22)."""

    on_label = "When did the IOPC’s notice arrive?"
    proceedings = TextField(label="Which proceedings?", required_message="Enter which proceedings")
    review_on = DateField(label="When will you ask again?", what="the day to ask again")


def suspend(attempt):
    """Bar forward steps until the suspension is lifted. The Panel's own targets stop: those of the allegations, and
    those of the case once nothing open in it goes on (reg 22)."""
    _by_number(attempt)
    for p in attempt.parts:
        p.suspended_on = attempt.on
    held = [d for d in attempt.look.open_duties if is_target(attempt, d)]
    stop([d for d in held if attempt.facts.suspended(part_of(attempt, d))], attempt.on)


def suspended(attempt, part):
    """There is a suspension to lift."""
    if not part.suspended_on:
        return Refusal("The IOPC has not suspended the procedure.", ("para 3", "reg 22"))
    return None


class IopcLiftsSuspensionForm(StepForm):
    """The suspension is over (reg 22)."""

    on_label = "When was it lifted?"
    why_label = "What did the IOPC say?"


def lift(attempt):
    """Allow forward steps again. The targets go on, except those that somebody stopped for another reason."""
    _by_number(attempt)
    for p in attempt.parts:
        p.suspended_on = None
    waits = [d for d in attempt.look.open_duties if d.stopped_on and not attempt.facts.suspended(part_of(attempt, d))]
    go_on([d for d in waits if not attempt.facts.stopped_by_hand(d)], attempt.on)


def _by_number(attempt):
    """Let the attempt's parts be the look's own rows, so that facts see what the step changes in them."""
    same = {p.pk: p for p in attempt.look.parts}
    attempt.parts = [same[p.pk] for p in attempt.parts]


# Where it goes from the IOPC or a court

CONSIDER_IF_RECORDED = replace(CONSIDER, when=lambda attempt: attempt.answers["to"] == "recorded")
DECIDE_COPIES_IF_RECORDED = replace(
    DECIDE_COPIES, when=lambda attempt: attempt.answers["to"] == "recorded" and DECIDE_COPIES.when(attempt)
)


class Targeted:
    """A form whose answer picks where the allegations go: `to` is worked out, never asked."""

    def goes_to(self, cleaned) -> str:
        """The state that the answers lead to."""
        raise NotImplementedError

    def clean(self):
        """The answers, with `to`."""
        cleaned = super().clean()
        cleaned["to"] = self.goes_to(cleaned)
        return cleaned


# The IOPC stops investigating

TELL_DISCONTINUED = DutyKind(
    "tell_discontinued", "Tell {to} that the IOPC has stopped, and what follows", Role.OFFICER,
    ("para 3", "reg 24", "reg 37"), Basis.READING, recipients=those_told, notice=True, met_by="give_notice",
    open_in_states=AFTER_THE_IOPC,
)  # fmt: skip


class IopcDiscontinuesForm(Targeted, StepForm):
    """The IOPC stops investigating: the Panel obeys its direction; without one it takes no further action (reg 24)."""

    labels = {  # noqa: RUF012
        "direction": "The IOPC’s direction",
    }
    on_label = "When did the IOPC stop?"
    direction = RadiosField(
        label="What does the IOPC direct?", choices=Allegation.Direction.choices,
        required_message="Select what the IOPC directs",
    )  # fmt: skip
    why_label = "The IOPC’s reasons"

    def goes_to(self, cleaned):
        """Closed without a direction, recorded with one."""
        return "closed" if cleaned.get("direction") == Allegation.Direction.NONE else "recorded"


def discontinue(attempt):
    """Store the IOPC's direction, which binds whoever decides. Without one the allegation is closed (reg 24)."""
    for p in attempt.parts:
        p.iopc_back_on, p.direction = attempt.on, attempt.answers["direction"]
        attempt.add_report_slugs(p, direction=p.direction)


# The IOPC concludes

TELL_PANEL = DutyKind(
    "tell_panel", "Tell the Panel how the IOPC concluded", Role.OFFICER, ("para 5", "reg 25", "reg 26"), Basis.READING,
    recipients=lambda attempt: ["the_panel"], notice=True, met_by="give_notice", open_in_states=AFTER_THE_IOPC,
)  # fmt: skip


class IopcConcludesForm(Targeted, StepForm):
    """The IOPC's report has come, or the Regulations have ceased to apply (regs 22(6), 25, 26)."""

    labels = {  # noqa: RUF012
        "ended": "What came",
        "offence": "An offence may have been committed, in the IOPC’s view",
        "follows": "What follows",
    }
    on_label = "When did the report or notice come?"
    ended = RadiosField(
        label="What came?",
        choices=[
            ("report", "The IOPC’s report of its investigation"),
            HintedChoice("ceased", "Notice that the Regulations cease to apply", "Regulation 22(6)"),
        ],
        required_message="Select what came",
    )
    offence = YesNoField(
        label="Does the IOPC think that an offence may have been committed?", required_message="Select the IOPC’s view"
    )
    follows = RadiosField(
        label="What is to follow?",
        choices=[
            HintedChoice("awaiting_proceedings", "A prosecutor or a court has it"),
            HintedChoice("recorded", "Matters are left for the Panel", "The Chairman considers them."),
            HintedChoice("closed", "Nothing: it is closed"),
        ],
        required_message="Select what is to follow",
    )
    no_was_lost = ("offence",)
    shape = ("ended", Reveal("ended", "report", "offence", "follows"))

    def goes_to(self, cleaned):
        """As answered; closed when the Regulations have ceased to apply."""
        return "closed" if cleaned.get("ended") == "ceased" else cleaned.get("follows") or "closed"


def conclude(attempt):
    """Note that the IOPC is done with the allegation, and count how it ended there."""
    for p in attempt.parts:
        p.iopc_back_on = attempt.on
        attempt.add_report_slugs(
            p, iopc_ended=attempt.answers["ended"], retained="yes" if attempt.answers["to"] != "recorded" else ""
        )


# Proceedings end

TELL_PROCEEDINGS = DutyKind(
    "tell_proceedings", "Tell {to} how the proceedings ended, and what follows", Role.OFFICER,
    ("para 8", "reg 26", "reg 37"), Basis.READING, recipients=those_told, notice=True, met_by="give_notice",
    open_in_states=AFTER_THE_IOPC,
)  # fmt: skip
RELEASE_COPY = DutyKind(
    "release_copy", "Decide again on the copy withheld from {to}", Role.MONITORING_OFFICER, ("para 6", "reg 31"),
    Basis.LAW,
    recipients=lambda attempt: [office_holder_slug(s.office_holder) for s in attempt.facts.subjects if s.kept_from_proceedings],
    met_by="decide_copies", open_in_states=AFTER_THE_IOPC,
    holds=lambda attempt, duty: any(
        s.copy == "withheld" and office_holder_slug(s.office_holder) == duty.recipient for s in attempt.facts.subjects
    ),
)  # fmt: skip


class ProceedingsEndForm(Targeted, StepForm):
    """Prosecutor or court have ended (regs 9, 26)."""

    labels = {  # noqa: RUF012
        "result": "Result",
        "left": "Anything left for the Panel",
    }
    on_label = "When did they end?"
    result = TextField(label="With what result?", required_message="Enter the result")
    left = RadiosField(
        label="Is anything left for the Panel?",
        choices=[
            HintedChoice("recorded", "Yes", "The Chairman considers it."),
            HintedChoice("closed", "No", "Criminal proceedings have dealt with it: it is closed."),
        ],
        required_message="Select whether anything is left for the Panel",
    )

    def goes_to(self, cleaned):
        """As answered."""
        return cleaned.get("left") or "closed"


def end_proceedings(attempt):
    """Count the end of the proceedings for the annual report."""
    for p in attempt.parts:
        attempt.add_report_slugs(p, proceedings="ended")


# The IOPC goes on after a withdrawal

TELL_CONDUCT_MATTER = DutyKind(
    "tell_conduct_matter", "Tell {to} that the IOPC treats it as a conduct matter", Role.OFFICER,
    ("para 15", "reg 16", "reg 37"), Basis.READING, recipients=lambda attempt: attempt.facts.told_holders(), notice=True,
    met_by="give_notice",
)  # fmt: skip


def was_with_iopc_when_withdrawn(attempt, part):
    """The IOPC may go on only with what was with it when it was withdrawn (reg 16)."""
    if not attempt.facts.withdrawn_from_iopc(part):
        return Refusal("It was not with the IOPC when it was withdrawn.", ("para 15", "reg 16"))
    return None


class IopcTreatsAsConductMatterForm(StepForm):
    """After a withdrawal the IOPC may go on in the public interest (reg 16)."""

    on_label = "When did the IOPC decide?"
    why_label = "The IOPC’s reasons"


def return_to_iopc(attempt):
    """Put the allegation with the IOPC again, which goes on after the withdrawal."""
    for p in attempt.parts:
        p.iopc_back_on, p.direction = None, ""
        p.serious = p.serious or Allegation.Serious.CALLED_IN
        p.serious_on = p.serious_on or attempt.on
        attempt.add_report_slugs(p, conduct_matter="yes")


STEPS = (
    Step(
        "iopc_suspends", "Note that the IOPC suspends the procedure", OPEN, Target.STAYS,
        entered_by=STAFF, provisions=("para 3", "reg 22"),
        past_label="Suspended by the IOPC", button="Save",
        hint="No forward step until it is lifted; the Panel’s own targets stand.",
        folded=True,
        part_guards=(not_suspended,), form=IopcSuspendsForm, checks=(in_the_future("review_on", "The day to ask again"),),
        effect=suspend,
        opens=(SUSPENSION_REVIEW,),
    ),
    Step(
        "iopc_lifts_suspension", "Note that the IOPC lifts the suspension", OPEN, Target.STAYS,
        entered_by=STAFF, provisions=("para 3", "reg 22"),
        past_label="Suspension lifted", button="Save",
        folded=True,
        part_guards=(suspended,), form=IopcLiftsSuspensionForm, effect=lift,
        closes=(SUSPENSION_REVIEW,),
        not_before=(RECEIPT, SUSPENSION),
    ),
    Step(
        "iopc_discontinues", "Note that the IOPC stops investigating", ("with_iopc",), ("recorded", "closed"),
        entered_by=STAFF, provisions=("para 3", "reg 24"),
        past_label="The IOPC stopped investigating", button="Save",
        hint="Its direction binds the Panel; without one no further action is taken.",
        form=IopcDiscontinuesForm, effect=discontinue,
        opens=(TELL_DISCONTINUED, COMPLY, DECIDE_COPIES_IF_RECORDED), closes=(IOPC_INVESTIGATES,),
        when_elsewhere=Elsewhere("The IOPC does not investigate it.", "note that the IOPC investigates.", "iopc_investigates"),
    ),
    Step(
        "iopc_concludes", "Note how the IOPC concluded", ("with_iopc",), ("awaiting_proceedings", "recorded", "closed"),
        entered_by=(Role.MONITORING_OFFICER,), provisions=("para 3", "reg 22(6)", "reg 25", "reg 26"),
        past_label="The IOPC concluded", button="Save", hint="Its report, or that the Regulations cease to apply.",
        form=IopcConcludesForm, effect=conclude,
        opens=(TELL_PANEL, COURT_DECIDES, CONSIDER_IF_RECORDED, DECIDE_COPIES_IF_RECORDED),
        closes=(IOPC_INVESTIGATES,),
        when_elsewhere=Elsewhere("The IOPC does not investigate it.", "note that the IOPC investigates.", "iopc_investigates"),
    ),
    Step(
        "proceedings_end", "Note how the proceedings ended", ("awaiting_proceedings",), ("recorded", "closed"),
        entered_by=(Role.MONITORING_OFFICER,), provisions=("para 3", "para 8", "reg 9", "reg 26"),
        past_label="Proceedings ended", button="Save",
        form=ProceedingsEndForm, effect=end_proceedings,
        opens=(TELL_PROCEEDINGS, RELEASE_COPY, CONSIDER_IF_RECORDED, DECIDE_COPIES_IF_RECORDED),
        closes=(COURT_DECIDES,),
        when_elsewhere=Elsewhere("No prosecutor and no court has it.", ""),
    ),
    Step(
        "iopc_treats_as_conduct_matter", "Note that the IOPC treats it as a conduct matter", ("withdrawn",),
        "referred_to_iopc",
        entered_by=(Role.MONITORING_OFFICER,), provisions=("para 3", "para 15", "reg 16"),
        past_label="Treated as a conduct matter", button="Save", hint="After a withdrawal, in the public interest.",
        folded=True,
        part_guards=(was_with_iopc_when_withdrawn,), form=IopcTreatsAsConductMatterForm, effect=return_to_iopc,
        opens=(TELL_CONDUCT_MATTER, IOPC_DECIDES),
        when_elsewhere=Elsewhere("It was not withdrawn.", ""),
    ),
)  # fmt: skip
