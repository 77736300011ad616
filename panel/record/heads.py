"""Heads: the newest link of each chain. People note heads where nobody who can change the database can reach them.

head(panel)                                 # Head("exshire", 57, "3fa4...")
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from panel.models import Chain, Link, Panel
from panel.record.digests import Fault


@dataclass(frozen=True)
class Head:
    """The newest link of one chain: its number and its seal."""

    chain: str
    number: int
    seal: str

    def __str__(self) -> str:
        return f"{self.chain} {self.number} {self.seal}"


HEAD = re.compile(r"(?P<chain>[-\w]+)\s+(?P<number>\d{1,9})\s+(?P<seal>[0-9a-fA-F]{16,64})(\s.*)?")

STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
MOST_BYTES = 50_000_000  # of a file that is read for its head


def heads(panel: Panel | None = None) -> list[Head]:
    """The head of each chain that has links: of all chains, or of the panel's and the installation's."""
    found = []
    for one in chains_of(panel):
        last = one.links.order_by("-seq").values_list("seq", "seal").first()
        if last:
            found.append(Head(one.key, *last))
    return found


def head(panel: Panel) -> Head | None:
    """The head of one panel's chain, or None before its first act."""
    last = Link.objects.filter(chain__panel=panel).order_by("-seq").values_list("chain__key", "seq", "seal").first()
    return Head(*last) if last else None


PRINTED = "Head of the record: "


def printed(head: Head | None) -> str:
    """The closing line of a report, which `verify_audit --head` accepts as it is; "" without a head."""
    return f"{PRINTED}{head}" if head else ""


def read_heads(lines: Iterable[str]) -> list[Head]:
    """The heads in these lines; empty lines and lines that begin with # are skipped. Sixteen digits of a seal, typed
    from paper, are enough. Raises ValueError."""
    found = []
    for number, line in enumerate(lines, 1):
        words = line.strip().removeprefix(PRINTED)
        if not words or words.startswith("#"):
            continue
        match = HEAD.fullmatch(words)
        if match is None:
            raise ValueError(f"line {number} is no head: a chain, a number and a seal")
        found.append(Head(match["chain"], int(match["number"]), match["seal"].lower()))
    if not found:
        raise ValueError("there is no head in it")
    return found


def heads_in_file(content: bytes) -> list[Head]:
    """The heads in a file: as `chain_head` prints them, or in a report as it was issued, whichever of its files this is. In
    Word, web page and PDF the head stands in the properties. Raises ValueError."""
    if content.startswith(b"PK"):
        return heads_said(text_of_zip(content))
    if content.startswith(b"%PDF"):
        return heads_said(text_of_pdf(content))
    text = content.decode("utf-8")
    if text.lstrip("\ufeff \r\n").startswith("<"):
        return heads_said(text)
    lines = text.splitlines()
    try:
        return read_heads(lines)
    except ValueError:
        if PRINTED not in text:
            raise
        return read_heads(line for line in lines if PRINTED in line)  # a report as text: one line of many


SAID = re.compile(PRINTED + r"(?P<chain>[-\w]+)\s+(?P<number>\d{1,9})\s+(?P<seal>[0-9a-fA-F]{16,64})")


def heads_said(text: str) -> list[Head]:
    """The heads that a text names as such, each once. Raises ValueError."""
    found = dict.fromkeys(Head(m["chain"], int(m["number"]), m["seal"].lower()) for m in SAID.finditer(text))
    if not found:
        raise ValueError("there is no head in it")
    return list(found)


def text_of_zip(content: bytes) -> str:
    """What a Word file says in its properties and on its pages."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = [n for n in packed.namelist() if n.startswith("docProps/") or n == "word/document.xml"]
            sizes = sum(packed.getinfo(name).file_size for name in names)
            if sizes > MOST_BYTES:
                raise ValueError("it is too large to be read")
            return " ".join(packed.read(name).decode("utf-8", "replace") for name in names)
    except (zipfile.BadZipFile, OSError, zlib.error) as error:
        raise ValueError("it is a damaged file") from error


def text_of_pdf(content: bytes) -> str:
    """What a PDF file says in its properties: they are plain, or packed like every other part of it."""
    parts = [content]
    for m in STREAM.finditer(content):
        try:
            parts.append(zlib.decompressobj().decompress(m[1], MOST_BYTES))
        except zlib.error:
            continue
    return b" ".join(parts).decode("latin-1").replace("\0", "")


def chains_of(panel: Panel | None = None) -> QuerySet[Chain]:
    """Every chain. With a panel, its own chain and the installation's, which holds the acts before there was a
    panel."""
    chains = Chain.objects.order_by("key")
    return chains if panel is None else chains.filter(panel=panel) | chains.filter(panel=None)


def check_heads(noted: Iterable[Head], panel: Panel | None = None) -> Iterator[Fault]:
    """Yield a Fault for each noted head that is missing from its chain: since it was noted, the history was cut, rolled
    back or made anew."""
    known = {c.key: c for c in chains_of(panel)}
    for one in noted:
        found = known.get(one.chain)
        if found is None:
            if panel is None:
                yield Fault(f"the chain is gone, though link {one.number} was noted", one.chain)
            continue
        where = f"{one.chain}, link {one.number}"
        seal = found.links.filter(seq=one.number).values_list("seal", flat=True).first()
        if seal is None:
            last = found.links.aggregate(last=Max("seq"))["last"] or 0
            yield Fault(f"was noted, but the chain ends at link {last}: it was cut or rolled back", where)
        elif not seal.startswith(one.seal):
            yield Fault("is not the one that was noted: the history was made anew since", where)
