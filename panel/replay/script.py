"""A script as it is read: JSON whose objects know their line, and the checks that name what is wrong in it."""

import json
import re
from datetime import date

ISO = re.compile(r"\d{4}-\d\d-\d\d")
SCRIPT_KEYS = {"panel", "procedure", "by", "note", "as_of", "cases"}
CASE_KEYS = {"ref", "reference", "note", "by", "procedure", "steps"}
STEP_KEYS = {"step", "on", "by", "typed", "kinds", "to", "entry", "allegations", "documents"}


class Wrong(Exception):
    """The script cannot be replayed: where, and why. Nothing was saved."""


class Notes(dict):
    """An object of the script that knows its line."""

    line = 0
    double = ""


class _Decoder(json.JSONDecoder):
    """Makes `Notes` of objects, and refuses a key given twice."""

    def __init__(self):
        super().__init__(object_pairs_hook=self.once)
        plain = self.parse_object

        def parse_object(where, *args):
            found, end = plain(where, *args)
            found.line = where[0].count("\n", 0, where[1]) + 1
            if found.double:
                raise Wrong(f"line {found.line}: {found.double!r} is given twice in one object")
            return found, end

        self.parse_object = parse_object
        self.scan_once = json.scanner.py_make_scanner(self)  # the one in C does not ask parse_object

    @staticmethod
    def once(pairs):
        """The object, with the first key that stands twice."""
        found, keys = Notes(pairs), [k for k, _ in pairs]
        found.double = next((k for k in keys if keys.count(k) > 1), "")
        return found


def read(text: str):
    """The script of a JSON text. Raises Wrong with its line."""
    try:
        found = json.loads(text, cls=_Decoder)
    except json.JSONDecodeError as error:
        raise Wrong(f"line {error.lineno}: {error.msg}") from None
    except RecursionError:
        raise Wrong("it is nested too deeply") from None
    if not isinstance(found, Notes):
        raise Wrong("line 1: a script is an object with panel and cases")
    return found


def as_texts(value) -> list[str]:
    """A value or a list of values as a list of texts."""
    return [str(v) for v in (value if isinstance(value, list) else [value])]


def objects_of(notes: Notes, name: str, where: str) -> list[Notes]:
    """The objects listed under a name. Raises Wrong if there is none."""
    found = notes.get(name)
    if not isinstance(found, list) or not found or not all(isinstance(o, Notes) for o in found):
        raise Wrong(f"{where}: {name}: give a list of objects")
    return found


def refuse_unknown_keys(notes: Notes, keys: set[str], where: str) -> None:
    """Raise Wrong for a key that no script has there."""
    if unknown := next((k for k in notes if k not in keys), None):
        raise Wrong(f"{where}: {unknown!r} means nothing here. These do: {', '.join(sorted(keys))}")


def read_day(value, where: str) -> date:
    """A day written 2026-11-18. Raises Wrong."""
    try:
        if not ISO.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Wrong(f"{where}: write the day as 2026-11-18, not {value!r}") from None
