"""Zip files as Office writes them, read with every length checked: no bomb, no gap, no name that leads elsewhere."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from panel.documents.inspection.kinds import Active, Unacceptable
from panel.documents.inspection.refused import TWO

MOST_MEMBERS = 5000
MOST_UNPACKED_BYTES = 200 * 1024 * 1024
MOST_UNPACKED_RATIO = 100  # to its size, once more than FREELY_UNPACKED_BYTES are unpacked
FREELY_UNPACKED_BYTES = 10 * 1024 * 1024
LARGEST_XML_BYTES = 40 * 1024 * 1024  # of one part that is read element by element
LARGEST_DIRECTORY_BYTES = 4 * 1024 * 1024  # of the list of members
BOMB = "unpacks to far more than its size"
PASSWORD = "is protected by a password, so what is in it cannot be checked. Save it without one, or as a PDF"  # noqa: S105
DAMAGED = "is damaged. Save it again in the program that made it, or as a PDF"
ELSEWHERE = "loads something from elsewhere when it is opened. Save it as a PDF"
MACROS = "has macros or scripts. Save it without them, or as a PDF"
INSIDE = "has another file inside it. Attach that file on its own, and save this one as a PDF"


class Package:
    """The members of a zip: `names`, and `read(name)` for their bytes. Raises Unacceptable for anything odd."""

    def __init__(self, data: bytes, most: int = MOST_UNPACKED_BYTES):
        self.data, self.most = data, most
        self.begins: dict[str, int] = {}  # where each member's bytes begin
        if int.from_bytes(data[-10:-6], "little") > LARGEST_DIRECTORY_BYTES and data[-22:-18] == b"PK\x05\x06":
            raise Active(BOMB)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as found:
                self.infos = {i.filename: i for i in found.infolist()}
                count, directory, comment = len(found.infolist()), found.start_dir, found.comment
        except Exception as error:  # zipfile raises nearly anything on hostile bytes
            raise Unacceptable(DAMAGED) from error
        if count > MOST_MEMBERS or len({n.lower() for n in self.infos}) != count:
            raise Unacceptable(TWO if count <= MOST_MEMBERS else BOMB)
        self.names = list(self.infos)
        self._sound(directory, comment)

    def _sound(self, directory: int, comment: bytes) -> None:
        """Raise unless members lie one after another from the first byte, under plain names, and are no bomb."""
        if comment or self.data[-22:-18] != b"PK\x05\x06":
            raise Active(TWO)
        at = 0
        for info in sorted(self.infos.values(), key=lambda i: i.header_offset):
            if info.flag_bits & 0x1:
                raise Active(PASSWORD)
            head = self.data[info.header_offset : info.header_offset + 30]
            gap = info.header_offset - at
            if head[:4] != b"PK\x03\x04" or gap < 0 or gap > (24 if at else 0):  # 24: a data descriptor
                raise Active(TWO)
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Unacceptable(DAMAGED)
            if re.search(r"(^|/)\.\.(/|$)|^/|\\|\0|^[A-Za-z]:", info.filename):
                raise Active(TWO)
            lengths = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
            self.begins[info.filename] = begins = info.header_offset + 30 + lengths
            at = begins + info.compress_size
        if at > directory or directory - at > 24:
            raise Active(TWO)
        total = sum(i.file_size for i in self.infos.values())
        if total > self.most or (total > FREELY_UNPACKED_BYTES and total > MOST_UNPACKED_RATIO * len(self.data)):
            raise Active(BOMB)

    def read(self, name: str) -> bytes:
        """The member's bytes. Raises Unacceptable unless it unpacks to exactly the length that is said."""
        info = self.infos[name]
        begins = self.begins[name]
        packed = self.data[begins : begins + info.compress_size]
        if info.compress_type == zipfile.ZIP_STORED:
            out, ended = packed, True
        else:
            machine = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                out = machine.decompress(packed, info.file_size + 1)
            except zlib.error as error:
                raise Unacceptable(DAMAGED) from error
            ended = machine.eof or (not machine.unconsumed_tail and len(out) == info.file_size)
        if len(out) > info.file_size:
            raise Active(BOMB)
        if len(out) != info.file_size or not ended or zlib.crc32(out) != info.CRC:
            raise Unacceptable(DAMAGED)
        return out


def elements(xml: bytes, see: Callable[[str, dict[str, str]], None]) -> None:
    """Call `see` with the name and attributes of every element, without their namespaces. Raises what it raises, and
    Unacceptable on a document type: it could make entities that grow or that fetch."""
    if len(xml) > LARGEST_XML_BYTES:
        raise Active(BOMB)
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name, attributes):
        see(name.rpartition(" ")[2], {k.rpartition(" ")[2]: v for k, v in attributes.items()})

    def doctype(*rest):
        raise Active(TWO)

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise Unacceptable(DAMAGED) from error


def remote(target: str) -> bool:
    """Whether a link leads off this machine: any scheme, or another server. A drive's own path does not."""
    plain = target.strip().replace("\\", "/").lower()
    plain = re.sub(r"^file:/*(?=[a-z]:)", "", plain)
    return not re.match(r"[a-z]:/", plain) and bool(re.match(r"[a-z][a-z0-9+.-]*:|//", plain))
