"""Whether a duty's day is over is asked in one place: a clock that stands has not run out, on no page and in no file."""

import csv
import io
from datetime import date, datetime, timedelta

from panel.law import clock
from panel.models import Draft, Duty
from tests import build
from tests.panel.pages.cases import case_url, nothing_kept
from tests.panel.pages.page import Browser
from tests.steps import ON, at, fresh, open_duties, take, waive_all

STOPPED = date(2026, 11, 6)
TODAY = date(2026, 11, 18)


def stop(world, case, *kinds):
    """Stop the clocks of these duties on their own page."""
    chosen = [str(d.pk) for d in open_duties(case, *kinds)]
    page = Browser(world.officer).get(case_url(case, "stop_clock/"))
    page = page.submit("Stop the clock", duties=chosen, waiting_for="office_holder", why="He is ill.", on=STOPPED)
    assert page.banner == "Clock stopped."
    return fresh(case)


def listed(world, case, who="officer"):
    """(the row of the case in the list, its cells in the file by their column)."""
    browser = Browser(world.people[who])
    page = browser.get(f"/exshire/complaints/?q={case.reference}&show=all")
    row = page.main.all("tbody")[0].one("tr").text
    file = browser.client.get(f"/exshire/complaints/download.csv?q={case.reference}&show=all")
    (cells,) = csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig")))
    return row, cells


def test_a_duty_is_over_from_the_day_after_its_own_unless_its_clock_stands():
    duty = Duty(due=ON)
    assert [duty.is_over(ON + timedelta(days=n)) for n in (-1, 0, 1)] == [False, False, True]
    assert not Duty(due=ON, stopped_on=ON).is_over(TODAY)
    assert not Duty(due=None).is_over(TODAY)


# The law: what must not be decided while it stands


def test_no_outcome_is_recorded_while_the_time_for_comments_stands(world):
    case = at(world, "informal_resolution")
    invited = [str(d.pk) for d in open_duties(case, "invite_comments")]
    case = take(world, case, "give_notice", duties=invited, answer_by=date(2026, 11, 10))
    url = case_url(case, "record_outcome/")
    assert Browser(world.officer).get(url).status == 200  # the day is over, so both had the chance
    case = stop(world, case, "await_comments")
    page = Browser(world.officer).get(url)
    assert page.status == 409
    assert "Gillian Thorpe has not had the chance to comment." in page.text
    with nothing_kept(but=[Draft]):
        data = {"outcome": "explained", "record": "He explained it.", "on": TODAY}
        assert page.browser.send(url, data).status == 409
    page = Browser(world.officer).get(case_url(case, "restart_clock/"))
    page = page.submit(
        "Let it go on", duties=[str(d.pk) for d in open_duties(case, "await_comments")], why="He is well."
    )
    assert {d.due for d in open_duties(case, "await_comments")} == {date(2026, 11, 23)}  # twelve days later, a Monday
    assert Browser(world.officer).get(url).status == 409
    with clock.set_to(datetime(2026, 11, 24, 12, tzinfo=clock.LONDON)):
        assert Browser(world.officer).get(url).status == 200


def test_publication_is_not_decided_while_the_time_for_representations_stands(world):
    case = take(world, at(world, "outcome_recorded"), "invite_representations", by_when=date(2026, 11, 10))
    case = stop(world, case, "await_representations")
    page = Browser(world.chairman).get(case_url(case, "decide_publication/"))
    said = {
        "publish": "yes", "considered": True, "public_interest": True, "redacted": "It was explained.", "redacted_is": "agreed",
        "why": "It ended.",
    }  # fmt: skip
    with nothing_kept():
        refused = page.submit("Continue", **said, on=TODAY)
    assert refused.errors == {"publish": ["Gillian Thorpe may still answer: the clock is stopped"]}


# Late nowhere


def test_the_page_of_a_step_shows_no_days_late_while_the_clock_stands(world):
    case = at(world, "recorded")
    late = Browser(world.chairman).get(case_url(case, "filter/"))
    assert "16 November 2026, 2 days ago, the Panel’s own day" in late.text
    case = stop(world, case, "consider")
    page = Browser(world.chairman).get(case_url(case, "filter/"))
    assert "Clock stopped since 6 November 2026" in page.text
    assert "days late" not in page.text
    assert "days ago" not in page.text


def own_and_law(world):
    """A complaint whose decision is past the Panel's own day, and one whose referral is past the law's."""
    return at(world, "recorded"), take(world, at(world, "filtered"), "identify_serious")


