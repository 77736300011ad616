"""The Chairman decides how a complaint is handled: six routes (paras 7, 9 to 11 and 16; regs 15, 24, 27 and 28)."""

from dataclasses import replace
from functools import partial

from complaints.procedure.complaining import DecidersMixin
from complaints.procedure.conditions import FORWARD, decider_could_decide, direction_is_obeyed
from complaints.procedure.deciding.grounds import GroundsMixin
from complaints.procedure.delegation import COMES_BACK, not_at_first_stage
from complaints.procedure.duties import APPOINT, BEGIN_RESOLUTION, CARRY_OUT, COMPLY, CONSIDER, TABLE
from complaints.procedure.protected_names import leaves_out_the_complainant, say_who_is_not_named
from complaints.procedure.recipients import target, those_told
from complaints.procedure.regulation_15 import (
    BOTH_PARTS,
    DISAPPLIES,
    QUESTIONS,
    both_parts_of_the_test,
    disapplied_freely,
    letters_chosen,
    twelve_months_have_passed,
    why_untested,
)
from complaints.procedure.seriousness import OffenceMixin, nothing_decided_on_an_offence
from complaints.procedure.states import HANDLED
from panel.casework.duties import arising
from panel.casework.step_form import StepForm
from panel.forms.fields import HintedChoice, LongTextField, RadiosField
from panel.forms.layout import Component, Fieldset, Only, Question, Reveal
from panel.law.roles import Basis, Consulted, Role
from panel.pages.answers import what_follows
from panel.pages.words import step_url
from panel.procedure.vocabulary import DutyKind, Elsewhere, Refusal, Step, even_unfinished

TELL_ROUTE = DutyKind(
    "tell_route", "Tell {to} of the decision on how it is handled", Role.OFFICER, ("para 7", "reg 15", "reg 37"),
    Basis.READING, recipients=those_told, due=target("notice_days"), notice=True, met_by="give_notice",
    open_in_states=(*HANDLED, "outcome_recorded"),
)  # fmt: skip


TO_A_SUB_PANEL = ("sub_panel_resolves", "sub_panel_considers")


@even_unfinished
def monitoring_officer_consulted(attempt):
    """The Chairman considers each allegation in consultation with the Monitoring Officer, or says why not (para 7), unless
    the Panel has whoever decides ask somebody else, or nobody."""
    if Consulted.MONITORING_OFFICER not in attempt.step.after:
        return None
    if not all(attempt.facts.advised(p) for p in attempt.parts) and not attempt.answers.get("no_advice_why"):
        return Refusal(
            "Enter why you are deciding without the Monitoring Officer’s advice", ("para 7",), field="no_advice_why"
        )
    return None


