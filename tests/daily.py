"""Which steps the dearest tests take every day: few, which between them have every kind of question and of page. The
others are `deep`. A step with a kind of question that is new is in the sample by itself."""

from collections.abc import Iterable

import pytest

from panel.casework.step_form import StepForm
from panel.forms.layout import Reveal


def kinds(step) -> set[str]:
    """What a page of the step can have that another has not: kinds of questions, questions that several forms share,
    questions that an answer brings up, a page that confirms, a decision that the officer types up."""
    form = step.form
    shared = {c.__name__ for c in form.__mro__[1:] if c not in StepForm.__mro__}
    found = {type(field).__name__ for field in form.base_fields.values()} | shared
    told = {
        "reveals": any(isinstance(piece, Reveal) for piece in form.shape),
        "confirms": step.confirm,
        "typed up": bool(step.decided_by),
        "makes a case": step.creates == "case",
        "makes a part": step.creates == "part",
        "reasons": bool(form.why_label),
        "needs a document": bool(form.documents_required),
    }
    return found | {word for word, holds in told.items() if holds}


def sample(steps: Iterable) -> list:
    """As few of the steps as have every kind between them, in their order: each time the one that adds most."""
    steps, chosen, met = list(steps), [], set()
    while True:
        best = max(steps, key=lambda step: len(kinds(step) - met), default=None)  # of two alike, the first
        if best is None or kinds(best) <= met:
            return [step for step in steps if step in chosen]
        chosen.append(best)
        met |= kinds(best)


def daily(steps: Iterable) -> list:
    """The keys of all these steps, to parametrise with: those of the sample run every day."""
    steps = list(steps)
    often = {step.key for step in sample(steps)}
    return [pytest.param(s.key, marks=() if s.key in often else pytest.mark.deep) for s in steps]
