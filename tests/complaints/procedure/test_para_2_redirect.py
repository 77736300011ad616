"""Paragraph 2, regulations 9 and 10: conduct of this Panel's office holder only; what belongs elsewhere is passed on."""

import pytest

from tests.steps import at, cannot, errors, kinds, last, notices, open_duties, part, refusal, take

REASONS = ["policy", "operational", "other_panel", "staff", "other"]


@pytest.mark.parametrize("reason", REASONS)
def test_what_is_not_for_the_panel_is_redirected_with_reason_and_addressee(world, reason):
    case = take(world, at(world, "received"), "redirect", reason=reason, redirected_to="Somebody else")
    found = part(case)
    assert (case.status, found.redirected, found.redirected_to) == ("redirected", reason, "Somebody else")
    assert last(case).moves.get().counts == {"redirected": reason}
    assert last(case).why == "It is about a policy."


def test_the_complainant_is_told_and_it_is_passed_on(world):
    case = take(world, at(world, "received"), "redirect")
    assert [(d.kind, d.recipient) for d in open_duties(case)] == [
        ("tell_redirected", "complainant"), ("pass_on", "body"),
    ]  # fmt: skip
    case = take(world, case, "give_notice")
    assert kinds(case) == []


def test_an_anonymous_complainant_cannot_be_told(world):
    case = take(world, at(world, "received", who="anonymous"), "redirect")
    assert kinds(case) == ["pass_on"]


@pytest.mark.parametrize("reason", REASONS)
def test_the_law_orders_it_passed_on_to_another_panel_only(world, reason):
    case = take(world, at(world, "received"), "redirect", reason=reason)
    found = next(d for d in open_duties(case) if d.recipient == "body")
    assert found.kind == ("notify_other" if reason == "other_panel" else "pass_on")
    by_officer = refusal if reason == "other_panel" else take
    by_officer(world, case, "waive", by=world.officer, duties=[str(found.pk)])


def test_reason_addressee_and_grounds_are_asked_for(world):
    found = errors(world, at(world, "received"), "redirect", reason="", redirected_to="", why="")
    assert found == {
        "reason": ["Select why"], "redirected_to": ["Enter who it is for"], "why": ["Enter the reasons"],
    }  # fmt: skip


@pytest.mark.parametrize("state", ["recorded", "filtered", "sub_panel", "informal_resolution"])
def test_once_recorded_only_the_monitoring_officer_redirects_and_it_is_counted_apart(world, state):
    case = at(world, state)
    assert cannot(world, case, "redirect", by=world.officer) == ("para 2", "reg 9")
    case = take(world, case, "redirect", by=world.mo)
    assert last(case).moves.get().counts == {"redirected": "policy", "late": "yes"}


@pytest.mark.parametrize(
    "state",
    ["awaiting_information", "referred_to_iopc", "with_iopc", "full_panel", "outcome_recorded", "closed", "void"],
)
def test_elsewhere_it_cannot_be_redirected(world, state):
    assert cannot(world, at(world, state), "redirect", by=world.mo) == ("para 2", "reg 9", "reg 10")


def test_one_allegation_is_redirected_and_the_other_goes_on(world):
    case = take(world, at(world, "received", allegations=2), "redirect", parts=["1"])
    assert (case.status, [p.status for p in case.parts.all()]) == ("received", ["redirected", "received"])
    assert [d.part.number for d in open_duties(case, "decide_recording")] == [2]
    case = take(world, case, "record", parts=["2"])
    assert case.status == "recorded"
    assert [d.kind for d in notices(case)].count("tell_redirected") == 1


def test_what_appears_to_be_an_offence_is_not_redirected(world):
    case = take(world, at(world, "received"), "identify_serious")
    assert "reg 13" in cannot(world, case, "redirect", by=world.mo)
