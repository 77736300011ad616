"""Evidence as it came (reg 8): films larger than a document are streamed, archives are kept unopened, and a scanner that an
installation has must answer."""

import socket
import struct
import threading
import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from panel.documents import store
from panel.models import Document
from tests import build
from tests.panel.documents.samples import GOOD, MOV, MP4, PLAIN_ZIP, WMV, box, pdf_of

MB = 1024 * 1024


def upload(name, content):
    """What a browser sends."""
    return SimpleUploadedFile(name, content)


def test_text_in_utf_16_is_text_and_stays_as_it_came():
    for coding in ("utf-16", "utf-16-be"):
        mark = b"\xfe\xff" if coding == "utf-16-be" else b""
        assert store.check(upload("note.txt", mark + "Dear Panel – café".encode(coding))).content_type == "text/plain"


def test_a_film_larger_than_a_document_is_known_without_reading_it_whole(settings):
    settings.DOCUMENT_MAX_SIZE, settings.FILM_MAX_SIZE = MB, 3 * MB
    film = MP4 + box(b"free", bytes(MB))
    assert store.check(upload("film.mp4", film)).name == "film.mp4"
    assert store.check(upload("film.mov", MOV + box(b"free", bytes(MB)))).content_type == "video/quicktime"
    assert store.check(upload("film.wmv", WMV + bytes(MB))).name == "film.wmv"
    for name, content, why in (
        ("film.mp4", film[:-1], "film.mp4 is two kinds of file in one, or damaged"),
        ("film.mp4", film + b"PK\x05\x06", "film.mp4 is two kinds of file in one"),
        ("film.mp4", pdf_of() + bytes(MB), "film.mp4 is no film, so it must be smaller than 1MB"),
        ("letter.pdf", film, "letter.pdf must be smaller than 1MB"),
        ("film.mp4", MP4 + box(b"free", bytes(3 * MB)), "film.mp4 must be smaller than 3MB"),
    ):  # fmt: skip
        with pytest.raises(ValidationError) as refused:
            store.check(upload(name, content))
        assert refused.value.messages[0].startswith(why)


@pytest.mark.django_db
def test_an_archive_is_kept_unopened_and_is_part_of_no_bundle(client):
    world = build.make_world()
    case = build.log(world)
    build.take(
        case, "add_documents", world.officer, files={"documents": [upload("evidence.zip", PLAIN_ZIP)]}, description="x"
    )
    paper = Document.objects.get(case=case)
    assert (paper.name, paper.content_type, paper.file.open("rb").read()) == (
        "evidence.zip",
        "application/zip",
        PLAIN_ZIP,
    )
    client.force_login(world.officer)
    answer = client.get(f"/exshire/complaints/{case.reference}/package.zip")
    with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as packed:
        assert not [name for name in packed.namelist() if name.endswith("evidence.zip")]
        assert "an archive, which is never opened" in packed.read("index.html").decode()


class Clamd(threading.Thread):
    """A scanner that answers what it is told to."""

    def __init__(self, says):
        super().__init__(daemon=True)
        self.says, self.got = says, b""
        self.listens = socket.create_server(("127.0.0.1", 0))
        self.port = self.listens.getsockname()[1]

    def run(self):
        """One question."""
        link, _ = self.listens.accept()
        with link:
            link.recv(10)
            while (size := struct.unpack("!L", link.recv(4))[0]) and size:
                while size:
                    piece = link.recv(size)
                    self.got, size = self.got + piece, size - len(piece)
            link.sendall(self.says + b"\0")


@pytest.mark.parametrize("says, why", [
    (b"stream: OK", None), (b"stream: Eicar-Test-Signature FOUND", "has a virus in it, says the virus scanner (Eicar-Test-Signature)"),
    (b"INSTREAM size limit exceeded. ERROR", "is larger than the virus scanner looks at"), (b"", "gives no clear answer"),
])  # fmt: skip
def test_a_scanner_is_asked_about_every_byte_and_its_answer_counts(settings, says, why):
    scanner = Clamd(says)
    scanner.start()
    settings.CLAMD_URL = f"tcp://127.0.0.1:{scanner.port}"
    if why is None:
        assert store.check(upload("a.pdf", GOOD["pdf"])).name == "a.pdf"
        assert scanner.got == GOOD["pdf"]
        return
    with pytest.raises(ValidationError) as refused:
        store.check(upload("a.pdf", GOOD["pdf"]))
    assert why in refused.value.messages[0]


def test_without_an_answer_nothing_is_taken(settings):
    settings.CLAMD_URL = "unix:///nowhere/clamd.ctl"
    with pytest.raises(ValidationError, match="could not be looked at by the virus scanner, which does not answer"):
        store.check(upload("a.pdf", GOOD["pdf"]))
