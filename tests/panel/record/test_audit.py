"""The journal: everything audited is written in an act and sealed; what is changed behind the application is found."""

import threading
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from complaints.models import Complaint
from panel.casework import perform
from panel.casework.errors import Stale
from panel.documents import store
from panel.law import clock
from panel.models import Case, CaseRole, Chain, Entry, Link, Member, Move, Panel, Part
from panel.record import act, heads
from panel.record.act import Unsealed, current, sealed_act
from panel.record.digests import history_models, text_of
from panel.record.verify import verify
from tests import build
from tests.steps import ON, RECEIVED, answers, at, fresh, notices, rows, statuses, take
from tests.written import nothing_written

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def world(db):
    """Exshire, without a complaint."""
    return build.make_world()


@pytest.fixture
def case(world):
    """A complaint before a sub-panel, with a document: rows in every table of the record."""
    return take(world, at(world, "sub_panel"), "add_documents")


def faults(panel=None):
    """What verification says."""
    return [str(fault) for fault in verify(panel)]


# An act


def test_an_act_is_one_link_that_seals_the_rows_it_wrote(world):
    before = Link.objects.filter(chain__panel=world.panel).count()
    case = build.log(world, on=RECEIVED)
    link = Link.objects.get(entry=case.entries.get())
    assert Link.objects.filter(chain__panel=world.panel).count() == before + 1
    assert (link.act, link.by, link.seq) == ("log", world.officer, before + 1)
    assert {label: len(part["digests"]) for label, part in link.rows.items()} == {
        "panel.HistoricalDuty": 4, "panel.Entry": 1, "panel.Move": 1, "panel.HistoricalComplainant": 1,
        "complaints.HistoricalComplaint": 2, "complaints.HistoricalSubject": 1, "complaints.HistoricalAllegation": 2,
    }  # fmt: skip


def test_a_link_holds_digests_and_no_content(world):
    case = build.log(world, on=RECEIVED)
    text = str(Link.objects.get(entry=case.entries.get()).rows)
    assert "Gillian" not in text
    assert "Larkford" not in text


def test_what_has_no_one_text_has_no_digest():
    with pytest.raises(TypeError, match="no digest of <class 'object'>"):
        text_of({"what": object()})


def test_links_of_one_panel_follow_each_other_and_those_of_another_are_apart(world):
    other = build.make_world("wessex", "WX", "Wessex")
    build.log(world, on=RECEIVED)
    build.log(other, on=RECEIVED)
    build.log(world, on=RECEIVED)
    for panel in (world.panel, other.panel):
        links = list(Link.objects.filter(chain__panel=panel).order_by("seq"))
        assert [link.seq for link in links] == list(range(1, len(links) + 1))
        assert [link.prev for link in links] == ["", *(link.seal for link in links[:-1])]
    assert set(Chain.objects.values_list("key", flat=True)) == {"installation", "exshire", "wessex"}


def test_history_names_person_moment_and_step_and_no_free_text(world):
    case = build.log(world, on=RECEIVED)
    take(world, case, "redirect", why="It is about a policy, she says")
    row = case.parts.get().allegation.history.first()
    entry = Entry.objects.get(step="redirect")
    assert (row.history_user, row.history_change_reason, row.history_date) == (
        world.officer,
        "redirect",
        entry.entered_at,
    )


def test_an_act_with_a_reason_has_an_entry_of_its_own(world):
    member = world.members[5]
    member.name = "Cllr New"
    with sealed_act(world.panel, by=world.admin, name="change_member", why="Married"):
        member.save()
    entry = Entry.objects.get(step="change_member")
    assert (entry.why, entry.by, entry.case, entry.link.act) == ("Married", world.admin, None, "change_member")
    assert faults() == []


def test_an_act_that_writes_nothing_leaves_no_link(world):
    with nothing_written(), sealed_act(world.panel, by=world.admin, name="look"):
        pass


def test_a_chain_that_has_no_link_yet_has_no_head(world):
    with sealed_act(None, by=None, name="set_up"):
        other = Panel.objects.create(
            slug="wessex", code="WX", name="Wessex Police and Crime Panel", police_area="Wessex"
        )
    with sealed_act(other, by=None, name="look"):
        pass
    assert Chain.objects.filter(key="wessex").exists()
    assert [h.chain for h in heads.heads()] == ["exshire", "installation"]
    assert heads.head(other) is None


def test_an_act_cannot_begin_inside_another(world):
    outer, inner = (sealed_act(world.panel, by=None, name=name) for name in ("outer", "inner"))
    with nothing_written(), pytest.raises(Unsealed), outer, inner:
        pass
    assert current.get() is None


