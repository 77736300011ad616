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


def not_before_receipt(attempt: Attempt) -> Refusal | None:
    """Nothing happens to a case before it is received."""
    if attempt.step.creates != "case" and attempt.on < attempt.case.received_on:
        return Refusal(
            f"The date must be on or after {day_words(attempt.case.received_on)}, when it was received",
            attempt.step.provisions,
            field="on",
        )
    return None


def not_before_last_move(attempt: Attempt) -> Refusal | None:
    """A part cannot move before its last move in force: take that back first, then take the steps again."""
    if not attempt.step.moves or attempt.step.creates:
        return None
    if attempt.reversed_entry is not None and attempt.on < attempt.reversed_entry.on:
        return Refusal(
            f"The date must be on or after {day_words(attempt.reversed_entry.on)}, the day of the step that is taken back",
            attempt.step.provisions,
            field="on",
        )
    days = [d for p in attempt.parts if (d := attempt.look.last_move_on(p))]
    if attempt.reversed_entry is None and days and attempt.on < max(days):
        return Refusal(
            f"The date must be on or after {day_words(max(days))}, the day of the step before",
            attempt.step.provisions,
            field="on",
        )
    return None


DATE_CHECKS = (in_the_calendar, not_before_receipt, not_before_last_move)