def test_only_a_day_that_binds_is_late_in_red_on_every_page(world):
    own, law = own_and_law(world)
    with clock.set_to(datetime(2026, 11, 24, 12, tzinfo=clock.LONDON)):
        officer, chairman = Browser(world.officer), Browser(world.chairman)
        rows = officer.get("/exshire/").main.one(id="overdue").all("tr")
        said = {
            row.attrs.get("class", ""): row.text
            for row in rows
            if own.reference in row.text or law.reference in row.text
        }
        assert "days late" in said["app-table__late"]
        assert law.reference in said["app-table__late"]
        assert "days ago, the Panel’s own day" not in said["app-table__late"]
        for page in (officer.get(case_url(own)), chairman.get("/exshire/"), officer.get(case_url(own, "filter/"))):
            assert "days ago, the Panel’s own day" in page.text
            assert not page.main.all(cls="app-late")
        page = officer.get(case_url(law))
        assert page.main.all(cls="app-late")
        row, _ = listed(world, own)
        assert "gone by" in row
        assert "late" not in row
        row, _ = listed(world, law)
        assert ", late" in row


def test_the_count_of_overdue_is_red_only_where_the_law_is_broken(world):
    own = at(world, "recorded")
    for case in {d.case for d in Duty.objects.filter(closed_by=None).exclude(case=own)}:
        waive_all(world, case)
    with clock.set_to(datetime(2026, 11, 24, 12, tzinfo=clock.LONDON)):
        counts = {c["words"]: c for c in Browser(world.officer).client.get("/exshire/").context["counts"]}
        assert counts["overdue"]["number"]
        assert not counts["overdue"]["late"]


def test_taking_a_step_whose_clock_stands_asks_for_no_reason_and_counts_as_late_nowhere(world):
    case = stop(world, take(world, at(world, "received"), "give_notice"), "decide_recording")
    page = Browser(world.officer).get(case_url(case, "record/"))
    assert not {"late_reason", "late_why"} & set(page.offered())
    page.submit("Record the complaint", theme="statements", offence="no", on=TODAY)
    duty = case.duties.get(kind="decide_recording")
    assert (duty.closed_how, duty.late_reason, duty.due) == ("met", "", date(2026, 11, 10))
    page = Browser(world.officer).get("/exshire/complaints/report/?year=2026-27")
    assert "Decide whether to record" not in page.text


def test_a_day_that_is_today_is_not_due_today_while_its_clock_stands(world):
    case = build.log(world, on=date(2026, 11, 4), made_on=date(2026, 11, 3), title="Another matter")
    assert case.duties.get(kind="decide_recording").due == TODAY
    case = stop(world, case, "decide_recording")
    page = Browser(world.officer).get(case_url(case))
    assert "Clock stopped since 6 November 2026, due 18 November 2026 before that" in page.text
    assert "Today, 18 November 2026" not in page.text
    page = Browser(world.officer).get(case_url(case, "record/"))
    assert "Clock stopped since 6 November 2026" in page.text


def test_the_chairmans_home_page_says_that_the_clock_stands(world):
    case = stop(world, at(world, "recorded"), "consider")
    page = Browser(world.chairman).get("/exshire/")
    (shown,) = [e for e in page.main.all(cls="app-decision") if case.reference in e.text] or [page.main]
    assert "Its clock stands since 6 November 2026" in shown.text


# List and file


def test_list_and_file_agree_on_the_next_duty_where_none_has_a_day_that_runs(world):
    case = stop(world, take(world, at(world, "received"), "give_notice"), "decide_recording")
    case = take(world, case, "waive", by=world.mo, duties=[str(case.duties.get(kind="conclude").pk)])
    row, cells = listed(world, case)
    assert "Clock stopped Decide whether to record" in row
    assert (cells["Next due"], cells["Next duty"]) == (
        "", "Decide whether to record (clock stopped since 6 November 2026)",
    )  # fmt: skip


def test_list_and_file_agree_where_no_duty_has_a_day_at_all(world):
    case = waive_all(world, at(world, "outcome_recorded"))
    row, cells = listed(world, case)
    assert (cells["Next due"], cells["Next duty"]) == ("", "Close it, or ask both sides about publishing")
    assert "Close it, or ask both sides about publishing" in row
    case = waive_all(world, at(world, "recorded"))
    case = take(world, case, "identify_serious")
    case = waive_all(world, take(world, case, "refer_to_iopc"))
    row, cells = listed(world, case)
    assert cells["Next due"] == ""
    assert cells["Next duty"].lower() in row.lower()
