"""Six invented panels, each a file (docs/panels): the same complaint goes to its end through each, by settings alone."""

import json
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from panel.casework.case_context import CaseContext
from panel.law import clock
from panel.law.roles import Role
from panel.models import Membership, Panel, PanelSettings
from panel.record.act import sealed_act
from panel.record.verify import verify
from tests import build
from tests.steps import ON, everybody_told, heard, open_duties, take

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parents[2] / "docs" / "panels"
# {file: who decides how it is handled, and after asking whom; the words for Chairman and sub-panel}
PANELS = {
    "chairman": ("chairman", ["monitoring_officer"], "Chairman", "sub-panel"),
    "monitoring-officer": ("monitoring_officer", ["chairman", "independent"], "Chair", "sub-committee"),
    "first-stage": ("officer", ["chairman", "vice_chairman"], "Chair", "sub-panel"),
    "standing": ("sub_panel", [], "Chairman", "Complaints Sub-Committee"),
    "mayoral": ("panel", [], "Chair", "sub-panel"),
    "wales": ("officer", ["chairman"], "Chair", "sub-panel"),
}
# What the annual report says of who decides.
DECIDES = {
    "chairman": "The Chairman decides within 10 working days how a recorded complaint is handled, having consulted the Monitoring",
    "monitoring-officer": "The Monitoring Officer decides how a recorded complaint is handled, having consulted the Chair and an",
    "first-stage": "The scrutiny officer decides within 20 days from receipt how a recorded complaint is handled, having",
    "standing": "The Complaints Sub-Committee decides how a recorded complaint is handled.",
    "mayoral": "The full Panel decides how a recorded complaint is handled.",
    "wales": "The scrutiny officer decides how a recorded complaint is handled, having consulted the Chair.",
}
OFTEN = ("monitoring-officer", "standing", "first-stage")


def run(*typed):
    """What the command prints."""
    out = StringIO()
    call_command(*typed, stdout=out)
    return out.getvalue()


def world_of(name):
    """The panel of that file, with an account for each role."""
    run("panel", "import", name, str(FILES / f"{name}.json"))
    panel = Panel.objects.get(slug=name)
    world = build.World(panel, {}, list(panel.members.order_by("kind", "name")))
    world.members.sort(key=lambda m: (m.kind == "independent", m.name))
    roles = {
        "officer": Role.OFFICER, "mo": Role.MONITORING_OFFICER, "chairman": Role.CHAIRMAN, "vice": Role.VICE_CHAIRMAN,
        "office": Role.COMMISSIONERS_OFFICE, "sitting": Role.MEMBER,
    }  # fmt: skip
    with sealed_act(panel, by=None, name="set_up"):
        for key, role in roles.items():
            user = build.person(f"{key}@{name}.example", f"Person {key}")
            Membership.objects.create(user=user, panel=panel, role=role, from_date=build.START)
            world.people[key] = user
        for key, n in (("chairman", 0), ("vice", 1), ("sitting", 2)):
            world.members[n].user = world.people[key]
            world.members[n].save()
    world.people["pcc"] = panel.office_holders.get(office="commissioner")
    return world


PERSON = {
    "chairman": "chairman",
    "monitoring_officer": "mo",
    "officer": "officer",
    "sub_panel": "sitting",
    "panel": "officer",
}


def asked(world, after):
    """Who was asked first, when, and what they said; the Monitoring Officer by the advice on record."""
    who = {"chairman": 0, "vice_chairman": 1, "independent": -1}
    found = {}
    for kind in after:
        if kind in who:
            member = str(world.members[who[kind]].pk)
            found |= {f"asked_{kind}": member, f"asked_{kind}_on": ON, f"asked_{kind}_said": "I agree."}
    return found


def to_its_end(world, who, after):
    """The same complaint, from receipt to its end."""
    first = (
        "office" if (receives := world.panel.who_acts.get("receive")) and receives["who"] != "officer" else "officer"
    )
    case = build.log(world, by=world.people[first])
    records = "mo" if not world.panel.settings_on(ON).officer_records else first
    case = take(world, case, "record", by=world.people[records])
    if first == "office":
        case = take(world, case, "pass_to_panel", by=world.office)
    if "monitoring_officer" in after:
        case = take(world, case, "advise", by=world.mo)
    case = take(
        world, case, "filter", by=world.people[PERSON[who]], route="sub_panel_resolves", **asked(world, after),
    )  # fmt: skip
    steps = CaseContext(case, world.officer).procedure
    pool = [row.member for row in world.panel.pool.all() if not row.substitute]
    members = [str(m.pk) for m in pool or world.members[3:6]]
    chair = next((str(m.pk) for m in pool if m.kind == "independent"), "")
    by = world.people[PERSON[steps.step("appoint_sub_panel").decided_by[0].value]]
    case = take(world, case, "appoint_sub_panel", by=by, members=members, chair=chair)
    by = world.people[PERSON[steps.step("resolve_informally").decided_by[0].value]]
    case = heard(world, take(world, case, "resolve_informally", by=by, dealt_with_by="sub_panel"))
    case = take(world, take(world, case, "decide_copies", by=world.mo), "record_outcome", by=world.officer)
    return take(world, everybody_told(world, case), "close", by=world.officer)


