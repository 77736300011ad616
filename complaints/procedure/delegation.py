"""What the Commissioner's office, or a delegate, has at a first stage (reg 7): shared by the chapters that give it to them,
take it back, or wait for it."""

from dataclasses import replace

from complaints.keys import WITH_THE_IOPC
from complaints.procedure.recipients import target
from panel.law.roles import CasePart, Role
from panel.models import CaseRole
from panel.procedure.vocabulary import DutyKind, Refusal

THERE = ("received", "awaiting_information", "recorded", *WITH_THE_IOPC)
OFFICE = "office"  # the Commissioner's office, among those who could have it

COMES_BACK = DutyKind(
    "pass_to_panel", "See that it is passed on to the Panel", Role.OFFICER, ("reg 7",), due=target("pass_on_days"),
    met_by="pass_to_panel", open_in_states=THERE, carries=True,
)  # fmt: skip
COMES_BACK_OF_THE_OFFICE = replace(COMES_BACK, when=lambda attempt: Role.COMMISSIONERS_OFFICE in attempt.roles)


def delegates(attempt):
    """The rows that give a first stage the complaint now."""
    return [role for role in attempt.look.case_roles if role.kind == CasePart.DELEGATE]


def office_users(attempt):
    """The accounts of the Commissioner's office that day."""
    rows = attempt.panel.memberships.in_force(attempt.look.today).filter(role=Role.COMMISSIONERS_OFFICE)
    return [row.user for row in rows.select_related("user")]


def give_to_office(attempt):
    """The Commissioner's office sees it until it is passed on: one row serves all of that office."""
    user = attempt.user if Role.COMMISSIONERS_OFFICE in attempt.roles else office_users(attempt)[0]
    CaseRole.objects.create(case=attempt.case, kind=CasePart.DELEGATE, user=user, from_entry=attempt.entry)


def not_at_first_stage(attempt, part):
    """While somebody has it at a first stage, nobody decides how it is handled (reg 7)."""
    if delegates(attempt):
        return Refusal(
            "It is at a first stage, and was not passed on to the Panel.",
            ("reg 7",),
            "it is passed on.",
            first="pass_to_panel",
        )
    return None
