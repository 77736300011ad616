"""`manage.py deadline` agrees with every worked example of the law notes (section 5)."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from panel.law.period_kinds import KINDS

pytestmark = pytest.mark.django_db  # days announced later are entered by an administrator


def deadline(*args):
    """What the command answers, as JSON."""
    out = StringIO()
    call_command("deadline", *args, "--format", "json", stdout=out)
    return json.loads(out.getvalue())


ELECTION = ("--poll", "2024-05-02", "--acceptance", "2024-05-09")


@pytest.mark.parametrize(
    "args, last",
    [
        (("three-weeks", "2022-07-01"), "2022-07-21"),
        (("three-weeks", "2024-02-12"), "2024-03-03"),
        (("three-weeks", "2024-04-20", *ELECTION), "2024-05-18"),
        (("three-weeks", "2024-05-05", *ELECTION), "2024-05-30"),
        (("iopc-referral", "2022-09-09"), "2022-09-10"),
        (("clear-days", "2022-09-07"), "2022-08-30"),
        (("clear-days", "2023-04-14"), "2023-04-04"),
        (("participation", "2022-09-07"), "2022-09-06"),
        (("working-days", "2022-09-14", "5"), "2022-09-22"),
        (("working-days", "2023-05-04", "3"), "2023-05-10"),
    ],
)
def test_worked_examples(args, last):
    assert deadline(*args)["last_day"] == last


@pytest.mark.parametrize(
    "incident, made, answer",
    [("2021-03-15", "2022-03-15", False), ("2021-03-15", "2022-03-16", True), ("2020-02-29", "2021-03-01", True)],
)
def test_twelve_months(incident, made, answer):
    assert deadline("twelve-months", incident, made)["answer"] is answer


def test_notified_inside_the_post_election_period_the_count_begins_the_day_after_it():
    found = deadline("three-weeks", "2024-05-05", *ELECTION)
    assert (found["first_day"], [e["day"] for e in found["excluded"]]) == (
        "2024-05-10", [f"2024-05-0{n}" for n in range(5, 10)]
    )  # fmt: skip


def test_the_answer_has_first_day_excluded_days_and_explanation():
    found = deadline("three-weeks", "2024-04-20", *ELECTION)
    assert found["first_day"] == "2024-04-20"
    assert [e["day"] for e in found["excluded"]] == [f"2024-05-0{n}" for n in range(2, 10)]
    assert found["explanation"].startswith("The last day is Saturday 18 May 2024")
    assert deadline("participation", "2022-09-07")["at"] == "09:00"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_answers_in_words(kind):
    out = StringIO()
    asks = [a for a in KINDS[kind].asks if not a.optional]
    days = iter(["2022-01-10", "2022-07-01"])
    call_command("deadline", kind, *["3" if a.takes == "number" else next(days) for a in asks], stdout=out)
    assert out.getvalue().strip()


@pytest.mark.parametrize(
    "args",
    [
        ("three-weeks", "2022-02-30"), ("three-weeks", "yesterday"), ("working-days", "2022-09-14"),
        ("working-days", "2022-09-14", "many"), ("working-days", "2022-09-14", "0"), ("clear-days", "2022-09-07", "5", "6"),
        ("three-weeks", "2024-04-20", "--poll", "2024-05-09", "--acceptance", "2024-05-02"), ("weeks", "2022-01-01", "2", "--poll", "2022-01-01"),
    ],
)  # fmt: skip
def test_what_cannot_be_reckoned_is_said_in_a_sentence(args):
    with pytest.raises(CommandError) as raised:
        call_command("deadline", *args)
    assert str(raised.value).endswith(".")
