"""`intake FILE --panel SLUG`: an email that a mail rule or cron hands in waits on the home page to be logged."""

import json
import sys
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError

from panel.access import rules
from panel.casework.errors import Invalid, Refused, Stale, Unseen
from panel.casework.incoming import Taken, take_in
from panel.casework.incoming.take import look
from panel.casework.perform import perform
from panel.law import clock
from panel.management.asked import panel_of
from panel.models import Case, IncomingMessage, User
from panel.procedure.register import of_procedure


class Command(BaseCommand):
    """Take in one email, or one file of a letter."""

    help = (
        "Takes in an email (.eml, .emlx, .msg) or a letter's file: it waits on the panel's home page to be logged. With "
        "--case it is to be put on that case, and with --by as well it is put there at once, as a contact. The same email "
        "handed in again is taken in once. Exit code 2 for what cannot be taken in."
    )

    def add_arguments(self, parser):
        """The file, the panel, and what is known of the case."""
        parser.add_argument("file", help="the file; - for the standard input")
        parser.add_argument("--panel", required=True, help="the panel's slug")
        parser.add_argument("--case", help="the reference of the case that it belongs to")
        parser.add_argument("--by", help="the email address of the officer in whose name it is put on the case")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be taken in")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, file, panel, dry_run, **options):
        """Read it, keep it, and say so."""
        try:
            content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        except (OSError, ValueError) as error:
            raise CommandError(f"{file} cannot be read: {error}", returncode=2) from None
        found = panel_of(panel)
        if found.closed_on(clock.today()):
            raise CommandError(found.closing_words(clock.today()), returncode=2)
        case = self.case_of(found, options["case"])
        user = self.user_of(found, options["by"], case)
        taken = look([SimpleUploadedFile("email.eml" if file == "-" else Path(file).name, content)])
        if taken.empty:
            raise CommandError(" ".join(f"{words}." for words in taken.refused), returncode=2)
        message = None
        if not dry_run:
            if case is not None:
                taken.told["case"] = case.reference
            message = take_in(found, taken, by=None, came_by=IncomingMessage.CameBy.COMMAND)
            if user is not None:
                self.put_on(case, message, user)
        self.say(taken, message, case, options["format"])

    def case_of(self, panel, reference) -> Case | None:
        """The case of that reference."""
        if not reference:
            return None
        case = Case.objects.filter(panel=panel, reference=reference.strip().upper(), erased_on=None).first()
        register = of_procedure(case.procedure) if case else None
        if register is None or register.on_case is None:
            raise CommandError(f"There is no case {reference} in {panel} that takes emails", returncode=2)
        found: Case = register.case_model.objects.select_related("panel").get(pk=case.pk)
        return found

    def user_of(self, panel, email, case) -> User | None:
        """In whose name it is put on the case."""
        if not email:
            return None
        user = User.objects.filter(email=email.strip().lower()).first()
        if case is None or user is None or not rules.may(rules.standing(user, panel), "message.take"):
            raise CommandError(f"--by needs --case, and an officer of the panel: {email} is none", returncode=2)
        return user

    def put_on(self, case, message, user) -> None:
        """On the case, as a contact."""
        register = of_procedure(case.procedure)
        answers = register.on_case(message, "note_contact")
        try:
            perform(case, "note_contact", by=user, **{**answers, "message": str(message.key)})
        except (Invalid, Refused, Stale, Unseen) as error:
            raise CommandError(
                f"It waits on the home page, and could not be put on {case.reference}: {error}", returncode=2
            ) from None

    def say(self, taken: Taken, message, case, how) -> None:
        """What was taken in, for people or for a program."""
        told = taken.told
        sender, address = next(iter(told.get("from", ())), ("", ""))
        if message is not None:
            message.refresh_from_db()
        said = {
            "key": str(message.key) if message else None, "status": message.status if message else "dry run",
            "case": case.reference if case else None, "kind": told.get("kind", "file"), "from": sender, "address": address,
            "subject": told.get("subject", ""), "sent": told.get("sent") or None, "received": told.get("received") or None,
            "message_id": told.get("message_id") or None,
            "attached": [{"name": row["name"], "size": row["size"], "kept": "kind" in row} for row in told.get("attached", ())],
            "found": {name: answer[0] for name, answer in told.get("found", {}).items()},
            "bounce": told.get("bounce"), "notes": [*told.get("notes", ()), *taken.refused],
        }  # fmt: skip
        if how == "json":
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
            return
        subject, who = said["subject"] or "No subject", sender or address or "nobody named"
        state = {"waiting": "waits to be logged", "joined": f"is put on {said['case']}"}.get(
            said["status"], "would be taken in"
        )
        self.stdout.write(f"“{subject}” from {who} {state}.")
        for note in said["notes"]:
            self.stdout.write(f"  {note}")
