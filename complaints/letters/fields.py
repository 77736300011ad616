"""What the texts of letters ask of a complaint. Names are those of the templates; see templates/letters/README.md."""

from datetime import date

from complaints.keys import WITH_THE_IOPC, DutyKey, StepKey
from complaints.letters.grounds import law_words, plain_words
from complaints.letters.more_fields import MoreFields
from complaints.models import Allegation
from complaints.procedure.regulation_15 import GROUND_QUESTIONS, reasons
from panel.law.period import listed, plural

RECORDING = (StepKey.RECORD.value, StepKey.REFER_TO_IOPC.value, "record_conduct_matter")
DIRECTED = {
    Allegation.Direction.DISAPPLY: "to handle it otherwise than under Part 4, or to take no action",
    Allegation.Direction.PART_4: "to deal with it by informal resolution under Part 4",
    Allegation.Direction.AS_FIT: "to handle it as the Panel thinks fit",
}
REDIRECTED = {
    Allegation.Redirected.POLICY: "It is about policy, and not about what an office holder did.",
    Allegation.Redirected.OPERATIONAL: "It is about operational policing, for which the Chief Constable answers.",
    Allegation.Redirected.OTHER_PANEL: "It is about an office holder of another police area.",
    Allegation.Redirected.STAFF: "It is about staff of the Commissioner’s office, who are not office holders.",
    Allegation.Redirected.OTHER: "It is not about what an office holder did.",
}
Route, Outcome = Allegation.Route, Allegation.Outcome


