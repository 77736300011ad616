"""What each step of the complaints procedure asks: one form a step, with its words and its own errors."""

import re
from dataclasses import replace
from functools import partial

from complaints.models import Allegation, Complaint, Subject
from complaints.procedure.conditions import DISAPPLIES
from complaints.queries import for_standing
from panel.casework import shared_forms
from panel.casework.perform import arising
from panel.casework.shared_forms import MembersMixin
from panel.casework.step_form import StepForm
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
    YesNoField,
)
from panel.forms.layout import Columns, Component, Fieldset, Heading, Only, Question, Reveal
from panel.law.period import day_words, listed
from panel.law.provisions import GROUNDS
from panel.law.roles import Role
from panel.models import Complainant, OfficeHolder
from panel.pages.answers import what_follows

MOST_ALLEGATIONS = 20


def holder_choices(holders):
    """Office holders as choices, with the days they held office."""
    out = []
    for h in holders:
        until = f" until {day_words(h.to_date)}" if h.to_date else ""
        out.append(HintedChoice(str(h.pk), str(h), f"In office from {day_words(h.from_date)}{until}"))
    return out


class NumberedAllegations:
    """Questions repeated for each allegation: `what_1`, `happened_on_1`, `early_reason_1`, `what_2` ..."""

    def number_of(self, data) -> int:
        """How many allegations the form asks for: as many as were sent, one more when that was asked, at most 20."""
        if not data:
            return 1
        sent = [int(m.group(1)) for k in data if (m := re.fullmatch(r"what_(\d{1,2})", str(k)))]
        return min(max(sent, default=1), MOST_ALLEGATIONS)

    @staticmethod
    def flattened(data):
        """A script's `allegations: [{...}]` as the numbered answers that the page sends."""
        if isinstance(data, dict) and isinstance(data.get("allegations"), list):
            data = dict(data)
            for n, row in enumerate(data.pop("allegations"), 1):
                for key, value in row.items():
                    data[f"{key}_{n}"] = value
        return data

    def ask_allegation(self, n: int, required: bool = True) -> list:
        """Add the questions of allegation n; their names."""
        self.fields[f"what_{n}"] = TextField(
            label="What is said to have happened?",
            what="What is said to have happened",
            required_message="Enter what is said to have happened",
            max_length=500,
            required=required,
        )
        self.fields[f"happened_on_{n}"] = DateField(
            label="When did it happen?",
            what="the day it happened",
            past=True,
            required=False,
            help_text="The latest day, if there were several. Leave empty if it is not known.",
        )
        self.fields[f"early_reason_{n}"] = TextField(
            label="Why does an incident outside the term of office belong here?",
            max_length=300,
            required=False,
            help_text="Only if it happened before they took office or after they left.",
        )
        asked = [f"what_{n}", f"happened_on_{n}"]
        typed = (self.data or self.draft or {}).get(f"early_reason_{n}")
        return [*asked, f"early_reason_{n}"] if typed else asked

    def refuse(self, refusal):
        """The reason for an early incident is asked for only once it is needed."""
        super().refuse(refusal)
        stem, _, number = refusal.field.rpartition("_")
        if stem == "early_reason":
            for piece in self.numbered:
                if f"what_{number}" in piece.fields and refusal.field not in piece.fields:
                    piece.fields.append(refusal.field)

    def allegation_rows(self):
        """(number, answers) of each allegation typed in."""
        for n in range(1, MOST_ALLEGATIONS + 1):
            if self.cleaned_data.get(f"what_{n}"):
                yield (
                    n,
                    {
                        "what": self.cleaned_data[f"what_{n}"],
                        "happened_on": self.cleaned_data.get(f"happened_on_{n}"),
                        "early_reason": self.cleaned_data.get(f"early_reason_{n}") or "",
                    },
                )


class LogForm(NumberedAllegations, StepForm):
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
            HintedChoice("named", "A person or body who gave a name"),
            HintedChoice("anonymous", "Anonymous", "It is recorded like any other. Ground (d) may fit later."),
        ],
        required_message="Select who is complaining",
    )
    name = TextField(label="Full name", max_length=150, required_message="Enter their full name")
    email = EmailField(label="Email address", required=False, max_length=254)
    phone = TextField(label="Telephone", max_length=40, required=False)
    address = LongTextField(label="Postal address", max_length=500, rows=3, required=False)
    how_to_write = TextField(
        label="How to write to them", max_length=150, required=False, help_text="For example: large print, by post."
    )
    agent = TextField(
        label="Who acts for them", max_length=200, required=False,
        help_text="A solicitor or other person authorised to act for the complainant (regulation 2).",
    )  # fmt: skip
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
        "agent", "complainant_kind", "subjects", "title", "words", "member", "similar",
        *(f"{k}_{n}" for k in ("what", "happened_on", "early_reason") for n in range(1, MOST_ALLEGATIONS + 1)),
    )  # fmt: skip

    def __init__(self, attempt, data=None, files=None, draft=None):
        data = self.flattened(data)
        typed = data if data is not None else draft
        self.count = self.number_of(typed)
        if typed and typed.get("more"):
            self.count = min(self.count + 1, MOST_ALLEGATIONS)
        super().__init__(attempt, data=data, files=files, draft=draft)

    def ask(self):
        """Office holders, members and as many allegations as were sent."""
        panel = self.attempt.panel
        self._holders = list(panel.office_holders.order_by("office", "-from_date"))
        self.fields["subjects"].choices = holder_choices(self._holders)
        self.fields["member"].choices = [(str(m.pk), m.name) for m in panel.members.all()]
        self.allegation_names = [self.ask_allegation(n, n == 1) for n in range(1, self.count + 1)]

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
            ),
            Fieldset(
                "Who is complaining",
                Question("who", hide_label=True),
                Reveal("who", "named", "name", "email", "phone", "address", "how_to_write", "agent"),
                "complainant_kind",
                Only("panel-member", "member"),
            ),
            Fieldset("What it is about", "subjects", "title", "words", *self.numbered),
        ]

    def _clean_fields(self):
        # A select's reveal cannot be drawn under a choice: the member is asked plainly, and only where it applies.
        super()._clean_fields()
        if self.cleaned_data.get("complainant_kind") != Complainant.Kind.MEMBER:
            self.errors_dropped("member")

    def errors_dropped(self, name):
        """Forget an answer that was not asked for."""
        self._errors.pop(name, None)
        self.cleaned_data[name] = ""

    def check_label(self, name, label):
        """Repeated questions by their allegation."""
        short = {
            "what": "Allegation {}",
            "happened_on": "Allegation {}, when",
            "early_reason": "Allegation {}, why here",
        }
        stem, _, number = name.rpartition("_")
        return short[stem].format(number) if stem in short else label

    def holders(self) -> list[OfficeHolder]:
        """The office holders chosen."""
        chosen = set(self.cleaned_data.get("subjects") or ())
        return [h for h in self._holders if str(h.pk) in chosen]


