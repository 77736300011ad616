"""Paper in: an email is dropped, checked and logged; put on a case and taken off again; removed, and then gone."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from complaints.models import Complaint
from panel.access import rules
from panel.casework.incoming import remove_old
from panel.models import Document, Entry, IncomingFile, IncomingMessage, Link, Opening
from panel.record import verify
from panel.record.act import sealed_act
from panel.record.export import exported
from panel.subject_access.find import PersonSearch
from tests import build, mails
from tests.build import pdf
from tests.panel.documents.test_reading import hostile
from tests.panel.pages.cases import nothing_kept, step_url
from tests.panel.pages.page import Browser
from tests.steps import at, fresh, last

START = "/midshire/complaints/new/"


@pytest.fixture
def officer(empty_world):
    return Browser(empty_world.officer)


def dropped(browser, *files, start=START):
    """The page after these files were dropped."""
    return browser.get(start).submit("Continue", files=list(files))


def email(raw=None, name="mail.eml"):
    """An email as a browser sends it."""
    return SimpleUploadedFile(name, raw if raw is not None else mails.solicitor())


def test_the_solicitors_email_is_dropped_checked_and_logged(empty_world, officer):
    page = officer.get("/midshire/").follow("Log a complaint")
    assert (page.url, page.h1) == (START, "Log a complaint")
    raw = mails.solicitor()
    page = page.submit("Continue", files=[email(raw)])
    assert page.status == 200
    values = page.values()
    assert values["who"] in ("represented", ["represented"])
    assert values["name"] == "Desmond Pryce"
    assert (values["agent"], values["agent_email"]) == ("Rachel Okafor", "rachel@okaforlane.example")
    assert values["agent_organisation"] == "Okafor Lane Solicitors"
    assert page.day("made_on") == page.day("on") == "13 11 2026"
    assert (page.day("happened_on_1"), page.day("happened_on_2")) == ("2 11 2026", "6 11 2026")
    said = page.main.text
    for where in ("From “our client, Mr Desmond Pryce”", "From the sender", "From the signature", "From “On 2 November”",
                  "From the mail server, 7:43pm", "Authority signed by Mr Pryce.pdf", "IMG_2041.jpg"):  # fmt: skip
        assert where in said, where
    assert "Not found in the email. You can log it without." in said
    with nothing_kept():
        page = page.submit(
            "Continue", title="Surgery at Stanmoor", what_1="Told Mr Pryce to get out of his sight",
            what_2="Gave Mr Pryce’s letter to a reporter", subjects=[str(empty_world.pcc.pk)],
        )  # fmt: skip
    assert page.h1 == "Check before you log this complaint", page.errors
    assert "Authority signed by Mr Pryce.pdf" in page.main.text
    page = page.submit("Log the complaint")
    case = Complaint.objects.get(panel=empty_world.panel)
    assert page.url == f"/midshire/complaints/{case.reference}/"
    assert (case.complainant.name, case.agent, case.channel) == ("Desmond Pryce", "Rachel Okafor", "email")
    assert case.parts.count() == 2
    papers = list(Document.objects.filter(case=case).order_by("pk"))
    assert [d.name for d in papers] == [
        "Complaint about the Commissioner_ our client Mr D Pryce.eml", "Authority signed by Mr Pryce.pdf", "IMG_2041.jpg",
    ]  # fmt: skip
    assert papers[0].file.open("rb").read() == raw  # byte for byte
    message = IncomingMessage.objects.get(panel=empty_world.panel)
    assert (message.status, message.case_id, message.entry) == ("logged", case.pk, Entry.objects.get(case=case))
    assert list(verify.verify(empty_world.panel)) == []


def test_a_file_left_out_stays_with_no_case_and_the_typed_stays_when_files_are_added(empty_world, officer):
    page = dropped(officer, email())
    photo = IncomingFile.objects.get(name="IMG_2041.jpg")
    authority = IncomingFile.objects.get(name__startswith="Authority")
    typed = {"title": "Surgery", "what_1": "Shouted", "subjects": [str(empty_world.pcc.pk)]}
    page = page.submit("Add the files", **typed, keep_file=[str(authority.key)], files=[pdf("more.pdf")])
    assert page.status == 200
    assert page.values()["title"] == "Surgery"
    page = page.submit("Remove allegation 2")
    assert page.values()["what_1"] == "Shouted"
    assert "what_2" not in page.values()
    page = page.submit("Continue").submit("Log the complaint")
    case = Complaint.objects.get(panel=empty_world.panel)
    names = [d.name for d in Document.objects.filter(case=case)]
    assert "more.pdf" in names
    assert photo.name not in names
    assert authority.name in names


def test_files_chosen_on_the_page_are_kept_whichever_button_is_pressed(empty_world, officer):
    typed = {"channel": "letter", "undated": True, "who": "anonymous", "title": "Front counter", "what_1": "Shouted",
             "subjects": [str(empty_world.pcc.pk)]}  # fmt: skip
    log = f"{START}log/"
    page = officer.get(log).submit("Continue", **typed, files=[pdf("letter.pdf")])
    assert page.h1 == "Check before you log this complaint", page.errors
    assert "letter.pdf" in page.main.text
    page.submit("Log the complaint")
    assert [d.name for d in Document.objects.filter(case__title="Front counter")] == ["letter.pdf"]
    program = SimpleUploadedFile("program.pdf", b"MZ\x90\0\0")
    page = officer.get(log).submit("Continue", **typed, files=[program])
    assert page.h1 == "Log a complaint"
    assert "program.pdf is a program" in page.text
    assert page.values()["title"] == "Front counter"
    page = officer.get(log).submit("Continue", title="Surgery", files=[email()])
    assert page.h1 == "Log a complaint"
    assert "The files are read. Please check each answer." in page.text
    assert (page.values()["title"], page.values()["name"]) == ("Surgery", "Desmond Pryce")
    page.submit("Save and finish later", files=[pdf("more.pdf")])
    assert IncomingFile.objects.get(name="more.pdf").message == IncomingFile.objects.get(name="IMG_2041.jpg").message


def test_a_letter_and_photos_are_logged_without_an_email(empty_world, officer):
    page = dropped(officer, pdf("letter.pdf"), pdf("photo.pdf"))
    assert page.values()["channel"] in ("letter", ["letter"])
    page = page.submit(
        "Continue",
        who="anonymous",
        undated=True,
        title="Front counter",
        what_1="Shouted",
        subjects=[str(empty_world.pcc.pk)],
    )
    page = page.submit("Log the complaint")
    case = Complaint.objects.get(panel=empty_world.panel)
    assert case.made_on is None
    assert {d.name for d in case.documents.all()} == {"letter.pdf", "photo.pdf"}


def test_what_is_no_email_or_a_program_is_said_and_nothing_is_kept(empty_world, officer):
    page = officer.get(START)
    with nothing_kept():
        page = page.submit("Continue", files=[SimpleUploadedFile("complaint.exe", b"MZ\x90\0\0")])
        assert page.status == 422
        assert "complaint.exe is a program" in page.main.text
        page = page.submit("Continue")
        assert "Choose an email, a PDF, a Word file or a photo" in page.main.text


def test_an_email_that_cannot_be_read_is_kept_and_its_form_is_plain(empty_world, officer):
    page = dropped(officer, email(b"\xff\xfe nothing of an email \x00\x01", "broken.eml"))
    assert (page.status, page.h1) == (200, "Log a complaint")
    assert "We could not read this email. It is kept as it came. Type in what it says." in page.main.text
    assert IncomingFile.objects.get().file.open("rb").read() == b"\xff\xfe nothing of an email \x00\x01"


def test_an_email_with_a_program_is_kept_and_says_so(empty_world, officer):
    raw = mails.dressed(
        mails.mixed(mails.text(mails.PLAIN), mails.attached(b"MZ\x90\0" + bytes(200), "invoice.pdf")),
        "Peter Yarrow <peter@example.org>", "Complaint",
    )  # fmt: skip
    page = dropped(officer, email(raw))
    assert "invoice.pdf was not kept beside the email: it is a program" in page.main.text
    assert [f.name for f in IncomingFile.objects.exclude(file="")] == ["Complaint.eml"]


def test_a_page_of_markup_is_shown_as_text_and_fetches_nothing(empty_world, officer):
    page = officer.get(START)
    raw = mails.dressed(mails.text(mails.page("<b>Hello</b>"), kind="html"), "a@b.example", "<script>alert(2)</script>")
    page = page.submit("Continue", files=[email(raw)])
    assert not page.main.all("script", "img", "iframe")
    assert "<script>alert(2)</script>" in page.main.text


def test_whom_a_welsh_email_is_about_is_found(empty_world, officer):
    page = dropped(officer, email(mails.shapes()["Welsh"][0]))
    assert page.values()["subjects"] == [str(empty_world.pcc.pk)]
    assert "From “y Comisiynydd” in the subject" in page.main.text


def test_two_senders_are_named_and_none_is_chosen(empty_world, officer):
    raw = mails.dressed(mails.text(mails.PLAIN), "a@b.example, Carol <c@d.example>", "Complaint")
    page = dropped(officer, email(raw))
    assert "This email names two senders: a@b.example and Carol <c@d.example>. Choose one." in page.main.text
    assert page.values().get("email", "") == ""


def test_what_is_hostile_gives_a_filled_or_plain_form_and_never_an_error(empty_world, officer):
    for name in (
        "200 nested parts",
        "no headers",
        "a comment as address",
        "an encoded line break",
        "a name with a path",
    ):
        page = dropped(officer, email(hostile()[name], f"{name}.eml"))
        assert (page.status, page.h1) == (200, "Log a complaint"), name
        assert not [f.name for f in IncomingFile.objects.all() if "/" in f.name or "\u202e" in f.name]


# On a case


def test_an_email_is_put_on_the_case_its_subject_names_and_taken_off_again(world):
    case = at(world, "received")
    raw = mails.dressed(
        mails.text("Here is what you asked for."), "Gill <g@example.org>", f"Re: {case.reference}: my answer"
    )
    build.message(world, raw)
    officer = Browser(world.officer)
    page = officer.get("/exshire/")
    assert f"Looks as if it belongs to {case.reference}" in page.main.text
    page = page.follow("Put it on the case")
    assert page.values()["reference"] == case.reference
    page = page.submit("Continue", kind="note_contact")
    assert page.url.startswith(step_url(case, "note_contact"))
    page = page.submit("Save the note")
    entry = last(fresh(case))
    assert (entry.step, entry.on) == ("note_contact", date(2026, 11, 13))
    paper = Document.objects.get(entry=entry)
    assert paper.file.open("rb").read() == raw
    message = IncomingMessage.objects.get()
    assert (message.status, message.case_id) == ("joined", case.pk)
    address = f"{step_url(case, '').rstrip('/')}/documents/{paper.key}/"
    assert officer.client.get(address).status_code == 200
    officer.get(step_url(case, "take_off_message")).submit("Take it off", why="It is of another case.")
    assert officer.client.get(address).status_code == 404
    assert not Document.objects.filter(case=case, name=paper.name).exists()
    message.refresh_from_db()
    assert (message.status, message.case) == ("waiting", None)
    assert message.files.get().file.open("rb").read() == raw
    assert list(verify.verify(world.panel)) == []


def test_an_email_that_names_a_case_or_is_on_one_is_dropped_to_be_logged_and_may_be_put_there(world):
    case = at(world, "received")
    raw = mails.dressed(mails.text("I have more to say."), "Gill <g@example.org>", f"Re: your letter {case.reference}")
    officer = Browser(world.officer)
    page = dropped(officer, email(raw), start="/exshire/complaints/new/")
    assert page.url == f"/exshire/incoming/{IncomingMessage.objects.get().key}/"
    assert f"It looks as if it belongs to {case.reference}." in page.main.text
    assert page.values()["reference"] == case.reference
    assert page.follow("Log it as a complaint").h1 == "Log a complaint"
    page.submit("Continue", kind="note_contact").submit("Save the note")
    assert IncomingMessage.objects.get().case_id == case.pk
    page = dropped(officer, email(raw.replace(b"your letter", b"a letter")), start="/exshire/complaints/new/")
    assert f"The same email is on {case.reference} already." in page.main.text


def test_an_email_is_a_withdrawal_with_its_own_paper(world):
    case = at(world, "recorded")
    message = build.message(world, mails.dressed(mails.text("I withdraw."), "Gill <g@example.org>", "Withdrawal"))
    page = Browser(world.officer).get(f"{step_url(case, 'withdraw')}?message={message.key}")
    page = page.submit("Record the withdrawal", wish="withdrawn", signed_by="complainant")
    assert fresh(case).status == "withdrawn", page.main.text
    assert Document.objects.get(case=case, entry=last(fresh(case))).name == "Withdrawal.eml"


def test_nobody_puts_one_email_on_two_cases_or_takes_it_without_the_role(world):
    case, message = at(world, "received"), build.message(world)
    first = Browser(world.officer).get(f"{step_url(case, 'note_contact')}?message={message.key}")
    second = Browser(world.mo).get(f"{step_url(case, 'note_contact')}?message={message.key}")
    first.submit("Save the note")
    page = second.submit("Save the note")
    assert page.status in (409, 422)
    assert Document.objects.filter(case=case, content_type="message/rfc822").count() == 1
    chairman = Browser(world.chairman)
    other = build.message(world, mails.dressed(mails.text("x"), "a@b.example", "y"))
    assert chairman.client.get(f"/exshire/incoming/{other.key}/").status_code == 403
    page = chairman.get(f"{step_url(case, 'note_contact')}?message={other.key}")
    page.submit("Save the note", kind="note", note="x")
    other.refresh_from_db()
    assert other.status == "waiting"


def test_it_belongs_to_another_complaint(world):
    case = at(world, "received", name="Desmond Pryce")
    officer = Browser(world.officer)
    page = dropped(officer, email(), start="/exshire/complaints/new/")
    answers = {"title": "Surgery", "what_1": "Shouted", "what_2": "Gave a letter away", "subjects": [str(world.pcc.pk)]}
    page = page.submit("Continue", **answers)
    page = page.submit("Log the complaint")
    assert "Select how to log this one" in page.main.text
    before = case.parts.count()
    page = page.submit("Log the complaint", similar=f"belongs:{case.reference}")
    assert f"Put on {case.reference} as allegations {before + 1} and {before + 2}." in page.banner
    assert fresh(case).parts.count() == before + 2
    assert IncomingMessage.objects.get().case_id == case.pk


# Removed, erased, seen


WORD = "Quixotryx"


def test_what_is_not_logged_is_removed_with_who_and_why_and_its_words_are_gone(world):
    raw = mails.dressed(mails.text(f"{WORD} {WORD}"), f"{WORD} <{WORD}@example.org>", WORD)
    message = build.message(world, raw)
    page = Browser(world.officer).get(f"/exshire/incoming/{message.key}/")
    assert Opening.objects.filter(kind="message", what=str(message.pk)).exists()
    assert page.main.all("form")
    response = page.browser.client.post(page.url, {"remove": "1", "why": "unwanted"})
    assert response.status_code == 302
    entry = Entry.objects.filter(panel=world.panel, step="erase", case=None).get()
    assert (entry.by, entry.why) == (world.officer, "It is advertising, or a mail server’s report.")
    for model in (IncomingMessage, IncomingFile, IncomingMessage.history.model, IncomingFile.history.model):
        for row in model._base_manager.values():
            assert WORD not in str(row), model
    assert list(verify.verify(world.panel)) == []
    assert Link.objects.filter(act="erase").count() == 1


def test_what_waited_longer_than_the_setting_says_is_removed(world):
    message = build.message(world)
    assert remove_old(world.panel) == 0
    with sealed_act(world.panel, by=None, name="change_settings"):
        row = world.panel.settings_on(date(2026, 11, 18))
        row.keep_messages = 30
        row.save()
    with sealed_act(world.panel, by=None, name="take_in_message"):
        message.came_at = datetime(2026, 1, 1, tzinfo=UTC)
        message.save()
    assert remove_old(world.panel) == 1
    assert Entry.objects.get(step="erase", case=None).why == "Not logged within 30 days, as the Panel’s settings say."


def test_what_waits_is_part_of_what_is_held_on_a_person_and_of_the_export(world):
    raw = mails.dressed(mails.text(f"I am {WORD} Baxter."), f"{WORD} Baxter <q@example.org>", f"From {WORD} Baxter")
    message = build.message(world, raw)
    search = PersonSearch(world.panel, world.mo, rules.standing(world.mo, world.panel), [f"{WORD} Baxter"])
    assert {(type(row).__name__, f.name) for row, f, *_ in search.mentions()} >= {
        ("IncomingMessage", "sender"), ("IncomingMessage", "subject"), ("IncomingMessage", "text"), ("IncomingFile", "name"),
    }  # fmt: skip
    told = "\n".join(exported(world.panel))
    assert "panel.HistoricalIncomingMessage" in told
    assert WORD in told
    assert message.key.hex in told.replace("-", "")


def test_who_read_an_email_while_it_was_logged_is_written_down(empty_world, officer):
    dropped(officer, email())
    message = IncomingMessage.objects.get()
    opened = Opening.objects.get(kind="message", what=str(message.pk))
    assert (opened.by, opened.case, opened.page) == (empty_world.officer, None, "new-case log")
    said = Browser(empty_world.mo).get("/midshire/history/openings/").main.text
    assert "An email that came in, while it was logged" in said
