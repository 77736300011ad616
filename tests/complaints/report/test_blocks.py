"""Each figure of the report with its right value: what is in which line of which block, for complaints and conduct matters,
what was late and in time, by whom, about whom, published or not, and for the Commissioner's own publication."""

from datetime import date

import pytest

from complaints.report.blocks import Blocks, blocks
from complaints.report.cases_behind import said
from complaints.report.document import LINES, as_text, document
from complaints.report.figures import annual_report, run_of_years
from complaints.report.happened import what_happened
from complaints.report.lines import Block
from complaints.report.more import (
    NOT_SHOWN,
    anonymous_lines,
    by_office_holder,
    protected,
    same_person,
    side_by_side,
    specified,
    together,
)
from complaints.report.paper_tables import figures_table
from complaints.report.texts import default_texts
from complaints.report.totals import RESOLVED
from panel.law import clock
from panel.models import PanelSettings
from panel.record.act import sealed_act
from tests import build
from tests.complaints.report.test_annual_report import balances, reconciles
from tests.panel.pages.page import Browser
from tests.steps import DISAPPLIED, RECEIVED, at, close, conduct_matter, everybody_told, fresh, heard, take

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 4, 1), date(2027, 3, 31))
PUBLISHED = {"considered": True, "public_interest": True, "redacted": "The office holder explained it."}
LATER = clock.datetime(2027, 2, 1, 12, tzinfo=clock.LONDON)


def make():
    """A panel without a complaint."""
    found = build.make_world()
    found.ready = {}
    return found


def report(world, period=YEAR, as_at=None, **more):
    found = annual_report(world.panel, *period, as_at, **more)
    assert balances(found)
    reconciles(found)
    return found


def lines(block: Block) -> dict[str, int]:
    """The lines that are not nil."""
    return {line.label: line.number for line in block.lines if line.number}


# Each complaint once in every block


def test_a_complaint_that_went_two_ways_is_said_to(world):
    case = at(world, "recorded", allegations=2)
    case = take(world, case, "filter", parts=["1"], route="no_action", **DISAPPLIED)
    take(world, case, "filter", parts=["2"], route="informal_resolution")
    routes = Blocks(report(world)).routes()
    assert (routes.total.number, routes.comes_to, routes.overlap) == (1, 2, 1)
    assert routes.overlap_words == "(1 complaint went two ways)"
    assert routes.adds_up
    shown = Browser(world.officer).get("/exshire/complaints/report/?year=2026-27").text
    _, _, shown = shown.partition("Decided by the Chairman")
    assert "1 complaint went two ways. Paragraph 7, regulations 15 and 28" in shown
    assert "All decisions" not in shown


def test_a_block_that_lacks_one_does_not_add_up(world):
    """The test of every block can fail."""
    at(world, "recorded")
    block = Blocks(report(world)).received()
    assert not Block(block.key, "", block.total, block.lines[1:]).adds_up


@pytest.mark.parametrize(
    ("state", "line"),
    [
        ("received", "not decided yet"), ("awaiting_information", "not decided yet"), ("recorded", "recorded"),
        ("closed", "recorded"), ("not_recorded", "not recorded"), ("redirected", "redirected, not for this Panel"),
        ("withdrawn", "withdrawn before that was decided"), ("referred_to_iopc", "recorded"),
    ],
)  # fmt: skip
def test_what_became_of_those_received(world, state, line):
    at(world, state)
    assert lines(Blocks(report(world)).received()) == {line: 1}


def test_what_is_decided_in_the_next_year_is_not_decided_in_this_one(world):
    with clock.set_to(clock.datetime(2026, 4, 20, 12, tzinfo=clock.LONDON)):
        case = build.log(world, on=date(2026, 3, 30), made_on=date(2026, 3, 28), allegations=[
            {"what": "Shouted", "happened_on": date(2026, 3, 1)}])  # fmt: skip
        take(world, fresh(case), "record", on=date(2026, 4, 2))
        this, following = report(world, (date(2025, 4, 1), date(2026, 3, 31))), report(world)
        assert lines(Blocks(this).received()) == {"not decided yet": 1}
        assert lines(Blocks(following).received()) == {}
        assert (following.number("received"), following.number("recorded")) == (0, 1)