class AddAllegationForm(NumberedAllegations, StepForm):
    """Another allegation in an open complaint (para 4)."""

    on_label = "Date we received it"
    on_what = "the date we received it"
    columns = ("what_1", "happened_on_1", "early_reason_1")

    def __init__(self, attempt, data=None, files=None, draft=None):
        if isinstance(data, dict) and not hasattr(data, "getlist") and "what" in data:
            data = {**data, **{f"{k}_1": data[k] for k in ("what", "happened_on", "early_reason") if k in data}}
        super().__init__(attempt, data=data, files=files, draft=draft)

    def ask(self):
        """One allegation."""
        self.numbered = [Fieldset("The allegation", *self.ask_allegation(1), size="s")]

    def shape_of(self):
        """One allegation."""
        return self.numbered

    def holders(self):
        """The office holders it is about."""
        return [s.office_holder for s in self.attempt.facts.subjects]


class AskForInformationForm(StepForm):
    """What is missing, and by when (para 7)."""

    on_label = "When was it asked for?"
    on_what = "the date it was asked for"
    missing = LongTextField(label="What is missing?", required_message="Enter what is missing", rows=4)
    by_when = DateField(
        label="By when should they answer?", what="the day by which they should answer", required=False,
        help_text="Leave empty for the Panel’s own target.",
    )  # fmt: skip


class ResumeForm(StepForm):
    """What came, or that nothing came (para 7)."""

    on_label = "When did it come, or when did the wait end?"
    came = RadiosField(
        label="What came?",
        choices=[("came", "The information, or some of it"), ("nothing", "Nothing came")],
        required_message="Select what came",
    )
    what_came = LongTextField(label="What did they say?", required_message="Enter what they said", rows=4)
    shape = ("came", Reveal("came", "came", "what_came"))


class RedirectForm(StepForm):
    """It is not about the conduct of this Panel's office holder (para 2, reg 9)."""

    labels = {  # noqa: RUF012
        "reason": "Why it is not for the Panel",
        "redirected_to": "Whom it is for",
    }
    on_label = "When was this decided?"
    reason = RadiosField(
        label="Why is it not for the Panel?", choices=Allegation.Redirected.choices, required_message="Select why"
    )
    redirected_to = TextField(
        label="Who is it for?", required_message="Enter who it is for",
        help_text="For example: the Commissioner’s office, the Chief Constable, another Police and Crime Panel.",
    )  # fmt: skip
    why_label = "Your reasons"
    why_hint = "Sent to the complainant with the decision."


class DeclineToRecordForm(StepForm):
    """The only two grounds for not recording (para 8, reg 9): everything else is recorded, then considered."""

    labels = {  # noqa: RUF012
        "ground": "Why it is not recorded",
        "proceedings": "The proceedings",
    }
    on_label = "When was this decided?"
    ground = RadiosField(
        label="Why is it not recorded?",
        choices=[
            HintedChoice(
                "criminal_proceedings", "Criminal proceedings have dealt or are dealing with it", "Paragraph 8, regulation 9"
            ),
            HintedChoice(
                "not_a_complaint", "There is nothing in it for anybody to deal with",
                "The Regulations do not apply. Where somebody else can deal with it, redirect it instead.",
            ),
        ],
        required_message="Select why it is not recorded",
        help_text="A complaint that is late, anonymous, repeated or vexatious is recorded first: the Chairman then "
        "considers regulation 15. A signed withdrawal is a withdrawal.",
    )  # fmt: skip
    proceedings = TextField(label="Which proceedings?", required_message="Enter which proceedings")
    why_label = "Your reasons"
    why_hint = "Sent to the complainant: the decision, which part it covers and the ground (regulation 10)."
    shape = ("ground", Reveal("ground", "criminal_proceedings", "proceedings"))


