"""Letters of a case: what is to be written, the draft with the facts, what it may not say, how it goes and how it is kept."""

import hashlib
import re
from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import TestCase

from complaints.letters.standing import STANDS
from complaints.procedure import PROCEDURE
from panel.casework.case_context import CaseContext
from panel.documents.store import opened
from panel.law import clock
from panel.law.period import day_words
from panel.letters import drafts
from panel.letters.context import LetterContext, others, to_write
from panel.letters.drafts import drafted
from panel.letters.left_out import decide
from panel.letters.marks import Mark, places, without
from panel.letters.said import warnings
from panel.letters.send import checked, send
from panel.letters.text import fill
from panel.models import ContactRestriction, Letter, LetterDraft, MarkedWords, Opening
from panel.post import returned
from panel.post.send import follow_up
from panel.procedure.register import REGISTERS
from panel.record import verify
from panel.record.act import sealed_act
from tests.hearings.build import at as hearing_at
from tests.panel.pages.page import Browser
from tests.panel.record.test_erasure import everything
from tests.steps import at, fresh, open_duties, ready_for, take

pytestmark = pytest.mark.django_db


def letters_of(case):
    return f"/exshire/{case.register.slug}/{case.reference}/letters/"


def begun(world, case, who="officer"):
    """The page of the first letter that is to be written."""
    page = Browser(world.people[who]).get(letters_of(case))
    words = next(words for words in page.links() if words.startswith("Write: "))
    return page.follow(words)


# The texts


def test_a_text_is_filled_and_says_what_is_missing():
    text = (
        "A\n\n[[late: We are sorry, {name}.]] [[no late: In time.]]\n\n**Empty**\n\n{-list}\n\n{gap} [[gap: never]] ."
    )
    found = fill(text, {"late": True, "name": "Ms Okafor", "list": ["one", "two"], "gap": None}.get)
    assert found.text == "A\n\nWe are sorry, Ms Okafor.\n\n**Empty**\n\n1. one\n\n2. two\n\n{gap}."
    assert found.gaps == ("gap",)
    assert fill("**Why**\n\n[[x: y]]\n\n{Size} of it", {"x": "", "size": "three"}.get).text == "**Why**\n\nThree of it"
    assert fill("[[a: {b}]]", {"a": True, "b": True}.get).gaps == ("b",)  # a fact that is only true has no words


def test_every_notice_has_its_letter():
    for procedure in (p for r in REGISTERS.values() if r.letter_fields for p in r.procedures):
        lacking = [d.key for d in procedure.duties if d.notice and procedure.letters_for(d.key) is None]
        assert lacking == [], f"declare a LetterKind that discharges it in {procedure.where}"


def test_marks_are_found_however_they_are_written():
    marks = [Mark("Gillian Thorpe", "the complainant", "the complainant"), Mark("01632 960101", "the complainant")]
    text = "Dear Sir\n\nMrs GILLIAN\u00a0Thorpe rang from 0163 296 0101.\n\nThorpes are others."
    found = places(text, marks)
    assert [(p.paragraph, p.words) for p in found] == [(2, "GILLIAN\u00a0Thorpe"), (2, "0163 296 0101")]
    assert without(text, found) == "Dear Sir\n\nthe complainant rang from [removed].\n\nThorpes are others."


def test_words_without_power_are_warned_of_and_a_denial_is_none():
    text = "A\n\nThe complaint is upheld. The Panel investigated it.\n\nThis is not a finding that anybody breached a rule."
    assert [(w.paragraph, w.words) for w in warnings(text)] == [(2, "upheld"), (2, "The Panel investigated")]


def test_every_letter_that_duties_call_for_has_no_empty_field(world):
    seen = set()
    for case in world.ready.values():
        look = CaseContext(fresh(case), world.officer)
        entries = {e.pk: e for e in look.entries}
        for duty in look.duties:
            if not look.procedure.duty(duty.kind).notice:
                continue
            kind = look.procedure.letters_for(duty.kind)
            about = LetterContext(look, kind, duty.recipient, entries[duty.opened_by_id], (duty,))
            found = checked(about, drafted(about))
            assert (found.gaps, found.places, found.empty) == ([], [], False), (
                case.reference,
                kind.key,
                duty.recipient,
            )
            seen.add(kind.key)
    assert len(seen) >= 12


