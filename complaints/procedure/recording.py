"""A complaint is recorded, redirected or not recorded, and copies are due (paras 2, 5, 6 and 8; regs 9, 10 and 31).

Everything is recorded, but for the two grounds of regulation 9; what is not for this Panel is redirected. Both sides
are owed copies; only the office holder's may be anonymised or withheld.
"""

from dataclasses import replace

from complaints.keys import DutyKey, StateKey, StepKey
from complaints.models import Allegation, Subject
from complaints.procedure.conditions import FORWARD, a_complaint, subject_held_office
from complaints.procedure.copies import nobody_is_tipped_off
from complaints.procedure.duties import CONCLUDE, CONSIDER, COPY_OF_RECORD, DECIDE_COPIES, DECIDE_RECORDING, REVIEW_COPY
from complaints.procedure.earliest import RECORDING
from complaints.procedure.questions import MOST_ALLEGATIONS, NameSubjectsMixin, SubjectsMixin
from complaints.procedure.recipients import complainant, target
from complaints.procedure.seriousness import (
    LOOK_AT_OFFENCE,
    REFER_WHAT_WAS_FOUND,
    OffenceFoundMixin,
    note_offence,
    offence_is_of_what_is_recorded,
)
from complaints.procedure.states import ENDS, FROM_RECORDED
from complaints.procedure.who_sits import seat_standing
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import HintedChoice, RadiosField, SelectField, TextField
from panel.forms.layout import Reveal
from panel.law.roles import Basis, Role
from panel.models import office_holder_slug
from panel.procedure.vocabulary import RECEIPT, DutyKind, Elsewhere, Refusal, Step, Target

# Recording


def since_recording(attempt):
    """The day the copies are counted from: that of recording, until a copy has been decided on once (reg 31)."""
    whose = {s.pk for s in attempt.answers["subjects"]}
    before = (e for e in attempt.look.in_force if e.step == StepKey.DECIDE_COPIES and e.number < attempt.entry.number)
    recorded = attempt.look.last(StepKey.RECORD, StepKey.REFER_TO_IOPC)
    return (
        attempt.on
        if recorded is None or any(whose & set(e.answers.get("subjects", ())) for e in before)
        else recorded.on
    )


def copy_is_to_be_sent(attempt, duty):
    """Whether the decision stands that this office holder gets a copy (reg 31): a later fact may have reopened it."""
    theirs = [s.copy for s in attempt.facts.subjects if office_holder_slug(s.office_holder) == duty.recipient]
    return any(copy in (Subject.Copy.FULL, Subject.Copy.ANONYMISED) for copy in theirs)


COPY_OF_COMPLAINT = DutyKind(
    "copy_of_complaint", "Send {to} a copy of the complaint", Role.OFFICER, ("para 6", "reg 31"), Basis.LAW,
    recipients=lambda attempt: [
        office_holder_slug(s.office_holder)
        for s in attempt.answers["subjects"]
        if attempt.answers["copy"] in (Subject.Copy.FULL, Subject.Copy.ANONYMISED)
    ],
    due=target("copies_days", since_recording), notice=True, met_by="give_notice",
    open_in_states=(*FROM_RECORDED, "awaiting_information", "closed"), holds=copy_is_to_be_sent,
)  # fmt: skip
COPY_OF_WHAT_WAS_ADDED = replace(  # an allegation recorded after the copy was decided on
    COPY_OF_COMPLAINT,
    recipients=lambda attempt: [
        office_holder_slug(s.office_holder) for s in attempt.facts.subjects if s.copy in ("full", "anonymised")
    ],
    due=target("copies_days"),
)


CONSIDER_WHAT_IS_NO_OFFENCE = replace(  # what must go to the IOPC is not before the Chairman
    CONSIDER, parts=lambda attempt: [p for p in attempt.parts if not p.due_to_iopc]
)


