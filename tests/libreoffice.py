"""Word files as pages: LibreOffice lays them out, as far as it is installed. Nothing but tests needs it.

pages = laid_out(word, tmp_path)    # a Page each, with its words and where they stand
"""

import shutil
import subprocess
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
import pytest

SOFFICE = shutil.which("soffice")
NO_LIBREOFFICE = (
    "no LibreOffice, so Word files are not laid out (apt-get install --no-install-recommends libreoffice-writer)"
)
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason=NO_LIBREOFFICE)
POINTS = 72 / 2.54  # a centimetre


@dataclass(frozen=True)
class Page:
    """One page: its text, and the box in centimetres from the left and the top edge that holds all of it."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def laid_out(word: bytes, directory) -> list[Page]:
    """The pages of a Word file."""
    source = directory / "paper.docx"
    source.write_bytes(word)
    subprocess.run(  # noqa: S603 - a program of Debian, a file of our own
        [
            SOFFICE, f"-env:UserInstallation=file://{directory}/profile", "--headless", "--convert-to", "pdf", "--outdir",
            str(directory), str(source),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    pdf = pypdfium2.PdfDocument(BytesIO((directory / "paper.pdf").read_bytes()))
    return [page_of(page) for page in pdf]


def page_of(page) -> Page:
    """The words of a page, and the box around them."""
    text = page.get_textpage()
    height = page.get_height()
    boxes = [text.get_rect(n) for n in range(text.count_rects())]
    return Page(
        text.get_text_range().replace("\r\n", "\n").replace("\u00a0", " "),
        min(box[0] for box in boxes) / POINTS,
        max(box[2] for box in boxes) / POINTS,
        (height - max(box[3] for box in boxes)) / POINTS,
        (height - min(box[1] for box in boxes)) / POINTS,
    )


def well_laid_out(found: list[Page]) -> None:
    """Within the margins of A4, with 16 centimetres of text, and no page that is empty or nearly so."""
    for number, page in enumerate(found, 1):
        assert page.left >= 2.4, (number, page.left)
        assert page.right <= 18.6, (number, page.right)
        assert page.bottom <= 29.2, (number, page.bottom)
        assert len(page.text.split()) > 30, (number, page.text)
        assert f"Page {number} of {len(found)}" in page.text, (number, page.text[-200:])
