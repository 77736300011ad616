"""Whoever appoints, decides or votes is warned of a member who complains, or whose name is the complainant's (para 11;
reg 34). It bars nobody: two people may share a name, and a member may have complained of something else."""

from complaints.keys import StateKey
from complaints.members_who_complain import warned
from panel.casework.members import MembersMixin
from panel.forms.fields import TickField
from panel.procedure.vocabulary import Refusal, says


class ComplainingMixin(MembersMixin):
    """Chooses members. Whoever chooses one who complains, or whose name is the complainant's, says that they know."""

    labels = {"aware": "Known, and may sit"}  # noqa: RUF012

    def notes_on(self, member):
        """Beside the name, why to be warned."""
        why = self.attempt.facts.complaining.get(member.pk)
        return [*super().notes_on(member), *([f"warning: {why}"] if why else [])]

    def reminders(self):
        """The same as sentences, above the questions."""
        return [*super().reminders(), *warned(self.attempt.facts, self.attempt.facts.members)]

    def ask_aware(self):
        """The tick, where there is somebody to be warned of."""
        if self.attempt.facts.complaining:
            self.fields["aware"] = TickField(
                label="I know this, and they may sit all the same", required=False,
                hint="Only if you choose a member who complains, or who has the complainant’s name.",
            )  # fmt: skip


class DecidersMixin:
    """A decision: those who take it and complain, or have the complainant's name, are named above the questions."""

    def reminders(self):
        """Of whom to be warned, among those who decide."""
        return [*super().reminders(), *warned(self.attempt.facts, deciders(self.attempt))]


def deciders(attempt):
    """The members before whom it is on the day of the step: the whole Panel, the sub-panel, and Chairman and
    Vice-Chairman wherever it is."""
    facts = attempt.facts
    if any(p.status == StateKey.FULL_PANEL for p in attempt.parts):
        return facts.members_on(attempt.on)
    sitting = {r.member_id for r in facts.sub_panel}
    chairs = {c.member_id for c in attempt.panel.chairmanships.all() if c.holds(attempt.on)}
    return [m for m in facts.members if m.pk in sitting | chairs]


def whoever_complains_is_known(field):
    """Make the check that nobody appoints, without knowing it, a member who complains or has the complainant's name."""

    @says("whoever_complains_is_known", "A member who complains, or has the complainant’s name, is chosen knowingly.")
    def check(attempt):
        chosen = attempt.answers.get(field) or []
        ids = set(chosen if isinstance(chosen, list) else [chosen])
        found = warned(attempt.facts, [m for m in attempt.facts.members if str(m.pk) in ids])
        if found and not attempt.answers.get("aware"):
            words = f"{found[0].rstrip('.')}: tick that you know this, or choose somebody else"
            return Refusal(words, ("para 11",), field="aware")
        return None

    return check
