"""What the Panel owes apart from any case: the notice of a changed address to the Commissioner is written, sent and noted
here (reg 30)."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from panel.files import pdf
from panel.files.paper import Paper
from panel.forms.fields import DateField, EmailField, LongTextField, RadiosField, TextField
from panel.forms.layout import Layout
from panel.forms.spoken import speak
from panel.law import clock
from panel.law.period import day_words
from panel.law.roles import Role
from panel.law.spoken import say
from panel.letters.fields import REPLY_WORKING_DAYS
from panel.letters.paper import Made, letter_paper, pdf_file, word_file
from panel.letters.text import fill, gaps_in, paragraphs, source
from panel.models import Panel, PanelDuty, PanelSettings
from panel.pages.base import in_panel
from panel.pages.drafts import typed
from panel.pages.panel_duties import ADDRESSES
from panel.pages.people_names import People
from panel.post import Improper, queue
from panel.record.act import sealed_act

HERE = "here"
WAYS = {
    HERE: "Email from here", "email": "Email from elsewhere", "post": "Post", "hand": "By hand",
    "meeting": "At a meeting", "written_outside": "A letter written elsewhere",
}  # fmt: skip
TYPES = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": pdf.PDF}


@dataclass(frozen=True)
class PanelLetter:
    """What the paper of a letter asks for, where it is about no case."""

    of_panel: Panel
    settings: PanelSettings
    reference: str
    confidential: bool = False
    wishes: str = ""
    enclosed: tuple[str, ...] = ()

    @property
    def phone(self) -> str:
        """Where to ring."""
        return self.settings.complaints_telephone

    @property
    def email(self) -> str:
        """Where to write by email."""
        return self.settings.complaints_email


def where_to(settings: PanelSettings) -> str:
    """Where complaints are sent, by those settings."""
    address = ", ".join(line.strip(" ,") for line in settings.complaints_address.splitlines() if line.strip(" ,"))
    return ", ".join(filter(None, (address, settings.complaints_email, settings.complaints_telephone)))


def before(panel: Panel, row: PanelSettings) -> Any:
    """The settings with the last address that was another one: of an earlier day, or as they stood before on that day."""
    earlier: list[Any] = [one for one in panel.settings.all() if one.from_date < row.from_date]
    earlier += row.history.order_by("history_id") if row.pk else []
    other = [one for one in earlier if any(getattr(one, n) and getattr(one, n) != getattr(row, n) for n in ADDRESSES)]
    return other[-1] if other else None


def our_notice(panel: Panel, duty: PanelDuty, today: date) -> str:
    """Our text of the notice, filled in."""
    row = panel.settings_on(max(duty.since, today))
    old = before(panel, row)
    word = panel.words.commissioner
    values = {
        "from_day": duty.since, "commissioner": word, "complaints_to": where_to(row),
        "old_to": where_to(old) if old else "", "reply_by": clock.working_days(today, REPLY_WORKING_DAYS).day,
    }  # fmt: skip
    head, _, body = source("letters/address_notice.txt").partition("\n")
    signer = People(panel, today).who(Role.OFFICER)
    post = row.officer_post or "Scrutiny Officer"
    return (
        f"Dear {word}\n\n**{fill(head, values.get).text}**\n\n{fill(body, values.get).text}\n\nYours sincerely\n\n"
        f"{signer}\n{post}"
    )


class NoticeForm(forms.Form):
    """The notice as it goes or went, when and how."""

    to_name = TextField(label="To", max_length=200, required_message="Enter to whom it goes")
    email = EmailField(label="Email address", required=False, max_length=254)
    text = LongTextField(
        label="Letter", rows=20, max_length=20_000, what="The letter", required_message="Enter the letter",
        help_text="An empty line begins a paragraph. A line between ** and ** is a heading.",
    )  # fmt: skip
    met_on = DateField(label="When did it go?", what="the day on which it went", past=True)
    how = RadiosField(label="How?", choices=list(WAYS.items()), required_message="Select how it went")

    def __init__(self, data: Any = None, initial: Any = None):
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.fields["met_on"].initial, self.fields["met_on"].today = clock.today(), clock.today
        self.helper = FormHelper(self)
        self.helper.form_tag, self.helper.disable_csrf, self.helper.label_size = False, True, "s"
        self.helper.layout = Layout(*self.fields)
        speak(self)

    def clean_text(self) -> str:
        """A letter without a gap."""
        text: str = self.cleaned_data["text"]
        if gaps := gaps_in(text):
            raise forms.ValidationError([f"Paragraph {n}: {{{name}}} is not filled in" for n, name in gaps])
        if len(paragraphs(text)) < 2:
            raise forms.ValidationError("The letter is empty. Write it")
        return text

    def clean(self) -> dict[str, Any]:
        """An address and today's day for what goes from here."""
        said = super().clean() or self.cleaned_data
        if said.get("how") == HERE and not said.get("email"):
            self.add_error("email", "Enter the email address to which it goes")
        if said.get("how") == HERE and said.get("met_on") and said["met_on"] != clock.today():
            self.add_error("met_on", "What goes by email from here goes today")
        return said


