"""The digest for the Panel's meeting: each case once, what adds up, and no name."""

import io
from datetime import date

import pytest
from docx import Document

from meetings.business.digest import digest, digest_file
from panel.access import rules
from tests import build, steps
from tests.hearings import build as hearings
from tests.meetings.build import plan, take
from tests.panel.pages.page import Browser
from tests.reading import names

pytestmark = pytest.mark.django_db


def test_what_came_ended_and_is_late_since_the_last_meeting(world):
    build.log(
        world,
        on=date(2026, 10, 1),
        made_on=date(2026, 10, 1),
        allegations=[
            {"what": "Told her she was wasting everybody's time", "happened_on": date(2026, 9, 14)},
        ],
    )  # fmt: skip  - before the meeting, and still in hand
    case = plan(world, meeting_on=date(2026, 10, 20), at="10am", on=date(2026, 10, 1))
    case = take(world, case, "publish_agenda", on=date(2026, 10, 12))
    case = take(world, case, "record_attendance", on=date(2026, 10, 20), in_room=names(world, 0, 10))
    take(world, case, "hold_meeting", on=date(2026, 10, 20))
    build.log(world)
    steps.take(world, build.log(world), "withdraw")
    hearings.notify(world, 8)
    who = rules.standing(world.officer, world.panel)
    found = digest(world.panel, who)
    assert found.span == "20 October 2026 to 18 November 2026"
    complaints, hearing = found.registers
    assert complaints.sums == (
        "One complaint was in hand on 20 October 2026. **Two came, one ended, two are in hand.**"
    )
    assert [row[0] for row in complaints.rows] == ["EX-C-2026-0001", "EX-C-2026-0002"]
    assert [line.partition(":")[0] for line in complaints.ended] == ["EX-C-2026-0003"]
    assert hearing.sums.startswith("No hearings were in hand")
    words = digest_file(world.panel, who)
    doc = Document(io.BytesIO(words))
    text = "\n".join([p.text for p in doc.paragraphs] + [c.text for t in doc.tables for r in t.rows for c in r.cells])
    page = Browser(world.officer).get("/exshire/business/digest/").text
    for name in ("Thorpe", "Ashcombe", "Haddon", "Larkford"):
        assert name not in text
        assert name not in page
    assert "Word, as a paper for the meeting" in page
    assert Browser(world.member).get("/exshire/business/digest/").status == 403
