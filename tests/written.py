"""Whether anything was written to the database: told by the statements that were sent to it, so that a changed or deleted
row is noticed as well as a new one, and no table is read.

with nothing_written():
    with pytest.raises(Refused): perform(...)
"""

import re
from contextlib import contextmanager

from django.db import connection

from panel.models import Opening

READS = re.compile(r"\s*(SELECT|EXPLAIN|PRAGMA|SHOW|SET|DECLARE|FETCH|CLOSE|BEGIN)\b", re.IGNORECASE)
WRITE = re.compile(r'\s*(?P<what>\w+)(?:\s+OR\s+\w+)?(?:\s+(?:INTO|FROM))?\s+"?(?P<table>\w+)', re.IGNORECASE)
MARK = re.compile(r'\s*(?P<what>SAVEPOINT|ROLLBACK TO SAVEPOINT|RELEASE SAVEPOINT) "?(?P<name>\w+)', re.IGNORECASE)


class Watch:
    """Between Django and the database. `kept` is what was written and not rolled back since: ("UPDATE", table)."""

    def __init__(self):
        self.kept, self.marks = [], {}

    def __call__(self, execute, sql, params, many, context):
        done, sql = execute(sql, params, many, context), str(sql)
        if mark := MARK.match(sql):
            if mark["what"].upper() == "SAVEPOINT":
                self.marks[mark["name"]] = len(self.kept)
            elif mark["what"].upper() != "RELEASE SAVEPOINT":
                del self.kept[
                    self.marks.get(mark["name"], 0) :
                ]  # one that is older than the watch takes back all of it
        elif not READS.match(sql):
            found = WRITE.match(sql)
            what, met = found["what"].upper(), context["cursor"].rowcount
            if what == "INSERT" or met != 0:  # SQLite counts no row of an INSERT that returns something
                self.kept.append((what, found["table"]))
        return done


@contextmanager
def nothing_written(but=()):
    """No row of any table is made, changed or deleted; what a savepoint takes back does not count. Who opened a page is
    written down whatever becomes of the step, so these rows may be, and those of the models in `but`."""
    may, watch = {model._meta.db_table for model in (Opening, *but)}, Watch()
    with connection.execute_wrapper(watch):
        yield
    assert [(what, table) for what, table in watch.kept if table not in may] == []
