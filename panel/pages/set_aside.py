"""The main decision on a case that was taken back: what it was, who took it back and why. Whoever decides again, and
whoever decided before, reads it."""

from collections.abc import Iterable

from panel.casework.case_context import CaseContext
from panel.law.period import day_words
from panel.models import Entry
from panel.procedure.register import main_decisions


def set_aside(looks: Iterable[CaseContext]) -> dict[int, str]:
    """{id of the case: the decision on it that was taken back last, in a sentence}, for those with no decision since."""
    by_case = {look.case.pk: look for look in looks}
    if not by_case:
        return {}
    rows = Entry.objects.filter(case__in=by_case, step__in=main_decisions()).exclude(reversed_by=None)
    found = {}
    for entry in rows.select_related("by", "decided_by", "reversed_by__by").order_by("number"):
        look = by_case[entry.case_id or 0]
        if not any(e.step == entry.step and (e.number or 0) > (entry.number or 0) for e in look.in_force):
            found[look.case.pk] = sentence(look, entry)
    return found


def sentence(look: CaseContext, entry: Entry) -> str:
    """ "The decision of 6 March 2025 (Take no action) was taken back by Priya Nair on 8 March 2025: wrong ground."."""
    form = look.procedure.past_step(entry.step).form
    name = look.register.main_answer
    route = form.display_answer(name, entry.answers[name], look) if form and name in entry.answers else ""
    undone: Entry = entry.reversed_by  # type: ignore[attr-defined]
    whose = "Your decision" if entry.by_id == look.user.pk else "The decision"
    by = undone.by_words or "the command line"
    return (
        f"{whose} of {day_words(entry.on)}{f' ({route})' if route else ''} was taken back by {by} on "
        f"{day_words(undone.on)}" + (f": {undone.why.rstrip('.')}." if undone.why else ".")
    )