def test_a_word_on_progress_says_where_it_stands_in_a_sentence(world):
    for status, case in world.ready.items():
        assert status not in PROCEDURE.open_states or status in STANDS, "say it in complaints/letters/standing.py"
        if status == "sub_panel":
            look = CaseContext(fresh(case), world.officer)
            about = next(a for a in others(look) if a.kind.key == "progress")
            assert "Your complaint is now with a sub-panel of the Panel." in drafted(about).text


# From the list to the letter as it went


def test_a_letter_is_drafted_checked_posted_and_meets_its_duty(world):
    case = at(world, "received")
    page = begun(world, case)
    assert page.h1 == f"Acknowledgement, to {case.complainant.name}"
    page = page.submit("Check the letter", address="17 Mill Lane\nLarkford LK1 2AB")
    assert page.h1 == "Check the letter, then send it"
    assert "“Acknowledge the complaint" in page.text
    assert LetterDraft.objects.get(case=case).version == 1
    page = page.submit("Make it ready to be posted later")
    assert page.h1 == "Print it, then say that it went"
    draft = LetterDraft.objects.get(case=case)
    assert draft.ready_on
    assert "To be posted" in Browser(world.mo).get(letters_of(case)).text
    page = page.submit("Take it back and change it")
    page = page.submit("Check the letter", text=page.values()["text"].replace("Thank you", "Many thanks"))
    page = page.submit("Say that it went")
    assert page.h1 == case.title
    assert "kept as it went" in page.banner
    assert open_duties(fresh(case), "acknowledge") == []
    letter = Letter.objects.get(case=case)
    entry = letter.entry
    assert (entry.step, entry.answers["how"], letter.how, letter.kind) == ("give_notice", "post", "post", "acknowledge")
    assert "Many thanks for your complaint" in letter.text
    assert letter.to_name == case.complainant.name
    with opened(letter.pdf or letter.word) as file:
        assert hashlib.sha256(file.read()).hexdigest() == letter.sha256
    assert not LetterDraft.objects.filter(case=case).exists()
    assert letter.history.count() == 1
    assert list(verify.verify(world.panel)) == []
    page = page.follow("Acknowledgement")
    assert "Many thanks for your complaint" in page.text
    assert letter.sha256 in page.text
    assert Opening.objects.filter(case=case, page="letter").count() == 1


def test_a_letter_goes_once(world):
    case = at(world, "received")
    check = begun(world, case).submit("Check the letter")
    other = Browser(world.mo).get(check.url)
    check.submit("Say that it went")
    page = other.submit("Say that it went")
    assert "is not there to be written any more" in page.text
    assert Letter.objects.filter(case=case).count() == 1


def test_a_draft_that_two_write_is_not_lost(world):
    case = at(world, "received")
    begun(world, case).submit("Save and finish later")
    mine, theirs = begun(world, case), begun(world, case, "mo")
    theirs.submit("Save and finish later", text=theirs.values()["text"] + "\n\nTheir line.")
    page = mine.submit("Save and finish later", text=mine.values()["text"] + "\n\nMy line.")
    assert page.status == 409
    assert "has changed this letter meanwhile" in page.text
    assert "Their line." in page.text
    assert "My line." in page.values()["text"]
    page.submit("Save and finish later")
    assert "My line." in LetterDraft.objects.get(case=case).text


def test_a_draft_older_than_a_correction_says_what_changed(world):
    case = at(world, "received")
    begun(world, case).submit("Save and finish later")
    before = day_words(case.received_on)
    case = take(
        world, case, "correct", received_on=case.received_on.replace(day=case.received_on.day - 1), why="Postmark"
    )
    page = begun(world, case)
    assert f"Received: the letter says “{before}”. It is now “{day_words(case.received_on)}”" in page.text
    page = page.submit("Put the new facts in")
    assert day_words(case.received_on) in page.values()["text"]
    assert before not in page.values()["text"]
    assert "has changed since" not in page.text


def anonymised(world, *whats):
    """A recorded complaint of which the office holder is to get an anonymised copy; what it says, or the usual."""
    said = {"allegations": [{"what": what, "happened_on": date(2026, 10, 14)} for what in whats]} if whats else {}
    case = at(world, "recorded", **said)
    return take(world, case, "decide_copies", by=world.mo, copy="anonymised", who_hidden="complainant",
                copy_ground="public_interest", why="x")  # fmt: skip


