"""What holds for the day of every step."""

from panel.casework.case_context import Attempt
from panel.law import bank_holidays
from panel.law.period import day_words
from panel.procedure.vocabulary import Refusal


def in_the_calendar(a: Attempt) -> Refusal | None:
    """Working days are counted from a step, so it lies in a year whose bank holidays are known."""
    known = bank_holidays.YEARS_WITH_BANK_HOLIDAYS
    if a.on.year not in known:
        return Refusal(f"The date must be in {known[0]} or later: check the year", a.step.under, field="on")
    return None


def not_in_the_future(a: Attempt) -> Refusal | None:
    """A step takes effect today or has taken effect."""
    if a.on > a.look.today:
        return Refusal("The date must be today or in the past", a.step.under, field="on")
    return None


def not_before_receipt(a: Attempt) -> Refusal | None:
    """Nothing happens to a case before it is received."""
    if a.step.adds != "case" and a.on < a.case.received_on:
        return Refusal(
            f"The date must be on or after {day_words(a.case.received_on)}, when it was received",
            a.step.under,
            field="on",
        )
    return None


def not_before_last_move(a: Attempt) -> Refusal | None:
    """A part cannot move before its last move in force: take that back first, then take the steps again."""
    if not a.step.moves or a.step.adds:
        return None
    if a.undoes is not None and a.on < a.undoes.on:
        return Refusal(
            f"The date must be on or after {day_words(a.undoes.on)}, the day of the step that is taken back",
            a.step.under,
            field="on",
        )
    days = [d for p in a.parts if (d := a.look.last_move_on(p))]
    if a.undoes is None and days and a.on < max(days):
        return Refusal(
            f"The date must be on or after {day_words(max(days))}, the day of the step before",
            a.step.under,
            field="on",
        )
    return None


DATE_CHECKS = (in_the_calendar, not_in_the_future, not_before_receipt, not_before_last_move)
