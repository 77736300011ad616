"""The minutes as they begin from the agenda: what is certain is said, what somebody has to confirm or strike out stands
in [brackets]. A bracket that is left stops the minutes from being confirmed.

    draft_of(facts, row)     # "Apologies: Cllrs Paul Watling and Rob Adams.\\n\\nInterests: none was declared."
"""

from typing import Any

from meetings.keys import ItemKind
from meetings.rows import unconfirmed_before
from panel.law.meetings import resolution
from panel.law.period import MONTHS, day_words, listed
from panel.law.times import paper_time


def short_names(names: list[str]) -> str:
    """Names in a sentence, councillors together: "Cllrs Aled Luckman and Tom Wells, and Ms B McDowall"."""
    councillors = [n.removeprefix("Cllr ") for n in names if n.startswith("Cllr ")]
    others = [n for n in names if not n.startswith("Cllr ")]
    if len(councillors) < 2:
        return listed(names)
    first = f"Cllrs {listed(councillors)}"
    return f"{first}, and {listed(others)}" if others else first


def days_words(days: list[Any]) -> str:
    """Days of one year in a sentence: "15 June and 11 July 2022"."""
    if not days:
        return ""
    if len({d.year for d in days}) > 1:
        return listed([day_words(d) for d in days])
    return f"{listed([f'{d.day} {MONTHS[d.month - 1]}' for d in days])} {days[0].year}"


def draft_of(facts: Any, row: Any) -> str:
    """What the minute of an item begins with."""
    maker = MAKERS.get(row.kind, of_an_item)
    return "\n\n".join(maker(facts, row))


def welcome(facts: Any, row: Any) -> list[str]:
    """Who welcomed everybody; members who are new since the meeting before."""
    new = [m.name for m in facts.members_then if facts.since and m.from_date > facts.since]
    found = [f"[{facts.minute.chair if facts.minute else 'The Chairman'} welcomed everybody.]"]
    if new:
        found.append(f"{'New members' if len(new) > 1 else 'A new member'} since the last meeting: {listed(new)}.")
    return found


def substitutes(facts: Any, row: Any) -> list[str]:
    """Who sat for whom."""
    if not facts.attended:
        return ["[From the attendance: ... for ...]"]
    sat = [s for s in facts.attended.values() if s.substitute]
    return [f"{s.substitute} substituted for {s.member.name} ({s.council})." for s in sat] or ["None."]


def apologies(facts: Any, row: Any) -> list[str]:
    """Apologies, and each interest with its item."""
    if not facts.attended:
        return ["[Apologies: ...]", "[Interests: ...]"]
    away = [s.member.name for s in facts.attended.values() if s.how == "apologies"]
    found = [f"Apologies: {short_names(away)}." if away else "There were no apologies."]
    found += [interest_words(one) for one in facts.interests]
    return found if facts.interests else [*found, "Interests: none was declared."]


def interest_words(one: Any) -> str:
    """ "Cllr Helen Jones declared an interest in item 8 (is a custody visitor) and withdrew for it." """
    what = f" in item {one.item.number}" if one.item and one.item.number else ""
    times = f" from {one.from_time} to {one.until_time}" if one.from_time and one.until_time else ""
    stayed = f"withdrew for it{times}" if one.withdrew else "stayed"
    nature = f" ({one.nature.rstrip('.')})" if one.nature else ""
    return f"{one.member.name} declared an interest{what}{nature} and {stayed}."


def participation(facts: Any, row: Any) -> list[str]:
    """Who asked to take part; that nobody did in time."""
    said = [line for request in facts.requests for line in request_lines(request)]
    if said:
        return said
    until = facts.ask_until
    if until is None:
        return ["[None.]"]
    return [f"[None was received by {paper_time(until.at)} on {day_words(until.day)}.]"]


def request_lines(request: Any) -> list[str]:
    """A question and its answer."""
    if request.accepted is False:
        return []
    if request.accepted is None:
        return [f"[{request.name} asked to speak about {request.about}: accept it or not.]"]
    return [f"{request.name} asked about {request.about}.", request.answer or "[What was asked, and the answer.]"]


def minutes(facts: Any, row: Any) -> list[str]:
    """The minutes of which meetings were agreed."""
    days = [m.meeting.on for m in unconfirmed_before(facts.case)]
    if not days:
        return ["There were none to confirm."]
    return [f"[**Resolved** that the minutes of {days_words(days)} are a correct record. Corrections: ...]"]


def chair(facts: Any, row: Any) -> list[str]:
    """Who was elected to take the chair."""
    name = facts.minute.chair if facts.minute else "..."
    return [f"[**Resolved** that {name} be Chairman for this meeting.]"]


def of_an_item(facts: Any, row: Any) -> list[str]:
    """What was considered; if the public was excluded, under which resolution; the rest is to be written."""
    found = []
    if row.presenter:
        found.append(f"{row.presenter} presented the report.")
    part = facts.exempt_parts.get(row.item_id)
    if part is not None and part.moved == "carried":
        words = resolution(facts.rules.country, part.paragraphs.split(","), part.public_interest)
        times = f" The public was excluded from {part.from_time} to {part.until_time}." if part.until_time else ""
        found.append(f"**Resolved** {words[:1].lower()}{words[1:]}{times}")
    elif part is not None:
        why = part.public_interest.strip().rstrip(".")
        found.append(f"A motion to exclude the public was lost{', because ' if why else ''}{why}. The item was open.")
    return [*found, "[Main points]", "[**Resolved** ...]"]


MAKERS = {
    ItemKind.WELCOME: welcome, ItemKind.SUBSTITUTES: substitutes, ItemKind.APOLOGIES: apologies,
    ItemKind.PARTICIPATION: participation, ItemKind.MINUTES: minutes, ItemKind.CHAIR: chair,
}  # fmt: skip