@pytest.mark.parametrize(
    "outcome", ["explained", "settled", "recommendations", "report", "already_dealt_with", "not_resolved"]
)
def test_informally_resolved_counts_what_it_says(world, outcome):
    take(world, heard(world, at(world, "informal_resolution")), "record_outcome", outcome=outcome)
    found = report(world)
    assert found.number("informally_resolved") == (outcome in RESOLVED)
    assert found.as_json()["outcomes"] == {**dict.fromkeys(found.as_json()["outcomes"], 0), "total": 1, outcome: 1}


@pytest.mark.parametrize(
    ("way", "line"),
    [
        ([], "still with it, or a court, at the end"),
        ([("iopc_investigates", {}), ("iopc_concludes", {})], "still with it, or a court, at the end"),
        ([("iopc_refers_back", {})], "came back to the Panel"),
        ([("iopc_investigates", {}), ("iopc_concludes", {"ended": "ceased"})], "kept to its end"),
        ([("iopc_investigates", {}), ("withdraw", {})], "withdrawn while the IOPC had it"),
    ],
)
def test_every_complaint_that_the_iopc_had_is_in_one_line(world, way, line):
    case = at(world, "referred_to_iopc")
    for key, over in way:
        case = take(world, case, key, **over)
    block = Blocks(report(world)).iopc()
    assert (block.total.label, block.total.number, lines(block)) == ("Referred to the IOPC", 1, {line: 1})


def test_what_the_iopc_had_before_is_in_the_sum(world):
    case = at(world, "referred_to_iopc")
    with clock.set_to(LATER):
        take(world, case, "iopc_refers_back", on=date(2027, 1, 10))
        found = report(world, (date(2027, 1, 1), date(2027, 1, 31)))
    block = Blocks(found).iopc()
    assert (block.total.label, block.total.number) == ("With the IOPC in the period", 1)
    assert block.total.note == "1 with it before, 0 referred in the period"
    assert found.as_json()["referred_to_iopc"]["carried_in"] == 1


@pytest.mark.parametrize(
    ("state", "line"),
    [("closed", "resolved informally"), ("withdrawn", "withdrawn"), ("redirected", "redirected, not for this Panel")],
)
def test_how_complaints_ended(world, state, line):
    at(world, state)
    assert lines(Blocks(report(world)).ended()) == {line: 1}


def test_two_results_of_one_complaint_are_said(world):
    case = at(world, "recorded", allegations=2)
    case = take(world, case, "filter", parts=["1"], route="no_action", **DISAPPLIED)
    take(world, everybody_told(world, case), "close", parts=["1"])
    take(world, fresh(case), "withdraw", parts=["2"])
    block = Blocks(report(world)).ended()
    assert lines(block) == {"no action taken (regulation 15)": 1}
    assert block.note == "1 complaint ended in two ways, and is counted under the first"


# Conduct matters


def test_a_year_with_a_conduct_matter_alone_is_no_nil_year(world):
    case = conduct_matter(world)
    found = report(world)
    assert (found.nil, found.no_complaints, found.no_conduct_matters) == (False, True, False)
    assert found.as_json()["conduct_matters"]["received"] == 1
    assert found.cases["conduct_matters.received"] == [case.pk]
    assert found.number("received") == 0


