"""The declared machine, walked exhaustively: whoever adds a step to the table is held to all of this."""

import inspect
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from complaints import procedure
from complaints.procedure import PROCEDURE, STEPS, conditions
from panel.casework import challenge_steps, retention_steps
from panel.casework.case_context import CaseContext
from panel.casework.errors import Refused, Unseen
from panel.casework.layouts import layout_faults
from panel.casework.offers import offers
from panel.casework.perform import begin, perform
from panel.casework.step_form import StepForm
from panel.forms.fields import TextField
from panel.law.provisions import GROUNDS, PROVISIONS
from panel.law.roles import Role
from panel.procedure import register
from panel.procedure.markdown_page import citations
from panel.procedure.vocabulary import NEW, DutyKind, LetterKind, Step, Target
from panel.record import triggers
from panel.record.digests import check_link
from panel.record.verify import verify
from tests import build
from tests.steps import MADE, ON, RECEIVED, at, fresh, last, ready_for, sitting, take, who_enters
from tests.written import nothing_written

KEYS = [s.key for s in STEPS]
STATES = [s.key for s in PROCEDURE.states]
ASIDE = {Target.STAYS, Target.UNDO}  # a reversal reaches only where a part has been


def edges():
    """{state: the states that one step leads to}, reversals left out."""
    out = {}
    for step in STEPS:
        if step.to in ASIDE or step.scope == "case":
            continue
        for source in step.from_states if not step.creates else (NEW,):
            out.setdefault(source, set()).update(PROCEDURE.targets(step, source))
    return out


def reached(start, graph):
    found, todo = set(), [start]
    while todo:
        for target in graph.get(todo.pop(), ()):
            if target not in found:
                found.add(target)
                todo.append(target)
    return found


# States


def test_every_state_is_reachable():
    assert reached(NEW, edges()) == set(STATES)


@pytest.mark.parametrize("state", PROCEDURE.open_states)
def test_every_open_state_can_reach_an_end(state):
    assert reached(state, edges()) & set(PROCEDURE.ends)


@pytest.mark.parametrize("state", PROCEDURE.open_states)
def test_every_open_state_can_reach_closed_without_a_withdrawal(state):
    graph = {s: t for s, t in edges().items() if s != "withdrawn"}
    assert "closed" in reached(state, graph)


def test_only_reopening_the_iopc_and_a_reversal_lead_out_of_an_end():
    out = {
        s.key
        for s in STEPS
        if s.scope == "parts" and not s.creates and s.moves and set(s.from_states) & set(PROCEDURE.ends)
    }
    assert out == {"reopen", "reverse", "iopc_treats_as_conduct_matter"}, "take the ends out of its `from_states`"


def test_the_ends_are_in_the_order_of_the_law_and_void_is_the_least():
    assert PROCEDURE.ends == ("void", "not_recorded", "redirected", "withdrawn", "closed")
    assert PROCEDURE.furthest(["void", "received"]) == "received"
    assert PROCEDURE.furthest(["closed", "received"]) == "received"
    assert PROCEDURE.furthest(["void", "not_recorded"]) == "not_recorded"


def test_keys_are_short_slugs_and_each_is_there_once():
    for keys in (KEYS, STATES, [k.key for k in PROCEDURE.duties]):
        assert len(set(keys)) == len(keys)
        assert [k for k in keys if not re.fullmatch(r"[a-z][a-z0-9_]{1,39}", k)] == []
    assert not set(STATES) & {s.key for s in PROCEDURE.retired_states}


@pytest.mark.parametrize("state", PROCEDURE.states, ids=lambda s: s.key)
def test_every_state_has_its_words_and_a_place_on_the_track(state):
    assert state.label[0].isupper()
    assert 0 <= state.stage < len(PROCEDURE.stages)
    assert state.open or state.stage == len(PROCEDURE.stages) - 1


# Steps


