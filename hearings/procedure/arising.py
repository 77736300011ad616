"""When a duty of a hearing arises, until when it is due, and whether it is still owed."""

from hearings.keys import StateKey
from hearings.procedure.states import RUNNING, keys_of
from panel.law import clock

RUNNING_KEYS = keys_of(*RUNNING)


def something_has_not_come(attempt):
    """Whether one of the four things is missing."""
    return not attempt.facts.complete


def day_asked_for(attempt):
    """The day by which the Commissioner was asked to send what is missing, where one was named."""
    return clock.given(attempt.answers["by_when"]) if attempt.answers.get("by_when") else None


def last_day_to_report(attempt):
    """The last of the three weeks, where they run and can be told."""
    return attempt.facts.count


def those_unreported(facts):
    """The candidates on whom the Panel still owes a report."""
    return facts.unreported


def those_decided_on(facts):
    """The candidates on whom the Panel has decided, and whose report is to be sent."""
    return [part for part in facts.unreported if facts.decided(part) is not None]


def those_unpublished(facts):
    """The candidates whose report was sent and is not published."""
    return facts.to_publish


def those_reported(facts):
    """The candidates on whom the Commissioner has still to decide."""
    return [part for part in facts.look.parts if part.status == StateKey.REPORTED]


def no_questions_are_planned(attempt):
    """Whether nobody has planned questions yet."""
    return not attempt.facts.questions


def notice_of(attempt):
    """The notice that the meeting needs that is arranged."""
    return attempt.facts.notice_on(attempt.answers["meeting_on"])


def notice_is_by_law(attempt):
    """Whether the law says how long before the meeting its agenda is open."""
    return notice_of(attempt).by_law


def notice_is_the_panels(attempt):
    """Whether only the panel's own setting says it, as in Wales."""
    return not notice_of(attempt).by_law


def clear_days_before(attempt):
    """The last day for the agenda of the meeting that is arranged; None where no notice is set."""
    days = notice_of(attempt).days
    return clock.clear_days(attempt.answers["meeting_on"], days) if days else None


def day_of_the_meeting(attempt):
    """The day of the meeting that is arranged."""
    return clock.given(attempt.answers["meeting_on"])


def next_working_day(attempt):
    """The working day after the step."""
    return clock.working_days(attempt.on, 1)


def no_more(attempt, duty):
    """Nothing is owed: the duty is of before, and ends."""
    return False


def three_weeks_run(attempt):
    """Whether the three weeks run and their end can be told."""
    return attempt.facts.count is not None


def a_meeting_is_not_needed(attempt):
    """Whether a meeting is arranged that will not be needed."""
    gone = {part.pk for part in attempt.parts}
    open_states = attempt.look.procedure.open_states
    left = [part for part in attempt.look.parts if part.pk not in gone and part.status in open_states]
    return attempt.facts.meeting is not None and not attempt.facts.meeting.held and not left


def another_report_is_unpublished(attempt):
    """Whether another report waits to be published: on another candidate of a job share, or that of a veto."""
    return any(not attempt.facts.on(p).reserve for p in attempt.facts.unpublished)


def a_report_on_a_reserve_is_unpublished(attempt):
    """Whether a report on a reserve candidate waits to be published."""
    return any(attempt.facts.on(p).reserve for p in attempt.facts.unpublished)


def a_veto_stands(attempt):
    """Whether the step leaves a veto: a report may be of a recommendation, or of a veto that fell, but who withdraws a
    reserve was vetoed."""
    return attempt.answers["to"] == "vetoed" if "to" in attempt.answers else True


def it_leads_to_the_veto(attempt):
    """Whether the step leads back to the veto, because a reserve candidate withdraws."""
    return attempt.answers["to"] == "vetoed"


def a_veto_was_reported(attempt):
    """Whether the step leads back to a veto that was reported in time."""
    return attempt.answers["to"] == "vetoed" and not attempt.facts.unreported


def the_veto_still_stands(attempt, duty):
    """Whether the veto stands: one whose report came too late fell, and nobody need name a reserve candidate."""
    return not attempt.facts.veto_fell


def it_goes_to_lapsed(attempt):
    """Whether the step ends the case, because the report came after the three weeks."""
    return attempt.answers["to"] == "lapsed"


def a_candidate_is_undecided(attempt):
    """Whether the Panel has still to decide on a candidate whom it has heard."""
    heard = (StateKey.HEARD, StateKey.RESERVE_HEARD)
    return any(part.status in heard and attempt.facts.decided(part) is None for part in attempt.look.parts)


def it_goes_to_reported(attempt):
    """Whether the step leads to where the Commissioner's decision is waited for."""
    return attempt.answers["to"] == "reported"


def the_reserve_goes_to_reported(attempt):
    """Whether the step leads back to where the decision on the reserve candidate is waited for."""
    return attempt.answers["to"] == "reserve_reported"


def a_day_was_named_before(attempt):
    """Whether people may know of another day: the hearing had one before."""
    return len(attempt.facts.sittings) + len(attempt.facts.meetings) > 1


def a_hearing_is_arranged(attempt):
    """Whether the hearing that was planned keeps its day once the notification has come."""
    return attempt.answers["to"] == "hearing_arranged"


def no_hearing_is_arranged(attempt):
    """Whether no day is planned, or the hearing has lost its day."""
    return not a_hearing_is_arranged(attempt)


def it_goes_to_the_review(attempt):
    """Whether the step leads back to the review."""
    return attempt.answers["to"] == "under_review"


def the_reserve_goes_to_the_review(attempt):
    """Whether the step leads back to the review of the reserve candidate."""
    return attempt.answers["to"] == "reserve_under_review"


def the_first_report_is_owed(attempt):
    """Whether the report that is owed is neither of a veto nor on a reserve candidate."""
    return any(part.status in RUNNING_KEYS for part in attempt.facts.unreported)


def a_veto_is_to_be_reported(attempt):
    """Whether the report that is owed is that of a veto."""
    return any(part.status == StateKey.VETOED for part in attempt.facts.unreported)


def a_reserve_is_to_be_reported_on(attempt):
    """Whether the report that is owed is on a reserve candidate."""
    return any(part.status.startswith("reserve") for part in attempt.facts.unreported)


def a_reported_veto_stands(attempt):
    """Whether a veto was reported in time by the count as it now is, and no reserve candidate is named."""
    facts = attempt.facts
    vetoed = [part for part in attempt.look.parts if part.status == StateKey.VETOED]
    return bool(vetoed) and not facts.unreported and not facts.veto_fell