def test_a_protected_name_is_refused_with_its_place(world):
    case = anonymised(world)
    name = case.complainant.name
    page = Browser(world.officer).get(letters_of(case))
    page = page.follow(next(w for w in page.links() if "Copy of the complaint, to Mr Ashcombe" in w))
    assert "Not to be named" in page.text
    text = page.values()["text"]
    page = page.submit("Check the letter", text=text.replace("I write to tell you", f"{name} says so. I write"))
    assert page.status == 422
    assert f"holds “{name}”, which shows the complainant" in page.text
    page = page.submit("Put other words in their place")
    assert name not in page.values()["text"]
    assert "the complainant says so." in page.values()["text"]
    words = page.follow("What is left out of it")
    asked = {name: "out" for name in words.offered() if name.startswith("word-")}
    page = words.submit("Save what is left out", **asked)
    assert page.submit("Check the letter").h1 == "Check the letter, then send it"
    email = case.complainant.email or "gone@example.org"
    draft = LetterDraft.objects.get(case=case)
    about = next(a for a in to_write(CaseContext(fresh(case), world.officer)) if a.recipient == draft.recipient)
    draft.text = f"Dear Mr Ashcombe\n\nWrite to {email}\n\nYours"
    assert not checked(about, draft).may_go or not case.complainant.email


def test_a_gap_or_an_empty_letter_stops_it_and_a_word_is_ticked(world):
    case = at(world, "received")
    page = begun(world, case)
    text = page.values()["text"]
    bad = page.submit("Check the letter", text=text.replace("Thank you", "{thanks}"))
    assert bad.status == 422
    assert "Paragraph 3: {thanks} is not filled in" in bad.text
    empty = bad.submit("Check the letter", text="Dear Sir")
    assert empty.errors["text"] == ["The letter is empty. Write it, or start again from our text"]
    page = empty.submit("Check the letter", text=text + "\n\nYour complaint is upheld.")
    assert "“upheld” sounds like a finding" in page.text
    page = page.submit("Say that it went")
    assert page.errors["opinion"] == ["Tick this, or change the letter"]
    page.submit("Say that it went", opinion=True)
    assert Letter.objects.filter(case=case).count() == 1


def test_a_letter_without_address_is_not_posted(world):
    case = at(world, "received")
    page = begun(world, case).submit("Check the letter", address="")
    page = page.submit("Say that it went", how="post")
    assert "has no postal address" in page.errors["how"][0]
    page = page.submit("Say that it went", how="hand")
    assert Letter.objects.get(case=case).how == "hand"


def test_who_reads_and_who_writes(world):
    case = at(world, "full_panel")
    for who in ("chairman", "auditor", "member"):
        page = Browser(world.people[who]).get(letters_of(case))
        assert page.status == 200
        assert "To write" not in page.text
    case = at(world, "received")
    draft = begun(world, case)
    assert Browser(world.auditor).get(draft.url).status == 403
    draft.submit("Check the letter").submit("Say that it went")
    assert Browser(world.auditor).get(f"{letters_of(case)}{Letter.objects.get(case=case).pk}/").status == 200
    assert Browser(world.member).get(letters_of(case)).status == 404
    file = draft.url + "letter.docx"
    assert Browser(world.officer).get(file).status == 404  # it went: the draft is gone


