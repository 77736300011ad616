"""A stored file that is gone: the page of the document says so and whom to tell, files leave it out and say so, and the log
names it by numbers."""

import io
import logging
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from panel.models import Opening
from tests import build
from tests.panel.pages.cases import case_url
from tests.panel.pages.page import Browser
from tests.steps import at, take


def delete(document):
    default_storage.delete(document.file.name)


def make_folder(document):
    delete(document)
    Path(default_storage.path(document.file.name)).mkdir()


@pytest.fixture
def attached(world):
    """A complaint with two documents."""
    files = [SimpleUploadedFile(name, build.PDF, content_type="application/pdf") for name in ("kept.pdf", "Thorpe.pdf")]
    case = take(world, at(world, "received"), "add_documents", files={"documents": files})
    return case, *case.documents.order_by("pk")


@pytest.mark.parametrize("lose", [delete, make_folder])
def test_the_document_says_that_its_file_is_gone_and_whom_to_tell(world, attached, caplog, lose):
    case, _, gone = attached
    lose(gone)
    page = Browser(world.officer).get(case_url(case, "documents/"))
    page = page.browser.get(page.links()["Thorpe.pdf"])
    assert (page.status, page.h1) == (410, "The file of this document is missing")
    assert f"Tell the Monitoring Officer, Mo of Exshire: document {gone.pk} of {case.reference}." in page.text
    assert page.links()["Documents"] == case_url(case, "documents/")
    assert page.browser.client.head(page.url).status_code == 410
    (line, *_) = [r.getMessage() for r in caplog.records if r.levelno == logging.ERROR]
    assert line.startswith(f"the stored file of document {gone.pk} on case {case.pk} cannot be read: ")
    assert "Thorpe" not in line
    assert not Opening.objects.filter(kind=Opening.Kind.DOCUMENT).exists()  # nobody has seen it


def test_the_other_documents_of_the_case_can_still_be_had(world, attached):
    case, kept, gone = attached
    delete(gone)
    page = Browser(world.officer).get(case_url(case, "documents/"))
    response = page.browser.client.get(page.links()["kept.pdf"])
    assert b"".join(response.streaming_content) == build.PDF


@pytest.mark.parametrize("lose", [delete, make_folder])
def test_the_whole_case_as_a_file_leaves_it_out_and_says_so(world, attached, caplog, lose):
    case, _, gone = attached
    lose(gone)
    response = Browser(world.mo).client.get(case_url(case, "package.zip"))
    assert response.status_code == 200
    packed = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert [n for n in packed.namelist() if n.startswith("documents/")] == ["documents/001-kept.pdf"]
    index = packed.read("index.html").decode()
    assert "Thorpe.pdf: its file is missing from the store. Tell the Monitoring Officer" in index
    assert ",Thorpe.pdf," in packed.read("documents.csv").decode()
    assert any("cannot be read" in r.getMessage() for r in caplog.records)


@pytest.mark.parametrize("lose", [delete, make_folder])
def test_so_does_what_is_held_on_a_person(world, attached, caplog, lose):
    _, _, gone = attached
    lose(gone)
    response = Browser(world.mo).client.post("/exshire/person/", {"name": "Gillian Thorpe", "file": "1"})
    assert response.status_code == 200
    packed = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert not [n for n in packed.namelist() if "Thorpe.pdf" in n]
    assert "Thorpe.pdf: its file is not in the store. Tell the Monitoring Officer" in packed.read("index.html").decode()
    assert any("cannot be read" in r.getMessage() for r in caplog.records)
