"""The base of every question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Asked:
    """A question with its own error for a missing answer, `required_message`, such as "Select a ground".

    `sometimes` marks a question that some cases may leave empty and others may not: its hint says when, and the page
    does not call it optional.
    """

    default_error_messages = {"required": "Enter an answer"}
    names_a_case = False  # the answer is the reference of a case: a script names it by its `ref`
    matches: Sequence[str] = ()  # what was typed could mean each of these: the page lists them below the error

    def __init__(self, *args: Any, required_message: str = "", sometimes: bool = False, **kwargs: Any) -> None:
        self.sometimes = sometimes
        if sometimes:
            kwargs["required"] = False
        messages = dict(kwargs.pop("error_messages", None) or {})
        if required_message:
            messages.setdefault("required", required_message)
            messages.setdefault("invalid_choice", required_message)
        super().__init__(*args, error_messages=messages, **kwargs)
