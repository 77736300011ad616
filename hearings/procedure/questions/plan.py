"""The plan of questions: each with its theme, who asks it, on which criterion, in which order; and which were asked."""

from hearings.models import Question
from panel.casework.step_form import StepForm
from panel.forms.fields import CheckboxesField, NumberField, SelectField, TextField
from panel.forms.layout import Columns, Component, Fieldset
from panel.forms.layout import Question as Ask

MOST_QUESTIONS = 40
AT_FIRST = 3  # empty rows on the page
PARTS = ("text", "theme", "by", "criterion", "place")


class PlanQuestionsForm(StepForm):
    """Questions by theme, who asks each, and in which order (guidance). A script may give `competence`, `independence`
    and `other` instead: one question a line."""

    on_label = "When were they planned?"
    script_names = frozenset(Question.Theme.values)

    def __init__(self, attempt, data=None, files=None, draft=None):
        super().__init__(attempt, data=self.unfolded(data), files=files, draft=draft)

    def unfolded(self, data):
        """A script's lines as the rows that the page sends."""
        if not isinstance(data, dict) or hasattr(data, "getlist") or not (self.script_names & set(data)):
            return data
        data, n = dict(data), 0
        for theme in Question.Theme:
            for line in (data.pop(theme.value, "") or "").splitlines():
                if line.strip():
                    n += 1
                    data |= {f"text_{n}": line.strip(), f"theme_{n}": theme.value, f"place_{n}": n}
        return data

    def add_questions(self):
        """A row for each question planned, and a few more."""
        planned = self.attempt.facts.questions
        sent = self.data or self.draft or {}
        named = [int(k[5:]) for k in sent if k.startswith("text_") and k[5:].isdigit()]
        more = AT_FIRST if not named or "more" in sent else 0
        rows = max([len(planned), *named]) + more
        self.rows = range(1, min(max(rows, AT_FIRST), MOST_QUESTIONS) + 1)
        facts = self.attempt.facts
        day = facts.meeting.on if facts.meeting else self.attempt.look.today
        members = [(m.name, m.name) for m in facts.members_on(day)]
        known = {name for name, _ in members}
        members += [(q.asked_by, q.asked_by) for q in planned if q.asked_by and q.asked_by not in known]
        for n in self.rows:
            self.ask_row(n, list(dict.fromkeys(members)), planned[n - 1] if n <= len(planned) else None)

    def ask_row(self, n, members, question):
        """The questions about one question of the plan."""
        self.fields[f"text_{n}"] = TextField(
            label="Question", max_length=500, required=False, initial=question.text if question else ""
        )
        self.fields[f"theme_{n}"] = SelectField(
            label="Theme", choices=Question.Theme.choices, blank="Choose", required=False,
            initial=question.theme if question else "",
        )  # fmt: skip
        self.fields[f"by_{n}"] = SelectField(
            label="Who asks?", choices=members, blank="Nobody yet", required=False,
            initial=question.asked_by if question else "",
        )  # fmt: skip
        self.fields[f"criterion_{n}"] = TextField(
            label="Criterion", max_length=60, required=False, initial=question.criterion if question else ""
        )
        self.fields[f"place_{n}"] = NumberField(
            label="Place", what="Place", min_value=1, max_value=MOST_QUESTIONS, required=False, initial=n
        )

    def shape_of(self):
        """A box for each question; another press gives more."""
        self.helper.form_show_optional = False
        boxes = [
            Fieldset(
                f"Question {n}", Ask(f"text_{n}", hide_label=True),
                Columns(f"theme_{n}", f"by_{n}", f"criterion_{n}", f"place_{n}"), size="s",
            )
            for n in self.rows
        ]  # fmt: skip
        return [*boxes, Component("more_button", words="Add more questions")]

    def lines(self):
        """(theme, text, who asks, criterion) of each question, by theme and place."""
        data, themes = self.cleaned_data, Question.Theme.values
        found = [
            (themes.index(data[f"theme_{n}"]), data.get(f"place_{n}") or n, n)
            for n in self.rows
            if data.get(f"text_{n}") and data.get(f"theme_{n}")
        ]
        return [
            (data[f"theme_{n}"], data[f"text_{n}"], data.get(f"by_{n}") or "", data.get(f"criterion_{n}") or "")
            for *_, n in sorted(found)
        ]

    def clean(self):
        """At least one, and each with its theme."""
        cleaned = super().clean()
        for n in self.rows:
            if cleaned.get(f"text_{n}") and not cleaned.get(f"theme_{n}") and f"theme_{n}" not in self.errors:
                self.add_error(f"theme_{n}", "Select the theme of this question")
        if not self.errors and not self.lines():
            self.add_error("text_1", "Enter at least one question")
        return cleaned

    def change_answers(self, answers):
        """Kept in rows of their own."""
        own = tuple(f"{part}_" for part in PARTS)
        return {k: v for k, v in answers.items() if not k.startswith(own)}


class AskedMixin:
    """Asks which of the planned questions were asked."""

    def ask_which(self):
        """Add the question, where some are planned."""
        planned = self.attempt.facts.questions
        if planned:
            self.fields["asked"] = CheckboxesField(
                label="Which of the planned questions were asked?", required=False,
                choices=[(str(q.pk), question_words(q)) for q in planned],
                initial=[str(q.pk) for q in planned if q.asked],
                help_text="Leave empty if the notes do not say. The report has what was asked, not what was planned.",
            )  # fmt: skip

    @classmethod
    def display_label(cls, name, look):
        """Whom the questions were put to, by name; of one candidate nobody need be told whom."""
        number = name.removeprefix("answers_")
        if number == name:
            return super().display_label(name, look)
        if len(look.parts) < 2:
            return "Questions and answers"
        return f"Questions to {look.parts_called([int(number)])}, and answers"

    def record_asked(self):
        """Keep which were asked; nothing, where nobody ticked any."""
        chosen = set(self.cleaned_data.get("asked") or ())
        for question in self.attempt.facts.questions if chosen else ():
            question.asked = str(question.pk) in chosen
            question.save()


def question_words(question) -> str:
    """ "Which decision of yours saved the most money? Cllr Penrose"."""
    return f"{question.text} {question.asked_by}".strip()
