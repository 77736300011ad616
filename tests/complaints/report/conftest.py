"""What the tests of the report share: it is 18 November 2026, and each module has a world of its own, made once."""

import copy

import pytest

from panel.law import clock
from tests.shared import NOW, made_once


@pytest.fixture(autouse=True)
def _in_november():
    with clock.set_to(NOW):
        yield


@pytest.fixture(scope="module")
def made(request, django_db_setup, django_db_blocker):
    """What `make` of the module makes, once."""
    with clock.set_to(NOW), made_once(django_db_blocker):
        yield request.module.make()


@pytest.fixture
def world(made, db):
    """The module's world, for one test."""
    return copy.deepcopy(made)
