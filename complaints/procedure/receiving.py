"""A complaint comes in (paras 1, 4 and 7; regs 2, 9 and 34).

An officer logs it; allegations may be added while it is open. Logging is not recording. While something is missing the
complainant is asked for it, and the procedure waits.
"""

from complaints.keys import StateKey, StepKey
from complaints.models import Allegation, Subject
from complaints.procedure.acting import ASK_AUTHORITY, let_act, may_be_written_to
from complaints.procedure.conditions import FORWARD, a_complaint, dates_in_order, not_suspended, subject_held_office
from complaints.procedure.delegation import COMES_BACK_OF_THE_OFFICE, give_to_office
from complaints.procedure.duties import CHASE, CONCLUDE, DECIDE_RECORDING, PRESERVE, PROGRESS
from complaints.procedure.log_form import LogForm
from complaints.procedure.questions import (
    NumberedAllegations,
)
from complaints.procedure.recipients import complainant, target
from complaints.procedure.states import OPEN
from complaints.procedure.targets import is_target
from panel.casework.duties import go_on, stop
from panel.casework.shared_steps import STAFF, in_the_future
from panel.casework.step_form import StepForm
from panel.forms.fields import (
    CheckboxesField,
    DateField,
    HintedChoice,
    LongTextField,
    RadiosField,
)
from panel.forms.layout import Fieldset, Reveal
from panel.law.period import day_words
from panel.law.roles import CasePart, Role
from panel.models import CaseRole, Complainant
from panel.procedure.vocabulary import NEW, DutyKind, Elsewhere, Step, Target

# Logging

ACKNOWLEDGE = DutyKind(
    "acknowledge", "Acknowledge the complaint to {to}", Role.OFFICER, ("para 4", "reg 9"),
    due=target("acknowledge_days"), recipients=complainant, notice=True, met_by="give_notice",
)  # fmt: skip


def log(attempt):
    """Create the complainant, the subjects and the allegations. Whoever of the Panel's staff logs the complaint keeps it."""
    case, answers = attempt.case, attempt.answers
    days = ("iopc_decided_on", "made_on")
    texts = ("channel", "through", "complainant_kind", "about_whom", "title", "words")
    for name in (*days, *texts):
        setattr(case, name, answers.get(name) or (None if name in days else ""))
    delegated = Role.COMMISSIONERS_OFFICE in attempt.roles
    case.assigned_to = None if delegated else attempt.user
    let_act(attempt)
    if answers["who"] != "anonymous":
        fields = {k: answers.get(k) or "" for k in ("name", "email", "phone", "address", "how_to_write")}
        case.complainant = Complainant.objects.create(panel=attempt.panel, **fields)
    attempt.parts = []
    for holder in attempt.form.holders():
        Subject.objects.create(complaint=case, office_holder=holder)
    for name in ("subjects", "complainant"):
        attempt.facts.__dict__.pop(name, None)
    attempt.facts.__dict__["subjects"] = list(
        case.subjects.select_related("office_holder").order_by("office_holder__office")
    )
    for _, row in attempt.form.allegation_rows():
        attempt.parts.append(Allegation(number=len(attempt.parts) + 1, **row))
    if delegated:
        give_to_office(attempt)
    if answers.get("member"):
        member = attempt.panel.members.get(pk=answers["member"])
        CaseRole.objects.create(
            case=case, kind=CasePart.INTERESTED, member=member, user=member.user, from_entry=attempt.entry
        )


# Adding an allegation


class AddAllegationForm(NumberedAllegations, StepForm):
    """Another allegation in an open complaint (para 4)."""

    on_label = "Date we received it"
    on_what = "the date we received it"
    columns = ("what_1", "happened_on_1", "early_reason_1")

    def __init__(self, attempt, data=None, files=None, draft=None):
        if isinstance(data, dict) and not hasattr(data, "getlist") and "what" in data:
            data = {**data, **{f"{k}_1": data[k] for k in ("what", "happened_on", "early_reason") if k in data}}
        super().__init__(attempt, data=data, files=files, draft=draft)

    def add_questions(self):
        """One allegation."""
        self.numbered = [Fieldset("The allegation", *self.ask_allegation(1), size="s")]

    def shape_of(self):
        """One allegation."""
        return self.numbered

    def holders(self):
        """The office holders it is about."""
        return [s.office_holder for s in self.attempt.facts.subjects]


def add_allegation(attempt):
    """Add the allegation to the case."""
    attempt.parts = [Allegation(**row) for _, row in attempt.form.allegation_rows()]


# Waiting for information


