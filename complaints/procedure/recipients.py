"""Who is told, and by when: the recipients and days that duties of several chapters share."""

from panel.law import clock
from panel.law.roles import Role


def target(name, start=None):
    """Make a due function: the panel's target of that name in working days, counted from the day of the step or from
    `start`. It gives None where the panel has set no target."""

    def due(a):
        days = getattr(a.targets, name)
        return clock.working_days(start(a) if start else a.on, days) if days else None

    return due


def complainant(a):
    """The complainant, if somebody complained who can be told: nobody complained of a conduct matter (regs 11, 16)."""
    theirs = not a.parts or any(not a.facts.is_conduct_matter(p) for p in a.parts)
    return [Role.COMPLAINANT.value] if theirs and a.facts.complainant_can_be_told else []


def those_told(a):
    """The complainant, and the office holders who know of the complaint."""
    return complainant(a) + a.facts.told_holders()


def both(a):
    """Both sides."""
    return a.facts.sides()
