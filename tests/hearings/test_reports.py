"""The report to the Commissioner: its words, that it stays as it was sent, versions, the letter, what stays out of it, and
who sees, finds, exports and erases it."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from hearings.models import Candidate
from hearings.paper_models import ReportText, SentReport
from hearings.report.content import Report
from hearings.report.kept import erasable_rows
from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.files import pdf
from panel.files.paper import as_text
from panel.law import clock
from panel.models import Opening
from panel.models.journal import ERASED
from panel.record import digests
from panel.record.act import sealed_act
from panel.record.export import exported
from panel.record.verify import verify
from panel.subject_access.cases import case_blocks
from panel.subject_access.find import PersonSearch
from tests.hearings.build import HEARD, SENT, at, fresh, names, notify, report_text, take

FINDINGS = {"competence": "satisfied", "independence": "not_satisfied", "independence_words": "In its own words"}
GOLDEN = """Exshire Police and Crime Panel
Hosted by Exshire County Council

Mr Daniel Ashcombe
Police and Crime Commissioner for Exshire
Constabulary House

17 November 2026
Our reference: EX-H-2026-0001

Report on the proposed appointment of Farida Haddon as Chief Executive

Recommendation

1. The Panel recommends that Farida Haddon be appointed as Chief Executive. The members who voted were unanimous.

2. This report is made under the Police Reform and Social Responsibility Act 2011, Schedule 1, paragraph 10. The last day for it is 29 November 2026.

The proposal

3. The Commissioner notified the Panel of the proposed appointment on 9 November 2026, under paragraph 9 of the Schedule. What the paragraph asks for was before the Panel:

Name of the candidate: Letter of notification: 9 November 2026
Criteria by which candidates were assessed: With the notification: 9 November 2026
Why the candidate satisfies them: With the notification: 9 November 2026
Terms and conditions: Statement of terms: 9 November 2026

4. Eleven people applied and four were interviewed.

The hearing

5. The whole Panel held the confirmation hearing on 16 November 2026 at County Hall. It was held in public. Ms Haddon appeared in person. Members present and absent are listed at the end. No interest was declared.

Professional competence

6. Asked about money, she named three risks.

7. The Panel was satisfied that Ms Haddon has the professional competence for the post.

Personal independence

8. She gave an example.

9. The Panel was not satisfied that Ms Haddon has the personal independence for the post, in its own words.

Decision and reasons

10. As minuted.

What follows

11. The Commissioner may accept or reject the recommendation, and must notify the Panel of the decision (paragraph 12 of the Schedule).

12. The Panel publishes this report on its web page on 1 December 2026.

