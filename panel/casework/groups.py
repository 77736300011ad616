"""Joining and leaving a group: cases of one panel about one matter, each with its own log, duties, letters and line.

join_group(OPEN, ("reg 28",))        # the steps that a register declares whose cases can be about one matter
leave_group(ANY, ("reg 28",))
"""

from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet

from panel.access import rules
from panel.casework.case_context import Attempt, CaseContext
from panel.casework.interests import empty_seats
from panel.casework.step_form import StepForm
from panel.forms.fields import RadiosField, TextField
from panel.forms.layout import Reveal
from panel.law import clock
from panel.law.roles import CasePart, Role
from panel.models import Case, CaseGroup, GroupMember
from panel.models.journal import ERASED
from panel.procedure.vocabulary import Refusal, Step, Target

NEW_GROUP = "new"
ONE_PANEL = "A group holds cases of one Panel. Select a group of this Panel, or begin a new one"

Keys = tuple[str, ...]


def groups_seen(who: rules.Standing, register: str) -> QuerySet[Any]:
    """The groups of the register of which the person sees a case, newest first."""
    cases = Case.objects.filter(rules.visible(who))
    mine = GroupMember.objects.filter(group=OuterRef("pk"), to_entry=None, case__in=cases.values("pk"))
    found = CaseGroup.objects.filter(Exists(mine), panel=who.panel_id, register=register)
    return found.select_related("panel").order_by("-year", "-serial")


def in_no_group(attempt: Attempt) -> Refusal | None:
    """It belongs to no group: a case is about one matter."""
    group = attempt.look.group
    if group is None:
        return None
    return Refusal(
        f"It belongs to {group} already.", attempt.step.provisions, "let it leave that group.", "leave_group"
    )


def in_a_group(attempt: Attempt) -> Refusal | None:
    """It belongs to a group."""
    return None if attempt.look.group else Refusal("It belongs to no group.", attempt.step.provisions)


class JoinGroupForm(StepForm):
    """The matter that several cases are about: a group that is there, or a new one."""

    on_label = "When was this decided?"
    labels = {"group": "Group"}  # noqa: RUF012
    columns = ("title",)
    takes_documents = False
    group = RadiosField(label="Which group does it join?", choices=(), required_message="Select a group")
    title = TextField(
        label="What is the matter?", max_length=120, required_message="Enter what the matter is",
        help_text="A few words that name nobody who complains. For example: post about the Larkford march.",
    )  # fmt: skip
    why_label = "Why do they belong together?"
    why_missing = "Enter why they belong together"
    shape = ("group", Reveal("group", NEW_GROUP, "title"))

    def add_questions(self) -> None:
        """The groups that the person sees, and a new one."""
        look = self.attempt.look
        self._groups = {str(g.pk): g for g in groups_seen(look.who, look.register.slug)}
        found = [(pk, f"{g}, {g.title}") for pk, g in self._groups.items()]
        field = self.fields["group"]
        field.choices = [*found, (NEW_GROUP, "A new group")]
        field.error_messages["invalid_choice"] = ONE_PANEL
        if not found:
            field.initial = NEW_GROUP

    def reminders(self) -> list[str]:
        """That who withdrew from this case will see none of the group."""
        roles = [r for r in self.attempt.look.case_roles if r.kind == CasePart.INTERESTED]
        names = dict.fromkeys(r.member.name if r.member else str(r.user) for r in roles)
        return [f"{name} withdrew from this case, and will then see no case of the group." for name in names]

    def chosen(self) -> CaseGroup | None:
        """The group that is there already, or None for a new one."""
        return self._groups.get(self.cleaned_data.get("group") or "")

    def next_number(self) -> tuple[int, int]:
        """Year and serial of a new group; the chain's lock keeps them ours."""
        look = self.attempt.look
        year = clock.today().year
        rows = CaseGroup.objects.filter(panel=look.panel, register=look.register.slug, year=year)
        return year, (rows.aggregate(last=Max("serial"))["last"] or 0) + 1

    def change_answers(self, answers: dict[str, Any]) -> dict[str, Any]:
        """The entry keeps the group's number."""
        group = self.chosen()
        return answers | {"group": group.number if group else "-".join(map(str, self.next_number()))}

    @classmethod
    def display_answer(cls, name: str, value: Any, look: CaseContext) -> str:
        """The group by its number."""
        return f"Group {value}" if name == "group" else super().display_answer(name, value, look)


class LeaveGroupForm(StepForm):
    """It is about another matter after all."""

    on_label = "When was this decided?"
    takes_documents = False
    why_label = "Why does it leave?"
    why_missing = "Enter why it leaves the group"


def title_names_nobody(attempt: Attempt) -> Refusal | None:
    """The matter is named without those who complain of it: the title is read by whoever sees any of its cases."""
    group = attempt.form.chosen()
    field, title = ("group", group.title) if group else ("title", attempt.answers.get("title") or "")
    words = {word.strip(".,:;()“”’'\"").casefold() for word in title.split()}
    for name in attempt.facts.names_kept_out():
        last = name.split()[-1].casefold() if name.split() else ""
        if len(last) > 2 and (last in words or last in {w.removesuffix("’s").removesuffix("'s") for w in words}):
            said = f"“{title}” names {name}: name the matter without those who complain"
            return Refusal(said, attempt.step.provisions, field=field)
    return None


def join(attempt: Attempt) -> None:
    """Let the case join; a new group gets its number. An interest in it is then one in all of them."""
    group = attempt.form.chosen()
    if group is None:
        year, serial = attempt.form.next_number()
        group = CaseGroup.objects.create(
            panel=attempt.panel, register=attempt.look.register.slug, year=year, serial=serial,
            title=attempt.answers["title"],
        )  # fmt: skip
    GroupMember.objects.create(group=group, case=attempt.case, from_entry=attempt.entry)
    empty_seats(attempt, [attempt.case.pk])


def leave(attempt: Attempt) -> None:
    """Let it leave; that it belonged there stays on record."""
    row = GroupMember.objects.get(case=attempt.case, to_entry=None)
    row.to_entry = attempt.entry
    row.save()


def titles_to_erase(case: Case) -> list[CaseGroup]:
    """The groups to which the case belongs, or belonged, and of which every other case is erased already."""
    found = CaseGroup.objects.filter(members__case=case.pk).exclude(title=ERASED).distinct()
    still = GroupMember.objects.filter(case__erased_on=None).exclude(case=case.pk)
    return [group for group in found if not still.filter(group=group).exists()]


STAFF = (Role.OFFICER, Role.MONITORING_OFFICER)


def join_group(states: Keys, under: Keys, *, by: tuple[Role, ...] = STAFF) -> Step:
    """It is about the same matter as others."""
    return Step(
        "join_group", "Let it join a group", states, Target.STAYS, entered_by=by, provisions=under,
        past_label="Joined a group", button="Let it join", scope="case", folded=True, final=True, together=False,
        hint="Several about one matter: a step is then taken once for all of them.",
        guards=(in_no_group,), form=JoinGroupForm, checks=(title_names_nobody,), effect=join,
    )  # fmt: skip


def leave_group(states: Keys, under: Keys, *, by: tuple[Role, ...] = STAFF) -> Step:
    """It is about another matter after all."""
    return Step(
        "leave_group", "Let it leave its group", states, Target.STAYS, entered_by=by, provisions=under,
        past_label="Left its group", button="Let it leave", scope="case", folded=True, final=True, together=False,
        hint="What was done together stays done; that it belonged there stays on record.",
        guards=(in_a_group,), form=LeaveGroupForm, effect=leave,
    )  # fmt: skip
