"""What is asked about decisions: the Panel's, with its votes, the report of it, and the Commissioner's."""

from hearings.models import Candidate, Meeting, Resolution
from hearings.report.content import Report
from panel.casework.step_form import StepForm
from panel.forms.fields import (
    DateField,
    HintedChoice,
    LongTextField,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
    YesNoField,
)
from panel.forms.layout import Question as Ask
from panel.forms.layout import Reveal


class VotesMixin:
    """Asks how the Panel decided: without a vote, by numbers, or by name. A script may give `voted_for`,
    `voted_against`, `abstaining` as names."""

    scripted_votes = {"voted_for": "for", "voted_against": "against", "abstaining": "abstained"}
    taken_choices = Resolution.Taken.choices
    script_names = frozenset(scripted_votes)

    def __init__(self, attempt, data=None, files=None, draft=None):
        super().__init__(attempt, data=self.unfolded(attempt, data), files=files, draft=draft)

    def first(self):
        """The day of the hearing."""
        m = self.attempt.facts.meeting
        return {"on": m.on} if m and m.held else {}

    def unfolded(self, attempt, data):
        """A script's lists as the answers that the page sends."""
        if not isinstance(data, dict) or hasattr(data, "getlist") or not (self.script_names & set(data)):
            return data
        data = dict(data)
        by_name = {m.name: m.pk for m in attempt.facts.members} | {str(m.pk): m.pk for m in attempt.facts.members}
        for name, cast in self.scripted_votes.items():
            for who in data.pop(name, []):
                data[f"vote_{by_name.get(str(who), who)}"] = cast
        return data

    def ask_votes(self):
        """Add the questions; by name for those in office lately, those who could vote first."""
        facts = self.attempt.facts
        self.fields["taken"] = RadiosField(
            label="How was it decided?", choices=self.taken_choices, required_message="Select how it was decided"
        )
        for name, label in (("votes_for", "For"), ("votes_against", "Against"), ("abstained", "Abstained")):
            self.fields[name] = NumberField(
                label=label, what=label, min_value=0, max_value=200, required_message=f"Enter how many: {label.lower()}"
            )
        day = facts.meeting.on if facts.meeting else self.attempt.look.today
        could = [m for m, row in facts.attended.items() if row.can_vote]
        members = [m for m in facts.members if not m.to_date or (day - m.to_date).days < 120]
        self._voters = sorted(members, key=lambda m: (m.pk not in could, m.name))
        for m in self._voters:
            row = facts.attended.get(m.pk)
            note = "" if m.pk in could else f" ({row.get_how_display().lower() if row else 'absent'})"
            if row and row.substitute:
                note = f" ({row.substitute} sat)"
            self.fields[f"vote_{m.pk}"] = SelectField(
                label=f"{m.name}{note}", blank="Did not vote", required=False,
                choices=[("for", "For"), ("against", "Against"), ("abstained", "Abstained")],
            )  # fmt: skip

    @property
    def votes_shape(self):
        """Where they stand."""
        return (
            "taken",
            Reveal("taken", "counted", "votes_for", "votes_against", "abstained"),
            Reveal("taken", "named", *(f"vote_{m.pk}" for m in self._voters)),
        )

    def votes(self):
        """(member, how) of each vote by name."""
        return [(m, cast) for m in self._voters if (cast := self.cleaned_data.get(f"vote_{m.pk}"))]

    def tally(self) -> tuple[int, int, int]:
        """For, against, abstained."""
        data = self.cleaned_data
        if data.get("taken") == Resolution.Taken.COUNTED:
            return tuple(data.get(k) or 0 for k in ("votes_for", "votes_against", "abstained"))
        cast = [c for _, c in self.votes()]
        return cast.count("for"), cast.count("against"), cast.count("abstained")

    def keep(self, answers):
        """Votes are kept in rows of their own."""
        return {k: v for k, v in answers.items() if not k.startswith("vote_")}


class RecommendForm(VotesMixin, StepForm):
    """Whether the candidate should be appointed (Sch 1 para 10, Sch 8 para 4)."""

    on_label = "When was it decided?"
    on_what = "the date it was decided"
    why_label = "The Panel’s reasons"
    why_hint = "They go into the report: competence and independence, as the Panel saw them."
    recommendation = RadiosField(
        label="What does the Panel recommend?",
        choices=[
            HintedChoice("appoint", "That the candidate be appointed"),
            HintedChoice("refuse", "That the candidate not be appointed", "Guidance: where the candidate clearly does not meet the criteria."),
        ],
        required_message="Select what the Panel recommends",
    )  # fmt: skip
    concerns = LongTextField(
        label="Concerns to report with it", required=False, rows=3, max_length=4000,
        help_text="Guidance lets the Panel recommend and report concerns.",
    )  # fmt: skip
    taken_by = TextField(
        label="If the meeting had no quorum: who takes the decision?", required=False, help_text="It then only advises."
    )
    columns = ("recommendation", "concerns", "taken", "votes_for", "votes_against", "abstained")

    def ask(self):
        """The votes; who decides only where the meeting had no quorum."""
        self.ask_votes()
        m = self.attempt.facts.meeting
        if m is None or m.quorate != Meeting.Quorate.NO:
            del self.fields["taken_by"]

    def shape_of(self):
        """Recommendation, then votes; for and against are of the recommendation."""
        self.helper.form_show_optional = False  # a line for each member: what is optional says so below
        return ["recommendation", "concerns", *self.votes_shape, "taken_by"]


