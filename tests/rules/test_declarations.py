"""What a start-up check says of each mistake in a declaration: it names the file, the thing and the cure, and it says
nothing of a procedure that holds. Nothing here asks the database."""

import re
from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from complaints.keys import StateKey
from complaints.procedure import CHAPTERS, PROCEDURE
from complaints.procedure.recipients import target
from panel import checks
from panel.models import PanelSettings
from panel.models.settings_fields import switch
from panel.procedure import register as procedure_register
from panel.procedure.machine import in_order
from panel.procedure.markdown_page import markdown
from panel.procedure.register import REGISTERS
from panel.procedure.validate import problems, register_problems
from panel.procedure.vocabulary import DutyKind, Elsewhere, LetterKind, State, Step, Target

RESOLVE = PROCEDURE.duty("record_outcome")
NOTICE = PROCEDURE.duty("copy_of_outcome")
OUT = PROCEDURE.step("record_outcome")
ARBITER = State("with_arbiter", "With an arbiter", 3, asks=("ask_arbiter",))
ASK_ARBITER = replace(
    RESOLVE, key="ask_arbiter", met_by="arbiter_reports", open_in_states=("with_arbiter",), sleeps_in=()
)
SENT = replace(
    OUT, key="send_to_arbiter", from_states=("informal_resolution",), to="with_arbiter", closes=(), lapses=()
)
BACK = replace(OUT, key="arbiter_reports", from_states=("with_arbiter",), closes=(ASK_ARBITER,), opens=())
NOTED = replace(BACK, to=Target.STAYS)
LIVING = [k.key for k in PROCEDURE.duties if "informal_resolution" in PROCEDURE.lives_in(k) | set(k.sleeps_in)]


def stated(*found):
    """What the checks say, without the number of the line."""
    return [re.sub(r"\.py:\d+:", ".py:", str(problem)) for problem in found]


def with_state(*steps, asked=ARBITER):
    """The procedure with one more state, before informal resolution, these steps, and the duty that carries it on."""
    at = [s.key for s in PROCEDURE.states].index("informal_resolution")
    states = (*PROCEDURE.states[:at], asked, *PROCEDURE.states[at:])
    duties = (*PROCEDURE.duties, ASK_ARBITER) if asked.asks and steps else PROCEDURE.duties
    return replace(PROCEDURE, states=states, steps=(*PROCEDURE.steps, *steps), duties=duties, state_keys=None)


def changed(named, /, **fields):
    """The procedure with one step changed."""
    return replace(PROCEDURE, steps=tuple(replace(s, **fields) if s.key == named else s for s in PROCEDURE.steps))


def duty_changed(**fields):
    """The procedure with the duty to record the outcome changed wherever a step opens or closes it."""
    kind = replace(RESOLVE, **fields)
    swap = {"record_outcome": kind}
    steps = tuple(
        replace(s, **{f: tuple(swap.get(k.key, k) for k in getattr(s, f)) for f in ("opens", "closes", "lapses")})
        for s in PROCEDURE.steps
    )
    return replace(PROCEDURE, steps=steps, duties=tuple(swap.get(k.key, k) for k in PROCEDURE.duties))


def two(attempt, part):
    """A condition that takes the part, too."""


RES, OUTC, DUT, STA = (f"complaints/procedure/{name}.py" for name in ("resolution", "outcome", "duties", "states"))
SAID = "step 'record_outcome'"
LETTER = LetterKind("note", "A note", lambda attempt: (), ("para 12",), discharges=(NOTICE,))
WITH_LETTER = replace(OUT, letters=(LetterKind("note", "A note", two, ("para 99",), discharges=(RESOLVE,)),))

