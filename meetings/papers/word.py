"""A Word file of a meeting: the look of every paper, with minutes numbered on, words in brackets in grey, words to be read
out with a bar, and headings among the rows of a table."""

import re
from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from panel.files.word import WordFile
from panel.files.word_styles import GREY, named
from panel.law.no_break import kept_together

BRACKETS = re.compile(r"(\[[^\]]*\])")
POINT = re.compile(r"- +(.*)", re.DOTALL)
LETTER = re.compile(r"\([a-z]\) +(.*)", re.DOTALL)


class MeetingFile(WordFile):
    """A paper of a meeting while it is being written."""

    def styles(self) -> None:
        """Minutes, words to read out, points."""
        super().styles()
        minute = named(self.doc, "Minute")
        minute.base_style = self.doc.styles["Heading 2"]
        points = self.doc.styles["List Bullet"]
        points.paragraph_format.left_indent, points.paragraph_format.first_line_indent = Cm(0.63), Cm(-0.63)
        motion = named(self.doc, "Motion")
        motion.base_style = self.doc.styles["Normal"]
        motion.paragraph_format.left_indent = Cm(0.5)
        bar = f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="18" w:space="8" w:color="B1B4B6"/></w:pBdr>'
        motion.element.get_or_add_pPr().insert_element_before(
            parse_xml(bar), "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
        )

    def count_minutes_from(self, number: int) -> None:
        """Tie the style of minutes to Word's own numbers, which begin there."""
        numbering = self.doc.part.numbering_part.element
        known = [int(a.get(qn("w:abstractNumId"))) for a in numbering.findall(qn("w:abstractNum"))]
        abstract = max(known, default=0) + 1
        style = self.doc.styles["Minute"]
        made = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}"><w:multiLevelType w:val="singleLevel"/>'
            f'<w:lvl w:ilvl="0"><w:start w:val="{number}"/><w:numFmt w:val="decimal"/>'
            f'<w:pStyle w:val="{style.style_id}"/><w:lvlText w:val="%1"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="737" w:hanging="737"/></w:pPr></w:lvl></w:abstractNum>'
        )
        numbering.find(qn("w:num")).addprevious(made)
        style.element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = numbering.add_num(abstract).numId
        style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = Cm(1.3), Cm(-1.3)

    def write(self, paragraph: Any, words: str, *, bold: bool = False) -> None:
        """The words, **bold** where two stars say so, and what stands in [brackets] in grey."""
        for piece in BRACKETS.split(words):
            before = len(paragraph.runs)
            super().write(paragraph, piece, bold=bold)
            if BRACKETS.fullmatch(piece):
                for run in paragraph.runs[before:]:
                    run.font.color.rgb = GREY

    def text(self, words: str) -> None:
        """Paragraphs with an empty line between them; lines that begin with - or (a) are points of a list."""
        for block in re.split(r"\n\s*\n", words.strip()):
            lines = [line.strip() for line in block.splitlines() if line.strip()]
            plain: list[str] = []
            for line in lines:
                style = "List Bullet" if POINT.fullmatch(line) else "Numbered part" if LETTER.fullmatch(line) else ""
                if not style:
                    plain.append(line)
                    continue
                self.put(plain)
                plain = []
                if self.doc.paragraphs and self.doc.paragraphs[-1].style.name == "Normal":
                    self.doc.paragraphs[-1].paragraph_format.keep_with_next = True
                found = POINT.fullmatch(line) or LETTER.fullmatch(line)
                self.point(found[1], style)
            self.put(plain)

    def put(self, lines: list[str]) -> None:
        """Lines of one paragraph."""
        if lines:
            self.paragraph(" ".join(lines))

    def point(self, words: str, style: str) -> None:
        """A point of a list; one whose style is numbered begins anew behind a paragraph without a number."""
        last = self.doc.paragraphs[-1].style.name if self.doc.paragraphs else ""
        if style == "Numbered part" and last != style:
            self.number_anew()
        if style == "Numbered part":
            self.numbered(words, 1)
        else:
            self.paragraph(words, style)

    def label(self, words: str) -> None:
        """A short bold line above what it is about."""
        self.paragraph(words, "Heading 2")

    def rows(self, caption: str, said: list[tuple[str, str]]) -> None:
        """Words and what they are: a table without a head row that shows."""
        table = self.doc.add_table(rows=0, cols=2)
        self.lay_out(table, caption, [1871, 7200])
        for left, right in said:
            cells = table.add_row().cells
            self.fill(cells[0], f"**{left}**", "Cell")
            self.fill(cells[1], right, "Cell")
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))

    def room(self, caption: str, high: float) -> None:
        """A box to write in by hand, so many centimetres high."""
        table = self.doc.add_table(rows=1, cols=1)
        self.lay_out(table, caption, [9071])
        old = table._tbl.tblPr.find(qn("w:tblBorders"))
        lines = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B1B4B6"/>'
            for side in ("top", "left", "bottom", "right")
        )
        old.addprevious(parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"))
        old.getparent().remove(old)
        row = table.rows[0]
        row.height, row.height_rule = Cm(high), WD_ROW_HEIGHT_RULE.AT_LEAST
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        row.cells[0].paragraphs[0].style = "Cell"

    def more(self, cell: Any, words: str, style: str = "Cell") -> None:
        """One more paragraph in a cell."""
        self.write(cell.add_paragraph(style=style), words)

    def merged(self, row: Any, words: str) -> None:
        """A row that heads those below it."""
        cell = row.cells[0].merge(row.cells[-1])
        for paragraph in cell.paragraphs[1:]:
            paragraph._p.getparent().remove(paragraph._p)
        first = cell.paragraphs[0]
        for run in list(first.runs):
            run._r.getparent().remove(run._r)
        first.style = "Cell"
        first.paragraph_format.keep_with_next = True
        self.write(first, words, bold=True)

    def signature(self, who: str) -> None:
        """A line for the hand, and for the day; never alone on a page."""
        last = self.doc.paragraphs[-1]
        last.paragraph_format.keep_with_next = True
        paragraph = self.doc.add_paragraph(style="Normal")
        paragraph.paragraph_format.space_before = Pt(34)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(10))
        paragraph.add_run(kept_together(f"{who} ........................................\tDate ...................."))
