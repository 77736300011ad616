"""Valid answers of every step: one `answers` module a chapter, collected here, and what to do where one is missing.

    ANSWERS = collect(complaints_answers)         # {step: {question: answer}}
    given = answers_to(ANSWERS, step, at)         # those of one step, made for the case that `at` holds

An answer that depends on the case is a function of `at`: the world, the case, and the case as whoever answers sees it.
Only the answers of the step that is taken are made.
"""

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import contextmanager
from hashlib import sha256
from importlib import import_module
from pathlib import Path, PurePosixPath
from pkgutil import iter_modules
from tempfile import gettempdir
from types import ModuleType

import pytest

from panel.casework.errors import Invalid
from panel.casework.step_form import StepForm, names_in
from panel.forms.layout import reveals_within
from panel.procedure.vocabulary import Step

SHARED = "tests/panel/casework/answers.py"  # of the steps that every register shares
FOLDERS = {
    "complaints": "tests/complaints/procedure/answers",
    "hearings": "tests/hearings/answers",
    "meetings": "tests/meetings/answers",
}


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


def partial(step: Step, given: Collection[str]) -> str:
    """The cure where the step's answers leave out a question that its form always asks; "" where they answer all."""
    form = step.form
    made = any(getattr(form, name) is not getattr(StepForm, name) for name in ("add_questions", "_clean_fields"))
    if made:  # what is asked depends on the case or on other answers: `whole` tells once it is taken
        return ""
    hidden = {name for reveal in reveals_within(form.shape) for name in names_in([reveal])}
    lacks = {
        name: [field.error_messages["required"]]
        for name, field in form.base_fields.items()
        if field.required and name not in {*hidden, *given} and getattr(field, "initial", None) in (None, "")
    }
    return cure_of_answers(step, lacks) if lacks else ""


def cure_of_answers(step: Step, errors: Mapping[str, Iterable[str]]) -> str:
    """What to type where the step's answers are not valid."""
    said = "; ".join(f"{name}: {' '.join(map(str, words))}" for name, words in errors.items())
    return f"the answers of {step.key!r} are not valid ({said}): correct them in {file_of(step)}"


@contextmanager
def whole(step: Step, changed: Collection[str] = ()):
    """Around a step taken with its default answers. Where they are not valid, one test says so and names their file. Where
    the test has `changed` any of them, whatever is refused is the test's own business."""
    try:
        yield
    except Invalid as invalid:
        errors = {name: list(map(str, words)) for name, words in invalid.form.errors.items()}
        if changed or set(errors) & {"__all__", "on"}:
            raise
        lacking(cure_of_answers(step, errors))


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
