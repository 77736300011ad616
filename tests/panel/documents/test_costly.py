"""A small file that takes minutes and gigabytes to look into is refused with the reason, and the web process spends neither
on it (panel/documents/apart.py)."""

import resource
import time
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from panel.documents import apart as module
from panel.documents.apart import TooCostly, apart
from panel.documents.store import KNOWN_ANSWERS, check
from tests import build
from tests.panel.documents.samples import GOOD
from tests.panel.pages.cases import nothing_kept
from tests.panel.pages.page import Browser


@pytest.mark.parametrize("function, words", [
    ("endless", "takes too long to look into"), ("greedy", "needs too much memory to look into"), ("wordy", "says too much to look into"),
    ("deep", "is nested too deeply to look into"), ("broken", "could not be looked into"), ("ended", "could not be looked into"),
])  # fmt: skip
def test_each_limit(function, words):
    began = time.monotonic()
    with pytest.raises(TooCostly, match=words):
        apart(f"tests.panel.documents.costly_tasks:{function}", b"x", seconds=3)
    assert time.monotonic() - began < 8


def test_the_process_knows_nothing_and_writes_nothing(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not to be told")
    found = apart("tests.panel.documents.costly_tasks:told", b"12345")
    assert found["got"] == 5
    assert found["memory"] == module.BYTES
    assert "SECRET_KEY" not in found["environment"]
    assert apart("tests.panel.documents.costly_tasks:writes", b"12345") == "could not"


def costly_pdf() -> bytes:
    """A PDF of some hundred kilobytes, one object stream of which unpacks to hundreds of megabytes of names to read."""
    stream = zlib.compress(b"1 0 " + b"#41" * 40_000_000, 6)
    one = (
        b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(stream)
        + stream
        + b"\nendstream\nendobj\n"
    )
    body = b"".join(b"%d 0 obj" % n + one for n in range(4, 6))
    return build.PDF.replace(b"trailer", body + b"trailer")


@pytest.mark.django_db
@pytest.mark.deep
def test_a_costly_pdf_is_refused_with_the_reason_and_nothing_is_kept():
    world = build.make_world()
    case = build.log(world)
    content = costly_pdf()
    assert len(content) < 1_000_000
    KNOWN_ANSWERS.clear()
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    officer = Browser(world.officer)
    with nothing_kept():
        answer = officer.send(
            f"/exshire/complaints/{case.reference}/add_documents/",
            {"documents": SimpleUploadedFile("plan.pdf", content), "classification": "open", "on": "2026-11-03"},
        )
    assert answer.status == 422
    (words,) = answer.errors["documents"]
    assert words.startswith("plan.pdf ")
    assert "too" in words
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert time.monotonic() - began < 25
    assert after.ru_utime - before.ru_utime < 4  # of the web process itself
    assert after.ru_maxrss - before.ru_maxrss < 100_000  # kilobytes


@pytest.mark.parametrize("extension", ["pdf", "docx", "eml", "msg"])
def test_what_people_send_is_looked_into_as_before(extension):
    KNOWN_ANSWERS.clear()
    found = check(SimpleUploadedFile(f"a.{extension}", GOOD[extension]))
    assert found.name == f"a.{extension}"
    with pytest.raises(ValidationError, match="a.pdf is two kinds of file in one"):
        check(SimpleUploadedFile("a.pdf", GOOD["pdf"] + b"x" * 4096))
    assert len(KNOWN_ANSWERS) == 2


def test_many_files_together_have_an_end():
    from panel.documents.store import _check

    with pytest.raises(ValidationError, match="a.pdf takes too long to look into"):
        _check(SimpleUploadedFile("a.pdf", b"%PDF-1.4 another"), 0)
