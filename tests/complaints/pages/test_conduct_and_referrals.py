"""The next conduct of a conduct matter, a second referral and a victim's review, each a step on its own page; and that a
conduct matter has no complainant, whatever page is opened."""

from datetime import date, timedelta

import pytest

from panel.casework.case_context import CaseContext
from panel.casework.offers import offers
from tests.panel.pages.cases import nothing_kept, step_url
from tests.panel.pages.page import Browser
from tests.steps import (
    ON,
    RECEIVED,
    at,
    cannot,
    conduct_matter,
    fresh,
    kinds,
    last,
    open_duties,
    part,
    statuses,
    take,
)  # fmt: skip

NEXT = {
    "came_to_light": "In the same lease", "clear_on": ON, "on": ON, "offence": "yes", "offence_is": "Fraud",
    "what_1": "Took another car", "happened_on_1": RECEIVED,
}  # fmt: skip


def test_the_next_conduct_is_recorded_at_once_and_goes_to_the_iopc(world):
    case = take(world, conduct_matter(world), "refer_to_iopc")
    page = Browser(world.officer).get(step_url(case, "add_conduct"))
    with nothing_kept():
        page = page.submit("Add the conduct", **{**NEXT, "offence": "no"})
    assert list(page.errors) == ["offence"]
    with nothing_kept():
        page = page.submit("Add the conduct", offence="yes", offence_is="", clear_on=date(2026, 11, 3), what_1="")
    assert page.errors == {
        "offence_is": ["Enter which offence it is, or what makes it one"],
        "what_1": ["Enter what is said to have happened"],
    }
    with nothing_kept():
        page = page.submit("Add the conduct", **{**NEXT, "clear_on": date(2026, 11, 3)})
    assert list(page.errors) == ["clear_on"]
    page.submit("Add the conduct", clear_on=ON)
    assert statuses(case) == ["referred_to_iopc", "recorded"]
    assert part(case, 2).due_to_iopc
    assert [(d.part.number, d.due) for d in open_duties(case, "refer_to_iopc")] == [(2, date(2026, 11, 3))]
    case = take(world, fresh(case), "refer_to_iopc")
    assert statuses(case) == ["referred_to_iopc", "referred_to_iopc"]


def test_conduct_is_added_to_a_conduct_matter_alone(world):
    assert cannot(world, at(world, "recorded"), "add_conduct", **NEXT) == ("reg 11", "reg 12")


# A second referral

SENT = {"new": "A second witness", "clear_on": ON, "sent": "By secure email", "tell_office_holder": "no", "on": ON}


@pytest.mark.parametrize("state, goes_to, opened", [
    ("referred_to_iopc", "referred_to_iopc", set()),
    ("with_iopc", "with_iopc", set()),
    ("awaiting_proceedings", "referred_to_iopc", {"iopc_decides"}),
])  # fmt: skip
def test_what_the_iopc_or_a_court_has_is_referred_again(world, state, goes_to, opened):
    case = at(world, state)
    before = set(kinds(case))
    page = Browser(world.officer).get(step_url(case, "refer_again"))
    with nothing_kept():
        empty = page.submit("Record the referral", on=ON)
    assert {"new", "clear_on", "sent", "tell_office_holder"} == set(empty.errors)
    page.submit("Record the referral", **SENT)
    case = fresh(case)
    assert (case.status, last(case).step) == (goes_to, "refer_again")
    assert opened <= set(kinds(case)) - before
    assert "tell_referred" in kinds(case)
    assert "court_decides" not in kinds(case)


def test_a_late_second_referral_says_why(world):
    case = at(world, "with_iopc")
    page = Browser(world.officer).get(step_url(case, "refer_again"))
    late = {**SENT, "clear_on": ON, "on": ON + timedelta(days=7)}
    with nothing_kept():
        page = page.submit("Record the referral", **late)
    assert page.errors == {"late_new": ["The last day was 3 November 2026: enter why it is late"]}
    with nothing_kept():
        ahead = page.submit("Record the referral", clear_on=ON + timedelta(days=8))
    assert list(ahead.errors) == ["clear_on"]
    page.submit("Record the referral", clear_on=ON, late_new="She wrote on a Friday.")
    assert last(case).answers["late_new"] == "She wrote on a Friday."


