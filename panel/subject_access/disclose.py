"""What is held on a person, cut into cells to disclose or not: each with what of it is somebody else's (UK GDPR, article
15(4); DPA 2018, Schedule 2, paragraphs 16 and 19). People decide; this flags.

for block in blocks(held): ...      # their own rows, each case about them, what they did elsewhere, where else they stand
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db.models import F, JSONField, Prefetch, TextField

from panel.casework.case_context import CaseContext
from panel.law import clock
from panel.law.names_in_text import ERASED, Mark, pieces, tidy
from panel.law.roles import Classification
from panel.models import Case, Complainant, Document, Duty, Entry, Link, Move, Opening, Panel, Part, SignIn
from panel.pages.timeline import answers_of, by_words, entry_words
from panel.pages.words import sentence
from panel.procedure.register import REGISTERS
from panel.record.digests import batches, erasable
from panel.record.history import Names, fields_of, model_of
from panel.subject_access.find import PEOPLE, UNTOLD, both, key_of, leaves, models_held, path_to, to_people
from panel.templatetags.panel_tags import moment

AT_ONCE = 100  # cases that are read together
LOGS = (SignIn, Opening, Link, Entry)  # many short rows of one kind: counted on the page, each in rows.csv
BY_CONTACT = "Found by e-mail address or telephone number alone: check that it is the same person"
PRIVILEGED = "Legal advice, privileged (DPA 2018, Schedule 2, paragraph 19)"
READ_IT = "The product does not read documents: read it first"
PLAIN = ("What was done", "By", "Entered", "Moved")  # what a step says of itself
DAYS = ("history_date", "on", "at", "entered_at", "received_on", "came_on", "from_date", "date_joined", "saved_at")


@dataclass(frozen=True)
class Cell:
    """One value on record, what in it is somebody else's, and why all of it may have to stay."""

    kind: str
    day: str
    label: str
    text: str
    marks: tuple[Mark, ...] = ()
    why: tuple[str, ...] = ()
    record: str = ""  # the same for all cells of one row
    earlier: bool = False  # it says so no more
    reference: str = ""  # of the case, where the block is not one
    log: bool = False  # one of many such rows: counted, and listed in rows.csv alone

    @property
    def pieces(self):
        """The text as (words, why they are somebody else’s or "")."""
        return pieces(self.text, self.marks)

    @property
    def flags(self) -> str:
        """Why it is flagged, with the words that are; "" if it is not."""
        by_why: dict[str, dict] = {}
        for m in self.marks:
            by_why.setdefault(m.why, {})[self.text[m.start : m.end]] = True
        return "; ".join([*self.why, *(f"{sentence(why)}: {', '.join(words)}" for why, words in by_why.items())])


@dataclass
class Block:
    """What is written together."""

    heading: str
    cells: Iterable[Cell]
    case: Any = None
    status: str = ""
    concern: str = ""  # how the case is about the person
    warning: str = ""
    note: str = ""


def blocks(held) -> Iterator[Block]:
    """Everything, in order."""
    yield Block("The person’s own records", own_cells(held))
    for pks in batches(held.cases, AT_ONCE):
        yield from case_blocks(held, pks)
    yield Block("What the person did or was given in other cases", acting_cells(held))
    note = "In words that somebody typed in other records. Documents of these cases are not in this file: read them."
    yield Block("Where else the name stands", mention_cells(held), note=note)


def document_flags(document, step, register) -> list[str]:
    """Why a document that came with that step is to be read before it is disclosed."""
    found = [READ_IT]
    if document.classification != Classification.OPEN:
        found.append(Classification(document.classification).words)
    if step in register.privileged:
        found.append(PRIVILEGED)
    return found


# Rows into cells -----------------------------------------------------------------------------------------------------


def day_of(row) -> str:
    """The day of a row, as 2026-11-28: when it took effect or was written, as far as it says."""
    for name in DAYS:
        value = getattr(row, name, None)
        if isinstance(value, datetime):
            return value.astimezone(clock.LONDON).date().isoformat()
        if isinstance(value, date):
            return value.isoformat()
    return ""


