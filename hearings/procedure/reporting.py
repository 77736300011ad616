"""The Panel reports to the Commissioner within the three weeks, and publishes its report."""

from hearings.procedure.conditions import decided_on, not_sent_already
from hearings.procedure.duties import (
    AWAIT_DECISION_ON_REPORT,
    AWAIT_RESERVE,
    CANCEL_MEETING,
    DELIBERATE,
    PUBLISH_REPORT,
    PUBLISH_RESERVE_REPORT,
    RECOMMEND,
    REPORT_VETO,
    SEND_NEXT_DAY,
    SEND_REPORT,
    TELL_PANEL,
    TELL_PANEL_OF_THE_END,
)
from hearings.procedure.earliest import DECISION, REPORT
from hearings.procedure.effects import drop_cached_facts, record_report_sent
from hearings.procedure.law import GUIDANCE, PUBLICATION, RESERVE_RULES, REVIEW
from hearings.procedure.questions.proposal import SendReportForm
from hearings.procedure.states import (
    ENDS,
    HEARD,
    HEARING_ARRANGED,
    INFORMATION_AWAITED,
    LAPSED,
    NOTIFIED,
    OPEN,
    REPORTED,
    RESERVE,
    UNDER_REVIEW,
    VETOED,
    keys_of,
)
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import CheckboxesField, LongTextField, RadiosField, TextField
from panel.law import clock
from panel.law.period import day_words
from panel.procedure.vocabulary import RECEIPT, Elsewhere, Refusal, Step, Target


class PublishReportForm(StepForm):
    """The report is published, in a manner the Panel decides."""

    on_label = "When was it published?"
    where = TextField(label="Where?", max_length=200, required_message="Enter where it was published")
    redactions = LongTextField(
        label="What was left out, and why", rows=3, required=False, help_text="Leave empty if nothing was."
    )
    early_why = LongTextField(
        label="If earlier than guidance has it: why?", rows=3, required=False, max_length=1000,
        help_text="Guidance leaves five working days from the day the report is sent.",
    )  # fmt: skip
    early_agreed = RadiosField(
        label="If earlier: does the Commissioner agree?", required=False,
        choices=[("yes", "Yes"), ("no", "No, or not asked")],
    )  # fmt: skip
    columns = ("which",)

    def add_questions(self):
        """Which report, where that of a veto and that on a reserve candidate both wait; of a job share, on whom."""
        facts = self.attempt.facts
        label = f"If earlier: does the {self.attempt.look.names['commissioner']} agree?"
        self.fields["early_agreed"].label = label
        if len(facts.to_publish) > 1 and len({facts.reported(p) for p in facts.to_publish}) > 1:
            names = [(str(p.number), f"{p.name}, sent {day_words(facts.reported(p))}") for p in facts.to_publish]
            self.fields["whom"] = CheckboxesField(
                label="The report on whom?", choices=names, initial=[number for number, _ in names],
                required_message="Select on whom the report is",
            )  # fmt: skip
            self.order_fields(["whom"])
        self._reports = {str(p.pk): p for p in facts.unpublished}
        if len(self._reports) > 1:
            said = [facts.on(p).report_words for p in facts.unpublished]
            self.fields["which"] = RadiosField(
                label="Which report?",
                choices=list(zip(self._reports, said, strict=True)),
                required_message="Select which report",
            )
            self.order_fields(["which"])

    def proposal(self):
        """The notification whose report it is."""
        return self._reports.get(self.cleaned_data.get("which") or "") or next(iter(self._reports.values()))

    def candidates(self):
        """The candidates of the present notification whose report is published; none where it is an earlier report."""
        facts, chosen = self.attempt.facts, self.cleaned_data.get("whom")
        if self.proposal() != facts.proposal:
            return []
        return [p for p in facts.to_publish if not chosen or str(p.number) in chosen]

    def sent_on(self):
        """The day on which it was sent, the last of several."""
        days = [self.attempt.facts.reported(p) for p in self.candidates()]
        return max(days) if days else self.proposal().sent_on


