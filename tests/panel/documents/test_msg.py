"""Emails that Outlook saved: their text where it is plain, a page, or nothing but Rich Text; and Rich Text that is hostile."""

import random
import time

import pytest

from panel.documents.reading import read, rtf
from tests.panel.documents.samples import compound

# The example of MS-OXRTFCP, 3.1.1: with references into the words that both sides know beforehand.
SPEC = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c0900206277" "05b06c647d0a800fa0"
)  # fmt: skip
LETTER = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}Dear Sir,\htmlrtf\par\htmlrtf0 "
    rb"my client\rquote s name is Ren\'e9 \u8217?, he lives at 12 High Street{\b bold}\line Larkford \{x\}\par "
    rb"{\pict 0102030405}{\field{\*\fldinst HYPERLINK x}{\fldrslt the council}}.}"
)


def packed(words: bytes) -> bytes:
    """Rich Text as a message holds it, each byte by itself."""
    body = b"".join(b"\0" + words[n : n + 8] for n in range(0, len(words), 8))
    return len(body).to_bytes(4, "little") + len(words).to_bytes(4, "little") + b"LZFu" + bytes(4) + body


def saved(rich: bytes, **streams: bytes) -> bytes:
    """A message whose only text is that."""
    found = {
        "__properties_version1.0": b"", "__substg1.0_0037001F": "A complaint".encode("utf-16-le"),
        "__substg1.0_0C1A001F": "Rachel Okafor".encode("utf-16-le"), "__substg1.0_10090102": rich, **streams,
    }  # fmt: skip
    return compound(found)


def test_a_message_with_nothing_but_rich_text_is_read():
    told = read(saved(packed(LETTER)))["email"]
    assert (
        told["text"]
        == "Dear Sir,\nmy client’s name is René ’, he lives at 12 High Streetbold\nLarkford {x}\nthe council."
    )
    assert not [note for note in told["notes"] if "could not be read" in note]
    assert read(saved(SPEC))["email"]["text"] == "hello world"


def test_a_plain_text_comes_first():
    plain = {"__substg1.0_1000001F": "In plain words".encode("utf-16-le")}
    assert read(saved(packed(LETTER), **plain))["email"]["text"].rstrip("\0 ") == "In plain words"


def test_what_is_packed_is_unpacked_to_the_byte():
    assert rtf.unpacked(SPEC) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert rtf.unpacked(packed(LETTER)) == LETTER
    assert rtf.unpacked(b"\0\0\0\0\x05\0\0\0MELA\0\0\0\0hello") == b"hello"


@pytest.mark.parametrize(
    "rich",
    [
        b"",
        b"LZFu",
        b"\xff" * 40,
        packed(LETTER)[:60],
        packed(b"{\\rtf1 " + b"{" * 50_000),
        packed(b"{\\rtf1}" + b"}" * 999),
    ],
)
def test_what_is_broken_is_a_message_with_a_note(rich):
    told = read(saved(rich))["email"]
    assert told["subject"].rstrip("\0 ") == "A complaint"
    assert told["text"] or "Its text could not be read. It is kept as it came." in told["notes"]


def test_a_small_stream_makes_no_endless_text():
    bomb = b"\0\0\0\0\xff\xff\xff\x7fLZFu\0\0\0\0" + b"\xff" + b"\x00\x0f" * 8
    begun = time.monotonic()
    assert len(rtf.unpacked(bomb * 2)) < 1_000
    dice = random.Random(18)  # noqa: S311
    for _ in range(200):
        raw = bytearray(packed(LETTER))
        for _ in range(dice.randint(1, 30)):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        rtf.text_of(rtf.unpacked(bytes(raw)), 50_000)
    assert time.monotonic() - begun < 20
