"""The report's figures in blocks that add up, as plain data for page, paper and files.

    for block in blocks(report):
        block.heading, block.total, block.lines, block.overlap_words

Each line has its label, its number, the cases behind it and the number of the year before. In every block the lines add
up to the total; where one complaint is in two lines, `overlap_words` says so. `in_hand` and the block of conduct matters
are sums: their last line is what the others come to.
"""

from datetime import date

from complaints.facts import NOBODY_NAMED
from complaints.models import Allegation
from complaints.procedure import PROCEDURE
from complaints.procedure.regulation_15 import GROUND_WORDS
from complaints.procedure.states import THEMES
from complaints.report.lines import Block, InTime, Line
from complaints.report.totals import BECAME, CONDUCT, FROM_THE_IOPC, NO_REASON, PARTS, RESULTS, Report
from panel.law.period import day_words, plural
from panel.law.provisions import cite
from panel.models import Duty

BECAME_WORDS = {
    "recorded": "recorded", "not_recorded": "not recorded", "redirected": "redirected, not for this Panel",
    "withdrawn": "withdrawn before that was decided", "undecided": "not decided yet",
}  # fmt: skip
RESULT_WORDS = {
    "resolved": "resolved informally", "recommendations": "recommendations within the informal resolution",
    "opinion": "an opinion of the {sub_panel}", "report": "a report under section 28(6)",
    "not_resolved": "could not be resolved", "no_action": "no action taken (regulation 15)",
    "other_handling": "handled in another way (regulation 15)", "iopc": "kept by the IOPC or a court to its end",
    "other": "closed in another way", "withdrawn": "withdrawn", "not_recorded": "not recorded",
    "redirected": "redirected, not for this Panel",
}  # fmt: skip
IOPC_WORDS = {
    "pending": "still with it, or a court, at the end", "returned": "came back to the Panel",
    "retained": "kept to its end", "withdrawn": "withdrawn while the IOPC had it", "other": "ended there in another way",
}  # fmt: skip
DECIDER_WORDS = {
    "chairman": "the {chairman}", "vice_chairman": "the Vice-{chairman}", "sub_panel": "a {sub_panel}",
    "panel": "the full Panel, not delegated", "monitoring_officer": "the Monitoring Officer", "officer": "an officer",
    "member": "one member of the Panel", "other": "another person", "not_known": "not known, from the old register",
}  # fmt: skip
PUBLISHED_WORDS = {
    "yes": "published", "no": "not published", "undecided": "not decided yet",
    "not_known": "not known, from the old register",
}  # fmt: skip
OFFICES = {"commissioner": "{commissioner}", "deputy": "Deputy {commissioner}", "both": "both", "nobody": NOBODY_NAMED}
ROUTES = {
    "sub_panel_resolves": "{sub_panel} to resolve informally", "sub_panel_considers": "{sub_panel} to consider action",
    "informal_resolution": "informal resolution without a {sub_panel}", "full_panel": "full Panel",
    "other_handling": "handled in another way", "no_action": "no action",
}  # fmt: skip


def heading_of(words: str, prefix: str) -> str:
    """The heading of a block; of conduct matters it says so, beside that of complaints."""
    return f"Conduct matters: {words[:1].lower()}{words[1:]}" if prefix else words


