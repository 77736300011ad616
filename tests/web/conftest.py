"""Every test of the pages sees one panel with a complaint in every state, on one Wednesday, and leaves it as it was."""

import logging
from datetime import datetime

import pytest

from panel.law import clock
from tests.shared import empty_world, shared_world, world

__all__ = ["empty_world", "shared_world", "world"]

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=clock.LONDON)


@pytest.fixture(autouse=True, scope="package")
def _wednesday():
    """It is 18 November 2026, the day of the pictures; whatever the tests' computer says."""
    logging.getLogger("django.request").setLevel(logging.ERROR)  # 403, 404 and 409 are what many tests ask for
    with clock.set_to(NOW):
        yield
