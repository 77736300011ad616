"""What the record said at a moment: days of receipt, moves in force, duties met late."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import groupby
from operator import itemgetter

from django.db.models import F

from complaints.keys import StepKey
from complaints.models import Complaint, Subject
from complaints.procedure import PROCEDURE
from panel.law import clock
from panel.models import Case, Duty, Entry, Move


def end_of(day: date) -> datetime:
    """The last moment of a day in London: what was entered later was not known that day."""
    return datetime.combine(day, time.max, clock.LONDON)


def days_of_receipt(panel, at: datetime) -> dict[int, date]:
    """{case: day of receipt} as it was known: corrections entered later, or taken back later, are undone here."""
    cases = Case.objects.filter(panel=panel, procedure=PROCEDURE.key)
    found = dict(cases.values_list("pk", "received_on"))
    later = Entry.objects.filter(panel=panel, entered_at__gt=at, step__in=(StepKey.CORRECT, StepKey.REVERSE))
    changed = set(later.values_list("case", flat=True)) & found.keys()
    rows = Complaint.history.filter(id__in=changed, history_date__lte=at).order_by("history_id")
    found.update(rows.values_list("id", "received_on"))
    return found


def offices_named(panel, at: datetime) -> dict[int, set[str]]:
    """{case: the offices it is about} as it was known: whoever was named, or taken out, later is not counted here."""
    rows = Subject.every.filter(complaint__panel=panel)
    named = dict(rows.values_list("pk", "named"))
    cases = Complaint.objects.filter(panel=panel).values("pk")
    history = Subject.history.filter(complaint__in=cases)
    changed = set(history.filter(history_date__gt=at).values_list("id", flat=True))
    if changed:
        named |= dict.fromkeys(changed, False)
        known = history.filter(id__in=changed, history_date__lte=at).order_by("history_id")
        named |= dict(known.values_list("id", "named"))
    found: dict[int, set[str]] = {}
    for pk, case, office in rows.values_list("pk", "complaint", "office_holder__office"):
        if named[pk]:
            found.setdefault(case, set()).add(office)
    return found


def themes_corrected(panel, at: datetime) -> dict[int, str]:
    """{case: theme} of the complaints whose theme a correction has put right, as it was known."""
    taken = Entry.objects.filter(panel=panel, case__procedure=PROCEDURE.key, entered_at__lte=at, step=StepKey.CORRECT)
    rows = Complaint.history.filter(id__in=taken.values("case"), history_date__lte=at).order_by("id", "history_id")
    found, case, theme = {}, 0, ""
    for pk, now, why in rows.values_list("id", "theme", "history_change_reason"):
        if pk == case and now != theme and (why == StepKey.CORRECT or pk in found):
            found[pk] = now
        case, theme = pk, now
    return found


def moves_by_case(panel, at: datetime) -> Iterator[tuple[int, list]]:
    """(case, its moves) that changed where an allegation stands and were in force, as known at the moment.

    This is `Entry.objects.in_force(at)`, asked as two plain queries: one that joins the reversals takes SQLite seconds.
    """
    known = Entry.objects.filter(panel=panel, entered_at__lte=at)
    undone = set(known.exclude(reverses=None).order_by().values_list("reverses", flat=True))
    rows = Move.objects.filter(
        entry__panel=panel, entry__case__procedure=PROCEDURE.key, entry__entered_at__lte=at
    ).exclude(source=F("target"))
    values = rows.order_by("entry__case", "entry__number").values_list(
        "entry__case",
        "entry__number",
        "entry__on",
        "entry__step",
        "part",
        "source",
        "target",
        "counts",
        "entry",
        "entry__reverses",
    )
    for case, moves in groupby(values.iterator(chunk_size=5000), key=itemgetter(0)):
        if in_force := [m[:8] for m in moves if m[8] not in undone and m[9] is None]:
            yield case, in_force


def late(panel, first: date, last: date, at: datetime | None) -> Iterator[tuple[int, str, str]]:
    """(case, kind, reason chosen) of each duty that was met in the period after its day; `at` a moment of the past, or None."""
    met = {
        "closed_how": Duty.Closed.MET,
        "closed_by__on__range": (first, last),
        "due__lt": F("closed_by__on"),
        "stopped_on": None,
    }
    if at is None:
        rows = Duty.objects.filter(case__panel=panel, case__procedure=PROCEDURE.key, **met)
        yield from rows.order_by("pk").values_list("case", "kind", "late_reason")
        return
    cases = Case.objects.filter(panel=panel, procedure=PROCEDURE.key).values("pk")
    history = Duty.history.filter(case__in=cases, history_date__lte=at)
    ever = history.filter(**met).values("id")
    newest = {}
    for row in history.filter(id__in=ever).select_related("closed_by").order_by("history_id"):
        newest[row.id] = row
    for _, row in sorted(newest.items()):
        on = row.closed_by.on if row.closed_by_id else None
        if (
            row.closed_how == Duty.Closed.MET
            and on
            and first <= on <= last
            and row.due
            and row.due < on
            and not row.stopped_on
        ):
            yield row.case_id, row.kind, row.late_reason
