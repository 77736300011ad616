"""What a step that was taken says of itself, for timeline, history and the choice of what to take back."""

from panel.casework.case_context import CaseContext
from panel.models import Entry


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
        words += f", {look.parts_called(numbers)}"
    return words
