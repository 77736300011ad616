"""A case is challenged from outside: by the Ombudsman, a court, the Information Commissioner or the IOPC.

    *challenge_steps.challenges(ANY, ("para 17",))

It goes from the enquiry over our answer to their decision and what was agreed: an apology, a reminder, a payment, each with
a day of its own. Each of these is a duty that stays on the list until somebody notes that it was done. None of it reopens
the case. Every register has these steps with provisions of its own.
"""

from typing import Any

from panel.casework.case_context import Attempt, CaseContext
from panel.casework.earliest import OF_WHAT_IS_CHOSEN
from panel.casework.shared_forms import DutiesMixin
from panel.casework.shared_steps import STAFF, in_the_future
from panel.casework.step_form import StepForm
from panel.forms.fields import CheckboxesField, DateField, LongTextField, RadiosField, TextField
from panel.forms.layout import Reveal
from panel.law import clock
from panel.law.roles import Basis, DayBasis, Role
from panel.models import Duty
from panel.procedure.vocabulary import RECEIPT, DutyKind, Guard, Refusal, Step, Target, says

BODIES = {
    "ombudsman": "the Local Government and Social Care Ombudsman",
    "court": "a court",
    "information_commissioner": "the Information Commissioner",
    "iopc": "the IOPC",
    "other": "somebody else outside",
}
WHO_CHALLENGES = {f"challenge:{body}": words for body, words in BODIES.items()}
WAITING = ("answer_challenge", "await_challenge")  # for our answer, then for their decision
REMEDIES = {  # what can be agreed: its duty, and what the form asks about it
    "apology": ("Make the apology agreed with {to}", "An apology", "To whom, and for what?"),
    "reminder": ("Give the reminder agreed with {to}", "A reminder to those who act", "To whom, and of what?"),
    "payment": ("Make the payment agreed with {to}", "A payment", "To whom, how much, and for what?"),
    "other": ("Do what else was agreed with {to}", "Something else", "What is it?"),
}
OPEN_CHALLENGE = (*WAITING, *(f"challenge_{remedy}" for remedy in REMEDIES))


def is_challenged(look: CaseContext) -> bool:
    """Whether a challenge is open, or what was agreed on one is still to be done."""
    return any(d.kind in OPEN_CHALLENGE for d in look.open_duties)


# Questions


class NoteExternalChallengeForm(StepForm):
    """The Ombudsman, a court or the Information Commissioner asks: it never reopens the case by itself."""

    on_label = "When did it come?"
    body = RadiosField(
        label="Who asks?",
        choices=[(key, words[0].upper() + words[1:]) for key, words in BODIES.items()],
        required_message="Select who asks",
    )
    their_reference = TextField(label="Their reference", max_length=60, required=False)
    about = LongTextField(label="What do they ask?", required_message="Enter what they ask", rows=4)
    by_when = DateField(label="By when must you answer?", what="the day by which you must answer", required=False)


class ChallengesMixin(DutiesMixin):
    """Asks which of the challenges that stand there is meant."""

    duties_label = "Which challenge is it?"
    duties_message = "Select which challenge it is"
    kinds: tuple[str, ...] = ()

    def add_questions(self) -> None:
        """The duties of challenges."""
        self.ask_duties([d for d in self.attempt.look.open_duties if d.kind in self.kinds])


class AnswerChallengeForm(ChallengesMixin, StepForm):
    """What was answered, and whether they are still to decide."""

    kinds = ("answer_challenge",)
    duties_label = "Which challenge is answered?"
    duties_message = "Select which challenge is answered"
    on_label = "When was it answered?"
    labels = {"then": "What follows", "decide_by": "Decided by"}  # noqa: RUF012
    answer = LongTextField(  # type: ignore[assignment]  # Django takes it out of the class
        label="What was answered?", required_message="Enter what was answered", rows=4
    )
    then = RadiosField(
        label="What follows?",
        choices=[("decision", "They are still to decide"), ("ended", "It has ended with the answer")],
        required_message="Select what follows",
    )
    decide_by = DateField(
        label="By when do they say they will decide?", what="the day by which they decide", required=False,
        help_text="Leave empty if they have not said.",
    )  # fmt: skip
    shape = ("duties", "answer", "then", Reveal("then", "decision", "decide_by"))


