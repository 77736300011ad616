"""One folding rule: whoever is looked for is found however the name, the address or the number is written; words of an erased
case are found no more and stand nowhere; who may not know who complained does not find out by searching."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.models import Complaint
from panel.access import rules
from panel.law import clock
from panel.law.folding import name_key, to_find
from panel.models import CaseText, User
from tests.build import log, make_world, take
from tests.panel.pages.page import Browser
from tests.shared import NOW


@pytest.fixture
def world(db):
    with clock.set_to(NOW):
        yield make_world()


@pytest.mark.postgres
def test_found_however_it_is_written(world):
    log(world, name="Seán O’Brien-Møller", email="sean@Example.org", phone="01632 960 077", title="Public meeting")
    log(world, name="Somebody Else", email="else@example.org", phone="01632 960099", title="Another")
    who = rules.standing(world.officer, world.panel)
    for words in (
        "O'Brien", "OBRIEN", "o’brien  sean", "O`Brien, Sean", "Mr Seán O'Brien", "brien moller", "SEAN@EXAMPLE.ORG",
        "(01632) 960077", "+44 1632 960 077", "01632960077", "960077", "public MEETING sean", "EX-C-2026-0001", "2026-0001",
    ):  # fmt: skip
        assert [c.serial for c in Complaint.objects.holding(words, who)] == [1], words
    for words in ("zebedee", "!!!", "01632 960 078"):
        assert not Complaint.objects.holding(words, who).exists(), words
    page = Browser(world.officer).get("/exshire/complaints/?q=Mr+O%27Brien&show=all")
    assert "EX-C-2026-0001" in page.text
    assert "EX-C-2026-0002" not in page.text


@pytest.mark.postgres
def test_a_correction_and_an_erasure_reach_the_words(world):
    case = log(world, name="Gillian Thorpe", title="About a bus lane")
    who = rules.standing(world.officer, world.panel)
    take(case, "correct", world.officer, title="About a bridge", why="Misread")
    assert not Complaint.objects.holding("lane", who).exists()
    assert Complaint.objects.holding("bridge thorpe", who).exists()
    CaseText.objects.update(public="", people="")
    call_command("rebuild_search", verbosity=0)
    assert Complaint.objects.holding("bridge thorpe", who).exists()
    CaseText.objects.all().delete()
    from panel.casework import search

    search.after_migrate()
    assert Complaint.objects.holding("bridge thorpe", who).exists()


def test_who_may_not_know_who_complained_does_not_find_out(world):
    log(world, name="Gillian Thorpe", title="About a bridge", words="I was told so")
    for user, people in ((world.officer, True), (world.member, False)):
        who = rules.standing(User.objects.get(pk=user.pk), world.panel)
        assert Complaint.objects.holding("thorpe", who).exists() == people
        assert Complaint.objects.holding("bridge", who).exists()
    assert "Thorpe".casefold() not in CaseText.objects.get().public


@pytest.mark.parametrize("one, other", [
    ("O’Brien", "O'BRIEN"), ("Thorpe, Mrs Gillian", "gillian thorpe"), ("Dr Zoë Marsh", "Zoe  Marsh"), ("Łukasz Øst", "lukasz ost"),
])  # fmt: skip
def test_two_ways_to_write_one_name(one, other):
    assert name_key(one) == name_key(other)
    assert sorted(to_find(one)) == sorted(to_find(other))


def test_the_words_stand_in_one_table_that_no_history_keeps(world):
    log(world, name="Gillian Thorpe")
    tables = connection.introspection.table_names()
    assert [t for t in tables if "casetext" in t] == ["panel_casetext"]


def test_made_anew_each_case_is_written_once_also_where_cases_share_people(world):
    for _ in range(3):
        log(world, name="Ann Ash", email="ann@example.org")
    table = CaseText._meta.db_table
    with CaptureQueriesContext(connection) as asked:
        call_command("rebuild_search")
    assert len([q for q in asked if q["sql"].startswith(f'UPDATE "{table}"')]) == 3