MISTAKES = [
    (changed("record_outcome", past_label=""), [f"{OUTC}: {SAID} has no `past_label`. Declare `past_label`"]),
    (changed("record_outcome", button=""), [f"{OUTC}: {SAID} has no `button`. Declare `button`"]),
    (changed("record_outcome", form=None), [f"{OUTC}: {SAID} has no `form`. Declare `form`"]),
    (changed("record_outcome", entered_by=()), [f"{OUTC}: {SAID} has no `entered_by`. Declare `entered_by`"]),
    (
        changed("record_outcome", provisions=("reg 299",)),
        [f"{OUTC}: {SAID} rests on 'reg 299', which is no provision. Add it to panel/law/provisions_table.py"],
    ),
    (
        changed("record_outcome", provisions=()),
        [f"{OUTC}: {SAID} rests on no provision. Name the paragraph and the regulation in `provisions`"],
    ),
    (
        changed("note_apology", from_states=("handled",)),
        [f"{RES}: step 'note_apology' begins at 'handled', which is no state. Declare the state, or correct it"],
    ),
    (
        changed("record_outcome", guards=(two,)),
        [f"{OUTC}: {SAID}: two in `guards` takes other arguments. Let it take the attempt"],
    ),
    (
        changed("note_apology", part_guards=(two,)),
        [f"{RES}: step 'note_apology' is a note on the case and moves parts. "
         "Let it lead to Target.STAYS, without conditions on parts"],
    ),
    (
        changed("record_outcome", when_elsewhere=Elsewhere("Not yet.", first="outcome")),
        [f"{OUTC}: {SAID} says to take 'outcome' first, which is no step. Correct it in `when_elsewhere`"],
    ),
    (
        changed("note_apology", closes=(replace(NOTICE, key="apologise"),)),
        [f"{RES}: step 'note_apology' closes the duty 'apologise', which the procedure does not list. "
         "Let a step of the procedure open it"],
    ),
    (
        replace(PROCEDURE, steps=(*PROCEDURE.steps, PROCEDURE.step("note_apology"))),
        [f"{RES}: step 'note_apology' is declared twice. Give one of them another key"],
    ),
    (
        changed("note_apology", key="Note-apology"),
        [f"{RES}: step 'Note-apology' is no short slug. Use 2 to 40 small letters, digits and underscores"],
    ),
    (
        duty_changed(met_by="record_outcom"),
        [
            f"{DUT}: duty 'record_outcome' is met by 'record_outcom', which is no step. Correct its `met_by`",
            f"{STA}: state 'informal_resolution' asks for 'record_outcome', which cannot be met or does not live there. "
            "Name a duty whose step can be taken from 'informal_resolution'",
        ],
    ),
    (
        duty_changed(met_by="note_opinion"),
        [f"{DUT}: duty 'record_outcome' is met by 'note_opinion', which does not close it. List it in `closes` of the step"],
    ),
    (
        duty_changed(label="Tell {to}"),
        [f"{DUT}: duty 'record_outcome' names a recipient and has none. "
         "Declare `recipients`, or leave {to} out of its label"],
    ),
    (
        duty_changed(notice=True),
        [f"{DUT}: duty 'record_outcome' is a notice that another step meets. Write notice=True, met_by=\"give_notice\""],
    ),
    (
        changed("note_external_challenge", opens=()),
        ["panel/casework/challenge_steps.py: duty 'answer_challenge' is opened by no step. "
         "Add it to `opens` of the step that causes it, or to `asks` of a state"],
    ),
    (
        changed("record_outcome", letters=WITH_LETTER.letters),
        [
            "tests/rules/test_declarations.py: letter 'note' rests on 'para 99', which is no provision. "
            "Add it to panel/law/provisions_table.py",
            "tests/rules/test_declarations.py: letter 'note' meets the duty 'record_outcome', which is no notice. "
            "Leave it out of `discharges`",
            "tests/rules/test_declarations.py: letter 'note': `recipients` takes other arguments. Let it take the attempt",
        ],
    ),
    (with_state(asked=replace(ARBITER, asks=())), [
        "tests/rules/test_declarations.py: state 'with_arbiter' asks for no duty, so a case there could be on nobody’s "
        "list. Name in `asks` the duty that carries it on",
        "tests/rules/test_declarations.py: no step leads to state 'with_arbiter'. Declare the step that does",
    ]),
    (with_state(SENT, NOTED, asked=replace(ARBITER, ends_the_rest=True)), [
        "tests/rules/test_declarations.py: no way leads from state 'with_arbiter' to an end. Declare a step out of it",
    ]),
    (with_state(SENT, BACK), [
        f"{OUTC}: step 'send_to_arbiter' leads from 'informal_resolution' to 'with_arbiter', where the duty {kind!r} "
        "lapses without a word. List it in `lapses` of the step, or add 'with_arbiter' to `open_in_states` of the duty, "
        "or to `sleeps_in` where it only waits"
        for kind in LIVING
    ]),
    (with_state(replace(SENT, to="with_arbitr"), BACK, asked=replace(ARBITER, ends_the_rest=True)), [
        f"{OUTC}: step 'send_to_arbiter' leads to 'with_arbitr', which is no state. Declare the state, or correct it",
        "tests/rules/test_declarations.py: no step leads to state 'with_arbiter'. Declare the step that does",
    ]),
    (replace(PROCEDURE, states=tuple(replace(s, stage=9) if s.key == "received" else s for s in PROCEDURE.states)), [
        f"{STA}: state 'received' has stage 9. The track has stages 0 to 5: choose one",
    ]),
    (replace(with_state(SENT, BACK, asked=replace(ARBITER, ends_the_rest=True)), state_keys=StateKey), [
        "tests/rules/test_declarations.py: state 'with_arbiter' is no member of StateKey. "
        "Add it to complaints/keys.py, with the groups of states that it belongs to",
    ]),
    (replace(PROCEDURE, retired_states=(PROCEDURE.state("filtered"),)), [
        f"{STA}: state 'filtered' is retired and declared. Take it out of `retired_states`",
    ]),
]  # fmt: skip


