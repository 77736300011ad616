"""Who takes part, how a document is classified and where a duty comes from: slugs and their words, nothing else."""

from enum import StrEnum

from panel.law.spoken import say


class Role(StrEnum):
    """A part that a person or a body plays. The first seven are given by a membership, the others by a case."""

    OFFICER = "officer"
    MONITORING_OFFICER = "monitoring_officer"
    CHAIRMAN = "chairman"
    VICE_CHAIRMAN = "vice_chairman"
    MEMBER = "member"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SUB_PANEL = "sub_panel"  # the members appointed to one case
    PANEL = "panel"  # the whole Panel, which decides by resolution
    COMMISSIONERS_OFFICE = "commissioners_office"  # the Commissioner's chief executive, by delegation (reg 7)
    # Those outside the Panel for whom the Panel waits: they own duties, never sign in.
    COMPLAINANT = "complainant"
    OFFICE_HOLDER = "office_holder"
    IOPC = "iopc"

    @property
    def words(self) -> str:
        """The role as it is written on pages, in lower case where English has it so."""
        return say(ROLE_WORDS[self])

    @property
    def sees(self) -> str:
        """What somebody in this role finds after signing in, in a few words."""
        return say(ROLE_SEES[self])


ROLE_WORDS = {
    Role.OFFICER: "scrutiny officer",
    Role.MONITORING_OFFICER: "Monitoring Officer",
    Role.CHAIRMAN: "Chairman",
    Role.VICE_CHAIRMAN: "Vice-Chairman",
    Role.MEMBER: "panel member",
    Role.AUDITOR: "auditor",
    Role.ADMINISTRATOR: "administrator",
    Role.SUB_PANEL: "sub-panel",
    Role.PANEL: "full Panel",
    Role.COMMISSIONERS_OFFICE: "Commissioner’s chief executive",
    Role.COMPLAINANT: "complainant",
    Role.OFFICE_HOLDER: "office holder",
    Role.IOPC: "IOPC",
}

ROLE_SEES = {
    Role.OFFICER: "All the work",
    Role.MONITORING_OFFICER: "Advice, IOPC, corrections",
    Role.CHAIRMAN: "Decisions waiting",
    Role.VICE_CHAIRMAN: "Decides when the Chairman cannot",
    Role.MEMBER: "Cases tabled before the full Panel",
    Role.SUB_PANEL: "The cases they are appointed to",
    Role.AUDITOR: "Everything, changes nothing",
    Role.ADMINISTRATOR: "People and settings, no cases",
    Role.COMMISSIONERS_OFFICE: "What it received for the Panel, until it is passed on",
}

# What a membership may carry; the other roles come with a case or stand outside.
GRANTED = (
    Role.OFFICER,
    Role.MONITORING_OFFICER,
    Role.CHAIRMAN,
    Role.VICE_CHAIRMAN,
    Role.MEMBER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
DELEGATED = (Role.COMMISSIONERS_OFFICE,)  # outside the Panel, for whom it acts on what it has received (reg 7)
OUTSIDE = (Role.COMPLAINANT, Role.OFFICE_HOLDER, Role.IOPC)


class CasePart(StrEnum):
    """What ties one person to one case (`CaseRole.kind`)."""

    SUB_PANEL = "sub_panel"
    INTERESTED = "interested"  # and withdrew: old rows mean that, too
    DECLARED = "declared"  # declared an interest, and stays
    NAMED = "named"
    DELEGATE = "delegate"  # has it at a first stage

    @property
    def words(self) -> str:
        """As written on pages."""
        return say(
            {
                "sub_panel": "sub-panel member",
                "interested": "declared an interest and withdrew",
                "declared": "declared an interest and stays",
                "named": "named on a restricted case",
                "delegate": "has it at a first stage",
            }[self.value]
        )


class Consulted(StrEnum):
    """Who is asked before somebody else decides, where a panel has it so."""

    CHAIRMAN = "chairman"
    VICE_CHAIRMAN = "vice_chairman"
    INDEPENDENT = "independent"
    MONITORING_OFFICER = "monitoring_officer"

    @property
    def words(self) -> str:
        """As written on pages, after "the" but for a member."""
        return say(
            {
                "chairman": "Chairman",
                "vice_chairman": "Vice-Chairman",
                "independent": "an independent member",
                "monitoring_officer": "Monitoring Officer",
            }[self.value]
        )

    @property
    def named(self) -> str:
        """As it stands in a sentence: "the Chairman", "an independent member"."""
        return self.words if self is Consulted.INDEPENDENT else f"the {self.words}"


DECLARATIONS = (CasePart.INTERESTED, CasePart.DECLARED)


class Classification(StrEnum):
    """How a document is classified (LGA 1972 Part VA and Schedule 12A)."""

    OPEN = "open"
    RESTRICTED = "restricted"
    EXEMPT_1 = "exempt_1"
    EXEMPT_2 = "exempt_2"

    @property
    def words(self) -> str:
        """As written on pages, with the paragraph of Schedule 12A where there is one."""
        return {
            "open": "Open",
            "restricted": "Restricted",
            "exempt_1": "Exempt, Schedule 12A paragraph 1",
            "exempt_2": "Exempt, Schedule 12A paragraph 2",
        }[self.value]


class Basis(StrEnum):
    """Where a duty comes from: the Act or the Regulations; a reading, for which nobody found a provision that orders it,
    kept so that nobody is left untold; the Panel's own target; good practice."""

    LAW = "law"
    READING = "reading"
    TARGET = "target"
    GUIDANCE = "guidance"

    @property
    def words(self) -> str:
        """The badge's one word."""
        return "Practice" if self is Basis.READING else self.value.capitalize()


class DayBasis(StrEnum):
    """Whose the day of a duty is, apart from whose the duty is (docs/law.md, "Whose is the day")."""

    LAW = "law"
    PANEL = "panel"  # the Panel sets it under section 29(3), and it binds
    DIRECTED = "directed"  # a body whose word binds has set it
    GUIDANCE = "guidance"
    LOCAL = "local"
    NONE = "none"

    @property
    def binding(self) -> bool:
        """Whether what passes this day is late in law."""
        return self in (DayBasis.LAW, DayBasis.PANEL, DayBasis.DIRECTED)

    @property
    def words(self) -> str:
        """Whose the day is, as it stands after "the day is"."""
        return DAY_WORDS[self]


DAY_WORDS = {
    DayBasis.LAW: "the law’s",
    DayBasis.PANEL: "set by the Panel under section 29(3), and binding",
    DayBasis.DIRECTED: "as directed, and binding",
    DayBasis.GUIDANCE: "guidance",
    DayBasis.LOCAL: "the Panel’s own",
    DayBasis.NONE: "none",
}


class Wait(StrEnum):
    """What a sleeping duty waits for."""

    IOPC = "iopc"
    SUSPENSION = "suspension"
    INFORMATION = "information"
    COMMENTS = "comments"
    NOTICES = "notices"
    NOT_TOLD = "not_told"
    STEP = "step"

    @property
    def words(self) -> str:
        """As it stands after "Waits for"."""
        return WAIT_WORDS[self]


WAIT_WORDS = {
    Wait.IOPC: "the IOPC, a prosecutor or a court",
    Wait.SUSPENSION: "the end of the IOPC’s suspension",
    Wait.INFORMATION: "the information that was asked for",
    Wait.COMMENTS: "both sides’ chance to comment",
    Wait.NOTICES: "everybody to be told",
    Wait.NOT_TOLD: "the day on which the office holder may be told",
    Wait.STEP: "another step",
}
