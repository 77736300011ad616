"""Conditions that several chapters share, one function each: a Refusal with its provision, or None.

Guards see the attempt (or attempt and allegation) and grey the step out; checks see the answers. A condition of one
chapter alone stands in that chapter.
"""

from complaints.keys import StateKey, StepKey
from complaints.models import Allegation
from complaints.procedure.regulation_15 import DISAPPLIES
from complaints.procedure.seriousness import offence_is_settled
from panel.access import rules
from panel.law.period import day_words
from panel.law.roles import Role, Wait
from panel.procedure.vocabulary import Elsewhere, Refusal, says

# Where what is only done on the record has not come to it

NOT_RECORDED = Elsewhere(
    "It is not recorded yet.", "record it.", "record", (StateKey.RECEIVED, StateKey.AWAITING_INFORMATION)
)

# Guards of one allegation


def not_due_to_iopc(attempt, part):
    """No forward step on an allegation that must go to the IOPC first (regs 15(1), 27)."""
    if part.due_to_iopc:
        return Refusal(
            f"Allegation {part.number} must first go to the IOPC.",
            ("para 3", "reg 13", "reg 15", "reg 27"),
            "refer it to the IOPC.",
            first=StepKey.REFER_TO_IOPC,
            waits_for=Wait.IOPC,
        )
    return None


def not_suspended(attempt, part):
    """While the IOPC suspends the procedure no forward step is taken on the allegation (reg 22). What was done before can
    be typed up."""
    if part.suspended_on and part.suspended_on <= attempt.on:
        return Refusal(
            f"The IOPC has suspended the procedure on allegation {part.number} since {day_words(part.suspended_on)}.",
            ("para 3", "reg 22"),
            "wait until the IOPC lifts the suspension.",
            waits_for=Wait.SUSPENSION,
        )
    return None


FORWARD = (not_due_to_iopc, offence_is_settled, not_suspended)


def route_is(*routes):
    """The Chairman has chosen one of these routes."""
    words = " or ".join(Allegation.Route(r).label.lower() for r in routes)

    @says("route_is", f"Its route, once decided, is: {words}.")
    def guard(attempt, part):
        if part.status == StateKey.FILTERED and part.route not in routes:
            return Refusal(
                f"The Chairman has not decided on this: {words}.", ("para 7", "para 11"), "another decision, if needed."
            )
        return None

    return guard


def is_before(role, attempt, part):
    """Whether that body has the allegation, and so can decide: the sub-panel what it was given, the Panel what was
    referred to it, the Chairman everything that the Panel does not have (paras 7, 11, 16)."""
    if role == Role.SUB_PANEL:
        return part.status in (StateKey.SUB_PANEL, StateKey.INFORMAL_RESOLUTION) and bool(attempt.facts.sub_panel)
    if role == Role.PANEL:
        return part.status == StateKey.FULL_PANEL
    return part.status != StateKey.FULL_PANEL


def before_whom_it_is(attempt, part):
    """Who has the power to decide a step here decides only what is before them; who types it up is asked later."""
    mine = attempt.roles & set(attempt.step.decided_by)
    if mine and not any(is_before(role, attempt, part) for role in mine):
        return Refusal(
            f"Allegation {part.number} is not before you: {_whose(attempt, part)} decides.",
            ("para 11", "para 16"),
        )
    # What the full Panel resolves the officer always types up; what others decide, where the Panel's settings allow it.
    if not mine and part.status != StateKey.FULL_PANEL and not attempt.settings.officer_enters_decisions:
        return Refusal(
            f"Only {_whose(attempt, part)} can do this. The Panel’s settings do not let the officer enter it.",
            ("para 11", "para 16"),
        )
    return None


def _whose(attempt, part):
    """Before whom it is: the Chairman, or whoever decides in the Chairman's place as the panel has it."""
    bodies = (Role.SUB_PANEL, Role.PANEL)
    one = next((f"the {role.words}" for role in attempt.step.decided_by if role not in bodies), "the Chairman")
    return {"full_panel": "the full Panel", "filtered": one}.get(part.status, f"the sub-panel or {one}")


# Guards of the case


def a_complaint(attempt):
    """There is a complaint: a conduct matter has nobody to ask, nothing to copy and nobody to add to it (regs 11,
    12)."""
    if attempt.case.conduct_matter:
        return Refusal(
            "It is a conduct matter: there is no complaint, and nobody who complained.",
            (*attempt.step.provisions, "reg 11", "reg 12"),
        )
    return None


def a_duty_of(key, reason, remedy=""):
    """A duty of that kind is open."""

    @says("a_duty_of", f"A duty “{key}” is open.")
    def guard(attempt):
        if not any(d.kind == key for d in attempt.look.open_duties):
            return Refusal(reason, attempt.step.provisions, remedy)
        return None

    return guard


