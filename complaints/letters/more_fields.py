"""What the letters that meet no notice of their own ask of a complaint. Names are those of the templates."""

from datetime import date
from typing import Any

from complaints.keys import DutyKey, StepKey
from complaints.letters.enclosed import ComplaintEnclosures
from complaints.letters.standing import stands
from complaints.models import Allegation, Subject
from complaints.procedure.first_stage import BeginFirstStageForm
from panel.casework import retention_periods
from panel.law.period import day_words, listed
from panel.law.roles import Role
from panel.letters.contact import restrictions
from panel.models import ContactRestriction

MEETINGS = ("arrange_meeting", "adjourn")


def lines_of(text: object) -> list[str]:
    """What somebody typed, a line each."""
    return [line.strip(" -•*") for line in str(text or "").splitlines() if line.strip(" -•*")]


class MoreFields(ComplaintEnclosures):
    """Fields of questions, reminders, meetings and of how it goes on."""

    # What only a person knows
    TYPED = frozenset({
        "keep", "wrong", "right", "days_late",
    })  # fmt: skip
    # Conditions and facts that a person ticks by writing
    TICKS = frozenset({
        "share", "more_hidden", "where", "consent", "solicitor", "iopc_direction", "reasons_told", "late", "rest", "remote",
        "complainant_comes", "private", "sorry", "letter", "changed", "done", "next_by", "slow", "offered", "last_letter",
    })  # fmt: skip

    def _answer(self, name: str) -> Any:
        return self.entry.answers.get(name)

    def _answered_day(self, *names: str) -> date | None:
        found = next((self._answer(name) for name in names if self._answer(name)), None)
        return date.fromisoformat(str(found)) if found else None

    # Questions and reminders

    @property
    def missing(self) -> list[str]:
        """What was asked for, a line each."""
        return lines_of(self._answer("missing"))

    @property
    def documents(self) -> list[str]:
        """The documents that were asked for."""
        return lines_of(self._answer("asked_for"))

    @property
    def awaited(self) -> str | None:
        """The same in a sentence."""
        return listed([words[:1].lower() + words[1:] for words in self.documents]) or None

    @property
    def subjects(self) -> str | None:
        """What is to be asked at the meeting."""
        return "; ".join(self.documents) or None

    @property
    def answer_by(self) -> date | None:
        """The day that was set for the answer, else the one that letters ask for."""
        return self._answered_day("by_when", "answer_by") or self.reply_by

    @property
    def was_due(self) -> date | None:
        """The day on which it was due."""
        return self._answered_day("by_when", "answer_due")

    @property
    def asked(self) -> date:
        """The day on which it was asked for: of comments, that of the invitation."""
        kinds = (DutyKey.INVITE_COMMENTS,)
        met = [
            d
            for d in self.look.duties
            if d.kind in kinds and d.recipient == self.about.recipient and d.closed_how == "met"
        ]
        return met[-1].closed_by.on if met else self.entry.on

    @property
    def delegate(self) -> str | None:
        """Who has the complaint first, where a step gave it to them."""
        given = self.entry.answers.get("whom")
        words = str(BeginFirstStageForm.display_answer("whom", given, self.look)) if given else ""
        return words.replace("The ", "the ", 1) if words.startswith("The ") else words or None

    # Names and copies

    def _some(self, copy: str) -> bool:
        return any(s.copy == copy for s in self.facts.subjects)

    @property
    def full(self) -> bool:
        """Whether the copy names who complained."""
        return self._some(Subject.Copy.FULL) and not self._some(Subject.Copy.ANONYMISED)

    @property
    def withheld(self) -> bool:
        """Whether no copy is sent for now."""
        return self._some(Subject.Copy.WITHHELD)

    # The IOPC

    @property
    def kind(self) -> str:
        """Complaint or conduct matter."""
        return "conduct matter" if self.case.conduct_matter else "complaint"

    @property
    def allegations(self) -> str:
        """What is alleged, numbered."""
        rows = [p for p in self.look.parts if p.pk in self.moved]
        return " ".join(f"({p.number}) {p.what.rstrip('.')}." for p in rows)

    @property
    def clear_on(self) -> date | None:
        """The day on which it first became clear that an offence may be involved."""
        return min((p.serious_on for p in self.look.parts if p.serious_on and p.pk in self.moved), default=None)

    @property
    def called_in(self) -> bool:
        """Whether the IOPC called it in."""
        return any(p.serious == Allegation.Serious.CALLED_IN for p in self.look.parts if p.pk in self.moved)

    def _told(self, recipients: list[str]) -> date | None:
        met = [
            d.closed_by.on
            for d in self.look.duties
            if d.kind == DutyKey.TELL_REFERRED and d.closed_how == "met" and d.recipient in recipients
        ]
        return met[-1] if met else None

    @property
    def told_on(self) -> date | None:
        """The day on which the complainant was told of the referral."""
        return self._told([Role.COMPLAINANT.value])

    @property
    def oh_told(self) -> date | None:
        """The day on which the office holder was told of it."""
        return self._told(self.facts.holders())

    @property
    def copy_sent(self) -> date | None:
        """The day on which the office holder was sent a copy of the complaint."""
        rows = [d for d in self.look.duties if d.kind == DutyKey.COPY_OF_COMPLAINT and d.closed_how == "met"]
        return rows[-1].closed_by.on if rows else None

    @property
    def evidence(self) -> str | None:
        """What was done to keep evidence."""
        noted = [e for e in self.look.in_force if e.step == "record_evidence_step"]
        said = "; ".join(str(e.answers.get("note", "")).strip().rstrip(".") for e in noted if e.answers.get("note"))
        return said or "none yet"

    @property
    def lifted(self) -> bool:
        """Whether the suspension is over."""
        return self.entry.step == "iopc_lifts_suspension"

    @property
    def suspended_on(self) -> date:
        """Since when it is suspended."""
        return self.entry.on

    @property
    def prosecutor(self) -> bool:
        """Whether a prosecutor or a court has it."""
        return self._answer("follows") == "awaiting_proceedings"

    @property
    def nothing_left(self) -> bool:
        """Whether nothing is left for the Panel."""
        return self._answer("ended") == "ceased" or self._answer("follows") == "closed"

    # Sub-panel and meetings

    @property
    def others(self) -> str | None:
        """The members of the sub-panel: the letter is one for all."""
        return self.members

    @property
    def by_when(self) -> date | None:
        """By when it should meet."""
        return self._answered_day("by_when")

    @property
    def considers(self) -> bool:
        """Whether it is to consider whether to take any action."""
        return any(p.route == Allegation.Route.SUB_PANEL_CONSIDERS for p in self.look.parts)

    @property
    def resolves(self) -> bool:
        """Whether it is to resolve it informally."""
        return not self.considers

    @property
    def instead_of(self) -> None:
        """In whose place somebody is appointed: a letter of its own says so."""
        return None

    @property
    def theme(self) -> str | None:
        """What it is about, in the words of the report."""
        words = dict(self.look.procedure.themes).get(self.case.theme, "")
        return words[:1].lower() + words[1:] or None

    @property
    def invited(self) -> bool:
        """Whether the addressee is asked to come."""
        present = self._answer("present") or []
        side = "complainant" if self.to_complainant else "office_holder"
        return any(str(who).startswith(side) for who in (present if isinstance(present, list) else [present]))

    @property
    def both(self) -> bool:
        """Whether both sides are asked to come."""
        said = str(self._answer("present") or "")
        return "complainant" in said and "office_holder" in said

    @property
    def old_day(self) -> date | None:
        """The day on which the meeting was to be, or began."""
        before = [e for e in self.look.in_force if e.step in MEETINGS and e.number < self.entry.number]
        found = next((e.answers.get("meets_on") for e in reversed(before) if e.answers.get("meets_on")), None)
        return date.fromisoformat(str(found)) if found else None

    @property
    def moved_to(self) -> bool:
        """Whether there is a new day."""
        return bool(self._answer("meets_on"))

    @property
    def adjourned(self) -> bool:
        """Whether it began and was not finished: a step of its own would say so."""
        return False

    # What was said

    @property
    def explanation(self) -> str | None:
        """The explanation that was given."""
        return str(self._answer("explanation") or "").strip() or None

    @property
    def apology(self) -> str | None:
        """The words of the apology."""
        return str(self._answer("apology") or "").strip() or None

    @property
    def report(self) -> bool:
        """Whether it is a report: a recommendation within an informal resolution is none."""
        return True

    # Publication

    @property
    def publish(self) -> bool:
        """Whether it is published."""
        return self._answer("publish") == "yes"

    @property
    def heard(self) -> bool:
        """Whether the addressee said what they think of it."""
        said = [e for e in self.look.in_force if e.step == "note_representations"]
        return any(e.answers.get("side") == self.about.recipient and e.answers.get("view") != "silent" for e in said)

    # How it goes on

    @property
    def closed_on(self) -> date:
        """The day it was closed."""
        return self.entry.on

    @property
    def kept_until(self) -> date | None:
        """Until when its papers are kept."""
        return retention_periods.kept_until(self.look)

    @property
    def letters_sent(self) -> str | None:
        """The letters that the addressee got."""
        rows = self.case.letters.filter(recipient=self.about.recipient, entry__reversed_by=None).order_by(
            "sent_on", "pk"
        )
        return listed([day_words(row.sent_on) for row in rows]) or None

    @property
    def stands(self) -> str:
        """Where it stands, in words."""
        return stands(self)

    @property
    def next(self) -> str | None:
        """What comes next, in words."""
        kind_of = self.look.procedure.duty
        rows = [d for d in self.look.open_duties if not kind_of(d.kind).notice and not kind_of(d.kind).continuing]
        duty = next((d for d in rows if not d.sleeps(self.look.today)), None)
        if duty is None:
            return None
        words = kind_of(duty.kind).words_to(self.facts.recipient_name(duty.recipient) if duty.recipient else "")
        return (
            f"the Panel is to {words[:1].lower()}{words[1:]}" if not words.startswith("the ") else f"it is for {words}"
        )

    @property
    def reopened_on(self) -> date:
        """The day on which it was taken up again."""
        return self.entry.on

    @property
    def set_aside(self) -> date | None:
        """The day of the decision that no longer stands."""
        before = [e for e in self.look.in_force if e.step == StepKey.FILTER and e.number < self.entry.number]
        return before[-1].on if before else None

    @property
    def reference_kept(self) -> str:
        """The reference under which both go on."""
        into = self.facts.merged_into
        return str(into.reference) if into is not None else self.reference

    @property
    def made_also(self) -> date | None:
        """The day on which the other one was made."""
        into = self.facts.merged_into
        return (into.made_on or into.received_on) if into is not None else None

    @property
    def sent_on(self) -> date | None:
        """The day on which something went to the addressee last."""
        row = self.case.letters.filter(recipient=self.about.recipient).order_by("-sent_on").first()
        return row.sent_on if row is not None else None

    # Restricted contact

    @property
    def _restriction(self) -> ContactRestriction | None:
        return next(iter(restrictions(self.look)), None)

    way = property(lambda self: self._restriction and self._restriction.way.rstrip("."))
    from_day = property(lambda self: self._restriction and self._restriction.from_date)
    until = property(lambda self: self._restriction and self._restriction.until)
    decider = property(lambda self: self._restriction and self._restriction.decided_by)
    review_on = property(lambda self: self._restriction and self._restriction.review_on)
    reviewer = property(lambda self: self._restriction and self._restriction.reviewer)
    contact_reasons = property(lambda self: self._restriction and self._restriction.reason)

    # A challenge from outside

    @property
    def ombudsman_reference(self) -> str | None:
        """Their reference."""
        noted = self.look.last("note_external_challenge")
        return str(noted.answers.get("their_reference") or "") or None if noted is not None else None

    @property
    def enquired(self) -> date | None:
        """The day of their enquiry."""
        return self.day_of("note_external_challenge")

    @property
    def filter_on(self) -> date | None:
        """The day of the decision on how it is handled."""
        return self.day_of(StepKey.FILTER)

    @property
    def ended_day(self) -> date | None:
        """The day it ended."""
        return self.day_of(StepKey.CLOSE, "withdraw", "decline_to_record", "redirect")

    @property
    def procedure_approved(self) -> str | None:
        """When the Panel approved its procedure."""
        return self.settings.procedure_approved or None

    @property
    def approver(self) -> str:
        """Who approved the answer."""
        return f"{self.monitoring_officer}, Monitoring Officer"
