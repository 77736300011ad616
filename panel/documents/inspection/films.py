"""Films that are larger than a document may be, known without reading them whole: box by box, at most a few hundred bytes at
a time. They are kept as they came and only ever saved.

    film(file, size) == "mp4"        # the extension of its kind; "" for what is no film
"""

from typing import IO

from panel.documents.inspection.kinds import Active, Unacceptable
from panel.documents.inspection.media import ASF, ASF_COMMANDS, OLD_QUICKTIME, PHONE, QUICKTIME, VIDEO
from panel.documents.inspection.refused import TWO

EXTENSIONS = frozenset(("mp4", "m4v", "mov", "qt", "3gp", "3g2", "wmv", "asf"))
MOST_BOXES = 20_000
MOST_HEADER_BYTES = 8 * 1024 * 1024  # of a Windows Media film
TAIL_BYTES = 66_000  # where the list of a zip would stand


def film(file: IO[bytes], size: int) -> str:
    """The extension of the film's kind, "" for what is none. Raises Unacceptable when only its beginning is one."""
    file.seek(0)
    head = file.read(1024)
    if head.startswith(ASF):
        return windows(file, head, size)
    if head[4:8] != b"ftyp" and head[4:8] not in OLD_QUICKTIME:
        return ""
    kind = of_brand(head[8:12] if head[4:8] == b"ftyp" else b"qt  ")
    if kind and (b"%PDF-" in head or not boxes(file, size) or is_zip_too(file, size)):
        raise Unacceptable(TWO)
    return kind


def of_brand(brand: bytes) -> str:
    """The extension of a brand of film."""
    if brand in QUICKTIME:
        return "mov"
    return "3gp" if brand.startswith(PHONE) else "mp4" if brand in VIDEO else ""


def boxes(file: IO[bytes], size: int) -> bool:
    """Whether box follows box to the end of the file, and one of them says what the film is."""
    at, names = 0, set()
    for _ in range(MOST_BOXES):
        if at + 8 > size:
            return b"moov" in names
        file.seek(at)
        head = file.read(16)
        length, least = int.from_bytes(head[:4], "big"), 8
        if length == 1:
            length, least = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:
            length = size - at
        if length < least or at + length > size:
            return False
        names.add(head[4:8])
        at += length
    return False


def is_zip_too(file: IO[bytes], size: int) -> bool:
    """Whether the list of a zip stands at its end."""
    file.seek(max(0, size - TAIL_BYTES))
    return b"PK\x05\x06" in file.read(TAIL_BYTES)


def windows(file: IO[bytes], head: bytes, size: int) -> str:
    """A film of Windows Media without commands in it."""
    length = int.from_bytes(head[16:24], "little")
    if not 30 <= length <= min(size, MOST_HEADER_BYTES) or is_zip_too(file, size):
        raise Unacceptable(TWO)
    file.seek(0)
    if ASF_COMMANDS in file.read(length):
        raise Active("has commands in it that can open pages. Save it as MP4")
    return "wmv"
