"""A complaint before a sub-panel or the full Panel, and their meetings (paras 11, 12 and 16; reg 28).

The Chairman appoints three members in office without an interest; one who cannot sit is replaced. Chairman or sub-panel
may refer the complaint to the full Panel.
"""

from complaints.keys import DutyKey, StepKey
from complaints.procedure.complaining import DecidersMixin, whoever_complains_is_known
from complaints.procedure.conditions import (
    FORWARD,
    before_whom_it_is,
    decided_by_whom_it_was_before,
    decider_could_decide,
    is_before,
    route_is,
)
from complaints.procedure.duties import (
    APPOINT,
    ARRANGE_MEETING,
    BEGIN_RESOLUTION,
    CARRY_OUT,
    CONCLUDE,
    FILL_SEAT,
    INVITE_COMMENTS,
    PANEL_MEETS,
    RESOLVE,
    SUB_PANEL_MEETS,
    TABLE,
)
from complaints.procedure.earliest import APPOINTMENT
from complaints.procedure.seats import AppointSubPanelForm, ReplaceMemberForm
from complaints.procedure.states import SUB_PANEL_SITS
from complaints.procedure.who_sits import (
    an_independent_member_sits,
    from_the_pool,
    size_is_right,
    the_chair_is_right,
)
from panel.casework.shared_steps import in_the_future
from panel.casework.step_form import StepForm
from panel.forms.fields import DateField
from panel.law.period import day_words, listed
from panel.law.roles import CasePart, Role
from panel.models import CaseRole
from panel.procedure.vocabulary import RECEIPT, Elsewhere, Refusal, Step, Target

sent_to_sub_panel = route_is("sub_panel_resolves", "sub_panel_considers")


def sub_panel_is_lawful(attempt):
    """As many members as the setting says (three), in office that day, none twice, none interested (para 11)."""
    chosen = attempt.form.members_chosen()
    if len({m.pk for m in chosen}) != len(chosen):
        return Refusal("A member can sit only once", ("para 11",), field="members")
    return (
        size_is_right(attempt, chosen)
        or from_the_pool(attempt, chosen, "members")
        or an_independent_member_sits(attempt, chosen)
        or the_chair_is_right(attempt, chosen)
        or _the_one_that_sits(attempt, chosen)
        or _may_sit(attempt, chosen, "members")
    )


def _the_one_that_sits(attempt, chosen):
    """A complaint has one sub-panel (para 11): what else of it comes before one comes before the same members."""
    covered = {p.pk for p in attempt.parts}
    there = [p for p in attempt.look.parts if p.pk not in covered and is_before(Role.SUB_PANEL, attempt, p)]
    missing = [r.member for r in attempt.facts.sub_panel if r.member not in chosen and r.member.holds(attempt.on)]
    if there and missing:
        return Refusal(
            f"Allegation {there[0].number} is before a sub-panel already, and a complaint has one: select its members, "
            f"{listed([r.member.name for r in attempt.facts.sub_panel])}",
            ("para 11",),
            field="members",
        )
    return None


def _may_sit(attempt, members, field):
    for m in members:
        if not m.holds(attempt.on):
            return Refusal(
                f"{m.name} was not a member of the Panel on {day_words(attempt.on)}", ("para 11",), field=field
            )
        if m.pk in attempt.facts.withdrawn_by(attempt.on):
            return Refusal(f"{m.name} has declared an interest and cannot sit", ("para 11",), field=field)
    return None


def appoint_sub_panel(attempt):
    """Seat the members chosen; those of an earlier appointment leave."""
    for role in attempt.facts.sub_panel:
        role.to_entry = attempt.entry
        role.save()
    attempt.closed_duties = [(d, "lapsed") for d in attempt.look.open_duties if d.kind == DutyKey.FILL_SEAT]
    for m in attempt.form.members_chosen():
        CaseRole.objects.create(
            case=attempt.case, kind=CasePart.SUB_PANEL, member=m, user=m.user, from_entry=attempt.entry
        )
    for p in attempt.parts:
        attempt.add_report_slugs(p, sub_panel="yes")


# Replacing a member


def a_sub_panel_was_appointed(attempt):
    """There is a sub-panel, even if an interest has emptied a seat of it."""
    if not attempt.facts.sub_panel and attempt.look.last(StepKey.APPOINT_SUB_PANEL) is None:
        return Refusal(
            "No sub-panel has been appointed.", ("para 11",), "the Chairman appoints one.", first="appoint_sub_panel"
        )
    return None


