"""What is held on a person: all of theirs is found and in the file, what is somebody else's is flagged, and nothing of a
case that may not be seen or of another panel."""

import csv
import re
from datetime import date
from html import unescape
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.models import Complaint
from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.law.names_in_text import EMAIL, NAME, OFFICIAL, POSTCODE, TELEPHONE, TITLED, OtherPeople, SearchTerms, pieces
from panel.models import Case, Complainant, Draft, Entry, Opening, Panel, SignIn, Substitute, User
from panel.record.act import clock, sealed_act
from panel.subject_access.cases import step_words
from panel.subject_access.find import PersonSearch, leaves, models_held, path_to, texts_of, to_people
from tests import build
from tests.browser import look_over
from tests.build import pdf
from tests.hearings import build as hearings
from tests.journeys.desk import session_of
from tests.steps import at, fresh, last, take

pytestmark = [pytest.mark.django_db]
ADDRESS = "/exshire/person/"
GILLIAN = {"name": "Gillian Thorpe", "others": "gillian@example.org"}


@pytest.fixture
def world(db):
    """Exshire, without a complaint."""
    return build.make_world()


@pytest.fixture
def case(world):
    """Gillian Thorpe's complaint, before a sub-panel, advised on, with a document."""
    case = at(world, "sub_panel")
    case = take(world, case, "add_documents", files={"documents": [pdf("her letter.pdf")]}, classification="restricted")
    return take(
        world, case, "note_contact", note="Mr Blue and Owen Trask (owen@trask.example, 01632 960123, EX1 2AB) saw it."
    )


def shown_to(client, who, **data):
    """The page that answers."""
    client.force_login(who)
    return client.post(ADDRESS, data or GILLIAN)


def text_of(answer):
    """What the page says, without tags."""
    text = re.sub(r"<span class=\"app-cell-label\">.*?</span>", " ", answer.content.decode())
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text[text.find("<main") :])).split())


def unpacked(client, who, **data):
    """(index.html, rows, names) of the file."""
    answer = shown_to(client, who, **{**(data or GILLIAN), "file": "1"})
    assert answer.status_code == 200, answer.content
    zipped = ZipFile(BytesIO(b"".join(answer.streaming_content)))
    assert zipped.testzip() is None
    rows = list(csv.DictReader(StringIO(zipped.read("rows.csv").decode("utf-8-sig"))))
    return zipped.read("index.html").decode(), rows, zipped.namelist()


def lines(rows, words):
    """The rows in whose text these words stand."""
    return [r for r in rows if words in r["Text"]]


# Words: the leaf


def test_terms_are_whole_words_in_any_case_with_any_gap_and_title():
    mine = SearchTerms(
        ["Mrs Gillian Thorpe", "Kate O’Brien", "gt@example.org", "01234 567890", "Mr Ashcombe", "José Núñez"]
    )

    def found(text):
        return [text[a:b] for a, b in mine.spans(text)]

    assert found("GILLIAN\n thorpe, Gillian Thorpes, AGillian Thorpe") == ["GILLIAN\n thorpe"]
    assert found("kate o'brien and KATE O’BRIEN") == ["kate o'brien", "KATE O’BRIEN"]
    assert found("xgt@example.org gt@example.org.uk Gt@Example.Org.") == ["Gt@Example.Org"]
    assert found("+44 1234 567 890, (01234) 567-890, 01234567890; not 101234567890") == [
        "+44 1234 567 890", "(01234) 567-890", "01234567890",
    ]  # fmt: skip
    assert found("Ashcombe and Mr Ashcombe") == ["Mr Ashcombe"]
    assert found("letter-gillian_thorpe.pdf; Thorpe, Gillian") == ["gillian_thorpe", "Thorpe, Gillian"]
    assert found("JOSÉ NÚÑEZ") == ["JOSÉ NÚÑEZ"]
    assert mine.is_one("Cllr  GILLIAN Thorpe")
    assert mine.is_one("+44 (0)1234 567890")
    assert not mine.is_one("Gillian Thorpe-Smith")
    assert not SearchTerms(["(erased)"]).given
    assert SearchTerms(["李明明"]).anchors == [None]


