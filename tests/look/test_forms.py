"""Questions take typed and replayed answers alike, and their errors say what to do."""

import datetime

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from panel.forms.fields import (
    CheckboxesField,
    DateField,
    HintedChoice,
    LongTextField,
    ManyFilesField,
    RadiosField,
    SelectField,
    TextField,
    YesNoField,
)
from tests.look import forms as asked

THE_DAY = datetime.date(2026, 11, 18)


def ask(field, data, files=None):
    """The form with one question `q`, answered with this data."""
    form = type("One", (forms.Form,), {"q": field})(data, files)
    form.is_valid()
    return form


def answer(field, data, files=None):
    form = ask(field, data, files)
    assert not form.errors
    return form.cleaned_data["q"]


def error(field, data, files=None):
    (words,) = ask(field, data, files).errors["q"]
    return words


def received(**kwargs):
    return DateField(what="the date we received it", today=lambda: THE_DAY, **kwargs)


# Dates: three parts, a date, or an ISO string


@pytest.mark.parametrize(
    "data",
    [
        {"q_day": "18", "q_month": "11", "q_year": "2026"},
        {"q_day": " 18 ", "q_month": "November", "q_year": "2026"},
        {"q_day": "18", "q_month": "nov", "q_year": "2026"},
        {"q_day": "18", "q_month": "Nove", "q_year": "2026"},
        {"q_day": "18", "q_month": "Tachwedd", "q_year": "2026"},
        {"q_day": "18", "q_month": "dachwedd", "q_year": "2026"},
        {"q_day": "18th November 2026", "q_month": "", "q_year": ""},
        {"q_day": "Wednesday, 18 November, 2026", "q_month": "", "q_year": ""},
        {"q_day": "18/11/26", "q_month": "", "q_year": ""},
        {"q_day": "Dydd Mercher 18fed Tachwedd 2026", "q_month": "", "q_year": ""},
        {"q_day": "November 18th, 2026", "q_month": "", "q_year": ""},
        {"q": "2026-11-18"},
        {"q": THE_DAY},
        {"q": datetime.datetime(2026, 11, 18, 23, 30, tzinfo=datetime.UTC)},
        QueryDict("q_day=18&q_month=11&q_year=2026"),
        QueryDict("q=2026-11-18"),
    ],
)
def test_a_date_is_taken_however_it_comes(data):
    assert answer(received(), data) == THE_DAY


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Enter the date we received it"),
        ({"q": None}, "Enter the date we received it"),
        ({"q_day": "", "q_month": "", "q_year": ""}, "Enter the date we received it"),
        ({"q_day": "18", "q_month": "", "q_year": "2026"}, "Date we received it must include a month"),
        ({"q_day": "", "q_month": "", "q_year": "2026"}, "Date we received it must include a day and month"),
        ({"q_day": "30", "q_month": "2", "q_year": "2026"}, "Date we received it must be a real date"),
        ({"q_day": "x", "q_month": "2", "q_year": "2026"}, "Date we received it must be a real date"),
        ({"q_day": "1", "q_month": "Januaryx", "q_year": "2026"}, "Date we received it must be a real date"),
        ({"q_day": "1", "q_month": "ja", "q_year": "2026"}, "Date we received it must be a real date"),
        ({"q_day": "31 June 2026", "q_month": "", "q_year": ""}, "Date we received it must be a real date"),
        ({"q_day": "²", "q_month": "2", "q_year": "2026"}, "Date we received it must be a real date"),
        ({"q_day": "1", "q_month": "2", "q_year": "26"}, "Date we received it must have a year of 4 numbers"),
        ({"q_day": "1", "q_month": "2", "q_year": "0001"}, "Date we received it must be a real date"),
        ({"q": "18/11/2026"}, "Date we received it must be a real date"),
        ({"q": "100%"}, "Date we received it must be a real date"),
    ],
)
def test_a_date_that_is_none_says_what_is_wrong(data, words):
    assert error(received(), data) == words


def test_a_date_that_must_be_past_may_be_today():
    assert answer(received(past=True), {"q": "2026-11-18"}) == THE_DAY
    assert error(received(past=True), {"q": "2026-11-19"}) == "Date we received it must be today or in the past"


def test_a_date_may_be_left_out_if_it_is_optional():
    assert answer(received(required=False), {}) is None


def test_what_was_typed_stays_and_only_the_part_at_fault_is_red():
    html = str(ask(received(), {"q_day": "18", "q_month": "", "q_year": "2026"})["q"])
    assert html.count("govuk-input--error") == 1
    assert 'value="18"' in html
    assert 'value="2026"' in html
    assert 'value="18"' in str(ask(received(), {"q": "2026-11-18"})["q"])