class FilterForm(OffenceMixin, DecidersMixin, GroundsMixin, StepForm):
    """The Chairman's decision: how the complaint is handled (paras 7, 9, 10, 11, 16; regs 15, 28)."""

    on_label = "When was it decided?"
    on_what = "the date it was decided"
    why_label = "Your reasons"
    why_hint = "Sent to both sides with the decision. You can start from the advice."
    why_required = False
    advised_by_step = True
    offence_label = "Could anything that this decision covers, if true, be a criminal offence?"
    labels = GroundsMixin.labels | OffenceMixin.offence_labels
    route = RadiosField(
        label="How should it be handled?",
        choices=[
            HintedChoice(
                "sub_panel_resolves", "A sub-panel resolves it informally",
                "Three members you appoint try to settle it. Paragraph 11, regulation 28",
            ),
            HintedChoice(
                "informal_resolution", "Informal resolution without a sub-panel",
                "One person or the officer tries to settle it. Regulation 28",
            ),
            HintedChoice(
                "sub_panel_considers", "A sub-panel considers whether to take any action",
                "Three members you appoint decide that first. If an offence appears to them, the day of referral runs. "
                "Paragraph 11, regulations 13, 15 and 28",
            ),
            HintedChoice(
                "full_panel", "The full Panel deals with it",
                "Goes to the next meeting or later. Paragraph 16, regulation 28",
            ),
            HintedChoice(
                "other_handling", "Handle it in another way",
                "Needs one of the six grounds. Paragraphs 9 and 10, regulation 15",
            ),
            HintedChoice(
                "no_action", "Take no action", "Needs one of the six grounds. Paragraphs 9 and 10, regulation 15"
            ),
        ],
        required_message="Select how it should be handled",
    )  # fmt: skip
    handling = LongTextField(
        label="How will it be handled?", required_message="Enter how it will be handled", rows=3, max_length=2000
    )

    def add_questions(self):
        """The test, unless none of the allegations needs it; and why there is no advice where there is none."""
        if any(p.iopc_back_on is None for p in self.attempt.parts):  # of the others the IOPC has had its say
            self.ask_offence("It goes to the IOPC before anything is decided.", "The Monitoring Officer looks first.")
        if not self.attempt.facts.somebody_complained:
            self.why_hint = "Sent to the office holder with the decision. You can start from the advice."
        free = [disapplied_freely(self.attempt.facts, p) for p in self.attempt.parts]
        self.tested, self.some_free = not all(free), any(free)
        if self.some_free:
            self.fields["route"].choices = [self._untested(c) for c in self.fields["route"].given]
        if not self.attempt.look.procedure.has_step("appoint_sub_panel"):
            given = self.fields["route"].given
            self.fields["route"].choices = [c for c in given if c.value not in TO_A_SUB_PANEL]
        self.ask_test()
        say_who_is_not_named(self, "why")
        if not self.tested:
            for name in QUESTIONS:
                del self.fields[name]
        asked = Consulted.MONITORING_OFFICER in self.step.after
        if asked and not all(self.attempt.facts.advised(p) for p in self.attempt.parts):
            self.fields["no_advice_why"] = LongTextField(
                label="Why are you deciding without advice?", rows=3, required=False, max_length=1000
            )

    def _untested(self, choice):
        """A route that the IOPC's direction, or a conduct matter, opens without the test."""
        if choice.value not in DISAPPLIES:
            return choice
        free = [p for p in self.attempt.parts if disapplied_freely(self.attempt.facts, p)]
        words = self.attempt.look.register.part_words([p.number for p in free])
        whose = f" for {words}" if self.tested else ""
        return HintedChoice(choice.value, choice.label, f"Needs no ground{whose}: {why_untested(free)}")

    def shape_of(self):
        """Route, the test, why there is no advice."""
        self.helper.form_show_optional = False
        if self.some_free:  # reasons are asked for whatever the route: nothing hides them
            test = [Only("disapplied", self._test())] if self.tested else []
            route = Question("route", size="m", small_hints=True)
            advice = ["no_advice_why"] if "no_advice_why" in self.fields else []
            handling = Reveal("route", "other_handling", "handling")
            return [*self._offence(), route, handling, *self._follow(), *test, Question("why", size="m"), *advice]
        return [
            *self._offence(),
            Question("route", size="m", small_hints=True),
            Reveal("route", "other_handling", "handling"),
            *self._follow(),
            Only("disapplied", self._test()),
            Only("other-routes", Question("why", size="m")),
            *(["no_advice_why"] if "no_advice_why" in self.fields else []),
        ]

    def _offence(self):
        """Whether it could be an offence; under each answer but no, the step that comes first."""
        if "offence" not in self.fields:
            return []
        first = (("yes", "identify_serious"), ("unsure", "ask_about_offence"))
        links = [Reveal("offence", value, Component("links", links=[self._link(key)])) for value, key in first]
        return [Question("offence", size="m"), *links]

    def _link(self, key):
        look = self.attempt.look
        step = look.procedure.step(key)
        return {"words": step.label, "url": step_url(look.case, look.register, key), "note": step.hint}

    def _follow(self):
        """Under each route what it would open; worked out only when the page is drawn."""
        return [
            Reveal("route", c.value, Component("will_follow", small=True, items=partial(self.would_follow, c.value)))
            for c in self.fields["route"].given
        ]

    def would_follow(self, route: str) -> list[str]:
        """What will happen when this route is confirmed."""
        attempt = replace(self.attempt, answers={"route": route})
        duties = [(kind, recipient, due and due.day) for kind, recipient, _, due in arising(attempt)]
        return what_follows(attempt.look, duties)

    def _test(self):
        return Fieldset("Both parts of the test", *self.test_shape, hint=BOTH_PARTS)

    def _clean_fields(self):
        super()._clean_fields()
        if self.tested and self.cleaned_data.get("route") not in DISAPPLIES:
            self.not_asked(*QUESTIONS)


def decide_route(attempt):
    """Store the Chairman's route for each allegation, with the grounds where it is disapplied."""
    grounds = letters_chosen(attempt)
    for p in attempt.parts:
        p.route, p.grounds = attempt.answers["route"], grounds
        attempt.add_report_slugs(p, route=p.route, grounds=list(grounds))


STEPS = (
    Step(
        "filter", "Decide how it is handled", ("recorded",), "filtered",
        entered_by=(Role.CHAIRMAN, Role.OFFICER), decided_by=(Role.CHAIRMAN,), after=(Consulted.MONITORING_OFFICER,),
        provisions=("para 7", "para 9", "para 10", "reg 15", "reg 27", "reg 28"),
        past_label="Route decided", button="Confirm decision",
        hint="Six routes, with the Monitoring Officer’s advice beside them.",
        confirm=True,
        part_guards=(*FORWARD, not_at_first_stage), form=FilterForm,
        checks=(
            nothing_decided_on_an_offence, monitoring_officer_consulted, direction_is_obeyed, both_parts_of_the_test,
            twelve_months_have_passed, decider_could_decide, leaves_out_the_complainant("why"),
        ),
        effect=decide_route,
        opens=(TELL_ROUTE, APPOINT, BEGIN_RESOLUTION, TABLE, CARRY_OUT), closes=(CONSIDER, COMPLY), lapses=(COMES_BACK,),
        when_elsewhere=Elsewhere("It is not recorded and waiting for the Chairman.", "record it.", "record"),
    ),
)  # fmt: skip