def test_a_procedure_that_holds_has_no_problem():
    assert [str(p) for r in REGISTERS.values() for each in r.procedures for p in problems(each)] == []
    assert [str(p) for r in REGISTERS.values() for p in register_problems(r)] == []


@pytest.mark.parametrize("procedure, expected", MISTAKES, ids=[said[0].partition(": ")[2][:60] for _, said in MISTAKES])
def test_each_mistake_names_its_file_and_its_cure(procedure, expected):
    assert sorted(stated(*problems(procedure))) == sorted(expected)


@pytest.mark.parametrize("make, said", [
    (lambda: replace(OUT, closes=RESOLVE), "Step 'record_outcome': `closes` is no tuple. "
                                           "Write closes=(...,), with a comma behind a single one"),
    (lambda: replace(OUT, from_states="received"), "Step 'record_outcome': `from_states` is no tuple. "
                                                   "Write from_states=(...,), with a comma behind a single one"),
    (lambda: replace(OUT, opens=("record_outcome",)), "Step 'record_outcome': `opens` holds 'record_outcome', which is no "
                                                      "DutyKind. Name the DutyKind itself, without quotes"),
])  # fmt: skip
def test_a_forgotten_comma_or_a_name_in_quotes_stops_where_it_stands(make, said):
    with pytest.raises(TypeError) as stopped:
        make()
    assert stated(stopped.value) == [f"{OUTC}: {said}"]


def test_what_is_declared_here_stands_here():
    with pytest.raises(
        TypeError, match=r"^tests/rules/test_declarations\.py:\d+: DutyKind 'say': `provisions` is no tuple"
    ):
        DutyKind("say", "Say it", PROCEDURE.duties[0].owner, "para 12")
    assert Step.__post_init__ is State.__post_init__


def test_a_step_in_the_order_that_no_chapter_has_is_named():
    with pytest.raises(LookupError) as stopped:
        in_order(CHAPTERS, ("log", "take_no_actn"))
    assert str(stopped.value) == (
        "ORDER names 'take_no_actn', which no chapter declares. Correct it in ORDER, or declare it"
    )


def test_a_duty_that_is_not_in_the_order_follows_the_one_opened_before_it():
    first, second, third = PROCEDURE.duties[:3]
    assert in_order([(third, second, first)], (first.key, third.key), "DUTY_ORDER") == (first, third, second)
    with pytest.raises(LookupError, match="^DUTY_ORDER names 'acknowlege', which no chapter declares"):
        in_order([PROCEDURE.duties], ("acknowlege",), "DUTY_ORDER")


def test_the_printed_procedure_lists_the_letters_where_there_are_any():
    without = replace(PROCEDURE, steps=tuple(replace(s, letters=()) for s in PROCEDURE.steps))
    assert "## Letters" not in markdown(without)
    printed = markdown(changed("record_outcome", letters=(LETTER,)))
    assert "## Letters\n\n| letter | in words | meets | provision |\n|---|---|---|---|\n" in printed
    assert "\n| `note` | A note | `copy_of_outcome` | paragraph 12 |\n" in printed


def test_two_registers_have_two_slugs_and_each_procedure_is_of_one():
    with pytest.raises(ValueError, match="^register 'complaints' is there already$"):
        procedure_register.register(REGISTERS["complaints"])
    with pytest.raises(KeyError, match="schedule9"):
        procedure_register.of_procedure("schedule9")


def test_what_a_register_names_is_declared():
    register = replace(REGISTERS["complaints"], log_step="logg", main_decision="filtr")
    assert stated(*register_problems(register)) == [
        f"complaints/apps.py: `{field}` of register 'complaints' names {key!r}, which nothing declares. "
        "Correct the key, or declare it in a chapter"
        for field, key in (("log_step", "logg"), ("main_decision", "filtr"))
    ]


