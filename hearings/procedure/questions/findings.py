"""What the Panel concluded on competence and on independence: asked with a recommendation and with a veto."""

from hearings.models import Resolution
from panel.forms.fields import RadiosField, TextField
from panel.forms.layout import Fieldset, Question

THEMES = (("competence", "professional competence"), ("independence", "personal independence"))


class FindingsMixin:
    """Asks whether the Panel was satisfied with each of the two, and in what. The minutes may say nothing of it."""

    findings_shape = (
        Fieldset(
            "What the Panel concluded",
            Question("competence", inline=True), "competence_words", Question("independence", inline=True),
            "independence_words", hint="As the minutes have it. The report says it in these words.",
        ),
    )  # fmt: skip

    def ask_findings(self):
        """Add the questions."""
        for name, words in THEMES:
            self.fields[name] = RadiosField(
                label=f"Was the Panel satisfied of the candidate’s {words}?", required=False,
                choices=[*Resolution.Finding.choices, ("", "The minutes do not say")],
            )  # fmt: skip
            self.fields[f"{name}_words"] = TextField(
                label="In what, if they say so", required=False, max_length=500,
                help_text="Ends the sentence “... for the post, ...”. For example: in leading change (criterion 3).",
            )  # fmt: skip
