"""The register of members' interests: entered with dates and the place of the declaration, seen by staff and by each member
their own, warning wherever the person or the matter comes up, exported, told to whom it is about, and erased to the byte."""

from datetime import date

import pytest
from django.test import Client, TestCase

from panel.casework import interests_kept, registered
from panel.casework.case_context import CaseContext
from panel.law import clock
from panel.law.roles import CasePart
from panel.models import CaseRole, Draft, Entry, Member, Opening, RegisteredInterest
from panel.record import erasures
from panel.record.act import sealed_act
from panel.record.verify import verify
from tests import build
from tests.hearings import build as hearings
from tests.meetings import build as meetings
from tests.panel.pages.page import Browser
from tests.panel.record.test_erasure import everything
from tests.panel.subject_access.test_subject_access import unpacked
from tests.steps import at

pytestmark = pytest.mark.django_db
HOME = "/exshire/interests/"
DECLARED = date(2026, 5, 20)


@pytest.fixture
def world(db):
    with clock.set_to(clock.now().replace(year=2026, month=11, day=18, hour=12)):
        yield build.make_world(quorum=5)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def typed(world, n=2, **over):
    """The form as a browser sends it, of the member of that number."""
    given = {
        "member": str(world.members[n].pk), "kind": "other", "what": "Trustee of the Larkford Youth Trust",
        "concerns": "Gillian Thorpe\nFarida Haddon", "declared_where": "Register of interests, Exshire District Council",
        "version": "", "why": "", **day("declared_on", DECLARED), **day("from_date", date(2025, 1, 1)),
    }  # fmt: skip
    return {**given, **over}


def entered(world, n=2, **over):
    """An interest, entered through the page."""
    answer = client_of(world.officer).post(f"{HOME}add/", typed(world, n, **over), follow=True)
    assert answer.status_code == 200, answer.context["form"].errors
    return RegisteredInterest.objects.order_by("-pk").first()


def test_it_is_entered_listed_exported_and_kept_with_its_history(world):
    officer, row = client_of(world.officer), entered(world)
    assert (row.member, row.declared_on, row.to_date) == (world.members[2], DECLARED, None)
    page = Browser(world.officer).get(HOME)
    for words in ("Trustee of the Larkford Youth Trust", "Other registered interest", "20 May 2026",
                  "Register of interests, Exshire District Council", "Since 1 January 2025", "1 interest of 1 member"):  # fmt: skip
        assert words in page.text, words
    assert "Trustee" in Browser(world.auditor).get(f"{HOME}member/{row.member_id}/").text
    change = typed(world, **day("to_date", date(2026, 6, 30)), version=row.history.latest().history_id, why="Resigned")
    assert officer.post(f"{HOME}{row.pk}/", change, follow=True).status_code == 200
    assert "Over, or of former members (1)" in Browser(world.mo).get(HOME).text
    text = b"".join(officer.get(f"{HOME}download.csv").streaming_content).decode("utf-8-sig")
    assert "Larkford Youth Trust" in text
    assert "2026-06-30" in text
    assert officer.get(f"{HOME}download.xlsx").status_code == 200
    assert "Registered interest changed" in Browser(world.mo).get("/exshire/history/?show=settings").text
    assert {o.page for o in Opening.objects.filter(kind__in=("interests", "export"))} >= {
        "interests", "interests-of", "interests-file csv",
    }  # fmt: skip
    assert list(verify(world.panel)) == []


@pytest.mark.parametrize("over, field", [
    ({"what": ""}, "what"), ({"member": "0"}, "member"), ({"declared_where": ""}, "declared_where"),
    (day("declared_on", date(2090, 1, 1)), "declared_on"), (day("declared_on", date(2026, 2, 1)) | {"declared_on_day": 31}, "declared_on"),
    (day("to_date", date(2024, 12, 31)), "to_date"),
    (day("from_date", date(2020, 1, 1)) | day("to_date", date(2024, 5, 12)), "to_date"),
])  # fmt: skip
def test_bad_input_is_refused_beside_its_question(world, over, field):
    answer = client_of(world.officer).post(f"{HOME}add/", typed(world, why="x", **over))
    assert list(answer.context["form"].errors) == [field]
    assert not RegisteredInterest.objects.exists()


