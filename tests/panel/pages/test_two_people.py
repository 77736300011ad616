"""Two people at once: the second sees what the first did, with both texts, chooses what to do, and loses nothing."""

import pytest

from panel.models import Draft, Duty
from tests.panel.pages.cases import case_url, nothing_kept, step_url
from tests.panel.pages.page import Browser
from tests.steps import ON, at, fresh, last, take

pytestmark = pytest.mark.postgres

MINE = "Mine: the webcast is plain enough.\nNothing <b>more</b> is needed."
THEIRS = "Theirs: best settled face to face."


@pytest.fixture
def case(world):
    """Recorded, and waiting for the Chairman."""
    return at(world, "recorded")


def decide(browser, case, **answers):
    """The filter page answered, as far as the page that confirms."""
    answers = {"offence": "no", "route": "full_panel", "why": MINE, "no_advice_why": "She is away", **answers}
    return browser.get(step_url(case, "filter")).submit("Continue", **answers)


def first_was(world, case):
    """The officer types up the Chairman's decision meanwhile."""
    return take(world, case, "filter", by=world.officer, why=THEIRS)


def columns(page):
    """(theirs, mine): the texts of the two columns."""
    theirs, mine = [e for e in page.main.one(cls="app-mine-theirs").children if getattr(e, "tag", "") == "div"]
    return theirs, mine


def test_the_second_decision_is_not_taken_and_both_stand_side_by_side_theirs_first(world, case):
    check = decide(Browser(world.chairman), case)
    first_was(world, case)
    with nothing_kept(but=[Draft]):
        page = check.submit("Confirm decision")
    assert page.status == 409
    assert page.h1 == f"{world.officer.name} entered the decision while you were writing"
    assert "Ask Mo of Exshire to take the decision back" in page.text
    theirs, mine = columns(page)
    assert THEIRS in theirs.text
    assert "A sub-panel resolves it informally" in theirs.text
    assert world.officer.name in theirs.text
    assert " ".join(MINE.split()) in mine.text
    assert "The full Panel deals with it" in mine.text
    assert last(case).why == THEIRS
    assert not [e for e in page.form.all("input") if "checked" in e.attrs]  # nothing is chosen beforehand
    assert page.offered() == {"stale": ["note", "draft", "reverse"]}  # it cannot be decided again: no "mine as well"


def test_also_before_the_page_that_confirms(world, case):
    page = Browser(world.chairman).get(step_url(case, "filter"))
    first_was(world, case)
    page = page.submit("Continue", offence="no", route="full_panel", why=MINE)
    assert page.status == 409
    assert " ".join(MINE.split()) in columns(page)[1].text


def test_leaving_that_page_keeps_the_text_as_a_draft(world, case):
    chairman = Browser(world.chairman)
    check = decide(chairman, case)
    first_was(world, case)
    page = check.submit("Confirm decision")
    draft = Draft.objects.get()
    assert (draft.user, draft.case_id, draft.step) == (world.chairman, case.pk, "filter")
    assert draft.answers["why"][0].replace("\r\n", "\n") == MINE
    assert "You kept a draft" in page.follow("See the case as it is now").text
    assert "You kept a draft" not in Browser(world.officer).get(case_url(case)).text


def stale_page(world, case):
    """What the Chairman gets who was second."""
    check = decide(Browser(world.chairman), case)
    first_was(world, case)
    return check.submit("Confirm decision")


def test_leave_it_and_put_my_text_on_the_case_as_a_file_note(world, case):
    page = stale_page(world, case).submit("Continue", stale="note")
    assert page.url == case_url(case)
    assert "Your text is on the case as a file note." in page.banner
    entry = last(case)
    assert (entry.step, entry.by) == ("note_contact", world.chairman)
    assert entry.answers["note"].startswith("Decide how it is handled (not recorded)")
    assert MINE in entry.answers["note"]
    assert "The full Panel deals with it" in entry.answers["note"]
    assert not Draft.objects.exists()


def test_leave_it_and_keep_my_text_as_a_draft_only_i_can_see(world, case):
    page = stale_page(world, case)
    with nothing_kept():
        page = page.submit("Continue", stale="draft")
    assert "Kept as a draft that only you can see." in page.banner
    assert Draft.objects.get().user == world.chairman


def test_ask_the_monitoring_officer_to_take_the_step_back_my_text_goes_with_it(world, case):
    page = stale_page(world, case).submit("Continue", stale="reverse")
    assert "The Monitoring Officer has been asked to take the step back." in page.banner
    entry = last(case)
    assert entry.step == "ask_for_reversal"
    assert MINE in entry.why
    duty = Duty.objects.get(opened_by=entry)
    assert (duty.kind, duty.closed_by) == ("consider_reversal", None)
    assert not Draft.objects.exists()
    assert "Consider taking a step back, as asked" in Browser(world.mo).get(case_url(case)).text


def test_nothing_chosen_says_so_and_keeps_the_draft(world, case):
    page = stale_page(world, case)
    with nothing_kept(but=[Draft]):  # the draft is written once more, with the same answers
        again = page.submit("Continue")
    assert (again.status, again.summary) == (422, ["Select what you want to do with your text"])
    assert [column.text for column in columns(again)] == [column.text for column in columns(page)]
    assert Draft.objects.exists()
    assert "Your text is on the case as a file note." in again.submit("Continue", stale="note").banner