class Blocks:
    """The blocks of one report, in the words of its panel."""

    def __init__(self, report: Report):
        self.report, self.names = report, report.names

    def fill(self, words: str, *, capital: bool = False) -> str:
        """The words with the panel's own names."""
        found = words.format(**self.names)
        return found[:1].upper() + found[1:] if capital else found

    def line(self, key: str, label: str, *, note: str = "", legal: bool = False) -> Line:
        """A figure, with the year before's."""
        r, before = self.report, self.report.previous
        return Line(
            key,
            self.fill(label),
            r.number(key),
            tuple(r.behind(key)),
            before.number(key) if before else None,
            note,
            legal,
        )

    def lines(self, key: str, labels: dict[str, str], *, legal: bool = False) -> tuple[Line, ...]:
        """The parts of a figure."""
        return tuple(self.line(f"{key}.{slug}", label, legal=legal) for slug, label in labels.items())

    def block(self, key: str, heading: str, total: Line, lines: tuple[Line, ...], ways: str, note: str = "") -> Block:
        """A block whose lines are added; `ways` says of a complaint that is in two of them what it did: "went two
        ways"."""
        seen: dict[int, int] = {}
        for each in lines:
            for case in each.cases:
                seen[case] = seen.get(case, 0) + 1
        here = {case: total.cases.count(case) for case in seen}
        more = {case: n - here[case] for case, n in seen.items() if n > here[case]}
        said = f"({plural(len(more), 'complaint')} {ways})" if more else ""
        return Block(key, heading, total, lines, note, overlap=sum(more.values()), overlap_words=said)

    # The compact table

    def in_hand(self, prefix: str = "") -> Block:
        """In hand + received + reopened − ended = in hand at the end."""
        r = self.report
        lines = (
            self.line(f"{prefix}carried_in", f"Open on {day_words(r.first)}", legal=True),
            self.line(f"{prefix}received", "Recorded" if prefix else "Received", legal=True),
            self.line(f"{prefix}reopened", "Reopened"),
            self.line(f"{prefix}closed", "Ended", legal=True),
        )
        end = day_words(r.end)
        total = self.line(f"{prefix}carried_out", f"Still open on {end}", legal=True)
        heading = "Conduct matters" if prefix else "In hand"
        return Block(f"{prefix}in_hand", heading, total, lines, signs=(1, 1, 1, -1))

    def received(self) -> Block:
        """What became of those received, each once."""
        lines = tuple(
            self.line(f"received.{slug}", BECAME_WORDS[slug], legal=slug in ("recorded", "not_recorded"))
            for slug in BECAME
        )
        total = self.line("received", "Received", legal=True)
        return self.block("received", "Received, and what became of them", total, lines, "", self.matters())

    def matters(self) -> str:
        """How many of those received were about how many matters: "121 complaints, 1 matter"."""
        together, matters = self.report.number("about_one_matter"), self.report.number("matters")
        if not matters:
            return ""
        said = f"{plural(together, 'complaint')}, {plural(matters, 'matter')}"
        return f"{said}: each of them is counted as a complaint of its own"

    def ended(self, prefix: str = "") -> Block:
        """How they ended, each ending once."""
        lines = tuple(self.line(f"{prefix}ended.{slug}", RESULT_WORDS[slug]) for slug in RESULTS)
        two = self.report.number(f"{prefix}ended.two_ways")
        note = f"{plural(two, 'complaint')} ended in two ways, and is counted under the first" if two == 1 else ""
        note = f"{plural(two, 'complaint')} ended in two ways, and are counted under the first" if two > 1 else note
        total = self.line(f"{prefix}closed", "Ended", legal=True)
        return self.block(f"{prefix}ended", heading_of("Ended", prefix), total, lines, "", note)

    def iopc(self, prefix: str = "") -> Block:
        """What became of those that the IOPC had, each once."""
        key, r = f"{prefix}referred_to_iopc", self.report
        before = r.previous
        cases = (*r.behind(f"{key}.carried_in"), *r.behind(key))
        then = before.number(f"{key}.carried_in") + before.number(key) if before else None
        inherited = r.number(f"{key}.carried_in")
        referred = r.number(key)
        note = f"{inherited} with it before, {referred} referred in the period" if inherited else ""
        label = "With the IOPC in the period" if inherited else "Referred to the IOPC"
        total = Line(key, label, len(cases), cases, then, note, legal=True)
        lines = tuple(self.line(f"{key}.{slug}", IOPC_WORDS[slug]) for slug in FROM_THE_IOPC)
        return self.block(key, heading_of("The IOPC", prefix), total, lines, "", cite("para 3", "reg 13", capital=True))

    # In detail

    def recording(self) -> Block:
        """What was decided about recording in the period, of whatever year the complaint is."""
        grounds = {
            "criminal_proceedings": "not recorded: criminal proceedings", "not_a_complaint": "not recorded: nothing to deal with",
            "withdrawn": "withdrawn first",
        }  # fmt: skip
        lines = (
            self.line("recorded", "recorded", legal=True),
            *self.lines("not_recorded.by_ground", grounds, legal=True),
            self.line("redirected.early", "redirected, not for this Panel"),
        )
        return self.distinct("recording", "Decided whether to record", lines, "went two ways")

    def distinct(self, key: str, heading: str, lines: tuple[Line, ...], ways: str, note: str = "") -> Block:
        """A block whose total is the number of complaints in any of its lines."""
        cases = tuple(dict.fromkeys(case for each in lines for case in each.cases))
        before = self.report.previous
        then = len({c for each in lines for c in before.behind(each.key)}) if before else None
        return self.block(key, heading, Line(key, heading, len(cases), cases, then), lines, ways, note)

    def routes(self) -> Block:
        """The Chairman's decisions, by route."""
        chairman = self.names["chairman"]
        total = self.line("filtered", f"Decided by the {chairman}", legal=True)
        provisions = cite("para 7", "reg 15", "reg 28", capital=True)
        lines = self.lines("filtered.by_route", ROUTES)
        return self.block("filtered", f"Decided by the {chairman}", total, lines, "went two ways", provisions)

    def grounds(self) -> Block:
        """The grounds of regulation 15(3), whoever used them."""
        heading = "Grounds of regulation 15(3)"
        lines = self.lines("filtered.by_ground", GROUND_WORDS, legal=True)
        return self.distinct("filtered.by_ground", heading, lines, "on more than one ground")

    def outcomes(self) -> Block:
        """How informal resolution ended."""
        labels = {slug: label[:1].lower() + label[1:] for slug, label in Allegation.Outcome.choices}
        total = self.line("outcomes", "Outcomes recorded")
        note = f"{self.report.number('informally_resolved')} resolved informally"
        return self.block("outcomes", "Outcomes", total, self.lines("outcomes", labels), "had two outcomes", note)

    def published(self) -> Block:
        """Whether the outcomes were published."""
        total = self.line("outcomes", "Outcomes recorded")
        provisions = cite("para 14", "reg 28", capital=True)
        return self.block(
            "published", "Outcomes published", total, self.lines("published", PUBLISHED_WORDS), "", provisions
        )

    def office_holders(self, prefix: str = "") -> Block:
        """About whom they are."""
        labels = {slug: label for slug, label in OFFICES.items() if slug != "both"} | {"both": OFFICES["both"]}
        key = f"{prefix}by_office_holder"
        return self.block(
            key, heading_of("About", prefix), self.line(f"{prefix}received", "Received"), self.lines(key, labels), ""
        )

    def themes(self) -> Block:
        """What those recorded are about. Where the panel's setting says so, small ones are one line."""
        words = {**dict(THEMES), "none": "no theme given", "small": "other themes, fewer than three each"}
        kept = self.report.parts("by_theme")
        before = self.report.previous
        then = before.parts("by_theme") if before else {}
        lines = tuple(
            Line(
                f"by_theme.{slug}", words[slug][:1].lower() + words[slug][1:], kept.get(slug, 0),
                tuple(self.report.behind(f"by_theme.{slug}")) if kept.get(slug) else (), then.get(slug, 0) if before else None,
            )
            for slug in dict.fromkeys([*kept, *then])
        )  # fmt: skip
        return self.block("by_theme", "Themes of those recorded", self.line("recorded", "Recorded"), lines, "")

    def months(self) -> Block:
        """When they were received."""
        cases: dict[date, list[int]] = {}
        for case, day in self.report.received_on.items():
            cases.setdefault(day.replace(day=1), []).append(case)
        lines = tuple(
            Line(f"month.{m:%Y-%m}", day_words(m).partition(" ")[2], len(found), tuple(found))
            for m, found in sorted(cases.items())
        )
        return self.block("months", "Received by month", self.line("received", "Received"), lines, "")

    def decided_by(self) -> Block:
        """Who took the decisions: each one that was not the full Panel's was delegated."""
        total = self.line("decided_by", "Decisions on complaints")
        lines = self.lines("decided_by", DECIDER_WORDS)
        return self.block("decided_by", "By whom decisions were taken", total, lines, "", self.deciders_words())

    def deciders_words(self) -> str:
        """Who they were, where the record names a member: "Cllr Margaret Holt 7, Cllr Owen Pask 2"."""
        found = {}
        for key in self.report.events:
            if key.startswith("decided_by.") and key.count(".") == 2:
                member = self.names.get(f"member.{key.rpartition('.')[2]}", "")
                found[member] = found.get(member, 0) + self.report.number(key)
        return ", ".join(f"{name} {n}" for name, n in sorted(found.items()) if name)

    # What was late

    def late(self) -> tuple[Block, ...]:
        """What was done in the period after its day: the law's days, the Panel's own, and why. Things, not complaints."""
        law, own = (
            self.late_of(key, heading, binding=binding)
            for key, heading, binding in (
                ("late_in_law", "Done after a day that binds in law", True),
                ("late_own", "Done after a day of the Panel’s own", False),
            )
        )
        reasons = {
            slug: label[:1].lower() + label[1:]
            for slug, label in (*Duty.Late.choices, (NO_REASON, "Nothing was chosen"))
        }
        why = self.block(
            "late_why", "Why it was late", self.line("late", "Done late"), self.lines("late_why", reasons), ""
        )
        return tuple(b for b in (law, own, why) if not b.nil)

    def late_of(self, key: str, heading: str, *, binding: bool) -> Block:
        """What was done late, of one sort of day, by duty."""
        kinds = {k.removeprefix("late.") for k in self.report.cases if k.startswith("late.")}
        before = self.report.previous
        kinds |= {k.removeprefix("late.") for k in before.cases if k.startswith("late.")} if before else set()
        lines = tuple(
            self.line(f"late.{kind.key}", self.duty_words(kind), note=kind.provision)
            for kind in self.in_order(kinds)
            if kind.late_in_law == binding
        )
        note = (
            f"in {plural(len(set(self.report.behind(key))), 'complaint or conduct matter')}"
            if self.report.number(key)
            else ""
        )
        note = note.replace("complaint or conduct matters", "complaints and conduct matters")
        return self.block(key, heading, self.line(key, heading), lines, "", note)

    @staticmethod
    def duty_words(kind) -> str:
        """What is done, and by whom where that is not the office: "sub-panel to consider it"."""
        words = kind.label.replace("{to}", "those entitled")
        return f"{kind.owner.words} {words}" if words.startswith("to ") else words

    @staticmethod
    def in_order(kinds: set[str]) -> list:
        """Kinds of duty as they are declared; then what is declared no more."""
        declared = [kind for kind in PROCEDURE.duties if kind.key in kinds]
        gone = sorted(kinds - {kind.key for kind in declared})
        return [*declared, *(PROCEDURE.duty(key) for key in gone)]

    def in_time(self) -> list[InTime]:
        """For each thing that fell due: how often it was done in time. The law's days first."""
        r, before = self.report, self.report.previous
        kinds = {k.removeprefix("due.") for each in (r, before) if each for k in each.events if k.startswith("due.")}
        rows = [self.row_in_time(r, kind, before) for kind in self.in_order(kinds)]
        return sorted(rows, key=lambda row: not row.law)

    def row_in_time(self, report: Report, kind, before: Report | None = None) -> InTime:
        """One of them."""
        due, in_time, late, not_done = (
            report.number(f"{k}.{kind.key}") for k in ("due", "in_time", "done_late", "not_done")
        )
        label = self.fill(self.duty_words(kind), capital=True)
        then = self.row_in_time(before, kind) if before else None
        return InTime(kind.key, label, kind.late_in_law, kind.provision, due, in_time, late, not_done, then)

    def all(self) -> list[Block]:
        """Every block that is not nil: the compact table's, then the others."""
        conduct = (self.in_hand(CONDUCT), self.iopc(CONDUCT), self.ended(CONDUCT), self.office_holders(CONDUCT))
        found = (
            self.in_hand(), self.received(), self.ended(), self.iopc(), *conduct, self.recording(), self.routes(), self.grounds(),
            self.outcomes(), self.published(), self.office_holders(), self.themes(), self.months(), self.decided_by(),
            *self.late(),
        )  # fmt: skip
        return [b for b in found if not b.nil]


def blocks(report: Report) -> list[Block]:
    """Every block of the report that is not nil."""
    return Blocks(report).all()


assert set(ROUTES) == set(PARTS["filtered.by_route"])  # noqa: S101 - a route without words would be in no line