class RecordForm(StepForm):
    """Put it on the record, with the allegations in their final form and classified (para 5, reg 9)."""

    on_label = "When was it recorded?"
    on_what = "the date it was recorded"
    theme = SelectField(label="What is it about?", choices=(), blank="Choose", required_message="Select a theme")
    columns = ("theme", *(f"final_{n}" for n in range(1, MOST_ALLEGATIONS + 1)))

    def ask(self):
        """The final words of each allegation."""
        self.fields["theme"].choices = self.attempt.look.procedure.themes
        self.fields["theme"].initial = self.attempt.case.theme
        for p in self.attempt.parts:
            self.fields[f"final_{p.number}"] = TextField(
                label=f"Allegation {p.number}, in its final form", max_length=500, required=False, initial=p.what,
                help_text="Leave out the complainant’s name.", what="The allegation",
            )  # fmt: skip


class SubjectsMixin:
    """Asks which office holders, where the complaint is about both."""

    def ask_subjects(self, label, message):
        """Add the question; with one office holder it is answered already and hidden."""
        found = self.attempt.facts.subjects
        self.fields["subjects"] = CheckboxesField(
            label=label,
            choices=[(str(s.office_holder_id), str(s.office_holder)) for s in found],
            required_message=message,
            required=len(found) > 1,
        )
        self.order_fields(["subjects"])
        if len(found) == 1:
            self.fields["subjects"].initial = [str(found[0].office_holder_id)]
            self.fields["subjects"].widget = self.fields["subjects"].hidden_widget()

    @classmethod
    def told(cls, name, value, look):
        """Office holders by their names."""
        if name == "subjects":
            names = {s.pk: str(s.office_holder) for s in look.facts.subjects}
            return ", ".join(names.get(v, str(v)) for v in value)
        return super().told(name, value, look)

    def clean_subjects(self):
        """The Subject rows chosen; all of them where there is no choice to make."""
        chosen = set(self.cleaned_data.get("subjects") or ())
        found = self.attempt.facts.subjects
        return [s for s in found if str(s.office_holder_id) in chosen] or (found if len(found) == 1 else [])


class DecideCopiesForm(SubjectsMixin, StepForm):
    """What copy of the complaint the office holder gets: full, anonymised or withheld (para 6, reg 31). The
    complainant's copy of the record is never withheld."""

    labels = {  # noqa: RUF012
        "copy": "What they get",
        "who_hidden": "Not to be named",
        "copy_ground": "Ground",
    }
    on_label = "When was this decided?"
    copy = RadiosField(
        label="What should they get?",
        choices=[
            HintedChoice("full", "The full copy", "The officer may decide this."),
            HintedChoice("anonymised", "An anonymised copy", "For good reason. The Monitoring Officer decides."),
            HintedChoice(
                "withheld", "No copy for now", "Only on a ground of regulation 31, kept under regular review. The Monitoring "
                "Officer decides.",
            ),
        ],
        required_message="Select what they should get",
    )  # fmt: skip
    who_hidden = RadiosField(
        label="Who is not to be named?",
        choices=[("complainant", "The complainant"), ("other", "Somebody else"), ("both", "Both")],
        required_message="Select who is not to be named",
    )
    copy_ground = RadiosField(
        label="On which ground?", choices=Subject.Ground.choices, required_message="Select the ground of regulation 31"
    )
    why_label = "Your reasons"
    why_required = False
    why_hint = "Needed unless the copy is full."
    shape = (
        "subjects",
        "copy",
        Reveal("copy", "anonymised", "who_hidden"),
        Reveal("copy", "withheld", "copy_ground"),
    )

    def ask(self):
        """Whose copy."""
        self.ask_subjects("Whose copy?", "Select whose copy")


class GiveNoticeForm(shared_forms.GiveNoticeForm):
    """Somebody was told; who is invited to comment is told by when (regs 10, 28, 31, 37)."""

    answer_by = DateField(
        label="By when may they comment?", what="the day by which they may comment", sometimes=True,
        help_text="Only for an invitation to comment.",
    )  # fmt: skip
    how = RadiosField(
        label="How was it sent?", choices=[*shared_forms.HOW, ("website", "On the Panel’s website")],
        required_message="Select how it was sent",
    )  # fmt: skip
    shape = ("duties", Question("how", inline=True), "answer_by", *shared_forms.GiveNoticeForm.copy_shape)

    def clean(self):
        """A page of the website tells nobody in particular."""
        cleaned = super().clean()
        if cleaned.get("how") == "website" and any(d.kind != "publish" for d in self.duties_chosen()):
            self.add_error(
                "how", "Select how they were told: on the website the record of the outcome is published only"
            )
        return cleaned

    def ask(self):
        """A day for comments only where somebody is invited; the website only where something is to be published."""
        super().ask()
        if not any(d.kind == "publish" for d in self.notices):
            self.fields["how"].choices = shared_forms.HOW
        if not any(d.kind == "invite_comments" for d in self.notices):
            del self.fields["answer_by"]


class BriefChairmanForm(StepForm):
    """The officer's note for the Chairman (para 7)."""

    on_label = "Date of the note"
    note = LongTextField(
        label="Note for the Chairman", required_message="Enter the note", rows=8,
        help_text="What the evidence shows and where it is. About 80 words.",
    )  # fmt: skip

    def first(self):
        """The last note, to go on from."""
        last = self.attempt.facts.briefing
        return {"note": last.answers.get("note", "")} if last else {}


