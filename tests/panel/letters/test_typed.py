"""What somebody typed on the pages of letters and of the public version outlives the session, is sent once, and goes when the
case is erased."""

import pytest

from panel.models import Draft, LetterDraft, MarkedWords
from tests.panel.letters.test_letters import anonymised, begun, letters_of
from tests.panel.site.test_kept import send, sign_in_again, strict
from tests.steps import at

pytestmark = pytest.mark.django_db
TEXT = "/exshire/letters/texts/complaints/acknowledge/to-others/"


def lost(browser, page, user, **answers):
    """The page as it comes back when its session ended before it was sent, and its owner signed in again."""
    browser.client.cookies.clear()
    at_the_door = send(browser, page, **answers)
    assert "What you typed is kept as a draft." in at_the_door.text, page.url
    again = sign_in_again(browser, at_the_door, user)
    assert again.status == 200
    assert "It is not saved, and only you can see it." in again.text, page.url
    return again


def test_a_letter_that_is_being_written_outlives_the_session(world):
    case = at(world, "received")
    officer = strict(world.officer)
    page = officer.get(letters_of(case))
    page = page.follow(next(words for words in page.links() if words.startswith("Write: ")))
    page = page.submit("Save and finish later").follow("Acknowledgement")
    page = lost(officer, page, world.officer, text=page.values()["text"] + "\n\nTyped and not sent.")
    assert "Typed and not sent." in page.values()["text"]
    draft = Draft.objects.get()
    assert (draft.case_id, draft.user, draft.address) == (case.pk, world.officer, page.url)
    assert f"Write a letter: {case.reference}" in officer.get("/exshire/").links()
    assert officer.get(f"/exshire/complaints/{case.reference}/").follow("Write a letter").h1 == page.h1
    theirs = begun(world, case, "mo")
    assert "Typed and not sent." not in theirs.text
    theirs.submit("Save and finish later", text=theirs.values()["text"] + "\n\nTheir line.")
    told = page.submit("Check the letter")
    assert told.status == 409  # it was typed before theirs was saved
    assert Draft.objects.exists()
    check = told.submit("Keep mine, and check it")
    assert "Typed and not sent." in LetterDraft.objects.get(case=case).text
    assert not Draft.objects.exists()
    check = lost(officer, check, world.officer, how="meeting")
    assert check.values()["how"] == ["meeting"]
    check.submit("Say that it went")
    assert not Draft.objects.exists()


def test_restrictions_and_texts_that_are_being_written_do_too(world):
    case = at(world, "received")
    for url, name in ((f"{letters_of(case)}contact/", "way"), (TEXT, "text")):
        mo = strict(world.mo)
        page = mo.get(url)
        assert lost(mo, page, world.mo, **{name: "What I typed"}).values()[name].strip() == "What I typed"
    assert {d.case_id for d in Draft.objects.all()} == {case.pk, None}


def test_what_a_copy_leaves_out_does_too_and_each_answer_stays_with_its_words(world):
    case = anonymised(world, "Zebedee Farnsworth and Ottoline Marsh heard him shout at me")
    officer = strict(world.officer)
    page = officer.get(letters_of(case))
    page = page.follow(next(w for w in page.links() if "Copy of the complaint, to Mr Ashcombe" in w))
    words = page.follow("What is left out of it")
    first, *rest = [name for name in words.offered() if name.startswith("word-")]
    assert rest
    told = words.form.one("input", id=f"keep-{first.removeprefix('word-')}")
    assert told.attrs["name"] == first
    some = case.parts.first().allegation.what.split()[1]
    words = lost(officer, words, world.officer, **{first: "keep", "other_words": some})
    assert (words.values()[first], words.values()["other_words"].strip()) == (["keep"], some)
    assert "0 are decided on." in words.text
    words.submit("Save and finish later", **{rest[0]: "out"})
    assert sorted(MarkedWords.objects.values_list("kept", flat=True)) == [False, False, True]
    assert not Draft.objects.exists()