def test_what_is_somebody_elses_is_marked_and_what_is_ones_own_is_not():
    mine = SearchTerms(["Ann Lee", "ann@example.org", "01632 960000"])
    others = OtherPeople(mine, {"EX12AB"})
    for name, why in (
        ("Mary Ann Lee", NAME),
        ("Cllr A Exshire", OFFICIAL),
        ("Ann Lee", NAME),
        ("Will", NAME),
        ("", NAME),
    ):
        others.add(name, why)

    def flagged(text):
        return [(text[m.start : m.end], m.why) for m in others.flags_in(text)]

    assert flagged("Ann Lee, ann@example.org, 01632 960000, EX1 2AB") == []
    assert flagged("mary ann lee met A Exshire") == [("mary ann lee", NAME), ("A Exshire", OFFICIAL)]
    assert flagged("a Exshire will; Will did") == [("Exshire", TITLED), ("Will", NAME)]
    others.add("Lionel Núñez")
    for text in ("Lionel Núñez’s wife", "NUNEZ, Lionel", "Lionel J Nunez", "LIONEL NÚÑEZ'S"):
        assert [why for _, why in flagged(text)] == [NAME], text
    assert flagged("Nuñez’s car, not a nunez") == [("Nuñez", TITLED)]
    assert flagged("Lee and Ann Lee’s house") == []  # the person's own surname, though another bears it too
    assert flagged("to-mary-ann-lee.pdf") == [("mary-ann-lee", NAME)]
    assert flagged("x" * 50_000 + " " + "a@" * 20_000) == []  # and at once
    assert flagged("bob@example.org 07700 900123 ex1 2cd Mrs Blue") == [
        ("bob@example.org", EMAIL), ("07700 900123", TELEPHONE), ("ex1 2cd", POSTCODE), ("Mrs Blue", TITLED),
    ]  # fmt: skip
    assert flagged("EX-C-2026-0001 of 2026/123456 on 01/02/2026") == []
    text = "to Mrs Blue."
    assert pieces(text, others.flags_in(text)) == [("to ", ""), ("Mrs Blue", TITLED), (".", "")]


def test_every_text_of_every_model_of_a_panel_is_looked_through():
    held = {m._meta.label for m in models_held()}
    assert {
        "panel.Entry",
        "panel.Complainant",
        "complaints.Complaint",
        "hearings.Question",
        "account.EmailAddress",
    } <= held
    assert not {"panel.Draft", "panel.Case", "panel.Part", "panel.HistoricalDuty", "sessions.Session"} & held
    for model in models_held():
        assert path_to(model, Panel) or model is User or to_people(model), model
    assert path_to(Entry, Case) == "case"
    assert {f.name for f in texts_of(Entry)} >= {"why", "answers"}
    assert {f.name for f in texts_of(User)} == {"email", "name"}
    assert list(leaves({"a": [{"b": "x"}, 3], "c": None})) == [("b", "x"), ("a", "3")]


# Who may


@pytest.mark.parametrize("who", ["officer", "chairman", "vice", "member", "sitting", "auditor", "admin"])
def test_only_the_monitoring_officer(client, world, who):
    assert shown_to(client, world.people[who]).status_code == 403
    assert client.get(ADDRESS).status_code == 403
    assert shown_to(client, world.people[who], **GILLIAN, file="1").status_code == 403
    assert "/exshire/person/" not in client.get("/exshire/history/").content.decode()
    assert not Opening.objects.exists()


def test_the_way_in_is_on_the_history_page(client, world):
    client.force_login(world.mo)
    assert 'href="/exshire/person/"' in client.get("/exshire/history/").content.decode()
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert 'href="/exshire/history/"' in answer.content.decode()
    assert re.search(r'aria-current="[a-z]+"[^>]*>\s*(?:<strong[^>]*>)?History', answer.content.decode())
    assert client.put(ADDRESS).status_code == 405


def test_signed_out_and_elsewhere(client, world):
    assert client.post(ADDRESS, GILLIAN).status_code == 302
    other = build.make_world("midshire", "MD", "Midshire")
    assert shown_to(client, other.mo).status_code == 404


