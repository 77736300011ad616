"""What the columns of an old register are: suggested from their headings, and changed by whoever brings it in."""

import re
from collections.abc import Iterable

LEAVE_OUT, KEEP = "leave_out", "says"
# field: (what the menu says, words of a heading that suggest it, the most telling first). A heading that holds one of them is
# that field; of several columns of one field the first is taken, the others are kept as text.
FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "old_reference": ("Reference", (
        "reference number", "reference", "ref no", "case number", "case no", "complaint number", "complaint no", "file no",
        "case ref", "our ref", "ref", "case id", "id", "no", "number", "cyfeirnod", "rhif",
    )),
    "received_on": ("Day received", (
        "date received", "received on", "date of receipt", "received", "date complaint made", "date of complaint",
        "complaint date", "date logged", "date opened", "opened", "date submitted", "date in", "derbyniwyd", "date",
    )),
    "recorded_on": ("Day recorded", ("date recorded", "recorded on", "recording decision date", "recorded", "cofnodwyd")),
    "decided_on": ("Day decided on", (
        "date decided", "date of decision", "decision date", "decided on", "date considered", "considered on", "decided",
        "date of panel", "panel date", "date of meeting",
    )),
    "on": ("Day on which it ended", (
        "date closed", "closed on", "closure date", "date of closure", "date completed", "completed on", "date resolved",
        "date concluded", "date finalised", "end date", "date ended", "closed date", "completion date", "closed", "concluded",
        "completed", "caewyd",
    )),
    "name": ("Complainant’s name", (
        "complainant name", "name of complainant", "complainant", "complainants name", "full name", "name", "from",
        "customer", "achwynydd", "enw",
    )),
    "first_name": ("Complainant’s first name", ("first name", "forename", "given name")),
    "surname": ("Complainant’s surname", ("surname", "last name", "family name")),
    "email": ("Email address", ("email address", "email", "e mail")),
    "phone": ("Telephone", ("telephone number", "telephone", "phone", "tel", "mobile")),
    "address": ("Postal address", ("postal address", "home address", "address", "cyfeiriad")),
    "about": ("Whom it is about", (
        "subject of complaint", "complaint against", "complained about", "complaint about", "person complained of",
        "office holder", "against", "about", "pcc or dpcc", "pcc dpcc", "respondent", "subject",
    )),
    "title": ("Short title", ("short title", "title", "headline", "category of complaint")),
    "what": ("What it is about", (
        "summary of complaint", "nature of complaint", "details of complaint", "description of complaint",
        "complaint summary", "complaint details", "summary", "description", "nature", "details", "allegation", "allegations",
        "issue", "complaint", "crynodeb", "cwyn",
    )),
    "status": ("Status", ("current status", "status", "stage", "open closed", "statws")),
    "ended": ("How it ended", (
        "outcome of complaint", "final outcome", "outcome", "result", "how resolved", "resolution", "decision", "disposal",
        "finding", "action taken", "how it ended", "canlyniad",
    )),
    "grounds": ("Grounds of regulation 15(3)", ("grounds", "ground", "reg 15 ground", "regulation 15")),
    "theme": ("Theme", ("theme", "category", "type of complaint", "complaint type", "type")),
}  # fmt: skip
MENU = (
    *((key, words) for key, (words, _) in FIELDS.items()),
    (KEEP, "Something else: keep it as text"),
    (LEAVE_OUT, "Leave it out"),
)
DAYS = ("received_on", "recorded_on", "decided_on", "on")


def bare(heading: str) -> str:
    """A heading as headings are compared: small letters, digits and single blanks."""
    return " ".join(re.findall(r"[a-z0-9]+", heading.casefold().replace("’", "").replace("'", "")))


def strength(heading: str, field: str) -> int:
    """How strongly a heading suggests a field: whole words of it, the longer the stronger; all of it strongest."""
    words = bare(heading)
    best = 0
    for known in FIELDS[field][1]:
        if words == known:
            best = max(best, 1000 + len(known))
        elif len(known) > 3 and re.search(rf"\b{known}\b", words):
            best = max(best, len(known))
    return best


def means(heading: str) -> str:
    """The field that the heading suggests; "" for none."""
    found = max(FIELDS, key=lambda field: strength(heading, field))
    return found if strength(heading, found) else ""


def suggested(sheets: Iterable[list[str]]) -> dict[str, str]:
    """{heading: field} for the headings of each sheet: a field for the one of a sheet that suggests it most strongly; any other
    column is kept as text."""
    sheets = list(sheets)
    headings = list(dict.fromkeys(heading for heads in sheets for heading in heads))
    pairs = sorted(
        ((strength(h, f), -place, h, f) for place, h in enumerate(headings) for f in FIELDS if strength(h, f)),
        reverse=True,
    )
    found: dict[str, str] = {}
    for _, _, heading, field in pairs:
        beside = {found.get(other) for heads in sheets if heading in heads for other in heads}
        if heading not in found and field not in beside:
            found[heading] = field
    return {heading: found.get(heading, KEEP) for heading in headings}
