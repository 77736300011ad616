"""A letter as a paper: letterhead, how it goes, address, day and reference, then its text. Word file, PDF file and page are
made from the same blocks (panel.files.paper)."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from panel.files import pdf
from panel.files.paper import (
    Block,
    Paper,
    as_page,
    bold,
    heading,
    letterhead,
    lines,
    plain,
    signature,
    split,
    title,
)
from panel.files.paper_word import as_word
from panel.law.period import day_words
from panel.letters.fields import LetterFields
from panel.letters.sizes import large_print, points
from panel.letters.text import HEADING, is_heading, paragraphs

CLOSES = (
    "Yours sincerely", "Yours faithfully", "Yn gywir", "Yr eiddoch yn gywir", "Yr eiddoch yn ffyddlon",
)  # fmt: skip
HOW_IN_BOLD = {"post": "By post", "email": "By email", "hand": "By hand", "meeting": "Handed over at a meeting"}


@dataclass(frozen=True)
class Made:
    """What is put on paper: the text as it stands, to whom, how and on which day."""

    text: str
    to_name: str
    address: str
    how: str
    day: date
    welsh: str = ""
    welsh_first: bool = True


def letter_paper(fields: LetterFields, made: Made) -> Paper:
    """The letter on the Panel's paper."""
    settings, names = fields.settings, fields.of_panel.names_on(made.day)
    ways = "   ".join(w for w in (fields.phone, fields.email, settings.letter_web) if w)
    address = ", ".join(line.strip() for line in settings.complaints_address.splitlines() if line.strip())
    how = [HOW_IN_BOLD[made.how]] if made.how in HOW_IN_BOLD else []
    if fields.confidential:
        how.append("Private and confidential")
    reference = f"Our reference {fields.reference}"
    blocks: list[Block] = [
        letterhead(names.name, f"Hosted by {names.host_authority}" if names.host_authority else "", address, ways),
        *([plain(bold(". ".join(how)))] if how else []),
        *(
            [lines(made.to_name, *(line.strip() for line in made.address.splitlines()), space=12)]
            if made.to_name
            else []
        ),
        split(day_words(made.day), f"Our reference: {fields.reference}"),
        *both(made),
    ]
    if fields.enclosed:
        blocks.append(lines(f"Enclosed: {'; '.join(fields.enclosed)}", space=0))
    return Paper(
        title=title_of(made.text) or fields.reference, subject=fields.reference, author=names.name, running=names.name,
        day=reference, foot=reference, blocks=tuple(blocks), size=points(fields),
    )  # fmt: skip


def both(made: Made) -> list[Block]:
    """The text; where it stands in Welsh too, one language a page."""
    if not made.welsh:
        return body(made.text)
    first, then = (made.welsh, made.text) if made.welsh_first else (made.text, made.welsh)
    return [*body(first), heading("English" if made.welsh_first else "Cymraeg", new_page=True), *body(then)]


def in_size(fields: LetterFields, paper: Paper) -> Paper:
    """What goes with a letter in large print is in large print."""
    return replace(paper, size=points(fields)) if large_print(fields) else paper


def body(text: str) -> list[Block]:
    """The text as blocks: the greeting, the heading, paragraphs, and the close with who signs."""
    found: list[Block] = []
    pieces = paragraphs(text)
    titled = False
    for number, words in enumerate(pieces):
        said = " ".join(words.split())
        if said in CLOSES:
            under = [line.strip() for piece in pieces[number + 1 :] for line in piece.splitlines() if line.strip()]
            if under:
                found.append(signature(said, under[0], *under[1:]))
            else:
                found.append(plain(said))
            break
        if is_heading(words):
            inner = _heading(words)
            found.append(heading(inner) if titled else title(inner))
            titled = True
        else:
            found.append(plain(said))
    return found


def _heading(words: str) -> str:
    m: Any = HEADING.fullmatch(words.strip())
    found: str = m[1].strip()
    return found


def title_of(text: str) -> str:
    """The letter's heading."""
    return next((_heading(words) for words in paragraphs(text) if is_heading(words)), "")


def word_file(paper: Paper, moment: datetime) -> bytes:
    """The Word file."""
    return as_word(paper, moment.replace(tzinfo=None, microsecond=0))


def pdf_file(paper: Paper) -> bytes | None:
    """The PDF file; None where this server cannot make one."""
    return pdf.as_pdf(as_page(paper, whole=True)) if pdf.can_be_made() else None
