"""What the source of a condition gives away before anybody calls it: that it returns a sentence and no `Refusal`, or
refuses under a provision that is not there. Otherwise the first page that asks it would trip over that."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache

from panel.law.provisions import PROVISIONS
from panel.procedure.declared_words import conditions
from panel.procedure.vocabulary import Condition, Step

NO_REFUSAL = (ast.JoinedStr, ast.Compare, ast.List, ast.Dict)  # what can be neither a Refusal nor None


def condition_faults(step: Step) -> Iterator[tuple[str, str]]:
    """(what is wrong, its cure) for each condition of the step."""
    for condition in conditions(step):
        for what, cure in faults(condition):
            yield f"step {step.key!r}: {condition.__name__} {what}", cure


def faults(condition: Condition) -> Iterator[tuple[str, str]]:
    """What is wrong with one condition."""
    tree = _tree(condition.__code__)
    if tree is None:
        return
    for value in _returned(tree):
        constant = isinstance(value, ast.Constant) and value.value is not None
        if constant or isinstance(value, NO_REFUSAL):
            yield f"returns {ast.unparse(value)}", "Return a Refusal or None"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal":
            yield from cited_wrongly(node)


def cited_wrongly(refusal: ast.Call) -> Iterator[tuple[str, str]]:
    """What is wrong with the provisions of a `Refusal(...)` in source."""
    named = [keyword.value for keyword in refusal.keywords if keyword.arg == "provisions"]
    for value in [*refusal.args[1:2], *named]:
        if isinstance(value, ast.Constant):
            yield f"refuses under {value.value!r} alone", f"Write ({value.value!r},), with a comma behind it"
        for each in value.elts if isinstance(value, ast.Tuple) else ():
            if isinstance(each, ast.Constant) and each.value not in PROVISIONS:
                yield (
                    f"refuses under {each.value!r}, which is no provision",
                    "Correct it, or add it to panel/law/provisions_table.py",
                )


@cache
def _tree(code: object) -> ast.AST | None:
    """The function as it is written; None where it stands in no file, or amid other code."""
    try:
        found = ast.parse(textwrap.dedent(inspect.getsource(code)))  # type: ignore[arg-type]
    except (OSError, SyntaxError):
        return None
    return next((node for node in found.body if isinstance(node, ast.FunctionDef)), None)


def _returned(function: ast.AST) -> Iterator[ast.expr]:
    """What the function itself returns, functions inside it left out."""
    for node in ast.iter_child_nodes(function):
        if isinstance(node, ast.Return) and node.value is not None:
            yield node.value
        elif not isinstance(node, (ast.FunctionDef, ast.Lambda)):
            yield from _returned(node)
