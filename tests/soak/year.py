"""A year of a panel: its complaints, hearings and meetings, step by step through the web server, with all that happens to it.

    python -m tests.soak --writers 0 --kills 0 --walks 0 --mails 0 --posts 0 --year 365

Every working day people sign in, log what came and take offered steps, all by HTTP. Every day `daily` runs, every Sunday
`backup`; twice a week the server is killed while a step is on its way. Once the record is lost and restored, once the
upgrade's commands run. At the end it verifies, the report tells what was done, nothing is lost and nothing is there twice.
"""

import os
import random
import signal
import socket
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction

from panel.casework.case_context import CaseContext
from panel.casework.offers import offers
from panel.law import clock
from panel.models import Case, Complainant, Entry, Message
from panel.pages.words import step_url
from panel.procedure.register import of_procedure
from panel.record.verify import verify
from tests import build
from tests.panel.pages.page import flat
from tests.soak.crowd import checked, ended, forked, world_of
from tests.soak.http import Visitor
from tests.soak.kills import application, serve
from tests.steps import ATTACHED
from tests.walking import SELDOM, WAYS

FIRST = date(2026, 5, 18)  # a Monday, in the municipal year that begins in May
IN_A_YEAR = {"complaints": 60, "hearings": 8, "meetings": 6}
PEOPLE = ("officer", "mo", "chairman")
STEPS_A_DAY = 6


