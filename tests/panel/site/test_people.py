"""Keeping the panel's people: every change on the record, nothing deleted, terms that fit."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panel.law import clock
from panel.models import Chairmanship, Council, Entry, Member, OfficeHolder, Substitute
from panel.record.act import sealed_act
from panel.record.verify import verify
from tests.build import START, log, make_world, take

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
HOME = "/exshire/people/"


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def admin(client, world):
    client.force_login(world.admin)
    return client


def day(name, value):
    """A date as the page's three boxes send it."""
    if value is None:
        return {}
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def as_typed(member, **changes):
    """The form of a member as a browser would send it back, with changes."""
    data = {
        "name": member.name, "kind": member.kind, "council": member.council_id or "", "user": member.user_id or "",
        "version": member.history.latest().history_id, "why": "Elected in May",
        **day("from_date", member.from_date), **day("to_date", member.to_date),
    }  # fmt: skip
    return {**data, **changes}


def errors(response):
    """{question: errors} of the page's form."""
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_everybody_in_the_panel_sees_its_people(client, world):
    with sealed_act(world.panel, by=None, name="set_up"):
        Substitute.objects.create(panel=world.panel, member=world.members[4], name="Cllr Stand In", from_date=START)
    for who in ("officer", "mo", "chairman", "vice", "member", "auditor", "admin"):
        client.force_login(world.people[who])
        page = client.get(HOME)
        assert page.status_code == 200
        for words in (
            "Daniel Ashcombe",
            "Ruth Calloway",
            "Exshire District Council",
            "Cllr J Exshire",
            "Cllr Stand In",
        ):
            assert words in page.content.decode()


@pytest.mark.parametrize("who", ["chairman", "vice", "member", "auditor"])
def test_roles_that_may_not_change_people_get_the_rule(client, world, who):
    client.force_login(world.people[who])
    assert "Add a member" not in client.get(HOME).content.decode()
    for address in (f"{HOME}members/add/", f"{HOME}members/{world.members[5].pk}/"):
        for page in (client.get(address), client.post(address, as_typed(world.members[5], name="Mallory"))):
            assert page.status_code == 403
            words = page.content.decode()
            assert "scrutiny officer, Monitoring Officer or administrator" in words
            assert "Nothing was changed." in words
    assert not Member.objects.filter(name="Mallory").exists()


def test_another_panels_people_answer_like_none(admin, world):
    other = make_world("westshire", "WS", "Westshire")
    mine = admin.get(f"{HOME}members/{other.members[0].pk}/")
    never = admin.get(f"{HOME}members/999999/")
    assert (mine.status_code, never.status_code) == (404, 404)
    assert admin.get("/westshire/people/").status_code == 404
    assert admin.get(f"{HOME}popes/add/").status_code == 404
    assert admin.post(f"{HOME}members/{other.members[0].pk}/", as_typed(other.members[0])).status_code == 404


def test_adding_a_member_is_one_act_on_the_record(admin, world):
    council = world.panel.councils.get()
    data = {"name": "Cllr New", "kind": "substantive", "council": council.pk, **day("from_date", date(2026, 5, 20))}
    assert admin.post(f"{HOME}members/add/", data).status_code == 302
    member = Member.objects.get(name="Cllr New")
    entry = Entry.objects.latest("pk")
    assert (entry.step, entry.why, entry.by) == ("add_member", "Added the member", world.admin)
    assert member.history.get().history_user == world.admin
    assert entry.link.act == "add_member"
    assert list(verify()) == []


def test_a_change_needs_a_reason_and_keeps_it(admin, world):
    member = world.members[5]
    address = f"{HOME}members/{member.pk}/"
    page = admin.post(address, as_typed(member, name="Cllr Renamed", why=""))
    assert errors(page) == {"why": ["Enter why you are changing this"]}
    assert 'value="Cllr Renamed"' in page.content.decode()
    assert admin.post(address, as_typed(member, name="Cllr Renamed", why="Married")).status_code == 302
    entry = Entry.objects.latest("pk")
    assert (entry.step, entry.why) == ("change_member", "Married")
    assert Member.objects.get(pk=member.pk).name == "Cllr Renamed"
    assert [h.name for h in member.history.all()] == ["Cllr Renamed", "Cllr F Exshire"]


