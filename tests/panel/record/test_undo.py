"""Nothing is undone by erasing: a step taken back, a fact put right, a case reopened and one merged are each one entry more,
which names what it corrects; everything that was on record before is there as it was."""

import pytest
from django.test import Client

from complaints.models import Complaint
from panel.casework.case_context import CaseContext
from panel.models import Entry, Link, Move
from panel.pages.timeline import timeline
from panel.record import verify
from panel.record.digests import history_models
from tests import build
from tests.steps import RECEIVED, at, fresh, last, take

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def on_record() -> dict:
    """Every entry, move, link and history row there is, by model and number."""
    found = {}
    for model in (Entry, Move, Link, *history_models()):
        for row in model._base_manager.values():
            found[model._meta.label, row.get("history_id", row["id"])] = row
    return found


def undone(world, case, key, **over):
    """The complaint after the step, its entry, and how the timeline tells it; nothing that was there before has changed."""
    before, number = on_record(), case.version
    case = take(world, case, key, **over)
    after = on_record()
    assert {k: after.get(k) for k in before} == before
    entry = last(case)
    assert (entry.number, entry.step, bool(entry.why)) == (number + 1, key, True)
    told = timeline(CaseContext(case, world.mo), case.register, full=True)[0]
    assert list(verify.verify()) == []
    client = Client()
    client.force_login(world.mo)
    for page in ("", "timeline/", "history/"):
        assert client.get(f"/exshire/complaints/{case.reference}/{page}").status_code == 200
    return case, entry, " ".join([told["words"], *(f"{r['label']}: {r['value']}" for r in told["rows"])])


@pytest.fixture
def world(db):
    return build.make_world()


def test_a_step_taken_back_names_the_step(world):
    case = at(world, "recorded")
    recorded = last(case)
    case, entry, told = undone(world, case, "reverse", by=world.mo)
    assert (entry.reverses, case.status) == (recorded, "received")
    assert "Taken back: recorded" in told


def test_a_date_put_right_names_the_date_and_the_days_that_move(world):
    case = at(world, "received")
    was = case.received_on
    case, entry, told = undone(world, case, "correct", received_on=RECEIVED.replace(day=26), why="The stamp says so.")
    assert (was, case.received_on) == (RECEIVED, RECEIVED.replace(day=26))
    assert entry.answers["corrected"]
    assert "eceived" in told
    assert "Days that moved with it" in told


def test_a_reopened_case_names_the_end_that_it_left(world):
    case, entry, told = undone(world, at(world, "withdrawn"), "reopen")
    assert list(entry.moves.values_list("source", "target")) == [("withdrawn", "recorded")]
    assert "Reopened" in told


def test_a_merged_case_names_the_other_and_stays(world):
    first, second = build.log(world), build.log(world, title="The same again")
    case, entry, told = undone(world, fresh(second), "merge", into=first.reference)
    assert case.merged_into == Complaint.objects.get(pk=first.pk)
    assert case.status == "void"
    assert first.reference in told
