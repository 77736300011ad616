"""What the complaints procedure asks of a case beyond the common: who it is about, what was advised, who was heard."""

from functools import cached_property

from django.db.models import Prefetch, Q

from complaints.keys import REPRESENTATIVE, WITH_THE_IOPC, WRITTEN_TO, DutyKey, StateKey, StepKey
from complaints.members_who_complain import members_who_complain
from complaints.models import Allegation, Complaint, Subject
from panel.casework.challenge_steps import WHO_CHALLENGES
from panel.casework.common_facts import CommonFacts
from panel.law.roles import DayBasis, Role
from panel.law.spoken import say
from panel.models import Complainant, Part, office_holder_slug

# Recipients outside the Panel that are no rows of ours, as pages name them.
OUTSIDE_WORDS = {
    "iopc": "the IOPC",
    "body": "the body it is for",
    "commissioner": "the Commissioner",
    "a_prosecutor": "the Crown Prosecution Service",
    "a_prosecutor_or_a_court": "a prosecutor or a court",
    **WHO_CHALLENGES,
}


def allegations_of_each() -> Prefetch:
    """Lets each of the complaints found have its parts, with their allegations, as `in_order`: one query for all."""
    return Prefetch("parts", Part.objects.select_related("allegation").order_by("number"), to_attr="in_order")


NOBODY_NAMED = "Nobody in these offices, or not clear"


def about_words(case: Complaint, names: list[str]) -> str:
    """Whom a complaint is about: these office holders, or whom the log says where it names none."""
    if names:
        return ", ".join(names)
    return f"{NOBODY_NAMED}: {case.about_whom}" if case.about_whom else NOBODY_NAMED


def recipient_words(case: Complaint, slug: str, sees: bool) -> str:
    """Whom to write to: the complainant, or for them whoever acts for them; "" for any other recipient."""
    if slug == Role.COMPLAINANT:
        return case.written_to if sees and case.complainant_id else "the complainant"
    if slug == REPRESENTATIVE:
        return case.agent if sees and case.agent else "who acts for the complainant"
    return ""


