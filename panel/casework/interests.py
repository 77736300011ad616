"""An interest in a matter: whose it is, of which kind, and whether the person withdrew.

Only withdrawal takes sight, seat and vote. Who declares an interest and stays goes on as before, and the declaration
stands on the record. Case roles of the kind `interested` mean that somebody withdrew, those of earlier releases too.
"""

from typing import Any

from panel.access import rules
from panel.casework.case_context import Also, Attempt, CaseContext
from panel.casework.members import MembersMixin
from panel.casework.step_form import StepForm
from panel.forms.fields import HintedChoice, RadiosField, SelectField, TextField
from panel.law.roles import CasePart, Role
from panel.models import CaseRole, Member, User, others_of_the_matter
from panel.procedure.vocabulary import Refusal

OWN = "own"  # the interest of whoever enters it
SAME_MATTER = "They withdrew from another case about the same matter."
KINDS = (
    HintedChoice("pecuniary", "A disclosable pecuniary interest", "The register of interests names these."),
    HintedChoice("other_registered", "Another interest that is on the register"),
    HintedChoice("close", "Closeness to the people or the matter", "Such as a relative, a friend, or a witness."),
    HintedChoice("complains", "They complain, or have complained of the same matter"),
    HintedChoice("other", "Something else"),
)


class DeclareInterestForm(MembersMixin, StepForm):
    """An interest in the matter, its kind, and whether the person withdrew: only that takes sight, seat and vote."""

    on_label = "When was it declared?"
    labels = {"member": "Whose interest", "kind": "Kind of interest", "withdrew": "Withdrew"}  # noqa: RUF012
    member = SelectField(
        label="Whose interest is it?", choices=(), blank="Choose", required_message="Select whose interest it is"
    )
    kind = RadiosField(
        label="What kind of interest is it?", choices=KINDS, required_message="Select what kind of interest it is"
    )
    nature = TextField(
        label="What is the interest?", max_length=300, required_message="Enter what the interest is",
        help_text="For example: a friend of one of the people, or a witness.",
    )  # fmt: skip
    withdrew = RadiosField(
        label="Have they withdrawn, or do they withdraw now?",
        choices=[
            HintedChoice("yes", "Yes", "They no longer see the case, sit or decide."),
            HintedChoice("no", "No", "They go on as before; the declaration stands on the record."),
        ],
        required_message="Select whether they withdrew",
        help_text="The code of conduct of their council says when a member must withdraw.",
    )

    def add_questions(self) -> None:
        """Only staff note it for somebody else; whose it is, they say. Where nobody complained, no member did."""
        if not self.attempt.facts.somebody_complained:
            self.fields["kind"].choices = [c for c in KINDS if c.value != "complains"]
        if self.attempt.roles & {Role.OFFICER, Role.MONITORING_OFFICER}:
            mine = (OWN, f"My own, {self.attempt.user}")
            self.fields["member"].choices = [mine, *self.member_lines()]
        else:
            del self.fields["member"]
            self.fields["withdrew"].label = "Have you withdrawn, or do you withdraw now?"

    @classmethod
    def display_answer(cls, name: str, value: Any, look: CaseContext) -> str:
        """The person by name."""
        return "Their own" if (name, value) == ("member", OWN) else super().display_answer(name, value, look)

    def whose(self) -> tuple[Member | None, User | None]:
        """The seat and the account of the person whose interest it is; one of them may be missing."""
        attempt = self.attempt
        chosen = self.cleaned_data.get("member") or OWN
        if chosen != OWN:
            member = next(m for m in attempt.facts.members if str(m.pk) == chosen)
            return member, member.user
        seats = [m for m in attempt.facts.members if m.user_id == attempt.user.pk]
        day = self.cleaned_data.get("on") or attempt.on
        return next((m for m in seats if m.holds(day)), None), attempt.user

    def warnings(self) -> list[str]:
        """What it takes from the person, and who decides then."""
        look = self.attempt.look
        member, user = self.whose()
        own = user is not None and user.pk == self.attempt.user.pk
        name = member.name if member else str(user)
        if self.cleaned_data.get("withdrew") != "yes":
            return ["You still see this case and take part." if own else f"{name} still sees the case and takes part."]
        lost = "You will not see this case again" if own else f"{name} will not see this case again, sit on it or vote"
        found = [f"{lost}. {who_decides(look, user, 'you' if own else name)}"]
        if own and look.case.assigned_to_id == self.attempt.user.pk:
            found.append("You keep this case. Give it to another officer first, so that somebody goes on with it.")
        return found


