"""Keeps a release's database, so that every later version can show that it upgrades it: run once, when it is released.

    python -m tests.upgrade.keep v0.2        # in a checkout of that release; writes tests/upgrade/v0.2/, to be committed

It fills a fresh SQLite database and a fresh PostgreSQL (`.ci/postgres.sh`), each in a process of its own: with the
demonstration, and with what the demonstration lacks (`fill`). All of it is entered by the application itself, at set moments:
steps by `manage.py replay`, everything else on its pages. What is kept of each database, in a folder of its own:

    database.xz      the SQLite file, or pg_dump's SQL with tables, rows, functions and triggers
    documents.zip    what lies under DATA_DIR/documents
    heads.txt        the heads of the record, as `chain_head` printed them on three days
    export.jsonl.xz  `export_audit` of Exshire
    reports/         `annual_report --format json` of each year, as at AS_AT
    kept.json        which pages the test opens, as whom, and what they say
"""

import argparse
import json
import lzma
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ENGINES = ("sqlite", "postgresql")
PANEL = "exshire"
AS_AT = "2026-11-20"
YEARS = ((PANEL, "2024-25"), (PANEL, "2025-26"), (PANEL, "2026-27"), ("west-mercia", "2022-23"))
OFFICER, MONITORING_OFFICER, ADMINISTRATOR, AUDITOR, LEAVER = (
    f"{name}@exshire.example" for name in ("priya.nair", "helen.farrow", "lena.brook", "tom.whitlow", "ivor.pell")
)


def paper(name, words="Made up for a test."):
    """A small PDF, as a script gives it."""
    return [{"name": f"{name}.pdf", "pdf": words}]


def complaint(name, title, **more):
    """The first step of a script."""
    return {
        "step": "log", "on": "2026-11-19", "typed": "2026-11-19 10:00", "channel": "email", "made_on": "2026-11-18",
        "who": "named", "name": name, "email": f"{name.split()[-1].lower()}@example.org", "complainant_kind": "public",
        "subjects": ["Daniel Ashcombe"], "title": title, "words": f"I complain: {title.lower()}.",
        "allegations": [{"what": title, "happened_on": "2026-11-12"}], **more,
    }  # fmt: skip


def step(key, at, **answers):
    """A step taken on 19 November."""
    return {"step": key, "on": "2026-11-19", "typed": f"2026-11-19 {at}", **answers}


def typed_up(key, on, **answers):
    """A step of the hearing, typed up on 19 November."""
    return {"step": key, "on": on, "typed": "2026-11-19 14:00", **answers}


ROOM = ["Cllr Margaret Holt", "Cllr Owen Pask", "Cllr Amina Sesay", "Cllr Dilys Marsh", "Cllr Peter Ashdown"]
# Cases that the demonstration lacks.
SCRIPT = {
    "panel": PANEL, "by": OFFICER, "as_of": "2026-11-19",
    "cases": [
        {
            "ref": "erased", "note": "Withdrawn, and erased at once, with two documents, as the person asked for it.",
            "steps": [
                complaint("Edith Farnaby", "Parked across a gateway", phone="01632 960111", address="1 Weir Lane, Larkford"),
                step("note_contact", "10:10", kind="call", note="She rang.", documents=paper("note-of-a-call")),
                step("withdraw", "10:20", wish="withdrawn", signed_by="complainant", came_through="direct",
                     documents=paper("withdrawal", "I withdraw it.\n\nEdith Farnaby")),
                step("give_notice", "10:30", kinds=["confirm_withdrawal"], how="email", no_copy="In the mailbox"),
                step("propose_erasure", "10:40", ground="asked", why="Asked for by the person."),
                step("erase", "10:50", by=MONITORING_OFFICER, sure=True, why="Nobody needs it."),
            ],
        },
        {
            "ref": "taken-back", "note": "Recorded, taken back, recorded again; a target's clock stands; on hold.",
            "steps": [
                complaint("Norman Petty", "Spoke over a resident"),
                step("record", "11:10", theme="behaviour_public", offence="no"),
                step("reverse", "11:20", by=MONITORING_OFFICER, entry="record", why="Recorded under the wrong theme."),
                step("record", "11:30", theme="statements", offence="no"),
                step("add_documents", "11:40", description="The webcast’s notes", documents=paper("notes")),
                step("stop_clock", "11:50", kinds=["consider"], waiting_for="body", why="The council has the webcast."),
                step("hold", "12:00", by=MONITORING_OFFICER, need="inquiry", why="An audit.", review_on="2027-05-19"),
            ],
        },
        {
            "ref": "restricted", "note": "Restricted to two people.",
            "steps": [
                complaint("Olive Tranter", "A remark at a school"),
                step("restrict", "12:20", by=MONITORING_OFFICER, named=["Helen Farrow", "Priya Nair"], why="A child is named."),
            ],
        },
        {
            "ref": "hearing", "procedure": "schedule1", "note": "Heard, voted on by name, reported.",
            "steps": [
                typed_up("notify", "2026-11-09", post="chief_executive", candidate_1="Maud Ferris",
                         came=["name", "criteria", "reasons", "terms"]),
                typed_up("begin_review", "2026-11-10"),
                typed_up("arrange_hearing", "2026-11-10", meeting_on="2026-11-18", at="10am", place="County Hall, Exbridge",
                         remote="no"),
                typed_up("give_notice", "2026-11-10", kinds=["invite"], how="email", no_copy="In the mailbox"),
                typed_up("publish_agenda", "2026-11-10", where="The council’s website"),
                typed_up("hold_hearing", "2026-11-18", chair=ROOM[0], quorate="yes", in_public="yes", candidate_came="yes",
                         exempt="carried", exempt_paragraph="1", in_room=ROOM, online=[], apologies=[],
                         answers_1="Asked how she had led a change, she described closing two counters."),
                typed_up("record_recommendation", "2026-11-18", recommendation="appoint", taken="named", voted_for=ROOM[:4],
                         voted_against=ROOM[4:], evidence="Minute 6", why="She met every criterion."),
                typed_up("send_report", "2026-11-19", how="email"),
            ],
        },
    ],
}  # fmt: skip


