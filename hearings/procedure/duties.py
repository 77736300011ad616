"""Every duty of a hearing, made once for each Schedule so that it cites the right paragraphs."""

from dataclasses import replace
from types import SimpleNamespace

from hearings.procedure.law import AGENDA, EXEMPT, GUIDANCE, RESERVE
from panel.casework.shared_steps import review_restriction
from panel.law import clock
from panel.law.roles import Basis, Role
from panel.procedure.vocabulary import DutyKind

O, MO = Role.OFFICER, Role.MONITORING_OFFICER  # noqa: E741


def report_day(a):
    """The last of the three weeks, where they run and can be told."""
    return a.facts.count


def candidates(a):
    """Every open candidate."""
    return [f"candidate:{p.number}" for p in a.look.parts if a.look.procedure.state(p.status).open]


def invited(a):
    """Candidates who have not been asked to appear yet."""
    done = {d.recipient for d in a.look.duties if d.kind == "invite" and d.closed_how == "met"}
    reserve = a.step.key in ("notify_reserve", "arrange_reserve_hearing")
    return [c for c in candidates(a) if reserve or c not in done]


def some_meeting(a):
    """Whether a meeting is arranged that will not be needed."""
    gone = {p.pk for p in a.parts}
    left = [p for p in a.look.parts if p.pk not in gone and a.look.procedure.state(p.status).open]
    return a.facts.meeting is not None and not a.facts.meeting.held and not left


def still_unpublished(a):
    """Whether another report waits to be published: that of a veto, or that on the reserve candidate."""
    return bool(a.facts.unpublished)


# fmt: off

