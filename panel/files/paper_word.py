"""A paper as a Word file: real styles, numbering, header rows and running lines, in the order that Word's schema wants. The
same paper gives the same bytes."""

from datetime import datetime

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from panel.files.paper import Block, Paper
from panel.files.word import FONT, INK, WIDTH, WordFile
from panel.law.no_break import kept_together

LARGE = 18  # the size of large print
PAPERS = 11  # the size of their text; letters have another
GREY = RGBColor(0x50, 0x5A, 0x5F)


def as_word(paper: Paper, made: datetime) -> bytes:
    """The file; `made` is the moment in its properties."""
    word = PaperFile(paper, made)
    for block in paper.blocks:
        word.put(block)
    return word.saved()


class PaperFile(WordFile):
    """The file while it is being written."""

    def __init__(self, paper: Paper, made: datetime):
        self.paper = paper
        super().__init__(paper.title, paper.subject, paper.author, made)
        self.doc.core_properties.identifier = paper.head

    # The look

    def styles(self):
        """One font in black, the sizes of papers, and styles of our own."""
        super().styles()
        size = self.paper.size
        self.doc.sections[0].different_first_page_header_footer = True
        found = self.doc.styles
        found["Normal"].font.size = Pt(size)
        self.style("Title", 17 if size == PAPERS else size, bold=True, before=6, after=6, keep=True)
        if size != PAPERS:  # the heading of a letter has no rule
            rule = found["Title"].element.pPr.find(qn("w:pBdr"))
            if rule is not None:
                found["Title"].element.pPr.remove(rule)
        self.style("Heading 1", size + 2 if size == PAPERS else size, bold=True, before=12, after=4, keep=True)
        self.style("Caption", size - 1, bold=True, before=6, after=3, keep=True)
        for name, points, bold, colour in (
            ("Letterhead", max(15, size), True, INK),
            ("Letterhead small", 9 if size < LARGE else LARGE - 2, False, GREY), ("Cell", size - 1, False, INK),
            ("Cell head", size - 1, True, INK), ("Address", size, False, INK), ("Note", size, False, INK),
            ("Numbered paragraph", size, False, INK), ("Signature line", size, False, INK),
        ):  # fmt: skip
            self.style(name, points, bold=bold, colour=colour, after=6 if name[0] in "N" else 0)
        found["Cell"].paragraph_format.space_before = found["Cell"].paragraph_format.space_after = Pt(2)
        found["Cell head"].paragraph_format.space_before = found["Cell head"].paragraph_format.space_after = Pt(2)
        for name in ("Header", "Footer"):  # which have tab stops of their own
            tabs = found[name].element.pPr.find(qn("w:tabs"))
            if tabs is not None:
                found[name].element.pPr.remove(tabs)

    def style(self, name, points, bold=False, colour=INK, before=0, after=0, keep=False):
        """Set a style of Word's, or make one of our own."""
        known = [style.name for style in self.doc.styles]
        style = self.doc.styles[name] if name in known else self.doc.styles.add_style(name, 1)
        if name not in known:
            style.base_style = self.doc.styles["Normal"]
        style.font.name, style.font.size, style.font.bold, style.font.color.rgb = FONT, Pt(points), bold, colour
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = keep or None
        for stretched in ("w:spacing", "w:kern"):  # of Word's own title
            element = style.element.rPr.find(qn(stretched))
            if element is not None:
                style.element.rPr.remove(element)
        return style

    def footer(self, title):
        """The running lines: letterhead or nothing on the first page, later title and day; the page's number below."""
        section = self.doc.sections[0]
        self.running(section.header, self.paper.running, self.paper.day)
        for foot in (section.footer, section.first_page_footer):
            self.running(foot, self.paper.foot, None)
        section.first_page_header.is_linked_to_previous = False

    def running(self, place, left, right):
        """One running line: words left, and right words or the page's number."""
        place.is_linked_to_previous = False
        paragraph = place.paragraphs[0]
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(f"{kept_together(left)}\t")
        if right is None:
            paragraph.add_run("Page ")
            self.field(paragraph, "PAGE")
            paragraph.add_run(" of ")
            self.field(paragraph, "NUMPAGES")
        else:
            paragraph.add_run(kept_together(right))
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb, run.font.name = Pt(9), GREY, FONT

    # The blocks

    def put(self, block: Block):
        """Add one block."""
        after_table = self.doc.element.body.xpath("./w:tbl[not(following-sibling::w:p)]")
        before = len(self.doc.paragraphs)
        getattr(self, f"put_{block['kind']}")(block)
        if after_table and block["kind"] not in ("table", "heading") and len(self.doc.paragraphs) > before:
            self.doc.paragraphs[before].paragraph_format.space_before = Pt(8)  # no empty paragraph does that

    def say(self, paragraph, pieces):
        """The pieces of a paragraph."""
        for words, strong in pieces:
            paragraph.add_run(kept_together(words)).bold = strong or None
        return paragraph

    def put_letterhead(self, block):
        """Who writes, in the first page's header, with a line below."""
        header = self.doc.sections[0].first_page_header
        said = [(block["name"], "Letterhead"), *((line, "Letterhead small") for line in block["lines"])]
        for number, (words, style) in enumerate(said):
            paragraph = header.paragraphs[0] if number == 0 else header.add_paragraph()
            paragraph.style = self.doc.styles[style]
            paragraph.add_run(kept_together(words))
        last = header.paragraphs[-1]
        last.paragraph_format.space_after = Pt(14)
        border = parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="6" w:color="0B0C0C"/></w:pBdr>'
        )
        in_order(last._p.get_or_add_pPr(), border)

    def put_note(self, block):
        """What somebody must know first, with a bar at the left."""
        paragraph = self.say(self.doc.add_paragraph(style="Note"), block["pieces"])
        border = parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="8" w:color="505A5F"/></w:pBdr>'
        )
        in_order(paragraph._p.get_or_add_pPr(), border)

    def put_lines(self, block):
        """Lines of one paragraph."""
        paragraph = self.doc.add_paragraph(style="Address")
        paragraph.paragraph_format.space_after = Pt(block["space"])
        for number, line in enumerate(block["lines"]):
            if number:
                paragraph.add_run().add_break(WD_BREAK.LINE)
            paragraph.add_run(kept_together(line))

    def put_split(self, block):
        """Two words of one line: left and right."""
        paragraph = self.doc.add_paragraph(style="Address")
        paragraph.paragraph_format.space_after = Pt(block["space"])
        paragraph.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run("\t".join(kept_together(words) for words in (block["left"], block["right"])))

    def put_title(self, block):
        """The title."""
        self.doc.add_paragraph(kept_together(block["words"]), style="Title")

    def put_heading(self, block):
        """A heading."""
        paragraph = self.doc.add_paragraph(kept_together(block["words"]), style="Heading 1")
        if block.get("new_page"):
            paragraph.paragraph_format.page_break_before = True

    def put_numbered(self, block):
        """A paragraph with Word's own number."""
        self.say(self.doc.add_paragraph(style="Numbered paragraph"), block["pieces"])

    def put_plain(self, block):
        """A paragraph without a number."""
        self.say(self.doc.add_paragraph(), block["pieces"])

    def put_signature(self, block):
        """Who signs, with room for the hand: one paragraph, so that it stays whole in every word processor, and what stands
        before it stays with it."""
        if self.doc.paragraphs:
            self.doc.paragraphs[-1].paragraph_format.keep_with_next = True
        paragraph = self.doc.add_paragraph(style="Signature line")
        if block["lead"]:
            paragraph.add_run(f"{kept_together(block['lead'])}{ROOM_TO_SIGN}")
        paragraph.add_run(kept_together(block["name"])).bold = True
        for words in block["lines"]:
            paragraph.add_run(f"\n{kept_together(words)}")
        form = paragraph.paragraph_format
        form.keep_together, form.space_before, form.space_after = True, Pt(6 if block["lead"] else 40), Pt(10)

    def put_table(self, block):
        """A table, under its caption or under what stands above it."""
        if not block["shown"] and self.doc.paragraphs:
            self.doc.paragraphs[-1].paragraph_format.keep_with_next = True
        widths = [Cm(width) for width in block["widths"]]
        rows = [[str(words) for words in row] for row in block["rows"]]
        made = self.table(block["caption"], block["heads"], rows, widths, captioned=block["shown"])
        if block.get("room"):
            self.to_write_in(made, block["room"])

    def to_write_in(self, table, room):
        """A full grid, with rows high enough to write in; a row may stand on the next page than the one before."""
        lines = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B1B4B6"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        properties = table._tbl.tblPr
        old = properties.find(qn("w:tblBorders"))
        grid = parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>")
        old.addprevious(grid)
        properties.remove(old)
        for number, row in enumerate(table.rows):
            if number:
                row.height, row.height_rule = Cm(room), WD_ROW_HEIGHT_RULE.AT_LEAST
                row.cells[0].paragraphs[0].paragraph_format.keep_with_next = None


ROOM_TO_SIGN = "\n\n\n\n"  # lines
PARAGRAPH_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "spacing", "ind", "contextualSpacing", "jc", "rPr",
)  # fmt: skip


def in_order(parent, element):
    """Put an element among its parent's where Word's schema wants it; one of its kind that is there goes."""
    for old in parent.findall(element.tag):
        parent.remove(old)
    names = [qn(f"w:{name}") for name in PARAGRAPH_ORDER]
    place = names.index(element.tag)
    before = [child for child in parent if child.tag in names and names.index(child.tag) < place]
    if before:
        before[-1].addnext(element)
    else:
        parent.insert(0, element)