@pytest.mark.parametrize("step", STEPS, ids=KEYS)
class TestStep:
    def test_states_roles_and_words_are_declared(self, step):
        assert set(step.from_states) <= {*STATES, NEW}
        assert step.from_states
        targets = {t for source in step.from_states for t in PROCEDURE.targets(step, source)}
        assert targets <= set(STATES) | ({NEW} if step.to is Target.STAYS and NEW in step.from_states else set())
        assert targets
        assert step.entered_by
        assert {*step.entered_by, *step.decided_by} <= set(Role)
        assert step.label
        assert step.button
        assert step.past_label

    def test_whoever_decides_may_enter_it_or_it_is_typed_up(self, step):
        assert Role.PANEL not in step.entered_by  # nobody signs in as the Panel
        if step.decided_by:
            assert set(step.decided_by) - {Role.PANEL} <= set(step.entered_by)
            assert Role.OFFICER in step.entered_by

    def test_its_provisions_are_known(self, step):
        assert step.provisions
        assert set(step.provisions) <= set(PROVISIONS)
        assert any(u.startswith(("para ", "reg ", "UK GDPR ")) for u in step.provisions)

    def test_guards_checks_and_effect_resolve(self, step):
        for guard in (*step.guards, *step.checks):
            assert len(inspect.signature(guard).parameters) == 1
        for guard in step.part_guards:
            assert len(inspect.signature(guard).parameters) == 2
        assert step.effect is None or len(inspect.signature(step.effect).parameters) == 1

    def test_its_form_is_a_step_form_whose_questions_say_what_to_do(self, step):
        assert issubclass(step.form, StepForm)
        unnamed = {
            name
            for name, field in step.form.base_fields.items()
            if field.required and field.error_messages.get("required") == "This field is required."
        }
        assert unnamed == set()

    def test_its_duties_are_declared(self, step):
        known = {k.key for k in PROCEDURE.duties}
        assert {k.key for k in (*step.opens, *step.closes, *step.lapses)} <= known
        assert not {k.key for k in step.closes} & {k.key for k in step.lapses}
        assert all(k.notice or not k.then_opens for k in step.opens)

    def test_a_part_step_is_no_note_and_a_note_moves_nothing(self, step):
        assert step.scope in ("parts", "case")
        if step.scope == "case":
            assert step.to is Target.STAYS
            assert not step.part_guards
            assert not step.creates

    def test_forward_steps_are_barred_by_the_iopc(self, step):
        """Every step that carries an allegation forward asks whether the IOPC must have it first (regs 15(1), 27)."""
        if not step.moves or step.creates or step.scope == "case" or step.key in NOT_FORWARD:
            return
        cure = (
            f"let `part_guards` of {step.key!r} ({step.where}) begin with *FORWARD, or say in NOT_FORWARD of "
            "tests/rules/test_machine.py why the IOPC does not bar it"
        )
        assert conditions.not_due_to_iopc in step.part_guards, cure


NOT_FORWARD = {
    "resume": "back to where it waited",
    "refer_to_iopc": "to the IOPC itself",
    "iopc_investigates": "the IOPC has it",
    "iopc_refers_back": "the IOPC has it",
    "iopc_discontinues": "the IOPC has it",
    "iopc_concludes": "the IOPC has it",
    "proceedings_end": "a court has it",
    "refer_again": "the IOPC has it",
    "iopc_treats_as_conduct_matter": "to the IOPC itself",
    "withdraw": "the Regulations cease to apply (reg 16)",
    "void": "entered by mistake",
    "reopen": "out of an end",
    "reverse": "back",
}


def test_the_exceptions_to_the_bar_are_steps():
    assert set(NOT_FORWARD) <= set(KEYS)


# Duties


@pytest.mark.parametrize("kind", PROCEDURE.duties, ids=lambda k: k.key)
def test_every_duty_is_known_opened_and_can_be_met(kind):
    opened = {k.key for s in STEPS for k in s.opens} | {k.then_opens.key for k in PROCEDURE.duties if k.then_opens}
    assert kind.key in opened | {key for s in PROCEDURE.states for key in s.asks}
    assert set(kind.provisions) <= set(PROVISIONS)
    assert kind.met_by in KEYS
    assert set(kind.open_in_states) <= set(STATES)
    assert kind.notice == (kind.met_by == "give_notice")
    if "{to}" in kind.label:
        assert kind.recipients


def test_every_duty_kind_written_down_is_in_the_procedure():
    modules = [m for name, m in sys.modules.items() if name.startswith("complaints.procedure.")]
    written = {v.key for m in modules for v in vars(m).values() if isinstance(v, DutyKind)}
    kept = {retention_steps.CONFIRM_ERASURE.key, retention_steps.REVIEW_HOLD.key}
    kept |= set(challenge_steps.OPEN_CHALLENGE)
    unopened = written - {k.key for k in PROCEDURE.duties}
    assert not unopened, f"no step opens it: add the duty to `opens` of the step that causes it: {sorted(unopened)}"
    assert written | kept == {k.key for k in PROCEDURE.duties}


def test_every_letter_kind_written_down_is_in_the_procedure():
    modules = [m for name, m in sys.modules.items() if name.startswith("complaints.procedure.")]
    written = {v.key for m in modules for v in vars(m).values() if isinstance(v, LetterKind)}
    unnamed = written - {letter.key for letter in PROCEDURE.letters}
    assert unnamed == set(), "no step names it: add the letter to `letters` of the step that causes it"


def test_to_tell_somebody_of_an_end_does_not_lapse_with_it():
    """What a step opens that ends an allegation must outlive that end."""
    for step in STEPS:
        ends = isinstance(step.to, str) and step.to in PROCEDURE.ends
        assert [k.key for k in step.opens if ends and step.to not in PROCEDURE.lives_in(k)] == []


