"""Log lines without personal data: a log outlives a complainant's erasure, and more people read it."""

import logging
import re
from datetime import UTC, datetime

# PostgreSQL quotes the row it refuses: "DETAIL:  Failing row contains (7, Mrs A Example, ...)", over as many lines as
# the text has. Cut from there to the end of that exception.
QUOTED_ROW = re.compile(
    r"\n(?:DETAIL|CONTEXT|LINE \d+):.*?(?=\n\n(?:The above exception|During handling)|\Z)", re.DOTALL
)
# The last line of an exception names its kind; what it quotes may have been typed by somebody.
LAST_LINE = re.compile(
    r"^(?P<kind>[A-Za-z_][\w.]*(?:Error|Exception|Warning|Exit|Interrupt|Unsealed|Invalid|Stale|Refused)): .*$", re.M
)
QUOTED = re.compile(r"""(['"\u2018\u201c]).{3,}?(['"\u2019\u201d])""", re.DOTALL)
MASKS = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[email]"),
    (re.compile(r"(?<=/)\?[^\s\"']+"), "?[query]"),  # an address with what was searched for
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"), "[postcode]"),
    (re.compile(r"(?<![\w:.-])(?:\+44|0)(?:[ -]?\d){9,10}\b"), "[telephone]"),
)


def scrubbed(text: str) -> str:
    """The text without addresses, numbers and what was searched for."""
    for pattern, word in MASKS:
        text = pattern.sub(word, text)
    return text


class WithoutPeople(logging.Formatter):
    """A formatter whose lines and tracebacks name the error and the place, and nobody."""

    def format(self, record):
        """The line, scrubbed; of a request that went wrong with the reference that its page shows."""
        reference = getattr(getattr(record, "request", None), "reference", "")
        record.reference = f" [{reference}]" if reference else ""
        return scrubbed(super().format(record))

    def formatTime(self, record, datefmt=None):  # noqa: N802 - the name is logging's
        """When, in UTC, and it says so: the hour that a clock change gives twice is there once."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def formatException(self, ei):  # noqa: N802 - the name is logging's
        """The traceback: kinds of errors and lines of code; no row that a database quotes, nothing in quotation marks."""
        text = QUOTED_ROW.sub("\n[the row is left out of the log]", super().formatException(ei))
        return LAST_LINE.sub(lambda line: QUOTED.sub(r"\1...\2", line.group()), text)
