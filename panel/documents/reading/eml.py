"""Emails as mail programs save them: .eml, and Apple's .emlx, which is the same between a count and a property list."""

import email
import re
from collections.abc import Iterator
from email.message import Message as Part
from email.utils import getaddresses

from panel.documents.reading import texts
from panel.documents.reading.parts import LONGEST_TEXT, Attached, Message, moment

EMLX = re.compile(rb"\s{0,8}(\d{1,10})[ \t]{0,8}\r?\n")
HEADER = re.compile(rb"(?:From .{0,200}\r?\n)?[A-Za-z][A-Za-z0-9-]{0,80}[ \t]{0,8}:")
KNOWN = re.compile(
    rb"^(from|to|subject|date|received|message-id|mime-version|return-path|delivered-to|reply-to|content-type|x-[a-z0-9-]+)"
    rb"[ \t]{0,8}:",
    re.IGNORECASE | re.MULTILINE,
)
MOST_PARTS = 200
SMALLEST_INLINE_BYTES = 20 * 1024  # a smaller picture within the text is somebody's logo
KEPT_HEADERS = ("auto-submitted", "return-path", "x-failed-recipients", "content-type", "x-auto-response-suppress")


def emlx(data: bytes) -> bytes | None:
    """The email within Apple's wrapping, or None."""
    match = EMLX.match(data)
    if not match or not HEADER.match(data[match.end() : match.end() + 400]):
        return None
    return data[match.end() : match.end() + int(match[1])]


def look(data: bytes) -> Message | None:
    """The email, or None for what has no headers of one."""
    inner = emlx(data)
    raw = (inner if inner is not None else data).lstrip(b"\r\n \t\xef\xbb\xbf")
    head = re.split(rb"\r?\n[ \t]*\r?\n", raw[:200_000], maxsplit=1)[0]
    if not HEADER.match(raw) or not KNOWN.search(head):
        return None
    found = Message("eml" if inner is None else "emlx")
    whole = email.message_from_bytes(raw)
    for reader in (headers, parts):
        try:
            reader(whole, found)
        except (MemoryError, RecursionError):
            raise
        except Exception:  # hostile mail raises nearly anything: what was read before is kept
            found.note("Not all of it could be read. It is kept as it came.")
    return found


def raw_of(part: Part, name: str) -> list[str]:
    """The headers of that name, as they came."""
    return [str(value) for key, value in part._headers[:2000] if key.lower() == name]  # type: ignore[attr-defined]


def all_of(part: Part, name: str) -> list[str]:
    """The headers of that name, decoded."""
    return [texts.header(value) for value in raw_of(part, name)]


def first(part: Part, name: str) -> str:
    """The first header of that name, decoded; "" where there is none."""
    return next(iter(all_of(part, name)), "")


