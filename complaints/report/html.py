"""The complaints report as one web page that needs nothing else: for the Panel's own site or an e-mail, to print, and for
PDF, which is made from it."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from complaints.report.document import Block, Heading, Numbered, Paper, Plain, Table
from panel.files.marked import marked_words
from panel.law.no_break import kept_together

KINDS = {Heading: "heading", Numbered: "numbered", Plain: "plain", Table: "table"}


def parts_of(paper: Paper) -> list[dict[str, Any]]:
    """The blocks as the template takes them; neighbouring numbered paragraphs share a list."""
    found: list[dict[str, Any]] = []
    for block in paper.blocks:
        if isinstance(block, Numbered):
            if not found or found[-1]["kind"] != "numbered":
                found.append({"kind": "numbered", "start": block.number, "items": []})
            found[-1]["items"].append(runs(block.words))
            continue
        found.append({"kind": KINDS[type(block)], "block": block, "runs": words_of(block)})
    return found


def words_of(block: Block) -> list[tuple[str, bool]]:
    """What a block says, in pieces; a table says it in its rows."""
    return [] if isinstance(block, Table) else runs(block.words)


def runs(words: str) -> list[tuple[str, bool]]:
    """(words, whether they are bold), with what no line may part."""
    return marked_words(kept_together(words))


def as_html(paper: Paper) -> str:
    """The page."""
    running = {"title": paper.title, "day": paper.day, "foot": paper.foot}
    context = {
        "paper": paper, "parts": parts_of(paper), "meeting": kept_together(paper.meeting),
        "running": {name: css_string(kept_together(words)) for name, words in running.items()},
    }  # fmt: skip
    return render_to_string("reports/report.html", context)


def within_a_page(page: str) -> SafeString:
    """The paper out of its own page, to be shown within another: its words were made safe when its page was made. That page
    has a title of its own, so the paper's headings go one level down."""
    inner = page.partition("<main>")[2].rpartition("</main>")[0]
    for level in (2, 1):
        inner = inner.replace(f"<h{level}", f"<h{level + 1}").replace(f"</h{level}>", f"</h{level + 1}>")
    return mark_safe(inner)  # noqa: S308


def css_string(words: str) -> SafeString:
    """A string of CSS in which nothing can end it, nor the style sheet: whatever is no letter, digit or space of ASCII is
    written by its number, behind which a space belongs."""
    safe = "".join(c if c.isascii() and (c.isalnum() or c == " ") else f"\\{ord(c):06x} " for c in words)
    return mark_safe(f'"{safe}"')  # noqa: S308
