"""A panel's own Word template for its letters, in a sandbox: what is in one that is refused, and one filled in.

    faults(register, content)                  # sentences, each with its place; none where it can be used
    filled(content, {"received": "2 May"})     # the Word file, as bytes

A template holds fields, `{{ received }}`, and conditions, `{% if oral %} ... {% endif %}`, and nothing else that is run. The
field `{{r letter }}` stands for the whole letter as it is written on its page: greeting, text, and who signs.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from panel.procedure.register import Register

LARGEST_MB = 5
LARGEST_UNPACKED_BYTES, MOST_PARTS = 60 * 1024 * 1024, 1000
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
PLACES = {
    "document": "",
    "header": "header, ",
    "footer": "footer, ",
    "footnotes": "footnotes, ",
    "endnotes": "endnotes, ",
}
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
FIELD = re.compile(r"\{\{r? ?\s*([A-Za-z_][A-Za-z0-9_.]*)\s*\}\}")
IF = re.compile(r"\{%(?:p|tr|tc|r)?\s+if\s+(?:not\s+)?([A-Za-z_][A-Za-z0-9_.]*)\s*%\}")
END = re.compile(r"\{%(?:p|tr|tc|r)?\s+(?:else|endif)\s*%\}")
SINGLE = re.compile(r"(?<!\{)\{([A-Za-z][A-Za-z0-9_.]*)\}(?!\})")
RUN_BY_WORD = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|MACROBUTTON|LINK|IMPORT|AUTOTEXT)\b")
OWN = frozenset({"letter", "to_name", "to_address", "how", "enclosed_list"})  # what only a letter as a whole has


class Gap(str):
    """A field that is empty: as a condition it is no, on paper it stands as a gap that stops the letter."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


def faults(register: Register, content: bytes) -> list[str]:
    """What is wrong with a template, each with its place."""
    if len(content) > LARGEST_MB * 1024 * 1024:
        return [f"The file has {len(content) / 1024 / 1024:.0f} MB: {LARGEST_MB} MB at most. Make its pictures smaller"]
    try:
        parts = unpacked(content)
    except (zipfile.BadZipFile, ValueError, KeyError, NotImplementedError, RuntimeError, EOFError):
        return ["This is no Word file, or one that cannot be read. Save it in Word as .docx"]
    if found := list(_what_runs(parts)):
        return found
    found = []
    for name, number, words in paragraphs_of(parts):
        found += _in_paragraph(register, f"{name}aragraph {number}", words)
    if found:
        return found
    if not any(FIELD.search(words) for _, _, words in paragraphs_of(parts)):
        return ["It names no field, so every letter would be the same. Put {{r letter }} where the letter stands"]
    try:
        names = dict.fromkeys(fields_of(parts), "x")
        filled(content, names)
    except (TemplateError, ValueError, etree.XMLSyntaxError) as error:
        return [f"It cannot be filled in: {error}"]
    return []


