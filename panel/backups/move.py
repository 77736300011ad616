"""Makes an installation that holds one panel alone, of a backup of one that holds several: the same rows with the same numbers,
so that the record verifies with the heads noted before.

    move(Path("/backup/panel-20261130T141500Z"), "exshire", say=print)      # the faults that were found

What the chain of the installation seals stays, whosever it is: who has an account, that other panels were made. Accounts
without a role in the panel are closed, and so are the other panels, of which nothing is left but their names.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import ForeignKey

from panel.backups.restore import newest, read_manifest, restore
from panel.documents.store import sweep
from panel.law import clock
from panel.law.period import plural
from panel.models import Link, Panel, User
from panel.record import triggers
from panel.record.act import sealed_act
from panel.record.heads import read_heads
from panel.record.reading import batches
from panel.record.verify import verify

INSTEAD = (
    "This installation has panels already, and seals hold the numbers of their rows, so that no other panel can join them. "
    "Move it into an empty installation. Or take from the old one what can be taken here: its settings and people with "
    "manage.py panel export, its record with manage.py export_audit --panel SLUG, which docs/verify_export.py checks by "
    "itself, and its cases, one file each, to look at."
)
ROWS_AT_ONCE = 500


class MoveRefused(Exception):
    """Nothing was changed, and why."""


def move(
    source: Path, slug: str, *, replace: bool = False, say: Callable[[str], Any] = lambda words: None
) -> list[str]:
    """Restore that backup into this empty installation, and keep that panel alone. The faults found at the end. Raises
    MoveRefused, and RestoreRefused, before anything is changed; with `replace` what is there is given up."""
    if not replace and Panel._meta.db_table in connection.introspection.table_names() and Panel.objects.exists():
        raise MoveRefused(INSTEAD)
    manifest = read_manifest(newest(source))
    noted = [h for h in read_heads(manifest["heads"]) if h.chain in (slug, "installation")] if manifest["heads"] else []
    if slug not in {head.chain for head in noted}:
        raise MoveRefused(f"The backup has no panel {slug!r}.")
    faults = restore(source, replace=replace, say=say)
    if faults:
        return faults
    gone = keep_only(Panel.objects.get(slug=slug))
    say(f"{plural(gone, 'row')} of other panels left out.")
    for name in sweep(timedelta(0)):
        say(f"The stored file {name} was of another panel: removed.")
    close_the_others(slug)
    return [str(fault) for fault in verify(None, noted)]


@cache
def path_to_panel(model: Any) -> str:
    """The shortest path of relations from a model to its panel, such as "entry__case__panel"; "" if there is none. It leads
    through no account: those belong to the installation."""
    waiting, seen = [(model, "")], {model, User}
    while waiting:
        here, path = waiting.pop(0)
        keys = [f for f in here._meta.concrete_fields if isinstance(f, ForeignKey) and f.name != "history_user"]
        for f in keys:
            if f.related_model is Panel:
                return f"{path}{f.name}"
        for f in keys:
            if f.related_model not in seen:
                seen.add(f.related_model)
                waiting.append((f.related_model, f"{path}{f.name}__"))
    return ""


def sealed_by_the_installation() -> dict[str, set[Any]]:
    """{model: the rows that stay whosever they are}: what the installation's chain seals, and the live rows of which that is
    the history."""
    found: dict[str, set[Any]] = {}
    for rows in Link.objects.filter(chain__panel=None).values_list("rows", flat=True).iterator(chunk_size=200):
        for label, part in rows.items():
            found.setdefault(label, set()).update(int(pk) for pk in part["digests"])
    for label, pks in list(found.items()):
        model = apps.get_model(label)
        if hasattr(model, "instance_type"):
            live = model.instance_type
            key = live._meta.pk.attname
            for some in batches(sorted(pks), ROWS_AT_ONCE):
                rows = model._base_manager.filter(history_id__in=some).values_list(key, flat=True)
                found.setdefault(live._meta.label, set()).update(rows)
    return found


def rows_of_others(panel: Panel) -> Iterator[tuple[Any, list[Any]]]:
    """(model, the numbers of its rows that belong to another panel)."""
    stays = sealed_by_the_installation()
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        label = model._meta.label
        if model is Panel or getattr(model, "instance_type", None) is Panel:
            rows = model._base_manager.exclude(**{Panel._meta.pk.attname: panel.pk})
        elif path := path_to_panel(model):
            rows = model._base_manager.filter(**{f"{path}__isnull": False}).exclude(**{path: panel.pk})
        else:
            continue
        keep = stays.get(label, set())
        yield model, [pk for pk in rows.order_by().values_list("pk", flat=True) if pk not in keep]


def keep_only(panel: Panel) -> int:
    """Leave out every row of another panel; how many. All in one transaction, at whose end the database checks that no row
    points at one that is gone. The triggers, which keep rows from being removed, are there again afterwards."""
    number = 0
    with transaction.atomic():
        others = list(rows_of_others(panel))
        triggers.drop(connection)
        for model, pks in others:
            for some in batches(pks, ROWS_AT_ONCE):
                number += model._base_manager.filter(pk__in=list(some))._raw_delete(connection.alias) or 0
        triggers.sync(connection)
    return number


def close_the_others(slug: str) -> None:
    """Close the accounts of those who hold no role in the panel, and the panels of which nothing is left but the name."""
    theirs = Panel.objects.get(slug=slug).memberships.values("user")
    with sealed_act(None, by=None, name="move_panel", why=f"This installation holds the panel {slug} alone"):
        for user in User.objects.filter(is_active=True).exclude(pk__in=theirs):
            user.is_active = False
            user.save()
        for other in Panel.objects.exclude(slug=slug):
            other.closed_from = min(other.closed_from or clock.today(), clock.today())
            other.save()
