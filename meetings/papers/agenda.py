"""The agenda as it is published: whose meeting, when and where; the members; the items in order, under their headings."""

from datetime import datetime, time
from typing import Any

from docx.shared import Cm

from meetings.draft import days_words
from meetings.keys import ItemKind
from meetings.papers.word import MeetingFile
from meetings.rows import unconfirmed_before
from panel.law.meetings import resolution
from panel.law.period import day_words, long_date
from panel.law.times import paper_time

KINDS = {"substantive": "Substantive", "co_opted": "Co-opted", "independent": "Independent, co-opted"}


def agenda_file(look: Any) -> bytes:
    """The Word file, as it stands."""
    facts, meeting = look.facts, look.facts.meeting
    names = look.panel.names_on(meeting.on)
    issued = meeting.agenda_on
    foot = f"{names.name}, date of issue {day_words(issued)}" if issued else f"{names.name}, not issued yet"
    word = MeetingFile(
        "Agenda", f"{names.name}, {day_words(meeting.on)}", names.name, datetime.combine(issued or meeting.on, time(12)),
        foot=foot, right=day_words(meeting.on), page_numbers=facts.rules.page_numbers,
    )  # fmt: skip
    word.paper_head(names.name)
    word.title("Agenda" if meeting.kind == "panel" else f"Agenda: {meeting.get_kind_display().lower()}")
    word.rows("When and where", when_and_where(look, names))
    word.label("Membership")
    member_rows = [
        (f"{m.name} ({m.office})" if m.office else m.name, m.council.name if m.council else "", KINDS.get(m.kind, ""))
        for m in facts.members_then
    ]
    if member_rows:
        word.table(
            "Membership",
            ("Member", "Council", "Kind of member"),
            member_rows,
            (Cm(5.8), Cm(5.6), Cm(4.6)),
            captioned=False,
        )
    contact = facts.rules.contact_name
    word.plain(
        "The papers can be had in large print, in Braille, as a recording or in another form. Please ask "
        + (f"{contact}." if contact else "the council that issued this agenda.")
    )
    word.heading("Items", new_page=True)
    put_items(word, look)
    return word.saved()


def when_and_where(look: Any, names: Any) -> list[tuple[str, str]]:
    """Day and time, place, when it was issued and by whom."""
    facts, meeting = look.facts, look.facts.meeting
    rows = [("Day and time", f"{long_date(meeting.on)}, {facts.hour}"), ("Place", meeting.place)]
    if look.case.attend != "room":
        rows.append(("Attendance", look.case.get_attend_display()))
    if meeting.agenda_on:
        officer = facts.rules.proper_officer
        by = f", by the {officer}, {names.host_authority}" if officer else f", by {names.host_authority}"
        rows.append(("Issued", f"{long_date(meeting.agenda_on)}{by}"))
    return rows


def put_items(word: MeetingFile, look: Any) -> None:
    """A row for each item, and one for each heading that has items."""
    facts = look.facts
    headings = {
        "commissioner": f"Reports of the {look.panel.names_on(facts.meeting.on).police_area} Police and Crime Commissioner",
        "other": "Other reports",
    }
    rows: list[tuple[str, Any]] = []
    group = ""
    for row in facts.items:
        if row.group != group and row.group in headings:
            rows.append((headings[row.group], None))
        group = row.group
        rows.append(("", row))
    cells = [
        (str(row.item.number), f"**{title_of(facts, row)}**", row.pages) if row is not None else (heading, "", "")
        for heading, row in rows
    ]
    table = word.table("Items", ("Item", "Subject", "Pages"), cells, (Cm(1.4), Cm(12.1), Cm(2.5)), captioned=False)
    for made, (heading, row) in zip(table.rows[1:], rows, strict=True):
        if row is None:
            word.merged(made, heading)
            continue
        for words in lines_of(facts, row):
            word.more(made.cells[1], words)


def title_of(facts: Any, row: Any) -> str:
    """The subject; of a case that whoever makes the paper does not see, none."""
    return row.item.title if facts.sees_item(row) else "An item that you do not see"


def lines_of(facts: Any, row: Any) -> list[str]:
    """What stands below the subject."""
    if not facts.sees_item(row):
        return []
    found = []
    if row.kind == ItemKind.PARTICIPATION and facts.ask_until is not None:
        officer = facts.rules.proper_officer
        found.append(
            f"To take part, write to the {officer or 'council'}, or send an e-mail, by "
            f"{paper_time(facts.ask_until.at)} on {long_date(facts.ask_until.day)}. Say what you wish to raise and what you "
            "would like to say. The website explains how it works."
        )
    if row.kind == ItemKind.MINUTES and (days := [m.meeting.on for m in unconfirmed_before(facts.case)]):
        found.append(f"Of the meeting{'s' if len(days) > 1 else ''} of {days_words(days)}")
    found += [line for line in row.about.splitlines() if line.strip()]
    if row.exempt:
        found.append("The Panel hopes to consider this in public. If part of it must be private, this motion is moved:")
        found.append(f"“{resolution(facts.rules.country, row.exempt.split(','))}”")
    return found
