"""Valid answers for every step of a meeting, and meetings brought to every state by the real steps.

case = at(world, "held")
case = take(world, case, "write_minutes")
"""

from datetime import date
from types import SimpleNamespace

from meetings.models import PanelMeeting
from panel.casework.case_context import Attempt, CaseContext
from panel.casework.perform import perform
from panel.casework.shared_forms import reversible
from panel.law import clock
from panel.procedure.register import of_procedure
from tests.answers import answers_to, collect, whole
from tests.build import pdf
from tests.hearings.build import PERSON
from tests.meetings import answers as chapters
from tests.meetings.answers.planning import MEETS, PLAN

ANSWERS = collect(chapters)
PLANNED = date(2026, 11, 2)  # a Monday
PUBLISHED = date(2026, 11, 18)  # the last day for five clear days before 26 November 2026
PATHS = {
    "planned": [], "called": ["publish_agenda"], "void": ["void"], "cancelled": ["cancel_meeting"],
    "held": ["publish_agenda", "record_attendance", "hold_meeting"],
    "adjourned": ["publish_agenda", "record_attendance", "adjourn_meeting"],
    "minutes_confirmed": ["publish_agenda", "record_attendance", "hold_meeting", "write_minutes", "confirm_minutes"],
}  # fmt: skip
BEFORE = {  # a step that must come first, beyond the state
    "receive_paper": ("planned", ["add_item"]), "reverse": ("planned", ["add_item"]), "confirm_minutes": ("held", ["write_minutes"]),
    "note_agenda": ("planned", ["record_attendance", "hold_meeting"]), "hold_meeting": ("called", ["record_attendance"]), "adjourn_meeting": ("called", ["record_attendance"]),
    "decide_request": ("planned", ["log_request"]), "answer_request": ("planned", ["log_request", "decide_request"]),
    "lift_hold": ("cancelled", ["hold"]), "propose_erasure": ("cancelled", ["give_notice"]),
    "decline_erasure": ("cancelled", ["give_notice", "propose_erasure"]),
    "erase": ("cancelled", ["give_notice", "propose_erasure"]),
}  # fmt: skip
ON_THE_DAY = {"hold_meeting", "adjourn_meeting"}


def plan(world, by=None, on=PLANNED, **over):
    """A meeting that is planned, each a minute later than the one before."""
    made = PanelMeeting.objects.filter(panel=world.panel).count()
    over.setdefault("at", f"{10 + made // 60}:{made % 60:02d}")
    case = PanelMeeting(panel=world.panel, procedure="meetings")
    return perform(case, "plan_meeting", by=by or world.officer, on=on, **{**PLAN, **over}).case


def fresh(case):
    """The meeting as the database has it."""
    return PanelMeeting.objects.select_related("panel", "meeting").get(pk=case.pk)


def answers(world, case, key, by) -> dict:
    """Answers that make the step valid wherever it is offered."""
    look = CaseContext(case, by)
    step = look.procedure.step(key)
    given = answers_to(ANSWERS, step, SimpleNamespace(world=world, case=case, look=look))
    if case.status == "planned" or not look.facts.items:
        given.pop("urgent_why", None) if key in ("add_item", "table_item") else None
    if key == "reverse":
        given["entry"] = next((str(e.number) for e in reversible(Attempt(look, step, look.today))), "")
    if key == "order_items":
        given |= {f"place_{row.item.number}": row.item.number for row in look.facts.items}
    if key == "write_minutes":
        given = {"first_minute": "443", **{f"minute_{row.item.number}": "Noted." for row in look.facts.items}}
    return given


def who_enters(world, case, key):
    """The person of the first role that may enter the step."""
    step = of_procedure("meetings").procedure.step(key)
    return world.people[PERSON[step.entered_by[0]]]


def take(world, case, key, by=None, on=None, files=None, **over):
    """Take the step with valid answers, changed by `over`; the meeting as it then is."""
    case = fresh(case)
    by = by or who_enters(world, case, key)
    given = {**answers(world, case, key, by), **over}
    if key == "add_documents" and files is None:
        files = {"documents": [pdf()]}
    last = case.entries.order_by("-on").first().on
    day = on or (min(clock.today(), case.meeting.on) if key in ON_THE_DAY else max(last, PLANNED))
    with whole(of_procedure("meetings").procedure.step(key), over):
        perform(case, key, files=files, **{"by": by, "on": max(day, last) if on is None else on, **given})
    return fresh(case)


def at(world, state, **planned):
    """A meeting brought to that state by the real steps: the one that is ready, or a new one. What was held was held on
    the day that it is today, or before."""
    if not planned and state in world.ready:
        return fresh(world.ready.pop(state))
    if state in ("held", "adjourned", "minutes_confirmed"):
        planned = {"meeting_on": min(MEETS, clock.today()), **planned}
    case = plan(world, **planned)
    for key in PATHS[state]:
        case = take(world, case, key)
    return case


def ready_for(world, key):
    """A meeting on which that step can be taken."""
    step = of_procedure("meetings").procedure.step(key)
    state, path = BEFORE.get(key, (step.from_states[0], []))
    case = at(world, state)
    for earlier in path:
        case = take(world, case, earlier)
    return case
