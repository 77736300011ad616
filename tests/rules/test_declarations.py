"""What is wrong with a declaration is said when the product starts, with the file it stands in and what to type."""

from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured

from complaints.procedure import PROCEDURE, STEPS
from panel import checks
from panel.law.roles import Role
from panel.models import PanelSettings
from panel.models.settings_fields import target
from panel.procedure import register
from panel.procedure.validate import problems, register_problems
from panel.procedure.vocabulary import DutyKind, Elsewhere, LetterKind, State, Step, Target

HERE = "tests/rules/test_declarations.py"
VISIT = Step(
    "note_visit", "Note a visit", ("recorded",), Target.STAYS, entered_by=(Role.OFFICER,), provisions=("para 12",),
    past_label="Visit noted", button="Save the visit", form=PROCEDURE.step("note_meeting").form, scope="case",
)  # fmt: skip
WRITE_UP = DutyKind("write_up", "Write up the visit", Role.OFFICER, ("para 12",), met_by="note_visit")
ASIDE = State("aside", "Put aside", 3)


def with_step(step=VISIT, **changes):
    """What is said of the procedure with one more step."""
    return [str(p) for p in problems(replace(PROCEDURE, steps=(*STEPS, replace(step, **changes))))]


def with_duty(kind):
    """What is said where the step opens such a duty and the procedure lists it."""
    step = replace(VISIT, opens=(kind,))
    return [str(p) for p in problems(replace(PROCEDURE, steps=(*STEPS, step), duties=(*PROCEDURE.duties, kind)))]


def test_todays_declarations_are_right():
    assert [str(p) for procedure in register.procedures().values() for p in problems(procedure)] == []
    assert [str(p) for entry in register.REGISTERS.values() for p in register_problems(entry)] == []
    checks.stop_where_declarations_are_wrong()


def test_a_right_step_with_its_duty_is_let_through():
    assert with_step() == []
    assert with_duty(WRITE_UP) == []


@pytest.mark.parametrize(
    "changes, what, cure",
    [
        ({"from_states": ("recored",)}, "begins at 'recored', which is no state", "Declare the state, or correct it"),
        (
            {"to": "visited", "scope": "parts"},
            "leads to 'visited', which is no state",
            "Declare the state, or correct it",
        ),
        ({"opens": (WRITE_UP,)}, "opens the duty 'write_up'", "Let a step of the procedure open it"),
        ({"provisions": ("para 99",)}, "rests on 'para 99', which is no provision", "panel/law/provisions_table.py"),
        ({"provisions": ()}, "rests on no provision", "Name the paragraph and the regulation in `provisions`"),
        ({"past_label": ""}, "has no `past_label`", "Declare `past_label`"),
        ({"button": ""}, "has no `button`", "Declare `button`"),
        ({"form": None}, "has no `form`", "Declare `form`"),
        (
            {"when_elsewhere": Elsewhere("No.", "do it.", "recrod")},
            "take 'recrod' first, which is no step",
            "Correct it",
        ),
        ({"guards": (lambda attempt, part: None,)}, "takes other arguments", "Let it take the attempt"),
        (
            {"part_guards": (lambda attempt: None,), "scope": "parts"},
            "takes other arguments",
            "the attempt and the part",
        ),
        ({"to": "closed"}, "is a note on the case and moves parts", "Let it lead to Target.STAYS"),
        ({"key": "record"}, "step 'record' is declared twice", "Give one of them another key"),
        ({"key": "Note visit"}, "step 'Note visit' is no short slug", "Use 2 to 40 small letters"),
    ],
)
def test_a_wrong_step_is_named_with_its_file_and_its_cure(changes, what, cure):
    found = with_step(**changes)
    assert [p for p in found if p.startswith(f"{HERE}:") and what in p and cure in p], found