class Year:
    """The driver: it knows what each answer of the server promised."""

    def __init__(self, days: int, directory: Path) -> None:
        self.days, self.directory = days, directory
        self.today, self.moment = FIRST, directory / "moment.txt"
        self.draw = random.Random(20)  # noqa: S311 - the same year each time
        self.made: Counter = Counter()
        self.counts: dict[int, int] = {}  # {case: its entries, as the answers of the server say}
        self.steps, self.told, self.killed = Counter(), Counter(), Counter()
        self.server, self.port = 0, 0

    # The server and its days

    def start(self) -> None:
        """A server of its own process, which reads from a file what time it is."""
        sock = socket.socket()
        sock.bind(("127.0.0.1", 0))
        sock.listen(64)
        self.port = sock.getsockname()[1]
        self.server = forked(serve, sock, None, self.moment)
        sock.close()

    def kill(self) -> None:
        """As a power cut does."""
        os.kill(self.server, signal.SIGKILL)
        assert ended(self.server) == -signal.SIGKILL, "the server ended by itself"

    def at(self, hour: int):
        """It is that hour, here and there."""
        now = datetime(self.today.year, self.today.month, self.today.day, hour, tzinfo=clock.LONDON)
        new = self.moment.with_suffix(".new")
        new.write_text(now.isoformat())
        new.replace(self.moment)
        return clock.set_to(now)

    def go(self) -> None:
        """All days of it."""
        checked(self.through)

    def through(self) -> None:
        """The same, in a process that may use the database."""
        application()
        with self.at(8):
            self.start()
        restored = upgraded = False
        for n in range(self.days):
            self.today = FIRST + timedelta(days=n)
            with self.at(6):
                self.command("daily")
            if self.today.weekday() < 5:
                with self.at(10):
                    self.work(n)
            if self.today.weekday() in (1, 3):
                with self.at(15):
                    self.cut_short()
            if self.today.weekday() == 6:
                with self.at(23):
                    self.command("backup", str(self.directory / "kept"))
                    if not restored and n >= self.days // 2 - 1:
                        restored = self.lost_and_restored()
                    elif not upgraded and n >= self.days * 3 // 4 - 1:
                        upgraded = self.upgraded()
        with self.at(17):
            self.whole()
        self.kill()
        assert restored, "the year was too short to lose anything"

    def command(self, *words: str, **more) -> str:
        """A command as a timer runs it, beside the server; what it said."""
        out = StringIO()
        call_command(*words, stdout=out, stderr=StringIO(), **more)
        return out.getvalue()

    def lost_and_restored(self) -> bool:
        """The installation is lost after the backup; it is brought back, and serves again."""
        self.kill()
        said = self.command("restore", str(self.directory / "kept"), "--replace")
        assert "Restored and verified" in said, said
        self.start()
        return True

    def upgraded(self) -> bool:
        """What docs/operating.md has typed at an upgrade, the server stopped."""
        self.kill()
        for words in (("migrate", "--verbosity=0"), ("mend_duties",)):
            self.command(*words)
        self.start()
        return True

    # What people do

    def visitors(self) -> dict[str, Visitor]:
        """Everybody signs in on the page for it."""
        self.world = world_of()
        found = {}
        for name in PEOPLE:
            found[name] = Visitor(self.port)
            found[name].sign_in(self.world.people[name].email, build.PASSWORD)
        return found

    def work(self, n: int) -> None:
        """A day's work: what came is logged, then steps are taken that are offered to whoever is there."""
        people = self.visitors()
        for register, number in IN_A_YEAR.items():
            while self.made[register] < max(1, number * (n + 1) // 365):
                self.begin(people["officer"], register)
        open_cases = list(Case.objects.filter(pk__in=self.counts).order_by("pk"))
        for _ in range(STEPS_A_DAY):
            self.one(people, self.draw.choice(open_cases))
        for visitor in people.values():
            assert visitor.get("/exshire/").status == 200

    def begin(self, officer: Visitor, register: str) -> None:
        """Log a complaint, a notice of an appointment, a meeting."""
        day, number = self.today, self.made[register] + 1
        if register == "complaints":
            given = {**build.LOG, "subjects": [str(self.world.people["pcc"].pk)], "what_1": f"Said so, {number}",
                     "happened_on_1": day - timedelta(days=3), "made_on": day - timedelta(days=1),
                     "title": f"Complaint number {number}", "name": f"Thorpe {number}"}  # fmt: skip
            given.pop("allegations")
            url = "/exshire/complaints/new/log/"
        elif register == "hearings":
            url = f"/exshire/hearings/new/notify/?under=schedule{8 if number % 3 == 0 else 1}"
            from tests.reading import ALL_FOUR

            given = {"post": "chief_constable" if number % 3 == 0 else "chief_executive", "candidate_1": f"Ann {number}",
                     "came": ALL_FOUR}  # fmt: skip
        else:
            from tests.meetings.build import PLAN

            url, given = "/exshire/meetings/new/plan_meeting/", {**PLAN, "at": f"{9 + number}:00"}
            given = {k: v + (day - date(2026, 11, 2)) if isinstance(v, date) else v for k, v in given.items()}
        before = set(Case.objects.values_list("pk", flat=True))
        page = officer.fill(url, flat({**given, "on": day}))
        (case,) = set(Case.objects.values_list("pk", flat=True)) - before or (None,)
        assert case, (url, page.status, page.errors)
        self.counts[case] = 1
        self.made[register] += 1

    def one(self, people: dict[str, Visitor], case: Case, kill: float | None = None) -> None:
        """One offered step, by whoever may take it; with `kill`, the server is gone so many seconds after it was sent."""
        case = of_procedure(case.procedure).case_model.objects.select_related("panel").get(pk=case.pk)
        name = self.draw.choice(PEOPLE)
        by = self.world.people[name]
        offered = [o.step for o in offers(CaseContext(case, by)) if o.refusal is None]
        offered = [s for s in offered if s.key not in SELDOM or kill is not None and s.key == "note_contact"]
        forward = [s for s in offered if s.moves]
        if not offered:
            return
        step = self.draw.choice(forward if forward and self.draw.random() < 0.6 else offered)
        given = {**WAYS[case.procedure][1](self.world, case, step.key, by), "late_why": "It was forgotten."}
        behind = self.today - WAYS[case.procedure][2]
        given = {k: v + behind if isinstance(v, date) else v for k, v in given.items()}
        if step.key in ATTACHED:
            given["documents"] = [build.pdf()]
        url, before = step_url(case, case.register, step.key), self.counts[case.pk]

        def cut() -> None:
            if kill is not None:
                threading.Timer(kill, os.kill, (self.server, signal.SIGKILL)).start()

        try:
            page = people[name].fill(url, flat({**given, "on": self.today}), as_it_is_sent=cut)
        except OSError:
            assert kill is not None, f"{url}: the server is gone"
            self.counts[case.pk] = Entry.objects.filter(case=case.pk).count()
            assert self.counts[case.pk] - before in (0, 1), f"{url} was taken {self.counts[case.pk] - before} times"
            self.killed["taken" if self.counts[case.pk] > before else "not there"] += 1
            return
        assert page.status in (200, 409, 422), (url, page.status)
        taken = page.taken and page.status == 200
        self.counts[case.pk] += taken
        self.steps[step.key] += taken
        self.told["taken" if taken else "refused"] += 1
        found = Entry.objects.filter(case=case.pk).count()
        assert found == self.counts[case.pk], f"{url}: {found} entries, {self.counts[case.pk]} were answered"

    def cut_short(self) -> None:
        """The server is killed while a step is on its way; another one serves, and finds no half of it."""
        people = self.visitors()
        case = self.draw.choice(list(Case.objects.filter(pk__in=self.counts).order_by("pk")))
        kill = self.draw.uniform(0.01, 0.5)
        self.one(people, case, kill=kill)
        time.sleep(kill)
        with suppress(ProcessLookupError):
            os.kill(self.server, signal.SIGKILL)  # where it was offered nothing, or answered before
        assert ended(self.server) == -signal.SIGKILL, "the server ended by itself"
        self.start()

    # What is there at the end

    def whole(self) -> None:
        """All of it, once."""
        assert [str(f) for f in verify()] == []
        for case in Case.objects.all():
            numbers = list(case.entries.order_by("number").values_list("number", flat=True))
            assert numbers == list(range(1, self.counts[case.pk] + 1)), f"{case.reference}: lost or twice"
        digests = Counter(
            (m.user_id, m.queued_at.astimezone(clock.LONDON).date()) for m in Message.objects.filter(kind="digest")
        )
        assert set(digests.values()) <= {1}, "somebody was reminded twice on one day"
        assert not Message.objects.exclude(state="accepted").exists(), "a mail is lost"
        officer = self.visitors()["officer"]
        page = officer.get(f"/exshire/complaints/report/?year={clock.municipal_year(self.today)}")
        assert page.status == 200
        said = self.command("annual_report", "exshire", clock.municipal_year(FIRST), "--format=json")
        assert self.made["complaints"] == Complainant.objects.filter(name__startswith="Thorpe ").count()
        assert f'"received": {self.made["complaints"]}' in said.replace('"value": ', ""), said[:600]
        print(f"A year of {self.days} days: {dict(self.made)}, {sum(self.counts.values())} entries, {dict(self.told)}, "
              f"{len(self.steps)} kinds of steps; killed {dict(self.killed)}. Verified, nothing lost, nothing twice.")  # fmt: skip


def year(days: int, directory: Path) -> None:
    """That many days. Raises AssertionError for what was found."""
    assert not transaction.get_connection().in_atomic_block
    connection.close()
    Year(days, directory).go()
