"""One matter, many complaints: they join and leave with reasons; a step is taken once for all of them or for none; an
interest reaches all of the matter; what somebody may not see stays hidden in a group, too."""

import contextlib
import io
import json
from datetime import date

import pytest
from django.core.management import call_command

from complaints.report.blocks import Blocks
from complaints.report.figures import annual_report
from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.law import clock
from panel.models import CaseGroup, CaseRole, Entry, GroupMember, Link, Membership
from panel.record.act import sealed_act
from panel.subject_access.find import PersonSearch
from tests import build
from tests.panel.pages.page import Browser
from tests.steps import RECEIVED, errors, fresh, refusal, take, waive_all

NAMES = ("Nadia Osei", "Walter Finch", "Hana Petrov")
TITLE = "Post about the Larkford march"
TODAY = date(2026, 11, 18)


def logged(world, *names, **over):
    """A complaint of each of these people."""
    return [
        fresh(build.log(world, on=RECEIVED, name=name, title=f"Post, says {n}", **over)) for n, name in enumerate(names)
    ]


def joined(world, *cases, title=TITLE):
    """These complaints as a group."""
    first = take(world, cases[0], "join_group", group="new", title=title, why="The same post")
    found = first.groupings.get(to_entry=None).group
    for case in cases[1:]:
        take(world, case, "join_group", group=str(found.pk), why="The same post")
    return found


@pytest.fixture
def three(world):
    """Three complaints about one matter, and their group."""
    cases = logged(world, *NAMES)
    return cases, joined(world, *cases)


def versions(*cases):
    return "-".join(f"{c.pk}.{fresh(c).version}" for c in cases)


def verified():
    out = io.StringIO()
    with contextlib.suppress(SystemExit):
        call_command("verify_audit", "--format", "json", stdout=out)
    return json.loads(out.getvalue())["faults"]


def test_complaints_join_and_leave_with_their_reasons(world):
    first, second, third = logged(world, *NAMES)
    officer = Browser(world.officer)
    page = officer.get(first.step_url("join_group")).submit(
        "Let it join", group="new", title=TITLE, why="All about one post."
    )
    assert "Joined a group" in page.banner
    group = CaseGroup.objects.get()
    assert (group.number, group.title) == ("2026-1", TITLE)
    page = officer.get(first.get_absolute_url()).follow("Group of 1")
    assert page.h1 == TITLE
    assert "1 complaint, 1 matter" in page.text
    page = page.follow("Let more of them join")
    picked = [str(second.pk), str(third.pk)]
    page = page.submit("Let them join", cases=picked, why="The same post again.")
    assert page.banner == "2 complaints joined Group 2026-1."
    assert "3 complaints, 1 matter" in page.text
    page = officer.get(third.step_url("leave_group")).submit("Let it leave", why="It is about another post.")
    page = officer.get(group.get_absolute_url())
    assert "2 complaints, 1 matter" in page.text
    assert "It is about another post." in page.text
    assert "Left the group (1)" in page.text
    history = officer.get(f"{third.get_absolute_url()}history/").text
    assert history.count("Group 2026-1") >= 2
    assert [m.to_entry_id is None for m in GroupMember.objects.order_by("pk")] == [True, True, False]
    # as a filter of the list, and in its file
    page = officer.get(f"/exshire/complaints/?group={group.pk}&show=all")
    listed = page.text
    assert page.follow(f"Group 2026-1, {TITLE}").h1 == TITLE
    assert first.reference in listed
    assert second.reference in listed
    assert third.reference not in listed
    assert verified() == []


def test_bad_input_leaves_nothing_behind(world, three):
    (first, *_), group = three
    (alone,) = logged(world, "Ruth Vale")
    elsewhere = build.make_world("midshire", "MD", "Midshire")
    (theirs,) = logged(elsewhere, "Ivor Penn")
    other = joined(elsewhere, theirs, title="Their matter")
    of_one = "A group holds cases of one Panel. Select a group of this Panel, or begin a new one"
    assert errors(world, alone, "join_group", group=str(other.pk), why="x") == {"group": [of_one]}
    assert errors(world, alone, "join_group", group="new", title="", why="x") == {"title": ["Enter what the matter is"]}
    assert errors(world, alone, "join_group", group="new", title="A post", why="") == {
        "why": ["Enter why they belong together"]
    }
    named = "“What Vale saw” names Ruth Vale: name the matter without those who complain"
    assert errors(world, alone, "join_group", group="new", title="What Vale saw", why="x") == {"title": [named]}
    assert refusal(world, first, "join_group").refusals[0].reason == f"It belongs to {group} already."
    assert refusal(world, alone, "leave_group").refusals[0].reason == "It belongs to no group."
    assert CaseGroup.objects.filter(panel=world.panel).count() == 1
    # the page of another panel's group, and a number that is none
    for address in (other.get_absolute_url().replace("midshire", "exshire"), "/exshire/complaints/groups/2026-99/"):
        if address != group.get_absolute_url():
            assert Browser(world.officer).get(address).status == 404
    Browser(world.officer).get(f"{group.get_absolute_url()}join/")
    sent = Browser(world.officer).send(
        "/exshire/complaints/groups/2026-1/join/", {"cases": [str(theirs.pk)], "why": "x", "on": "2026-11-18"}
    )
    assert sent.status == 422
    assert not theirs.groupings.filter(group=group).exists()


