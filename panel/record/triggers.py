"""The database's part of the rules, generated from the declarations: whoever writes, no status without a declared
step, and nothing on the record is changed or removed. `pre_migrate` drops, `post_migrate` makes them again."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import UniqueConstraint

from panel.models import Case, Entry, Link, Move, Part
from panel.procedure.register import procedures
from panel.record.digests import erasable, mark_of, sealed_models


def rules(vendor: str) -> Iterator[tuple[str, str, str, str]]:
    """(table, event, what must hold, what to say if not) in SQL that both databases read."""
    case, part, entry, move = (m._meta.db_table for m in (Case, Part, Entry, Move))
    same = "IS" if vendor == "sqlite" else "IS NOT DISTINCT FROM"
    blank = {"sqlite": "'{}'", "postgresql": "'{}'::jsonb"}[vendor]
    for model in (*sealed_models(), Link):  # append-only, but personal columns may be blanked, a mark set once
        table, personal, mark = model._meta.db_table, erasable(model), mark_of(model)
        say = f"{table} is append-only"
        clauses = []
        for f in model._meta.concrete_fields:
            if f.name in personal:
                empty = blank if personal[f.name] == {} else f"'{personal[f.name]}'"
                clauses.append(f'NEW."{f.column}" = {empty}')
            elif f.attname == mark:
                clauses.append(f'OLD."{f.column}" IS NULL AND NEW."{f.column}" IS NOT NULL')
            else:
                clauses.append(f'NEW."{f.column}" {same} OLD."{f.column}"')
        yield table, "UPDATE", " AND ".join(clauses) if personal or mark else "FALSE", say
        for event in ("DELETE",) if vendor == "sqlite" else ("DELETE", "TRUNCATE"):
            yield table, event, "FALSE", say
    for table in (case, part):
        yield table, "INSERT", "NEW.status = ''", "a status is set by a step"
        yield table, "DELETE", "FALSE", "nothing on the record is deleted"
    last = f"(SELECT target FROM {move} WHERE part_id = NEW.id ORDER BY id DESC LIMIT 1)"
    yield part, "UPDATE", f"NEW.status = OLD.status OR NEW.status = {last}", "a status is changed by a step"
    declared = procedures().values()
    ranks = " ".join(
        f"WHEN '{p.key}|{s.key}' THEN {i + 100 * s.open}"
        for p in declared
        for i, s in (*enumerate(p.states), *((-1, s) for s in p.retired_states))
    )
    yield (
        case,
        "UPDATE",
        f"""(NEW.status = OLD.status OR NEW.status = (SELECT status FROM {part} WHERE case_id = NEW.id
        ORDER BY CASE NEW.procedure || '|' || status {ranks} END DESC LIMIT 1))
        AND NEW.version = coalesce((SELECT max(number) FROM {entry} WHERE case_id = NEW.id), 0)""",
        "a case stands where its furthest part stands",
    )
    moves = ", ".join(sorted(f"'{p.key}|{s}|{a}|{b}'" for p in declared for s, a, b in p.moves()))
    yield (
        move,
        "INSERT",
        f"""EXISTS (SELECT 1 FROM {entry} e JOIN {case} c ON c.id = e.case_id JOIN {part} p ON p.case_id = c.id
        WHERE e.id = NEW.entry_id AND p.id = NEW.part_id AND p.status = NEW.source AND e.number = c.version + 1
        AND c.procedure || '|' || e.step || '|' || NEW.source || '|' || NEW.target IN ({moves}))""",
        "not a declared step",
    )


def kept_keys() -> Iterator[tuple[str, str, str]]:
    """(table, event, what must hold) for SQLite, where `INSERT OR REPLACE` and `UPDATE OR REPLACE` take away the row whose
    key they want, and ask no trigger about it: no row takes a key that another row of a table has whose rows may not go."""
    append_only = [*sealed_models(), Link]
    for model in (*append_only, Case, Part):
        table, meta = model._meta.db_table, model._meta
        unique = [[f] for f in meta.concrete_fields if f.unique]
        unique += [[meta.get_field(n) for n in c.fields] for c in meta.constraints if isinstance(c, UniqueConstraint)]
        same = " OR ".join(
            "(" + " AND ".join(f'"{f.column}" = NEW."{f.column}"' for f in fields) + ")" for fields in unique
        )
        yield table, "INSERT", f'NOT EXISTS (SELECT 1 FROM "{table}" WHERE {same})'
        if model not in append_only:  # whose keys no update can change
            key = meta.pk.column
            others = f'"{key}" <> OLD."{key}" AND ({same})'
            yield table, "UPDATE", f'NEW."{key}" = OLD."{key}" AND NOT EXISTS (SELECT 1 FROM "{table}" WHERE {others})'


def compare(connection: BaseDatabaseWrapper) -> tuple[dict[tuple[str, str, str], str], list[str], dict[str, str]]:
    """What the database should hold, {(name, table, event): text}, the names of triggers it holds otherwise, and what
    it has."""
    want, tables = {}, set(connection.introspection.table_names())
    for table, event, must, say in rules(connection.vendor):
        name = f"law_{table}_{event.lower()}"[:63]  # PostgreSQL cuts names at 63
        if connection.vendor == "postgresql":
            sql = (
                f"BEGIN IF ({must}) IS NOT TRUE THEN RAISE EXCEPTION '{say}' USING ERRCODE = 'check_violation'; "
                "END IF; RETURN NEW; END"
            )
        else:
            sql = (
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" WHEN ({must}) IS NOT TRUE '
                f"BEGIN SELECT RAISE(ABORT, '{say}'); END"
            )
        if table in tables:
            want[name, table, event] = sql
    for table, event, must in kept_keys() if connection.vendor == "sqlite" else ():
        name = f"law_{table}_keys_{event.lower()}"
        if table in tables:
            want[name, table, event] = (
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" WHEN ({must}) IS NOT TRUE '
                f"BEGIN SELECT RAISE(ABORT, 'nothing on the record is replaced'); END"
            )
    with connection.cursor() as c:
        if connection.vendor == "sqlite":
            c.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            c.execute(
                "SELECT tgname, CASE tgenabled WHEN 'O' THEN prosrc END FROM pg_trigger "
                "JOIN pg_proc f ON f.oid = tgfoid WHERE NOT tgisinternal"
            )
        have = {name: sql for name, sql in c.fetchall() if name.startswith("law_")}
    text = {key[0]: sql for key, sql in want.items()}
    stale = sorted(n for n in text.keys() | have.keys() if text.get(n) != have.get(n))
    return want, stale, have


def drop(connection: BaseDatabaseWrapper, names: Iterable[str] | None = None) -> None:
    """Drop these triggers, or all of ours."""
    with connection.cursor() as c:
        for n in compare(connection)[2] if names is None else names:
            if connection.vendor == "sqlite":
                c.execute(f'DROP TRIGGER IF EXISTS "{n}"')
            else:
                c.execute(f'DROP FUNCTION IF EXISTS "{n}"() CASCADE')


def sync(connection: BaseDatabaseWrapper) -> list[str]:
    """Make the database's triggers as declared; touches only those that differ. Returns their names."""
    with transaction.atomic(connection.alias), connection.cursor() as c:
        want, stale, _ = compare(connection)
        drop(connection, stale)
        for (name, table, event), sql in want.items():
            if name not in stale:
                continue
            if connection.vendor == "postgresql":
                c.execute(f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $law${sql}$law$')
                level = "STATEMENT" if event == "TRUNCATE" else "ROW"
                sql = (
                    f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH {level} EXECUTE FUNCTION "{name}"()'
                )
            c.execute(sql)
    return stale


def before_migrate(using: str, plan: Sequence[Any] = (), **kwargs: Any) -> None:
    """Triggers that name a table stop SQLite from remaking it: away with them before anything is altered."""
    if plan:
        drop(connections[using])


def after_migrate(using: str, **kwargs: Any) -> None:
    """And back again."""
    sync(connections[using])


@register(Tags.database)
def as_declared(app_configs: Any, databases: Iterable[str] | None, **kwargs: Any) -> list[CheckMessage]:
    """A warning for each trigger that is not as declared; an error would stop `migrate`, which is the cure."""
    return [
        Warning(f"{alias}: trigger {name} is not as declared", hint="Run manage.py migrate.", id="panel.W001")
        for alias in databases or ()
        for name in compare(connections[alias])[1]
    ]
