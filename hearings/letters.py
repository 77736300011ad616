"""What the texts of letters ask of a hearing. Names are those of the templates; see templates/letters/README.md."""

from datetime import date
from functools import cached_property
from typing import Any

from hearings.models import Hearing
from hearings.procedure.schedule8 import PROCEDURE as SCHEDULE_8
from hearings.report.words import PARAGRAPHS, post_of
from panel.files.paper import Paper, said_in
from panel.law.meetings import two_thirds
from panel.law.period import listed
from panel.letters.fields import LetterFields

ENDED = {
    "lapse": "The time in which the Panel could report is over.",
    "candidate_withdraws": "The candidate withdrew.",
    "withdraw_proposal": "The proposal was withdrawn.",
    "withdraw_reserve": "The proposal of the reserve candidate was withdrawn.",
    "note_appointment_without_notification": "The post was filled, and the Panel was not notified first.",
    "note_early_appointment": "The post was filled before the Panel had reported.",
    "send_report": "The Panel’s report was sent after the three weeks, and its veto has fallen.",
}
ARRANGES = ("arrange_hearing", "arrange_reserve_hearing", "publish_agenda", "send_report", "report_reserve")
DECIDED = ("pcc_accepts", "pcc_rejects")


class HearingLetterFields(LetterFields):
    """The fields of one letter about a hearing."""

    TYPED = frozenset({"earlier_on", "learnt_on"})
    TICKS = frozenset({"remote", "questions_by", "exempt", "webcast", "flag"})

    # To whom

    @cached_property
    def person(self) -> Any:
        """The candidate to whom it goes, or None."""
        kind, _, number = self.about.recipient.partition(":")
        return next((p for p in self.look.parts if kind == "candidate" and str(p.number) == number), None)

    @property
    def addressee(self) -> str:
        """The candidate, the Commissioner with the office, the members, the public."""
        if self.person is not None:
            return str(self.person.name)
        if self.about.recipient == "commissioner":
            area = self.of_panel.names_on(self.look.today).police_area
            office = (
                f"Police and Crime {self.commissioner}" if self.commissioner == "Commissioner" else self.commissioner
            )
            return f"The {office} for {area}" if area else f"The {office}"
        return self.about.to_words

    @property
    def salutation(self) -> str:
        """The candidate by name; offices by none."""
        return str(self.person.name) if self.person is not None else ""

    # The proposal

    @property
    def post(self) -> str:
        """The post."""
        return post_of(self.case)

    @property
    def candidate(self) -> str:
        """Who is proposed: the addressee where it goes to one of several."""
        if self.person is not None:
            return str(self.person.name)
        moved = {m.part_id for m in self.entry.moves.all()} or {p.pk for p in self.look.parts}
        return listed([p.name for p in self.look.parts if p.pk in moved])

    @property
    def schedule(self) -> str:
        """The Schedule."""
        return f"Schedule {self.facts.law.schedule}"

    @property
    def p_hearing(self) -> str:
        """Its paragraph on the hearing."""
        return PARAGRAPHS[self.facts.law.schedule]["hearing"]

    @property
    def chief_constable(self) -> bool:
        """Whether it is about a Chief Constable."""
        return self.case.procedure == SCHEDULE_8.key and self.case.post == Hearing.Post.CHIEF_CONSTABLE

    @property
    def last_day(self) -> date | None:
        """The last day for the report."""
        return self.facts.count.day if self.facts.count is not None else None

    @property
    def p_notice(self) -> str:
        """Its paragraph on the notification."""
        return PARAGRAPHS[self.facts.law.schedule]["notify"]

    @property
    def p_decision(self) -> str:
        """Its paragraph on the decision."""
        return PARAGRAPHS[self.facts.law.schedule]["decide"]

    @property
    def reserve(self) -> bool:
        """Whether it is about a reserve candidate."""
        return bool(self.facts.reserve)

    @property
    def received(self) -> Any:
        """The day on which the notification came."""
        proposal = self.facts.proposal
        return (proposal.received_on if proposal is not None else None) or self.case.received_on

    @property
    def complete(self) -> bool:
        """Whether all four things have come."""
        return bool(self.facts.complete)

    @property
    def missing(self) -> list[str]:
        """Which of them have not."""
        return [str(kind.label) for kind in self.facts.missing]

    @property
    def counts_from(self) -> date | None:
        """From when the three weeks are counted."""
        return self.facts.proposal.counted_from if self.facts.proposal is not None else None

    @property
    def counting(self) -> bool:
        """Whether they run although something is missing."""
        return self.counts_from is not None and bool(self.counts_why)

    @property
    def counts_why(self) -> str | None:
        """Why they are counted from then."""
        proposal = self.facts.proposal
        words = (proposal.count_why if proposal is not None else "").strip().rstrip(".")
        return words[:1].lower() + words[1:] or None

    @property
    def election(self) -> bool:
        """Whether an election stops the count."""
        return bool(self.facts.proposal and self.facts.proposal.poll_on)

    @property
    def sent_on(self) -> date | None:
        """The day on which the report was sent."""
        return self.facts.day_sent(self.facts.proposal) if self.facts.proposal is not None else None

    @property
    def publish_on(self) -> date | None:
        """The day on which the report is to be published, as the officer wrote it."""
        text = self.facts.report_text
        return text.publish_on if text is not None else None

    @property
    def where(self) -> str | None:
        """Where the agenda is."""
        published = self.look.last("publish_agenda")
        return str(published.answers.get("where") or "") or None if published is not None else None

    @property
    def clear_days(self) -> int:
        """How many clear days of notice a meeting needs."""
        return int(self.facts.notice_on(self.hearing_on or self.look.today).days)

    # The report that went

    @cached_property
    def sent_report(self) -> Any:
        """The report as it was sent by the step, or None where the product did not keep it."""
        return next((row for row in self.facts.sent_reports if row.entry_id == self.entry.pk and row.content), None)

    @property
    def covering(self) -> str | None:
        """What the letter with the report says: as it was made with it."""
        if self.sent_report is None:
            return None
        blocks = [b for b in Paper.of(self.sent_report.letter).blocks if b["kind"] == "plain"]
        return "\n\n".join(line for block in blocks for line in said_in(block)) or None

    @property
    def copies(self) -> list[tuple[str, Paper]]:
        """The report goes with the letter that is about it."""
        if self.about.kind.copy_of != "report" or self.sent_report is None:
            return []
        return [("Report of the Panel", Paper.of(self.sent_report.content))]

    @property
    def enclosed(self) -> list[str]:
        """What goes with it."""
        return [paper.title for _, paper in self.copies]

    # The vote

    @property
    def members_in_office(self) -> str:
        """How many are members on the day of the hearing."""
        return str(len(self.facts.members_on(self.hearing_on or self.look.today)))

    @property
    def two_thirds(self) -> str:
        """How many must vote for a veto."""
        return str(two_thirds(int(self.members_in_office)))

    @property
    def quorum(self) -> str | None:
        """How many must be there."""
        return str(self.facts.quorum) if self.facts.quorum else None

    @property
    def remote_votes(self) -> bool:
        """Whether who takes part by video may vote."""
        return bool(self.facts.online_votes(self.hearing_on or self.look.today))

    @property
    def _resolution(self) -> Any:
        part = self.person or (self.look.parts[0] if self.look.parts else None)
        return self.facts.decided(part) if part is not None else None

    @property
    def vetoed(self) -> bool:
        """Whether the Panel vetoed the appointment."""
        return self._resolution is not None and bool(self._resolution.veto)

    @property
    def veto(self) -> bool:
        """Whether a veto is possible, or was voted."""
        return self.vetoed if self._step("lapse") else self.chief_constable

    @property
    def advises(self) -> bool:
        """Whether the meeting had no quorum."""
        return self._resolution is not None and bool(self._resolution.advisory)

    @property
    def recommends(self) -> bool:
        """Whether the Panel recommends the appointment."""
        found = self._resolution
        return found is not None and not (found.veto or found.advisory) and found.recommendation == "appoint"

    @property
    def recommends_not(self) -> bool:
        """Whether it recommends against it."""
        found = self._resolution
        return found is not None and not (found.veto or found.advisory) and found.recommendation == "refuse"

    # The day

    @cached_property
    def place_of(self) -> tuple[date | None, str, str]:
        """(day, time, place) of the hearing as it now stands."""
        meeting = self.facts.meeting
        if meeting is None and self.entry.step in ARRANGES:  # it was held, put off or ended since: as the step had it
            every = [self.facts, *(self.facts.on(p) for p in self.facts.proposals)]
            rows = [row for facts in every for row in (*facts.sittings, *facts.meetings)]
            meeting = next((row for row in rows if row.entry_id == self.entry.pk), rows[-1] if rows else None)
        return (meeting.on, meeting.at, meeting.place) if meeting is not None else (None, "", "")

    @property
    def hearing_on(self) -> date | None:
        """The day of the hearing."""
        return self.place_of[0]

    @property
    def hearing_at(self) -> str | None:
        """Its time."""
        return self.place_of[1] or None

    @property
    def place(self) -> str | None:
        """Where it is."""
        return self.place_of[2] or None

    @property
    def old_day(self) -> date | None:
        """The day on which it was to be, or was begun, before the step."""
        rows = [*self.facts.sittings, *self.facts.meetings]
        before = [row.on for row in rows if row.entry_id < self.entry.pk]
        return before[-1] if before else None

    @property
    def moved(self) -> bool:
        """Whether there is a new day."""
        return self.hearing_on is not None

    @property
    def too_late(self) -> bool:
        """Whether the new day is after the last one for the report."""
        return bool(self.hearing_on and self.last_day and self.hearing_on > self.last_day)

    @property
    def agenda_by(self) -> date | None:
        """By when the agenda is published."""
        kinds = ("publish_agenda", "publish_welsh_agenda")
        return next((d.due for d in self.look.open_duties if d.kind in kinds and d.due), None)

    @property
    def deliberates(self) -> bool:
        """Whether the public is usually asked to leave while the Panel decides: only a person knows."""
        return True

    # How it ended

    def _step(self, *steps: str) -> bool:
        return self.entry.step in steps

    candidate_withdrew = property(lambda self: self._step("candidate_withdraws"))
    proposal_withdrawn = property(lambda self: self._step("withdraw_proposal", "withdraw_reserve"))
    lapsed = property(lambda self: self._step("lapse"))
    candidate_letter = property(lambda self: self.person is not None)
    accepted = property(lambda self: self._step("pcc_accepts"))
    refused = property(lambda self: self._step("pcc_rejects"))

    @property
    def withdrawn_on(self) -> date:
        """The day on which the Panel was told."""
        return self.entry.on

    @property
    def notified_on(self) -> date | None:
        """The day on which the decision was notified."""
        return self.entry.on if self._step(*DECIDED) else None

    @property
    def ended(self) -> str | None:
        """What ended it, where it was no decision."""
        return ENDED.get(self.entry.step)

    @cached_property
    def _parts(self) -> list[Any]:
        moved = {m.part_id for m in self.entry.moves.all()}
        return [p for p in self.look.parts if p.pk in moved or not moved]

    @property
    def appointed(self) -> bool:
        """Whether the candidate is appointed."""
        return any(p.appointed for p in self._parts)

    @property
    def not_appointed(self) -> bool:
        """Whether it is known that the candidate is not."""
        return bool(self._parts) and all(p.appointed is False for p in self._parts)

    @property
    def appointed_from(self) -> date | None:
        """From when."""
        return next((p.appointed_from for p in self._parts if p.appointed_from), None)

    @property
    def announced(self) -> date | None:
        """When it was announced."""
        return next((p.announced_on for p in self._parts if p.announced_on), None)
