"""Logging a complaint on its pages: typed, checked, confirmed; kept for later; and what each wrong answer is told."""

from datetime import date

import pytest

from complaints.models import Complaint
from panel.models import Complainant, Document, Draft, Entry
from tests.build import log, pdf
from tests.panel.pages.cases import nothing_kept
from tests.panel.pages.page import Browser

NEW = "/midshire/complaints/new/log/"
RECEIVED, MADE, HAPPENED = date(2026, 11, 16), date(2026, 11, 13), date(2026, 11, 12)
FAR = date(2099, 1, 1)
TYPED = {
    "channel": "email", "made_on": MADE, "on": RECEIVED, "who": "named", "name": "Gillian Thorpe",
    "email": "gillian@example.org", "phone": "01632 960001", "address": "1 High Street\nLarkford", "complainant_kind":
    "public", "title": "Public meeting at Larkford", "words": "I asked why.\n\nHe told me to be quiet.",
    "what_1": "Told her to be quiet", "happened_on_1": HAPPENED,
}  # fmt: skip


@pytest.fixture
def officer(empty_world):
    return Browser(empty_world.officer)


@pytest.fixture
def typed(empty_world):
    """Answers to every question that is asked at first."""
    return {**TYPED, "subjects": [str(empty_world.pcc.pk)]}


def logged(world) -> list[Complaint]:
    """The panel's complaints, oldest first."""
    return list(Complaint.objects.filter(panel=world.panel).order_by("serial"))


def is_kept(page, typed):
    """The page holds what was typed."""
    values = page.values()
    for name, value in typed.items():
        if isinstance(value, date):
            assert page.day(name) == f"{value.day} {value.month} {value.year}", name
        elif name not in ("documents", "classification"):
            shown = values.get(name)
            assert shown == value or shown == [value], (name, shown)


def test_from_the_home_page_to_the_case(empty_world, officer, typed):
    page = officer.get("/midshire/").follow("Log a complaint").follow("Type it in without a file")
    assert page.h1 == "Log a complaint"
    assert page.day("on") == "18 11 2026"  # filled with today
    with nothing_kept():
        page = page.submit("Continue", **typed)
    assert (page.status, page.h1) == (200, "Check before you log this complaint")
    assert not page.main.all(cls="app-panel")  # nothing like it is on record
    rows = page.rows()
    assert rows["How did it arrive"] == "Email"
    assert rows["Date it was made"] == "13 November 2026"
    assert rows["Date we received it"] == "16 November 2026"
    assert rows["Full name"] == "Gillian Thorpe"
    assert rows["Whose conduct is it about"] == str(empty_world.pcc)
    assert rows["Allegation 1"] == "Told her to be quiet"
    assert rows["Allegation 1, when"] == "12 November 2026"
    follows = [li.text for li in page.main.one("ol").all("li")]
    assert follows[0] == "It goes on the record in your name."
    assert any("Acknowledge the complaint to Gillian Thorpe by 23 November 2026" in line for line in follows)
    assert any("Decide whether to record by 30 November 2026" in line for line in follows)
    page = page.submit("Log the complaint")
    (case,) = logged(empty_world)
    assert page.url == f"/midshire/complaints/{case.reference}/"
    assert f"Complaint logged: {case.reference}." in page.banner
    assert (case.channel, case.made_on, case.received_on) == ("email", MADE, RECEIVED)
    assert (case.title, case.words, case.status) == (TYPED["title"], TYPED["words"], "received")
    assert (case.complainant.name, case.complainant.address) == ("Gillian Thorpe", "1 High Street\nLarkford")
    assert [(s.office_holder, s.copy) for s in case.subjects.all()] == [(empty_world.pcc, "")]
    part = case.parts.get().allegation
    assert (part.number, part.what, part.happened_on) == (1, "Told her to be quiet", HAPPENED)
    entry = Entry.objects.get(case=case)
    assert (entry.step, entry.by, entry.on) == ("log", empty_world.officer, RECEIVED)


def test_documents_are_attached_on_the_page_that_confirms(empty_world, officer, typed):
    page = officer.get(NEW)
    assert "documents" not in {e.attrs.get("name") for e in page.form.all("input")}
    page = page.submit("Continue", **typed)
    page = page.submit("Log the complaint", documents=[pdf("letter.pdf"), pdf("photo.pdf")], classification="exempt_1")
    assert page.status == 200
    assert [(d.name, d.classification) for d in Document.objects.filter(case__panel=empty_world.panel).order_by("pk")] == [
        ("letter.pdf", "exempt_1"), ("photo.pdf", "exempt_1"),
    ]  # fmt: skip
    assert "Documents (2)" in page.links()


