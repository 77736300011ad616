"""System checks: what must not be on a real installation, declarations that contradict themselves, and stored slugs
that nobody declares."""

import logging
import os
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.checks import Error, Info, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from panel.casework.layouts import layout_faults
from panel.files import pdf
from panel.letters.text import exists, names_in, source
from panel.models import Duty, Entry, PanelSettings, Part, User
from panel.models.settings_fields import settings_of
from panel.pages.register_list import filter_faults
from panel.pages.settings_groups import groups, names
from panel.procedure.chapters import chapters_left_out
from panel.procedure.machine import ACTS_OF_THE_SYSTEM
from panel.procedure.register import REGISTERS, procedures
from panel.procedure.validate import problems, register_problems
from panel.record.erasures import restoring_file

DECLARATIONS = "declarations"  # the tag of the checks without which no page can be trusted


@register(Tags.security, deploy=True)
def made_for_show(app_configs, **kwargs):
    """Errors for a made-up secret, DEBUG and demo mode under `check --deploy`."""
    found = []
    if settings.SECRET_KEY.startswith("django-insecure-"):
        found.append(Error("SECRET_KEY is made up", hint="Set SECRET_KEY in the environment.", id="panel.E001"))
    if settings.DEBUG:
        found.append(Error("DEBUG is on", hint="Unset DEBUG.", id="panel.E002"))
    if settings.DEMO:
        found.append(Error("DEMO is on", hint="Unset DEMO.", id="panel.E003"))
    return found


@register(Tags.security, deploy=True)
def static_files(app_configs, **kwargs):
    """An error where the static files were not collected, or whoever runs the check cannot read them: run it as the web
    process, which would not start or would serve pages without their look."""
    root = Path(settings.STATIC_ROOT).parent  # of the files that are served, and of their list, which is not
    if not (root / "staticfiles.json").exists():
        hint = "Run manage.py collectstatic --no-input."
        return [Error("Static files were not collected, or cannot be read", hint=hint, id="panel.E012")]
    closed = sorted(str(path.relative_to(root)) for path in root.rglob("*") if not os.access(path, os.R_OK))
    if not closed:
        return []
    hint = f"Run chmod -R a+rX {root}. The first: {closed[0]}."
    return [Error(f"{len(closed)} static files cannot be read by this user", hint=hint, id="panel.E012")]


@register(DECLARATIONS)
def declared_procedures(app_configs, **kwargs):
    """An error for whatever contradicts itself in a procedure or names what nobody declares, each with its cure."""
    return [
        Error(f"{problem.where}: {problem.what}", hint=problem.cure, id="panel.E006")
        for found in (
            *(problems(procedure) for procedure in procedures().values()),
            *(register_problems(entry) for entry in REGISTERS.values()),
        )
        for problem in found
    ]


@register(DECLARATIONS)
def templates_of_letters(app_configs, **kwargs):
    """An error for each declared letter without a template, and for each field that a template asks for and that the
    register does not have."""
    found = []
    for entry in REGISTERS.values():
        kinds = {letter.key: letter for p in entry.procedures for letter in p.letters}
        for letter in kinds.values():
            name = f"letters/{letter.key}.txt"
            if not exists(name):
                hint = f"Write templates/{name}."
                found.append(
                    Error(f"{letter.where}: letter {letter.key!r} has no template", hint=hint, id="panel.E009")
                )
            for each in (name, f"letters/{letter.key}_oh.txt"):
                found += _unknown_fields(entry, each) if exists(each) else []
    return found


def _unknown_fields(entry, name):
    """An error for each thing that a template asks for and that is not there."""
    for kind, asked in dict.fromkeys(names_in(source(name))):
        if kind == "part":
            known, hint = exists(f"letters/parts/{asked}.txt"), f"Write templates/letters/parts/{asked}.txt."
        else:
            fields = entry.letter_fields
            known = fields is not None and fields.knows(asked[0].lower() + asked[1:])
            where = (
                f"{fields.__module__}.{fields.__name__}" if fields else f"letter_fields of the register {entry.slug!r}"
            )
            hint = f"Correct the name, or add it to {where}: a property, or in TYPED or TICKS."
        if not known:
            yield Error(
                f"templates/{name} asks for the {kind} {asked!r}, which is not there", hint=hint, id="panel.E021"
            )


