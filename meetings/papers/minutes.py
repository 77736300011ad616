"""The minutes: begun from the agenda, draft, or confirmed."""

from datetime import datetime, time
from typing import Any

from docx.shared import Cm

from meetings.draft import draft_of
from meetings.papers.agenda import title_of
from meetings.papers.word import MeetingFile
from panel.law.period import day_words, listed, long_date

STATES = {
    "begun": ("Minutes begun from the agenda", "confirm or strike out words in brackets"),
    "draft": ("Draft minutes", "draft until the Panel has confirmed them"),
    "confirmed": ("Minutes", "confirmed"),
}


def minutes_file(look: Any) -> bytes:
    """The Word file, as they stand."""
    facts, meeting, case = look.facts, look.facts.meeting, look.case
    names = look.panel.names_on(meeting.on)
    confirmed = case.status == "minutes_confirmed"
    stage = "confirmed" if confirmed else "begun" if facts.unfinished_minutes else "draft"
    head, foot = STATES[stage]
    word = MeetingFile(
        head, f"{names.name}, {day_words(meeting.on)}", names.name, datetime.combine(meeting.on, time(12)),
        foot=f"{names.name}: {foot}", right=day_words(meeting.on), page_numbers=facts.rules.page_numbers,
    )  # fmt: skip
    word.count_minutes_from(facts.first_minute)
    word.paper_head(head)
    word.title(names.name)
    word.plain(f"**{long_date(meeting.on)}, {facts.hour}**, {meeting.place}")
    word.label("Present")
    word.plain(present_words(facts) or "[from the attendance]")
    word.label("Also attended")
    others = facts.minute.others if facts.minute else ""
    word.text(others or ("None." if facts.minute else "[names and posts]"))
    word.label("Papers")
    word.text(case.papers or "[The agenda papers, circulated before the meeting.]")
    for row in facts.items:
        word.paragraph(title_of(facts, row), "Minute")
        word.text((row.minute or draft_of(facts, row)) if facts.sees_item(row) else "[...]")
    if case.ended:
        word.plain(f"The meeting ended at {case.ended.rstrip('.')}.")
    word.signature(look.targets.chairman_word)
    if not facts.attended and meeting.kind == "panel" and not confirmed:
        attendance_sheet(word, facts)
    return word.saved()


def present_words(facts: Any) -> str:
    """Who sat, the Chairman of the meeting first, substitutes with the member for whom they sat."""
    seats = facts.attended
    chair = facts.minute.chair if facts.minute else ""
    said: list[tuple[int, str]] = []
    for place, member in enumerate(facts.members_then):
        seat = seats.get(member.pk)
        if seat is None or not (seat.substitute or seat.how in ("room", "online")):
            continue
        name = f"{seat.substitute} (for {member.name})" if seat.substitute else member.name
        who = seat.substitute or member.name
        if who == chair:
            name += (
                " (Chairman)" if member.office == "Chairman" and not seat.substitute else " (Chairman for the meeting)"
            )
            place = -1
        elif member.office and not seat.substitute:
            name += f" ({member.office})"
        if seat.how == "online" and not seat.substitute:
            name += " (online)"
        said.append((place, name))
    return listed([name for _, name in sorted(said)])


def attendance_sheet(word: MeetingFile, facts: Any) -> None:
    """A page for the day: a row for each member, to be ticked by hand."""
    word.heading("Attendance sheet", new_page=True)
    rows = [(f"{m.name} ({m.office})" if m.office else m.name, "", "", "") for m in facts.members_then]
    word.table(
        "Attendance", ("Member", "In the room", "Apologies", "Substitute"), rows, (Cm(6.5), Cm(2.6), Cm(2.4), Cm(4.5)),
        captioned=False,
    )  # fmt: skip
