"""The annual report as one web page that needs nothing else: for the Panel's own site or an e-mail."""

from django.template.loader import render_to_string

from complaints.report.charts import drawing
from complaints.report.document import Closing, Heading, Numbered, Plain, Table, Title
from complaints.report.words import Chart, Words

KINDS = {
    Title: "title", Heading: "heading", Numbered: "numbered", Plain: "plain", Table: "table", Chart: "chart",
    Closing: "closing",
}  # fmt: skip


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
    return render_to_string("reports/report.html", {"parts": found, "title": words.title})
