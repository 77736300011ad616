"""Duties as the annual report counts them: what was done late, what was due and done in time, what an office holder was
told. Each duty is one thing, so that kinds and reasons add up; a complaint can have several."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q

from complaints.keys import DutyKey, StepKey
from complaints.procedure import PROCEDURE
from complaints.report.totals import NO_REASON, Report
from panel.law.roles import OUTSIDE
from panel.models import Case, Duty, Move
from panel.procedure.vocabulary import DutyKind

# What tells an office holder of a complaint because it was referred, or because it is being informally resolved
# (SI 2011/3050, Schedule, paragraph 1(f)). Whoever commented without being invited knew of it.
TOLD_OF_REFERRAL = DutyKey.TELL_REFERRED.value
TOLD_OF_RESOLUTION = DutyKey.INVITE_COMMENTS.value
TOLD_OF_ROUTE = "tell_route"
RESOLVING_ROUTES = ("sub_panel_resolves", "informal_resolution")
HOLDER = "office_holder:"

COLUMNS = (
    "pk", "case", "kind", "recipient", "due", "stopped_on", "opened_by", "closed_how", "closed_by__on",
    "closed_by__step", "late_reason",
)  # fmt: skip


@dataclass(frozen=True)
class Owed:
    """A duty as it was known."""

    pk: int
    case: int
    kind: str
    recipient: str
    due: date | None
    stopped_on: date | None
    opened_by: int
    closed_how: str
    closed_on: date | None
    closed_step: str | None
    late_reason: str

    @property
    def met(self) -> bool:
        """Whether it was done."""
        return self.closed_how == Duty.Closed.MET

    @property
    def after_its_day(self) -> bool:
        """Whether it was closed after its day, the clock running."""
        return bool(self.due and self.closed_on and self.due < self.closed_on and not self.stopped_on)


def known(panel, at: datetime | None, test: Q) -> Iterator[Owed]:
    """The duties that the test may be true of, as they were known at a moment of the past, or now (`at` is None)."""
    if at is None:
        rows = Duty.objects.filter(test, case__panel=panel, case__procedure=PROCEDURE.key).order_by("pk")
        yield from (Owed(*row) for row in rows.values_list(*COLUMNS))
        return
    cases = Case.objects.filter(panel=panel, procedure=PROCEDURE.key).values("pk")
    history = Duty.history.filter(case__in=cases, history_date__lte=at)
    ever = history.filter(test).values("id")
    newest = {row[0]: row for row in history.filter(id__in=ever).order_by("history_id").values_list("id", *COLUMNS[1:])}
    yield from (Owed(*row) for _, row in sorted(newest.items()))


def count_duties(reports: Iterable[Report], at: datetime | None, counted: Iterable[int]) -> None:
    """Count into each of the reports, of one panel and day, what was late and what was done in time."""
    reports = list(reports)
    test = Q()
    for r in reports:
        test |= Q(due__range=(r.first, r.end))
        test |= Q(closed_how=Duty.Closed.MET, closed_by__on__range=(r.first, r.last), due__lt=F("closed_by__on"))
    found = [d for d in known(reports[0].panel, at, test) if d.case in counted]
    found.sort(key=lambda d: (d.case, d.pk))
    for r in reports:
        for duty in found:
            count_late(r, duty)
            count_in_time(r, duty)


def count_late(report: Report, duty: Owed) -> None:
    """One thing that was done in the period after its day."""
    if not (duty.met and duty.after_its_day and report.first <= duty.closed_on <= report.last):
        return
    for key in (
        "late",
        "late_in_law" if PROCEDURE.duty(duty.kind).late_in_law else "late_own",
        f"late.{duty.kind}",
        f"late_why.{duty.late_reason or NO_REASON}",
    ):
        report.add(key, duty.case, once=False)


def counts_in_time(kind: DutyKind) -> bool:
    """Whether it is said of a duty how often it was done in time: of the Panel's own, and of what binds in law."""
    return kind.late_in_law or kind.owner not in OUTSIDE


def count_in_time(report: Report, duty: Owed) -> None:
    """One thing that fell due in the period: done in time, done late, or not done. What was waived or lapsed by its day
    was not due any more, and what is open on its last day can still be done."""
    if duty.due is None or duty.stopped_on or not report.first <= duty.due <= report.end:
        return
    if duty.closed_how == Duty.Closed.REVERSED or not counts_in_time(PROCEDURE.duty(duty.kind)):
        return
    if duty.met:
        how = "done_late" if duty.after_its_day else "in_time"
    elif duty.after_its_day or (duty.closed_on is None and duty.due < report.as_at):
        how = "not_done"
    else:
        return
    for key in ("due", how, f"due.{duty.kind}", f"{how}.{duty.kind}"):
        report.event(key, duty.case)


# What the Commissioner publishes (SI 2011/3050)


def count_told(reports: Iterable[Report], at: datetime | None, counted: dict[int, bool]) -> None:
    """Count for each office holder the complaints and conduct matters that the Panel first brought to their attention in
    the period because they were referred, or were being informally resolved. `counted` says of each case whether it is a
    conduct matter."""
    reports = list(reports)
    last = max(r.last for r in reports)
    kinds = (TOLD_OF_REFERRAL, TOLD_OF_RESOLUTION, TOLD_OF_ROUTE)
    test = Q(kind__in=kinds, recipient__startswith=HOLDER, closed_by__on__lte=last)
    told = [d for d in known(reports[0].panel, at, test) if d.case in counted and brought_to_attention(d)]
    routes = Move.objects.filter(entry__in={d.opened_by for d in told if d.kind == TOLD_OF_ROUTE})
    resolving = {
        entry for entry, counts in routes.values_list("entry", "counts") if counts.get("route") in RESOLVING_ROUTES
    }
    first: dict[tuple[int, int, str], date] = {}
    for duty in told:
        if duty.kind == TOLD_OF_ROUTE and duty.opened_by not in resolving:
            continue
        why = "referred" if duty.kind == TOLD_OF_REFERRAL else "resolving"
        key = (duty.case, int(duty.recipient.removeprefix(HOLDER)), why)
        first[key] = min(first.get(key, duty.closed_on), duty.closed_on)
    for r in reports:
        for (case, holder, why), day in sorted(first.items()):
            if r.first <= day <= r.last:
                r.add(f"specified.{holder}.{'conduct_matters' if counted[case] else 'complaints'}", case)
                r.add(f"specified.{holder}.{why}", case)


def brought_to_attention(duty: Owed) -> bool:
    """Whether the office holder knows by it: the notice was given, or they commented before it was."""
    return duty.met or (duty.closed_how == Duty.Closed.LAPSED and duty.closed_step == StepKey.NOTE_COMMENTS)
