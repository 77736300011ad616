"""Hostile text in every text question of every step, as its page asks it: a clear message beside the question with the
text still there, or kept exactly and shown as text wherever it is shown. Never an error of ours. Every day of a sample of
the steps (tests/daily.py), which has every kind of question."""

import csv
import io
import re
from datetime import date
from urllib.parse import urlencode

import pytest

from complaints.models import Allegation
from complaints.procedure import PROCEDURE, STEPS
from panel.models import Draft, Entry
from tests.build import log, pdf
from tests.daily import daily
from tests.panel.pages.cases import answers_to_make, case_url, nothing_kept, ready_for, step_url
from tests.panel.pages.page import Browser, flat
from tests.steps import ATTACHED, ON, answers, at, fresh, take, who_enters

# A formula, a script, an entity, template and format marks, an emoji, right-to-left letters and a mark that turns them.
MARK = "=<script>x</script>&lt;{{7*7}}%s😀\u202eשלום"
WITHOUT_TEXT = {"iopc_concludes", "withdraw", "assign", "invite_representations"}  # steps that ask for no text at all


def texts(page) -> list[str]:
    """Names of the questions that take free text; addresses for e-mail, numbers and references of cases stand apart."""
    boxes = page.form.all("textarea") + [e for e in page.form.all("input") if e.attrs.get("type", "text") == "text"]
    names = [e.attrs["name"] for e in boxes if e.attrs.get("inputmode") != "numeric"]  # a number is no text
    references = ("into", "duplicate_of", "earlier", "same_matter")
    return [n for n in names if not n.endswith(("_day", "_month", "_year")) and n not in references]


def opened(world, key):
    """(case or None, page, valid answers) of a step, by whoever takes it."""
    case = ready_for(world, key)
    by = world.officer if case is None else who_enters(world, case, key)
    given = answers_to_make(world, key) if case is None else answers(world, case, key, by)
    if key == "add_allegation":
        given = {f"{name}_1": value for name, value in given.items()}
    given |= {"said": "commented", "comments": "They did"} if key == "note_comments" else {}
    page = Browser(by).get(step_url(case, key))
    asked = {n.removesuffix("_day") for n in page.offered()}
    return case, page, {"on": ON} | {k: v for k, v in given.items() if k in asked}


def press(page, step, **given):
    """Answer the page, and the one that confirms where there is one."""
    page = page.submit("Continue" if step.confirm else step.button, **given)
    if step.confirm and page.status == 200:
        page = page.submit(step.button, **({"similar": "own"} if "similar" in page.offered() else {}))
    return page


@pytest.mark.parametrize("key", daily(STEPS))
def test_200_000_characters_are_refused_beside_each_question_and_stay_typed(world, key):
    case, page, given = opened(world, key)
    names = texts(page)
    if key in WITHOUT_TEXT:
        assert names == []
        return
    long = "x" * 200_000
    with nothing_kept():
        page = page.submit(
            "Continue" if PROCEDURE.step(key).confirm else PROCEDURE.step(key).button,
            **{**given, **dict.fromkeys(names, long)},
        )
    assert page.status == 422
    errors = page.errors
    refused = [n for n in names if n in errors]
    assert refused
    for name in refused:
        assert re.search(r"must be [0-9,]+ characters or fewer\. It has 200,000\.$", errors[name][0]), (
            name,
            errors[name],
        )
    values = page.values()
    assert all(values[n] == long for n in names)  # what belongs to a choice that was not made stays typed as well


@pytest.mark.parametrize("key", daily(STEPS))
def test_html_emoji_and_right_to_left_are_kept_exactly_and_shown_as_text(world, key):
    case, page, given = opened(world, key)
    names = texts(page)
    if key in WITHOUT_TEXT:
        return
    step = PROCEDURE.step(key)
    by = page.browser
    attached = {"documents": [pdf()]} if key in ATTACHED and not step.confirm else {}
    page = press(page, step, **{**given, **dict.fromkeys(names, f"{MARK}\x00")}, **attached)
    assert page.status == 200, page.summary
    entry = Entry.objects.filter(step=key).latest("pk")
    if key != "correct":  # which keeps only what it was about: the texts are in the rows
        kept = [entry.why, *(v for v in entry.answers.values() if isinstance(v, str))]
        kept += [getattr(fresh(entry.case), n) for n in ("title", "words", "through")]
        for part in Allegation.objects.filter(case=entry.case):
            kept += [part.what, part.redirected_to, part.iopc_reference]
        assert MARK in kept, kept
    reader = Browser(world.auditor)
    for tab in ("", "timeline/", "history/"):
        shown = reader.get(case_url(entry.case, tab))
        assert shown.status == 200, tab
        assert "<script>x" not in shown.source, tab
    if key not in ("correct", "declare_interest"):
        assert (
            MARK in reader.get(case_url(entry.case, "timeline/")).main.raw
            or MARK in reader.get(case_url(entry.case, "parts/")).main.raw
        )
    assert by.get("/exshire/").status == 200


