"""The totals of one annual report: each figure with the complaints behind it."""

from dataclasses import dataclass, field, replace
from datetime import date
from statistics import median
from typing import Any

from complaints.models import Allegation
from complaints.procedure.states import THEMES
from panel.law import clock
from panel.law.provisions import GROUNDS
from panel.models import Duty

ENDINGS = ("closed", "withdrawn", "not_recorded", "redirected")


NO_REASON = "none"  # a target of the Panel's own may be late without one


FEWEST_CASES = 3  # of a theme: one of fewer may be put with others, where the panel's setting says so


CONDUCT = "conduct_matters."  # before the key of each figure of conduct matters: they are counted apart


# What the words say: agreed between them, explained, apologised for or dealt with before. An opinion, a recommendation
# and a report under section 28(6) are outcomes, and no resolution.
RESOLVED = ("explained", "apology", "settled", "already_dealt_with")


# What became of the complaints received, each once: by the allegation that came furthest on the record.
BECAME = ("recorded", "not_recorded", "redirected", "withdrawn", "undecided")


# How a complaint ended, each ending once, in the order in which one with several results is counted.
RESULTS = (
    "resolved", "recommendations", "opinion", "report", "not_resolved", "no_action", "other_handling", "iopc", "other",
    "withdrawn", "not_recorded", "redirected",
)  # fmt: skip


# What became of those that the IOPC had, each once.
FROM_THE_IOPC = ("pending", "returned", "retained", "withdrawn", "other")


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


