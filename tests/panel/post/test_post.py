"""The queue: each message goes once, whatever the mail server does and whenever we stop."""

import io
import signal
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from panel.law import clock
from panel.models import Message, MessageAttempt, Opening
from panel.post import Improper, NotWaiting, find, kinds, queue, returned, send, take_back
from panel.post.queue import settle
from panel.record.act import sealed_act
from panel.record.verify import verify
from tests import build
from tests.panel.post.stub import stub
from tests.steps import at, take

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NOON = clock.start_of(clock.date(2026, 11, 18)) + timedelta(hours=12)


@pytest.fixture
def world():
    return build.make_world()


@pytest.fixture
def server():
    with stub() as found:
        yield found


def mail(world, address="ann@example.org", **more):
    given = {"kind": "letter", "panel": world.panel, "subject": "EX-C-2026-0001: our decision", "text": "Dear Ann\n"}
    return queue(**given | {"address": address} | more)


def state(message):
    """Where it is now, and what came of each try."""
    message = Message.objects.get(pk=message.pk)
    return message.state, [a.outcome for a in message.attempts.all()]


def after(**more):
    """The clock, that long after noon."""
    return clock.set_to(NOON + timedelta(**more))


def test_it_is_taken_once_with_its_documents_and_the_number_it_is_found_by(world, server):
    case = take(world, at(world, "recorded"), "add_documents")
    document = case.documents.first()
    message = mail(world, case=case, documents=[document], recipient="complainant")
    assert send.run() == {"accepted": 1}
    assert send.run() == {}
    ((to, text),) = server.taken
    assert to == "ann@example.org"
    assert f"Message-ID: <{message.key.hex}@localhost>" in text
    assert document.name in text
    assert "Subject: EX-C-2026-0001: our decision" in text
    assert find(f" <{message.key.hex}@localhost> ").pk == message.pk
    assert (find("<x@y>"), find("nonsense")) == (None, None)
    assert state(message) == ("accepted", ["accepted"])
    assert [str(f) for f in verify(world.panel)] == []


def test_what_the_server_says_decides(world, server):
    server.behaves |= {
        "no@example.org": "refuse", "spam@example.org": "refuse_text", "later@example.org": "put_off",
        "cut@example.org": "drop_early", "lost@example.org": "drop_late", "hung@example.org": "hang_late",
    }  # fmt: skip
    sent = {name: mail(world, f"{name}@example.org") for name in ("no", "spam", "later", "cut", "lost", "hung", "ann")}
    with clock.set_to(clock.now() + timedelta(hours=1)):
        assert send.run() == {"refused": 2, "put_off": 2, "unsure": 2, "accepted": 1}
        assert send.run() == {}  # a minute has not gone by
    now = {name: state(message)[0] for name, message in sent.items()}
    assert now == {
        "no": "refused", "spam": "refused", "later": "waiting", "cut": "waiting", "lost": "unsure", "hung": "unsure",
        "ann": "accepted",
    }  # fmt: skip
    causes = {m.address.partition("@")[0]: m.cause for m in Message.objects.all()}
    assert causes["no"] == "550 No such mailbox"
    assert causes["spam"] == "554 Looks like spam"
    assert causes["lost"].startswith("The mail server had it, and did not answer")
    assert causes["ann"] == ""
    assert sorted(to for to, _ in server.taken) == [
        "ann@example.org", "hung@example.org", "lost@example.org",
    ]  # fmt: skip


def test_a_put_off_message_is_tried_after_growing_pauses_and_given_up(world, server):
    server.behaves["ann@example.org"] = "full"
    with after():
        message = mail(world)
    moment, tries = timedelta(), 0
    while True:
        with after(seconds=moment.total_seconds()):
            assert send.run() == {"put_off": 1}
            tries += 1
            assert send.run() == {}
        now = Message.objects.get(pk=message.pk)
        if now.state != "waiting":
            break
        assert now.next_at == NOON + moment + send.PAUSES[tries - 1]
        moment += send.PAUSES[tries - 1]
    assert (now.state, now.tries, now.cause) == ("given_up", 9, "452 Mailbox full")
    assert timedelta(days=2) < moment < timedelta(days=4)
    with after(days=30):
        assert send.run() == {}


@pytest.mark.parametrize("fault", ["hang", "drop", "away"])
def test_a_server_that_cannot_be_reached_costs_one_try_and_holds_up_no_run(world, server, fault):
    server.at_once = fault
    if fault == "away":
        server.shutdown()
        server.server_close()
    with after():
        first, second = mail(world), mail(world, "bob@example.org")
        assert send.run() == {"put_off": 1}
    assert (state(first), state(second)) == (("waiting", ["put_off"]), ("waiting", []))
    assert "could not be reached" in Message.objects.get(pk=first.pk).cause


