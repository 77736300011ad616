"""What somebody who adds a step, a filter or a condition is told of a slip of the pen before anybody takes it: of a form
whose question would never be asked, a chapter that nobody lists, a filter that cannot filter, a guard that returns a
sentence. Each is a mistake that once passed every check."""

import re
import tomllib
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ImproperlyConfigured

from complaints.keys import Group, StateKey
from complaints.list import ComplaintFilters, ComplaintList
from complaints.procedure import PROCEDURE
from complaints.procedure.duties import FILL_SEAT
from panel import checks
from panel.access import rules
from panel.casework.layouts import layout_faults
from panel.casework.step_form import StepForm
from panel.forms.fields import RadiosField, TextField, TickField
from panel.forms.layout import Columns, Reveal
from panel.law.roles import Basis, Role
from panel.pages.register_list import SelectFilter, TickFilter, filter_faults
from panel.procedure import chapters
from panel.procedure import register as procedure_register
from panel.procedure.declared import ROOT
from panel.procedure.read_conditions import faults
from panel.procedure.register import REGISTERS
from panel.procedure.validate import problems
from panel.procedure.vocabulary import DutyKind, LetterKind, Refusal, State, Step, refusal_of, refusals
from tests.panel.pages.page import Browser
from tests.steps import at, group_of

COMPLAINTS = REGISTERS["complaints"]
OUT = PROCEDURE.step("record_outcome")

# Forms


class MeetingForm(StepForm):
    """Where and how they meet."""

    place = TextField(label="Where?", required_message="Enter where")
    how = RadiosField(label="How?", choices=[("room", "In a room"), ("line", "On line")], required_message="Select how")
    link = TextField(label="Link?", required_message="Enter the link")
    told = TickField(label="They know", required_message="Tick it")


def form(*pieces, **members):
    """The class of such a form with another layout."""
    return type("MeetingForm", (MeetingForm,), {"__doc__": "x", "shape": pieces, **members})


WHOLE = ("place", "how", Reveal("how", "line", "link"), "told")
LAYOUTS = [
    (WHOLE, []),
    ((), []),  # in the order declared
    ((Columns("place", "how"), Reveal("told", True, "link"), "told", "documents", "why"), []),
    (("how", Reveal("how", "line", "link"), "told"), ["question 'place' is asked nowhere. Add it to `shape`"]),
    (("place", "how", "told", Reveal("howw", "line", "link")),
     ["Reveal in `shape` hangs under 'howw', which is no question. Correct it, or declare the question"]),
    (("place", "how", "told", Reveal("how", "in_person", "link")),
     ["Reveal in `shape`: 'in_person' is no choice of 'how'. Its choices are line, room"]),
    (("place", "how", "told", Reveal("how", "line", "linkk")),
     ["question 'link' is asked nowhere. Add it to `shape`",
      "`shape` names 'linkk', which is no question. Correct it, or declare the question"]),
    (("place", "how", "told", Reveal("told", "line", "link")),
     ["Reveal in `shape`: 'line' is no answer of the tick 'told'. Write True"]),
    (("place", "how", "told", Reveal("place", "line", "link")),
     ["Reveal in `shape` hangs under 'place', which has no choices. Let it hang under radios, checkboxes or a tick"]),
]  # fmt: skip


@pytest.mark.parametrize("shape, said", LAYOUTS, ids=[said[0][:40] if said else "right" for _, said in LAYOUTS])
def test_a_layout_that_would_leave_a_question_unasked_is_named_with_its_cure(shape, said):
    assert [f"{what}. {cure}" for what, cure in layout_faults(form(*shape))] == said


def test_what_is_made_for_the_case_is_judged_once_the_form_is_made():
    asked = form("place", "how", "told", "link", Reveal("side", "him", "why"), add_questions=lambda self: None)
    assert list(layout_faults(asked)) == []
    assert list(layout_faults(form(*WHOLE[1:], shape_of=lambda self: list(WHOLE)))) == []


def declare(monkeypatch, **changed):
    """Let a step of the register of complaints have this changed."""
    steps = tuple(replace(s, **changed) if s.key == OUT.key else s for s in PROCEDURE.steps)
    register = replace(COMPLAINTS, procedures=(replace(PROCEDURE, steps=steps),))
    monkeypatch.setitem(procedure_register.REGISTERS, "complaints", register)


def test_the_server_does_not_start_with_such_a_form(monkeypatch):
    declare(monkeypatch, form=form("place", "how", "told", Reveal("howw", "line", "link")))
    with pytest.raises(ImproperlyConfigured) as stopped:
        checks.stop_where_declarations_are_wrong()
    assert str(stopped.value) == (
        f"{OUT.where}: step 'record_outcome': Reveal in `shape` hangs under 'howw', which is no question. "
        "Correct it, or declare the question."
    )


