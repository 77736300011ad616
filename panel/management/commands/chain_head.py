"""`chain_head`: the newest link of each chain, to be kept where nobody who can change the record can reach it."""

import syslog
from datetime import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string

from panel.law import clock
from panel.law.period import day_words, plural
from panel.law.roles import Role
from panel.management.asked import panel_of
from panel.models import Membership, Message, Panel, User
from panel.post import kinds, queue, send
from panel.record.act import seal_openings, sealed_act
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
        parser.add_argument(
            "--weekly", action="store_true", help="write only to those who have had no mail of it since Monday"
        )
        parser.add_argument("--file", metavar="FILE", help="add them to this file, too")
        parser.add_argument("--syslog", action="store_true", help="write them to the system's log, too")
        parser.add_argument(
            "--as-set", action="store_true",
            help="wherever HEADS_TO says, for an hourly job: mail (once a day), file:/path, syslog",
        )  # fmt: skip

    def handle(self, *, panel=None, mail=False, weekly=False, file=None, as_set=False, **options):
        """Print them. Raises CommandError (1) when somebody should have had them and had not."""
        if as_set:
            file = file or next((to.partition(":")[2] for to in settings.HEADS_TO if to.startswith("file:")), None)
            options["syslog"] = options.get("syslog") or "syslog" in settings.HEADS_TO
        found = panel_of(panel)
        panels = [found] if found else list(Panel.objects.order_by("slug"))
        for one in panels:
            seal_openings(one)
        lines = [f"# Heads of the record, {clock.now():%Y-%m-%d %H:%M} UTC", *map(str, heads(found))]
        for line in lines:
            self.stdout.write(line)
        every_day, today = as_set and "mail" in settings.HEADS_TO, clock.today()
        since = None if mail else clock.start_of(today, 0 if every_day else -today.weekday())
        wanted = panels if mail or weekly or every_day else []
        problems = [words for one in wanted if (words := self.tell(one, since))]
        if options.get("syslog"):
            for line in lines[1:]:
                syslog.syslog(syslog.LOG_NOTICE, f"panel-casework head {line}")
        if file:
            try:
                with open(file, "a", encoding="utf-8") as out:
                    out.write("\n".join(lines) + "\n")
            except OSError as error:
                problems.append(f"{file}: not written ({error.strerror}).")
        if problems:
            raise CommandError("\n".join(problems), returncode=1)

    def tell(self, panel, since: datetime | None) -> str:
        """Write to the panel's Monitoring Officers, but to nobody who was written to since then; what went wrong, or nothing."""
        rows = Membership.objects.in_force(clock.today()).filter(panel=panel, role=Role.MONITORING_OFFICER)
        people = list(User.objects.filter(is_active=True, pk__in=rows.values("user")).order_by("email"))
        if not people:
            return f"{panel.slug}: not mailed, for nobody is Monitoring Officer today."
        day = day_words(clock.today())
        text = render_to_string("panel/email/chain_head.txt", {"panel": panel, "day": day, "heads": heads(panel)})
        subject = f"Head of the record, {day}: {panel.names.name}"
        with sealed_act(None, by=None, name="queue_mail"):  # not in the panel's chain, whose head it tells
            people = [one for one in people if since is None or not self.told(panel, one, since)]
            queued = [
                queue(
                    kind=kinds.HEADS.key, panel=None, user=one, address=one.email, subject=subject, text=text,
                    given={"panel": panel.slug},
                )
                for one in people
            ]  # fmt: skip
        send.run()
        gone = Message.objects.filter(pk__in=[m.pk for m in queued], state=Message.State.ACCEPTED).count()
        if gone < len(people):
            left = Message.objects.filter(pk__in=[m.pk for m in queued]).exclude(state=Message.State.ACCEPTED).first()
            why = f" ({left.cause})" if left and left.cause else ""
            return f"{panel.slug}: {plural(len(people) - gone, 'mail')} not gone yet{why}. send_mail tries again."
        if not people:
            self.stdout.write(f"# {panel.slug}: mailed before.")
            return ""
        self.stdout.write(f"# {panel.slug}: mailed to {plural(gone, 'Monitoring Officer')}.")
        return ""

    def told(self, panel, user, since: datetime) -> bool:
        """Whether a mail of the panel's head was queued for that person since then."""
        rows = Message.objects.filter(kind=kinds.HEADS.key, user=user, queued_at__gte=since)
        return any(given.get("panel") == panel.slug for given in rows.values_list("given", flat=True))