class AskForInformationForm(StepForm):
    """What is missing, and by when (para 7)."""

    on_label = "When was it asked for?"
    on_what = "the date it was asked for"
    missing = LongTextField(label="What is missing?", required_message="Enter what is missing", rows=4)
    by_when = DateField(
        label="By when should they answer?", what="the day by which they should answer", required=False,
        help_text="Leave empty for the Panel’s own target.",
    )  # fmt: skip
    stops = CheckboxesField(
        label="Which of the Panel’s own targets stop until the answer comes?", choices=(), required=False,
        help_text="A day that the law sets never stops.",
    )  # fmt: skip
    labels = {"stops": "Targets that stopped"}  # noqa: RUF012

    def add_questions(self):
        """The targets that wait for the answer, each ticked."""
        self.ask_which_stop(stops_when_asked(self.attempt))

    def ask_which_stop(self, found):
        """Ask which of these targets stop; nothing where there are none."""
        self.waiting = {str(d.pk): d for d in found}
        if not found:
            del self.fields["stops"]
            return
        kind = self.attempt.look.procedure.duty
        self.fields["stops"].choices = [
            HintedChoice(pk, kind(d.kind).label, f"Due by {day_words(d.due)}") for pk, d in self.waiting.items()
        ]
        self.fields["stops"].initial = list(self.waiting)

    @classmethod
    def display_answer(cls, name, value, look):
        """Targets by their words."""
        if name in ("stops", "stopped"):
            labels = [look.procedure.duty(d.kind).label for d in look.duties if str(d.pk) in map(str, value)]
            return "\n".join(dict.fromkeys(labels))
        return super().display_answer(name, value, look)


def stops_when_asked(attempt) -> list:
    """Targets of the Panel's own that wait for the complainant's answer: those that sleep meanwhile, and the aim to
    conclude."""
    kind = attempt.look.procedure.duty
    return [
        d
        for d in attempt.look.open_duties
        if is_target(attempt, d)
        and d.stopped_on is None
        and (StateKey.AWAITING_INFORMATION in kind(d.kind).sleeps_in or d.kind == CONCLUDE.key)
    ]


def ask(attempt):
    """Stop the clocks of the targets that wait for the answer, as far as they are those of what is asked about."""
    chosen = [attempt.form.waiting[pk] for pk in attempt.answers.get("stops") or ()]
    moved = {p.pk for p in attempt.parts}
    stop([d for d in chosen if d.part_id is None or d.part_id in moved], attempt.on)


def resume(attempt):
    """Let the clocks go on that stopped when the complainant was asked."""
    go_on(attempt.form.went_on(), attempt.on)


class ResumeForm(StepForm):
    """What came, or that nothing came (para 7)."""

    on_label = "When did it come, or when did the wait end?"
    came = RadiosField(
        label="What came?",
        choices=[("came", "The information, or some of it"), ("nothing", "Nothing came")],
        required_message="Select what came",
    )
    what_came = LongTextField(label="What did they say?", required_message="Enter what they said", rows=4)
    labels = {"stopped": "Targets that went on"}  # noqa: RUF012
    shape = ("came", Reveal("came", "came", "what_came"))
    display_answer = AskForInformationForm.display_answer

    def went_on(self) -> list:
        """The targets that stopped when it was asked for the information that is waited for."""
        asked = self.attempt.look.last(StepKey.ASK_FOR_INFORMATION)
        stopped = set(map(str, asked.answers.get("stops", ()))) if asked else set()
        return [d for d in self.attempt.look.open_duties if d.stopped_on and str(d.pk) in stopped]

    def change_answers(self, answers):
        """With the targets that go on."""
        found = [str(d.pk) for d in self.went_on()]
        return {**answers, "stopped": found} if found else answers


STEPS = (
    Step(
        "log", "Log a complaint", (NEW,), "received",
        entered_by=STAFF, provisions=("para 1", "para 4", "reg 9", "reg 34"),
        past_label="Complaint logged", button="Log the complaint",
        creates="case", confirm=True,
        form=LogForm, checks=(dates_in_order, subject_held_office, may_be_written_to), effect=log,
        opens=(ACKNOWLEDGE, ASK_AUTHORITY, DECIDE_RECORDING, PRESERVE, CONCLUDE, COMES_BACK_OF_THE_OFFICE, PROGRESS),
    ),
    Step(
        "add_allegation", "Add an allegation", OPEN, "received",
        entered_by=STAFF, provisions=("para 4", "reg 9"),
        past_label="Allegation added", button="Add the allegation",
        creates="part", folded=True,
        guards=(a_complaint,), form=AddAllegationForm, checks=(dates_in_order, subject_held_office),
        effect=add_allegation,
        opens=(ACKNOWLEDGE, DECIDE_RECORDING, PRESERVE),
    ),
    Step(
        "ask_for_information", "Ask the complainant for more information", ("received", "recorded"),
        "awaiting_information",
        entered_by=(Role.OFFICER, Role.MONITORING_OFFICER, Role.CHAIRMAN), provisions=("para 7", "reg 9"),
        past_label="More information asked for", button="Record that it was asked for",
        hint="Progress waits until they answer.",
        guards=(a_complaint,), part_guards=FORWARD, form=AskForInformationForm,
        checks=(in_the_future("by_when", "The day by which they should answer"),), effect=ask,
        opens=(CHASE,),
    ),
    Step(
        "resume", "Go on after waiting for information", ("awaiting_information",), Target.STATE_IT_LEFT,
        entered_by=STAFF, provisions=("para 7", "reg 9"),
        past_label="Went on after waiting", button="Go on", hint="It goes back to where it waited.",
        part_guards=(not_suspended,), form=ResumeForm, effect=resume,
        closes=(CHASE,),
        when_elsewhere=Elsewhere("Nobody waits for information.", ""),
    ),
)  # fmt: skip
