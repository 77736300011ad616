"""Text without code in it, and rich text without objects."""

import re

from panel.documents.inspection.kinds import KINDS, Active, Kind, Unacceptable

CODE_STARTS = re.compile(
    rb"\s*(#!|@echo\b|<\?|<%|<!--|\[InternetShortcut\]|\[Desktop Entry\]|\[Shell\]|Windows Registry Editor|REGEDIT4|"
    rb"\[AutoRun\]|ID;P|WEB\r?\n1|<job\b|<package\b|MIME-Version:)",
    re.IGNORECASE,
)
MARKUP = re.compile(
    rb"<(!doctype|html|head|body|script|style|svg|iframe|frame|object|embed|applet|meta|link|base|form|xml|\?php|"
    rb"\?xml|xsl:\w+|img|math)[\s/>]",
    re.IGNORECASE,
)
RTF = re.compile(rb"\\(obj(data|emb|ocx|autlink|link|update|class|sub|pub|icemb|html)|\*\s*\\template|ddeauto)\b", re.I)
DDE = re.compile(rb"\\fldinst\b(?:\\[\w*]{1,32}|[{}\s]){0,60}DDE", re.I)
CONTROL = bytes(c for c in range(32) if c not in b"\t\n\r\f") + b"\x7f"
MARKUP_REASON = "is a web page, a drawing with code, or another file of markup. Save it as a PDF"


def look_rtf(data: bytes, inner, depth) -> Kind | None:
    """Rich text, if it is. Raises Unacceptable when it holds an object or calls another program."""
    if not data.startswith(b"{\\rt"):
        return None
    if not data.startswith(b"{\\rtf"):
        raise Unacceptable("is damaged")
    if RTF.search(data) or DDE.search(data):
        raise Active("has another file or a link to a program inside it. Save it as a PDF")
    return KINDS["rtf"]


def look_plain(data: bytes, inner, depth) -> Kind | None:
    """Plain text in UTF-8, UTF-16 or the Windows form of Latin, if it is. Raises Unacceptable on code and markup."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError:
            return None
    body = data.removeprefix(b"\xef\xbb\xbf")
    if b"\0" in body or any(c in body for c in CONTROL):
        return None
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        try:
            body.decode("cp1252")
        except UnicodeDecodeError:
            return None
    if MARKUP.search(body + b" ") or re.match(rb"\s*<(\?|!|svg|html)", body, re.IGNORECASE):
        raise Active(MARKUP_REASON)
    if CODE_STARTS.match(body):
        raise Active("is a script or a shortcut, which cannot be attached")
    return KINDS["txt"]
