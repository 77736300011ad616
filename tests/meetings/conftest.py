"""Every test has Exshire for itself, and it is 18 November 2026."""

from datetime import UTC, datetime

import pytest

from panel.law import clock
from tests import build

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _wednesday():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def world(db):
    """Exshire: officer, Monitoring Officer, Chairman, Vice-Chairman, ten members, auditor, administrator."""
    return build.make_world(quorum=5, participation_hour=9, papers_days=5, minutes_days=10)