# Conditions


def sentence(attempt):
    """A guard that forgets its Refusal."""
    return "No complainant"


def comparison(attempt):
    """A guard that says whether."""
    return attempt.case.version > 1


def paragraph(attempt):
    """A guard that refuses under what is not there."""

    def inner():
        return "not the guard's"

    return Refusal(inner(), ("para 99", "para 12")) if attempt else None


def comma(attempt):
    """A guard that forgets a comma."""
    return Refusal("No.", provisions="para 12")


@pytest.mark.parametrize("condition, what, cure", [
    (sentence, "returns 'No complainant'", "Return a Refusal or None"),
    (comparison, "returns attempt.case.version > 1", "Return a Refusal or None"),
    (paragraph, "refuses under 'para 99', which is no provision", "Correct it, or add it to panel/law/provisions_table.py"),
    (comma, "refuses under 'para 12' alone", "Write ('para 12',), with a comma behind it"),
])  # fmt: skip
def test_a_condition_that_gives_no_refusal_or_cites_nothing_is_named(condition, what, cure):
    assert list(faults(condition)) == [(what, cure)]
    wrong = replace(
        PROCEDURE, steps=tuple(replace(s, guards=(condition,)) if s.key == OUT.key else s for s in PROCEDURE.steps)
    )
    assert [str(p) for p in problems(wrong)] == [
        f"{OUT.where}: step 'record_outcome': {condition.__name__} {what}. {cure}"
    ]


def test_what_stands_in_no_file_is_asked_once_it_is_called():
    made = {}
    exec("def guard(attempt):\n    return 'No'", made)  # noqa: S102
    assert list(faults(made["guard"])) == []


def test_a_condition_that_gives_a_sentence_stops_where_it_is_asked():
    with pytest.raises(
        TypeError, match=r"test_new_things\.py:\d+: sentence returned 'No complainant'\. Return a Refusal or"
    ):
        refusal_of(sentence, None)
    with pytest.raises(TypeError, match=r"returned False\. Return a Refusal or None$"):
        refusals(lambda attempt: False, None)
    refusal = Refusal("No.", ("para 12",))
    assert refusals(lambda attempt: (refusal, refusal), None) == (refusal, refusal)
    assert refusal_of(lambda attempt: refusal, None) is refusal
    assert refusal_of(lambda attempt: None, None) is None


def test_a_refusal_rests_on_provisions_that_are_there():
    with pytest.raises(
        LookupError, match="^The refusal 'No.' rests on 'para 99', which is no provision. Correct it, or"
    ):
        Refusal("No.", ("para 12", "para 99"))


# Fields in the wrong place


@pytest.mark.parametrize("make, said", [
    (lambda: DutyKind("x", "Do it", ("para 12",)),
     "DutyKind 'x': `owner` is ('para 12',) and must be a Role. The order is key, label, owner, provisions"),
    (lambda: DutyKind("x", "Do it", Role.OFFICER),
     "DutyKind 'x': `provisions` is missing. The order is key, label, owner, provisions"),
    (lambda: DutyKind("x", "Do it", "officer", ("para 12",)),
     "DutyKind 'x': `owner` is 'officer' and must be a Role. Write Role.OFFICER, without quotes. "
     "The order is key, label, owner, provisions"),
    (lambda: DutyKind("x", "Do it", Role.OFFICER, ("para 12",), day_basis="law"),
     "DutyKind 'x': `day_basis` is 'law' and must be a DayBasis. Write DayBasis.LAW, without quotes"),
    (lambda: DutyKind("x", "Do it", Role.OFFICER, ("para 12",), Basis.LAW, due=5),
     "DutyKind 'x': `due` is 5 and must be a function or None. Correct it"),
    (lambda: DutyKind("x", "Do it", Role.OFFICER, ("para 12",), open_in_state=("recorded",)),
     "DutyKind 'x': there is no field `open_in_state`. Write `open_in_states`"),
    (lambda: LetterKind("x", "A letter", ("para 12",)),
     "LetterKind 'x': `recipients` is ('para 12',) and must be a function. The order is key, label, recipients, provisions"),
    (lambda: LetterKind("x", len, ("para 12",)),
     "LetterKind 'x': `label` is the function len and must be a text. The order is key, label, recipients, provisions"),
    (lambda: LetterKind("x", "A letter", "both", ("para 12",)),
     "LetterKind 'x': `recipients` is 'both' and must be a function. Name the function itself, without quotes. "
     "The order is key, label, recipients, provisions"),
    (lambda: State("x", "X", True and "3"),
     "State 'x': `stage` is '3' and must be a number. Name the number itself, without quotes. "
     "The order is key, label, stage"),
    (lambda: Step("x", "X", ("received",), None, (Role.OFFICER,), ("para 12",)),
     "Step 'x': `to` is None and must be a text, a Target or a tuple. "
     "The order is key, label, from_states, to, entered_by, provisions"),
    (lambda: Step("x", "X", ("received",), "recorded", ("officer",), ("para 12",)),
     "Step 'x': `entered_by` holds 'officer', which is no Role. Write Role.OFFICER, without quotes"),
    (lambda: Step("x", "X", ("received",), "recorded", (Role.OFFICER,), ("para 12",), guards=(3,)),
     "Step 'x': `guards` holds 3, which is no function. Correct it"),
    (lambda: Step("x", "X", ("received",), "recorded", (Role.OFFICER,), ("para 12",), zzz=1),
     "Step 'x': there is no field `zzz`. Leave it out"),
    (lambda: Step("x", "X", ("received",), "recorded", (Role.OFFICER,), ("para 12",), when_elsewhere=Role.OFFICER),
     "Step 'x': `when_elsewhere` is officer and must be an Elsewhere. Name the Elsewhere itself, without quotes"),
])  # fmt: skip
def test_a_field_that_is_missing_or_in_the_wrong_place_is_named_with_the_order(make, said):
    with pytest.raises(TypeError) as stopped:
        make()
    assert re.sub(r"\.py:\d+:", ".py:", str(stopped.value)) == f"tests/rules/test_new_things.py: {said}"


