"""What every declaration has in common: it says where it stands, and that it holds what it should.

    complaints/procedure/resolution.py:81: DutyKind 'confirm_offer': `owner` is ('para 12',) and must be a Role. The order is
    key, label, owner, provisions

A slip of the pen then stops at its own line, and not in a page or a test that trips over it later.
"""

import dataclasses
import sys
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, Self, Union, get_args, get_origin

ROOT = Path(__file__).resolve().parents[2]  # of the project, from which files are named


class Declared:
    """Base of what a procedure declares: `where` says in which file and line it stands, for the start-up checks."""

    where: str

    def __new__(cls, *args: Any, **named: Any) -> Self:
        """Raise TypeError for what is missing, or of another kind than its field: pages would trip over it long before a
        check could name it, and Python's own message names the last field where an earlier one was forgotten."""
        if args or named:  # nothing where a copy is made, as by pickle
            where = named.get("where") or _place(sys._getframe(1))
            columns = dataclasses.fields(cls)  # type: ignore[arg-type]
            given = dict(zip((column.name for column in columns), args, strict=False)) | named
            if wrong := next(_wrong(cls, columns, given), ""):
                raise TypeError(f"{where}: {cls.__name__} {given.get('key', '')!r}: {wrong}")
        return super().__new__(cls)

    def __post_init__(self) -> None:
        """Say where it stands; a copy made by dataclasses.replace keeps where the original stands."""
        if not self.where:
            object.__setattr__(self, "where", _place(sys._getframe(2)))


def place(name: str, line: int) -> str:
    """File and line, as the checks name them."""
    file = Path(name)
    file = file.relative_to(ROOT) if file.is_relative_to(ROOT) else file
    return f"{file.as_posix()}:{line}"


def _place(frame: Any) -> str:
    return place(frame.f_code.co_filename, frame.f_lineno)


def _wrong(cls: type, columns: tuple[dataclasses.Field[Any], ...], given: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the fields given, in their order, each with its cure; what is missing last."""
    missing = dataclasses.MISSING
    needed = [c.name for c in columns if c.default is missing and c.default_factory is missing]
    order = f"The order is {', '.join(needed)}"
    for column in columns:
        if column.name not in given:
            continue
        value, kind = given[column.name], column.type
        if get_origin(kind) is tuple:
            yield from _wrong_tuple(column.name, value, kind)
        elif not fits(value, kind):
            cures = [_written(value, kind), order if column.name in needed else ""]
            cure = ". ".join(filter(None, cures)) or "Correct it"
            yield f"`{column.name}` is {_shown(value)} and must be {words(kind)}. {cure}"
    for name in needed:
        if name not in given:
            yield f"`{name}` is missing. {order}"
    names = [column.name for column in columns]
    for name in given:
        if name not in names:
            meant = get_close_matches(name, names, 1)
            yield f"there is no field `{name}`. " + (f"Write `{meant[0]}`" if meant else "Leave it out")


def _wrong_tuple(name: str, value: object, kind: Any) -> Iterator[str]:
    """What is wrong with a field that holds several: it is no tuple, or holds one of another kind."""
    if not isinstance(value, tuple):
        yield f"`{name}` is no tuple. Write {name}=(...,), with a comma behind a single one"
        return
    one = get_args(kind)[0]
    # Texts may still stand for others (hearings.procedure.law.Cited); validate.py finds those that nobody declares.
    for each in value if get_args(kind)[1:] == (...,) and one is not str else ():
        if not fits(each, one):
            cure = _written(each, one) or "Correct it"
            yield f"`{name}` holds {_shown(each)}, which is no {_bare(one)}. {cure}"


def _written(value: object, kind: Any) -> str:
    """How to write what stands there as a text; "" where it is none."""
    if not isinstance(value, str):
        return ""
    if isinstance(kind, type) and issubclass(kind, Enum):
        meant = next((member for member in kind if str(member.value) == str(value)), None)
        return f"Write {kind.__name__}.{meant.name if meant else '...'}, without quotes"
    return f"Name the {_bare(kind)} itself, without quotes"


def _shown(value: object) -> str:
    """A value as whoever typed it knows it again: a function by its name."""
    name = getattr(value, "__name__", "")
    return f"the function {name}" if name else str(value) if isinstance(value, Enum) else repr(value)


def _bare(kind: Any) -> str:
    """A type in words without its article: "Role", "function"."""
    return words(kind).partition(" or ")[0].removeprefix("a ").removeprefix("an ")


def fits(value: object, kind: Any) -> bool:
    """Whether a field of that type may hold the value."""
    origin = get_origin(kind)
    if kind is Any or isinstance(kind, str):  # a type that is named before it is there
        return True
    if isinstance(value, Declared) and str in (kind, *get_args(kind)):
        return True  # a table may name a state itself, and give its key once it is known whose table it is
    if kind is None:
        return value is None
    if origin in (Union, UnionType):
        return any(fits(value, one) for one in get_args(kind))
    if origin is tuple:
        some = isinstance(value, tuple) and get_args(kind)[1:] == (...,)
        return isinstance(value, tuple) and all(fits(each, get_args(kind)[0]) for each in value if some)
    if origin is Callable:
        return callable(value)
    if origin is type:
        return isinstance(value, type)
    return isinstance(value, kind)


def words(kind: Any) -> str:
    """A type in words, behind "must be": "a Role", "a function", "a text", "a Target, a text or a tuple"."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        named = [words(one) for one in get_args(kind) if one is not type(None)]
        named = list(dict.fromkeys(named)) + (["None"] if type(None) in get_args(kind) else [])
        return f"{', '.join(named[:-1])} or {named[-1]}" if len(named) > 1 else named[0]
    plain = {str: "a text", int: "a number", bool: "True or False"}
    if kind in plain:
        return plain[kind]
    if origin is tuple:
        return "a tuple"
    if origin is not None:
        return "a class" if origin is type else "a function"
    name: str = kind.__name__
    return f"an {name}" if name[0] in "AEIOU" else f"a {name}"
