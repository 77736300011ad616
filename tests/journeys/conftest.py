"""Fixtures of the journeys: a panel with its people, and a desk for each person who takes part."""

import pytest

from tests.browser import told
from tests.build import make_world
from tests.journeys.desk import Desk


@pytest.fixture
def world(db):
    """Exshire with everybody in place, and no complaint."""
    return make_world()


@pytest.fixture
def wrong():
    """What is wrong on the pages that were looked over; anything in it fails the test at its end, all at once."""
    found = []
    yield found
    assert not found, told(found)


@pytest.fixture
def sit(new_context, live_server, wrong):
    """A function: somebody's desk, a browser of their own, signed in if a user is given. `look` at each page, or not."""

    def make(user=None, *, look=False, **context):
        desk = Desk(new_context(**context).new_page(), live_server.url, wrong, look)
        if user is not None:
            desk.come_in(user)
        return desk

    return make