# Text: what nobody can see is dropped, what people write stays


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  plain  ", "plain"),
        ("a\x00b\x07c\x1b[0m", "abc[0m"),
        ("a\ud800b", "ab"),
        ("👩‍👩‍👧 שלום مرحبا", "👩‍👩‍👧 שלום مرحبا"),
        ("two\r\nlines", "two lines"),
        ("12 High Street\x0bLarkford", "12 High Street Larkford"),
        ("re\x1eelect", "re-elect"),
        ("a\tb", "a\tb"),
        ("<script>&amp;", "<script>&amp;"),
    ],
)
def test_a_line_of_text_keeps_what_was_written(typed, kept):
    assert answer(TextField(), {"q": typed}) == kept


def test_a_long_text_keeps_its_lines():
    assert answer(LongTextField(), {"q": "one\r\ntwo\rthree\x0b\x0c\tfour\x00"}) == "one\ntwo\nthree\n\n\tfour"


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "\r\n"])
def test_nothing_is_no_answer(typed):
    assert error(TextField(required_message="Enter a title"), {"q": typed}) == "Enter a title"


def test_too_long_a_text_says_the_limit():
    assert answer(TextField(max_length=5), {"q": "12345"}) == "12345"
    assert error(TextField(label="Short title", max_length=5), {"q": "123456"}) == (
        "Short title must be 5 characters or fewer. It has 6."
    )
    assert error(TextField(label="What happened?", max_length=5), {"q": "123456"}).startswith("Your answer must be 5")
    assert "maxlength" not in str(ask(TextField(max_length=5), {})["q"])


# Choices

CHOICES = [HintedChoice("a", "A", "the first"), ("b", "B")]


def test_choices_may_carry_hints_however_they_are_given():
    form = ask(RadiosField(choices=CHOICES), {"q": "a"})
    assert form.fields["q"].hint_for("a") == "the first"
    assert form.fields["q"].hint_for("b") == ""
    assert list(RadiosField(choices=lambda: CHOICES).choices) == [("a", "A"), ("b", "B")]
    later = RadiosField()
    later.choices = CHOICES
    assert later.hint_for("a") == "the first"


def test_a_choice_that_is_none_is_refused_with_the_question():
    field = RadiosField(choices=CHOICES, required_message="Select how")
    assert error(field, {}) == error(field, {"q": "z"}) == "Select how"
    assert error(CheckboxesField(choices=CHOICES, required_message="Select one"), {"q": []}) == "Select one"
    assert error(SelectField(choices=CHOICES, required_message="Select one"), {"q": ""}) == "Select one"


@pytest.mark.parametrize(("given", "kept"), [("yes", True), ("no", False), (True, True), (False, False)])
def test_yes_and_no_become_true_and_false(given, kept):
    assert answer(YesNoField(), {"q": given}) is kept


def test_no_question_says_this_field_is_required():
    for name, field in asked.LogForm().fields.items():
        assert "This field" not in str(field.error_messages["required"]), name


# Files


def file(name, size=1):
    return SimpleUploadedFile(name, b"x" * size)


def test_several_files_come_in_one_input():
    files = answer(ManyFilesField(), {}, MultiValueDict({"q": [file("a.txt"), file("b.txt")]}))
    assert [f.name for f in files] == ["a.txt", "b.txt"]
    assert answer(ManyFilesField(), {}, {"q": [file("a.txt")]})[0].name == "a.txt"
    assert answer(ManyFilesField(required=False), {}, {}) == []


def test_a_file_at_fault_is_named():
    field = ManyFilesField(max_size=1024 * 1024, max_files=2, required_message="Select a file")
    assert error(field, {}, {}) == "Select a file"
    assert error(field, {}, {"q": file("none.txt", 0)}) == "none.txt is empty"
    assert error(field, {}, {"q": file("big.txt", 1024 * 1024 + 1)}) == "big.txt must be smaller than 1MB"
    assert "up to 2 files" in error(field, {}, MultiValueDict({"q": [file("x"), file("y"), file("z")]}))


# Revealed questions


def test_a_revealed_question_is_required_only_under_its_choice():
    named = asked.LogForm({"who": "named"})
    anonymous = asked.LogForm({"who": "anonymous", "name": "Sent all the same", "acts": "on"})
    assert "name" in named.errors
    assert "name" not in anonymous.errors
    assert anonymous.cleaned_data["name"] == ""
    assert anonymous.cleaned_data["acts"] is False
    assert "for_whom" not in anonymous.errors, "nor what hangs under a question that is not asked itself"


def test_a_revealed_question_under_a_tick_and_under_boxes():
    assert "for_whom" in asked.LogForm({"who": "named", "acts": True}).errors
    form = asked.RouteForm({**asked.ROUTE_WRONG, "grounds": ["b"]})
    assert "reasons_f" not in form.errors
    assert "reasons_b" not in form.errors
    form = asked.RouteForm({**asked.ROUTE_WRONG, "route": "sub_panel"})
    assert form.is_valid()
    assert form.cleaned_data["grounds"] == []
    assert form.cleaned_data["reasons_b"] == ""