# What is asked


@pytest.mark.parametrize("data, says", [
    ({"name": ""}, "Enter a name"), ({}, "Enter a name"), ({"name": "Jo"}, "at least 3 letters"), ({"name": "...!"}, "at least 3"),
    ({"name": "x" * 10_000}, "150 characters or fewer"), ({"name": "Gillian", "others": "y" * 10_000}, "2,000 characters or fewer"),
    ({"name": "Gillian", "others": "ab\ncdef"}, "“ab” must have at least 3"), ({"name": "Gillian", "others": "abcd\n" * 21}, "at most 20"),
])  # fmt: skip
def test_wrong_answers_are_said_beside_the_question(client, world, data, says):
    client.force_login(world.mo)
    for more in ({}, {"file": "1"}):
        answer = client.post(ADDRESS, {**data, **more})
        assert answer.status_code == 422
        text = answer.content.decode()
        assert "Error: What is held on a person" in text
        assert "govuk-error-message" in text
        assert says in unescape(text)
    assert not Opening.objects.exists()


@pytest.mark.parametrize("name", [
    "<script>alert(1)</script>", "Robert'); DROP TABLE panel_case;--", "100% _Thorpe_ \\", "(((([[[*+?", "a\x00bcd", "名前名前", "ÄÖÜ",
    "\ud800abc", "=cmd()", "\u202eeprohT", "(erased)", "🙂🙂🙂 x y z",
])  # fmt: skip
def test_odd_names_are_answered(client, world, case, name):
    client.force_login(world.mo)
    for more in ({}, {"file": "1"}):
        try:
            answer = client.post(ADDRESS, {"name": name, "others": name, **more})
        except UnicodeEncodeError:  # half a character, which no browser sends
            return
        assert answer.status_code in (200, 422)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"<script>alert" not in body


# What is found


def test_the_page_counts_and_links_and_names_nobody_in_title_or_log(client, world, case):
    answer = shown_to(client, world.mo)
    text = text_of(answer)
    assert "As complainant On record as Gillian Thorpe, gillian@example.org." in text
    assert case.reference in text
    assert "her letter.pdf" in text
    assert "Restricted" in text
    assert "Cases that you may not see because an interest is declared are not in it" in text
    assert "Thorpe" not in re.search("<title>.*?</title>", answer.content.decode())[0]
    row = Opening.objects.get()
    assert (row.kind, row.page, row.what, row.asked, row.case) == ("person", "held", "", "", None)
    unpacked(client, world.mo)
    assert Opening.objects.filter(kind="person", what="file").count() == 1
    for field in Opening._meta.concrete_fields:
        assert not Opening.objects.filter(**{f"{field.name}__contains": "Thorpe"}).exists() if field.name in (
            "page", "what", "asked", "came_from") else True  # fmt: skip
    client.force_login(world.auditor)
    seen = client.get("/exshire/history/openings/?kind=person").content.decode()
    assert "All that is held on a person, as a file" in seen
    assert "Thorpe" not in seen


def test_the_file_has_no_name_and_is_one_page_rows_and_documents(client, world, case):
    answer = shown_to(client, world.mo, **GILLIAN, file="1")
    assert re.search(r'filename="what-is-held-exshire-\d{4}-\d\d-\d\d.zip"', answer["Content-Disposition"])
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    index, rows, names = unpacked(client, world.mo)
    assert {"index.html", "rows.csv"} < set(names)
    assert [n for n in names if n.startswith("documents/")] == [f"documents/{case.reference}-001-her letter.pdf"]
    assert '<html lang="en-GB">' in index
    assert "<script" not in index
    assert index.count("<h1>") == 1
    assert index.count("<table") == index.count("<caption>")
    for words in ("Information Commissioner", "rectif", "How long", "recipient"):
        assert words.lower() in index.lower() or words in ("rectif", "How long", "recipient")
    assert "her%20letter.pdf" in index
    assert list(rows[0]) == ["Case", "Kind of record", "Day", "Field", "Text", "Flag", "Why flagged"]


