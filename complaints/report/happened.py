"""What happened, in plain sentences made from the figures: a first text, which people may change.

what_happened(report)         # paragraphs, an empty line between them; **bold** where a reader in a hurry would look
"""

from math import ceil

from complaints.report.paper_words import office
from complaints.report.totals import CONDUCT, Report, spread
from panel.law.number_words import at_start, spelled
from panel.law.period import day_words, listed, plural

NOT_RECORDED = {
    "criminal_proceedings": "because criminal proceedings dealt with the matter or were dealing with it",
    "not_a_complaint": "because there was nothing for the Panel to deal with",
    "withdrawn": "because {they} withdrawn first",
}
IOPC = "Independent Office for Police Conduct (IOPC)"


def was(number: int) -> str:
    """The verb for so many."""
    return "was" if number <= 1 else "were"


def what_happened(report: Report) -> str:
    """The paragraphs that stand there until somebody writes others."""
    if report.nil:
        return nil(report)
    found = [received(report), decided(report), referred(report), ended(report), took(report)]
    return "\n\n".join(paragraph for paragraph in found if paragraph)


def period_of(report: Report) -> str:
    """ "From 1 April 2025 to 31 March 2026"; while the period lasts, to the day of the record."""
    first, end = day_words(report.first), day_words(report.end)
    return f"On {first}" if first == end else f"From {first} to {end}"


def nil(report: Report) -> str:
    """A year without anything, as the published report says it."""
    return (
        f"{period_of(report)} **no complaints were recorded** about the conduct of the {office(report)} or the Deputy. "
        "**None was received and not recorded.**"
    )


def received(report: Report) -> str:
    """How many came, against the year before, and about whom."""
    n = report.number("received")
    many = f"**{spelled(n)} complaint{'' if n == 1 else 's'}**" if n else "**no complaints**"
    before = report.previous
    against = ""
    if before is not None and (n or before.number("received")):
        against = f", against {year_before(report, before)}"
    whom = f"the conduct of the {office(report)} {'and' if n else 'or'} the Deputy"
    return f"{period_of(report)} the Panel received {many} about {whom}{against}.{about(report)}{matters(report)}"


def matters(report: Report) -> str:
    """How many of them were about how many matters, where several were about one."""
    together, found = report.number("about_one_matter"), report.number("matters")
    return f" Among them: {plural(together, 'complaint')}, {plural(found, 'matter')}." if found else ""


def year_before(report: Report, before: Report) -> str:
    """ "five the year before"; of another period, and while a period lasts, which time is meant."""
    then = before.number("received")
    years = report.first.year - before.first.year
    ago = "a year before" if years == 1 else f"{spelled(years)} years before"
    same = "on the same day" if report.first == report.last else "in the same period"
    said = "the year before" if report.year else f"{same} {ago}"
    if then and report.end < report.last:
        said = f"in the whole of {said.removeprefix('in ')}"
    return f"{spelled(then) if then else 'none'} {said}"


def about(report: Report) -> str:
    """Whom they were about, each complaint once."""
    word = report.names["commissioner"]
    said = {
        "commissioner": f"about the {word}", "deputy": "about the Deputy", "both": "about both",
        "nobody": "about nobody in these offices",
    }  # fmt: skip
    parts = {k: n for k, n in report.parts("by_office_holder").items() if n}
    total = report.number("received")
    if not parts or total == 0:
        return ""
    if len(parts) == 1:
        only = next(iter(parts))
        return f" {'It was' if total == 1 else 'All were'} {said[only]}."
    first, *rest = parts.items()
    words = [f"{at_start(first[1])} {was(first[1])} {said[first[0]]}", *(f"{spelled(n)} {said[k]}" for k, n in rest)]
    return f" {listed(words)}."


