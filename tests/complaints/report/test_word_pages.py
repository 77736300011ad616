"""The report's Word file as LibreOffice lays it out: so many pages, within the margins, each part where it belongs."""

from datetime import date

import pytest

from complaints.report.document import document
from complaints.report.docx import as_docx
from complaints.report.figures import annual_report
from complaints.report.texts import default_texts
from tests import build
from tests.libreoffice import laid_out, needs_libreoffice, well_laid_out
from tests.steps import at, close, heard, take

pytestmark = [pytest.mark.django_db, pytest.mark.deep, needs_libreoffice]


def make():
    """A panel with a few complaints this year, and none the year before."""
    world = build.make_world()
    for state in ("received", "recorded", "withdrawn", "redirected", "not_recorded", "with_iopc", "filtered"):
        at(world, state)
    close(world, take(world, heard(world, at(world, "informal_resolution")), "record_outcome"))
    return world


def pages(world, directory, first, last):
    report = annual_report(world.panel, first, last, previous=True)
    return laid_out(as_docx(document(report, default_texts(report))), directory)


def test_a_year_is_two_pages_with_the_figures_on_the_first(world, tmp_path):
    found = pages(world, tmp_path, date(2026, 4, 1), date(2027, 3, 31))
    well_laid_out(found)
    assert "Recommendation" in found[0].text
    assert "What happened" in found[0].text
    assert "In time" in "".join(page.text for page in found[1:])
    assert "Background" in "".join(page.text for page in found[1:])
    paper = found[: next((n for n, page in enumerate(found) if page.text.lstrip().startswith("Appendix")), len(found))]
    assert len(paper) <= 3


def test_a_nil_year_is_one_page(world, tmp_path):
    found = pages(world, tmp_path, date(2024, 4, 1), date(2025, 3, 31))
    well_laid_out(found)
    assert "no complaints were recorded" in " ".join(found[0].text.split())
    assert "Background papers" in found[0].text
