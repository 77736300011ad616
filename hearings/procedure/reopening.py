"""A hearing that was entered by mistake is void; one that ended is taken up again, where it had come to."""

from django.core.exceptions import ValidationError

from hearings.procedure.conditions import panel_was_notified
from hearings.procedure.duties import (
    ARRANGE_HEARING_AGAIN,
    AWAIT_DECISION_ON_REPORT,
    AWAIT_RESERVE_AGAIN,
    AWAIT_RESERVE_DECISION_AGAIN,
    REPORT_RESERVE_AGAIN,
    SEND_REPORT_AGAIN,
)
from hearings.procedure.effects import name_the_vetoed, title_anew
from hearings.procedure.law import NOTIFICATION
from hearings.procedure.states import (
    APPOINTED_WITHOUT_NOTIFICATION,
    ENDS,
    INFORMATION_AWAITED,
    NOTIFIED,
    PLANNED,
    REPORTED,
    RESERVE_REPORTED,
    RESERVE_UNDER_REVIEW,
    UNDER_REVIEW,
    VETOED,
)
from panel.casework import shared_steps
from panel.casework.step_form import StepForm
from panel.forms.fields import HintedChoice, RadiosField
from panel.law.period import day_words


class VoidForm(StepForm):
    """Entered by mistake, or twice: kept, never counted."""

    reason = RadiosField(
        label="Why?",
        choices=[("duplicate", "It is in the register already"), ("mistake", "It was entered by mistake")],
        required_message="Select why",
    )
    why_label = "Your reasons"


class ReopenForm(StepForm):
    """An ended hearing is taken up again."""

    on_label = "When was this decided?"
    to = RadiosField(
        label="Where does it go on?",
        choices=[
            HintedChoice("under_review", "Under review", "To hear the candidate"),
            HintedChoice("reported", "Report sent", "To wait for the Commissioner’s decision"),
        ],
        required_message="Select where it goes on",
    )
    why_label = "Your reasons"
    of_a_reserve = (
        HintedChoice("reserve_under_review", "Reserve candidate under review", "To hear the reserve candidate"),
        HintedChoice(
            "reserve_reported", "Report on the reserve candidate sent", "To wait for the Commissioner’s decision"
        ),
    )

    def add_questions(self):
        """Of a reserve candidate the states of the reserve; after a veto, the veto."""
        facts = self.attempt.facts
        choices = list(self.of_a_reserve if facts.reserve else self.fields["to"].choices)
        if facts.law.schedule == 8 and facts.vetoed_name:
            choices.append(HintedChoice("vetoed", "Vetoed", "The veto stands, and a reserve candidate is to be named"))
        self.fields["to"].choices = choices

    def clean_to(self):
        """Waiting for the decision needs a report, and a veto stands only if its report was given in time."""
        to, facts = self.cleaned_data["to"], self.attempt.facts
        if to in ("reported", "reserve_reported") and not (facts.proposal and facts.proposal.sent_on):
            raise ValidationError("No report was sent, so nothing waits for a decision")
        first = facts.on(facts.proposals[0]) if facts.proposals else facts
        if to == "vetoed" and (first.veto_fell or any(first.fell(p) for p in self.attempt.parts)):
            day = f", by {day_words(first.count.day)}" if first.count else ""
            raise ValidationError(
                f"The veto was not reported within the three weeks{day}, so it fell (Schedule 8, paragraph 2)"
            )
        return to


TO_HEAR_AGAIN = ("under_review", "reserve_under_review")


def report_anew(attempt):
    """Who is heard again is reported on again: what was sent before stays in the history."""
    proposal = attempt.facts.proposal
    proposal.sent_on = proposal.published_on = None
    proposal.published_where = ""
    proposal.save()
    for p in attempt.parts:
        p.recommendation, p.appeared, p.reported_on, p.report_published_on = "", None, None, None
        if not p.reserve:
            p.vetoed_on = None


def reopen(attempt):
    """Drop the earlier decision, which no longer stands; it stays in the history."""
    for p in attempt.parts:
        p.appointed = p.appointed_from = p.announced_on = None
        attempt.add_report_slugs(p, reopened=p.status)
    if attempt.answers["to"] in TO_HEAR_AGAIN:
        report_anew(attempt)
    if attempt.answers["to"] == "vetoed" and attempt.facts.reserve:
        name_the_vetoed(attempt)
    elif attempt.facts.reserve:
        title_anew(attempt)


STEPS = (
    shared_steps.void(
        (PLANNED, NOTIFIED, INFORMATION_AWAITED, UNDER_REVIEW, APPOINTED_WITHOUT_NOTIFICATION),
        (NOTIFICATION,),
        VoidForm,
    ),
    shared_steps.reopen(
        ENDS,
        (UNDER_REVIEW, REPORTED, VETOED, RESERVE_UNDER_REVIEW, RESERVE_REPORTED),
        (NOTIFICATION,),
        ReopenForm,
        does=reopen,
        guards=(panel_was_notified,),
        opens=(
            SEND_REPORT_AGAIN,
            ARRANGE_HEARING_AGAIN,
            AWAIT_DECISION_ON_REPORT,
            AWAIT_RESERVE_AGAIN,
            REPORT_RESERVE_AGAIN,
            AWAIT_RESERVE_DECISION_AGAIN,
        ),
    ),
)
