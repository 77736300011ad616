"""Office files of 1997 to 2003 and Outlook's emails: "compound" files, read with olefile."""

import io

import olefile

from panel.documents.inspection import mail
from panel.documents.inspection.kinds import KINDS, Active, Kind, Unacceptable
from panel.documents.inspection.packed import DAMAGED, ELSEWHERE, INSIDE, MACROS, PASSWORD

START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN = {"worddocument": "doc", "workbook": "xls", "book": "xls", "powerpoint document": "ppt"}
MSG = "__properties_version1.0"
ATTACHED = "__substg1.0_37010102"  # the bytes of an attachment (MS-OXMSG); then its long and its short name
NAMED = (
    ("__substg1.0_3707001F", "utf-16-le"),
    ("__substg1.0_3704001F", "utf-16-le"),
    ("__substg1.0_3707001E", "cp1252"),
    ("__substg1.0_3704001E", "cp1252"),
)
VBA_INFO = bytes.fromhex("1f00ff031400000002000004")  # PowerPoint's record of its macros (MS-PPT 2.4.10)


def look(data: bytes, inner, depth) -> Kind | None:
    """The kind of compound file, if it is one. Raises Unacceptable."""
    if not data.startswith(START):
        return None
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as found:
            return compound(found, inner, depth)
    except Unacceptable:
        raise
    except Exception as error:  # olefile raises nearly anything on hostile bytes
        raise Unacceptable(DAMAGED) from error


def compound(found, inner, depth: int) -> Kind:
    """The kind by its streams. Raises Unacceptable."""
    paths = found.listdir(streams=True, storages=True)
    top = {p[0].lower() for p in paths}
    if "encryptedpackage" in top or "encryptioninfo" in top:
        raise Active(PASSWORD)
    kinds = {MAIN[name] for name in top if name in MAIN}
    if MSG in top and not kinds:
        letters(found, paths, inner, depth)
        return KINDS["msg"]
    if len(kinds) != 1:
        raise Unacceptable("is not a Word document, spreadsheet, presentation or email, though it looks like one")
    kind = kinds.pop()
    for path in paths:
        names = {part.lower() for part in path}
        if names & {"vba", "macros", "_vba_project_cur", "_vba_project", "vbaproject"}:
            raise Active(MACROS)
        if names & {"\x01ole10native", "package", "mbd", "objectpool"} or path[-1].lower().startswith("mbd"):
            raise Active(INSIDE)
    {"doc": word, "xls": excel, "ppt": powerpoint}[kind](found)
    return KINDS[kind]


def stream(found, name: str | list[str]) -> bytes:
    """A whole stream's bytes."""
    return found.openstream(name).read()


def word(found) -> None:
    """Raise when the document is encrypted or asks another program for its text."""
    text = stream(found, "WordDocument")
    if text[10:12] and text[11] & 0x01:
        raise Active(PASSWORD)
    if b"DDEAUTO" in text.upper() or "DDEAUTO".encode("utf-16-le") in text.upper():
        raise Active(ELSEWHERE)


def excel(found) -> None:
    """Raise when a workbook is encrypted or has a sheet of macros. Walks the records before the first sheet."""
    name = "Workbook" if found.exists("Workbook") else "Book"
    records, at = stream(found, name), 0
    while at + 4 <= len(records):
        kind, size = int.from_bytes(records[at : at + 2], "little"), int.from_bytes(records[at + 2 : at + 4], "little")
        body = records[at + 4 : at + 4 + size]
        if kind == 0x2F:  # FILEPASS
            raise Active(PASSWORD)
        if kind == 0x85 and len(body) > 5 and body[5] == 1:  # BOUNDSHEET of an Excel 4 macro sheet
            raise Active(MACROS)
        if kind == 0x0A:  # EOF
            return
        at += 4 + size


def powerpoint(found) -> None:
    """Raise when the presentation says that it has macros."""
    slides = stream(found, "PowerPoint Document")
    at = slides.find(VBA_INFO)
    if at >= 0 and any(slides[at + 20 : at + 24]):  # fHasMacros
        raise Active(MACROS)
    if found.exists("EncryptedSummary"):
        raise Active(PASSWORD)


def letters(found, paths, inner, depth: int) -> None:
    """Inspect what an Outlook email carries, emails within it included, attachment by attachment."""
    for path in paths:
        if path[-1].lower() != ATTACHED:
            continue
        name = ""
        for key, coding in NAMED:
            at = [*path[:-1], key]
            if not name and found.exists(at):
                name = stream(found, at).decode(coding, "replace")
        mail.attachment(name, stream(found, path), inner, depth)
