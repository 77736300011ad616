"""Random walks: whatever steps are taken, in whatever order, by whomever they are offered, what must hold holds. Each
is repeatable by its seed; `make test-deep` takes more of them."""

import random
from datetime import timedelta

import pytest
from django.db import transaction

from complaints.procedure import PROCEDURE
from panel.casework.case_context import CaseContext
from panel.casework.errors import Invalid, Refused
from panel.casework.offers import offers
from panel.casework.perform import perform
from panel.models import Duty, Entry, Move
from panel.procedure.vocabulary import NEW
from panel.record.verify import verify
from tests import build
from tests.carried import carried_on
from tests.steps import ATTACHED, ON, RECEIVED, answers, fresh, seeds

PEOPLE = ("officer",) * 4 + ("mo",) * 3 + ("chairman", "chairman", "sitting", "vice", "member")
SELDOM = (
    "ask_for_information", "withdraw", "void", "merge", "redirect", "decline_to_record", "declare_interest", "restrict",
    "add_allegation", "reverse", "note_contact", "ask_for_reversal",
)  # fmt: skip
STEPS_A_WALK = 16


def holds(world, case):
    """Assert everything that must be true of a case after every step."""
    case = fresh(case)
    parts = list(case.register.part_model.objects.filter(case=case).order_by("number"))
    assert case.status == PROCEDURE.furthest(p.status for p in parts)
    numbers = list(case.entries.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, case.version + 1))
    declared = PROCEDURE.moves()
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
    duties = list(Duty.objects.filter(case=case))
    still = [d for d in duties if d.closed_by_id is None]
    assert all(d.closed_how == "" for d in still)
    carried_on(world, case)
    unique = [
        (d.kind, d.recipient, d.part_id)
        for d in still
        if not (PROCEDURE.duty(d.kind).notice or PROCEDURE.duty(d.kind).repeatable)
    ]
    assert len(unique) == len(set(unique))
    assert case.next_due == min((d.due for d in still if d.due and not d.stopped_on), default=None)
    for duty in duties:
        assert (duty.closed_by_id is None) == (duty.closed_how == "")
        assert duty.closed_by_id is None or duty.closed_by.number >= duty.opened_by.number
    seats = list(case.roles.filter(kind="sub_panel", to_entry=None).values_list("member_id", flat=True))
    assert len(seats) == len(set(seats))
    assert len(seats) <= 3


def walk(world, seed: int) -> list[str]:
    """Take random offered steps of one complaint, checking all that holds after each; what was done, line by line."""
    draw = random.Random(seed)  # noqa: S311 - the same walk for the same seed
    about, who = draw.choice([("pcc",), ("pcc",), ("pcc", "deputy")]), draw.choice(["named", "named", "anonymous"])
    new = fresh(build.log(world, on=RECEIVED, allegations=draw.choice([1, 2, 3]), about=about, who=who))
    case = fresh(draw.choice([new, *world.ready.values()]))
    on, told = ON, []
    for _ in range(STEPS_A_WALK):
        by = world.people[draw.choice(PEOPLE)]
        offered = [o for o in offers(CaseContext(case, by)) if o.refusal is None] if sees(case, by) else []
        forward = [o for o in offered if o.step.moves and o.step.key not in SELDOM]
        if not offered:
            continue
        offer = draw.choice(forward if forward and draw.random() < 0.5 else offered)
        if offer.step.key in SELDOM and draw.random() < 0.7:
            continue
        key = offer.step.key
        given = answers(world, case, key, by) | varied(draw, key, offer)
        on = on + timedelta(days=draw.choice([0, 0, 1]))
        files = {"documents": [build.pdf()]} if key in ATTACHED else None
        try:
            with transaction.atomic():
                perform(case, key, by=by, on=on, seen=case.version, files=files, **given)
        except (Invalid, Refused) as refused:
            told.append(f"{key} by {by.email}: {refused}")
            assert fresh(case).version == case.version
        else:
            told.append(f"{key} by {by.email}")
            assert fresh(case).version == case.version + 1
        case = fresh(case)
        print(told[-1], case.status)
        holds(world, case)
    return told


def varied(draw, key, offer) -> dict:
    """Other valid answers than the usual."""
    given = {"late_why": "It was forgotten."}
    if len(offer.parts) > 1 and not offer.step.all_parts:
        given["parts"] = [str(p.number) for p in draw.sample(offer.parts, draw.randint(1, len(offer.parts)))]
    choices = {
        "filter": ("route", ["sub_panel_resolves", "informal_resolution", "full_panel", "sub_panel_considers"]),
        "reopen": ("to", ["received", "recorded"]),
        "iopc_concludes": ("follows", ["awaiting_proceedings", "recorded", "closed"]),
        "iopc_discontinues": ("direction", ["disapply", "part_4", "as_fit", "none"]),
        "proceedings_end": ("left", ["recorded", "closed"]),
        "record_evidence_step": ("kind", ["kept", "directed", "asked", "ended"]),
    }
    if key in choices:
        name, values = choices[key]
        given[name] = draw.choice(values)
    return given


def sees(case, by):
    """Whether that person sees the case."""
    from panel.access import rules
    from panel.models import Case

    return Case.objects.filter(rules.visible(rules.standing(by, case.panel)), pk=case.pk).exists()


@pytest.mark.parametrize("seed", seeds())
@pytest.mark.postgres
def test_no_random_walk_breaks_what_always_holds(world, seed):
    walk(world, seed)
    assert list(verify(world.panel)) == []


@pytest.mark.postgres
def test_live_rows_are_as_history_and_journal_have_them_after_some_walks(world):
    told = [line for seed in range(100, 103) for line in walk(world, seed)]
    assert list(verify()) == []
    taken = {line.split()[0] for line in told if ": " not in line}
    assert len(taken) > 12  # they do get about


@pytest.mark.parametrize("state", [s.key for s in PROCEDURE.states])
def test_it_holds_in_every_state(world, state):
    holds(world, world.ready[state])
