"""What may be a criminal offence goes to the IOPC (para 3; regs 11 to 14).

An offence appears, or the IOPC calls the matter in: it is referred by the end of the next day, and no forward step is
taken before that. A conduct matter goes there without any complaint. The IOPC investigates or refers it back.
"""

from dataclasses import replace

from complaints.keys import StateKey, StepKey
from complaints.procedure.conditions import subject_held_office
from complaints.procedure.copies import DECIDE_COPIES_ANEW, reopen_copies
from complaints.procedure.duties import (
    APPOINT,
    ARRANGE_MEETING,
    ARRANGE_NEXT_MEETING,
    AWAIT_COMMENTS,
    BEGIN_RESOLUTION,
    CARRY_OUT,
    CHASE,
    CLOSE_IT,
    COMPLY,
    CONSIDER,
    COPY_OF_RECORD_ON_REFERRAL,
    COURT_DECIDES,
    DECIDE_AFTER_MEETING,
    DECIDE_COPIES,
    DECIDE_RECORDING,
    FILL_SEAT,
    INVITE_COMMENTS,
    IOPC_DECIDES,
    IOPC_INVESTIGATES,
    PANEL_MEETS,
    REFER,
    RESOLVE,
    SUB_PANEL_MEETS,
    TABLE,
)
from complaints.procedure.earliest import CLEAR
from complaints.procedure.questions import MOST_ALLEGATIONS, NameSubjectsMixin
from complaints.procedure.recipients import complainant, those_told
from complaints.procedure.seriousness import LOOK_AT_OFFENCE, identify
from complaints.procedure.states import THE_IOPC_HAS_IT, THE_PANEL_HAS_IT
from panel.casework.shared_steps import STAFF, in_the_past
from panel.casework.step_form import StepForm
from panel.forms.fields import (
    CheckboxesField,
    DateField,
    HintedChoice,
    LongTextField,
    RadiosField,
    TextField,
    YesNoField,
)
from panel.law import clock
from panel.law.period import day_words
from panel.law.roles import Basis, Role
from panel.procedure.vocabulary import RECEIPT, DutyKind, Elsewhere, Refusal, Step, Target

# An offence appears


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


def not_serious_already(attempt, part):
    """It is said once; after the IOPC has referred it back it may be said again."""
    if part.due_to_iopc:
        return Refusal(
            f"Allegation {part.number} is identified already.", ("para 3", "reg 13"), "refer it to the IOPC.",
            first=StepKey.REFER_TO_IOPC,
        )  # fmt: skip
    return None


def identify_serious(attempt):
    """Store why, and since when, the IOPC must have it. What copy the office holder gets is decided anew."""
    reopen_copies(attempt)
    identify(attempt, attempt.parts, attempt.answers["basis"], attempt.answers["clear_on"])


# Referring

TELL_REFERRED = DutyKind(
    "tell_referred", "Tell {to} that it went to the IOPC", Role.OFFICER, ("para 3", "reg 13", "reg 37"), Basis.LAW,
    recipients=lambda attempt: complainant(attempt) + (attempt.facts.holders() if attempt.answers["tell_office_holder"] else []),
    notice=True, met_by="give_notice",
)  # fmt: skip


def identified_as_serious(attempt, part):
    """Only what appears to be an offence, or was called in, is referred (reg 13)."""
    if not part.due_to_iopc:
        return Refusal(
            "No criminal offence has been said to appear, and the IOPC has not called it in.",
            ("para 3", "reg 13"),
            "say that a criminal offence appears.",
            first=StepKey.IDENTIFY_SERIOUS,
        )
    return None


class ReferToIopcForm(NameSubjectsMixin, StepForm):
    """The referral (para 3, reg 13)."""

    labels = {  # noqa: RUF012
        "sent": "What was sent",
        "bundle": "Documents sent",
        "tell_office_holder": "Office holder to be told",
    }
    on_label = "When was it sent?"
    on_what = "the date it was sent"
    documents_label = "The bundle, or more documents"
    no_was_lost = ("tell_office_holder",)
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
    columns = tuple(f"early_reason_{n}" for n in range(1, MOST_ALLEGATIONS + 1))

    def shape_of(self):
        """Whose conduct it is about first, where that is asked."""
        asked = [name for name in self.fields if name == "subjects" or name.startswith("early_reason_")]
        return [*asked, *self.shape]

    def add_questions(self):
        """Whose conduct it is about, if nobody is named yet; documents on the case, and the office holder by name."""
        self.ask_whose_conduct()
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
    def display_answer(cls, name, value, look):
        """Documents by their names."""
        if name == "bundle":
            names = {str(d.pk): d.name for d in look.case.documents.all()}
            return ", ".join(names.get(str(v), "a document") for v in value)
        return super().display_answer(name, value, look)


