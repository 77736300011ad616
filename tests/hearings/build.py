"""Valid answers for every step of a hearing, and hearings brought to every state by the real steps.

case = at(world, "heard", schedule=8)
case = take(world, case, "veto", votes_for=7, votes_against=3)
"""

from datetime import date
from types import SimpleNamespace

from hearings.models import Hearing
from hearings.report.frozen import copies
from panel.casework.case_context import Attempt, CaseContext
from panel.casework.perform import perform
from panel.casework.shared_forms import reversible
from panel.files.paper import as_text
from panel.law.roles import Role
from panel.procedure.register import of_procedure
from tests.answers import answers_to, collect
from tests.build import pdf
from tests.hearings import answers as chapters
from tests.reading import ALL_FOUR, HEARD, NOTIFIED
from tests.reading import SENT as SENT
from tests.reading import names as names

ANSWERS = collect(chapters)
PERSON = {Role.OFFICER: "officer", Role.MONITORING_OFFICER: "mo", Role.CHAIRMAN: "chairman"}


def notify(world, schedule=1, on=NOTIFIED, by=None, **over):
    """A new hearing, notified on that day with all four things."""
    given = {
        "post": "chief_constable" if schedule == 8 else "chief_executive", "candidate_1": "Farida Haddon", "came": ALL_FOUR, **over,
    }  # fmt: skip
    case = Hearing(panel=world.panel, procedure=f"schedule{schedule}")
    return perform(case, "notify", by=by or world.officer, on=on, **given).case


def plan(world, schedule=1, on=NOTIFIED, **over):
    """A hearing that is planned before the notification."""
    given = {"post": "chief_constable" if schedule == 8 else "chief_executive", **over}
    case = Hearing(panel=world.panel, procedure=f"schedule{schedule}")
    return perform(case, "plan_hearing", by=world.officer, on=on, **given).case


def fresh(case):
    """The case as the database has it."""
    return Hearing.objects.select_related("panel").get(pk=case.pk)


def answers(world, case, key, by) -> dict:
    """Answers that make the step valid wherever it is offered; ten members, all in the room."""
    look = CaseContext(case, by)
    step = look.procedure.step(key)
    given = answers_to(ANSWERS, step, SimpleNamespace(world=world, case=case, look=look))
    if key == "reverse":
        given["entry"] = next((str(e.number) for e in reversible(Attempt(look, step, look.today))), "")
    return given


def who_enters(world, case, key):
    """The person of the first role that may enter the step."""
    step = of_procedure(case.procedure).follows(case.procedure).step(key)
    return world.people[PERSON[step.entered_by[0]]]


def take(world, case, key, by=None, on=None, files=None, **over):
    """Take the step with valid answers, changed by `over`; the case as it then is, read afresh."""
    case = fresh(case)
    by = by or who_enters(world, case, key)
    given = {**answers(world, case, key, by), **over}
    day = on or {"send_report": SENT, "correct_hearing": HEARD, "pcc_accepts": SENT, "pcc_rejects": SENT, "publish_report": SENT}.get(key) or (
        NOTIFIED if case.status in ("notified", "under_review", "information_awaited", "hearing_arranged", "planned")
        and key not in ("hold_hearing", "adjourn_hearing") else HEARD
    )  # fmt: skip
    if key == "add_documents" and files is None:
        files = {"documents": [pdf()]}
    last = case.entries.order_by("-on").first()
    if on is None and last and day < last.on and key not in ("note_contact", "correct_hearing"):
        day = last.on
    perform(case, key, by=by, on=day, files=files, **given)
    return fresh(case)


def report_text(world, case, by=None) -> str:
    """The latest report on the hearing, as plain text: as it was sent, or as it would go now."""
    return as_text(copies(CaseContext(fresh(case), by or world.officer))[0].paper)


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
    if state == "planned":
        return plan(world, schedule)
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