def test_a_step_is_taken_once_for_all_of_them(world, three):
    cases, group = three
    links = Link.objects.count()
    officer = Browser(world.officer)
    page = officer.get(group.get_absolute_url()).follow("Record it")
    assert "3 complaints, each with its own entry and duties." in page.text
    page = page.submit("Record the complaint", theme="statements", offence="no")
    assert page.banner == "Recorded: 3 complaints."
    assert [fresh(c).status for c in cases] == ["recorded"] * 3
    entries = Entry.objects.filter(step="record", case__in=cases)
    assert entries.count() == 3
    assert Link.objects.filter(entry__in=entries).count() == 3 == Link.objects.count() - links
    words = [c.parts.get().allegation.what for c in map(fresh, cases)]
    assert words == [c.parts.get().allegation.what for c in cases]  # each keeps its own
    for case in cases:
        assert case.duties.filter(kind="copy_of_record", closed_by=None).exists()
    # decided in one act, shown again before
    chairman = Browser(world.chairman)
    page = chairman.get(group.get_absolute_url()).follow("Decide how it is handled")
    page = page.submit(
        "Continue", route="informal_resolution", offence="no", no_advice_why="All the same.", why="One post."
    )
    assert page.h1 == "Check your decision"
    assert "Each of the 3 complaints has its own entry, in your name." in page.text
    assert [fresh(c).status for c in cases] == ["recorded"] * 3
    page = page.submit("Confirm decision")
    assert page.banner == "Route decided: 3 complaints."
    assert [fresh(c).status for c in cases] == ["filtered"] * 3
    assert verified() == []


def test_those_refused_are_named_first_and_all_or_none(world, three):
    (first, second, third), group = three
    take(world, second, "record")
    officer = Browser(world.officer)
    url = f"{group.get_absolute_url()}record/"
    page = officer.get(url)
    assert second.reference in page.main.one("div", cls="app-panel").text
    page = page.submit("Record the complaint", theme="statements", offence="no")
    assert page.status == 422
    assert "Tick to leave these out, or put them right" in page.text
    page = page.submit("Record the complaint", theme="statements", offence="no", leave_out="1")
    assert page.banner == "Recorded: 2 complaints."
    # one of them hinders: none is done
    page = officer.get(f"{group.get_absolute_url()}close/")
    assert page.status == 409
    assert "It can be done for none of them" in page.text
    # somebody changed one meanwhile
    page = officer.get(f"{group.get_absolute_url()}note_contact/")
    take(world, third, "add_documents")
    page = page.submit("Save the note", kind="note", note="For all")
    assert page.status == 409
    assert f"{third.reference} was changed while you were writing. Nothing was done." in page.text
    assert not Entry.objects.filter(step="note_contact", case__in=(first, second, third)).exists()


def test_an_answer_that_is_wrong_for_one_stops_all(world):
    early, late = logged(world, *NAMES[:2])
    group = joined(world, early, late)
    late = fresh(build.log(world, on=date(2026, 11, 16), name=NAMES[2], title="Later"))
    take(world, late, "join_group", on=date(2026, 11, 16), group=str(group.pk), why="The same")
    page = Browser(world.officer).get(f"{group.get_absolute_url()}record/")
    page = page.submit("Record the complaint", theme="statements", offence="no", on=date(2026, 11, 10))
    assert page.status == 422
    assert late.reference in page.text
    assert "Nothing was done" in page.text
    assert {fresh(c).status for c in (early, late)} == {"received"}


def test_an_interest_reaches_all_of_the_matter(world, three):
    (first, second, third), group = three
    member = next(m for m in world.members if m.user_id == world.chairman.pk)
    take(world, first, "declare_interest", member=str(member.pk), withdrew="yes")
    chairman = Browser(world.chairman)
    for case in (first, second, third):
        assert chairman.get(case.get_absolute_url()).status == 404
        assert "Interest declared" in Browser(world.officer).get(case.get_absolute_url()).text
        assert rules.Role.CHAIRMAN not in CaseContext(case, world.chairman).roles
        assert rules.Role.CHAIRMAN in CaseContext(case, world.vice).roles
    assert chairman.get(group.get_absolute_url()).status == 404
    assert second.reference not in chairman.get("/exshire/complaints/?show=all").text
    # who leaves the matter is about another one
    take(world, third, "leave_group", why="Another post")
    assert third.reference in chairman.get("/exshire/complaints/?show=all").text
    # and who joins is about this one
    take(world, third, "join_group", group=str(group.pk), why="This post after all")
    assert chairman.get(third.get_absolute_url()).status == 404