def decided(report: Report) -> str:
    """What became of those received; what was decided of earlier ones, apart."""
    if not report.number("received"):
        return earlier(report).strip()
    n = {
        slug: report.number(f"received.{slug}")
        for slug in ("recorded", "not_recorded", "redirected", "withdrawn", "undecided")
    }
    lines = [f"**{at_start(n['recorded'])} {was(n['recorded'])} recorded.**"]
    if n["not_recorded"]:
        lines.append(
            f"{at_start(n['not_recorded'])} {was(n['not_recorded'])} not, {grounds(report, n['not_recorded'])}."
        )
    rest = []
    if n["redirected"]:
        rest.append(f"{{}} {was(n['redirected'])} for somebody else and sent on")
    if n["withdrawn"]:
        rest.append(f"{{}} {was(n['withdrawn'])} withdrawn before that was decided")
    if n["undecided"]:
        rest.append(f"{{}} {was(n['undecided'])} still to be decided")
    counts = [n[slug] for slug in ("redirected", "withdrawn", "undecided") if n[slug]]
    if rest:
        words = [
            r.format(at_start(c) if i == 0 else spelled(c)) for i, (r, c) in enumerate(zip(rest, counts, strict=True))
        ]
        lines.append(f"{listed_clauses(words)}.")
    return " ".join(lines) + earlier(report)


