"""The duties of a meeting, and by which day each is due. What two chapters open or close stands here."""

from typing import Any

from meetings.procedure.law import AGENDA, MEETINGS, NOTICE, WELSH_AGENDA
from meetings.procedure.states import OPEN, SAT, TO_COME
from panel.law import clock
from panel.law.roles import Basis, DayBasis, Role
from panel.procedure.vocabulary import DutyKind


def the_panel(attempt: Any) -> list[str]:
    """The members of the Panel."""
    return ["the_panel"]


def everybody(attempt: Any) -> list[str]:
    """Whom the day of a meeting concerns."""
    return ["the_panel", "commissioner", "public"]


def needs_an_agenda(attempt: Any) -> bool:
    """Whether it is a meeting whose agenda the law, or the Panel, has published, and that nobody has published yet."""
    return not attempt.facts.informal and attempt.facts.meeting.agenda_on is None


def notice_is_by_law(attempt: Any) -> bool:
    """Whether its agenda must be open for as many days by law."""
    return needs_an_agenda(attempt) and attempt.facts.notice.by_law


def notice_is_the_panels(attempt: Any) -> bool:
    """Whether the Panel's own setting says how long."""
    return needs_an_agenda(attempt) and not attempt.facts.notice.by_law


def clear_days_before(attempt: Any) -> clock.Count | None:
    """The latest day to publish the agenda."""
    days = attempt.facts.notice.days
    return clock.clear_days(attempt.facts.meeting.on, days) if days else None


def papers_before(attempt: Any) -> clock.Count | None:
    """The day by which the Panel means to send the papers."""
    days = attempt.facts.rules.papers_days
    return clock.clear_days(attempt.facts.meeting.on, days) if days else None


def day_of_the_meeting(attempt: Any) -> clock.Count:
    """The day itself."""
    return clock.given(attempt.facts.meeting.on)


def minutes_after(attempt: Any) -> clock.Count | None:
    """The day by which the Panel means to have its minutes drafted."""
    days = attempt.facts.rules.minutes_days
    return clock.working_days(attempt.facts.meeting.on, days) if days else None


def minutes_are_unfinished(attempt: Any) -> bool:
    """Whether something in the minutes is still to be written or confirmed."""
    return bool(attempt.facts.unfinished_minutes)


def minutes_are_whole(attempt: Any) -> bool:
    """Whether every item has its minute."""
    return not minutes_are_unfinished(attempt)


def papers_awaited(attempt: Any) -> list[str]:
    """The items whose paper somebody still owes, each as "item:12"."""
    return [f"item:{row.item_id}" for row in attempt.facts.awaited if row.item_id not in attempt.facts.asked_for]


def paper_day(attempt: Any) -> clock.Count | None:
    """The day that was asked for."""
    days = [row.paper_by for row in attempt.facts.awaited if row.item_id not in attempt.facts.asked_for]
    return clock.given(days[0]) if days and days[0] else None


def still_awaited(attempt: Any, duty: Any) -> bool:
    """Whether that paper has not come, and its item still stands."""
    return any(f"item:{row.item_id}" == duty.recipient for row in attempt.facts.awaited)


def requests_undecided(attempt: Any) -> list[str]:
    """The requests that wait for a decision for which no duty is open."""
    there = {d.recipient for d in attempt.look.open_duties if d.kind == "decide_request"}
    slugs = [f"request:{row.pk}" for row in attempt.facts.requests if row.accepted is None]
    return [slug for slug in slugs if slug not in there]


def still_undecided(attempt: Any, duty: Any) -> bool:
    """Whether that request waits for a decision."""
    return any(f"request:{r.pk}" == duty.recipient for r in attempt.facts.requests if r.accepted is None)


def who_asked(attempt: Any) -> list[str]:
    """Whose request was decided."""
    return [f"request:{attempt.form.chosen().pk}"] if attempt.form is not None and attempt.form.is_bound else []


