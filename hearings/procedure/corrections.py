"""What was recorded of the hearing, or counted, is put right after later steps: who was there, interests, the exempt part,
the days that the three weeks are counted from. What was decided and how each voted is never put right so: it is taken back."""

from dataclasses import replace

from hearings.models import Resolution
from hearings.procedure.conditions import (
    attendance_is_lawful,
    minutes_hold_together,
    poll_is_known,
    poll_is_none_of_long_ago,
    poll_is_not_left_out,
    quorum_is_counted,
)
from hearings.procedure.duties import REPORT_ANEW
from hearings.procedure.effects import drop_cached_facts, let_report_duties_lapse
from hearings.procedure.law import EXEMPT, HEARING, NOTIFICATION, PERIOD, WHOLE_PANEL
from hearings.procedure.meetings import record_hearing
from hearings.procedure.papers import a_hearing_was_held
from hearings.procedure.questions.meeting import HoldHearingForm
from hearings.procedure.questions.proposal import poll_is_right
from hearings.procedure.states import ENDS, EVERY, HEARD, REPORTED, RESERVE_HEARD, RESERVE_REPORTED, VETOED
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import DateField, LongTextField, RadiosField
from panel.forms.layout import Columns, Reveal
from panel.law.period import day_words, plural
from panel.procedure.vocabulary import Refusal, Step, Target

# The hearing


class CorrectHearingForm(HoldHearingForm):
    """The hearing as it was, put right: what stands is filled in. Questions and answers are added by a step of their own."""

    why_label = "Why is it put right?"

    def initial_answers(self):
        """What is on record."""
        found, facts = super().initial_answers(), self.attempt.facts
        m = facts.meeting
        if m is None:
            return found
        yes_no = {True: "yes", False: "no", None: None}
        found |= {"on": m.on, "unknown": facts.day_of_hearing_unknown, "chair": m.chair, "others": m.others}
        found |= {"quorate": m.quorate, "in_public": yes_no[m.in_public], "candidate_came": yes_no[m.candidate_came]}
        paragraphs = [p.strip() for p in m.exempt_paragraph.split(",") if p.strip()]
        found |= {
            "exempt": m.exempt,
            "exempt_paragraphs": paragraphs,
            "exempt_paragraph": paragraphs[0] if paragraphs else "",
            "exempt_from": facts.exclusion.from_time,
            "exempt_until": facts.exclusion.until_time,
            "public_interest": facts.exclusion.public_interest,
        }
        said = facts.answers_at_hearing
        return found | {
            name: said[name] for name in ("interests", "exempt_resolution", "late_hearing_why") if said.get(name)
        }

    def add_questions(self):
        """Everything but the questions to the candidates."""
        super().add_questions()
        for name in self.answer_names:
            del self.fields[name]
        self.answer_names = []


def votes_stand(attempt):
    """Nobody who voted is taken away, and no vote is left over: a decision that is wrong is taken back instead."""
    seats = dict(attempt.form.seats())
    substitutes = attempt.form.substitutes()
    could = {member.pk for member, how in seats.items() if how == "room" or member.pk in substitutes}
    online = attempt.facts.online_votes(attempt.on)
    could |= {member.pk for member, how in seats.items() if online and how == "online"}
    for resolution in attempt.facts.own_resolutions:
        if resolution.entry.on < attempt.on:
            return Refusal(
                f"The Panel decided on {day_words(resolution.entry.on)}, before that day", (HEARING,), field="on"
            )
        count = resolution.count
        if count.taken == Resolution.Taken.NAMED:
            for vote in count.votes.select_related("member"):
                if vote.member_id not in could:
                    words = (
                        f"{vote.member.name} voted, so somebody sat there who could vote: take the decision back first"
                    )
                    return Refusal(words, (WHOLE_PANEL,), field=f"seat_{vote.member_id}")
        elif count.taken == Resolution.Taken.COUNTED:
            given = count.votes_for + count.votes_against + count.abstained
            if given > len(could):
                return Refusal(
                    f"{plural(given, 'vote')} are on record, and {plural(len(could), 'member')} could vote: correct who was "
                    "there, or take the decision back first",
                    (WHOLE_PANEL,),
                )
    return None


def correct_hearing(attempt):
    """Keep what is right; what stood before stays in the record."""
    record_hearing(attempt)
    drop_cached_facts(attempt)


# The count


