"""A log line names the error and the place, never what somebody typed."""

import io
import logging

import pytest
from django.test import Client

from panel.logs import WithoutPeople
from tests import build


def logged(error):
    try:
        try:
            raise error
        except ValueError as e:
            raise RuntimeError("the step was not saved") from e
    except RuntimeError as e:
        record = logging.LogRecord("panel", logging.ERROR, __file__, 1, "It failed", (), (type(e), e, e.__traceback__))
    return WithoutPeople().format(record)


def test_the_row_that_the_database_refused_is_left_out():
    text = logged(
        ValueError("violates check constraint\nDETAIL:  Failing row contains (7, Mrs A Example,\nsecond line).")
    )
    assert "violates check constraint" in text
    assert "Mrs A Example" not in text
    assert "second line" not in text
    assert "the step was not saved" in text  # what came after is still there


def test_other_errors_are_logged_as_they_are():
    assert "no such state" in logged(ValueError("no such state"))


def test_what_an_error_quotes_is_left_out():
    text = logged(ValueError("invalid literal for int() with base 10: 'Mrs A Example of Larkford'"))
    assert "invalid literal for int() with base 10: '...'" in text
    assert "Example" not in text


@pytest.mark.parametrize("line, kept", [
    ("Not Found: /exshire/complaints/?q=Thorpe&show=all", "Not Found: /exshire/complaints/?[query]"),
    ("could not write to gillian.thorpe@example.org", "could not write to [email]"),
    ("she lives at EX4 7AB, telephone 01392 555 123.", "she lives at [postcode], telephone [telephone]."),
    ("EX-C-2026-0012 moved on 2026-11-18 at 15:10", "EX-C-2026-0012 moved on 2026-11-18 at 15:10"),
])  # fmt: skip
def test_a_line_is_scrubbed(line, kept):
    record = logging.LogRecord("panel", logging.WARNING, __file__, 1, line, (), None)
    assert WithoutPeople().format(record) == kept


@pytest.mark.django_db
def test_a_page_that_fails_says_nothing_of_the_case_anywhere(monkeypatch, capfd):
    """The page of an error, its title and the log, for a complaint with marks in everything personal."""
    world = build.make_world()
    case = build.log(world, name="Zebulon Quillfeather", email="zq@mark.example", title="titlemark", words="wordsmark")
    handler = logging.StreamHandler(caught := io.StringIO())
    handler.setFormatter(WithoutPeople())
    logging.getLogger("django.request").addHandler(handler)

    def fails(*args, **kwargs):
        raise ValueError(f"cannot show '{case.complainant.name}' of {case.complainant.email}")

    monkeypatch.setattr("panel.pages.case.CasePage", fails)
    client = Client(raise_request_exception=False)
    client.force_login(world.officer)
    try:
        page = client.get(f"/exshire/complaints/{case.reference}/?q=Quillfeather")
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    assert page.status_code == 500
    for text in (page.content.decode(), caught.getvalue()):
        for mark in ("Zebulon", "Quillfeather", "zq@mark", "titlemark", "wordsmark"):
            assert mark not in text
    assert "ValueError: cannot show '...' of [email]" in caught.getvalue()