PUBLISH_AGENDA = DutyKind(
    "publish_agenda", "Publish the agenda", Role.OFFICER, AGENDA, Basis.LAW, day_basis=DayBasis.LAW,
    due=clear_days_before, met_by="publish_agenda", open_in_states=("planned",), when=notice_is_by_law,
)  # fmt: skip
PUBLISH_WELSH_AGENDA = DutyKind(  # how the law of councils applies to a Welsh panel was not read
    "publish_welsh_agenda", "Publish the agenda", Role.OFFICER, WELSH_AGENDA, Basis.READING,
    due=clear_days_before, met_by="publish_agenda", open_in_states=("planned",), when=notice_is_the_panels,
)  # fmt: skip
SEND_PAPERS = DutyKind(
    "send_papers", "Send {to} the papers", Role.OFFICER, (NOTICE,), Basis.TARGET, due=papers_before,
    recipients=the_panel, notice=True, met_by="give_notice", open_in_states=TO_COME,
)  # fmt: skip
TELL_MOVED = DutyKind(
    "tell_moved", "Tell {to} of the new day", Role.OFFICER, (MEETINGS,), Basis.READING, recipients=everybody,
    notice=True, met_by="give_notice", open_in_states=TO_COME,
)  # fmt: skip
TELL_CANCELLED = DutyKind(
    "tell_cancelled", "Tell {to} that it is cancelled", Role.OFFICER, (MEETINGS,), Basis.READING, recipients=everybody,
    notice=True, met_by="give_notice", open_in_states=("cancelled",),
)  # fmt: skip
TELL_ADJOURNED = DutyKind(
    "tell_adjourned", "Tell {to} when it goes on", Role.OFFICER, (MEETINGS,), Basis.READING, recipients=everybody,
    notice=True, met_by="give_notice", open_in_states=("adjourned",),
)  # fmt: skip
PAPER = DutyKind(
    "paper", "to send the paper", Role.OFFICE_HOLDER, (MEETINGS,), Basis.TARGET, due=paper_day,
    recipients=papers_awaited, met_by="receive_paper", open_in_states=TO_COME, holds=still_awaited, repeatable=True,
)  # fmt: skip
DECIDE_REQUEST = DutyKind(
    "decide_request", "Decide whether {to} can take part", Role.OFFICER, (MEETINGS,), Basis.TARGET,
    recipients=requests_undecided, met_by="decide_request", open_in_states=TO_COME, holds=still_undecided,
    repeatable=True,
)  # fmt: skip
TELL_REQUEST = DutyKind(
    "tell_request", "Tell {to} whether they can take part", Role.OFFICER, (MEETINGS,), Basis.TARGET,
    recipients=who_asked, notice=True, met_by="give_notice", open_in_states=(*OPEN, "cancelled", "minutes_confirmed"),
)  # fmt: skip
HOLD_MEETING = DutyKind(
    "hold_meeting", "Hold the meeting, and record it", Role.OFFICER, (MEETINGS,), Basis.TARGET,
    due=day_of_the_meeting, met_by="hold_meeting", open_in_states=TO_COME,
)  # fmt: skip
DRAFT_MINUTES = DutyKind(
    "draft_minutes", "Write the minutes", Role.OFFICER, (MEETINGS,), Basis.TARGET, due=minutes_after,
    met_by="write_minutes", open_in_states=SAT, still_needed=minutes_are_unfinished,
)  # fmt: skip
SEND_MINUTES = DutyKind(
    "send_minutes", "Send {to} the draft minutes", Role.OFFICER, (MEETINGS,), Basis.TARGET, recipients=the_panel,
    notice=True, met_by="give_notice", open_in_states=SAT, when=minutes_are_whole,
)  # fmt: skip
CONFIRM_MINUTES = DutyKind(
    "confirm_minutes", "to confirm the minutes", Role.PANEL, (MEETINGS,), Basis.TARGET, met_by="confirm_minutes",
    open_in_states=SAT,
)  # fmt: skip
CONSIDER_REVERSAL = DutyKind(
    "consider_reversal", "Consider taking a step back, as asked", Role.MONITORING_OFFICER, (MEETINGS,),
    Basis.GUIDANCE, met_by="reverse", open_in_states=(*OPEN, "void", "cancelled", "minutes_confirmed"),
)  # fmt: skip
