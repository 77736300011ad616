"""`procedure`: the declared table in four formats, and a page of the docs that cannot go stale."""

import dataclasses
import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from complaints.procedure import PROCEDURE
from panel.procedure import describe
from panel.procedure.declared_words import conditions, sentence
from panel.procedure.markdown_page import FIELDS
from panel.procedure.vocabulary import Step, Target

PAGE = Path(__file__).parents[2] / "docs" / "procedure.md"
STATE_KEYS = {"key", "label", "open", "end"}
STEP_KEYS = {
    "key", "label", "sources", "targets", "roles", "guards", "paragraph", "regulation", "opens", "closes", "lapses",
}  # fmt: skip


def said(form):
    out = StringIO()
    call_command("procedure", "complaints", format=form, stdout=out)
    return out.getvalue()


def test_the_docs_are_as_declared():
    stale = "docs/procedure.md is stale: manage.py procedure complaints --format markdown > docs/procedure.md"
    assert PAGE.read_text(encoding="utf-8") == said("markdown"), stale


def test_json_has_every_state_and_step_with_the_keys_that_programs_read():
    found = json.loads(said("json"))
    assert [s["key"] for s in found["states"]] == [s.key for s in PROCEDURE.states]
    assert [s["key"] for s in found["steps"]] == [s.key for s in PROCEDURE.steps]
    assert all(s.keys() == STATE_KEYS and s["open"] is not s["end"] for s in found["states"])
    assert all(s.keys() >= STEP_KEYS for s in found["steps"])
    states, duties = {s["key"] for s in found["states"]}, {d["key"] for d in found["duties"]}
    for step in found["steps"]:
        assert set(step["sources"]) <= states
        assert set(step["targets"]) <= states
        assert set(step["opens"]) | set(step["closes"]) | set(step["lapses"]) <= duties
        assert set(step["guards"]) | set(step["checks"]) <= found["conditions"].keys()
        assert step["paragraph"] or step["regulation"] or "UK GDPR" in step["provision"]
        assert step["roles"]


def test_json_says_of_filter_what_the_procedure_says():
    step = next(s for s in json.loads(said("json"))["steps"] if s["key"] == "filter")
    assert (step["sources"], step["targets"]) == (["recorded"], ["filtered"])
    assert (step["roles"], step["decided_by"]) == (["chairman", "officer"], ["chairman"])
    assert (step["paragraph"], step["regulation"]) == (["7", "9", "10"], ["15", "27", "28"])
    assert "not_due_to_iopc" in step["guards"]
    assert "consider" in step["closes"]


def test_the_diagram_has_every_state_and_every_step_that_moves():
    drawn = said("mermaid")
    assert drawn.startswith("stateDiagram-v2\n")
    arrows = re.findall(r"^  (\S+) --> (\S+): (\w+)$", drawn, re.MULTILINE)
    boxes = dict(re.findall(r'^  state "(.+)" as (\w+)$', drawn, re.MULTILINE))
    assert {key for _, _, key in arrows} == {s.key for s in PROCEDURE.steps if s.moves and s.to is not Target.UNDO}
    assert {a for a, b, _ in arrows} | {b for _, b, _ in arrows} <= set(boxes.values()) | {"[*]"}
    assert {s.key for s in PROCEDURE.states} <= set(boxes.values())


def test_the_text_fits_a_terminal_and_names_every_step():
    lines = said("text").splitlines()
    assert max(map(len, lines)) <= describe.WIDEST_LINE_CHARACTERS + 2
    assert all(any(line.startswith(f"  {s.key} ") for line in lines) for s in PROCEDURE.steps)


def test_every_condition_has_a_name_and_words():
    for step in PROCEDURE.steps:
        for condition in conditions(step):
            assert condition.__name__ not in ("guard", "check", "<lambda>"), step.key
            assert sentence(condition) != ".", condition.__name__


def test_every_field_of_a_step_is_explained():
    assert list(FIELDS) == [f.name for f in dataclasses.fields(Step) if f.name != "where"]


def test_an_unknown_procedure_is_named_in_one_line():
    with pytest.raises(CommandError, match=r"^No procedure is called 'parking'\. There is: complaints") as error:
        call_command("procedure", "parking")
    assert error.value.returncode == 2