class NoteChallengeDecisionForm(ChallengesMixin, StepForm):
    """How the challenge ended, and what was agreed: each thing has its day."""

    kinds = WAITING
    on_label = "When did they decide?"
    decided = RadiosField(
        label="How did it end?",
        choices=[
            ("fault", "They found fault"),
            ("no_fault", "They found no fault"),
            ("settled", "It was settled"),
            ("not_pursued", "They did not go into it"),
            ("withdrawn", "The challenge was withdrawn"),
        ],
        required_message="Select how it ended",
    )
    decision = LongTextField(label="What did they decide?", required_message="Enter what they decided", rows=4)
    agreed = CheckboxesField(
        label="What was agreed, or is to be done?",
        choices=[(key, words) for key, (_, words, _) in REMEDIES.items()],
        required=False,
        help_text="Each becomes a duty with its day. Tick none if nothing is to be done.",
    )
    days = tuple(f"{remedy}_by" for remedy in REMEDIES)
    labels = {  # noqa: RUF012
        "decided": "How it ended", "agreed": "What was agreed",
        **{f"{key}_what": words for key, (_, words, _) in REMEDIES.items()},
        **{f"{key}_by": f"{words}, by" for key, (_, words, _) in REMEDIES.items()},
    }  # fmt: skip
    shape = (
        "duties", "decided", "decision", "agreed",
        *(Reveal("agreed", remedy, f"{remedy}_what", f"{remedy}_by") for remedy in REMEDIES),
    )  # fmt: skip

    def add_questions(self) -> None:
        """The challenges; of each thing that can be agreed, what it is and by when."""
        super().add_questions()
        for remedy, (_, words, question) in REMEDIES.items():
            what = words[0].lower() + words[1:]
            self.fields[f"{remedy}_what"] = TextField(
                label=question, max_length=300, required_message=f"Enter what was agreed: {what}"
            )
            self.fields[f"{remedy}_by"] = DateField(label="By when?", what=f"the day by which it is done: {what}")


class NoteChallengeRemedyForm(ChallengesMixin, StepForm):
    """What was agreed on a challenge was done."""

    kinds = OPEN_CHALLENGE[len(WAITING) :]
    duties_label = "What was done?"
    duties_message = "Select what was done"
    on_label = "When was it done?"
    note = LongTextField(label="What shows it?", required_message="Enter what shows it", rows=3)


# Conditions


def stands_there(kinds: tuple[str, ...], reason: str, under: tuple[str, ...]) -> Guard:
    """Something of these kinds is open."""

    @says("stands_there", reason.replace("No ", "A ").replace("Nothing ", "Something "))
    def guard(attempt: Attempt) -> Refusal | None:
        open_now = any(d.kind in kinds for d in attempt.look.open_duties)
        return None if open_now else Refusal(reason, under)

    return guard


# Effects


def meet_chosen(attempt: Attempt) -> None:
    """The duties chosen are met."""
    attempt.closed_duties = [(d, "met") for d in attempt.form.duties_chosen()]


def end_challenge(attempt: Attempt) -> None:
    """The challenges chosen have ended. An answer that was not given any more is overtaken."""
    attempt.closed_duties = [
        (d, "met" if d.kind == "await_challenge" else "lapsed") for d in attempt.form.duties_chosen()
    ]


# The steps

NOT_BEFORE = (RECEIPT, OF_WHAT_IS_CHOSEN)


def whose(attempt: Attempt) -> list[str]:
    """The bodies whose challenges were chosen."""
    chosen: list[Duty] = attempt.form.duties_chosen()
    return list(dict.fromkeys(d.recipient for d in chosen))


