"""What the pages of a letter ask: its words, and how it goes."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from panel.documents import store
from panel.forms.fields import (
    DateField,
    EmailField,
    HintedChoice,
    LongTextField,
    ManyFilesField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
)
from panel.law import clock
from panel.letters.context import LetterContext
from panel.letters.language import our_welsh, welsh_first
from panel.letters.send import HERE, NOT_ADDRESSED, TO_MANY
from panel.letters.text import paragraphs
from panel.letters.word_letters import word_letter
from panel.models import Duty, LetterDraft

LONGEST_LETTER_CHARACTERS = 20_000
POST, EMAIL, HAND, MEETING, WEBSITE = "post", "email", "hand", "meeting", "website"


def helper(form: forms.Form, *names: str) -> FormHelper:
    """The layout of a form whose buttons stand in the page."""
    found = FormHelper(form)
    found.form_tag, found.disable_csrf, found.label_size = False, True, "s"
    found.layout = Layout(*(name for name in names if name in form.fields))
    return found


class DraftForm(forms.Form):
    """A letter as it is written."""

    to_name = TextField(label="To", required_message="Enter to whom it goes")
    address = LongTextField(
        label="Address", required=False, rows=4, max_length=500,
        help_text="As it stands under the name. Needed where it goes by post.",
    )  # fmt: skip
    email = EmailField(label="Email address", required=False, max_length=254)
    subject = TextField(
        label="Subject of an email", required_message="Enter the subject", max_length=150,
        help_text="Never a name, and nothing of what it is about.",
    )  # fmt: skip
    text = LongTextField(
        label="Letter", required_message="Enter the letter", rows=28, max_length=LONGEST_LETTER_CHARACTERS,
        help_text="An empty line begins a paragraph. A line between ** and ** is a heading.", what="The letter",
    )  # fmt: skip

    welsh = LongTextField(
        label="Letter in Welsh", required_message="Enter the letter in Welsh", rows=20,
        max_length=LONGEST_LETTER_CHARACTERS, what="The letter in Welsh",
        help_text="From the Panel’s own Welsh text. Names and days that were filled in may want changing.",
    )  # fmt: skip

    def __init__(self, about: LetterContext, draft: LetterDraft, data: Any = None):
        first = {name: getattr(draft, name) for name in self.base_fields}
        super().__init__(data=data, initial=first, use_required_attribute=False)
        if about.recipient in TO_MANY:
            del self.fields["address"], self.fields["email"]
        if about.recipient in NOT_ADDRESSED:
            del self.fields["to_name"], self.fields["subject"]
        if not (draft.welsh or our_welsh(about)):
            del self.fields["welsh"]
        if (own := word_letter(about)) is not None and not own.holds_letter:
            self.fields["text"].disabled = True
            self.fields["text"].help_text = "This is the wording of the Panel’s Word template. It is changed there."
        both = ("welsh", "text") if welsh_first(about) else ("text", "welsh")
        self.helper = helper(self, "to_name", "address", "email", "subject", *both)

    def clean_text(self) -> str:
        """A letter has more than its greeting."""
        text: str = self.cleaned_data["text"]
        if len(paragraphs(text)) < 2:
            raise ValidationError("The letter is empty. Write it, or start again from our text")
        return text


class SendForm(forms.Form):
    """How the letter goes, or went."""

    how = RadiosField(label="How does it go?", choices=(), required_message="Select how it goes")
    on = DateField(label="On which day?", what="the day on which it went", past=True)
    answer_by = DateField(label="By when may they comment?", what="the day by which they may comment")
    late_reason = SelectField(label="What made it late?", choices=Duty.Late.choices, blank="Choose", required=False)
    late_why = LongTextField(label="Why is it late?", required=False, rows=3)
    enclosures = ManyFilesField(
        label="Other files that went with it", required=False, max_size=settings.DOCUMENT_MAX_SIZE,
        help_text="They are kept with the letter on the case.",
    )  # fmt: skip
    opinion = TickField(
        label="These words are an opinion or a quotation, and the letter says so",
        required_message="Tick this, or change the letter",
    )

    def __init__(self, about: LetterContext, draft: LetterDraft, *, warned: bool, data: Any = None, files: Any = None):
        self.about, self.draft = about, draft
        today = clock.today()
        super().__init__(data=data, files=files, initial={"on": today}, use_required_attribute=False)
        self.fields["on"].today = clock.today
        self.fields["how"].choices = ways(about, draft)
        self.fields["how"].initial = usual_way(about, draft)
        if any(about.look.procedure.duty(d.kind).then_opens for d in about.duties):
            self.fields["answer_by"].initial = about.values.reply_by
        else:
            del self.fields["answer_by"]
        if not self.late_duties:
            del self.fields["late_reason"], self.fields["late_why"]
        if not warned:
            del self.fields["opinion"]
        self.helper = helper(self, "opinion", "how", "on", "answer_by", "late_reason", "late_why", "enclosures")

    @property
    def late_duties(self) -> list[Duty]:
        """The notices that it meets after a day that binds."""
        kind_of = self.about.look.procedure.duty
        return [
            d for d in self.about.duties if d.is_over(self.about.look.today) and kind_of(d.kind).late_in_law
        ]  # fmt: skip

    def clean_enclosures(self) -> list[Any]:
        """The files, if the content of each is allowed."""
        return store.all_checked(self.cleaned_data["enclosures"])

    def clean(self) -> dict[str, Any]:
        """An address for what is posted."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("how") == POST and needs_address(self.about, self.draft):
            self.add_error(
                "how", f"{self.draft.to_name} has no postal address. Go back and enter one, or choose another way"
            )
        if cleaned.get("how") == HERE and cleaned.get("on") and cleaned["on"] != clock.today():
            self.add_error("on", "What goes by email from here goes today")
        return cleaned

    def answers(self) -> dict[str, Any]:
        """What the step asks besides."""
        asked = ("answer_by", "late_reason", "late_why")
        return {name: self.cleaned_data[name] for name in asked if self.cleaned_data.get(name)}


def needs_address(about: LetterContext, draft: LetterDraft) -> bool:
    """Whether it cannot be posted, as nobody has entered where to."""
    return about.recipient not in TO_MANY and draft.address.strip() in ("", about.values.office)


def ways(about: LetterContext, draft: LetterDraft) -> list[HintedChoice]:
    """In which ways it can go."""
    if about.recipient in NOT_ADDRESSED:
        return [HintedChoice(WEBSITE, "On the Panel’s website", "")]
    to = f"To {draft.email}. " if draft.email else ""
    here = (
        [HintedChoice(HERE, "By email, from here", f"To {draft.email}, with the letter as a file")]
        if draft.email
        else []
    )
    return [
        *here,
        HintedChoice(POST, "Printed and posted", "Print it, then say that it went"),
        HintedChoice(EMAIL, "Sent by email from elsewhere", f"{to}From your own mailbox, with the file attached"),
        HintedChoice(HAND, "Handed over", ""),
        HintedChoice(MEETING, "Given at a meeting", ""),
    ]


def usual_way(about: LetterContext, draft: LetterDraft) -> str:
    """The way that is chosen beforehand: as they asked, else as they can be reached."""
    if about.recipient in NOT_ADDRESSED:
        return WEBSITE
    wishes = about.values.wishes.lower()
    if "post" in wishes or "letter" in wishes or "print" in wishes:
        return POST
    if "mail" in wishes and draft.email:
        return HERE
    return HERE if draft.email and needs_address(about, draft) else POST
