"""What the steps ask that keep a case from erasure, propose its erasure and confirm it."""

from panel.casework import retention_periods
from panel.casework.step_form import StepForm
from panel.forms.fields import DateField, RadiosField, TickField
from panel.law.period import day_words, plural

NAME_NOBODY = "Name nobody: this stays on record when the rest is erased."


class HoldForm(StepForm):
    """Put a hold on the case: while proceedings or an inquiry need it, nothing of it is erased."""

    on_label = "From when?"
    need = RadiosField(
        label="What is it needed for?",
        choices=(
            ("proceedings", "Legal proceedings, begun or expected"),
            ("inquiry", "An inquiry, an audit or the IOPC"),
            ("request", "A request for information, or a complaint to the Information Commissioner or the Ombudsman"),
            ("other", "Something else"),
        ),
        required_message="Select what it is needed for",
    )  # fmt: skip
    review_on = DateField(
        label="When is the hold looked at again?", what="the day on which the hold is looked at again"
    )
    why_label = "Which, and who asked?"
    why_hint = NAME_NOBODY
    shape = ("need", "why", "review_on")


class LiftHoldForm(StepForm):
    """Lift the hold: the case may be erased again when its time is over."""

    on_label = "When was it decided?"
    why_label = "Why is it needed no longer?"
    why_hint = NAME_NOBODY


class ProposeErasureForm(StepForm):
    """Propose that what the case says be erased: the Monitoring Officer confirms it or declines."""

    on_label = "When do you propose it?"
    ground = RadiosField(
        label="Why may it be erased?",
        choices=(
            ("time", "The Panel has kept it as long as its settings say"),
            ("asked", "The person has asked for it, and it is needed no longer"),
        ),
        required_message="Select why it may be erased",
    )
    why_label = "What makes you sure that it is needed no longer?"
    why_hint = NAME_NOBODY

    def add_questions(self) -> None:
        """With the day until which it is kept, beside the first choice."""
        until = retention_periods.kept_until(self.attempt.look)
        hint = f"It is kept until {day_words(until)}." if until else "The Panel has set no years for how this ended."
        self.fields["ground"].help_text = hint


class DeclineErasureForm(StepForm):
    """Decline the erasure: the case is kept as it is."""

    on_label = "When was it decided?"
    why_label = "Why is it still needed?"
    why_hint = NAME_NOBODY


class EraseForm(StepForm):
    """Confirm the erasure. Names, addresses, texts, reasons and documents go from the case and from its history, for
    good; its reference, dates, steps, decisions as they are counted, and the chain stay."""

    takes_documents = False  # one would be kept on a case of which nothing is left
    on_label = "When is it erased?"
    on_hint = "Today: it cannot be dated back."
    sure = TickField(
        label="I have read what will be erased. It cannot be brought back.",
        required_message="Tick that you have read what will be erased",
    )
    why_label = "Your reasons"
    why_hint = NAME_NOBODY
    shape = ("sure", "why")

    def add_questions(self) -> None:
        """With what will go, beside the tick."""
        look = self.attempt.look
        number = look.case.documents.count()
        documents = (
            f"{plural(number, 'document')} with {'its name' if number == 1 else 'their names'}; " if number else ""
        )
        said = plural(sum(1 for e in look.entries if e.why or e.answers), "step")
        self.fields["sure"].help_text = (
            f"Who complained and how to reach them; the title, the complaint and each {look.register.part_word} in words; the "
            f"answers and reasons of {said}; {documents}and drafts. It goes from the case and from its whole history."
        )
