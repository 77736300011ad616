"""manage.py panel list|create|change|close|package|export|import|move: makes a panel, says what it is called from a day on and
from which day it is closed, by the same forms as the pages of an installation administrator, carries it in a file, and moves
it to another installation."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from panel.access import rules
from panel.backups.move import MoveRefused, move
from panel.backups.restore import RestoreRefused
from panel.forms.record_form import record
from panel.installation import carry
from panel.installation.closing import ClosingForm
from panel.installation.forms import AddPanelForm, NamesForm
from panel.law import clock
from panel.law.meetings import COUNTRIES, ENGLAND
from panel.management.asked import day_of, panel_of
from panel.models import Panel, User
from panel.pages.whole import write_whole

# option: (the column of the settings, what it is)
CHANGES = {
    "name": ("panel_name", "the name of the Panel"),
    "host": ("host_name", "the council that runs it"),
    "area": ("area_name", "the police area"),
    "address": ("complaints_address", "the postal address for complaints"),
    "email": ("complaints_email", "the email address for complaints"),
    "telephone": ("complaints_telephone", "the telephone number for complaints"),
}
OPTIONS = {
    "slug": "",
    "name": "--name",
    "police_area": "--area",
    "host_authority": "--host",
    "code": "--code",
    "country": "--country",
}


def refused(form) -> CommandError:
    """Every error of the form, a line each, exit code 2."""
    named = {column: f"--{option}" for option, (column, _) in CHANGES.items()} | OPTIONS
    lines = [f"{named.get(name) or name.strip('_')}: {words}" for name, found in form.errors.items() for words in found]
    return CommandError("\n".join(lines), returncode=2)


class Command(BaseCommand):
    """The panels of this installation."""

    help = "List the panels, make one, change what one is called from a day on, carry, move or close one."

    def add_arguments(self, parser):
        """One of three."""
        sub = parser.add_subparsers(dest="what", required=True)
        sub.add_parser("list", help="every panel: address, letters, name, host authority")
        create = sub.add_parser("create", help="make a panel")
        create.add_argument("slug", help="the address of its pages, such as exshire; it can never be changed")
        create.add_argument("--name", required=True, help="such as “Exshire Police and Crime Panel”")
        create.add_argument("--code", required=True, help="one to four letters in its references; never changed")
        create.add_argument("--area", required=True, help="the police area")
        create.add_argument("--host", required=True, help="the council that runs it")
        create.add_argument("--country", default=ENGLAND, help=" or ".join(key for key, _ in COUNTRIES))
        for name, words in (("export", "into"), ("import", "from")):
            carried = sub.add_parser(name, help=f"settings, people and who acts, {words} a file; no accounts, no cases")
            carried.add_argument("slug")
            carried.add_argument("file", help="a JSON file")
        moved = sub.add_parser(
            "move", help="make this empty installation hold one panel alone, of a backup of the old one"
        )
        moved.add_argument("slug")
        moved.add_argument("folder", metavar="DIR", help="the backup of the old installation (manage.py backup)")
        moved.add_argument("--replace", action="store_true", help="give up what this installation holds")
        close = sub.add_parser("close", help="close a panel from a day on: all of it is read, nothing is added")
        close.add_argument("slug")
        close.add_argument("--from", dest="day", metavar="DATE", help="the first day, such as 2028-05-04; else today")
        close.add_argument("--why", required=True, help="kept in the history")
        close.add_argument(
            "--merged-into", metavar="SLUG", help="the panel of this installation that goes on with its work"
        )
        close.add_argument("--succeeded-by", metavar="WORDS", help="what else came in its place")
        close.add_argument("--reopen", action="store_true", help="it is not closed after all")
        whole = sub.add_parser("package", help="the whole register as one ZIP, as somebody of the panel sees it")
        whole.add_argument("slug")
        whole.add_argument("file", help="a ZIP file")
        whole.add_argument(
            "--as", dest="email", required=True, metavar="EMAIL", help="an officer, auditor or Monitoring Officer"
        )
        change = sub.add_parser("change", help="change names and addresses from a day on")
        change.add_argument("slug")
        change.add_argument("--from", dest="day", metavar="DATE", help="the first day, such as 2026-12-01; else today")
        change.add_argument("--why", required=True, help="kept in the history")
        for option, (_, words) in CHANGES.items():
            change.add_argument(f"--{option}", help=words)

    def handle(self, *, what, **options):
        """Do it, and say what was done. Raises CommandError."""
        getattr(self, f"{what}_panels" if what == "list" else f"{what}_panel")(options)

    def list_panels(self, options):
        """A line each."""
        for panel in Panel.objects.on(clock.today()):
            self.stdout.write(f"{panel.slug}\t{panel.code}\t{panel.names.name}\t{panel.names.host_authority}")

    def create_panel(self, options):
        """The panel, and what to type next."""
        data = {"slug": options["slug"], "name": options["name"], "code": options["code"]}
        form = AddPanelForm(
            None,
            data
            | {"police_area": options["area"], "host_authority": options["host"]}
            | {"country": options["country"]},
        )
        made = form.write() if form.is_valid() else None
        if made is None:
            raise refused(form)
        self.stdout.write(
            f"Made the {made.panel.name} at /{made.panel.slug}/. Who sets it up? Type\n"
            f"manage.py invite EMAIL --panel {made.panel.slug} --role administrator"
        )

    def export_panel(self, options):
        """The file, which may be there already."""
        panel = panel_of(options["slug"])
        text = json.dumps(carry.write(panel), indent=2, ensure_ascii=False)
        try:
            Path(options["file"]).write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be written: {error.strerror}", returncode=2) from error
        self.stdout.write(f"Wrote {options['file']}: settings, people and who acts of the {panel}.")

    def import_panel(self, options):
        """A new panel, made of a file."""
        if Panel.objects.filter(slug=options["slug"]).exists():
            raise CommandError(f"There is a panel {options['slug']!r} already: nothing was changed", returncode=2)
        try:
            given = json.loads(Path(options["file"]).read_text(encoding="utf-8"))
            made = carry.read(given, options["slug"])
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['file']} cannot be read: {error}", returncode=2) from error
        except carry.Refused as refused:
            raise CommandError(str(refused), returncode=2) from refused
        self.stdout.write(
            f"Made the {made} at /{made.slug}/. Who sets it up? Type\n"
            f"manage.py invite EMAIL --panel {made.slug} --role administrator"
        )

    def move_panel(self, options):
        """The panel alone, verified; what to do in the old installation."""
        try:
            faults = move(
                Path(options["folder"]).resolve(), options["slug"], replace=options["replace"], say=self.stdout.write
            )
        except (MoveRefused, RestoreRefused) as error:
            raise CommandError(str(error), returncode=2) from error
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise CommandError(f"Moved with {len(faults)} faults: look at them before it serves.", returncode=1)
        self.stdout.write(
            f"Moved and verified with the heads noted before. In the old installation type\n"
            f"manage.py panel close {options['slug']} --why 'It goes on elsewhere' --succeeded-by 'its own installation at ADDRESS'"
        )

    def close_panel(self, options):
        """Closed from that day, or open again."""
        panel = panel_of(options["slug"])
        into = panel_of(options["merged_into"]).pk if options["merged_into"] else ""
        day = None if options["reopen"] else day_of(options["day"], "--from") if options["day"] else clock.today()
        asked = ClosingForm(panel, None, panel)
        data = {
            "closed_from": day,
            "merged_into": into,
            "succeeded_by": options["succeeded_by"] or "",
            "why": options["why"],
        }
        form, row = record(
            lambda: ClosingForm(panel, None, Panel.objects.get(pk=panel.pk), data | {"version": asked.newest()})
        )
        if form.errors:
            raise refused(form)
        said = [form.done(row), *form.notes] if row else ["Nothing was different, so nothing was changed."]
        self.stdout.write("\n".join(said))

    def package_panel(self, options):
        """The whole register, as that person sees it."""
        panel = panel_of(options["slug"])
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        who = rules.standing(user, panel) if user else None
        if who is None or not rules.may(who, "register.export"):
            raise CommandError(f"{options['email']} may not download the register of {panel}", returncode=2)
        try:
            with Path(options["file"]).open("xb") as file:
                names = write_whole(file, panel, who, user)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be written: {error.strerror}", returncode=2) from error
        self.stdout.write(
            f"Wrote {options['file']}: {len(names)} lists and every case of the {panel} that {user} sees."
        )

    def change_panel(self, options):
        """The names from that day on; what is not given stays."""
        panel = panel_of(options["slug"])
        day = day_of(options["day"], "--from") if options["day"] else clock.today()
        row = panel.settings_on(day)
        asked = NamesForm(panel, None, row)
        data = {name: asked.initial.get(name) for name in asked.columns}
        data |= {column: options[option] for option, (column, _) in CHANGES.items() if options[option] is not None}
        data |= {"from_date": day, "why": options["why"], "version": asked.newest(), "row": row.pk}
        form, row = record(lambda: NamesForm(Panel.objects.get(pk=panel.pk), None, panel.settings_on(day), data))
        if form.errors:
            raise refused(form)
        self.stdout.write(form.done(row) if row else "Nothing was different, so nothing was changed.")
