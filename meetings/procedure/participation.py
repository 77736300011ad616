"""Public participation: a request, whether it is accepted and why not, that the person is told, question and answer."""

from typing import Any

from meetings.models import ParticipationRequest
from meetings.procedure.duties import DECIDE_REQUEST, TELL_REQUEST
from meetings.procedure.law import MEETINGS
from meetings.procedure.states import OPEN, TO_COME
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import LongTextField, SelectField, TextField, YesNoField
from panel.forms.layout import Reveal
from panel.law.period import day_words
from panel.law.times import paper_time, time_in
from panel.procedure.vocabulary import Refusal, Step, Target


class LogRequestForm(StepForm):
    """Who wants to take part, and about what."""

    on_label = "When did it reach us?"
    documents_label = "The request"
    name = TextField(label="Who asks?", max_length=150, required_message="Enter who asks")
    contact = TextField(
        label="How can they be reached?", max_length=254, required_message="Enter how they can be reached"
    )
    about = LongTextField(
        label="What do they want to raise?", rows=4, max_length=2000, required_message="Enter what they want to raise"
    )
    at = TextField(
        label="At what time did it reach us?",
        max_length=20,
        required=False,
        help_text="Only on the last day: like 9.15 am.",
    )
    late_why = LongTextField(
        label="If it came too late: why is it taken?", rows=2, sometimes=True, max_length=1000,
        help_text="The Panel’s own rule sets the hour, so the Chairman may let it pass.",
    )  # fmt: skip
    columns = ("name", "contact", "about", "late_why")


class RequestMixin:
    """Asks which request."""

    labels = {"request": "Whose request"}  # noqa: RUF012

    def ask_request(self, rows: list[ParticipationRequest]) -> None:
        """Add the question; the only one is chosen."""
        self._rows = {str(row.pk): row for row in rows}
        self.fields["request"] = SelectField(
            label="Whose request?", blank="Choose", required_message="Select whose request it is",
            choices=[(pk, row.name) for pk, row in self._rows.items()],
            initial=next(iter(self._rows)) if len(self._rows) == 1 else None,
        )  # fmt: skip
        self.order_fields(["request"])

    def chosen(self) -> ParticipationRequest:
        """The request chosen."""
        return self._rows[self.cleaned_data["request"]]


class DecideRequestForm(RequestMixin, StepForm):
    """Accepted, or not and why."""

    on_label = "When was it decided?"
    takes_documents = False
    accepted = YesNoField(label="Is it accepted?", required_message="Select whether it is accepted")
    refused_why = LongTextField(
        label="Why not?", rows=3, max_length=1000, required_message="Enter why it is not accepted",
        help_text="They are told this reason.",
    )  # fmt: skip
    columns = ("request", "refused_why")
    shape = ("request", "accepted", Reveal("accepted", "no", "refused_why"))

    def add_questions(self) -> None:
        """Those that wait for a decision."""
        self.ask_request([row for row in self.attempt.facts.requests if row.accepted is None])


class AnswerRequestForm(RequestMixin, StepForm):
    """What was asked at the meeting, and what was answered."""

    on_label = "When was it noted?"
    takes_documents = False
    answer = LongTextField(
        label="What was asked, and the answer", rows=6, max_length=5000,
        required_message="Enter what was asked, and the answer", help_text="It begins the minute of public participation.",
    )  # fmt: skip
    columns = ("request", "answer")

    def add_questions(self) -> None:
        """Those that were accepted."""
        self.ask_request([row for row in self.attempt.facts.requests if row.accepted])


def one_waits(attempt: Any) -> Refusal | None:
    """A request waits for a decision."""
    waits = any(row.accepted is None for row in attempt.facts.requests)
    return None if waits else Refusal("No request waits for a decision.", (MEETINGS,))


def one_was_accepted(attempt: Any) -> Refusal | None:
    """A request was accepted."""
    return None if any(r.accepted for r in attempt.facts.requests) else Refusal("No request was accepted.", (MEETINGS,))


def in_time_or_let_pass(attempt: Any) -> Refusal | None:
    """By the hour of the Panel's own rule, on the last working day before; later only with a reason."""
    until = attempt.facts.ask_until
    if until is None or attempt.on < until.day or attempt.answers.get("late_why"):
        return None
    at = time_in(attempt.answers.get("at") or "")
    if attempt.on == until.day and (at is None or at <= until.at):
        return None
    words = f"The public could ask until {paper_time(until.at)} on {day_words(until.day)}: enter why it is taken all the same"
    return Refusal(words, (MEETINGS,), field="late_why")


def log_request(attempt: Any) -> None:
    """Keep the request."""
    names = ("name", "contact", "about", "late_why")
    ParticipationRequest.objects.create(
        meeting=attempt.facts.meeting, entry=attempt.entry, **{n: attempt.answers.get(n) or "" for n in names}
    )
    attempt.facts.__dict__.pop("requests", None)


def decide_request(attempt: Any) -> None:
    """Accepted or not; the duty to decide on it is met."""
    row = attempt.form.chosen()
    row.accepted, row.why = bool(attempt.answers["accepted"]), attempt.answers.get("refused_why") or ""
    row.save()
    slug = f"request:{row.pk}"
    attempt.closed_duties = [
        (d, "met") for d in attempt.look.open_duties if (d.kind, d.recipient) == (DECIDE_REQUEST.key, slug)
    ]
    attempt.facts.__dict__.pop("requests", None)


def answer_request(attempt: Any) -> None:
    """Keep question and answer."""
    row = attempt.form.chosen()
    row.answer = attempt.answers["answer"]
    row.save()
    attempt.facts.__dict__.pop("requests", None)


STEPS = (
    Step(
        "log_request", "Log a request to take part", TO_COME, Target.STAYS, entered_by=STAFF, provisions=(MEETINGS,),
        past_label="Request to take part", button="Log the request", scope="case", form=LogRequestForm,
        hint="Who, about what, until when.", checks=(in_time_or_let_pass,), effect=log_request, opens=(DECIDE_REQUEST,),
    ),
    Step(
        "decide_request", "Accept a request, or not", OPEN, Target.STAYS, entered_by=STAFF, provisions=(MEETINGS,),
        past_label="Request decided", button="Save the decision", scope="case", form=DecideRequestForm,
        guards=(one_waits,), hint="They are told, and why.", effect=decide_request, opens=(TELL_REQUEST,),
        closes=(DECIDE_REQUEST,), closes_chosen_duties_only=True,
    ),
    Step(
        "answer_request", "Note question and answer", OPEN, Target.STAYS, entered_by=STAFF, provisions=(MEETINGS,),
        past_label="Question and answer noted", button="Save them", scope="case", folded=True, form=AnswerRequestForm,
        guards=(one_was_accepted,), effect=answer_request,
    ),
)  # fmt: skip
