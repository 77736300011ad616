"""What the law brings to the Panel every year, with the days that were read (docs/law.md): proposed once a year, and ticked
before it is added."""

from dataclasses import dataclass
from datetime import date

from panel.law.clock import year_bounds


@dataclass(frozen=True)
class Yearly:
    """An item of every year."""

    key: str
    title: str
    how_often: str
    provision: str = ""
    month_day: tuple[int, int] | None = None  # its last day by law, in the second half of the municipal year

    def due(self, year: str) -> date | None:
        """The last day by law in that municipal year ("2026-27"); None where none was read."""
        return date(year_bounds(year)[1].year, *self.month_day) if self.month_day else None


STATUTORY = (
    Yearly("precept", "Proposed precept and budget", "Every year", "2012/2271 reg 4", (2, 8)),
    Yearly("precept_again", "Precept, second report, if the first was a veto", "Only after a veto", "2012/2271 reg 5", (2, 22)),
    Yearly("plan", "Police and crime plan, or a variation of it", "When it is proposed"),
    Yearly("annual", "Annual report of the Commissioner, at a public meeting", "Every year"),
    Yearly(
        "appointments", "Proposed senior appointments", "When notified; report within three weeks", "Sch 1 para 10"
    ),
    Yearly("complaints", "Complaints: annual report", "Every year"),
)  # fmt: skip
REGULAR = ("complaints",)  # the Panel's own, not the law's
