"""What somebody sent is read in a process of its own, with limits of time, memory and output: a small file can take minutes
and gigabytes to look into, which the web server must not spend. One mechanism for documents, e-mail and imports.

    apart("panel.documents.inspection:answer", content)    # what the function answered, or TooCostly

    apart("panel.documents.drawing:preview", content, most_answered=MOST_DRAWN)    # bytes

The function takes bytes and answers bytes, or what JSON can say; its module knows no Django. Nothing of the content is kept.
"""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

SECONDS = 10
BYTES = 400 * 1024 * 1024
MOST_ANSWERED = 64 * 1024  # characters of JSON
MOST_DRAWN = 16 * 1024 * 1024  # bytes of a picture
RAW = b"raw:"  # what begins an answer of bytes: JSON never does
AT_ONCE = threading.BoundedSemaphore(2)  # of one web process
CHILD = Path(__file__).with_name("child.py")


class TooCostly(Exception):
    """The content could not be read within the limits. The text ends a sentence that its name begins."""


OVER = {
    "time": "takes too long to look into",
    "memory": "needs too much memory to look into",
    "depth": "is nested too deeply to look into",
    "output": "says too much to look into",
    "failed": "could not be looked into",
    "busy": "could not be looked into just now, because others are. Try again in a minute",
}


def apart(
    task: str, content: bytes, *, seconds: float = SECONDS, most_bytes: int = BYTES, most_answered: int = MOST_ANSWERED
):
    """What the task ("module:function") answers to the content. Raises TooCostly."""
    if seconds <= 0:
        raise TooCostly(OVER["time"])
    if not AT_ONCE.acquire(timeout=3 * SECONDS):
        raise TooCostly(OVER["busy"])
    try:
        with handed(content) as file:
            found = _answer(task, file, seconds, most_bytes, most_answered)
    finally:
        AT_ONCE.release()
    if "answer" not in found:
        raise TooCostly(OVER[found["over"]])
    return found["answer"]


@contextmanager
def handed(content: bytes):
    """The content as an open file without a name: in memory where the system can, else in a temporary file that is gone at
    once."""
    memory = getattr(os, "memfd_create", None)
    with os.fdopen(memory("content"), "w+b") if memory else tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        yield file


def _answer(task: str, file, seconds: float, most_bytes: int, most_answered: int) -> dict:
    """What the process says, or over which limit it went. It is gone afterwards, however it ended."""
    limits = [str(most_bytes), str(int(seconds) + 1)]
    process = subprocess.Popen(  # noqa: S603 - our own file, and a task that only our code names
        [sys.executable, "-I", "-B", str(CHILD), task, *limits],
        stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, start_new_session=True,
    )  # fmt: skip
    try:
        said, until = bytearray(), time.monotonic() + seconds
        while len(said) <= most_answered:
            ready, _, _ = select.select([process.stdout], [], [], max(0, until - time.monotonic()))
            if not ready:
                return {"over": "time"}
            piece = os.read(process.stdout.fileno(), MOST_ANSWERED + 1)
            if not piece:
                break
            said += piece
        else:
            return {"over": "output"}
        code = process.wait(max(0.1, until - time.monotonic()))
        if code == -signal.SIGXCPU:
            return {"over": "time"}
        if code == 0 and said.startswith(RAW):
            return {"answer": bytes(said[len(RAW) :])}
        return json.loads(said) if code == 0 else {"over": "failed"}
    except subprocess.TimeoutExpired:
        return {"over": "time"}
    except ValueError:
        return {"over": "failed"}
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
