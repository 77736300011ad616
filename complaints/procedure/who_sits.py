"""Who may sit on a sub-panel, who chairs it, and who came, as the panel's settings have it (para 11; reg 28).

A sub-panel is made for each complaint, from all members or from a pool, or it stands and takes every complaint; a pool has
substitutes. An independent member may have to sit, or to chair.
"""

from panel.casework.members import MembersMixin
from panel.forms.fields import SelectField
from panel.forms.layout import Reveal
from panel.law.period import day_words, listed
from panel.law.roles import CasePart, Role
from panel.models import CaseRole, Meeting, MeetingItem, MeetingMinute, Member, Seat
from panel.procedure.vocabulary import Refusal

STANDING = "standing"
HOW = (
    (Seat.How.ROOM.value, "In the room"), (Seat.How.ONLINE.value, "Online"),
    (Seat.How.WITHDREW.value, "Withdrew for an interest"), (Seat.How.ABSENT.value, "Absent"),
)  # fmt: skip
THERE = (Seat.How.ROOM.value, Seat.How.ONLINE.value)
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number_words(number: int) -> str:
    """Small numbers in words."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def pool_on(attempt, day):
    """The rows of the standing sub-panel, or of the pool, that hold on that day; None where every member may sit."""
    if not attempt.targets.sub_panel_kind:
        return None
    return [row for row in attempt.panel.pool.select_related("member") if row.holds(day)]


def standing_members(attempt, day):
    """The members of the standing sub-panel that day who have no interest in the case, without its substitutes."""
    if attempt.targets.sub_panel_kind != STANDING:
        return []
    withdrawn = attempt.facts.withdrawn_by(day)
    return [row.member for row in pool_on(attempt, day) if not row.substitute and row.member_id not in withdrawn]


def size_is_right(attempt, chosen):
    """As many members as the panel's own procedure says; three where it says nothing (para 11)."""
    size = attempt.targets.seats
    if len(chosen) == size:
        return None
    members = "member" if size == 1 else "members"
    return Refusal(
        f"A sub-panel has exactly {number_words(size)} {members}: select {number_words(size)}",
        ("para 11",),
        field="members",
    )


def from_the_pool(attempt, members, field):
    """Everybody who sits stands in the pool that day; a substitute only where somebody of a standing sub-panel cannot."""
    rows = pool_on(attempt, attempt.on)
    if rows is None:
        return None
    there = {row.member_id for row in rows}
    what = "on the standing sub-panel" if attempt.targets.sub_panel_kind == STANDING else "in the pool for sub-panels"
    for m in members:
        if m.pk not in there:
            return Refusal(f"{m.name} was not {what} on {day_words(attempt.on)}", ("para 11",), field=field)
    instead = [m for m in members if any(row.member_id == m.pk and row.substitute for row in rows)]
    left_out = [m for m in standing_members(attempt, attempt.on) if m not in members]
    if instead and left_out and field == "members":
        return Refusal(
            f"{instead[0].name} is a substitute: {listed([m.name for m in left_out])} can sit",
            ("para 11",),
            field=field,
        )
    return None


def an_independent_member_sits(attempt, members, field="members"):
    """Where the panel has it so, an independent member sits, or chairs."""
    if attempt.targets.independent and not any(m.kind == Member.Kind.INDEPENDENT for m in members):
        return Refusal(
            "The Panel has an independent member sit on every sub-panel: select one", ("para 11",), field=field
        )
    return None


def the_chair_is_right(attempt, members, field="chair"):
    """Who chairs sits on it; an independent member, where the panel has it so."""
    chair = next((m for m in members if str(m.pk) == attempt.answers.get(field)), None)
    if field not in attempt.form.fields or not attempt.answers.get(field):
        return None
    if chair is None:
        return Refusal("Who chairs it sits on it: select one of its members", ("para 11",), field=field)
    if attempt.targets.independent == "chairs" and chair.kind != Member.Kind.INDEPENDENT:
        return Refusal(
            f"An independent member chairs every sub-panel, and {chair.name} is none", ("para 11",), field=field
        )
    return None


class ChairMixin(MembersMixin):
    """Asks who chairs, where that is said when the sub-panel is appointed."""

    def ask_chair(self):
        """The question, unless the sub-panel elects its chairman or nobody says who chairs."""
        targets = self.attempt.targets
        if targets.sub_panel_chair == "appointed" or (targets.independent == "chairs" and not targets.sub_panel_chair):
            self.fields["chair"] = SelectField(
                label="Who chairs it?",
                choices=self.member_lines(),
                blank="Choose",
                required_message="Select who chairs it",
            )


def seat_standing(attempt):
    """Where the standing sub-panel decides how complaints are handled, it has each from the day of recording."""
    decides = attempt.look.procedure_on(attempt.on).step("filter").decided_by
    if Role.SUB_PANEL not in decides or attempt.facts.sub_panel:
        return
    for m in standing_members(attempt, attempt.on):
        CaseRole.objects.create(
            case=attempt.case, kind=CasePart.SUB_PANEL, member=m, user=m.user, from_entry=attempt.entry
        )


