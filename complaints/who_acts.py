"""Who acts for a complainant, as pages show it to those who may know who complained (reg 2)."""

from complaints.models import Complaint
from panel.law.period import day_words

NOT_SHOWN = "It has not been shown yet that they may act"


def written_to_words(case: Complaint) -> str:
    """Whom to write to where somebody acts for the complainant: "Rachel Okafor, Larkford Law", or that it is not shown
    yet that they may act."""
    who = ", ".join(filter(None, (case.agent, case.agent_organisation)))
    name = case.complainant.name if case.complainant_id else "the complainant"
    return who if case.represented else f"{name}: {case.agent} has not shown yet that they may act"


def acting_words(case: Complaint) -> str:
    """Who acts for the complainant, how to reach them, and what shows that they may: a line each."""
    if not case.agent:
        return ""
    who = ", ".join(filter(None, (case.agent, case.agent_organisation)))
    shown = f"{case.agent_authority}, seen on {day_words(case.agent_authority_on)}" if case.represented else NOT_SHOWN
    return "\n".join(filter(None, (who, case.agent_email, case.agent_phone, case.agent_address, shown)))
