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
from panel.models.panels import Council, Panel, PanelNames, PanelSettings
from panel.models.people import (
    Chairmanship,
    Complainant,
    InstallationAdministrator,
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
    "InstallationAdministrator",
    "Link",
    "Member",
    "Membership",
    "Move",
    "OfficeHolder",
    "Opening",
    "Panel",
    "PanelNames",
    "PanelSettings",
    "Part",
    "SignIn",
    "StatusWithoutStep",
    "Substitute",
    "User",
    "office_holder_slug",
]