def test_a_file_that_may_not_be_kept_is_named_and_the_rest_stays_typed(empty_world, officer, typed):
    from django.core.files.uploadedfile import SimpleUploadedFile

    check = officer.get(NEW).submit("Continue", **typed)
    with nothing_kept():
        page = check.submit("Log the complaint", documents=[SimpleUploadedFile("virus.exe", b"MZ\x90")])
    assert (page.status, page.h1) == (422, "Check before you log this complaint")
    assert page.errors == {"documents": [
        "virus.exe is a program, script or file with macros, which cannot be attached"
    ]}  # fmt: skip
    page = page.submit("Log the complaint", documents=[pdf()])
    assert logged(empty_world)[0].title == TYPED["title"]
    assert Document.objects.get(case__panel=empty_world.panel).name == "signed.pdf"


def test_another_allegation_is_asked_for_as_often_as_wanted(empty_world, officer, typed):
    page = officer.get(NEW).submit("Add another allegation", **typed)
    assert page.status == 200
    is_kept(page, typed)
    page = page.submit("Add another allegation", what_2="Walked out")
    is_kept(page, {**typed, "what_2": "Walked out"})
    page = page.submit("Continue", what_3="Did not answer the letter", happened_on_3=date(2026, 11, 13))
    rows = page.rows()
    assert [rows[f"Allegation {n}"] for n in (1, 2, 3)] == [typed["what_1"], "Walked out", "Did not answer the letter"]
    page = page.submit("Log the complaint")
    case = logged(empty_world)[0]
    assert list(case.parts.order_by("number").values_list("allegation__what", flat=True)) == [
        typed["what_1"], "Walked out", "Did not answer the letter",
    ]  # fmt: skip


def test_an_allegation_left_empty_is_none(empty_world, officer, typed):
    page = officer.get(NEW).submit("Add another allegation", **typed).submit("Continue")
    assert "Allegation 2" not in page.rows()
    page.submit("Log the complaint")
    assert logged(empty_world)[0].parts.count() == 1


def test_no_more_than_20_allegations(empty_world, officer, typed):
    page = officer.get(NEW).submit("Continue", **typed)
    data = {**page.values(), **{f"what_{n}": f"Matter {n}" for n in range(1, 25)}, "confirmed": "1"}
    page = officer.send(NEW, data)
    assert page.status == 200
    assert logged(empty_world)[0].parts.count() == 20


def test_answers_are_changed_and_everything_is_still_there(empty_world, officer, typed):
    check = officer.get(NEW).submit("Add another allegation", **typed).submit("Continue", what_2="Walked out")
    page = check.submit("Change short title")
    assert page.h1 == "Log a complaint"
    is_kept(page, {**typed, "what_2": "Walked out"})
    page = page.submit("Continue", title="A better title")
    assert page.rows()["Short title"] == "A better title"
    page.submit("Log the complaint")
    assert logged(empty_world)[0].title == "A better title"


@pytest.mark.parametrize("where", ["asking", "checking"])
def test_a_draft_is_kept_found_again_and_gone_once_logged(empty_world, officer, typed, where):
    page = officer.get(NEW)
    if where == "asking":
        typed = {k: v for k, v in typed.items() if k not in ("title", "subjects", "made_on")}  # not finished
        page = page.submit("Save and finish later", **typed)
    else:
        page = page.submit("Continue", **typed).submit("Cancel and keep a draft")
    assert page.url == "/midshire/"
    assert "Kept as a draft that only you can see." in page.banner
    assert not logged(empty_world)
    assert Draft.objects.get().user == empty_world.officer
    home = officer.get("/midshire/")
    links = home.links(home.section("Drafts you kept"))
    again = officer.get(next(url for words, url in links.items() if words.startswith("Log a complaint, draft 1")))
    assert "This is the draft you kept. Only you can see it." in again.text
    is_kept(again, typed)
    assert "Drafts you kept" not in Browser(empty_world.mo).get("/midshire/").text
    assert "This is the draft" not in Browser(empty_world.mo).get(NEW).text
    full = {**TYPED, "subjects": [str(empty_world.pcc.pk)]}
    again.submit("Continue", **full).submit("Log the complaint")
    assert logged(empty_world)[0].title == TYPED["title"]
    assert not Draft.objects.exists()


def test_a_draft_is_thrown_away_by_its_owner_alone(empty_world, officer, typed):
    home = officer.get(NEW).submit("Save and finish later", **typed)
    draft = Draft.objects.get()
    Browser(empty_world.mo).send(f"/midshire/complaints/drafts/{draft.pk}/drop/")
    assert Draft.objects.exists()
    form = home.section("Drafts you kept").all("form")[0]
    officer.send(form.attrs["action"], {})
    assert not Draft.objects.exists()


# Complaints that look like it


