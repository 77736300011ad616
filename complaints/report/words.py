"""The annual report in words: sections of figures with their labels, sentences, charts. Nothing personal is at hand
here: a `Report` has numbers, days and ids only."""

from dataclasses import dataclass
from datetime import date

from complaints.facts import NOBODY_NAMED
from complaints.models import Allegation
from complaints.procedure import PROCEDURE
from complaints.procedure.regulation_15 import GROUND_WORDS
from complaints.procedure.states import THEMES
from complaints.report.paper_words import days_words, title_of
from complaints.report.totals import NO_REASON, PARTS, Report, spread
from panel.law.period import day_words
from panel.law.provisions import cite
from panel.models import Duty

NOT_RECORDED = {
    "criminal_proceedings": ("Not recorded: criminal proceedings", cite("para 8", "reg 9", capital=True)),
    "not_a_complaint": ("Not recorded: nothing to deal with", cite("reg 9", "reg 10", capital=True)),
    "withdrawn": ("Not recorded: withdrawn first", cite("para 8", "reg 9", "reg 16", capital=True)),
}
ENDINGS = {"closed": "Closed", "withdrawn": "Withdrawn", "not_recorded": "Not recorded", "redirected": "Redirected"}
OFFICES = {"commissioner": "{commissioner}", "deputy": "Deputy {commissioner}", "both": "Both", "nobody": NOBODY_NAMED}
ROUTES = {
    "sub_panel_resolves": "{sub_panel} to resolve informally",
    "sub_panel_considers": "{sub_panel} to consider action",
    "informal_resolution": "Informal resolution without a {sub_panel}",
    "full_panel": "Full Panel",
    "other_handling": "Handled in another way",
    "no_action": "No action",
}
SPREAD = ((0, 10), (11, 20), (21, 30), (31, 60), (61, None))  # days to decide, for the chart


@dataclass(frozen=True)
class Row:
    """One figure. `key` names its cases; empty where it is no count."""

    label: str
    number: int | float | str
    key: str = ""
    note: str = ""


@dataclass(frozen=True)
class Section:
    """Figures under a heading; `side` is the column of the page."""

    heading: str
    rows: tuple[Row, ...]
    side: str = "left"


@dataclass(frozen=True)
class Chart:
    """A few numbers to be drawn as bars, with their table."""

    key: str
    title: str
    heads: tuple[str, str]
    rows: tuple[tuple[str, int], ...]

    @property
    def says(self) -> str:
        """What it shows, in a sentence: for those who do not see it."""
        return f"{self.title}: {', '.join(f'{words} {n}' for words, n in self.rows)}."


