"""Finds one person in a text by whole words, whatever their case, and flags everybody else. No Django.

mine = SearchTerms(["Gillian Thorpe", "gillian@example.org", "01234 567890"])
mine.spans("Mrs Gillian  Thorpe rang")          # [(4, 19)]
others = OtherPeople(mine, postcodes={"EX12AB"}); others.add("Owen Trask", OFFICIAL)
others.flags_in("Owen Trask, 01632 960123")     # [Flag(0, 10, OFFICIAL), Flag(12, 24, TELEPHONE)]

It flags names that the panel knows, and whatever looks like an address or a number. It cannot find everybody: a person
reads the text afterwards.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from panel.law.capitals import capitalised
from panel.law.folding import PHONE, TITLES, name_key, number_of

NAME, OFFICIAL = "name of another person", "name of another person, in their office or work"
EMAIL, TELEPHONE, POSTCODE = "e-mail address", "telephone number", "postcode"
TITLED = "a name: check whose it is"
ERASED = "(erased)"  # what is left of a name when its time is over: nobody's

_ANY_TITLE = "|".join(sorted(TITLES))
_TITLE = re.compile(rf"(?:(?:{_ANY_TITLE})\.?\s+)+", re.IGNORECASE)
_ENDS_IN_TITLE = re.compile(rf"(?<!\w)(?:{_ANY_TITLE})\.?[ \u00a0]+$", re.IGNORECASE)
_TITLED = re.compile(
    rf"(?<!\w)(?:{'|'.join(t.capitalize() for t in sorted(TITLES))}|PC|DC|PS|DS|Sgt|Sergeant|Inspector)\.?"
    r"(?:[ \u00a0]+[A-Z][\w’'-]*){1,3}"
)
_EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_POSTCODE = re.compile(r"(?<![\w-])[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}(?![\w-])", re.IGNORECASE)
# What stands after a name, and last words of a body that complains, or acts for somebody: nobody's surname
AFTER_A_NAME = "jr sr junior senior jp obe mbe cbe kc qc phd"
OF_BODIES = (
    "llp ltd limited plc cic solicitors lawyers advice association union council group trust society party centre service "
    "services committee forum police office team network foundation charity federation company residents"
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")  # a double name is two, as in the name of a file
_RUN = re.compile(r"[A-Za-z0-9]+")
_GAP = r"[\s().-]{0,3}"


def tidy(text: object) -> str:
    """One kind of accents, and no word of what was erased."""
    return unicodedata.normalize("NFC", str(text or "")).replace(ERASED, "")


def without_title(name: str) -> str:
    """The name without "Cllr" or "Mrs", where two words are left: "Mr Ashcombe" stays as it is."""
    rest = _TITLE.sub("", name, count=1) if _TITLE.match(name) else name
    return rest if len(rest.split()) > 1 else name


def surname(name: object) -> str:
    """The last name of a person, "Thorpe" of "Mrs Gillian Thorpe" and of "Thorpe, Gillian"; "" of a body, of an address
    of email, and where there is none."""
    whole, comma, rest = tidy(name).strip().partition(",")
    if comma and rest.strip().casefold() not in AFTER_A_NAME.split():
        words = whole.split()[-1:]
    else:
        words = [w for w in whole.split() if w.strip(".").casefold() not in (*AFTER_A_NAME.split(), *TITLES)]
    last = words[-1].strip(".") if words else ""
    if "@" in last or len(last) < 2 or not last[0].isalpha() or last.casefold() in OF_BODIES.split():
        return ""
    return last


def titled(before: str) -> bool:
    """Whether a text ends with a title, so that a name follows: "a letter of Mrs "."""
    return bool(_ENDS_IN_TITLE.search(before))


def plain(value: object) -> str:
    """A name, address or number as it is compared."""
    text = tidy(value).strip()
    return number_of(text) or name_key(text)


def same_person(one: str, other: str) -> bool:
    """Whether two names could be one person's: the first and the last of their words are the same, whatever the title,
    the capitals and the accents, and whatever stands between them. "Cllr Zoë K. Marsh" could be "zoe marsh"."""
    mine, theirs = (name_key(tidy(name)).split() for name in (one, other))
    return len(mine) > 1 and len(theirs) > 1 and (mine[0], mine[-1]) == (theirs[0], theirs[-1])


def words_of(text: str) -> list[tuple[int, int, str]]:
    """Every word with its place, in lower case, without accents and without the "’s" of what is somebody's."""
    found = []
    for m in _WORD.finditer(text):
        word = re.sub("['’]s$", "", m[0], flags=re.IGNORECASE)
        bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
        found.append((m.start(), m.start() + len(word), bare.replace("’", "'").casefold()))
    return found