def test_saving_without_a_difference_writes_nothing(admin, world):
    before = Entry.objects.count()
    member = world.members[5]
    assert admin.post(f"{HOME}members/{member.pk}/", as_typed(member)).status_code == 302
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    "change, name, words",
    [
        ({"name": ""}, "name", "Enter the member’s name"),
        ({"name": "x" * 200_000}, "name", "Full name must be 120 characters or fewer. It has 200,000."),
        ({"kind": "pope"}, "kind", "Select what kind of member"),
        ({"council": ""}, "council", "Select the council that appointed them"),
        ({"kind": "independent"}, "council", "A co-opted independent member has no council. Choose “No council”"),
        (day("from_date", date(2024, 5, 13)) | {"from_date_day": 31, "from_date_month": 2}, "from_date",
         "Day they became a member must be a real date"),
        (day("to_date", date(2024, 5, 12)), "to_date", "Member until must be on or after 13 May 2024"),
        ({"user": "999999"}, "user", "Select one of the panel’s accounts"),
    ],
)  # fmt: skip
def test_bad_answers_about_a_member(admin, world, change, name, words):
    member = world.members[5]
    page = admin.post(f"{HOME}members/{member.pk}/", as_typed(member, **change))
    assert page.status_code == 200
    assert errors(page) == {name: [words]}
    assert "Error: " in page.content.decode()
    assert member.history.count() == 1


def test_hostile_text_is_kept_as_text(admin, world):
    member = world.members[5]
    name = "<script>alert(1)</script> 🏴‍☠️ שלום \x00"
    assert admin.post(f"{HOME}members/{member.pk}/", as_typed(member, name=name)).status_code == 302
    assert Member.objects.get(pk=member.pk).name == "<script>alert(1)</script> 🏴‍☠️ שלום"
    assert "<script>alert" not in admin.get(HOME).content.decode()


def test_a_council_of_another_panel_is_no_answer(admin, world):
    other = make_world("westshire", "WS", "Westshire")
    member = world.members[5]
    page = admin.post(f"{HOME}members/{member.pk}/", as_typed(member, council=other.panel.councils.get().pk))
    assert errors(page) == {"council": ["Select one of the panel’s councils"]}


def test_an_account_belongs_to_one_member_and_nobody_joins_themselves_to_a_seat(client, admin, world):
    taken = admin.post(
        f"{HOME}members/{world.members[5].pk}/", as_typed(world.members[5], user=world.chairman.pk)
    )  # fmt: skip
    assert errors(taken) == {
        "user": ["This account belongs to Chairman of Exshire, a member since 13 May 2024"]
    }  # fmt: skip
    client.force_login(world.officer)
    own = client.post(f"{HOME}members/{world.members[5].pk}/", as_typed(world.members[5], user=world.officer.pk))
    assert errors(own) == {"user": ["Somebody else must change which member your own account belongs to"]}


def test_a_stranger_without_a_role_here_is_no_account_to_choose(admin, world):
    other = make_world("westshire", "WS", "Westshire")
    page = admin.get(f"{HOME}members/{world.members[5].pk}/")
    assert other.officer.email not in page.content.decode()
    typed = as_typed(world.members[5], user=other.officer.pk)
    assert errors(admin.post(f"{HOME}members/{world.members[5].pk}/", typed)) == {
        "user": ["Select one of the panel’s accounts"]
    }


# Somebody else was first


def test_two_who_change_one_member(admin, world):
    member = world.members[5]
    opened = as_typed(member, name="Cllr Mine", **day("to_date", date(2027, 5, 1)))
    with sealed_act(world.panel, by=world.officer, name="change_member", why="x"):
        theirs = Member.objects.get(pk=member.pk)
        theirs.name, theirs.kind = "Cllr Theirs", "co_opted"
        theirs.save()
    page = admin.post(f"{HOME}members/{member.pk}/", opened)
    assert page.status_code == 409
    words = page.content.decode()
    assert "Officer of Exshire changed this while you were writing" in words
    rows = [
        [c if isinstance(c, str) else c["words"] for c in row["cells"]] for row in page.context["conflicts"]["rows"]
    ]
    assert rows == [
        ["Full name", "Cllr Theirs", "Cllr Mine"],
        ["What kind of member?", "Co-opted member", "Substantive member"],
    ]
    form = page.context["form"]
    assert form["name"].value() == "Cllr Mine"  # typed: kept
    assert form["kind"].value() == "co_opted"  # not touched: theirs stays
    assert Member.objects.get(pk=member.pk).name == "Cllr Theirs"
    again = {**opened, "kind": "co_opted", "version": form["version"].value()}
    assert admin.post(f"{HOME}members/{member.pk}/", again).status_code == 302
    saved = Member.objects.get(pk=member.pk)
    assert (saved.name, saved.kind, saved.to_date) == ("Cllr Mine", "co_opted", date(2027, 5, 1))