def test_a_server_that_drips_is_left_in_time(world, server, monkeypatch):
    monkeypatch.setattr(send, "LONGEST_SECONDS", 0.3)
    server.behaves["ann@example.org"] = "drip"
    message = mail(world)
    assert send.run() == {"unsure": 1}
    assert state(message) == ("unsure", ["unsure"])


def test_whoever_is_second_finds_it_claimed(world, server):
    with after():
        message = mail(world)
        claimed = send.claim(message.pk)
        assert send.claim(message.pk) is None
        assert send.run() == {}
        assert server.taken == []
        send.note(claimed[1], send.Answer(send.Outcome.ACCEPTED))
    assert state(message) == ("accepted", ["accepted"])


def test_a_crash_between_sending_and_the_note_is_found_and_sends_nothing_twice(world, server, monkeypatch):
    with after():
        message = mail(world)
        monkeypatch.setattr(send, "note", lambda *given: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            send.run()
        monkeypatch.undo()
        assert state(message) == ("sending", [""])
    with after(minutes=14):
        assert send.run() == {}  # somebody may be at it
    with after(minutes=16):
        assert send.run() == {"unsure": 1}
        assert send.run() == {}
    assert len(server.taken) == 1
    with after(minutes=20):
        settle(message, arrived=False, by=world.officer)  # a person says so
        assert send.run() == {"accepted": 1}
        with pytest.raises(NotWaiting):
            settle(message, arrived=True, by=world.officer)
    assert state(message) == ("accepted", ["unsure", "accepted"])
    assert len({text.partition("Message-ID: ")[2].partition("\n")[0] for _, text in server.taken}) == 1
    assert [str(f) for f in verify(world.panel)] == []


def test_a_message_is_taken_back_while_it_waits_and_comes_back_once(world, server):
    message = mail(world)
    assert take_back(message, by=world.officer).state == "withdrawn"
    assert send.run() == {}
    second = mail(world)
    send.run()
    with pytest.raises(NotWaiting):
        take_back(second, by=world.officer)
    assert returned(second, cause="No such mailbox", on=clock.today()).state == "bounced"
    again = returned(second, cause="Another", on=clock.today() + timedelta(days=3))
    assert (again.cause, again.returned_on) == ("No such mailbox", clock.today())


def test_whoever_queued_it_is_told_until_they_acted_and_one_failure_stops_no_other(world, server, monkeypatch):
    told = []

    def came_back(message):
        told.append(message.address)
        if message.address == "no@example.org":
            raise ValueError
        with sealed_act(world.panel, by=None, name="mail_returned"):
            message.followed_up = True
            message.save()

    monkeypatch.setitem(kinds.KINDS, "letter", kinds.MailKind("letter", "Letter", came_back=came_back))
    server.behaves |= {"no@example.org": "refuse", "nor@example.org": "refuse"}
    for address in server.behaves:
        mail(world, address)
    send.run()
    send.run()
    assert told == ["no@example.org", "nor@example.org", "no@example.org"]


@pytest.mark.parametrize(
    "more, words",
    [
        ({"address": ""}, "no email address"), ({"address": "ann"}, "no email address"),
        ({"address": "a@b.example\nBcc: c@d.example"}, "no email address"), ({"subject": " "}, "one line"),
        ({"subject": "x\r\nBcc: c@d.example"}, "one line"), ({"subject": "x" * 151}, "one line"),
        ({"subject": "Mrs Thorpe’s complaint"}, "“thorpe”"), ({"subject": "To gillian@example.org"}, "“gillian"),
    ],
)  # fmt: skip
def test_what_cannot_be_queued_is_refused_in_words(world, more, words):
    case = build.log(world, name="Gillian Thorpe", email="gillian@example.org")
    with pytest.raises(Improper, match=words):
        mail(world, case=case, **more)
    assert not Message.objects.exists()


def test_a_step_and_its_mail_are_one_act_or_none(world):
    def step():
        with sealed_act(world.panel, by=world.officer, name="set_up"):
            mail(world)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        step()
    assert (Message.objects.count(), MessageAttempt.objects.count()) == (0, 0)


def test_the_command_says_what_it_did(world, server):
    out = io.StringIO()
    call_command("send_mail", stdout=out)
    mail(world)
    call_command("send_mail", stdout=out)
    assert [line.partition("  ")[2] for line in out.getvalue().splitlines()] == ["nothing to send", "1 accepted"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one connection for all threads, which then find it locked")
@pytest.mark.django_db(transaction=True)
def test_several_that_send_at_once_send_each_message_once(server):
    world = build.make_world()
    for number in range(12):
        mail(world, f"a{number}@example.org")

    def run():
        try:
            send.run()
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(to for to, _ in server.taken) == sorted(f"a{number}@example.org" for number in range(12))
    assert set(Message.objects.values_list("state", "tries")) == {("accepted", 1)}


# The page


def browser(user):
    found = Client()
    found.force_login(user)
    return found


def test_the_command_stays_until_it_is_told_to_stop_or_its_parent_goes(world, server, monkeypatch):
    mail(world)
    parents = iter([7, 7, 7, 1])
    monkeypatch.setattr("os.getppid", lambda: next(parents))
    monkeypatch.setattr("panel.management.commands.send_mail.close_old_connections", lambda: None)  # in a transaction
    before = signal.getsignal(signal.SIGTERM)
    try:
        call_command("send_mail", every=0.01, stdout=(out := io.StringIO()))
    finally:
        signal.signal(signal.SIGTERM, before)
    assert [line.partition("  ")[2] for line in out.getvalue().splitlines()] == ["1 accepted"]


def listed(world, who):
    """The addresses that the list shows somebody, newest first."""
    page = browser(world.people[who]).get("/exshire/post/")
    return [row["cells"][2] for row in page.context["every"]["rows"]]


def test_each_sees_the_mail_that_is_theirs_to_see(world):
    """Of a restricted case whoever is named; of accounts whoever looks after them; of a case no administrator."""
    case = at(world, "recorded")
    mail(world, "open@example.org", case=case)
    take(world, case, "restrict", named=[str(world.mo.pk)])
    plain = at(world, "recorded")
    mail(world, "plain@example.org", case=plain)
    other = build.make_world("wessex", "WS", "Wessex")
    mail(other, "wessex@example.org")
    for user in (world.officer, other.officer):
        queue(
            kind="password_reset", panel=None, user=user, address=user.email, subject="New password", given={"site": ""}
        )
    found = {who: listed(world, who) for who in ("officer", "mo", "auditor", "admin")}
    account = world.officer.email
    assert found == {
        "officer": [account, "plain@example.org"], "mo": [account, "plain@example.org", "open@example.org"],
        "auditor": [account, "plain@example.org", "open@example.org"], "admin": [account],
    }  # fmt: skip
    hidden = Message.objects.get(address="open@example.org")
    for who in ("officer", "admin"):
        assert browser(world.people[who]).get(f"/exshire/post/{hidden.key}/").status_code == 404
    assert browser(world.mo).get(f"/wessex/post/{hidden.key}/").status_code == 404


def test_a_person_says_what_became_of_it_and_takes_back_what_waits(world, server):
    message, second = mail(world), mail(world, "bob@example.org")
    url = f"/exshire/post/{message.key}/"
    assert browser(world.auditor).post(url, {"do": "take_back"}).status_code == 403
    assert state(message)[0] == "waiting"
    assert "Taken back" in browser(world.officer).post(url, {"do": "take_back"}, follow=True).content.decode()
    assert state(message)[0] == "withdrawn"
    server.behaves["bob@example.org"] = "drop_late"
    send.run()
    url = f"/exshire/post/{second.key}/"
    page = browser(world.mo).get(url)
    assert "The mail server had it, and did not answer" in page.content.decode()
    assert (
        "It is not waiting any more" in browser(world.mo).post(url, {"do": "take_back"}, follow=True).content.decode()
    )
    assert "Nothing was changed" in browser(world.mo).post(url, {"do": "x"}, follow=True).content.decode()
    assert "Noted as arrived" in browser(world.mo).post(url, {"do": "arrived"}, follow=True).content.decode()
    assert "is known by now" in browser(world.mo).post(url, {"do": "again"}, follow=True).content.decode()
    assert (state(second)[0], len(server.taken)) == ("delivered", 1)


def test_the_list_is_narrowed_and_opening_a_letter_is_written_down(world, server):
    case = at(world, "recorded")
    server.behaves["no@example.org"] = "refuse"
    mail(world, "no@example.org", case=case, text="Dear No\nWe decided.")
    mail(world)
    send.run()
    officer = browser(world.officer)

    def shown(query):
        return [row["cells"][2] for row in officer.get(f"/exshire/post/{query}").context["every"]["rows"]]

    assert shown("?show=failed") == ["no@example.org"]
    assert shown(f"?case={case.reference.lower()}") == ["no@example.org"]
    assert shown("?kind=letter&show=accepted") == ["ann@example.org"]
    assert shown("?kind=nonsense&show=x&case=%F0") == []
    letter = Message.objects.get(address="no@example.org")
    page = officer.get(f"/exshire/post/{letter.key}/").content.decode()
    assert "Dear No<br>We decided." in page
    assert "550 No such mailbox" in page
    assert Opening.objects.filter(case=case, page="message", by=world.officer).count() == 1
