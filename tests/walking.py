"""Random walks over one case of either register: offered steps are taken in any order by whomever they are offered, and
after each what must always hold is asked. The same seed is the same walk.

    told = Walk(world, "schedule8", 17).go()     # a new hearing; what was done, line by line
"""

import random
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, datetime, time, timedelta

from django.db import transaction

from hearings.procedure import schedule1, schedule8
from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.casework.errors import Invalid, Refused
from panel.casework.offers import offers
from panel.casework.perform import perform
from panel.law import clock
from panel.models import Case, Duty, Entry, Move
from panel.procedure.register import of_procedure
from panel.procedure.vocabulary import NEW
from tests import build
from tests import steps as complaints
from tests.carried import carried_on
from tests.hearings import build as hearings
from tests.meetings import build as meetings
from tests.reading import NOTIFIED, ON, RECEIVED

PEOPLE = ("officer",) * 4 + ("mo",) * 3 + ("chairman", "chairman", "sitting", "vice", "member")
SELDOM = (
    "ask_for_information", "withdraw", "void", "merge", "redirect", "decline_to_record", "declare_interest", "restrict",
    "add_allegation", "reverse", "note_contact", "ask_for_reversal", "candidate_withdraws", "withdraw_proposal", "lapse",
    "withdraw_reserve", "waive",
)  # fmt: skip
STEPS_A_WALK = 14
CHOICES = {  # other valid answers than the usual
    "filter": ("route", ["sub_panel_resolves", "informal_resolution", "full_panel", "sub_panel_considers"]),
    "reopen": ("to", ["received", "recorded"]),
    "iopc_concludes": ("follows", ["awaiting_proceedings", "recorded", "closed"]),
    "iopc_discontinues": ("direction", ["disapply", "part_4", "as_fit", "none"]),
    "proceedings_end": ("left", ["recorded", "closed"]),
    "record_evidence_step": ("kind", ["kept", "directed", "asked", "ended"]),
    "record_outcome": ("outcome", ["explained", "apology", "recommendations", "report", "not_resolved"]),
    "decide_copies": ("copy", ["full", "anonymised", "withheld"]),
    "refer_to_iopc": ("tell_office_holder", ["yes", "no"]),
    "decide_publication": ("publish", ["yes", "no"]),
}
OF_HEARINGS = {"reopen": ("to", ["under_review"])}
COPY_GROUND = {"ground": "prejudice", "why": "It might prejudice the investigation.", "who_hidden": "complainant"}


def a_complaint(world, draw) -> Case:
    """A new one, about one office holder or both, by somebody named or nobody; or a conduct matter."""
    if draw.random() < 0.1:
        return complaints.conduct_matter(world)
    about, who = draw.choice([("pcc",), ("pcc",), ("pcc", "deputy")]), draw.choice(["named", "named", "anonymous"])
    return build.log(world, on=RECEIVED, allegations=draw.choice([1, 1, 2, 3]), about=about, who=who)


def a_hearing(schedule: int) -> Callable:
    """Makes one under that Schedule."""
    return lambda world, draw: hearings.notify(world, schedule)


def a_meeting(world, draw) -> Case:
    """A meeting of one of the kinds."""
    return meetings.plan(world, on=ON, kind=draw.choice(["panel", "panel", "sub_panel", "informal"]))


# How a case is made, the answers to its steps, and the day from which it goes on.
WAYS = {
    "complaints": (a_complaint, complaints.answers, ON),
    "schedule1": (a_hearing(1), hearings.answers, NOTIFIED),
    "schedule8": (a_hearing(8), hearings.answers, NOTIFIED),
    "meetings": (a_meeting, meetings.answers, ON),
}
PROCEDURES = (
    of_procedure("complaints").procedure,
    schedule1.PROCEDURE,
    schedule8.PROCEDURE,
    of_procedure("meetings").procedure,
)


