"""Random walks: whatever steps are taken, in whatever order, by whomever they are offered, what must hold holds
(tests/walking.py). Each is repeatable by its seed; `make test-deep` takes more of them, `make soak` 2,000."""

import random

import pytest

from complaints.procedure import PROCEDURE
from panel.record.verify import verify
from tests import build
from tests.reading import RECEIVED
from tests.steps import fresh, seeds
from tests.walking import WAYS, Walk, holds


def walk(world, seed: int) -> list[str]:
    """Take random offered steps of one complaint, a new one or one that stands anywhere."""
    draw = random.Random(seed)  # noqa: S311 - the same walk for the same seed
    about, who = draw.choice([("pcc",), ("pcc",), ("pcc", "deputy")]), draw.choice(["named", "named", "anonymous"])
    new = fresh(build.log(world, on=RECEIVED, allegations=draw.choice([1, 2, 3]), about=about, who=who))
    return Walk(world, "complaints", seed, draw.choice([new, *world.ready.values()])).go(16)


@pytest.mark.parametrize("seed", seeds())
@pytest.mark.postgres
def test_no_random_walk_breaks_what_always_holds(world, seed):
    walk(world, seed)
    assert list(verify(world.panel)) == []


@pytest.mark.parametrize("seed", seeds())
@pytest.mark.parametrize("procedure", WAYS)
@pytest.mark.postgres
def test_nor_does_one_on_which_days_pass(world, procedure, seed):
    Walk(world, procedure, seed, moving=True).go()


@pytest.mark.postgres
def test_live_rows_are_as_history_and_journal_have_them_after_some_walks(world):
    told = [line for seed in range(100, 103) for line in walk(world, seed)]
    assert list(verify()) == []
    taken = {line.split()[1] for line in told if ": " not in line}
    assert len(taken) > 12  # they do get about


@pytest.mark.parametrize("state", [s.key for s in PROCEDURE.states])
def test_it_holds_in_every_state(world, state):
    holds(world, world.ready[state])