class ComplaintFacts(CommonFacts):
    """The facts of one complaint, read once through a `CaseContext`."""

    @cached_property
    def subjects(self) -> list[Subject]:
        """The office holders it is about, the Commissioner first."""
        if self.look.new:
            return []
        if "subjects" in getattr(self.case, "_prefetched_objects_cache", {}):
            return sorted(self.case.subjects.all(), key=lambda s: (s.office_holder.office, s.pk))
        return list(self.case.subjects.select_related("office_holder").order_by("office_holder__office", "pk"))

    @cached_property
    def subjects_ever(self) -> list[Subject]:
        """Whoever was named at any time, those whom a correction has taken out again too."""
        return list(Subject.every.filter(complaint=self.case.pk).select_related("office_holder"))

    @property
    def about(self) -> str:
        """Whom the complaint is about, in words: the office holders, or whom the log says where it names none."""
        return about_words(self.case, [str(s.office_holder) for s in self.subjects])

    def name_subjects(self, holders) -> None:
        """Let the complaint be about these office holders and nobody else."""
        chosen = {h.pk for h in holders}
        for gone in [s for s in self.subjects if s.office_holder_id not in chosen]:
            gone.named = False
            gone.save()
        there = {s.office_holder_id for s in self.subjects}
        for holder in holders:
            if holder.pk not in there:
                Subject.let_be_named(self.case, holder)
        self.__dict__.pop("subjects", None)
        getattr(self.case, "_prefetched_objects_cache", {}).pop("subjects", None)

    @cached_property
    def complainant(self) -> Complainant | None:
        """Who complained, or None when anonymous."""
        return self.case.complainant

    @property
    def somebody_complained(self) -> bool:
        """Whether there is a complaint, and so a complainant, be it an anonymous one (regs 11, 12)."""
        return not self.case.conduct_matter

    @property
    def complainant_can_be_told(self) -> bool:
        """Whether there is a complainant with some way to reach them."""
        return bool(self.case.can_be_told)

    @property
    def name_and_address_given(self) -> bool:
        """Whether the complainant gave both a name and an address, postal or e-mail: a telephone number is none."""
        who = self.complainant
        return who is not None and bool(who.name and (who.email or who.address))

    def reopened(self, part: Allegation) -> int:
        """The number of the entry that last reopened that allegation, or 0: what was advised, noted or decided on it
        before counts no more (para 17)."""
        taken = (e for e in reversed(self.look.in_force) if e.step == StepKey.REOPEN)
        return next((e.number for e in taken if any(m.part_id == part.pk for m in e.moves.all())), 0)

    def still_counts(self, entry, parts) -> bool:
        """Whether a note on the whole case was made since each of these allegations was last reopened."""
        return all(entry.number > self.reopened(p) for p in parts)

    def noted(self, step: str, parts):
        """The last entry in force of a step that notes something on the whole case and still counts, or None."""
        found = (e for e in reversed(self.look.in_force) if e.step == step and self.still_counts(e, parts))
        return next(found, None)

    @cached_property
    def advice(self):
        """The Monitoring Officer's latest advice that still counts for an allegation it covers, an Entry, or None."""
        if not self.taken_up:  # nothing was reopened: a home page then asks for no moves
            return self.look.last(StepKey.ADVISE)
        given = [e for e in reversed(self.look.in_force) if e.step == StepKey.ADVISE]
        return next((e for e in given if any(self._covers(e, p) for p in self.look.parts)), None)

    def advised(self, part: Allegation) -> bool:
        """Whether the Monitoring Officer has advised on that allegation since it was last reopened (para 7)."""
        return any(e.step == StepKey.ADVISE and self._covers(e, part) for e in self.look.in_force)

    def _covers(self, entry, part: Allegation) -> bool:
        """Whether the entry is about the allegation and was made since it was last reopened."""
        return entry.number > self.reopened(part) and any(m.part_id == part.pk for m in entry.moves.all())

    @property
    def briefing(self):
        """The officer's latest note for the Chairman, an Entry, or None."""
        return self.look.last(StepKey.BRIEF_CHAIRMAN)

    def names_kept_out(self) -> list[str]:
        """The names of who complained, and of who acts for them."""
        return [name for name in (self.complainant.name if self.complainant else "", self.case.agent) if name]

    def sides(self) -> list[str]:
        """Recipient slugs of both sides: the complainant, where they can be told, and every office holder."""
        both = [Role.COMPLAINANT.value] if self.complainant_can_be_told else []
        return both + self.holders()

    def holders(self) -> list[str]:
        """Recipient slugs of the office holders it is about."""
        return [office_holder_slug(s.office_holder) for s in self.subjects]

    def told_holders(self) -> list[str]:
        """Office holders whose copy was not withheld: the others do not know of the complaint."""
        return [office_holder_slug(s.office_holder) for s in self.subjects if s.copy != Subject.Copy.WITHHELD]

    def holders_who_know(self) -> list[str]:
        """Office holders who have been told something of the complaint: a notice to them was met."""
        told = {
            d.recipient for d in self.look.duties if d.closed_how == "met" and self.look.procedure.duty(d.kind).notice
        }
        return [slug for slug in self.holders() if slug in told]

    @cached_property
    def sent_a_copy(self) -> set[str]:
        """Recipient slugs of the office holders to whom a copy of the complaint was sent."""
        sent = (d for d in self.look.duties if d.kind == DutyKey.COPY_OF_COMPLAINT and d.closed_how == "met")
        return {d.recipient for d in sent}

    @property
    def complainant_hidden(self) -> bool:
        """Whether some office holder's copy is anonymised so as not to name the complainant (reg 31)."""
        for subject in (s for s in self.subjects if s.copy == Subject.Copy.ANONYMISED):
            taken = (e for e in reversed(self.look.in_force) if e.step == StepKey.DECIDE_COPIES)
            last = next((e for e in taken if subject.pk in e.answers.get("subjects", ())), None)
            if last is None or last.answers.get("who_hidden") != "other":
                return True
        return False

    def kept_from(self) -> bool:
        """Whether the office holders are not to be told, since telling them might prejudice an investigation: so it was
        answered when it was referred, and the IOPC, a prosecutor or a court still has it (regs 13, 31)."""
        if not any(p.status in WITH_THE_IOPC for p in self.look.parts):
            return False
        referral = self.look.last(StepKey.REFER_TO_IOPC)
        if referral is None:
            return False
        told = [d for d in self.look.duties if d.opened_by_id == referral.pk and d.kind == DutyKey.TELL_REFERRED]
        return not any(d.recipient in self.holders() for d in told)

    def not_to_be_told(self, recipient: str) -> bool:
        """Whether that recipient is an office holder who may not be told of the complaint now."""
        return recipient in self.holders() and self.kept_from()

    def due_to_iopc(self, duty) -> bool:
        """Whether the duty's allegation must still go to the IOPC."""
        return any(p.pk == duty.part_id and p.due_to_iopc for p in self.look.parts)

    def holds_clock(self, duty) -> bool:
        """Whether somebody, or the IOPC's suspension, holds the duty's clock."""
        part = next((p for p in self.look.parts if p.pk == duty.part_id), None)
        return self.stopped_by_hand(duty) or self.suspended(part)

    def recipient_words(self, slug: str) -> str:
        """To whom something goes now, as letters and lists give it: "Rachel Okafor, for Desmond Pryce"; "the complainant"
        for whoever may not know the name."""
        return recipient_words(self.case, slug, self.sees_complainant) or self.recipient_name(slug)

    def told_words(self, duty) -> str:
        """To whom something went that was done, as it was written then."""
        closed = duty.closed_by if duty.closed_by_id and duty.recipient == Role.COMPLAINANT else None
        then = closed.answers.get(WRITTEN_TO) if closed is not None and self.sees_complainant else ""
        return then or self.recipient_name(duty.recipient)

    def recipient_name(self, slug: str) -> str:
        """The name of a recipient, whoever is written to for them."""
        if slug == Role.COMPLAINANT:
            return self.complainant.name if self.complainant and self.sees_complainant else "the complainant"
        if slug in OUTSIDE_WORDS:
            return say(OUTSIDE_WORDS[slug])
        kind, _, pk = slug.partition(":")
        if kind == Role.OFFICE_HOLDER:
            found = [s.office_holder.short_name for s in self.subjects if str(s.office_holder_id) == pk]
            return found[0] if found else "the office holder"
        return slug.replace("_", " ")

    @property
    def taken_up(self) -> int:
        """The number of the entry that last reopened the complaint, or 0: what was said before counts no more."""
        reopened = self.look.last(StepKey.REOPEN)
        return reopened.number if reopened else 0

    def heard(self, slug: str, on) -> bool:
        """Whether that side has had the chance to comment by that day: they commented or chose not to, or the time
        they were given is over, or asking them was waived by name (reg 28). What was said before the complaint came is
        noted with its day, and was no comment on the complaint."""
        for entry in self.look.in_force:
            said = entry.step == StepKey.NOTE_COMMENTS and entry.answers.get("side") == slug
            if said and self.case.received_on <= entry.on <= on and entry.number > self.taken_up:
                return True
        kinds = ("invite_comments", "await_comments")
        asked = [d for d in self.look.duties if d.recipient == slug and d.kind in kinds and d.closed_how != "reversed"]
        asked = [d for d in asked if d.opened_by.number > self.taken_up]
        awaiting = [d for d in asked if d.kind == DutyKey.AWAIT_COMMENTS]
        if any(d.closed_how == "waived" for d in asked):
            return True
        return any(d.is_over(on) for d in awaiting)

    def invited(self, slug: str, on) -> bool:
        """Whether that side need not be invited (again): it is on the list, was asked and may answer, or was heard."""
        waiting = [d for d in self.look.open_duties if d.kind in (DutyKey.INVITE_COMMENTS, DutyKey.AWAIT_COMMENTS)]
        return self.heard(slug, on) or any(d.recipient == slug for d in waiting)

    def comments_until(self, on):
        """The last day on which a side may still comment, where time alone ends the wait; else None."""
        waiting = [side for side in self.sides() if not self.heard(side, on)]
        days = [
            next((d.due for d in self.look.open_duties if d.kind == DutyKey.AWAIT_COMMENTS and d.recipient == side
                  and d.stopped_on is None), None)
            for side in waiting
        ]  # fmt: skip
        return max(days) if days and all(days) else None

    def agreed_apology(self, parts) -> bool:
        """Whether an apology that the office holder agreed to is on record, since these allegations were reopened."""
        return self.noted(StepKey.NOTE_APOLOGY, parts) is not None

    def made_on(self, part: Allegation):
        """The day the allegation was made: that of the complaint, or that on which it was added."""
        for e in self.look.entries:
            if e.step == StepKey.ADD_ALLEGATION and any(m.part_id == part.pk for m in e.moves.all()):
                return e.on
        return self.case.made_on or self.case.received_on

    def other_case(self, reference: str | None) -> Complaint | None:
        """The complaint of that reference, of those this person sees, or None."""
        rows = Complaint.objects.visible_to(self.look.who).filter(reference=reference or "")
        found: Complaint | None = rows.prefetch_related(allegations_of_each()).first()
        return found

    def was_recorded(self, part: Allegation) -> bool:
        """Whether the allegation has been on the record (a referral records too)."""
        moves = [(e.step, m) for e in self.look.in_force for m in e.moves.all() if m.part_id == part.pk]
        if any(m.target in (StateKey.RECORDED, StateKey.REFERRED_TO_IOPC) for _, m in moves):
            return True
        old = (m for step, m in moves if step == StepKey.ENTER_FROM_REGISTER)  # as the old register says
        return any(m.target == StateKey.CLOSED or m.counts.get("recorded_on") for m in old)

    def withdrawn_from_iopc(self, part: Allegation) -> bool:
        """Whether the allegation was with the IOPC when it was withdrawn."""
        for entry in reversed(self.look.in_force):
            for move in entry.moves.all():
                if move.part_id == part.pk and move.target == StateKey.WITHDRAWN:
                    return bool(move.counts.get("with_iopc"))
        return False

    def was_with_iopc(self, part: Allegation) -> bool:
        """Whether the allegation was referred and has not come back, be it with the IOPC or, after it, with a court."""
        return part.status in WITH_THE_IOPC

    def is_conduct_matter(self, part: Allegation) -> bool:
        """Whether no complaint stands behind it any more, or ever did: recorded as a conduct matter, or treated as one
        after a withdrawal (regs 11, 12, 16)."""
        if self.case.conduct_matter:
            return True
        taken = (e for e in self.look.in_force if e.step == StepKey.IOPC_TREATS_AS_CONDUCT_MATTER)
        return any(m.part_id == part.pk for e in taken for m in e.moves.all())

    def stands_still(self, kind, part):
        """Whether a target opened now stands from the first: the IOPC suspends what it is about (reg 22). What the law
        times never stands."""
        return self.can_stand(kind) and self.suspended(part)

    def can_stand(self, kind) -> bool:
        """Whether a day of that kind is the Panel's own, so that its clock can stop. To ask whether a suspension goes on
        never stops with it."""
        return kind.day_basis is DayBasis.LOCAL and kind.key != DutyKey.REVIEW_SUSPENSION

    def suspended(self, part: Allegation | None) -> bool:
        """Whether the IOPC has suspended the procedure on the allegation; of the case: on everything that is open."""
        if part is not None:
            return part.suspended_on is not None
        still = [p for p in self.look.parts if self.look.procedure.state(p.status).open]
        return bool(still) and all(p.suspended_on for p in still)

    def stopped_by_hand(self, duty) -> bool:
        """Whether somebody stopped that target, and nobody has let it go on since: a lifted suspension leaves it."""
        stands = {StepKey.STOP_CLOCK: "duties", StepKey.ASK_FOR_INFORMATION: "stops"}
        goes_on = {StepKey.RESTART_CLOCK: "duties", StepKey.RESUME: "stopped"}
        for entry in reversed(self.look.in_force):
            name = stands.get(entry.step) or goes_on.get(entry.step)
            if name and str(duty.pk) in map(str, entry.answers.get(name, ())):
                return entry.step in stands
        return False

    @cached_property
    def complaining(self) -> dict[int, str]:
        """{member: why to be warned} of members who complain, or whose name is the complainant's, here or in another
        complaint about the same matter."""
        return members_who_complain(self)

    @cached_property
    def merged(self) -> list:
        """Complaints merged into this one that the person sees."""
        # Put in order here: asked for in order, SQLite reads all complaints of the panel in that order to find them.
        found = Complaint.objects.visible_to(self.look.who).filter(merged_into=self.case.pk)
        return sorted(found, key=lambda case: (case.year, case.serial))

    @cached_property
    def merged_into(self):
        """The complaint into which this one was merged, where the person sees it, or None."""
        return (
            Complaint.objects.visible_to(self.look.who).filter(pk=self.case.merged_into_id).first()
            if self.case.merged_into_id
            else None
        )

    @cached_property
    def earlier_by_the_same(self) -> list:
        """Other complaints by somebody of the same name or e-mail address that this person sees, latest first."""
        who = self.complainant
        if who is None or not (who.name or who.email):
            return []
        same = Q(complainant__name__iexact=who.name)
        if who.email:
            same |= Q(complainant__email__iexact=who.email)
        return list(
            Complaint.objects.visible_to(self.look.who)
            .filter(same)
            .exclude(pk=self.case.pk)
            .order_by("-received_on")
            .prefetch_related(allegations_of_each())[:10]
        )
