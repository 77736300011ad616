"""The figures of the annual report: each rule by the steps that make it, the sum over random walks, and the record as
it was known on a day."""

import random
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection

from complaints.report.blocks import blocks
from complaints.report.figures import NoReport, annual_report
from complaints.report.shown import rest
from complaints.report.totals import PARTS, spread
from complaints.report.words import Words
from panel.casework.case_context import CaseContext
from panel.casework.errors import Invalid, Refused
from panel.casework.offers import offer
from panel.law import clock
from panel.models import PanelSettings
from panel.pages.timeline import answers_of
from panel.record import triggers
from panel.record.digests import erasable
from tests import build
from tests.steps import ON, RECEIVED, at, close, fresh, heard, last, seeds, take, walk, who_enters

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 4, 1), date(2027, 3, 31))
NEXT = (date(2027, 4, 1), date(2028, 3, 31))
KEYS = [
    "panel", "year", "period", "as_at", "received", "recorded", "not_recorded", "redirected", "referred_to_iopc",
    "filtered", "sub_panel", "full_panel", "informally_resolved", "withdrawn", "closed", "reopened", "conduct_matters",
    "carried_in", "carried_out", "by_office_holder", "by_theme", "days_to_filter", "days_to_close",
    "outcomes", "late", "in_time", "previous", "about_one_matter",
]  # fmt: skip


@pytest.fixture
def world():
    return build.make_world()


@pytest.fixture(autouse=True)
def _ready(world):
    world.ready = {}


def report(world, period=YEAR, as_at=None):
    return annual_report(world.panel, *period, as_at)


def balances(found) -> bool:
    n = found.number
    return n("carried_in") + n("received") + n("reopened") - found.ended == n("carried_out")


def test_nothing_is_a_nil_return_with_every_key(world):
    found = report(world)
    assert list(found.as_json()) == KEYS
    assert found.nil
    assert found.as_json()["period"] == {"from": "2026-04-01", "to": "2027-03-31"}
    assert found.as_json()["days_to_filter"] == {"median": None, "longest": None}


def test_legal_categories_are_shown_though_nothing_is_in_them(world):
    found = report(world).as_json()
    assert found["filtered"]["by_ground"] == dict.fromkeys("abcdef", 0)
    assert set(found["filtered"]["by_route"].values()) == {0}
    assert found["closed"]["by_ending"] == {"closed": 0, "withdrawn": 0, "not_recorded": 0, "redirected": 0}


@pytest.mark.parametrize(
    "state, counted",
    [
        ("received", {"received": 1, "recorded": 0, "carried_out": 1}),
        ("recorded", {"received": 1, "recorded": 1, "by_theme.statements": 1, "carried_out": 1}),
        ("not_recorded", {"recorded": 0, "not_recorded.by_ground.not_a_complaint": 1, "closed.by_ending.not_recorded": 1}),
        ("redirected", {"redirected": 1, "redirected.late": 0, "closed.by_ending.redirected": 1, "carried_out": 0}),
        ("withdrawn", {"withdrawn": 1, "not_recorded.by_ground.withdrawn": 1, "closed.by_ending.withdrawn": 1}),
        ("referred_to_iopc", {"referred_to_iopc": 1, "referred_to_iopc.pending": 1, "recorded": 1}),
        ("with_iopc", {"referred_to_iopc": 1, "referred_to_iopc.pending": 1}),
        ("filtered", {"filtered": 1, "filtered.by_route.informal_resolution": 1}),
        ("sub_panel", {"sub_panel": 1, "filtered.by_route.sub_panel_resolves": 1}),
        ("full_panel", {"full_panel": 1}),
        ("outcome_recorded", {"informally_resolved": 1, "outcomes.explained": 1, "carried_out": 1}),
        ("closed", {"closed": 1, "closed.by_ending.closed": 1, "carried_out": 0}),
        ("void", {"received": 0, "carried_out": 0, "closed": 0}),
    ],
)  # fmt: skip
def test_each_state_is_counted_where_it_belongs(world, state, counted):
    case = at(world, state)
    found = report(world)
    assert {key: found.number(key) for key in counted} == counted
    assert balances(found)
    assert all(ids == [case.pk] for ids in found.cases.values())


def test_a_disapplied_complaint_counts_its_ground(world):
    case = at(world, "recorded")
    from tests.steps import DISAPPLIED

    take(world, case, "filter", route="no_action", **DISAPPLIED)
    found = report(world).as_json()["filtered"]
    assert (found["total"], found["by_route"]["no_action"], found["by_ground"]["e"]) == (1, 1, 1)


def test_days_run_from_receipt(world):
    at(world, "filtered")
    at(world, "closed")
    found = report(world).as_json()
    days = (ON - RECEIVED).days
    assert found["days_to_filter"] == {"median": days, "longest": days}
    assert found["days_to_close"] == {"median": days, "longest": days}


