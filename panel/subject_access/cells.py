"""Cells: one value of a row each, in words, with flags on what concerns somebody else."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import JSONField

from panel.law import clock
from panel.law.names_in_text import ERASED, Flag, pieces, tidy
from panel.law.roles import Classification
from panel.models import Case, Duty, Entry, Link, Opening, SignIn
from panel.pages.words import sentence
from panel.record.history import fields_of, model_of
from panel.subject_access.find import UNTOLD, both, key_of, leaves, path_to
from panel.templatetags.panel_tags import moment

LOGS = (SignIn, Opening, Link, Entry)  # many short rows of one kind: counted on the page, each in rows.csv
BY_CONTACT = "Found by e-mail address or telephone number alone: check that it is the same person"
PRIVILEGED = "Legal advice, privileged (DPA 2018, Schedule 2, paragraph 19)"
READ_IT = "The product does not read documents: read it first"
DAYS = ("history_date", "on", "at", "entered_at", "received_on", "came_on", "from_date", "date_joined", "saved_at")


@dataclass(frozen=True)
class DisclosedCell:
    """One value on record, flags on the words in it that concern somebody else, and reasons to withhold all of it."""

    kind: str
    day: str
    label: str
    text: str
    flags: tuple[Flag, ...] = ()
    why: tuple[str, ...] = ()
    record: str = ""  # the same for all cells of one row
    earlier: bool = False  # the record has another value now
    reference: str = ""  # of the case, where the block is not one
    log: bool = False  # one of many such rows: counted, and listed in rows.csv alone

    @property
    def pieces(self):
        """The text cut into (words, why they concern somebody else, or "")."""
        return pieces(self.text, self.flags)

    @property
    def why_flagged(self) -> str:
        """The reasons for the flags, with the flagged words; "" without a flag."""
        by_why: dict[str, dict] = {}
        for m in self.flags:
            by_why.setdefault(m.why, {})[self.text[m.start : m.end]] = True
        return "; ".join([*self.why, *(f"{sentence(why)}: {', '.join(words)}" for why, words in by_why.items())])


@dataclass
class DisclosedBlock:
    """A section of the page: cells under one heading."""

    heading: str
    cells: Iterable[DisclosedCell]
    case: Any = None
    status: str = ""
    concern: str = ""  # how the case is about the person
    warning: str = ""
    note: str = ""


def document_flags(document, step, register) -> list[str]:
    """Reasons to read a document of that step before anybody discloses it."""
    found = [READ_IT]
    if document.classification != Classification.OPEN:
        found.append(Classification(document.classification).words)
    if step in register.privileged:
        found.append(PRIVILEGED)
    return found


# Rows into cells -----------------------------------------------------------------------------------------------------


def day_of(row) -> str:
    """The day on which a row took effect, or else was written, as 2026-11-28; "" if the row has none."""
    for name in DAYS:
        value = getattr(row, name, None)
        if isinstance(value, datetime):
            return value.astimezone(clock.LONDON).date().isoformat()
        if isinstance(value, date):
            return value.isoformat()
    return ""


def record_of(row) -> str:
    """Names the row, or the row whose history this is."""
    return f"{model_of(row)._meta.label} {getattr(row, key_of(type(row)))}"


def kind_of(row) -> str:
    """The kind of a row with its number, never a name: "Allegation 2"."""
    model = model_of(row)
    words = {Entry: "step", Link: "seal of an act", Opening: "page or file opened"}.get(model, model._meta.verbose_name)
    number = f" {row.number}" if path_to(model, Case) and getattr(row, "number", None) else ""
    return f"{sentence(str(words))}{number}"


def label_of(row, column) -> str:
    """The name of a column for readers."""
    return "What is to be done" if model_of(row) is Duty and column.name == "kind" else str(column.verbose_name)


def value_words(row, column, names) -> str:
    """A value in words; "" for none."""
    value = column.value_from_object(row)
    if value in (None, "", [], {}):
        return ""
    if isinstance(column, JSONField):
        return "; ".join(f"{name.replace('_', ' ')}: {text}" if name else text for name, text in leaves(value) if text)
    if model_of(row) is Duty and column.name == "kind" and names.look is not None:
        return names.label(row, column).removeprefix("Duty: ")
    if column.name in ("status", "source", "target", "step", "act"):
        if names.look is not None and column.name not in ("step", "act"):
            return names.look.procedure.state(value).label
        return sentence(str(value).replace("_", " "))
    if isinstance(value, datetime):
        return moment(value)
    words = names.words(row, column, value)
    # Of another case its reference alone, as the step that named it says: whether it is seen was not asked.
    return words.partition(",")[0] if column.is_relation and issubclass(column.related_model, Case) else words


class Cutter:
    """Cuts rows into cells. `why` gives reasons to withhold a column whatever its text says; `left_out` names the columns
    of a model that are not disclosed."""

    def __init__(self, search, names, *, why=lambda row, column: (), left_out=lambda model: ()):
        self.search, self.names, self.why, self.left_out = search, names, why, left_out

    def cell(self, kind, day, label, text, why=(), **more) -> DisclosedCell:
        """A cell, with flags on the words that concern somebody else."""
        text = tidy(text) or (ERASED if text else "")
        why = tuple(dict.fromkeys(w for w in why if w))
        return DisclosedCell(kind, day, sentence(label), text, tuple(self.search.others.flags_in(text)), why, **more)

    def cells(self, rows, past, reference="") -> Iterator[DisclosedCell]:
        """The rows as they are now, each with its earlier values; `past` are rows of their history, the oldest first."""
        earlier = defaultdict(list)
        for row in past:
            earlier[model_of(row), getattr(row, key_of(type(row)))].append(row)
        for row in rows:
            yield from self.of_row(row, earlier.pop((type(row), row.pk), []), reference)
        for gone in earlier.values():  # of which no row is left
            yield from self.of_row(gone[-1], gone[:-1], reference, ", removed")

    def of_row(self, row, past, reference="", suffix="") -> Iterator[DisclosedCell]:
        """The cells of one row, with its earlier values."""
        model, kind = model_of(row), kind_of(row)
        skip = {*UNTOLD, *self.left_out(model), *(("recipient",) if model is Duty and self.names.look else ())}
        more = {"record": record_of(row), "reference": reference, "log": model in LOGS}
        for f in fields_of(row):
            if f.name in skip:
                continue
            label, why, said = label_of(row, f), self.why(row, f.name), value_words(row, f, self.names)
            if said:
                yield self.cell(kind + suffix, day_of(row), label, said, why, **more)
            for old in reversed(past):
                before, said = said, value_words(old, f, self.names)
                if said and said != before:
                    yield self.cell(kind + suffix, day_of(old), label, said, why, earlier=True, **more)


def history_of(rows) -> list:
    """The history of these rows of one model, the oldest first."""
    model = type(rows[0]) if rows else None
    if model is None or len(both(model)) == 1:
        return []
    past = both(model)[-1]
    found = past._base_manager.filter(**{f"{key_of(past)}__in": [r.pk for r in rows]})
    return list(found.order_by("history_id"))


def references(rows) -> dict[int, str]:
    """{number: reference} of the cases of these rows."""
    wanted = {getattr(r, "held_case", None) for r in rows} - {None}
    return dict(Case.objects.filter(pk__in=wanted).values_list("pk", "reference")) if wanted else {}
