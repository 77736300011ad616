"""Every test of the procedure has a panel of its own, with everybody in place."""

import pytest

from tests import build


@pytest.fixture
def world(db):
    """Exshire: officer, Monitoring Officer, Chairman, Vice-Chairman, ten members, auditor, administrator."""
    return build.make_world()
