"""A step added to the table, in one entry with a small form: its address, page, check, record, history, journal and diagram
follow from it."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import connection

from complaints.procedure import PROCEDURE, STEPS
from panel.casework.step_form import StepForm
from panel.forms.fields import DateField, RadiosField, TextField
from panel.law.roles import Role
from panel.models import Draft, Link
from panel.procedure import register as procedure_register
from panel.procedure.vocabulary import Elsewhere, Refusal, Step
from panel.record import triggers
from panel.record.digests import check_link
from tests.panel.pages.cases import case_url, nothing_kept, step_url
from tests.panel.pages.page import Browser
from tests.steps import ON, at, fresh, last


class ArchiveForm(StepForm):
    """Where it is kept from then on."""

    on_label = "When was it archived?"
    box = TextField(label="Which box?", required_message="Enter the box")
    keep = RadiosField(label="For how long?", choices=[("six", "Six years"), ("ever", "For ever")],
                       required_message="Select for how long")  # fmt: skip
    until = DateField(label="Until when?", what="the day until when", required=False)
    why_label = "Why?"


def not_the_best_box(attempt):
    """A check of its own."""
    return Refusal("Box 1 is full", attempt.step.provisions, field="box") if attempt.answers["box"] == "1" else None


ARCHIVE = Step(
    "archive", "Archive it", ("closed",), "void", entered_by=(Role.MONITORING_OFFICER,), provisions=("para 5", "reg 34"),
    past_label="Archived", button="Archive the complaint", hint="It goes to the county archive.", confirm=True,
    form=ArchiveForm, checks=(not_the_best_box,), when_elsewhere=Elsewhere("It is not closed.", "close it."),
)  # fmt: skip


@pytest.fixture
def case(world, monkeypatch):
    """A closed complaint in a register whose table has one more entry; the triggers follow, as after a migrate."""
    register = procedure_register.REGISTERS["complaints"]
    procedure = replace(PROCEDURE, steps=(*STEPS, ARCHIVE))
    monkeypatch.setitem(procedure_register.REGISTERS, "complaints", replace(register, procedures=(procedure,)))
    assert triggers.sync(connection) == ["law_panel_move_insert"]
    return at(world, "closed")


@pytest.fixture
def asked(world, case):
    """The page of the new step."""
    return Browser(world.mo).get(step_url(case, "archive"))


ANSWERS = {"box": "7", "keep": "six", "until": ON.replace(year=2032), "why": "The shelf is full.", "on": ON}


def test_its_page_asks_its_questions_under_its_provision(asked):
    assert (asked.status, asked.h1) == (200, "Archive it")
    assert set(asked.offered()) >= {"box", "keep", "until_day", "why", "on_day"}
    assert asked.main.one(cls="app-bar").text.endswith("aragraph 5, regulation 34")
    assert "The status becomes Void." in asked.text


def test_the_case_page_offers_it_to_whoever_may_and_refuses_the_rest_with_the_rule(world, case):
    assert Browser(world.mo).get(case_url(case)).links()["Archive it"] == step_url(case, "archive")
    officer = Browser(world.officer)
    assert "Archive it" not in officer.get(case_url(case)).links()
    page = officer.get(step_url(case, "archive"))
    assert page.status == 403
    assert "Only the Monitoring Officer can do this: archive it (paragraph 5, regulation 34)." in page.text
    with nothing_kept():
        assert officer.send(step_url(case, "archive"), {"box": "7"}).status == 403
    page = Browser(world.mo).get(step_url(at(world, "recorded"), "archive"))
    assert (page.status, page.h1) == (409, "You cannot do this yet")
    assert "It is not closed." in page.text
    assert "First: close it." in page.text


def test_its_errors_stand_beside_its_questions(case, asked):
    with nothing_kept():
        again = asked.submit("Continue")
    assert again.errors == {
        "box": ["Enter the box"], "keep": ["Select for how long"], "why": ["Enter the reasons"],
    }  # fmt: skip
    with nothing_kept():
        again = asked.submit("Continue", **{**ANSWERS, "box": "1"})
    assert again.errors == {"box": ["Box 1 is full"]}
    assert again.values()["why"] == "The shelf is full."


def test_its_draft_is_kept(world, case, asked):
    asked.submit("Save and finish later", box="Seven")
    assert Draft.objects.get().step == "archive"
    assert Browser(world.mo).get(step_url(case, "archive")).values()["box"] == "Seven"
    assert "Archive it" in Browser(world.mo).get("/exshire/").text


def test_it_is_checked_taken_and_on_the_record_everywhere(world, case, asked):
    check = asked.submit("Continue", **ANSWERS)
    assert check.h1 == "Check your decision"
    assert check.rows() == {
        "Which box": "7", "For how long": "Six years", "Until when": "2 November 2032", "Why": "The shelf is full.",
        "When was it archived": "2 November 2026",
    }  # fmt: skip
    done = check.submit("Archive the complaint")
    assert "Archived." in done.banner
    entry = last(case)
    assert (entry.step, entry.by, entry.on, entry.why) == ("archive", world.mo, ON, "The shelf is full.")
    assert (entry.answers["box"], entry.answers["keep"]) == ("7", "six")
    assert fresh(case).status == "void"
    assert [(m.source, m.target) for m in entry.moves.all()] == [("closed", "void")]
    assert fresh(case).history.first().history_change_reason == "archive"
    link = Link.objects.get(entry=entry)
    assert link.act == "archive"
    assert list(check_link(link)) == []
    reader = Browser(world.auditor)
    first = reader.get(case_url(case, "timeline/")).main.one(cls="app-timeline").all("li")[0]
    assert first.all("h3")[0].text == "Archived"
    assert "Six years" in first.text
    assert "2 November 2032" in first.text
    shown = reader.get(case_url(case, "history/")).main.all(cls="app-entry")[0]
    assert shown.all("h2")[0].text == "Archived"
    assert "Closed" in shown.text
    assert "Void" in shown.text
    assert "The shelf is full." in shown.text
    assert "Archived" in reader.get("/exshire/history/").main.all(cls="app-entry")[0].text


def test_two_at_once_hold_for_it_too(world, case, asked):
    check = asked.submit("Continue", **ANSWERS)
    other = Browser(world.mo).get(step_url(case, "archive")).submit("Continue", **{**ANSWERS, "box": "8"})
    assert "Archived." in other.submit("Archive the complaint").banner
    again = check.submit("Archive the complaint")
    assert (again.status, again.h1) == (409, f"{world.mo.name} decided this while you were writing")
    assert last(case).answers["box"] == "8"


def test_sent_twice_it_is_kept_once_too(case, asked):
    check = asked.submit("Continue", **ANSWERS)
    assert "Archived." in check.submit("Archive the complaint").banner
    entry = last(case)
    assert "You sent it twice, and it is kept once." in check.submit("Archive the complaint").banner
    assert last(case) == entry


@pytest.mark.parametrize("kind, words", [
    ("mermaid", ["closed --> void"]), ("text", ["archive", "Archive it"]), ("json", ['"key": "archive"']),
])  # fmt: skip
def test_diagram_text_and_json_have_it(case, capsys, kind, words):
    call_command("procedure", "complaints", format=kind)
    out = capsys.readouterr().out
    for expected in words:
        assert expected in out
    assert "archive" in out.lower()


def test_the_page_of_roles_has_it(world, case):
    rows = [r.text for r in Browser(world.member).get("/roles/").main.all("tr")]
    assert [r for r in rows if r.startswith("Archive it")] == [
        "Archive it Who enters it: Monitoring Officer Whose decision: Whoever enters it Provision: Paragraph 5, regulation 34"
    ]


def test_reports_and_lists_still_open(world, case, asked):
    asked.submit("Continue", **ANSWERS).submit("Archive the complaint")
    officer = Browser(world.officer)
    assert officer.get("/exshire/complaints/", {"status": "void", "show": "all"}).status == 200
    assert officer.get("/exshire/").status == 200
    assert officer.get("/exshire/complaints/download.csv", {"show": "all"}).status == 200