def record_of(row) -> str:
    """Which row it is, or is the history of."""
    return f"{model_of(row)._meta.label} {getattr(row, key_of(type(row)))}"


def kind_of(row) -> str:
    """What a row is, without a name: "Allegation 2"."""
    model = model_of(row)
    words = {Entry: "step", Link: "seal of an act", Opening: "page or file opened"}.get(model, model._meta.verbose_name)
    number = f" {row.number}" if path_to(model, Case) and getattr(row, "number", None) else ""
    return f"{sentence(str(words))}{number}"


def label_of(row, f) -> str:
    """What a column is called: of a duty, what it is."""
    return "What is to be done" if model_of(row) is Duty and f.name == "kind" else str(f.verbose_name)


def value_words(row, f, names) -> str:
    """A value in words; "" for none."""
    value = f.value_from_object(row)
    if value in (None, "", [], {}):
        return ""
    if isinstance(f, JSONField):
        return "; ".join(f"{name.replace('_', ' ')}: {text}" if name else text for name, text in leaves(value) if text)
    if model_of(row) is Duty and f.name == "kind" and names.look is not None:
        return names.label(row, f).removeprefix("Duty: ")
    if f.name in ("status", "source", "target", "step", "act"):
        if names.look is not None and f.name not in ("step", "act"):
            return names.look.procedure.state(value).words
        return sentence(str(value).replace("_", " "))
    if isinstance(value, datetime):
        return moment(value)
    words = names.words(row, f, value)
    # Of another case its reference alone, as the step that named it says: whether it is seen was not asked.
    return words.partition(",")[0] if f.is_relation and issubclass(f.related_model, Case) else words


class Cutter:
    """Cuts rows into cells; `why` gives reasons for a column beyond what its text shows."""

    def __init__(self, held, names, *, why=lambda row, column: (), left_out=lambda model: ()):
        self.held, self.names, self.why, self.left_out = held, names, why, left_out

    def cell(self, kind, day, label, text, why=(), **more) -> Cell:
        """A cell with what in it is somebody else's."""
        text = tidy(text) or (ERASED if text else "")
        why = tuple(dict.fromkeys(w for w in why if w))
        return Cell(kind, day, sentence(label), text, tuple(self.held.others.marks(text)), why, **more)

    def cells(self, rows, past, reference="") -> Iterator[Cell]:
        """The rows as they stand, each with what it said earlier; `past` are rows of their history, the oldest first."""
        earlier = defaultdict(list)
        for row in past:
            earlier[model_of(row), getattr(row, key_of(type(row)))].append(row)
        for row in rows:
            yield from self.of_row(row, earlier.pop((type(row), row.pk), []), reference)
        for gone in earlier.values():  # of which no row is left
            yield from self.of_row(gone[-1], gone[:-1], reference, ", removed")

    def of_row(self, row, past, reference="", suffix="") -> Iterator[Cell]:
        """One row."""
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


def history(rows) -> list:
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


# Their own rows, and those of no case that point at them -------------------------------------------------------------


def own_cells(held) -> Iterator[Cell]:
    """Who they are, their roles, seats and accounts."""
    names = Names()
    unsure = {(model, pk) for model, pks in held.people.items() for pk, by_name in pks.items() if not by_name}
    cut = Cutter(
        held, names, why=lambda row, column: (BY_CONTACT,) if (model_of(row), row.pk) in unsure else (),
        left_out=typed_in,
    )  # fmt: skip
    pointing = [m for m in models_held() if to_people(m) and m not in LOGS and not path_to(m, Case)]
    at_them = (some for model in pointing for some in batches(held.pointing(model).order_by("pk").iterator()))
    for rows in chain(
        held.rows.values(), ([r for r in some if r.pk not in held.people.get(type(r), ())] for some in at_them)
    ):
        past = history(rows)
        names.learn([*rows, *past])
        yield from cut.cells(rows, past)
    for model in pointing:
        yield from pointed_earlier(held, model, names, cut)


