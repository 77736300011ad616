"""The proposal: when the Panel was notified, the four things with their papers, the three weeks, the recruitment."""

from hearings.models import NotificationItem
from hearings.paper_models import paper_words
from hearings.report.words import REGULATIONS, counted, paragraphs, sentence
from panel.files.paper import heading, numbered, table
from panel.law.period import day_words, listed

WORDS = {
    NotificationItem.Kind.NAME: "Name of the candidate",
    NotificationItem.Kind.CRITERIA: "Criteria by which candidates were assessed",
    NotificationItem.Kind.REASONS: "Why the candidate satisfies them",
    NotificationItem.Kind.TERMS: "Terms and conditions",
}


def section(report) -> list:
    """The proposal."""
    p = report.proposal
    if p is None:
        return []
    found = [heading("The proposal"), *notified(report)]
    found += [numbered(words) for words in (late_papers(report), count_decided(report), election(report)) if words]
    told = report.text.recruitment if report.text else ""
    return [*found, *(numbered(line) for line in paragraphs(told))]


def notified(report) -> list:
    """When the Panel was notified and under what, and the four things."""
    p, facts = report.proposal, report.facts
    on = f" on {day_words(p.received_on)}" if p.received_on else ""
    if report.of_practice:
        under = ""
    elif facts.reserve:
        under = f", under Part 3 of the {REGULATIONS}"
    else:
        under = f", under {report.paragraph('notify')}"
    who = "the reserve candidate" if facts.reserve else "the proposed appointment"
    what = "What the Schedule asks for" if facts.reserve or report.of_practice else "What the paragraph asks for"
    said = f"The {report.pcc} notified the Panel of {who}{on}{under}."
    items = [facts.items.get(kind) for kind in NotificationItem.Kind]
    if facts.complete and not any(item.came_on or paper_words(item) for item in items):
        return [numbered(said, f"{what} was before the Panel: the {listed([in_a_sentence(kind) for kind in WORDS])}.")]
    before = f"{what} was before the Panel:" if facts.complete else f"{what}, and what of it came:"
    return [numbered(said, before), papers(report)]


def in_a_sentence(kind) -> str:
    """One of the four things within a sentence."""
    return "reasons why the candidate satisfies them" if kind == NotificationItem.Kind.REASONS else (
        WORDS[kind][0].lower() + WORDS[kind][1:]
    )  # fmt: skip


def papers(report) -> dict:
    """The four things: which paper, and when it was received."""
    items = report.facts.items
    found = [(kind, items.get(kind)) for kind in NotificationItem.Kind]
    named = any(item is not None and paper_words(item) for _, item in found)
    dated = any(item is not None and item.came_on for _, item in found)
    missing = any(item is None for _, item in found)
    heads, widths = [""], [6.2]
    rows = [[WORDS[kind]] for kind, _ in found]
    if named:
        heads, widths = [*heads, "Paper"], [*widths, 6.0]
        for row, (_, item) in zip(rows, found, strict=True):
            row.append((paper_words(item) or "With the notification") if item is not None else "")
    if dated or missing:
        heads, widths = [*heads, "Received"], [*widths, 3.8]
        for row, (_, item) in zip(rows, found, strict=True):
            row.append("Not received" if item is None else day_words(item.came_on) if item.came_on else "Received")
    widths[-1] += 16 - sum(widths)
    return table(f"What the {report.pcc} supplied, and when", heads, rows, widths)


def late_papers(report) -> str:
    """What came after the rest, by how many days."""
    items = [item for item in report.facts.items.values() if item.came_on]
    if len({item.came_on for item in items}) < 2:
        return ""
    first = min(item.came_on for item in items)
    days: dict = {}
    for kind in NotificationItem.Kind:
        item = report.facts.items.get(kind)
        if item is not None and item.came_on and item.came_on > first:
            days.setdefault(item.came_on, []).append(in_a_sentence(kind))
    said = [
        f"the {listed(things)} came {counted((day - first).days, 'day')} after the rest" for day, things in days.items()
    ]
    words = "; ".join(said)
    return f"{words[0].upper()}{words[1:]}."


def count_decided(report) -> str:
    """From which day the three weeks were counted, where that had to be decided."""
    p = report.proposal
    if not p.count_why or p.counted_from is None:
        return ""
    return f"The Panel counted its three weeks from {day_words(p.counted_from)}. {sentence(p.count_why)}"


def election(report) -> str:
    """The days of an ordinary election that did not count, where it fell into the three weeks."""
    p, count = report.proposal, report.facts.count
    if not p.poll_on or not p.accepted_on or count is None or not p.counted_from <= p.poll_on <= count.day:
        return ""
    return (
        f"The days from the poll on {day_words(p.poll_on)} until {day_words(p.accepted_on)}, when the person elected "
        "accepted office, do not count."
    )