class AdviseForm(StepForm):
    """The Monitoring Officer's advice on the allegations it covers (para 7, reg 15)."""

    on_label = "Date of the advice"
    labels = {"conclusion": "Conclusion", "advice": "Advice"}  # noqa: RUF012
    conclusion = TextField(
        label="Your conclusion", max_length=150, required_message="Enter your conclusion",
        help_text="One line, shown first. For example: Sub-panel to resolve it informally.",
    )  # fmt: skip
    fits = CheckboxesField(
        label="Which grounds of regulation 15(3) fit?",
        choices=[(g.key, f"({g.key}) {g.short}") for g in GROUNDS],
        required=False,
    )
    advice = LongTextField(
        label="Your advice", required_message="Enter your advice", rows=8, help_text="About 80 words."
    )


BOTH_PARTS = "Regulation 15(2) asks for both. Give reasons for every ground you choose."
DELAY = (("no_reason", "No good reason for the delay"), ("injustice", "Injustice is likely from the delay"))
ABUSE = (("vexatious", "Vexatious"), ("oppressive", "Oppressive"), ("abuse", "Otherwise an abuse"))


class GroundsMixin:
    """Both parts of the test of reg 15: 15(2)(a), and a ground of 15(3) with its own questions and reasons."""

    considers = "I consider that no action should be taken, or that it should be handled in another way"
    days = ("incident_on",)
    labels = {
        "route": "Decision", "considered": "Not under Part 4", "grounds": "Grounds", "staff_post": "Ground (a), who", "limb": "Ground (b), limb",
        "incident_on": "Ground (b), when it last happened", "same_matter": "Ground (c), which complaint",
        "tried": "Ground (d), what was tried", "abuse": "Ground (e), which it is", "earlier": "Ground (f), earlier case",
        "limbs": "Ground (f), all true", "no_advice_why": "Why without advice",
        **{f"reasons_{g.key}": f"Reasons, ground ({g.key})" for g in GROUNDS},
    }  # fmt: skip

    @classmethod
    def told(cls, name, value, look):
        """Grounds by their letters and words, their limbs by their words."""
        words = {
            "grounds": {g.key: f"({g.key}) {g.short}" for g in GROUNDS},
            "limb": dict(DELAY),
            "abuse": dict(ABUSE),
            "limbs": dict(REPETITIOUS),
        }
        if name in words:
            values = value if isinstance(value, list) else [value]
            return "\n".join(words[name].get(v, v) for v in values)
        return super().told(name, value, look)

    def ask_test(self):
        """Add the questions of both parts."""
        self.fields["considered"] = TickField(label=self.considers, required=False, hint="Regulation 15(2)(a)")
        self.fields["grounds"] = CheckboxesField(
            label="Second part: which grounds of regulation 15(3) fit?",
            choices=[HintedChoice(g.key, f"({g.key}) {g.short}", self.shows(g.key)) for g in GROUNDS],
            required=False,
        )
        earlier = [("", "Choose"), *self.earlier_cases()]
        text = {"max_length": 4000, "rows": 3}
        self.fields["staff_post"] = TextField(
            label="Who, in what post, and when?", required_message="Enter who it was, in what post and when"
        )
        self.fields["limb"] = RadiosField(
            label="Which limb?",
            choices=DELAY,
            required_message="Select which limb of ground (b) fits",
        )
        self.fields["incident_on"] = DateField(
            label="When did it last happen?", what="the day it last happened", past=True, required=False,
            help_text="Only if the day of the incident is not on record.",
        )  # fmt: skip
        self.fields["same_matter"] = SelectField(
            label="Which complaint?", choices=earlier, blank="Choose", required_message="Select which complaint it is",
        )  # fmt: skip
        self.fields["tried"] = LongTextField(
            label="What was tried to find out who it is?", required_message="Enter what was tried to find out", **text
        )
        self.fields["abuse"] = RadiosField(
            label="Which is it?",
            choices=ABUSE,
            required_message="Select which part of ground (e) fits",
        )
        self.fields["earlier"] = SelectField(
            label="Which earlier case?", choices=earlier, blank="Choose", required_message="Select the earlier case"
        )
        self.fields["limbs"] = CheckboxesField(
            label="All must be true",
            choices=REPETITIOUS,
            required=False,  # each that is missing has its own message
        )
        for g in GROUNDS:
            self.fields[f"reasons_{g.key}"] = LongTextField(
                label="Your reasons",
                required_message=f"Enter your reasons for ground ({g.key}), {g.short[0].lower()}{g.short[1:]}",
                **text,
            )

    test_shape = (
        Heading("First part", size="s", level=3),
        Question("considered"),
        Question("grounds", small_hints=True),
        Reveal("grounds", "a", "staff_post", "reasons_a"),
        Reveal("grounds", "b", "incident_on", "limb", "reasons_b"),
        Reveal("grounds", "c", "same_matter", "reasons_c"),
        Reveal("grounds", "d", "tried", "reasons_d"),
        Reveal("grounds", "e", "abuse", "reasons_e"),
        Reveal("grounds", "f", "earlier", "limbs", "reasons_f"),
    )

    def earlier_cases(self):
        """Other complaints of the panel that this person sees, as choices."""
        look = self.attempt.look
        rows = for_standing(look.who).exclude(pk=look.case.pk).order_by("-received_on")[:200]
        procedure = look.procedure
        return [(c.reference, f"{c.reference}, {c.title}, {procedure.state(c.status).words.lower()}") for c in rows]

    def shows(self, letter: str) -> str:
        """What the record shows on a ground, and what the Monitoring Officer said."""
        return self.attempt.facts.shows(letter, self.attempt.parts)

    def check_label(self, name, label):
        """Reasons by their ground; the decision, and its day."""
        if name.startswith("reasons_"):
            return f"Your reasons, ground ({name[-1]})"
        return {"route": "Decision", "on": "Takes effect"}.get(name, label)

    def clean_ground(self, letter: str) -> None:
        """Ground (d) needs somebody unknown; ground (f) an earlier case that has ended, and all four limbs, each
        confirmed (reg 15(3)(d), 15(4))."""
        facts = self.attempt.facts
        if letter == "d" and facts.complainant_can_be_told:
            self.add_error("grounds", "Ground (d) does not fit: the complainant’s name and address are on record")
        if letter != "f":
            return
        if facts.open_case(self.cleaned_data.get("earlier")):
            self.add_error("earlier", "Ground (f) does not fit: that case has not ended")
        given = set(self.cleaned_data.get("limbs") or ())
        for key, _ in REPETITIOUS:
            if key not in given:
                self.add_error("limbs", LIMB_ERRORS[key])


