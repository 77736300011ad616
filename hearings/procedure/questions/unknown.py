"""The day of a step may not be in the papers: then the first day on which they show it is entered, and said to be that."""

from panel.casework.step_form import StepForm
from panel.forms.fields import TickField


class UnknownDayForm(StepForm):
    """Asks besides whether the day is known. `unknown` stands in the entry; pages and papers then name no day."""

    only_yes = ("unknown", "poll_is_right")  # the second where a form asks about an election, too
    unknown = TickField(
        label="The day is not known: this is the first day on which the papers show it", required=False,
        hint="Pages and papers then name no day, and nothing is said to be late.",
    )  # fmt: skip