# A meeting of the sub-panel


class AttendanceMixin(MembersMixin):
    """Asks of each who sits on the case whether they came to a meeting of the sub-panel, and whom it elected to chair."""

    labels = {"attendance": "Who came", "elected": "Elected to chair"}  # noqa: RUF012

    def ask_attendance(self):
        """A question for each seat; the substitutes of the pool stand among its answers."""
        attempt = self.attempt
        substitutes = [row for row in pool_on(attempt, attempt.look.today) or () if row.substitute]
        instead = [(f"for:{row.member_id}", f"{row.member.name} sat instead") for row in substitutes]
        self.seats = {f"seat_{role.member_id}": role.member for role in attempt.facts.sub_panel if role.member}
        for name, member in self.seats.items():
            self.fields[name] = SelectField(
                label=member.name, choices=[*HOW, *instead], blank="Not said", required=False
            )
        if attempt.targets.sub_panel_chair == "elected" and self.seats and not self.elected_before():
            self.fields["elected"] = SelectField(
                label="Whom did it elect to chair?", choices=[(str(m.pk), m.name) for m in self.seats.values()],
                blank="Nobody yet", required=False,
            )  # fmt: skip

    def elected_before(self):
        """Whether an earlier meeting elected somebody."""
        look = self.attempt.look
        return any(e.step == "note_meeting" and e.answers.get("elected") for e in look.in_force)

    def attendance_shape(self):
        """The questions, under the sub-panel's own kind of meeting."""
        return [Reveal("kind", "sub_panel", *self.seats, *(["elected"] if "elected" in self.fields else []))]

    def said(self):
        """{member: how they attended} of those of whom it was said."""
        return {m: self.cleaned_data[name] for name, m in self.seats.items() if self.cleaned_data.get(name)}

    def change_answers(self, answers):
        """Who came, in a line, in the place of an answer for each seat."""
        said = self.said()
        kept = {name: value for name, value in answers.items() if name not in self.seats}
        if said:
            kept["attendance"] = attendance_words(self.attempt, said)
        return kept

    @classmethod
    def display_answer(cls, name, value, look):
        """Whoever was elected by name."""
        return super().display_answer("member" if name == "elected" else name, value, look)


def how_words(attempt, how):
    """How one attended: "in the room", "Cllr Stand In sat instead"."""
    if how.startswith("for:"):
        found = attempt.panel.members.filter(pk=how.removeprefix("for:")).first()
        return f"{found.name if found else 'somebody'} sat instead"
    return dict(HOW)[how].lower()


def number_there(said):
    """How many were there, substitutes included."""
    return sum(1 for how in said.values() if how in THERE or how.startswith("for:"))


def attendance_words(attempt, said):
    """Who came, and whether it was enough."""
    lines = [f"{m.name}: {how_words(attempt, how)}" for m, how in said.items()]
    quorum = attempt.targets.sub_panel_quorum
    if quorum:
        enough = number_there(said) >= quorum
        lines.append(f"Quorum of {quorum}: {'yes' if enough else 'no, so it could only talk'}")
    return "; ".join(lines)


def the_elected_chair_is_right(attempt):
    """An independent member is elected, where the panel has one chair (para 11)."""
    form = attempt.form
    if "elected" not in form.fields or attempt.answers.get("kind") != "sub_panel":
        return None
    return the_chair_is_right(attempt, list(form.seats.values()), "elected")


def keep_attendance(attempt):
    """Keep day, chair, seats and quorum as a meeting of the sub-panel."""
    said = attempt.form.said()
    if attempt.answers["kind"] != "sub_panel" or not said:
        return
    meeting = Meeting.objects.create(
        panel=attempt.panel, kind=Meeting.Kind.SUB_PANEL, on=attempt.on, entry=attempt.entry
    )
    item = MeetingItem.objects.create(meeting=meeting, case=attempt.case, number=1, entry=attempt.entry)
    quorum, chair = attempt.targets.sub_panel_quorum, attempt.answers.get("elected")
    enough = MeetingMinute.Quorate.YES if quorum and number_there(said) >= quorum else MeetingMinute.Quorate.NO
    MeetingMinute.objects.create(
        meeting=meeting, entry=attempt.entry, quorate=enough if quorum else "",
        chair_member=next((m for m in said if str(m.pk) == chair), None),
    )  # fmt: skip
    for m, how in said.items():
        instead = attempt.panel.members.filter(pk=how.removeprefix("for:")).first() if how.startswith("for:") else None
        Seat.objects.create(
            meeting=meeting, item=item, member=m, how=Seat.How.SUBSTITUTE if instead else how,
            substitute_name=instead.name if instead else "", entry=attempt.entry,
        )  # fmt: skip
