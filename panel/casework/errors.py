"""Why a step was not taken: one exception for each reason."""

from collections.abc import Iterable
from typing import Any

from panel.models import Case, Entry
from panel.procedure.vocabulary import Refusal


class Unseen(Exception):
    """The person does not see the case: it answers like one that never existed."""


class Refused(Exception):
    """The step would be unlawful; `refusals` say why. Nothing was changed."""

    def __init__(self, refusals: Iterable[Refusal], *, role: bool = False) -> None:
        self.refusals = list(refusals)
        self.role = role  # refused because somebody else takes it
        super().__init__("; ".join(map(str, self.refusals)))


class Stale(Exception):
    """Somebody else was first. `entries` are what they did since."""

    def __init__(self, case: Case, entries: list[Entry]) -> None:
        self.case, self.entries = case, entries
        super().__init__(f"{case.reference} has moved on since you opened it")


class Invalid(Exception):
    """The answers are not right; `form` has them all, with its errors."""

    def __init__(self, form: Any) -> None:
        self.form = form
        super().__init__("; ".join(f"{name or 'form'}: {' '.join(e)}" for name, e in form.errors.items()))
