"""The text of a letter in Rich Text: a message that Outlook saved may have no other (MS-OXRTFCP, MS-OXRTFEX). No Django.

unpacked(data)          # of the compressed form that a .msg holds
text_of(b"{\\\\rtf1 ...}")
"""

import codecs
import re
from collections.abc import Iterator

FIRST_WORDS = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbol"
    rb"ArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
RING = 4096
MOST_UNPACKED = 20_000_000
HEADER = 16
PACKED, PLAIN = b"LZFu", b"MELA"
PIECE = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-z]{1,32})(-?\d{1,10})? ?|\\(.)|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.DOTALL
)
# Groups that hold no word of the letter.
ASIDE = frozenset(
    b"fonttbl colortbl stylesheet info pict object themedata colorschememapping datastore latentstyles listtable generator "
    b"listoverridetable rsidtbl header footer headerl headerr headerf footerl footerr footerf xmlnstbl filetbl revtbl".split()
)
SIGNS = {
    **dict.fromkeys((b"par", b"line", b"sect", b"page", b"row"), "\n"), b"tab": "\t", b"cell": "\t", b"emdash": "—",
    b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•",
    b"emspace": " ", b"enspace": " ",
}  # fmt: skip
SINGLE = {b"~": " ", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}


def unpacked(data: bytes) -> bytes:
    """The Rich Text that a compressed stream holds; nothing where it is none. What is cut short is given as far as it goes."""
    kind, size = data[8:12], min(int.from_bytes(data[4:8], "little"), MOST_UNPACKED)
    body = data[HEADER:]
    if kind == PLAIN:
        return body[:size]
    if kind != PACKED:
        return b""
    ring = bytearray(FIRST_WORDS.ljust(RING, b"\0"))
    place, at, found = len(FIRST_WORDS), 0, bytearray()

    def put(byte: int) -> None:
        nonlocal place
        found.append(byte)
        ring[place] = byte
        place = (place + 1) % RING

    while at < len(body) and len(found) < size:
        flags, at = body[at], at + 1
        for bit in range(8):
            if flags >> bit & 1:
                if at + 1 >= len(body):
                    return bytes(found)
                start, length = body[at] << 4 | body[at + 1] >> 4, (body[at + 1] & 15) + 2
                at += 2
                if start == place:
                    return bytes(found)
                for step in range(length):
                    put(ring[(start + step) % RING])
            elif at < len(body):
                put(body[at])
                at += 1
    return bytes(found)


def text_of(data: bytes, most: int) -> str:
    """The words of a letter in Rich Text, without its layout, at most so many characters."""
    if not data.lstrip().startswith(b"{\\rtf"):
        return ""
    found: list[str] = []
    size = 0
    for piece in pieces(data, coding_of(data)):
        found.append(piece)
        size += len(piece)
        if size > most:
            break
    return "".join(found)[:most]


def coding_of(data: bytes) -> str:
    """The letters in which it is written."""
    match = re.search(rb"\\ansicpg(\d{3,5})", data[:2000])
    coding = f"cp{match[1].decode()}" if match else "cp1252"
    try:
        codecs.lookup(coding)
    except LookupError:
        return "cp1252"
    return coding


def pieces(data: bytes, coding: str) -> Iterator[str]:
    """The words, piece by piece. Of each group it is known whether it is left aside, and how many bytes stand for one letter
    that is given by its number."""
    groups: list[tuple[bool, int]] = []
    aside, after, skip, high = False, 1, 0, 0
    letters = bytearray()
    for match in PIECE.finditer(data):
        byte, word, number, sign, brace, words = match.groups()
        if byte is not None or words is not None:
            said = bytes([int(byte, 16)]) if byte is not None else words
            said, skip = said[skip:], max(0, skip - len(said))
            if not aside:
                letters += said
            continue
        if letters:
            yield letters.decode(coding, "replace")
            letters.clear()
        if brace == b"{":
            groups.append((aside, after))
            skip = 0
        elif brace == b"}":
            aside, after = groups.pop() if groups else (False, 1)
            skip = 0
        elif word in ASIDE or sign == b"*":
            aside = True
        elif word == b"uc":
            after = min(int(number or 1), 8)
        elif word == b"u" and number is not None:
            code, skip = int(number) % 65536, after
            if 0xD800 <= code < 0xDC00:
                high = code
            elif 0xDC00 <= code < 0xE000:
                whole = 0x10000 + (high - 0xD800 << 10) + code - 0xDC00 if high else 0xFFFD
                high = 0
                yield "" if aside else chr(whole)
            elif not aside:
                yield chr(code)
        elif not aside:
            yield SIGNS.get(word or b"", "") if word else SINGLE.get(sign or b"", "")
    if letters and not aside:
        yield letters.decode(coding, "replace")
