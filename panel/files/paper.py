"""A paper that leaves the house: its blocks, from which the Word file, the PDF file and the page are made alike.

    paper = Paper("Report", "EX-H-2026-0004", panel.name, "Report", "27 November 2026", foot, (
        letterhead(panel.name, "Hosted by Exshire County Council"),
        title("Report on the proposed appointment"),
        heading("Decision"),
        numbered(bold("The Panel has vetoed the appointment."), "Eleven of its 15 members voted for it."),
    ))
    paper_word.as_word(paper), as_page(paper), as_text(paper), pdf.as_pdf(as_page(paper, whole=True))

A block is a plain dict, so that a paper can be kept as it was. What somebody typed stands in it as it was typed.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

STYLES = Path(__file__).resolve().parents[1] / "static" / "panel" / "paper.css"

Block = dict[str, Any]
Piece = str | tuple[str, bool]


@dataclass(frozen=True)
class Paper:
    """A paper: what stands in its properties and its running lines, and its blocks in order."""

    title: str
    subject: str  # the reference
    author: str  # the panel
    running: str  # at the head of the second page and those after it, left
    day: str  # the same, right; "" where it has none
    foot: str  # at the foot of each page, left
    blocks: tuple[Block, ...]
    size: int = 11  # of its text, in points; letters have 12
    head: str = ""  # of the record when it was made: in the file's properties, never on paper

    def kept(self) -> dict[str, Any]:
        """As plain data, to be kept as it was."""
        return {**self.__dict__, "blocks": list(self.blocks)}

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Paper":
        """The paper that was kept."""
        return cls(**{**kept, "blocks": tuple(kept["blocks"])})


# Blocks --------------------------------------------------------------------------------------------------------------


def bold(words: str) -> Piece:
    """Words that a reader in a hurry looks for."""
    return words, True


def pieces_of(*said: Piece) -> list[list[Any]]:
    """The pieces of a paragraph, as [words, whether bold], with a space between them."""
    found = [[piece, False] if isinstance(piece, str) else list(piece) for piece in said if piece and piece[0]]
    for number, piece in enumerate(found[1:], 1):
        before = found[number - 1]
        if not before[0].endswith(" ") and not piece[0].startswith((" ", ",", ".")):
            piece[0] = f" {piece[0]}"
    return found


def letterhead(name: str, *lines: str) -> Block:
    """Who writes: at the head of the first page."""
    return {"kind": "letterhead", "name": name, "lines": [line for line in lines if line]}


def note(*said: Piece) -> Block:
    """What somebody must know before anything else: that this is a draft, or which version."""
    return {"kind": "note", "pieces": pieces_of(*said)}


def lines(*said: str, space: int = 6) -> Block:
    """Lines of one paragraph: an address, or date and reference."""
    return {"kind": "lines", "lines": [line for line in said if line], "space": space}


def split(left: str, right: str, space: int = 12) -> Block:
    """One line: words at the left, others at the right."""
    return {"kind": "split", "left": left, "right": right, "space": space}


def title(words: str) -> Block:
    """The title; a paper has one."""
    return {"kind": "title", "words": words}


def heading(words: str, new_page: bool = False) -> Block:
    """A heading, which stays with what follows; with `new_page` it begins one."""
    return {"kind": "heading", "words": words, **({"new_page": True} if new_page else {})}


def numbered(*said: Piece) -> Block:
    """A paragraph with a number; the numbers run through the whole paper."""
    return {"kind": "numbered", "pieces": pieces_of(*said)}


def plain(*said: Piece) -> Block:
    """A paragraph without a number."""
    return {"kind": "plain", "pieces": pieces_of(*said)}


def table(
    caption: str, heads: list[str], rows: list[list[str]], widths: list[float], shown: bool = False, room: float = 0
) -> Block:
    """A table. The caption is for screen readers; with `shown` it is printed, where no heading above says it. `widths`
    are centimetres, 16 in all. With `room`, centimetres of each row, it is a grid in which somebody writes by hand."""
    said = {"kind": "table", "caption": caption, "heads": heads, "rows": rows, "widths": widths, "shown": shown}
    return {**said, "room": room} if room else said


def signature(lead: str, name: str, *under: str) -> Block:
    """Who signs, with room for the hand."""
    return {"kind": "signature", "lead": lead, "name": name, "lines": [line for line in under if line]}


# The page and the text -----------------------------------------------------------------------------------------------


def shown(paper: Paper) -> list[Block]:
    """The blocks as the page's template takes them: neighbours with numbers share a list."""
    found: list[Block] = []
    number = 0
    for block in paper.blocks:
        if block["kind"] != "numbered":
            found.append(block)
            continue
        number += 1
        if not found or found[-1]["kind"] != "numbers":
            found.append({"kind": "numbers", "start": number, "items": []})
        found[-1]["items"].append(block["pieces"])
    return found


def as_page(paper: Paper, whole: bool = False) -> str:
    """The paper as a page of its own; with `whole` its style sheet stands in it, for the PDF file."""
    styles = STYLES.read_text(encoding="utf-8") if whole else ""
    return render_to_string("papers/paper.html", {"paper": paper, "blocks": shown(paper), "styles": styles})


def said_in(block: Block) -> list[str]:
    """The texts of a block, as plain lines."""
    match block["kind"]:
        case "letterhead":
            return [block["name"], *block["lines"]]
        case "lines":
            return list(block["lines"])
        case "split":
            return [block["left"], block["right"]]
        case "title" | "heading":
            return [block["words"]]
        case "table":
            caption = [block["caption"]] if block["shown"] else []
            return [*caption, *(": ".join(cell for cell in row if cell) for row in block["rows"])]
        case "signature":
            return [block["lead"], block["name"], *block["lines"]]
    return ["".join(words for words, _ in block["pieces"])]


def as_text(paper: Paper) -> str:
    """The paper as plain text, each paragraph with its number."""
    found, number = [], 0
    for block in paper.blocks:
        said = "\n".join(line for line in said_in(block) if line)
        if block["kind"] == "numbered":
            number += 1
            said = f"{number}. {said}"
        found.append(said)
    return "\n\n".join(found) + "\n"