def test_nothing_that_the_panel_has_is_referred_again(world):
    assert cannot(world, at(world, "recorded"), "refer_again") == ("para 3", "reg 13")


# A victim's review


def test_a_victims_review_is_noted_and_ends(world):
    case = at(world, "awaiting_proceedings")
    page = Browser(world.officer).get(step_url(case, "note_victims_review"))
    with nothing_kept():
        empty = page.submit("Save", on=ON)
    assert set(empty.errors) == {"who", "body", "about"}
    with nothing_kept():
        past = page.submit("Save", who="complainant", body="prosecutor", about="Not to charge", by_when=RECEIVED, on=ON)
    assert list(past.errors) == ["by_when"]
    page.submit("Save", who="complainant", body="prosecutor", about="Not to charge", by_when=date(2026, 12, 1), on=ON)
    (duty,) = open_duties(case, "await_review")
    assert (duty.recipient, duty.due) == ("a_prosecutor", date(2026, 12, 1))
    page = Browser(world.officer).get(step_url(case, "victims_review_ends"))
    with nothing_kept():
        early = page.submit("Save", ended="stands", note="Nothing.", on=ON - timedelta(days=1))
    assert list(early.errors) == ["on"]
    page.submit("Save", ended="stands", note="Nothing.", on=ON)
    assert "await_review" not in kinds(case)


def test_a_review_is_of_what_was_with_the_iopc(world):
    assert cannot(world, at(world, "recorded"), "note_victims_review") == ("para 8", "reg 26")
    assert cannot(world, at(world, "with_iopc"), "victims_review_ends") == ("para 8", "reg 26")


def test_a_review_is_of_what_somebody_has_decided(world):
    case = at(world, "with_iopc")
    page = Browser(world.officer).get(step_url(case, "note_victims_review"))
    assert page.status == 409
    assert "The IOPC has it: nobody has decided yet whether to prosecute." in page.text
    case = at(world, "awaiting_proceedings")
    page = Browser(world.officer).get(step_url(case, "note_victims_review"))
    early = page.submit("Save", who="complainant", body="police", about="Not to charge", on=ON - timedelta(days=1))
    assert list(early.errors) == ["on"]


def test_a_body_says_by_when_it_decides(world):
    case = take(world, at(world, "recorded"), "note_external_challenge", body="ombudsman")
    page = Browser(world.officer).get(step_url(case, "answer_challenge"))
    with nothing_kept():
        past = page.submit("Save the answer", answer="Ours.", then="decision", decide_by=RECEIVED, on=ON)
    assert list(past.errors) == ["decide_by"]
    page.submit("Save the answer", answer="Ours.", then="decision", decide_by=date(2027, 1, 11), on=ON)
    (duty,) = open_duties(case, "await_challenge")
    assert (duty.recipient, duty.due) == ("challenge:ombudsman", date(2027, 1, 11))
    assert "Decided by 11 January 2027" in Browser(world.officer).get(f"{step_url(case, 'timeline')}").text


# Nobody complained


def test_no_page_of_a_conduct_matter_offers_a_complainant(world):
    case = conduct_matter(world)
    for key in ("refer_to_iopc", "iopc_refers_back"):
        case = take(world, case, key)
    case = take(world, case, "filter", route="informal_resolution")
    case = take(world, case, "resolve_informally")
    seen = 0
    for user in (world.officer, world.mo):
        for offer in offers(CaseContext(case, user)):
            if offer.refusal is None:
                page = Browser(user).get(step_url(case, offer.step.key))
                given = page.form.text.lower()  # above it stand the words of the law
                assert "complainant" not in given, f"{offer.step.key}: {given[given.index('complainant') - 60 :][:140]}"
                seen += 1
    assert seen > 20
    case = take(world, case, "note_comments")
    case = take(world, case, "record_outcome")
    for key in ("decide_publication", "invite_representations"):
        page = Browser(world.officer).get(step_url(case, key))
        assert "complainant" not in page.form.text.lower(), key
