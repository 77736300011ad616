"""Every test has a panel of its own, or one with a hearing in every state, and it is 18 November 2026."""

import copy
from datetime import UTC, datetime

import pytest

from hearings.procedure import schedule1, schedule8
from panel.law import clock
from tests import build
from tests.hearings.build import at
from tests.shared import made_once

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _wednesday():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def world(db):
    """Exshire: officer, Monitoring Officer, Chairman, Vice-Chairman, ten members, auditor, administrator."""
    return build.make_world()


@pytest.fixture(scope="package")
def shared_world(django_db_setup, django_db_blocker):
    """A panel with a hearing in every state of both Schedules."""
    with clock.set_to(NOW), made_once(django_db_blocker):
        world = build.make_world("midshire", "MD", "Midshire")
        for schedule, procedure in ((1, schedule1.PROCEDURE), (8, schedule8.PROCEDURE)):
            for state in procedure.states:
                world.ready[schedule, state.key] = at(world, state.key, schedule)
        yield world


@pytest.fixture
def ready_world(shared_world, db):
    """Midshire, whose hearings `at` hands out, each once a test; what the test changes is rolled back."""
    return copy.deepcopy(shared_world)
