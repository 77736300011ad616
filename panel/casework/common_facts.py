"""What the shared steps and pages ask of a case, whatever its register."""

from datetime import date
from functools import cached_property

from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.casework.registered import ComesUp, come_up, notes_of
from panel.law.roles import CasePart
from panel.models import CaseRole, Duty, Member, Part
from panel.procedure.vocabulary import DutyKind


class CommonFacts:
    """What the shared steps and pages ask of a case, read once through a `CaseContext`. A register's facts add their own."""

    somebody_complained = False  # whether there is a complainant whom questions may offer
    advice = None  # an entry with the Monitoring Officer's advice, where the register has such a thing

    def __init__(self, look: CaseContext) -> None:
        self.look = look
        self.case = look.case

    @cached_property
    def members(self) -> list[Member]:
        """Everybody who is or was a member of the panel."""
        return list(self.look.panel.members.select_related("council", "user").order_by("name"))

    def members_on(self, day: date) -> list[Member]:
        """Members in office that day."""
        return [m for m in self.members if m.holds(day)]

    @cached_property
    def interested(self) -> set[int]:
        """Ids of the members who have withdrawn for an interest."""
        return self._tied(CasePart.INTERESTED)

    @cached_property
    def declared(self) -> set[int]:
        """Ids of the members who have declared an interest and stay."""
        return self._tied(CasePart.DECLARED)

    def withdrawn_by(self, day: date) -> set[int]:
        """Ids of the members who had withdrawn for an interest by that day."""
        return self._tied(CasePart.INTERESTED, day)

    def _tied(self, kind: CasePart, day: date | None = None) -> set[int]:
        roles = [r for r in self.look.case_roles if r.kind == kind and (day is None or r.from_entry.on <= day)]
        users = {r.user_id for r in roles if r.user_id}
        return {r.member_id for r in roles if r.member_id} | {m.pk for m in self.members if m.user_id in users}

    @cached_property
    def sub_panel(self) -> list[CaseRole]:
        """The case roles of the members who sit on its sub-panel now."""
        return [r for r in self.look.case_roles if r.kind == CasePart.SUB_PANEL]

    @property
    def interests_until(self) -> date:
        """The last day on which an interest that a member registered matters to it."""
        return self.look.today

    @cached_property
    def registered(self) -> list[ComesUp]:
        """The interests on the register that it comes up against, as far as the person may know."""
        return come_up(self.look)

    @cached_property
    def registered_notes(self) -> dict[int, str]:
        """{member: what stands beside their name}."""
        return notes_of(self.registered)

    def names_kept_out(self) -> list[str]:
        """The names that no title of a matter may hold: those of whom the case protects. A register says them."""
        return []

    def recipient_words(self, slug: str) -> str:
        """Whom to tell, in words. A register says it."""
        raise NotImplementedError

    def recipient_name(self, slug: str) -> str:
        """Who a recipient is, whoever is written to for them."""
        return self.recipient_words(slug)

    def told_words(self, duty: Duty) -> str:
        """To whom something went that was done, as it was written then."""
        return self.recipient_name(duty.recipient)

    def not_to_be_told(self, recipient: str) -> bool:
        """Whether that recipient may not be told of the case now."""
        return False

    def holds_clock(self, duty: Duty) -> bool:
        """Whether somebody stopped the duty's clock, who also lets it go on."""
        return False

    def stands_still(self, kind: DutyKind, part: Part | None) -> bool:
        """Whether a target opened now stands from the first, because somebody has suspended what it is about."""
        return False

    @cached_property
    def sees_complainant(self) -> bool:
        """Whether whoever looks may read the answers that name people."""
        return self.look.new or rules.sees_complainant(self.look.who, self.look.case_roles)