class Words:
    """One report in the words of its panel."""

    def __init__(self, report: Report):
        self.report, self.names = report, report.names

    def fill(self, words: str) -> str:
        """The words with the panel's own names, a capital first."""
        found = words.format(**self.names)
        return found[:1].upper() + found[1:]

    # Sentences

    @property
    def year(self) -> str:
        """ "2025-26", or the days of another period."""
        return self.report.year or days_words(self.report.first, self.report.last)

    @property
    def title(self) -> str:
        """The report's title."""
        return title_of(self.report.first, self.report.last)

    @property
    def period(self) -> str:
        """The period and the day of the record, in words."""
        r = self.report
        return f"{days_words(r.first, r.last)}, as the record stands on {day_words(r.as_at)}"

    @property
    def balance(self) -> tuple[str, str]:
        """The sum, and its result: "3 open at the start + 17 received + 0 reopened − 15 ended =", "5 still open at the end"."""
        n = self.report.number
        left = f"{n('carried_in')} open at the start + {n('received')} received + {n('reopened')} reopened"
        return f"{left} − {self.report.ended} ended =", f"{n('carried_out')} still open at the end"

    @property
    def recorded(self) -> str:
        """How many were recorded, and how many were not, as the published report says it."""
        recorded, declined = self.report.number("recorded"), self.report.number("not_recorded")
        first = {0: "No complaints were recorded.", 1: "1 complaint was recorded."}.get(
            recorded, f"{recorded} complaints were recorded."
        )
        if declined == 0:
            return f"{first} None was received and not recorded."
        return f"{first} {declined} {'was' if declined == 1 else 'were'} received and not recorded."

    @property
    def counting(self) -> str:
        """The rule by which all is counted."""
        return "A complaint counts in the year it was received, a decision in the year it took effect."

    # Figures

    def sections(self) -> list[Section]:
        """Every figure, in the order of the report."""
        sections = [
            Section("In hand", self.in_hand()),
            Section("Received and recorded", self.received()),
            Section("About", self.parts("by_office_holder", {k: self.fill(v) for k, v in OFFICES.items()})),
            Section("Themes of those recorded", self.themes()),
            Section("Days, from receipt", self.days()),
            Section(f"Decided by the {self.names['chairman']}", self.decided(), "right"),
            Section("Grounds of regulation 15(3) used", self.grounds(), "right"),
            Section("Dealt with", self.dealt_with(), "right"),
            Section("Outcome", self.outcomes(), "right"),
            Section("Ended", self.ended(), "right"),
            Section("Late", self.late(), "right"),
        ]
        return [s for s in sections if s.rows]

    def row(self, label, key, note="") -> Row:
        """A count."""
        return Row(label, self.report.number(key), key, note)

    def parts(self, key, labels, notes=None) -> tuple[Row, ...]:
        """The parts of a figure."""
        notes = notes or {}
        return tuple(
            Row(labels[slug], n, f"{key}.{slug}", notes.get(slug, "")) for slug, n in self.report.parts(key).items()
        )

    def in_hand(self):
        """The sum, figure by figure."""
        return (
            self.row("Open at the start", "carried_in", "Open before the period began"),
            self.row("Received", "received"),
            self.row("Reopened", "reopened"),
            self.row("Ended", "closed"),
            self.row("Still open at the end", "carried_out", self.carried_note()),
        )

    def carried_note(self):
        """Of which day the last figure is."""
        r = self.report
        return f"Open at the end of {day_words(min(r.last, r.as_at))}"

    def received(self):
        """What came, and what became of it before anybody decided."""
        n = self.report.number
        labels = {k: v[0] for k, v in NOT_RECORDED.items()}
        late = f"{n('redirected.late')} after recording. " if n("redirected.late") else ""
        back = [
            f"{count} {words}"
            for key, words in (("returned", "came back"), ("retained", "kept to its end"), ("pending", "with it still"))
            if (count := n(f"referred_to_iopc.{key}"))
        ]
        came = f"{', '.join(back)}. " if back else ""
        return (
            self.row("Received", "received"),
            self.row("Recorded", "recorded"),
            *self.parts("not_recorded.by_ground", labels, {k: v[1] for k, v in NOT_RECORDED.items()}),
            self.row("Redirected, not for this Panel", "redirected", late + cite("para 2", "reg 9", capital=True)),
            *([self.row("Of these after recording", "redirected.late")] if n("redirected.late") else []),
            self.row("Referred to the IOPC", "referred_to_iopc", came + cite("para 3", "reg 13", capital=True)),
            *(
                self.row(words, f"referred_to_iopc.{key}")
                for key, words in (
                    ("returned", "Back from the IOPC"),
                    ("retained", "Kept by the IOPC to its end"),
                    ("pending", "With the IOPC or a court at the end"),
                )
            ),
            self.row(
                "Conduct matters", "conduct_matters",
                f"No complaints: counted here only. {cite('reg 11', 'reg 12', capital=True)}",
            ),
        )  # fmt: skip

    def themes(self):
        """What they were about."""
        labels = {**dict(THEMES), "none": "No theme given", "small": "Other themes, fewer than three each"}
        return self.parts("by_theme", labels)

    def decided(self):
        """The Chairman's decisions."""
        routes = {k: self.fill(v) for k, v in ROUTES.items()}
        rows = self.parts("filtered.by_route", routes)
        order = {f"filtered.by_route.{k}": i for i, k in enumerate(ROUTES)}
        later = self.report.number("no_action_later")
        body = f"No action, decided by {self.names['sub_panel']} or Panel"
        return (
            self.row("All decisions", "filtered", cite("para 7", "reg 15", "reg 28", capital=True)),
            *sorted(rows, key=lambda r: order[r.key]),
            *([self.row(body, "no_action_later")] if later else []),
        )

    def grounds(self):
        """The grounds, whoever used them."""
        return self.parts("filtered.by_ground", GROUND_WORDS)

    def dealt_with(self):
        """Sub-panels, full Panel, and what was resolved."""
        return (
            self.row(self.fill("{sub_panel} appointed"), "sub_panel", cite("para 11", capital=True)),
            self.row("Before the full Panel", "full_panel", cite("para 16", capital=True)),
            self.row("Informally resolved", "informally_resolved", cite("para 14", "reg 28", capital=True)),
        )

    def outcomes(self):
        """How informal resolution ended."""
        return self.parts("outcomes", dict(Allegation.Outcome.choices))

    def ended(self):
        """How they ended, and withdrawals in part."""
        all_, ends = self.report.number("withdrawn"), self.report.number("closed.by_ending.withdrawn")
        part = (
            (self.row("Withdrawn, whole or in part", "withdrawn", cite("para 15", "reg 16", capital=True)),)
            if all_ != ends
            else ()
        )
        return (*self.parts("closed.by_ending", ENDINGS), *part)

    def days(self):
        """Median and longest."""
        filtered, closed = spread(self.report.to_filter), spread(self.report.to_close)

        def said(value):
            return "None to measure" if value is None else value

        decision = f"To the {self.names['chairman']}’s first decision"
        return (
            Row(f"{decision}, median", said(filtered["median"])),
            Row(f"{decision}, longest", said(filtered["longest"])),
            Row("To closing, median", said(closed["median"])),
            Row("To closing, longest", said(closed["longest"])),
        )

    def late(self):
        """What was done after its last day, by duty, and why, by the sort of reason chosen. What passed a day that binds
        in law stands apart from what passed a target of the Panel's own."""
        if not self.report.number("late"):
            return ()
        return (
            *self.late_of("Done after a day that binds in law", "late_in_law", binding=True),
            *self.late_of("Done after a day of the Panel’s own", "late_own", binding=False),
            *(
                self.row(f"Why: {words[:1].lower()}{words[1:]}", f"late_why.{slug}")
                for slug, words in (*Duty.Late.choices, (NO_REASON, "Nothing was chosen"))
                if self.report.number(f"late_why.{slug}")
            ),
        )

    def late_of(self, words, key, *, binding):
        """What was done after a day of that sort: all of it, then by duty. A report that was issued before the two were
        told apart has only the second."""
        counted = [key.removeprefix("late.") for key in self.report.cases if key.startswith("late.")]
        declared = [kind for kind in PROCEDURE.duties if kind.key in counted]
        gone = sorted(set(counted) - {kind.key for kind in declared})  # a report issued before may still count them
        kinds = [k for k in (*declared, *(PROCEDURE.duty(key) for key in gone)) if k.late_in_law == binding]
        if not kinds:
            return ()
        total = sum(self.report.number(f"late.{k.key}") for k in kinds)
        said = "The full reason is kept on each case"
        return (
            self.row(words, key, said) if self.report.number(key) else Row(words, total, note=said),
            *(
                self.row(
                    self.fill(kind.label.replace("{to}", "those entitled")),
                    f"late.{kind.key}",
                    "; ".join(filter(None, (f"{kind.basis.words}, {kind.provision}", kind.day_note)))
                    if kind.provisions
                    else "",
                )
                for kind in kinds
            ),
        )

    # Charts

    def charts(self) -> list[Chart]:
        """Cases by month, days to decide, routes; none where there is nothing to draw."""
        r = self.report
        found = []
        if r.received_on:
            months = [(month_words(m), n) for m, n in by_month(r).items()]
            found.append(Chart("months", "Received by month", ("Month", "Received"), tuple(months)))
        if r.to_filter:
            rows = [
                (f"{low} to {high} days" if high is not None else f"More than {low - 1} days",
                 sum(low <= d and (high is None or d <= high) for d in r.to_filter))
                for low, high in SPREAD
            ]  # fmt: skip
            title = f"Days from receipt to the {self.names['chairman']}’s first decision"
            found.append(Chart("days", title, ("Days", "Complaints"), tuple(rows)))
        routes = self.decided()[1 : 1 + len(PARTS["filtered.by_route"])]
        if any(row.number for row in routes):
            found.append(
                Chart("routes", "Routes decided", ("Route", "Complaints"), tuple((x.label, x.number) for x in routes))
            )
        return found


def by_month(report: Report) -> dict[date, int]:
    """{first day of the month: received}, every month of the period up to its end or the day of the record."""
    counted: dict[date, int] = {}
    day, end = report.first.replace(day=1), min(report.last, report.as_at)
    while day <= end:
        counted[day] = 0
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    for received in report.received_on.values():
        counted[received.replace(day=1)] += 1
    return counted


def month_words(day: date) -> str:
    """ "April 2025"."""
    return day_words(day).partition(" ")[2]
