"""Answers that contradict what is on record: the IOPC's direction, where an allegation stands, who complained of whom."""

from datetime import date

import pytest

from panel.record.act import sealed_act
from tests import build
from tests.steps import (
    DISAPPLIED,
    ON,
    at,
    cannot,
    errors,
    fresh,
    last,
    notices,
    open_duties,
    refusal,
    statuses,
    take,
)

# The IOPC's direction binds whoever decides, at whatever step (reg 24)


def directed(world, direction):
    return take(world, at(world, "with_iopc"), "iopc_discontinues", direction=direction)


def test_a_sub_panel_takes_no_action_on_nothing_that_is_to_be_resolved_informally(world):
    case = take(world, directed(world, "part_4"), "filter", route="sub_panel_considers")
    case = take(world, case, "appoint_sub_panel", purpose="consider")
    found = errors(world, case, "take_no_action", by=world.sitting)
    assert "allegation 1 be resolved informally: no action cannot be decided" in found["__all__"][0]
    assert take(world, case, "resolve_informally").status == "informal_resolution"


def test_nor_does_the_panel_resolve_informally_what_is_to_be_disapplied(world):
    case = take(world, directed(world, "disapply"), "filter", route="no_action")
    case = take(world, case, "refer_to_full_panel")
    found = errors(world, case, "resolve_informally")
    assert "otherwise than under Part 4: it is not resolved informally" in found["__all__"][0]
    assert take(world, case, "take_no_action").status == "filtered"


def test_where_the_panel_is_left_free_both_parts_of_the_test_are_asked_as_ever(world):
    case = directed(world, "as_fit")
    assert set(errors(world, case, "filter", route="no_action")) == {"considered", "grounds"}
    assert take(world, case, "filter", route="no_action", **DISAPPLIED).status == "filtered"


@pytest.mark.parametrize("direction, to, right", [("part_4", "closed", "recorded"), ("none", "recorded", "closed")])
def test_where_it_goes_follows_from_the_direction_whatever_is_sent(world, direction, to, right):
    assert take(world, at(world, "with_iopc"), "iopc_discontinues", direction=direction, to=to).status == right


def test_an_ended_complaint_goes_on_only_where_it_can(world):
    assert errors(world, at(world, "withdrawn"), "reopen", to="closed") == {"to": ["Select where it goes on"]}


# An allegation that the step is not for


def test_an_allegation_that_has_passed_the_step_is_named(world):
    case = take(world, at(world, "received", allegations=3), "record", parts=["1"])
    gone = {"parts": ["Allegation 1 stands at Recorded: this step is not for it any more"]}
    assert errors(world, case, "record", parts=["1"]) == gone
    assert errors(world, case, "record", parts=["1", "2"]) == gone
    case = take(world, case, "record", parts=["2"])
    assert errors(world, case, "record", parts=["1"]) == gone  # also where nothing is left to choose
    assert errors(world, case, "record", parts=["17"]) == {"parts": ["Select at least one allegation"]}
    case = take(world, case, "identify_serious", parts=["2"])
    held = {"parts": ["Allegation 2 stands at Recorded: something else must happen to it first"]}
    assert errors(world, case, "filter", parts=["1", "2"]) == held
    assert statuses(case) == ["recorded", "recorded", "received"]


# Who complained, of whom


def test_complaints_of_one_person_about_two_office_holders_are_two_matters(world):
    case = at(world, "received")
    other = fresh(build.log(world, about=["deputy"]))
    (message,) = errors(world, case, "merge", into=other.reference)["into"]
    assert message.startswith(f"{other.reference} is about another office holder")
    both = fresh(build.log(world, about=["pcc", "deputy"]))
    assert take(world, case, "merge", into=both.reference).status == "void"


def test_a_record_of_which_a_part_has_gone_further_or_waits_for_the_iopc_is_not_merged(world):
    on = at(world, "recorded")
    case = take(world, at(world, "received", allegations=2), "record")
    case = take(world, case, "filter", parts=["2"])
    assert "Allegation 2 has gone further: Route decided." in str(refusal(world, case, "merge", into=on.reference))
    case = take(world, at(world, "received", allegations=2), "identify_serious", parts=["2"])
    assert cannot(world, case, "merge", into=on.reference)[0] == "para 3"


@pytest.mark.parametrize(
    "text",
    [
        "It was said at 9 Station Road.", "LARKFORD heard of it.", "She rang from 01632960177.", "Ring 01632 960177.",
        "Mr Ferris acted for her.", "Mail gillian@example.org.",
    ],
)  # fmt: skip
def test_neither_address_nor_telephone_nor_agent_is_published(world, text):
    case = at(
        world, "outcome_recorded", address="9 Station Road, Larkford", phone="01632 960177", agent="Ferris and Lowe, solicitors"
    )  # fmt: skip
    case = take(world, case, "invite_representations")
    for side in ("complainant", f"office_holder:{world.pcc.pk}"):
        case = take(world, case, "note_representations", side=side)
    given = {"publish": "yes", "considered": True, "public_interest": True}
    found = errors(world, case, "decide_publication", redacted=text, **given)
    assert list(found) == ["redacted"]
    assert "could tell who complained" in found["redacted"][0]
    take(world, case, "decide_publication", redacted="What had been said at a station was explained.", **given)


def test_to_publish_both_ticks_are_needed(world):
    case = at(world, "outcome_recorded")
    given = {"publish": "yes", "considered": True, "public_interest": True, "redacted": "It was explained."}
    for name, words in (
        ("considered", "Tick that the representations were considered"),
        ("public_interest", "Tick that publication is in the public interest, or do not publish"),
    ):
        assert errors(world, case, "decide_publication", **{**given, name: False}) == {name: [words]}


def test_where_nobody_is_known_to_have_complained_no_name_can_be_given_away(world):
    case = take(world, at(world, "outcome_recorded", who="anonymous"), "invite_representations")
    case = take(world, case, "note_representations", side=f"office_holder:{world.pcc.pk}")
    given = {"publish": "yes", "considered": True, "public_interest": True, "redacted": "Gillian Thorpe had asked."}
    assert take(world, case, "decide_publication", **given).duties.filter(kind="publish").count() == 1


def test_the_day_somebody_left_office_is_that_of_their_term(world):
    case = at(world, "recorded", about=("deputy",))
    with sealed_act(world.panel, by=None, name="set_up"):
        world.deputy.from_date, world.deputy.to_date = date(2026, 11, 3), date(2026, 11, 10)
        world.deputy.save()
    said = {"on": ["Ms Calloway left office on 10 November 2026: enter that day, or correct the term"]}
    assert errors(world, case, "note_office_left", on=date(2026, 11, 9)) == said
    assert last(take(world, case, "note_office_left", on=date(2026, 11, 10))).step == "note_office_left"
    with sealed_act(world.panel, by=None, name="set_up"):
        world.deputy.to_date = None
        world.deputy.save()
    assert errors(world, case, "note_office_left", on=ON) == {"on": ["Ms Calloway took office on 3 November 2026"]}


def test_the_website_tells_nobody_in_particular(world):
    case = take(world, at(world, "outcome_recorded"), "invite_representations")
    for side in ("complainant", f"office_holder:{world.pcc.pk}"):
        case = take(world, case, "note_representations", side=side)
    case = take(
        world, case, "decide_publication", publish="yes", considered=True, public_interest=True, redacted="Explained."
    )
    assert len(notices(case)) > 1
    assert list(errors(world, case, "give_notice", how="website")) == ["how"]
    case = take(world, case, "give_notice", how="website", duties=[str(open_duties(case, "publish")[0].pk)])
    assert open_duties(case, "publish") == []