def test_a_median_between_two_days_keeps_its_half():
    assert spread([3, 4]) == {"median": 3.5, "longest": 4}
    assert spread([4, 4]) == {"median": 4, "longest": 4}


def test_a_complaint_belongs_to_the_year_it_was_received_a_decision_to_its_own(world):
    with clock.set_to(clock.datetime(2026, 4, 20, 12, tzinfo=clock.LONDON)):
        case = build.log(world, on=date(2026, 3, 30), made_on=date(2026, 3, 28), allegations=[
            {"what": "Shouted", "happened_on": date(2026, 3, 1)}])  # fmt: skip
        take(world, fresh(case), "record", on=date(2026, 4, 2))
    before = report(world, (date(2025, 4, 1), date(2026, 3, 31)))
    after = report(world)
    assert [before.number(k) for k in ("received", "recorded", "carried_out")] == [1, 0, 1]
    assert [after.number(k) for k in ("carried_in", "received", "recorded", "carried_out")] == [1, 0, 1, 1]
    assert balances(before)
    assert balances(after)


def test_reopened_and_ended_again_in_one_year(world):
    case = at(world, "closed")
    case = take(world, case, "reopen", on=ON)
    found = report(world)
    assert [found.number(k) for k in ("received", "closed", "reopened", "carried_out")] == [1, 1, 1, 1]
    take(world, case, "withdraw", on=ON)
    found = report(world)
    assert [found.number(k) for k in ("received", "closed", "reopened", "carried_out")] == [1, 2, 1, 0]
    assert balances(found)


def test_part_of_a_complaint_ends_it_only_with_the_last(world):
    case = at(world, "recorded", allegations=2)
    case = take(world, case, "redirect", by=world.mo, parts=["1"])
    found = report(world)
    assert [found.number(k) for k in ("redirected", "redirected.late", "closed", "carried_out")] == [1, 1, 0, 1]
    take(world, case, "withdraw", parts=["2"])
    found = report(world)
    assert [found.number(k) for k in ("closed", "closed.by_ending.withdrawn", "carried_out")] == [1, 1, 0]


def test_about_both_is_neither_one_nor_the_other(world):
    build.log(world, on=RECEIVED)
    build.log(world, on=RECEIVED, about=("deputy",))
    build.log(world, on=RECEIVED, about=("pcc", "deputy"))
    assert report(world).as_json()["by_office_holder"] == {"commissioner": 1, "deputy": 1, "both": 1}


def test_small_themes_go_together_where_the_setting_says_so(world):
    for theme in ("statements", "statements", "statements", "interests"):
        take(world, fresh(build.log(world, on=RECEIVED)), "record", theme=theme)
    assert report(world).as_json()["by_theme"]["interests"] == 1
    from panel.record.act import sealed_act

    with sealed_act(world.panel, by=None, name="change_settings"):
        PanelSettings.objects.create(panel=world.panel, from_date=date(2026, 11, 1), merge_small_themes=True)
    assert report(world).as_json()["by_theme"] == {"statements": 3, "small": 1}


def test_what_was_done_late_is_counted_by_duty(world):
    with clock.set_to(clock.datetime(2027, 2, 1, 12, tzinfo=clock.LONDON)):
        case = at(world, "recorded")
        late = {"late_reason": "away", "late_why": "The Chairman was away."}
        case = take(world, case, "filter", on=date(2027, 1, 20), **late)
        found = report(world)
        assert {k: len(v) for k, v in found.cases.items() if k.startswith("late")} == {
            "late": 1, "late_own": 1, "late.consider": 1, "late_why.away": 1
        }  # fmt: skip
        assert ("Why: somebody was away or ill", 1) in [(row.label, row.number) for row in Words(found).late()]
        assert "Somebody was away or ill" in str(answers_of(CaseContext(case, world.officer), last(case)))
        take(world, case, "reverse", by=world.mo, on=clock.today())
        assert report(world).number("late_why.away") == 0
        assert not case.duties.exclude(late_reason="").exists()


# As the record stood


def test_duties_that_were_late_keep_the_order_of_reports_issued_before(world):
    found = report(world)
    for key in ("late", "late.record_outcome", "late.copy_of_record", "late.refer_to_iopc", "late.review_copy"):
        found.add(key, 1)
    assert [row.key for row in Words(found).late() if row.key] == [
        "late.refer_to_iopc",  # the day of the law; then those of the Panel's own
        "late.review_copy", "late.record_outcome", "late.copy_of_record",
    ]  # fmt: skip