REPETITIOUS = (
    ("same", "Substantially the same as the earlier one"),
    ("no_fresh_allegation", "No fresh allegation that matters"),
    ("no_fresh_evidence", "No fresh evidence that was not available then"),
    ("ended", "The earlier one was resolved, withdrawn or disapplied"),
)
LIMB_ERRORS = {
    "same": "Confirm that it is substantially the same, or untick ground (f)",
    "no_fresh_allegation": "Confirm that there is no fresh allegation, or untick ground (f)",
    "no_fresh_evidence": "Confirm that no fresh evidence has come, or untick ground (f)",
    "ended": "Confirm how the earlier one ended, or untick ground (f)",
}


class FilterForm(GroundsMixin, StepForm):
    """The Chairman's decision: how the complaint is handled (paras 7, 9, 10, 11, 16; regs 15, 28)."""

    on_label = "When was it decided?"
    on_what = "the date it was decided"
    why_label = "Your reasons"
    why_hint = "Sent to both sides with the decision. You can start from the advice."
    why_required = False
    route = RadiosField(
        label="How should it be handled?",
        choices=[
            HintedChoice(
                "sub_panel_resolves", "A sub-panel resolves it informally",
                "Three members you appoint try to settle it. Paragraph 11, regulation 28",
            ),
            HintedChoice(
                "informal_resolution", "Informal resolution without a sub-panel",
                "One person or the officer tries to settle it. Regulation 28",
            ),
            HintedChoice(
                "sub_panel_considers", "A sub-panel considers whether to take any action",
                "Three members you appoint decide that first. Paragraph 11, regulations 15 and 28",
            ),
            HintedChoice(
                "full_panel", "The full Panel deals with it", "Goes to the next meeting or later. Paragraph 16, regulation 28"
            ),
            HintedChoice(
                "other_handling", "Handle it in another way",
                "Needs one of the six grounds. Paragraphs 9 and 10, regulation 15",
            ),
            HintedChoice("no_action", "Take no action", "Needs one of the six grounds. Paragraphs 9 and 10, regulation 15"),
        ],
        required_message="Select how it should be handled",
    )  # fmt: skip
    handling = LongTextField(
        label="How will it be handled?", required_message="Enter how it will be handled", rows=3, max_length=2000
    )

    def ask(self):
        """The test, unless none of the allegations needs it; and why there is no advice where there is none."""
        free = [self.attempt.facts.disapplied_freely(p) for p in self.attempt.parts]
        self.tested, self.some_free = not all(free), any(free)
        if self.some_free:
            self.fields["route"].choices = [self._untested(c) for c in self.fields["route"].given]
        self.ask_test()
        if not self.tested:
            for name in ("considered", "grounds", *TEST_ANSWERS):
                del self.fields[name]
        if not all(self.attempt.facts.advised(p) for p in self.attempt.parts):
            self.fields["no_advice_why"] = LongTextField(
                label="Why are you deciding without advice?", rows=3, required=False, max_length=1000
            )

    def _untested(self, choice):
        """A route that the IOPC's direction, or a conduct matter, opens without the test."""
        if choice.value not in DISAPPLIES:
            return choice
        numbers = [p.number for p in self.attempt.parts if self.attempt.facts.disapplied_freely(p)]
        whose = (
            ""
            if not self.tested
            else f" for allegation{'s' if len(numbers) > 1 else ''} {listed([str(n) for n in numbers])}"
        )
        directed = any(p.direction == "disapply" for p in self.attempt.parts if p.number in numbers)
        why = "as the IOPC directs (regulation 24)" if directed else "a conduct matter (regulation 14)"
        return HintedChoice(choice.value, choice.label, f"Needs no ground{whose}: {why}")

    def shape_of(self):
        """Route, the test, why there is no advice."""
        self.helper.form_show_optional = False
        if self.some_free:  # reasons are asked for whatever the route: nothing hides them
            test = [Only("disapplied", self._test())] if self.tested else []
            route = Question("route", size="m", small_hints=True)
            advice = ["no_advice_why"] if "no_advice_why" in self.fields else []
            return [
                route, Reveal("route", "other_handling", "handling"), *self._follow(), *test, Question("why", size="m"), *advice,
            ]  # fmt: skip
        return [
            Question("route", size="m", small_hints=True),
            Reveal("route", "other_handling", "handling"),
            *self._follow(),
            Only("disapplied", self._test()),
            Only("other-routes", Question("why", size="m")),
            *(["no_advice_why"] if "no_advice_why" in self.fields else []),
        ]

    def _follow(self):
        """Under each route what it would open; worked out only when the page is drawn."""
        return [
            Reveal("route", c.value, Component("will_follow", small=True, items=partial(self.would_follow, c.value)))
            for c in self.fields["route"].given
        ]

    def would_follow(self, route: str) -> list[str]:
        """What will happen when this route is confirmed."""
        a = replace(self.attempt, answers={"route": route})
        duties = [(kind, recipient, due and due.day) for kind, recipient, _, due in arising(a)]
        return what_follows(a.look, duties)

    def _test(self):
        return Fieldset("Both parts of the test", *self.test_shape, hint=BOTH_PARTS)

    def _clean_fields(self):
        super()._clean_fields()
        if self.tested and self.cleaned_data.get("route") not in DISAPPLIES:
            for name in ("considered", "grounds", *TEST_ANSWERS):
                self._errors.pop(name, None)
                self.cleaned_data[name] = self.fields[name].to_python(None)