def typed_in(model) -> set[str]:
    """Long texts of a row that only names the person as the one who acts: they are about something else."""
    if model in PEOPLE or not path_to(model, Panel):
        return set()
    return {f.name for f in model._meta.concrete_fields if isinstance(f, TextField | JSONField)} | set(erasable(model))


def not_theirs(model) -> set[str]:
    """The same in a case that is not about them: of the case itself only that it names them, and never who complained."""
    found = typed_in(model) | {f.name for f in to_people(model) if f.related_model is Complainant}
    if issubclass(model, Case | Part):
        found |= {f.name for f in model._meta.concrete_fields} - {f.name for f in to_people(model)}
    return found


def acting_cells(held) -> Iterator[Cell]:
    """Rows of cases that are not about them and name them as the one who acts, and the logs, without the words about
    somebody else."""
    names = Names()
    cut = Cutter(held, names, left_out=not_theirs)
    for model in models_held():
        if model in PEOPLE or not to_people(model) or not (path_to(model, Case) or model in LOGS):
            continue
        for rows in batches(held.pointing(model).order_by("pk").iterator()):
            rows = [r for r in rows if getattr(r, "held_case", None) not in held.cases]
            names.learn(rows)
            of = references(rows)
            for row in rows:
                yield from cut.of_row(row, (), of.get(getattr(row, "held_case", None), ""))
        yield from pointed_earlier(held, model, names, cut)


def pointed_earlier(held, model, names, cut) -> Iterator[Cell]:
    """That a row named them once and does no more: when, and as what."""
    for rows in batches(held.pointing(model, earlier=True).order_by("pk").iterator()):
        rows = [r for r in rows if getattr(r, "held_case", None) not in held.cases]
        names.learn(rows)
        of = references(rows)
        for row in rows:
            for f in to_people(type(row)):
                if f.value_from_object(row) in held.people[f.related_model]:
                    said = value_words(row, f, names)
                    reference = of.get(getattr(row, "held_case", None), "")
                    more = {"record": record_of(row), "earlier": True, "reference": reference}
                    yield cut.cell(kind_of(row), day_of(row), str(f.verbose_name), said, **more)


def mention_cells(held) -> Iterator[Cell]:
    """Every other text in which they stand, whole."""
    names = Names()
    cut = Cutter(held, names)
    advice = frozenset().union(*(r.privileged for r in REGISTERS.values()))
    for some in batches(held.mentions()):
        of = references([row for row, *_ in some])
        for row, f, name, text, case in some:
            label = f"{f.verbose_name}, {name.replace('_', ' ')}" if name else label_of(row, f)
            why = [PRIVILEGED] if isinstance(row, Entry) and row.step in advice else []
            if model_of(row) is Document:
                why.append(READ_IT)
            more = {"record": record_of(row), "earlier": hasattr(row, "history_id"), "reference": of.get(case, "")}
            yield cut.cell(kind_of(row), day_of(row), label, text, why, **more)


# Cases about them, many at once --------------------------------------------------------------------------------------


def case_blocks(held, pks) -> Iterator[Block]:
    """The cases of these numbers, each whole: as many questions to the database for one as for all."""
    looks, warnings = looks_at(held, pks), {}
    for _, concern in held.concerns:
        if concern.kept_back:
            warnings |= concern.kept_back([pk for pk in pks if concern in held.cases[pk]])
    rows, past = rows_of_cases(pks)
    shared = Names()
    shared.learn([r for found in (*rows.values(), *past.values()) for r in found])
    for pk in pks:
        look = looks[pk]
        only = "The case is restricted to named people" if look.case.restricted else ""
        warning = "; ".join(filter(None, (warnings.get(pk), only)))
        names = Names(look)
        names._related = shared._related
        yield Block(
            look.case.reference,  # its title may name others, and is a cell
            case_cells(held, look, rows[pk], past[pk], names, warning),
            look.case,
            look.procedure.state(look.case.status).words,
            ", ".join(dict.fromkeys(c.words for c in held.cases[pk])),
            warning,
        )