def unpacked(content: bytes) -> dict[str, bytes]:
    """{name: bytes} of its parts. Raises ValueError where it is no Word file, or too large."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        rows = packed.infolist()
        if len(rows) > MOST_PARTS or sum(row.file_size for row in rows) > LARGEST_UNPACKED_BYTES:
            raise ValueError("too large")
        parts = {row.filename: packed.read(row) for row in rows if not row.is_dir()}
    if "word/document.xml" not in parts or "[Content_Types].xml" not in parts:
        raise ValueError("no Word file")
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in data[:4096].upper():
            raise ValueError("a document type")
    return parts


def _what_runs(parts: dict[str, bytes]) -> Iterator[str]:
    """Macros, embedded objects, and what leads out of the file."""
    types = parts["[Content_Types].xml"]
    if b"macroEnabled" in types or b"vbaProject" in types:
        yield "It holds macros (Word calls it macro-enabled). Save it as .docx without them"
    for name, data in parts.items():
        low = name.lower()
        if low.endswith(("vbaproject.bin", "vbadata.xml")):
            yield f"{name}: a macro"
        elif low.startswith(("word/embeddings/", "word/activex/")) or "afchunk" in low or low.endswith(".bin"):
            yield f"{name}: an embedded object"
        elif low.endswith(".rels"):
            yield from _leads_out(name, data)
        elif TEXTS.fullmatch(low):
            yield from _word_fields(name, data)


def _leads_out(name: str, data: bytes) -> Iterator[str]:
    for row in _parsed(data).iter():
        kind = str(row.get("Type", "")).rpartition("/")[2]
        if str(row.get("TargetMode", "")).lower() == "external":
            what = "a link" if kind == "hyperlink" else "something outside the file"
            yield f"{name}: {what}, {str(row.get('Target'))[:100]}. Type the address as words, or put the picture into the file"
        elif kind in ("oleObject", "package", "control", "aFChunk", "subDocument", "frame"):
            yield f"{name}: an embedded object ({kind})"


def _word_fields(name: str, data: bytes) -> Iterator[str]:
    root = _parsed(data)
    if any(True for _ in root.iter(f"{W}object", f"{W}control")):
        yield f"{name}: an embedded object"
    said = "".join(e.text or "" for e in root.iter(f"{W}instrText"))
    said += " ".join(e.get(f"{W}instr", "") for e in root.iter(f"{W}fldSimple"))
    if m := RUN_BY_WORD.search(said):
        yield f"{name}: the Word field {m[0]}, which fetches or runs something"


def _parsed(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def paragraphs_of(parts: dict[str, bytes]) -> list[tuple[str, int, str]]:
    """(where, number, words) of each paragraph: "P" of the text, "Header, p" and the like elsewhere."""
    found = []
    for name in sorted(parts, key=lambda n: (n != "word/document.xml", n)):
        if not (m := TEXTS.fullmatch(name)):
            continue
        where = PLACES[re.sub(r"\d+$", "", m[1])]
        number = 0
        for paragraph in _parsed(parts[name]).iter(f"{W}p"):
            words = _said(paragraph)
            if words.strip():
                number += 1
                found.append((f"{where[:1].upper()}{where[1:]}p" if where else "P", number, words))
    return found


def _said(paragraph: Any) -> str:
    """The words of a paragraph, a line break where it has one."""
    breaks = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": " "}
    return "".join(breaks.get(e.tag, e.text or "") for e in paragraph.iter(f"{W}t", *breaks))


def _in_paragraph(register: Register, place: str, words: str) -> Iterator[str]:
    """What is wrong in one paragraph."""
    for m in TAG.finditer(words):
        asked = FIELD.fullmatch(m[0]) or IF.fullmatch(m[0])
        if asked is None and not END.fullmatch(m[0]):
            yield f"{place}: “{m[0][:60]}” is code, and letters hold none"
        elif asked is not None and asked[1] == "letter" and not m[0].startswith(("{{r", "{%")):
            yield f"{place}: the letter has paragraphs of its own. Write {{{{r letter }}}}, on a line by itself"
        elif asked is not None and not known(register, asked[1]):
            yield f"{place}: {{{{ {asked[1]} }}}} is no field of ours"
    rest = TAG.sub("", words)
    if m := re.search(r"\{\{|\}\}|\{%|%\}|\{#|#\}", rest):
        yield f"{place}: “{m[0]}” is not closed, or not opened"
    for m in SINGLE.finditer(rest):
        yield f"{place}: {m[0]} has one brace on each side. Word templates have two: {{{{ {m[1]} }}}}"


def known(register: Register, name: str) -> bool:
    """Whether a template of that register may ask for it: texts and conditions, no lists of things."""
    if "." in name:
        return False
    return name in OWN or (not name.startswith("_") and register.letter_fields.knows(name[:1].lower() + name[1:]))


def fields_of(parts: dict[str, bytes]) -> set[str]:
    """Every name that it asks for."""
    words = " ".join(w for _, _, w in paragraphs_of(parts))
    return {m[1] for pattern in (FIELD, IF) for m in pattern.finditer(words)}


def holds_letter(content: bytes) -> bool:
    """Whether the letter as it is written on its page stands in the template; else its wording is the template's."""
    return "letter" in fields_of(unpacked(content))


def filled(content: bytes, values: dict[str, Any]) -> bytes:
    """The template with its fields filled in. What stands in a value is never read as a field. Raises TemplateError."""
    from docxtpl import DocxTemplate  # it takes a while to import, and few processes need it

    template = DocxTemplate(BytesIO(content))
    env = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    template.render(values, jinja_env=env)
    found = BytesIO()
    template.save(found)
    return found.getvalue()


def text_of_file(content: bytes) -> str:
    """The words of a Word file, header and footer after its text, an empty line between paragraphs."""
    return "\n\n".join(words for _, _, words in paragraphs_of(unpacked(content)))


def rich(languages: list[list[tuple[str, bool]]]) -> Any:
    """What stands for `{{r letter }}`: the paragraphs, (words, whether bold) each, one language a page."""
    from docxtpl import RichText

    found = RichText()
    for page, pieces in enumerate(languages):
        for number, (words, is_bold) in enumerate(pieces):
            before = "\a" if number else "\f" if page else ""
            found.add(f"{before}{words}", bold=is_bold)
    return found