def test_changes_that_do_not_meet_are_both_kept(admin, world):
    member = world.members[5]
    opened = as_typed(member, **day("from_date", date(2024, 5, 14)))
    with sealed_act(world.panel, by=world.officer, name="change_member", why="x"):
        theirs = Member.objects.get(pk=member.pk)
        theirs.kind = "co_opted"
        theirs.save()
    page = admin.post(f"{HOME}members/{member.pk}/", opened)
    assert page.status_code == 409  # seen first, then saved with both
    form = page.context["form"]
    assert (form["kind"].value(), form.cleaned_data["from_date"]) == ("co_opted", date(2024, 5, 14))


@pytest.mark.parametrize("version", ["", "0", "abc", "99999999999999999999"])
def test_a_made_up_version_overwrites_nothing(admin, world, version):
    member = world.members[5]
    page = admin.post(f"{HOME}members/{member.pk}/", as_typed(member, name="Mallory", version=version))
    assert page.status_code == 409
    assert Member.objects.get(pk=member.pk).name == member.name


# Terms


def chair(world, member, office="chairman", first=START, last=None):
    return {
        "office": office, "member": member.pk, "why": "Minute 3", **day("from_date", first), **day("to_date", last),
    }  # fmt: skip


def test_one_chairman_at_a_time(admin, world):
    new = world.members[4]
    page = admin.post(f"{HOME}chairmen/add/", chair(world, new, first=date(2026, 5, 20)))
    assert errors(page) == {
        "from_date": ["Chairman of Exshire is Chairman since 13 May 2024. First enter the last day there"]
    }
    old = Chairmanship.objects.get(office="chairman")
    typed = chair(world, world.members[0], last=date(2027, 5, 19)) | {
        "version": old.history.latest().history_id, "why": "Annual meeting",
    }  # fmt: skip
    assert admin.post(f"{HOME}chairmen/{old.pk}/", typed).status_code == 302
    page = admin.post(f"{HOME}chairmen/add/", chair(world, new, first=date(2027, 5, 19)))
    assert errors(page) == {"from_date": ["Chairman of Exshire is Chairman until 19 May 2027"]}
    assert admin.post(f"{HOME}chairmen/add/", chair(world, new, first=date(2027, 5, 20))).status_code == 302
    assert Chairmanship.objects.filter(office="chairman").count() == 2


def test_nobody_is_chairman_and_vice_chairman_at_once(admin, world):
    page = admin.post(f"{HOME}chairmen/add/", chair(world, world.members[1], last=date(2026, 1, 1)))
    assert "from_date" in errors(page)


def test_a_chairman_is_a_member_meanwhile(admin, world):
    page = admin.post(
        f"{HOME}chairmen/add/", chair(world, world.members[4], first=date(2020, 1, 1), last=date(2020, 2, 1))
    )
    assert errors(page) == {"from_date": ["Cllr E Exshire is a member only from 13 May 2024"]}


def test_what_hangs_on_a_member_ends_with_them(admin, world):
    member, last = world.members[0], clock.today() + timedelta(days=3)
    with sealed_act(world.panel, by=None, name="set_up"):
        Substitute.objects.create(panel=world.panel, member=member, name="Cllr Stand In", from_date=START)
    page = admin.post(f"{HOME}members/{member.pk}/", as_typed(member, **day("to_date", last)), follow=True)
    assert Chairmanship.objects.get(office="chairman").to_date == last
    assert Substitute.objects.get().to_date == last
    assert "The term as Chairman ends on the same day." in page.content.decode()
    assert Entry.objects.latest("pk").link.rows.keys() == {
        "panel.HistoricalMember", "panel.HistoricalChairmanship", "panel.HistoricalSubstitute", "panel.Entry",
    }  # fmt: skip