def test_an_act_that_fails_leaves_nothing_and_the_next_one_works(world):
    member = world.members[5]

    def change_and_crash():
        with sealed_act(world.panel, by=world.admin, name="change_member", why="x"):
            member.name = "Never"
            member.save()
            raise Crash

    with nothing_written(), pytest.raises(Crash):
        change_and_crash()
    assert Member.objects.get(pk=member.pk).name != "Never"
    build.log(world, on=RECEIVED)
    assert faults() == []


# Outside an act


def live_rows(world):
    """One live row of each model that has a history."""
    for model in history_models():
        found = model.instance_type._base_manager.order_by("pk").last()
        if found is not None:
            yield found


def test_every_model_of_the_record_has_a_row_here_to_try(world, case):
    with_rows = {type(row).__name__ for row in live_rows(world)}
    assert {"Panel", "PanelSettings", "Membership", "Member", "OfficeHolder", "Complainant", "Complaint", "Allegation",
            "Subject", "CaseRole", "Duty", "Document", "Chairmanship", "Council"} <= with_rows  # fmt: skip


def test_nothing_audited_is_saved_or_deleted_outside_an_act(world, case):
    for row in live_rows(world):
        with nothing_written(), pytest.raises(Unsealed), transaction.atomic():
            row.save()
        with nothing_written(), pytest.raises((Unsealed, ProtectedError)), transaction.atomic():
            row.delete()
    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_not_even_where_no_transaction_would_undo_it():
    world = build.make_world()
    member, name = world.members[5], world.members[5].name
    member.name = "Changed in passing"
    with nothing_written(), pytest.raises(Unsealed):
        member.save()
    with nothing_written(), pytest.raises(Unsealed):
        world.members[9].delete()
    assert Member.objects.get(pk=member.pk).name == name
    assert faults() == []


def test_the_base_row_of_a_case_is_not_saved_past_its_register(world, case):
    for row in (Case.objects.get(pk=case.pk), Part.objects.filter(case=case).first()):
        with pytest.raises(Exception, match="save the register’s own row"), sealed_act(world.panel, by=None, name="x"):
            row.save()


# What verification finds: all that can be done to the record is in test_tampering.py


def test_an_untouched_record_verifies(world, case):
    assert faults() == []
    assert faults(world.panel) == []


def test_also_when_acts_were_entered_out_of_the_order_of_their_moments(world):
    case = build.log(world, on=RECEIVED)
    now = timezone.now()
    for moment in (now, now - timedelta(days=3), now - timedelta(days=2)):
        with clock.set_to(moment):
            case = take(world, case, "correct", on=RECEIVED)
    assert faults() == []


def test_a_declared_step_written_by_hand_is_let_in_by_the_database_and_found(world):
    case = build.log(world, on=RECEIVED)
    part = case.parts.get()
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO panel_entry (panel_id, case_id, number, step, "on", entered_at, decided_as, why, answers, salt) '
            "VALUES (%s, %s, 2, 'record', %s, %s, '', '', '{}', '')",
            [world.panel.pk, case.pk, ON, timezone.now()],
        )
    entry = Entry.objects.get(case=case, number=2)
    Move.objects.create(entry=entry, part=part, source="received", target="recorded")
    Part.objects.filter(pk=part.pk).update(status="recorded")
    Case.objects.filter(pk=case.pk).update(status="recorded", version=2)
    found = faults()
    assert f"panel.Entry {entry.pk}: was never sealed" in found
    assert [f for f in found if "complaints.Complaint" in f and "differs from its last history row" in f]


# A crash in the middle of a step

PLACES = {
    "at the beginning": (perform, "prepare"),
    "while its effect is made": ("step", "effect"),
    "when duties are closed": (perform, "close_duties"),
    "when duties are opened": (perform, "open_duties"),
    "when it is sealed": (act, "seal"),
    "when documents are stored": (store, "store_all"),
}


class Crash(Exception):
    """As if the power failed."""


@pytest.mark.parametrize("where", PLACES)
def test_a_crash_anywhere_leaves_nothing(world, where, monkeypatch):
    case = take(world, at(world, "recorded"), "filter")
    owner, name = PLACES[where]
    before = (fresh(case).version, statuses(case), rows())

    def crash(*args, **kwargs):
        raise Crash

    if owner == "step":
        import complaints.procedure.sub_panel

        step = case.register.procedure.step("appoint_sub_panel")
        assert step.effect is complaints.procedure.sub_panel.appoint_sub_panel
        monkeypatch.setattr(type(step), "effect", property(lambda self: crash), raising=False)
    else:
        monkeypatch.setattr(owner, name, crash)
    with pytest.raises(Crash), transaction.atomic():
        take(world, case, "appoint_sub_panel")
    monkeypatch.undo()
    assert (fresh(case).version, statuses(case), rows()) == before
    assert faults() == []
    assert take(world, case, "appoint_sub_panel").status == "sub_panel"