# Provisions

WITHOUT_A_STEP = {}  # paragraph: why no step, duty or guard cites it


@pytest.mark.parametrize("number", range(1, 18))
def test_every_paragraph_of_the_procedure_is_cited(number):
    cited = {u for s in STEPS for u in s.provisions} | {u for k in PROCEDURE.duties for u in k.provisions}
    assert (f"para {number}" in cited) != (f"para {number}" in WITHOUT_A_STEP)


def test_every_paragraph_and_regulation_is_met_by_something_or_says_what_meets_it_instead():
    found = citations(PROCEDURE)
    assert {f"para {n}" for n in range(1, 18)} <= set(found)
    assert {f"reg {n}" for n in range(8, 29) if f"reg {n}" in PROVISIONS} <= set(found)
    without = [key for key, rests in found.items() if not any(rests)]
    assert without == [key for key, _ in PROCEDURE.elsewhere]


CHAPTERS = Path(procedure.__file__).parent
SHARED = {
    "states",
    "regulation_15",
    "conditions",
    "recipients",
    "targets",
    "duties",
    "questions",
    "copies",
    "seats",
    "protected_names",
    "no_finding",
    "seriousness",
    "earliest",
    "complaining",
    "acting",
    "who_sits",
    "who_decides",
    "delegation",
    "log_form",
}
GATHERS = {
    "__init__",
    "letters",
}  # they put together what the chapters have, each notice with its letter; no chapter imports them


@pytest.mark.parametrize("path", sorted(CHAPTERS.rglob("*.py")), ids=lambda p: str(p.relative_to(CHAPTERS)))
def test_chapters_never_import_each_other(path):
    """What two chapters need stands beside them, so that each can be read and changed alone."""
    own = path.relative_to(CHAPTERS).parts[0].removesuffix(".py")
    if own in GATHERS:
        return
    imported = set(re.findall(r"^from complaints\.procedure(?:\.(\w+))? import", path.read_text(), re.MULTILINE))
    others = imported - SHARED - ({own} if own not in SHARED else set())
    assert not others, (
        f"{own}.py imports another chapter: let what both need stand beside them ({', '.join(sorted(SHARED))}), or add "
        f"the new shared module to SHARED in tests/rules/test_machine.py: {sorted(others)}"
    )


@pytest.mark.parametrize("path", sorted(CHAPTERS.rglob("*.py")), ids=lambda p: str(p.relative_to(CHAPTERS)))
def test_every_provision_cited_anywhere_is_known(path):
    cited = set(re.findall(r'"((?:para|reg|s|Sch \d+ para) [0-9]+(?:\([0-9a-z]+\))*)"', path.read_text()))
    unknown = cited - set(PROVISIONS)
    assert not unknown, (
        f"{path} cites what is no provision: correct it, or add it to panel/law/provisions_table.py: {unknown}"
    )


def test_every_ground_has_its_reasons_and_a_provision():
    assert [g.key for g in GROUNDS] == list("abcdef")
    assert {g.provision for g in GROUNDS} <= set(PROVISIONS)


# Each step taken once and refused once


@pytest.mark.parametrize("key", [k for k in KEYS if k not in MADE])
@pytest.mark.postgres
def test_each_step_is_taken_once(world, key):
    step = PROCEDURE.step(key)
    case = ready_for(world, key)
    before = {p.pk: p.status for p in case.parts.all()}
    form = begin(case, key, by=who_enters(world, case, key)).form
    wrong = [f"{what}. {cure}" for what, cure in layout_faults(form)]
    assert not wrong, f"{step.where}: step {key!r}, as it is asked here: {'; '.join(wrong)}"
    after = take(world, case, key)
    assert (last(after).step, after.version) == (key, case.version + 1)
    for part in after.parts.all():
        source = before.get(part.pk, NEW)
        moved = (key, source, part.status) in PROCEDURE.moves()
        assert moved if source != part.status else moved or step.scope == "case" or step.creates
    assert list(check_link(last(after).link)) == []


@pytest.mark.postgres
def test_each_way_into_the_register_is_taken_once(world):
    case = build.log(world, on=RECEIVED)
    assert (case.status, case.conduct_matter) == ("received", False)
    made = type(case)(panel=world.panel, procedure="complaints")
    entry = perform(
        made, "record_conduct_matter", by=world.officer, on=ON, came_to_light="In the press", clear_on=ON,
        offence="yes", offence_is="Fraud", subjects=[str(world.pcc.pk)], title="Car lease", allegations=[{"what": "Took a car", "happened_on": RECEIVED}],
    )  # fmt: skip
    assert (entry.case.status, entry.case.conduct_matter) == ("recorded", True)


# Every step x state x role: what is offered and what perform does agree

