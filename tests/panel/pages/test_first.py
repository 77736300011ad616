"""What a refused step says to do first: what helps where the case stands, as a link to whoever can do it. Nothing is advised
that nobody can do."""

from datetime import date

import pytest

from panel.models import PanelSettings
from panel.record.act import sealed_act
from tests.panel.pages.cases import step_url
from tests.panel.pages.page import Browser
from tests.steps import at, open_duties, take


def first(world, case, step, who="officer"):
    """(what the page says, the step that its link leads to) of a step that is refused."""
    page = Browser(world.people[who]).get(step_url(case, step))
    assert page.status == 409
    said = next((p for p in page.main.all("p") if p.text.startswith("First:")), None)
    links = [a.attrs["href"].rstrip("/").rpartition("/")[2] for a in said.all("a")] if said else []
    return said.text if said else page.text.partition(". ")[2].partition(".")[0], *links


@pytest.mark.parametrize(
    ("state", "step", "said"),
    [
        ("filtered", "decide_publication", ("First: begin informal resolution.", "resolve_informally")),
        ("received", "decide_publication", ("First: record it.", "record")),
        ("received", "note_meeting", ("First: record it.", "record")),
        ("awaiting_information", "filter", ("First: note what came, or that nothing came.", "resume")),
        ("recorded", "appoint_sub_panel", ("First: the Chairman decides how it is handled.", "filter")),
        ("recorded", "refer_again", ("First: say that a criminal offence appears.", "identify_serious")),
        ("full_panel", "appoint_sub_panel", ("It stands at Full Panel",)),
        ("with_iopc", "filter", ("It stands at With the IOPC",)),
        ("closed", "filter", ("First: reopen it.",)),
    ],
)
def test_what_comes_first_is_what_helps_where_the_complaint_stands(world, state, step, said):
    assert first(world, at(world, state), step) == said


def test_what_is_due_to_the_iopc_is_referred_before_it_can_be_referred_again(world):
    case = take(world, at(world, "recorded"), "identify_serious")
    assert first(world, case, "refer_again") == ("First: refer it to the IOPC.", "refer_to_iopc")


def test_nobody_is_to_be_invited_who_is_invited_already(world):
    case = at(world, "informal_resolution")
    url = (
        "First: invite Gillian Thorpe to comment, then note the comments, or wait until the day given is over.",
        "give_notice",
    )
    assert first(world, case, "record_outcome") == url
    invited = [str(d.pk) for d in open_duties(case, "invite_comments")]
    case = take(world, case, "give_notice", duties=invited, answer_by=date(2026, 12, 10))
    said = ("First: note the comments, or wait until the day given is over.", "note_comments")
    assert first(world, case, "record_outcome") == said


def test_a_setting_that_took_a_role_away_is_named(world):
    case = at(world, "received")
    with sealed_act(world.panel, by=None, name="settings"):
        PanelSettings.objects.create(
            panel=world.panel, from_date=case.received_on, officer_records=False, second_factor=False
        )
    page = Browser(world.officer).get(step_url(case, "record"))
    assert page.status == 403
    assert "The Panel’s settings do not let the officer enter it." in page.text
