"""Makes a backup while the server runs.

    path = backup(Path("/backup"), say=print)      # /backup/panel-20261130T141500Z/

In it: `database`, `documents/`, `heads.txt`, `erasures.jsonl` and `backup.json`, which says what belongs to it and with
which digests. All of it is of one moment: the database is copied as of a snapshot, and documents are never altered.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import FileField

from panel.models import Panel
from panel.models.journal import ERASED
from panel.record import erasures
from panel.record.act import seal_openings
from panel.record.heads import heads
from panel.record.verify import snapshot

FORMAT = 1
NAME = "panel-%Y%m%dT%H%M%SZ"
TOLD = (  # of the settings, nothing secret
    "ALLOWED_HOSTS", "PROXIES", "SESSION_IDLE", "DOCUMENT_MAX_SIZE", "OIDC_ISSUER", "EMAIL_HOST", "EMAIL_PORT",
    "DEFAULT_FROM_EMAIL",
)  # fmt: skip


class BackupFailed(Exception):
    """No backup was made, and why."""


def version() -> str:
    """The version of the program."""
    try:
        return metadata.version("panel-casework")
    except metadata.PackageNotFoundError:
        text = (Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8")
        return text.split('version = "', 1)[1].split('"', 1)[0]


def backup(into: Path, say: Callable[[str], Any] = lambda words: None, keep: int = 0) -> Path:
    """Make one in that folder. With `keep`, of the complete ones in it only so many newest stay. Raises BackupFailed."""
    os.umask(0o077)
    target = into / datetime.now(UTC).strftime(NAME)
    work = target.with_name(f"{target.name}.part")
    try:
        into.mkdir(parents=True, exist_ok=True)
        work.mkdir()
        before = complete(into)
        for panel in Panel.objects.order_by("slug"):
            seal_openings(panel)
        with snapshot():
            known = [str(head) for head in heads()]
            rows = list(files_of_rows())
            lines = [*erasures.in_database()]
            dump(work / "database")
        (work / "heads.txt").write_text("\n".join(known) + "\n", encoding="utf-8")
        documents, missing = copy_documents(rows, work / "documents", before[-1] if before else None)
        write_erasures(work / "erasures.jsonl", lines)
        write_erasures(into / "erasures.jsonl", lines)
        manifest = {
            "format": FORMAT, "made": datetime.now(UTC).isoformat(timespec="seconds"), "program": version(),
            "engine": connection.vendor, "heads": known, "migrations": migrations(),
            "database": described(work / "database"), "documents": documents, "missing": missing,
            "settings": {name: getattr(settings, name) for name in TOLD},
        }  # fmt: skip
        (work / "backup.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        sync(work)
        work.rename(target)
    except (OSError, sqlite3.Error, subprocess.CalledProcessError) as error:
        shutil.rmtree(work, ignore_errors=True)
        said = getattr(error, "stderr", "") or str(error)
        raise BackupFailed(f"No backup was made: {said.strip()}") from error
    say(
        f"{target}: {len(documents)} documents, {len(known)} heads, {described(target / 'database')['size']} bytes of database."
    )
    for name in missing:
        say(f"missing: {name}")
    for old in complete(into)[:-keep] if keep else []:
        shutil.rmtree(old)
        say(f"{old.name} removed: {keep} are kept.")
    return target


def complete(into: Path) -> list[Path]:
    """The complete backups in a folder, the oldest first."""
    return sorted(path.parent for path in into.glob("panel-*/backup.json") if not path.parent.name.endswith(".part"))


def files_of_rows() -> Iterator[tuple[str, str, str]]:
    """(what, name in the store, SHA-256 or "") of every stored file that a row names."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if not isinstance(field, FileField) or field.storage is not default_storage:
                continue
            columns = {f.name for f in model._meta.concrete_fields}
            rows = model._base_manager.exclude(**{field.name: ""}).order_by("pk")
            if {"name", "sha256"} <= columns:
                rows = rows.exclude(name=ERASED)
            digest = "sha256" if "sha256" in columns else "pk"
            for pk, name, sha256 in rows.values_list("pk", field.name, digest).iterator(chunk_size=500):
                yield f"{model._meta.label} {pk}", name, sha256 if digest == "sha256" else ""


def dump(to: Path) -> None:
    """Copy the database as of the snapshot that is open."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        copy = sqlite3.connect(to)
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.close()
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        name = cursor.fetchone()[0]
    postgres("pg_dump", "--format=custom", f"--snapshot={name}", f"--file={to}")


def postgres(program: str, *given: str) -> str:
    """Run a program of PostgreSQL on our database; what it prints. Raises CalledProcessError, OSError."""
    known = connection.settings_dict
    env = dict(os.environ)
    for name, key in (("PGHOST", "HOST"), ("PGPORT", "PORT"), ("PGUSER", "USER"), ("PGPASSWORD", "PASSWORD")):
        if known.get(key):
            env[name] = str(known[key])
    env["PGDATABASE"] = str(known["NAME"])
    return subprocess.run([program, *given], env=env, check=True, capture_output=True, text=True).stdout  # noqa: S603


def copy_documents(rows, to: Path, before: Path | None) -> tuple[list[list], list[str]]:
    """Copy the documents, those that the backup before has by a link to its file: they are never altered. What was copied,
    as [name, size, SHA-256], each file once, and which rows have no file, or another than they say."""
    found, missing, digests = [], [], {}
    for what, name, sha256 in rows:
        if name in digests:  # another row names the same file
            if sha256 and digests[name] != sha256:
                missing.append(f"{what}: the bytes of its file were changed ({name})")
            continue
        target, old = to / name, before / "documents" / name if before else None
        target.parent.mkdir(parents=True, exist_ok=True)
        if old is not None and old.exists() and sha256 and sha_of(old) == sha256:
            try:
                os.link(old, target)
            except OSError:  # another disk, or no links there
                shutil.copyfile(old, target)
            found.append([name, target.stat().st_size, sha256])
            digests[name] = sha256
            continue
        try:
            with default_storage.open(name) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file)
        except FileNotFoundError:
            target.unlink(missing_ok=True)
            missing.append(f"{what}: its file is gone ({name})")
            continue
        made = digests[name] = sha_of(target)
        if sha256 and made != sha256:
            missing.append(f"{what}: the bytes of its file were changed ({name})")
        found.append([name, target.stat().st_size, made])
    return found, missing


def write_erasures(path: Path, lines: list[str]) -> None:
    """Write the list of erasures: those of the database, of this installation’s own list, and what the file has already."""
    known = erasures.listed(path, erasures.own_file())
    for line in lines:
        row = json.loads(line)
        known[row["case"]] = row["on"]
    made = path.with_name(f"{path.name}.new")
    made.write_text("".join(json.dumps({"case": c, "on": on}) + "\n" for c, on in known.items()), encoding="utf-8")
    made.replace(path)


def migrations() -> dict[str, list[str]]:
    """{app: names of its migrations} that the database has."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def sha_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def described(path: Path) -> dict:
    """Size and SHA-256 of a file."""
    return {"size": path.stat().st_size, "sha256": sha_of(path)}


def sync(folder: Path) -> None:
    """Wait until all of it is on the disk."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
