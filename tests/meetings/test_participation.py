"""Public participation: asked in time or let pass, decided with a reason, told, and in the minutes' draft."""

from datetime import date

import pytest

from meetings.draft import draft_of
from meetings.models import ParticipationRequest
from panel.casework.case_context import CaseContext
from panel.casework.errors import Invalid
from panel.law import clock
from tests.meetings.build import plan, take
from tests.panel.pages.page import Browser
from tests.reading import kinds

pytestmark = pytest.mark.django_db


def test_a_request_is_logged_decided_told_and_begins_the_minute(world):
    case = plan(world, meeting_on=date(2026, 11, 26), at="10am")
    case = take(world, case, "log_request")
    assert "decide_request" in kinds(case)
    case = take(world, case, "log_request", name="Ann Lee", about="Bins")
    first, second = ParticipationRequest.objects.order_by("pk")
    case = take(world, case, "decide_request", request=str(first.pk), accepted="yes")
    with pytest.raises(Invalid, match="Enter why it is not accepted"):
        take(world, case, "decide_request", request=str(second.pk), accepted="no")
    case = take(
        world, case, "decide_request", request=str(second.pk), accepted="no", refused_why="Bins are the council’s."
    )
    assert "decide_request" not in kinds(case)
    told = {d.recipient for d in case.duties.filter(kind="tell_request", closed_by=None)}
    assert told == {f"request:{first.pk}", f"request:{second.pk}"}
    page = Browser(world.officer).get(case.get_absolute_url()).text
    assert "Walter Finch: accepted" in page
    assert "Finch" not in Browser(world.member).get(case.get_absolute_url()).text
    look = CaseContext(case, world.officer)
    row = next(r for r in look.facts.items if r.kind == "participation")
    assert "[What was asked, and the answer.]" in draft_of(look.facts, row)
    case = take(world, case, "answer_request")
    text = draft_of(CaseContext(case, world.officer).facts, row)
    assert "Walter Finch asked about Buses to Larkford." in text
    assert "The Commissioner will write." in text
    assert "Lee" not in text


def test_what_comes_after_nine_needs_a_reason(world):
    case = plan(world, meeting_on=date(2026, 11, 19), at="10am")  # so until 9.00 am on 18 November, which is today
    today = clock.today()
    with pytest.raises(Invalid, match="could ask until 9.00 am on 18 November 2026"):
        take(world, case, "log_request", on=today, at="9.01 am", late_why="")
    take(world, case, "log_request", on=today, at="9.00 am", late_why="")


def test_an_erasure_takes_who_asked(world):
    case = take(world, plan(world, at="10am"), "log_request")
    case = take(world, take(world, case, "decide_request"), "answer_request")
    case = take(world, case, "cancel_meeting")
    case = take(world, take(world, case, "give_notice"), "propose_erasure")
    case = take(world, case, "erase")
    rows = (*ParticipationRequest.objects.all(), *ParticipationRequest.history.all(), *case.entries.all())
    kept = "".join(str(vars(row)) for row in rows)
    for word in ("Finch", "walter", "Larkford", "buses"):
        assert word not in kept, word
