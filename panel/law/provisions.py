"""Every provision the product cites: how it is cited, what it says in our own plain words, and where to read it.

>>> cite("para 7", "para 9", "para 10", "reg 15", "reg 27", "reg 28")
'paragraphs 7, 9 and 10, regulations 15, 27 and 28'
>>> PROVISIONS["reg 10"].link
'https://www.legislation.gov.uk/uksi/2012/62/regulation/10'

Keys are those of the law notes: "para 6" is of the panel's procedure, "reg 31" of SI 2012/62, "s 31(3)" and
"Sch 8 para 4(6)" of the 2011 Act. The words are ours and bind nobody; `source` says what was not read but remembered.
The wording itself is in `panel.law.provisions_table`; what a reading leaves open is in `docs/law.md`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from panel.law.provisions_table import FROM_MEMORY, WORDS

SITE: Final = "https://www.legislation.gov.uk"


@dataclass(frozen=True)
class Provision:
    """One provision: its key, its short form, what it says in plain words, its source, and a link for readers.

    `link` is never fetched, and is empty where there is no address we are sure of.
    """

    key: str
    short: str
    words: str
    source: str
    link: str = ""


@dataclass(frozen=True)
class Ground:
    """One ground of reg 15(3) for disapplying: its letter, its key in the table, a label and the test to be met."""

    key: str
    provision: str
    short: str
    test: str


@dataclass(frozen=True)
class _Family:
    """What keys with one beginning have in common: the noun, what stands before it or after it, the text, the link."""

    noun: str
    source: str
    link: str = ""
    before: str = ""
    after: str = ""

    def cited(self, numbers: list[str]) -> str:
        noun = self.noun if len(numbers) == 1 else f"{self.noun}s"
        joined = numbers[0] if len(numbers) == 1 else f"{', '.join(numbers[:-1])} and {numbers[-1]}"
        return f"{self.before}{noun} {joined}{self.after}"


_ACT: Final = "Police Reform and Social Responsibility Act 2011"
_ACT_LINK: Final = f"{SITE}/ukpga/2011/13"
_LGA: Final = "Local Government Act 1972"
_PRECEPTS: Final = "Police and Crime Panels (Precepts and Chief Constable Appointments) Regulations 2012, SI 2012/2271"


def _schedule(number: int) -> _Family:
    link = f"{_ACT_LINK}/schedule/{number}/paragraph/"
    return _Family("paragraph", f"{_ACT}, Schedule {number}", link, before=f"Schedule {number}, ")


# A link that ends in "/" takes the number without its sub-paragraphs.
_FAMILIES: Final[Mapping[str, _Family]] = MappingProxyType(
    {
        "para": _Family("paragraph", "West Mercia Police and Crime Panel, complaints procedure of December 2013"),
        "reg": _Family(
            "regulation",
            "Elected Local Policing Bodies (Complaints and Misconduct) Regulations 2012, SI 2012/62",
            f"{SITE}/uksi/2012/62/regulation/",
        ),
        "s": _Family("section", _ACT, f"{_ACT_LINK}/section/", after=" of the 2011 Act"),
        "Sch 1 para": _schedule(1),
        "Sch 6 para": _schedule(6),
        "Sch 7 para": _schedule(7),
        "Sch 8 para": _schedule(8),
        "2012/2271 reg": _Family(
            "regulation", _PRECEPTS, f"{SITE}/uksi/2012/2271/regulation/", after=" of SI 2012/2271"
        ),
        "2012/2271 Part": _Family("Part", _PRECEPTS, f"{SITE}/uksi/2012/2271", after=" of SI 2012/2271"),
        "LGA 1972 s": _Family("section", _LGA, f"{SITE}/ukpga/1972/70/section/", after=f" of the {_LGA}"),
        "LGA 1972 Sch 12A para": _Family(
            "paragraph",
            f"{_LGA}, Schedule 12A",
            f"{SITE}/ukpga/1972/70/schedule/12A",
            before=f"{_LGA}, Schedule 12A, ",
        ),
        "LGFA 1988 s": _Family(
            "section",
            "Local Government Finance Act 1988",
            f"{SITE}/ukpga/1988/41/section/",
            after=" of the Local Government Finance Act 1988",
        ),
        "SI 2020/392 Part": _Family("Part", "SI 2020/392, meetings during the pandemic", after=" of SI 2020/392"),
        "2012/2734 regs": _Family(
            "regulations",
            "Police and Crime Panels (Application of Local Authority Enactments) Regulations 2012, SI 2012/2734",
            f"{SITE}/uksi/2012/2734",
            after=" of SI 2012/2734",
        ),
        "UK GDPR art": _Family(
            "article",
            "UK GDPR, Regulation (EU) 2016/679 as retained",
            f"{SITE}/eur/2016/679/article/",
            after=" of the UK GDPR",
        ),
        "SI 2023/649 para": _Family("paragraph", "SI 2023/649", after=" of SI 2023/649"),
        "G": _Family("guidance on", "guidance, not law"),
    }
)


def _family(key: str) -> tuple[_Family, str]:
    beginning, _, number = key.rpartition(" ")
    return _FAMILIES[beginning], number


def _provision(key: str, words: str) -> Provision:
    family, number = _family(key)
    source = f"{family.source}; {FROM_MEMORY[key]}" if key in FROM_MEMORY else family.source
    link = family.link + number.partition("(")[0] if family.link.endswith("/") else family.link
    return Provision(key, family.cited([number]), words, source, link)


PROVISIONS: Final[Mapping[str, Provision]] = MappingProxyType(
    {key: _provision(key, said) for key, said in WORDS.items()}
)


def provision(key: str) -> Provision:
    """The provision with this key. Raises KeyError naming the key if the table has none."""
    try:
        return PROVISIONS[key]
    except KeyError:
        raise KeyError(f"No provision has the key {key!r}: add it to panel/law/provisions_table.py.") from None


def words(*keys: str) -> list[Provision]:
    """The provisions with these keys, in the order asked for. Raises KeyError naming a key the table does not have."""
    return [provision(key) for key in keys]


def cite(*keys: str, capital: bool = False) -> str:
    """The provisions as they are cited in a sentence, those of one kind together, in order of number, each once.

    Kinds stand in the order they were first named. With `capital` the first letter is one, to begin a sentence. No key
    gives no text. Raises KeyError naming a key the table does not have.
    """
    groups: dict[_Family, set[str]] = {}
    for found in words(*keys):
        family, number = _family(found.key)
        groups.setdefault(family, set()).add(number)
    text = ", ".join(family.cited(sorted(numbers, key=_order)) for family, numbers in groups.items())
    return text[:1].upper() + text[1:] if capital else text


def _order(number: str) -> list[tuple[int, str]]:
    """A sort key under which 9 comes before 10, and 15 before 15(3)(b)."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.findall(r"\d+|[A-Za-z]+", number)]