def declare(monkeypatch, procedure):
    """Let the register of complaints have this procedure."""
    register = replace(REGISTERS["complaints"], procedures=(procedure,))
    monkeypatch.setitem(procedure_register.REGISTERS, "complaints", register)


def add_column(monkeypatch, name, column):
    """Let the settings have one more column, for this test."""
    column.set_attributes_from_name(name)
    now = PanelSettings._meta.concrete_fields
    monkeypatch.setitem(PanelSettings._meta.__dict__, "concrete_fields", (*now, column))


def said_of_settings():
    """What the check of the settings says, each with its cure."""
    return [(error.id, re.sub(r"\.py:\d+:", ".py:", error.msg), error.hint) for error in checks.settings_on_pages(None)]


def test_a_setting_on_no_form_is_named_with_the_kinds_there_are(monkeypatch):
    add_column(monkeypatch, "plain_days", models.IntegerField(default=1))
    assert said_of_settings() == [(
        "panel.E007", "panel/models/panels.py: setting 'plain_days' is on no form",
        "Declare it with target(), years(), number(), word(), text() or switch(), and a group that a page shows.",
    )]  # fmt: skip


def test_a_setting_in_a_group_that_no_page_shows_is_named_with_the_groups_there_are(monkeypatch):
    add_column(monkeypatch, "ask_arbiter", switch("an arbiter may be asked", "who_actz", True))
    assert said_of_settings() == [(
        "panel.E007",
        "panel/models/panels.py: setting 'ask_arbiter' is on no form, as no page shows the group 'who_actz'",
        "Use one of the groups names, words, targets, who_acts, hearings, meetings, report, retention, sign_in, "
        "or declare the group in settings_groups of a register.",
    )]  # fmt: skip


def test_a_step_that_rests_on_a_setting_which_is_not_there_is_named(monkeypatch):
    declare(monkeypatch, changed("record", officer_needs_setting="officer_recrds"))
    assert said_of_settings() == [(
        "panel.E008",
        "complaints/procedure/recording.py: step 'record' rests on the setting 'officer_recrds', which is not there",
        "Correct its name, or declare the setting in panel/models/panels.py.",
    )]  # fmt: skip


def test_a_duty_whose_day_rests_on_a_setting_which_is_not_there_is_named(monkeypatch):
    declare(monkeypatch, duty_changed(due=target("resolution_days")))
    assert said_of_settings() == [(
        "panel.E008",
        "complaints/procedure/duties.py: duty 'record_outcome' rests on the setting 'resolution_days', which is not there",
        "Correct its name, or declare the setting in panel/models/panels.py.",
    )]  # fmt: skip


def test_a_letter_without_a_template_is_named_with_the_file_to_write(monkeypatch):
    declare(
        monkeypatch,
        changed("record_outcome", letters=(LetterKind("note", "A note", lambda attempt: (), ("para 12",)),)),
    )
    found = checks.templates_of_letters(None)
    assert [(e.id, e.hint) for e in found] == [("panel.E009", "Write templates/letters/note.txt.")]
    assert re.fullmatch(r"tests/rules/test_declarations\.py:\d+: letter 'note' has no template", found[0].msg)


def test_the_server_does_not_start_with_a_mistake_and_says_all_of_it(monkeypatch):
    checks.stop_where_declarations_are_wrong()
    declare(monkeypatch, changed("record_outcome", past_label="", button=""))
    with pytest.raises(ImproperlyConfigured) as stopped:
        checks.stop_where_declarations_are_wrong()
    assert [re.sub(r"\.py:\d+:", ".py:", line) for line in str(stopped.value).splitlines()] == [
        f"{OUTC}: {SAID} has no `past_label`. Declare `past_label`",
        f"{OUTC}: {SAID} has no `button`. Declare `button`",
    ]


def test_a_procedure_says_where_it_stands():
    assert PROCEDURE.where.startswith("complaints/procedure/__init__.py:")


@pytest.mark.django_db
def test_a_stored_state_that_is_declared_no_more_is_named_with_the_file_of_its_procedure(monkeypatch):
    from tests import build

    build.log(build.make_world())
    declare(monkeypatch, replace(PROCEDURE, states=tuple(s for s in PROCEDURE.states if s.key != "received")))
    found = [(e.id, e.msg, e.hint) for e in checks.undeclared(None, ["default"])]
    assert found == [(
        "panel.E005", "complaints: status 'received' is not declared",
        f"Declare it, or give it words in retired_states of the procedure (declared {PROCEDURE.where}).",
    )]  # fmt: skip
