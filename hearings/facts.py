"""What the hearing's guards and pages ask of a case: the proposal and its count, the meeting, who can vote, what was
decided. Rows made by a step that was taken back count no more."""

from copy import copy
from dataclasses import dataclass
from functools import cached_property

from hearings.attendance import seats_at
from hearings.keys import StateKey, StepKey
from hearings.meeting_rules import MeetingRules
from hearings.models import Check, Meeting, NotificationItem, Proposal, Question, Resolution, Sitting
from hearings.paper_models import ReportText, SentReport
from hearings.procedure.law import LAWS
from hearings.reported import ReportFacts
from panel.casework.attendance import CANNOT, SeatTaken
from panel.casework.challenge_steps import WHO_CHALLENGES
from panel.casework.common_facts import CommonFacts
from panel.law import clock
from panel.law.meetings import two_thirds
from panel.law.period import Count, day_words, plural
from panel.models import Member


@dataclass(frozen=True)
class Forecast:
    """Who can vote on a veto, and how many must vote for it, counted against all members in office that day."""

    members: int
    can: int
    needed: int
    cannot: tuple[tuple[str, str], ...]  # (name, why)
    day: object
    quorum: int | None = None
    unsaid: int = 0  # how many of those who can vote have not said whether they come

    @property
    def possible(self) -> bool:
        """Whether enough members can vote."""
        return self.can >= self.needed

    @property
    def words(self) -> str:
        """The forecast in words."""
        said = f"{self.can} of {plural(self.members, 'member')} can vote.{self.not_answered}"
        if not self.possible:
            return f"{said} A veto needs {self.needed}, so it cannot be carried."
        return f"{said} {self.needed} must vote for it."

    @property
    def not_answered(self) -> str:
        """How many of them have not said whether they come, in a sentence; nothing where all have."""
        if not self.unsaid:
            return ""
        if self.unsaid == self.can:
            return " None of them has said yet." if self.can > 1 else " That member has not said yet."
        return f" {self.unsaid} of them {'has' if self.unsaid == 1 else 'have'} not said yet."

    @property
    def attend(self) -> str:
        """Who can attend, and whether that makes a quorum, in words."""
        said = f"{self.can} of {plural(self.members, 'member')} can be in the room.{self.not_answered}"
        if self.quorum is None:
            return f"{said} The Panel has entered no quorum in its settings."
        if self.can < self.quorum:
            return f"{said} The quorum is {self.quorum}, so the meeting could only advise."
        return f"{said} The quorum is {self.quorum}."

    @property
    def dots(self) -> list[str]:
        """A dot a member, those who can vote first, the mark after as many as are needed."""
        dots = ["can"] * self.can + ["cannot"] * (self.members - self.can)
        return [*dots[: self.needed], "need", *dots[self.needed :]] if dots else []


def look_at(look, proposal):
    """The same look, with the facts of an earlier notification: for the report of a veto, once a reserve is named."""
    other = copy(look)
    other.__dict__["facts"] = HearingFacts(other, proposal)
    return other


