"""The two tables of the paper, last year beside this one: what became of the complaints, and what was done in time.

Every block adds up to its bold line: in hand + received + reopened - ended = in hand. A line that is nil in both years is
left out, but for the legal ones, unless the panel's setting keeps it."""

from dataclasses import dataclass
from datetime import date

from complaints.keys import DutyKey
from complaints.procedure import PROCEDURE
from complaints.report.paper_words import day_and_month, period_name, settings_of
from complaints.report.totals import CONDUCT, Report
from panel.law.period import plural
from panel.models.settings_fields import period_words

TOTAL, PART = "total", "part"
ALWAYS = ("carried_in", "received", "received.recorded", "received.not_recorded", "closed", "carried_out")
NONE_DUE = "none due"
COUNTED_EACH = (
    "What is due for each allegation, or to each person, is counted each time, so that a line can come to more than the "
    "number of complaints."
)
LAW_DAY = "law"  # among the keys of a line whose day the law sets


@dataclass(frozen=True)
class Line:
    """A line of a table: what it says, what kind of line it is, and its cells."""

    label: str
    kind: str
    cells: tuple[str, ...]
    keys: tuple[str, ...] = ()  # the figures that it adds


def years(report: Report) -> list[Report]:
    """This period, and the one before where the register covers it."""
    before = report.previous
    return [report] if before is None else [report, before]


def heads(report: Report) -> tuple[str, ...]:
    """The head of the table: nothing above the labels, then each period."""
    return ("", *(period_name(r) for r in years(report)))


def blocks(first: date, end: date, *, both: bool) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """(words, kind, figures that add up to the line). The days are named where they are those of both years."""
    named = both and day_and_month(first) != day_and_month(end)
    begin = f"In hand on {day_and_month(first)}" if named else "In hand at the beginning"
    stop = f"In hand on {day_and_month(end)}" if named else "In hand at the end"
    matters = "Conduct matters"
    return (
        (begin, TOTAL, ("carried_in",)),
        ("Received", TOTAL, ("received",)),
        ("recorded", PART, ("received.recorded",)),
        ("not recorded", PART, ("received.not_recorded",)),
        ("redirected", PART, ("received.redirected",)),
        ("withdrawn before that was decided", PART, ("received.withdrawn",)),
        ("not decided yet", PART, ("received.undecided",)),
        ("of which about {matters}", PART, ("about_one_matter",)),
        ("Reopened", TOTAL, ("reopened",)),
        ("Ended", TOTAL, ("closed",)),
        ("resolved informally", PART, ("ended.resolved",)),
        ("opinion or recommendations", PART, ("ended.recommendations", "ended.opinion", "ended.report")),
        ("could not be resolved", PART, ("ended.not_resolved",)),
        ("no action, or handled in another way (regulation 15)", PART, ("ended.no_action", "ended.other_handling")),
        ("kept by the IOPC", PART, ("ended.iopc",)),
        ("in another way", PART, ("ended.other",)),
        ("withdrawn", PART, ("ended.withdrawn",)),
        ("not recorded or redirected", PART, ("ended.not_recorded", "ended.redirected")),
        (stop, TOTAL, ("carried_out",)),
        ("of which with the IOPC or a court", PART, ("referred_to_iopc.pending",)),
        # What else became of conduct matters is said in the words above the table.
        (f"{matters} recorded", TOTAL, (f"{CONDUCT}received",)),
        (f"{matters} ended", TOTAL, (f"{CONDUCT}closed",)),
        (f"{matters} {stop[:1].lower()}{stop[1:]}", TOTAL, (f"{CONDUCT}carried_out",)),
    )


def figures_table(report: Report) -> list[Line]:
    """What became of the complaints, each counted once in every block."""
    keep_nil = settings_of(report).nil_rows
    found = []
    both = report.last <= report.as_at
    for label, kind, keys in blocks(report.first, report.last, both=both):
        numbers = [sum(r.number(key) for key in keys) for r in years(report)]
        if any(numbers) or keep_nil or keys[0] in ALWAYS:
            label = label.format(matters=plural(report.number("matters"), "matter"))
            found.append(Line(label, kind, tuple(str(n) for n in numbers), keys))
    return found