def test_where_the_step_is_still_possible_mine_can_be_recorded_as_well(world, case):
    """A note does not stop a decision: it says so first, and then goes on with what was typed."""
    check = decide(Browser(world.chairman), case)
    take(world, case, "note_contact", by=world.officer, note="She rang: she is moving house.")
    page = check.submit("Confirm decision")
    assert page.status == 409
    assert page.h1 == f"{world.officer.name} changed this while you were writing"
    assert "She rang: she is moving house." in columns(page)[0].text
    assert page.offered()["stale"][0] == "again"
    page = page.submit("Continue", stale="again")
    assert page.h1 == "Decide how this complaint is handled"
    assert page.values()["why"].replace("\r\n", "\n") == MINE
    assert page.values()["route"] == ["full_panel"]
    page = page.submit("Continue").submit("Confirm decision")
    assert (last(case).step, last(case).why, fresh(case).status) == ("filter", MINE, "filtered")
    assert not Draft.objects.exists()


def test_what_happened_twice_meanwhile_is_all_there(world, case):
    check = decide(Browser(world.chairman), case)
    take(world, case, "note_contact", by=world.officer, note="First call")
    take(world, case, "note_contact", by=world.mo, note="Second call")
    theirs, _ = columns(check.submit("Confirm decision"))
    assert "First call" in theirs.text
    assert "Second call" in theirs.text


def test_on_two_allegations_each_may_decide_one(world):
    case = at(world, "recorded", allegations=2)
    check = decide(Browser(world.chairman), case, parts=["2"])
    take(world, case, "filter", by=world.officer, parts=["1"], why=THEIRS)
    page = check.submit("Confirm decision")
    assert page.status == 409
    assert "again" in page.offered()["stale"]
    page = page.submit("Continue", stale="again")
    page.submit("Continue").submit("Confirm decision")
    assert list(case.parts.order_by("number").values_list("status", flat=True)) == ["filtered", "filtered"]
    assert [e.why for e in case.entries.filter(step="filter").order_by("number")] == [THEIRS, MINE]


def test_pressed_twice_one_decision_is_made(world, case):
    check = decide(Browser(world.chairman), case)
    assert check.submit("Confirm decision").status == 200
    page = check.submit("Confirm decision")
    assert (page.status, page.url) == (200, case_url(case))
    assert case.entries.filter(step="filter").count() == 1
    assert "You sent it twice, and it is kept once." in page.banner


@pytest.mark.parametrize("key, answers", [
    ("note_contact", {"kind": "call", "note": "She rang."}), ("brief_chairman", {"note": "Minute 41."}),
    ("decide_copies", {"copy": "full"}),
])  # fmt: skip
def test_pressed_twice_one_note_is_made(world, case, key, answers):
    page = Browser(world.officer).get(step_url(case, key))
    button = page.form.all("button")[0].text
    assert page.submit(button, on=ON, **answers).status == 200
    again = page.submit(button, on=ON, **answers)
    assert (again.status, again.url) == (200, case_url(case))
    assert "You sent it twice, and it is kept once." in again.banner
    by_hand = {k: v for k, v in page.filled(on=ON, **answers).items() if k != "once"}
    again = Browser(world.officer).send(page.url, by_hand)  # as a form that was made without a token would be
    assert "You sent it twice, and it is kept once." in again.banner
    assert case.entries.filter(step=key).count() == 1
    assert not Draft.objects.exists()


def test_a_correction_with_an_old_version_changes_nothing_and_shows_both(world, case):
    page = Browser(world.officer).get(step_url(case, "correct"))
    take(world, case, "correct", by=world.mo, title="The Monitoring Officer’s title")
    with nothing_kept(but=[Draft]):
        page = page.submit("Correct it", title="The officer’s title", why="I misread it")
    assert page.status == 409
    assert fresh(case).title == "The Monitoring Officer’s title"
    assert "The officer’s title" in columns(page)[1].text
    page = page.submit("Continue", stale="again")
    assert page.values()["title"] == "The officer’s title"
    page.submit("Correct it")
    assert fresh(case).title == "The officer’s title"


@pytest.mark.parametrize("seen", ["", "x", "99999999999999", "0"])
def test_a_hand_made_version_does_not_pass_for_the_right_one_unless_it_is_none(world, case, seen):
    """Without a version there is nothing to compare: the step's own conditions still hold. A wrong one is stale."""
    officer = Browser(world.officer)
    page = officer.get(step_url(case, "note_contact"))
    page = officer.send(page.url, {**page.filled(kind="note", note="Typed by hand"), "seen": seen})
    assert (page.status == 409) == (seen == "0")
    assert case.entries.filter(step="note_contact").count() == (0 if seen == "0" else 1)


def test_who_may_neither_note_nor_ask_is_offered_only_the_draft(world):
    """A member who declares an interest on a tabled case, when somebody was first."""
    case = at(world, "full_panel")
    member = Browser(world.member)
    page = member.get(step_url(case, "declare_interest"))
    assert page.status == 200
    take(world, case, "note_contact", by=world.officer)
    page = page.submit("Continue", kind="close", nature="He is my cousin", withdrew="yes")
    assert page.offered()["stale"] == ["again", "draft"]
    page = page.submit("Continue", stale="again").submit("Continue").submit("Declare the interest")
    assert page.url == "/exshire/"
    assert not Draft.objects.exists()
    assert case.roles.filter(kind="interested", user=world.member).exists()


def test_a_step_that_can_no_longer_be_taken_keeps_what_was_typed(world, case):
    """Opened without a version by hand, and from a state where it is over: refused with the reason, kept as a draft."""
    officer = Browser(world.officer)
    given = officer.get(step_url(case, "brief_chairman")).filled(note=MINE)
    del given["seen"]
    take(world, case, "withdraw")
    page = officer.send(step_url(case, "brief_chairman"), given)
    assert (page.status, page.h1) == (409, "You cannot do this yet")
    assert Draft.objects.get().answers["note"][0].replace("\r\n", "\n") == MINE
