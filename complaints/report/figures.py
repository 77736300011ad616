"""The figures of the complaints report for a period, as the record stood at the end of a day.

    report = annual_report(panel, date(2025, 4, 1), date(2026, 3, 31), as_at=date(2026, 6, 12))
    report.number("received"), report.cases["received"], report.as_json()

They are read from moves in force, days of receipt and days of duties only, so that erasing people changes none. A
complaint belongs to the year it was received, each decision to the year it took effect. A void complaint is no
complaint and counts nowhere; a conduct matter is counted on its own line and nowhere else. Each figure keeps the ids
of the cases behind it. Always: carried in + received + reopened - ended = carried out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby
from operator import itemgetter
from statistics import median
from typing import Any

from django.db.models import F

from complaints.models import WITH_THE_IOPC, Allegation, Complaint, Subject
from complaints.procedure import PROCEDURE
from complaints.procedure.states import THEMES
from panel.law import clock
from panel.law.period import day_words
from panel.law.provisions import GROUNDS
from panel.models import Case, Duty, Entry, Move, PanelSettings

ON_RECORD = ("recorded", "referred_to_iopc")  # a referral records what was not recorded yet (para 3, reg 9)
ENDINGS = ("closed", "withdrawn", "not_recorded", "redirected")
NO_REASON = "none"  # a target of the Panel's own may be late without one
SMALL = 3  # a theme of fewer cases may be put with others, where the panel's setting says so
# The figures with parts, in order: the legal categories are always shown, zero or not.
PARTS: dict[str, tuple[str, ...]] = {
    "not_recorded.by_ground": (*Allegation.NotRecorded.values, "withdrawn"),
    "filtered.by_route": tuple(Allegation.Route.values),
    "filtered.by_ground": tuple(g.key for g in GROUNDS),
    "outcomes": tuple(Allegation.Outcome.values),
    "closed.by_ending": ENDINGS,
    "by_office_holder": ("commissioner", "deputy", "both"),
    "by_theme": tuple(key for key, _ in THEMES),
}


class NoReport(ValueError):
    """There can be no such report: a period backwards or to come, a day before the record begins. One sentence."""


@dataclass
class Report:
    """The figures of one panel, period and day. `cases` has the ids behind each figure, once for each time counted."""

    panel: Any
    first: date
    last: date
    as_at: date
    cases: dict[str, list[int]] = field(default_factory=dict)
    to_filter: list[int] = field(default_factory=list)  # days from receipt
    to_close: list[int] = field(default_factory=list)
    received_on: dict[int, date] = field(default_factory=dict)  # of those received in the period
    merge_small: bool = False
    names: dict[str, str] = field(
        default_factory=dict
    )  # the panel's own words: offices, when it approved its procedure

    @property
    def year(self) -> str | None:
        """The municipal year, or None for another period."""
        year = clock.municipal_year(self.first)
        return year if clock.year_bounds(year) == (self.first, self.last) else None

    def number(self, key: str) -> int:
        """How many are behind a figure; 0 where there are none."""
        return len(self.cases.get(key, ()))

    def add(self, key: str, case: int, *, once: bool = True) -> None:
        """Count a case, once for each figure unless it can happen to it again."""
        found = self.cases.setdefault(key, [])
        if not once or case not in found[-1:]:  # cases come one after the other
            found.append(case)

    def parts(self, key: str) -> dict[str, int]:
        """{slug: number} of a figure with parts."""
        counted = {slug: self.number(f"{key}.{slug}") for slug in PARTS[key]}
        if key == "by_theme":
            counted |= {"none": n} if (n := self.number("by_theme.none")) else {}
            return self._small_together(counted) if self.merge_small else counted
        return counted

    def _small_together(self, counted: dict[str, int]) -> dict[str, int]:
        """Themes of fewer than three cases as one number, so that nobody is known by a theme."""
        small = {slug: n for slug, n in counted.items() if n < SMALL}
        kept = {slug: n for slug, n in counted.items() if n >= SMALL}
        self.cases["by_theme.small"] = [case for slug in small for case in self.cases.get(f"by_theme.{slug}", ())]
        return kept | ({"small": sum(small.values())} if sum(small.values()) else {})

    @property
    def ended(self) -> int:
        """How many times a complaint ended."""
        return self.number("closed")

    @property
    def nil(self) -> bool:
        """Whether nothing was received, recorded or declined, and nothing is in hand."""
        return not any(self.number(k) for k in ("received", "recorded", "not_recorded", "carried_in", "closed"))

    def frozen(self) -> dict[str, Any]:
        """All of it as JSON, to be kept with an issued report and read back by `thawed`."""
        return {
            "cases": self.cases,
            "to_filter": self.to_filter,
            "to_close": self.to_close,
            "received_on": {str(case): day.isoformat() for case, day in self.received_on.items()},
            "merge_small": self.merge_small,
            "names": self.names,
        }

    @classmethod
    def thawed(cls, panel, first: date, last: date, as_at: date, kept: dict[str, Any]) -> "Report":
        """A report as it was frozen."""
        received = {int(case): date.fromisoformat(day) for case, day in kept["received_on"].items()}
        rest = {k: kept[k] for k in ("cases", "to_filter", "to_close", "merge_small", "names")}
        return cls(panel, first, last, as_at, received_on=received, **rest)

    def as_json(self) -> dict[str, Any]:
        """The figures under the names that others may rely on."""
        n = self.number
        return {
            "panel": self.panel.slug,
            "year": self.year,
            "period": {"from": self.first.isoformat(), "to": self.last.isoformat()},
            "as_at": self.as_at.isoformat(),
            "received": n("received"),
            "recorded": n("recorded"),
            "not_recorded": {"total": n("not_recorded"), "by_ground": self.parts("not_recorded.by_ground")},
            "redirected": n("redirected"),
            "referred_to_iopc": {
                "total": n("referred_to_iopc"),
                **{k: n(f"referred_to_iopc.{k}") for k in ("returned", "retained", "pending")},
            },
            "filtered": {
                "total": n("filtered"),
                "by_route": self.parts("filtered.by_route"),
                "by_ground": self.parts("filtered.by_ground"),
            },
            "sub_panel": n("sub_panel"),
            "full_panel": n("full_panel"),
            "informally_resolved": n("informally_resolved"),
            "withdrawn": n("withdrawn"),
            "closed": {"total": self.ended, "by_ending": self.parts("closed.by_ending")},
            "reopened": n("reopened"),
            "conduct_matters": n("conduct_matters"),
            "carried_in": n("carried_in"),
            "carried_out": n("carried_out"),
            "by_office_holder": self.parts("by_office_holder"),
            "by_theme": self.parts("by_theme"),
            "days_to_filter": spread(self.to_filter),
            "days_to_close": spread(self.to_close),
        }


def spread(days: list[int]) -> dict[str, float | int | None]:
    """Median and longest; None where there is nothing to measure. A whole median is written without a fraction."""
    if not days:
        return {"median": None, "longest": None}
    middle = median(days)
    return {"median": int(middle) if middle == int(middle) else middle, "longest": max(days)}


def end_of(day: date) -> datetime:
    """The last moment of a day in London: what was entered later was not known that day."""
    return datetime.combine(day, time.max, clock.LONDON)


def annual_report(panel, first: date, last: date, as_at: date | None = None) -> Report:
    """The report of the period, both days included, as the record stood at the end of `as_at` (today, if not given).

    Raises NoReport. Eight queries, however many cases.
    """
    as_at = as_at or clock.today()
    check(panel, first, last, as_at)
    at = end_of(as_at)
    settings = settings_known(panel, min(last, as_at), at)
    names = {k: getattr(settings, f"{k}_word") for k in ("commissioner", "chairman", "sub_panel")}
    names["procedure_approved"] = settings.procedure_approved
    report = Report(panel, first, last, as_at, merge_small=settings.merge_small_themes, names=names)
    received = days_of_receipt(panel, at)
    offices: dict[int, set[str]] = {}
    for case, office in Subject.objects.filter(complaint__panel=panel).values_list(
        "complaint", "office_holder__office"
    ):
        offices.setdefault(case, set()).add(office)
    counted = set()
    for case, moves in moves_by_case(panel, at):
        if Life(report, case, received[case], offices.get(case, set())).count(moves):
            counted.add(case)
    for case, kind, reason in sorted(set(late(panel, first, last, at if as_at < clock.today() else None))):
        if case in counted:
            report.add("late", case)
            report.add(f"late.{kind}", case)
            report.add(f"late_why.{reason or NO_REASON}", case)
    return report


def check(panel, first: date, last: date, as_at: date) -> None:
    """Raise NoReport where the period or the day makes no sense."""
    if last < first:
        raise NoReport(f"The period ends on {day_words(last)}, before it begins on {day_words(first)}.")
    if as_at > clock.today():
        raise NoReport("As-at date must be today or in the past.")
    if first > as_at:
        raise NoReport(f"The period begins on {day_words(first)}: on {day_words(as_at)} it had not begun.")
    began = Entry.objects.filter(panel=panel, case__procedure=PROCEDURE.key).order_by("entered_at").first()
    if began is not None and began.entered_at > end_of(as_at):
        day = day_words(began.entered_at.astimezone(clock.LONDON).date())
        raise NoReport(f"Nothing was on record on {day_words(as_at)}: the first complaint was entered on {day}.")


def settings_known(panel, day: date, at: datetime) -> PanelSettings:
    """The panel's settings of that day, as they were known at the moment; the product's own where there were none."""
    rows = sorted(PanelSettings.history.as_of(at).filter(panel=panel), key=lambda row: row.from_date)
    started = [row for row in rows if row.from_date <= day]
    return started[-1] if started else rows[0] if rows else PanelSettings(panel=panel, from_date=day)


def days_of_receipt(panel, at: datetime) -> dict[int, date]:
    """{case: day of receipt} as it was known: corrections entered later, or taken back later, are undone here."""
    cases = Case.objects.filter(panel=panel, procedure=PROCEDURE.key)
    found = dict(cases.values_list("pk", "received_on"))
    later = Entry.objects.filter(panel=panel, entered_at__gt=at, step__in=("correct", "reverse"))
    changed = set(later.values_list("case", flat=True)) & found.keys()
    rows = Complaint.history.filter(id__in=changed, history_date__lte=at).order_by("history_id")
    found.update(rows.values_list("id", "received_on"))
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


class Life:
    """One case from receipt to where it stands, counted into the report.

    Moves are taken by day, then by number. A move dated before the day of receipt, as a correction may leave it,
    counts from the day of receipt.
    """

    def __init__(self, report: Report, case: int, received: date, offices: set[str]):
        self.report, self.case, self.received, self.offices = report, case, received, offices
        self.stands: dict[int, str] = {}  # {part: state}
        self.recorded: set[int] = set()
        self.filtered = False
        self.closed_on: date | None = None

    def count(self, moves: list) -> bool:
        """Count its moves; whether it is a complaint that counts."""
        if moves[0][3] == "record_conduct_matter":
            if self.within(self.received):
                self.report.add("conduct_matters", self.case)
            return False
        void = {part for part, state in {m[4]: m[6] for m in moves}.items() if state == "void"}
        kept = [m for m in moves if m[4] not in void and m[6] != "void"]
        if not kept:
            return False
        days = sorted(
            ((self.received if m[3] == "log" else max(m[2], self.received), m[1], m) for m in kept),
            key=itemgetter(0, 1),
        )
        if self.within(self.received):
            self.say("received")
            self.report.received_on[self.case] = self.received
            about = "both" if len(self.offices) > 1 else next(iter(self.offices), "commissioner")
            self.say(f"by_office_holder.{about}")
        begun = was_open = open_before = open_after = False
        at_end: dict[int, str] = {}
        for (day, _), group in groupby(days, key=itemgetter(0, 1)):
            self.step(day, [m for _, _, m in group])
            is_open = any(PROCEDURE.state(s).open for s in self.stands.values())
            if was_open and not is_open:
                self.ended(day)
            elif is_open and not was_open and begun and self.within(day):
                self.say("reopened", once=False)
            begun = True
            was_open = is_open
            if day < self.report.first:
                open_before = is_open
            if day <= self.report.last:
                open_after = is_open
                at_end = dict(self.stands)
        if open_before:
            self.say("carried_in")
        if open_after:
            self.say("carried_out")
            if set(WITH_THE_IOPC) & set(at_end.values()):
                self.say("referred_to_iopc.pending")
        if self.closed_on:
            self.report.to_close.append((self.closed_on - self.received).days)
        return True

    def within(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.report.first <= day <= self.report.last

    def say(self, key: str, *, once: bool = True) -> None:
        """Count the case under a figure."""
        self.report.add(key, self.case, once=once)

    def ended(self, day: date) -> None:
        """Its last open allegation has ended."""
        if not self.within(day):
            return
        how = PROCEDURE.furthest(self.stands.values())
        self.say("closed", once=False)
        self.say(f"closed.by_ending.{how}", once=False)
        if how == "closed":
            self.closed_on = day

    def step(self, day: date, moves: list) -> None:
        """Take one entry's moves, and count what they decided if it took effect in the period."""
        before = bool(self.recorded)
        theme, filtered = "none", False
        for _, _, _, step, part, source, target, counts in moves:
            self.stands[part] = target
            on_record = part in self.recorded
            if target in ON_RECORD:
                self.recorded.add(part)
                theme = counts.get("theme") or theme
            filtered |= step == "filter"
            if self.within(day):
                self.decided(step, source, target, counts, on_record)
        if self.recorded and not before and self.within(day):
            self.say("recorded")
            self.say(f"by_theme.{theme}")
        if filtered and not self.filtered:
            self.filtered = True
            if self.within(day):
                self.report.to_filter.append((day - self.received).days)

    def decided(self, step: str, source: str, target: str, counts: dict, on_record: bool) -> None:
        """What one move decided."""
        if target == "not_recorded":
            self.say("not_recorded")
            self.say(f"not_recorded.by_ground.{counts.get('not_recorded') or 'not_a_complaint'}")
        elif target == "redirected":
            self.say("redirected")
            if counts.get("late"):
                self.say("redirected.late")
        elif target == "withdrawn":
            self.say("withdrawn")
            if not on_record:
                self.say("not_recorded")
                self.say("not_recorded.by_ground.withdrawn")
        elif target == "referred_to_iopc":
            self.say("referred_to_iopc")
        elif target == "sub_panel":
            self.say("sub_panel")
        elif target == "full_panel":
            self.say("full_panel")
        elif target == "outcome_recorded":
            outcome = counts.get("outcome") or "not_resolved"
            self.say(f"outcomes.{outcome}")
            if outcome != "not_resolved":
                self.say("informally_resolved")
        if source in WITH_THE_IOPC and target == "recorded":
            self.say("referred_to_iopc.returned")
        elif source in ("with_iopc", "awaiting_proceedings") and target == "closed":
            self.say("referred_to_iopc.retained")
        if step == "filter":
            self.say("filtered")
            self.say(f"filtered.by_route.{counts.get('route')}")
        elif step == "take_no_action":
            self.say("no_action_later")
        for letter in counts.get("grounds") or ():
            self.say(f"filtered.by_ground.{letter}")
        if counts.get("conduct_matter"):
            self.say("conduct_matters")
