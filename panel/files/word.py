"""A Word file in one look, for every paper: real styles and header rows, Word's own numbers, its language, title and
running lines set. The same content gives the same bytes.

    word = WordFile("Complaints 2025-26: annual report", "1 April 2025 to 31 March 2026", "Exshire Police and Crime
                    Panel", made, foot="Exshire Police and Crime Panel, 16 September 2026, item 8", right="16 September 2026")
    word.paper_head("Exshire Police and Crime Panel", "16 September 2026, item 8")
    word.title("Complaints 2025-26: annual report")
    word.heading("Recommendation")
    word.numbered("The Panel is asked to **note** this report.")
    word.table("By month", ("Month", "Received"), [("April", "3")], (Cm(13), Cm(3)), numbers=True)
    word.saved()
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from panel.files.marked import marked_words
from panel.files.word_properties import add_custom_property
from panel.files.word_styles import CELL_MARGIN_TWIPS, FONT, GREY_FILL, INK, LINE_COLOUR, look, twips
from panel.law.no_break import kept_together

__all__ = ["FONT", "INK", "SHORT_TABLE_ROWS", "WIDTH", "WordFile"]
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # a zip's first day: when the file was made is in its properties
WIDTH = Cm(16)  # between the margins
CLOSER = Pt(1)
SHORT_TABLE_ROWS = 16  # a table with no more is kept on one page
NUMBERED = ("Numbered paragraph", "Numbered part", "Numbered point")
Cells = Sequence[str | tuple[str, str]]


class WordFile:
    """A file while it is being written; `doc` is python-docx's document.

    `foot` stands at the left of every page's foot, by default the title; `right` at the right of later pages' head.
    `kept` are custom properties, such as the head of the record. Pages go unnumbered where the agenda pack numbers them.
    """

    def __init__(
        self, title: str, subject: str, author: str, made: datetime, *, foot: str = "", right: str = "",
        kept: dict[str, str] | None = None, page_numbers: bool = True,
    ):  # fmt: skip
        self.doc = Document()
        core = self.doc.core_properties
        core.title, core.subject, core.author = title[:255], subject[:255], author[:255]
        core.language, core.comments, core.keywords, core.last_modified_by = "en-GB", "", "", author[:255]
        core.created = core.modified = made
        core.revision = 1
        for name, value in (kept or {}).items():
            add_custom_property(self.doc, name, value)
        self.foot, self.right, self.page_numbers = foot or title, right, page_numbers
        self.styles()
        self.footer(title)

    def styles(self) -> None:
        """Page, fonts, sizes and numbers."""
        self.first_number = self.number = look(self.doc)

    # Running lines

    def footer(self, title: str) -> None:
        """Nothing above the first page; title and day above the others; who, when and the page below each."""
        right = self.right
        section = self.doc.sections[0]
        section.different_first_page_header_footer = True
        head = section.header.paragraphs[0]
        head.add_run(kept_together(title) + (f"\t{kept_together(right)}" if right else ""))
        for part in (section.footer, section.first_page_footer):
            line = part.paragraphs[0]
            line.add_run(kept_together(self.foot))
            if not self.page_numbers:
                continue
            line.add_run("\tPage ")
            self.field(line, "PAGE")
            line.add_run(" of ")
            self.field(line, "NUMPAGES")
        section.first_page_header.paragraphs[0].style = "Header"

    def field(self, paragraph, name: str) -> None:
        """A number that Word fills in; until it does, 1."""
        for kind, text in (("begin", ""), ("", name), ("separate", ""), ("shown", "1"), ("end", "")):
            run = paragraph.add_run()
            if kind == "shown":
                run.text = text
            elif kind:
                char = OxmlElement("w:fldChar")
                char.set(qn("w:fldCharType"), kind)
                run._r.append(char)
            else:
                code = OxmlElement("w:instrText")
                code.text = text
                run._r.append(code)

    # Paragraphs

    def paragraph(self, words: str, style: str = "Normal"):
        """A paragraph with its words kept together, **bold** where two stars say so."""
        follows_table = self.after_table()
        paragraph = self.doc.add_paragraph(style=style)
        if follows_table and style in ("Normal", "Numbered paragraph"):
            paragraph.paragraph_format.space_before = Cm(0.3)
        self.write(paragraph, words)
        return paragraph

    def write(self, paragraph, words: str, *, bold: bool = False) -> None:
        """Put the words into the paragraph."""
        for text, strong in marked_words(kept_together(words)):
            paragraph.add_run(text).bold = True if bold or strong else None

    def after_table(self) -> bool:
        """Whether the last thing written is a table."""
        found = [e for e in self.doc.element.body if e.tag != qn("w:sectPr")]
        return bool(found) and found[-1].tag == qn("w:tbl")

    def paper_head(self, left: str, right: str = "") -> None:
        """Whose paper it is, and for which meeting."""
        self.paragraph(f"{left}\t{right}" if right else left, "Paper head")

    def title(self, words: str) -> None:
        """The title, with a rule below."""
        self.paragraph(words, "Title")

    def heading(self, words: str, level: int = 1, *, new_page: bool = False):
        """A heading, which keeps with what follows."""
        paragraph = self.paragraph(words, f"Heading {level}")
        if new_page:
            paragraph.paragraph_format.page_break_before = True
        return paragraph

    def plain(self, words: str):
        """A paragraph without a number."""
        return self.paragraph(words)

    def numbered(self, words: str, level: int = 0):
        """A paragraph with Word's own number: 1., (a) or (i)."""
        paragraph = self.paragraph(words, NUMBERED[level])
        if self.number != self.first_number:
            number = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            number.get_or_add_ilvl().val = level
            number.get_or_add_numId().val = self.number
        return paragraph

    def number_anew(self) -> None:
        """Begin the numbers at 1 again, for an appendix."""
        numbering = self.doc.part.numbering_part.element
        abstract = numbering.num_having_numId(self.first_number).abstractNumId.val
        num = numbering.add_num(abstract)
        num.add_lvlOverride(0).add_startOverride(1)
        self.number = num.numId

    def closing(self, words: str) -> None:
        """The last line, small."""
        self.paragraph(words, "Note")

    # Tables

    def table(
        self, caption: str, heads: Sequence[str], rows: Sequence[Cells], widths: Sequence[Any], numbers: bool = False,
        *, kinds: Sequence[str] = (), captioned: bool = True,
    ) -> Any:  # fmt: skip
        """A table whose first row is repeated on each page. A cell is a text, or a text and its note; with `numbers` all
        columns but the first stand right. `kinds` of the rows: "total" is bold, "part" stands further in. The caption is
        printed unless the heading above says it (`captioned`); for screen readers it is always there."""
        if captioned or self.after_table():
            self.paragraph(caption, "Caption")
        table = self.doc.add_table(rows=1, cols=len(heads))
        self.lay_out(table, caption, [twips(width) for width in widths])
        for number, (cell, words) in enumerate(zip(table.rows[0].cells, heads, strict=True)):
            self.fill(cell, words, "Cell head", right=numbers and number > 0)
            self.shade(cell)
        kinds = list(kinds) or [""] * len(rows)
        for row, kind in zip(rows, kinds, strict=True):
            style = "Cell part" if kind == "part" else "Cell"
            for number, (cell, said) in enumerate(zip(table.add_row().cells, row, strict=True)):
                right = numbers and number > 0
                self.fill(cell, said, "Cell" if right else style, right=right, bold=kind == "total")
        header = table.rows[0]._tr.get_or_add_trPr()
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width
        header.append(OxmlElement("w:tblHeader"))
        if len(rows) > SHORT_TABLE_ROWS:  # a long one stands closer, so that it ends on its page where it can
            for paragraph in (cell.paragraphs[0] for row in table.rows for cell in row.cells):
                paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = CLOSER
        if len(rows) <= SHORT_TABLE_ROWS:
            for row in table.rows[:-1]:
                row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
        else:
            table.rows[0].cells[0].paragraphs[0].paragraph_format.keep_with_next = True
        return table

    def fill(self, cell, said: str | tuple[str, str], style: str, *, right: bool = False, bold: bool = False) -> None:
        """Put a text, and its note below it, into a cell."""
        words, note = said if isinstance(said, tuple) else (said, "")
        paragraph = cell.paragraphs[0]
        paragraph.style = style
        self.write(paragraph, words, bold=bold)
        if note:
            paragraph.add_run().add_break(WD_BREAK.LINE)
            paragraph.add_run(kept_together(note))
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def shade(self, cell) -> None:
        """Grey, for the header row."""
        cell._tc.get_or_add_tcPr().append(
            parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{GREY_FILL}"/>')
        )

    def lay_out(self, table, caption: str, widths: list[int]) -> None:
        """Fixed widths, lines above and below rows only, edges that meet the text, its title for screen readers. In the
        schema's order: Word repairs a file where they are not."""
        line = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE_COLOUR}"'
        old = table._tbl.tblPr
        new = parse_xml(
            f'<w:tblPr {nsdecls("w")}><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblInd w:w="{CELL_MARGIN_TWIPS}" w:type="dxa"/>'
            f"<w:tblBorders><w:top {line}/><w:bottom {line}/><w:insideH {line}/></w:tblBorders>"
            '<w:tblLayout w:type="fixed"/>'
            f'<w:tblCellMar><w:left w:w="{CELL_MARGIN_TWIPS}" w:type="dxa"/>'
            f'<w:right w:w="{CELL_MARGIN_TWIPS}" w:type="dxa"/></w:tblCellMar>'
            '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" '
            'w:noVBand="1"/><w:tblCaption/></w:tblPr>'
        )
        new.find(qn("w:tblCaption")).set(qn("w:val"), caption)
        old.getparent().replace(old, new)
        for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
            column.set(qn("w:w"), str(width))

    def saved(self) -> bytes:
        """The bytes, with no moment of their making in them."""
        first, out = io.BytesIO(), io.BytesIO()
        self.doc.save(first)
        with zipfile.ZipFile(first) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
            for name in made.namelist():
                info = zipfile.ZipInfo(name, LONG_AGO)
                info.compress_type = zipfile.ZIP_DEFLATED
                again.writestr(info, made.read(name))
        return out.getvalue()
