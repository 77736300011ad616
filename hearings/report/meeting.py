"""The hearing: when and where, in public, who appeared, which interests were declared, and whether there was a quorum."""

from hearings.attendance import span_of_times
from hearings.models import Check
from hearings.procedure import checklist
from hearings.report import addressee
from hearings.report.words import counted, lower_first, number_words, paragraphs, sentence
from panel.files.paper import heading, numbered
from panel.law.period import day_words


def section(report) -> list:
    """The hearing."""
    record = report.record
    if record is None or not record.held:
        return [heading("The hearing"), numbered("No hearing has been held.")]
    said = [heading("The hearing"), numbered(*held(report, record)), *interests(report, record)]
    return [*said, *(numbered(words) for words in not_done(report))]


def not_done(report) -> list[str]:
    """What the law requires and somebody recorded as not done, with the reason; guidance that was not followed and what
    nobody has marked stay out."""
    words = {item.key: (item.words, item.provision) for item in checklist.items(report.look)}
    return [
        f"Not done: {lower_first(words[check.item][0])} ({words[check.item][1]}). {sentence(check.why)}"
        for check in report.facts.checks.values()
        if check.state == Check.State.NOT_DONE and check.item in words
    ]


def held(report, record) -> list[str]:
    """The meeting in sentences."""
    found = [when(report, record)]
    if record.in_public is not None:
        found.append("It was held in public." if record.in_public else "It was not held in public.")
    if record.agenda_on:
        urgent = f" It was urgent: {lower_first(sentence(record.urgent_why))}" if record.urgent_why else ""
        found.append(f"The agenda had been published on {day_words(record.agenda_on)}.{urgent}")
    count = report.facts.count
    if record.late_why and count is not None and record.on > count.day:
        found.append(f"It was held after the last day for the report. {sentence(record.late_why)}")
    if record.chair and record.chair != addressee.chairman_on(report, record.on):
        found.append(f"In the chair: {sentence(record.chair)}")
    found += appeared(report, record)
    if record.others:
        found.append(f"Also present: {lower_first(sentence(record.others))}")
    found.append("Members present and absent are listed at the end.")
    if not interests(report, record):
        found.append("No interest was declared.")
    return found


def when(report, record) -> str:
    """The day and place; whether the whole Panel sat, with how many were there where it had no quorum."""
    on = "" if report.facts.day_of_hearing_unknown else f" on {day_words(record.on)}"
    at = f"{on}{place_words(record.place)}"
    before = "".join(
        f" It had been adjourned on {day_words(sat.on)}{f': {lower_first(sat.why)}' if sat.why else ''}.".replace(
            "..", "."
        )
        for sat in record.adjourned
    )
    if record.quorate == "no":
        needed = f", and the quorum is {number_words(report.facts.quorum)}" if report.facts.quorum else ""
        room = counted(record.in_room, "member")
        were = "was" if record.in_room == 1 else "were"
        return f"The confirmation hearing was held{at}. There was no quorum: {room} {were} present{needed}.{before}"
    whole = "whole " if record.quorate == "yes" else ""
    return f"The {whole}Panel held the confirmation hearing{at}.{before}"


def place_words(place: str) -> str:
    """ " at County Hall"; of a meeting that had no place, " online"."""
    if place.casefold().startswith(("online", "by video", "remotely", "virtually")):
        return f" {place[:1].lower()}{place[1:]}"
    return f" at {place}" if place else ""


def appeared(report, record) -> list[str]:
    """Whether each candidate appeared, and how."""
    how = {True: "by video", False: "in person", None: ""}[record.remote]
    found = []
    for part, name in zip(report.parts, report.names, strict=False):
        who, came = report.called(part, name), report.facts.came(part)
        if came is not None:
            found.append(f"{who} appeared{f' {how}' if how else ''}." if came else f"{who} did not appear.")
    return found


def interests(report, record) -> list[dict]:
    """Each interest that was declared, and who withdrew for it."""
    said = []
    for one in record.interests:
        nature = f": {lower_first(one.nature).rstrip('.')}" if one.nature else ""
        if one.withdrew:
            sat = f"; {one.substitute} sat instead" if one.substitute else ""
            away = span_of_times(one.left, one.back)
            said.append(f"{one.name} declared an interest{nature}, and withdrew{away}{sat}.")
        else:
            said.append(f"{one.name} declared an interest{nature}, and stayed and took part.")
    return [
        *(numbered(line) for line in said),
        *(numbered(sentence(line)) for line in paragraphs(record.interests_said)),
    ]
