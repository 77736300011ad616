"""Restricted and exempt information, and who complained, are in nothing that somebody without the right gets: no list,
search, title, header, file, report, mail, error page or log line. Feeds there are none."""

import io
import logging
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from panel.logs import WithoutPeople
from panel.models.journal import Opening
from tests import build
from tests.panel.access.test_matrix import CASE, PANEL, WHO, addresses, everybody
from tests.steps import at, fresh, take

__all__ = ["everybody"]  # a fixture of the matrix
CASE_MARKS = ("qxtitle", "qxwords", "qxwhat", "qxnote", "qxfile")
PERSON_MARKS = ("qxname", "qxmail", "qxroad")
SAID = {
    "name": "Gillian qxname", "email": "qxmail@example.org", "address": "1 qxroad, Larkford", "title": "Meeting qxtitle",
    "words": "He said qxwords.",
}  # fmt: skip


def marked(world, **said):
    """A complaint with marks in it, and a document with one in its name."""
    case = build.log(world, **{**SAID, **said}, allegations=[{"what": "Told her qxwhat"}])
    upload = SimpleUploadedFile("qxfile.pdf", build.PDF, content_type="application/pdf")
    return take(world, fresh(case), "note_contact", note="She rang, qxnote.", files={"documents": [upload]})


def text_of(answer) -> str:
    """Headers and body; of a ZIP or a spreadsheet what is packed in it, names included."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    found = [f"{k}: {v}" for k, v in answer.headers.items()]
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            found += [name + packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    return "\n".join([*found, body.decode("utf-8", "replace")])


def everything(world, client, reference):
    """(address, what it answered) of every page and file of the panel, of searches for each mark, and of every address of
    the case. What was searched for is left out of the answer: the page shows it again, whether it is found or not."""
    slug = world.panel.slug
    for name, found in addresses(world).items():
        for address in found if name in PANEL else ():
            yield f"panel {address}", text_of(client.get(address))
    for mark in (*CASE_MARKS, *PERSON_MARKS, reference):
        for register in ("complaints", "hearings", "meetings"):
            address = f"/{slug}/{register}/?show=all&q={mark}"
            yield address, text_of(client.get(address)).replace(mark, "")
            for kind in ("csv", "xlsx"):
                answer = client.get(f"/{slug}/{register}/download.{kind}?show=all&q={mark}")
                yield f"{kind} of {address}", text_of(answer).replace(mark, "")
    for name in CASE:
        if name not in ("case-tab", "meeting-paper") and not name.startswith("hearing-"):
            address = reverse(f"panel:{name}", args=[slug, "complaints", reference])
            yield address, text_of(client.get(address))
    for key in ("record", "filter", "note_contact", "correct", "reverse"):
        address = reverse("panel:step", args=[slug, "complaints", reference, key])
        yield address, text_of(client.get(address))
        yield address, text_of(client.post(address, {"note": "x", "kind": "note"}))


def leaks(world, client, reference, marks) -> list:
    """(mark, address) of each mark that is in something; the reference counts as one on the panel's pages."""
    found = []
    for address, text in everything(world, client, reference):
        more = (reference,) if address.startswith("panel ") else ()
        found += [(mark, address) for mark in (*marks, *more) if mark in text]
    return found


@pytest.mark.parametrize(
    "letter", ["c", "p", "d", "e", *(pytest.param(who, marks=pytest.mark.deep) for who in "vsfxn")]
)
def test_a_restricted_case_is_in_nothing_for_whoever_is_not_named(world, everybody, letter):
    case = take(world, take(world, marked(world), "record"), "restrict", named=[str(world.officer.pk)])
    found = leaks(world, everybody[letter], case.reference, (*CASE_MARKS, *PERSON_MARKS))
    assert found == [], WHO[letter]


@pytest.mark.parametrize("letter", ["v", pytest.param("c", marks=pytest.mark.deep)])
def test_a_case_in_which_somebody_has_an_interest_is_in_nothing_for_them(world, everybody, letter):
    case = take(world, marked(world), "record")
    case = take(world, case, "declare_interest", by=world.people[WHO[letter]])
    assert leaks(world, everybody[letter], case.reference, (*CASE_MARKS, *PERSON_MARKS)) == []


@pytest.mark.parametrize("letter", ["s", pytest.param("p", marks=pytest.mark.deep)])
def test_members_do_not_learn_who_complained_of_a_case_before_the_full_panel(world, everybody, letter):
    """They see the case and what is open or exempt of it; not the complainant, nor what is restricted, by name or at all."""
    case = marked(world)
    for key, over in (("record", {}), ("filter", {"route": "full_panel"}), ("refer_to_full_panel", {})):
        case = take(world, case, key, **over)
    found = leaks(world, everybody[letter], case.reference, (*PERSON_MARKS, "qxnote", "qxfile"))
    assert [f for f in found if f[0] != case.reference] == [], WHO[letter]
    assert "qxtitle" in text_of(everybody[letter].get(f"/exshire/complaints/{case.reference}/"))


def test_a_file_that_leaves_is_named_after_the_reference_and_nothing_else(world, everybody):
    case = marked(world)
    for address in (
        reverse("panel:case-package", args=["exshire", "complaints", case.reference]),
        f"/exshire/complaints/{case.reference}/history/?format=csv",
        "/exshire/complaints/download.csv?q=qxname&show=all",
    ):
        named = everybody["o"].get(address)["Content-Disposition"]
        assert not [m for m in (*CASE_MARKS, *PERSON_MARKS) if m in named], named


def test_no_mail_holds_anything_of_a_case(world, mailoutbox):
    marked(world)
    call_command("chain_head", mail=True, verbosity=0)
    assert mailoutbox
    for mail in mailoutbox:
        whole = str(mail.message())
        assert not [m for m in (*CASE_MARKS, *PERSON_MARKS, "EX-C-") if m in whole]


def test_log_lines_of_refused_and_missing_pages_hold_nobody(world, everybody):
    case = take(world, at(world, "recorded"), "restrict", named=[str(world.officer.pk)])
    case = take(world, case, "correct", by=world.mo, title="Meeting qxtitle", name="Gillian qxname", why="Misread")
    handler = logging.StreamHandler(caught := io.StringIO())
    handler.setFormatter(WithoutPeople())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        for letter in "cpd":
            everybody[letter].get(f"/exshire/complaints/{case.reference}/")
            everybody[letter].get("/exshire/complaints/?q=qxname&page=9e9")
            everybody[letter].post(f"/exshire/complaints/{case.reference}/note_contact/", {"note": "qxname"})
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    assert "Not Found" in caught.getvalue()
    assert "qx" not in caught.getvalue()


def test_the_access_log_holds_no_word_that_was_searched_for(world, everybody):
    marked(world)
    everybody["o"].get("/exshire/complaints/download.csv?q=qxname&show=all")
    rows = Opening.objects.values_list("asked", "what", "page", "came_from")
    assert rows
    assert "qxname" not in repr(list(rows))