def who_decides(look: CaseContext, leaving: User | None, name: str) -> str:
    """Who acts as Chairman once that person has withdrawn: "Sir Clive Beresford (Vice-Chairman) decides."; where no step is
    the Chairman's decision, the Panel."""
    if not any(Role.CHAIRMAN in step.decided_by for step in look.procedure.steps):
        return f"The Panel decides without {name}."
    gone = frozenset({leaving.pk} if leaving else ())
    found = rules.who_acts(look.who.offices, rules.interested(look.case_roles) | gone)
    if not found.users:
        return f"Nobody can then decide: {found.why}. Ask the Monitoring Officer."
    acting = next(look.user_names[pk] for pk in sorted(found.users))
    return f"{acting}{'' if found.office is Role.CHAIRMAN else ' (Vice-Chairman)'} decides."


def not_withdrawn_already(attempt: Attempt) -> Refusal | None:
    """Who has withdrawn stays withdrawn: that is taken back, not declared away."""
    member, user = attempt.form.whose()
    own = (r for r in attempt.look.case_roles if r.kind == CasePart.INTERESTED and r.case_id == attempt.case.pk)
    if any(is_of(r, member, user) for r in own):
        name = member.name if member else str(user)
        return Refusal(f"{name} has withdrawn from this case already", attempt.step.provisions, field="member")
    return None


def is_of(role: CaseRole, member: Member | None, user: User | None) -> bool:
    """Whether the case role is that person's, by their seat or by their account."""
    return bool((member and role.member_id == member.pk) or (user and role.user_id == user.pk))


def declare_interest(attempt: Attempt) -> None:
    """Keep the declaration. From a withdrawal on the person neither sees nor decides, and a seat on the sub-panel ends
    with it."""
    member, user = attempt.form.whose()
    withdrew = attempt.answers["withdrew"] == "yes"
    kind = CasePart.INTERESTED if withdrew else CasePart.DECLARED
    for role in attempt.look.case_roles:
        stayed = role.kind == CasePart.DECLARED
        if is_of(role, member, user) and (stayed or (withdrew and role.kind == CasePart.SUB_PANEL)):
            role.to_entry = attempt.entry
            role.save()
    CaseRole.objects.create(case=attempt.case, kind=kind, member=member, user=user, from_entry=attempt.entry)
    if withdrew:
        empty_seats(attempt, [attempt.case.pk])


def empty_seats(attempt: Attempt, joined: list[int]) -> None:
    """Who withdrew from one case of a matter sits on no other case of it: their seats there end with a declaration on that
    case. `joined` are the cases of which the matter is; of the others their group says it."""
    matter = [*joined, *others_of_the_matter(joined).values_list("case", flat=True)]
    rows = CaseRole.objects.filter(case__in=matter, to_entry=None, kind__in=(CasePart.INTERESTED, CasePart.SUB_PANEL))
    roles = list(rows.select_related("case", "member", "user").order_by("pk"))
    gone = [r for r in roles if r.kind == CasePart.INTERESTED]
    for seat in (r for r in roles if r.kind == CasePart.SUB_PANEL and r.member_id):
        if any(is_of(r, seat.member, seat.member.user) for r in gone):
            answers = {
                "member": str(seat.member_id), "kind": "other", "nature": SAME_MATTER, "withdrew": "yes",
                "on": attempt.on,
            }  # fmt: skip
            attempt.also.append(Also(seat.case, "declare_interest", answers))
