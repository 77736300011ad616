"""Somebody acts for the complainant (reg 2): whom letters go to, who may know it, and what is refused."""

from datetime import date

import pytest

from complaints.models import Complaint
from complaints.procedure.acting import acts_for_themselves
from panel.casework.case_context import CaseContext
from tests import build
from tests.panel.pages.cases import case_url, step_url
from tests.panel.pages.page import Browser
from tests.reading import ON, RECEIVED
from tests.steps import at, cannot, errors, fresh, kinds, last, open_duties, take

ACTS = {
    "name": "Desmond Pryce", "email": "", "address": "4 Weir Bank, Larkford", "agent": "Rachel Okafor",
    "agent_organisation": "Larkford Law", "agent_email": "rachel@okafor.example",
    "agent_authority": "Note signed by Mr Pryce", "agent_authority_on": date(2026, 10, 27),
}  # fmt: skip
UNSHOWN = {**ACTS, "agent_authority": "", "agent_authority_on": None}
TO = "Rachel Okafor, for Desmond Pryce"


@pytest.fixture
def acted(world):
    """A complaint through a representative, received."""
    return fresh(build.log(world, on=RECEIVED, **ACTS))


def words(world, case, who="officer") -> list[str]:
    """The open duties that write to the complainant, as that person reads them."""
    look = CaseContext(case, world.people[who])
    return [look.procedure.duty(d.kind).words_to(look.facts.recipient_words(d.recipient))
            for d in look.open_duties if d.recipient == "complainant"]  # fmt: skip


def test_letters_go_to_who_acts_for_the_complainant(world, acted):
    assert words(world, acted) == [f"Acknowledge the complaint to {TO}"]
    acted = take(world, acted, "record")
    assert f"Send {TO}, a copy of the record" in words(world, acted)
    page = Browser(world.officer).get(case_url(acted))
    assert f"Send {TO}, a copy of the record" in page.section("Open duties").text
    assert "Write to Rachel Okafor, Larkford Law" in " ".join(page.text.split())
    assert f"Acknowledge the complaint to {TO}" in Browser(world.officer).get("/exshire/").text
    assert TO in Browser(world.officer).get("/exshire/complaints/?show=all").text
    assert f"to {TO}" in Browser(world.officer).get(step_url(acted, "give_notice")).text


def test_what_will_follow_names_whom_to_write_to(world, acted):
    page = Browser(world.officer).get(step_url(acted, "record"))
    assert f"Send {TO}, a copy of the record" in page.text


def test_the_timeline_keeps_to_whom_it_went_when_nobody_acts_any_more(world, acted):
    acted = take(world, acted, "give_notice")
    assert last(acted).answers["written_to"] == TO
    acted = take(world, take(world, acted, "end_representative"), "record")
    assert (acted.agent, acted.agent_email, acted.agent_authority, acted.agent_authority_on) == ("", "", "", None)
    assert words(world, acted) == ["Send Desmond Pryce a copy of the record"]
    page = Browser(world.officer).get(case_url(acted, "timeline/"))
    assert f"Acknowledged the complaint to {TO}" in page.text
    acted = take(world, acted, "give_notice", on=ON)
    assert "written_to" not in last(acted).answers


def test_until_it_is_shown_that_they_may_letters_go_to_the_complainant(world):
    case = fresh(build.log(world, on=RECEIVED, **UNSHOWN))
    assert words(world, case) == ["Acknowledge the complaint to Desmond Pryce"]
    assert len(open_duties(case, "ask_authority")) == 1
    page = Browser(world.officer).get(case_url(case))
    assert "Ask Rachel Okafor what shows that they may act" in page.section("Open duties").text
    case = take(world, case, "note_representative")
    assert open_duties(case, "ask_authority") == []
    assert words(world, case) == [f"Acknowledge the complaint to {TO}"]


def test_it_is_asked_once_and_ends_with_who_would_act(world):
    case = fresh(build.log(world, on=RECEIVED, **UNSHOWN))
    case = take(world, case, "note_representative", agent_phone="01632 1", agent_authority="", agent_authority_on=None)
    assert len(open_duties(case, "ask_authority")) == 1
    case = take(world, case, "end_representative")
    assert "ask_authority" not in kinds(case)


def test_a_representative_alone_can_be_told(world):
    case = fresh(build.log(world, on=RECEIVED, **{**ACTS, "address": ""}))
    assert words(world, case) == [f"Acknowledge the complaint to {TO}"]
    assert words(world, fresh(build.log(world, on=RECEIVED, **{**UNSHOWN, "address": ""}))) == []


def test_taken_back_it_is_as_before(world, acted):
    acted = take(world, acted, "end_representative")
    acted = take(world, acted, "reverse", by=world.mo)
    assert (acted.agent, acted.agent_authority_on) == ("Rachel Okafor", date(2026, 10, 27))