def same_again(typed):
    """The same person, day and office holder, on another page."""
    return {**typed, "title": "The meeting, again", "words": "As I wrote before."}


@pytest.fixture
def on_record(empty_world, typed):
    """The complaint that it repeats, and one of another person about the same day."""
    w = empty_world
    first = log(w, on=RECEIVED, made_on=MADE, title=TYPED["title"], allegations=[{"what": TYPED["what_1"],
                "happened_on": HAPPENED}])  # fmt: skip
    other = log(w, on=RECEIVED, made_on=MADE, title="Heckled", name="Bob Baker", email="bob@example.org", allegations=[
        {"what": "Heckled a speaker", "happened_on": HAPPENED}])  # fmt: skip
    return first, other


def test_similar_complaints_are_shown_with_what_is_the_same_and_the_question_is_required(
    empty_world, officer, typed, on_record
):
    first, other = on_record
    check = officer.get(NEW).submit("Continue", **same_again(typed))
    assert check.section("2 complaints look similar")
    rows = {r.all("b")[0].text: r.text for r in check.main.one(cls="app-panel").one("tbody").all("tr")}
    assert set(rows) == {first.title, other.title}
    assert "Complainant’s name and email address, incident on 12 November 2026, about Mr Ashcombe" in rows[first.title]
    assert "Complainant" not in rows[other.title]
    assert "%" not in check.section("2 complaints look similar").text
    assert check.offered()["similar"][0] == "own"
    assert [v for v in check.offered()["similar"] if v.startswith("same")] == [
        f"same:{first.reference}"
    ]  # nobody else's
    assert sum(v.startswith("belongs") for v in check.offered()["similar"]) == len(check.offered()["similar"]) - 2
    with nothing_kept():
        page = check.submit("Log the complaint")
    assert page.status == 422
    assert page.errors == {"similar": ["Select how to log this one"]}
    with nothing_kept():
        page = officer.send(NEW, {**check.values(), "similar": f"same:{other.reference}", "confirmed": "1"})
    assert page.errors == {"similar": ["Select how to log this one"]}


def test_logged_as_a_complaint_of_its_own(empty_world, officer, typed, on_record):
    page = officer.get(NEW).submit("Continue", **same_again(typed)).submit("Log the complaint", similar="own")
    assert page.h1 == "The meeting, again"
    assert len(logged(empty_world)) == 3


def test_sent_again_it_is_kept_on_the_complaint_that_it_repeats_with_its_documents(
    empty_world, officer, typed, on_record
):
    first, _ = on_record
    check = officer.get(NEW).submit("Continue", **same_again(typed))
    page = check.submit(
        "Log the complaint", similar=f"same:{first.reference}", documents=[pdf("again.pdf")], classification="open"
    )
    assert page.url == f"/midshire/complaints/{first.reference}/"
    assert f"Kept on {first.reference}: the same complaint, sent again." in page.banner
    assert len(logged(empty_world)) == 2
    entry = Entry.objects.filter(case=first).latest("pk")
    assert entry.step == "note_contact"
    assert "received on 16 November 2026" in entry.answers["note"]
    assert "As I wrote before." in entry.answers["note"]
    assert [(d.name, d.case_id, d.classification) for d in Document.objects.filter(case__panel=empty_world.panel)] == [
        ("again.pdf", first.pk, "open")
    ]


# Wrong answers


def wrong(**changes):
    """One row: what is answered otherwise, and the one error that it gets."""
    error = changes.pop("error")
    field = changes.pop("beside", next(iter(changes)))
    return changes, {field: [error]}


@pytest.mark.parametrize("changes, errors", [
    wrong(on=None, error="Enter the date we received it"),
    wrong(on=date(2026, 11, 19), error="Date we received it must be today or in the past"),
    wrong(made_on=None, error="Enter the date it was made"),
    wrong(made_on=FAR, error="Date it was made must be today or in the past"),
    wrong(made_on=date(2026, 11, 17), error="Date it was made must be on or before the date we received it"),
    wrong(channel=None, error="Select how it arrived"),
    wrong(channel="passed_on", beside="through", error="Enter who passed it on"),
    wrong(who=None, error="Select who is complaining"),
    wrong(name="", error="Enter their full name"),
    wrong(email="gillian", error="Enter an email address in the correct format, like name@example.com"),
    wrong(subjects=[], error="Select whose conduct it is about"),
    wrong(title="", error="Enter a short title"),
    wrong(title="x" * 121, error="Short title must be 120 characters or fewer. It has 121."),
    wrong(what_1="", error="Enter what is said to have happened"),
    wrong(what_1="   ", error="Enter what is said to have happened"),
    wrong(words="y" * 20_001, error="The complaint must be 20,000 characters or fewer. It has 20,001."),
    wrong(happened_on_1=FAR, error="Day it happened must be today or in the past"),
    wrong(happened_on_1=date(2026, 11, 14),
          error="The day it happened must be on or before the day the complaint was made"),
    wrong(happened_on_1=date(2024, 5, 12), beside="early_reason_1",
          error="Mr Ashcombe took office on 13 May 2024. Enter why an earlier incident belongs here"),
])  # fmt: skip
def test_each_error_stands_beside_its_question_and_what_was_typed_stays(empty_world, officer, typed, changes, errors):
    given = {**typed, **changes}
    with nothing_kept():
        page = officer.get(NEW).submit("Continue", **given)
    assert (page.status, page.h1) == (422, "Log a complaint")
    assert page.errors == errors
    is_kept(page, {k: v for k, v in given.items() if v not in (None, "", []) and str(v).strip()})