class CorrectCountForm(StepForm):
    """From which day the three weeks count, and which days of an election do not, put right. What has been sent stays as
    it is; whether it was in time is told anew."""

    on_label = "When was this noticed?"
    counts = RadiosField(
        label="From which day do the three weeks count?", required_message="Select from which day the three weeks count",
        choices=[("from_day", "From a day"), ("unknown", "It cannot be told")],
    )  # fmt: skip
    day = DateField(label="Which day?", what="the day from which they count", past=True)
    poll_on = DateField(
        label="Poll at an ordinary election that falls into them", what="the day of the poll", required=False
    )
    accepted_on = DateField(
        label="Day on which the person elected accepted office", what="the day office was accepted", required=False
    )
    counts_why = LongTextField(label="Why?", rows=3, max_length=1000, required_message="Enter why that is right")
    poll_is_right = poll_is_right()
    only_yes = ("poll_is_right",)
    shape = (
        "counts", Reveal("counts", "from_day", "day"), Columns("poll_on", "accepted_on"), "poll_is_right", "counts_why",
    )  # fmt: skip
    columns = ("counts_why", "poll_on", "accepted_on")

    def initial_answers(self):
        """What stands."""
        p = self.attempt.facts.proposal
        if p is None:
            return {}
        counts = "from_day" if p.counted_from else "unknown"
        return {"counts": counts, "day": p.counted_from, "poll_on": p.poll_on, "accepted_on": p.accepted_on}

    def first_day(self):
        """The first day of the three weeks as put right; None where it cannot be told."""
        return self.cleaned_data.get("day") if self.cleaned_data.get("counts") == "from_day" else None


def the_panel_was_notified(attempt):
    """There is a notification whose weeks are counted."""
    if attempt.facts.proposal is None:
        return Refusal("The Panel was not notified.", attempt.facts.law.of(NOTIFICATION))
    return None


def days_of_the_count_in_order(attempt):
    """The count does not begin before the notification, and office is accepted after the poll."""
    p, answers, under = attempt.facts.proposal, attempt.answers, attempt.facts.law.of(PERIOD)
    day = answers.get("day") if answers.get("counts") == "from_day" else None
    if day and p.received_on and day < p.received_on:
        words = f"The three weeks cannot begin before {day_words(p.received_on)}, when the Panel was notified"
        return Refusal(words, under, field="day")
    poll, accepted = answers.get("poll_on"), answers.get("accepted_on")
    if found := poll_is_not_left_out(attempt, day, "poll_on", "enter it", poll):
        return found
    if accepted and (poll is None or accepted < poll):
        return Refusal(
            "The day office was accepted must be on or after the day of the poll", under, field="accepted_on"
        )
    return None


def correct_count(attempt):
    """Keep the days; a report that is still owed is due anew."""
    p, answers = attempt.facts.proposal, attempt.answers
    p.counted_from = answers.get("day") if answers["counts"] == "from_day" else None
    p.poll_on, p.accepted_on = answers.get("poll_on"), answers.get("accepted_on")
    p.count_why, p.count_by = answers["counts_why"], str(attempt.user)
    p.save()
    let_report_duties_lapse(attempt)
    drop_cached_facts(attempt)


def still_owed(kind):
    """The duty, opened anew only while it is owed."""
    return replace(kind, when=lambda attempt: not attempt.facts.proposal.sent_on and kind.when(attempt))


STEPS = (
    Step(
        "correct_hearing", "Put the record of the hearing right",
        (HEARD, REPORTED, VETOED, RESERVE_HEARD, RESERVE_REPORTED, *ENDS), Target.STAYS, entered_by=STAFF,
        provisions=(HEARING, WHOLE_PANEL, EXEMPT), past_label="Record of the hearing put right", button="Save what is right",
        scope="case", folded=True, hint="Who was there, interests, the exempt part.", guards=(a_hearing_was_held,),
        form=CorrectHearingForm,
        checks=(attendance_is_lawful, minutes_hold_together, quorum_is_counted, votes_stand), effect=correct_hearing,
    ),
    Step(
        "correct_count", "Put the count of the three weeks right", EVERY, Target.STAYS, entered_by=STAFF,
        provisions=(PERIOD,), past_label="Count of the three weeks put right", button="Save what is right", scope="case",
        folded=True, guards=(the_panel_was_notified,), form=CorrectCountForm,
        checks=(days_of_the_count_in_order, poll_is_known, poll_is_none_of_long_ago),
        effect=correct_count, opens=tuple(map(still_owed, REPORT_ANEW)),
    ),
)  # fmt: skip
