"""What was reported to the Commissioner, candidate by candidate, and what became of a veto."""

from datetime import date
from typing import Any

from hearings.keys import StateKey
from hearings.models import Proposal

OWES_A_REPORT = (  # while a candidate stands there, the report on them is still to be given
    StateKey.NOTIFIED, StateKey.INFORMATION_AWAITED, StateKey.UNDER_REVIEW, StateKey.HEARING_ARRANGED, StateKey.HEARD,
    StateKey.VETOED, StateKey.RESERVE_NOTIFIED, StateKey.RESERVE_UNDER_REVIEW, StateKey.RESERVE_HEARD,
)  # fmt: skip


class ReportFacts:
    """What guards and pages ask of the reports. Of a job share each candidate may be reported on, and decided, on a day of
    their own."""

    look: Any
    proposals: list[Proposal]
    proposal: Proposal | None
    next_proposal: Proposal | None
    meeting: Any
    resolutions: list[Any]
    on: Any
    over: Any
    decided: Any

    @property
    def notified(self) -> bool:
        """Whether the Panel was notified at all."""
        return self.proposal is not None

    def reported(self, part) -> date | None:
        """The day on which the report on that candidate was sent, of the present notification; None while it was not."""
        if self.proposal is None or self.next_proposal is not None:
            return self.proposal.sent_on if self.proposal else None
        if any(p.reported_on for p in self.look.parts):
            return part.reported_on
        return self.proposal.sent_on  # sent before each candidate had a day of their own

    def published(self, part) -> date | None:
        """The day on which the report on that candidate was published, of the present notification."""
        if any(p.report_published_on for p in self.look.parts):
            return part.report_published_on
        return self.proposal.published_on if self.proposal else None

    @property
    def unreported(self) -> list:
        """The candidates on whom the Panel still owes a report."""
        if self.proposal is None or self.next_proposal is not None:
            return []
        return [p for p in self.look.parts if p.status in OWES_A_REPORT and self.reported(p) is None]

    @property
    def to_publish(self) -> list:
        """The candidates of the present notification whose report was sent and is not published."""
        if self.proposal is None:
            return []
        return [p for p in self.look.parts if self.reported(p) and not self.published(p)]

    @property
    def unpublished(self) -> list[Proposal]:
        """The notifications with a report that was sent and is not published."""
        earlier = [p for p in self.proposals[:-1] if p.sent_on and not p.published_on]
        return (
            [*earlier, *(self.proposals[-1:] if self.on(self.proposals[-1]).to_publish else [])]
            if self.proposals
            else []
        )

    def in_time(self, day) -> bool:
        """Whether a report given on that day is given within the three weeks; where their end is not known, it is."""
        return not self.over(day)

    def fell(self, part) -> bool:
        """Whether the veto of that candidate fell, because it was not reported within the three weeks (Sch 8 para 2(2)(b)
        and (3)). It is the report that must come in time, not the vote."""
        decision = self.decided(part)
        if decision is None or not decision.veto:
            return False
        day = self.reported(part)
        return not self.in_time(day) if day else part.status == StateKey.LAPSED

    @property
    def veto_fell(self) -> bool:
        """Whether the Panel vetoed, and every veto at the hearing of the present notification fell."""
        vetoed = [p for p in self.look.parts if (d := self.decided(p)) is not None and d.veto]
        return bool(vetoed) and all(map(self.fell, vetoed))

    @property
    def vetoed_name(self) -> str:
        """Whom the Panel vetoed, by name: after the reserve candidate took the place of the person, too."""
        return next((r.person for r in reversed(self.resolutions) if r.veto), "")

    def came(self, part) -> bool | None:
        """Whether that candidate appeared at the hearing; None where the record does not say."""
        if part.appeared is not None and self.next_proposal is None:
            return part.appeared
        return self.meeting.candidate_came if self.meeting else None
