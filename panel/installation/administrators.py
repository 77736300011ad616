"""Who makes panels: named by the command line alone, so that nobody names themselves."""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet

from panel.law import clock
from panel.models import InstallationAdministrator, User
from panel.record.act import sealed_act


class ClosedAccount(Exception):
    """The account is closed: it is opened again first."""


def today() -> QuerySet:
    """Everybody who is an installation administrator today."""
    return InstallationAdministrator.objects.in_force(clock.today()).select_related("user")


def name_one(email: str, name: str) -> tuple[InstallationAdministrator, bool]:
    """The person's role from today, and whether it is new; their account is made if there is none. Raises
    ClosedAccount."""
    email = email.strip().lower()
    with sealed_act(None, by=None, name="give_installation_role", why=f"By the command line: {email}"):
        user, _ = User.objects.get_or_create(
            email=email, defaults={"name": name or email.partition("@")[0], "password": make_password(None)}
        )
        if not user.is_active:
            raise ClosedAccount
        found = today().filter(user=user).first()
        return (found, False) if found else (
            InstallationAdministrator.objects.create(user=user, from_date=clock.today()), True,
        )  # fmt: skip


def end(email: str, last: date) -> int:
    """Let the person's role end with that day (plain date); how many rows it ended."""
    rows = today().filter(user__email=email.strip().lower())
    with sealed_act(None, by=None, name="change_installation_role", why=f"By the command line: until {last}"):
        for row in (found := list(rows)):
            row.to_date = last
            row.save()
    return len(found)