TEST_ANSWERS = (
    "staff_post", "incident_on", "limb", "same_matter", "tried", "abuse", "earlier", "limbs", *(f"reasons_{g.key}" for g in GROUNDS),
)  # fmt: skip


class TakeNoActionForm(GroundsMixin, StepForm):
    """The sub-panel or the Panel decides to take no action: the same test as for the Chairman (para 11, reg 15)."""

    considers = "I consider that no action should be taken"
    on_label = "When was it decided?"
    on_what = "the date it was decided"
    why_label = "The reasons"

    def ask(self):
        """The test."""
        self.ask_test()

    def shape_of(self):
        """The test."""
        self.helper.form_show_optional = False
        return [Fieldset("Both parts of the test", *self.test_shape, hint=BOTH_PARTS)]


class AppointSubPanelForm(MembersMixin, StepForm):
    """Exactly three members in office that day, none twice, none interested (para 11)."""

    on_label = "When were they appointed?"
    members = CheckboxesField(label="Who sits on it?", choices=(), required_message="Select three members")
    purpose = RadiosField(
        label="What is it for?",
        choices=[
            ("resolve", "To resolve the complaint informally"),
            ("consider", "To consider whether to take any action"),
        ],
        required_message="Select what the sub-panel is for",
    )
    by_when = DateField(label="By when should it meet?", what="the day by which it should meet", required=False)

    def ask(self):
        """The members."""
        self.fields["members"].choices = self.member_choices()

    def first(self):
        """The purpose follows the Chairman's decision; a sub-panel that sits already is the one."""
        routes = {p.route for p in self.attempt.parts}
        sitting = [str(r.member_id) for r in self.attempt.facts.sub_panel]
        return {"purpose": "consider" if routes == {"sub_panel_considers"} else "resolve", "members": sitting}

    def members_chosen(self):
        """The Member rows chosen, in the order given, double ones included."""
        by_pk = {str(m.pk): m for m in self.attempt.facts.members}
        return [by_pk[pk] for pk in self.cleaned_data.get("members") or () if pk in by_pk]


class ReplaceMemberForm(MembersMixin, StepForm):
    """One member of the sub-panel makes way for another (para 11)."""

    leaving = SelectField(
        label="Who leaves?", choices=(), blank="Nobody: a seat is empty", required=False,
        required_message="Select who leaves",
    )  # fmt: skip
    joining = SelectField(label="Who joins?", choices=(), blank="Choose", required_message="Select who joins")
    why_label = "Why?"

    def ask(self):
        """Those who sit, and those who could."""
        seats = self.attempt.facts.sub_panel
        self.fields["leaving"].choices = [(str(r.member_id), r.member.name) for r in seats]
        self.fields["joining"].choices = self.member_choices()


class ReferToFullPanelForm(StepForm):
    """The whole Panel deals with it (para 16)."""

    on_label = "When was this decided?"
    meeting_on = DateField(
        label="Which meeting?", what="the day of the meeting", required=False, help_text="Leave empty if not fixed yet."
    )
    why_label = "Why?"


class ResolveInformallyForm(StepForm):
    """Part 4 begins: who deals with it (para 11, reg 28). There is no investigation."""

    on_label = "When was this decided?"
    dealt_with_by = RadiosField(
        label="Who deals with it?",
        choices=[
            ("sub_panel", "The sub-panel"),
            ("panel", "The full Panel"),
            ("member", "One member of the Panel"),
            ("officer", "The scrutiny officer"),
            ("other", "Another person"),
        ],
        required_message="Select who deals with it",
    )
    who = TextField(label="Name", required_message="Enter the name")
    shape = ("dealt_with_by", Only("named-person", "who"))

    def _clean_fields(self):
        # `who` belongs to two of the choices, so no Reveal can draw it: the styles show it, and it is dropped here.
        super()._clean_fields()
        if self.cleaned_data.get("dealt_with_by") not in ("member", "other"):
            self._errors.pop("who", None)
            self.cleaned_data["who"] = ""


class RequestDocumentsForm(SubjectsMixin, StepForm):
    """The office holder may be asked for documents; there is no formal investigation (para 12, Sch 7 para 3)."""

    on_label = "When were they asked?"
    asked_for = LongTextField(
        label="What are they asked for?", required_message="Enter what they are asked for", rows=4
    )
    by_when = DateField(label="By when?", what="the day by which they should answer")
    shape = ("subjects", "asked_for", "by_when")

    def ask(self):
        """Who is asked."""
        self.ask_subjects("Who is asked?", "Select who is asked")

    def keep(self, answers):
        """The office holders, not the rows of the case."""
        answers["subjects"] = [s.office_holder.short_name for s in self.cleaned_data["subjects"]]
        return answers


