"""Agenda and minutes as Word files, rebuilt from the published papers of 2022, and what a bad day does to a meeting."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from docx import Document

from meetings.business.programme import programme_file
from meetings.demonstration import demonstrate
from meetings.draft import of_an_item
from meetings.models import AgendaItem, PanelMeeting
from meetings.papers.agenda import agenda_file
from meetings.papers.minutes import minutes_file
from meetings.papers.sheets import sheets_file
from panel.casework.case_context import CaseContext
from panel.casework.errors import Invalid, Refused
from panel.demo import SCRIPTS, exshire, west_mercia
from panel.law import clock
from panel.models import Duty, Meeting, User
from panel.replay import DayShift, Replay, read
from tests.hearings import build as hearings
from tests.meetings.build import at, fresh, plan, take
from tests.panel.pages.page import Browser
from tests.reading import names

pytestmark = pytest.mark.django_db


def words_of(content: bytes) -> list[str]:
    """The paragraphs, and each row of the tables."""
    doc = Document(io.BytesIO(content))
    rows = [" | ".join(dict.fromkeys(c.text for c in row.cells)) for table in doc.tables for row in table.rows]
    return [p.text.replace("\xa0", " ") for p in doc.paragraphs] + [row.replace("\xa0", " ") for row in rows]


@pytest.fixture
def papers(db):
    """West Mercia as the demonstration has it: three meetings of 2022."""
    west_mercia.build()
    exshire.build(DayShift(date(2026, 11, 18), clock.today()), "x")
    exshire.look_at_west_mercia()
    scripts = [Path(SCRIPTS) / "west_mercia_papers" / name for name in ("hearings.json", "meetings.json")]
    Replay([read(path.read_text(encoding="utf-8")) for path in scripts], [path.name for path in scripts]).run()
    user = User.objects.get(email="priya.nair@exshire.example")
    rows = PanelMeeting.objects.filter(panel__slug="west-mercia").select_related("panel", "meeting")
    return {row.meeting.on: CaseContext(row, user) for row in rows.order_by("meeting__on")}


def test_the_three_meetings_of_2022_are_as_the_papers_have_them(papers):
    june, july, september = (papers[day] for day in (date(2022, 6, 15), date(2022, 7, 11), date(2022, 9, 7)))
    assert [look.facts.first_minute for look in (june, july, september)] == [427, 437, 443]
    assert [row.item.title for row in july.facts.items] == [
        "Welcome and introductions", "Named substitutes", "Election of Chairman",
        "Apologies and declarations of interest", "Public participation",
        "Confirmation hearing: Chief Executive of the Commissioner’s office",
    ]  # fmt: skip
    agenda = words_of(agenda_file(september))
    for line in (
        "Day and time | Wednesday 7 September 2022, 11.00 am",
        "Cllr Aled Luckman (Chairman) | Worcestershire County Council | Substantive",
        "Ms B McDowall |  | Independent, co-opted", "Reports of the West Mercia Police and Crime Commissioner",
        "12 | Work programme | 181 to 184", "11 | Complaints 2021-22: annual report | 177 to 180",
        "5 | Confirmation of minutes\nOf the meetings of 15 June and 11 July 2022 | 1 to 12",
    ):  # fmt: skip
        assert line in agenda, line
    item = next(line for line in agenda if line.startswith("6 | "))
    assert "section 100A(4)" in item
    assert "paragraph 1 of Part 1 of Schedule 12A" in item
    taking_part = next(line for line in agenda if line.startswith("4 | "))
    assert "by 9.00 am on Tuesday 6 September 2022" in taking_part
    said = words_of(minutes_file(july))
    assert said[0] == "Draft minutes"
    assert "Cllr Roger Evans (Chairman for the meeting), Cllr Marc Bayliss (for Cllr Aled Luckman)," in " ".join(said)
    assert "The meeting ended at 11.00 am." in said
    begun = words_of(minutes_file(september))
    assert begun[0] == "Minutes begun from the agenda"
    assert "[None was received by 9.00 am on 6 September 2022.]" in begun
    assert "Attendance sheet" in begun
    assert len(papers[date(2022, 7, 11)].facts.heard_here) == 1  # the hearing's own meeting became the register's
    assert Meeting.objects.filter(panel__slug="west-mercia").count() == 3


def test_the_work_programme_and_two_thirds_of_2022_are_as_the_papers_have_them(papers):
    look = papers[date(2022, 9, 7)]
    demonstrate()
    lines = words_of(programme_file(look.panel))
    for line in (
        "Work programme 2022-23", "The next planned meeting is on 23 November 2022.", "Appendix 1: Work programme",
        "to veto the proposed precept, by two thirds of its total membership;",
        "**7 September 2022** | Draft estates strategy: consultation |  | Consultation closed on 11 August 2022".replace("**", ""),
    ):  # fmt: skip
        assert line in lines, line
    assert any("7 September 2022, item 12" in line for line in lines)
    for day, number, thirds in ((date(2022, 6, 15), 16, 11), (date(2022, 7, 11), 17, 12), (date(2022, 9, 7), 17, 12),
                                (date(2022, 12, 31), 17, 12)):  # fmt: skip
        query = f"day_day={day.day}&day_month={day.month}&day_year={day.year}"
        page = Browser(look.user).get(f"/west-mercia/business/members/?{query}").text
        assert f"Members {number} Two thirds {thirds}, what a veto needs" in page, day
        assert "Independent members 2, Mrs C Clive and Ms B McDowall" in page
        assert "Political balance, as declared in public None declared" in page


def test_papers_are_had_from_the_page_and_the_file_is_made_anew_alike(world):
    case = at(world, "held")
    officer = Browser(world.officer)
    page = officer.get(case.get_absolute_url())
    assert {"Word, as we publish it", "Item sheets for the Chairman"} <= set(page.links())
    look = CaseContext(fresh(case), world.officer)
    for make in (agenda_file, minutes_file, sheets_file):
        assert make(look) == make(CaseContext(fresh(case), world.officer))
    for tab in ("attendance", "minutes"):
        address = reverse("panel:case-tab", args=["exshire", "meetings", case.reference, tab])
        assert officer.get(address).status == 200


def test_a_hearing_and_the_report_are_tabled_by_one_click(world):
    case = plan(world, meeting_on=date(2026, 11, 26), at="10am")
    hearing = hearings.take(
        world, hearings.at(world, "under_review", 8), "arrange_hearing", meeting=str(case.meeting_id)
    )
    page = Browser(world.officer).get(case.get_absolute_url())
    assert [t["title"] for t in CaseContext(fresh(case), world.officer).register.presenter(
        CaseContext(fresh(case), world.officer)).waiting_to_be_tabled] == [
        "Complaints 2025-26: annual report", f"Confirmation hearing: {hearing.title}",
    ]  # fmt: skip
    assert "Not on the agenda yet" in page.text
    case = take(world, case, "table_item", source=f"hearings:{hearing.pk}")
    case = take(world, case, "table_item", source="complaints:2025-26")
    rows = CaseContext(case, world.officer).facts.items
    assert [(row.item.number, row.item.title) for row in rows[5:]] == [
        (6, f"Confirmation hearing: {hearing.title}"), (7, "Work programme"), (8, "Complaints 2025-26: annual report"),
    ] or [row.item.title for row in rows[5:]] == [
        f"Confirmation hearing: {hearing.title}", "Complaints 2025-26: annual report", "Work programme",
    ]  # fmt: skip
    case = take(world, case, "publish_agenda")  # once, for the meeting and every hearing there
    assert not Duty.objects.filter(case=hearing, kind="publish_agenda", closed_by=None).exists()
    with pytest.raises(Refused, match="has its place there"):
        take(world, case, "cancel_meeting")


def test_attendance_is_entered_once_and_serves_the_hearing_there(world):
    case = plan(world, meeting_on=date(2026, 11, 18), at="9am", on=date(2026, 11, 2))
    hearing = hearings.take(
        world, hearings.at(world, "under_review", 8), "arrange_hearing", meeting=str(case.meeting_id)
    )
    case = take(world, case, "publish_agenda", on=date(2026, 11, 10))
    case = take(world, case, "record_attendance", in_room=names(world, 0, 9), apologies=names(world, 9, 10))
    seats = CaseContext(hearings.fresh(hearing), world.officer).facts.attended
    assert sorted(seat.how for seat in seats.values()) == ["apologies"] + ["room"] * 9


def invalid(world, case, key, **over):
    """What is said beside each question."""
    with pytest.raises(Invalid) as refused:
        take(world, case, key, **over)
    return {name: [str(e) for e in errors] for name, errors in refused.value.form.errors.items()}


def test_what_cannot_be(world):
    case = plan(world, at="10am", meeting_on=date(2026, 11, 18))
    with pytest.raises(Invalid, match="Panel meeting, 18 November 2026 is at the same hour"):
        plan(world, at="10.00 am", meeting_on=date(2026, 11, 18))
    with pytest.raises(Invalid, match="the clocks go forward"):
        plan(world, at="1.30 am", meeting_on=date(2027, 3, 28))
    with pytest.raises(Invalid, match="Enter the time like 10am"):
        plan(world, at="early", meeting_on=date(2026, 12, 1))
    nobody = invalid(world, case, "hold_meeting", quorate="no")
    assert nobody["__all__"][0].startswith("It is not said whether ")
    case = take(world, case, "record_attendance", in_room=names(world, 0, 4), absent=names(world, 4, 10))
    assert invalid(world, case, "hold_meeting", quorate="yes") == {"quorate": [
        "4 were there who count, and the Panel’s quorum is 5: select No, or correct the attendance"
    ]}  # fmt: skip
    assert invalid(world, case, "hold_meeting", quorate="no", quorum_lost="11.40 am") == {
        "after_quorum": ["Enter what was done after the quorum was lost"]
    }
    case = take(world, case, "hold_meeting", quorate="no")
    case = take(world, case, "write_minutes", minute_3="Apologies: [...]")
    with pytest.raises(Refused, match="The minutes of item 3 are not finished"):
        take(world, case, "confirm_minutes")
    case = take(world, take(world, case, "write_minutes"), "confirm_minutes")
    with pytest.raises(Refused):
        take(world, case, "add_item")


def test_why_an_item_stayed_open_is_kept_where_the_motion_is_lost(world):
    case = at(world, "planned")
    lost = {"moved": "lost", "paragraphs": [], "from_time": ""}
    assert invalid(world, case, "note_exempt", **lost) == {"open_interest": ["Enter why the item stayed open"]}
    case = take(world, case, "note_exempt", **lost, open_interest="what was said is known already.")
    facts = CaseContext(case, world.officer).facts
    (part,) = facts.exempt_parts.values()
    assert (part.moved, part.paragraphs, part.public_interest) == ("lost", "", "what was said is known already.")
    row = next(row for row in facts.items if row.item_id == part.item_id)
    assert of_an_item(facts, row)[-3] == (
        "A motion to exclude the public was lost, because what was said is known already. The item was open."
    )


def test_an_erasure_takes_what_the_minutes_say(world):
    case = at(world, "held")
    case = take(world, case, "write_minutes", minute_4="Walter Finch asked about buses.")
    case = take(world, case, "confirm_minutes")
    case = take(world, take(world, case, "propose_erasure"), "erase")
    everything = [str(vars(row)) for row in (*AgendaItem.objects.all(), *AgendaItem.history.all(), *case.entries.all())]
    assert "Finch" not in "".join(everything)
