"""One form, one record: sent twice, one after the other or at once, on every page that makes something."""

import contextvars
import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from complaints.models import Complaint
from panel.law import clock
from panel.models import Case, Council, Entry, Member, Membership, OfficeHolder, Panel, PanelSettings, Submission, User
from panel.record import once
from panel.record.verify import verify
from tests.build import make_world
from tests.complaints.pages.test_log import TYPED
from tests.panel.pages.page import Browser, flat
from tests.panel.record.test_audit import a_database_that_threads_can_share
from tests.shared import NOW

TWICE = "You sent it twice, and it is kept once."
NOTE = {"kind": "note", "note": "She rang about the counter"}


@pytest.fixture(autouse=True)
def wednesday():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def world(db):
    return make_world()


def twice(page, button, **answers):
    """The page after pressing a button twice, and where the first press led."""
    first = page.submit(button, **answers)
    return first, page.submit(button, **answers)


def made():
    """How many there are of everything that people make."""
    models = (Case, Entry, Council, Member, OfficeHolder, Membership, User, PanelSettings, Panel)
    return [m.objects.count() for m in models]


@pytest.mark.postgres
def test_sent_twice_each_form_makes_one_and_both_answers_lead_to_it(world):
    officer, admin = Browser(world.officer), Browser(world.admin)
    typed = {**TYPED, "subjects": [str(world.pcc.pk)]}
    check = officer.get("/exshire/complaints/new/log/").submit("Continue", **typed)
    first, second = twice(check, "Log the complaint")
    assert Complaint.objects.filter(panel=world.panel).count() == 1
    case = Complaint.objects.get(panel=world.panel)
    assert first.url == second.url == f"/exshire/complaints/{case.reference}/"
    assert TWICE in second.banner
    again = check.browser.get(first.url)
    assert TWICE not in again.text

    first, second = twice(officer.get(f"{first.url}note_contact/"), "Save the note", **NOTE)
    assert case.entries.filter(step="note_contact").count() == 1
    assert TWICE in second.banner
    assert second.url == first.url

    for address, button, answers in [
        ("/exshire/people/councils/add/", "Add the council", {"name": "Larkford Borough Council"}),
        ("/exshire/users/invite/", "Give the role", {"email": "a@example.org", "name": "Ann Ash", "role": "member"}),
    ]:  # fmt: skip
        page = admin.get(address)
        before = made()
        first, second = twice(page, button, **answers)
        assert first.status == second.status == 200
        assert TWICE in second.banner, address
        assert second.url == first.url
        assert [b - a for a, b in zip(before, made(), strict=True)].count(0) < len(before), address
        after = made()
        page.submit(button, **answers)
        assert made() == after
    assert list(verify(world.panel)) == []


def test_a_text_that_was_changed_after_going_back_is_neither_taken_nor_lost(world):
    officer = Browser(world.officer)
    page = officer.get("/exshire/complaints/new/log/")
    check = page.submit("Continue", **{**TYPED, "subjects": [str(world.pcc.pk)]})
    case_page = check.submit("Log the complaint")
    note = officer.get(f"{case_page.url}note_contact/")
    note.submit("Save the note", **NOTE)
    later = note.submit("Save the note", **{**NOTE, "note": "She rang again"})
    assert "You have changed it since" in later.banner
    assert later.values()["note"].strip() == "She rang again"
    assert Entry.objects.filter(step="note_contact").count() == 1
    done = later.submit("Save the note")
    assert TWICE not in done.banner
    assert Entry.objects.filter(step="note_contact").count() == 2


def test_a_token_is_ours_and_for_one_person_and_no_other(world):
    officer, mo = Browser(world.officer), Browser(world.mo)
    page = officer.get("/exshire/complaints/new/log/")
    mine = page.values()[once.NAME][0]
    assert once.opened(mine)[0] == world.officer.pk
    assert once.opened(mine[:-1] + ("a" if mine[-1] != "a" else "b")) is None
    assert once.opened("") is None
    assert mo.get("/exshire/complaints/new/log/").values()[once.NAME] != [mine]


def test_what_is_long_past_is_forgotten(world):
    for days in (1, 31):
        Submission.objects.create(
            key=str(days), user=world.officer, digest="", at=timezone.now() - timedelta(days=days)
        )  # fmt: skip
    assert once.forget() == 1
    assert Submission.objects.get().key == "1"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_at_once_in_several_processes_one_record_is_made(tmp_path):
    """Each thread has a connection of its own, as a process has. They start at one moment."""
    world = make_world()

    def apart(*functions):
        """What they give, each in a thread of its own, begun together."""
        found, gate = [], threading.Barrier(len(functions))

        def one(function):
            try:
                gate.wait()
                found.append(function())
            finally:
                connections.close_all()

        threads = [threading.Thread(target=contextvars.copy_context().run, args=(one, f)) for f in functions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return found

    def both(user, ask):
        """Where two sendings of a form lead; `ask` opens its page and says what is sent."""

        def press():
            return Browser(user).client.post(url, data).headers.get("Location")

        [(url, data)] = apart(lambda: ask(Browser(user)))
        return apart(press, press)

    def complaint(browser):
        page = browser.get("/exshire/complaints/new/log/")
        check = page.submit("Continue", **{**TYPED, "subjects": [str(world.pcc.pk)]})
        return page.url, {**check.values(), "confirmed": "1"}

    def note(browser):
        page = browser.get("/exshire/complaints/EX-C-2026-0001/note_contact/")
        return page.url, page.filled(**NOTE)

    def council(browser):
        page = browser.get("/exshire/people/councils/add/")
        return page.url, flat(page.filled(name="Larkford Borough Council"))

    def counted():
        entries = list(Entry.objects.exclude(case=None).order_by("pk").values_list("step", flat=True))
        return entries, Council.objects.filter(name="Larkford Borough Council").count(), list(verify(world.panel))

    with a_database_that_threads_can_share(tmp_path):
        assert both(world.officer, complaint) == ["/exshire/complaints/EX-C-2026-0001/"] * 2
        assert both(world.officer, note) == ["/exshire/complaints/EX-C-2026-0001/"] * 2
        assert both(world.admin, council) == ["/exshire/people/"] * 2
        assert apart(counted) == [(["log", "note_contact"], 1, [])]