@pytest.mark.parametrize("key", ["log", "note_contact", "filter", "correct", "ask_for_information"])
@pytest.mark.postgres
def test_half_a_character_and_other_bytes_that_are_no_text(world, key):
    case, page, given = opened(world, key)
    data = page.filled(**given)
    for name in texts(page):
        data[name] = b"half \xed\xa0\x80 a \xff\xfe character \x00\x1b[31m \xc2\x85 end"
    if "email" in data:
        data["email"] = b"a\x00b\xed\xa0\x80@example.org"
    body = urlencode(flat({k: v for k, v in data.items() if v != []}), doseq=True)
    for extra in ("", "&later=1", "&confirmed=1&similar=own"):
        response = page.browser.client.post(
            page.url, body + extra, content_type="application/x-www-form-urlencoded", follow=True
        )
        assert response.status_code in (200, 409, 422), (extra, response.status_code)
        text = response.content.decode()
        assert "\x00" not in text
        assert "\x1b" not in text


@pytest.mark.parametrize("key", ["log", "note_contact", "filter"])
def test_kept_as_a_draft_it_is_as_it_was(world, key):
    case, page, given = opened(world, key)
    page = page.submit("Save and finish later", **{**given, **dict.fromkeys(texts(page), f"{MARK}\n2")})
    assert "Kept as a draft" in page.banner
    assert "<script>x" not in page.source
    which = {} if case else {"draft": Draft.objects.get().pk}  # of a case that is to be made, each form has its own
    again = page.browser.get(step_url(case, key), which)
    assert "<script>x" not in again.source
    boxes = {n for n in texts(again) if again.form.all("textarea", name=n)}
    assert boxes
    for name in texts(again):
        typed = again.values()[name].replace("\r\n", "\n")
        assert typed == f"{MARK}\n2", name
    assert Draft.objects.count() == 1


def test_an_email_address_that_is_none(world):
    _, page, given = opened(world, "log")
    for wrong in ("x" * 200_000, f"{MARK}@example.org", "a@b", "a b@example.org", "x" * 300 + "@example.org"):
        page = page.submit("Continue", **{**given, "email": wrong})
        assert page.status == 422
        ((name, (error,)),) = page.errors.items()
        assert name == "email"
        assert error == "Enter an email address in the correct format, like name@example.com" or "characters" in error
        assert page.values()["email"] == wrong


PLACES = (
    "",
    "parts/",
    "timeline/",
    "history/",
    "documents/",
    "note_contact/",
    "record/",
    "correct/",
    "declare_interest/",
)


@pytest.mark.postgres
def test_wherever_a_complaint_is_shown_its_texts_are_text(world):
    case = log(world, title=MARK, name=MARK, words=f"{MARK}\n{MARK}", through=MARK, channel="passed_on", agent=MARK,
               how_to_write=MARK, phone=MARK[:40], address=MARK, allegations=[{"what": MARK}])  # fmt: skip
    officer, chairman = Browser(world.officer), Browser(world.chairman)
    pages = [officer.get(case_url(case, place)) for place in PLACES]
    pages += [officer.get("/exshire/"), officer.get("/exshire/?after=1"), officer.get("/exshire/history/")]
    pages += [officer.get("/exshire/complaints/", {"q": MARK}), Browser(world.mo).get("/exshire/")]
    case = take(world, case, "record")
    case = take(world, case, "brief_chairman", note=f"{MARK}\n\n{MARK}")
    case = take(world, case, "advise", conclusion=MARK, advice=MARK, fits=["f"])
    pages += [chairman.get("/exshire/"), chairman.get(case_url(case)), chairman.get(case_url(case, "filter/"))]
    check = pages[-1].submit("Continue", offence="no", route="full_panel", why=MARK)
    assert check.h1 == "Check your decision"
    pages += [check, check.submit("Confirm decision")]
    case = take(world, case, "refer_to_full_panel", on=date(2026, 11, 18), meeting_on=date(2026, 12, 1))
    pages += [Browser(world.member).get(url) for url in ("/exshire/", case_url(case), case_url(case, "timeline/"))]
    for page in pages:
        assert page.status == 200, page.url
        assert "<script>x" not in page.source, page.url
        assert MARK in page.root.raw, page.url  # and it is there, to the letter
        assert "49" not in page.h1
    assert MARK in pages[0].h1
    assert MARK in pages[0].title


