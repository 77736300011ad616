"""A log line names the error and the place, never what somebody typed."""

import logging

from panel.logs import WithoutRows


def logged(error):
    try:
        try:
            raise error
        except ValueError as e:
            raise RuntimeError("the step was not saved") from e
    except RuntimeError as e:
        record = logging.LogRecord("panel", logging.ERROR, __file__, 1, "It failed", (), (type(e), e, e.__traceback__))
    return WithoutRows().format(record)


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