def test_a_duty_that_is_declared_no_more_stays_in_a_report_that_counted_it(world):
    found = report(world)
    for key in ("late", "late.walk_the_bounds", "late.consider"):
        found.add(key, 1)
    rows = [(row.label, row.number, row.note) for row in Words(found).late()]
    assert rows[1][0] == "Decide how it is handled"
    assert rows[2:] == [("A duty that is no longer declared (walk_the_bounds)", 1, "")]


@pytest.mark.postgres
def test_as_at_is_unmoved_by_what_was_entered_later(world):
    case = at(world, "recorded")
    then = report(world, as_at=date(2026, 11, 18)).as_json()
    with clock.set_to(clock.datetime(2027, 6, 1, 12, tzinfo=clock.LONDON)):
        take(world, case, "filter", on=date(2026, 11, 10), late_why="Typed up late.", route="informal_resolution")
        build.log(world, on=date(2026, 11, 2))
        assert report(world, as_at=date(2026, 11, 18)).as_json() == then
        now = report(world)
        assert [now.number(k) for k in ("received", "filtered")] == [2, 1]


def test_as_at_is_unmoved_by_reversal_and_void(world):
    case = at(world, "filtered")
    other = at(world, "received")
    then = report(world, as_at=date(2026, 11, 18)).as_json()
    with clock.set_to(clock.datetime(2027, 1, 4, 12, tzinfo=clock.LONDON)):
        undone = take(world, case, "reverse", by=world.mo, on=date(2027, 1, 4))
        assert undone.status == "recorded"
        take(world, other, "void", on=date(2027, 1, 4))
        assert report(world, as_at=date(2026, 11, 18)).as_json() == then
        now = report(world)
        assert [now.number(k) for k in ("received", "filtered")] == [1, 0]
        assert balances(now)


def test_as_at_knows_the_day_of_receipt_as_it_then_was(world):
    with clock.set_to(clock.datetime(2026, 4, 8, 12, tzinfo=clock.LONDON)):
        case = build.log(world, on=date(2026, 4, 7), made_on=date(2026, 3, 20), allegations=[
            {"what": "Shouted", "happened_on": date(2026, 3, 1)}])  # fmt: skip
        then = report(world, as_at=date(2026, 4, 8)).as_json()
        assert then["received"] == 1
    take(world, fresh(case), "correct", received_on=date(2026, 3, 30), why="The stamp says 30 March.", on=ON)
    assert report(world, as_at=date(2026, 4, 8)).as_json() == then
    assert report(world).number("received") == 0
    assert report(world).number("carried_in") == 1
    assert balances(report(world))


@pytest.mark.postgres
def test_the_day_ends_at_midnight_in_london(world):
    with clock.set_to(clock.datetime(2026, 7, 1, 23, 30, tzinfo=clock.LONDON)):
        build.log(world, on=date(2026, 7, 1), made_on=date(2026, 6, 30), allegations=[
            {"what": "Shouted", "happened_on": date(2026, 6, 1)}])  # fmt: skip
    assert report(world, as_at=date(2026, 7, 1)).number("received") == 1
    with pytest.raises(NoReport, match="first complaint was entered on 1 July 2026"):
        report(world, as_at=date(2026, 6, 30))


@pytest.mark.parametrize(
    "period, as_at, words",
    [
        ((date(2026, 4, 1), date(2026, 3, 31)), None, "before it begins"),
        (YEAR, date(2030, 1, 1), "today or in the past"),
        (NEXT, None, "had not begun"),
    ],
)
def test_what_makes_no_sense_is_no_report(world, period, as_at, words):
    with pytest.raises(NoReport, match=words):
        report(world, period, as_at)


# The sum

WALKS = [
    "ask_for_information", "resume", "record", "redirect", "decline_to_record", "filter", "appoint_sub_panel",
    "refer_to_full_panel", "take_no_action", "resolve_informally", "record_outcome", "close", "identify_serious",
    "refer_to_iopc", "iopc_investigates", "iopc_refers_back", "withdraw", "add_allegation", "reverse", "reopen", "void",
    "give_notice", "note_comments", "iopc_discontinues", "iopc_concludes", "proceedings_end", "add_conduct", "refer_again",
    "iopc_treats_as_conduct_matter", "decide_publication", "correct",
]  # fmt: skip


def possible(world, case) -> list[str]:
    """The steps of a walk that somebody can take now."""
    found, looks = [], {}
    for key in WALKS:
        with suppress(IndexError):
            by = who_enters(world, case, key)
            look = looks[by.pk] = looks.get(by.pk) or CaseContext(case, by)
            if offer(look, look.procedure.step(key)).refusal is None:
                found.append(key)
    return found


