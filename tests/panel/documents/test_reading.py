"""Emails are read for whoever logs them, whatever they are: sixty shapes, what is hostile, and five hundred damaged ones
(10,000: `make soak`). The tests that no email says more than it may run in this process, which is faster."""

import json
import time

import pytest

from panel.documents.apart import TooCostly, apart
from panel.documents.reading import read
from panel.documents.reading.bounce import bounce_of
from tests import mails

SHAPES = mails.shapes()


def answers(raw) -> dict:
    """What is found in the email, without where."""
    return {name: said[0] for name, said in read(raw)["email"]["found"].items()}


def test_sixty_shapes_of_email_give_who_when_and_what():
    assert len(SHAPES) >= 60
    for name, (raw, wanted) in SHAPES.items():
        told = read(raw)["email"]
        found = answers(raw)
        assert {k: found.get(k) for k in wanted} == wanted, name
        assert told["text"], name
        assert "alert" not in told["text"], name
        assert "hidden" not in told["text"], name
        assert "tracker" not in told["text"], name


def test_each_answer_says_where_it_was_found():
    found = read(mails.solicitor())["email"]["found"]
    assert found["name"] == ["Desmond Pryce", "From “our client, Mr Desmond Pryce”"]
    assert found["agent"] == ["Rachel Okafor", "From the sender"]
    assert found["agent_organisation"] == ["Okafor Lane Solicitors", "From the signature"]
    assert found["happened_on_1"] == ["2026-11-02", "From “On 2 November”"]
    assert found["who"][1] == "From “I write for our client”"
    files = [(row["name"], row["kind"]) for row in read(mails.solicitor())["email"]["attached"]]
    assert files == [("Authority signed by Mr Pryce.pdf", "pdf"), ("IMG_2041.jpg", "jpg")]


def test_the_heads_of_emails_sent_on_are_no_days_on_which_something_happened():
    for name, (raw, _) in SHAPES.items():
        if name.startswith("forwarded"):
            found = answers(raw)
            assert found["happened_on_1"] == "2026-10-14", name
            assert "happened_on_2" not in found, name
    twice = "From: Ann Lee\nDate: 11 November 2026\nTo: x\n\nFYI\n\n-----Original Message-----\nFrom: Bo\nSent: 9 November 2026\nTo: y"
    found = answers(mails.forwarded(twice))
    assert (found["name"], found["happened_on_1"]) == ("Bo", "2026-10-14")
    assert "happened_on_2" not in found


def test_nobody_complains_by_the_report_of_a_mail_server():
    assert answers(mails.bounce()) == {}


def test_a_bounce_names_the_message_that_came_back():
    assert bounce_of(mails.bounce()) == {
        "of": "7@panel.example", "to": "bert@example.org", "why": "550 5.1.1 User unknown", "final": True,
    }  # fmt: skip
    assert bounce_of(mails.bounce(headers_only=True))["of"] == "7@panel.example"
    assert bounce_of(mails.bounce(action="delayed"))["final"] is False
    assert bounce_of(mails.solicitor()) is None
    old = mails.dressed(
        mails.text("Delivery has failed to these recipients:\nbert@example.org\n550 5.1.1 unknown\nMessage-ID: <8@panel.example>"),
        "postmaster@example.org", "Undeliverable: Our letter",
    )  # fmt: skip
    assert bounce_of(old) == {
        "of": "8@panel.example",
        "to": "bert@example.org",
        "why": "550 5.1.1 unknown",
        "final": True,
    }
    away = mails.dressed(mails.text("I am away."), "bert@example.org", "Automatic reply", Auto_Submitted="auto-replied")
    assert bounce_of(away) is None


def hostile() -> dict:
    """Emails that break readers of emails."""
    head = b"From: a@b.example\nSubject: x\nDate: Fri, 13 Nov 2026 19:42:00 +0000\n"
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(200))
    within = head + b"Content-Type: message/rfc822\n\n" * 300 + b"\nhello"
    return {
        "200 nested parts": head + nested + b"\n\nhello",
        "300 emails in emails": within,
        "10,000 parts": head + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: text/plain\n\nhi\n" * 10_000,
        "a charset that is none": head + b"Content-Type: text/plain; charset=klingon\n\ncaf\xe9",
        "no headers": b"\n\nhello",
        "a comment as address": head + b"To: (c):\n\nhello",
        "an encoded line break": b"From: =?utf-8?q?a=0d=0aBcc:?= <x@y.example>\nSubject: =?utf-8?q?a=0d=0aBcc:_z?=\n\nhello",
        "a name with a path": head + b"Content-Type: application/pdf\nContent-Disposition: attachment; "
                                     b"filename=\"../../etc/a\xe2\x80\xaefdp.exe\"\n\nMZ",
        "a day that is none": b"From: a@b.example\nDate: Fri, 99 Zzz 99999 99:99:99 +9999\nSubject: x\n\nhello",
        "200,000 brackets": b"From: " + b"(" * 200_000 + b"\nSubject: " + b"=?" * 100_000 + b"\n\n" + b"<" * 200_000,
        "a page of markup": head + b"Content-Type: text/html\n\n" + b"<!--" * 20_000 + b"<b" * 20_000 + b"<![" * 20_000,
        "a long line of capitals": head + b"\n" + b"Aa " * 60_000 + b"\n" + b"on behalf of " * 5_000,
    }  # fmt: skip


def test_what_is_hostile_is_read_or_left_within_the_limits():
    for name, raw in hostile().items():
        began = time.monotonic()
        try:
            told = apart("panel.documents.reading:read", raw, seconds=10, most_answered=200 * 1024)["email"]
        except TooCostly:
            told = None
        assert time.monotonic() - began < 12, name
        sayings = json.dumps(told, ensure_ascii=False) if told else ""
        assert "\u202e" not in sayings, name
        assert told is None or not any("\n" in told[key] for key in ("subject", "message_id")), name


def test_cut_anywhere_it_is_still_read():
    raw = mails.solicitor()
    for end in range(0, len(raw), 7):
        read(raw[:end])


@pytest.mark.parametrize(
    "seeds", [range(500), pytest.param(range(500, 10_500), marks=pytest.mark.deep)], ids=["500", "10000"]
)
def test_damaged_emails_are_read_or_left(seeds):
    for seed in seeds:
        raw, began = mails.mutated(seed), time.monotonic()
        told = read(raw)
        assert time.monotonic() - began < 5, seed
        json.dumps(told)
