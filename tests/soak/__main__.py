"""`make soak`: 16 writers with 50 steps each, 50 kills of the server, then 2,000 random walks, on a database of its own.

python -m tests.soak                                   SQLite in a temporary directory
.ci/postgres.sh python -m tests.soak                   the PostgreSQL of DATABASE_URL (emptied before)
python -m tests.soak --writers 16 --each 4 --kills 3   shorter
python -m tests.soak --writers 0 --kills 0 --walks 150 only walks
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
    parser.add_argument("--here", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="panel-soak-") as data:
        if not asked.here:
            os.environ["DATA_DIR"] = data
        os.environ |= {"PANEL_TESTING": "1", "DJANGO_SETTINGS_MODULE": "panel.settings", "LOG_LEVEL": "ERROR"}
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
        if asked.writers:
            crowd(asked.writers, asked.each, Path(data))
        if asked.kills:
            kills(asked.kills, Path(data))
        if asked.walks:
            walks(asked.walks, asked.workers, Path(data))
        print(f"Whole after {time.monotonic() - began:.0f} s.")


def make() -> None:
    """An empty database with Exshire in it."""
    from django.core.management import call_command

    from tests import build

    call_command("migrate", verbosity=0)
    if "DATABASE_URL" in os.environ:
        call_command("flush", interactive=False, verbosity=0)
    build.make_world()


if __name__ == "__main__":
    main()
