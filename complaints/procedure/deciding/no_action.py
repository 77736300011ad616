"""The sub-panel or the full Panel takes no action, on the Chairman's test (para 11; reg 15)."""

from dataclasses import replace

from complaints.models import Allegation
from complaints.procedure.complaining import DecidersMixin
from complaints.procedure.conditions import (
    FORWARD,
    before_whom_it_is,
    decided_by_whom_it_was_before,
    direction_is_obeyed,
)
from complaints.procedure.deciding.grounds import GroundsMixin
from complaints.procedure.duties import (
    ARRANGE_MEETING,
    ARRANGE_NEXT_MEETING,
    AWAIT_COMMENTS,
    CARRY_OUT,
    DECIDE_AFTER_MEETING,
    FILL_SEAT,
    INVITE_COMMENTS,
    PANEL_MEETS,
    SUB_PANEL_MEETS,
)
from complaints.procedure.protected_names import leaves_out_the_complainant, say_who_is_not_named
from complaints.procedure.recipients import target, those_told
from complaints.procedure.regulation_15 import (
    BOTH_PARTS,
    both_parts_of_the_test,
    letters_chosen,
    twelve_months_have_passed,
)
from complaints.procedure.states import HANDLED
from panel.casework.step_form import StepForm
from panel.forms.layout import Fieldset
from panel.law.roles import Basis, Role
from panel.procedure.vocabulary import DutyKind, Elsewhere, Step

TELL_NO_ACTION = DutyKind(
    "tell_no_action", "Tell {to} that no action is taken, and why", Role.OFFICER, ("para 11", "reg 15", "reg 37"),
    Basis.READING, recipients=those_told, due=target("notice_days"), notice=True, met_by="give_notice",
    open_in_states=(*HANDLED, "outcome_recorded"),
)  # fmt: skip
CARRY_OUT_NO_ACTION = replace(CARRY_OUT, when=None)  # a sub-panel or the Panel decided it


class TakeNoActionForm(DecidersMixin, GroundsMixin, StepForm):
    """The sub-panel or the Panel decides to take no action: the same test as for the Chairman (para 11, reg 15)."""

    considers = "I consider that no action should be taken"
    on_label = "When was it decided?"
    on_what = "the date it was decided"
    why_label = "The reasons"

    def add_questions(self):
        """The test."""
        self.ask_test()
        say_who_is_not_named(self, "why")

    def shape_of(self):
        """The test."""
        self.helper.form_show_optional = False
        return [Fieldset("Both parts of the test", *self.test_shape, hint=BOTH_PARTS)]


def take_no_action(attempt):
    """Store that the sub-panel or the full Panel takes no action, and on which grounds."""
    grounds = letters_chosen(attempt)
    for p in attempt.parts:
        p.route, p.grounds = Allegation.Route.NO_ACTION, grounds
        attempt.add_report_slugs(p, route=p.route, grounds=list(grounds), by=attempt.decided_as)


STEPS = (
    Step(
        "take_no_action", "Take no action", ("sub_panel", "full_panel"), "filtered",
        entered_by=(Role.SUB_PANEL, Role.OFFICER), decided_by=(Role.SUB_PANEL, Role.PANEL),
        provisions=("para 11", "reg 15"),
        past_label="No action to be taken", button="Record the decision", hint="Both parts of the test of regulation 15.",
        part_guards=(*FORWARD, before_whom_it_is), form=TakeNoActionForm,
        checks=(direction_is_obeyed, both_parts_of_the_test, twelve_months_have_passed, decided_by_whom_it_was_before,
            leaves_out_the_complainant("why"),
        ),
        effect=take_no_action,
        opens=(TELL_NO_ACTION, CARRY_OUT_NO_ACTION), closes=(SUB_PANEL_MEETS, PANEL_MEETS, DECIDE_AFTER_MEETING),
        lapses=(ARRANGE_MEETING, ARRANGE_NEXT_MEETING, FILL_SEAT, INVITE_COMMENTS, AWAIT_COMMENTS),
        when_elsewhere=Elsewhere(
            "It is not before the sub-panel or the full Panel.", "the Chairman decides how it is handled.", "filter",
        ),
    ),
)  # fmt: skip