@dataclass
class Report:
    """The figures of one panel, period and day. `cases` has the ids behind each figure, once for each time counted;
    `events` those of what happens many times to one complaint."""

    panel: Any
    first: date
    last: date
    as_at: date
    cases: dict[str, list[int]] = field(default_factory=dict)
    events: dict[str, list[int]] = field(default_factory=dict)  # of what a complaint may have many: duties, decisions
    to_filter: list[int] = field(default_factory=list)  # days from receipt
    to_close: list[int] = field(default_factory=list)
    to_end: list[list[int]] = field(default_factory=list)  # [days from receipt to the end, days of them with the IOPC]
    received_on: dict[int, date] = field(default_factory=dict)  # of those received in the period
    merge_small: bool = False
    names: dict[str, str] = field(
        default_factory=dict
    )  # the panel's own words: offices, when it approved its procedure; office holders and deciders by "holder.7"
    about: dict[int, list[int]] = field(default_factory=dict)  # {case: the office holders it is about}
    lines: list[dict[str, Any]] = field(default_factory=list)  # one for each complaint received: slugs and days
    previous: "Report | None" = None  # the same period a year before, where the register goes back so far
    shown: dict[str, Any] = field(default_factory=dict)  # the words and rows as they were issued: see `shown`

    @property
    def year(self) -> str | None:
        """The municipal year, or None for another period."""
        year = clock.municipal_year(self.first)
        return year if clock.year_bounds(year) == (self.first, self.last) else None

    @property
    def period(self) -> str:
        """The period as an address has it: "2025-26", or "2025-04-01..2025-09-30"."""
        return self.year or f"{self.first.isoformat()}..{self.last.isoformat()}"

    @property
    def end(self) -> date:
        """The last day that is counted: that of the period, or the day of the record if that is earlier."""
        return min(self.last, self.as_at)

    def number(self, key: str) -> int:
        """How many are behind a figure; 0 where there are none."""
        return len(self.behind(key))

    def behind(self, key: str) -> list[int]:
        """The ids of the cases behind a figure, once for each time counted."""
        return self.cases.get(key) or self.events.get(key) or []

    def event(self, key: str, case: int) -> None:
        """Count one thing that happened to a case."""
        self.events.setdefault(key, []).append(case)

    def together(self, key: str) -> int:
        """Complaints and conduct matters in one figure."""
        return self.number(key) + self.number(CONDUCT + key)

    def add(self, key: str, case: int, *, once: bool = True) -> None:
        """Count a case, once for each figure unless it can happen to it again."""
        found = self.cases.setdefault(key, [])
        if not once or case not in found[-1:]:  # cases come one after the other
            found.append(case)

    def parts(self, key: str) -> dict[str, int]:
        """{slug: number} of a figure with parts."""
        counted = {slug: self.number(f"{key}.{slug}") for slug in PARTS[key]}
        if key == "by_office_holder":  # a line of its own where there is one: no office holder is named
            counted |= {"nobody": n} if (n := self.number("by_office_holder.nobody")) else {}
        if key == "by_theme":
            counted |= {"none": n} if (n := self.number("by_theme.none")) else {}
            return self._small_together(counted) if self.merge_small else counted
        return counted

    def _small_together(self, counted: dict[str, int]) -> dict[str, int]:
        """Themes of fewer than three cases as one number, so that nobody is known by a theme."""
        small = {slug: n for slug, n in counted.items() if n < FEWEST_CASES}
        kept = {slug: n for slug, n in counted.items() if n >= FEWEST_CASES}
        self.cases["by_theme.small"] = [case for slug in small for case in self.cases.get(f"by_theme.{slug}", ())]
        return kept | ({"small": sum(small.values())} if sum(small.values()) else {})

    def only(self, cases: set[int]) -> "Report":
        """The same report of these cases alone: of one office holder, say."""
        kept, events = (
            {key: found for key, ids in all_.items() if (found := [c for c in ids if c in cases])}
            for all_ in (self.cases, self.events)
        )
        days = {case: day for case, day in self.received_on.items() if case in cases}
        return replace(
            self, cases=kept, events=events, received_on=days, to_filter=[], to_close=[], to_end=[], previous=None
        )

    @property
    def holders(self) -> dict[int, str]:
        """{office holder: name, office and term}, in the order of the record: those of whom something is counted."""
        named = [int(k.removeprefix("holder.")) for k in self.names if k.startswith("holder.")]
        return {pk: self.names[f"holder.{pk}"] for pk in named}

    def of_holder(self, holder: int) -> "Report":
        """The figures of one office holder in one term: of a complaint about two, each has it."""
        return self.only({case for case, holders in self.about.items() if holder in holders})

    @property
    def ended(self) -> int:
        """How many times a complaint ended."""
        return self.number("closed")

    @property
    def no_complaints(self) -> bool:
        """Whether no complaint was received, recorded or declined, and none is in hand."""
        return not any(self.number(k) for k in ("received", "recorded", "not_recorded", "carried_in", "closed"))

    @property
    def no_conduct_matters(self) -> bool:
        """Whether no conduct matter was recorded, and none is in hand."""
        return not any(self.number(CONDUCT + k) for k in ("received", "carried_in", "closed", "treated"))

    @property
    def nil(self) -> bool:
        """Whether there is nothing to report: no complaint and no conduct matter."""
        return self.no_complaints and self.no_conduct_matters

    def frozen(self) -> dict[str, Any]:
        """All of it as JSON, to be kept with an issued report and read back by `thawed`."""
        return {
            "cases": self.cases,
            "events": self.events,
            "to_filter": self.to_filter,
            "to_close": self.to_close,
            "to_end": self.to_end,
            "received_on": {str(case): day.isoformat() for case, day in self.received_on.items()},
            "merge_small": self.merge_small,
            "names": self.names,
            "about": {str(case): holders for case, holders in self.about.items()},
            "lines": self.lines,
            "previous": None if self.previous is None else {
                "first": self.previous.first.isoformat(), "last": self.previous.last.isoformat(),
                **self.previous.frozen(),
            },
            "shown": self.shown,
        }  # fmt: skip

    @classmethod
    def thawed(cls, panel, first: date, last: date, as_at: date, kept: dict[str, Any]) -> "Report":
        """A report as it was frozen. One that was issued before some figures were counted has none of them."""
        received = {int(case): date.fromisoformat(day) for case, day in kept["received_on"].items()}
        about = {int(case): holders for case, holders in kept.get("about", {}).items()}
        rest = {k: kept[k] for k in ("cases", "to_filter", "to_close", "merge_small", "names")}
        later = {k: kept[k] for k in ("events", "to_end", "lines", "shown") if k in kept}
        before = kept.get("previous")
        if before:
            began, ended = (date.fromisoformat(before[k]) for k in ("first", "last"))
            later["previous"] = cls.thawed(panel, began, ended, as_at, before)
        return cls(panel, first, last, as_at, received_on=received, about=about, **rest, **later)

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
            "referred_to_iopc": self._iopc(),
            "filtered": {
                "total": n("filtered"),
                "by_route": self.parts("filtered.by_route"),
                "by_ground": self.parts("filtered.by_ground"),
            },
            "sub_panel": n("sub_panel"),
            "full_panel": n("full_panel"),
            "informally_resolved": n("informally_resolved"),
            "withdrawn": n("withdrawn"),
            "closed": {
                "total": self.ended,
                "by_ending": self.parts("closed.by_ending"),
                "by_result": {slug: n(f"ended.{slug}") for slug in RESULTS},
            },
            "reopened": n("reopened"),
            "conduct_matters": self._conduct_matters(),
            "carried_in": n("carried_in"),
            "carried_out": n("carried_out"),
            "by_office_holder": self.parts("by_office_holder"),
            "by_theme": self.parts("by_theme"),
            "days_to_filter": spread(self.to_filter),
            "days_to_close": spread(self.to_close),
            "outcomes": {"total": n("outcomes"), **self.parts("outcomes")},
            "late": self._late(),
            "in_time": self._in_time(),
            "previous": None if self.previous is None else self.previous.as_json(),
            "about_one_matter": {"complaints": n("about_one_matter"), "matters": n("matters")},
        }

    def _iopc(self, prefix: str = "") -> dict[str, int]:
        """carried_in + total = returned + retained + withdrawn + pending + other, each complaint once."""
        key = f"{prefix}referred_to_iopc"
        return {
            "total": self.number(key),
            **{k: self.number(f"{key}.{k}") for k in ("returned", "retained", "pending", "withdrawn", "other")},
            "carried_in": self.number(f"{key}.carried_in"),
        }

    def _conduct_matters(self) -> dict[str, int]:
        iopc = self._iopc(CONDUCT)
        names = {"received": "received", "ended": "closed", "reopened": "reopened", "carried_in": "carried_in"}
        return {
            **{name: self.number(CONDUCT + key) for name, key in names.items()},
            "carried_out": self.number(f"{CONDUCT}carried_out"),
            "referred": iopc["total"],
            **{k: iopc[k] for k in ("returned", "retained", "pending")},
            "of_withdrawn_complaints": self.number(f"{CONDUCT}treated"),
        }

    def _late(self) -> dict[str, Any]:
        """What was done in the period after its day: things, not complaints, so that kinds and reasons add up."""
        kinds = sorted(k.removeprefix("late.") for k in self.cases if k.startswith("late."))
        reasons = (*Duty.Late.values, NO_REASON)
        return {
            "total": self.number("late"),
            "in_law": self.number("late_in_law"),
            "own": self.number("late_own"),
            "by_duty": {kind: self.number(f"late.{kind}") for kind in kinds},
            "by_reason": {slug: n for slug in reasons if (n := self.number(f"late_why.{slug}"))},
        }

    def _in_time(self) -> dict[str, dict[str, int]]:
        """{duty: how many fell due in the period, and were done in time, done late, not done}."""
        kinds = sorted(k.removeprefix("due.") for k in self.events if k.startswith("due."))
        return {
            kind: {how: self.number(f"{how}.{kind}") for how in ("due", "in_time", "done_late", "not_done")}
            for kind in kinds
        }

    def specified(self) -> list[dict[str, Any]]:
        """For each office holder what SI 2011/3050 has the Commissioner publish."""
        return [
            {
                "office_holder": words,
                **{kind: self.number(f"specified.{pk}.{kind}") for kind in ("complaints", "conduct_matters")},
            }
            for pk, words in self.holders.items()
        ]


def spread(days: list[int]) -> dict[str, float | int | None]:
    """Median and longest; None where there is nothing to measure. A whole median is written without a fraction."""
    if not days:
        return {"median": None, "longest": None}
    middle = median(days)
    return {"median": int(middle) if middle == int(middle) else middle, "longest": max(days)}