# Both databases, one after the other --------------------------------------------------------------------------------


def main():
    """Fill both, and put what is kept into its place, whole or not at all."""
    parser = argparse.ArgumentParser(description="Keeps a release's database for the test that upgrades it.")
    parser.add_argument("release", help="its name, such as v0.2")
    parser.add_argument("--fill", metavar="DIRECTORY", help=argparse.SUPPRESS)  # the process of one database
    asked = parser.parse_args()
    if asked.fill:
        return fill(asked.release, Path(asked.fill))
    place = HERE / asked.release
    if place.exists():
        parser.error(f"{place.relative_to(ROOT)} is there already: what was kept is never made anew")
    with tempfile.TemporaryDirectory() as work:
        for engine in ENGINES:
            made = Path(work, asked.release, engine)
            made.mkdir(parents=True)
            unwanted = ("DATABASE_URL", "SECRET_KEY", "DEBUG", "DEMO")
            env = {k: v for k, v in os.environ.items() if k not in unwanted}
            env |= {
                "PANEL_TESTING": "1", "DJANGO_SETTINGS_MODULE": "panel.settings", "DATA_DIR": str(Path(work, engine)),
            }  # fmt: skip
            command = [sys.executable, "-m", "tests.upgrade.keep", asked.release, "--fill", str(made)]
            if engine == "postgresql":
                command.insert(0, str(ROOT / ".ci" / "postgres.sh"))
            Path(work, engine).mkdir()
            subprocess.run(command, check=True, cwd=ROOT, env=env)
        shutil.copytree(Path(work, asked.release), place)
    for file in sorted(p for p in place.rglob("*") if p.is_file()):
        print(f"{file.stat().st_size:>9,}  {file.relative_to(ROOT)}")
    return 0


# One of them --------------------------------------------------------------------------------------------------------


