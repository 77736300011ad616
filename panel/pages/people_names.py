"""Who does what in a panel today, by name."""

from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.law.roles import OUTSIDE, Role
from panel.law.spoken import say
from panel.models import Membership
from panel.pages.words import sentence


class People:
    """Who does what in a panel today, by name: for "Cllr Margaret Holt decides how it is handled"."""

    def __init__(self, panel, today):
        rows = list(Membership.objects.filter(panel=panel, user__is_active=True).in_force(today).select_related("user"))
        rows.sort(key=lambda m: (m.away(today), m.deputy))  # who acts comes first
        self.panel = panel
        self.by_role: dict[str, list] = {}
        for m in rows:
            self.by_role.setdefault(m.role, []).append(m)
        self.offices = rules.offices(rows, today)

    def acting(self, look: CaseContext | None = None, interested: frozenset = frozenset()) -> rules.Acting:
        """Who acts as Chairman, of the case that is looked at or where these users have an interest."""
        return rules.who_acts(self.offices, interested | (rules.interested(look.case_roles) if look else frozenset()))

    def unfilled(self) -> set[Role]:
        """The roles with decisions or duties that nobody holds today, or that nobody can act in."""
        roles = {role for role in (Role.OFFICER, Role.MONITORING_OFFICER) if not self.by_role.get(role.value)}
        return roles if self.acting().users else roles | {Role.CHAIRMAN}

    def nobody(self, look: CaseContext | None = None, interested: frozenset = frozenset()) -> str:
        """That nobody can decide for the Chairman at present, why, and whom to ask; nothing, where somebody can."""
        found = self.acting(look, interested)
        if found.users:
            return ""
        officers = self.by_role.get(Role.MONITORING_OFFICER.value, [])
        asked = f", {officers[0].user.name}" if officers else ""
        return f"Nobody can decide at present: {found.why}. Ask the Monitoring Officer{asked}."

    def who(
        self, role: Role, look: CaseContext | None = None, recipient: str = "", interested: frozenset = frozenset()
    ) -> str:
        """The person who plays that role on the case: the officer who keeps it, the Chairman or whoever acts.

        `interested` are the ids of users with an interest, beyond those that a `look` knows."""
        if look is not None and role is Role.OFFICER and look.case.assigned_to_id:
            return look.case.assigned_to.name
        if look is not None and role in OUTSIDE and recipient:
            return sentence(look.facts.recipient_words(recipient))
        if role is Role.CHAIRMAN:
            found = self.acting(look, interested)
            if not found.users:
                return say("The Chairman")  # and `nobody` says that nobody can
            name = next(m.user.name for m in self.by_role[found.office.value] if m.user_id in found.users)
            return name if found.office is Role.CHAIRMAN else f"{name} (Vice-Chairman)"
        found = self.by_role.get(role.value, [])
        return found[0].user.name if found else sentence(f"the {role.words}")