def people(values: list[str]) -> list[tuple[str, str]]:
    """(name, address) of each address, without doubles. What is no address is left out."""
    found: list[tuple[str, str]] = []
    for value in values[:20]:
        try:
            pairs = getaddresses([value[:2000]])
        except Exception:  # "To: (c):" and its kind
            pairs = []
        if "@" not in value:  # somebody encoded the address with the name
            value = texts.header(value)
        if not any("@" in address for _, address in pairs):  # strict reading gave up: take what looks like one
            pairs = [
                (value[: m.start()], m[0])
                for m in re.finditer(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", value)
            ]
        for name, address in pairs[:50]:
            name, address = texts.line(texts.header(name), 150).strip(" \"'<>;,"), texts.line(address, 254)
            if re.fullmatch(r"[^\s@<>\"]{1,64}@[^\s@<>\"]{1,190}", address) and address.lower() not in {
                a.lower() for _, a in found
            }:
                found.append(("" if "@" in name else name, address))
    return found


def headers(whole: Part, found: Message) -> None:
    """Who wrote to whom, about what, and when."""
    found.senders = people(raw_of(whole, "from"))
    found.reply_to = people(raw_of(whole, "reply-to"))
    found.recipients = people([*raw_of(whole, "to"), *raw_of(whole, "cc")])
    found.subject = first(whole, "subject")
    found.sent = moment(first(whole, "date"))
    arrived = all_of(whole, "received")[:1]  # the topmost is that of the last server, which is ours
    found.received = moment(arrived[0].rpartition(";")[2]) if arrived else None
    found.message_id = identifier(first(whole, "message-id"))
    found.answers_to = identifier(first(whole, "in-reply-to"))
    found.headers = {name: first(whole, name) for name in KEPT_HEADERS if first(whole, name)}


def identifier(text: str) -> str:
    """A Message-ID without its brackets."""
    match = re.search(r"<([^<>\s]{1,250})>", text)
    return match[1] if match else ""


def walk(whole: Part) -> Iterator[Part]:
    """The parts in order, an email within it as one part. Without recursion: a message may be nested very deeply."""
    waiting = [whole]
    while waiting:
        part = waiting.pop()
        yield part
        inner = part._payload  # type: ignore[attr-defined] - get_payload() decodes, and raises
        if isinstance(inner, list) and part.get_content_maintype() != "message":
            waiting += [p for p in reversed(inner) if isinstance(p, Part)]


def parts(whole: Part, found: Message) -> None:
    """The text, and what came with it."""
    plain: list[str] = []
    pages: list[str] = []
    number = 0
    for part in walk(whole):
        if part.is_multipart() and part.get_content_maintype() != "message":
            continue
        number += 1
        if number > MOST_PARTS:
            found.left_out += 1
            continue
        kind, name = content_type(part), file_name(part)
        shown = (part.get_content_disposition() or "inline") == "inline" and not name
        if shown and kind in ("text/plain", "text/html"):
            text = texts.decoded(payload(part), charset(part))
            (plain if kind == "text/plain" else pages).append(text[: LONGEST_TEXT * 4])
        elif kind in ("message/delivery-status", "text/rfc822-headers") or (
            kind == "message/rfc822" and reports(whole)
        ):
            returned(part, kind, found)
        elif not logo(part, kind):
            keep(part, kind, name, found)
    found.text = texts.body("\n".join(plain), LONGEST_TEXT)
    if not found.text and pages:
        found.text, found.from_html = texts.of_html("\n".join(pages), LONGEST_TEXT), True
    if found.left_out:
        found.note("It has more parts than are read. All of them are kept in the email itself.")


def content_type(part: Part) -> str:
    """The type that the part claims; it decides only whether its text is shown."""
    try:
        return part.get_content_type()
    except Exception:
        return "application/octet-stream"


def charset(part: Part) -> str:
    """The letters that the part claims."""
    try:
        return str(part.get_content_charset("") or "")
    except Exception:
        return ""


def file_name(part: Part) -> str:
    """The name that the part claims."""
    try:
        return texts.header(part.get_filename() or "")
    except Exception:
        return ""


def payload(part: Part) -> bytes:
    """The part's bytes; as far as they can be decoded."""
    try:
        data = part.get_payload(decode=True)
    except Exception:
        data = str(part._payload).encode("utf-8", "replace")  # type: ignore[attr-defined]
    return data if isinstance(data, bytes) else b""


def logo(part: Part, kind: str) -> bool:
    """Whether it is a small picture within the text, such as a signature's."""
    return kind.startswith("image/") and bool(part.get("Content-ID")) and len(payload(part)) < SMALLEST_INLINE_BYTES


def keep(part: Part, kind: str, name: str, found: Message) -> None:
    """Keep the part as a file of its own."""
    if kind.startswith("message/"):
        inner = part._payload  # type: ignore[attr-defined]
        one = inner[0] if isinstance(inner, list) and inner else None
        data = one.as_bytes() if isinstance(one, Part) else payload(part)
        name = name or f"{first(one, 'subject') if isinstance(one, Part) else ''}".strip() or "email"
        name = name if name.lower().endswith(".eml") else f"{name}.eml"
    else:
        data = payload(part)
    if data:
        found.attached.append(Attached(name, data))


def reports(whole: Part) -> bool:
    """Whether the email is a report of a mail server, which sends back what did not arrive."""
    return content_type(whole) in ("multipart/report", "multipart/mixed") and any(
        content_type(p) == "message/delivery-status" for p in walk(whole)
    )


def returned(part: Part, kind: str, found: Message) -> None:
    """Note of a report of a mail server what did not arrive where, and why."""
    inner = part._payload  # type: ignore[attr-defined]
    blocks = [p for p in inner if isinstance(p, Part)] if isinstance(inner, list) else []
    if kind == "text/rfc822-headers":
        blocks = [email.message_from_bytes(payload(part))]
    for block in blocks[:50]:
        for name in ("final-recipient", "original-recipient", "action", "status", "diagnostic-code"):
            if kind == "message/delivery-status" and first(block, name):
                found.returned.setdefault(name, first(block, name))
        if kind != "message/delivery-status" and (own := identifier(first(block, "message-id"))):
            found.returned.setdefault("message-id", own)
            found.returned.setdefault("subject", first(block, "subject"))
