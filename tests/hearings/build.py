"""Valid answers for every step of a hearing, and hearings brought to every state by the real steps.

case = at(world, "heard", schedule=8)
case = take(world, case, "veto", votes_for=7, votes_against=3)
"""

from datetime import date
from types import SimpleNamespace

from hearings.models import Hearing
from panel.casework.case_context import Attempt, CaseContext
from panel.casework.perform import perform
from panel.law.roles import Role
from panel.models import Duty
from panel.procedure.register import of_procedure
from tests.build import pdf

NOTIFIED = date(2026, 11, 9)  # a Monday: the last day is Sunday 29 November
HEARD = date(2026, 11, 16)
SENT = date(2026, 11, 17)
ALL_FOUR = ["name", "criteria", "reasons", "terms"]
PERSON = {Role.OFFICER: "officer", Role.MONITORING_OFFICER: "mo", Role.CHAIRMAN: "chairman"}


def notify(world, schedule=1, on=NOTIFIED, by=None, **over):
    """A new hearing, notified on that day with all four things."""
    given = {
        "post": "chief_constable" if schedule == 8 else "chief_executive", "candidate_1": "Farida Haddon", "came": ALL_FOUR, **over,
    }  # fmt: skip
    case = Hearing(panel=world.panel, procedure=f"schedule{schedule}")
    return perform(case, "notify", by=by or world.officer, on=on, **given).case


def fresh(case):
    """The case as the database has it."""
    return Hearing.objects.select_related("panel").get(pk=case.pk)


def names(world, first, last):
    """Members by their place, as names."""
    return [m.name for m in world.members[first:last]]


def notices(case):
    """Open duties that are met by telling somebody."""
    procedure = of_procedure(case.procedure).follows(case.procedure)
    found = Duty.objects.filter(case_id=case.pk, closed_by=None)
    return [d for d in found if procedure.duty(d.kind).notice]


def answers(world, case, key, by) -> dict:
    """Answers that make the step valid wherever it is offered; ten members, all in the room."""
    look = CaseContext(case, by)
    at = SimpleNamespace(world=world, case=case, look=look)
    given = {name: value(at) if callable(value) else value for name, value in ANSWERS.get(key, {}).items()}
    if key == "reverse":
        from panel.casework.shared_forms import reversible

        given["entry"] = next(
            (str(e.number) for e in reversible(Attempt(look, look.procedure.step(key), look.today))), ""
        )
    return given


def missing(at):
    """What has not come of the four things."""
    return [k.value for k in at.look.facts.missing]


def waivable(at):
    """A duty that this person may waive."""
    mine, duty = Role.MONITORING_OFFICER in at.look.roles, at.look.procedure.duty
    return [str(d.pk) for d in at.look.open_duties if mine or not duty(d.kind).statutory][:1]


VOTE = {
    "taken": "counted", "votes_for": 7, "votes_against": 2, "abstained": 1, "evidence": "Minute 4", "why": "As minuted.",
}  # fmt: skip
DECISION = {"appointed": "yes", "announced_on": SENT}
ARRANGE = {
    "meeting_on": HEARD, "at": "10am", "place": "County Hall", "remote": "no", "why": "The hall is taken.",
    "late_hearing_why": "No hall was free.",
}  # fmt: skip
HELD = {
    "in_room": lambda at: names(at.world, 0, 10), "quorate": "yes", "in_public": "yes", "candidate_came": "yes",
    "exempt": "none", "answers_1": "Asked how she would stay independent, she gave an example.",
    "late_hearing_why": "No hall was free.",
}  # fmt: skip
CAME = {"came": missing, "counts": "from_notice", "counts_why": "Nothing that matters was missing."}
# What each step is answered with. A function makes what depends on the case, and only when the step is taken.
ANSWERS = {
    "request_information": {"missing": lambda at: missing(at)[:1]},
    "receive_information": CAME,
    "receive_reserve_information": CAME,
    "decide_count": {"counts": "from_notice", "counts_why": "The rest was complete."},
    "note_election": {"poll_on": date(2028, 5, 4)},
    "begin_review": {"without_why": "It can begin with what there is."},
    "arrange_hearing": ARRANGE, "rearrange_hearing": ARRANGE, "arrange_reserve_hearing": ARRANGE,
    "publish_agenda": {"where": "The council’s website", "urgent_why": "The chairman said that the three weeks leave no more time."},
    "note_apologies": {"apologies": lambda at: names(at.world, 8, 10)},
    "plan_questions": {"competence": "How have you led a large budget?\nWhat did you learn?", "independence": "When did you last say no?"},
    "hold_hearing": HELD, "hear_reserve": HELD,
    "note_answers": {"answers_1": "And that she would listen."},
    "record_recommendation": {**VOTE, "recommendation": "appoint"},
    "veto": VOTE,
    "send_report": {"how": "email", "late_why": "The Chairman was ill."}, "report_reserve": {"how": "email", "late_why": "The Chairman was ill."},
    "publish_report": {"where": "The council’s website"},
    "pcc_accepts": DECISION, "pcc_rejects": {**DECISION, "appointed": "no"},
    "lapse": {"what_followed": "The candidate was appointed.", "why": "No meeting could be held."},
    "candidate_withdraws": {"told_by": "The Commissioner"}, "withdraw_proposal": {"told_by": "The Commissioner"},
    "withdraw_reserve": {"told_by": "The Commissioner"},
    "notify_reserve": {"candidate_1": "Owen Trask", "came": ALL_FOUR},
    "complete_item": {"item": "pre_meeting", "evidence": "Diary"},
    "skip_item": {"item": "pre_meeting", "why": "Members asked for a note instead."},
    "note_not_done": {"item": "public", "why": "The webcast failed."},
    "give_notice": {"duties": lambda at: [str(d.pk) for d in notices(at.case)], "how": "email", "no_copy": "In the mailbox"},
    "waive": {"duties": waivable, "why": "It would serve nobody."},
    "note_contact": {"kind": "note", "note": "She rang."}, "declare_interest": {
        "member": "own", "kind": "close", "nature": "A friend of the candidate", "withdrew": "yes",
    },
    "assign": {"to_whom": lambda at: str(at.world.mo.pk)}, "void": {"reason": "mistake", "why": "Typed twice."},
    "reopen": {"to": "under_review", "why": "New facts."}, "ask_for_reversal": {"why": "The last step was a mistake."},
    "reverse": {"why": "Entered by mistake."},
    "correct": {"name_1": "Farida Hadden", "why": "Her letter."},
    "restrict": {"named": lambda at: [str(at.world.officer.pk)], "why": "The candidate is not public yet."},
    "unrestrict": {"why": "It is public now."},
}  # fmt: skip


