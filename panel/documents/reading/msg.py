"""Emails as Outlook saves them (.msg, MS-OXMSG), read with olefile, which also looks into them before they are kept.

python-oxmsg was tried: it reads well what is well made, and raises nearly anything, or reads without end, where it is not.
"""

import io
import re
from datetime import UTC, datetime, timedelta
from email.message import Message as Part
from email.parser import BytesHeaderParser

import olefile

from panel.documents.reading import eml, rtf, texts
from panel.documents.reading.parts import EARLIEST, LONGEST_TEXT, Attached, Message

SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP, SUBJECT, BODY, PAGE = "0C1A", "0C1F", "5D01", "0037", "1000", "1013"
RICH = "1009"  # the text in Rich Text, compressed: some messages have no other
FOR_NAME, FOR_ADDRESS, FOR_SMTP = "0042", "0065", "5D02"  # in whose name it was sent
HEADERS, MESSAGE_ID, ANSWERS_TO = "007D", "1035", "1042"
NAME, ADDRESS, SMTP = "3001", "3003", "39FE"  # of a recipient
LONG_NAME, SHORT_NAME, DATA = "3707", "3704", "3701"  # of a file
SENT, RECEIVED = 0x0039, 0x0E06
TOP_PROPERTIES_BEGIN, MOST_STREAMS = 32, 4000
FILETIME_BEGINS = datetime(1601, 1, 1, tzinfo=UTC)
ADDRESS_LIKE = re.compile(r"[^\s@<>\"]{1,64}@[^\s@<>\"]{1,190}")


def look(data: bytes) -> Message | None:
    """The email, or None for a compound file that is none."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as found:
            if not found.exists("__properties_version1.0"):
                return None
            return Box(found).message()
    except (MemoryError, RecursionError):
        raise
    except Exception:  # olefile raises nearly anything on hostile bytes
        return None


class Box:
    """The streams of one email."""

    def __init__(self, found: olefile.OleFileIO) -> None:
        self.found = found
        self.paths = found.listdir(streams=True, storages=False)[:MOST_STREAMS]

    def bytes_of(self, name: str) -> bytes:
        """A stream; nothing where there is none, or where it cannot be read."""
        try:
            return self.found.openstream(name).read() if self.found.exists(name) else b""
        except Exception:
            return b""

    def text(self, tag: str, under: str = "") -> str:
        """A text, in either of its two letterings."""
        for kind, coding in (("001F", "utf-16-le"), ("001E", "cp1252")):
            if data := self.bytes_of(f"{under}__substg1.0_{tag}{kind}"):
                return data.decode(coding, "replace").rstrip("\0")
        return ""

    def moment(self, tag: int) -> datetime | None:
        """A moment of the fixed properties; one that is missing comes back as 1601."""
        rows = self.bytes_of("__properties_version1.0")[TOP_PROPERTIES_BEGIN:]
        for at in range(0, min(len(rows) - 15, 16 * 1000), 16):
            if int.from_bytes(rows[at : at + 4], "little") == (tag << 16 | 0x40):
                ticks = int.from_bytes(rows[at + 8 : at + 16], "little")
                try:
                    found = FILETIME_BEGINS + timedelta(microseconds=ticks // 10)
                except OverflowError:
                    return None
                return found if found > EARLIEST else None
        return None

    def message(self) -> Message:
        """All of it."""
        found = Message("msg")
        self.people(found)
        found.subject = texts.line(self.text(SUBJECT))
        found.text = texts.body(self.text(BODY), LONGEST_TEXT)
        if not found.text:
            page = self.bytes_of(f"__substg1.0_{PAGE}0102") or self.text(PAGE).encode()
            found.text, found.from_html = texts.of_html(texts.decoded(page), LONGEST_TEXT), bool(page)
        if not found.text:
            rich = rtf.unpacked(self.bytes_of(f"__substg1.0_{RICH}0102"))
            found.text = texts.body(rtf.text_of(rich, LONGEST_TEXT), LONGEST_TEXT)
        self.how_it_came(found)
        self.files(found)
        if not found.text:
            found.note("Its text could not be read. It is kept as it came.")
        return found

    def people(self, found: Message) -> None:
        """Who wrote, and to whom."""
        for name, addresses in ((FOR_NAME, (FOR_SMTP, FOR_ADDRESS)), (SENDER_NAME, (SENDER_SMTP, SENDER_ADDRESS))):
            said = texts.line(self.text(name), 150).strip(" '\"")
            address = self.address(*addresses)
            if (said or address) and not any(a.lower() == address.lower() for _, a in found.senders):
                found.senders.append(("" if "@" in said else said, address))
        for under in self.folders("__recip_version1.0_"):
            address = self.address(SMTP, ADDRESS, under=under)
            if address:
                found.recipients.append((texts.line(self.text(NAME, under), 150), address))

    def address(self, *tags: str, under: str = "") -> str:
        """The first of these that is an address of the internet; Exchange has others."""
        for tag in tags:
            said = texts.line(self.text(tag, under), 254)
            if ADDRESS_LIKE.fullmatch(said):
                return said
        return ""

    def how_it_came(self, found: Message) -> None:
        """When it was sent and received, and its own number; from its headers where it has kept them."""
        found.sent, found.received = self.moment(SENT), self.moment(RECEIVED)
        found.message_id = eml.identifier(self.text(MESSAGE_ID))
        found.answers_to = eml.identifier(self.text(ANSWERS_TO))
        raw = self.text(HEADERS)[:200_000].encode("utf-8", "replace")
        if not raw:
            return
        whole: Part = BytesHeaderParser().parsebytes(raw)
        kept = Message("msg")
        eml.headers(whole, kept)
        found.headers = kept.headers
        found.reply_to = kept.reply_to
        found.sent, found.received = found.sent or kept.sent, kept.received or found.received
        found.message_id = found.message_id or kept.message_id
        if not any(address for _, address in found.senders):
            found.senders = kept.senders or found.senders

    def folders(self, begin: str) -> list[str]:
        """The storages of that kind, each as the beginning of its streams' names."""
        names = dict.fromkeys(path[0] for path in self.paths if len(path) > 1 and path[0].startswith(begin))
        return [f"{name}/" for name in list(names)[: eml.MOST_PARTS]]

    def files(self, found: Message) -> None:
        """What came with it. Of an email within it the text is kept: Outlook has no bytes of it that stand alone."""
        for under in self.folders("__attach_version1.0_"):
            name = texts.line(self.text(LONG_NAME, under) or self.text(SHORT_NAME, under), 300)
            data = self.bytes_of(f"{under}__substg1.0_{DATA}0102")
            if data:
                found.attached.append(Attached(name, data))
                continue
            inner = f"{under}__substg1.0_{DATA}000D/"
            text = texts.body(self.text(BODY, inner), LONGEST_TEXT)
            if text:
                subject = texts.line(self.text(SUBJECT, inner)) or name or "email"
                found.attached.append(Attached(f"{subject}.txt", f"{subject}\n\n{text}\n".encode()))
            else:
                found.left_out += 1