@register(DECLARATIONS)
def settings_on_pages(app_configs, **kwargs):
    """An error for each column of a panel's settings that no page would ask for, and for each step, state and duty that
    rests on a setting which is not there."""
    asked, columns = set(names()), {f.name for f in PanelSettings._meta.concrete_fields}
    kinds, shown = settings_of(PanelSettings), ", ".join(group.key for group, _ in groups())
    found = [
        Error(
            f"panel/models/panels.py: setting {name!r} is on no form"
            + (f", as no page shows the group {kinds[name].group!r}" if name in kinds else ""),
            hint=f"Use one of the groups {shown}, or declare the group in settings_groups of a register."
            if name in kinds
            else "Declare it with target(), years(), number(), word(), text() or switch(), and a group that a page shows.",
            id="panel.E007",
        )
        for name in sorted(columns - asked - {"id", "panel", "from_date", "who_acts"})
    ]
    for procedure in procedures().values():
        rests = [(s.where, f"step {s.key!r}", s.officer_needs_setting) for s in procedure.steps]
        rests += [(s.where, f"state {s.key!r}", s.retention_setting) for s in procedure.states]
        rests += [(k.where, f"duty {k.key!r}", getattr(k.due, "setting", "")) for k in procedure.duties]
        found += [
            Error(
                f"{where}: {said} rests on the setting {name!r}, which is not there",
                hint="Correct its name, or declare the setting in panel/models/panels.py.",
                id="panel.E008",
            )
            for where, said, name in rests
            if name and name not in asked
        ]
    return found


@register(DECLARATIONS)
def chapters_and_filters(app_configs, **kwargs):
    """An error for each chapter that no procedure takes, and for each filter of a list that cannot filter."""
    return [
        Error(f"{where}: {what}", hint=f"{cure}.", id=id_)
        for entry in REGISTERS.values()
        for id_, found in (("panel.E013", chapters_left_out(entry)), ("panel.E014", filter_faults(entry)))
        for where, what, cure in found
    ]


@register(DECLARATIONS)
def layouts_of_forms(app_configs, **kwargs):
    """An error for each question that the layout of a step's form does not ask, and for each that hangs under nothing."""
    steps = {(step.key, step.form): step for p in procedures().values() for step in p.steps if step.form}
    return [
        Error(f"{step.where}: step {step.key!r}: {what}", hint=f"{cure}.", id="panel.E012")
        for step in steps.values()
        for what, cure in layout_faults(step.form)
    ]


def stop_where_declarations_are_wrong() -> None:
    """Raise ImproperlyConfigured with every mistake of the declarations: the web server does not start with one."""
    if errors := checks.run_checks(tags=[DECLARATIONS]):
        raise ImproperlyConfigured("\n".join(f"{error.msg}. {error.hint}" for error in errors))


def stop_while_restoring() -> None:
    """Raise ImproperlyConfigured where a restore was begun and is not finished: what was erased could be shown again."""
    if restoring_file().exists():
        raise ImproperlyConfigured(
            f"A restore was begun and is not finished, or found faults. Run manage.py restore again; to serve nevertheless, "
            f"remove {restoring_file()}."
        )


LONGEST_IDLE_SECONDS = 4 * 60 * 60


@register(Tags.security, deploy=True)
def careless_settings(app_configs, **kwargs):
    """A warning for each setting that takes away a protection."""
    found = []
    if "*" in settings.ALLOWED_HOSTS:
        found.append(("ALLOWED_HOSTS allows every host", "Name the host that people type.", "panel.W002"))
    if not settings.PROXIES and settings.SECURE_SSL_REDIRECT:
        said = "PROXIES is 0: behind a proxy every page would redirect for ever, and wrong passwords count for all together"
        found.append((said, "Say how many proxies of yours stand in front: PROXIES=1.", "panel.W003"))
    if logging.getLogger().getEffectiveLevel() <= logging.DEBUG:
        said = "LOG_LEVEL is DEBUG: the log would hold what is in the database"
        found.append((said, "Unset LOG_LEVEL, or set WARNING.", "panel.W004"))
    if settings.SESSION_IDLE <= 0 or settings.SESSION_IDLE > LONGEST_IDLE_SECONDS:
        said = f"SESSION_IDLE is {settings.SESSION_IDLE} seconds: a screen left alone stays signed in"
        found.append((said, "Set it to 1800, or at most 14400.", "panel.W005"))
    return [Warning(said, hint=hint, id=id_) for said, hint, id_ in found]


