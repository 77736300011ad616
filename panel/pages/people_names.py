"""Who does what in a panel today, by name."""

from panel.casework.case_context import CaseContext
from panel.law.roles import OUTSIDE, Role
from panel.models import Membership
from panel.pages.words import sentence


class People:
    """Who does what in a panel today, by name: for "Cllr Margaret Holt decides how it is handled"."""

    def __init__(self, panel, today):
        rows = Membership.objects.filter(panel=panel, user__is_active=True).in_force(today).select_related("user")
        self.by_role: dict[str, list] = {}
        for m in rows:
            self.by_role.setdefault(m.role, []).append(m)
        self.today = today

    def who(
        self, role: Role, look: CaseContext | None = None, recipient: str = "", interested: frozenset = frozenset()
    ) -> str:
        """The person who plays that role on the case: the officer who keeps it, the Chairman or whoever acts.

        `interested` are the ids of users with an interest, where no `look` says so."""
        if look is not None and role is Role.OFFICER and look.case.assigned_to_id:
            return look.case.assigned_to.name
        if look is not None and role in OUTSIDE and recipient:
            return sentence(look.facts.recipient_words(recipient))
        if role is Role.CHAIRMAN:
            chairmen = [m.user for m in self.by_role.get("chairman", []) if not m.away(self.today)]
            if look is not None:
                interested = frozenset(r.user_id for r in look.case_roles if r.kind == "interested")
            chairmen = [u for u in chairmen if u.pk not in interested]
            if chairmen:
                return chairmen[0].name
            vice = self.by_role.get("vice_chairman", [])
            return f"{vice[0].user.name} (Vice-Chairman)" if vice else "The Chairman"
        found = self.by_role.get(role.value, [])
        return found[0].user.name if found else sentence(f"the {role.words}")