class RequestAttendanceForm(RequestDocumentsForm):
    """The office holder may be asked to attend a meeting to answer questions (para 12)."""

    asked_for = LongTextField(
        label="Which meeting, and about what?", required_message="Enter which meeting and what about", rows=4
    )
    by_when = DateField(label="Day of the meeting", what="the day of the meeting")


class SidesMixin:
    """Asks which side something comes from."""

    def side_choices(self):
        """Both sides by name, the complainant even when there is no address."""
        facts = self.attempt.facts
        both = [Role.COMPLAINANT.value, *facts.holders()]
        return [(s, facts.recipient_words(s)[0].upper() + facts.recipient_words(s)[1:]) for s in both]

    @classmethod
    def told(cls, name, value, look):
        """A side by its name."""
        return look.facts.recipient_words(value) if name == "side" else super().told(name, value, look)


class NoteCommentsForm(SidesMixin, StepForm):
    """What one side said, or that they chose not to comment (reg 28)."""

    on_label = "When did they comment, or decline?"
    side = RadiosField(label="Who?", choices=(), required_message="Select who commented")
    said = RadiosField(
        label="Did they comment?",
        choices=[("commented", "Yes"), ("declined", "They chose not to comment")],
        required_message="Select whether they commented",
    )
    comments = LongTextField(label="What did they say?", required_message="Enter what they said", rows=6)
    shape = ("side", "said", Reveal("said", "commented", "comments"))

    def ask(self):
        """Both sides."""
        self.fields["side"].choices = self.side_choices()


class NoteMeetingForm(StepForm):
    """A meeting of the sub-panel, the Panel, or between the two sides (para 12)."""

    on_label = "When was the meeting?"
    on_what = "the date of the meeting"
    kind = RadiosField(
        label="What kind of meeting?",
        choices=[
            ("sub_panel", "The sub-panel"),
            ("panel", "The full Panel"),
            ("mediated", "Between complainant and office holder, mediated"),
            ("other", "Another meeting"),
        ],
        required_message="Select what kind of meeting it was",
    )
    present = TextField(label="Who was there?", required_message="Enter who was there", max_length=500)
    note = LongTextField(label="What was said and agreed?", required_message="Enter what was said and agreed", rows=6)


class NoteExplanationForm(SidesMixin, StepForm):
    """Further explanation given (para 12)."""

    on_label = "When was it given?"
    side = RadiosField(label="Who explained?", choices=(), required_message="Select who explained")
    explanation = LongTextField(label="What was explained?", required_message="Enter what was explained", rows=6)

    def ask(self):
        """Both sides."""
        self.fields["side"].choices = self.side_choices()


class NoteApologyForm(SubjectsMixin, StepForm):
    """An apology, only as the office holder agreed to it (para 12, reg 28)."""

    on_label = "When was it given?"
    agreed = TickField(
        label="The office holder agreed to this apology, in these words",
        required_message="Tick that the office holder agreed to it: no apology is made on their behalf otherwise",
        hint="Paragraph 12, regulation 28",
    )
    apology = LongTextField(label="The apology", required_message="Enter the apology", rows=4)
    shape = ("subjects", "apology", "agreed")

    def ask(self):
        """Whose apology."""
        self.ask_subjects("Whose apology?", "Select whose apology it is")

    def keep(self, answers):
        """The office holders by name."""
        answers["subjects"] = [s.office_holder.short_name for s in self.cleaned_data["subjects"]]
        return answers


class NoteOpinionForm(StepForm):
    """The sub-panel's opinion on the conduct, quoted: an opinion, not a finding (para 13)."""

    on_label = "When was it given?"
    opinion = LongTextField(
        label="The opinion, in the sub-panel’s own words", required_message="Enter the opinion", rows=6,
        help_text="It is shown as a quotation. The Panel cannot make a formal finding or apply a sanction (paragraph 13).",
    )  # fmt: skip


class RecordOutcomeForm(StepForm):
    """How informal resolution ended (para 14, reg 28)."""

    labels = {  # noqa: RUF012
        "outcome": "How it ended",
        "answer_due": "An answer is due by",
    }
    on_label = "When did it end?"
    outcome = RadiosField(
        label="How did it end?", choices=Allegation.Outcome.choices, required_message="Select how it ended",
        help_text="The Panel cannot investigate, make findings or apply sanctions (paragraph 13), so none can be chosen.",
    )  # fmt: skip
    record = LongTextField(
        label="Record of the outcome", required_message="Enter the record of the outcome", rows=8,
        help_text="Both sides get a copy.",
    )  # fmt: skip
    answer_due = DateField(
        label="By when is an answer to the recommendations due?",
        what="the day by which an answer is due",
        sometimes=True,
    )
    shape = ("outcome", Reveal("outcome", "recommendations", "answer_due"), "record")


class IdentifySeriousForm(StepForm):
    """A criminal offence appears, or the IOPC has called it in: the clock of reg 13 starts."""

    labels = {  # noqa: RUF012
        "basis": "Why it must go to the IOPC",
        "clear_on": "First clear, or called in, on",
    }
    on_label = "When was this noted?"
    basis = RadiosField(
        label="Why must it go to the IOPC?",
        choices=[
            HintedChoice(
                "offence", "A criminal offence appears", "Conduct that is, involves or appears to involve one."
            ),
            HintedChoice("called_in", "The IOPC has called it in"),
        ],
        required_message="Select why it must go to the IOPC",
    )
    clear_on = DateField(
        label="On which day did this first become clear, or did the IOPC call?",
        what="the day it first became clear",
        past=True,
        help_text="It must go to the IOPC by the end of the next day, weekends included.",
    )
    why_label = "What shows it?"
    why_missing = "Enter what shows it"