@pytest.mark.parametrize("name", [n if n in OFTEN else pytest.param(n, marks=pytest.mark.deep) for n in PANELS])
def test_the_same_complaint_goes_to_its_end_by_settings_alone(name):
    who, after, chairman, sub_panel = PANELS[name]
    with clock.set_to(datetime(2026, 11, 18, 12, tzinfo=UTC)):
        world = world_of(name)
        case = to_its_end(world, who, after)
        assert case.status == "closed"
        assert case.entries.get(step="filter").decided_as == who
        printed = json.loads(run("procedure", "complaints", "--format", "json", "--panel", name))
        step = next(s for s in printed["steps"] if s["key"] == "filter")
        assert (step["decided_by"], step["after_asking"]) == ([who], after)
        text = run("procedure", "complaints", "--panel", name)
        assert f"appoint_sub_panel             Appoint a {sub_panel}" in text
        report = run("annual_report", name, "2026-27")
        assert "".join(DECIDES[name].split()) in "".join(report.split())  # lines are broken anywhere
        assert ("Chairman" in report) is (chairman == "Chairman")
        assert list(verify(world.panel)) == []


def test_targets_follow_each_panels_settings():
    with clock.set_to(datetime(2026, 11, 18, 12, tzinfo=UTC)):
        world = world_of("monitoring-officer")
        case = build.log(world)
        assert open_duties(case, "acknowledge")[0].due == date(2026, 11, 10)  # two weeks
        case = take(world, case, "record", by=world.mo)
        assert open_duties(case, "conclude")[0].due == date(2027, 2, 2)  # three months from recording


def test_a_panel_goes_out_as_it_came_in(tmp_path):
    run("panel", "import", "standing", str(FILES / "standing.json"))
    run("panel", "export", "standing", str(tmp_path / "out.json"))
    given, out = (json.loads(path.read_text()) for path in (FILES / "standing.json", tmp_path / "out.json"))
    assert out["arrangements"] == given["arrangements"]
    assert out["pool"] == given["pool"]
    out["panel"]["code"] = "QQ"
    (tmp_path / "again.json").write_text(json.dumps(out))
    run("panel", "import", "again", str(tmp_path / "again.json"))
    first, second = (Panel.objects.get(slug=slug).settings_on(ON) for slug in ("standing", "again"))
    assert (first.who_acts, first.own_size, first.sub_panel_word) == (
        second.who_acts,
        second.own_size,
        second.sub_panel_word,
    )


def change(given, path, value):
    """The file with something else at that place."""
    *way, last = path
    place = given
    for key in way:
        place = place[key]
    if isinstance(place, list) and last == len(place):
        place.append(value)
    else:
        place[last] = value


@pytest.mark.parametrize(
    "path, value, words",
    [
        (["version"], 2, "This file is of version 2; this release reads version 1. Upgrade first"),
        (["members", 1, "name"], "Cllr A Northby", "members: Cllr A Northby stands there twice"),
        (["settings", 0, "own_size"], 0, "settings from 2024-05-13: own_size: Ensure this value is greater than or equal to 1."),
        (["settings", 0, "seets"], 3, "settings: seets is no setting"),
        (["arrangements", 0, "who"], "commissioners_office",
         "arrangements: filter: commissioners_office cannot be chosen: what is delegated under regulation 7 ends with "
         "recording (paragraph 7, regulation 15)"),
        (["arrangements", 1], {"matter": "filter", "from_date": "2024-05-13", "who": "chairman", "agreed_where": "x"},
         "arrangements: filter: two act from 2024-05-13. A step has one actor"),
        (["arrangements", 0, "from_date"], "15 May", "arrangements: from_date: 15 May is no day. A day is such as 2026-12-01"),
        (["arrangements", 0, "agreed_where"], "", "arrangements: filter: agreed_where: This field cannot be blank."),
        (["members", 0, "kind"], "peer", "members: Cllr A Northby: kind: Value 'peer' is not a valid choice."),
        (["members", 0, "from_date"], [2024], "members: from_date: [2024] is no day. A day is such as 2026-12-01"),
        (["members", 0, "seat"], 1, "members: seat: this release does not know that column"),
        (["pool"], {"member": "Cllr A Northby"}, "pool: a list of rows belongs here"),
        (["councils"], ["Northby District Council"] * 2, "councils: Northby District Council stands there twice"),
        (["settings", 1], {"from_date": "2024-05-13"}, "settings: the row from 2024-05-13 stands there twice"),
    ],
)  # fmt: skip
def test_a_file_with_a_mistake_changes_nothing(tmp_path, path, value, words):
    given = json.loads((FILES / "standing.json").read_text())
    change(given, path, value)
    (tmp_path / "wrong.json").write_text(json.dumps(given))
    with pytest.raises(CommandError) as refused:
        run("panel", "import", "standing", str(tmp_path / "wrong.json"))
    assert words in str(refused.value).splitlines()
    assert not Panel.objects.exists()
    assert not PanelSettings.objects.exists()


def test_no_panel_is_read_in_where_other_pages_stand_and_no_file_is_made_where_none_can_be(tmp_path):
    for slug, words in (
        ("installation", "address: Other pages stand at this address. Choose another one"),
        ("East_by", "address: The address may hold small letters, digits and hyphens only"),
    ):  # fmt: skip
        with pytest.raises(CommandError, match=words):
            run("panel", "import", slug, str(FILES / "standing.json"))
    assert not Panel.objects.exists()
    run("panel", "import", "standing", str(FILES / "standing.json"))
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        run("panel", "export", "standing", str(tmp_path / "nowhere" / "out.json"))
