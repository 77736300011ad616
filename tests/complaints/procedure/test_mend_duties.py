"""`mend_duties` after an upgrade: duties opened under earlier rules end, sleep or are opened, once, on the record."""

import re

from django.core.management import call_command

from panel.models import Duty, Entry
from panel.record.act import sealed_act
from panel.record.verify import verify
from tests.carried import carried_on
from tests.steps import LATER, at, fresh, heard, kinds, open_duties, take
from tests.written import nothing_written


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


def without(world, case, kind):
    """Let the case never have had a duty of that kind."""
    with sealed_act(world.panel, by=None, name="set_up"):
        for duty in open_duties(case, kind):
            duty.kind = "preserve_evidence"
            duty.save()


def test_the_aim_to_conclude_is_shown_on_what_was_logged_before(world, capsys):
    case, other = at(world, "recorded"), at(world, "closed")
    due = open_duties(case, "conclude")[0].due
    without(world, case, "conclude")
    said = [line for line in lines(capsys) if "Conclude" in line]
    assert said == [f"{case.reference}: opened “Conclude the complaint”"]
    assert [d.due for d in open_duties(case, "conclude")] == [due]
    assert "conclude" not in kinds(other)
    carried_on(world, fresh(case))


def test_the_months_with_the_iopc_do_not_count(world, capsys):
    case = at(world, "recorded")
    case = take(world, take(world, case, "identify_serious"), "refer_to_iopc")
    case = take(world, case, "iopc_refers_back", on=LATER)
    right = open_duties(case, "conclude")[0].due
    without(world, case, "conclude")
    lines(capsys)
    assert [d.due for d in open_duties(case, "conclude")] == [right]


def test_with_the_iopc_it_stands(world, capsys):
    case = at(world, "with_iopc")
    without(world, case, "conclude")
    lines(capsys)
    duty = open_duties(case, "conclude")[0]
    assert duty.stopped_on is not None
    assert duty.waits_for == "iopc"


def test_it_is_opened_once_and_not_where_it_was_waived(world, capsys):
    case = at(world, "recorded")
    case = take(world, case, "waive", by=world.mo, duties=[str(d.pk) for d in open_duties(case, "conclude")])
    assert not [line for line in lines(capsys) if "Conclude" in line]


def test_a_recommendation_within_a_resolution_is_not_answered_by_law(world, capsys):
    case = heard(world, at(world, "informal_resolution"))
    case = take(world, case, "record_outcome", outcome="recommendations", reply_by=None)
    with sealed_act(world.panel, by=None, name="set_up"):
        for duty in open_duties(case, "await_reply"):
            duty.kind, duty.recipient = "await_answer", f"office_holder:{world.pcc.pk}"
            duty.save()
    said = [line for line in lines(capsys) if case.reference in line]
    assert [line.partition(": ")[2].partition(" “")[0] for line in said] == ["ended", "opened"]
    assert "await_answer" not in kinds(case)
    assert [d.recipient for d in open_duties(case, "await_reply")] == [f"office_holder:{world.pcc.pk}"]
    assert list(verify(world.panel)) == []
