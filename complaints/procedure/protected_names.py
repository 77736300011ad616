"""Who is not to be named, and texts that would name them (paras 6 and 14; regs 28 and 31)."""

import re

from panel.law.marks import ALSO_WORDS, NO_NAMES, Marks
from panel.models import Complainant
from panel.procedure.vocabulary import Refusal, says


def say_who_is_not_named(form, field: str, *, always: bool = False) -> None:
    """Say beside the box that the complainant is not to be named there: always in what is published; in what both sides
    get, where the office holder's copy is anonymised."""
    facts = form.attempt.facts
    if facts.complainant is None or not (always or facts.complainant_hidden):
        return
    name = facts.complainant.name if facts.sees_complainant else "the complainant"
    said = f"Not to be named: {name}."
    if field == "why":  # asked last, with the hint of the form
        form.why_hint = f"{form.why_hint} {said}".strip()
    else:
        box = form.fields[field]
        box.help_text = f"{box.help_text} {said}".strip()


def leaves_out_the_complainant(field: str):
    """Make a check: a text that goes to both sides does not name a complainant who is not to be named to them."""

    @says("leaves_out_the_complainant", leaves_out_the_complainant.__doc__)
    def check(attempt):
        return names_nobody(attempt, field) if attempt.facts.complainant_hidden else None

    return check


def names_nobody(attempt, field: str) -> Refusal | None:
    """No part of the complainant's name or address stands in a text to be published, however it is spelt: accents,
    capitals and invisible characters make no difference. A name that is also a word counts only with its capital."""
    person: Complainant | None = attempt.facts.complainant
    mark = marks_of(person, attempt.case).first_in(attempt.answers.get(field) or "") if person else ""
    if mark:
        return Refusal(
            f"The text still holds “{mark}”, which could tell who complained",
            ("para 14", "reg 28"),
            field=field,
        )
    return None


def marks_of(person: Complainant | None, case) -> Marks:
    """The words by which the complainant, or who acts for them, could be known: names word by word, addresses line by
    line, numbers."""
    if person is None:
        return Marks(())
    names = re.split(r"\W+", f"{person.name} {case.agent}")
    marks = [w for w in names if len(w) > 2 and w.lower() not in NO_NAMES]
    marks += [person.email, person.phone, case.agent_organisation, case.agent_email, case.agent_phone]
    addresses = f"{person.address}\n{case.agent_address}"
    marks += [piece for piece in re.split(r"[\n,]", addresses) if len(piece.strip()) > 4]
    return Marks(marks, ALSO_WORDS)
