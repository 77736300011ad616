"""The small files that a script attaches."""

import re
from io import BytesIO
from textwrap import wrap

from django.core.files.uploadedfile import SimpleUploadedFile

from panel.replay.dates import DayShift
from panel.replay.script import Wrong


def make_file(notes, where: str, shift: DayShift) -> SimpleUploadedFile:
    """A small file made of a script's {"name", "text"} or {"name", "pdf"}: the same bytes each time. Raises Wrong."""
    if not isinstance(notes, dict) or not isinstance(notes.get("name"), str) or len(notes) != 2:
        raise Wrong(f'{where}: write each as {{"name": ..., "text": ...}} or {{"name": ..., "pdf": ...}}')
    words = next(notes[k] for k in notes if k != "name")
    if not isinstance(words, str) or not notes.keys() & {"text", "pdf"}:
        raise Wrong(f"{where}: {notes['name']}: its text or pdf is the text to put in it")
    words = shift.text(words)
    if "text" in notes:
        return SimpleUploadedFile(notes["name"], words.encode(), "text/plain")
    return SimpleUploadedFile(notes["name"], pdf(words), "application/pdf")


def pdf(words: str) -> bytes:
    """A one-page PDF of the text, a line for each of its lines, in Helvetica. Letters outside Latin-1 become "?"."""

    def line(text: str) -> bytes:
        escaped = re.sub(r"([\\()])", r"\\\1", text)
        return f"({escaped}) Tj T*".encode("cp1252", "replace")

    shown = b"\n".join(line(part) for text in words.split("\n") for part in (wrap(text, 88) or [""]))
    stream = b"BT /F1 11 Tf 16 TL 56 780 Td\n" + shown + b"\nET"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        font,
    ]
    out, places = BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()
