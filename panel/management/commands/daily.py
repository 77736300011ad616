"""`daily`: everything that has to be done every day, in one command, for a timer of systemd or for cron.

Each errand is done whatever becomes of the others, and may be done twice: nobody is written to twice by it.
"""

import io
from collections.abc import Callable
from datetime import date

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from panel.law import clock
from panel.law.period import plural
from panel.models import Errand, Message, Panel
from panel.pages import health
from panel.record.verify import verify


class Command(BaseCommand):
    """The day's work."""

    help = (
        "Remind everybody, send the mail, make bundles that wait, sweep what is over (emails not logged, drafts, files, traces), "
        "seal the access log, mail the heads once a week, and verify the part of the record that has waited longest. Exit code 1 "
        "if any of it went wrong; the rest is done."
    )

    def handle(self, **options):
        """Do it, and say what each said."""
        errands: list[tuple[str, Callable[[], str]]] = [
            ("remind", lambda: said("remind")),
            ("send_mail", lambda: said("send_mail")),
            ("bundle", lambda: said("bundle")),
            ("sweep_messages", lambda: said("sweep_messages")),
            ("sweep_drafts", lambda: said("sweep_drafts")),
            ("sweep_documents", lambda: said("sweep_documents")),
            ("sweep_traces", lambda: said("sweep_traces")),
            ("chain_head", lambda: said("chain_head", weekly=True)),
            ("verify", verify_a_part),
            ("post", mail_words),
        ]
        wrong = []
        for name, errand in errands:
            try:
                words = errand()
            except Exception as error:
                wrong.append(name)
                words = f"{type(error).__name__}: {error}" if not isinstance(error, CommandError) else str(error)
            for line in words.splitlines():
                self.stdout.write(f"{name}: {line}")
            if name not in wrong:
                note(name)
        if wrong:
            raise CommandError(f"Went wrong: {', '.join(wrong)}.", returncode=1)


def said(command: str, **options) -> str:
    """What a command printed. Raises what it raises."""
    out = io.StringIO()
    call_command(command, stdout=out, **options)
    return out.getvalue()


def mail_words() -> str:
    """What of the mail a person has to see to. Raises CommandError where it stands still."""
    if health.waiting():
        raise CommandError("mail stands still: look at the page Post")
    lost = Message.objects.filter(state__in=[Message.State.UNSURE, Message.State.GIVEN_UP]).count()
    return f"{plural(lost, 'mail')} may have gone, or were given up: see the page Post" if lost else ""


def note(name: str) -> None:
    """Write down that it was done today."""
    Errand.objects.update_or_create(key=name, defaults={"done_on": clock.today()})


def parts() -> list[tuple[str, Panel, bool]]:
    """(name, panel, whether stored files are read) of each part of the record that is verified by itself."""
    panels = Panel.objects.order_by("slug")
    return [
        (f"verify {one.slug}{' and its files' if files else ''}", one, files)
        for one in panels
        for files in (False, True)
    ]


def verify_a_part() -> str:
    """Verify the part that was verified longest ago. Raises CommandError, which names each fault."""
    done = dict(Errand.objects.values_list("key", "done_on"))
    waiting = sorted(parts(), key=lambda part: done.get(part[0], date.min))
    if not waiting:
        return "there is no panel yet"
    name, panel, files = waiting[0]
    if done.get(name) == clock.today():
        return "every part was verified today"
    faults = [str(fault) for fault in verify(panel, files=files)]
    if faults:
        raise CommandError("\n".join([f"{name}: {plural(len(faults), 'fault')}", *faults]))
    note(name)
    return f"{name}: everything is as it was sealed"
