"""Who is told, and by when: the recipients and days that duties of several chapters share."""

from complaints.keys import StepKey
from panel.law import clock
from panel.law.roles import Role
from panel.models import OfficeHolder, office_holder_slug
from panel.models.settings_fields import ways_of


def target(name, start=None):
    """Make a due function: the panel's target of that name in the unit that the panel has set, counted from the day of
    the step or from `start`, or from where the panel counts it. It gives None where the panel has set no target."""
    unit, begins = ways_of(name)

    def due(attempt):
        length = getattr(attempt.targets, name)
        if not length:
            return None
        since = began(attempt, getattr(attempt.targets, begins, ""))
        since = since or (start(attempt) if start else attempt.on)
        return clock.UNITS[getattr(attempt.targets, unit)](since, length)

    due.setting = name  # a start-up check asks whether it is there
    return due


def began(attempt, what):
    """The day from which the panel counts: receipt, recording or the appointment of a sub-panel. None for what is no such
    thing, or has not happened: then it is counted as usual."""
    if what == "receipt":
        return attempt.case.received_on or attempt.on
    steps = {"recording": (StepKey.RECORD, StepKey.REFER_TO_IOPC), "appointment": (StepKey.APPOINT_SUB_PANEL,)}
    if attempt.step.key in steps.get(what, ()):
        return attempt.on
    found = attempt.look.last(*steps.get(what, ()))
    return found.on if found else None


def day_of(name):
    """Make a due function: the day that was answered there, or None."""
    return lambda attempt: clock.given(attempt.answers[name]) if attempt.answers.get(name) else None


def the_commissioner(attempt):
    """To whom a report under section 28(6) goes, and who answers it (s 29(3)): the Commissioner, also where the
    complaint is about the Deputy."""
    found = [s.office_holder for s in attempt.facts.subjects]
    slugs = [office_holder_slug(h) for h in found if h.office == OfficeHolder.Office.COMMISSIONER]
    return slugs[:1] or ["commissioner"]


def complainant(attempt):
    """The complainant, if somebody complained who can be told: nobody complained of a conduct matter (regs 11, 16)."""
    theirs = not attempt.parts or any(not attempt.facts.is_conduct_matter(p) for p in attempt.parts)
    return [Role.COMPLAINANT.value] if theirs and attempt.facts.complainant_can_be_told else []


def those_told(attempt):
    """The complainant, and the office holders who know of the complaint."""
    return complainant(attempt) + attempt.facts.told_holders()


def those_who_know(attempt):
    """The complainant, and the office holders who have been told of the complaint already."""
    return complainant(attempt) + attempt.facts.holders_who_know()


def both(attempt):
    """Both sides."""
    return attempt.facts.sides()