def test_an_erasure_takes_words_and_files_and_leaves_day_and_hash(world):
    case = ready_for(world, "erase")
    about = next(iter(others(CaseContext(fresh(case), world.officer))))
    text = {
        "to_name": "Mrs qxaddressee",
        "address": "2 qxwhere",
        "text": "Dear Mrs Thorpe\n\nThis is qxwritten, for you.",
    }
    draft = drafts.keep(about, drafts.drafted(about), by=world.officer, seen=0, **text)
    letter = send(about, draft, by=world.officer, how="post", on=clock.today(), seen=draft.version)
    again = next(iter(others(CaseContext(fresh(case), world.officer))))
    drafts.keep(again, drafts.drafted(again), by=world.officer, seen=0, text="Dear Mrs Thorpe\n\nThis is qxdrafted.")
    decide(case, world.officer, {"qxleftout": False})
    day = clock.today()
    with sealed_act(world.panel, by=world.mo, name="restrict_contact"):
        ContactRestriction.objects.create(
            complainant=case.complainant, way="By qxway", reason="x", decided_by="x", reviewer="x", from_date=day, until=day,
            review_on=day,
        )  # fmt: skip
    files = [letter.word.file.name, *([letter.pdf.file.name] if letter.pdf else [])]
    with TestCase.captureOnCommitCallbacks(execute=True):
        take(world, fresh(case), "erase")
    letter.refresh_from_db()
    assert letter.erased
    assert letter.sha256
    assert letter.sent_on == day
    assert not any(default_storage.exists(name) for name in files)
    assert re.findall(r"qx(?:addressee|where|written|drafted|leftout|way)", everything()) == []
    assert Browser(world.officer).get(f"{letters_of(case)}{letter.pk}/").status == 404
    assert list(verify.verify(world.panel)) == []


def test_the_states_of_the_procedure_have_letters_on_their_page(world):
    page = Browser(world.officer).get(letters_of(at(world, "outcome_recorded")))
    assert page.status == 200
    assert "Copy of the outcome" in page.text
    steps = {step.key for step in PROCEDURE.steps}
    for kind in PROCEDURE.letters:
        assert set(kind.after) <= steps, f"{kind.where}: {kind.key} goes out after what is no step: correct its `after`"


def test_an_anonymised_copy_leaves_out_what_somebody_confirmed(world):
    case = anonymised(world)
    page = Browser(world.officer).get(letters_of(case))
    page = page.follow(next(w for w in page.links() if "Copy of the complaint, to Mr Ashcombe" in w))
    words = page.follow("What is left out of it")
    typed = words.submit("Save what is left out", other_words="not in the text")
    assert typed.status == 422
    assert typed.summary == ["“not in the text” does not stand in the complaint"]
    some = case.parts.first().allegation.what.split()[1]
    asked = {name: "out" for name in words.offered() if name.startswith("word-")}
    page = words.submit("Save what is left out", other_words=some, **asked)
    assert page.h1 == "Copy of the complaint, to Mr Ashcombe"
    assert list(MarkedWords.objects.filter(case=case).values_list("kept", flat=True)) == [False] * (len(asked) + 1)
    page.submit("Check the letter").submit("Say that it went", how="hand")
    letter = Letter.objects.get(case=case, kind="copy_of_complaint")
    names = [d.name for d in letter.entry.documents.order_by("pk")]
    assert f"Copy of the complaint, {case.reference} (enclosed).pdf" in names
    assert case.complainant.name not in letter.text


def test_a_letter_by_email_from_here_that_comes_back_is_owed_again(world):
    case = at(world, "received")
    page = begun(world, case).submit("Check the letter", email="ann@example.org")
    page.submit("Say that it went", how="here")
    letter = Letter.objects.get(case=case)
    assert (letter.how, letter.message.address, letter.message.case_id) == ("email", "ann@example.org", case.pk)
    assert open_duties(fresh(case), "acknowledge") == []
    returned(letter.message, cause="No such mailbox", on=clock.today())
    follow_up()
    (duty,) = open_duties(fresh(case), "acknowledge")
    assert (duty.opened_by.step, duty.opened_by.why) == ("letter_came_back", "Came back: No such mailbox")
    page = Browser(world.officer).get(letters_of(case))
    assert "Came back" in page.text
    link = f"/exshire/complaints/{case.reference}/letters/for/{duty.pk}/"  # from the duty that is owed again
    assert Browser(world.officer).get(link).h1.startswith("Acknowledgement, to ")
    begun(world, case).submit("Check the letter").submit("Say that it went", how="hand")
    assert open_duties(fresh(case), "acknowledge") == []
    assert list(verify.verify(world.panel)) == []


def test_what_went_out_is_listed_for_the_panel(world):
    case = at(world, "received")
    begun(world, case).submit("Check the letter").submit("Say that it went", how="hand")
    page = Browser(world.officer).get("/exshire/letters/")
    assert case.reference in page.text
    assert case.reference not in Browser(world.officer).get("/exshire/letters/", {"q": "nobody like it"}).text
    answer = Browser(world.auditor).client.get("/exshire/letters/download.csv?how=hand")
    assert case.complainant.name in b"".join(answer.streaming_content).decode()


