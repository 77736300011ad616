"""Words about a step for its page."""

from contextlib import suppress
from dataclasses import replace

from panel.casework.case_context import Attempt
from panel.casework.duties import arising
from panel.law.provisions import PROVISIONS
from panel.law.spoken import say
from panel.pages.answers import what_follows
from panel.pages.words import sentence


def provision_bar(step) -> dict:
    """The step's first paragraph and first regulation in plain words, or for want of one the first section of the Act; and
    all its provisions."""
    acts = "reg" if any(k.startswith("reg") for k in step.provisions) else "s "
    keys = [next((k for k in step.provisions if k.startswith(kind)), "") for kind in ("para", acts)]
    keys = keys if any(keys) else list(step.provisions[:1])
    words = say(" ".join(PROVISIONS[k].words for k in keys if k))
    return {"words": words, "provision": sentence(step.provision)}


def will_follow(attempt) -> list[str]:
    """What a step will have for consequence, before anything is answered: for the page that asks. What depends on an
    answer is left out: nothing is said that may not happen, and the page that checks says the rest."""
    step, look = attempt.step, attempt.look
    found = [f"The status becomes {look.procedure.state(step.to).label}."] if isinstance(step.to, str) else []
    duties = []
    for kind in step.opens:
        alone = replace(attempt, step=replace(step, opens=(kind,)), answers={})
        with suppress(
            KeyError, AttributeError, TypeError
        ):  # it asks for an answer, or for the entry that is not made yet
            duties += [(kind, recipient, due and due.day) for kind, recipient, _, due in arising(alone)]
    return [*found, *what_follows(look, duties)]


def rehearsed(rehearsal, look) -> list[str]:
    """The exact consequences of a step, from a rehearsal: for the page that confirms."""
    duties = [(look.procedure.duty(d.kind), d.recipient, d.due) for d in rehearsal.duties]
    step = rehearsal.attempt.step
    return [*([step.hint] if step.final else []), "It goes on the record in your name.", *what_follows(look, duties)]


def did_words(entry, step) -> str:
    """What the person who was first did: decided it, typed up somebody else's decision, or changed something else."""
    if entry.step != step.key:
        return "changed this"
    typed = entry.decided_by_id and entry.by_id != entry.decided_by.user_id
    return "entered the decision" if typed else "decided this"


def begin_quietly(look, step, data):
    """An attempt with answers, only to read the answers back: nothing is checked and nothing is taken."""
    attempt = Attempt(look, step, look.today, list(look.parts))
    attempt.form = step.form(attempt, data=data)
    attempt.form.is_valid()
    attempt.answers = attempt.form.cleaned_data
    return attempt
