"""The demonstration's accounts on the sign-in page."""

from panel.access import rules
from panel.law import clock
from panel.law.period import plural
from panel.law.roles import CasePart, Role
from panel.models import CaseRole, Membership
from panel.pages.owned import open_duties
from panel.pages.tables import capital

# The demo's accounts

ORDER = [
    Role.OFFICER, Role.CHAIRMAN, Role.VICE_CHAIRMAN, Role.MONITORING_OFFICER, Role.SUB_PANEL, Role.MEMBER, Role.AUDITOR,
    Role.ADMINISTRATOR,
]  # fmt: skip


def demo_accounts(next_url: str = "") -> list[dict]:
    """Who one can sign in as in demo mode, in the order of the roles, and where each goes on to."""
    rows = Membership.objects.in_force(clock.today()).filter(user__is_demo=True, user__is_active=True)
    rows = list(rows.select_related("user", "panel").order_by("pk"))
    seats = CaseRole.objects.filter(kind=CasePart.SUB_PANEL.value, to_entry=None, member__user__is_demo=True)
    sitting: dict[int, int] = {}
    for user_pk in seats.values_list("member__user", flat=True):
        sitting[user_pk] = sitting.get(user_pk, 0) + 1
    found: dict = {}
    for m in rows:
        role = Role(m.role)
        if role is Role.MEMBER and m.user_id in sitting:
            role = Role.SUB_PANEL
        found.setdefault(m.user_id, (role, m))
    out = []
    for role, m in sorted(found.values(), key=lambda pair: ORDER.index(pair[0])):
        out.append(
            {
                "role": "Sub-panel member" if role is Role.SUB_PANEL else capital(role.words),
                "name": m.user.name,
                "email": m.user.email,
                "sees": sees(role, m, sitting),
                "next": next_url,
            }
        )
    return out


def sees(role, membership, sitting) -> str:
    """What an account finds, counted where that says more."""
    if role is Role.SUB_PANEL:
        return plural(sitting[membership.user_id], "case")
    if role is Role.CHAIRMAN:
        duties = open_duties(rules.standing(membership.user, membership.panel), {role}, membership.panel)
        waiting = duties.order_by().values("case", "kind").distinct().count()
        return f"{plural(waiting, 'decision')} waiting" if waiting else role.sees
    return role.sees
