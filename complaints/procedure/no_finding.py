"""The Panel investigates nothing, finds nothing and punishes nobody (para 13; Sch 7 para 3). What its texts may say
instead: the sub-panel's opinion, or what was agreed.

No list of words can tell a finding from a quotation: "no principle was breached" is none, "found that he broke the code" is
one. So each text that goes out is asked what it is, the page says beside the box what the law forbids, and words that
often make a finding are warned about. Whoever ticks that they are an opinion or a quotation goes on; the tick is on the
record.

    class CloseForm(NoFindingMixin, StepForm):
        texts = ("summary",)
"""

import re

from panel.forms.fields import RadiosField, TickField
from panel.procedure.vocabulary import Refusal, even_unfinished

PROVISIONS = ("para 13", "Sch 7 para 3")
FORBIDDEN = (
    "The Panel cannot investigate, make a finding or apply a sanction, and an apology is one that the office holder "
    "agreed to (paragraph 13; Schedule 7, paragraph 3)."
)
KINDS = (
    ("agreed", "What was explained, agreed or decided"),
    ("opinion", "An opinion of those who looked into it"),
)
QUOTED = "This is an opinion or a quotation, not a finding"

# Words that often make a finding or a sanction. They are warned about, and nothing is refused because of one of them.
WORDS = re.compile(
    r"\b((?:not |partly |partially )?upheld|upholds?|breach(?:es|ed)?|broke|guilty|fault|wrongdoing|misconduct|"
    r"found (?:against|that|to)|finds? (?:against|that)|findings?|proven|proved|(?:un)?substantiated|"
    r"(?:ordered|told|instructed|required|made|must|has|have) to apologi[sz]e|must apologi[sz]e|sanction(?:s|ed)?|"
    r"censure[sd]?|reprimand(?:s|ed)?|warned|disciplin(?:ed|ary)|suspended from office|dismissed|"
    r"investigat(?:ed|ion) (?:found|concluded|shows?|showed))\b",
    re.IGNORECASE,
)


def warned_about(text) -> str:
    """The first of the words in a text, as it stands there; "" if it has none."""
    found = WORDS.search(" ".join(str(text or "").split()))
    return found.group(0) if found else ""


def kind(name: str) -> str:
    """The question what a text is."""
    return f"{name}_is"


def quoted(name: str) -> str:
    """The tick that its words are an opinion or a quotation."""
    return f"{name}_quoted"


class NoFindingMixin:
    """Asks of each of `texts` what it is; and, once it holds a word of the list, for the tick."""

    texts: tuple[str, ...] = ()

    def ask_what_it_is(self):
        """Add the questions."""
        for name in self.texts:
            said = str(self.fields[name].help_text or "")
            self.fields[name].help_text = f"{said} {FORBIDDEN}".strip()
            self.fields[kind(name)] = RadiosField(
                label="What does this text give?", choices=KINDS,
                required_message="Select whether the text gives an opinion or what was agreed",
            )  # fmt: skip
            self.fields[quoted(name)] = TickField(label=QUOTED, required=False)

    def asked_of(self, name: str) -> list[str]:
        """The names of a text's questions: the box, what it is, and the tick where its words are warned about."""
        typed = (self.data or self.draft or {}).get(name)
        return [name, kind(name), *([quoted(name)] if warned_about(typed) else [])]

    def shape_of(self):
        """Each text with its questions, unless the form asks more."""
        return [name for text in self.texts for name in self.asked_of(text)]

    def _clean_fields(self):
        super()._clean_fields()
        self.not_asked(*(quoted(name) for name in self.texts if not warned_about(self.cleaned_data.get(name))))

    def add_questions(self):
        """What each text is."""
        super().add_questions()
        self.ask_what_it_is()

    def check_label(self, name, label):
        """The two questions in the words of the timeline."""
        return self.labels.get(name, super().check_label(name, label))

    @classmethod
    def display_answer(cls, name, value, look):
        """What a text is, in words."""
        if name in map(kind, cls.texts):
            return dict(KINDS).get(value, value)
        return super().display_answer(name, value, look)


def labels_of(*names: str) -> dict[str, str]:
    """What the timeline calls the two questions of each text."""
    return {kind(n): "What the text gives" for n in names} | {quoted(n): QUOTED for n in names}


@even_unfinished
def no_finding(attempt):
    """Words that often make a finding or a sanction are ticked as an opinion or a quotation (para 13, Sch 7 para 3)."""
    found = []
    for name in attempt.form.texts:
        word = warned_about(attempt.answers.get(name))
        if word and not attempt.answers.get(quoted(name)):
            found.append(
                Refusal(
                    f"“{word}” can be read as a finding or a sanction, which the Panel has no power to make. Change the "
                    "words, or tick that they are an opinion or a quotation",
                    PROVISIONS,
                    field=quoted(name),
                )
            )
    return tuple(found)
