"""A panel's own Word templates, Welsh texts, large print, and the second person who checks each letter."""

import hashlib
import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from panel.documents.store import opened
from panel.files import office
from panel.letters.word_templates import WORD_TYPE, faults, text_of_file
from panel.models import Letter, LetterDraft, LetterText
from panel.procedure.register import REGISTERS
from panel.record import verify
from panel.record.act import sealed_act
from tests.panel.letters.test_letters import anonymised, begun, letters_of
from tests.panel.pages.page import Browser
from tests.steps import at, fresh, open_duties

pytestmark = pytest.mark.django_db
TEXTS = "/exshire/letters/texts/complaints"


def word(*paragraphs, header="", **parts):
    """A Word file of those paragraphs; `parts` are put into the package: name of the part (with __ for /), its bytes."""
    doc = Document()
    for words in paragraphs:
        doc.add_paragraph(words)
    doc.sections[0].header.paragraphs[0].text = header
    found = BytesIO()
    doc.save(found)
    with zipfile.ZipFile(found, "a") as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("__", "/").replace("_DOT_", "."), data)
    return found.getvalue()


def related(kind, target, mode="Internal"):
    """A Word file with one more relationship of that kind."""
    source = BytesIO(word("{{r letter }}"))
    found = BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(found, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/_rels/document.xml.rels":
                row = f'<Relationship Id="rId99" Type="http://x/{kind}" Target="{target}" TargetMode="{mode}"/>'
                data = data.replace(b"</Relationships>", f"{row}</Relationships>".encode())
            new.writestr(name, data)
    return found.getvalue()


def file(content, name="Our paper.docx"):
    return SimpleUploadedFile(name, content, WORD_TYPE)


def setting(world, **values):
    """The panel's settings from 1 November 2026 on."""
    with sealed_act(world.panel, by=world.admin, name="change_settings", why="x"):
        row = world.panel.settings_from(date(2026, 11, 1))
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def test_what_a_word_template_may_not_hold_is_refused_with_its_place():
    register = REGISTERS["complaints"]

    def wrong(content):
        return faults(register, content)

    assert wrong(word("Dear {{ to_name }}", "{{r letter }}", "{% if oral %}You rang.{% endif %}")) == []
    assert wrong(
        word("{{ complanant }}", "{{ reference.__class__ }}", "{{ 7 * 7 }}", "{% import x %}", header="{name}")
    ) == [
        "Paragraph 1: {{ complanant }} is no field of ours",
        "Paragraph 2: {{ reference.__class__ }} is no field of ours",
        "Paragraph 3: “{{ 7 * 7 }}” is code, and letters hold none",
        "Paragraph 4: “{% import x %}” is code, and letters hold none",
        "Header, paragraph 1: {name} has one brace on each side. Word templates have two: {{ name }}",
    ]
    assert wrong(word("{{ received")) == ["Paragraph 1: “{{” is not closed, or not opened"]
    assert "cannot be filled in" in wrong(word("{% if oral %} {{ received }}"))[0]
    assert wrong(word("Nothing")) == [
        "It names no field, so every letter would be the same. Put {{r letter }} where the letter stands"
    ]
    assert wrong(word("{{ received }}", word__vbaProject_DOT_bin=b"x")) == ["word/vbaProject.bin: a macro"]
    assert wrong(word("{{ received }}", word__embeddings__oleObject1_DOT_bin=b"x")) == [
        "word/embeddings/oleObject1.bin: an embedded object"
    ]
    (link,) = wrong(related("hyperlink", "https://evil.example/x", "External"))
    assert link.startswith("word/_rels/document.xml.rels: a link, https://evil.example/x.")
    (picture,) = wrong(related("image", "http://evil.example/p.png", "External"))
    assert picture.startswith("word/_rels/document.xml.rels: something outside the file, http://evil.example/p.png.")
    assert wrong(related("oleObject", "x.bin")) == ["word/_rels/document.xml.rels: an embedded object (oleObject)"]
    assert wrong(b"PK" + b"0" * (20 * 1024 * 1024)) == ["The file has 20 MB: 5 MB at most. Make its pictures smaller"]
    assert wrong(b"%PDF-1.7") == ["This is no Word file, or one that cannot be read. Save it in Word as .docx"]


def test_a_panels_word_template_is_used_from_a_day_on_and_kept(world, monkeypatch):
    monkeypatch.setattr(office, "_program", lambda: "")  # a server without LibreOffice
    mo = Browser(world.mo)
    page = mo.get(f"{TEXTS}/letterhead/to-others/")
    assert "LibreOffice is not on this server" in page.text
    bad = page.submit("Save the text", word=file(word("{{ complanant }}")))
    assert bad.errors["word"] == ["Paragraph 1: {{ complanant }} is no field of ours"]
    assert not LetterText.objects.exists()
    content = word(
        "Exshire’s own paper", "{{ to_name }}, {{ date }}, {{ reference }}", "{{r letter }}", header="{{ how }}"
    )
    page = page.submit("Save the text", word=file(content), from_date=date(2026, 11, 1))
    assert "Word template, since 1 November 2026" in page.text
    row = LetterText.objects.get()
    assert row.word_sha256 == hashlib.sha256(content).hexdigest()
    assert mo.client.get(f"/exshire/letters/texts/{row.pk}/template.docx").content == content
    case = at(world, "received")
    page = begun(world, case)
    assert "Made from the Panel’s Word template Our paper.docx, in use since 1 November 2026" in page.text
    assert "It goes in Word alone." in page.text
    check = page.submit("Check the letter", address="17 Mill Lane")
    assert "Exshire’s own paper" in check.text
    check.submit("Say that it went", how="post")
    letter = Letter.objects.get()
    assert letter.pdf is None
    with opened(letter.word) as went:
        kept = went.read()
    assert hashlib.sha256(kept).hexdigest() == letter.sha256
    text = text_of_file(kept)
    assert f"{case.complainant.name}, 18 November 2026, {case.reference}" in text
    assert "Thank you for your complaint" in text
    assert "By post" in text
    mo.get(f"{TEXTS}/letterhead/to-others/").submit("Save the text", without=True)
    assert "Made from" not in begun(world, at(world, "received")).text
    assert LetterText.objects.get(from_date=date(2026, 11, 1)).word  # what went before stays
    assert list(verify.verify(world.panel)) == []


def test_a_template_with_wording_of_its_own_is_filled_and_cannot_tell_a_protected_name(world):
    case = anonymised(world)
    content = word("Copy of the complaint", "Made by {{ complainant }} on {{ made }}. {{ learnt_nowhere }}")
    page = Browser(world.mo).get(f"{TEXTS}/copy_of_complaint/to-others/")
    assert page.submit("Save the text", word=file(content)).status == 422
    name = case.complainant.name
    content = word("Copy of the complaint", f"It was made on {{{{ made }}}}, by {name}, and nobody else may know it.")
    page.submit("Save the text", word=file(content), from_date=date(2026, 11, 1))
    page = Browser(world.officer).get(letters_of(case))
    page = page.follow(next(w for w in page.links() if "Copy of the complaint, to Mr Ashcombe" in w))
    assert "the wording of the Panel’s Word template" in page.text
    found = page.submit("Check the letter")
    assert found.status == 422
    assert f"holds “{name}”, which shows the complainant" in found.text


def test_a_second_person_checks_where_a_setting_says_so(world):
    setting(world, letters_second_person=True)
    case = at(world, "received")
    check = begun(world, case).submit("Check the letter", address="17 Mill Lane")
    assert "A second person checks each letter of this Panel" in check.text
    assert "Say that it went" not in [b.text for b in check.main.all("button")]
    forced = check.browser.send(
        check.url, {**check.values(), "how": "hand", "on_day": "18", "on_month": "11", "on_year": "2026"}
    )
    assert forced.status == 422
    assert "you wrote this one last" in forced.text
    assert not Letter.objects.exists()
    given = check.submit("Give it to somebody else to check")
    assert "To be checked" in given.text
    waits = f"Check a letter: Acknowledgement, {case.reference}"
    assert waits not in Browser(world.officer).get("/exshire/").links()
    theirs = Browser(world.mo).get("/exshire/").follow(waits).follow("Acknowledgement")
    back = theirs.submit("Send it back", note="Thank her by name.")
    assert "Sent back" in back.text
    page = Browser(world.officer).get(letters_of(case)).follow("Acknowledgement")
    assert "Thank her by name." in page.text
    page = page.submit("Check the letter", text=page.values()["text"].replace("Thank you", "Many thanks"))
    page.submit("Give it to somebody else to check")
    theirs = Browser(world.mo).get(letters_of(case)).follow("Acknowledgement")
    theirs = (
        Browser(world.mo).get(theirs.url.replace("check/", "")).submit("Check the letter")
    )  # who reads has not written
    theirs.submit("Say that it went", how="hand")
    letter = Letter.objects.get()
    assert (letter.written_by, letter.entry.by) == (world.officer, world.mo)
    assert open_duties(fresh(case), "acknowledge") == []


def test_a_letter_goes_in_welsh_once_the_panel_has_its_text(world):
    setting(world, letters_welsh="welsh")
    case = at(world, "received")
    assert "No Welsh text of this letter is entered yet, so it goes in English." in begun(world, case).text
    page = Browser(world.mo).get(f"{TEXTS}/acknowledge/to-others-welsh/")
    bad = page.submit("Save the text", text="Eich cwyn\n\nDiolch. {+contact}", from_date=date(2026, 11, 1))
    assert bad.errors["text"] == ["Paragraph 2: {+contact} stands for English words. Write them out in Welsh"]
    page = bad.submit(
        "Save the text", text="Eich cwyn\n\nAnnwyl {salutation}\n\nDiolch am eich cwyn o {received}.\n\nYn gywir"
    )
    assert "Since 1 November 2026" in page.text
    page = begun(world, case)
    assert "In Welsh and English, Welsh first." in page.text
    welsh = page.values()["welsh"]
    assert "Diolch am eich cwyn o" in welsh
    assert page.submit("Check the letter", welsh="").errors["welsh"] == ["Enter the letter in Welsh"]
    gap = page.submit("Check the letter", address="17 Mill Lane", welsh=f"{welsh}\n\n{{name}}")
    assert "{name} is not filled in" in gap.text
    check = gap.submit("Check the letter", welsh=welsh)
    assert "the case has" not in check.text
    assert check.text.index("Diolch am eich cwyn") < check.text.index("Thank you for your complaint")
    check.submit("Say that it went", how="post")
    letter = Letter.objects.get()
    assert (letter.language, "Diolch" in letter.welsh) == ("cy,en", True)
    with opened(letter.word) as went:
        text = text_of_file(went.read())
    assert text.index("Diolch am eich cwyn") < text.index("Thank you for your complaint")


def test_who_asked_for_large_print_gets_it(world):
    case = at(world, "received")
    with sealed_act(world.panel, by=world.officer, name="correct", case=case):
        case.complainant.how_to_write = "Large print, by post"
        case.complainant.save()
    page = begun(world, case)
    assert "It is made in large print (18 point), as they asked." in page.text
    page.submit("Check the letter", address="17 Mill Lane").submit("Say that it went", how="post")
    with opened(Letter.objects.get().word) as went:
        styles = Document(BytesIO(went.read())).styles
    assert styles["Normal"].font.size.pt == 18
    assert not LetterDraft.objects.exists()
