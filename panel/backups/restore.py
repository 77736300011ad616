"""Brings a backup back: into an empty installation, in one go, verified at the end.

    restore(Path("/backup/panel-20261130T141500Z"), say=print)     # the faults that were found; none, and it may serve

What was erased since the backup was made is erased again before anything is served: while the file `restoring` stands beside
the documents, the web server does not start.
"""

import json
import re
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from panel.backups.take import FORMAT, complete, described, files_of_rows, postgres, sha_of
from panel.casework import interests_kept
from panel.casework.retention_steps import erase_again
from panel.documents.store import sweep
from panel.law.period import plural
from panel.models import Link, Message, Panel
from panel.record import erasures
from panel.record.act import sealed_act
from panel.record.heads import Head, heads, read_heads
from panel.record.verify import verify

# Of a dump of PostgreSQL: the schema, and who may do what in it, are made with the database (docs/operating.md).
OF_THE_HOUSE = re.compile(r" (SCHEMA - public|ACL|DEFAULT ACL|COMMENT - SCHEMA public|COMMENT - EXTENSION)\b")


class RestoreRefused(Exception):
    """Nothing was changed, and why."""


def restore(source: Path, *, replace: bool = False, say: Callable[[str], Any] = lambda words: None) -> list[str]:
    """Restore that backup, or the newest in that folder. The faults found at the end. Raises RestoreRefused before anything
    is changed; with `replace` what is there is given up."""
    source = newest(source)
    manifest = read_manifest(source)
    fits(manifest)
    over_what(manifest, replace)
    marker = erasures.restoring_file()
    marker.parent.mkdir(parents=True, exist_ok=True)
    marker.write_text(f"{source}\n", encoding="utf-8")
    try:
        load(source / "database")
    except (OSError, sqlite3.Error, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", "") or str(error)
        return [f"The database was not restored: {said.strip()}"]
    faults = list(put_documents(source, manifest))
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    for words in unsure_mail():
        say(words)
    again = [what for what, on in sorted(erased_since(source).items()) if erase_what(what, on)]
    for case in again:
        say(f"{case}: erased again.")
    faults += manifest["missing"]
    faults += [str(fault) for fault in verify(None, read_heads(manifest["heads"]) if manifest["heads"] else [])]
    for name in sweep(timedelta(0), remove=False):
        say(f"no row names the stored file {name}: sweep_documents removes it.")
    faults = [fault for fault in dict.fromkeys(faults) if not lawfully_gone(fault)]
    if not faults:
        marker.unlink()
        say(f"Restored and verified: {len(manifest['documents'])} documents, as of {manifest['made']}.")
    return faults


def newest(source: Path) -> Path:
    """That backup, or the newest complete one in that folder. Raises RestoreRefused."""
    if (source / "backup.json").exists():
        return source
    if found := complete(source):
        return found[-1]
    raise RestoreRefused(f"{source} is no backup, and holds none that is complete.")


def read_manifest(source: Path) -> dict[str, Any]:
    """What belongs to the backup, once its database is as it was written. Raises RestoreRefused."""
    try:
        found: dict[str, Any] = json.loads((source / "backup.json").read_text(encoding="utf-8"))
        same = described(source / "database") == found["database"]
        number = int(found["format"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RestoreRefused(f"{source} cannot be read: {error}") from error
    if number > FORMAT:
        raise RestoreRefused(f"{source} was made by a newer version of the program ({found.get('program')}).")
    if not same:
        raise RestoreRefused(f"{source}: its database is not as it was written. Take another backup.")
    return found


def fits(manifest: dict[str, Any]) -> None:
    """Raise RestoreRefused where the backup is of another kind of database or of a newer program."""
    if manifest["engine"] != connection.vendor:
        raise RestoreRefused(f"It was made of {manifest['engine']}, and this installation uses {connection.vendor}.")
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    new = [
        f"{app}.{name}" for app, names in manifest["migrations"].items() for name in names if (app, name) not in known
    ]
    ours = [name for name in new if name.split(".")[0] in ("panel", "complaints", "hearings")]
    if ours:
        raise RestoreRefused(
            f"It was made by a newer version of the program ({manifest['program']}), which has {', '.join(ours)}. "
            "Use that version, or a later one."
        )


def over_what(manifest: dict[str, Any], replace: bool) -> None:
    """Raise RestoreRefused where the installation is not empty, naming what the backup does not have."""
    if Link._meta.db_table not in connection.introspection.table_names() or not Link.objects.exists():
        return
    then = {head.chain: head for head in read_heads(manifest["heads"])} if manifest["heads"] else {}
    lost = [one for head in heads() if (one := lost_words(head, then.get(head.chain)))]
    if replace:
        return
    words = "; ".join(lost) if lost else "it holds nothing that the backup does not have"
    raise RestoreRefused(
        f"This installation is not empty: {words}. To give up what is here, note its heads (manage.py chain_head), take a "
        "backup of it, and add --replace."
    )


def lost_words(now: Head, then: Head | None) -> str:
    """How much younger this chain is than the backup's, in words; "" where it is not."""
    if then is None:
        return f"{now.chain} has {now.number} links, of which the backup has none"
    if now.number > then.number:
        return f"{now.chain} has {now.number} links, the backup {then.number}: {now.number - then.number} acts would be lost"
    return ""


def load(database: Path) -> None:
    """Put the copy in the place of the database. Raises OSError, sqlite3.Error, CalledProcessError."""
    if connection.vendor == "sqlite":
        connection.close()
        connection.ensure_connection()
        copy = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        try:
            copy.backup(connection.connection)
        finally:
            copy.close()
            connection.close()
        return
    connection.close()
    every = postgres("pg_restore", "--list", str(database)).splitlines()
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as chosen:
        chosen.write("\n".join(line for line in every if not OF_THE_HOUSE.search(line)))
        chosen.flush()
        postgres(
            "pg_restore", "--no-owner", "--no-acl", "--clean", "--if-exists", "--exit-on-error", "--single-transaction",
            f"--use-list={chosen.name}", f"--dbname={connection.settings_dict['NAME']}", str(database),
        )  # fmt: skip


def put_documents(source: Path, manifest: dict[str, Any]) -> Iterator[str]:
    """Put the documents into the store, where they are not there already. Yield what is wrong with the backup's."""
    for name, _, sha256 in manifest["documents"]:
        kept = source / "documents" / name
        if not kept.exists():
            yield f"the backup has no file {name}"
            continue
        if sha_of(kept) != sha256:
            yield f"the backup’s file {name} is not as it was written"
        if not default_storage.exists(name):
            with kept.open("rb") as file:
                default_storage.save(name, File(file))


def erased_since(source: Path) -> dict[str, str]:
    """Every erasure that is known anywhere: in the backup, beside the backups, in this installation's own list."""
    return erasures.listed(source / "erasures.jsonl", source.parent / "erasures.jsonl", erasures.own_file())


def unsure_mail() -> Iterator[str]:
    """Mail that waited when the backup was made may have gone since: none of it goes by itself, and people settle it."""
    waiting = Message.objects.filter(state__in=(Message.State.WAITING, Message.State.SENDING)).order_by("pk")
    for panel in [*Panel.objects.order_by("slug"), None]:
        rows = list(waiting.filter(panel=panel))
        if not rows:
            continue
        with sealed_act(panel, by=None, name="restore_mail"):
            for row in rows:
                row.state, row.next_at = Message.State.UNSURE, None
                row.save()
        yield f"{panel.slug if panel else 'installation'}: {plural(len(rows), 'mail')} waited, and may have gone since."


def lawfully_gone(fault: str) -> bool:
    """Whether a row without a file, noted when the backup was made, is of a case that was erased while it was made."""
    name = fault.rpartition("(")[2].rstrip(")")
    return "its file is gone (" in fault and all(name != known for _, known, _ in files_of_rows())


def erase_what(what: str, on: str) -> bool:
    """Erase again the case, or the member's interest, that a line of the list names."""
    if what.startswith(erasures.INTEREST):
        return interests_kept.erase_again(what.removeprefix(erasures.INTEREST), on)
    return erase_again(what, on)
