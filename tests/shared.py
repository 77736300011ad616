"""One panel, with one complaint in every state, made once for a whole package of tests: what each test changes is rolled
back. Import the three fixtures into the package's conftest.py (and give it an __init__.py, or the package is all tests).
"""

import copy
from contextlib import contextmanager

import pytest
from django.db import transaction

from complaints.procedure import PROCEDURE
from tests import build
from tests.steps import at


@contextmanager
def made_once(blocker):
    """For a fixture that serves many tests: what it makes is within a transaction that is never committed. It must ask
    for `django_db_setup`, and each test must get a copy of what was made."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def shared_world(django_db_setup, django_db_blocker):
    """The panel and its complaints."""
    with made_once(django_db_blocker):
        world = build.make_world()
        world.ready = {state.key: at(world, state.key) for state in PROCEDURE.states}
        yield world


@pytest.fixture
def world(shared_world, db):
    """Exshire: officer, Monitoring Officer, Chairman, Vice-Chairman, ten members, auditor, administrator. `at` hands out
    its complaints, each once a test."""
    return copy.deepcopy(shared_world)


@pytest.fixture
def empty_world(shared_world, db):
    """Another such panel, in which nobody has complained yet."""
    return build.make_world("midshire", "MD", "Midshire")
