"""The pages of a bundle that the product makes itself: cover and index, papers made from the record, and the line below
each page."""

from dataclasses import dataclass, field
from datetime import date

from django.template.loader import render_to_string

from panel.files import pdf
from panel.files.paper import STYLES, Block, Paper, heading, plain, shown
from panel.law.marks import Marks

# Below a paper of a bundle stands the bundle's line, put there once all pages are known.
OWN_LINES = (
    "@page{@top-left{content:none}@top-right{content:none}@bottom-left{content:none}@bottom-right{content:none}}"
)


@dataclass
class Piece:
    """One paper of a bundle, laid out: its number, what the index says of it, its pages, and its original in the ZIP."""

    number: int
    title: str
    day: date | None
    source: str
    pdf: bytes = b""
    pages: int = 0
    first: int = 0  # of the bundle's pages
    document: object = None
    path: str = ""  # in the ZIP, of a document

    @property
    def pages_words(self) -> str:
        """ "4 to 5"."""
        last = self.first + self.pages - 1
        return str(self.first) if last == self.first else f"{self.first} to {last}"


@dataclass
class Cover:
    """What stands on the first page."""

    panel: str
    reference: str
    title: str
    marking: str
    rows: list[tuple[str, str]]
    asked: tuple[str, ...]
    care: str
    foot: str
    sections: list[tuple[str, list[Piece]]] = field(default_factory=list)
    left_out: str = ""

    def as_pdf(self) -> bytes:
        """Cover and index. Raises panel.files.pdf.NoPdf."""
        styles = STYLES.read_text(encoding="utf-8")
        return pdf.as_pdf(render_to_string("bundles/cover.html", {"cover": self, "styles": styles}), tagged=False)


def without(blocks: tuple[Block, ...], marks: Marks) -> tuple[Block, ...]:
    """The blocks with every mark taken out of their words."""
    return tuple(_without(block, marks) for block in blocks) if marks else blocks


def _without(value, marks: Marks):
    if isinstance(value, str):
        return marks.removed(value)
    if isinstance(value, dict):
        return {key: value if key == "kind" else _without(value, marks) for key, value in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_without(one, marks) for one in value)
    return value


def paper_pdf(title: str, author: str, blocks: tuple[Block, ...]) -> bytes:
    """A paper made from the record, as pages without lines of their own. Raises panel.files.pdf.NoPdf."""
    paper = Paper(title, "", author, "", "", "", ({"kind": "title", "words": title}, *blocks))
    context = {"paper": paper, "blocks": shown(paper), "styles": STYLES.read_text(encoding="utf-8") + OWN_LINES}
    return pdf.as_pdf(render_to_string("papers/paper.html", context), tagged=False)


def unprinted(name: str, kind: str, size: str, why: str, path: str) -> tuple[Block, ...]:
    """The page that stands for a document that cannot be printed."""
    return (
        plain(f"This document is not printed here: {why}."),
        heading("Where it is"),
        plain(f"In the ZIP file of this bundle, as {path}."),
        heading("What it is"),
        plain(f"{name}, {kind}, {size}."),
    )


def lines_pdf(pages: list[tuple[int, bool]], foot: str) -> bytes:
    """One transparent page for each page of the bundle, (number, whether landscape), with its line below."""
    rows = [{"number": number, "wide": wide} for number, wide in pages]
    return pdf.as_pdf(render_to_string("bundles/lines.html", {"rows": rows, "foot": foot}), tagged=False)