PEOPLE = ["officer", "mo", "chairman", "vice", "member", "sitting", "auditor", "admin"]


@pytest.mark.parametrize("state", STATES)
def test_role_and_source_are_refused_by_the_same_rule_everywhere_and_nothing_changes(world, state):
    case = at(world, state)
    sits = world.members[3].pk in sitting(case)
    turn = STATES.index(state) % len(PEOPLE)
    tried = set()  # each step is tried by hand once for each reason, by another person in each state
    with nothing_written():
        for who in PEOPLE[turn:] + PEOPLE[:turn]:
            person = world.people[who]
            look = CaseContext(fresh(case), person)
            for offer in offers(look):
                step = offer.step
                if offer.because not in ("role", "source"):
                    assert state in step.from_states
                    continue
                if offer.because == "source":
                    assert state not in step.from_states
                else:
                    assert not look.roles & set(step.entered_by)
                if (step.key, offer.because) in tried or (KEYS.index(step.key) + STATES.index(state)) % 2:
                    continue  # half of them by hand in this state, the other half in the next
                tried.add((step.key, offer.because))
                with pytest.raises((Refused, Unseen)) as raised:
                    perform(case, step.key, by=person, on=ON)
                if isinstance(raised.value, Refused):
                    assert raised.value.refusals == [offer.refusal]
                    assert raised.value.role == (offer.because == "role")
                    assert raised.value.refusals[0].provisions == step.provisions
                else:
                    assert who in ("member", "admin") or (who == "sitting" and not sits)
    assert fresh(case).version == case.version
    assert fresh(case).status == state


def test_a_step_nobody_declared_does_not_exist(world):
    with nothing_written(), pytest.raises(KeyError):
        perform(at(world, "received"), "uphold", by=world.officer, on=ON)


# Adding a transition is adding one Step


class ArchiveForm(StepForm):
    """What the new step asks."""

    box = TextField(label="Which box?", required_message="Enter which box")


ARCHIVE = Step(
    "archive", "Archive it", ("closed",), "void", entered_by=(Role.MONITORING_OFFICER,), provisions=("para 5",), past_label="Archived",
    button="Archive it", form=ArchiveForm,
)  # fmt: skip


@pytest.fixture
def with_a_new_step(world, monkeypatch):
    """The register as if the table had one more entry; the triggers follow as after a migrate."""
    entry = register.REGISTERS["complaints"]
    more = replace(entry, procedures=(replace(PROCEDURE, steps=(*STEPS, ARCHIVE)),))
    monkeypatch.setitem(register.REGISTERS, "complaints", more)
    return more


@pytest.mark.postgres
def test_a_new_step_is_refused_by_the_database_until_migrate(world, with_a_new_step):
    from django.db import IntegrityError, transaction

    assert [n for n in triggers.compare(connection)[1] if "move" in n] == ["law_panel_move_insert"]
    with nothing_written(), pytest.raises(IntegrityError, match="not a declared step"), transaction.atomic():
        perform(at(world, "closed"), "archive", by=world.mo, on=ON, box="7")


@pytest.mark.postgres
def test_a_new_step_gets_offer_check_log_history_journal_trigger_and_address(world, with_a_new_step):
    assert triggers.sync(connection) == ["law_panel_move_insert"]
    assert triggers.compare(connection)[1] == []
    case = at(world, "closed")
    found = next(o for o in offers(CaseContext(case, world.mo)) if o.step.key == "archive")
    assert found.refusal is None
    with nothing_written(), pytest.raises(Refused) as raised:
        perform(case, "archive", by=world.officer, on=ON, box="7")
    assert raised.value.role
    entry = perform(case, "archive", by=world.mo, on=ON, box="7")
    assert (entry.answers, entry.case.status) == ({"box": "7"}, "void")
    assert entry.case.history.first().history_change_reason == "archive"
    assert entry.link.act == "archive"
    assert ("archive", "closed", "void") in with_a_new_step.procedure.moves()
    assert list(verify(world.panel)) == []
    case = fresh(case)
    assert take(world, case, "reverse", by=world.mo, entry=str(entry.number)).status == "closed"
    assert reverse("panel:step", args=[world.panel.slug, "complaints", case.reference, "archive"]).endswith("/archive/")


def test_the_declaration_is_written_out_whole():
    """What the trigger, the diagram and the JSON are made from."""
    moves = PROCEDURE.moves()
    assert {m[0] for m in moves} == {s.key for s in STEPS if s.scope == "parts"}
    assert ("log", NEW, "received") in moves
    assert ("resume", "awaiting_information", "received") in moves
    assert ("resume", "awaiting_information", "recorded") in moves
    assert ("reverse", "closed", "filtered") in moves
    assert not [m for m in moves if m[2] == NEW]
    assert json.loads(json.dumps(sorted(moves)))
