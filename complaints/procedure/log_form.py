"""What is asked when a complaint is logged (paras 1 and 4; regs 9 and 34), typed in or filled from an email."""

from complaints.members_who_complain import warnings_at_logging
from complaints.models import Complaint
from complaints.procedure.acting import COLUMNS as AGENT_COLUMNS
from complaints.procedure.acting import ActingQuestions, acts_for_themselves
from complaints.procedure.questions import (
    ALLEGATION_COLUMNS,
    MOST_ALLEGATIONS,
    NOBODY,
    NewCaseMixin,
    NumberedAllegations,
    holder_choices,
    one_or_the_other,
)
from panel.casework.members import MembersMixin
from panel.forms.fields import (
    CheckboxesField,
    DateField,
    EmailField,
    HintedChoice,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
)
from panel.forms.layout import Columns, Fieldset, Heading, LayoutPiece, Only, Question, Reveal
from panel.models import Complainant

REPRESENTED = "represented"
REACHED = ("email", "phone", "address", "how_to_write")


NO_ADDRESS = "There is no email or postal address. The Panel needs one: ask for it, so that letters can be sent."


class MoreAllegations(LayoutPiece):
    """The buttons below the last allegation: another one, or one fewer."""

    template = "complaints/more_allegations.html"


class LogForm(NewCaseMixin, MembersMixin, ActingQuestions):
    """Log a complaint from an e-mail, a letter or a call (paras 1 and 4; regs 9 and 34). Logging is not recording."""

    on_label = "Date we received it"
    on_what = "the date we received it"
    documents_label = "The email, letter or other documents"
    channel = RadiosField(
        label="How did it arrive?", choices=Complaint.Channel.choices, required_message="Select how it arrived"
    )
    through = TextField(
        label="Who passed it on?", max_length=150, required_message="Enter who passed it on",
        help_text="For example: the IOPC, the Chief Constable, the Commissioner’s office.",
    )  # fmt: skip
    iopc_decided_on = DateField(
        label="If the IOPC sent it: when did it decide not to investigate?", what="the day the IOPC decided",
        required=False, past=True, help_text="Leave empty if the IOPC has not decided.",
    )  # fmt: skip
    made_on = DateField(label="Date it was made", what="the date it was made", past=True)
    who = RadiosField(
        label="Who is complaining?",
        choices=[
            HintedChoice("named", "The person who wrote or spoke to us"),
            HintedChoice("represented", "Somebody else, for whom they write", "Such as a solicitor’s client."),
            HintedChoice("anonymous", "Nobody gives a name", "It is decided on like any other."),
        ],
        required_message="Select who is complaining",
    )
    undated = TickField(label="It has no date", required=False)
    name = TextField(label="Full name", max_length=150, required_message="Enter their full name")
    email = EmailField(label="Email address", required=False, max_length=254)
    phone = TextField(label="Telephone", max_length=40, required=False)
    address = LongTextField(label="Postal address", max_length=500, rows=3, required=False)
    how_to_write = TextField(
        label="How to write to them", max_length=150, required=False, help_text="For example: large print, by post."
    )
    complainant_kind = SelectField(
        label="What kind of complainant?", choices=Complainant.Kind.choices, blank=None,
        required_message="Select what kind of complainant",
    )  # fmt: skip
    member = SelectField(
        label="Which member of the Panel?", choices=(), blank="Choose", required_message="Select which member",
        help_text="They will not see the case.",
    )  # fmt: skip
    subjects = CheckboxesField(
        label="Whose conduct is it about?", choices=(), required_message="Select whose conduct it is about"
    )
    about_whom = TextField(
        label="Whom is it about?", max_length=200, required_message="Enter whom it is about, or what is not clear",
        help_text="For example: an officer, the Chief Constable, not clear from the email.",
    )  # fmt: skip
    title = TextField(
        label="Short title", max_length=120, what="Short title", required_message="Enter a short title",
        help_text="Shown in lists. Leave out the complainant’s name.",
    )  # fmt: skip
    words = LongTextField(
        label="Complaint, in the complainant’s own words",
        max_length=20_000,
        rows=8,
        required=False,
        what="The complaint",
    )
    columns = (
        "channel", "through", "iopc_decided_on", "made_on", "who", "name", "email", "phone", "address", "how_to_write",
        *AGENT_COLUMNS, "complainant_kind", "subjects", "about_whom", "title", "words", "member", "similar",
        *ALLEGATION_COLUMNS,
    )  # fmt: skip

    @staticmethod
    def flattened(data):
        """As the page sends it: a script that says who acts for a named person means that they are represented."""
        data = NumberedAllegations.flattened(data)
        script = isinstance(data, dict) and not hasattr(data, "getlist")
        if script and data.get("who") == "named" and any(data.get(name) for name in AGENT_COLUMNS):
            return {**data, "who": REPRESENTED}
        return data

    def add_questions(self):
        """Office holders or nobody of them, members and as many allegations as were sent."""
        self.ask_holders()
        self.fields["subjects"].choices = [*holder_choices(self._holders), NOBODY]
        self.fields["member"].choices = self.member_lines()
        self.allegation_names = [self.ask_allegation(n, n == 1) for n in range(1, self.count + 1)]
        if self.draft and (
            self.draft.get("more") or self.draft.get("fewer")
        ):  # the page comes back to what was asked for
            self.fields[f"what_{self.count}"].widget.attrs["autofocus"] = True

    def shape_of(self):
        """How it reached us, who complains, what it is about."""
        self.numbered = [
            Fieldset(f"Allegation {n}", *names, size="s") for n, names in enumerate(self.allegation_names, 1)
        ]
        return [
            Fieldset(
                "How it reached us",
                Question("channel", inline=True),
                Reveal("channel", "passed_on", "through", "iopc_decided_on"),
                Columns("made_on", "on"),
                Only("letter", "undated"),
            ),
            Fieldset(
                "Who is complaining",
                Question("who", hide_label=True),
                Only("somebody", "name", *REACHED),
                Only("represented", Heading("We write to", size="s", level=3), *AGENT_COLUMNS),
                "complainant_kind",
                Only("panel-member", "member"),
            ),
            Fieldset(
                "What it is about",
                "subjects",
                Reveal("subjects", NOBODY.value, "about_whom"),
                "title",
                "words",
                *self.numbered,
                MoreAllegations(count=self.count, most=MOST_ALLEGATIONS),
            ),
        ]

    def clean_subjects(self):
        """Office holders, or nobody: never both."""
        return one_or_the_other(self.cleaned_data["subjects"])

    def _clean_fields(self):
        # A select's reveal cannot be drawn under a choice: the member is asked plainly, and only where it applies. The
        # complainant is asked for under two choices, and a question is drawn once.
        super()._clean_fields()
        who = self.cleaned_data.get("who")
        if who not in ("named", REPRESENTED):
            self.not_asked("name", *REACHED)
        if who != REPRESENTED:
            self.not_asked(*AGENT_COLUMNS)
        elif not self.cleaned_data.get("agent") and "agent" not in self._errors:
            self.add_error("agent", "Enter who acts for them")
        if self.cleaned_data.get("channel") != Complaint.Channel.LETTER:
            self.not_asked("undated")
        elif self.cleaned_data.get("undated"):
            self.not_asked("made_on")
        if self.cleaned_data.get("complainant_kind") != Complainant.Kind.MEMBER:
            self.not_asked("member")

    def warnings(self):
        """A member who complains, or whose name is the complainant's; somebody who would act for themselves."""
        a = self.cleaned_data
        missing = a.get("who") == "named" and not (a.get("email") or a.get("address"))
        needed = [NO_ADDRESS] if missing and self.attempt.look.settings_on(self.attempt.on).address_needed else []
        return [*needed, *acts_for_themselves(self.cleaned_data), *warnings_at_logging(self)]

    def check_label(self, name, label):
        """Repeated questions by their allegation."""
        short = {
            "what": "Allegation {}",
            "happened_on": "Allegation {}, when",
            "early_reason": "Allegation {}, why here",
        }
        stem, _, number = name.rpartition("_")
        return short[stem].format(number) if stem in short else label
