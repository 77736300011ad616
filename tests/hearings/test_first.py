"""What a refused step of a hearing says to do first, as a link; and made questions in words on its timeline."""

import pytest

from panel.casework.case_context import CaseContext
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


def test_the_timeline_says_in_words_what_was_asked_for_and_whether_it_counts(ready_world):
    world = ready_world
    case = at(world, "notified", 1)
    text = Browser(world.officer).get(url(case, "case") + "timeline/").text
    assert "poll_is_right" not in text
    look = CaseContext(case, world.officer)
    said = {
        ("notify", "counts", "not_yet"): "Not yet",
        (
            "request_information",
            "missing",
            ("criteria", "reasons"),
        ): "The criteria used, Why the candidate satisfies them",
        ("arrange_hearing", "meeting", "another"): "At another meeting",
    }
    for (step, name, value), words in said.items():
        kept = list(value) if isinstance(value, tuple) else value
        assert look.procedure.step(step).form.display_answer(name, kept, look) == words
