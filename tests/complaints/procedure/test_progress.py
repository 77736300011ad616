"""Where a panel writes about progress every so many weeks, the duty comes with the complaint, and each letter opens the
next, until it ends. The law is silent: without the setting nothing is owed."""

from datetime import timedelta

import pytest

from panel.law import clock
from tests import build
from tests.steps import at, fresh, take

pytestmark = pytest.mark.django_db
KIND = "write_about_progress"


def owed(case):
    """[(to whom, by which day, how it ended)] of each."""
    return [(d.recipient, d.due, d.closed_how) for d in case.duties.filter(kind=KIND).order_by("pk")]


def test_a_letter_about_progress_opens_the_next_until_the_complaint_ends():
    world = build.make_world("midshire", "MD", "Midshire", progress_weeks=4)
    case = build.log(world)
    first = case.received_on + timedelta(weeks=4)
    assert owed(case) == [("complainant", first, "")]
    duty = case.duties.get(kind=KIND)
    case = take(world, fresh(case), "record")
    case = take(world, case, "give_notice", duties=[str(duty.pk)])
    told = case.entries.order_by("number").last().on
    assert owed(case) == [("complainant", first, "met"), ("complainant", told + timedelta(weeks=4), "")]
    case = take(world, case, "withdraw")
    assert [how for _, _, how in owed(case)] == ["met", "lapsed"]


def test_without_the_setting_nobody_owes_one():
    assert owed(at(build.make_world(), "recorded")) == []


def chasers(case):
    """[(to whom, by which day, how it ended)] of each duty to chase an answer."""
    return [(d.recipient, d.due, d.closed_how) for d in case.duties.filter(kind="chase_answer").order_by("pk")]


def chase(world, case):
    """Send the chaser that is owed."""
    duty = case.duties.get(kind="chase_answer", closed_by=None)
    return take(world, fresh(case), "give_notice", duties=[str(duty.pk)])


def test_who_was_invited_to_comment_is_chased_three_times_at_most_until_they_answer():
    world = build.make_world("midshire", "MD", "Midshire", answer_chase_days=5)
    case = at(world, "informal_resolution")
    assert chasers(case) == []
    invite = case.duties.filter(kind="invite_comments", closed_by=None).first()
    by = case.entries.order_by("number").last().on + timedelta(days=14)
    case = take(
        world, case, "give_notice", duties=[str(invite.pk)], answer_by=max(by, clock.today() + timedelta(days=1))
    )
    waits = case.duties.get(kind="await_comments", closed_by=None)
    assert chasers(case) == [(invite.recipient, clock.working_days(waits.due, 5).day, "")]
    for _ in range(3):
        case = chase(world, case)
    assert [how for _, _, how in chasers(case)] == ["met", "met", "met"]


def test_who_answers_is_chased_no_more():
    world = build.make_world("midshire", "MD", "Midshire", answer_chase_days=5)
    case = at(world, "informal_resolution")
    invite = case.duties.filter(kind="invite_comments", closed_by=None, recipient="complainant").first()
    case = take(world, case, "give_notice", duties=[str(invite.pk)], answer_by=clock.today() + timedelta(days=14))
    case = take(world, case, "note_comments", side="complainant")
    assert [how for _, _, how in chasers(case)] == ["lapsed"]
