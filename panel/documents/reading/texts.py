"""Bytes of an email as text: unknown and broken letters are replaced, and of a page only the words are taken."""

import re
from email.header import decode_header
from html.parser import HTMLParser

from panel.documents.reading.parts import LONGEST_LINE
from panel.law.plain_text import plain

UNSEEN_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
UNREAD = {"script", "style", "head", "title", "template", "noscript", "svg", "math", "object"}
BLOCKS = {
    "p",
    "div",
    "table",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "section",
    "article",
}
LINES = {"br", "li", "tr", "hr", "dt", "dd"}


def decoded(data: bytes, charset: str = "") -> str:
    """The bytes as text, in the letters said if they are known and fit, else as UTF-8, else as Windows writes Latin."""
    for name in (charset, "utf-8"):
        try:
            if name:
                return data.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def line(text: str, most: int = LONGEST_LINE) -> str:
    """One line without what nobody sees: no breaks, and no marks that turn its reading round."""
    text = UNSEEN_MARKS.sub("", plain(text[: most * 4], lines=False))
    return re.sub(r"\s+", " ", text).strip()[:most]


def body(text: str, most: int) -> str:
    """Several lines, without trailing spaces and without more than one empty line after another."""
    text = UNSEEN_MARKS.sub("", plain(text[: most * 2], lines=True)).replace("\xa0", " ")
    text = "\n".join(row.rstrip() for row in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()[:most]


def header(value: object) -> str:
    """A header's words: encoded words decoded, whatever letters they claim."""
    raw = str(value)[:4000]
    if any("\udc80" <= c <= "\udcff" for c in raw):  # letters that nobody encoded
        raw = decoded(raw.encode("ascii", "surrogateescape"))
    try:
        pieces = decode_header(raw)
    except Exception:  # hostile headers raise nearly anything
        return line(raw)
    said = [decoded(piece, charset or "") if isinstance(piece, bytes) else piece for piece, charset in pieces]
    return line("".join(said))


class Words(HTMLParser):
    """Collects the words of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.unread = 0
        self.address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line or a paragraph."""
        if tag in UNREAD:
            self.unread += 1
        elif tag in BLOCKS:
            self.said.append("\n\n" if tag != "div" else "\n")
        elif tag in LINES:
            self.said.append("\n- " if tag == "li" else "\n")
        elif tag in ("td", "th"):
            self.said.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<br/>` begins a line; `<script/>` hides nothing."""
        if tag in LINES:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        if tag in UNREAD:
            self.unread = max(0, self.unread - 1)
        elif tag in BLOCKS:
            self.said.append("\n\n" if tag != "div" else "\n")

    def handle_data(self, data: str) -> None:
        """The words, unless nobody reads them."""
        if not self.unread:
            self.said.append(re.sub(r"[ \t\r\n\f]+", " ", data))


def of_html(page: str, most: int) -> str:
    """The words of a page, one paragraph a block. Nothing of it is run or fetched."""
    page = re.sub(r"<!--.*?(?:-->|$)", "", page[: most * 20], flags=re.DOTALL)
    words = Words()
    try:
        words.feed(page)
        words.close()
    except Exception:  # hostile markup raises nearly anything: what came before is kept
        words.said.append("")
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(words.said))
    return body(re.sub(r"[ \t]{2,}", " ", text), most)
