"""The Panel vetoes the appointment of a Chief Constable: two thirds of all its members, within the three weeks."""

from hearings.models import Resolution
from hearings.procedure.conditions import votes_add_up
from hearings.procedure.duties import DELIBERATE, RECOMMEND, REPORT_VETO, SEND_REPORT
from hearings.procedure.earliest import HELD
from hearings.procedure.effects import FINDINGS, drop_cached_facts, let_report_duties_lapse, record_resolution
from hearings.procedure.law import WHOLE_PANEL
from hearings.procedure.questions.findings import FindingsMixin
from hearings.procedure.questions.votes import VotesMixin
from hearings.procedure.states import HEARD, RESERVE, RUNNING, VETOED, keys_of
from panel.casework.shared_steps import STAFF
from panel.casework.step_form import StepForm
from panel.law.meetings import two_thirds
from panel.law.period import day_words, plural
from panel.law.roles import Role
from panel.models import MeetingMinute
from panel.procedure.vocabulary import RECEIPT, Elsewhere, Refusal, Step


class VetoForm(FindingsMixin, VotesMixin, StepForm):
    """The veto of a Chief Constable's appointment: two thirds of all members in office (Sch 8 para 5)."""

    on_label = "When was it decided?"
    on_what = "the date it was decided"
    why_label = "The Panel’s reasons"
    why_hint = "The report says that the Panel has vetoed the appointment."
    taken_choices = Resolution.Taken.choices[1:]  # two thirds are counted
    columns = ("taken", "votes_for", "votes_against", "abstained", *FINDINGS)

    def add_questions(self):
        """The votes."""
        self.ask_votes()
        self.ask_findings()
        self.fields["taken"].help_text = self.attempt.facts.forecast().words

    def shape_of(self):
        """The votes."""
        self.helper.form_show_optional = False  # a line for each member: what is optional says so below
        return [*self.findings_shape, *self.votes_shape]


def three_weeks_not_over(attempt):
    """The Panel vetoes within the three weeks (Sch 8 paras 2 and 5)."""
    if attempt.facts.over(attempt.on):
        return Refusal(  # asked of the day of the decision, whenever it is typed
            f"The three weeks ended on {day_words(attempt.facts.count.day)}: the Panel can no longer veto.",
            ("Sch 8 para 2", "Sch 8 para 5"),
            "the Panel can still report a recommendation, late.",
        )
    return None


def meeting_was_quorate(attempt):
    """Without a quorum the Panel only advises: it cannot veto."""
    if attempt.facts.meeting is None or attempt.facts.meeting.quorate == MeetingMinute.Quorate.NO:
        return Refusal("The meeting had no quorum: it can advise, not veto.", ("Sch 8 para 5", WHOLE_PANEL))
    return None


def veto_has_two_thirds(attempt):
    """Two thirds of all members in office that day, there or not (Sch 8 para 5)."""
    members = len(attempt.facts.members_on(attempt.on))
    need, got = two_thirds(members), attempt.form.tally()[0]
    if got < need:
        return Refusal(
            f"{plural(got, 'vote')} for the veto: it needs {need}, two thirds of all {plural(members, 'member')} in "
            "office, so it is not carried. Record a recommendation instead",
            ("Sch 8 para 5",),
            field="votes_for" if attempt.answers.get("taken") == "counted" else "taken",
        )
    return None


def record_veto(attempt):
    """Keep the veto and its votes. From now on it is the veto that must be reported."""
    for p in attempt.parts:
        p.vetoed_on, p.recommendation = attempt.on, ""
        attempt.add_report_slugs(p, veto="yes")
        record_resolution(attempt, p, veto=True, needed=two_thirds(len(attempt.facts.members_on(attempt.on))))
    let_report_duties_lapse(attempt)
    drop_cached_facts(attempt)


BEFORE_THE_HEARING = tuple(state for state in RUNNING if state is not HEARD)

STEPS = (
    Step(
        "veto", "Record a veto", (HEARD,), VETOED, entered_by=STAFF, decided_by=(Role.PANEL,),
        provisions=("Sch 8 para 5", "SI 2023/649 para 24(b)"), past_label="Vetoed", button="Record the veto",
        all_parts=True,
        hint="Two thirds of all members in office must vote for it.",
        guards=(three_weeks_not_over, meeting_was_quorate), form=VetoForm, checks=(votes_add_up, veto_has_two_thirds),
        not_before=(RECEIPT, HELD),
        effect=record_veto, opens=(REPORT_VETO,), closes=(RECOMMEND, DELIBERATE), lapses=(SEND_REPORT,),
        when_elsewhere=Elsewhere(
            "The hearing has not been held.", "record the hearing.", "hold_hearing", keys_of(*BEFORE_THE_HEARING),
            (
                Elsewhere("The Panel has vetoed already.", states=keys_of(VETOED)),
                Elsewhere("Of a reserve candidate there is no veto: the Panel recommends.", states=keys_of(*RESERVE)),
            ),
        ),
    ),
)  # fmt: skip
