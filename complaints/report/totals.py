"""The totals of one annual report: each figure with the complaints behind it."""

from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any

from complaints.models import Allegation
from complaints.procedure.states import THEMES
from panel.law import clock
from panel.law.provisions import GROUNDS

ENDINGS = ("closed", "withdrawn", "not_recorded", "redirected")


NO_REASON = "none"  # a target of the Panel's own may be late without one


FEWEST_CASES = 3  # of a theme: one of fewer may be put with others, where the panel's setting says so


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
