"""How the Panel voted, which is asked of a recommendation and of a veto."""

from hearings.models import Resolution
from panel.casework.seats_form import notes_on
from panel.forms.fields import NumberField, RadiosField, SelectField
from panel.forms.layout import Reveal

STAYED_OUT = ("none", "Had left, or did not vote")


class VotesMixin:
    """Asks how the Panel decided: without a vote, by numbers, or by name. A script may give `voted_for`,
    `voted_against`, `abstaining` as names."""

    scripted_votes = {"voted_for": "for", "voted_against": "against", "abstaining": "abstained"}
    taken_choices = Resolution.Taken.choices
    script_names = frozenset(scripted_votes)

    def __init__(self, attempt, data=None, files=None, draft=None):
        super().__init__(attempt, data=self.unfolded(attempt, data), files=files, draft=draft)

    def initial_answers(self):
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
        """Add the questions; by name for everybody who is or was a member, those who could vote first."""
        facts = self.attempt.facts
        self.fields["taken"] = RadiosField(
            label="How was it decided?", choices=self.taken_choices, required_message="Select how it was decided"
        )
        for name, label in (("votes_for", "For"), ("votes_against", "Against"), ("abstained", "Abstained")):
            self.fields[name] = NumberField(
                label=label, what=label, min_value=0, max_value=200, required_message=f"Enter how many: {label.lower()}"
            )
        self.fields["not_voting"] = NumberField(
            label="There, but had left or did not vote", what="there, but had left or did not vote", min_value=0,
            max_value=200, required=False, help_text="Leave empty where everybody who was there voted or abstained.",
        )  # fmt: skip
        day = facts.meeting.on if facts.meeting else self.attempt.look.today
        could = [m for m, row in facts.attended.items() if row.can_vote]
        self._voters = sorted(facts.members, key=lambda m: (m.pk not in could, not m.holds(day), m.name))
        for m in self._voters:
            row = facts.attended.get(m.pk)
            who = f"{row.substitute}, for {m.name}" if row and row.substitute else m.name
            notes = notes_on(facts, m, day)
            if m.pk not in could and m.holds(day):
                notes.append(f"{row.words[0].lower()}{row.words[1:]}" if row else "not recorded as there")
            self.fields[f"vote_{m.pk}"] = SelectField(
                label=", ".join([who, *notes]),
                blank="Did not vote",
                required=False,
                choices=[("for", "For"), ("against", "Against"), ("abstained", "Abstained"), STAYED_OUT],
            )

    @property
    def votes_shape(self):
        """Where they stand."""
        return (
            "taken",
            Reveal("taken", "counted", "votes_for", "votes_against", "abstained", "not_voting"),
            Reveal("taken", "named", *(f"vote_{m.pk}" for m in self._voters)),
        )

    def votes(self):
        """(member, how) of each vote by name."""
        return [(m, cast) for m, cast in self.said() if cast != STAYED_OUT[0]]

    def said(self):
        """(member, what) of each of whom something was said: their vote, or that they cast none though they were there."""
        return [(m, cast) for m in self._voters if (cast := self.cleaned_data.get(f"vote_{m.pk}"))]

    def not_voting(self) -> int:
        """How many were there and had left by the vote, or did not vote."""
        if self.cleaned_data.get("taken") == Resolution.Taken.COUNTED:
            return self.cleaned_data.get("not_voting") or 0
        return len(self.said()) - len(self.votes())

    def tally(self) -> tuple[int, int, int]:
        """For, against, abstained."""
        data = self.cleaned_data
        if data.get("taken") == Resolution.Taken.COUNTED:
            return tuple(data.get(k) or 0 for k in ("votes_for", "votes_against", "abstained"))
        cast = [c for _, c in self.votes()]
        return cast.count("for"), cast.count("against"), cast.count("abstained")

    def change_answers(self, answers):
        """Votes are kept in rows of their own."""
        return {k: v for k, v in answers.items() if not k.startswith("vote_")}
