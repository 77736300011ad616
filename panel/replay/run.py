"""The steps of scripts taken, all or none."""

from contextlib import nullcontext
from dataclasses import dataclass, field

from django.core.files.storage import default_storage
from django.db import transaction

from panel.casework.errors import Invalid, Refused, Unseen
from panel.casework.perform import begin, perform
from panel.law import clock
from panel.models import Document
from panel.replay.answers import Answers
from panel.replay.plan import Plan, PlannedStep, ScriptCase
from panel.replay.script import Wrong

DAYS_OFF = "Days without work came in between."


@dataclass
class Replay:
    """Scripts replayed together: `Replay([read(text)]).run()` gives the entries made. Raises Wrong."""

    scripts: list
    names: list[str] = field(default_factory=list)  # of their files, for messages where there are several
    entries: list = field(default_factory=list)

    def run(self, dry_run: bool = False) -> list:
        """Every entry, in the order they were made. With `dry_run` all is taken and then given up."""
        plan = Plan(self.scripts, self.names)
        stored: list[str] = []
        try:
            with transaction.atomic():
                try:
                    for planned in plan.steps():
                        self.take(planned, plan.refs)
                    if dry_run:
                        raise _DryRun
                except BaseException:
                    files = Document.objects.filter(entry__in=[e.pk for e in self.entries])
                    stored = list(files.values_list("file", flat=True))
                    raise
        except _DryRun:
            _remove(stored)
        except BaseException:
            _remove(stored)
            raise
        return self.entries

    def take(self, planned: PlannedStep, refs: dict[str, ScriptCase]) -> None:
        """Take one step, at its moment if it has one. Raises Wrong."""
        with nullcontext() if planned.moment is None else clock.set_to(planned.moment):
            self._take(planned, refs)

    def _perform(self, planned: PlannedStep, files, answers):
        """Take the step and return its entry. Moving a script's days across days without work can make a step late that
        was in time in the story: where the step then wants a reason, that is the reason given."""
        case, key = planned.script_case.case, planned.key
        try:
            return perform(case, key, by=planned.by, files=files, on=planned.on, **answers)
        except Invalid as invalid:
            late = {name for name in invalid.form.errors if name and name.startswith("late_")}
            if planned.moment is None or late != set(invalid.form.errors):
                raise
            answers = {**answers, **dict.fromkeys(late, DAYS_OFF)}
            return perform(case, key, by=planned.by, files=files, on=planned.on, **answers)

    def _take(self, planned: PlannedStep, refs: dict[str, ScriptCase]) -> None:
        """Take one step now. Raises Wrong with the place in the script, whatever the reason."""
        script_case, key = planned.script_case, planned.key
        try:
            attempt = begin(script_case.case, key, planned.by)
            answers, files = Answers(attempt, planned, refs).read()
            entry = self._perform(planned, files, answers)
        except Unseen:
            raise Wrong(f"{planned.where}: {planned.by} does not see this case") from None
        except Refused as refused:
            raise Wrong(f"{planned.where}: {refused}") from None
        except Invalid as invalid:
            raise Wrong(f"{planned.where}: {_errors(invalid.form)}") from None
        except ValueError as error:  # a period that cannot be counted
            raise Wrong(f"{planned.where}: {error}") from None
        script_case.case = entry.case
        self.entries.append(entry)


class _DryRun(Exception):
    """Gives up what a dry run has done."""


def _remove(stored) -> None:
    for name in stored:
        default_storage.delete(name)


def _errors(form) -> str:
    """The form's errors in one line, each after its question's name."""
    found = []
    for name, errors in form.errors.items():
        words = " ".join(str(e) for e in errors)
        found.append(words if name == "__all__" else f"{name}: {words}")
    return "; ".join(found)
