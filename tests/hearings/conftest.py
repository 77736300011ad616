"""Every test has a panel of its own, or one with a hearing in every state, and it is 18 November 2026."""

from datetime import UTC, datetime

import pytest

from hearings.procedure import schedule1, schedule8
from panel.law import clock
from tests import build
from tests.hearings.build import at

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _wednesday():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def world(db):
    """Exshire: officer, Monitoring Officer, Chairman, Vice-Chairman, ten members, auditor, administrator."""
    return build.make_world()


def make_midshire():
    """A panel with a hearing in every state of both Schedules."""
    with clock.set_to(NOW):
        world = build.make_world("midshire", "MD", "Midshire")
        for schedule, procedure in ((1, schedule1.PROCEDURE), (8, schedule8.PROCEDURE)):
            for state in procedure.states:
                world.ready[schedule, state.key] = at(world, state.key, schedule)
    return world


@pytest.fixture(scope="module")
def shared_hearings(worlds):
    """The panel and its hearings."""
    worlds.enter("midshire", make_midshire)


@pytest.fixture
def ready_world(shared_hearings, worlds, db):
    """Midshire, whose hearings `at` hands out, each once a test; what the test changes is rolled back."""
    return worlds.copy("midshire")