def test_the_command_makes_the_draft_of_the_page(world, capsys, tmp_path):
    case = at(world, "received")
    call_command("letter", case.reference, "acknowledge")
    assert capsys.readouterr().out.startswith(f"Dear {case.complainant.name}\n\n**Your complaint**\n\nThank you")
    call_command("letter", case.reference, "acknowledge", "--format", "docx", "--output", str(tmp_path / "a.docx"))
    assert (tmp_path / "a.docx").read_bytes()[:2] == b"PK"
    for wrong, said in (
        (("EX-C-1999-0001", "acknowledge"), "There is no case"), ((case.reference, "nothing"), "no kind of letter"),
        ((case.reference, "outcome"), "Nothing on the case calls for it"), ((case.reference, "acknowledge", "--to", "iopc"), "goes to"),
        ((case.reference, "acknowledge", "--format", "pdf"), "needs --output"),
    ):  # fmt: skip
        with pytest.raises(CommandError, match=said):
            call_command("letter", *wrong)


def test_restricted_contact_is_shown_wherever_somebody_would_write(world):
    case = at(world, "received")
    url = f"{letters_of(case)}contact/"
    page = Browser(world.mo).get(url)
    bad = page.submit("Restrict contact", way="By letter", reason="Sixty calls", until=date(2026, 11, 1))
    assert bad.errors["until"] == ["The day until which it holds must be on or after the first"]
    bad.submit(
        "Restrict contact", until=date(2027, 5, 18), decided_by="Helen Farrow", review_on=date(2027, 2, 18), reviewer="The Chairman",
    )  # fmt: skip
    page = Browser(world.officer).get(letters_of(case))
    assert "Contact is restricted until 18 May 2027: By letter." in page.text
    assert "Contact is restricted" in begun(world, case).text
    letter = page.follow(f"How we may be reached, to {case.complainant.name}").values()["text"]
    assert "until 18 May 2027" in letter
    assert "Sixty calls" in letter
    assert "{" not in letter
    Browser(world.mo).get(url).submit("End it today")
    assert "Contact is restricted" in Browser(world.officer).get(letters_of(case)).text  # to the end of the day
    assert list(verify.verify(world.panel)) == []


def test_a_panel_has_its_own_text_from_a_day_on(world):
    url = "/exshire/letters/texts/complaints/acknowledge/to-others/"
    page = Browser(world.mo).get(url)
    bad = page.submit(
        "Save the text", text="Thanks\n\n{complanant} wrote. [[oral: yes]]\n\n{% load x %}\n\n[[open: no end", from_date=date(2026, 11, 1)
    )  # fmt: skip
    assert bad.errors["text"] == [
        "Paragraph 2: {complanant} is no field of ours",
        "Paragraph 3: “{%” is code, and letters hold none",
        "Paragraph 4: a double bracket is not closed, or has no condition",
    ]
    page = bad.submit("Save the text", text="Thanks\n\nWe got it on {received}. [[oral: You rang.]]")
    assert "The Panel’s own, since 1 November 2026" in page.text
    case = at(world, "received")
    text = begun(world, case).values()["text"]
    assert f"**Thanks**\n\nWe got it on {day_words(case.received_on)}." in text
    Browser(world.mo).get(url).submit("Save the text", text="", from_date=date(2026, 11, 18))
    assert "Thank you for your complaint" in begun(world, case).values()["text"]
    assert Browser(world.officer).get(url).status == 403


@pytest.mark.parametrize("state, kind", [("reported", "report"), ("vetoed", "report_veto")])
def test_the_report_of_a_hearing_goes_with_its_letter(state, kind, world):
    case = hearing_at(world, state, 8 if state == "vetoed" else 1)
    look = CaseContext(fresh(case), world.officer)
    (about,) = [a for a in others(look) if a.kind.key in ("report", "report_veto")]
    draft = drafted(about)
    assert (about.kind.key, checked(about, draft).gaps) == (kind, [])
    assert "I enclose the report of the" in draft.text
    draft.address = "Commissioner’s office"
    assert [name for name, _ in about.values.copies] == ["Report of the Panel"]
