"""The pages of both procedures are as declared, and the command prints each in every format."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from panel.procedure.describe import FORMATS

DOCS = Path(__file__).parents[2] / "docs"


def said(name, form):
    out = StringIO()
    call_command("procedure", name, format=form, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["schedule1", "schedule8"])
def test_the_docs_are_as_declared(name):
    stale = f"docs/{name}.md is stale: manage.py procedure {name} --format markdown > docs/{name}.md"
    assert (DOCS / f"{name}.md").read_text(encoding="utf-8") == said(name, "markdown"), stale


@pytest.mark.parametrize("name", ["schedule1", "schedule8"])
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_every_state(name, form):
    text = said(name, form)
    states = {"notified", "heard", "accepted"} | ({"vetoed", "reserve_reported"} if name == "schedule8" else set())
    assert all(s in text for s in states)
    if form == "json":
        assert ("veto" in {s["key"] for s in json.loads(text)["steps"]}) is (name == "schedule8")
