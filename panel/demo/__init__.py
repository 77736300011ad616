"""The demonstration: two panels with their people, and the scripts of Exshire's complaints, replayed as if they had
just been worked on. See `panel.replay` for how a script is written.

    build()     # what `manage.py demo` does; quick, and changes nothing, when it is all there
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from panel.casework.incoming.take import look, take_in
from panel.demo import exshire, west_mercia
from panel.law import clock
from panel.models import Case, Panel, User
from panel.procedure.register import REGISTERS
from panel.replay import DayShift, Replay, Wrong, read

SCRIPTS = Path(__file__).parent
AS_OF = date(2026, 11, 18)  # the day all scripts and Exshire's people are written for
PASSWORD = settings.DEMO_PASSWORD


class NotADemonstration(Exception):
    """Made-up people and cases do not go into a real installation."""


def build(say: Callable[[str], None] = lambda words: None) -> list[str]:
    """Make what is missing, whole or not at all; what was made, in words. `say` is told what takes a while before it
    begins. Raises NotADemonstration."""
    if not (settings.DEMO or settings.DEBUG or settings.TESTING):
        raise NotADemonstration
    made = []
    with transaction.atomic():
        if not Panel.objects.filter(slug=west_mercia.SLUG).exists():
            west_mercia.build()
            made.append("West Mercia: its published membership of September 2022, and no complaint")
        if not Panel.objects.filter(slug=exshire.SLUG).exists():
            say("Building the demonstration: complaints and hearings, step by step (half a minute, this time only) ...")
            exshire.build(DayShift(AS_OF, clock.today()), PASSWORD)
            entries = replay()
            mail()
            made.append(f"Exshire: {len({e.case_id for e in entries})} cases in {len(entries)} steps")
        exshire.look_at_west_mercia()
        if not Case.objects.filter(panel__slug=west_mercia.SLUG).exists():
            papers = [SCRIPTS / "west_mercia_papers" / name for name in ("hearings.json", "meetings.json")]
            real = Replay([read(path.read_text(encoding="utf-8")) for path in papers], [p.name for p in papers]).run()
            made.append(
                "West Mercia: two confirmation hearings and three meetings of 2022, "
                f"in {len(real)} steps, as the papers have them"
            )
            for register in REGISTERS.values():
                if register.demonstrate:
                    register.demonstrate()
    return made


def replay() -> list:
    """The entries of every script beside this file. Raises panel.replay.Wrong."""
    files = sorted(SCRIPTS.glob("*.json"))
    scripts = []
    for path in files:
        try:
            scripts.append(read(path.read_text(encoding="utf-8")))
        except Wrong as wrong:
            raise Wrong(f"{path.name}: {wrong}") from None
    return Replay(scripts, [path.name for path in files]).run()


def mail() -> None:
    """Two emails that came in, and wait on Exshire's home page to be logged."""
    shift, panel = DayShift(AS_OF, clock.today()), Panel.objects.get(slug=exshire.SLUG)
    for path in sorted((SCRIPTS / "mail").glob("*.eml")):
        raw = shift.text(path.read_text(encoding="utf-8")).encode()
        upload = SimpleUploadedFile(path.name, raw)
        take_in(panel, look([upload]), by=None, came_by="command")


def accounts() -> list[tuple[str, User, str]]:
    """(role, user, what they will see) of every demo account, in the order of the sign-in page."""
    by_email = {u.email: u for u in User.objects.filter(is_demo=True, is_active=True)}
    return [(p.role_words, by_email[p.email], p.sees) for p in exshire.PEOPLE if p.email in by_email]