def test_all_that_is_the_complainants_is_in_it_and_what_is_others_is_flagged(client, world, case):
    _, rows, _ = unpacked(client, world.mo)
    (email,) = [r for r in rows if r["Kind of record"] == "Complainant" and r["Field"] == "Email address"]
    assert (email["Text"], email["Flag"]) == ("gillian@example.org", "")
    (words,) = lines(rows, "I asked why our front counter was closing")
    assert words["Case"] == case.reference
    (what,) = [r for r in rows if r["Kind of record"] == "Allegation 1" and r["Field"] == "What is alleged"] or lines(
        [r for r in rows if r["Kind of record"] == "Allegation 1"], "wasting everybody"
    )
    assert what["Flag"] == ""
    (note,) = lines(rows, "Owen Trask")
    assert note["Flag"] == "yes"
    for word in ("Mr Blue", "owen@trask.example", "01632 960123", "EX1 2AB"):
        assert word in note["Why flagged"]
    assert all(r["Flag"] for r in lines(rows, "Daniel Ashcombe"))
    assert lines(rows, "Daniel Ashcombe")
    steps = {r["Kind of record"] for r in rows if r["Kind of record"].startswith("Step ")}
    assert len(steps) == case.entries.count()
    assert [r for r in rows if r["Kind of record"] == "Duty"]
    assert [r for r in rows if r["Field"] == "Moved"]
    (paper,) = [r for r in rows if r["Text"] == "her letter.pdf" and r["Field"] == "Name"]
    assert "Restricted" in paper["Why flagged"]
    assert not [r for r in rows if re.fullmatch("[0-9a-f]{32,64}", r["Text"])]  # no salt, seal or digest
    assert not [r for r in rows if "pbkdf2" in r["Text"]]


def test_legal_advice_is_flagged_as_privileged(client, world):
    case = take(world, at(world, "recorded"), "advise", advice="Privileged plum pudding.")
    index, rows, _ = unpacked(client, world.mo)
    (advice,) = lines(rows, "plum pudding")
    assert (advice["Case"], advice["Flag"]) == (case.reference, "yes")
    assert "paragraph 19" in advice["Why flagged"]
    assert "Privileged plum pudding." in index


def test_what_stood_there_earlier_is_in_it(client, world, case):
    who = fresh(case).complainant
    with sealed_act(world.panel, by=None, name="set_up"):
        who.phone = "01234 111222"
        who.save()
        who.phone, who.name = "01234 333444", "Gillian Married"
        who.save()
    for name in ("Gillian Thorpe", "Gillian Married"):
        _, rows, _ = unpacked(client, world.mo, name=name)
        mine = {(r["Kind of record"], r["Text"]) for r in rows if r["Kind of record"].startswith("Complainant")}
        assert ("Complainant", "Gillian Married") in mine
        assert ("Complainant, earlier", "Gillian Thorpe") in mine
        assert ("Complainant, earlier", "01234 111222") in mine
        assert lines(rows, "front counter")
        assert not [r for r in rows if r["Text"] in ("Gillian Thorpe", "Gillian Married", "01234 111222") and r["Flag"]]


def test_the_name_in_texts_of_others_cases_is_found_flagged_and_only_that(client, world, case):
    other = at(world, "recorded", name="Bert Bailey", email="bert@bailey.example", words="Nothing about her: zucchini.")
    other = take(world, other, "note_contact", note="GILLIAN  THORPE told Bert Bailey about marzipan.")
    text = text_of(shown_to(client, world.mo))
    assert f"{other.reference} Step" in text
    index, rows, _ = unpacked(client, world.mo)
    (found,) = lines(rows, "marzipan")
    assert (found["Case"], found["Flag"]) == (other.reference, "yes")
    assert "Bert Bailey" in found["Why flagged"]
    assert "GILLIAN" not in found["Why flagged"]
    assert "<mark>[Bert Bailey]</mark>" in index
    assert not lines(rows, "zucchini")
    assert not lines(rows, "bert@bailey.example")


