"""Every model of the panel app: panels, people, casework, meetings, post, journal."""

from panel.models.arrangements import Arrangement, PanelDuty
from panel.models.bundles import Bundle
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
from panel.models.holidays import BankHoliday
from panel.models.identity import Identity
from panel.models.incoming import IncomingFile, IncomingMessage
from panel.models.journal import Chain, Errand, Link, Opening, SignIn
from panel.models.meetings import (
    ExemptPart,
    Meeting,
    MeetingInterest,
    MeetingItem,
    MeetingMinute,
    Motion,
    MotionVote,
    Seat,
)
from panel.models.panels import Council, Panel, PanelNames, PanelSettings
from panel.models.people import (
    Chairmanship,
    Complainant,
    InstallationAdministrator,
    Member,
    Membership,
    OfficeHolder,
    PoolMember,
    Substitute,
    User,
)
from panel.models.post import Enclosure, Message, MessageAttempt, ReminderChoice, ResetRequest

__all__ = [
    "Bundle",
    "Arrangement",
    "BankHoliday",
    "Case",
    "CaseRole",
    "Chain",
    "Chairmanship",
    "Complainant",
    "Council",
    "Document",
    "Draft",
    "Duty",
    "Enclosure",
    "Entry",
    "Errand",
    "Identity",
    "IncomingFile",
    "IncomingMessage",
    "InstallationAdministrator",
    "ExemptPart",
    "Link",
    "Meeting",
    "MeetingInterest",
    "MeetingItem",
    "MeetingMinute",
    "Member",
    "Membership",
    "Message",
    "MessageAttempt",
    "Motion",
    "MotionVote",
    "Move",
    "OfficeHolder",
    "Opening",
    "Panel",
    "PanelDuty",
    "PanelNames",
    "PanelSettings",
    "PoolMember",
    "Part",
    "ReminderChoice",
    "ResetRequest",
    "Seat",
    "SignIn",
    "StatusWithoutStep",
    "Substitute",
    "User",
    "office_holder_slug",
]