class HearingFacts(MeetingRules, ReportFacts, CommonFacts):
    """The facts of one hearing, read once through a `CaseContext`."""

    sees_complainant = True  # nobody complains: candidates' names are public

    def __init__(self, look, proposal=None):
        super().__init__(look)
        self._chosen = proposal

    @cached_property
    def law(self):
        """The Schedule that governs it."""
        return LAWS[self.case.procedure]

    def _stands(self, rows) -> list:
        undone = {e.pk for e in self.look.entries if hasattr(e, "reversed_by")}
        return [r for r in rows if r.entry_id not in undone]

    @cached_property
    def proposals(self) -> list[Proposal]:
        """Every notification in force, the latest last."""
        if self.look.new:
            return []
        return self._stands(Proposal.objects.filter(hearing=self.case).order_by("pk"))

    @property
    def proposal(self) -> Proposal | None:
        """The notification that is being dealt with, or the earlier one that is looked at."""
        return self._chosen or (self.proposals[-1] if self.proposals else None)

    def on(self, proposal) -> "HearingFacts":
        """The facts of that notification, which may be an earlier one."""
        return self if proposal == self.proposal else HearingFacts(self.look, proposal)

    @property
    def next_proposal(self) -> Proposal | None:
        """The notification that came after it, of a reserve candidate; None for the latest."""
        found = [p for p in self.proposals if self.proposal is not None and p.pk > self.proposal.pk]
        return found[0] if found else None

    @property
    def reserve(self) -> bool:
        """Whether it names a reserve candidate: there was a notification before it."""
        return bool(self.proposals) and self.proposal != self.proposals[0]

    def during(self, entry_id) -> bool:
        """Whether that entry was made while this notification was dealt with."""
        after = self.next_proposal
        return self.proposal is not None and self.proposal.entry_id <= entry_id and not (
            after is not None and entry_id >= after.entry_id
        )  # fmt: skip

    def of_proposal(self, model, **by) -> list:
        """Rows of that model on the present proposal, in force, in the order made."""
        if self.proposal is None:
            return []
        return self._stands(model.objects.filter(proposal=self.proposal, **by).order_by("pk"))

    @cached_property
    def items(self) -> dict:
        """What came of the four things: {kind: NotificationItem}."""
        return {i.kind: i for i in self.of_proposal(NotificationItem)}

    @property
    def missing(self) -> list:
        """Which of the four things have not come, as kinds in order."""
        return [k for k in NotificationItem.Kind if k not in self.items]

    @property
    def complete(self) -> bool:
        """Whether all four things have come."""
        return not self.missing

    def count_of(self, proposal) -> Count | None:
        """The three weeks of a proposal, or None where they do not run or their end cannot be told yet."""
        if proposal is None or proposal.counted_from is None:
            return None
        try:
            return clock.three_weeks(proposal.counted_from, proposal.poll_on, proposal.accepted_on)
        except ValueError:
            return None

    @property
    def count(self) -> Count | None:
        """The three weeks of the present proposal."""
        return self.count_of(self.proposal)

    def over(self, on) -> bool:
        """Whether the three weeks had ended before that day."""
        return self.count is not None and on > self.count.day

    @cached_property
    def sittings(self) -> list[Sitting]:
        """Every place of the hearing at a meeting, of the present proposal, or arranged before it; the latest last."""
        if self.look.new:
            return []
        rows = Sitting.objects.filter(hearing=self.case, proposal=self.proposal)
        return self._stands(rows.select_related("item__meeting", "entry").order_by("pk"))

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Of earlier releases: every meeting arranged for the present proposal, the latest last."""
        return self.of_proposal(Meeting)

    @property
    def meeting(self) -> Meeting | Sitting | None:
        """The meeting that counts; None where none is arranged, or it was put off without another day."""
        if self.sittings:
            return None if self.sittings[-1].ended else self.sittings[-1]
        return self.meetings[-1] if self.meetings else None

    @property
    def put_off(self) -> Sitting | None:
        """The hearing that was put off or adjourned and has no new day yet."""
        return self.sittings[-1] if self.sittings and self.sittings[-1].ended else None

    def attendance(self, expected: bool) -> dict[int, SeatTaken]:
        """{member id: seat} of the meeting, the latest word on each."""
        m = self.meeting
        return {} if m is None else seats_at(m, expected, self.online_votes(m.on))

    @cached_property
    def expected(self) -> dict[int, SeatTaken]:
        """Who is expected at the meeting, as far as they have said."""
        return self.attendance(True)

    @cached_property
    def attended(self) -> dict[int, SeatTaken]:
        """Who was at the meeting, also where another of its items was recorded first."""
        return self.attendance(False)

    def forecast(self) -> Forecast:
        """Who can vote: by what members have said, once held by who was there, else everybody without an interest."""
        meeting = self.meeting
        day = meeting.on if meeting else self.look.today
        members = self.members_then(day)
        held = meeting is not None and meeting.held
        rows = self.attended if held else self.expected
        cannot = []
        for m in members:
            row = rows.get(m.pk)
            if row is not None and not row.can_vote:
                cannot.append((m.name, CANNOT[row.how]))
            elif row is None and (m.pk in self.interested or held):
                cannot.append((m.name, "has an interest" if m.pk in self.interested else "not recorded"))
        unsaid = 0 if held else sum(m.pk not in rows and m.pk not in self.interested for m in members)
        return Forecast(
            len(members), len(members) - len(cannot), two_thirds(len(members)), tuple(cannot), day, self.quorum, unsaid
        )  # fmt: skip

    @cached_property
    def questions(self) -> list[Question]:
        """The questions planned: those of the latest plan."""
        if self.look.new:
            return []
        rows = self.of_proposal(Question)
        if not rows and not self.reserve:  # planned before the notification
            rows = self._stands(Question.objects.filter(hearing=self.case, proposal=None).order_by("pk"))
        last = rows[-1].entry_id if rows else None
        return [q for q in rows if q.entry_id == last]

    @cached_property
    def resolutions(self) -> list[Resolution]:
        """What the Panel decided, in order; the last on a candidate counts."""
        if self.look.new:
            return []
        rows = Resolution.objects.filter(candidate__case=self.case).select_related(
            "candidate", "meeting", "motion", "sitting__item__meeting", "entry"
        )
        return self._stands(rows.order_by("pk"))

    def decided(self, part) -> Resolution | None:
        """The decision on a candidate at the hearing of the present proposal."""
        mine = [r for r in self.own_resolutions if r.candidate_id == part.pk]
        return mine[-1] if mine else None

    @property
    def own_resolutions(self) -> list[Resolution]:
        """What was decided at the hearing of the present proposal; once it is reopened to be heard again, what was
        decided since."""
        mine = [r for r in self.resolutions if r.at.proposal_id == getattr(self.proposal, "pk", None)]
        again = self._heard_again
        return [r for r in mine if again is None or r.entry_id > again]

    @cached_property
    def _heard_again(self) -> int | None:
        """The id of the entry that last reopened the case to hear a candidate again, of the present notification."""
        back = (StateKey.UNDER_REVIEW, StateKey.RESERVE_UNDER_REVIEW)
        found = [
            e.pk
            for e in self.look.in_force
            if e.step == StepKey.REOPEN and self.during(e.pk) and any(m.target in back for m in e.moves.all())
        ]
        return found[-1] if found else None

    @property
    def candidates(self) -> list[str]:
        """Whom the notification named: as decided on, or as the case now has them."""
        if self.next_proposal is None:
            return [p.name for p in self.look.parts]
        return list(dict.fromkeys(r.person for r in self.own_resolutions)) or ["An earlier candidate"]

    @property
    def report_words(self) -> str:
        """Which report it is, where a hearing has several: whom it is about, and when it was sent."""
        veto = any(r.veto for r in self.own_resolutions)
        about = f"{' and '.join(self.candidates)}{', vetoed' if veto else ''}"
        if self.proposal.sent_on and self.day_sent(self.proposal) is None:
            return f"{about}, sent on a day that is not known"
        return (
            f"{about}, sent {day_words(self.proposal.sent_on)}" if self.proposal.sent_on else f"{about}, not sent yet"
        )

    @property
    def quorum(self) -> int | None:
        """How many must be present, by the panel's setting of the day of the meeting; None where it has none."""
        return self.rules.quorum

    @cached_property
    def recorded(self):
        """The entry that recorded the hearing of this notification, or None."""
        if self.meeting is None or not self.meeting.held:
            return None
        steps = (StepKey.HOLD_HEARING, StepKey.HEAR_RESERVE)
        return next((e for e in reversed(self.look.in_force) if e.step in steps and self.during(e.pk)), None)

    def members_then(self, day) -> list:
        """Members in office that day: once the hearing is recorded, those who were known then. A term that is entered
        later for the past changes nothing that was counted."""
        found = self.members_on(day)
        if self.recorded is None:
            return found
        known = Member.history.filter(
            panel=self.look.panel, history_type="+", history_date__lte=self.recorded.entered_at
        )
        ids = set(known.values_list("id", flat=True))
        return [m for m in found if m.pk in ids]

    @property
    def in_room(self) -> int:
        """How many sat in the room, substitutes included, and online where that counts."""
        return sum(a.can_vote for a in self.attended.values())

    # The report

    @cached_property
    def report_text(self):
        """What the officer wrote for the report on this notification, the latest; None where there is nothing."""
        rows = self.of_proposal(ReportText)
        return rows[-1] if rows else None

    @cached_property
    def sent_reports(self) -> list[SentReport]:
        """Every report of the hearing as it was sent, in force, each version after the one before."""
        if self.look.new:
            return []
        rows = SentReport.objects.filter(proposal__hearing=self.case).select_related("proposal", "entry")
        return self._stands(rows.defer("word", "pdf", "letter_word").order_by("pk"))

    def day_sent(self, proposal):
        """The day on which the report on that notification was sent; None where it was not, or the papers do not say."""
        unknown = any(row.proposal_id == proposal.pk and row.sent_on is None for row in self.sent_reports)
        return None if unknown else proposal.sent_on

    @cached_property
    def answers_at_hearing(self) -> dict:
        """What was answered when the hearing was recorded; what was put right since counts instead."""
        if self.recorded is None:
            return {}
        found = dict(self.recorded.answers)
        for entry in self.look.in_force:
            if entry.step == StepKey.CORRECT_HEARING and self.during(entry.pk):
                kept = {name: words for name, words in found.items() if name.startswith("answers_")}
                found = {**kept, **entry.answers}
        return found

    def sent_words(self, proposal) -> str:
        """When the report on that notification was sent, in words."""
        day = self.day_sent(proposal)
        return day_words(day) if day else f"Not known, by {day_words(proposal.sent_on)}"

    @property
    def day_of_hearing_unknown(self) -> bool:
        """Whether the papers do not say on which day the hearing was held."""
        return bool(self.answers_at_hearing.get("unknown"))

    @cached_property
    def checks(self) -> dict:
        """{item: Check}, the latest of each."""
        return {c.item: c for c in self.of_proposal(Check)}

    def recipient_words(self, slug: str) -> str:
        """A recipient in words: the Commissioner, a candidate by name, the members."""
        kind, _, number = slug.partition(":")
        if kind == "candidate":
            return next((p.name for p in self.look.parts if str(p.number) == number), "the candidate")
        if slug in WHO_CHALLENGES:
            return WHO_CHALLENGES[slug]
        if kind == "commissioner":
            return f"the {self.look.names['commissioner']}"
        return {"the_panel": "the members of the Panel", "public": "the public"}.get(kind, kind.replace("_", " "))
