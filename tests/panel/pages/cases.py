"""Complaints on which a step can be taken, cannot yet, or is somebody else's; and the addresses of their pages."""

from datetime import date
from functools import cache

from django.contrib.sessions.models import Session

from complaints.procedure import PROCEDURE, STEPS
from panel.casework.case_context import Attempt, CaseContext
from panel.casework.shared_forms import reversible
from panel.law.roles import Role
from tests import build, steps
from tests.steps import OLD, ON, PERSON, sitting
from tests.written import nothing_written

MAKE = [s.key for s in STEPS if s.creates == "case"]  # their pages are under "new/"
ON_A_CASE = [s.key for s in STEPS if s.creates != "case"]


def ready_for(world, key):
    """A complaint on which the step can be taken; None for one that makes a complaint."""
    return None if key in MAKE else steps.ready_for(world, key)


@cache
def not_ready_for(key) -> str:
    """A state from which the step is not declared; "" if it may be taken anywhere."""
    step = PROCEDURE.step(key)
    order = ("closed", "received", "recorded", "sub_panel", "with_iopc", "withdrawn")
    return next((s for s in order if s not in step.from_states), "")


def people_for(world, case, step) -> list[str]:
    """Keys of the people whose role may enter the step: read from the table alone."""
    roles = {PERSON[r] for r in step.entered_by}
    if case is None or world.members[3].pk not in sitting(case):
        roles.discard(PERSON[Role.SUB_PANEL])
    sees = {
        "officer",
        "mo",
        "chairman",
        "vice",
        *(["sitting"] if case and world.members[3].pk in sitting(case) else []),
    }
    return sorted(roles | (sees if step.anybody else set()))


def case_url(case, page="") -> str:
    """The address of one of its pages."""
    return f"/{case.panel.slug}/complaints/{case.reference}/{page}"


def step_url(case, key, slug="exshire") -> str:
    """The address of a step's page."""
    return f"/{slug}/complaints/new/{key}/" if case is None else case_url(case, f"{key}/")


def nothing_kept(but=()):
    """No row of any table is made, changed or deleted, but those of sessions and of the models in `but`."""
    return nothing_written(but=[Session, *but])


def reversible_now(case, user):
    """Numbers of the entries that the person could take back."""
    look = CaseContext(case, user)
    return [str(e.number) for e in reversible(Attempt(look, look.procedure.step("reverse"), ON))]


LOGGED = {
    "log": {**{k: v for k, v in build.LOG.items() if k != "allegations"}, "what_1": "Told her she was a nuisance"},
    "record_conduct_matter": {
        "came_to_light": "In the press", "clear_on": ON, "offence": "yes", "offence_is": "Fraud", "title": "A payment", "what_1": "Paid himself",
        "happened_on_1": ON,
    },
    "enter_from_register": {
        **OLD, "received_on": date(2019, 5, 3), "recorded_on": date(2019, 5, 10), "decided_on": date(2019, 6, 12),
        "on": date(2019, 8, 20),
    },
}  # fmt: skip


def answers_to_make(world, key) -> dict:
    """Answers that make a new case of this kind."""
    return {**LOGGED[key], "subjects": [str(world.pcc.pk)]}
