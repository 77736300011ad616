"""What is declared is used, and what a page promises is there."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from panel.law.roles import Role
from panel.models import Membership
from panel.record.act import sealed_act
from tests.build import START, log, make_world
from tests.panel.pages.page import Browser

ROOT = Path(__file__).resolve().parents[2]
FILES = [p for app in ("panel", "complaints", "hearings", "meetings") for p in (ROOT / app).rglob("*.py")]
ELSEWHERE = "\n".join(p.read_text() for p in [*ROOT.glob("templates/**/*.html"), *ROOT.glob("**/migrations/*.py")])
BY_NAME = {"__all__", "handler500"}  # read by Python or by Django


def names_in(tree) -> Counter:
    """How often each name is read in a module: as a name, as an attribute, in an import, in a string."""
    found: Counter = Counter()
    for n in ast.walk(tree):
        if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load):
            found[n.id] += 1
        elif isinstance(n, ast.Attribute):
            found[n.attr] += 1
        elif isinstance(n, ast.ImportFrom):
            found.update(a.name for a in n.names)
        elif isinstance(n, ast.Constant) and isinstance(n.value, str) and len(n.value) < 120:
            found.update(re.findall(r"\w+", n.value))
    return found


def declared(tree) -> list[str]:
    """The functions, classes and constants of a module that nothing decorates."""
    found = []
    for n in tree.body:
        if isinstance(n, ast.FunctionDef | ast.ClassDef) and not n.decorator_list:
            found.append(n.name)
        elif isinstance(n, ast.Assign):
            found += [x.id for target in n.targets for x in ast.walk(target) if isinstance(x, ast.Name)]
        elif isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name):
            found.append(n.target.id)
    return found


def test_every_function_class_and_constant_is_used_by_the_product():
    trees = {p: ast.parse(p.read_text()) for p in FILES if "migrations" not in p.parts and p.name != "settings.py"}
    read: Counter = sum(map(names_in, trees.values()), Counter())
    read.update(re.findall(r"\w+", (ROOT / "panel" / "settings.py").read_text()))
    read.update(re.findall(r"\w+", ELSEWHERE))
    unused = [
        f"{p.relative_to(ROOT)}: {name}" for p, tree in trees.items() for name in declared(tree) if not read[name]
    ]
    assert [u for u in unused if u.rpartition(" ")[2] not in BY_NAME] == []


def test_every_filter_and_tag_is_used():
    templates = "\n".join(p.read_text() for p in ROOT.glob("templates/**/*.html"))
    code = Counter(name for p in FILES for name in names_in(ast.parse(p.read_text())).elements())
    for module in (ROOT / "panel" / "templatetags").glob("panel_*.py"):
        for n in ast.parse(module.read_text()).body:
            if isinstance(n, ast.FunctionDef) and n.decorator_list:
                assert re.search(rf"(\||{{% ){n.name}\b", templates) or code[n.name], f"{module.name}: {n.name}"


def test_no_app_is_installed_that_templates_do_not_load():
    assert "django.contrib.humanize" not in settings.INSTALLED_APPS


@pytest.mark.django_db
def test_a_page_that_is_not_there_offers_the_search_it_promises():
    world = make_world()
    case = log(world)
    officer = Browser(world.officer)
    for url in ("/exshire/complaints/EX-C-2026-9999/", "/exshire/nothing/at/all/", "/nothing/at/all/"):
        page = officer.get(url)
        assert page.status == 404
        assert page.links()["Search complaints"] == "/exshire/complaints/"
        assert page.links()["Search hearings"] == "/exshire/hearings/"
    assert case.reference in officer.get(page.links()["Search complaints"]).text
    elsewhere = make_world("farshire", "FA", "Farshire")
    with sealed_act(elsewhere.panel, by=None, name="set_up"):
        Membership.objects.create(user=world.officer, panel=elsewhere.panel, role=Role.OFFICER, from_date=START)
    officer = Browser(world.officer)  # a new role ends the session
    assert officer.get("/exshire/nothing/at/all/").links()["Search complaints"] == "/exshire/complaints/"
    assert "Search complaints" not in officer.get("/nothing/at/all/").links()  # of which panel?
    assert "Search complaints" not in Browser(world.admin).get("/exshire/complaints/x/").links()
    assert "Search complaints" not in Browser().get("/nothing/at/all/").source
