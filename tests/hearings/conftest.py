"""Every test has a panel of its own, and it is 18 November 2026."""

from datetime import UTC, datetime

import pytest

from panel import clock
from tests import build


@pytest.fixture
def world(db):
    """Exshire: officer, Monitoring Officer, Chairman, Vice-Chairman, ten members, auditor, administrator."""
    with clock.set_to(datetime(2026, 11, 18, 9, tzinfo=UTC)):
        yield build.make_world()
