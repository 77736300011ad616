"""The machine of meetings, walked like the others: each state reached, each step taken once, every open meeting on
somebody's list, and each step's links whole."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from meetings.procedure import PROCEDURE, STEPS
from panel.casework.case_context import CaseContext
from panel.casework.errors import Refused
from panel.casework.layouts import layout_faults
from panel.casework.offers import offers
from panel.casework.perform import begin, perform
from panel.procedure.vocabulary import NEW
from panel.record.verify import verify
from tests.carried import carried_on
from tests.meetings.build import at, fresh, plan, ready_for, take, who_enters

PAGE = Path(__file__).parents[2] / "docs" / "meetings.md"
TAKEN = [s.key for s in STEPS if s.creates != "case"]


def test_the_docs_are_as_declared(capsys):
    call_command("procedure", "meetings", format="markdown")
    stale = "docs/meetings.md is stale: manage.py procedure meetings --format markdown > docs/meetings.md"
    assert PAGE.read_text(encoding="utf-8") == capsys.readouterr().out, stale


@pytest.mark.django_db
def test_every_state_is_reached_and_carried_on(world):
    for state in PROCEDURE.states:
        case = at(world, state.key)
        assert case.status == state.key
        carried_on(world, case)
    assert list(verify(world.panel)) == []


@pytest.mark.django_db
@pytest.mark.postgres
def test_each_step_is_taken_once(world):
    """Each on a meeting of its own, at which nothing else is."""
    for key in TAKEN:
        step = PROCEDURE.step(key)
        case = ready_for(world, key)
        before = case.status
        form = begin(case, key, by=who_enters(world, case, key)).form
        faults = [f"{key}: {what}. {cure}" for what, cure in layout_faults(form) if "'sub_" not in what]
        assert faults == []  # who has no substitute is asked for none
        after = take(world, case, key)
        assert (after.entries.last().step, after.version) == (key, case.version + 1)
        moved = (key, before, after.status) in PROCEDURE.moves()
        assert moved or (step.scope == "case" and before == after.status), key
        carried_on(world, after)
    assert list(verify(world.panel)) == []


@pytest.mark.django_db
def test_each_step_is_refused_where_it_does_not_belong(world):
    for state in ("planned", "minutes_confirmed"):
        case = at(world, state)
        for who in ("officer", "mo", "chairman", "auditor"):
            for offer in offers(CaseContext(fresh(case), world.people[who])):
                if offer.because in ("role", "source"):
                    with pytest.raises(Refused) as raised:
                        perform(case, offer.step.key, by=world.people[who])
                    assert raised.value.refusals == [offer.refusal]


def test_every_step_has_its_words_and_targets():
    for step in STEPS:
        assert re.fullmatch(r"[a-z_]{2,40}", step.key)
        assert step.hint or step.folded or step.scope == "case", step.key
        assert NEW not in {t for source in step.from_states for t in PROCEDURE.targets(step, source)}


@pytest.mark.django_db
def test_a_meeting_gets_a_reference_and_the_items_that_every_meeting_has(world):
    case = plan(world)
    look = CaseContext(fresh(case), world.officer)
    assert (case.reference, case.title) == ("EX-M-2026-0001", "Panel meeting, 26 November 2026")
    assert [(row.item.number, row.item.title) for row in look.facts.items] == [
        (1, "Welcome and introductions"), (2, "Named substitutes"), (3, "Apologies and declarations of interest"),
        (4, "Public participation"), (5, "Confirmation of minutes"), (6, "Work programme"),
    ]  # fmt: skip