@register(Tags.database, deploy=True)
def careless_database(app_configs, databases, **kwargs):
    """A warning where the database forgets what it said was kept, and where the table of the cache is missing."""
    found = []
    for alias in databases or ():
        connection = connections[alias]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                for name in ("fsync", "full_page_writes", "synchronous_commit"):
                    cursor.execute(f"SHOW {name}")
                    if cursor.fetchone()[0] == "off":
                        hint = f"Set {name} = on in postgresql.conf."
                        found.append(
                            Warning(f"PostgreSQL has {name} off: a power cut loses acts", hint=hint, id="panel.W006")
                        )
            elif cursor.execute("PRAGMA synchronous").fetchone()[0] < FULL:
                hint = "Leave DATABASE_URL away, or its options as they are."
                found.append(
                    Warning("SQLite is not fully synchronous: a power cut loses acts", hint=hint, id="panel.W006")
                )
        cache = settings.CACHES["default"]
        if (
            cache["BACKEND"].endswith("DatabaseCache")
            and cache["LOCATION"] not in connection.introspection.table_names()
        ):
            hint = "Run manage.py createcachetable."
            found.append(Warning("The table of the cache is missing: signing in fails", hint=hint, id="panel.W007"))
    return found


FULL = 2  # of SQLite's PRAGMA synchronous


@register(deploy=True)
def pdf_files(app_configs, **kwargs):
    """Which packages are missing, where no PDF file can be made. The application runs without: Word and pages remain."""
    if pdf.can_be_made():
        return []
    return [Info(pdf.MISSING, hint=f"On Debian: apt-get install {pdf.PACKAGES}", id="panel.I001")]


@register(Tags.database, deploy=True)
def demo_accounts(app_configs, databases, **kwargs):
    """An error while demo accounts can sign in."""
    found = []
    for alias in databases or ():
        if User._meta.db_table not in connections[alias].introspection.table_names():
            continue
        count = User.objects.using(alias).filter(is_demo=True, is_active=True).count()
        if count:
            found.append(
                Error(f"{count} demo accounts can sign in", hint="Start with an empty database.", id="panel.E004")
            )
    return found


# What rows name by a slug: (model, column, what it is, where it is declared, where once it is no more, id).
STORED = (
    (Part, "status", "status", "states", "retired_states", "panel.E005"),
    (Entry, "step", "step", "steps", "retired_steps", "panel.E010"),
    (Duty, "kind", "kind of duty", "duties", "retired_duties", "panel.E011"),
)


@register(Tags.database)
def undeclared(app_configs, databases, **kwargs):
    """An error for each stored status, step of a case and kind of duty that its procedure neither declares nor has as
    retired: pages have only the slug to say of it."""
    found = []
    for alias in databases or ():
        tables = connections[alias].introspection.table_names()
        for model, column, what, declared, retired, id_ in STORED:
            if model._meta.db_table not in tables:
                continue
            known = {
                (key, row.key)
                for key, p in procedures().items()
                for row in (*getattr(p, declared), *getattr(p, retired))
            } | {(key, act.key) for key in procedures() for act in ACTS_OF_THE_SYSTEM}
            rows = model.objects.using(alias).exclude(**{column: ""}).exclude(case=None)
            for procedure, slug in rows.order_by().values_list("case__procedure", column).distinct():
                if (procedure, slug) not in known:
                    where = procedures()[procedure].where if procedure in procedures() else "nowhere now"
                    hint = f"Declare it, or give it words in {retired} of the procedure (declared {where})."
                    found.append(Error(f"{procedure}: {what} {slug!r} is not declared", hint=hint, id=id_))
    return found
