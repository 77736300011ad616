"""What a step that was taken says of itself, for timeline, history and the choice of what to take back."""

from collections.abc import Collection, Iterable

from panel.casework.case_context import CaseContext
from panel.models import Entry
from panel.procedure.register import Register


def listed_numbers(numbers: Iterable[int]) -> str:
    """ "1", "1 and 2", "1, 2 and 3"."""
    words = [str(n) for n in numbers]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def parts_words(register: Register, numbers: Collection[int]) -> str:
    """ "allegation 2", "candidates 1 and 2"."""
    return f"{register.part_word}{'s' if len(numbers) > 1 else ''} {listed_numbers(numbers)}"


def entry_words(look: CaseContext, e: Entry) -> str:
    """A step taken, in words; with the parts it was about, where the case has several."""
    step = look.procedure.past_step(e.step)
    words = step.past_words
    numbers = [m.part.number for m in e.moves.all()]
    if e.step == "reverse" and e.reverses_id:
        undone = next((o for o in look.entries if o.pk == e.reverses_id), None)
        if undone is not None:
            words = f"Taken back: {look.procedure.past_step(undone.step).past_words.lower()}"
    if (
        e.step == "assign"
        and step.form
        and (name := step.form.display_answer("to_whom", e.answers.get("to_whom", 0), look))
    ):
        words = f"{words}: {name}"
    if e.step == "give_notice" and step.form:
        told = step.form.display_answer("duties", e.answers.get("duties", []), look)
        words = told or words
    if numbers and len(look.parts) > 1 and not step.creates:
        words += f", {parts_words(look.register, numbers)}"
    return words