def test_what_has_no_words_is_named():
    kind = replace(PROCEDURE.duties[0], label=" ")
    wrong = replace(PROCEDURE, duties=(kind, *PROCEDURE.duties[1:]))
    assert [str(p) for p in problems(wrong)] == [f"{kind.where}: duty {kind.key!r} has no words. Write its `label`"]


# Chapters


def test_a_chapter_that_nobody_lists_is_named_with_the_table_to_add_it_to(monkeypatch):
    assert [found for r in REGISTERS.values() for found in chapters.chapters_left_out(r)] == []
    steps = tuple(s for s in PROCEDURE.steps if not s.where.startswith("complaints/procedure/victims_review.py"))
    less = replace(COMPLAINTS, procedures=(replace(PROCEDURE, steps=steps),))
    (where, what, cure) = next(iter(chapters.chapters_left_out(less)))
    assert where == "complaints/procedure/victims_review.py"
    assert what.startswith("declares STEPS that CHAPTERS does not list, such as ")
    assert (
        cure
        == "Add victims_review.STEPS to CHAPTERS, and under a heading of GROUPS, in complaints/procedure/__init__.py"
    )
    monkeypatch.setitem(procedure_register.REGISTERS, "complaints", less)
    assert [e.id for e in checks.chapters_and_filters(None)] == ["panel.E013"]


def test_a_chapter_of_hearings_that_neither_schedule_takes_is_named():
    hearings = REGISTERS["hearings"]
    less = replace(hearings, procedures=tuple(
        replace(p, steps=tuple(s for s in p.steps if not s.where.startswith("hearings/procedure/veto.py")))
        for p in hearings.procedures
    ))  # fmt: skip
    assert [(where, cure) for where, _, cure in chapters.chapters_left_out(less)] == [(
        "hearings/procedure/veto.py",
        "Add veto.STEPS to STEPS, and under a heading of GROUPS, in hearings/procedure/schedule1.py or "
        "hearings/procedure/schedule8.py",
    )]  # fmt: skip


def test_a_register_whose_procedure_is_one_file_has_no_chapters():
    one = replace(PROCEDURE, where="complaints/list.py:1")
    assert list(chapters.chapters_left_out(replace(COMPLAINTS, procedures=(one,)))) == []
    assert (ROOT / "complaints/list.py").exists()


CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]


@pytest.mark.parametrize("app", ["complaints", "hearings", "meetings"])
def test_every_chapter_has_its_place_in_the_import_contract(app):
    layers = next(c["layers"] for c in CONTRACTS if c["id"] == f"chapters-of-{app}")
    placed = set(re.findall(r"\w+", " ".join(layers)))
    there = {path.stem for path in (ROOT / app / "procedure").iterdir() if not path.name.startswith("__")}
    assert not there - placed, f"add to the contract chapters-of-{app} in pyproject.toml: {sorted(there - placed)}"


# Filters of lists


