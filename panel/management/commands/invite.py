"""manage.py invite EMAIL --panel SLUG --role ROLE: gives a role and prints a link that works once."""

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from panel.accounts import invitations
from panel.accounts.user_forms import InviteForm
from panel.forms.record_form import record
from panel.installation import administrators
from panel.law import clock
from panel.law.period import day_words
from panel.law.roles import DELEGATED, GRANTED, Role
from panel.management.asked import day_of, panel_of
from panel.models import Message, User
from panel.post import send
from panel.post.site import site_address


def fail(words):
    """One line, exit code 2."""
    return CommandError(" ".join(words.split()), returncode=2)


class Command(BaseCommand):
    """Makes the first administrator, and anybody else; the pages do the same by the same rules."""

    help = "Give somebody a role in a panel. Prints a link, which works once, for who has no password yet."

    def add_arguments(self, parser):
        """Which panel and role."""
        parser.add_argument("email")
        parser.add_argument("--panel", help="the panel's address, such as west-mercia")
        parser.add_argument("--role", help=", ".join(r.value for r in (*GRANTED, *DELEGATED)))
        parser.add_argument("--installation", action="store_true", help="instead: who makes panels, and sees none")
        parser.add_argument("--until", metavar="DATE", help="with --installation: the last day of who does so already")
        parser.add_argument("--name", default="", help="the person's full name; they can correct it themselves")
        parser.add_argument("--address", default="", help="where people reach this installation: https://...")

    def handle(self, email, panel, role, name, address: str = "", **options):
        """Give the role, unless they have it, and print what to send them."""
        if options["installation"]:
            if panel or role:
                raise fail("An installation administrator has no role in a panel by it: leave out --panel and --role")
            return self.installation(email, name, options["until"], address or site_address())
        if not panel or not role:
            raise fail("Say which panel and role: --panel SLUG --role ROLE. Or --installation, for who makes panels")
        found = panel_of(panel)
        if role not in {r.value for r in (*GRANTED, *DELEGATED)}:
            raise fail(f"There is no role {role!r}. Roles: {', '.join(r.value for r in (*GRANTED, *DELEGATED))}")
        email = email.strip().lower()
        user = User.objects.filter(email=email).first()
        rows = found.memberships.in_force(clock.today()).filter(user=user, role=role) if user else []
        row = next(iter(rows), None)
        if row is None:
            row = self.give(found, email, role, name or (user.name if user else email.partition("@")[0]))
        self.tell(row, address or site_address())

    def installation(self, email, name, until, base):
        """Name who makes panels, or the last day of who does so."""
        if until:
            last = day_of(until, "--until")
            if not administrators.end(email, last):
                raise fail(f"{email} is no installation administrator today")
            self.stdout.write(f"{email} is an installation administrator until {day_words(last)}.")
            return
        try:
            row, new = administrators.name_one(email, name)
        except administrators.ClosedAccount:
            raise fail("This account is closed") from None
        self.stdout.write(f"{row.user.email} is {'now' if new else 'already'} an installation administrator.")
        self.print_link(row.user, base)

    def give(self, panel, email, role, name):
        """The new membership."""
        data = {"email": email, "name": name, "role": role, "from_date": clock.today(), "why": "By the command line"}
        form, row = record(lambda: InviteForm(panel, None, None, data))
        if row is None:
            raise fail(next(words for errors in form.errors.values() for words in errors))
        self.stdout.write(f"{row.user.email} is {Role(role).words} of the {panel.names.name}.")
        return row

    def tell(self, row, base):
        """Print the link, and mail it if a mail server takes it."""
        if not row.user.is_active:
            raise fail("This account is closed")
        message = invitations.tell(row, base.rstrip("/"), new=not row.user.has_usable_password())
        send.run()
        message.refresh_from_db()
        gone, why = message.state == Message.State.ACCEPTED, f" ({message.cause})" if message.cause else ""
        self.stdout.write(f"Email: sent to {row.user.email}." if gone else f"Email: not sent yet{why}.")
        self.print_link(row.user, base)

    def link(self, user, base) -> tuple[bool, str]:
        """Whether they have no password yet, and where they set it, or sign in."""
        new = not user.has_usable_password()
        page = reverse("accept-invitation", args=[invitations.token_for(user)]) if new else reverse("start")
        return new, base.rstrip("/") + page

    def print_link(self, user, base):
        """What to send them."""
        new, link = self.link(user, base)
        self.stdout.write(
            f"Link, which works once, for 7 days:\n{link}" if new else f"A password is set. Sign in at\n{link}"
        )
