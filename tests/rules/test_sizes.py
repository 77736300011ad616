"""Nothing grows past what one can read: lines of templates, modules, modules of views, functions.

What is over today is listed by name. A listed one that is no longer over fails, so the lists only shrink: take it off.
"""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = [ROOT / "templates", ROOT / "tests/look/templates"]
CODE = sorted(
    path for app in ("panel", "complaints", "hearings", "meetings") for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
)  # fmt: skip

TEMPLATE_LINE_CHARACTERS, MODULE_LINES, VIEWS_LINES, FUNCTION_LINES = 120, 400, 300, 60

LONG_MODULES: set[str] = set()
LONG_VIEWS: set[str] = set()
LONG_FUNCTIONS: set[str] = set()


def named(path: Path) -> str:
    """A file as one says it: from the root of the checkout."""
    return path.relative_to(ROOT).as_posix()


def length(path: Path) -> int:
    """How many lines a file has."""
    return len(path.read_text(encoding="utf-8").splitlines())


def is_views(path: Path) -> bool:
    """Whether a module answers requests, or makes a page: `views.py`, or in `pages/`."""
    return path.stem == "views" or "pages" in path.relative_to(ROOT).parts


def functions(tree: ast.AST, within: str = "") -> list[tuple[str, int]]:
    """(name, lines) of every function in there, methods and inner functions too."""
    found = []
    for node in ast.iter_child_nodes(tree):
        name = within
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            name = f"{within}{node.name}"
            if not isinstance(node, ast.ClassDef):
                found.append((name, node.end_lineno - node.lineno + 1))
            name += "."
        found += functions(node, name)
    return found


def wrong(what: str, size: int, most: int, listed: set[str], cure: str) -> str:
    """What is wrong with a size, in words; "" if nothing is."""
    if what in listed:
        return (
            ""
            if size > most
            else f"{what}: {size} lines, no longer over {most}: take it off the list in {named(Path(__file__))}"
        )
    return "" if size <= most else f"{what}: {size} lines, {most} at most: {cure}"


def test_no_line_of_a_template_is_too_long():
    long, read = [], 0
    for path in (p for folder in TEMPLATES for p in sorted(folder.rglob("*")) if p.is_file()):
        read += 1
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if len(line) > TEMPLATE_LINE_CHARACTERS:
                long.append(
                    f"{named(path)}:{number}: {len(line)} characters, {TEMPLATE_LINE_CHARACTERS} at most: break within a tag, one "
                    "attribute a line, or between blocks; for a long {% include %} name its arguments in a {% with %} around it"
                )
    assert read > 150
    assert not long, "\n".join(long)


@pytest.mark.parametrize("path", CODE, ids=named)
def test_no_module_is_too_long(path):
    found = wrong(
        named(path),
        length(path),
        MODULE_LINES,
        LONG_MODULES,
        "take one subject out into a module of its own"
        + (" (docs/developing.md: Add a chapter)" if "procedure" in path.parts[-2:-1] else ""),
    )
    assert not found, found


@pytest.mark.parametrize("path", [path for path in CODE if is_views(path)], ids=named)
def test_no_module_of_views_is_too_long(path):
    found = wrong(
        named(path),
        length(path),
        VIEWS_LINES,
        LONG_VIEWS,
        "a module of views a subject; what is no answer goes below it",
    )
    assert not found, found


@pytest.mark.parametrize("path", CODE, ids=named)
def test_no_function_is_too_long(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    cure = "name its parts and call them, or make a table of what it lists"
    sizes = [(f"{named(path)}: {name}", size) for name, size in functions(tree)]
    found = [words for what, size in sizes if (words := wrong(what, size, FUNCTION_LINES, LONG_FUNCTIONS, cure))]
    assert not found, "\n".join(found)


def test_what_is_listed_is_still_there():
    """A file or function that went, or was renamed, is taken off its list."""
    there = {named(path) for path in CODE}
    defined = {f"{named(path)}: {name}" for path in CODE for name, _ in functions(ast.parse(path.read_text()))}
    gone = (LONG_MODULES | LONG_VIEWS) - there | LONG_FUNCTIONS - defined
    assert not gone, f"no longer there, take off the list in {named(Path(__file__))}: {sorted(gone)}"


def test_what_is_too_long_is_found():
    """These tests are no use if they find nothing whatever they look at."""
    tree = ast.parse("class A:\n    def b(self):\n        def c():\n            return 1\n        return c\n")
    assert functions(tree) == [("A.b", 4), ("A.b.c", 2)]
    assert wrong("a.py", 401, 400, set(), "split it") == "a.py: 401 lines, 400 at most: split it"
    assert wrong("a.py", 400, 400, set(), "split it") == ""
    assert wrong("a.py", 401, 400, {"a.py"}, "split it") == ""
    assert "take it off" in wrong("a.py", 400, 400, {"a.py"}, "split it")