def who_enters(world, case, key):
    """The person of the first role that may enter the step."""
    step = of_procedure(case.procedure).follows(case.procedure).step(key)
    return world.people[PERSON[step.entered_by[0]]]


def take(world, case, key, by=None, on=None, files=None, **over):
    """Take the step with valid answers, changed by `over`; the case as it then is, read afresh."""
    case = fresh(case)
    by = by or who_enters(world, case, key)
    given = {**answers(world, case, key, by), **over}
    day = on or {"send_report": SENT, "pcc_accepts": SENT, "pcc_rejects": SENT, "publish_report": SENT}.get(key) or (
        NOTIFIED if case.status in ("notified", "under_review", "information_awaited", "hearing_arranged") and key != "hold_hearing" else HEARD
    )  # fmt: skip
    if key == "add_documents" and files is None:
        files = {"documents": [pdf()]}
    last = case.entries.order_by("-on").first()
    if on is None and last and day < last.on and key not in ("note_contact",):
        day = last.on
    perform(case, key, by=by, on=day, files=files, **given)
    return fresh(case)


TO_HEARD = ["begin_review", "arrange_hearing", "hold_hearing"]
TO_VETO = [*TO_HEARD, "veto", "send_report"]
RESERVE = [*TO_VETO, "notify_reserve"]
PATHS = {
    "notified": [], "under_review": ["begin_review"], "hearing_arranged": ["begin_review", "arrange_hearing"], "heard": TO_HEARD,
    "reported": [*TO_HEARD, "record_recommendation", "send_report"],
    "accepted": [*TO_HEARD, "record_recommendation", "send_report", "pcc_accepts"],
    "rejected": [*TO_HEARD, "record_recommendation", "send_report", "pcc_rejects"],
    "void": ["void"], "candidate_withdrawn": ["candidate_withdraws"], "proposal_withdrawn": ["withdraw_proposal"],
    "vetoed": TO_VETO, "reserve_notified": RESERVE, "reserve_under_review": [*RESERVE, "review_reserve"],
    "reserve_heard": [*RESERVE, "review_reserve", "arrange_reserve_hearing", "hear_reserve"],
    "reserve_reported": [*RESERVE, "review_reserve", "arrange_reserve_hearing", "hear_reserve", "record_recommendation", "report_reserve"],
}  # fmt: skip


def at(world, state, schedule=1, **notified):
    """A hearing brought to that state by the real steps: the one that is ready, or a new one."""
    if not notified and (schedule, state) in world.ready:
        return fresh(world.ready.pop((schedule, state)))
    if state == "information_awaited":
        case = notify(world, schedule, came=["name"], counts="not_yet", counts_why="Too little has come.", **notified)
        return take(world, case, "request_information")
    if state == "lapsed":
        return take(world, notify(world, schedule, on=date(2026, 9, 1), **notified), "lapse", on=date(2026, 10, 1))
    if state == "appointed_without_notification":
        case = Hearing(panel=world.panel, procedure=f"schedule{schedule}")
        post = "chief_constable" if schedule == 8 else "chief_executive"
        given = {"post": post, "candidate_1": "Nobody Told", "known": "It was in the newspaper."}
        return perform(case, "note_appointment_without_notification", by=world.officer, on=NOTIFIED, **given).case
    case = notify(world, schedule, **notified)
    for key in PATHS[state]:
        case = take(world, case, key)
    return case
