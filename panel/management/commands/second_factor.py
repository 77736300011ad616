"""manage.py second_factor reset EMAIL: takes every second factor from somebody who has lost theirs, on the record."""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from panel.law.period import listed
from panel.models import SignIn, User
from panel.record.act import sealed_act


class Command(BaseCommand):
    """Only by the command line: whoever types it has made sure who is asking."""

    help = "Remove every second factor of somebody, recovery codes included. They set up a new one when they sign in."

    def add_arguments(self, parser):
        """Whose."""
        parser.add_argument("what", choices=["reset"])
        parser.add_argument("email")

    def handle(self, *, email, **options):
        """Remove them, write each down in the installation's chain, and end the person's sessions."""
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"Nobody has the address {email!r}", returncode=2)
        with sealed_act(None, by=None, name=SignIn.What.FACTOR_REMOVED) as act:
            found = list(Authenticator.objects.filter(user=user))
            kinds = [row.get_type_display().lower() for row in found]
            for row, kind in zip(found, kinds, strict=True):
                row.delete()
                how = f"{kind}, by the command line"
                act.rows.append(SignIn.objects.create(user=user, what=SignIn.What.FACTOR_REMOVED, how=how, at=act.at))
        if not found:
            raise CommandError(f"{user.name} has no second factor", returncode=2)
        user.end_sessions()
        self.stdout.write(f"Removed from {user.name}: {listed(kinds)}. They set up a new one when they sign in.")
