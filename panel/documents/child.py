"""The process in which what somebody sent is read: `python -I child.py MODULE:FUNCTION BYTES SECONDS`, with the content on its
standard input. It limits itself before it reads a byte, answers one line of JSON or "raw:" and bytes, and ends. It knows
no Django, no database and no secret: `panel.documents.apart` starts it with an empty environment.
"""

import contextlib
import importlib
import json
import resource
import sys
from pathlib import Path


def limit(most_bytes: int, seconds: int) -> None:
    """So much memory and time, no file written, no core, and no way back to more."""
    for what, most in (
        (resource.RLIMIT_AS, most_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a limit that this system does not know
            resource.setrlimit(what, (most, most))


def main() -> None:
    """Read, and answer."""
    task, most_bytes, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    module, _, name = task.partition(":")
    function = getattr(importlib.import_module(module), name)
    limit(most_bytes, seconds)
    try:
        found = function(sys.stdin.buffer.read())
        if isinstance(found, bytes):
            sys.stdout.buffer.write(b"raw:" + found)
            return
        answer = {"answer": found}
    except MemoryError:
        answer = {"over": "memory"}
    except RecursionError:
        answer = {"over": "depth"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
