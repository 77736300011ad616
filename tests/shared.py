"""Worlds that many tests share: each is made once and kept for all tests that ask for it, whatever package they are in.
What a test changes is rolled back after it, and the world itself before the first test that does not ask for it.

A package that wants Exshire imports `empty_world`, `shared_world`, `wednesday` and `world` into its conftest.py (and has
an __init__.py, or the package is all tests). Where a world cannot be made (a state was declared that no step leads to,
say), one test fails and tells why; the others that wanted it are skipped.
"""

import logging
import pickle  # copies three times as fast as copy.deepcopy
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import transaction

from complaints.procedure import PROCEDURE
from panel.law import clock
from tests import build
from tests.steps import at

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=clock.LONDON)
EARLY = (
    "demo",
)  # dear to make, and made again wherever a worker takes over some of its tests: at the front nobody does
FIXTURES = ("shared_world", "shared_hearings")  # the fixtures that make a shared world; the tests of each run together
DATABASE = {"db", "transactional_db", "live_server"}


class Worlds:
    """One world at a time, in a transaction that is never committed."""

    def __init__(self, blocker):
        self.blocker, self.transaction, self.name, self.made, self.failed = blocker, None, "", None, {}

    def enter(self, name, make):
        """Be in the world of that name, made now unless one is in it already."""
        if name in (self.name, *self.failed):
            return
        self.leave()
        with self.blocker.unblock():
            self.name, self.transaction = name, transaction.atomic()
            self.transaction.__enter__()
            try:
                self.made = pickle.dumps(make())
            except (Exception, pytest.fail.Exception, pytest.skip.Exception) as error:
                self.failed[name] = [error]
                self.leave()

    def leave(self):
        """Take back all that was made."""
        if self.transaction is not None:
            with self.blocker.unblock():
                transaction.set_rollback(True)
                self.transaction.__exit__(None, None, None)
        self.name, self.made, self.transaction = "", None, None

    def copy(self, name):
        """A copy of what was made, for one test."""
        if name in self.failed:
            errors = self.failed[name]
            told = f"the world could not be built: {type(errors[0]).__name__}: {errors[0]}"
            errors.append(told)
            if len(errors) > 2:
                pytest.skip(told)
            raise RuntimeError(told) from errors[0]
        assert self.name == name, "another test has left it: tests of one world run together (`together`)"
        return pickle.loads(self.made)  # noqa: S301 - made by ourselves, above


@contextmanager
def made_once(blocker):
    """For a fixture that serves a module: what it makes is within a transaction that is never committed. It must ask for
    `django_db_setup` or a shared world, and each test must get a copy of what was made."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


KEPT = pytest.StashKey[Worlds]()


@pytest.fixture(scope="session")
def worlds(request, django_db_setup, django_db_blocker):
    """The keeper of the shared worlds."""
    kept = request.session.stash[KEPT] = Worlds(django_db_blocker)
    yield kept
    kept.leave()


def together(items):
    """Tests of one world run one after the other, before those of none."""
    items.sort(key=lambda item: [name not in getattr(item, "fixturenames", ()) for name in (*EARLY, *FIXTURES)])


def leave_unless_wanted(item):
    """Before a test that uses the database and no shared world: the database is empty again."""
    worlds, uses = item.session.stash.get(KEPT, None), set(getattr(item, "fixturenames", ()))
    if worlds and not uses & set(FIXTURES) and (uses & DATABASE or item.get_closest_marker("django_db")):
        worlds.leave()


# Exshire


def make_exshire():
    """A panel with one complaint in every state."""
    with clock.set_to(NOW):
        world = build.make_world()
        world.ready = {state.key: at(world, state.key) for state in PROCEDURE.states}
    return world


@pytest.fixture(scope="module")
def shared_world(worlds):
    """The panel and its complaints."""
    worlds.enter("exshire", make_exshire)


@pytest.fixture
def world(shared_world, worlds, db):
    """Exshire: officer, Monitoring Officer, Chairman, Vice-Chairman, ten members, auditor, administrator. `at` hands out
    its complaints, each once a test."""
    return worlds.copy("exshire")


@pytest.fixture
def empty_world(shared_world, db):
    """Another such panel, in which nobody has complained yet."""
    return build.make_world("midshire", "MD", "Midshire")


@pytest.fixture(autouse=True, scope="package")
def wednesday():
    """It is 18 November 2026, the day of the pictures, as when the world was made; whatever the computer says."""
    logging.getLogger("django.request").setLevel(logging.ERROR)  # 403, 404 and 409 are what many tests ask for
    with clock.set_to(NOW):
        yield
