"""How a complaint is about a person: by whom it is, for whom somebody acts, and whom it is about."""

from complaints.models import Complaint, Subject
from panel.procedure.register import Concern

COMPLAINANTS = "About the complainant, not the person who asked"
ACTING = (
    "agent", "agent_organisation", "agent_email", "agent_phone", "agent_address", "agent_authority", "agent_authority_on",
)  # fmt: skip
FROM_THEM = {
    "complainant": COMPLAINANTS,
    "complainant_kind": COMPLAINANTS,
    **dict.fromkeys(ACTING, COMPLAINANTS),
    "through": COMPLAINANTS,
}


def kept_back(cases) -> dict[int, str]:
    """{case: what was decided} where a copy for the office holder is withheld or anonymised, or nothing is decided yet:
    nothing may go out by another way that shows who complained (para 6, reg 31)."""
    words = {
        Subject.Copy.WITHHELD: "The office holder’s copy is withheld (para 6, reg 31): disclose nothing by another way",
        Subject.Copy.ANONYMISED: "The office holder’s copy is anonymised (para 6, reg 31): nothing may show who complained",
        Subject.Copy.UNDECIDED: "It is not decided yet what the office holder is sent (para 6, reg 31)",
    }
    rows = Subject.every.filter(complaint__in=cases).order_by("pk").values_list("complaint", "copy")
    found: dict[int, str] = {}
    for case, copy in rows:  # of somebody who was named by mistake, too: the case is not theirs to read
        if copy in words and found.get(case) != words[Subject.Copy.WITHHELD]:
            found[case] = words[copy]
    return found


CONCERNS = (
    Concern("As complainant", Complaint, ("complainant",)),
    Concern(
        "As somebody who acts for a complainant", Complaint, ("agent", "agent_email", "agent_phone"),
        {"complainant": COMPLAINANTS, "complainant_kind": COMPLAINANTS, "words": COMPLAINANTS},
    ),
    Concern(
        "As office holder complained about", Subject, ("office_holder",),
        {**FROM_THEM, "words": "In the complainant’s own words: they may show who complained"}, kept_back,
    ),
)  # fmt: skip
