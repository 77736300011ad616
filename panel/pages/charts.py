"""Charts as drawings: where each bar of a `Chart` goes, for the page's SVG."""

from collections.abc import Sequence
from typing import Any, Protocol

WIDTH_PIXELS, ROW_PIXELS, BAR_PIXELS = 480, 24, 16
LETTER_PIXELS = 6.6  # of a label at the size of the drawing: a letter's usual width
MOST_LABEL_PIXELS = 300


class Chart(Protocol):
    """A few numbers with what each is of, their heading, and the same said in a sentence."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def says(self) -> str: ...
    @property
    def heads(self) -> Any: ...
    @property
    def rows(self) -> Sequence[tuple[str, int]]: ...


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
