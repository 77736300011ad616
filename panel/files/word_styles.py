"""The styles of every Word file: one font, sizes, spacing, and one list of three levels whose numbers are in the styles."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

FONT = "Arial"
INK, GREY = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x50, 0x5A, 0x5F)
GREY_FILL, LINE_COLOUR = "F3F2F1", "B1B4B6"
TEXT_POINTS, LINE_SPACING = 11, 1.08
CELL_MARGIN_TWIPS = 85  # 0.15 cm
RIGHT_EDGE = Cm(16)

# name: (size, bold, colour, before, after, indent in cm, the style it is based on)
STYLES: dict[str, tuple[float, bool, RGBColor, float, float, float, str]] = {
    "Normal": (TEXT_POINTS, False, INK, 0, 6, 0, ""),
    "Title": (17, True, INK, 0, 12, 0, "Normal"),
    "Heading 1": (TEXT_POINTS + 2, True, INK, 12, 4, 0, "Normal"),
    "Heading 2": (TEXT_POINTS, True, INK, 12, 4, 0, "Normal"),
    "Caption": (TEXT_POINTS - 1, True, INK, 8, 4, 0, "Normal"),
    "List Bullet": (TEXT_POINTS, False, INK, 0, 6, 1, "Normal"),
    "Header": (9, False, GREY, 0, 0, 0, "Normal"),
    "Footer": (9, False, GREY, 0, 0, 0, "Normal"),
    "Paper head": (TEXT_POINTS, True, INK, 0, 4, 0, "Normal"),
    "Numbered paragraph": (TEXT_POINTS, False, INK, 0, 6, 1, "Normal"),
    "Numbered part": (TEXT_POINTS, False, INK, 0, 6, 2, "Normal"),
    "Numbered point": (TEXT_POINTS, False, INK, 0, 6, 3, "Normal"),
    "Cell": (TEXT_POINTS - 1, False, INK, 2, 2, 0, "Normal"),
    "Cell part": (TEXT_POINTS - 1, False, INK, 2, 2, 0.5, "Cell"),
    "Cell head": (TEXT_POINTS - 1, True, INK, 2, 2, 0, "Cell"),
    "Note": (9, False, GREY, 10, 0, 0, "Normal"),
}
TOGETHER = ("Title", "Heading 1", "Heading 2", "Caption", "Paper head")  # stay with what follows
TABBED = ("Header", "Footer", "Paper head")  # their right half stands at the right edge
LEVELS = (("Numbered paragraph", "decimal", "%1."), ("Numbered part", "lowerLetter", "(%2)"),
          ("Numbered point", "lowerRoman", "(%3)"))  # fmt: skip


def twips(length: Any) -> int:
    """A length in twentieths of a point, as tables say it."""
    return round(int(length) / 635)


def look(doc: Any) -> int:
    """Lay the document out: page, language, styles, numbers. Returns the id of the numbers."""
    section = doc.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    section.header_distance, section.footer_distance = Cm(1.1), Cm(1)
    language(doc)
    for name, (size, bold, colour, before, after, indent, base) in STYLES.items():
        style = named(doc, name)
        if base:
            style.base_style = doc.styles[base]
        font(style, size, bold, colour)
        shape = style.paragraph_format
        shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), LINE_SPACING
        shape.left_indent = Cm(indent)
        shape.first_line_indent = Cm(-1) if indent >= 1 else Cm(0)
        shape.keep_with_next = name in TOGETHER
        shape.keep_together = name in TOGETHER
        shape.widow_control = True
        if name in TABBED:
            tabs(style)
    rule_below(doc.styles["Title"])
    return numbers(doc)


def named(doc: Any, name: str) -> Any:
    """The style of that name, made where there is none, shown among Word's styles."""
    if name in [s.name for s in doc.styles]:
        return doc.styles[name]
    style = doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.quick_style = True
    return style


def language(doc: Any) -> None:
    """British English, as the spelling checker and screen readers take it."""
    defaults = doc.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    lang = defaults.find(qn("w:lang"))
    if lang is None:
        lang = OxmlElement("w:lang")
        defaults.append(lang)
    lang.set(qn("w:val"), "en-GB")


def font(style: Any, size: float, bold: bool, colour: RGBColor) -> None:
    """One font, upright; the theme's own has no say."""
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    style.font.color.rgb = colour
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), FONT)
    for name in ("w:spacing", "w:kern"):
        if (found := properties.find(qn(name))) is not None:
            properties.remove(found)


def tabs(style: Any) -> None:
    """One stop, at the right edge of the text."""
    properties = style.element.get_or_add_pPr()
    if (old := properties.find(qn("w:tabs"))) is not None:
        properties.remove(old)
    style.paragraph_format.tab_stops.add_tab_stop(RIGHT_EDGE, WD_TAB_ALIGNMENT.RIGHT)


def rule_below(style: Any) -> None:
    """A line below the title."""
    properties = style.element.get_or_add_pPr()
    for tag in ("w:pBdr", "w:contextualSpacing"):
        if (old := properties.find(qn(tag))) is not None:
            properties.remove(old)
    rule = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="4" w:color="0B0C0C"/></w:pBdr>'
    )
    properties.insert_element_before(
        rule, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc",
        "w:outlineLvl",
    )  # fmt: skip


def numbers(doc: Any) -> int:
    """One list of three levels, each tied to its style: 1., (a), (i). Returns its id."""
    numbering = doc.part.numbering_part.element
    known = [int(a.get(qn("w:abstractNumId"))) for a in numbering.findall(qn("w:abstractNum"))]
    abstract = max(known, default=0) + 1
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:pStyle w:val="{doc.styles[name].style_id}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{(level + 1) * 567}" w:hanging="567"/></w:pPr></w:lvl>'
        for level, (name, kind, text) in enumerate(LEVELS)
    )
    made = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}"><w:multiLevelType w:val="multilevel"/>{levels}'
        "</w:abstractNum>"
    )
    first_num = numbering.find(qn("w:num"))
    if first_num is None:
        numbering.append(made)
    else:
        first_num.addprevious(made)
    num = numbering.add_num(abstract)
    for level, (name, _, _) in enumerate(LEVELS):
        number = doc.styles[name].element.get_or_add_pPr().get_or_add_numPr()
        if level:
            number.get_or_add_ilvl().val = level
        number.get_or_add_numId().val = num.numId
    return num.numId
