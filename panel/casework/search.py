"""The words by which cases are found, kept folded beside each case."""

from typing import Any

from django.db import connection
from django.db.models import Q

from panel.law.folding import text_of, to_find
from panel.models import Case, CaseText
from panel.procedure.register import REGISTERS, of_procedure

AT_ONCE = 200
MOST_WORDS = 8


def renew(case: Case) -> None:
    """Make the words of a case anew, and of those that share its people."""
    for one in (case, *of_procedure(case.procedure).found_with(case)):
        write(one)


def write(case: Case) -> None:
    """Make the words of one case."""
    public, people = of_procedure(case.procedure).found_by(case)
    words = text_of(public)
    CaseText.objects.update_or_create(
        case_id=case.pk, defaults={"public": words, "people": text_of([words, *people])}
    )  # fmt: skip


def rebuild(every: bool = True) -> int:
    """Make the words of all cases anew, or of those that have none; how many."""
    number = 0
    for register in REGISTERS.values():
        rows = register.case_model.objects.order_by("pk")
        rows = rows if every else rows.filter(folded=None)
        for case in rows.iterator(chunk_size=AT_ONCE):
            write(case)
            number += 1
    return number


def holding(rows: Any, text: str, *, people: bool, named: Q | None = None) -> Any:
    """Those of the cases that hold each word of the text. `people`: the person may know who complained in all of them;
    otherwise in those of `named`."""
    words = to_find(text)[:MOST_WORDS]
    if text.strip() and not words:
        return rows.none()
    for word in words:
        if people:
            rows = rows.filter(folded__people__contains=word)
        else:
            test = Q(folded__public__contains=word)
            rows = rows.filter(test if named is None else test | Q(folded__people__contains=word) & named)
    return rows


def after_migrate(**kwargs: Any) -> None:
    """Cases of before there were such words get theirs."""
    if CaseText._meta.db_table in connection.introspection.table_names():  # not where a migration is taken back
        rebuild(every=False)
