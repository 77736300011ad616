"""What the minutes of a meeting cannot say, whatever register meets: somebody in the chair who was not there, two in the
chair at once, an hour of coming back before that of leaving."""

import re
from collections.abc import Iterable
from typing import Any

from panel.law.times import in_order
from panel.models import Member, Seat
from panel.procedure.vocabulary import Refusal

NOT_THERE = (Seat.How.APOLOGIES, Seat.How.ABSENT)
CHANGED = re.compile(r"\b(until|till|then|from|after|before|item|items|later|first)\b", re.IGNORECASE)


def chair_was_there(attempt: Any, seats: Iterable[tuple[Member, str, bool]], under: tuple[str, ...]) -> Refusal | None:
    """Who chaired was there, and one person chairs at a time. `seats` are (member, how, whether a substitute sat)."""
    said = attempt.answers.get("chair") or ""
    named = [
        (member, how, substituted)
        for member, how, substituted in seats
        if re.search(rf"(?<!\w){re.escape(member.name)}(?!\w)", said)
    ]
    for member, how, substituted in named:
        if how in NOT_THERE or how == Seat.How.SUBSTITUTE or (substituted and how != Seat.How.WITHDREW):
            words = f"{member.name} was not there: correct who chaired, or how they attended"
            return Refusal(words, under, field="chair")
    if len(named) > 1 and not CHANGED.search(said):
        first, second = named[0][0].name, named[1][0].name
        words = f"One person is in the chair at a time: say when it changed, as in “{first} until 11am, then {second}”"
        return Refusal(words, under, field="chair")
    return None


def hours_in_order(attempt: Any, pairs: Iterable[tuple[str, str]], under: tuple[str, ...]) -> Refusal | None:
    """Nobody comes back before leaving, and the public is not let in again before it is excluded. `pairs` name two
    questions; hours that cannot be read are left alone."""
    for begin, end in pairs:
        first, last = attempt.form.cleaned_data.get(begin) or "", attempt.form.cleaned_data.get(end) or ""
        if not in_order(first, last):
            return Refusal(f"{last} is before {first}: correct one of them", under, field=end)
    return None