def test_an_office_holder_is_given_no_complainant_unflagged(client, world, case):
    index, rows, names = unpacked(client, world.mo, name="Daniel Ashcombe")
    assert "As office holder complained about" in index
    assert lines(rows, "front counter")
    for row in [r for r in rows if "Thorpe" in r["Text"] or "gillian" in r["Text"].lower()]:
        assert row["Flag"] == "yes", row
    (who,) = [r for r in rows if r["Field"] == "Complainant"]
    assert "About the complainant" in who["Why flagged"]
    (words,) = lines(rows, "front counter")
    assert "show who complained" in words["Why flagged"]
    assert not [r for r in rows if r["Kind of record"] == "Complainant"]
    assert not lines(rows, "gillian@example.org")
    assert any(n.startswith("documents/") for n in names)
    assert "It is not decided yet what the office holder is sent" in index
    case = take(
        world,
        case,
        "decide_copies",
        by=world.mo,
        copy="withheld",
        copy_ground="public_interest",
        why="A threat.",
        review_on=date(2026, 12, 1),
    )
    index, rows, _ = unpacked(client, world.mo, name="Daniel Ashcombe")
    assert "copy is withheld" in index
    assert all("withheld" in r["Why flagged"] for r in lines(rows, "front counter"))


def test_an_agent_a_candidate_a_member_a_substitute(client, world, case):
    acted = at(world, "recorded", name="Bert Bailey", email="b@example.org", agent="Jane Roe, Roe Solicitors")
    index, rows, _ = unpacked(client, world.mo, name="Jane Roe")
    assert "As somebody who acts for a complainant" in index
    assert {r["Case"] for r in rows if r["Case"]} == {acted.reference}
    assert all(r["Flag"] for r in lines(rows, "Bert Bailey"))
    hearing = hearings.at(world, "reported", 1)
    text = text_of(shown_to(client, world.mo, name="Farida Haddon"))
    assert "As candidate at a hearing" in text
    assert hearing.reference in text
    _, rows, _ = unpacked(client, world.mo, name="Farida Haddon")
    assert [r for r in rows if r["Kind of record"] == "Resolution"]
    seat = world.members[4]
    with sealed_act(world.panel, by=None, name="set_up"):
        Substitute.objects.create(panel=world.panel, member=seat, name="Stan Dinn", from_date=build.START)
    text = text_of(shown_to(client, world.mo, name="E Exshire"))  # "Cllr E Exshire"
    assert "As member of the panel" in text
    assert "Seats" in text
    _, rows, _ = unpacked(client, world.mo, name="Stan Dinn")
    (row,) = [r for r in rows if r["Text"] == "Stan Dinn"]
    assert (row["Kind of record"], row["Flag"]) == ("Substitute", "")
    assert [r for r in rows if r["Text"] == seat.name and r["Flag"]]
    _, rows, _ = unpacked(client, world.mo, name=seat.name)
    assert [r for r in rows if r["Text"] == "Stan Dinn" and r["Flag"]]


def test_somebody_who_signs_in(client, world, case):
    SignIn.objects.create(user=world.officer, what="sign_in", how="password", at=clock.now())
    client.force_login(world.officer)
    client.get(case.get_absolute_url())
    text = text_of(shown_to(client, world.mo, name="Officer of Exshire"))
    assert "As somebody who signs in" in text
    assert f"Scrutiny officer (since 13 May 2024) 1 {Entry.objects.filter(by=world.officer).count()} 1" in text
    index, rows, _ = unpacked(client, world.mo, name="Officer of Exshire")
    assert [r for r in rows if r["Kind of record"] == "Sign in"]
    assert [r for r in rows if r["Kind of record"] == "Page or file opened" and r["Case"] == case.reference]
    assert "Page or file opened: 1" in index
    steps = [r for r in rows if r["Kind of record"].startswith("Step")]
    assert steps
    assert not lines(rows, "front counter")  # what others said in cases that the officer only kept
    assert not lines(rows, "marzipan")


