"""What holds for the day of every step. That it is not in the future, the question itself says."""

from panel.casework.case_context import Attempt
from panel.law import bank_holidays
from panel.law.period import day_words
from panel.procedure.vocabulary import Refusal


def in_the_calendar(attempt: Attempt) -> Refusal | None:
    """Working days are counted from a step, so it lies in a year whose bank holidays are known."""
    known = bank_holidays.YEARS_WITH_BANK_HOLIDAYS
    if attempt.on.year not in known:
        return Refusal(f"The date must be in {known[0]} or later: check the year", attempt.step.provisions, field="on")
    return None


def not_in_the_future(attempt: Attempt) -> Refusal | None:
    """A step takes effect today or has taken effect."""
    if attempt.on > attempt.look.today:
        return Refusal("The date must be today or in the past", attempt.step.provisions, field="on")
    return None


def not_before_declared(attempt: Attempt) -> Refusal | None:
    """The day precedes nothing that the step declares in `not_before`; of several the latest is named."""
    found = [(day, earliest.words) for earliest in attempt.step.not_before if (day := earliest.day(attempt))]
    day, words = max(found, default=(None, ""))
    if day is None or attempt.on >= day:
        return None
    reason = f"The date must be on or after {day_words(day)}, when {words}"
    return Refusal(reason, attempt.step.provisions, field="on")


def not_before_last_move(attempt: Attempt) -> Refusal | None:
    """A part cannot move before its last move in force: take that back first, then take the steps again."""
    if not attempt.step.moves or attempt.step.creates or attempt.reversed_entry is not None:
        return None
    days = [d for p in attempt.parts if (d := attempt.look.last_move_on(p))]
    if days and attempt.on < max(days):
        return Refusal(
            f"The date must be on or after {day_words(max(days))}, the day of the step before",
            attempt.step.provisions,
            field="on",
        )
    return None


DATE_CHECKS = (in_the_calendar, not_in_the_future, not_before_declared, not_before_last_move)
