"""What the words mean by which old registers say how a complaint ended. A person can say otherwise of each."""

import re

from complaints.models import Allegation
from panel.law.folding import fold

OPEN = "open"
R, O = Allegation.Route, Allegation.Outcome  # noqa: E741 - one letter each keeps the table readable
# key: (what the menu says, the answers of `enter_from_register`)
MEANINGS: dict[str, tuple[str, dict[str, str]]] = {
    "closed": ("It was closed; how is not known", {"to": "closed"}),
    "settled": ("It was resolved informally: settled between them", {"to": "closed", "outcome": O.SETTLED.value}),
    "apology": (
        "It was resolved informally: the office holder apologised",
        {"to": "closed", "outcome": O.APOLOGY.value},
    ),
    "explained": ("It was resolved informally: explained", {"to": "closed", "outcome": O.EXPLAINED.value}),
    "already": ("It had been dealt with satisfactorily", {"to": "closed", "outcome": O.ALREADY.value}),
    "opinion": ("The sub-panel gave an opinion", {"to": "closed", "outcome": O.OPINION.value}),
    "recommendations": ("Recommendations were made", {"to": "closed", "outcome": O.RECOMMENDATIONS.value}),
    "not_resolved": ("It could not be resolved", {"to": "closed", "outcome": O.NOT_RESOLVED.value}),
    "no_action": ("No action was taken (regulation 15)", {"to": "closed", "route": R.NO_ACTION.value}),
    "other_handling": ("It was handled in another way (regulation 15)", {"to": "closed", "route": R.OTHER.value}),
    "withdrawn": ("It was withdrawn", {"to": "withdrawn"}),
    "not_recorded": ("It was not recorded", {"to": "not_recorded"}),
    "redirected": ("It was not for the Panel, and redirected", {"to": "redirected"}),
    "void": ("It is void: a mistake or a duplicate", {"to": "void"}),
    OPEN: ("It is still open: left out", {}),
}
# The first that fits is meant.
WORDS: tuple[tuple[str, str], ...] = (
    (r"\bwithdr[ae]w[n]?\b|\bretracted\b|\btynnwyd yn ol\b", "withdrawn"),
    (r"\bduplicat|\bvoid\b|\bin error\b|\bmistake\b", "void"),
    (r"\bnot record|\bnon record|\bunrecorded\b|\bdeclined? to record|\brefused to record|\bdid not record", "not_recorded"),
    (r"\bredirect|\boperational\b|\b(passed|referred|sent|forwarded|transferred) (on )?to (the )?"
     r"(force|chief constable|police|psd|professional|council|other|another|opcc|office of)"
     r"|\bnot (a matter )?for (the )?panel\b|\boutside (the )?(panel )?s? ?remit|\bout of (scope|remit|jurisdiction)"
     r"|\bnot within (the )?(panel )?s? ?remit|\bsignposted", "redirected"),
    (r"\bno (further )?action\b|\bnfa\b|\bdisappl|\bvexatious\b|\brepetitious\b|\bdim gweithredu\b", "no_action"),
    (r"\bnot resolved\b|\bunresolved\b|\bcould not be resolved\b", "not_resolved"),
    (r"\bapolog", "apology"),
    (r"\bexplain|\bexplanation", "explained"),
    (r"\balready (satisfactorily )?(dealt|resolved)", "already"),
    (r"\bopinion\b", "opinion"),
    (r"\brecommend", "recommendations"),
    (r"\binformal(ly)? resol|\blocal(ly)? resol|\bresolved\b|\bsettled\b|\bresolution (agreed|reached)|\bdatryswyd\b", "settled"),
    (r"\botherwise (handled|dealt)|\bhandled otherwise|\banother way\b", "other_handling"),
    (r"^(still )?(open|ongoing|on going|live|current|active|pending|in progress|awaiting.*|under .*|new|received|agored)$", OPEN),
    (r"\bclosed\b|\bcomplete[d]?\b|\bconcluded\b|\bfinali[sz]ed\b|\bended\b|\bcaewyd\b|\bclosure\b|^yes$|^c$", "closed"),
)  # fmt: skip


def bare(words: str) -> str:
    """Words as they are compared."""
    return " ".join(re.findall(r"[a-z0-9()]+", fold(words)))


def meaning(words: str) -> str:
    """What these words say of how it ended; "" where nothing is known of them."""
    said = bare(words)
    return next((key for pattern, key in WORDS if re.search(pattern, said)), "")


def grounds_in(words: str) -> list[str]:
    """The letters of regulation 15(3) that a cell names: "(b) and (f)", "15(3)(c)"."""
    letters = re.findall(r"\(([a-f])\)", words.casefold())
    if not letters and re.fullmatch(r"[a-f]([,; /&]+(and )?[a-f])*", words.casefold().strip()):
        letters = re.findall(r"\b[a-f]\b", words.casefold())
    return sorted(set(letters))


def ended_words(answers: dict) -> str:
    """How a row would be entered as ended, in words."""
    meant = {name: answers.get(name, "") for name in ("to", "route", "outcome")}
    found = next(
        (words for words, said in MEANINGS.values() if said and all(meant[n] == said.get(n, "") for n in meant)), ""
    )
    grounds = ", ".join(f"({letter})" for letter in answers.get("grounds") or ())
    return f"{found or MEANINGS['closed'][0]}{f', on {grounds}' if grounds else ''}"