def test_a_seat_falls_with_an_interest_in_another_case_of_the_matter(world, three):
    (first, second, _), _ = three
    for key in ("record", "filter", "appoint_sub_panel"):
        first, second = take(world, first, key), take(world, second, key)
    seats = CaseRole.objects.filter(kind="sub_panel", to_entry=None)
    gone = seats.filter(case=second).first().member
    first = take(world, first, "declare_interest", member=str(gone.pk), withdrew="yes")
    assert not seats.filter(member=gone, case__in=(first, second)).exists()
    for case in (first, second):
        assert case.duties.filter(kind="fill_seat", closed_by=None).exists()
    assert verified() == []


def test_what_is_hidden_stays_hidden_in_a_group(world, three):
    (first, second, third), group = three
    take(world, third, "restrict")
    other = build.person("second.officer@exshire.example", "Second Officer")
    with sealed_act(world.panel, by=None, name="give_role"):
        Membership.objects.create(user=other, panel=world.panel, role="officer", from_date=build.START)
    page = Browser(other).get(group.get_absolute_url())
    assert "2 complaints, 1 matter" in page.text
    assert third.reference not in page.text
    assert "Group of 2" in Browser(other).get(first.get_absolute_url()).text
    page = Browser(other).get(f"{group.get_absolute_url()}note_contact/")
    assert third.reference not in page.text
    page.submit("Save the note", kind="note", note="For those I see")
    assert not third.entries.filter(step="note_contact").exists()
    sent = {"versions": versions(first, second, third), "kind": "note", "note": "x", "on": "2026-11-18"}
    page = Browser(other).send(f"{group.get_absolute_url()}note_contact/", sent)
    assert page.status == 409
    assert not third.entries.filter(step="note_contact").exists()
    take(world, first, "restrict"), take(world, second, "restrict")
    assert Browser(other).get(group.get_absolute_url()).status == 404


def test_who_opens_it(world, three):
    (first, *_), group = three
    join = f"{group.get_absolute_url()}join/"
    for letter, right, may_join in (
        ("officer", 200, 200), ("mo", 200, 200), ("chairman", 200, 403), ("vice", 200, 403), ("auditor", 200, 403),
        ("member", 404, 403), ("admin", 403, 403),
    ):  # fmt: skip
        browser = Browser(world.people[letter])
        assert browser.client.get(group.get_absolute_url()).status_code == right, letter
        assert browser.client.get(join).status_code == may_join, letter
    assert Browser(world.people["auditor"]).client.get(f"{group.get_absolute_url()}record/").status_code == 403
    assert Browser(world.officer).client.get(f"{group.get_absolute_url()}reverse/").status_code == 404


def test_the_report_says_both_numbers(world, three):
    first, last = clock.year_bounds("2026-27")
    report = annual_report(world.panel, first, last)
    assert report.as_json()["about_one_matter"] == {"complaints": 3, "matters": 1}
    assert "3 complaints, 1 matter" in Blocks(report).received().note
    page = Browser(world.officer).get("/exshire/complaints/report/?year=2026-27")
    assert "Among them: 3 complaints, 1 matter." in page.text
    assert "of which about 1 matter" in page.text
    behind = Browser(world.officer).get("/exshire/complaints/?figure=about_one_matter&report=2026-27&as_at=2026-11-18")
    assert [case.reference in behind.text for case in three[0]] == [True] * 3
    take(world, three[0][2], "leave_group", why="Another")
    assert annual_report(world.panel, first, last).as_json()["about_one_matter"] == {"complaints": 2, "matters": 1}


def test_found_for_the_person_and_erased_with_the_last(world):
    title = "The matter of the Zqwold bridge"
    first, second = logged(world, *NAMES[:2])
    group = joined(world, first, second, title=title)
    found = PersonSearch(world.panel, world.mo, rules.standing(world.mo, world.panel), ["Zqwold"])
    assert [row for row, *_ in found.mentions() if isinstance(row, CaseGroup)] == [group]
    for case in (first, second):
        case = take(world, case, "decline_to_record")
        waive_all(world, case)
        take(world, case, "propose_erasure", ground="asked")
        take(world, fresh(case), "erase", by=world.mo, on=TODAY)
        group.refresh_from_db()
        assert (group.title == title) == (case == first)
    assert not [row for row in CaseGroup.history.all() if "Zqwold" in row.title]
    assert not Entry.objects.filter(answers__icontains="Zqwold").exists()
    assert verified() == []
