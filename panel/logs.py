"""Log lines without the values of a row: a log outlives a complainant's erasure, and more people read it."""

import logging
import re

# PostgreSQL quotes the row it refuses: "DETAIL:  Failing row contains (7, Mrs A Example, ...)", over as many lines as
# the text has. Cut from there to the end of that exception.
QUOTED_ROW = re.compile(
    r"\n(?:DETAIL|CONTEXT|LINE \d+):.*?(?=\n\n(?:The above exception|During handling)|\Z)", re.DOTALL
)


class WithoutRows(logging.Formatter):
    """A formatter whose tracebacks name the error and the place, without the row the database quotes."""

    def formatException(self, ei):  # noqa: N802 - the name is logging's
        return QUOTED_ROW.sub("\n[the row is left out of the log]", super().formatException(ei))
