"""Everything that a search for a person found, in blocks of cells. Flags show the words that concern somebody else (UK
GDPR, article 15(4); DPA 2018, Schedule 2, paragraphs 16 and 19): the product flags, people decide.

for block in blocks(search): ...    # the person's own rows, each case about them, their acts elsewhere, other mentions
"""

from collections.abc import Iterator
from itertools import chain

from django.db.models import JSONField, TextField

from panel.models import Case, Complainant, Document, Entry, Panel, Part
from panel.procedure.register import REGISTERS
from panel.record.digests import erasable
from panel.record.history import RowWords, model_of
from panel.record.reading import batches
from panel.subject_access.cases import case_blocks
from panel.subject_access.cells import (
    BY_CONTACT,
    LOGS,
    PRIVILEGED,
    READ_IT,
    Cutter,
    DisclosedBlock,
    DisclosedCell,
    day_of,
    history_of,
    kind_of,
    label_of,
    record_of,
    references,
    value_words,
)
from panel.subject_access.find import PEOPLE, models_held, path_to, to_people

CASES_READ_AT_ONCE = 100


def blocks(search) -> Iterator[DisclosedBlock]:
    """Every block, in the order of the page."""
    yield DisclosedBlock("The person’s own records", own_cells(search))
    for pks in batches(search.cases, CASES_READ_AT_ONCE):
        yield from case_blocks(search, pks)
    yield DisclosedBlock("What the person did or was given in other cases", acting_cells(search))
    note = "In words that somebody typed in other records. Documents of these cases are not in this file: read them."
    yield DisclosedBlock("Where else the name stands", mention_cells(search), note=note)


def own_cells(search) -> Iterator[DisclosedCell]:
    """The person's own rows, and rows outside cases that point at them: roles, seats, accounts."""
    names = RowWords()
    unsure = {(model, pk) for model, pks in search.people.items() for pk, by_name in pks.items() if not by_name}
    cut = Cutter(
        search, names, why=lambda row, column: (BY_CONTACT,) if (model_of(row), row.pk) in unsure else (),
        left_out=typed_in,
    )  # fmt: skip
    pointing = [m for m in models_held() if to_people(m) and m not in LOGS and not path_to(m, Case)]
    at_them = (some for model in pointing for some in batches(search.pointing(model).order_by("pk").iterator()))
    for rows in chain(
        search.rows.values(), ([r for r in some if r.pk not in search.people.get(type(r), ())] for some in at_them)
    ):
        past = history_of(rows)
        names.learn([*rows, *past])
        yield from cut.cells(rows, past)
    for model in pointing:
        yield from pointed_earlier(search, model, names, cut)


def typed_in(model) -> set[str]:
    """Columns with long texts. A row that names the person only as the one who acts says other things in them."""
    about = getattr(getattr(model, "instance_type", model), "ABOUT_WHOM_IT_NAMES", False)
    if model in PEOPLE or about or not path_to(model, Panel):
        return set()
    return {f.name for f in model._meta.concrete_fields if isinstance(f, TextField | JSONField)} | set(erasable(model))


def not_theirs(model) -> set[str]:
    """Columns to leave out in a case that is not about the person: long texts, the complainant, and of the case itself
    all columns but those that name the person."""
    found = typed_in(model) | {f.name for f in to_people(model) if f.related_model is Complainant}
    if issubclass(model, Case | Part):
        found |= {f.name for f in model._meta.concrete_fields} - {f.name for f in to_people(model)}
    return found


def acting_cells(search) -> Iterator[DisclosedCell]:
    """Rows of other cases, and of logs, that name the person as the one who acts. Their long texts are left out."""
    names = RowWords()
    cut = Cutter(search, names, left_out=not_theirs)
    for model in models_held():
        if model in PEOPLE or not to_people(model) or not (path_to(model, Case) or model in LOGS):
            continue
        for rows in batches(search.pointing(model).order_by("pk").iterator()):
            rows = [r for r in rows if getattr(r, "held_case", None) not in search.cases]
            names.learn(rows)
            of = references(rows)
            for row in rows:
                yield from cut.of_row(row, (), of.get(getattr(row, "held_case", None), ""))
        yield from pointed_earlier(search, model, names, cut)


def pointed_earlier(search, model, names, cut) -> Iterator[DisclosedCell]:
    """Rows that named the person earlier and now name somebody else or nobody: when, and in which column."""
    for rows in batches(search.pointing(model, earlier=True).order_by("pk").iterator()):
        rows = [r for r in rows if getattr(r, "held_case", None) not in search.cases]
        names.learn(rows)
        of = references(rows)
        for row in rows:
            for f in to_people(type(row)):
                if f.value_from_object(row) in search.people[f.related_model]:
                    said = value_words(row, f, names)
                    reference = of.get(getattr(row, "held_case", None), "")
                    more = {"record": record_of(row), "earlier": True, "reference": reference}
                    yield cut.cell(kind_of(row), day_of(row), str(f.verbose_name), said, **more)


def mention_cells(search) -> Iterator[DisclosedCell]:
    """Every other text that mentions the person, whole."""
    names = RowWords()
    cut = Cutter(search, names)
    advice = frozenset().union(*(r.privileged for r in REGISTERS.values()))
    for some in batches(search.mentions()):
        of = references([row for row, *_ in some])
        for row, f, name, text, case in some:
            label = f"{f.verbose_name}, {name.replace('_', ' ')}" if name else label_of(row, f)
            why = [PRIVILEGED] if isinstance(row, Entry) and row.step in advice else []
            if model_of(row) is Document:
                why.append(READ_IT)
            more = {"record": record_of(row), "earlier": hasattr(row, "history_id"), "reference": of.get(case, "")}
            yield cut.cell(kind_of(row), day_of(row), label, text, why, **more)