def report_was_sent(attempt):
    """What is published is a report that was sent, once."""
    sent = [p for p in attempt.facts.proposals if p.sent_on]
    if not sent:
        return Refusal(
            "No report has been sent yet.",
            attempt.step.provisions,
            "send the report to the Commissioner.",
            first="send_report",
        )
    if not attempt.facts.unpublished:
        return Refusal(f"It was published on {day_words(sent[-1].published_on)}.", attempt.step.provisions)
    return None


def one_outcome_at_a_time(attempt):
    """A veto and a recommendation are reported apart: what follows is not the same."""
    if len({p.status for p in attempt.parts}) > 1:
        return Refusal(
            "One candidate is vetoed and another is not: record the two reports one after the other",
            attempt.step.provisions,
            field="parts",
        )
    return None


def not_earlier_than_guidance(attempt):
    """Guidance leaves five working days from sending to publishing. Earlier is never refused: the reason is kept, and
    whether the Commissioner agrees."""
    first = clock.working_days(attempt.form.sent_on(), 5).day
    if attempt.on >= first:
        return None
    words = f"Guidance leaves five working days, here until {day_words(first)}"
    found = []
    if not attempt.answers.get("early_why"):
        found.append(Refusal(f"{words}. Enter why it is published earlier", GUIDANCE, field="early_why"))
    if not attempt.answers.get("early_agreed"):
        commissioner = attempt.look.names["commissioner"]
        found.append(Refusal(f"{words}. Select whether the {commissioner} agrees", GUIDANCE, field="early_agreed"))
    return tuple(found)


def publish_report(attempt):
    """Keep where and when the report was published."""
    p = attempt.form.proposal()
    parts = attempt.form.candidates()
    p.published_on, p.published_where = attempt.on, attempt.answers["where"]
    p.save()
    for part in parts:
        part.report_published_on = attempt.on
        part.save()
    drop_cached_facts(attempt)


BEFORE = (NOTIFIED, INFORMATION_AWAITED, UNDER_REVIEW, HEARING_ARRANGED)

STEPS = (
    Step(
        "send_report", "Send the report", (HEARD, VETOED), (REPORTED, VETOED, LAPSED), entered_by=STAFF,
        provisions=(REVIEW,), past_label="Report sent", button="Record that it was sent",
        hint="To the Commissioner, within the three weeks.", part_guards=(decided_on, not_sent_already),
        form=SendReportForm, checks=(one_outcome_at_a_time,), not_before=(RECEIPT, DECISION), effect=record_report_sent,
        opens=(PUBLISH_REPORT, AWAIT_DECISION_ON_REPORT, AWAIT_RESERVE, TELL_PANEL_OF_THE_END),
        closes=(SEND_REPORT, SEND_NEXT_DAY, REPORT_VETO), lapses=(DELIBERATE, RECOMMEND, AWAIT_RESERVE, TELL_PANEL, CANCEL_MEETING),
        when_elsewhere=Elsewhere(
            "The hearing has not been held.", "record the hearing, then what the Panel recommends.", "hold_hearing",
            keys_of(*BEFORE),
        ),
    ),
    Step(  # wherever a report was sent: that of a veto while a reserve candidate is heard, one of before a reopening
        "publish_report", "Publish the report", (*OPEN, *ENDS), Target.STAYS, entered_by=STAFF,
        provisions=(PUBLICATION,), past_label="Report published", button="Record that it was published", scope="case",
        hint="In a manner the Panel decides. Guidance leaves five working days first.", guards=(report_was_sent,),
        form=PublishReportForm, checks=(not_earlier_than_guidance,),
        not_before=(RECEIPT, REPORT), effect=publish_report, closes=(PUBLISH_REPORT, PUBLISH_RESERVE_REPORT),
        provisions_at=((keys_of(*RESERVE), RESERVE_RULES),),
        when_elsewhere=Elsewhere("No report has been sent.", "send the report to the Commissioner.", "send_report"),
    ),
)  # fmt: skip