@pytest.mark.parametrize("said, field", [
    ({"agent": ""}, "agent"),
    ({"agent": "Mr Daniel Ashcombe"}, "agent"),
    ({"agent_email": ""}, "agent_email"),
    ({"agent_authority": ""}, "agent_authority"),
])  # fmt: skip
def test_who_cannot_act_or_cannot_be_reached_is_refused(world, said, field):
    from panel.casework.errors import Invalid

    with pytest.raises(Invalid) as raised:
        build.log(world, on=RECEIVED, **{**ACTS, **said})
    assert list(raised.value.form.errors) == [field]


@pytest.mark.parametrize("said, field", [
    ({"agent": "Gillian Thorpe"}, "agent"),
    ({"agent": "Daniel Ashcombe"}, "agent"),
    ({"agent": ""}, "agent"),
    ({"agent_email": ""}, "agent_email"),
])  # fmt: skip
def test_so_it_is_when_they_begin_later(world, said, field):
    assert list(errors(world, at(world, "recorded"), "note_representative", **said)) == [field]


def test_what_was_seen_for_one_shows_nothing_of_another(world, acted):
    same = {"agent_authority": acted.agent_authority, "agent_authority_on": acted.agent_authority_on}
    assert list(errors(world, acted, "note_representative", agent="Ivo Marsh", **same)) == ["agent_authority"]
    assert (
        take(world, acted, "note_representative", agent="Ivo Marsh", agent_authority="Signed note").agent == "Ivo Marsh"
    )


def test_whoever_would_act_for_themselves_is_warned_about_and_written_to_as_themselves(world):
    case = fresh(build.log(world, on=RECEIVED, **{**ACTS, "agent": "Desmond Pryce"}))
    assert words(world, case) == ["Acknowledge the complaint to Desmond Pryce"]
    assert acts_for_themselves({"agent": "Mr D Pryce", "name": "Desmond Pryce"}) == []
    assert acts_for_themselves({"agent": "Mr Desmond Pryce", "name": "Desmond Pryce"}) == [
        "Who acts for them: this is the complainant’s own name. Leave it empty if nobody acts for them."
    ]


def test_nobody_acts_for_nobody(world):
    assert cannot(world, at(world, "recorded", who="anonymous"), "note_representative") == ("reg 2",)
    assert cannot(world, at(world, "conduct_matter"), "note_representative") == ("reg 2",)
    assert cannot(world, at(world, "recorded"), "end_representative") == ("reg 2",)


def test_a_correction_puts_the_name_right_or_takes_it_out(world, acted):
    acted = take(world, acted, "correct", title=acted.title, agent="Rachel Okafor-Lee", why="Her letter.")
    assert words(world, acted) == ["Acknowledge the complaint to Rachel Okafor-Lee, for Desmond Pryce"]
    assert list(errors(world, acted, "correct", title=acted.title, agent="Daniel Ashcombe")) == ["agent"]
    acted = take(world, acted, "correct", title=acted.title, agent="", why="Of another complaint.")
    assert (acted.agent_email, acted.agent_authority_on) == ("", None)


def test_who_may_not_know_the_complainant_does_not_find_who_acts(world):
    case = fresh(build.log(world, on=RECEIVED, **ACTS))
    for key in ("record", "filter", "appoint_sub_panel"):
        case = take(world, case, key)
    case = take(world, case, "refer_to_full_panel", by=world.chairman)
    marks = ("Okafor", "Larkford Law", "Pryce")
    for url in (case_url(case), case_url(case, "timeline/"), case_url(case, "parts/"), "/exshire/complaints/?show=all"):
        seen = Browser(world.officer).get(url).source
        assert "Pryce" in seen or url.endswith("parts/")
        assert not [m for m in marks if m in Browser(world.member).get(url).source], url
    found = [
        list(Complaint.objects.holding("Okafor", CaseContext(case, user).who)) for user in (world.officer, world.member)
    ]
    assert found == [[case], []]


def test_what_is_published_does_not_name_who_acts(world):
    from complaints.procedure.protected_names import names_nobody
    from panel.casework.case_context import Attempt

    case = fresh(build.log(world, on=RECEIVED, **ACTS))
    look = CaseContext(case, world.officer)
    for text in ("Ms Okafor wrote.", "LARKFORD LAW wrote.", "See rachel@okafor.example."):
        attempt = Attempt(look, look.procedure.step("decide_publication"), ON, answers={"redacted": text})
        assert names_nobody(attempt, "redacted") is not None, text


def test_a_member_who_acts_is_warned_about(world):
    case = fresh(build.log(world, on=RECEIVED, **{**ACTS, "agent": world.members[5].name}))
    warned = CaseContext(case, world.officer).facts.complaining
    assert warned == {world.members[5].pk: "has the name of who acts for the complainant"}


def test_nobody_ceases_to_act_before_they_began(world):
    case = take(world, at(world, "recorded"), "note_representative", on=ON)
    assert list(errors(world, case, "end_representative", on=RECEIVED)) == ["on"]


def test_nothing_is_referred_before_it_was_clear(world):
    case = take(world, at(world, "received"), "identify_serious")
    assert list(errors(world, case, "refer_to_iopc", on=RECEIVED)) == ["on"]
