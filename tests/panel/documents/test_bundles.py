"""Bundles: the papers of a case in one PDF and one ZIP, for whom they are made, what they leave out, and how they are kept,
seen and erased; and previews of documents."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client, TestCase
from PIL import Image
from pypdf import PdfReader

from panel.bundles import make as making
from panel.files import pdf as laid
from panel.law import clock
from panel.law.marks import Marks
from panel.models import Bundle, Opening
from panel.record import verify
from panel.record.act import sealed_act
from tests import build
from tests.steps import at, fresh, take, waive_all

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not laid.can_be_made(), reason=laid.MISSING),
]


@pytest.fixture(autouse=True)
def now():
    """18 November 2026."""
    from tests.shared import NOW

    with clock.set_to(NOW):
        yield


def picture(name="photo.png", size=(900, 600)):
    """A photograph."""
    out = io.BytesIO()
    Image.new("RGB", size, "#336699").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


def text(name, words):
    """A plain text."""
    return SimpleUploadedFile(name, words.encode(), content_type="text/plain")


def made_pdf(name, words):
    """A PDF with these words."""
    page = f"<html lang='en'><head><title>x</title></head><body><h1>{words}</h1></body></html>"
    return SimpleUploadedFile(name, laid.as_pdf(page), content_type="application/pdf")


@pytest.fixture
def world(db):
    return build.make_world()


def browser(user):
    found = Client()
    found.force_login(user)
    return found


def address(case, rest=""):
    return f"/exshire/complaints/{case.reference}/{rest}"


def documents_of(case):
    return {d.name: d for d in case.documents.all()}


def make(client, case, *, status=302, **data):
    answer = client.post(address(case, "bundles/new/"), data)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer


def file_of(client, case, row, kind):
    answer = client.get(address(case, f"bundles/{row.key}.{kind}"))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def words_of(data):
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def test_the_sub_panel_gets_numbered_copies_that_hold_the_papers_in_order_and_name_nobody(world):
    case = at(world, "sub_panel")
    case = take(
        world, case, "add_documents", description="From the parish council",
        files={"documents": [made_pdf("notes.pdf", "Notes of the meeting"), picture(), text("CON.txt", "a short note")]},
    )  # fmt: skip
    officer = browser(world.officer)
    page = officer.get(address(case, "bundles/new/")).content.decode()
    assert "The sub-panel" in page
    assert "notes.pdf" in page
    chosen = [str(d.pk) for d in case.documents.all()]
    refused = make(officer, case, status=422, audience="sub_panel", documents=chosen, named="no").content.decode()
    assert "which cannot be searched, and tick that you have" in refused
    make(officer, case, audience="sub_panel", documents=chosen, named="no", looked="on")
    rows = list(Bundle.objects.order_by("pk"))
    sits = [r.member for r in case.roles.filter(kind="sub_panel", to_entry=None).select_related("member")]
    assert [(r.member, r.copy, r.copies, r.state, r.named) for r in rows] == [
        (member, n, len(sits), "ready", False) for n, member in enumerate(sits, 1)
    ]
    row = rows[1]
    whole = file_of(officer, case, row, "pdf")
    said = words_of(whole)
    cover, index = said[0], said[1]
    assert "Bundle for the sub-panel" in cover
    assert "Number 2 of" in cover
    assert sits[1].name in cover
    assert "paragraphs 1 and 2 of Part 1 of Schedule 12A" in cover.replace("\n", " ").replace("\xa0", " ")
    assert f"{row.pages} pages" in cover.replace("\xa0", " ")
    for words in ("A. The complaint", "B. Note, advice, decision", "Notes", "Photo"):
        assert words in index, (words, index)
    everything = "\n".join(said)
    assert "Thorpe" not in everything
    assert "gillian@example.org" not in everything
    assert "[removed]" in everything
    assert "Notes of the meeting" in everything
    assert "This document is not printed here" in everything
    # The index tells the truth: each paper begins on the page that it names, and the line below says so.
    for _, papers in row.contents["sections"]:
        for number, title, _, _, pages in papers:
            first = int(pages.split(" ")[0])
            assert f"copy 2 of {len(sits)}" in said[first + 1], (number, title)
    packed = zipfile.ZipFile(io.BytesIO(file_of(officer, case, row, "zip")))
    names = packed.namelist()
    assert names[0] == "bundle.pdf"
    assert packed.read("bundle.pdf") == whole
    assert sum(name.endswith((".pdf", ".png", ".txt")) for name in names) >= 4
    assert all(len(name) < 120 and not set('<>:"|?*\\') & set(name) for name in names)
    assert not any(part.strip(" .") != part for name in names for part in name.split("/"))
    assert list(verify.verify(world.panel)) == []


def test_a_bundle_for_the_iopc_names_the_complainant_and_leaves_out_the_advice(world):
    case = take(world, at(world, "recorded"), "advise", conclusion="Nothing in it", advice="Privileged words")
    officer = browser(world.officer)
    make(officer, case, audience="iopc", named="yes")
    row = Bundle.objects.get()
    said = "\n".join(words_of(file_of(officer, case, row, "pdf")))
    assert "Gillian Thorpe" in said
    assert "In confidence: for the Independent Office for Police Conduct" in said
    assert "Privileged words" not in said
    assert "the Monitoring Officer’s advice to the Panel" in said.replace("\n", " ")


def test_a_document_that_names_the_complainant_is_refused_with_its_place(world):
    case = at(world, "recorded")
    case = take(world, case, "add_documents", description="A letter",
                files={"documents": [made_pdf("letter.pdf", "Dear Mrs THORPE")]})  # fmt: skip
    letter = documents_of(case)["letter.pdf"]
    page = make(browser(world.officer), case, status=422, audience="reader", reader=str(world.members[0].pk),
                documents=[str(letter.pk)], named="no").content.decode()  # fmt: skip
    assert "letter.pdf, page 1, holds “Thorpe”" in page
    assert not Bundle.objects.exists()


def test_a_councillor_gets_only_what_that_member_may_see(world):
    """A member who does not sit on it reads it once it is tabled: no restricted document, nobody named."""
    case = at(world, "full_panel")
    restricted = {"documents": [made_pdf("restricted.pdf", "Kept from members")]}
    case = take(world, case, "add_documents", description="x", classification="restricted", files=restricted)
    member = next(m for m in world.members if m.user_id == world.member.pk)
    hidden = documents_of(case)["restricted.pdf"]
    officer = browser(world.officer)
    asked = {"audience": "reader", "reader": str(member.pk), "named": "yes"}
    page = make(officer, case, status=422, documents=[str(hidden.pk)], **asked).content.decode()
    assert f"{member.name} may not have restricted.pdf" in page
    make(officer, case, **asked)
    row = Bundle.objects.get()
    assert row.named is False
    theirs, other = browser(world.member), browser(world.sitting)
    assert "Thorpe" not in "\n".join(words_of(file_of(theirs, case, row, "pdf")))
    assert other.get(address(case, f"bundles/{row.key}.pdf")).status_code == 404
    assert other.get(address(case, f"bundles/{row.key}.exe")).status_code == 404
    opened = Opening.objects.filter(page="bundle-file pdf").values_list("by", "what", "kind")
    assert list(opened) == [(world.member.pk, str(row.pk), "bundle")]
    seen = browser(world.mo).get(address(case, "seen/")).content.decode()
    assert f"Bundle ({row.pk})" in seen
    assert world.member.name in seen


def test_a_large_bundle_waits_for_the_command(world, monkeypatch):
    case = at(world, "recorded")
    case = take(world, case, "add_documents", description="x", files={"documents": [made_pdf("a.pdf", "A")]})
    started = []
    monkeypatch.setattr(making, "MOST_PAGES", 0)
    monkeypatch.setattr(making, "make_apart", lambda row: started.append(row.pk))
    officer = browser(world.officer)
    make(officer, case, audience="iopc", named="yes", documents=[str(documents_of(case)["a.pdf"].pk)])
    row = Bundle.objects.get()
    assert started == [row.pk]
    assert row.state == "waiting"
    page = officer.get(address(case, "bundles/")).content.decode()
    assert "Being made" in page
    assert officer.get(address(case, f"bundles/{row.key}.pdf")).status_code == 404
    call_command("bundle", str(row.key))
    row.refresh_from_db()
    assert row.state == "ready"
    assert row.pages > 1
    call_command("bundle")  # nothing waits
    assert list(verify.verify(world.panel)) == []
    monkeypatch.undo()


def test_a_case_that_is_erased_takes_its_bundles_with_it(world):
    case = at(world, "recorded")
    make(browser(world.officer), case, audience="iopc", named="yes")
    row = Bundle.objects.get()
    name = row.file.name
    assert default_storage.exists(name)
    case = waive_all(world, take(world, fresh(case), "withdraw"))
    with TestCase.captureOnCommitCallbacks(execute=True):
        case = take(world, take(world, case, "propose_erasure"), "erase")
    row.refresh_from_db()
    assert row.erased
    assert row.contents == {}
    assert not default_storage.exists(name)
    assert browser(world.officer).get(address(case, f"bundles/{row.key}.pdf")).status_code == 404
    assert list(verify.verify(world.panel)) == []
    # One that is asked for before and made after keeps nothing.
    with sealed_act(world.panel, by=None, name="set_up"):
        row.state = "waiting"
        row.save()
    assert making.make(row).state == "waiting"


def test_what_happened_to_its_file_is_found(world):
    case = at(world, "recorded")
    make(browser(world.officer), case, audience="iopc", named="yes")
    row = Bundle.objects.get()
    default_storage.delete(row.file.name)
    assert [str(f) for f in verify.verify(world.panel)] == [
        f"panel.Bundle {row.pk} of {case.reference}: its file is gone"
    ]


def test_previews_are_drawn_apart_and_seen_by_who_sees_the_document(world):
    case = take(world, at(world, "full_panel"), "add_documents", description="x", classification="restricted",
                files={"documents": [made_pdf("a.pdf", "A"), picture()]})  # fmt: skip
    found = documents_of(case)
    for name in ("a.pdf", "photo.png"):
        rest = f"documents/{found[name].key}/preview"
        assert "First pages of" in browser(world.officer).get(address(case, f"{rest}/")).content.decode()
        answer = browser(world.officer).get(address(case, f"{rest}.png"))
        assert answer.content.startswith(b"\x89PNG")
        assert "sandbox" in answer["Content-Security-Policy"]
        assert browser(world.member).get(address(case, f"{rest}.png")).status_code == 404
        assert browser(world.member).get(address(case, f"{rest}/")).status_code == 404


@pytest.mark.parametrize("typed, said", [
    ("Mrs Thorpe rang", "Mrs [removed] rang"),
    ("GILLIAN  Thórpe’s letter", "[removed]’s letter"),
    ("Ms \u200bTho\u00adrpe b", "Ms \u200b[removed] b"),
    ("May I, in May, ask Cllr May?", "[removed] I, in [removed], ask Cllr [removed]?"),
    ("may I ask", "may I ask"),
    ("Thorpeville", "Thorpeville"),
    ("call 01632\u00a0960101 or 01632 960101", "call [removed] or [removed]"),
])  # fmt: skip
def test_marks_are_taken_out_however_they_are_written(typed, said):
    marks = Marks(["Gillian", "Thorpe", "May", "01632 960101"], {"may"})
    assert marks.removed(typed) == said