def test_a_member_sees_their_own_and_nobody_elses(world):
    own, other = entered(world, 2), entered(world, 3, what="Director of Stanmoor Homes Limited")
    page = Browser(world.member).get(HOME)
    assert "Larkford Youth Trust" in page.text
    assert "Stanmoor" not in page.text
    assert "Add an interest" not in page.text
    for who in (
        world.member,
        world.chairman,
        world.vice,
    ):  # who have no "Panel" among their few pages find it from home
        assert Browser(who).get("/exshire/").links()["The Panel"] == "/exshire/people/"
        assert Browser(who).get("/exshire/people/").links()["Register of interests"] == HOME
    assert client_of(world.member).get(f"{HOME}member/{own.member_id}/").status_code == 200
    for address in (f"{HOME}member/{other.member_id}/", f"{HOME}member/99999/"):
        assert client_of(world.member).get(address).status_code == 404
    for who, wanted in (("member", 403), ("admin", 403), ("chairman", 403), ("auditor", 403)):
        assert client_of(world.people[who]).post(f"{HOME}add/", typed(world)).status_code == wanted
    assert client_of(world.admin).get(HOME).status_code == 403
    elsewhere = build.make_world("wessex", "WX", "Wessex")
    assert client_of(elsewhere.officer).get(f"/wessex/interests/member/{own.member_id}/").status_code == 404
    assert client_of(elsewhere.officer).get(f"/wessex/interests/{own.pk}/").status_code == 404


def comes_up(case, user):
    """{member: words} of what the case comes up against, for that person."""
    return {one.member.name: one.words for one in registered.come_up(CaseContext(case, user))}


def test_it_warns_where_the_person_or_the_matter_comes_up(world):
    entered(world)  # Gillian Thorpe, who complains; Farida Haddon, a candidate; the Larkford Youth Trust
    entered(world, 4, what="Brother of Daniel Ashcombe", concerns="")
    entered(world, 5, what="Councillor", concerns="Exshire District Council\nRoads policing")
    complaint, hearing = build.log(world), hearings.at(world, "notified", 1)
    name, brother, roads = (world.members[n].name for n in (2, 4, 5))
    assert comes_up(complaint, world.officer) == {name: ("Gillian Thorpe",), brother: ("Daniel Ashcombe",)}
    assert comes_up(hearing, world.chairman) == {name: ("Farida Haddon",)}
    page = Browser(world.officer).get(complaint.get_absolute_url())
    assert "On the register of interests (2)" in page.text
    assert "Brother of Daniel Ashcombe" in page.text
    youth = build.log(world, name="Alan Noakes", email="a@example.org", title="Grant to the Larkford Youth Trust")
    assert comes_up(youth, world.officer)[name] == ("Larkford Youth Trust",)
    case = meetings.plan(world, at="10am")
    case = meetings.take(world, case, "add_item", title="Roads policing")
    case = meetings.take(world, case, "add_item", title="Interviews", presenter="Farida Haddon")
    assert comes_up(case, world.officer) == {roads: ("Roads policing",), name: ("Farida Haddon",)}
    attendance = Browser(world.officer).get(f"{case.get_absolute_url()}record_attendance/")
    assert "registered interest: Roads policing" in attendance.text
    assert "On the register of interests (2)" in Browser(world.officer).get(case.get_absolute_url()).text


def test_a_member_is_warned_of_their_own_alone_and_learns_no_complainant_by_it(world):
    entered(world)
    entered(world, 4, what="Brother of Daniel Ashcombe", concerns="")
    tabled = at(world, "full_panel")
    assert comes_up(tabled, world.officer) != {}
    assert comes_up(tabled, world.member) == {}  # hers names the complainant, whom she may not know
    assert "register of interests (" not in Browser(world.member).get(tabled.get_absolute_url()).text


def test_what_is_over_or_of_before_does_not_warn(world):
    entered(world, **day("to_date", date(2026, 10, 1)))
    case = build.log(world)  # received on 27 October 2026
    assert comes_up(case, world.officer) == {}
    assert not CaseRole.objects.filter(case=case, kind=CasePart.INTERESTED).exists()  # it warns, and withdraws nobody


