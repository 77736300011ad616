"""Uses an upgraded installation, in a process of its own whose environment names its database and documents:

    python -m tests.upgrade.use DIRECTORY     # of what was kept of it; prints what it found, as JSON

So the tests see it as whoever operates it does: by commands, addresses and the names of models, which stay when modules move.
"""

import io
import json
import sys
import tempfile
from pathlib import Path

import django
from django.utils import timezone


def command(*words) -> dict:
    """What the command says, and the code it ends with."""
    from django.core.management import CommandError, call_command

    out, code = io.StringIO(), 0
    try:
        call_command(*words, stdout=out, stderr=out)
    except CommandError as error:
        out.write(str(error))
        code = error.returncode
    except SystemExit as end:  # makemigrations --check
        code = end.code
    return {"code": code, "said": out.getvalue()}


def waiting(slug: str) -> list[int]:
    """The openings of that panel that no link seals yet."""
    from django.apps import apps

    rows = apps.get_model("panel", "Opening").objects.filter(panel__slug=slug, link=None)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def signed_in(email: str):
    """A browser in which that person is signed in."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(raise_request_exception=False, SERVER_NAME="localhost")  # a page that breaks is 500
    client.force_login(get_user_model().objects.get(email=email), "django.contrib.auth.backends.ModelBackend")
    return client


def opened(page: dict) -> dict:
    """The page's status, and whether it says what it said."""
    answer = signed_in(page["who"]).get(page["address"])
    return {"address": page["address"], "status": answer.status_code, "says": page["says"] in answer.content.decode()}


def tampered(slug: str, heads: Path) -> dict:
    """Which rows were changed behind the application, and what `verify_audit` says of it; then all is as before."""
    from django.apps import apps
    from django.db import connection, transaction

    opening, entry, link = (apps.get_model("panel", name) for name in ("Opening", "Entry", "Link"))
    complaint = apps.get_model("complaints", "HistoricalComplaint")
    changed = {  # the first that the old release has sealed
        opening: (opening.objects.filter(panel__slug=slug).exclude(link=None).earliest("pk"), "page", "'other'"),
        entry: (entry.objects.filter(panel__slug=slug).earliest("pk"), "on", "'2020-01-01'"),
        complaint: (complaint.objects.filter(panel__slug=slug).earliest("pk"), "words", "'Other words'"),
        link: (link.objects.filter(chain__key=slug).earliest("pk"), "act", "'other'"),
    }
    with transaction.atomic(), connection.cursor() as cursor, tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        for model, (row, column, value) in changed.items():
            table, key = model._meta.db_table, model._meta.pk.column
            if connection.vendor == "sqlite":
                cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
                for (name,) in cursor.fetchall():
                    cursor.execute(f'DROP TRIGGER "{name}"')
            else:
                cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            cursor.execute(f'UPDATE "{table}" SET "{column}" = {value} WHERE "{key}" = %s', [row.pk])
        last = heads.read_text(encoding="utf-8").splitlines()[-1]
        file.write(last[:-1] + ("0" if last[-1] != "0" else "1"))
        file.flush()
        found = command("verify_audit", f"--head={file.name}")
        transaction.set_rollback(True)
    number = changed[link][0].seq
    return {"rows": [f"{m._meta.label} {row.pk}" for m, (row, _, _) in changed.items() if m is not link],
            "link": f"{slug}, link {number}", **found}  # fmt: skip


def main(kept: Path, work: Path) -> dict:
    """Everything that the tests ask, in the order in which somebody would do it."""
    django.setup()
    told = json.loads((kept / "kept.json").read_text(encoding="utf-8"))
    heads, slug, act = kept / "heads.txt", told["panel"], told["act"]
    found = {
        "check": command("check", "--database=default", "--fail-level=WARNING"),
        "makemigrations": command("makemigrations", "--check", "--dry-run"),
        "waited": waiting(slug),
        "verified": command("verify_audit", f"--head={heads}"),
        "reports": {
            path.name: command(
                "annual_report", *path.stem.rsplit("-", 2)[:1], "-".join(path.stem.rsplit("-", 2)[1:]), "--format=json",
                f"--as-at={told['as_at']}",
            )
            for path in sorted((kept / "reports").iterdir())
        },
        "pages": [opened(page) for page in told["pages"]],
    }  # fmt: skip
    answers = {**act["answers"], "on": timezone.localdate().isoformat()}
    found["act"] = signed_in(act["who"]).post(act["address"], answers).status_code
    found["wait"] = waiting(slug)
    found["verified after"] = command("verify_audit", f"--head={heads}")
    found["export"] = command("export_audit", f"--panel={slug}", f"--output={work / 'export.jsonl'}")
    found["tampered"] = tampered(slug, heads)
    return found


if __name__ == "__main__":
    directory, out = map(Path, sys.argv[1:])
    print(json.dumps(main(directory, out)))