Signed for the Panel
"""


@pytest.fixture
def officer(client, world):
    client.force_login(world.officer)
    return client


def written(world, case, **over):
    """The hearing with the words of its report."""
    case = take(world, case, "name_papers")
    words = {"address": "Constabulary House", "publish_on": date(2026, 12, 1), "publish_where": "on its web page"}
    return take(world, case, "write_report", **{**words, **over})


def decided(world, **over):
    """A hearing with a unanimous recommendation and findings."""
    votes = {"votes_for": 10, "votes_against": 0, "abstained": 0}
    return take(world, at(world, "heard"), "record_recommendation", **{**FINDINGS, **votes, **over})


def got(client, case, kind="docx", name="hearing-report", *numbers):
    """The answer to one of its addresses."""
    return client.get(reverse(f"panel:{name}", args=[case.panel.slug, case.reference, *(numbers or (1,)), kind]))


def words_of(content: bytes) -> str:
    """What stands in a Word file."""
    d = Document(io.BytesIO(content))
    cells = [cell.text for t in d.tables for row in t.rows for cell in row.cells]
    return "\n".join([*(p.text for p in d.paragraphs), *cells]).replace("\u00a0", " ")


# The words


def test_the_paper_of_a_recommendation(world):
    case = take(world, written(world, decided(world)), "send_report")
    words = report_text(world, case)
    assert words[: len(GOLDEN)] == GOLDEN
    assert "Members on 16 November 2026: 10 in office, 10 in the room" in words[len(GOLDEN) :]


@pytest.mark.parametrize("state, schedule, answers, said", [
    ("heard", 1, {"recommendation": "refuse", "votes_for": 7, "votes_against": 2, "abstained": 1},
     "1. The Panel recommends that Farida Haddon be not appointed as Chief Executive. "
     "Seven members voted for this, two against and one abstained."),
    ("heard", 1, {"taken": "agreed"}, "be appointed as Chief Executive. This was agreed without a vote."),
    ("heard", 8, {"taken": "agreed"}, "Farida Haddon may not be appointed before that (paragraph 2 of Schedule 8)."),
])  # fmt: skip
def test_what_a_report_says_of_other_decisions(world, state, schedule, answers, said):
    case = take(world, at(world, state, schedule), "record_recommendation", **answers)
    assert said in report_text(world, case)


def test_a_veto_makes_no_recommendation_and_says_what_follows(world):
    words = report_text(world, at(world, "vetoed", 8))
    assert (
        "1. The Panel has vetoed the appointment of Farida Haddon as Chief Constable. Seven of its 10 members voted for"
        in words
    )
    assert (
        "Schedule 8, paragraph 4, and states, as paragraph 5 requires, that the Panel has vetoed the appointment."
        in words
    )
    assert "For: Against" not in words
    assert "7: 2: 1" in words
    assert "Farida Haddon must not be appointed." in words
    assert "recommends" not in words


def test_a_veto_reported_late_has_fallen_and_no_reserve_is_asked_for(world):
    case = at(world, "heard", 8)
    case = take(world, case, "veto")
    with clock.set_to(datetime(2026, 12, 2, 9, tzinfo=UTC)):
        case = take(world, case, "send_report", on=date(2026, 12, 1))
        words = report_text(world, case)
    assert "The Panel voted to veto the appointment of Farida Haddon as Chief Constable. The veto has fallen." in words
    assert "it is given two days late. The Chairman was ill." in words
    assert (
        "The veto has therefore fallen, and the Commissioner may appoint Farida Haddon (paragraph 2 of Schedule 8)."
        in words
    )
    assert "reserve candidate" not in words
    assert "must not be appointed" not in words


def test_without_a_quorum_it_is_the_advice_of_the_members_present(world):
    case = take(world, at(world, "hearing_arranged"), "hold_hearing", quorate="no")
    case = take(world, case, "record_recommendation", taken_by="The Chairman", power="the Panel’s scheme of delegation")
    words = report_text(world, case)
    assert "Advice of the members present on the proposed appointment" in words
    assert "The members present advise that Farida Haddon be appointed" in words
    assert "The decision was taken by The Chairman, under the Panel’s scheme of delegation." in words
    assert "recommends" not in words


def test_a_job_share_has_a_part_on_each_candidate(world):
    case = notify(world, flags=["job_share"], candidate_2="Owen Trask")
    for key in ("begin_review", "arrange_hearing"):
        case = take(world, case, key)
    case = take(world, case, "hold_hearing", answers_1="Of the one.", answers_2="Of the other.")
    case = take(world, case, "record_recommendation", parts=["1", "2"])
    words = report_text(world, case)
    assert "Report on the proposed appointment of Farida Haddon and Owen Trask as Chief Executive (job share)" in words
    assert (
        words.index("Questions and answers: Farida Haddon") < words.index("Of the one.") < words.index("Of the other.")
    )


def test_each_of_the_four_things_has_its_paper_and_its_documents(world):
    from tests.build import pdf as upload

    case = take(world, decided(world), "add_documents", files={"documents": [upload("Role profile.pdf")]})
    document = case.documents.get()
    case = take(world, case, "name_papers", documents_criteria=[str(document.pk)], paper_name="Letter")
    words = report_text(world, case)
    assert "Criteria by which candidates were assessed: Role profile: 9 November 2026" in words
    assert "Name of the candidate: Letter: 9 November 2026" in words


def test_what_was_only_planned_and_what_is_exempt_stay_out_of_every_paper(officer, world):
    case = take(world, at(world, "hearing_arranged"), "plan_questions", competence="PLANNED-ONLY")
    case = take(world, take(world, case, "hold_hearing"), "record_recommendation")
    case = take(world, case, "keep_exempt_notes", notes="SECRET-NOTES")
    case = take(world, case, "send_report")
    assert case.documents.get().classification == "exempt_1"
    for name in ("hearing-report", "hearing-letter"):
        for kind in ("docx", "pdf", "html"):
            content = got(officer, case, kind, name).content
            said = words_of(content) if kind == "docx" else content.decode(errors="ignore")
            if kind == "pdf":
                said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
            assert "PLANNED-ONLY" not in said
            assert "SECRET-NOTES" not in said
            assert "not recorded" not in said.lower()


# As it was sent


def test_a_report_stays_byte_for_byte_as_it_was_sent_and_the_page_says_what_has_changed(officer, world):
    case = take(world, written(world, decided(world)), "send_report")
    names_of = [(name, kind) for name in ("hearing-report", "hearing-letter") for kind in ("docx", "pdf", "html")]
    before = {one: got(officer, case, one[1], one[0]).content for one in names_of}
    case = take(world, case, "correct_hearing", in_room=names(world, 0, 10), chair="Cllr Ada Reeve")
    case = take(world, case, "correct", name_1="Farida Hadden", received_on=date(2026, 11, 6))
    case = take(world, take(world, case, "publish_report", on=date(2026, 11, 18)), "pcc_accepts", on=date(2026, 11, 18))
    case = written(world, case, recruitment="Nobody else applied.")
    assert {one: got(officer, case, one[1], one[0]).content for one in names_of} == before
    page = officer.get(
        reverse("panel:case-tab", args=["exshire", "hearings", case.reference, "report"])
    ).content.decode()
    assert "What has changed since it was sent" in page
    assert "In the chair: Cllr Ada Reeve." in page
    assert "Nobody else applied." in page
    assert list(verify()) == []


def test_a_corrected_report_is_a_version_of_its_own_and_says_what_changed(officer, world):
    case = take(world, written(world, decided(world)), "send_report")
    first = got(officer, case).content
    case = take(world, case, "correct_hearing", chair="Cllr Ada Reeve")
    case = take(world, case, "send_corrected_report", on=date(2026, 11, 18), what_changed="Who was in the chair.")
    assert got(officer, case, "docx", "hearing-report-version", 1, 1).content == first
    second = words_of(got(officer, case).content)
    assert "Version 2. It replaces the report of 17 November 2026. What changed: Who was in the chair." in second
    assert got(officer, case, "docx", "hearing-report-version", 1, 2).content == got(officer, case).content
    assert got(officer, case, "docx", "hearing-report-version", 1, 3).status_code == 404
    assert [(r.report, r.revision) for r in SentReport.objects.order_by("pk")] == [(1, 1), (1, 2)]


def test_a_corrected_report_is_to_be_published_again(officer, world):
    """Not twice where the first was not published yet; a reserve candidate's by its own duty."""
    case = take(world, take(world, decided(world), "send_report"), "send_corrected_report", on=date(2026, 11, 18))
    waits = case.duties.filter(kind="publish", closed_by=None)
    assert waits.count() == 1
    case = take(world, case, "publish_report", on=date(2026, 11, 18))
    assert not waits.exists()
    case = take(world, case, "send_corrected_report", on=date(2026, 11, 18))
    assert waits.count() == 1
    assert case.proposals.get().published_on is None
    page = officer.get(reverse("panel:case", args=["exshire", "hearings", case.reference])).content.decode()
    assert "Publish the report" in page
    case = take(world, take(world, case, "publish_report", on=date(2026, 11, 18)), "pcc_accepts", on=date(2026, 11, 18))
    assert not waits.exists()
    case = take(world, case, "send_corrected_report", on=date(2026, 11, 18))
    assert waits.count() == 1
    page = officer.get(reverse("panel:case", args=["exshire", "hearings", case.reference])).content.decode()
    assert "as corrected not published yet" in page
    assert list(verify()) == []