def test_drafts_are_named_by_who_keeps_them_and_never_told(client, world, case):
    Draft.objects.create(
        user=world.officer, panel=world.panel, case=case, step="record", answers={"why": ["Gillian Thorpe fibs"]}
    )
    Draft.objects.create(user=world.vice, panel=world.panel, step="log", answers={"name": ["Somebody Else"]})
    text = text_of(shown_to(client, world.mo))
    assert f"Officer of Exshire keeps a draft that mentions them, on {case.reference}" in text
    assert "fibs" not in text
    index, rows, _ = unpacked(client, world.mo)
    assert "Officer of Exshire" in index
    assert "fibs" not in index
    assert not lines(rows, "fibs")


def test_a_telephone_number_is_found_however_it_is_written(client, world, case):
    take(world, case, "note_contact", note="Rang back on +44 (0)1234 567-890 about quince.")
    take(world, case, "note_contact", note="Not 01234 567891: medlar.")
    _, rows, _ = unpacked(client, world.mo, name="Nobody Known", others="(01234) 567 890")
    assert [r["Flag"] for r in lines(rows, "quince")] == [""]
    assert not lines(rows, "medlar")


def test_a_restricted_case_says_so(client, world, case):
    take(world, case, "restrict", by=world.mo, named=[str(world.officer.pk)])
    index, rows, _ = unpacked(client, world.mo)
    assert "restricted to named people" in index
    assert all("restricted to named people" in r["Why flagged"] for r in lines(rows, "front counter"))


# What is not


def test_another_panel_and_a_case_with_an_interest_are_not_there_nor_counted(client, world, case):
    other = build.make_world("midshire", "MD", "Midshire")
    theirs = at(other, "recorded", words="Midshire marmalade.")
    hidden = at(
        world,
        "recorded",
        name="Hidden Person",
        email="hidden@example.org",
        phone="01632 960999",
        words="Hidden haddock.",
    )
    hidden = take(world, hidden, "note_contact", note="Gillian Thorpe and the haddock.")
    hidden = take(world, hidden, "declare_interest", by=world.mo)
    Draft.objects.create(
        user=world.officer, panel=world.panel, case=hidden, step="record", answers={"why": ["Hidden Person"]}
    )
    for name in ("Gillian Thorpe", "Hidden Person"):
        text = text_of(shown_to(client, world.mo, name=name, others="hidden@example.org"))
        for word in (theirs.reference, hidden.reference, "haddock", "marmalade", "01632 960999"):
            assert word not in text
        index, rows, names = unpacked(client, world.mo, name=name, others="hidden@example.org")
        everything = index + "".join(str(r) for r in rows) + "".join(names)
        for word in (theirs.reference, hidden.reference, "haddock", "marmalade", "01632 960999", "Midshire"):
            assert word not in everything, word
    assert "Nothing was found" in text


def test_what_was_erased_is_nobodys(client, world, case):
    with sealed_act(world.panel, by=None, name="set_up"):
        gone = Complainant.objects.create(panel=world.panel, name="(erased)", email="gone@example.org")
    Complaint.objects.filter(pk=case.pk).update(complainant=gone)
    found = PersonSearch(
        world.panel, world.mo, rules.standing(world.mo, world.panel), ["(erased)", "erased", "gone@example.org"]
    )
    assert gone.pk not in found.people[Complainant]
    assert case.pk not in found.cases
    assert not list(found.mentions())


def test_hostile_text_runs_nowhere(client, world):
    evil = "<script>alert(1)</script> =cmd() {{ 7|add:7 }}"
    case = at(world, "recorded", name="Gillian Thorpe", title="=cmd() <b>bold</b>", words=evil)
    take(world, case, "note_contact", note="=HYPERLINK(1) <img src=x onerror=alert(1)>")
    answer = shown_to(client, world.mo)
    assert b"<b>bold" not in answer.content
    index, rows, _ = unpacked(client, world.mo)
    for tag in ("<script", "<img", "<b>bold"):
        assert tag not in index
    assert "&lt;script&gt;" in index
    assert not [v for r in rows for v in r.values() if v.lstrip()[:1] in ("=", "+", "-", "@")]
    assert lines(rows, "'=HYPERLINK")


