"""A PDF file made from a Word file that somebody else laid out: by LibreOffice, where this server has it.

    if office.can_be_made():
        office.as_pdf(content)          # None where LibreOffice did not make it in time

LibreOffice runs in a process and with a profile of its own, which are gone afterwards. Without it such a letter is Word
alone (docs/operating.md).
"""

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

SECONDS = 60
MISSING = "LibreOffice is not on this server (libreoffice-writer), so no PDF can be made of a Word template."


@cache
def _program() -> str:
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def can_be_made() -> bool:
    """Whether this server can make a PDF of a Word file."""
    return bool(_program())


def as_pdf(content: bytes) -> bytes | None:
    """The PDF file; None where there is no LibreOffice, or it did not make one in time."""
    if not can_be_made():
        return None
    with tempfile.TemporaryDirectory(prefix="letter-") as folder:
        source = Path(folder, "letter.docx")
        source.write_bytes(content)
        command = [
            _program(), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--convert-to", "pdf",
            "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603 - our own arguments
            return Path(folder, "letter.pdf").read_bytes()
        except (subprocess.SubprocessError, OSError):
            return None