def refer_to_iopc(attempt):
    """Count the allegations that are put on the record by the referral itself (para 3, reg 9). What copy the office
    holder gets is decided anew: telling them might prejudice an investigation."""
    reopen_copies(attempt)
    attempt.form.name_them()
    for p in attempt.parts:
        attempt.add_report_slugs(p, recorded_by_it="" if attempt.facts.was_recorded(p) else "yes")


# Once more

AGAIN = (StateKey.REFERRED_TO_IOPC, StateKey.WITH_IOPC, StateKey.AWAITING_PROCEEDINGS)
IOPC_DECIDES_AGAIN = replace(IOPC_DECIDES, when=lambda attempt: attempt.answers["to"] == StateKey.REFERRED_TO_IOPC)


class ReferAgainForm(ReferToIopcForm):
    """Something new on what the IOPC, a prosecutor or a court has already: it is referred as well (reg 13)."""

    labels = ReferToIopcForm.labels | {
        "new": "What is new",
        "clear_on": "First became clear",
        "late_new": "Why it is late",
    }
    new = LongTextField(label="What is new?", required_message="Enter what is new", rows=4)
    clear_on = DateField(
        label="On which day did this first become clear?", what="the day it first became clear", past=True,
        help_text="It must go to the IOPC by the end of the next day, weekends included.",
    )  # fmt: skip
    late_new = LongTextField(
        label="If it was sent after that: why?", required=False, rows=3, required_message="Enter why it is late"
    )
    shape = ("new", "clear_on", *ReferToIopcForm.shape, "late_new")

    def clean(self):
        """The answers, with `to`: what the IOPC investigates stays there, and what it does not goes there again."""
        cleaned = super().clean()
        numbers = cleaned.get("parts")
        parts = [p for p in self.attempt.parts if numbers is None or str(p.number) in numbers]
        investigated = [p.status == StateKey.WITH_IOPC for p in parts]
        if any(investigated) and not all(investigated) and "parts" not in self.errors:
            self.add_error("parts", "Refer what the IOPC investigates apart from the rest: untick one or the other")
        cleaned["to"] = StateKey.WITH_IOPC.value if all(investigated) else StateKey.REFERRED_TO_IOPC.value
        return cleaned


def again_in_time(attempt):
    """What is new goes to the IOPC by the end of the day after it became clear, or the reason is given (reg 13)."""
    clear = attempt.answers["clear_on"]
    if clear > attempt.on:
        words = "The day it first became clear must be on or before the day it was sent"
        return Refusal(words, ("reg 13",), field="clear_on")
    last_day = clock.iopc_referral(clear).day
    if attempt.on > last_day and not attempt.answers.get("late_new"):
        return Refusal(f"The last day was {day_words(last_day)}: enter why it is late", ("reg 13",), field="late_new")
    return None


def refer_again(attempt):
    """What a court or a prosecutor has goes to the IOPC again, which has to decide anew."""
    for p in attempt.parts:
        if attempt.answers["to"] == StateKey.REFERRED_TO_IOPC:
            p.iopc_back_on = None
        attempt.add_report_slugs(p, referred_again="yes")


# What the IOPC decides first

TELL_REFERRED_BACK = DutyKind(
    "tell_referred_back", "Tell {to} that the IOPC has referred it back", Role.OFFICER,
    ("para 3", "reg 14(2)", "reg 37"), Basis.READING, recipients=those_told, notice=True, met_by="give_notice",
)  # fmt: skip


class IopcInvestigatesForm(StepForm):
    """The IOPC has decided to investigate."""

    on_label = "When did the IOPC decide?"
    iopc_reference = TextField(
        label="The IOPC’s reference", max_length=40, required_message="Enter the IOPC’s reference"
    )


def note_iopc_reference(attempt):
    """Store the IOPC's reference."""
    for p in attempt.parts:
        p.iopc_reference = attempt.answers["iopc_reference"]