def test_a_report_that_was_taken_back_was_not_sent(world):
    case = take(world, decided(world), "send_report")
    case = take(world, case, "reverse", by=world.mo)
    look = CaseContext(fresh(case), world.officer)
    assert look.facts.sent_reports == []
    assert SentReport.objects.count() == 1
    case = take(world, case, "send_report")
    assert CaseContext(fresh(case), world.officer).facts.sent_reports[0].report == 1


def test_the_letter_says_what_is_enclosed_and_what_follows(officer, world):
    case = take(world, written(world, decided(world)), "send_report")
    words = words_of(got(officer, case, "docx", "hearing-letter").content)
    assert "Dear Mr Ashcombe" in words
    assert (
        "You may accept or reject the recommendation, and must notify the Panel of your decision (paragraph 12 of Schedule 1)."
        in words
    )
    assert "Enclosed: Report of the Panel, 17 November 2026" in words


def test_without_pango_there_is_no_pdf_and_no_link_to_one(officer, world, monkeypatch):
    monkeypatch.setattr(pdf, "can_be_made", lambda: False)
    case = at(world, "reported")
    assert got(officer, case, "pdf").status_code == 404
    assert got(officer, case, "docx").status_code == 200
    page = officer.get(
        reverse("panel:case-tab", args=["exshire", "hearings", case.reference, "report"])
    ).content.decode()
    assert "report-1.pdf" not in page