class Walk:
    """One walk. With `moving` days pass, so that duties fall due and waits end; else it is one day all the time."""

    def __init__(self, world, procedure: str, seed: int, case: Case | None = None, *, moving: bool = False) -> None:
        self.world, self.draw = world, random.Random(f"{procedure} {seed}" if moving else seed)  # noqa: S311
        self.make, self.answers, self.on = WAYS[procedure]
        self.case, self.moving, self.begun, self.name = case, moving, self.on, procedure
        self.told: list[str] = []

    def go(self, steps: int = STEPS_A_WALK) -> list[str]:
        """Take that many; what was done. Raises AssertionError for what does not hold."""
        with self.today():
            self.case = complaints.fresh(self.case or self.make(self.world, self.draw))
            holds(self.world, self.case)
        for _ in range(steps):
            self.on += timedelta(days=self.draw.choice([0, 0, 1, 4, 15] if self.moving else [0, 0, 1]))
            with self.today():
                self.one()
        return self.told

    def today(self):
        """The clock at the walk's day, where days pass."""
        return clock.set_to(datetime.combine(self.on, time(12), clock.LONDON)) if self.moving else nullcontext()

    def one(self) -> None:
        """Take a step that is offered to somebody, if one is."""
        by = self.world.people[self.draw.choice(PEOPLE)]
        offered = []
        if sees(self.case, by):
            offered = [o for o in offers(CaseContext(self.case, by)) if o.refusal is None]
        forward = [o for o in offered if o.step.moves and o.step.key not in SELDOM]
        if not offered:
            return
        offer = self.draw.choice(forward if forward and self.draw.random() < 0.5 else offered)
        key = offer.step.key
        if key in SELDOM and self.draw.random() < 0.7:
            return
        given = self.later(self.answers(self.world, self.case, key, by) | self.varied(offer))
        files = {"documents": [build.pdf()]} if key in complaints.ATTACHED else None
        before = self.case.version
        try:
            with transaction.atomic():
                perform(self.case, key, files=files, **{"by": by, "on": self.on, "seen": before, **given})
        except (Invalid, Refused) as refused:
            self.told.append(f"{self.on} {key} by {by.email}: {refused}")
            assert complaints.fresh(self.case).version == before
        else:
            self.told.append(f"{self.on} {key} by {by.email}")
            assert complaints.fresh(self.case).version == before + 1
        self.case = complaints.fresh(self.case)
        self.told[-1] += f" -> {self.case.status}"
        holds(self.world, self.case)

    def varied(self, offer) -> dict:
        """Other valid answers than the usual."""
        key, draw = offer.step.key, self.draw
        given: dict = {"late_why": "It was forgotten."}
        if len(offer.parts) > 1 and not offer.step.all_parts:
            given["parts"] = [str(p.number) for p in draw.sample(offer.parts, draw.randint(1, len(offer.parts)))]
        choices = {"complaints": CHOICES, "meetings": {}}.get(self.case.procedure, OF_HEARINGS)
        if key in choices:
            name, values = choices[key]
            given[name] = draw.choice(values)
        if key == "decide_copies":
            given |= COPY_GROUND
        return given

    def later(self, given: dict) -> dict:
        """Days that lie ahead when the walk begins lie as far ahead now."""
        if not self.moving:
            return given
        return {
            k: v + (self.on - self.begun) if isinstance(v, date) and v > self.begun else v for k, v in given.items()
        }


def sees(case, by) -> bool:
    """Whether that person sees the case."""
    return Case.objects.filter(rules.visible(rules.standing(by, case.panel)), pk=case.pk).exists()


def holds(world, case) -> None:
    """Assert everything that must be true of a case after every step."""
    case = complaints.fresh(case)
    procedure = of_procedure(case.procedure).follows(case.procedure)
    parts = list(case.register.part_model.objects.filter(case=case).order_by("number"))
    assert case.status == procedure.furthest(p.status for p in parts)
    numbers = list(case.entries.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, case.version + 1))
    declared = procedure.moves()
    for part in parts:
        stood, day = NEW, None
        for move in Move.objects.filter(part=part).select_related("entry").order_by("entry__number"):
            assert move.source == stood
            assert (move.entry.step, move.source, move.target) in declared
            stood = move.target
        assert part.status == stood
        in_force = Move.objects.filter(part=part, entry__in=Entry.objects.in_force()).select_related("entry")
        for move in in_force.order_by("entry__number"):
            if move.source != move.target:
                assert day is None or move.entry.on >= day
                day = move.entry.on
    duties_hold(procedure, case)
    carried_on(world, case)
    seats = list(case.roles.filter(kind="sub_panel", to_entry=None).values_list("member_id", flat=True))
    assert len(seats) == len(set(seats))
    assert len(seats) <= 3


def duties_hold(procedure, case) -> None:
    """Each duty is open or closed, once, and the case's next day is that of the first."""
    duties = list(Duty.objects.filter(case=case).select_related("opened_by", "closed_by"))
    still = [d for d in duties if d.closed_by_id is None]
    unique = [
        (d.kind, d.recipient, d.part_id)
        for d in still
        if not (procedure.duty(d.kind).notice or procedure.duty(d.kind).repeatable)
    ]
    assert len(unique) == len(set(unique)), f"opened twice: {unique}"
    assert case.next_due == min((d.due for d in still if d.due and not d.stopped_on), default=None)
    for duty in duties:
        assert (duty.closed_by_id is None) == (duty.closed_how == "")
        assert duty.closed_by_id is None or duty.closed_by.number >= duty.opened_by.number