class ComplaintFields(MoreFields):
    """The fields of one letter of a complaint."""

    # Receipt and recording

    @property
    def made(self) -> date:
        """The day it was made."""
        return self.case.made_on or self.case.received_on

    @property
    def added(self) -> bool:
        """Whether it adds to an earlier complaint."""
        return self.entry.step == StepKey.ADD_ALLEGATION

    def due(self, kind: str) -> date | None:
        """The day of an open duty of that kind, if it has one that runs."""
        found = [d.due for d in self.look.open_duties if d.kind == kind and d.due and not d.stopped_on]
        return min(found, default=None)

    @property
    def record_by(self) -> date | None:
        """By when the Panel aims to decide on recording."""
        return self.due("decide_recording")

    @property
    def consider_by(self) -> date | None:
        """By when the Panel aims to decide how it is handled."""
        return self.due("consider")

    @property
    def recorded(self) -> date | None:
        """The day it was put on the record."""
        return self.day_of(*RECORDING)

    @property
    def parts(self) -> bool:
        """Whether it has several allegations."""
        return len(self.look.parts) > 1

    @property
    def count(self) -> str:
        """How many allegations it has."""
        return str(len(self.look.parts))

    @property
    def to_iopc(self) -> bool:
        """Whether some of it must go to the IOPC, or is there."""
        return any(p.due_to_iopc or p.status in WITH_THE_IOPC for p in self.look.parts)

    @property
    def name_asked(self) -> bool:
        """Whether some office holder's copy is not to show the name, as decided so far."""
        return bool(self.protected)

    def _not_recorded(self, ground: str) -> bool:
        return any(p.not_recorded == ground for p in self.look.parts if p.pk in self.moved)

    @property
    def criminal_proceedings(self) -> bool:
        """Not recorded, since criminal proceedings deal with it."""
        return self._not_recorded(Allegation.NotRecorded.CRIMINAL_PROCEEDINGS)

    @property
    def not_a_complaint(self) -> bool:
        """Not recorded, since it is nothing for anybody to deal with."""
        return self._not_recorded(Allegation.NotRecorded.NOT_A_COMPLAINT)

    @property
    def passed_on(self) -> bool:
        """Whether the Panel sends it to whose it is: another panel by law, any other body once it was passed on."""
        mine = [d for d in self.look.duties if d.opened_by_id == self.entry.pk]
        met = any(d.kind == "pass_on" and d.closed_how == "met" for d in mine)
        return met or any(d.kind == "notify_other" and d.closed_how in ("", "met") for d in mine)

    # The IOPC

    @property
    def referred_on(self) -> date | None:
        """The day it was referred."""
        return self.day_of(StepKey.REFER_TO_IOPC, "refer_again")

    @property
    def iopc_reference(self) -> str | None:
        """The IOPC's reference."""
        found = [p.iopc_reference for p in self.look.parts if p.iopc_reference and p.pk in self.moved]
        return listed(list(dict.fromkeys(found))) or None

    @property
    def iopc_reasons(self) -> str | None:
        """What the IOPC said."""
        return (self.entry.why or "").strip().rstrip(".") or None

    @property
    def complaint(self) -> bool:
        """Whether somebody complained."""
        return not self.case.conduct_matter

    @property
    def conduct_matter(self) -> bool:
        """Whether it is a conduct matter."""
        return bool(self.case.conduct_matter)

    @property
    def copy_due(self) -> bool:
        """Whether a copy of the complaint is still to be sent to the office holder."""
        kinds = (DutyKey.COPY_OF_COMPLAINT, DutyKey.DECIDE_COPIES)
        return any(d.kind in kinds for d in self.look.open_duties)

    @property
    def _direction(self) -> str:
        return str(self.entry.answers.get("direction", ""))

    @property
    def directed(self) -> bool:
        """Whether the IOPC gave a direction."""
        return self._direction in DIRECTED

    @property
    def direction(self) -> str | None:
        """What it directed."""
        return DIRECTED.get(self._direction)

    part4 = property(lambda self: self._direction == Allegation.Direction.PART_4)
    disapply = property(lambda self: self._direction == Allegation.Direction.DISAPPLY)
    as_fit = property(lambda self: self._direction == Allegation.Direction.AS_FIT)

    @property
    def ended_on(self) -> date:
        """The day it ended."""
        return self.entry.on

    @property
    def left(self) -> bool:
        """Whether something is left for the Panel."""
        return "recorded" in (self.entry.answers.get("left"), self.entry.answers.get("follows"))

    @property
    def public_result(self) -> str | None:
        """How proceedings ended."""
        found = str(self.entry.answers.get("result", "")).strip()
        return f"{found.rstrip('.')}." if found else None

    @property
    def iopc(self) -> bool:
        """Whether the members are told how the IOPC ended."""
        return self.entry.step == StepKey.IOPC_CONCLUDES

    @property
    def iopc_result(self) -> str | None:
        """How, in a sentence."""
        if self.entry.answers.get("ended") == "ceased":
            return "It gave notice that the Regulations cease to apply."
        follows = {
            "awaiting_proceedings": "A prosecutor or a court has it.",
            "recorded": "Something is left for the Panel to deal with.",
        }
        return follows.get(str(self.entry.answers.get("follows")), "Nothing is left for the Panel.")

    # The decision

    @property
    def reasons(self) -> str | None:
        """The reasons of the step, those for each ground of regulation 15(3) with them."""
        by_ground = [self.entry.answers.get(reasons(letter)) for letter in GROUND_QUESTIONS]
        said = [self.entry.why, *by_ground]
        if self.entry.step == "redirect" and not self.entry.why:
            said = [REDIRECTED.get(p.redirected, "") for p in self.look.parts if p.pk in self.moved][:1]
        return " ".join(" ".join(str(words).split()) for words in said if words) or None

    def _route(self, *routes: str) -> bool:
        return self.entry.step == StepKey.FILTER and self.entry.answers.get("route") in routes

    no_action = property(lambda self: self._route(Route.NO_ACTION))
    other = property(lambda self: self._route(Route.OTHER))
    sub_panel_considers = property(lambda self: self._route(Route.SUB_PANEL_CONSIDERS))
    sub_panel_resolves = property(lambda self: self._route(Route.SUB_PANEL_RESOLVES))
    resolve = property(lambda self: self._route(Route.INFORMAL))

    @property
    def handling(self) -> str | None:
        """In which other way it is handled."""
        words = str(self.entry.answers.get("handling", "")).strip().rstrip(".")
        return words[:1].lower() + words[1:] if words else None

    @property
    def full_panel(self) -> bool:
        """Whether the whole Panel deals with it."""
        by_panel = self.entry.answers.get("dealt_with_by") == "panel"
        return self._route(Route.FULL_PANEL) or self.entry.step == "refer_to_full_panel" or by_panel

    @property
    def by_sub_panel(self) -> bool:
        """Whether a sub-panel deals with it, or is to."""
        if self.entry.step == StepKey.FILTER:
            return self.sub_panel_considers or self.sub_panel_resolves
        return bool(self.members) and not self.full_panel

    @property
    def consulted(self) -> bool:
        """Whether the Monitoring Officer was consulted."""
        return any(self.facts.advised(p) for p in self.look.parts if p.pk in self.moved)

    @property
    def iopc_directed(self) -> bool:
        """Whether the decision follows the IOPC's direction."""
        return not self._grounds and any(p.direction for p in self.look.parts if p.pk in self.moved)

    @property
    def _grounds(self) -> list[str]:
        return [str(letter) for letter in self.entry.answers.get("grounds") or ()]

    @property
    def ground(self) -> bool:
        """Whether it rests on a ground of regulation 15(3)."""
        return bool(self._grounds)

    @property
    def ground_words(self) -> str | None:
        """The grounds in plain words."""
        return listed([plain_words(self, letter) for letter in self._grounds]) or None

    @property
    def ground_law(self) -> str | None:
        """The grounds in the law's words."""
        return listed([law_words(self.entry.answers, letter) for letter in self._grounds]) or None

    # Meetings, outcome, publication

    @property
    def meeting_on(self) -> date | None:
        """The day of the meeting that the step names."""
        day = self.entry.answers.get("meets_on") or self.entry.answers.get("meeting_on")
        return date.fromisoformat(str(day)) if day else None

    @property
    def place(self) -> str | None:
        """Where it is."""
        return self.entry.answers.get("place") or None

    def _outcome(self, *outcomes: str) -> bool:
        return any(p.outcome in outcomes for p in self.look.parts if p.pk in self.moved)

    explained = property(lambda self: self._outcome(Outcome.EXPLAINED))
    apologised = property(lambda self: self._outcome(Outcome.APOLOGY))
    settled = property(lambda self: self._outcome(Outcome.SETTLED))
    recommended = property(lambda self: self._outcome(Outcome.RECOMMENDATIONS, Outcome.REPORT))
    already = property(lambda self: self._outcome(Outcome.ALREADY))
    not_resolved = property(lambda self: self._outcome(Outcome.NOT_RESOLVED))

    @property
    def opinion(self) -> str | None:
        """The sub-panel's opinion, where the outcome rests on one."""
        noted = self.facts.noted(StepKey.NOTE_OPINION, self.look.parts)
        said = str(noted.answers.get("opinion", "")) if noted is not None else ""
        return said.strip() if said and self._outcome(Outcome.OPINION) else None

    @property
    def declined(self) -> bool:
        """Whether the office holder chose not to comment."""
        said = [e for e in self.look.in_force if e.step == StepKey.NOTE_COMMENTS]
        mine = [e for e in said if e.answers.get("side") == self.about.recipient]
        return bool(mine) and mine[-1].answers.get("said") == "declined"

    @property
    def answer_due(self) -> date | None:
        """By when an answer to recommendations is due."""
        kinds = (DutyKey.AWAIT_ANSWER, DutyKey.AWAIT_REPLY)
        return min((d.due for d in self.look.open_duties if d.kind in kinds and d.due), default=None)

    @property
    def publish_on(self) -> date:
        """The day of publication: that of the letter."""
        return self.look.today

    @property
    def named(self) -> bool:
        """Whether what is published names the complainant: it never does."""
        return False

    # Endings

    @property
    def withdrawn_on(self) -> date | None:
        """The day it was withdrawn."""
        return self.day_of("withdraw")

    @property
    def withdraw(self) -> bool:
        """Whether it was withdrawn, and not only discontinued."""
        return self.entry.answers.get("wish") != "no_further_steps"

    @property
    def was_with_iopc(self) -> bool:
        """Whether the IOPC has to be told."""
        return any(d.kind == "notify_iopc" and d.opened_by_id == self.entry.pk for d in self.look.duties)

    @property
    def closed(self) -> bool:
        """Whether members are told that it ended."""
        return self.entry.step == StepKey.CLOSE

    @property
    def how(self) -> str | None:
        """How it ended, in a word."""
        found = [p.get_outcome_display() or p.get_route_display() for p in self.look.parts if p.pk in self.moved]
        words = listed([w[:1].lower() + w[1:] for w in dict.fromkeys(found) if w])
        return words or self.look.procedure.state(self.case.status).label.lower()

    @property
    def days(self) -> str:
        """How long it took."""
        return plural((self.entry.on - self.case.received_on).days, "day")

    @property
    def refused(self) -> bool:
        """Whether a recommendation was refused."""
        return self.entry.answers.get("reply") == "refused"

    @property
    def answered_on(self) -> date:
        """The day of the answer."""
        return self.entry.on

    @property
    def answer(self) -> str | None:
        """What was answered."""
        return str(self.entry.answers.get("answer", "")).strip() or None
