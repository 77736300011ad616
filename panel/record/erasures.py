"""Which cases were erased, and when: kept outside the database, so that a backup from before an erasure, once restored,
erases them again before anybody sees them. It holds references and days, and nothing about anybody.

note(case)                      # after each erasure is committed
listed(path, path) == {"EX-C-2021-0003": "2026-11-30"}
"""

import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from panel.models import Case, RegisteredInterest

logger = logging.getLogger(__name__)
INTEREST = "interest "  # with its number, in the place of a case's reference


def own_file() -> Path:
    """Where this installation keeps its list: beside the documents."""
    return Path(settings.MEDIA_ROOT).parent / "erasures.jsonl"


def restoring_file() -> Path:
    """The file that stands while `manage.py restore` is at work: the web server does not start meanwhile."""
    return own_file().with_name("restoring")


def line_of(case: Case) -> str:
    """One erasure as a line."""
    return json.dumps({"case": case.reference, "on": case.erased_on.isoformat() if case.erased_on else ""}) + "\n"


def line_of_interest(row: RegisteredInterest) -> str:
    """The same of an interest that a member had registered: its number, which a backup has as well."""
    return json.dumps({"case": f"{INTEREST}{row.pk}", "on": row.erased_on.isoformat() if row.erased_on else ""}) + "\n"


def note(case: Case) -> None:
    """Write down that the case was erased."""
    write(line_of(case), case.reference)


def write(line: str, what: str) -> None:
    """Add a line. The database knows it as well: where the disk is full, the log says so, and
    nothing else stops."""
    try:
        with open(os.open(own_file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        logger.error("the erasure of %s could not be written to %s: %s", what, own_file(), error)


def in_database() -> Iterator[str]:
    """The erasures that the database knows, as lines."""
    for case in Case.objects.exclude(erased_on=None).order_by("erased_on", "pk").iterator():
        yield line_of(case)
    for row in RegisteredInterest.objects.exclude(erased_on=None).order_by("pk").iterator():
        yield line_of_interest(row)


def listed(*paths: Path) -> dict[str, str]:
    """{reference: day} of all erasures in these files. A line that a crash cut off is skipped."""
    found: dict[str, str] = {}
    for path in paths:
        if not path.exists():
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                row = json.loads(line)
                found[str(row["case"])] = str(row["on"])
            except (ValueError, KeyError, TypeError):
                continue
    return found