class IopcRefersBackForm(StepForm):
    """The IOPC has decided that no investigation is needed (reg 14(2))."""

    on_label = "When did the IOPC refer it back?"
    why_label = "The IOPC’s reasons"


def return_from_iopc(attempt):
    """Lift the bar on forward steps."""
    for p in attempt.parts:
        p.iopc_back_on = attempt.on


STEPS = (
    Step(
        "identify_serious", "Say that a criminal offence appears", THE_PANEL_HAS_IT, Target.STAYS,
        entered_by=(Role.OFFICER, Role.MONITORING_OFFICER, Role.CHAIRMAN, Role.SUB_PANEL), provisions=("para 3", "reg 13"),
        past_label="A criminal offence appears", button="Start the referral",
        hint="It must then go to the IOPC by the end of the next day.",
        part_guards=(not_serious_already,), form=IdentifySeriousForm,
        checks=(in_the_past("clear_on", "The day it first became clear"),), effect=identify_serious,
        opens=(REFER, DECIDE_COPIES_ANEW), closes=(LOOK_AT_OFFENCE,),
        when_elsewhere=THE_IOPC_HAS_IT,
    ),
    Step(
        "refer_to_iopc", "Refer to the IOPC", THE_PANEL_HAS_IT, "referred_to_iopc",
        entered_by=STAFF, provisions=("para 3", "reg 13"),
        past_label="Referred to the IOPC", button="Record the referral",
        hint="The Chairman cannot decide until the IOPC answers.",
        not_before=(RECEIPT, CLEAR), part_guards=(identified_as_serious,),
        form=ReferToIopcForm, checks=(subject_held_office,), effect=refer_to_iopc,
        opens=(TELL_REFERRED, IOPC_DECIDES, COPY_OF_RECORD_ON_REFERRAL, DECIDE_COPIES_ANEW),
        closes=(REFER, DECIDE_RECORDING),
        lapses=(
            CONSIDER, CHASE, APPOINT, BEGIN_RESOLUTION, TABLE, CARRY_OUT, COMPLY,
            ARRANGE_MEETING, ARRANGE_NEXT_MEETING, FILL_SEAT, SUB_PANEL_MEETS, PANEL_MEETS, INVITE_COMMENTS, AWAIT_COMMENTS,
            RESOLVE, DECIDE_AFTER_MEETING, CLOSE_IT,
        ),
        when_elsewhere=THE_IOPC_HAS_IT,
    ),
    Step(
        "refer_again", "Refer it to the IOPC again", AGAIN, ("referred_to_iopc", "with_iopc"),
        entered_by=STAFF, provisions=("para 3", "reg 13"),
        past_label="Referred to the IOPC again", button="Record the referral",
        hint="Something new on what the IOPC or a court has already.",
        folded=True,
        form=ReferAgainForm, checks=(again_in_time,), effect=refer_again,
        opens=(TELL_REFERRED, IOPC_DECIDES_AGAIN), lapses=(COURT_DECIDES,),
        when_elsewhere=Elsewhere("It has not been referred.", "refer it to the IOPC.", "refer_to_iopc"),
    ),
    Step(
        "iopc_investigates", "Note that the IOPC investigates", ("referred_to_iopc",), "with_iopc",
        entered_by=STAFF, provisions=("para 3", "reg 14(2)", "reg 18"),
        past_label="The IOPC investigates", button="Save",
        form=IopcInvestigatesForm, effect=note_iopc_reference,
        opens=(IOPC_INVESTIGATES,),
        closes=(IOPC_DECIDES,),
        when_elsewhere=Elsewhere("It is not with the IOPC.", "refer it to the IOPC.", "refer_to_iopc"),
    ),
    Step(
        "iopc_refers_back", "Note that the IOPC refers it back", ("referred_to_iopc",), "recorded",
        entered_by=STAFF, provisions=("para 3", "reg 14(2)"),
        past_label="Referred back by the IOPC", button="Save", hint="The Chairman then considers it.",
        form=IopcRefersBackForm, effect=return_from_iopc,
        opens=(TELL_REFERRED_BACK, CONSIDER, DECIDE_COPIES), closes=(IOPC_DECIDES,),
        when_elsewhere=Elsewhere("It is not with the IOPC.", "refer it to the IOPC.", "refer_to_iopc"),
    ),
)  # fmt: skip
