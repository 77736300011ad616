"""`mend_duties` after an upgrade: duties opened under earlier rules end, sleep or are opened, once, on the record."""

import re

import pytest
from django.core.management import call_command

from panel.models import Duty, Entry
from panel.record.act import sealed_act
from panel.record.verify import verify
from tests.carried import carried_on
from tests.steps import at, fresh, kinds, open_duties, take
from tests.written import nothing_written

pytestmark = pytest.mark.postgres


def as_before(world, case, kind, **fields):
    """Let the case have a duty that earlier rules left open."""
    with sealed_act(world.panel, by=None, name="set_up"):
        Duty.objects.create(case=case, kind=kind, opened_by=Entry.objects.filter(case=case).last(), **fields)


def lines(capsys, *args):
    """What the command says."""
    call_command("mend_duties", *args)
    return capsys.readouterr().out.splitlines()


def test_what_outlived_its_state_ends_and_what_a_state_asks_for_is_opened(world, capsys):
    case = at(world, "with_iopc")
    as_before(world, case, "invite_comments", recipient="complainant")
    with sealed_act(world.panel, by=None, name="set_up"):
        for duty in open_duties(case, "iopc_investigates"):
            duty.end(Entry.objects.filter(case=case).last(), "lapsed")
    version = case.version
    said = [line for line in lines(capsys) if case.reference in line]
    assert said == [
        f"{case.reference}: ended “Invite complainant to comment”",
        f"{case.reference}: opened “to conclude its investigation”",
    ]
    case = fresh(case)
    assert case.version == version + 1
    entry = case.entries.get(number=case.version)
    assert (entry.step, entry.by, entry.moves.count()) == ("mend_duties", None, 0)
    assert "upgrade" in entry.why
    assert "invite_comments" not in kinds(case)
    carried_on(world, case)
    assert list(verify(world.panel)) == []


def test_what_would_be_refused_sleeps(world, capsys):
    case = at(world, "informal_resolution")
    duty = open_duties(case, "record_outcome")[0]
    with sealed_act(world.panel, by=None, name="set_up"):
        duty.waits_for = ""
        duty.save()
    assert f"{case.reference}: let sleep “Record the outcome” (waits for both sides’ chance to comment)" in lines(
        capsys
    )
    assert open_duties(case, "record_outcome")[0].sleeps(case.received_on)


def test_a_second_run_does_nothing(world, capsys):
    case = at(world, "with_iopc")
    as_before(world, case, "invite_comments", recipient="complainant")
    assert lines(capsys)[-1] == "1 case changed."
    with nothing_written():
        assert lines(capsys) == ["0 cases changed."]


def test_a_dry_run_says_and_does_nothing(world, capsys):
    case = at(world, "with_iopc")
    as_before(world, case, "invite_comments", recipient="complainant")
    said = lines(capsys, "--dry-run")
    assert re.fullmatch("1 case would change.", said[-1])
    assert fresh(case).version == case.version
    assert "invite_comments" in kinds(case)


def test_it_stands_on_the_timeline_and_cannot_be_taken_back(world, capsys):
    case = at(world, "with_iopc")
    as_before(world, case, "invite_comments", recipient="complainant")
    lines(capsys)
    case = take(world, fresh(case), "note_contact")
    from panel.casework.case_context import CaseContext

    look = CaseContext(case, world.mo)
    assert "mend_duties" not in {e.step for e in look.reversible()}
    assert look.procedure.past_step("mend_duties").past_words == "Duties brought to today’s rules"
