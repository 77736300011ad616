"""The tables of who can sign in and who did."""

from django.urls import reverse

from panel.access import rules
from panel.law.period import day_words
from panel.law.roles import Role
from panel.pages.tables import between, capital, is_past, table
from panel.templatetags.panel_tags import moment

# Users


def account_words(user) -> str:
    """Whether somebody can sign in."""
    if not user.is_active:
        return "Closed"
    return "Can sign in" if user.has_usable_password() else "Invited, no password yet"


def users_tables(panel, who) -> tuple[dict, dict | None]:
    """Who holds a role now or later, and who held one. One query."""
    change = rules.may(who, "users.change")
    rows = list(panel.memberships.select_related("user"))

    def cells(membership):
        url = reverse("panel:user", args=[panel.slug, membership.pk])
        role = capital(Role(membership.role).words)
        own = membership.user_id == who.user_id
        name = {"words": membership.user.name, "note": membership.user.email}
        away = ""
        if membership.away_from:
            away = day_words(membership.away_from) + (
                f" to {day_words(membership.away_to)}" if membership.away_to else ", no last day"
            )
        role_cell = {"words": role, "url": url} if change and not own else {"words": role}
        account = {"words": account_words(membership.user)}
        doing = ("Open it again", "Close the account")[membership.user.is_active]
        if change and not own:
            invited = membership.user.is_active and not membership.user.has_usable_password()
            address = reverse("panel:invite-again" if invited else "panel:account", args=[panel.slug, membership.pk])
            account = {
                "words": "Invite again" if invited else doing,
                "url": address,
                "note": account_words(membership.user),
            }
        return [name, role_cell, between(membership), away or "Not away", account]

    columns = ("Name", "Role", "Days", "Away", "Account")
    now, past = [m for m in rows if not is_past(m)], [m for m in rows if is_past(m)]
    return (
        table("Who can sign in", columns, [cells(m) for m in now]),
        table("Former", columns, [cells(m) for m in past]) if past else None,
    )


def sign_ins_table(rows) -> dict:
    """Sign-ins, the latest first."""
    columns = ("When", "Who", "What", "How")
    return table("Sign-ins", columns, [
        [moment(s.at), {"words": s.user.name, "note": s.user.email}, s.get_what_display(), capital(s.how)] for s in rows
    ])  # fmt: skip
