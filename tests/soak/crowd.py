"""Many writers on one panel, each a process of its own: nothing is lost, and one chain is left."""

import os
import sys
import traceback

from django.db import OperationalError, connections

from complaints.models import Complaint
from panel.casework.perform import perform
from panel.models import Entry, Link, Member, OfficeHolder, Panel, User
from panel.record.verify import verify
from tests import build


def world_of(slug="exshire") -> build.World:
    """The panel that `build.make_world` made, found again in another process."""
    panel = Panel.objects.get(slug=slug)
    people = {u.email.partition("@")[0]: u for u in User.objects.filter(email__endswith=f"@{slug}.example")}
    for name, office in (("pcc", "commissioner"), ("deputy", "deputy")):
        people[name] = OfficeHolder.objects.filter(panel=panel, office=office).first()
    return build.World(panel, people, list(Member.objects.filter(panel=panel).order_by("pk")))


def forked(work, *args) -> int:
    """Do that in a process of its own with connections of its own; its number."""
    connections.close_all()
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        work(*args)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def ended(pid) -> int:
    """Wait for it; its exit code."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def checked(work, *args) -> None:
    """Do that in a process of its own. Raises AssertionError when it fails there: it has said how."""
    assert ended(forked(work, *args)) == 0, f"{work.__name__} failed"


def write(number: int, each: int, shared: str) -> None:
    """One writer: by turns a note on the case that all write to, with a document, and a complaint of its own."""
    world = world_of()
    case = Complaint.objects.select_related("panel").get(reference=shared)
    for n in range(each):
        if n % 2:
            patiently(build.log, world, title=f"Writer {number}, {n}")
        else:
            files = {"documents": [build.pdf(f"{number}-{n}.pdf")]} if n % 4 == 0 else None
            note = f"Writer {number}, {n}"
            patiently(perform, case, "note_contact", by=world.officer, files=files, kind="note", note=note)


def patiently(step, *args, **answers):
    """Take the step; again, as a person would, when SQLite kept it waiting for 20 seconds and then turned it away.
    Its waiting is not fair, and these writers pause for nobody. On PostgreSQL nobody is turned away."""
    while True:
        try:
            return step(*args, **answers)
        except OperationalError as error:
            if "database is locked" not in str(error):
                raise
            print("One step was turned away after 20 s, and taken again.")


def begin(found: list) -> None:
    """Make the case that all write to, and count what is there."""
    case = build.log(world_of(), title="Everybody writes here")
    links = Link.objects.filter(chain__panel=case.panel).count()
    with open(found[0], "w") as file:
        file.write(f"{case.reference} {links} {Complaint.objects.filter(panel=case.panel).count()}")


def whole(shared: str, links: int, cases: int, writers: int, each: int) -> None:
    """All that was written is there once, in one chain without a gap, and the record verifies."""
    notes, logs = writers * -(-each // 2), writers * (each // 2)
    case = Complaint.objects.get(reference=shared)
    numbers = list(Entry.objects.filter(case=case).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 2 + notes)), "a note was lost or doubled"
    said = {e.answers["note"] for e in Entry.objects.filter(case=case, step="note_contact")}
    assert said == {f"Writer {w}, {n}" for w in range(writers) for n in range(0, each, 2)}
    serials = sorted(Complaint.objects.filter(panel=case.panel).values_list("serial", flat=True))
    assert serials == list(range(1, 1 + cases + logs)), "a number was lost or given twice"
    seqs = list(Link.objects.filter(chain__panel=case.panel).order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, 1 + links + notes + logs)), "the chain has a gap or a fork"
    assert case.documents.count() == writers * -(-each // 4)
    assert [str(f) for f in verify()] == []


def crowd(writers: int, each: int, directory) -> None:
    """That many writers, that many steps each, all at once."""
    note = directory / "crowd.txt"
    checked(begin, [note])
    shared, links, cases = note.read_text().split()
    pids = [forked(write, number, each, shared) for number in range(writers)]
    codes = [ended(pid) for pid in pids]
    assert codes == [0] * writers, f"writers failed: {codes}"
    checked(whole, shared, int(links), int(cases), writers, each)
    print(f"{writers} writers took {each} steps each: none is lost, one chain, verified.")
