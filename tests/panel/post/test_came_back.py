"""A letter that did not arrive: a step of the system, dated when it was known, opens its notice again with the cause, once."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from panel.casework.incoming import take as incoming
from panel.law import clock
from panel.models import Entry, Message
from panel.post import queue, returned, send
from panel.procedure.machine import CAME_BACK
from panel.record.act import sealed_act
from panel.record.verify import verify
from tests import build, mails
from tests.panel.post.stub import stub
from tests.steps import at, fresh, take

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def world():
    return build.make_world()


def told(world):
    """(case, the message): the complainant was sent a copy of the record, which met its notice."""
    case = at(world, "recorded")
    duty = case.duties.get(kind="copy_of_record", closed_by=None)
    case = take(world, case, "give_notice", duties=[str(duty.pk)])
    message = queue(
        kind="letter", panel=world.panel, case=case, recipient="complainant", address="ann@example.org",
        subject=f"{case.reference}: a copy of the record", text="Dear Ann",
    )  # fmt: skip
    with sealed_act(world.panel, by=None, name="queue_mail"):  # within the step, where letters are sent, by itself
        message.entry = case.entries.order_by("number").last()
        message.save()
    return case, message


def notices(case):
    """[how each notice of a copy of the record ended]."""
    return list(case.duties.filter(kind="copy_of_record").order_by("pk").values_list("closed_how", flat=True))


def test_what_comes_back_is_owed_again_with_the_cause_and_its_day(world):
    case, message = told(world)
    send.run()
    assert len(mail.outbox) == 1
    assert notices(case) == ["met"]
    returned(message, cause="No such mailbox", on=clock.today())
    send.run()
    send.run()
    assert notices(case) == ["met", ""]
    entry = Entry.objects.get(case=case, step=CAME_BACK)
    assert (entry.on, entry.by, entry.why) == (clock.today(), None, "Came back: No such mailbox")
    client = Client()
    client.force_login(world.officer)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "The letter did not arrive (Came back: No such mailbox)" in page
    assert "A letter came back" in client.get(f"{case.get_absolute_url()}timeline/").content.decode()
    assert client.get(f"{case.get_absolute_url()}history/").status_code == 200
    again = fresh(case).duties.get(kind="copy_of_record", closed_by=None)
    case = take(world, fresh(case), "give_notice", duties=[str(again.pk)], on=clock.today())
    assert notices(case) == ["met", "met"]
    assert [str(f) for f in verify(world.panel)] == []


def test_what_a_server_refuses_or_nobody_takes_for_three_days_is_owed_again(world):
    case, message = told(world)
    with stub() as server:
        server.behaves["ann@example.org"] = "refuse"
        send.run()
    assert notices(case) == ["met", ""]
    assert Entry.objects.get(case=case, step=CAME_BACK).why == "Refused by the mail server: 550 No such mailbox"
    assert Message.objects.get(pk=message.pk).followed_up


def test_a_notice_that_was_met_anew_meanwhile_or_of_an_ended_complaint_is_not_opened_twice(world):
    case, message = told(world)
    for _ in range(2):
        returned(message, cause="Full", on=clock.today())
        send.follow_up()
    assert notices(case) == ["met", ""]
    other, late = told(world)
    take(world, other, "withdraw")
    returned(late, cause="Full", on=clock.today())
    send.follow_up()
    assert Entry.objects.filter(case=other, step=CAME_BACK).count() == 1
    assert "" not in notices(other)  # after a withdrawal no copy is owed any more
    assert [str(f) for f in verify(world.panel)] == []


def test_the_report_of_a_mail_server_that_is_taken_in_says_that_it_came_back(world):
    case, message = told(world)
    send.run()

    def take_in_report(action):
        report = mails.bounce(own=f"{message.key.hex}@localhost", to="ann@example.org", action=action)
        taken = incoming.look([SimpleUploadedFile("report.eml", report)])
        return incoming.take_in(world.panel, taken, by=world.officer)

    take_in_report("delayed")
    assert Message.objects.get(pk=message.pk).state == "accepted"
    report = take_in_report("failed")
    found = Message.objects.get(pk=message.pk)
    day = (report.received_at or report.came_at).astimezone(clock.LONDON).date()
    assert (found.state, found.returned_on) == ("bounced", day)
    assert "unknown" in found.cause.lower()
    send.run()
    assert notices(case) == ["met", ""]
    assert Entry.objects.get(case=case, step=CAME_BACK).on == day
    assert [str(f) for f in verify(world.panel)] == []
