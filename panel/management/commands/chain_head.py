"""`chain_head`: the newest link of each chain, to be kept where nobody who can change the record can reach it."""

from smtplib import SMTPException

from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string

from panel.law import clock
from panel.law.period import day_words
from panel.law.roles import Role
from panel.management.commands.verify_audit import panel_of
from panel.models import Membership, Panel
from panel.record.act import seal_openings
from panel.record.heads import heads


class Command(BaseCommand):
    """Print, and mail, the heads."""

    help = (
        "Seal what waits in the access log, then print the head of each chain as verify_audit --head reads it. "
        "With --mail also to each panel's Monitoring Officers."
    )

    def add_arguments(self, parser):
        """One panel, or all; by mail as well."""
        parser.add_argument("--panel", metavar="SLUG", help="only this panel, and the installation's chain")
        parser.add_argument(
            "--mail", action="store_true", help="write to the Monitoring Officers, too: for a weekly job"
        )

    def handle(self, *, panel=None, mail=False, **options):
        """Print them. Raises CommandError (1) when somebody should have had a mail and had none."""
        found = panel_of(panel)
        panels = [found] if found else list(Panel.objects.order_by("slug"))
        for one in panels:
            seal_openings(one)
        self.stdout.write(f"# Heads of the record, {clock.now():%Y-%m-%d %H:%M} UTC")
        for head in heads(found):
            self.stdout.write(str(head))
        problems = [words for one in panels if (words := self.tell(one))] if mail else []
        if problems:
            raise CommandError("\n".join(problems), returncode=1)

    def tell(self, panel) -> str:
        """Write to the panel's Monitoring Officers; what went wrong, or nothing."""
        rows = Membership.objects.in_force(clock.today()).filter(panel=panel, user__is_active=True)
        people = sorted(set(rows.filter(role=Role.MONITORING_OFFICER).values_list("user__email", flat=True)))
        if not people:
            return f"{panel.slug}: not mailed, for nobody is Monitoring Officer today."
        day = day_words(clock.today())
        text = render_to_string("panel/email/chain_head.txt", {"panel": panel, "day": day, "heads": heads(panel)})
        try:
            for address in people:
                send_mail(f"Head of the record, {day}: {panel.names.name}", text, None, [address])
        except (OSError, SMTPException) as error:
            return f"{panel.slug}: not mailed ({error or type(error).__name__})."
        self.stdout.write(
            f"# {panel.slug}: mailed to {len(people)} Monitoring Officer{'s' if len(people) > 1 else ''}."
        )
        return ""
