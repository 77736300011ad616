"""Whom a letter of a complaint may not show: a complainant who is protected from its reader, and everybody else's data."""

from typing import Any

from complaints.models import Complaint, Subject
from panel.law.roles import Role
from panel.letters.marks import Mark, address_marks, but_for, name_marks

COMPLAINANT, AGENT = "the complainant", "who acts for the complainant"
NOBODY_NAMED_TO = ("the_public", "the_panel", "body", "commissioner", "councils")


def marks(about: Any) -> list[Mark]:
    """What the letter may not hold, by whom it goes to."""
    fields, facts = about.values, about.look.facts
    if about.recipient in NOBODY_NAMED_TO or hidden_from(about):
        return but_for(of_complainant(about.look.case), known_anyway(fields))
    if about.recipient == Role.COMPLAINANT:  # of a group each is told only their own
        found = [mark for case in facts.merged for mark in of_others(case, about.look.case)]
        return but_for(found, known_anyway(fields))
    return []


def hidden_from(about: Any) -> bool:
    """Whether the reader is an office holder who is not to know who complained: unless a full copy was decided on, or one
    from which only others are left out, nothing is told (reg 31)."""
    subject = about.values.subject
    if subject is None:
        return False
    if subject.copy == Subject.Copy.FULL:
        return False
    return subject.copy != Subject.Copy.ANONYMISED or bool(about.look.facts.complainant_hidden)


def of_complainant(case: Complaint) -> list[Mark]:
    """Name, addresses and numbers of the complainant and of who acts for them."""
    found: list[Mark] = []
    who = case.complainant
    if who is not None:
        found += name_marks(who.name, COMPLAINANT, COMPLAINANT)
        found += [Mark(words, COMPLAINANT) for words in (who.email, who.phone) if words]
        found += address_marks(who.address, COMPLAINANT)
    found += name_marks(case.agent, AGENT, AGENT)
    found += [Mark(w, AGENT) for w in (case.agent_organisation, case.agent_email, case.agent_phone) if w]
    return found + address_marks(case.agent_address, AGENT)


def of_others(case: Complaint, own: Complaint) -> list[Mark]:
    """The marks of another complaint's complainant, where it is somebody else."""
    if case.complainant is None or (own.complainant is not None and case.complainant.name == own.complainant.name):
        return []
    return name_marks(case.complainant.name, "somebody else who complained", "somebody else")[:1]


def known_anyway(fields: Any) -> str:
    """Words that the letter has of itself: the Panel, its area and address, the office holders, the people who sign."""
    settings = fields.settings
    holders = [f"{s.office_holder.name} {s.office_holder.short_name}" for s in fields.facts.subjects]
    ours = [fields.panel, settings.complaints_address, settings.complaints_email, settings.complaints_telephone]
    names = fields.of_panel.names_on(fields.look.today)
    return " \n ".join([*holders, *ours, names.host_authority, names.police_area, *fields.signer])
