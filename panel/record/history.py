"""What changed, field by field: history rows read back as changes, act by act."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.apps import apps
from django.db.models import Q

from panel.law.period import day_words
from panel.law.spoken import say
from panel.models import Case, Link, Part
from panel.models.casework import HasStatus
from panel.models.journal import ERASED
from panel.procedure.machine import Procedure
from panel.procedure.register import Register
from panel.record.digests import ERASE

# Kept by the machine, or the same fact as another line: of no use to a reader.
UNSHOWN = {
    "id", "case_ptr", "part_ptr", "version", "next_due", "year", "serial", "count", "procedure", "panel", "opened_by",
    "closed_by", "from_entry", "to_entry", "entry", "key", "file", "complaint", "case", "part", "number", "salt",
    "is_demo", "content", "letter", "word", "pdf", "letter_word",
}  # fmt: skip

SealedRows = dict[tuple[str, int], tuple[Any, Any]]


class Look(Protocol):
    """What is asked of the case whose history is read: a `CaseContext`, which stands above this module."""

    case: Case
    register: Register
    procedure: Procedure

    @property
    def parts(self) -> list[Part]:
        """The case's parts, in order."""

    @property
    def facts(self) -> Any:
        """What the register says of the case."""

    def parts_called(self, numbers: Collection[int]) -> str:
        """The parts of these numbers, in words."""


@dataclass(frozen=True)
class Change:
    """One field of one row, before and after, in words."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class RecordedAct:
    """One act, with what it changed."""

    link: Link
    changes: tuple[Change, ...]


def rows_of(links: Iterable[Link]) -> SealedRows:
    """{(label, history_id): (row, row before or None)} for every history row that is sealed; one query a model."""
    wanted: dict[str, set[int]] = {}
    for link in links:
        for label, part in link.rows.items():
            wanted.setdefault(label, set()).update(int(pk) for pk in part["digests"])
    found: SealedRows = {}
    for label, pks in wanted.items():
        model = apps.get_model(label)
        if not hasattr(model, "instance_type"):
            continue
        key = model.instance_type._meta.pk.attname
        changed = model._base_manager.filter(history_id__in=pks).order_by().values(key)
        before: dict[Any, Any] = {}
        for row in model._base_manager.filter(Q(**{f"{key}__in": changed})).order_by("history_id"):
            found[label, row.history_id] = (row, before.get(getattr(row, key)))
            before[getattr(row, key)] = row
    return found


def acts(links: Iterable[Link], names: "RowWords", rows: SealedRows | None = None) -> list[RecordedAct]:
    """The links as acts, in the order given. `names` turns (model label, field, value) into words, or gives None;
    `rows` are those of `rows_of`, if it was asked already."""
    links = list(links)
    rows = rows_of(links) if rows is None else rows
    names.learn([row for pair in rows.values() for row in pair if row is not None])
    out = []
    for link in links:
        changes: list[tuple[Any, Change]] = []  # (row, Change)
        for label, part in link.rows.items():
            for pk in part["digests"]:
                pair = rows.get((label, int(pk)))
                # An erasure seals old rows anew; it changed what it wrote itself.
                if pair and (link.act != ERASE or pair[0].history_change_reason == ERASE):
                    of = (label, getattr(pair[0], pair[0].instance_type._meta.pk.attname))
                    changes += [(of, change) for change in changed(pair[0], pair[1], names)]
        out.append(RecordedAct(link, tuple(merged(changes))))
    return out


def merged(changes: Iterable[tuple[Any, Change]]) -> list[Change]:
    """A field of a row that one act wrote twice is shown once, from its first value to its last."""
    first: dict[Any, Change] = {}
    for of, c in changes:
        known = first.get((of, c.field))
        first[of, c.field] = Change(c.field, known.old, c.new) if known else c
    return [c for c in first.values() if c.old != c.new]


def changed(row: Any, before: Any, names: "RowWords") -> list[Change]:
    """The shown fields in which a history row differs from the one before; an empty beginning is no change."""
    model = row.instance_type
    out = []
    if row.history_type == "-":
        what = f"{model._meta.verbose_name} {getattr(row, 'name', '')}".strip()
        return [Change(f"{what[:1].upper()}{what[1:]}", "There", "Removed")]
    if before is None and model._meta.model_name == "duty":
        due = f", due {day_words(row.due)}" if row.due else ""
        return [Change(names.label(row, model._meta.get_field("kind")), "", f"Open{due}")]
    if model._meta.model_name == "caserole":
        ended = row.to_entry_id is not None
        if before is not None and ended == (before.to_entry_id is not None):
            return []
        what, who = names.holder(row)
        return [Change(what, who if ended else "", "" if ended else who)]
    if model._meta.model_name == "groupmember":
        who = names.related(model._meta.get_field("group").related_model, row.group_id)
        return [Change("Group", who, "")] if row.to_entry_id else [Change("Group", "", who)]
    for f in row.tracked_fields:
        if f.name in UNSHOWN:
            continue
        new = f.value_from_object(row)
        old = None if before is None else f.value_from_object(before)
        if new == old or (before is None and nothing_said(f, new)):
            continue
        if f.name in getattr(model, "KEPT_AS_FILES", ()):  # nobody reads bytes: they are had from its own page
            out.append(Change(names.label(row, f), "", "Kept as it went out"))
            continue
        out.append(Change(names.label(row, f), names.words(row, f, old), names.words(row, f, new)))
    return out


def nothing_said(field: Any, value: Any) -> bool:
    """Whether a column of a new row says nothing. No does say something where the column could also have stayed empty."""
    return value in ("", None, [], {}) or (value is False and not field.null)


def model_of(row: Any) -> Any:
    """The model that the row, or the history row, is of."""
    return getattr(row, "instance_type", None) or type(row)


def fields_of(row: Any) -> Iterable[Any]:
    """The columns of the row's model."""
    found: Iterable[Any] = getattr(row, "tracked_fields", None) or row._meta.concrete_fields
    return found