def remedy_duty(remedy: str, states: tuple[str, ...], under: tuple[str, ...]) -> DutyKind:
    """What was agreed is done, by its day."""
    return DutyKind(
        f"challenge_{remedy}", REMEDIES[remedy][0], Role.MONITORING_OFFICER, under, Basis.GUIDANCE, repeatable=True,
        when=lambda attempt: remedy in (attempt.answers.get("agreed") or ()), recipients=whose,
        due=lambda attempt: clock.given(attempt.answers[f"{remedy}_by"]) if attempt.answers.get(f"{remedy}_by") else None,
        met_by="note_challenge_remedy", open_in_states=states,
    )  # fmt: skip


def challenges(states: tuple[str, ...], under: tuple[str, ...]) -> tuple[Step, ...]:
    """The enquiry, our answer, their decision, and what was agreed."""
    common: dict[str, Any] = {"entered_by": STAFF, "provisions": under, "scope": "case", "folded": True}
    chosen = {**common, "closes_chosen_duties_only": True}
    answer = DutyKind(
        "answer_challenge", "Answer {to}", Role.MONITORING_OFFICER, under, Basis.GUIDANCE, met_by="answer_challenge",
        repeatable=True, recipients=lambda attempt: [f"challenge:{attempt.answers['body']}"],
        due=lambda attempt: clock.given(attempt.answers["by_when"]) if attempt.answers.get("by_when") else None,
        day_basis=DayBasis.GUIDANCE, open_in_states=states,
    )  # fmt: skip
    wait = DutyKind(
        "await_challenge", "Ask {to} for the decision, and note it", Role.MONITORING_OFFICER, under, Basis.GUIDANCE,
        met_by="note_challenge_decision", repeatable=True, recipients=whose, open_in_states=states,
        when=lambda attempt: attempt.answers["then"] == "decision", day_basis=DayBasis.GUIDANCE,
        due=lambda attempt: clock.given(attempt.answers["decide_by"]) if attempt.answers.get("decide_by") else None,
    )  # fmt: skip
    remedies = tuple(remedy_duty(remedy, states, under) for remedy in REMEDIES)
    return (
        Step(
            "note_external_challenge", "Note a challenge from outside", states, Target.STAYS, **common,
            past_label="Challenged from outside", button="Save the challenge",
            hint="The Ombudsman, a court: it does not reopen the case.",
            form=NoteExternalChallengeForm, checks=(in_the_future("by_when", "The day by which you must answer"),),
            opens=(answer,),
        ),
        Step(
            "answer_challenge", "Note the answer to a challenge", states, Target.STAYS, **chosen,
            past_label="Challenge answered", button="Save the answer",
            guards=(stands_there(("answer_challenge",), "No challenge is open.", under),),
            form=AnswerChallengeForm, effect=meet_chosen, not_before=NOT_BEFORE, opens=(wait,), closes=(answer,),
            checks=(in_the_future("decide_by", "The day by which they decide"),),
        ),
        Step(
            "note_challenge_decision", "Note how a challenge ended", states, Target.STAYS, **chosen,
            past_label="Challenge decided", button="Save the decision",
            hint="What they decided, and what was agreed, each with its day.",
            guards=(stands_there(WAITING, "No challenge is open.", under),),
            form=NoteChallengeDecisionForm, effect=end_challenge, not_before=NOT_BEFORE,
            checks=tuple(in_the_future(f"{remedy}_by", "The day by which it is done") for remedy in REMEDIES),
            opens=remedies, closes=(wait,),
        ),
        Step(
            "note_challenge_remedy", "Note that what was agreed was done", states, Target.STAYS, **chosen,
            past_label="Done as agreed on a challenge", button="Save that it was done",
            guards=(stands_there(OPEN_CHALLENGE[len(WAITING) :], "Nothing that was agreed is left to do.", under),),
            form=NoteChallengeRemedyForm, effect=meet_chosen, not_before=NOT_BEFORE, closes=remedies,
        ),
    )  # fmt: skip
