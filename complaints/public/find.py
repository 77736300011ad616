"""Finds the places in a text by which somebody could be known, and makes the text without them. A person confirms each.

places = find(look, "Peter Yarrow, of 9 Chandler Street, rang.")      # [Place(0, 12, "The complainant", "the complainant")]
made(text, places)                                                    # what is left once each was decided
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from complaints.procedure.protected_names import marks_of
from panel.law.capitals import capitalised
from panel.law.marks import Marks
from panel.law.names_in_text import EMAIL, POSTCODE, TELEPHONE, TITLED, OtherPeople, SearchTerms, tidy

LEAVE, KEEP = "leave", "keep"
STREETS = (
    "Street|Road|Lane|Avenue|Close|Drive|Way|Court|Crescent|Terrace|Place|Gardens|Hill|Row|Square|House|Farm|Cottage"
)
ADDRESS = re.compile(rf"(?<!\w)\d{{1,4}}[a-z]?\s+(?:[A-Z][\w’'-]+\s+){{1,3}}(?:{STREETS})\b(?:,\s+[A-Z][\w’'-]+)*")
KIN = (
    "wife|husband|partner|son|daughter|mother|father|brother|sister|neighbour|friend|grandson|granddaughter|grandmother|"
    "grandfather|niece|nephew|aunt|uncle|carer"
)
RELATIVE = re.compile(rf"\b(?:[Hh]is|[Hh]er|[Tt]heir)\s+(?:{KIN})\b(?:\s+[A-Z][\w’'-]+)*")
QUOTED = re.compile(r"[“\"]([^”\"]{8,300})[”\"]")
PAIR = re.compile(r"(?<![\w.])[A-Z][a-z’'-]{2,}(?:[ \u00a0]+[A-Z][a-z’'-]{2,})+")
NUMBER = re.compile(r"(?<![\w/-])(?=[A-Z0-9/-]*\d[A-Z0-9/-]*\d)[A-Z0-9]{2,}(?:[/-][A-Z0-9]+)*\d[A-Z0-9]*(?![\w-])")
NO_PEOPLE = {
    "police", "crime", "panel", "commissioner", "deputy", "county", "council", "hall", "chief", "constable", "office",
    "monitoring", "officer", "chairman", "vice", "sub", "regulation", "regulations", "january", "february", "march", "april",
    "may", "june", "july", "august", "september", "october", "november", "december", "independent", "conduct", "the",
    "public", "meeting", "committee", "room", "government", "act", "schedule", "paragraph", "london", "crown", "court",
}  # fmt: skip
SHOWN = {
    "The complainant": "the complainant",
    "A relative or friend": "a relative",
    "Acts for the complainant": "their representative",
}


@dataclass(frozen=True, order=True)
class Place:
    """A place of the text, and what was decided on it: "" not yet."""

    start: int
    end: int
    why: str
    shown: str = ""  # what stands instead where it is left out
    keep: str = ""


def find(look, text: str, more: Iterable[str] = ()) -> list[Place]:
    """Every place that could show who somebody is, in order, none within another; `more` are words that a person marked."""
    text, facts, case = tidy(text), look.facts, look.case
    found: list[Place] = []

    def add(spans, why):
        found.extend(Place(start, end, why, SHOWN.get(why, "")) for start, end in spans)

    add(Marks(more).spans(text), "Marked by hand")
    person = facts.complainant
    if person is not None:
        add(whole_names(text, [person.name]), "The complainant")
        add(whole_names(text, [case.agent]), "Acts for the complainant")
        add(marks_of(person, case).spans(text), "Could tell who complained")
    office = [s.office_holder for s in facts.subjects]
    public = SearchTerms([n for h in office for n in (h.name, h.short_name) if n]).spans(text)
    others = OtherPeople(SearchTerms([]))
    for member in facts.members:
        others.add(member.name)
    words = {EMAIL: "An email address", TELEPHONE: "A telephone number", POSTCODE: "A postcode"}
    guessed = set(capitalised(text))
    names = [f for f in others.flags_in(text) if f.why not in words]
    add([(f.start, f.end) for f in names if f.why != TITLED or (f.start, f.end) not in guessed], "A name")
    for why, said in words.items():
        add([(f.start, f.end) for f in others.flags_in(text) if f.why == why], said)
    add([m.span() for m in ADDRESS.finditer(text)], "An address")
    add([m.span() for m in RELATIVE.finditer(text)], "A relative or friend")
    add([m.span(1) for m in QUOTED.finditer(text)], "Somebody’s own words")
    add([m.span() for m in NUMBER.finditer(text)], "A number")
    house = {w.casefold() for w in re.findall(r"\w+", " ".join(case.panel.names))} | NO_PEOPLE
    pairs = sorted(guessed | {m.span() for m in PAIR.finditer(text)})
    pairs = [(s, e) for s, e in pairs if not {w.casefold() for w in re.findall(r"[^\W_]+", text[s:e])} & house]
    add(pairs, "Could be a name or a place")
    return apart([p for p in found if not any(s <= p.start and p.end <= e for s, e in public)])


def whole_names(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Where these names stand, whole or by their last word, with the title before it."""
    found = SearchTerms([n for n in names if n]).spans(text)
    for name in names:
        last = name.split()[-1] if len(name.split()) > 1 else ""
        if len(last) > 2:
            titled = rf"(?:\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Sir|Dame)\.?\s+)?\b{re.escape(last)}(?:’s|'s)?\b"
            found += [m.span() for m in re.finditer(titled, text)]
    return found


def apart(found: list[Place]) -> list[Place]:
    """The places in order; of those that overlap, the longest, with the reason that was found first."""
    kept: list[Place] = []
    for place in sorted(found, key=lambda p: (p.start, -(p.end - p.start))):
        if kept and place.start < kept[-1].end:
            if place.end > kept[-1].end:
                kept[-1] = replace(kept[-1], end=place.end)
            continue
        kept.append(place)
    return kept


def made(text: str, places: Iterable[Place]) -> str:
    """The text with what stands instead of each place that is left out; two spaces and a space before a full stop go."""
    out, at = [], 0
    for place in places:
        if place.keep != LEAVE:
            continue
        shown = place.shown.strip()
        if shown and (place.start == 0 or text[: place.start].rstrip(' “"').endswith((".", "\n", "!", "?"))):
            shown = shown[0].upper() + shown[1:]
        out += [text[at : place.start], shown]
        at = place.end
    whole = "".join([*out, text[at:]])
    whole = re.sub(r"[ \t]{2,}", " ", whole)
    whole = re.sub(r"[ \t]+([,.;:!?])", r"\1", whole)
    return re.sub(r",(?=[,.;])", "", re.sub(r", of(?=[,.])", "", whole))


def marked(text: str, places: Iterable[Place]) -> SafeString:
    """The text for the page, each mark with its number: bold on yellow, and underlined once it is kept, so that no sign is
    colour alone."""
    out, at = [], 0
    for number, place in enumerate(places, 1):
        shape = "<u>{}<sup>{}</sup></u>" if place.keep == KEEP else "<mark><b>{}<sup>{}</sup></b></mark>"
        out += [linebreaksbr(text[at : place.start], autoescape=True)]
        out += [format_html(shape, text[place.start : place.end], number)]
        at = place.end
    return format_html_join("", "{}", ((piece,) for piece in [*out, linebreaksbr(text[at:], autoescape=True)]))


def stored(places: Iterable[Place]) -> dict:
    """As they are kept."""
    return {"places": [asdict(place) for place in places]}


def read(kept: dict) -> list[Place]:
    """As they were kept."""
    return [Place(**row) for row in kept.get("places", ())]