class RowWords:
    """Turns fields and values of rows, and of history rows, into words; relations are looked up once a model."""

    def __init__(self, look: Look | None = None) -> None:
        self.look = look
        self._related: dict[Any, str] = {}

    def label(self, row: Any, field: Any) -> str:
        """What the row is, then the field: "Allegation 3, status"."""
        model = model_of(row)
        name = str(field.verbose_name)
        what = str(model._meta.verbose_name)
        own = model.words_in_history(row) if issubclass(model, HasStatus) else None
        if own == "":
            return name[0].upper() + name[1:]
        if own:
            what = own
        elif model._meta.model_name == "duty" and self.look is not None:
            kind = self.look.procedure.duty(row.kind)
            words = kind.words_to(self.look.facts.recipient_name(row.recipient))
            if not kind.label.startswith("to "):  # what somebody else is to do begins with a name
                words = f"{words[0].lower()}{words[1:]}"
            what = f"Duty: {words}"
            number = next((p.number for p in self.look.parts if p.pk == row.part_id), None)
            if number and len(self.look.parts) > 1:
                what += f", {self.look.parts_called([number])}"
            name = "" if field.name in ("kind", "closed_how") else name
        elif hasattr(row, "name"):
            what = f"{what[0].upper()}{what[1:]} {row.name}"
        label = f"{what}, {name}" if name else what
        return label[0].upper() + label[1:]

    def holder(self, row: Any) -> tuple[str, str]:
        """Which role on the case, and who holds it: ("Sub-panel member", "Cllr Amina Sesay")."""
        field = model_of(row)._meta.get_field("kind")
        what = str(dict(field.flatchoices).get(row.kind, row.kind))
        one = model_of(row)._meta.get_field("member" if row.member_id else "user")
        return say(f"{what[:1].upper()}{what[1:]}"), self.related(one.related_model, row.member_id or row.user_id)

    def asked(self, row: Any, field: Any) -> dict[str, str]:
        """The words of the choices, where the step that wrote the row asked for the field as a choice."""
        steps = self.look.procedure.steps if self.look is not None else ()
        form = next((s.form for s in steps if s.key == getattr(row, "history_change_reason", None)), None)
        found = form.base_fields.get(field.name) if form else None
        return {str(k): str(v) for k, v in getattr(found, "choices", ())}

    def words(self, row: Any, field: Any, value: Any) -> str:
        """The value as pages show it."""
        model = model_of(row)._meta.model_name
        if field.name == "closed_how" and model == "duty":
            how: str = {"": "Open", None: ""}.get(value, dict(field.flatchoices).get(value, value))
            return how
        if value is None or value == "":
            return ""
        if value == ERASED and self.look is not None and self.look.case.erased_on:
            return f"(erased on {day_words(self.look.case.erased_on)})"
        if field.name == "status" and self.look is not None:
            return self.look.procedure.state(value).label
        if field.is_relation:
            return self.related(field.related_model, value)
        if field.choices:
            return say(str(dict(field.flatchoices).get(value, value)))
        if field.name == "theme" and self.look is not None:
            theme: str = dict(self.look.procedure.themes).get(value, value)
            return theme
        if isinstance(value, str) and (choices := self.asked(row, field)):
            return say(choices.get(value, value))
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if hasattr(value, "year"):
            return day_words(value)
        return str(value)

    def learn(self, rows: Iterable[Any]) -> None:
        """Look up whatever these rows point at: one query a model, two where its words need another row."""
        wanted: dict[Any, set[Any]] = {}
        for row in rows:
            for f in fields_of(row):
                pk = f.value_from_object(row) if f.is_relation and f.name not in UNSHOWN else None
                if pk is not None and (f.related_model, pk) not in self._related:
                    wanted.setdefault(f.related_model, set()).add(pk)
        for model, pks in wanted.items():
            near = [f.name for f in model._meta.concrete_fields if f.is_relation and not f.null]
            for found in model._base_manager.filter(pk__in=pks).select_related(*near):
                self._related[model, found.pk] = str(found)

    def related(self, model: Any, pk: Any) -> str:
        """The row a relation points at, in words; kept for the next time."""
        key = (model, pk)
        if key not in self._related:
            found = model._base_manager.filter(pk=pk).first()
            self._related[key] = str(found) if found is not None else f"{model._meta.verbose_name} {pk}"
        return self._related[key]
