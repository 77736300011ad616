"""How a panel meets, by country and by day: notice, exempt information, and who is present. A leaf: no Django, no clock.

    notice("england", None).days              # 5, by law
    online_votes("wales", "", date(2021, 3, 1))   # True: SI 2020/392
    resolution("wales", ["12"], "")           # the words that are read out

What was read, and what was not, is in docs/law.md: how SI 2012/2734 applies the law of councils to a Welsh panel is not
asserted here, so there the panel's own dated settings decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from panel.law.period import listed

ENGLAND: Final = "england"
WALES: Final = "wales"
COUNTRIES: Final = ((ENGLAND, "England"), (WALES, "Wales"))
ENGLISH_NOTICE_DAYS: Final = 5  # LGA 1972 s 100B
AGENDA: Final = ("LGA 1972 s 100B", "LGA 1972 s 100B(4)(b)")  # notice of a meeting in England, and urgency
WELSH_AGENDA: Final = ("2012/2734 regs 3-6",)
REMOTE_MEETINGS: Final = (date(2020, 4, 4), date(2021, 5, 6))  # SI 2020/392, in both countries
PARAGRAPHS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        ENGLAND: MappingProxyType(
            {
                "1": "Information about an individual",
                "2": "Information likely to reveal who an individual is",
                "3": "Information about the financial or business affairs of a particular person",
                "4": "Information about consultations or negotiations on labour relations",
                "5": "Information for which legal professional privilege could be claimed",
                "6": "Information that reveals a notice, an order or a direction that is to be given",
                "7": "Information about action to prevent, investigate or prosecute crime",
            }
        ),
        WALES: MappingProxyType(
            {
                "12": "Information about a particular individual",
                "13": "Information likely to reveal who an individual is",
                "14": "Information about the financial or business affairs of a particular person",
                "15": "Information about consultations or negotiations on labour relations",
                "16": "Information for which legal professional privilege could be claimed",
                "17": "Information that reveals a notice, an order or a direction that is to be given",
                "18": "Information about action taken or to be taken to prevent, investigate or prosecute crime",
            }
        ),
    }
)
PARTS: Final[Mapping[str, str]] = MappingProxyType({ENGLAND: "Part 1", WALES: "Part 4"})  # of Schedule 12A


@dataclass(frozen=True)
class Notice:
    """How many clear days before a meeting its agenda is open, None where nothing is known, and whether the law says so."""

    days: int | None
    by_law: bool


def notice(country: str, own: int | None) -> Notice:
    """The notice of a meeting: in England five clear days by law; in Wales what the panel has set, if anything."""
    if country == ENGLAND:
        return Notice(ENGLISH_NOTICE_DAYS, True)
    return Notice(own, False)


def online_votes(country: str, own: str, on: date) -> bool:
    """Whether a member who takes part online is present and votes that day: in both countries under SI 2020/392, else in
    Wales as the panel has set, and nowhere where it has not."""
    if REMOTE_MEETINGS[0] <= on <= REMOTE_MEETINGS[1]:
        return True
    return country == WALES and own == "yes"


def refused_settings(country: str, days: int | None, online: str) -> dict[str, tuple[str, str]]:
    """{setting: (why it cannot be set so, provision)} of the settings on which the law of that country leaves no choice."""
    found = {}
    if country == ENGLAND and days not in (None, ENGLISH_NOTICE_DAYS):
        found["clear_days"] = ("In England an agenda is open five clear days before the meeting", "LGA 1972 s 100B")
    if country == ENGLAND and online == "yes":
        found["online_votes"] = (
            "In England a member who is online is not present, but for 4 April 2020 to 6 May 2021", "SI 2020/392 Part 4"
        )  # fmt: skip
    return found


def two_thirds(members: int) -> int:
    """The votes that a veto needs: two thirds of all members in office that day, rounded up (Sch 8 para 5)."""
    return -(-2 * members // 3)


def paragraphs_in_words(country: str, numbers: list[str]) -> str:
    """ "paragraphs 1 and 3 of Part 1 of Schedule 12A"."""
    noun = "paragraph" if len(numbers) == 1 else "paragraphs"
    return f"{noun} {listed(numbers)} of {PARTS[country]} of Schedule 12A"


def resolution(country: str, numbers: list[str], interest: str = "") -> str:
    """The resolution by which the public is excluded, with the public interest, in words that can be read out."""
    why = interest.strip().rstrip(".")
    reason = f", because {why[:1].lower()}{why[1:]}" if why else ""
    return (
        "That, under section 100A(4) of the Local Government Act 1972, the public be excluded from the meeting for this "
        "item of business, because it is likely that exempt information as defined in "
        f"{paragraphs_in_words(country, numbers)} to that Act would otherwise be disclosed, and that in all the "
        "circumstances of the case the public interest in maintaining the exemption outweighs the public interest in "
        f"disclosing the information{reason}."
    )
