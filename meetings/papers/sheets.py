"""Item sheets for the Chairman: a page an item, with who presents it, what is asked, and the words to read out."""

from datetime import datetime, time
from typing import Any

from meetings.keys import ItemKind
from meetings.papers.agenda import lines_of, title_of
from meetings.papers.word import MeetingFile
from panel.law.meetings import resolution
from panel.law.period import day_words

ASKS = {
    ItemKind.WELCOME: "Welcome everybody; name new members and who attends from the Commissioner’s office.",
    ItemKind.SUBSTITUTES: "Name who sits for whom.",
    ItemKind.APOLOGIES: "Ask for apologies, and for interests: of which kind, in which item, and whether the member leaves.",
    ItemKind.PARTICIPATION: "Call whoever was accepted, in turn.",
    ItemKind.MINUTES: "Ask whether they are a correct record, then sign them.",
    ItemKind.WORK_PROGRAMME: "Ask what is to be added, moved or taken off.",
}


def sheets_file(look: Any) -> bytes:
    """The Word file."""
    facts, meeting = look.facts, look.facts.meeting
    names = look.panel.names_on(meeting.on)
    word = MeetingFile(
        "Item sheets for the Chairman", f"{names.name}, {day_words(meeting.on)}", names.name,
        datetime.combine(meeting.on, time(12)), foot=names.name, right=day_words(meeting.on),
    )  # fmt: skip
    for place, row in enumerate(facts.items):
        word.heading(f"Item {row.item.number}: {title_of(facts, row)}", new_page=place > 0)
        for line in lines_of(facts, row):
            if not line.startswith("“"):
                word.plain(line)
        if row.presenter:
            word.plain(f"**Presented by:** {row.presenter}")
        if row.pages:
            word.plain(f"**Pages:** {row.pages}")
        if row.urgent_why:
            word.plain(f"**Urgent, because:** {row.urgent_why}")
        word.label("What to do")
        word.plain(
            ASKS.get(row.kind, "Call on whoever presents it; take questions; put what is proposed to the Panel.")
        )
        interests = [one for one in facts.interests if one.item_id in (None, row.item_id)]
        if interests:
            word.label("Interests")
            for one in interests:
                word.paragraph(f"{one.member.name}: {'leaves' if one.withdrew else 'stays'}", "List Bullet")
        if row.exempt:
            word.label("To read out, if part of it must be private")
            word.paragraph(f"“{resolution(facts.rules.country, row.exempt.split(','))}”", "Motion")
        word.label("Notes")
        word.room(f"Room for notes on item {row.item.number}", 6)
        word.label("Resolved")
        word.room(f"Room for what is resolved on item {row.item.number}", 3)
    return word.saved()