def test_conduct_matters_are_a_line_of_their_own(world):
    case = take(world, conduct_matter(world), "refer_to_iopc")
    take(world, case, "iopc_refers_back")
    take(world, conduct_matter(world), "refer_to_iopc")
    found = report(world)
    assert found.as_json()["conduct_matters"] == {
        "received": 2, "ended": 0, "reopened": 0, "carried_in": 0, "carried_out": 2, "referred": 2, "returned": 1,
        "retained": 0, "pending": 1, "of_withdrawn_complaints": 0,
    }  # fmt: skip
    assert found.as_json()["referred_to_iopc"]["total"] == 0
    following = annual_report(world.panel, date(2026, 11, 10), date(2027, 3, 31))
    assert following.as_json()["conduct_matters"]["carried_in"] == 2
    assert balances(found)


def test_a_conduct_matter_has_its_whole_line_in_the_paper(world):
    matter = take(world, conduct_matter(world), "refer_to_iopc")
    assert what_happened(report(world)).split("\n\n") == [
        "From 1 April 2026 to 18 November 2026 the Panel received **no complaints** about the conduct of the Police and Crime "
        "Commissioner for Exshire or the Deputy.",
        "No complaint was referred to the Independent Office for Police Conduct (IOPC). One conduct matter was recorded. One was "
        "referred to the IOPC. One was in hand at the end.",
        "**No complaint ended.** **None was in hand** on 18 November 2026.",
    ]  # fmt: skip
    take(world, matter, "iopc_refers_back")
    assert "One came back from the IOPC." in what_happened(report(world))
    rows = figures_table(report(world, (date(2026, 11, 10), date(2027, 3, 31))))
    found = {line.label: line.cells for line in rows if line.label.startswith("Conduct")}
    assert found == {"Conduct matters in hand at the end": ("1",)}


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        (["withdrawn"], "**One complaint ended**: it was withdrawn."),
        (["withdrawn", "withdrawn"], "**Two complaints ended**: both were withdrawn."),
        (["not_recorded"], "**One complaint ended**: it was not recorded."),
        (["not_recorded", "not_recorded"], "**Two complaints ended**: neither was recorded."),
        (["withdrawn", "redirected"], "**Two complaints ended**: one was withdrawn and one was sent on."),
    ],
)
def test_how_they_ended_is_said_in_a_sentence(world, states, sentence):
    for state in states:
        at(world, state)
    assert sentence in what_happened(report(world))


def test_a_withdrawn_complaint_that_the_iopc_goes_on_with_is_named_and_counted_once(world):
    case = take(world, at(world, "with_iopc"), "withdraw")
    take(world, case, "iopc_treats_as_conduct_matter")
    found = report(world)
    assert found.as_json()["conduct_matters"]["of_withdrawn_complaints"] == 1
    assert (found.number("received"), found.number("conduct_matters.received"), found.number("reopened")) == (1, 0, 1)


def test_complaints_and_conduct_matters_together(world):
    at(world, "recorded")
    conduct_matter(world)
    _, rows = together(report(world))
    assert ("Received, or recorded as a conduct matter", 1, 1, 2) in rows
    assert ("Still open at the end", 1, 1, 2) in rows


# Late, and in time


def test_late_counts_things_so_that_kinds_and_reasons_add_up(world):
    with clock.set_to(LATER):
        case = at(world, "recorded", allegations=2)
        late = {"late_reason": "away", "late_why": "The Chairman was away."}
        take(world, case, "filter", on=date(2027, 1, 20), **late)
        found = report(world)
    assert found.as_json()["late"] == {
        "total": 2, "in_law": 0, "own": 2, "by_duty": {"consider": 2}, "by_reason": {"away": 2}
    }  # fmt: skip


def test_the_days_of_the_law_are_told_from_the_panels_own(world):
    case = take(world, at(world, "recorded"), "identify_serious")
    with clock.set_to(LATER):
        take(
            world, case, "refer_to_iopc", on=date(2027, 1, 20), late_reason="overlooked", late_why="It was overlooked."
        )
        found = report(world)
    assert (found.number("late_in_law"), found.number("late_in_law") + found.number("late_own")) == (
        1,
        found.number("late"),
    )
    assert found.as_json()["in_time"]["refer_to_iopc"] == {"due": 1, "in_time": 0, "done_late": 1, "not_done": 0}
    first = Blocks(found).in_time()[0]
    assert (first.key, first.law, first.words) == ("refer_to_iopc", True, "0 of 1")