def fill(release: str, out: Path) -> int:
    """Fill the database of the environment, and write what is kept of it."""
    import django

    django.setup()
    from django.contrib.sessions.models import Session
    from django.core.management import call_command

    from panel.law import clock
    from panel.models import User

    def at(text):
        return clock.set_to(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/London")))

    def command(*words) -> str:
        with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
            call_command(*words, stdout=file)
            file.seek(0)
            return file.read()

    heads = []
    command("migrate", "--verbosity=0")
    with at("2026-11-18 17:00"):
        command("demo")
    with at("2026-11-18 18:00"):
        heads.append(command("chain_head"))
    with at("2026-11-19 09:00"):
        people = {who: Browser(who) for who in (OFFICER, MONITORING_OFFICER, ADMINISTRATOR, AUDITOR)}
        Browser(AUDITOR, "wrong")
    with at("2026-11-19 16:00"):
        cases = steps(command, people)
        heads.append(command("chain_head"))  # seals what was opened so far
    with at("2026-11-19 17:00"):
        pages = by_pages(people, cases)
    with at("2026-11-20 09:00"):
        read(people, cases, pages)
        people[MONITORING_OFFICER].post("/accounts/logout/")
        heads.append(command("chain_head"))
    with at("2026-11-20 10:00"):
        people[AUDITOR].get(f"{cases['taken-back']}history/")
        people[OFFICER].get(cases["taken-back"])
        people[OFFICER].get(f"/{PANEL}/complaints/download.csv")
        for user in User.objects.all():  # nobody signs in to what is kept
            user.set_unusable_password()
            user.save()
        Session.objects.all().delete()
        (out / "reports").mkdir()
        for panel, year in YEARS:
            where = out / "reports" / f"{panel}-{year}.json"
            command("annual_report", panel, year, "--format=json", f"--as-at={AS_AT}", f"--output={where}")
        command("export_audit", f"--panel={PANEL}", f"--output={out / 'export.jsonl'}")
    (out / "heads.txt").write_text("".join(heads), encoding="utf-8")
    (out / "kept.json").write_text(
        json.dumps(
            {
                "release": release, "panel": PANEL, "as_at": AS_AT, "waiting": 3, "pages": pages,
                "act": {
                    "who": OFFICER, "address": f"{cases['taken-back']}note_contact/",
                    "answers": {"kind": "call", "note": "He rang after the upgrade."},
                },
            }, indent=2, ensure_ascii=False,
        ) + "\n",
        encoding="utf-8",
    )  # fmt: skip
    command("verify_audit", f"--head={out / 'heads.txt'}")  # raises an error if it does not verify
    keep_database(out)
    keep_documents(out)
    packed(out / "export.jsonl")
    return 0


class Browser:
    """Somebody who has signed in on the page for it, with the demonstration's password."""

    def __init__(self, email, password=None):
        from django.conf import settings
        from django.test import Client

        self.client = Client(SERVER_NAME="localhost")
        answer = self.client.post("/accounts/login/", {"login": email, "password": password or settings.DEMO_PASSWORD})
        assert answer.status_code == (200 if password else 302), (email, answer.status_code)

    def get(self, address) -> str:
        """What a page or a file says."""
        answer = self.client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200, (address, answer.status_code)
        return content.decode("utf-8", "replace")

    def post(self, address, **answers) -> str:
        """Send a form; where it leads."""
        answer = self.client.post(address, answers)
        assert answer.status_code == 302, (address, answer.status_code, answer.content.decode())
        return answer["Location"]


def steps(command, people) -> dict[str, str]:
    """Read some pages, then take the script's steps; {a case's name in the script: its address}."""
    from django.apps import apps

    known = apps.get_model("panel", "Case").objects.order_by("pk")
    waits, last = known.get(duties__kind="confirm_erasure", duties__closed_by=None), known.last()
    people[OFFICER].get(waits.get_absolute_url())
    people[MONITORING_OFFICER].get(f"{waits.get_absolute_url()}documents/")
    over = {
        "reference": waits.reference, "note": "Its time is over.",
        "steps": [step("erase", "13:00", by=MONITORING_OFFICER, sure=True, why="Kept as long as the settings say.")],
    }  # fmt: skip
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump({**SCRIPT, "cases": [*SCRIPT["cases"], over]}, file)
        file.flush()
        print(command("replay", file.name), end="")
    new = zip([c["ref"] for c in SCRIPT["cases"]], known.filter(pk__gt=last.pk), strict=True)
    return {name: case.get_absolute_url() for name, case in [("time-over", waits), *new]}


def by_pages(people, cases) -> list[dict]:
    """What is done on pages: a report is issued, another one's text written, an account closed, drafts kept. What the
    test shall open."""
    from django.apps import apps

    officer, administrator = people[OFFICER], people[ADMINISTRATOR]
    report = f"/{PANEL}/complaints/report/"
    for year in ("2025-26", "2026-27"):
        officer.post(
            f"{report}?year={year}", recommendation="That the Panel note the report.", shows=f"Written about {year}.",
            background="How the Panel deals with complaints.", contact="Priya Nair, 01632 960100", papers="None.", version="",
        )  # fmt: skip
    seen = re.search(r'name="seen" value="([^"]*)"', officer.get(f"{report}issue/?year=2025-26"))[1]
    issued = officer.post(f"{report}issue/?year=2025-26", seen=seen)
    administrator.post(
        f"/{PANEL}/users/invite/", email=LEAVER, name="Ivor Pell", role="auditor", from_date_day="19",
        from_date_month="11", from_date_year="2026", from_date="2026-11-19",
    )  # fmt: skip
    role = apps.get_model("panel", "Membership").objects.get(user__email=LEAVER)
    administrator.post(f"/{PANEL}/users/{role.pk}/account/", why="He has left the council.")
    on_case = f"{cases['taken-back']}note_contact/"
    officer.post(on_case, later="1", kind="call", note="Half a draft about a call.", seen="1")
    new = f"/{PANEL}/complaints/new/log/"
    officer.post(new, later="1", title="A draft of a new complaint", words="Not yet entered.")
    case = cases["taken-back"]
    return [
        {"who": who, "address": address, "says": says}
        for who, address, says in (
            (OFFICER, case, "Spoke over a resident"),
            (OFFICER, f"{case}history/", "Recorded under the wrong theme."),
            (OFFICER, f"{case}timeline/", ""),
            (OFFICER, f"{case}documents/", "notes.pdf"),
            (OFFICER, on_case, "Half a draft about a call."),
            (OFFICER, new, "A draft of a new complaint"),
            (OFFICER, cases["restricted"], "A remark at a school"),
            (OFFICER, f"{report}?year=2026-27", "Written about 2026-27."),
            (OFFICER, issued, "Written about 2025-26."),
            (OFFICER, f"/{PANEL}/", ""),
            (OFFICER, cases["hearing"], "Maud Ferris"),
            (MONITORING_OFFICER, cases["erased"], "Erased"),
            (MONITORING_OFFICER, f"{cases['time-over']}history/", "Kept as long as the settings say."),
            (MONITORING_OFFICER, f"{case}seen/", "Priya Nair"),
            (MONITORING_OFFICER, f"/{PANEL}/history/", "He has left the council."),
            (AUDITOR, f"/{PANEL}/history/openings/", "Priya Nair"),
            (ADMINISTRATOR, f"/{PANEL}/users/sign-ins/", "Tom Whitlow"),
        )
    ]  # fmt: skip


def read(people, cases, pages):
    """Somebody opens pages of every kind; those of the test say now what they must say for ever."""
    for page in pages:
        assert page["says"] in people[page["who"]].get(page["address"]), page
    people[OFFICER].get(f"{cases['taken-back']}package.zip")
    documents = people[OFFICER].get(f"{cases['taken-back']}documents/")
    people[OFFICER].get(re.search(r'href="([^"]*/documents/[-0-9a-f]{36}/)"', documents)[1])
    people[AUDITOR].get(cases["erased"])
    people[AUDITOR].get(f"/{PANEL}/complaints/report/?year=2026-27")
    people[OFFICER].get(f"/{PANEL}/complaints/download.csv?q=gateway")


# Files --------------------------------------------------------------------------------------------------------------


def packed(path: Path) -> None:
    """The file, with xz."""
    path.with_name(f"{path.name}.xz").write_bytes(lzma.compress(path.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
    path.unlink()


def keep_database(out: Path) -> None:
    """The SQLite file, written anew without what was removed; or what pg_dump says, so that psycopg can read it."""
    from django.db import connection

    settings = dict(connection.settings_dict)
    connection.close()
    if connection.vendor == "sqlite":
        source = sqlite3.connect(settings["NAME"])
        source.execute("VACUUM INTO ?", [str(out / "database")])
        source.close()
    else:
        found = subprocess.run(
            ["pg_dump", "--no-owner", "--no-privileges", "--rows-per-insert=200", "--dbname", os.environ["DATABASE_URL"]],
            check=True, capture_output=True,
        )  # fmt: skip
        # Newer versions begin and end with a command of psql's own.
        (out / "database").write_bytes(re.sub(rb"(?m)^\\(un)?restrict .*\n", b"", found.stdout))
    packed(out / "database")


def keep_documents(out: Path) -> None:
    """Every stored file, under its name in the store; no day of this machine."""
    from django.conf import settings

    root = Path(settings.MEDIA_ROOT)
    with zipfile.ZipFile(out / "documents.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(p for p in root.rglob("*") if p.is_file()):
            archive.writestr(zipfile.ZipInfo(str(path.relative_to(root))), path.read_bytes(), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    raise SystemExit(main())