def looks_at(held, pks) -> dict[int, CaseContext]:
    """A look at each of these cases, with what its words need loaded for all together."""
    found: dict[int, CaseContext] = {}
    user_names = dict(held.panel.memberships.values_list("user", "user__name"))
    members = list(held.panel.members.select_related("council", "user").order_by("name"))
    for register in REGISTERS.values():
        rows = register.case_model.objects.filter(pk__in=pks).select_related("assigned_to", *register.related)
        cases = list(rows.prefetch_related(*register.many))
        for case in cases:
            case.panel = held.panel
        found |= {look.case.pk: look for look in CaseContext.many(cases, held.user, held.who)}
    for look in found.values():
        look.__dict__ |= {"entries": [], "duties": [], "user_names": user_names}
        look.facts.__dict__["members"] = members
    entries = Entry.objects.filter(case__in=pks).select_related("by", "decided_by", "reversed_by").order_by("number")
    for e in entries.prefetch_related(Prefetch("moves", Move.objects.select_related("part"))):
        found[e.case_id].entries.append(e)
    for d in Duty.objects.filter(case__in=pks).select_related("part", "opened_by", "closed_by").order_by("pk"):
        found[d.case_id].duties.append(d)
    return found


def rows_of_cases(pks) -> tuple[dict, dict]:
    """({case: its rows}, {case: their history, the oldest first}) of every model; steps and moves are told in words."""
    found = defaultdict(list), defaultdict(list)
    for model in models_held():
        if model in (Entry, Move, Link) or not path_to(model, Case):
            continue
        for each, into in zip(both(model), found, strict=False):
            path = path_to(each, Case)
            rows = each._base_manager.filter(**{f"{path}__in": pks}).annotate(held_case=F(path))
            for row in rows.order_by("pk"):
                into[row.held_case].append(row)
    return found


def case_cells(held, look, rows, past, names, warning) -> Iterator[Cell]:
    """One case: its own row, its steps in words, all else."""
    concerns = held.cases[look.case.pk]
    steps = {e.pk: e.step for e in look.entries}
    about = {c: why for c, why in concerns[0].others.items() if all(c in concern.others for concern in concerns)}

    def why(row, column):
        model = model_of(row)
        if model is Document:
            return document_flags(row, steps.get(row.entry_id), look.register)
        found = [about.get(column, "")] if model is type(look.case) else []
        return [*found, warning] if any(found) or column in erasable(model) else found

    cut = Cutter(held, names, why=why)
    model = type(look.case)
    yield from cut.cells([r for r in rows if type(r) is model], [r for r in past if model_of(r) is model])
    for e in look.entries:
        reasons = [PRIVILEGED if e.step in look.register.privileged else "", warning]
        for label, text in step_words(look, e):
            why = reasons if label not in PLAIN else ()
            yield cut.cell(f"Step {e.number}", e.on.isoformat(), label, text, why, record=record_of(e))
    yield from cut.cells([r for r in rows if type(r) is not model], [r for r in past if model_of(r) is not model])


def done_words(look, e) -> str:
    """A step in words; its name, where it is declared no more."""
    with suppress(KeyError, ValueError, TypeError):
        return entry_words(look, e)
    return sentence(e.step.replace("_", " "))


def step_words(look, e) -> Iterator[tuple[str, str]]:
    """(label, words) of what a step says: who, when, what moved where, each answer and the reasons."""
    yield "What was done", done_words(look, e)
    yield "By", by_words(e)
    yield "Entered", moment(e.entered_at)
    for m in e.moves.all():
        if m.source != m.target:
            states = [look.procedure.state(s).words for s in (m.source, m.target) if s]
            yield "Moved", f"{sentence(look.register.part_word)} {m.part.number}: {' to '.join(states)}"
    try:
        rows = [(row["label"], str(row["value"])) for row in answers_of(look, e)]
    except (KeyError, ValueError, TypeError, AttributeError):  # an answer that its form knows no more
        rows = [(name.replace("_", " "), text) for name, text in leaves(e.answers)] + [("Reasons", e.why)]
    yield from ((label, text) for label, text in rows if text)
