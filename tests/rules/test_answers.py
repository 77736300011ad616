"""Each step is answered in the module of its chapter, and where something is missing one test says what to type."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings

from complaints.procedure import PROCEDURE
from panel.casework.errors import Invalid
from panel.casework.step_form import StepForm
from panel.forms.fields import RadiosField, TextField
from panel.forms.layout import Reveal
from panel.procedure.register import REGISTERS, procedures
from tests import answers as tests_answers
from tests import steps
from tests.answers import FOLDERS, SHARED, answers_to, cure_of, file_of, lacking, partial, whole
from tests.hearings import build as hearings
from tests.meetings import build as meetings
from tests.panel.pages.cases import LOGGED

ANSWERS = {"complaints": steps.ANSWERS, "hearings": hearings.ANSWERS, "meetings": meetings.ANSWERS}
STEPS = [(slug, step) for slug, register in REGISTERS.items() for p in register.procedures for step in p.steps]
ANSWERED = [(slug, step) for slug, step in STEPS if step.creates != "case"]


def test_every_step_has_valid_answers():
    lacking(*(cure_of(step) for slug, step in ANSWERED if step.key not in ANSWERS[slug]))
    given = [(step, ANSWERS[slug][step.key]) for slug, step in ANSWERED]
    lacking(*filter(None, dict.fromkeys(partial(step, answers) for step, answers in given)))


def test_every_step_that_makes_a_complaint_has_the_answers_of_its_page():
    made = [step.key for step in PROCEDURE.steps if step.creates == "case"]
    assert made == list(LOGGED), "add what its page is answered to LOGGED in tests/panel/pages/cases.py"


def test_no_answer_is_left_of_a_step_that_is_gone():
    declared = {step.key for p in procedures().values() for step in p.steps}
    assert {key for given in ANSWERS.values() for key in given} - declared == set()


@pytest.mark.parametrize("app", FOLDERS)
def test_each_answer_stands_in_the_file_in_which_one_looks_for_it(app):
    files = {step.key: file_of(step) for slug, step in ANSWERED if slug == app}
    misplaced = []
    for path in (Path(settings.BASE_DIR) / FOLDERS[app]).glob("[a-z]*.py"):
        file = f"{FOLDERS[app]}/{path.name}"
        answers = import_module(file.removesuffix(".py").replace("/", ".")).ANSWERS
        misplaced += [f"{key}: {files[key]}, not {file}" for key in answers if files.get(key) not in (file, SHARED)]
    assert misplaced == []


def test_a_missing_answer_names_the_file_to_add_it_to():
    step = replace(PROCEDURE.step("take_no_action"), key="take_some_action")
    assert file_of(step) == "tests/complaints/procedure/answers/deciding.py"
    assert file_of(PROCEDURE.step("waive")) == "tests/panel/casework/answers.py"
    assert cure_of(step) == (
        f"no test can take step 'take_some_action' ({step.where}): add a valid answer to each of its questions to ANSWERS "
        'in tests/complaints/procedure/answers/deciding.py, as in "take_some_action": {"question": "answer"}, or {} if all '
        "may be left empty"
    )


def test_of_those_that_lack_the_same_one_fails_and_the_others_are_skipped(monkeypatch, tmp_path):
    monkeypatch.setattr(tests_answers, "gettempdir", lambda: tmp_path)
    step = replace(PROCEDURE.step("take_no_action"), key="take_some_action")
    with pytest.raises(pytest.fail.Exception, match="^no test can take step 'take_some_action'"):
        answers_to({}, step, None)
    with pytest.raises(pytest.skip.Exception, match="^no test can take step 'take_some_action'"):
        answers_to({}, step, None)
    with pytest.raises(pytest.fail.Exception, match="^something else$"):
        lacking("something else")


class MeetingForm(StepForm):
    """What a new step asks."""

    where = TextField(label="Where?", required_message="Enter where")
    how = RadiosField(label="How?", choices=[("room", "In a room"), ("line", "On line")], required_message="Select how")
    link = TextField(label="Link?", required_message="Enter the link")
    shape = ("where", "how", Reveal("how", "line", "link"))


NEW_STEP = replace(PROCEDURE.step("note_apology"), key="offer_meeting", form=MeetingForm, checks=(), effect=None)
RESOLUTION = "tests/complaints/procedure/answers/resolution.py"


def test_answers_that_leave_out_a_question_are_named_with_their_file():
    assert partial(NEW_STEP, {"where": "Here", "how": "room"}) == ""
    assert partial(NEW_STEP, {"how": "room"}) == (
        f"the answers of 'offer_meeting' are not valid (where: Enter where): correct them in {RESOLUTION}"
    )


def test_answers_that_the_form_refuses_are_named_with_their_file_and_only_once(monkeypatch, tmp_path):
    monkeypatch.setattr(tests_answers, "gettempdir", lambda: tmp_path)
    form = SimpleNamespace(errors={"where": ["Enter where"]})
    with (
        pytest.raises(pytest.fail.Exception, match=f"^the answers of .* are not valid .*correct them in {RESOLUTION}$"),
        whole(NEW_STEP),
    ):
        raise Invalid(form)
    with pytest.raises(pytest.skip.Exception), whole(NEW_STEP):
        raise Invalid(form)
    with pytest.raises(Invalid), whole(NEW_STEP, {"where": ""}):
        raise Invalid(form)
