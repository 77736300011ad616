"""`make soak`: a year of a panel through the web server, 16 writers with 50 steps each, 50 kills of the server, 2,000
random walks, 10,000 damaged emails, then 50,000 hand-made posts, on a database of its own.

python -m tests.soak                                   SQLite in a temporary directory
.ci/postgres.sh python -m tests.soak                   the PostgreSQL of DATABASE_URL (emptied before)
python -m tests.soak --writers 16 --each 4 --kills 3   shorter
python -m tests.soak --year 0 --writers 0 --kills 0 --walks 150   only walks
python -m tests.soak --year 14 ...                     a shorter year (tests/soak/year.py)
python -m tests.soak --walk 17                         the walk of that seed again
python -m tests.soak --here ...                        on the database that is there, made by tests.build.make_world
"""

import argparse
import os
import tempfile
import time
from pathlib import Path


def main() -> None:
    """Run it. An AssertionError is what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--each", type=int, default=50)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--walks", type=int, default=2000)
    parser.add_argument("--walk", type=int, help="only this one")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--posts", type=int, default=50_000)
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--year", type=int, default=365, help="days of the year through the web server; 0: none")
    parser.add_argument("--here", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="panel-soak-") as data:
        if not asked.here:
            os.environ["DATA_DIR"] = data
        os.environ |= {
            "PANEL_TESTING": "1",
            "DJANGO_SETTINGS_MODULE": "panel.settings",
            "LOG_LEVEL": "CRITICAL" if asked.posts and not asked.writers + asked.kills else "ERROR",
        }
        import django

        django.setup()
        from tests.soak.crowd import checked, crowd
        from tests.soak.kills import kills
        from tests.soak.walks import again, walks

        began = time.monotonic()
        if not asked.here:
            checked(make)
        if asked.walk is not None:
            again(asked.walk, Path(data))
            return
        if asked.year and not asked.here:
            from tests.soak.year import year

            year(asked.year, Path(data))
            checked(make)  # the year goes beyond today
        if asked.writers:
            crowd(asked.writers, asked.each, Path(data))
        if asked.kills:
            kills(asked.kills, Path(data))
        if asked.walks and not asked.here:
            walks(asked.walks, asked.workers, Path(data))
        if asked.mails and not asked.here:
            mails(asked.mails)
        if asked.posts and not asked.here:
            checked(posts, asked.posts)
        print(f"Whole after {time.monotonic() - began:.0f} s.")


def make() -> None:
    """An empty database with Exshire in it."""
    from django.core.management import call_command

    from tests import build

    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    build.make_world()


def posts(number: int) -> None:
    """So many posts that no page of ours sends (tests/fuzz.py), to a panel with a case in every state."""
    from django.db import transaction
    from django.test import override_settings

    from panel.law import clock
    from tests import build
    from tests.fuzz import Fuzz, hearings_of
    from tests.shared import NOW
    from tests.steps import PROCEDURE, at

    with transaction.atomic(), override_settings(ALLOWED_HOSTS=["testserver"]), clock.set_to(NOW):
        world = build.make_world("midshire", "MD", "Midshire")
        world.ready = {state.key: at(world, state.key) for state in PROCEDURE.states}
        world.ready |= hearings_of(world)
        fuzz = Fuzz(world, time.time_ns())
        fuzz.run(number)
        transaction.set_rollback(True)
    assert fuzz.codes[200] > number / 10, f"hardly a page was met: {fuzz.codes}"
    assert fuzz.wrong == [], f"{len(fuzz.wrong)} of {number}:\n\n" + "\n\n".join(fuzz.wrong[:20])
    print(f"{fuzz.sent:,} posts of seed {fuzz.seed}, none an error of ours: {dict(fuzz.codes)}")


def mails(number: int) -> None:
    """So many damaged emails, of new seeds each time: each is read or left, none takes long."""
    import json

    from panel.documents.reading import read
    from tests.mails import mutated

    first = time.time_ns() % 10**9
    for seed in range(first, first + number):
        began = time.monotonic()
        try:
            json.dumps(read(mutated(seed)))
        except Exception as error:
            raise AssertionError(f"the email of seed {seed} (tests.mails.mutated): {error!r}") from error
        assert time.monotonic() - began < 5, f"the email of seed {seed} takes too long"
    print(f"{number:,} damaged emails from seed {first}, each read or left.")


if __name__ == "__main__":
    main()