class RecordForm(NameSubjectsMixin, OffenceFoundMixin, StepForm):
    """Put it on the record, with the allegations in their final form and classified (para 5, reg 9)."""

    on_label = "When was it recorded?"
    on_what = "the date it was recorded"
    theme = SelectField(label="What is it about?", choices=(), blank="Choose", required_message="Select a theme")
    columns = (
        "theme", *(f"{name}_{n}" for name in ("final", "early_reason") for n in range(1, MOST_ALLEGATIONS + 1)),
    )  # fmt: skip

    labels = OffenceFoundMixin.offence_labels

    def reminders(self):
        """That an address is missing which the Panel needs."""
        case = self.attempt.case
        there = case.anonymous or case.complainant.email or case.complainant.address
        there = there or (case.represented and (case.agent_email or case.agent_address))
        needed = self.attempt.targets.address_needed and not case.conduct_matter and not there
        words = (
            "The complainant gave no email or postal address, which the Panel needs: ask for it, then correct it here."
        )
        return [*super().reminders(), *([words] if needed else [])]

    def add_questions(self):
        """Whose conduct it is about, if nobody is named yet; the final words of each allegation; then whether it could be
        an offence."""
        self.ask_whose_conduct()
        self.fields["theme"].choices = self.attempt.look.procedure.themes
        self.fields["theme"].initial = self.attempt.case.theme
        for p in self.attempt.parts:
            self.fields[f"final_{p.number}"] = TextField(
                label=f"Allegation {p.number}, in its final form", max_length=500, required=False, initial=p.what,
                help_text="Leave out the complainant’s name.", what="The allegation",
            )  # fmt: skip
        self.ask_what_was_found()

    def shape_of(self):
        """Whose conduct, where that is asked; what it is about, the final words, and whether it could be an offence."""
        whose = [name for name in self.fields if name == "subjects" or name.startswith("early_reason_")]
        finals = [name for name in self.fields if name.startswith("final_")]
        found = Reveal("offence", "yes", *self.asked("offence_in"), "clear_on", "offence_shown")
        return [
            *whose,
            "theme",
            *finals,
            "offence",
            found,
            Reveal("offence", "unsure", *self.asked("offence_asked_in")),
        ]

    def asked(self, *names):
        """Those of these questions that are asked."""
        return [name for name in names if name in self.fields]


def record(attempt):
    """Store the allegations in their final form, the theme that the annual report counts, and what could be an
    offence."""
    seat_standing(attempt)
    attempt.form.name_them()
    attempt.case.theme = attempt.answers["theme"]
    for p in attempt.parts:
        p.what = attempt.answers.get(f"final_{p.number}") or p.what
        attempt.add_report_slugs(p, theme=attempt.case.theme)
    note_offence(attempt)


# Redirecting

TELL_REDIRECTED = DutyKind(
    "tell_redirected", "Tell {to} that it is not for the Panel, and why", Role.OFFICER, ("para 2", "reg 10", "reg 37"),
    Basis.LAW, recipients=complainant, notice=True, met_by="give_notice", open_in_states=("redirected",),
)  # fmt: skip
NOTIFY_OTHER = DutyKind(  # the law orders it of a complaint for another panel, and of no other
    "notify_other", "Notify the Panel it is for", Role.OFFICER, ("para 2", "reg 9"), Basis.LAW, notice=True,
    due=target("pass_on_days"),
    when=lambda attempt: attempt.answers["reason"] == Allegation.Redirected.OTHER_PANEL,
    recipients=lambda attempt: ["body"], met_by="give_notice", open_in_states=("redirected",),
)  # fmt: skip
PASS_ON = DutyKind(
    "pass_on", "Pass it to the body it is for", Role.OFFICER, ("para 2",), Basis.GUIDANCE, notice=True,
    due=target("pass_on_days"),
    when=lambda attempt: attempt.answers["reason"] != Allegation.Redirected.OTHER_PANEL,
    recipients=lambda attempt: ["body"], met_by="give_notice", open_in_states=("redirected",),
)  # fmt: skip


def seen_late_is_for_the_monitoring_officer(attempt, part):
    """Once recorded, only the Monitoring Officer says that it was not for the Panel after all (para 2)."""
    if part.status != StateKey.RECEIVED and Role.MONITORING_OFFICER not in attempt.roles:
        return Refusal(
            "It is recorded already: only the Monitoring Officer can redirect it now.",
            ("para 2", "reg 9"),
            "ask the Monitoring Officer.",
        )
    return None


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

    def add_questions(self):
        """Where nobody complained, the reasons are sent to nobody."""
        if not self.attempt.facts.somebody_complained:
            self.why_hint = ""


def redirect(attempt):
    """Store why the allegation is not for this Panel, and whom it is for."""
    for p in attempt.parts:
        attempt.add_report_slugs(
            p, redirected=attempt.answers["reason"], late="yes" if p.status != StateKey.RECEIVED else ""
        )
        p.redirected, p.redirected_to = attempt.answers["reason"], attempt.answers["redirected_to"]


# Not recording

TELL_NOT_RECORDED = DutyKind(
    "tell_not_recorded", "Tell {to} that it is not recorded, which part and on what grounds", Role.OFFICER,
    ("para 8", "reg 10", "reg 37"), Basis.LAW, recipients=complainant, notice=True, met_by="give_notice",
    open_in_states=("not_recorded",),
)  # fmt: skip


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
                "criminal_proceedings", "Criminal proceedings have dealt or are dealing with it",
                "Paragraph 8, regulation 9",
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


def decline(attempt):
    """Store the ground on which the allegation is not recorded."""
    for p in attempt.parts:
        p.not_recorded = attempt.answers["ground"]
        attempt.add_report_slugs(p, not_recorded=p.not_recorded)


# The office holder's copy


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
                "withheld", "No copy for now",
                "Only on a ground of regulation 31, kept under regular review. The Monitoring Officer decides.",
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

    def add_questions(self):
        """Whose copy."""
        self.ask_subjects("Whose copy?", "Select whose copy")


