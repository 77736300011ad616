"""The web page of a report of the first edition, byte for byte as version 0.1 made it. Its template had longer lines than
templates may have by now, so the page is put together here."""

from collections.abc import Callable

from django.utils.html import escape

from complaints.report.first_edition.document import Closing, Heading, Numbered, Plain, Table, Title
from complaints.report.first_edition.words import Chart, Words

WIDTH_PIXELS, ROW_PIXELS, BAR_PIXELS = 480, 24, 16
LETTER_PIXELS = 6.6  # of a label at the size of the drawing: a letter's usual width
MOST_LABEL_PIXELS = 300

STYLES = (
    "body { margin: 0 auto; max-width: 42em; padding: 1em; color: #0b0c0c; background: #ffffff; "
    "font: 16px/1.5 arial, sans-serif; }\n"
    "h1 { font-size: 1.9em; line-height: 1.2; }\n"
    "h2 { font-size: 1.3em; margin: 1.6em 0 .5em; }\n"
    "li { margin-bottom: .6em; }\n"
    "table { width: 100%; margin: 1.2em 0; border-collapse: collapse; page-break-inside: avoid; }\n"
    "caption { padding: .4em 0; font-weight: bold; text-align: left; }\n"
    "th, td { padding: .3em .5em; border-bottom: 1px solid #b1b4b6; font-weight: normal; text-align: left; "
    "vertical-align: top; }\n"
    "thead th { font-weight: bold; }\n"
    "td, thead th:last-child { text-align: right; }\n"
    "small { color: #484949; }\n"
    ".closing { margin-top: 2em; overflow-wrap: anywhere; }\n"
    "figure { margin: 1.5em 0; }\n"
    "figcaption { font-weight: bold; }\n"
    "svg { max-width: 100%; height: auto; }\n"
    "@media print { .new-page { page-break-before: always; } details > * { display: block; } }\n"
)


def as_html(blocks, words: Words) -> str:
    """The page."""
    parts: list[str] = []
    numbers: list[Numbered] = []
    for block in blocks:
        if isinstance(block, Numbered):  # neighbours share a list
            numbers.append(block)
            continue
        parts += [listed(numbers), PARTS[type(block)](block)]
        numbers = []
    body = "".join(part for part in (*parts, listed(numbers)) if part)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(words.title)}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{STYLES}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def listed(numbers: list[Numbered]) -> str:
    """Numbered paragraphs in a row; nothing where there are none."""
    if not numbers:
        return ""
    items = "".join(f"<li>{escape(item.words)}</li>\n" for item in numbers)
    return f'<ol start="{numbers[0].number}">\n{items}</ol>\n'


def title(block: Title) -> str:
    """The title, and whose it is."""
    return f"<h1>{escape(block.words)}</h1>\n<p>{escape(block.under)}</p>\n"


def heading(block: Heading) -> str:
    """A heading."""
    new = ' class="new-page"' if block.new_page else ""
    return f"<h2{new}>{escape(block.words)}</h2>\n"


def plain(block: Plain) -> str:
    """A paragraph without a number."""
    return f"<p>{escape(block.words)}</p>\n"


def closing(block: Closing) -> str:
    """The last line."""
    return f'<p class="closing"><small>{escape(block.words)}</small></p>\n'


def table(block: Table) -> str:
    """Figures under their caption."""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in block.heads)
    rows = "".join(
        f'<tr><th scope="row">{escape(label)}{f"<br><small>{escape(note)}</small>" if note else ""}</th>'
        f"<td>{escape(number)}</td></tr>\n"
        for label, note, number in block.rows
    )
    caption = escape(block.caption)
    return f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table>\n"


def figure(chart: Chart) -> str:
    """A chart with its table."""
    found = drawing(chart)
    name, shown = f"chart-{chart.key}", escape(chart.title)
    bars = "".join(
        f'<text x="{bar["label_x"]}" y="{bar["text_y"]}" text-anchor="end" fill="#0b0c0c">{escape(bar["words"])}</text>'
        f'<rect x="{bar["x"]}" y="{bar["y"]}" width="{bar["length"]}" height="{found["bar"]}" fill="#2b3945"></rect>'
        f'<text x="{bar["number_x"]}" y="{bar["text_y"]}" fill="#0b0c0c">{bar["number"]}</text>\n'
        for bar in found["bars"]
    )
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in chart.heads)
    rows = "".join(f'<tr><th scope="row">{escape(words)}</th><td>{number}</td></tr>\n' for words, number in chart.rows)
    return (
        f'<figure class="app-chart"><figcaption class="govuk-heading-s">{shown}</figcaption>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {found["width"]} {found["height"]}" role="img" '
        f'aria-labelledby="{name}-title {name}-says" font-family="arial, sans-serif" font-size="13">'
        f'<title id="{name}-title">{shown}</title><desc id="{name}-says">{escape(chart.says)}</desc>\n{bars}</svg>\n'
        '<details class="govuk-details app-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">As a table</span></summary><div class="govuk-details__text">'
        f'<table class="app-table"><caption class="govuk-visually-hidden">{shown}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table></div></details></figure>\n\n"
    )


PARTS: dict[type, Callable[..., str]] = {
    Title: title, Heading: heading, Plain: plain, Closing: closing, Table: table, Chart: figure,
}  # fmt: skip


def drawing(chart: Chart) -> dict:
    """The bars with their places, in user units, for the SVG."""
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