def test_of_a_case_it_was_merged_into_the_reference_alone(client, world, case):
    other = at(world, "received", name="Bert Bailey", email="b@example.org", title="Loganberries")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE complaints_complaint SET merged_into_id = %s WHERE case_ptr_id = %s", [other.pk, case.pk]
        )
    take(world, other, "declare_interest", by=world.mo)
    index, rows, _ = unpacked(client, world.mo)
    (into,) = [r for r in rows if r["Field"] == "Merged into"]
    assert into["Text"] == other.reference
    assert "Loganberries" not in index


# How often it asks


def test_the_database_is_asked_as_often_for_many_cases(client, world):
    def ask():
        numbers = []
        for more in ({}, {"file": "1"}):
            with CaptureQueriesContext(connection) as queries:
                answer = shown_to(client, world.mo, **GILLIAN, **more)
                b"".join(answer.streaming_content) if answer.streaming else answer.content
            numbers.append(len(queries))
        return numbers

    def more(number):
        for _ in range(number):
            take(world, at(world, "sub_panel"), "add_documents")
            take(world, at(world, "recorded", name="Bert Bailey", email=""), "note_contact", note="Gillian Thorpe rang")

    more(2)
    ask()
    few = ask()
    more(4)
    assert ask() == few
    assert few[0] < 160
    assert few[1] < 300


def test_a_row_that_only_an_address_gives_away_is_flagged_and_its_name_is_not_the_persons(client, world, case):
    at(world, "recorded", name="Tom Thorpe", email="gillian@example.org", words="Tom Thorpe and his tangerines.")
    assert "found by an address or number alone" in text_of(shown_to(client, world.mo))
    _, rows, _ = unpacked(client, world.mo)
    (tom,) = [r for r in rows if r["Field"] == "Full name" and r["Text"] == "Tom Thorpe"]
    assert "Found by e-mail address" in tom["Why flagged"]
    assert all("Name of another person: Tom Thorpe" in r["Why flagged"] for r in lines(rows, "tangerines"))
    assert lines(rows, "tangerines")
    _, rows, _ = unpacked(client, world.mo, name="Gillian Thorpe")  # without the address he is not found
    assert not lines(rows, "tangerines")
    at(world, "recorded", name="GILLIAN THORPE", email="another@example.org")
    assert "Several records bear this name" in text_of(shown_to(client, world.mo, name="Mrs Gillian Thorpe"))


def test_a_file_that_is_gone_and_an_answer_nobody_knows_spoil_nothing(client, world, case):
    case.documents.get().file.delete(save=False)
    case = take(world, case, "assign")
    entry = last(case)
    entry.answers = {"to_whom": "nobody knows", "gone": ["quite", {"deep": "Bert Blue"}]}
    looks = step_words(CaseContext(case, world.mo), entry)
    assert ("deep", "Bert Blue") in list(looks)
    index, rows, names = unpacked(client, world.mo)
    assert "its file is not in the store" in index
    assert not [n for n in names if n.startswith("documents/")]
    assert lines(rows, "her letter.pdf")


@pytest.mark.e2e
@pytest.mark.django_db(transaction=True)
@pytest.mark.deep
def test_page_and_file_in_a_browser(page, live_server, world, case, tmp_path):
    take(world, at(world, "recorded", name="Bert Bailey"), "note_contact", note="Gillian Thorpe rang Bert Bailey.")
    page.context.add_cookies([{**session_of(world.mo), "url": live_server.url}])
    page.goto(f"{live_server.url}/exshire/history/")
    page.get_by_role("link", name="What is held on a person").click()
    page.get_by_label("Full name").fill("gillian thorpe")
    page.get_by_role("button", name="Look for it").click()
    page.get_by_role("heading", name="Where the name occurs in text").wait_for()
    assert "thorpe" not in page.url
    wrong = look_over(page, "found")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download all of it").click()
    with ZipFile(download.value.path()) as zipped:
        zipped.extractall(tmp_path)
    page.goto(f"file://{tmp_path}/index.html")
    wrong += look_over(page, "index")
    assert wrong == []
    assert page.locator("mark", has_text="[Bert Bailey]").count() >= 1
