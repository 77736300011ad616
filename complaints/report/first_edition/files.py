"""The files of a report of the first edition: web page, plain text, comma-separated values."""

from django.template.loader import render_to_string

from complaints.report.first_edition.document import (
    Closing,
    Heading,
    Numbered,
    Plain,
    Table,
    Texts,
    Title,
    as_text,
    document,
)
from complaints.report.first_edition.words import Chart, Words
from panel.files.spreadsheets import csv_lines

KINDS = {
    Title: "title", Heading: "heading", Numbered: "numbered", Plain: "plain", Table: "table", Chart: "chart",
    Closing: "closing",
}  # fmt: skip
WIDTH_PIXELS, ROW_PIXELS, BAR_PIXELS = 480, 24, 16
LETTER_PIXELS = 6.6  # of a label at the size of the drawing: a letter's usual width
MOST_LABEL_PIXELS = 300


def as_html(blocks, words: Words) -> str:
    """The page."""
    found = []
    for number, b in enumerate(blocks):
        kind = KINDS[type(b)]
        item = {"kind": kind, "block": b, "id": f"part-{number}"}
        if kind == "chart":
            item["drawing"] = drawing(b)
        if kind == "numbered":  # neighbours share a list
            before = found[-1] if found else {}
            if before.get("kind") == "numbers":
                before["items"].append(b)
                continue
            item = {"kind": "numbers", "start": b.number, "items": [b]}
        found.append(item)
    return render_to_string("reports/first_edition.html", {"parts": found, "title": words.title})


def figures_csv(words: Words) -> bytes:
    """The figures as comma-separated values."""
    rows = [(s.heading, row.label, row.number, row.note) for s in words.sections() for row in s.rows]
    return "".join(csv_lines([words.title, words.period], [("Section", "Figure", "Number", "Note"), *rows])).encode()


def made(kind: str, report, texts: Texts) -> bytes:
    """The file of that kind: "html", "txt" or "csv"."""
    words = Words(report)
    if kind == "csv":
        return figures_csv(words)
    blocks = document(words, texts)
    return (as_html(blocks, words) if kind == "html" else as_text(blocks)).encode()


def drawing(chart: Chart) -> dict:
    """The bars with their places, in user units, for `components/bars.html`."""
    most = max((n for _, n in chart.rows), default=0) or 1
    labels = min(MOST_LABEL_PIXELS, round(max((len(words) for words, _ in chart.rows), default=0) * LETTER_PIXELS) + 16)
    room = WIDTH_PIXELS - labels - 40
    bars = []
    for i, (words, n) in enumerate(chart.rows):
        top, length = i * ROW_PIXELS + 4, round(room * n / most)
        bars.append(
            {
                "words": words,
                "number": n,
                "y": top,
                "text_y": top + 13,
                "x": labels,
                "length": length,
                "number_x": labels + length + 6,
                "label_x": labels - 8,
            }
        )
    return {
        "key": chart.key,
        "title": chart.title,
        "says": chart.says,
        "width": WIDTH_PIXELS,
        "height": len(chart.rows) * ROW_PIXELS + 8,
        "bar": BAR_PIXELS,
        "bars": bars,
        "heads": chart.heads,
        "rows": chart.rows,
    }