@pytest.mark.parametrize("parts, error", [
    (("", "11", "2026"), "Date we received it must include a day"),
    (("16", "", ""), "Date we received it must include a month and year"),
    (("31", "2", "2026"), "Date we received it must be a real date"),
    (("16", "11", "26"), "Date we received it must have a year of 4 numbers"),
    (("x", "y", "z"), "Date we received it must be a real date"),
    (("16", "11", "99999999999999999999"), "Date we received it must have a year of 4 numbers"),
    (("-1", "11", "2026"), "Date we received it must be a real date"),
    (("٣", "11", "2026"), "Date we received it must be a real date"),
])  # fmt: skip
def test_a_day_that_is_none(empty_world, officer, typed, parts, error):
    day, month, year = parts
    page = officer.get(NEW).submit("Continue", **{**typed, "on_day": day, "on_month": month, "on_year": year, "on": RECEIVED} | {
        "on_day": day, "on_month": month, "on_year": year})  # fmt: skip
    assert page.errors == {"on": [error]}
    values = page.values()
    assert (values["on_day"], values["on_month"], values["on_year"]) == parts


def test_an_early_incident_is_taken_with_its_reason(empty_world, officer, typed):
    page = officer.get(NEW).submit("Continue", **{**typed, "happened_on_1": date(2024, 5, 12)})
    page = page.submit("Continue", early_reason_1="He was the candidate already")
    assert page.rows()["Allegation 1, why here"] == "He was the candidate already"
    page.submit("Log the complaint")
    assert logged(empty_world)[0].parts.get().allegation.early_reason == "He was the candidate already"


def test_of_two_allegations_the_early_one_is_asked_for_its_reason(empty_world, officer, typed):
    page = officer.get(NEW).submit("Add another allegation", **typed)
    page = page.submit("Continue", what_2="Had said so before", happened_on_2=date(2024, 5, 12))
    assert list(page.errors) == ["early_reason_2"]
    assert "early_reason_1" not in page.offered()


def test_anonymous_needs_no_name_and_one_sent_with_it_is_ignored(empty_world, officer, typed):
    page = officer.get(NEW).submit("Continue", **{**typed, "who": "anonymous"})
    assert "Full name" not in page.rows()
    page = page.submit("Log the complaint")
    assert logged(empty_world)[0].complainant is None
    assert not Complainant.objects.filter(panel=empty_world.panel).exists()
    assert "Anonymous" in page.text


def test_a_member_who_complains_is_named_and_never_sees_the_case(empty_world, officer, typed):
    member = empty_world.members[2]
    page = officer.get(NEW).submit("Continue", **{**typed, "complainant_kind": "panel_member"})
    assert page.errors == {"member": ["Select which member"]}
    page = page.submit("Continue", member=str(member.pk))
    assert page.rows()["Which member of the Panel"] == member.name
    page.submit("Log the complaint")
    case = logged(empty_world)[0]
    assert case.roles.get().member == member


def test_both_office_holders(empty_world, officer, typed):
    both = [str(empty_world.pcc.pk), str(empty_world.deputy.pk)]
    officer.get(NEW).submit("Continue", **{**typed, "subjects": both}).submit("Log the complaint")
    assert {s.office_holder for s in logged(empty_world)[0].subjects.all()} == {empty_world.pcc, empty_world.deputy}


def test_pressed_twice_it_is_logged_once_and_sent_by_hand_it_is_asked_about(empty_world, officer, typed):
    check = officer.get(NEW).submit("Continue", **typed)
    done = check.submit("Log the complaint")
    page = check.submit("Log the complaint")
    assert (page.status, page.url) == (200, done.url)
    assert len(logged(empty_world)) == 1
    by_hand = {k: v for k, v in check.values().items() if k != "once"}
    page = officer.send(NEW, {**by_hand, "confirmed": "1"})
    assert page.errors == {"similar": ["Select how to log this one"]}
    assert len(logged(empty_world)) == 1
