"""Every model of the panel app: panels, people, casework, meetings, post, journal."""

from panel.models.arrangements import Arrangement, PanelDuty
from panel.models.bundles import Bundle
from panel.models.case_text import CaseText
from panel.models.casework import (
    Case,
    CaseRole,
    Document,
    Duty,
    Entry,
    Move,
    Part,
    StatusWithoutStep,
    office_holder_slug,
)
from panel.models.councils import Council
from panel.models.groups import CaseGroup, GroupMember, others_of_the_matter
from panel.models.holidays import BankHoliday
from panel.models.identity import Identity
from panel.models.incoming import IncomingFile, IncomingMessage
from panel.models.interests import PoliticalGroup, RegisteredInterest
from panel.models.journal import Chain, Errand, Link, Opening, SignIn
from panel.models.letters import ContactRestriction, Letter, LetterDraft, LetterText, MarkedWords
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
from panel.models.panel_names import PanelNames
from panel.models.panels import Panel, PanelSettings
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
from panel.models.typed import Draft, Submission

__all__ = [
    "Bundle",
    "Arrangement",
    "BankHoliday",
    "Case",
    "CaseGroup",
    "CaseRole",
    "CaseText",
    "Chain",
    "Chairmanship",
    "Complainant",
    "ContactRestriction",
    "Council",
    "Document",
    "Draft",
    "Duty",
    "Enclosure",
    "Entry",
    "Errand",
    "Identity",
    "GroupMember",
    "IncomingFile",
    "IncomingMessage",
    "InstallationAdministrator",
    "ExemptPart",
    "Letter",
    "LetterDraft",
    "LetterText",
    "Link",
    "MarkedWords",
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
    "PoliticalGroup",
    "PoolMember",
    "RegisteredInterest",
    "Part",
    "ReminderChoice",
    "ResetRequest",
    "Seat",
    "SignIn",
    "StatusWithoutStep",
    "Submission",
    "Substitute",
    "User",
    "office_holder_slug",
    "others_of_the_matter",
]
