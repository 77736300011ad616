"""Every declared step through its own page: by whom it is opened, when it is refused, and what is then kept. Each is taken
by its page every day; what is refused is asked of a sample (tests/daily.py), and whose each step is in the matrix."""

import pytest

from complaints.procedure import PROCEDURE, STEPS
from panel.casework.case_context import CaseContext
from panel.casework.offers import elsewhere_in_words, list_roles, offer
from panel.law.roles import Role
from panel.models import Draft, Entry
from panel.pages.remedy import remedied
from tests.build import pdf
from tests.daily import daily
from tests.panel.pages.cases import (
    MAKE,
    ON_A_CASE,
    answers_to_make,
    case_url,
    not_ready_for,
    nothing_kept,
    people_for,
    ready_for,
    reversible_now,
    step_url,
)
from tests.panel.pages.page import Browser
from tests.steps import ATTACHED, ON, PERSON, answers, at, fresh, last, sitting, who_enters

KEYS = [s.key for s in STEPS]
SIGNED_IN = ("officer", "mo", "chairman", "vice", "auditor")  # who sees any case of the panel
HEADINGS = {"filter": "Decide how this complaint is handled"}  # otherwise the step's own words
UNSEEN = {"officer": 404, "chairman": 404, "vice": 404}  # of a restricted case, whoever is not named


def hand_made(world, case, key, by) -> dict:
    """Valid answers, as somebody could post them past the page."""
    given = answers_to_make(world, key) if case is None else answers(world, case, key, by)
    given = {"on": ON, **({"parts": ["1"]} if case else {}), **given}
    return given | ({"documents": [pdf()]} if key in ATTACHED else {})


@pytest.mark.parametrize("key", daily(STEPS))
def test_the_page_opens_for_who_may_enter_the_step_and_names_the_rule_to_everybody_else(world, key):
    step, case = PROCEDURE.step(key), ready_for(world, key)
    may = people_for(world, case, step)
    assert may
    url = step_url(case, key)
    named = {str(r.user_id) for r in case.roles.filter(kind="named", to_entry=None)} if case else set()
    asked = [*SIGNED_IN, *(["sitting"] if case and world.members[3].pk in sitting(case) else [])]
    browsers = {who: Browser(world.people[who]) for who in (*asked, "member", "admin")}
    with nothing_kept():  # opening a page writes nothing
        pages = {who: browser.get(url) for who, browser in browsers.items()}
    for who in asked:
        page = pages[who]
        if named and who not in ("mo", "auditor") and str(world.people[who].pk) not in named:
            assert page.status == 404, who
        elif who in may:
            assert (page.status, page.h1) == (200, HEADINGS.get(key, step.label)), who
            if key not in ("filter", "log"):  # whose pages are their own
                assert page.main.one(cls="app-bar").text.endswith(step.provision[1:])
            buttons = [b.text for b in page.form.all("button")]
            assert ("Continue" if step.confirm else step.button) in buttons
            assert "Save and finish later" in buttons
        else:
            assert (page.status, page.h1) == (403, "You cannot take this step"), who
            assert f"Only {list_roles(step.decided_by or step.entered_by)} can do this" in page.text
            assert f"({step.provision})" in page.text
            assert "Nothing was changed." in page.text
    for who, status in (("member", 404), ("admin", 403)):
        expected = 403 if case is None else status
        assert pages[who].status == expected, who


@pytest.mark.parametrize("key", daily(s for s in STEPS if s.key in ON_A_CASE and not_ready_for(s.key)))
def test_from_another_state_it_is_refused_with_the_reason_the_provision_and_the_remedy(world, key):
    step, state = PROCEDURE.step(key), not_ready_for(key)
    case = at(world, state)
    by = world.people[PERSON[[r for r in step.entered_by if r is not Role.SUB_PANEL][0]]]
    look = CaseContext(case, by)
    refusal = remedied(look, step, offer(look, step).refusal)  # for where the case stands: test_first.py
    reason, remedy, first = refusal.reason, refusal.remedy, refusal.first
    assert reason in (step.when_elsewhere.at(look.case.status).reason, elsewhere_in_words(look, step))
    browser = Browser(by)
    page = browser.get(step_url(case, key))
    assert (page.status, page.h1) == (409, "You cannot do this yet")
    for words in (step.label, reason, step.provision[1:], f"First: {remedy}" if remedy else "", "Nothing was changed."):
        assert words in page.text
    if remedy in page.links():  # only where this person can take that step now
        assert page.follow(remedy).h1 in (PROCEDURE.step(first).label, "Decide how this complaint is handled")
    given = hand_made(world, case, key, by)
    with nothing_kept(but=[Draft]):
        page = browser.send(step_url(case, key), given)
    assert (page.status, page.h1) == (409, "You cannot do this yet")
    assert reason in page.text
    assert "What you typed is kept as a draft that only you can see." in page.text
    assert Draft.objects.get(case=case).user == by