@pytest.mark.parametrize(
    "changes, what, cure",
    [
        ({"met_by": "note_visits"}, "is met by 'note_visits', which is no step", "Correct its `met_by`"),
        ({"open_in_states": ("recored",)}, "is open in 'recored', which is no state", "Correct `open_in_states`"),
        ({"provisions": ("para 99",)}, "rests on 'para 99'", "panel/law/provisions_table.py"),
        ({"notice": True}, "is a notice that another step meets", 'met_by="give_notice"'),
        ({"label": "Write to {to}"}, "names a recipient and has none", "Declare `recipients`"),
    ],
)
def test_a_wrong_duty_is_named_with_its_file_and_its_cure(changes, what, cure):
    found = with_duty(replace(WRITE_UP, **changes))
    assert [p for p in found if p.startswith(f"{HERE}:") and what in p and cure in p], found


def test_a_state_that_no_step_leads_to_or_out_of_is_named():
    found = [
        str(p) for p in problems(replace(PROCEDURE, states=(*PROCEDURE.states[:-5], ASIDE, *PROCEDURE.states[-5:])))
    ]
    assert [p for p in found if "no step leads to state 'aside'" in p and p.startswith(f"{HERE}:")], found
    into = replace(VISIT, from_states=("recorded",), to="aside", scope="parts")
    states = (*PROCEDURE.states[:-5], ASIDE, *PROCEDURE.states[-5:])
    found = [str(p) for p in problems(replace(PROCEDURE, states=states, steps=(*STEPS, into)))]
    assert [p for p in found if "no way leads from state 'aside' to an end" in p], found


def test_a_step_that_lets_a_duty_lapse_without_a_word_is_named_with_both_cures():
    """A new state once lost "Record the outcome" in silence."""
    states = (*PROCEDURE.states[:-5], ASIDE, *PROCEDURE.states[-5:])
    into = replace(VISIT, from_states=("informal_resolution",), to="aside", scope="parts")
    found = [str(p) for p in problems(replace(PROCEDURE, states=states, steps=(*STEPS, into)))]
    said = [p for p in found if "where the duty 'record_outcome' lapses without a word" in p]
    assert len(said) == 1
    assert "List it in `lapses` of the step, or add 'aside' to `open_in_states` of the duty" in said[0]


def test_a_letter_is_checked_like_a_duty(monkeypatch):
    letter = LetterKind("visit", "Letter about the visit", lambda attempt: ["complainant"], ("para 12",))
    assert with_step(letters=(letter,)) == []
    found = with_step(letters=(replace(letter, provisions=("para 99",), discharges=(WRITE_UP,)),))
    assert len([p for p in found if "letter 'visit'" in p]) == 2
    entry = register.REGISTERS["complaints"]
    more = replace(PROCEDURE, steps=(*STEPS, replace(VISIT, letters=(letter,))))
    monkeypatch.setitem(register.REGISTERS, "complaints", replace(entry, procedures=(more,)))
    (error,) = checks.templates_of_letters(None)
    assert (error.id, error.hint) == ("panel.E009", "Write templates/letters/visit.txt.")


def test_what_a_register_names_must_be_declared():
    entry = replace(register.REGISTERS["complaints"], main_decision="filtre")
    assert [str(p) for p in register_problems(entry)] == [
        "register 'complaints': main_decision names 'filtre', which nothing declares. Correct the key"
    ]


def test_a_setting_on_no_form_is_named(monkeypatch):
    column = target("visit within, working days", "visits")
    column.set_attributes_from_name("visit_days")
    monkeypatch.setattr(
        PanelSettings._meta, "concrete_fields", (*PanelSettings._meta.concrete_fields, column), raising=False
    )
    (error,) = checks.settings_on_pages(None)
    assert (error.id, error.msg) == ("panel.E007", "panel/models/panels.py: setting 'visit_days' is on no form")
    assert "Declare it with target(), years(), number(), word(), text() or switch(), and a group" in error.hint


def test_the_server_does_not_start_with_a_wrong_declaration(monkeypatch):
    entry = register.REGISTERS["complaints"]
    wrong = replace(PROCEDURE, steps=(*STEPS, replace(VISIT, from_states=("recored",))))
    monkeypatch.setitem(register.REGISTERS, "complaints", replace(entry, procedures=(wrong,)))
    with pytest.raises(ImproperlyConfigured, match="step 'note_visit' begins at 'recored', which is no state"):
        checks.stop_where_declarations_are_wrong()