def test_it_stands_beside_the_names_where_a_sub_panel_is_chosen(world):
    entered(world)
    case = at(world, "sub_panel")
    page = client_of(world.officer).get(f"{case.get_absolute_url()}replace_sub_panel_member/").content.decode()
    assert f"{world.members[2].name}, registered interest: Gillian Thorpe" in page


def marked(world):
    """An interest with a mark in everything that is personal, with a draft, of a member who then left."""
    row = entered(world, 5, what="qxwhat", concerns="qxconcerns", declared_where="qxwhere", why="qxwhy")
    change = typed(world, 5, what="qxwhat two", concerns="qxother", declared_where="qxwhere", why="qxagain",
                   version=row.history.latest().history_id)  # fmt: skip
    client_of(world.officer).post(f"{HOME}{row.pk}/", change)
    Draft.objects.create(
        user=world.officer, panel=world.panel, address=f"{HOME}{row.pk}/", answers={"what": ["qxdraft"]}
    )
    with sealed_act(world.panel, by=None, name="change_member"):
        member = Member.objects.get(pk=row.member_id)
        member.to_date = date(2026, 6, 30)
        member.save()
    return row


def test_its_words_go_for_good_and_the_record_holds(world):
    row = marked(world)
    marks = ("qxwhat", "qxconcerns", "qxother", "qxwhere", "qxwhy", "qxagain", "qxdraft")
    before = everything()
    assert [m for m in marks if m not in before] == []
    mo = client_of(world.mo)
    assert "Erase what the interest says" in mo.get(f"{HOME}{row.pk}/erase/").content.decode()
    assert client_of(world.officer).post(f"{HOME}{row.pk}/erase/", {"why": "Over"}).status_code == 403
    assert mo.post(f"{HOME}{row.pk}/erase/", {"why": ""}).status_code == 422
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert mo.post(f"{HOME}{row.pk}/erase/", {"why": "They left"}, follow=True).status_code == 200
    now = everything()
    assert [m for m in marks if m in now] == []
    assert list(verify(world.panel)) == []
    page = Browser(world.mo).get(HOME).text
    assert "Erased on 18 November 2026" in page
    assert mo.get(f"{HOME}{row.pk}/").status_code == 404  # nothing is written into it again
    assert Entry.objects.filter(step="erase", why="They left").exists()
    assert f"interest {row.pk}" in erasures.listed(erasures.own_file())
    assert not interests_kept.erase_again(str(row.pk), "2026-11-18")


def test_it_stays_while_it_lasts_and_its_years_are_counted_from_the_end_of_the_membership(world):
    row = entered(world)
    answer = client_of(world.mo).post(f"{HOME}{row.pk}/erase/", {"why": "Please"}, follow=True)
    assert "enter its last day first" in answer.content.decode()
    assert RegisteredInterest.objects.get(pk=row.pk).what == row.what
    left = marked(world)
    assert not interests_kept.is_over(left, world.panel)
    with sealed_act(world.panel, by=None, name="set_up"):
        settings = world.panel.settings_on(clock.today())
        settings.keep_interests = 6
        settings.save()
    left = RegisteredInterest.objects.select_related("member", "panel").get(pk=left.pk)
    assert interests_kept.kept_until(left, left.panel) == date(2032, 6, 30)
    with clock.set_to(clock.now().replace(year=2032, month=7, day=1)):
        assert interests_kept.is_over(left, left.panel)


def test_a_member_is_told_of_their_interests_and_who_is_named_in_one_is_found(world):
    entered(world, 2, concerns="Owen Trask")
    index, rows, _ = unpacked(Client(), world.mo, name=world.members[2].name, others="")
    assert [r["Text"] for r in rows if r["Kind of record"] == "Registered interest" and "Youth" in r["Text"]] == [
        "Trustee of the Larkford Youth Trust"
    ]
    assert "Register of interests, Exshire District Council" in index
    index, rows, _ = unpacked(Client(), world.mo, name="Owen Trask", others="")
    assert any(r["Text"] == "Owen Trask" for r in rows)
