"""The Monitoring Officer is asked whether something could be an offence, and says so (para 3; regs 2 and 13)."""

from complaints.procedure.seriousness import LOOK_AT_OFFENCE, UNDER, OffenceMixin, ask_monitoring_officer, is_asked
from complaints.procedure.states import THE_IOPC_HAS_IT, THE_PANEL_HAS_IT
from panel.casework.earliest import latest
from panel.casework.step_form import StepForm
from panel.law.roles import Role
from panel.procedure.vocabulary import RECEIPT, Earliest, Refusal, Step, Target

ASKED = Earliest("it was asked", lambda attempt: latest(p.offence_asked_on for p in attempt.parts))


def not_asked_yet(attempt, part):
    """It is asked once, and not of what is to go to the IOPC anyhow."""
    if is_asked(attempt, part):
        return Refusal(f"It has been asked of allegation {part.number} already.", UNDER)
    if part.due_to_iopc:
        words = f"Allegation {part.number} is identified as one already."
        return Refusal(words, UNDER, "refer it to the IOPC.", first="refer_to_iopc")
    return None


def asked_whether_offence(attempt, part):
    """Somebody has asked."""
    if not is_asked(attempt, part):
        return Refusal(f"Nobody has asked of allegation {part.number} whether it could be an offence.", UNDER)
    return None


class AskAboutOffenceForm(OffenceMixin, StepForm):
    """The Monitoring Officer is asked whether it could be an offence: until then no forward step is taken."""

    on_label = "When was it asked?"
    why_label = "What makes you ask?"
    why_missing = "Enter what makes you ask"

    def reminders(self):
        """The words on record that often mean an offence."""
        return [*super().reminders(), self.offence_reminder()]


class RuleOutOffenceForm(OffenceMixin, StepForm):
    """Nothing that is alleged, if true, could be an offence: the procedure goes on (reg 13)."""

    on_label = "When was this decided?"
    why_label = "Your reasons"

    def reminders(self):
        """The words on record that often mean an offence."""
        return [*super().reminders(), self.offence_reminder()]


def ask(attempt):
    """Let the allegations wait."""
    ask_monitoring_officer(attempt, attempt.parts)


def rule_out(attempt):
    """Let them go on."""
    for p in attempt.parts:
        p.offence_asked_on = None


STEPS = (
    Step(
        "ask_about_offence", "Ask whether it could be an offence", THE_PANEL_HAS_IT, Target.STAYS,
        entered_by=(Role.OFFICER, Role.CHAIRMAN, Role.SUB_PANEL), provisions=("para 3", "reg 2", "reg 13"),
        past_label="Asked whether it could be an offence", button="Ask the Monitoring Officer",
        hint="The Monitoring Officer looks at it; until then nothing is decided.",
        folded=True,
        part_guards=(not_asked_yet,), form=AskAboutOffenceForm, effect=ask,
        opens=(LOOK_AT_OFFENCE,),
        when_elsewhere=THE_IOPC_HAS_IT,
    ),
    Step(
        "rule_out_offence", "Say that no offence appears", THE_PANEL_HAS_IT, Target.STAYS,
        entered_by=(Role.MONITORING_OFFICER,), provisions=("para 3", "reg 2", "reg 13"),
        past_label="No offence appears", button="Say that none appears", hint="It was asked; the procedure then goes on.",
        folded=True,
        part_guards=(asked_whether_offence,), form=RuleOutOffenceForm, effect=rule_out, not_before=(RECEIPT, ASKED),
        closes=(LOOK_AT_OFFENCE,),
        when_elsewhere=THE_IOPC_HAS_IT,
    ),
)  # fmt: skip
