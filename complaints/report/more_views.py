"""The page of figures that the paper does not have: several years in a row, office holders, what the Commissioner
publishes; and each of its tables as a file."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from complaints.report import periods
from complaints.report.figures import run_of_years
from complaints.report.more import TABLES, lines_note, side_by_side
from complaints.report.views import as_file, asked, source_of
from complaints.report.words import Words
from panel.files.spreadsheets import csv_lines
from panel.pages.base import in_panel
from panel.pages.tables import table
from panel.record import access_log

MOST_YEARS = 6  # side by side on the page; the file has all
RUN = "years"
RUN_WORDS = "Years side by side"


def years_until(report) -> list[str]:
    """The municipal years up to the one in which the period ends, oldest first."""
    last = periods.clock.municipal_year(report.end)
    return [year for year in reversed(periods.years(report.panel)) if year <= last]


def run(report, most: int | None = None):
    """Head and rows of the years up to the period's, as the record stood on the report's day."""
    found = years_until(report)[-most:] if most else years_until(report)
    return side_by_side(run_of_years(report.panel, found[0], found[-1], report.as_at)) if found else ((), [])


def shown(caption: str, head, rows) -> dict:
    """A table of numbers for components/table.html."""
    found = table(caption, head, [[{"words": cell} for cell in row] for row in rows])
    for n, column in enumerate(found["columns"][1:], 1):
        column["number"] = all(isinstance(row[n], int) for row in rows)
    return found


@require_safe
@in_panel("report.draft")
def more_figures(request, panel, who):
    """The page."""
    form, report = asked(panel, request.GET)
    context = {"period_form": form, "forms": [form], "has_errors": bool(form.errors)}
    if report is None:
        return render(request, "complaints/more_figures.html", {**context, "title_words": "More figures"})
    access_log.note(request, what=report.period)
    query = urlencode(source_of(report))

    def section(slug, words, note, head, rows):
        file = f"{reverse('panel:report-more-file', args=[panel.slug, slug])}?{query}"
        return {
            "slug": slug,
            "words": words,
            "note": note,
            "table": shown(words, head, rows) if rows else None,
            "url": file,
        }

    sections = [section(RUN, RUN_WORDS, "", *run(report, MOST_YEARS))]
    for slug, words, made, note in TABLES:
        said = lines_note(report) if slug == "lines" else ""
        sections.append(section(slug, words, said or note, *made(report)))
    words = Words(report)
    context |= {
        "title_words": f"More figures, {words.year}", "period": words.period, "sections": sections,
        "report_words": words.title, "report_url": f"{reverse('panel:report', args=[panel.slug])}?{query}",
    }  # fmt: skip
    return render(request, "complaints/more_figures.html", context)


@require_safe
@in_panel("report.draft")
def more_file(request, panel, who, slug):
    """One of its tables as comma-separated values."""
    _, report = asked(panel, request.GET)
    found = {s: (words, made) for s, words, made, _ in TABLES} | {RUN: (RUN_WORDS, run)}
    if report is None or slug not in found:
        raise Http404
    access_log.note(request, what=report.period)
    words, made = found[slug]
    head, rows = made(report)
    said = Words(report)
    content = "".join(csv_lines([f"{words}, {said.year}", said.period], [head, *rows])).encode()
    return as_file(content, "csv", f"{panel.slug}-complaints-{slug}-{report.period.replace('..', '-to-')}.csv")
