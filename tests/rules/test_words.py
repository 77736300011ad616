"""The words on pages: one kind of apostrophe in what the code and the templates say."""

import ast
import re
from pathlib import Path

from django.conf import settings
from django.urls import get_resolver

from panel.accounts.user_forms import AccountForm
from panel.forms.record_form import RecordForm
from panel.models import SignIn
from panel.procedure.register import procedures
from panel.record.act import ACTS

STRAIGHT = re.compile(r"[A-Za-z]'(?:s|t|re|ve|ll|d)\b|[a-z]s' [a-z]")
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}|{[%{].*?[%}]}|<[^>]*>", re.DOTALL)
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def said(tree):
    """Every text in the code that is no docstring."""
    docstrings = {id(n.body[0].value) for n in ast.walk(tree) if isinstance(n, DOCUMENTED) and is_text(n.body)}
    return [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docstrings
    ]


def is_text(body):
    return bool(body) and isinstance(body[0], ast.Expr)


def test_apostrophes_are_curly():
    root, wrong, read = Path(settings.BASE_DIR), [], 0
    for app in ("panel", "complaints", "hearings", "meetings"):
        for path in (root / app).rglob("*.py"):
            if "commands" in path.parts:  # what a terminal prints
                continue
            read += 1
            wrong += [
                f"{path}:{n.lineno}: {n.value[:80]}"
                for n in said(ast.parse(path.read_text()))
                if STRAIGHT.search(n.value)
            ]
    for path in (root / "templates").rglob("*.html"):
        read += 1
        wrong += [f"{path}: {m[0]}" for m in STRAIGHT.finditer(COMMENT.sub(" ", path.read_text()))]
    assert read > 200
    assert wrong == []


def test_every_act_that_is_no_step_has_words_in_the_journal():
    names = set()
    for app in ("panel", "complaints", "hearings", "meetings"):
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            names |= set(re.findall(r'\bsealed_act\([^)]*name="(\w+)"', path.read_text()))
    assert {"set_up", "issue_report", "seal_openings"} <= names
    names |= {*SignIn.What.values, *AccountForm.act_names}
    assert get_resolver().url_patterns  # every page is loaded, and with it every form
    forms = [RecordForm]
    while forms:
        form = forms.pop()
        forms += form.__subclasses__()
        if form.one:
            key = form.one.replace(" ", "_")
            names |= set(form.act_names if form.act_names[0] else (f"add_{key}", f"change_{key}"))
    assert names - set(ACTS) == set()
    assert set(ACTS) - names == set()


def test_every_notice_reads_as_done_once_it_is_met():
    kinds = [k for p in procedures().values() for k in p.duties if k.notice]
    assert len(kinds) > 20
    assert [k.key for k in kinds if k.met_words == k.label] == []
