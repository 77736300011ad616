"""Forms with every kind of question, as the pictures of the pages show them."""

import datetime

from crispy_forms.helper import FormHelper
from django import forms

from panel.forms.fields import (
    CheckboxesField,
    DateField,
    EmailField,
    HintedChoice,
    LongTextField,
    ManyFilesField,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
    YesNoField,
)
from panel.forms.layout import (
    Buttons,
    Columns,
    Component,
    Fieldset,
    Heading,
    Layout,
    Question,
    Reveal,
    Revealing,
)


def today():
    return datetime.date(2026, 11, 18)


class ReferForm(Revealing, forms.Form):
    """A step: the day it took effect first, each question in bold."""

    on = DateField(
        label="When was it sent?",
        what="the date it was sent",
        past=True,
        today=today,
        help_text="It became clear on 16 November 2026, so the last day was 17 November 2026.",
    )
    why_late = LongTextField(
        label="Why is it late?",
        help_text="Kept on the case. The IOPC may ask.",
        rows=3,
        required_message="Enter why it is late",
    )
    sent = CheckboxesField(
        label="What was sent?",
        required_message="Select what was sent",
        choices=[
            HintedChoice("complaint", "The complaint", "Email of 11 November 2026"),
            HintedChoice("statement", "Card statement", "PDF, 2 pages, restricted"),
            ("note", "Officer’s note"),
        ],
    )
    tell = YesNoField(
        label="Should Mr Ashcombe be told?",
        no="No, it might prejudice an investigation",
        required_message="Select whether to tell Mr Ashcombe",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.label_size = "s"
        self.helper.layout = Layout(
            "on",
            "why_late",
            "sent",
            "tell",
            Component(
                "will_follow",
                items=[
                    "The complaint is recorded and its status becomes Referred to the IOPC",
                    "The Chairman cannot decide on it until the IOPC answers (regulations 15 and 27).",
                ],
            ),
            Buttons("Record the referral"),
        )


class LogForm(Revealing, forms.Form):
    """A long page under headings, with questions that one answer reveals."""

    channel = RadiosField(
        label="How did it arrive?",
        choices=[
            ("email", "Email"),
            ("letter", "Letter"),
            ("telephone", "Telephone"),
            ("person", "In person"),
            ("passed", "Passed on by another body"),
        ],
        required_message="Select how it arrived",
    )
    made = DateField(label="Date it was made", what="the date it was made")
    received = DateField(label="Date we received it", what="the date we received it", past=True, today=today)
    who = RadiosField(
        label="Who is complaining?",
        required_message="Select who is complaining",
        choices=[
            HintedChoice("named", "A person or body who gave a name"),
            HintedChoice("anonymous", "Anonymous", "It is recorded like any other. Ground (d) may fit later."),
        ],
    )
    name = TextField(label="Full name", required_message="Enter the complainant’s name")
    email = EmailField(label="Email address", required=False)
    acts = TickField(label="This person acts for the complainant", required=False)
    for_whom = TextField(label="Who is the complainant?", required_message="Enter who the complainant is")
    kind = SelectField(label="What kind of complainant?", choices=[("public", "Member of the public")])
    number = NumberField(label="How many earlier complaints?", what="Number of complaints", required=False)
    files = ManyFilesField(label="Documents", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset("How it reached us", Question("channel", inline=True), Columns("made", "received")),
            Heading("Who is complaining"),
            Question("who", hide_label=True),
            Reveal("who", "named", "name", "email", "acts"),
            Reveal("acts", True, "for_whom"),
            "kind",
            "number",
            "files",
            Buttons("Continue", other=("Save and finish later", "later", "1"), cancel_url="#"),
        )


class RouteForm(Revealing, forms.Form):
    """The filtering decision: routes, and grounds that open their own questions."""

    parts = CheckboxesField(
        label="Which allegations does this cover?",
        initial=["1", "2"],
        help_text="Untick one to decide it separately afterwards.",
        choices=[("1", "Allegation 1, sent out of the meeting"), ("2", "Allegation 2, the post")],
        required_message="Select at least one allegation",
    )
    route = RadiosField(
        label="How should it be handled?",
        required_message="Select how it should be handled",
        choices=[
            HintedChoice(
                "sub_panel", "A sub-panel resolves it informally", "Three members try. Paragraph 11, regulation 28"
            ),
            HintedChoice("no_action", "Take no action", "Needs one of the six grounds. Paragraphs 9 and 10"),
        ],
    )
    consider = TickField(
        label="I consider that no action should be taken",
        hint="Regulation 15(2)(a)",
        required_message="Tick that no action should be taken, or choose another route",
    )
    grounds = CheckboxesField(
        label="Second part: which grounds of regulation 15(3) fit?",
        required_message="Select at least one ground",
        choices=[
            HintedChoice("b", "(b) More than 12 months before the complaint", "More than 12 months."),
            HintedChoice("f", "(f) Repetitious", "EX-C-2025-0009 is about the same letters."),
        ],
    )
    limb = RadiosField(
        label="Which limb?",
        required_message="Select which limb",
        choices=[("delay", "No good reason for the delay"), ("injustice", "Injustice is likely from the delay")],
    )
    reasons_b = LongTextField(label="Your reasons", rows=2, required_message="Enter your reasons for ground (b)")
    reasons_f = LongTextField(
        label="Your reasons", rows=2, required_message="Enter your reasons for ground (f), repetitious"
    )
    reasons = LongTextField(
        label="Your reasons", help_text="Sent to both sides with the decision.", required_message="Enter your reasons"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Question("parts", size="m"),
            Question("route", size="m", small_hints=True),
            Reveal(
                "route",
                "sub_panel",
                Component(
                    "will_follow",
                    small=True,
                    items=[
                        "Priya Nair must tell Mrs Thorpe and Mr Ashcombe.",
                        "You are asked to appoint three members.",
                    ],
                ),
            ),
            Reveal(
                "route",
                "no_action",
                "consider",
                Question("grounds", size="s", small_hints=True),
            ),
            Reveal("grounds", "b", "limb", "reasons_b"),
            Reveal("grounds", "f", "reasons_f"),
            Question("reasons", size="m"),
            Buttons("Continue", other=("Save and finish later", "later", "1")),
        )


class FilterForm(forms.Form):
    """The filters of the list of complaints."""

    q = forms.CharField(label="Search reference, name or words", required=False)
    show = forms.ChoiceField(label="Show", choices=[("open", "Open"), ("ended", "Ended"), ("all", "All")])
    status = forms.ChoiceField(
        label="Status", choices=[("", "Any"), ("received", "Received"), ("waiting", "Waiting for information")]
    )
    year = forms.ChoiceField(label="Received in", choices=[("", "Any year"), ("2026", "2026")])
    about = forms.ChoiceField(label="About", choices=[("", "Either office holder"), ("1", "Mr Ashcombe")])
    ground = forms.ChoiceField(
        label="Ground for no action", choices=[("", "Any or none"), ("a", "(a) the office’s own staff")]
    )
    overdue = forms.BooleanField(label="Overdue", required=False)
    mine = forms.BooleanField(label="Mine", required=False)


REFER_WRONG = {"on_day": "19", "on_month": "11", "on_year": "2026", "sent": ["complaint", "statement"]}
LOG_TYPED = {
    "channel": "email",
    "made_day": "16",
    "made_month": "",
    "made_year": "2026",
    "received": "2026-11-18",
    "who": "named",
    "name": "",
    "email": "nonsense",
    "acts": "on",
    "kind": "",
}
ROUTE_WRONG = {
    "parts": ["1"],
    "route": "no_action",
    "consider": "on",
    "grounds": ["b", "f"],
    "limb": "delay",
    "reasons_b": "He knew in March 2025.",
    "reasons_f": "",
    "reasons": "x",
}