class ReferToIopcForm(StepForm):
    """The referral (para 3, reg 13)."""

    labels = {  # noqa: RUF012
        "sent": "What was sent",
        "bundle": "Documents sent",
        "tell_office_holder": "Office holder to be told",
    }
    on_label = "When was it sent?"
    on_what = "the date it was sent"
    documents_label = "The bundle, or more documents"
    bundle = CheckboxesField(label="What was sent?", choices=(), sometimes=True)
    sent = TextField(
        label="What else was sent?",
        sometimes=True,
        max_length=300,
        help_text="For example: the complaint by secure email.",
    )
    tell_office_holder = YesNoField(
        label="Should the office holder be told?", no="No, it might prejudice an investigation",
        required_message="Select whether to tell the office holder",
    )  # fmt: skip
    shape = ("bundle", "sent", "tell_office_holder")

    def ask(self):
        """Documents on the case, and the office holder by name."""
        found = list(self.attempt.case.documents.all())
        self.fields["bundle"].choices = [(str(d.pk), d.name) for d in found]
        if not found:
            del self.fields["bundle"]
            self.fields["sent"].label = "What was sent?"
        names = " and ".join(s.office_holder.short_name for s in self.attempt.facts.subjects)
        self.fields["tell_office_holder"].label = f"Should {names or 'the office holder'} be told?"
        self.fields["tell_office_holder"].error_messages["required"] = (
            f"Select whether to tell {names or 'the office holder'}"
        )

    def clean(self):
        """Something was sent."""
        cleaned = super().clean()
        if not any(cleaned.get(k) for k in ("bundle", "sent", "documents")) and "documents" not in self.errors:
            self.add_error("sent", "Enter what was sent")
        return cleaned

    @classmethod
    def told(cls, name, value, look):
        """Documents by their names."""
        if name == "bundle":
            names = {str(d.pk): d.name for d in look.case.documents.all()}
            return ", ".join(names.get(str(v), "a document") for v in value)
        return super().told(name, value, look)


class IopcInvestigatesForm(StepForm):
    """The IOPC has decided to investigate."""

    on_label = "When did the IOPC decide?"
    iopc_reference = TextField(
        label="The IOPC’s reference", max_length=40, required_message="Enter the IOPC’s reference"
    )


class IopcRefersBackForm(StepForm):
    """The IOPC has decided that no investigation is needed (reg 14(2))."""

    on_label = "When did the IOPC refer it back?"
    why_label = "The IOPC’s reasons"


class WithdrawForm(StepForm):
    """Written, and signed by the complainant or an authorised agent (para 15, reg 16)."""

    labels = {  # noqa: RUF012
        "wish": "What the complainant wants",
        "signed_by": "Signed by",
        "came_through": "How it reached us",
    }
    on_label = "When did the withdrawal reach us?"
    on_what = "the date the withdrawal reached us"
    documents_label = "The signed withdrawal"
    documents_required = "Attach the signed withdrawal"
    wish = RadiosField(
        label="What does the complainant want?",
        choices=[("withdrawn", "To withdraw the complaint"), ("no_further_steps", "That no further steps be taken")],
        required_message="Select what the complainant wants",
    )
    signed_by = RadiosField(
        label="Who signed it?",
        choices=[
            ("complainant", "The complainant"),
            ("solicitor", "Their solicitor"),
            ("agent", "Another person authorised to act for them"),
        ],
        required_message="Select who signed it",
    )
    came_through = RadiosField(
        label="How did it reach us?",
        choices=[("direct", "Straight to the Panel"), ("iopc", "Through the IOPC")],
        required_message="Select how it reached us",
    )


class CloseForm(StepForm):
    """The end: a line for the annual report (para 5, reg 34)."""

    on_label = "When was it closed?"
    summary = LongTextField(
        label="Summary for the annual report", required_message="Enter a summary", rows=3, max_length=1000,
        help_text="One or two lines that name nobody.",
    )  # fmt: skip


class VoidForm(StepForm):
    """Entered by mistake, or the same complaint twice: kept, never counted."""

    reason = RadiosField(
        label="Why?",
        choices=[("duplicate", "It is in the register already"), ("mistake", "It was entered by mistake")],
        required_message="Select why",
    )
    duplicate_of = SelectField(
        label="Which complaint is it?", choices=(), blank="Choose", required_message="Select which complaint it is"
    )
    why_label = "Your reasons"
    shape = ("reason", Reveal("reason", "duplicate", "duplicate_of"))

    def ask(self):
        """The other complaints."""
        self.fields["duplicate_of"].choices = GroundsMixin.earlier_cases(self)


class ReopenForm(StepForm):
    """An ended complaint is taken up again (para 17)."""

    on_label = "When was this decided?"
    to = RadiosField(
        label="Where does it go on?",
        choices=[
            HintedChoice("received", "Received", "To decide again whether to record it"),
            HintedChoice("recorded", "Recorded", "For the Chairman to consider"),
        ],
        required_message="Select where it goes on",
    )
    why_label = "Your reasons"