def with_filters(**filters):
    """The register of complaints with more filters."""
    page = type(
        "Page",
        (ComplaintList,),
        {"filters": type("Filters", (ComplaintFilters,), {"__module__": "complaints.list", **filters})},
    )
    return replace(COMPLAINTS, list_page=page())


def test_a_filter_that_has_nothing_to_filter_with_is_named(monkeypatch):
    channel = {"label": "How it arrived", "choices": [("post", "Post")], "blank": "Any"}
    wrong = with_filters(channel=SelectFilter(**channel, method="came_by"), chanel=SelectFilter(**channel))
    assert list(filter_faults(wrong)) == [
        ("complaints/list.py", "filter 'channel' names the method 'came_by', which Filters does not have",
         "Write it in Filters, or correct the name"),
        ("complaints/list.py", "filter 'chanel' has no method, and Complaint no column 'chanel'",
         "Give it a `method` of Filters"),
    ]  # fmt: skip
    assert list(filter_faults(with_filters(channel=SelectFilter(**channel)))) == []  # a column of its own
    monkeypatch.setitem(procedure_register.REGISTERS, "complaints", wrong)
    assert [(e.id, e.msg) for e in checks.chapters_and_filters(None)][0] == (
        "panel.E014", "complaints/list.py: filter 'channel' names the method 'came_by', which Filters does not have"
    )  # fmt: skip


PAGES = [(slug, register.list_page) for slug, register in REGISTERS.items()]
FILTERS = [(slug, name) for slug, page in PAGES for name in page.filters.base_filters]
VIEWS = [(slug, "view", view.key) for slug, page in PAGES for view in page.views]
ORDERS = [(slug, "sort", f"{down}{key}") for slug, page in PAGES for key in page.orders for down in ("", "-")]


def fails(world, slug, name, value) -> str:
    """How the page of the list fails that is asked for so; "" where it does not."""
    try:
        page = Browser(world.mo).get(f"/{world.panel.slug}/{slug}/?{urlencode({name: value})}")
    except Exception as error:
        return f"{type(error).__name__}: {str(error).partition('. ')[0]}"
    return "" if page.status == 200 else f"answers {page.status}"


def first_choice(world, register, name) -> str:
    """What is chosen of the filter: its first choice, a tick, or a word."""
    page = register.list_page
    kind = page.filters.base_filters[name]
    who = rules.standing(world.mo, world.panel)
    filters = page.filters(
        None, page.seen_by(who), who=who, user=world.mo, panel=world.panel, procedures=page.procedures
    )
    if isinstance(kind, SelectFilter):
        return next(str(choice[0]) for choice in filters.form.fields[name].choices if choice[0])
    return "on" if isinstance(kind, TickFilter) else "note"


@pytest.mark.parametrize("slug, name", FILTERS)
def test_each_filter_of_each_list_filters(world, slug, name):
    register = REGISTERS[slug]
    kind = register.list_page.filters
    if name == "group":
        group_of(world, at(world, "received"))  # whose choices are the groups that are there
    failed = fails(world, slug, name, first_choice(world, register, name))
    method = kind.base_filters[name].method
    assert not failed, (
        f"filter {name!r} of {kind.__module__.replace('.', '/')}.py fails: {failed}: correct {method!r} there"
    )


@pytest.mark.parametrize("slug, name, value", VIEWS + ORDERS)
def test_each_view_and_each_order_of_each_list_can_be_had(world, slug, name, value):
    page = REGISTERS[slug].list_page
    failed = fails(world, slug, name, value)
    where = f"{type(page).__module__.replace('.', '/')}.py"
    assert not failed, f"{'view' if name == 'view' else 'order'} {value!r} of {where} fails: {failed}"


def test_a_filter_that_asks_for_a_column_that_is_not_there_is_found(world, monkeypatch):
    def arrived_by(self, rows, name, value):
        return rows.filter(chanel=value)

    channel = SelectFilter(label="How", choices=[("post", "Post")], blank="Any", method="arrived_by")
    register = with_filters(channel=channel, arrived_by=arrived_by)
    monkeypatch.setitem(procedure_register.REGISTERS, "complaints", register)
    failed = fails(world, "complaints", "channel", first_choice(world, register, "channel"))
    assert failed.startswith("FieldError: Cannot resolve keyword 'chanel'")


# States


def test_a_seat_is_filled_wherever_a_sub_panel_sits():
    sits = StateKey.within(Group.SUB_PANEL_SITS)
    assert sits == ("sub_panel", "informal_resolution")
    assert FILL_SEAT.open_in_states == sits == PROCEDURE.step("replace_sub_panel_member").from_states