# The record


def test_history_shows_the_words_and_not_the_files(officer, world):
    case = take(world, written(world, decided(world)), "send_report")
    row = SentReport.objects.get()
    page = officer.get(reverse("panel:case-history", args=["exshire", "hearings", case.reference])).content.decode()
    assert row.word[:60] not in page
    assert "Eleven people applied" in page


def test_an_erasure_takes_words_files_and_history_of_what_was_sent_and_the_record_still_holds(world):
    case = take(world, written(world, decided(world), recruitment="ERASE-ME applied."), "send_report")
    rows = erasable_rows(case)
    assert {type(row) for row in rows} == {ReportText, SentReport}
    with sealed_act(world.panel, by=world.mo, name=digests.ERASE) as act:
        for row in rows:
            for column, blank in digests.erasable(type(row)).items():
                setattr(row, column, blank)
            row.save()
        act.erased += rows
    for model in (
        *(type(row) for row in rows),
        *(apps.get_model("hearings", f"Historical{type(r).__name__}") for r in rows),
    ):
        for found in model._base_manager.values():
            assert "ERASE-ME" not in str(found)
            assert not found.get("word")
            assert not found.get("pdf")
    assert SentReport.objects.get().title == ERASED
    assert list(verify()) == []
    case = fresh(case)
    look = CaseContext(case, world.officer)
    assert len(look.facts.sent_reports) == 1  # its days and numbers stay


def test_what_is_held_on_a_candidate_holds_the_report_once_as_words(world):
    case = take(world, written(world, decided(world)), "send_report")
    search = PersonSearch(world.panel, world.mo, rules.standing(world.mo, world.panel), ["Farida Haddon"])
    assert list(search.cases) == [case.pk]
    cells = [cell for block in case_blocks(search, [case.pk]) for cell in block.cells]
    said = [cell.text for cell in cells if "Report on the proposed appointment of Farida Haddon" in cell.text]
    assert any("The Panel was satisfied that Ms Haddon" in text for text in said)
    row = SentReport.objects.get()
    assert not [cell for cell in cells if row.word[:60] in cell.text or row.pdf[:60] in cell.text]


