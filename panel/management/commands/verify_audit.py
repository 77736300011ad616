"""`verify_audit`: whether the record is as it was sealed, and still holds the heads that were noted earlier."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from panel.management.asked import panel_of
from panel.models import Opening
from panel.record import verify
from panel.record.heads import heads, heads_in_file


class Command(BaseCommand):
    """Check the record."""

    help = (
        "Check that the record is as it was sealed: links and gaps, history, live rows, stored files. "
        "Exit code 0 if it is, 1 with each fault on its line, 2 if it was asked wrongly."
    )

    def add_arguments(self, parser):
        """One panel, or all; as text or JSON; against heads noted earlier."""
        parser.add_argument(
            "--panel", metavar="SLUG", help="only what belongs to this panel, and the installation's chain"
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument(
            "--head",
            metavar="FILE",
            help="heads noted earlier, as chain_head prints them, one a line; or a report as it was issued: Word, PDF or web page",
        )

        parser.add_argument(
            "--since",
            metavar="FILE",
            help="heads of an earlier verification: check only what was done after them, for a daily run",
        )

    def handle(self, *, panel=None, format="text", head=None, since=None, **options):
        """Print each fault, or the length and head of each chain. Raises CommandError (1; 2: asked wrongly)."""
        found = panel_of(panel)
        noted = self.noted(head) if head else []
        faults = verify.verify(found, noted, since=self.noted(since) if since else ())
        words = "everything done since then is" if since else "everything is"
        number = self.as_json(faults, found) if format == "json" else self.as_text(faults, found, noted, words)
        if number:
            raise CommandError(f"Not verified: {number} fault{'' if number == 1 else 's'}.", returncode=1)

    def noted(self, name):
        """The heads in that file."""
        try:
            return heads_in_file(Path(name).read_bytes())
        except (OSError, ValueError) as error:
            raise CommandError(f"{name}: {getattr(error, 'strerror', None) or error}", returncode=2) from error

    def as_text(self, faults, panel, noted, words) -> int:
        """A fault a line, as each is found; the number of faults."""
        number = 0
        for number, fault in enumerate(faults, 1):  # noqa: B007 - the last number counts
            self.stdout.write(str(fault))
        if number:
            return number
        for one in heads(panel):
            self.stdout.write(f"{one.chain}: {one.number} links, newest seal {one.seal}")
        if waiting := self.waiting(panel):
            self.stdout.write(f"{waiting} rows of the access log wait for the next act to seal them.")
        if noted:
            self.stdout.write(f"{len(noted)} noted head{'' if len(noted) == 1 else 's'}: still there.")
        self.stdout.write(f"Verified: {words} as it was sealed.")
        return 0

    def as_json(self, faults, panel) -> int:
        """One JSON object, written as the faults are found; the number of faults."""
        self.stdout.write('{"faults": [', ending="")
        number = 0
        for number, fault in enumerate(faults, 1):
            self.stdout.write("," if number > 1 else "")
            self.stdout.write(json.dumps({"where": fault.where, "what": fault.what}), ending="")
        chains = {h.chain: {"links": h.number, "seal": h.seal} for h in heads(panel)}
        rest = {"verified": not number, "chains": chains, "openings_waiting": self.waiting(panel)}
        self.stdout.write(f"],\n{json.dumps(rest)[1:]}")
        return number

    def waiting(self, panel) -> int:
        """How many openings no link seals yet."""
        rows = Opening.objects.filter(link=None)
        return (rows if panel is None else rows.filter(panel=panel)).count()