def test_a_member_who_leaves_a_sub_panel_is_pointed_out(client, admin, world):
    case = log(world)
    case = take(case, "record", world.officer, on=date(2026, 11, 4), theme="other", offence="no")
    with sealed_act(world.panel, by=None, name="set_up"):
        case.roles.create(kind="sub_panel", member=world.members[5], from_entry=case.entries.latest("pk"))
    member = world.members[5]
    words = f"{member.name} still sits on the sub-panel of 1 open case"
    typed = as_typed(member, **day("to_date", clock.today()))
    page = admin.post(f"{HOME}members/{member.pk}/", typed, follow=True).content.decode()
    assert f"{words}: the Chairman must replace them there." in page
    assert case.reference not in page  # an administrator sees no case
    client.force_login(world.officer)
    member = Member.objects.get(pk=member.pk)
    typed = as_typed(member, **day("to_date", clock.today() + timedelta(days=1)))
    page = client.post(f"{HOME}members/{member.pk}/", typed, follow=True).content.decode()
    assert f"{words} ({case.reference}): the Chairman must replace them there." in page


def test_one_commissioner_at_a_time_but_the_former_stays_listed(admin, world):
    data = {
        "name": "Ann Other",
        "short_name": "Ms Other",
        "office": "commissioner",
        **day("from_date", date(2026, 5, 7)),
    }
    page = admin.post(f"{HOME}office-holders/add/", data)
    assert errors(page) == {
        "from_date": ["Daniel Ashcombe is Commissioner since 13 May 2024. First enter the last day there"]
    }
    pcc = world.pcc
    typed = {
        "name": pcc.name, "short_name": pcc.short_name, "office": pcc.office, "why": "Election",
        "version": pcc.history.latest().history_id, **day("from_date", pcc.from_date),
        **day("to_date", date(2026, 5, 6)),
    }  # fmt: skip
    assert admin.post(f"{HOME}office-holders/{pcc.pk}/", typed).status_code == 302
    assert admin.post(f"{HOME}office-holders/add/", data).status_code == 302
    assert OfficeHolder.objects.filter(office="commissioner").count() == 2
    page = admin.get(HOME).content.decode()
    assert "13 May 2024 to 6 May 2026" in page
    assert "Since 7 May 2026" in page


def test_a_council_has_its_name_once(admin, world):
    page = admin.post(f"{HOME}councils/add/", {"name": "exshire DISTRICT council"})
    assert errors(page) == {"name": ["There is a council of this name already"]}
    assert admin.post(f"{HOME}councils/add/", {"name": "Larkford Borough Council"}).status_code == 302
    assert Council.objects.count() == 2


def test_the_number_of_queries_does_not_grow(admin, world, django_assert_num_queries):
    admin.get(HOME)
    with sealed_act(world.panel, by=None, name="set_up"):
        Substitute.objects.create(panel=world.panel, member=world.members[0], name="One", from_date=START)
    with CaptureQueriesContext(connection) as few:
        admin.get(HOME)
    with sealed_act(world.panel, by=None, name="set_up"):
        for n in range(30):
            council = Council.objects.create(panel=world.panel, name=f"Council {n}")
            member = Member.objects.create(
                panel=world.panel, name=f"Cllr {n}", council=council, kind="substantive", from_date=START,
                user=world.people["member"] if n % 2 else None,
            )  # fmt: skip
            Substitute.objects.create(panel=world.panel, member=member, name=f"Sub {n}", from_date=START)
            OfficeHolder.objects.create(
                panel=world.panel, name=f"Deputy {n}", short_name="D", office="deputy", from_date=START, to_date=START
            )
    with django_assert_num_queries(len(few)):
        page = admin.get(HOME)
    assert "Cllr 29" in page.content.decode()


def test_a_term_in_the_pool_before_the_membership_is_refused_beside_its_day(client, world):
    client.force_login(world.officer)
    answer = client.post("/exshire/people/pool/add/", {
        "member": str(world.members[5].pk), "version": "", **day("from_date", date(2020, 1, 1)),
    })  # fmt: skip
    assert "is a member only from 13 May 2024" in errors(answer)["from_date"][0]