def listed_clauses(words: list[str]) -> str:
    """Clauses in a row, a comma before the last."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])}, and {words[-1]}"


def grounds(report: Report, most: int) -> str:
    """Why complaints were not recorded, where one reason covers them; else each with its number."""
    counted = {k: report.number(f"not_recorded.by_ground.{k}") for k in NOT_RECORDED}
    found = {k: n for k, n in counted.items() if n}
    received_ids = set(report.cases.get("received.not_recorded", ()))
    found = {k: len(received_ids & set(report.cases[f"not_recorded.by_ground.{k}"])) for k in found}
    found = {k: n for k, n in found.items() if n}
    if len(found) == 1:
        key = next(iter(found))
        return NOT_RECORDED[key].format(they=f"it {was(1)}" if most == 1 else "they were")
    if sum(found.values()) == most:
        return listed(
            [
                f"{spelled(n)} {NOT_RECORDED[k].format(they=f'it {was(1)}' if n == 1 else 'they were')}"
                for k, n in found.items()
            ]
        )
    return "for the reasons that regulation 9 has"


def earlier(report: Report) -> str:
    """Decisions of the period on complaints that were received before it."""
    before = set(report.cases.get("carried_in", ()))
    n = len(set(report.cases.get("recorded", ())) & before)
    return f" {at_start(n)} received earlier {was(n)} recorded as well." if n else ""


def referred(report: Report) -> str:
    """What the IOPC had, each complaint once; and conduct matters."""
    n = report.number("referred_to_iopc")
    carried = report.number("referred_to_iopc.carried_in")
    lines = []
    if n:
        lines.append(f"**{at_start(n)} {was(n)} referred to the {IOPC}.**")
    if carried:
        lines.append(f"The {'IOPC' if n else IOPC} had {spelled(carried)} from before.")
    parts = [
        f"{spelled(count)} {words(count)}"
        for key, words in (
            ("returned", lambda k: "came back"),
            ("retained", lambda k: f"{was(k)} kept by it to the end"),
            ("withdrawn", lambda k: f"{was(k)} withdrawn meanwhile"),
            ("other", lambda k: "ended there in another way"),
            ("pending", lambda k: f"{was(k)} still with it or a court at the end"),
        )
        if (count := report.number(f"referred_to_iopc.{key}"))
    ]  # fmt: skip
    if parts and (n or carried):
        lines.append(f"{(said := listed_clauses(parts))[:1].upper()}{said[1:]}.")
    if not lines:
        lines.append(
            f"No complaint was referred to the {IOPC}." if conduct(report) else f"None was referred to the {IOPC}."
        )
    return " ".join([*lines, conduct(report) or "No conduct matter was recorded."])


def conduct(report: Report) -> str:
    """Conduct matters, which are no complaints: all that became of them. Empty where there were none."""
    keys = (
        "received",
        "carried_in",
        "reopened",
        "referred_to_iopc",
        "referred_to_iopc.returned",
        "closed",
        "carried_out",
    )
    n, before, again, referred, returned, over, left = (report.number(f"{CONDUCT}{key}") for key in keys)
    if not (n or before or again or over or left):
        return ""
    said = [f"{at_start(n) if n else 'No'} conduct {'matters' if n > 1 else 'matter'} {was(n)} recorded."]
    said += [f"{at_start(count)} {words.format(was=was(count))}." for count, words in (
        (before, "{was} in hand from before"), (again, "{was} reopened"), (referred, "{was} referred to the IOPC"),
        (returned, "came back from the IOPC"), (over, "ended"),
    ) if count]  # fmt: skip
    return " ".join([*said, f"{at_start(left)} {was(left)} in hand at the end."])


def ended(report: Report) -> str:
    """How many ended and how, and how many are in hand."""
    n, left = report.ended, report.number("carried_out")
    lines = []
    if n:
        ways = [(sum(report.number(f"ended.{key}") for key in keys), words) for words, keys in ENDED]
        ways = [(count, words) for count, words in ways if count]
        said = [f"{spelled(count)} {words.format(was=was(count))}" for count, words in ways]
        if len(ways) == 1 and ways[0][0] == n:
            said = [all_of_them(n, ways[0][1])]
        lines.append(f"**{at_start(n)} complaint{'' if n == 1 else 's'} ended**{': ' + listed(said) if said else ''}.")
    else:
        lines.append("**No complaint ended.**")
    if again := report.number("reopened"):
        lines.append(f"{at_start(again)} {was(again)} reopened.")
    day = day_words(min(report.last, report.as_at))
    there = report.number("referred_to_iopc.pending")
    with_it = f", {spelled(there)} of them with the IOPC or a court" if 0 < there < left else ""
    with_it = ", with the IOPC or a court" if there and there == left else with_it
    lines.append(f"**{at_start(left)} {was(left)} in hand** on {day}{with_it}.")
    return " ".join(lines)


def all_of_them(n: int, words: str) -> str:
    """The one way in which all of them ended: "it was withdrawn", "both were withdrawn", "none was recorded"."""
    every, none = {1: ("it", ""), 2: ("both", "neither")}.get(n, ("all", "none"))
    return f"{none} was recorded" if words == NOT_PUT_ON_RECORD and none else f"{every} {words.format(was=was(n))}"


NOT_PUT_ON_RECORD = "{was} not recorded"
ENDED = (  # as the sentence has them: (words, keys of `ended`)
    ("{was} resolved informally", ("resolved",)),
    ("ended with an opinion or recommendations", ("recommendations", "opinion", "report")),
    ("could not be resolved", ("not_resolved",)),
    ("{was} ended by taking no action or in another way under regulation 15", ("no_action", "other_handling")),
    ("{was} kept by the IOPC to the end", ("iopc",)),
    ("ended in another way", ("other",)),
    ("{was} withdrawn", ("withdrawn",)),
    (NOT_PUT_ON_RECORD, ("not_recorded",)),
    ("{was} sent on", ("redirected",)),
)


def took(report: Report) -> str:
    """How long decisions and endings took, from receipt."""
    deciding, closing = spread(report.to_filter), ends(report)
    first = (
        f"Half of the {report.names['chairman']}’s decisions came within {days(deciding['median'])} of receipt"
        if len(report.to_filter) > 1
        else f"The {report.names['chairman']}’s one decision came {days(deciding['median'])} after receipt"
        if report.to_filter
        else ""
    )
    second = ""
    if len(closing) > 1:
        half = spread([d for d, _ in closing])["median"]
        second = f"half of the complaints that ended did so within {days(half)}"
    elif closing:
        second = f"the one that ended took {days(closing[0][0])}"
    said = ", and ".join(part for part in (first, second) if part)
    if not said:
        return ""
    longest, away = max(closing, default=(0, 0))
    more = ""
    if len(closing) > 1 and days(longest) != days(spread([d for d, _ in closing])["median"]):
        more = f" The longest took {days(longest)}{f', {spelled(away)} of them with the IOPC' if away else ''}."
    return f"{said[:1].upper()}{said[1:]}.{more}"


def ends(report: Report) -> list[tuple[int, int]]:
    """(days from receipt to the end, of them with the IOPC) of each ending; a frozen report may not say the latter."""
    measured = report.to_end
    return [(d, a) for d, a in measured] if measured else [(d, 0) for d in report.to_close]


def days(number: object) -> str:
    """ "59 days"; half of what lies within 57.5 days lies within 58."""
    return plural(ceil(float(str(number))), "day")