def test_export_seals_and_access_log_know_the_report(officer, world):
    case = take(world, written(world, decided(world)), "send_report")
    got(officer, case, "docx")
    lines = list(exported(world.panel))
    assert any("hearings.HistoricalSentReport" in line for line in lines)
    opening = Opening.objects.latest("pk")
    assert (opening.kind, opening.page, opening.case_id) == ("report", "hearing-report docx", case.pk)
    assert list(verify()) == []


# Unknown days, and what is put right


def test_days_that_the_papers_do_not_give_are_not_named_and_nothing_is_late(officer, world):
    case = notify(world, unknown=True, on=HEARD)
    case = take(world, case, "arrange_hearing", on=HEARD, meeting_on=HEARD)
    case = take(world, case, "hold_hearing", on=HEARD, unknown=True)
    case = take(world, case, "record_recommendation", on=HEARD)
    case = take(world, case, "send_report", on=SENT, unknown=True)
    case = take(world, case, "pcc_accepts", on=SENT, unknown=True, announced_on="", appointed_from=date(2026, 7, 25))
    assert case.status == "accepted"
    words = report_text(world, case)
    assert "November 2026" not in words.replace("EX-H", "")
    assert (
        "The Panel held the confirmation hearing at County Hall." in words
        or "whole Panel held the confirmation hearing at County Hall." in words
    )
    page = officer.get(reverse("panel:case", args=["exshire", "hearings", case.reference])).content.decode()
    assert "Not known, by 17 November 2026" in re.sub(r"\s+", " ", page)


def test_the_day_of_notification_and_the_count_are_put_right_after_the_end(world):
    case = take(world, at(world, "accepted"), "correct", received_on=date(2026, 11, 6), name_1="Farida Haddon")
    look = CaseContext(fresh(case), world.officer)
    assert look.facts.proposal.received_on == date(2026, 11, 6)
    case = take(world, case, "correct_count", counts="from_day", day=date(2026, 11, 8))
    look = CaseContext(fresh(case), world.officer)
    assert (look.facts.proposal.counted_from, look.facts.count.day) == (date(2026, 11, 8), date(2026, 11, 28))
    assert not case.duties.filter(kind="report", closed_by=None).exists()
    case = take(world, case, "correct_count", counts="unknown")
    assert CaseContext(fresh(case), world.officer).facts.count is None
    assert list(verify()) == []


def test_who_was_there_interests_and_the_exempt_part_are_put_right_after_the_report(world):
    case = at(world, "reported")
    case = take(
        world, case, "correct_hearing", exempt="carried", exempt_paragraph="2", exempt_resolution="That the public leave.",
        interests="A member knows the candidate.",
    )  # fmt: skip
    record = Report(CaseContext(fresh(case), world.officer)).record
    assert record.exclusion.moved == "carried"
    assert record.exclusion.paragraphs == ("2",)
    assert record.interests_said == "A member knows the candidate."
    assert Candidate.objects.get(case=case).status == "reported"


def test_a_correction_takes_no_voter_away(world):
    from panel.casework.errors import Invalid

    case = at(world, "reported")
    with pytest.raises(Invalid) as refused:
        take(world, case, "correct_hearing", in_room=names(world, 0, 9), apologies=names(world, 9, 10))
    assert "10 votes are on record, and 9 members could vote" in str(refused.value.form.errors)


def test_a_panel_that_was_renamed_reports_under_the_name_of_the_papers_day(world):
    case = at(world, "heard")
    with sealed_act(world.panel, by=None, name="set_up"):
        row = world.panel.settings_from(SENT)
        row.panel_name, row.host_name, row.area_name = (
            "Exshire Police, Fire and Crime Panel",
            "Exbridge City Council",
            "Exshire",
        )
        row.save()
    draft = as_text(Report(CaseContext(case, world.officer), sent_on=HEARD).paper())
    sent = report_text(world, take(world, take(world, case, "record_recommendation"), "send_report"))
    assert "Exshire Police, Fire and Crime Panel\nHosted by Exbridge City Council" in sent
    assert "Exshire Police and Crime Panel\nHosted by Exshire County Council" in draft
