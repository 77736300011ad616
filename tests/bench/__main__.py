"""`make bench`: fills a bench database with few and with many cases, measures both, prints the table.

    python -m tests.bench 1000 100000
    KEEP=/var/tmp/bench python -m tests.bench 1000 100000        # keeps databases and results for the next time
    python -m tests.bench table *.json        # of results that were kept: of several of one size, the least of each figure

SQLite in a temporary directory, or the PostgreSQL of DATABASE_URL (emptied before it is filled). A database that holds so
many cases already is measured as it is.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path


def run(*command, env, out=False):
    """Run one command to its end; what it printed, if asked for."""
    done = subprocess.run([sys.executable, *command], env=env, check=True, stdout=subprocess.PIPE if out else None)
    return done.stdout.decode() if out else ""


def machine() -> str:
    """The processor and the memory."""
    cpu = next(
        (x.split(":")[1].strip() for x in Path("/proc/cpuinfo").read_text().splitlines() if x.startswith("model name")),
        platform.processor(),
    )
    memory = int(Path("/proc/meminfo").read_text().split()[1]) // 2**20
    return f"{cpu}, {os.cpu_count()} cores, {memory} GB, Python {platform.python_version()}, {platform.system()}"


@contextmanager
def place(size: int):
    """The directory of that size's SQLite database and documents: a temporary one, or one below KEEP."""
    if "KEEP" not in os.environ:
        with tempfile.TemporaryDirectory(prefix="panel-bench-") as data:
            yield Path(data)
        return
    data = Path(os.environ["KEEP"], str(size))
    data.mkdir(parents=True, exist_ok=True)
    yield data


def measure(size: int) -> dict:
    """Fill and measure."""
    with place(size) as data:
        env = {**os.environ, "DATA_DIR": str(data), "DEMO": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        env.pop("PANEL_TESTING", None)
        run("manage.py", "migrate", "-v0", env=env)
        run("manage.py", "createcachetable", env=env)
        run("manage.py", "collectstatic", "--noinput", "-v0", env=env)
        run("-m", "tests.bench.load", str(size), env=env)
        found = json.loads(run("-m", "tests.bench.measure", env=env, out=True))
        if "KEEP" in os.environ:
            now = f"{datetime.now():%H%M%S}"
            Path(os.environ["KEEP"], f"{found['vendor']}-{size}-{now}.json").write_text(json.dumps(found))
        return found


def least(results: list) -> dict:
    """Several results of one size as one: the least of each figure, for what else the machine does only ever adds."""
    if isinstance(results[0], dict):
        return {key: least([r[key] for r in results]) for key in results[0]}
    return min(results)


def table(few: dict, many: dict) -> str:
    """Both sizes side by side, as a table for docs/performance.md."""
    lines = [
        f"{machine()}; {many['database']}, gunicorn with 2 workers.",
        "",
        f"| page | {few['cases']:,} cases: median, p95, server, processor (ms) | {many['cases']:,} cases: the same "
        "| ratio | queries | bytes |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, a in few["pages"].items():
        b = many["pages"][name]
        queries = f"{b['queries']}" if a["queries"] == b["queries"] else f"{a['queries']} to {b['queries']}"
        lines.append(
            f"| {name} | {a['median']}, {a['p95']}, {a['server']}, {a['cpu']} "
            f"| {b['median']}, {b['p95']}, {b['server']}, {b['cpu']} "
            f"| {b['cpu'] / a['cpu']:.1f} | {queries} | {b['bytes']:,} |"
        )
    for key, a in few["perform"].items():
        b = many["perform"][key]
        lines.append(
            f"| perform `{key}` | {a['median']}, {a['p95']}, , {a['cpu']} | {b['median']}, {b['p95']}, , {b['cpu']} "
            f"| {b['cpu'] / a['cpu']:.1f} | {b['queries']} | |"
        )
    for each in (few, many):
        done = each["together"]
        lines += ["", f"{done['number']} complaints about one matter decided in one act: {done['seconds']} s."]
    lines += ["", f"Memory of the larger worker: {few['memory']} MB, {many['memory']} MB."]
    return "\n".join(lines)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] == "table":  # of results kept in files
        kept = sorted((json.loads(Path(p).read_text()) for p in sys.argv[2:]), key=itemgetter("cases"))
        print(table(*(least(list(same)) for _, same in groupby(kept, itemgetter("cases")))))
        sys.exit()
    sizes = [int(s) for s in sys.argv[1:]] or [1000, 100_000]
    found = [measure(size) for size in sizes]
    print(table(found[0], found[-1]))