class SearchTerms:
    """The names, addresses and numbers by which a search finds a person."""

    def __init__(self, given: Iterable[str]):
        self.given = list({plain(g): tidy(g).strip() for g in given if plain(g)}.values())
        self._plain = {plain(g) for g in self.given}
        self._patterns = [self._pattern(g) for g in self.given]

    def _pattern(self, term: str) -> re.Pattern[str]:
        if digits := number_of(term):
            begin = rf"(?<!\d)(?:(?:\+|00)44{_GAP}(?:0{_GAP})?|\(?0{_GAP})?"
            return re.compile(begin + _GAP.join(digits) + r"(?!\d)")
        if "@" in term:
            return re.compile(rf"(?<![\w.+-]){re.escape(term)}(?![\w-]|\.\w)", re.IGNORECASE)
        parts = [re.sub("['’]", "['’]", re.escape(word)) for word in without_title(term).split()]
        forms = [r"[\s_.-]+".join(parts)]
        if len(parts) > 1:
            forms.append(rf"{parts[-1]},\s*" + r"\s+".join(parts[:-1]))  # the surname first
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(forms)})(?![^\W_])" if parts else "(?!)", re.IGNORECASE)

    def is_one(self, value: object) -> bool:
        """Whether the whole value is one of the terms."""
        return plain(value) in self._plain

    def spans(self, text: str) -> list[tuple[int, int]]:
        """(start, end) of each term in a tidy text."""
        return [m.span() for pattern in self._patterns for m in pattern.finditer(text)]

    @property
    def anchors(self) -> list[tuple[str, str] | None]:
        """For each term a (lookup, value) that narrows a database query before `spans` decides: the longest run of plain
        letters, which every database finds in either case. None: the database cannot narrow by this term."""
        found: list[tuple[str, str] | None] = []
        for term in self.given:
            if digits := number_of(term):
                found.append(("regex", "[^0-9]{0,3}".join(digits)))
                continue
            run = max(_RUN.findall(without_title(term).partition("@")[0]), key=len, default="")
            found.append(("icontains", run) if len(run) > 1 else None)
        return found


@dataclass(frozen=True, order=True)
class Flag:
    """A part of a text that concerns somebody else, and why."""

    start: int
    end: int
    why: str


@dataclass
class OtherPeople:
    """Everybody except the person whom the terms `mine` describe: their names, and whatever looks like an address or a
    number."""

    mine: SearchTerms
    postcodes: set[str] = field(default_factory=set)  # the person's own, without spaces
    places: set[str] = field(default_factory=set)  # names of areas and bodies that the panel knows, in lower case
    _names: dict[tuple[str, ...], dict[tuple[str, ...], str]] = field(default_factory=dict)  # by their first two words

    def add(self, name: str, why: str = NAME) -> None:
        """Learn the name of another person; a name of the person's own is ignored."""
        name = without_title(tidy(name).strip())
        words = tuple(word for _, _, word in words_of(name))
        if not words or len("".join(words)) < 3 or self.mine.is_one(name):
            return
        self._know(words, why)
        if len(words) > 1:
            self._know((words[-1], *words[:-1]), why)  # "Trask, Owen"
            own = {word for term in self.mine.given for _, _, word in words_of(term)}
            if len(words[-1]) > 3 and words[-1] not in own:
                self._know(words[-1:], TITLED)  # "Trask rang"

    def _know(self, words: tuple[str, ...], why: str) -> None:
        known = self._names.setdefault(words[:2], {})
        if known.get(words, TITLED) == TITLED:
            known[words] = why

    def flags_in(self, text: str) -> list[Flag]:
        """Flags on the words that concern somebody else, in order; of two that overlap, the longer."""
        own = self.mine.spans(text)
        found = [Flag(m.start(), m.end(), EMAIL) for m in _EMAIL.finditer(text)]
        found += [Flag(m.start(), m.end(), TELEPHONE) for m in PHONE.finditer(text)]
        found += [
            Flag(m.start(), m.end(), POSTCODE)
            for m in _POSTCODE.finditer(text)
            if re.sub(r"\s", "", m[0]).upper() not in self.postcodes
        ]
        named = self._named(text)
        taken = [(m.start, m.end) for m in named] + own
        found += named
        for m in _TITLED.finditer(text):
            if not any(m.start() <= s < m.end() for s, _ in taken):
                found.append(Flag(m.start(), m.end(), TITLED))
        taken += [(m.start, m.end) for m in found]
        for start, end in capitalised(text):
            if text[start:end].casefold() not in self.places and not any(s < end and start < e for s, e in taken):
                found.append(Flag(start, end, TITLED))
        found = [m for m in found if not any(s <= m.start and m.end <= e for s, e in own)]
        kept: list[Flag] = []
        for flag in sorted(found, key=lambda m: (m.start, -m.end)):
            if not kept or flag.start >= kept[-1].end:
                kept.append(flag)
        return kept

    def _named(self, text: str) -> list[Flag]:
        every = words_of(text)
        long = [word for word in every if len(word[2]) > 1]  # "Owen J Trask"
        found = self._known_in(every, text)
        return found if len(long) == len(every) else found + self._known_in(long, text)

    def _known_in(self, words: list[tuple[int, int, str]], text: str) -> list[Flag]:
        found = []
        for at, (start, _, word) in enumerate(words):
            pair = (word, words[at + 1][2]) if at + 1 < len(words) else (word,)
            known = {**self._names.get((word,), {}), **self._names.get(pair, {})}
            for name, why in known.items():
                there = words[at : at + len(name)]
                if tuple(w for _, _, w in there) != name:
                    continue
                # "a Exshire" and "will" are seldom names
                if (len(name) == 1 or len(name[0]) == 1) and text[start].islower():
                    continue
                found.append(Flag(start, there[-1][1], why))
        return found


def pieces(text: str, flags: Iterable[Flag]) -> list[tuple[str, str]]:
    """The text cut into (words, why they concern somebody else, or "")."""
    found, at = [], 0
    for flag in flags:
        found += [(text[at : flag.start], ""), (text[flag.start : flag.end], flag.why)]
        at = flag.end
    return [piece for piece in [*found, (text[at:], "")] if piece[0]]
