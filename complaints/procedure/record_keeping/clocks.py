"""The clock of a target stops while somebody outside is waited for, and goes on (para 5; reg 34)."""

from complaints.procedure.earliest import STOPPED
from complaints.procedure.states import ANY
from complaints.procedure.targets import is_target, part_of
from panel.casework.duties import go_on, stop
from panel.casework.earliest import OF_WHAT_IS_CHOSEN
from panel.casework.shared_forms import DutiesMixin
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.forms.fields import RadiosField
from panel.law.period import day_words
from panel.law.roles import Role
from panel.procedure.vocabulary import RECEIPT, Refusal, Step, Target


def held_by_suspension(attempt, duty) -> bool:
    """Whether the IOPC suspends what the target is about."""
    return attempt.facts.suspended(part_of(attempt, duty))


def targets(attempt, stopped: bool) -> list:
    """Open targets with a day whose clock runs, or stands."""
    return [d for d in attempt.look.open_duties if is_target(attempt, d) and (d.stopped_on is not None) == stopped]


# Stopping


class StopClockForm(DutiesMixin, StepForm):
    """A target of the Panel's own stops while somebody outside is waited for; what the law times never stops."""

    duties_label = "Which target stops?"
    duties_message = "Select which target stops"
    on_label = "From when?"
    waiting_for = RadiosField(
        label="Who outside is waited for?",
        choices=[
            ("complainant", "The complainant"),
            ("office_holder", "The office holder"),
            ("iopc", "The IOPC"),
            ("court", "A prosecutor or a court"),
            ("body", "Another body"),
        ],
        required_message="Select who is waited for",
    )
    why_label = "Why?"
    running = True

    def add_questions(self):
        """Targets with a day, running or stopped; what the IOPC's suspension holds goes on with it. Nobody waits for the
        complainant of a conduct matter."""
        if "waiting_for" in self.fields and not self.attempt.facts.somebody_complained:
            given = self.fields["waiting_for"].given
            self.fields["waiting_for"].choices = [c for c in given if c[0] != Role.COMPLAINANT]
        found = targets(self.attempt, stopped=not self.running)
        self.ask_duties([d for d in found if self.running or not held_by_suspension(self.attempt, d)])


def a_target_runs(attempt):
    """A target of the Panel's own can stop; what the law times cannot (law.md, section 3)."""
    if not any(is_target(attempt, d) and d.stopped_on is None for d in attempt.look.open_duties):
        return Refusal("No target of the Panel’s own is running. What the law times never stops.", ("para 5", "reg 34"))
    return None


def stops_while_it_runs(attempt):
    """A clock stops on a day on which it runs: not once it has run out."""
    for d in attempt.form.duties_chosen():
        if attempt.on > d.due:
            return Refusal(
                f"The date must be on or before {day_words(d.due)}, the target’s last day: what is late stays late",
                ("para 5", "reg 34"),
                field="on",
            )
    return None


def stop_clock(attempt):
    """Stop the clocks of the targets chosen."""
    stop(attempt.form.duties_chosen(), attempt.on)


# Going on


class RestartClockForm(StopClockForm):
    """The wait is over: the target goes on, its day moved by as long as it stood."""

    duties_label = "Which target goes on?"
    duties_message = "Select which target goes on"
    waiting_for = None
    why_label = "What came?"
    running = False


def a_target_stands(attempt):
    """A stopped target can go on, unless the IOPC's suspension holds it (reg 22)."""
    stopped = [d for d in attempt.look.open_duties if d.stopped_on]
    if stopped and all(held_by_suspension(attempt, d) for d in stopped):
        return Refusal(
            "The IOPC’s suspension holds every stopped target.",
            ("reg 22",),
            "note that the IOPC lifts the suspension.",
            first="iopc_lifts_suspension",
        )
    if not stopped:
        return Refusal("No target is stopped.", ("para 5", "reg 34"), "stop one.", first="stop_clock")
    return None


def restart_clock(attempt):
    """Let the clocks of the targets chosen go on."""
    go_on(attempt.form.duties_chosen(), attempt.on)


STEPS = (
    Step(
        "stop_clock", "Stop the clock of a target", ANY, Target.STAYS,
        entered_by=STAFF, provisions=("para 5", "reg 34"),
        past_label="Clock stopped", button="Stop the clock",
        hint="Only a target of the Panel’s own, while somebody outside is waited for.",
        scope="case", folded=True,
        guards=(a_target_runs,), form=StopClockForm, checks=(stops_while_it_runs,), effect=stop_clock,
        not_before=(RECEIPT, OF_WHAT_IS_CHOSEN),
    ),
    Step(
        "restart_clock", "Let the clock of a target go on", ANY, Target.STAYS,
        entered_by=STAFF, provisions=("para 5", "reg 34"),
        past_label="Clock went on", button="Let it go on",
        scope="case", folded=True,
        guards=(a_target_stands,), form=RestartClockForm, effect=restart_clock,
        not_before=(RECEIPT, STOPPED),
    ),
)  # fmt: skip