def duties(law) -> SimpleNamespace:
    """The kinds of duty under that Schedule, by name; `all` has them in order."""
    d = SimpleNamespace()
    d.ASK_MISSING = DutyKind(
        "ask_missing", "Ask for what is missing from the notification", O, law.supply, Basis.LAW,
        when=lambda a: not a.facts.complete, step="request_information",
    )
    d.CHASE = DutyKind(
        "chase", "Chase {to} for what is missing", O, law.supply, Basis.TARGET,
        due=lambda a: clock.given(a.answers["by_when"]) if a.answers.get("by_when") else None,
        to=lambda a: ["commissioner"], while_in=("information_awaited",), step="receive_information",
    )
    d.REVIEW = DutyKind("review", "Begin the Panel’s review", O, law.review, Basis.LAW, step="begin_review")
    d.HEARING = DutyKind(
        "hearing", "Arrange the confirmation hearing", O, law.hearing, Basis.LAW, step="arrange_hearing",
    )
    d.REPORT = DutyKind(
        "report", "Send the report to {to}", O, (*law.review, *law.period), Basis.LAW, due=report_day,
        to=lambda a: ["commissioner"], step="send_report",
    )
    d.QUESTIONS = DutyKind(
        "plan_questions", "Plan questions by theme", O, GUIDANCE, Basis.GUIDANCE, step="plan_questions",
        when=lambda a: not a.facts.questions,
    )
    d.PUBLISH_AGENDA = DutyKind(
        "publish_agenda", "Publish the agenda", O, AGENDA[:1], Basis.LAW,
        due=lambda a: clock.clear_days(a.answers["meeting_on"]), step="publish_agenda",
    )
    d.INVITE = DutyKind(
        "invite", "Ask {to} to appear at the hearing", O, law.hearing, Basis.LAW, to=invited, notice=True,
        step="give_notice",
    )
    d.DELIBERATE = DutyKind(
        "deliberate", "to deliberate and decide", Role.PANEL, law.review, Basis.LAW, step="record_recommendation",
    )
    d.RECOMMEND = DutyKind(
        "recommend", "Record what the Panel recommends", O, law.review, Basis.LAW, step="record_recommendation",
        per_part=True,
    )
    d.SEND = DutyKind(
        "send_next_day", "Send the report on the next working day", O, GUIDANCE, Basis.GUIDANCE,
        due=lambda a: clock.working_days(a.on, 1), step="send_report", when=lambda a: a.facts.count is not None,
    )
    d.PUBLISH = DutyKind(
        "publish", "Publish the report", O, law.publish, Basis.LAW, step="publish_report", needed=still_unpublished,
        lapses_at_end=False,
    )
    d.PUBLISH_AFTER = DutyKind(
        "publish_after", "Publish it after the five working days that guidance leaves", O, GUIDANCE, Basis.GUIDANCE,
        due=lambda a: clock.working_days(a.on, 5), step="publish_report", needed=still_unpublished, lapses_at_end=False,
    )
    d.DECISION = DutyKind(
        "decision", "to notify the Panel of the decision", Role.OFFICE_HOLDER, law.decision, Basis.LAW,
        to=lambda a: ["commissioner"], step="pcc_accepts",
    )
    d.TELL_PANEL = DutyKind(
        "tell_panel", "Tell {to}", O, GUIDANCE, Basis.GUIDANCE, to=lambda a: ["the_panel"], notice=True,
        step="give_notice", lapses_at_end=False,
    )
    d.CANCEL_MEETING = DutyKind(
        "cancel_meeting", "Cancel the meeting, and tell {to}", O, AGENDA[:1], Basis.GUIDANCE, when=some_meeting,
        to=lambda a: ["public"], notice=True, step="give_notice", lapses_at_end=False,
    )
    d.CONSIDER_REVERSAL = DutyKind(
        "consider_reversal", "Consider taking a step back, as asked", MO, law.notify, Basis.GUIDANCE, step="reverse",
        lapses_at_end=False,
    )
    d.REVIEW_RESTRICTION = review_restriction((EXEMPT,))
    if law.schedule == 8:
        d.REPORT_VETO = DutyKind(
            "report_veto", "Report the veto to {to}, or it falls", O, ("Sch 8 para 2", "Sch 8 para 5"), Basis.LAW,
            due=report_day, to=lambda a: ["commissioner"], step="send_report",
        )
        d.AWAIT_RESERVE = DutyKind(
            "await_reserve", "to propose a reserve candidate", Role.OFFICE_HOLDER, ("Sch 8 para 8", "2012/2271 reg 9"),
            Basis.LAW, to=lambda a: ["commissioner"], when=lambda a: a.step.key != "send_report" or a.answers["to"] == "vetoed",
            step="notify_reserve",
        )
        d.REVIEW_RESERVE = DutyKind(
            "review_reserve", "Begin the review of the reserve candidate", O, RESERVE, Basis.LAW, step="review_reserve",
        )
        d.HEAR_RESERVE = DutyKind(
            "hear_reserve", "Arrange the hearing of the reserve candidate", O, RESERVE, Basis.LAW,
            step="arrange_reserve_hearing",
        )
        d.REPORT_RESERVE = DutyKind(
            "report_reserve", "Report to {to} on the reserve candidate", O, RESERVE, Basis.LAW, due=report_day,
            to=lambda a: ["commissioner"], step="report_reserve",
        )
    now = {
        "report": lambda a: not a.case.status.startswith(("reserve", "vetoed")),
        "report_veto": lambda a: a.case.status == "vetoed",
        "report_reserve": lambda a: a.case.status.startswith("reserve"),
    }
    reports = [d.REPORT] + ([d.REPORT_VETO, d.REPORT_RESERVE] if law.schedule == 8 else [])
    d.REPORT_ANEW = tuple(replace(kind, when=now[kind.key]) for kind in reports)  # its day has changed
    d.DECISION_IF = replace(d.DECISION, when=lambda a: a.answers["to"] == "reported")
    d.REPORT_AGAIN = replace(d.REPORT, when=lambda a: a.answers["to"] == "under_review")
    d.HEARING_AGAIN = replace(d.HEARING, when=lambda a: a.answers["to"] == "under_review")
    d.DECISION_AGAIN = d.DECISION_IF
    kinds = [v for v in vars(d).values() if isinstance(v, DutyKind)]
    d.all = tuple({k.key: k for k in reversed(kinds)}.values())[::-1]
    return d