class VetoForm(VotesMixin, StepForm):
    """The veto of a Chief Constable's appointment: two thirds of all members in office (Sch 8 para 5)."""

    on_label = "When was it decided?"
    on_what = "the date it was decided"
    why_label = "The Panel’s reasons"
    why_hint = "The report says that the Panel has vetoed the appointment."
    taken_choices = Resolution.Taken.choices[1:]  # two thirds are counted
    columns = ("taken", "votes_for", "votes_against", "abstained")

    def ask(self):
        """The votes."""
        self.ask_votes()
        self.fields["taken"].help_text = self.attempt.facts.forecast().words

    def shape_of(self):
        """The votes."""
        self.helper.form_show_optional = False  # a line for each member: what is optional says so below
        return list(self.votes_shape)


HOW_SENT = (("email", "Email"), ("post", "Post"), ("hand", "By hand"), ("meeting", "At the meeting"))


class SendReportForm(StepForm):
    """The Panel's report to the Commissioner (Sch 1 para 10, Sch 8 para 4)."""

    on_label = "When was it sent?"
    on_what = "the date it was sent"
    documents_label = "The report as it was sent"
    how = RadiosField(label="How was it sent?", choices=HOW_SENT, required_message="Select how it was sent")
    shape = (Ask("how", inline=True),)

    def fill(self, attempt):
        """A reported veto stays a veto."""
        super().fill(attempt)
        attempt.answers["to"] = "vetoed" if any(p.status == "vetoed" for p in attempt.parts) else "reported"


class PublishReportForm(StepForm):
    """The report is published, in a manner the Panel decides."""

    on_label = "When was it published?"
    where = TextField(label="Where?", max_length=200, required_message="Enter where it was published")
    redactions = LongTextField(
        label="What was left out, and why", rows=3, required=False, help_text="Leave empty if nothing was."
    )
    columns = ("which",)

    def ask(self):
        """Which report, where that of a veto and that on a reserve candidate both wait."""
        facts = self.attempt.facts
        self._reports = {str(p.pk): p for p in facts.unpublished}
        if len(self._reports) > 1:
            said = [Report(self.attempt.look, facts.proposals.index(p) + 1).short for p in facts.unpublished]
            self.fields["which"] = RadiosField(
                label="Which report?", choices=list(zip(self._reports, said, strict=True)),
                required_message="Select which report",
            )  # fmt: skip
            self.order_fields(["which"])

    def proposal(self):
        """The notification whose report it is."""
        return self._reports.get(self.cleaned_data.get("which") or "") or next(iter(self._reports.values()))


class DecisionForm(StepForm):
    """The Commissioner's decision on the recommendation (Sch 1 para 12, Sch 8 para 7)."""

    on_label = "When was the Panel notified of it?"
    on_what = "the day the Panel was notified"
    documents_label = "The Commissioner’s letter"
    announced_on = DateField(
        label="When was it announced?",
        what="the day it was announced",
        required=False,
        help_text="Leave empty if it was not, or is not known.",
    )
    appointed = YesNoField(
        label="Is the candidate appointed?", required_message="Select whether the candidate is appointed"
    )
    appointed_from = DateField(
        label="From when?", what="the day from which", required=False, help_text="Leave empty if it is not known."
    )
    why_label = "The Commissioner’s reasons, if given"
    why_required = False
    shape = ("announced_on", Ask("appointed", inline=True), Reveal("appointed", "yes", "appointed_from"))
    columns = ("announced_on", "appointed", "appointed_from")

    def ask(self):
        """What follows from it at first."""
        against = {p.recommendation for p in self.attempt.parts} == {Candidate.Recommendation.REFUSE}
        accepts = self.step.key == "pcc_accepts"
        self.fields["appointed"].initial = "yes" if accepts != against else "no"


class LapseForm(StepForm):
    """The three weeks passed and no report was given."""

    on_label = "When was this noted?"
    what_followed = LongTextField(
        label="What did the Commissioner do?",
        rows=3,
        required_message="Enter what the Commissioner did, or that it is not known",
    )
    why_label = "Why did the Panel not report?"