GROUNDS: Final = (
    Ground(
        "a",
        "reg 15(3)(a)",
        "All about conduct towards the office’s own staff",
        "The whole complaint is about conduct towards somebody who worked for the office holder as staff at the time. "
        "Say who, in what post and when.",
    ),
    Ground(
        "b",
        "reg 15(3)(b)",
        "More than 12 months before the complaint",
        "More than 12 months lie between the incident, or the latest of them, and the complaint; and either no good "
        "reason for the delay has been shown, or the delay is likely to cause injustice. Say which, and why.",
    ),
    Ground(
        "c",
        "reg 15(3)(c)",
        "Already the subject of a complaint",
        "The same matter is already before the Panel in another complaint. Say which one.",
    ),
    Ground(
        "d",
        "reg 15(3)(d)",
        "Anonymous",
        "The complaint gives neither the name and address of the complainant nor those of an interested person, and it "
        "is not reasonably practicable to find them out. Say what was tried.",
    ),
    Ground(
        "e",
        "reg 15(3)(e)",
        "Vexatious, oppressive or an abuse",
        "The complaint is vexatious, or oppressive, or in another way an abuse of the procedure. Say which of them, "
        "why, and on what history.",
    ),
    Ground(
        "f",
        "reg 15(3)(f)",
        "Repetitious",
        "An earlier complaint or conduct matter was substantially the same; there is no fresh allegation that matters; "
        "there is no fresh evidence that could not reasonably have been had then; and the earlier one has ended. "
        "All four must hold: name the earlier case and answer each.",
    ),
)


def ground(key: str) -> Ground:
    """The ground of reg 15(3) with this letter. Raises KeyError naming the letter if it is not one of "a" to "f"."""
    for found in GROUNDS:
        if found.key == key:
            return found
    raise KeyError(f"Regulation 15(3) has no ground {key!r}: the grounds are a to f.")
