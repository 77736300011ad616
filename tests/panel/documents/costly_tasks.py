"""What a process of its own is asked to do in test_costly.py: it imports this module, which knows no Django."""

import os
import resource
import tempfile


def endless(content):
    """Never ends."""
    while True:
        pass


def greedy(content):
    """Takes two gigabytes."""
    return len(bytearray(2 * 1024**3))


def wordy(content):
    """Says too much."""
    return "x" * 1_000_000


def deep(content):
    """Calls itself for ever."""
    return deep(content)


def broken(content):
    """Fails."""
    raise KeyError("x")


def ended(content):
    """Ends at once."""
    os._exit(0)


def writes(content):
    """Writes a file beside the program."""
    try:
        with tempfile.NamedTemporaryFile(buffering=0) as file:
            file.write(content)
    except OSError:
        return "could not"
    return "could"


def told(content):
    """What the process knows."""
    return {"environment": sorted(os.environ), "memory": resource.getrlimit(resource.RLIMIT_AS)[0], "got": len(content)}