def test_in_time_of_how_many_that_fell_due(world):
    take(world, at(world, "recorded"), "filter")
    at(world, "recorded")
    at(world, "withdrawn")  # what lapsed before its day was not due
    then = report(world).as_json()["in_time"]
    assert then["consider"] == {"due": 2, "in_time": 1, "done_late": 0, "not_done": 1}
    assert "conclude" not in then  # eight weeks from receipt are not over
    with clock.set_to(LATER):
        now = report(world).as_json()["in_time"]
        assert now["conclude"] == {"due": 2, "in_time": 0, "done_late": 0, "not_done": 2}
        assert report(world, as_at=date(2026, 11, 18)).as_json()["in_time"] == then


def test_what_a_conduct_matter_owes_is_counted_too(world):
    take(world, conduct_matter(world), "refer_to_iopc")
    assert report(world).as_json()["in_time"]["refer_to_iopc"]["in_time"] == 1


# Years


def test_the_year_before_stands_beside(world):
    with clock.set_to(clock.datetime(2025, 11, 18, 12, tzinfo=clock.LONDON)):
        build.log(world, on=date(2025, 11, 3), made_on=date(2025, 11, 2), allegations=[{"what": "Shouted"}])
    at(world, "recorded")
    found = report(world, previous=True)
    assert found.previous.year == "2025-26"
    assert found.as_json()["previous"]["received"] == 1
    total = Blocks(found).received().total
    assert (total.number, total.before) == (1, 1)
    assert report(world).as_json()["previous"] is None
    assert all(block.adds_up for block in blocks(found.previous))


def test_years_in_a_row_show_nil_years_and_a_total(world):
    with clock.set_to(clock.datetime(2024, 11, 18, 12, tzinfo=clock.LONDON)):
        build.log(world, on=date(2024, 11, 4), made_on=date(2024, 11, 2), allegations=[{"what": "Shouted"}])
    at(world, "recorded")
    head, rows = side_by_side(run_of_years(world.panel, "2024-25", "2026-27"))
    assert head == ("Figure", "2024-25", "2025-26", "2026-27", "Together")
    assert ("Received", 1, 0, 1, 2) in rows
    assert ("Open at the start", 0, 1, 1, 0) in rows
    assert ("Still open at the end", 1, 1, 2, 2) in rows


# By whom, about whom


def test_by_office_holder_and_term(world):
    build.log(world, on=RECEIVED, about=("pcc", "deputy"))
    close(world, take(world, heard(world, at(world, "informal_resolution")), "record_outcome"))
    head, rows = by_office_holder(report(world))
    assert head[1].startswith("Mr Ashcombe, Commissioner, from ")
    assert head[2] == "Ms Calloway, Deputy Commissioner, from 1 July 2024"
    found = {row[0]: row[1:] for row in rows}
    assert (found["Received"], found["Ended"], found["Resolved informally"]) == ((2, 1), (1, 0), (1, 0))


def test_who_decided_under_delegated_power(world):
    case = at(world, "full_panel")  # recorded by the officer, filtered by the Chairman
    take(world, case, "take_no_action", decided_as="panel", **DISAPPLIED)
    with sealed_act(world.panel, by=None, name="set_up"):
        chairman = world.panel.memberships.get(role="chairman")
        chairman.away_from = RECEIVED
        chairman.save()
    take(
        world,
        at(world, "recorded"),
        "filter",
        by=world.officer,
        decided_as="chairman",
        decider=str(world.members[1].pk),
    )
    block = Blocks(report(world)).decided_by()
    assert lines(block) == {
        "the Chairman": 1, "the Vice-Chairman": 1, "the full Panel, not delegated": 1, "an officer": 2
    }  # fmt: skip
    assert block.note == "Chairman of Exshire 1, Vice of Exshire 1"