def reconciles(found) -> None:
    """Every block adds up, each complaint is in exactly one of its lines, and what is in two is said."""
    for block in blocks(found):
        said = f"{found.period} as at {found.as_at}: {block.heading}"
        assert block.adds_up, (said, block.total, [(x.label, x.number) for x in block.lines], block.overlap_words)
        if not block.signs:
            assert set(block.total.cases) == {case for line in block.lines for case in line.cases}, said
            listed = [case for line in block.lines for case in line.cases]
            twice = any(listed.count(case) > block.total.cases.count(case) for case in listed)
            assert bool(block.overlap_words) == twice, said
        assert [line.number for line in block.lines] == [len(line.cases) for line in block.lines], said
    shown = rest(found, Words(found))  # as the page has them
    assert len({heading for heading, _ in shown}) == len(shown)
    overlaps = {block.heading: block.overlap for block in blocks(found) if not block.signs}
    for heading, rows in shown:
        if heading in overlaps:
            (_, total, *_), *parts = rows
            assert sum(n for _, n, *_ in parts) - overlaps[heading] == total, heading
    iopc = found.as_json()["referred_to_iopc"]
    away = ("returned", "retained", "withdrawn", "pending", "other")
    assert iopc["carried_in"] + iopc["total"] == sum(iopc[k] for k in away)
    late = found.as_json()["late"]
    assert (
        late["total"]
        == late["in_law"] + late["own"]
        == sum(late["by_duty"].values())
        == sum(late["by_reason"].values())
    )
    for kind, n in found.as_json()["in_time"].items():
        assert n["due"] == n["in_time"] + n["done_late"] + n["not_done"], kind
    matters = found.as_json()["conduct_matters"]
    assert (
        matters["carried_in"] + matters["received"] + matters["reopened"] - matters["ended"] == matters["carried_out"]
    )


def random_register(world, seed) -> None:
    """Complaints and a conduct matter with random steps on random days by whoever may, refused ones left out."""
    rnd = random.Random(seed)  # noqa: S311 - a test
    cases = [build.log(world, on=RECEIVED + timedelta(days=n), allegations=rnd.randint(1, 3)) for n in range(4)]
    cases.append(at(world, "conduct_matter"))
    taken = 0
    for n in range(60):
        with clock.set_to(clock.datetime(2026, 11, 18, 13, tzinfo=clock.LONDON) + timedelta(hours=n * 6)):
            case = fresh(rnd.choice(cases))
            key = rnd.choice(possible(world, case))
            on = case.received_on + timedelta(days=rnd.randint(0, 6) + n // 4)
            with suppress(Refused, Invalid, StopIteration):
                take(world, case, key, on=min(on, clock.today()), late_why="The post was late.")
                taken += 1
    assert taken > 15


@pytest.mark.parametrize("seed", seeds(1, deep=200))
def test_the_figures_add_up_whatever_happens(world, seed):
    """For any period and any day, of any register."""
    random_register(world, seed)
    with clock.set_to(clock.datetime(2026, 12, 10, 12, tzinfo=clock.LONDON)):
        for start in (date(2026, 4, 1), date(2026, 10, 29), date(2026, 11, 4)):
            for end in (date(2026, 10, 31), date(2026, 11, 8), date(2027, 3, 31)):
                for as_at in (date(2026, 11, 18), date(2026, 11, 25), date(2026, 12, 10)):
                    if start <= end:
                        found = annual_report(world.panel, start, end, as_at, previous=True)
                        assert balances(found), (start, end, as_at)
                        reconciles(found)
                        ends = found.parts("closed.by_ending")
                        assert sum(ends.values()) == found.ended
                        assert sum(found.parts("by_office_holder").values()) == found.number("received")
                        assert sum(found.parts("by_theme").values()) == found.number("recorded")


def test_every_part_is_declared(world):
    """A slug that no figure knows would be counted nowhere."""
    for state in ("closed", "redirected", "not_recorded", "withdrawn", "filtered"):
        at(world, state)
    for key in report(world).cases:
        for figure, slugs in PARTS.items():
            if key.startswith(f"{figure}."):
                assert key.removeprefix(f"{figure}.") in slugs


def test_erasure_changes_no_figure(world):
    """The report reads no column that erasure blanks, of no model (a whole erasure: tests/panel/test_erasure.py)."""
    walk(world, heard(world, at(world, "sub_panel")), [])
    close(world, take(world, heard(world, at(world, "informal_resolution")), "record_outcome"))
    then = report(world).as_json()
    triggers.drop(connection)
    for model in apps.get_models():
        if blank := {c: b for c, b in erasable(model).items() if c in {f.attname for f in model._meta.fields}}:
            model._base_manager.update(**blank)
    assert report(world).as_json() == then


def test_one_panel_is_not_another(world):
    other = build.make_world("midshire", "MD", "Midshire")
    other.ready = {}
    at(other, "closed")
    assert report(world).nil
    assert report(other).number("closed") == 1