def paper_of(panel: Panel, duty: PanelDuty, text: str, to_name: str, how: str, day: date) -> Paper:
    """The notice on the panel's paper."""
    reference = f"{panel.code}, regulation 30, {duty.since.year}"
    fields: Any = PanelLetter(panel, panel.settings_on(day), reference)
    return letter_paper(fields, Made(text, to_name, "", {HERE: "email"}.get(how, how), day))


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("case.hand_over", kept="What the Panel owes")
def panel_duty(request, panel, who, pk):
    """Write what is owed, and say that it went; afterwards the letter as it went."""
    row = get_object_or_404(PanelDuty, panel=panel, pk=pk)
    home = reverse("panel:home", args=[panel.slug])
    if row.met_on is not None:
        return render(request, "letters/panel_duty_met.html", {"row": row, "heading": say(str(row)), "back_url": home})
    today = clock.today()
    names = panel.names_on(today)
    office = f"The {panel.words.commissioner}{f' for {names.police_area}' if names.police_area else ''}"
    form = NoticeForm(typed(request), initial={"to_name": office, "text": our_notice(panel, row, today)})
    sends = request.method == "POST"
    if sends and form.is_valid():
        if (kind := request.POST.get("file")) in TYPES:
            return as_file(panel, row, form.cleaned_data, kind)
        try:
            keep(panel, row, form.cleaned_data, request.user)
        except Improper as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Recorded.")
            return redirect(home)
    context = {
        "form": form, "heading": say(str(row)), "back_url": home, "pdf": pdf.can_be_made(),
        "since": day_words(row.since),
    }  # fmt: skip
    return render(request, "letters/panel_duty.html", context, status=422 if sends else 200)


def as_file(panel: Panel, row: PanelDuty, said: dict[str, Any], kind: str) -> HttpResponse:
    """The letter as it is typed, to be read or printed."""
    paper = paper_of(panel, row, said["text"], said["to_name"], said["how"], said["met_on"])
    content = pdf_file(paper) if kind == "pdf" else word_file(paper, clock.now())
    if content is None:
        kind, content = "docx", word_file(paper, clock.now())
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = content_disposition_header(True, f"Address for complaints, {panel.code}.{kind}")
    response["X-Content-Type-Options"] = "nosniff"
    return response


def keep(panel: Panel, row: PanelDuty, said: dict[str, Any], by: Any) -> None:
    """Note that it went, with its words and their hash; by email from here it is queued in the same act. Raises Improper."""
    with sealed_act(panel, by=by, name="meet_panel_duty", why=str(row)):
        row.met_on, row.met_how, row.met_by = said["met_on"], WAYS[said["how"]], by
        row.to_name = said["to_name"]
        if said["how"] != "written_outside":
            row.letter = said["text"]
            row.letter_sha256 = hashlib.sha256(said["text"].encode()).hexdigest()
        row.save()
        if said["how"] == HERE:
            words = said["text"].replace("**", "")
            subject = f"Police and Crime Panel: {panel.code}, regulation 30"
            queue(
                kind="panel_notice", panel=panel, case=None, given={"duty": row.pk}, address=said["email"],
                recipient="commissioner", subject=subject, text=words, documents=[],
            )  # fmt: skip


urls = [path("<int:pk>/", panel_duty, name="panel-duty")]
