"""PDFs: no scripts, nothing started, no file inside.

Names are looked for everywhere, not only where the file's own index points: readers mend broken indexes. Object streams
are unpacked, `#xx` in names is read. A PDF that is protected against changes is kept; what is encrypted in it is not
seen.
"""

import re
import zlib

from panel.documents.inspection.kinds import KINDS, Active, Kind, Unacceptable
from panel.documents.inspection.refused import TWO

NAMES = re.compile(rb"/(JavaScript|Rendition|XFA|Launch|EmbeddedFiles?|RichMedia)(?=[\s\0/<>\[\](){}%]|$)")
REASONS = {
    b"JavaScript": "has scripts in it. Print it to a new PDF",
    b"Rendition": "has scripts in it. Print it to a new PDF",
    b"XFA": "is a form with scripts in it. Print it to a new PDF",
    b"Launch": "starts another program. Print it to a new PDF",
}
INSIDE = "has another file inside it. Attach that file on its own, and print this one to a new PDF"
STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
OBJECTS = re.compile(rb"\s*\d+\s+\d+\s")  # how an object stream begins
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
PIECE_BYTES = 4096  # unpacked at a time
MOST_STREAMS = 50_000
MOST_STREAMS_BYTES = 256 * 1024 * 1024  # that all object streams together may unpack to


def look(data: bytes, inner, depth) -> Kind | None:
    """PDF, if it is one. Raises Unacceptable."""
    if not data.startswith(b"%PDF-"):
        return None
    if not re.match(rb"%PDF-[12]\.\d", data) or b"%%EOF" not in data[-2048:]:
        raise Unacceptable(TWO)
    search(data)
    encrypted = b"/Encrypt" in data
    left = MOST_STREAMS_BYTES
    for number, found in enumerate(STREAM.finditer(data)):
        if number > MOST_STREAMS:
            raise Active("unpacks to far more than its size")
        start = found.end()
        about = plain_names(data[max(0, found.start() - 1024) : found.start()]).rpartition(b"obj")[2]
        if b"/ObjStm" in about and not encrypted and not only_flate(about):
            raise Active("hides what is in it, so it cannot be checked. Print it to a new PDF")
        unpacked = unpack(data, start, left)
        left -= len(unpacked)
        if left <= 0:
            raise Active("unpacks to far more than its size")
        search(unpacked)
    return KINDS["pdf"]


def plain_names(data: bytes) -> bytes:
    """The bytes with `/Java#53cript` written out."""
    return ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), data) if b"#" in data else data


def search(data: bytes) -> None:
    """Raise Active on the first name that does something."""
    for found in NAMES.finditer(plain_names(data)):
        raise Active(REASONS.get(found[1], INSIDE))


def only_flate(about: bytes) -> bool:
    """Whether an object stream's dictionary packs it in the one way that everybody uses, or not at all."""
    filters = re.findall(rb"/(?:ASCII\w*|LZW\w*|RunLength\w*|Crypt|AHx|A85|RL|FlateDecode|Fl)\b", about)
    return filters in ([], [b"/FlateDecode"], [b"/Fl"]) and b"/Predictor" not in about


def unpack(data: bytes, start: int, most: int) -> bytes:
    """The object stream that begins there, unpacked, at most so many bytes; empty if it is none."""
    machine = zlib.decompressobj()
    out = bytearray()
    try:
        out += machine.decompress(data[start : start + PIECE_BYTES], 64)
        if not OBJECTS.match(out):
            return b""
        while not machine.eof and len(out) < most and start < len(data):
            out += machine.decompress(machine.unconsumed_tail, most - len(out))
            start += PIECE_BYTES
            if not machine.eof and len(out) < most:
                out += machine.decompress(data[start : start + PIECE_BYTES], most - len(out))
    except zlib.error:  # damaged later on: what came before is searched
        pass
    return bytes(out)
