"""What a refused step of a hearing says to do first, as a link; and made questions in words on its timeline."""

import pytest

from tests.hearings.build import at
from tests.hearings.test_pages import url
from tests.panel.pages.page import Browser


@pytest.mark.parametrize(
    ("schedule", "state", "step", "said"),
    [
        (1, "under_review", "publish_agenda", ("First: arrange the hearing.", "arrange_hearing")),
        (1, "hearing_arranged", "send_report", ("First: record the hearing, then what the Panel recommends.", "hold_hearing")),
        (1, "heard", "publish_report", ("First: send the report to the Commissioner.",)),
        (1, "planned", "decide_count", ()),
        (1, "planned", "complete_item", ("First: record the notification.", "record_notification")),
        (8, "reserve_notified", "report_reserve", ("First: begin the review of the reserve candidate.", "review_reserve")),
    ],
)  # fmt: skip
def test_what_comes_first_is_what_helps_where_the_hearing_stands(ready_world, schedule, state, step, said):
    world = ready_world
    page = Browser(world.officer).get(url(at(world, state, schedule), "case") + f"{step}/")
    assert page.status == 409
    first = [p for p in page.main.all("p") if p.text.startswith("First:")]
    assert tuple(w for p in first for w in (p.text, *(a.attrs["href"].split("/")[-2] for a in p.all("a")))) == said


def test_the_timeline_says_in_words_at_which_meeting_and_from_which_day_it_counts(ready_world):
    world = ready_world
    text = Browser(world.officer).get(url(at(world, "hearing_arranged", 1), "case") + "timeline/").text
    assert "At which meeting At another meeting" in text
    assert " another " not in text.replace("At another meeting", "")
    assert "not_yet" not in text
    assert "from_notice" not in text
