"""Against what the members' registered interests are held at a meeting: its items, whoever presents them or asks to take part,
and the cases on its agenda that the person sees."""

from typing import Any

from panel.casework.case_context import CaseContext
from panel.casework.registered import said_of
from panel.procedure.register import of_procedure


def comes_up(look: Any) -> tuple[list[str], list[str]]:
    """(names, texts) of a meeting."""
    facts = look.facts
    rows = [row for row in facts.items if facts.sees_item(row)]
    names = [name for row in rows for name in (row.presenter, row.paper_from)]
    texts = [text for row in rows for text in (row.item.title, row.about, row.presenter, row.paper_from)]
    if facts.reads_requests:
        names += [one.name for one in facts.requests]
        texts += [text for one in facts.requests for text in (one.name, one.about)]
    for row in rows:
        if row.item.case_id is not None:
            case = of_procedure(row.item.case.procedure).case_model.objects.get(pk=row.item.case_id)
            more, said = said_of(CaseContext(case, look.user, look.who))
            names, texts = [*names, *more], [*texts, *said]
    return names, texts
