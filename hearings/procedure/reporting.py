"""The Panel reports to the Commissioner within the three weeks, and publishes its report."""

from hearings.procedure.conditions import decided_on, not_sent_already
from hearings.procedure.duties import (
    AWAIT_DECISION_ON_REPORT,
    AWAIT_RESERVE,
    CANCEL_MEETING,
    DELIBERATE,
    PUBLISH_AFTER_FIVE_DAYS,
    PUBLISH_REPORT,
    RECOMMEND,
    REPORT_VETO,
    SEND_NEXT_DAY,
    SEND_REPORT,
    TELL_PANEL,
)
from hearings.procedure.earliest import DECISION, REPORT
from hearings.procedure.effects import record_report_sent
from hearings.procedure.law import PUBLICATION, REVIEW
from hearings.procedure.questions.proposal import SendReportForm
from hearings.procedure.states import ENDS, HEARD, OPEN, REPORTED, VETOED
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import LongTextField, RadiosField, TextField
from panel.law.period import day_words
from panel.procedure.vocabulary import RECEIPT, Elsewhere, Refusal, Step, Target


class PublishReportForm(StepForm):
    """The report is published, in a manner the Panel decides."""

    on_label = "When was it published?"
    where = TextField(label="Where?", max_length=200, required_message="Enter where it was published")
    redactions = LongTextField(
        label="What was left out, and why", rows=3, required=False, help_text="Leave empty if nothing was."
    )
    columns = ("which",)

    def add_questions(self):
        """Which report, where that of a veto and that on a reserve candidate both wait."""
        facts = self.attempt.facts
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


def report_was_sent(attempt):
    """What is published is a report that was sent, once."""
    sent = [p for p in attempt.facts.proposals if p.sent_on]
    if not sent:
        return Refusal("No report has been sent yet.", attempt.step.provisions, "send the report to the Commissioner.")
    if not attempt.facts.unpublished:
        return Refusal(f"It was published on {day_words(sent[-1].published_on)}.", attempt.step.provisions)
    return None


def publish_report(attempt):
    """Keep where and when the report was published."""
    p = attempt.form.proposal()
    p.published_on, p.published_where = attempt.on, attempt.answers["where"]
    p.save()


STEPS = (
    Step(
        "send_report", "Send the report", (HEARD, VETOED), (REPORTED, VETOED), entered_by=STAFF, provisions=(REVIEW,),
        past_label="Report sent", button="Record that it was sent", all_parts=True,
        hint="To the Commissioner, within the three weeks.", guards=(not_sent_already,), part_guards=(decided_on,),
        form=SendReportForm, not_before=(RECEIPT, DECISION), effect=record_report_sent,
        opens=(PUBLISH_REPORT, PUBLISH_AFTER_FIVE_DAYS, AWAIT_DECISION_ON_REPORT, AWAIT_RESERVE),
        closes=(SEND_REPORT, SEND_NEXT_DAY, REPORT_VETO), lapses=(DELIBERATE, RECOMMEND, AWAIT_RESERVE, TELL_PANEL, CANCEL_MEETING),
        when_elsewhere=Elsewhere("The hearing has not been held.", "record the hearing, then what the Panel recommends."),
    ),
    Step(  # wherever a report was sent: that of a veto while a reserve candidate is heard, one of before a reopening
        "publish_report", "Publish the report", (*OPEN, *ENDS), Target.STAYS, entered_by=STAFF,
        provisions=(PUBLICATION,), past_label="Report published", button="Record that it was published", scope="case",
        hint="In a manner the Panel decides.", guards=(report_was_sent,), form=PublishReportForm,
        not_before=(RECEIPT, REPORT), effect=publish_report, closes=(PUBLISH_REPORT, PUBLISH_AFTER_FIVE_DAYS),
        when_elsewhere=Elsewhere("No report has been sent.", "send the report to the Commissioner."),
    ),
)  # fmt: skip