def test_a_crash_at_any_query_of_a_step_leaves_nothing(world):
    case = take(world, at(world, "recorded"), "filter")
    given = answers(world, case, "appoint_sub_panel", world.chairman)
    before, count = rows(), 0

    def one_by_one(at_query):
        seen = iter(range(10_000))

        def wrapper(execute, sql, params, many, context):
            if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")) and next(seen) == at_query:
                raise Crash
            return execute(sql, params, many, context)

        return wrapper

    while True:
        try:
            with connection.execute_wrapper(one_by_one(count)), transaction.atomic():
                perform.perform(case, "appoint_sub_panel", by=world.chairman, on=ON, **given)
                break
        except Crash:
            assert rows() == before
            count += 1
    assert count > 40
    assert statuses(case) == ["sub_panel"]
    assert faults() == []


# Two at once


def test_the_second_of_two_sees_what_the_first_did_and_nothing_is_written(world):
    case = at(world, "recorded")
    take(world, case, "filter", by=world.chairman)
    with nothing_written(), pytest.raises(Stale) as raised:
        perform.perform(
            case, "filter", by=world.officer, seen=case.version, on=ON, **answers(world, case, "filter", world.officer)
        )
    assert [e.step for e in raised.value.entries] == ["filter"]


WRITERS, EACH = 4, 6


@pytest.mark.django_db(transaction=True)
def test_four_writers_on_one_panel_lose_nothing(tmp_path):
    world = build.make_world()
    shared = build.log(world, on=RECEIVED)
    errors, done = [], []

    def write(n):
        try:
            for i in range(EACH):
                if i % 2:
                    perform.perform(shared, "note_contact", by=world.officer, on=ON, kind="note", note=f"{n} {i}")
                else:
                    build.log(world, on=RECEIVED, title=f"Writer {n}, {i}")
                done.append((n, i))
        except BaseException as error:  # whatever it is, the test has to see it
            errors.append(error)
        finally:
            connections.close_all()

    def check():
        try:
            done.append(list(verify()))
            done.append(
                [
                    list(Entry.objects.filter(case=shared).order_by("number").values_list("number", flat=True)),
                    sorted(Complaint.objects.values_list("serial", flat=True)),
                    list(Link.objects.filter(chain__panel=world.panel).order_by("seq").values_list("seq", flat=True)),
                ]
            )
        finally:
            connections.close_all()

    def run(*targets):
        threads = [threading.Thread(target=target, args=args) for target, *args in targets]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    with a_database_that_threads_can_share(tmp_path):
        links = Link.objects.filter(chain__panel=world.panel).count()
        run(*((write, n) for n in range(WRITERS)))
        run((check,))
    assert errors == []
    numbers, serials, seqs = done.pop()
    assert done.pop() == []
    assert len(done) == WRITERS * EACH
    assert numbers == list(range(1, 2 + WRITERS * EACH // 2))
    assert serials == list(range(1, 2 + WRITERS * EACH // 2))
    assert seqs == list(range(1, 1 + links + WRITERS * EACH))


@contextmanager
def a_database_that_threads_can_share(directory: Path):
    """PostgreSQL as it is; the tests' SQLite, which lives in memory, as a copy in a file for other threads."""
    if connection.vendor != "sqlite":
        yield
        return
    import sqlite3

    path = directory / "shared.sqlite3"
    with sqlite3.connect(path) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    before = connections.settings["default"]
    connections.settings["default"] = {**before, "NAME": str(path)}
    try:
        yield
    finally:
        connections.settings["default"] = before


def test_nobody_is_told_twice_that_somebody_sits(world, case):
    """The record's own constraints hold below the application too."""
    entry = case.entries.order_by("-number").first()
    with pytest.raises(IntegrityError), transaction.atomic(), sealed_act(world.panel, by=None, name="x"):
        CaseRole.objects.create(case=case, kind="sub_panel", from_entry=entry)
    duty = notices(case)[0]
    duty.closed_how = "met"
    with pytest.raises(IntegrityError), transaction.atomic(), sealed_act(world.panel, by=None, name="x"):
        duty.save()
