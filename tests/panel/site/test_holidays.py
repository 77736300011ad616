"""A bank holiday that is announced later moves open clocks of every panel; the old day stays on record."""

from datetime import UTC, date, datetime

import pytest

from panel.casework import holidays
from panel.law import clock
from panel.law.bank_holidays import EXTRA_CLOSURES, not_working
from panel.models import BankHoliday, InstallationAdministrator
from panel.models.holidays import read_in
from panel.record.act import sealed_act
from panel.record.verify import verify
from tests import build
from tests.panel.pages.page import Browser
from tests.steps import open_duties, take

pytestmark = pytest.mark.django_db
HOME, ADD = "/installation/", "/installation/bank-holidays/add/"
FUNERAL = date(2026, 10, 29)  # a Thursday


@pytest.fixture
def world():
    with clock.set_to(datetime(2026, 10, 28, 12, tzinfo=UTC)):
        made = build.make_world()
        made.people["root"] = build.person("root@exshire.example", "Ruth Root")
        with sealed_act(None, by=None, name="give_installation_role"):
            InstallationAdministrator.objects.create(user=made.root, from_date=build.START)
        yield made
    EXTRA_CLOSURES.clear()


def test_open_clocks_move_and_the_old_day_stays(world):
    elsewhere = build.make_world("midshire", "MD", "Midshire")
    cases = [build.log(w) for w in (world, elsewhere)]
    before = {c.pk: open_duties(c, "acknowledge")[0].due for c in cases}
    assert set(before.values()) == {date(2026, 11, 3)}
    page = Browser(world.root).get(ADD)
    page = page.submit("Save the bank holiday", day=FUNERAL, name="State funeral", holds="yes")
    assert (
        page.banner == "Thursday 29 October 2026 is entered. 4 open days moved."
    )  # to acknowledge and to record, twice
    assert "Thursday 29 October 2026 State funeral Ruth Root" in " ".join(
        tr.text for tr in page.main.all("tr")
    ).replace("Name: ", "").replace("Entered by: ", "")
    for case in cases:
        (duty,) = open_duties(case, "acknowledge")
        assert (duty.due, duty.first_due) == (date(2026, 11, 4), date(2026, 11, 3))
        case.refresh_from_db()
        assert case.next_due == date(2026, 11, 4)
        assert case.entries.get(step="move_for_holiday").why == "Thursday 29 October 2026: State funeral"
    shown = Browser(world.officer).get(f"/exshire/complaints/{cases[0].reference}/")
    assert "At first by 3 November 2026; moved because a bank holiday was announced" in shown.text
    timeline = Browser(world.officer).get(f"/exshire/complaints/{cases[0].reference}/timeline/")
    assert "Days moved for a bank holiday" in timeline.text
    case = take(world, cases[0], "record", on=FUNERAL.replace(day=28))
    assert open_duties(case, "copy_of_record")[0].due == date(2026, 11, 3)  # three working days, without that one
    assert list(verify(world.panel)) == []


def test_what_is_refused_and_what_is_taken_back(world):
    case = build.log(world)
    root = Browser(world.root)
    christmas = root.get(ADD).submit("Save the bank holiday", day=date(2026, 12, 25), name="Christmas", holds="yes")
    assert christmas.errors == {
        "day": ["Friday 25 December 2026 is no working day already: bank holiday (Christmas Day)"]
    }
    never = root.get(ADD).submit("Save the bank holiday", day=FUNERAL, name="None", holds="no")
    assert never.errors == {"day": ["Thursday 29 October 2026 was not entered here as a bank holiday"]}
    root.get(ADD).submit("Save the bank holiday", day=FUNERAL, name="State funeral", holds="yes")
    root.get(ADD).submit("Save the bank holiday", day=FUNERAL, name="A mistake", holds="no")
    assert open_duties(case, "acknowledge")[0].due == date(2026, 11, 3)
    assert not_working(FUNERAL) is None
    assert Browser(world.admin).get(ADD).status == 404  # a panel's administrator enters none


def test_another_process_learns_of_it_with_its_next_page(world):
    with sealed_act(None, by=None, name="add_bank_holiday"):
        BankHoliday.objects.create(day=FUNERAL, name="State funeral")
    EXTRA_CLOSURES.clear()  # as in a process that has not read it
    read_in(0)
    assert not_working(FUNERAL) is None
    Browser(world.officer).get("/exshire/")
    assert not_working(FUNERAL) == "bank holiday (State funeral)"


def test_what_is_done_while_the_clocks_move_stays_done(world, monkeypatch):
    case = build.log(world)
    real = holidays.move_on

    def meanwhile(*args):
        """Somebody acknowledges it just before this case's turn."""
        take(world, case, "give_notice", on=date(2026, 10, 28), kinds=["acknowledge:complainant"], how="email",
             no_copy="In the mailbox")  # fmt: skip
        return real(*args)

    monkeypatch.setattr(holidays, "move_on", meanwhile)
    holidays.enter(FUNERAL, "State funeral", world.root)
    assert open_duties(case, "acknowledge") == []
    assert case.entries.filter(step="move_for_holiday").count() == 1  # for what is still to be done
    assert list(verify(world.panel)) == []


def test_a_failure_half_way_moves_no_clock_and_enters_no_day(world, monkeypatch):
    cases = [build.log(w) for w in (world, build.make_world("midshire", "MD", "Midshire"))]
    real = holidays.bring_up

    def fails(case, entry):
        if case.panel != world.panel:
            raise OSError("disk full")
        real(case, entry)

    monkeypatch.setattr(holidays, "bring_up", fails)
    with pytest.raises(OSError, match="disk full"):
        holidays.enter(FUNERAL, "State funeral", world.root)
    assert not BankHoliday.objects.exists()
    assert {open_duties(c, "acknowledge")[0].due for c in cases} == {date(2026, 11, 3)}