@dataclass(frozen=True)
class Aim:
    """Something that has a day of its own: its words, with {limit}, and the duties that it is about."""

    words: str
    kinds: tuple[str, ...]
    setting: str = ""  # of the panel's own time


LAW = (Aim("Referred to the IOPC by the end of the next day (law)", (DutyKey.REFER_TO_IOPC,)),)
OWN = (
    Aim("Acknowledged within {limit}", ("acknowledge",), "acknowledge_days"),
    Aim("Decided whether to record within {limit}", ("decide_recording",), "record_days"),
    Aim(
        "Copies sent within {limit}",
        (DutyKey.DECIDE_COPIES, "copy_of_record", DutyKey.COPY_OF_COMPLAINT), "copies_days",
    ),
    Aim("{chairman}’s decision within {limit}", ("consider",), "consider_days"),
    Aim(
        "Decision carried out within {limit}",
        ("appoint_sub_panel", "begin_resolution", "take_to_panel", "carry_out"), "carry_out_days",
    ),
    Aim("People told of a decision within {limit}", ("tell_route", "tell_no_action", "copy_of_outcome"), "notice_days"),
    Aim("Concluded within {limit}", ("conclude",), "conclude_weeks"),
)  # fmt: skip


def in_time_table(report: Report) -> list[Line]:
    """What was done in time, of how many that fell due: the law's days first, then the Panel's own. Empty where nothing
    fell due in either year."""
    return [line for aim in all_aims(report) if (line := line_of(report, aim))]


def all_aims(report: Report) -> list[Aim]:
    """The law's days, those of them that have no words of their own, and the Panel's aims."""
    named = {str(kind) for aim in (*LAW, *OWN) for kind in aim.kinds}
    others = [
        Aim(f"{kind.label.replace('{to}', 'those entitled')} (law)", (kind.key,))
        for kind in PROCEDURE.duties
        if kind.late_in_law and kind.key not in named and kind.key != DutyKey.AWAIT_ANSWER
    ]
    return [*LAW, *others, *OWN]


def line_of(report: Report, aim: Aim) -> Line | None:
    """The line, or None where nothing fell due."""
    counts = [in_time(r, aim.kinds) for r in years(report)]
    if not any(due for _, due in counts):
        return None
    limit = ""
    if aim.setting:
        limit = period_words(settings_of(report), aim.setting) or "the time then set"
    words = aim.words.format(limit=limit, chairman=report.names["chairman"])
    cells = tuple(f"{done} of {due}" if due else NONE_DUE for done, due in counts)
    return Line(words[:1].upper() + words[1:], "", cells, (LAW_DAY,) if aim in LAW or not aim.setting else ())


def in_time(report: Report, kinds: tuple[str, ...]) -> tuple[int, int]:
    """(done in time, fell due) of these duties."""
    return sum(report.number(f"in_time.{k}") for k in kinds), sum(report.number(f"due.{k}") for k in kinds)


def in_time_words(report: Report) -> str:
    """What stands before the table: whose days these are. Empty where nothing fell due."""
    lines = in_time_table(report)
    if not lines:
        return ""
    more = f" {COUNTED_EACH}" if counted_more_than_once(report) else ""
    if not any(LAW_DAY in line.keys for line in lines):
        return f"These times are the Panel’s own aims.{more}"
    return (
        "The law sets one day of its own: a matter that may involve an offence goes to the IOPC by the end of the next "
        f"day. The other times are the Panel’s aims.{more}"
    )


def counted_more_than_once(report: Report) -> bool:
    """Whether something fell due more than once for one complaint: the line then comes to more than there are complaints."""
    kinds = {str(kind) for aim in all_aims(report) for kind in aim.kinds}
    found = (cases for r in years(report) for kind in kinds if (cases := r.behind(f"due.{kind}")))
    return any(len(set(cases)) < len(cases) for cases in found)