@pytest.mark.parametrize("key", daily(STEPS))
def test_a_post_by_another_role_is_refused_with_its_provision_and_changes_nothing(world, key):
    step, case = PROCEDURE.step(key), ready_for(world, key)
    may = people_for(world, case, step)
    others = [w for w in ("auditor", "vice", "chairman", "mo", "officer") if w not in may]
    named = {r.user_id for r in case.roles.filter(kind="named", to_entry=None)} if case else set()
    others = [w for w in others if not named or w in ("mo", "auditor") or world.people[w].pk in named]
    given = hand_made(world, case, key, world.people[may[0]])
    for who in others:
        browser = Browser(world.people[who])
        with nothing_kept():
            page = browser.send(step_url(case, key), given)
        assert (page.status, page.h1) == (403, "You cannot take this step"), who
        assert step.provision in page.text
    for who in ("member", "admin"):
        browser = Browser(world.people[who])
        with nothing_kept():
            assert browser.send(step_url(case, key), given).status in (403, 404), who
    assert "auditor" in others


@pytest.mark.parametrize("key", daily(STEPS))
def test_nothing_answered_is_asked_again_with_the_errors_above_and_nothing_is_kept(world, key):
    step, case = PROCEDURE.step(key), ready_for(world, key)
    by = world.officer if case is None else who_enters(world, case, key)
    browser = Browser(by)
    with nothing_kept():
        page = browser.send(step_url(case, key))
    assert (page.status, page.h1) == (422, HEADINGS.get(key, step.label))
    assert page.errors  # read beside the questions, each with its line in the summary
    assert set(page.errors) <= {name.removesuffix("_day") for name in page.offered()} | {"documents"}
    assert "This field is required" not in page.text


@pytest.mark.parametrize("key", KEYS)
def test_whoever_answers_the_page_takes_the_step(world, key):
    step, case = PROCEDURE.step(key), ready_for(world, key)
    by = world.officer if case is None else who_enters(world, case, key)
    page = Browser(by).get(step_url(case, key))
    given = answers_to_make(world, key) if case is None else answers(world, case, key, by)
    asked = {n.removesuffix("_day") for n in page.offered()}
    given = {f"{k}_1" if key == "add_allegation" else k: v for k, v in given.items()}
    given = {k: v for k, v in given.items() if k in asked}
    if key == "reverse":
        assert page.offered()["entry"] == reversible_now(case, by)
    attached = {"documents": [pdf()]} if key in ATTACHED else {}
    page = page.submit("Continue" if step.confirm else step.button, **{"on": ON, **given}, **attached)
    if step.confirm:
        assert page.status == 200, page.summary
        choice = {"similar": "own"} if "similar" in page.offered() else {}
        page = page.submit(step.button, **choice)
    assert page.status == 200, page.summary
    told = "Acknowledged the complaint to Gillian Thorpe" if key == "give_notice" else step.past_words
    assert told in page.banner
    made = Entry.objects.filter(step=key).latest("pk")
    assert (made.by, made.on) == (by, given.get("on", ON))
    if case is not None:
        assert last(case) == made
        assert fresh(case).version == case.version + 1
        seen = page.url in (case_url(case), f"/{case.panel.slug}/")
        assert seen, page.url


def test_the_pages_that_make_a_case_are_not_pages_of_a_case(world):
    case = at(world, "received")
    officer = Browser(world.officer)
    for key in MAKE:
        assert officer.get(step_url(case, key)).status == 404
        assert officer.send(step_url(case, key), hand_made(world, None, key, world.officer)).status == 404
    for key in ("record", "no_such_step"):
        assert officer.get(step_url(None, key)).status == 404
        assert officer.get(step_url(case, "no_such_step")).status == 404
