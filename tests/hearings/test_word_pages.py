"""What leaves the house about a hearing, as LibreOffice lays it out: six reports, the letter and the question sheet."""

import pytest

from hearings.report.frozen import copies
from hearings.report.question_sheet import sheet_paper
from panel.casework.case_context import CaseContext
from panel.files.paper_word import as_word
from tests.hearings.build import at, fresh, notify, take
from tests.libreoffice import laid_out, needs_libreoffice, well_laid_out

pytestmark = [pytest.mark.django_db, pytest.mark.deep, needs_libreoffice]


def test_the_question_sheet_has_the_questions_and_then_what_the_chair_needs(world, tmp_path):
    case = take(world, at(world, "hearing_arranged", 8), "plan_questions")
    look = CaseContext(fresh(case), world.officer)
    found = laid_out(as_word(sheet_paper(look), look.entries[-1].entered_at.replace(tzinfo=None)), tmp_path)
    well_laid_out(found)
    assert "Notes: what was said" in found[0].text
    text = "\n".join(page.text for page in found)
    for words in ("For the Chairman", "Needed for a veto", "Satisfied of"):
        assert words in text


def reports(world):
    """Recommended, not recommended, vetoed, fallen, on a reserve candidate, and of a job share."""
    yield at(world, "reported", 1)
    yield take(
        world, take(world, at(world, "heard", 1), "record_recommendation", recommendation="refuse"), "send_report"
    )
    yield at(world, "vetoed", 8)
    yield at(world, "reserve_reported", 8)
    yield take(world, at(world, "reported", 1), "send_corrected_report")
    shared = notify(world, 1, flags=["job_share"], candidate_2="Leon Quist")
    for key in ("begin_review", "arrange_hearing", "hold_hearing", "record_recommendation", "send_report"):
        shared = take(world, shared, key)
    yield shared


def test_reports_and_letters_lie_within_their_pages(world, tmp_path):
    for number, case in enumerate(reports(world)):
        copy = copies(CaseContext(fresh(case), world.officer))[0]
        (tmp_path / str(number)).mkdir()
        well_laid_out(laid_out(copy.file("docx"), tmp_path / str(number)))
        letter = laid_out(copy.file("docx", letter=True), tmp_path / str(number))
        assert len(letter) == 1, case
