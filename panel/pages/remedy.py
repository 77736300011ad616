"""What to do first where a step is refused, for where the case stands.

A step that belongs elsewhere names the step before it. Where that is itself refused, what it needs comes first, and so on to
a step that somebody can take. Where none is left, the case has gone past it: nothing is advised that nobody can do, and the
reason is where the case stands. A case that has ended is to be reopened.
"""

from dataclasses import replace

from panel.casework.case_context import CaseContext
from panel.casework.offers import elsewhere_in_words, offers
from panel.procedure.vocabulary import Refusal, Step

REOPEN = "reopen"


def remedied(look: CaseContext, step: Step, refusal: Refusal) -> Refusal:
    """The refusal with what can be done first, and the key of the step that does it; what has no such step as it is."""
    if not refusal.first or refusal.reason != step.when_elsewhere.at(look.case.status).reason or not look.parts:
        return refusal
    there = {o.step.key: o for o in offers(look)}
    met, remedy, key = {step.key}, refusal.remedy, refusal.first
    while key in there and key not in met:
        met.add(key)
        needs = there[key].refusal
        if needs is None or there[key].because == "role":
            return replace(refusal, remedy=remedy, first=key)
        remedy, key = needs.remedy, needs.first
    if remedy and not key:
        return replace(refusal, remedy=remedy, first="")
    reason = elsewhere_in_words(look, step)
    if REOPEN in there and not any(look.procedure.state(p.status).open for p in look.parts):
        return replace(refusal, reason=reason, remedy="reopen it.", first=REOPEN)
    return replace(refusal, reason=reason, remedy="", first="")
