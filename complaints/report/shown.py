"""What the page of an issued report shows: kept, when it is issued, as it then was, so that no later change of a label or
of a rule of counting is seen in it.

    report.shown = keep(report)      # on issuing
    rows_of(report)                  # kept, or made from the figures of a draft
"""

from typing import Any

from complaints.report.first_edition.html import drawing as first_drawing
from complaints.report.first_edition.words import Words as FirstWords
from complaints.report.paper_tables import LAW_DAY, figures_table, heads, in_time_table
from complaints.report.totals import Report
from complaints.report.words import Words
from panel.pages.charts import drawing

IN_THE_TABLE = ("In hand", "Ended", "Late")  # headings of figures that the two tables say
DRAWN = ("months", "days")
TOGETHER = " "  # between the figures that one line of the table adds, in an address


def keep(report: Report) -> dict[str, Any]:
    """All that the page shows of the figures, as JSON."""
    words = Words(report)
    return {
        "title": words.title,
        "period": words.period,
        "balance": list(words.balance),
        "recorded": words.recorded,
        "counting": words.counting,
        "heads": list(heads(report)[1:]),
        "table": [[line.label, line.kind, list(line.cells), list(line.keys)] for line in figures_table(report)],
        "in_time": [
            [line.label.removesuffix(" (law)"), LAW_DAY in line.keys, list(line.cells)]
            for line in in_time_table(report)
        ],
        "rest": [
            [s.heading, [[row.label, row.number, row.key, row.note] for row in s.rows]]
            for s in words.sections()
            if s.heading not in IN_THE_TABLE
        ],
        "charts": [drawing(chart) for chart in words.charts() if chart.key in DRAWN],
    }


def of_first_edition(report: Report) -> dict[str, Any]:
    """The same of a report that version 0.1 issued: all its figures stood in sections."""
    words = FirstWords(report)
    return {
        "title": words.title,
        "period": words.period,
        "balance": list(words.balance),
        "recorded": words.recorded,
        "counting": words.counting,
        "heads": [],
        "table": [],
        "in_time": [],
        "rest": [[s.heading, [[row.label, row.number, row.key, row.note] for row in s.rows]] for s in words.sections()],
        "charts": [first_drawing(chart) for chart in words.charts()],
    }


def label_of(shown: dict[str, Any], key: str) -> str:
    """What an issued report calls a figure, with its heading; empty where it shows none."""
    for heading, rows in shown["rest"]:
        for label, _, row_key, _ in rows:
            if row_key == key:
                return f"{heading}: {label}"
    return next(
        (label[:1].upper() + label[1:] for label, _, _, keys in shown["table"] if TOGETHER.join(keys) == key), ""
    )
