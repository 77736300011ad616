"""Valid answers of every step: one `answers` module a chapter, collected here, and what to do where one is missing.

    ANSWERS = collect(complaints_answers)         # {step: {question: answer}}
    given = answers_to(ANSWERS, step, at)         # those of one step, made for the case that `at` holds

An answer that depends on the case is a function of `at`: the world, the case, and the case as whoever answers sees it.
Only the answers of the step that is taken are made.
"""

import os
from hashlib import sha256
from importlib import import_module
from pathlib import Path, PurePosixPath
from pkgutil import iter_modules
from tempfile import gettempdir
from types import ModuleType

import pytest

from panel.procedure.vocabulary import Step

SHARED = "tests/panel/casework/answers.py"  # of the steps that every register shares
FOLDERS = {"complaints": "tests/complaints/procedure/answers", "hearings": "tests/hearings/answers"}


def collect(package: ModuleType) -> dict[str, dict]:
    """The answers of all chapters of a register, and those of shared steps that it does not answer otherwise."""
    found = dict(import_module("tests.panel.casework.answers").ANSWERS)
    for module in iter_modules(package.__path__):
        found |= import_module(f"{package.__name__}.{module.name}").ANSWERS
    return found


def file_of(step: Step) -> str:
    """The file in which the step's answers stand: named after the chapter that declares it."""
    app, *inside = PurePosixPath(step.where.rpartition(":")[0]).parts
    if app not in FOLDERS:
        return SHARED
    return f"{FOLDERS[app]}/{inside[1].removesuffix('.py')}.py"


def cure_of(step: Step) -> str:
    """What to type where the step has no answers."""
    return (
        f"no test can take step {step.key!r} ({step.where}): add a valid answer to each of its questions to ANSWERS in "
        f'{file_of(step)}, as in "{step.key}": {{"question": "answer"}}, or {{}} if all may be left empty'
    )


def lacking(*cures: str):
    """Fail the first test that lacks something, and skip the others: one that says the cure is enough."""
    if new := [cure for cure in cures if said_first(cure)]:
        pytest.fail("\n".join(new), pytrace=False)
    if cures:
        pytest.skip("\n".join(cures))


def said_first(cure: str) -> bool:
    """Whether nobody has said it before in this run, which may have several workers: a file marks what was said."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    mark = Path(gettempdir()) / f"panel-said-{sha256(f'{run} {cure}'.encode()).hexdigest()[:20]}"
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def answers_to(answers: dict[str, dict], step: Step, at) -> dict:
    """Valid answers to the step's questions, for the case that `at` holds."""
    if step.key not in answers:
        lacking(cure_of(step))
    return {name: value(at) if callable(value) else value for name, value in answers[step.key].items()}
