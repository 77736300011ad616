"""What is asked about somebody who acts for the complainant (reg 2): by the log, by a correction, and by the steps that
note that somebody begins or ceases to act. Letters go to them once what shows that they may act was seen; until then they
go to the complainant, and somebody has to ask for it."""

from complaints.keys import REPRESENTATIVE
from panel.casework.step_form import StepForm
from panel.forms.fields import DateField, EmailField, LongTextField, TextField
from panel.law.names_in_text import same_person
from panel.law.roles import Basis, Role
from panel.procedure.vocabulary import DutyKind, Refusal

CONTACT = ("agent_email", "agent_phone", "agent_address")
PERSON = ("agent", "agent_organisation", *CONTACT)
AUTHORITY = ("agent_authority", "agent_authority_on")
COLUMNS = (*PERSON, *AUTHORITY)
UNDER = ("reg 2",)
SAME = "This is the complainant’s own name"


class AgentQuestions(StepForm):
    """Who acts for the complainant."""

    agent = TextField(
        label="Who acts for them", max_length=200, required=False,
        help_text="A solicitor or other person authorised to act for the complainant (regulation 2).",
    )  # fmt: skip
    agent_organisation = TextField(label="Representative’s organisation", max_length=150, required=False)
    agent_email = EmailField(label="Representative’s email address", required=False, max_length=254)
    agent_phone = TextField(label="Representative’s telephone", max_length=40, required=False)
    agent_address = LongTextField(label="Representative’s postal address", max_length=500, rows=3, required=False)


class ActingQuestions(AgentQuestions):
    """And what shows that they may."""

    agent_authority = TextField(
        label="What shows that they may act?", max_length=200, required=False,
        help_text="For example: a note signed by the complainant. Leave empty until you have seen it: letters then go to "
        "the complainant, and it has to be asked for.",
    )  # fmt: skip
    agent_authority_on = DateField(
        label="When was it seen?", what="the day it was seen", required=False, past=True,
        help_text="Leave empty if it came that day.",
    )  # fmt: skip


def as_answered(attempt) -> dict:
    """Who would act, and what shows it: the answers, and what is on record where it was not asked."""
    said = {name: attempt.answers.get(name, getattr(attempt.case, name)) or "" for name in COLUMNS}
    if said["agent_authority"] and not said["agent_authority_on"]:
        said["agent_authority_on"] = attempt.on  # no day was given: it came with the rest
    return said


def let_act(attempt):
    """Keep who acts, and what shows it."""
    for name, value in as_answered(attempt).items():
        setattr(attempt.case, name, value or (None if name == "agent_authority_on" else ""))


def may_be_written_to(attempt):
    """Who acts for the complainant is somebody else than the complainant and the office holder, and can be reached once
    what shows that they may act was seen (reg 2)."""
    said = as_answered(attempt)
    name = said["agent"]
    if not name:
        first = next((n for n in COLUMNS[1:] if said[n]), None)
        return Refusal("Enter who acts for them", UNDER, field="agent") if first else None
    who = attempt.answers.get("name") or (attempt.facts.complainant.name if attempt.facts.complainant else "")
    if same(name, who) and attempt.step.key == "note_representative":  # the log only warns of it
        return Refusal(f"{SAME}: enter somebody else", UNDER, field="agent")
    for holder in holders(attempt):
        if same(name, holder.name):
            words = f"{holder.name} is whom it is about: they cannot act for the complainant"
            return Refusal(words, UNDER, field="agent")
    return _shown(attempt, said)


def _shown(attempt, said):
    """A day is that of something, and there is a way to write to whoever is written to."""
    shown, seen = said["agent_authority"], said["agent_authority_on"]
    if seen and not shown:
        return Refusal("Enter what shows that they may act", UNDER, field="agent_authority")
    if seen and not any(said[n] for n in CONTACT):
        words = f"Enter an email address, a telephone number or a postal address: letters go to {said['agent']}"
        return Refusal(words, UNDER, field="agent_email")
    return None


def acts_for_themselves(answers) -> list[str]:
    """A warning where the complainant was entered as who acts for them."""
    found = same(answers.get("agent") or "", answers.get("name") or "")
    return [f"Who acts for them: {SAME[0].lower()}{SAME[1:]}. Leave it empty if nobody acts for them."] if found else []


def same(one: str, other: str) -> bool:
    """Whether two names are one, or could be one person's."""
    return bool(one and other) and (one.casefold() == other.casefold() or same_person(one, other))


def holders(attempt) -> list:
    """The office holders whom it is about, as answered where that is asked."""
    if hasattr(attempt.form, "holders") and "subjects" in attempt.answers:
        return list(attempt.form.holders())
    return [s.office_holder for s in attempt.facts.subjects]


def authority_is_lacking(attempt) -> bool:
    """Whether somebody acts, and nobody has seen that they may."""
    return bool(attempt.case.agent) and not attempt.case.represented


ASK_AUTHORITY = DutyKind(
    "ask_authority", "Ask {to} what shows that they may act", Role.OFFICER, UNDER, Basis.GUIDANCE,
    recipients=lambda attempt: [REPRESENTATIVE], when=authority_is_lacking, met_by="note_representative",
    still_needed=authority_is_lacking, holds=lambda attempt, duty: authority_is_lacking(attempt),
)  # fmt: skip
