"""Emails as files. What they carry is inspected: one that carries a program or a macro is refused."""

import email
import re

from panel.documents.inspection.kinds import KINDS, PAGES, PROGRAMS, Active, Kind, Unacceptable

HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:")
KNOWN = re.compile(rb"^(from|to|subject|date):", re.IGNORECASE | re.MULTILINE)
TECHNICAL = re.compile(rb"^(received|message-id|mime-version|return-path|x-[a-z-]+):", re.IGNORECASE | re.MULTILINE)
EMLX = re.compile(rb"\s{0,8}(\d{1,10})[ \t]{0,8}\r?\n(?=[A-Za-z])")  # Apple's Mail begins with the number of bytes
MOST_NESTED_EMAILS = 3
MOST_EMAIL_PARTS = 200  # texts and attachments of one email
HARM = "carries an attachment that could do harm. Save the email as a PDF, and attach the rest on its own"


def look(data: bytes, inner, depth) -> Kind | None:
    """An email, if it has the headers of one that was sent; in Apple's wrapping too. Raises Unacceptable."""
    wrapped = EMLX.match(data)
    if wrapped:
        inside = data[wrapped.end() : wrapped.end() + int(wrapped[1])]
        return KINDS["emlx"] if look(inside, inner, depth) else None
    if not HEADER.match(data) or b"\0" in data:
        return None
    head = re.split(rb"\r?\n\r?\n", data, maxsplit=1)[0]
    if len({k.lower() for k in KNOWN.findall(head)}) < 2 or not TECHNICAL.search(head):
        return None
    try:
        parts = [p for p in email.message_from_bytes(data).walk() if not p.is_multipart()]
        carried = [(str(p.get_filename() or ""), p.get_content_type(), p.get_payload(decode=True)) for p in parts]
    except Exception as error:  # hostile mail raises nearly anything
        raise Unacceptable("is an email that cannot be read") from error
    if len(carried) > MOST_EMAIL_PARTS:
        raise Unacceptable("is an email with too many attachments")
    for name, content_type, payload in carried:
        if name or not content_type.startswith("text/"):
            attachment(name, payload or b"", inner, depth)
    return KINDS["eml"]


def attachment(name: str, data: bytes, inner, depth: int) -> None:
    """Raise when an email carries something that could do harm; what is merely unknown may stay in it, and so may a
    web page, which many programs add to honest mail."""
    if depth >= MOST_NESTED_EMAILS:
        raise Unacceptable("has emails within emails. Attach them one by one")
    extension = name.strip(" .\0").rpartition(".")[2].lower()
    try:
        if extension in PROGRAMS:
            raise Active(HARM)
        inner(data)
    except Active as error:
        if extension not in PAGES or data[:2] == b"MZ":
            raise Active(HARM) from error
    except Unacceptable:
        return