def test_no_cell_of_the_downloads_is_run_by_a_spreadsheet(world):
    case = log(world, title=MARK, name=MARK)
    case = take(world, case, "note_contact", note="=1+1")
    case = take(world, case, "ask_for_information", missing="+1", on=ON)
    for url in (case_url(case, "history/?format=csv"), "/exshire/complaints/download.csv?show=all"):
        response = Browser(world.officer).get(url).response
        assert response.status_code == 200, url
        assert response.headers["Content-Type"].startswith("text/csv")
        body = b"".join(response.streaming_content) if response.streaming else response.content
        rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
        cells = [cell for row in rows for cell in row]
        assert any(MARK in cell for cell in cells), url
        assert [c for c in cells if c[:1] in ("=", "+", "-", "@", "\t", "\r")] == [], url


@pytest.mark.parametrize("url", [
    "/exshire/complaints/%00/", "/exshire/complaints/%ED%A0%80/", "/exshire/complaints/..%2f..%2fetc/",
    "/exshire/complaints/" + "x" * 5000 + "/", "/exshire/complaints/%00/record/", "/exshire/complaints/%F0%9F%98%80/timeline/",
    "/%00/", "/exshire/complaints/new/%00/",
])  # fmt: skip
@pytest.mark.postgres
def test_an_address_that_is_none(world, url):
    assert Browser(world.officer).get(url).status == 404


WRONG = (  # together where one of them does not keep another from being read
    "duty=x&under=%00&who=%00&field=%00&page=-1&report=%00&view=%00&%00=%00",
    "duty=%00&under=nowhere&who=x&field=y&page=%00&issued=%00&figure=x&report=9999-00&as_at=2026-99-99",
    f"duty={'9' * 400}&format=exe&what=%00&after=%00&figure=%00&report=%00&as_at=%00&ground=%00&clear=%00",
)


@pytest.mark.parametrize("query", WRONG, ids=range(len(WRONG)))
@pytest.mark.postgres
def test_a_query_that_is_none(world, query):
    case = at(world, "recorded")
    officer = Browser(world.officer)
    for url in ("/exshire/", "/exshire/history/", "/exshire/complaints/", case_url(case), case_url(case, "timeline/"),
                case_url(case, "history/"), case_url(case, "documents/"), case_url(case, "give_notice/"),
                "/exshire/complaints/new/log/", "/exshire/complaints/download.csv", "/exshire/people/"):  # fmt: skip
        assert officer.get(f"{url}?{query}").status in (200, 404), url


@pytest.mark.parametrize("data", [
    {"seen": "\x00"}, {"seen": "-1"}, {"seen": "9" * 400}, {"seen": "x"}, {"seen": "²"}, {"parts": ["9", "\x00"]},
    {"kind": "\x00"}, {"kind": ["call", "note"]}, {"on_day": "\x00"}, {"on": "\x00"}, {"on": "9999-99-99"},
    {"classification": "secret"}, {"documents": "no file"}, {"confirmed": "\x00"}, {"stale": "\x00"}, {"after": "1"},
    {"after": "1", "stale": "note"}, {"after": "1", "stale": "x"}, {"duties": ["\x00", "9" * 30]}, {"later": "\x00"},
    {"substitutes": "x", "allegations": "x", "what": "x", "in_room": "x"},
])  # fmt: skip
@pytest.mark.postgres
def test_hand_made_answers_are_no_error_of_ours(world, data):
    case = at(world, "recorded")
    officer = Browser(world.officer)
    for key in ("note_contact", "give_notice", "record_evidence_step", "correct", "add_allegation", "filter", "log"):
        url = step_url(None if key == "log" else case, key)
        assert officer.send(url, data).status in (200, 409, 422), (key, data)