def copies_can_be_decided(attempt):
    """It is about somebody who is to get a copy."""
    if not attempt.facts.subjects:
        return Refusal("It names no office holder.", ("para 6", "reg 31"))
    return None


def withholding_needs_a_ground(attempt):
    """Only the office holder's copy may be anonymised or withheld, and withholding only on a ground of reg 31."""
    copy = attempt.answers["copy"]
    if copy != Subject.Copy.FULL and Role.MONITORING_OFFICER not in attempt.roles:
        return Refusal(
            "Only the Monitoring Officer decides to anonymise or withhold the copy (paragraph 6, regulation 31)",
            ("para 6", "reg 31"),
            field="copy",
        )
    if copy != Subject.Copy.FULL and not attempt.form.cleaned_data.get("why"):
        return Refusal("Enter the reasons", ("para 6", "reg 31"), field="why")
    return None


def decide_copies(attempt):
    """Store what copy each office holder gets. The decision meets a review; a copy that is now withheld is no longer
    due."""
    whose = {office_holder_slug(s.office_holder) for s in attempt.answers["subjects"]}
    for d in attempt.look.open_duties:
        if d.recipient in whose and d.kind in (DutyKey.REVIEW_COPY, DutyKey.RELEASE_COPY):
            attempt.closed_duties.append((d, "met"))
        elif d.recipient in whose and d.kind == DutyKey.COPY_OF_COMPLAINT:
            attempt.closed_duties.append((d, "lapsed"))
    for s in attempt.answers["subjects"]:
        s.copy = attempt.answers["copy"]
        s.copy_ground = attempt.answers.get("copy_ground") or ""
        s.save()


STEPS = (
    Step(
        "record", "Record it", ("received",), "recorded",
        entered_by=STAFF, officer_needs_setting="officer_records", provisions=("para 5", "reg 9"),
        past_label="Recorded", button="Record the complaint",
        hint="It goes on the record and to the Chairman; copies are due.",
        part_guards=FORWARD, form=RecordForm, checks=(subject_held_office, offence_is_of_what_is_recorded), effect=record,
        opens=(
            COPY_OF_RECORD, DECIDE_COPIES, COPY_OF_WHAT_WAS_ADDED, CONSIDER_WHAT_IS_NO_OFFENCE, REFER_WHAT_WAS_FOUND,
            LOOK_AT_OFFENCE, CONCLUDE,
        ),
        closes=(DECIDE_RECORDING,),
        when_elsewhere=Elsewhere(
            "It waits for information.", "note what came, or that nothing came.", StepKey.RESUME,
            (StateKey.AWAITING_INFORMATION,),
        ),
    ),
    Step(
        "redirect", "Redirect it: not for this Panel",
        ("received", "recorded", "filtered", "sub_panel", "informal_resolution"), "redirected",
        entered_by=STAFF, provisions=("para 2", "reg 9", "reg 10"),
        past_label="Redirected", button="Redirect it", hint="It is not about the conduct of this Panel’s office holder.",
        part_guards=(*FORWARD, seen_late_is_for_the_monitoring_officer), form=RedirectForm, effect=redirect,
        opens=(TELL_REDIRECTED, NOTIFY_OTHER, PASS_ON), closes=(DECIDE_RECORDING,), lapses=(CONSIDER, REVIEW_COPY),
        when_elsewhere=Elsewhere(
            "It has ended.", "reopen it.", "reopen", ENDS, (Elsewhere("It has gone too far to be redirected."),)
        ),
    ),
    Step(
        "decline_to_record", "Decide not to record it", ("received",), "not_recorded",
        entered_by=(Role.MONITORING_OFFICER,), provisions=("para 8", "reg 9", "reg 10"),
        past_label="Not recorded", button="Record the decision",
        hint="Only for criminal proceedings, or when there is nothing to deal with.",
        part_guards=FORWARD, form=DeclineToRecordForm, effect=decline,
        opens=(TELL_NOT_RECORDED,), closes=(DECIDE_RECORDING,),
        when_elsewhere=Elsewhere("It is past the decision on recording.", ""),
    ),
    Step(
        "decide_copies", "Decide the office holder’s copy", (*FROM_RECORDED, "closed"), Target.STAYS,
        entered_by=STAFF, provisions=("para 6", "reg 31"),
        past_label="Copy of the complaint decided", button="Record the decision", hint="Full, anonymised or withheld.",
        scope="case", folded=True,
        guards=(a_complaint, copies_can_be_decided), form=DecideCopiesForm,
        checks=(withholding_needs_a_ground, nobody_is_tipped_off),
        effect=decide_copies,
        opens=(COPY_OF_COMPLAINT, REVIEW_COPY), closes=(DECIDE_COPIES,),
        not_before=(RECEIPT, RECORDING),
        when_elsewhere=Elsewhere("It is not recorded yet, so there is no copy to decide on.", "record it.", "record"),
    ),
)  # fmt: skip