@pytest.mark.parametrize(
    ("publish", "line"), [("yes", "published"), ("no", "not published"), (None, "not decided yet")]
)
def test_whether_outcomes_are_published(world, publish, line):
    case = take(world, heard(world, at(world, "informal_resolution")), "record_outcome")
    if publish:
        case = take(world, case, "invite_representations")
        for side in ("complainant", f"office_holder:{world.pcc.pk}"):
            case = take(world, case, "note_representations", side=side)
        take(world, case, "decide_publication", publish=publish, **(PUBLISHED if publish == "yes" else {}))
    assert lines(Blocks(report(world)).published()) == {line: 1}


def test_complaints_by_the_same_person(world):
    for name, email in (("Ann Lee", "ann@example.org"), ("A. Lee", "ann@example.org"), ("Bo Roe", "bo@example.org")):
        build.log(world, on=RECEIVED, name=name, email=email)
    _, rows = same_person(report(world))
    assert dict(rows) == {
        "People who complained once": 1, "People who complained more than once": 1, "Their complaints": 2,
        "The most by one person": 2, "Complaints without a name, or erased": 0,
    }  # fmt: skip


def test_what_the_commissioner_publishes_is_neither_received_nor_recorded(world):
    at(world, "recorded")  # nobody brought it to anybody's attention for being referred or resolved
    take(world, at(world, "referred_to_iopc"), "give_notice")
    take(world, at(world, "informal_resolution"), "give_notice")
    head, (row,) = specified(report(world))
    assert head[1:] == ("Complaints", "Conduct matters", "Total", "Referred", "Being informally resolved")
    assert row[1:] == (2, 0, 2, 1, 1)
    before = report(world, (date(2026, 4, 1), date(2026, 11, 1)))
    assert before.number(f"specified.{world.pcc.pk}.complaints") == 0


# Lines


def test_a_line_for_each_complaint_tells_nothing_that_fewer_than_three_share(world):
    for _ in range(3):
        at(world, "recorded")
    at(world, "withdrawn")
    _, rows = anonymous_lines(report(world))
    assert len(rows) == 4
    assert {row[0] for row in rows} == {"2026, October"}
    assert all("Withdrawn" not in row for row in rows)
    assert LINES not in str(document(report(world), default_texts(report(world))).blocks)
    with sealed_act(world.panel, by=None, name="set_up"):
        PanelSettings.objects.create(panel=world.panel, from_date=date(2026, 11, 1), case_lines=True)
    found = report(world)
    assert "1. 2026, October; " in as_text(document(found, default_texts(found))).partition(LINES)[2]


def test_fewer_than_three_complaints_have_no_lines(world):
    at(world, "recorded")
    at(world, "withdrawn")
    assert anonymous_lines(report(world))[1] == []


def test_what_could_be_told_by_counting_is_left_out_too():
    assert protected(["a"] * 3) == ["a"] * 3
    assert protected([*"aaaa", *"bbb", "c"]) == [*"aaaa", *[NOT_SHOWN] * 4]
    assert protected([*"aaa", "b"]) == [NOT_SHOWN] * 4


# What a figure opens


def test_every_line_opens_its_cases(world):
    at(world, "closed")
    conduct_matter(world)
    found = report(world)
    for block in blocks(found):
        for line in block.lines:
            if line.number and not line.key.startswith("month"):
                assert set(said(found, line.key)[1]) == set(line.cases), line.key
    assert said(found, "nonsense") is None


def test_a_setting_entered_later_changes_nothing_before(world):
    at(world, "recorded")
    then = report(world, as_at=date(2026, 11, 18)).as_json()
    with clock.set_to(LATER), sealed_act(world.panel, by=None, name="set_up"):
        world.pcc.short_name = "Sir Daniel"
        world.pcc.save()
    with clock.set_to(LATER):
        assert report(world, as_at=date(2026, 11, 18)).as_json() == then
        assert "Sir Daniel" in str(by_office_holder(report(world)))
