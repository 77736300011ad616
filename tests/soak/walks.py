"""Random walks over 2,000 cases of both registers: whatever offered steps are taken, an open case has an open duty that is
awake, and each such duty can be done (tests/walking.py, tests/carried.py)."""

import re
import time
import traceback
from collections import Counter
from pathlib import Path

from django.db import connection, connections, transaction

from tests.soak.crowd import checked, ended, forked
from tests.walking import Walk

PROCEDURES = ("complaints", "complaints", "schedule1", "schedule8")  # every second walk is that of a complaint
TOLD_EVERY = 50


def walks(number: int, workers: int, directory: Path) -> None:
    """Take that many walks, in so many processes. Raises AssertionError where one found something: it has told how to
    take that walk again."""
    began = time.monotonic()
    copies = [directory / f"walks-{worker}.sqlite3" for worker in range(workers)]
    for worker, copy in enumerate(copies):
        checked(prepare, worker, copy)
    pids = [forked(work, worker, range(worker, number, workers), copy) for worker, copy in enumerate(copies)]
    codes = [ended(pid) for pid in pids]
    assert codes == [0] * workers, "a walk found something: see above"
    print(f"{number} walks in {time.monotonic() - began:.0f} s: every open case is on somebody’s list.")


def again(seed: int, directory: Path) -> None:
    """Take one walk again, and tell every step of it."""
    copy = directory / "walk.sqlite3"
    checked(prepare, 0, copy)
    checked(work, 0, range(seed, seed + 1), copy)


def prepare(worker: int, copy: Path) -> None:
    """A panel for the worker. On SQLite a database as well, since only one may write to a database at a time."""
    from tests import build

    build.make_world(f"walks-{worker}", f"W{chr(65 + worker)}", f"Walkshire {worker}")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])


def work(worker: int, seeds: range, copy: Path) -> None:
    """Take these walks, each in a transaction that is rolled back. All are taken, whatever one finds."""
    from tests.soak.crowd import world_of

    if copy.exists():
        connections["default"].settings_dict["NAME"] = str(copy)
    world = world_of(f"walks-{worker}")
    found, taken = 0, Counter()
    for done, seed in enumerate(seeds, 1):
        found += not walked(world, seed, taken)
        if done % TOLD_EVERY == 0 or done == len(seeds):
            print(f"Worker {worker}: {done} of {len(seeds)} walks, {sum(taken.values())} steps", flush=True)
    assert taken.keys() or not seeds
    print(f"Worker {worker}: {len(taken)} different steps were taken.", flush=True)
    assert not found, f"{found} walks found something"


def walked(world, seed: int, taken: Counter) -> bool:
    """Take the walk of that seed; whether all held."""
    walk = Walk(world, PROCEDURES[seed % len(PROCEDURES)], seed, moving=True)
    try:
        with transaction.atomic():
            walk.go()
            transaction.set_rollback(True)
    except Exception:
        lines = "\n".join(f"    {line}" for line in walk.told)
        said = traceback.format_exc()
        print(f"Walk {seed} of {walk.name} (again: python -m tests.soak --walk {seed}):\n{lines}\n{said}", flush=True)
        return False
    finally:
        taken.update(line.split()[1] for line in walk.told if not re.search(r"^\S+ \S+ by \S+: ", line))
    return True