# Checks of answers


def decided_by_whom_it_was_before(attempt):
    """A decision that is typed up is that of the body which had it (paras 11, 16)."""
    for part in attempt.parts:
        if not is_before(attempt.decided_as, attempt, part):
            return Refusal(
                f"Allegation {part.number} was not before the {Role(attempt.decided_as).words}: {_whose(attempt, part)} decides",
                ("para 11", "para 16"),
                field="decided_as",
            )
    return None


def decider_could_decide(attempt):
    """Whoever decided held office that day and has no interest; a Vice-Chairman only when the Chairman could not."""
    m = attempt.decided_by
    if attempt.decided_as != Role.CHAIRMAN or (m is None and attempt.form.typed_for):
        return None
    offices = [c for c in attempt.panel.chairmanships.filter(member=m) if c.holds(attempt.on)] if m else []
    if not attempt.form.typed_for:
        then = rules.roles_on(rules.standing(attempt.user, attempt.panel, attempt.on), attempt.look.case_roles)
        if Role.CHAIRMAN in then or any(c.office == Role.CHAIRMAN for c in offices):
            return None
        return Refusal(
            f"You were not Chairman, and did not act for the Chairman, on {day_words(attempt.on)}",
            ("para 7",),
            field="on",
        )
    if not offices:
        return Refusal(
            f"{m.name} was not Chairman or Vice-Chairman on {day_words(attempt.on)}", ("para 7",), field="decider"
        )
    if m.pk in attempt.facts.withdrawn_by(attempt.on):
        return Refusal(f"{m.name} has declared an interest and cannot decide", ("para 7",), field="decider")
    if all(c.office == Role.VICE_CHAIRMAN for c in offices):
        chairmen = {
            c.member_id for c in attempt.panel.chairmanships.filter(office=Role.CHAIRMAN) if c.holds(attempt.on)
        }
        there = rules.standing(attempt.user, attempt.panel, attempt.on)
        if any(o.user_id == m.user_id and o.away for o in there.offices):
            return Refusal(f"{m.name} was away on {day_words(attempt.on)}", ("para 7",), field="decider")
        if chairmen - attempt.facts.withdrawn_by(attempt.on) and rules.chairman_acts(there, attempt.look.case_roles):
            return Refusal(
                f"{m.name} decides only when the Chairman is away or has an interest", ("para 7",), field="decider"
            )
    return None


def direction_is_obeyed(attempt):
    """What the IOPC directs is done: whoever decides may not decide against it (reg 24)."""
    decides = {"take_no_action": "no_action", "resolve_informally": "informal_resolution"}
    route = decides.get(attempt.step.key) or attempt.answers.get("route")
    for p in attempt.parts:
        if p.direction == "disapply" and route not in DISAPPLIES:
            return Refusal(
                f"The IOPC directed that allegation {p.number} be handled otherwise than under Part 4: "
                + ("it is not resolved informally" if attempt.step.key in decides else "choose that, or no action"),
                ("reg 24",),
                field="route",
            )
        if p.direction == "part_4" and route in DISAPPLIES:
            return Refusal(
                f"The IOPC directed that allegation {p.number} be resolved informally: "
                + ("no action cannot be decided" if attempt.step.key in decides else "choose a route that does"),
                ("reg 24",),
                field="route",
            )
    return None


def dates_in_order(attempt):
    """Incident, then complaint, then receipt; none in the future."""
    made = attempt.answers.get("made_on")
    if made and made > attempt.on:
        return Refusal("Date it was made must be on or before the date we received it", ("para 4",), field="made_on")
    for n, row in attempt.form.allegation_rows():
        if row["happened_on"] and row["happened_on"] > (made or attempt.on):
            return Refusal(
                "The day it happened must be on or before the day the complaint was made",
                ("para 4",),
                field=f"happened_on_{n}",
            )
    return None


def subject_held_office(attempt):
    """An incident outside a term of office needs a reason why it belongs here (reg 2; docs/law.md)."""
    for n, row in attempt.form.allegation_rows():
        if not row["happened_on"] or row["early_reason"]:
            continue
        holders = attempt.form.holders()
        if holders and not any(h.holds(row["happened_on"]) for h in holders):
            h = holders[0]
            when = f"took office on {day_words(h.from_date)}"
            if h.to_date and row["happened_on"] > h.to_date:
                return Refusal(
                    f"{h.short_name} left office on {day_words(h.to_date)}. Enter why a later incident belongs here",
                    ("reg 2",),
                    field=f"early_reason_{n}",
                )
            return Refusal(
                f"{h.short_name} {when}. Enter why an earlier incident belongs here",
                ("reg 2",),
                field=f"early_reason_{n}",
            )
    return None