def replacement_is_lawful(attempt):
    """Who joins is a member that day, not interested, and does not sit already (para 11)."""
    joining = attempt.form.member_named("joining")
    if not attempt.answers.get("leaving") and len(attempt.facts.sub_panel) >= attempt.targets.seats:
        return Refusal("Select who leaves: no seat is empty", ("para 11",), field="leaving")
    if joining.pk in {r.member_id for r in attempt.facts.sub_panel}:
        return Refusal(f"{joining.name} sits on the sub-panel already", ("para 11",), field="joining")
    stay = [r.member for r in attempt.facts.sub_panel if str(r.member_id) != attempt.answers.get("leaving")]
    return (
        from_the_pool(attempt, [joining], "joining")
        or an_independent_member_sits(attempt, [*stay, joining], "joining")
        or _may_sit(attempt, [joining], "joining")
    )


def replace_member(attempt):
    """Let one member leave and another join. Where nobody leaves, the new member fills an empty seat."""
    for role in attempt.facts.sub_panel:
        if str(role.member_id) == attempt.answers["leaving"]:
            role.to_entry = attempt.entry
            role.save()
    empty = [d for d in attempt.look.open_duties if d.kind == DutyKey.FILL_SEAT]
    attempt.closed_duties = [] if attempt.answers["leaving"] else [(d, "met") for d in empty[:1]]
    joining = attempt.form.member_named("joining")
    CaseRole.objects.create(
        case=attempt.case, kind=CasePart.SUB_PANEL, member=joining, user=joining.user, from_entry=attempt.entry
    )


# The full Panel


class ReferToFullPanelForm(DecidersMixin, StepForm):
    """The whole Panel deals with it (para 16)."""

    on_label = "When was this decided?"
    meeting_on = DateField(
        label="Which meeting?", what="the day of the meeting", required=False, help_text="Leave empty if not fixed yet."
    )
    why_label = "Why?"


def take_to_panel(attempt):
    """Put the case before the full Panel: its members see it from now on."""
    attempt.case.tabled_on = attempt.on
    for p in attempt.parts:
        attempt.add_report_slugs(p, full_panel="yes")


STEPS = (
    Step(
        "appoint_sub_panel", "Appoint a sub-panel", ("filtered",), "sub_panel",
        entered_by=(Role.CHAIRMAN, Role.OFFICER), decided_by=(Role.CHAIRMAN,), provisions=("para 11", "reg 28"),
        past_label="Sub-panel appointed", button="Appoint the sub-panel",
        hint="Three members in office, none with an interest.",
        part_guards=(*FORWARD, sent_to_sub_panel), form=AppointSubPanelForm,
        checks=(
            sub_panel_is_lawful, whoever_complains_is_known("members"), decider_could_decide,
            in_the_future("by_when", "The day by which it should meet"),
        ),
        effect=appoint_sub_panel,
        opens=(ARRANGE_MEETING, INVITE_COMMENTS, SUB_PANEL_MEETS, CONCLUDE), closes=(APPOINT,),
        lapses=(BEGIN_RESOLUTION, CARRY_OUT, TABLE),
        when_elsewhere=Elsewhere(
            "The Chairman has not sent it to a sub-panel.", "the Chairman decides how it is handled.", "filter"
        ),
    ),
    Step(
        "replace_sub_panel_member", "Replace a member of the sub-panel", SUB_PANEL_SITS, Target.STAYS,
        entered_by=(Role.CHAIRMAN, Role.OFFICER), decided_by=(Role.CHAIRMAN,), provisions=("para 11", "reg 28"),
        past_label="Sub-panel member replaced", button="Replace the member",
        scope="case", folded=True,
        guards=(a_sub_panel_was_appointed,), form=ReplaceMemberForm,
        checks=(replacement_is_lawful, whoever_complains_is_known("joining"), decider_could_decide), effect=replace_member,
        not_before=(RECEIPT, APPOINTMENT),
        when_elsewhere=Elsewhere("No sub-panel deals with it.", "the Chairman appoints one.", "appoint_sub_panel"),
    ),
    Step(
        "refer_to_full_panel", "Refer it to the full Panel", ("filtered", "sub_panel", "informal_resolution"),
        "full_panel",
        entered_by=(Role.CHAIRMAN, Role.SUB_PANEL, Role.OFFICER), decided_by=(Role.CHAIRMAN, Role.SUB_PANEL),
        provisions=("para 16", "reg 28"),
        past_label="Referred to the full Panel", button="Refer it to the Panel", hint="All members see it from then on.",
        part_guards=(*FORWARD, before_whom_it_is), form=ReferToFullPanelForm,
        checks=(
            decided_by_whom_it_was_before, decider_could_decide, in_the_future("meeting_on", "The day of the meeting"),
        ),
        effect=take_to_panel,
        opens=(PANEL_MEETS, INVITE_COMMENTS), closes=(TABLE,),
        lapses=(APPOINT, BEGIN_RESOLUTION, ARRANGE_MEETING, FILL_SEAT, SUB_PANEL_MEETS, CARRY_OUT, RESOLVE),
        when_elsewhere=Elsewhere(
            "The Chairman has not decided how it is handled.", "the Chairman decides how it is handled.", "filter"
        ),
    ),
)  # fmt: skip
