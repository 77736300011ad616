"""Every model of the panel app: panels, people, casework, journal."""

from panel.models.casework import (
    Case,
    CaseRole,
    Document,
    Draft,
    Duty,
    Entry,
    Move,
    Part,
    StatusWithoutStep,
    office_holder_slug,
)
from panel.models.journal import Chain, Link, Opening, SignIn
from panel.models.panels import Council, Panel, PanelSettings
from panel.models.people import (
    Chairmanship,
    Complainant,
    Member,
    Membership,
    OfficeHolder,
    Substitute,
    User,
)

__all__ = [
    "Case",
    "CaseRole",
    "Chain",
    "Chairmanship",
    "Complainant",
    "Council",
    "Document",
    "Draft",
    "Duty",
    "Entry",
    "Link",
    "Member",
    "Membership",
    "Move",
    "OfficeHolder",
    "Opening",
    "Panel",
    "PanelSettings",
    "Part",
    "SignIn",
    "StatusWithoutStep",
    "Substitute",
    "User",
    "office_holder_slug",
]
