"""Somebody begins to act for the complainant, or ceases to (reg 2)."""

from complaints.procedure.acting import (
    ASK_AUTHORITY,
    AUTHORITY,
    COLUMNS,
    CONTACT,
    UNDER,
    ActingQuestions,
    let_act,
    may_be_written_to,
)
from complaints.procedure.earliest import BEGAN_TO_ACT
from complaints.procedure.states import ANY
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.layout import Fieldset
from panel.procedure.vocabulary import RECEIPT, Refusal, Step, Target


def a_name_was_given(attempt):
    """There is a complainant with a name for whom somebody can act (reg 2)."""
    if attempt.case.conduct_matter:
        return Refusal("Nobody complained: it is a conduct matter.", UNDER)
    if attempt.facts.complainant is None:
        return Refusal("The complainant gave no name, so nobody can be shown to act for them.", UNDER)
    return None


def somebody_acts(attempt):
    """Somebody acts for the complainant."""
    return None if attempt.case.agent else Refusal("Nobody acts for the complainant.", UNDER)


class NoteRepresentativeForm(ActingQuestions):
    """Who acts for the complainant from now on, how to reach them, and what shows that they may (reg 2)."""

    on_label = "When were we told?"
    on_what = "the day when we were told"
    why_label = "How do you know, or what has changed?"
    why_missing = "Enter how you know, or what has changed"
    days = ("agent_authority_on",)

    def initial_answers(self):
        """As it is on record."""
        return {name: getattr(self.attempt.case, name) for name in COLUMNS}

    def add_questions(self):
        """Here there must be somebody."""
        self.fields["agent"].required = True
        self.fields["agent"].error_messages["required"] = "Enter who acts for them"

    def shape_of(self):
        """Who it is; then what shows that they may act."""
        return [
            Fieldset("Who acts for the complainant", "agent", "agent_organisation", *CONTACT, size="m"),
            Fieldset("What shows it", *AUTHORITY, size="m"),
        ]


def something_is_new(attempt):
    """It differs from what is on record."""
    case, said = attempt.case, attempt.answers
    if all((said.get(name) or "") == (getattr(case, name) or "") for name in COLUMNS):
        return Refusal("Change at least one answer: everything is as it is on record", UNDER, field="agent")
    return None


def authority_is_theirs(attempt):
    """What was seen showed that the one who acted until now may act, not somebody else."""
    case, said = attempt.case, attempt.answers
    kept = all(said.get(name) and said[name] == getattr(case, name) for name in AUTHORITY)
    if case.agent and said.get("agent") != case.agent and kept:
        return Refusal(
            f"This was seen for {case.agent}. Enter what shows that {said['agent']} may act, or leave it empty",
            UNDER, field="agent_authority",
        )  # fmt: skip
    return None


class EndRepresentativeForm(StepForm):
    """Nobody acts for the complainant any more: letters go to the complainant again (reg 2)."""

    on_label = "When were we told?"
    on_what = "the day when we were told"
    why_label = "Why?"

    def change_answers(self, answers):
        """With the name of who acted."""
        return {**answers, "acted": self.attempt.case.agent}

    labels = {"acted": "Who acted until then"}  # noqa: RUF012


def end(attempt):
    """Nobody acts any more."""
    for name in COLUMNS:
        setattr(attempt.case, name, None if name == "agent_authority_on" else "")


STEPS = (
    Step(
        "note_representative", "Note who acts for the complainant", ANY, Target.STAYS,
        entered_by=STAFF, provisions=UNDER,
        together=False, past_label="Representative noted", button="Save",
        hint="A solicitor, say. Letters go to them once it is shown that they may act.",
        scope="case", folded=True,
        guards=(a_name_was_given,), form=NoteRepresentativeForm,
        checks=(may_be_written_to, something_is_new, authority_is_theirs), effect=let_act,
        opens=(ASK_AUTHORITY,), closes=(ASK_AUTHORITY,),
    ),
    Step(
        "end_representative", "Note that nobody acts for the complainant any more", ANY, Target.STAYS,
        entered_by=STAFF, provisions=UNDER,
        together=False, past_label="Representative ended", button="Save", hint="Letters go to the complainant again.",
        scope="case", folded=True,
        not_before=(RECEIPT, BEGAN_TO_ACT),
        guards=(somebody_acts,), form=EndRepresentativeForm, effect=end, lapses=(ASK_AUTHORITY,),
    ),
)  # fmt: skip
