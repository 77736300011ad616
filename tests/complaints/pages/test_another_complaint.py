"""Any complaint of the register can be named as the earlier case, the duplicate or the one that goes on: by its reference,
however old it is, and its words find the reference."""

import pytest

from complaints.models import Complaint
from complaints.procedure.regulation_15 import REPETITIOUS
from panel.record.act import sealed_act
from tests import build
from tests.panel.pages.cases import step_url
from tests.panel.pages.page import Browser
from tests.steps import DISAPPLIED, RECEIVED, at, close, take

pytestmark = pytest.mark.django_db


def void(page, name, reason="duplicate"):
    """What the page of voiding says of that complaint."""
    return page.submit("Void it", reason=reason, duplicate_of=name, why="Sent twice.")


@pytest.fixture
def voiding(world):
    """The page of voiding a complaint."""
    return Browser(world.mo).get(step_url(at(world, "received"), "void"))


def test_a_complaint_older_than_two_hundred_others_can_be_named(world, voiding):
    old = at(world, "recorded")
    with sealed_act(world.panel, by=None, name="set_up"):
        for n in range(201):
            Complaint.objects.create(
                panel=world.panel, procedure="complaints", reference=f"EX-C-2026-{7000 + n}", title="Later",
                received_on=RECEIVED, year=2026, serial=7000 + n,
            )  # fmt: skip
    done = void(voiding, f" {old.reference.lower()} ")
    assert done.banner.startswith("Void")


def test_nothing_entered_asks_for_it(voiding):
    assert void(voiding, "").errors == {"duplicate_of": ["Enter which complaint it is"]}


def test_a_reference_that_is_not_there_is_said_to_be_unknown(voiding):
    found = void(voiding, "EX-C-2019-0001")
    assert found.errors == {"duplicate_of": ["There is no other complaint EX-C-2019-0001 that you can see"]}


def test_words_that_one_complaint_holds_lead_to_its_reference(world, voiding):
    one = build.log(world, on=RECEIVED, title="Parking at Quayside")
    found = void(voiding, "parking quayside")
    assert found.errors == {"duplicate_of": [f"Do you mean {one.reference}, Parking at Quayside? Enter its reference"]}
    assert void(found, one.reference).banner.startswith("Void")


def test_words_that_several_hold_list_them_below(world, voiding):
    refs = [build.log(world, on=RECEIVED, title=f"Parking, letter {n}").reference for n in (1, 2)]
    found = void(voiding, "parking")
    assert found.errors == {"duplicate_of": ["Several complaints hold “parking”: enter the reference of one"]}
    assert found.matches == {"duplicate_of": [f"{refs[1]}, Parking, letter 2", f"{refs[0]}, Parking, letter 1"]}
    assert void(found, refs[0]).banner.startswith("Void")


def test_of_more_than_ten_only_the_newest_are_listed(world, voiding):
    refs = [build.log(world, on=RECEIVED, title="Parking").reference for _ in range(11)]
    found = void(voiding, "parking")
    assert found.matches["duplicate_of"] == [
        *(f"{r}, Parking" for r in refs[:0:-1]),
        "and others: more words find fewer",
    ]


def test_complaints_of_the_same_person_are_listed_first(world, voiding):
    theirs = build.log(world, on=RECEIVED, title="Parking, first letter").reference
    for n in range(3):
        build.log(world, on=RECEIVED, title=f"Parking {n}", name=f"Somebody {n}", email=f"s{n}@example.org")
    assert void(voiding, "parking").matches["duplicate_of"][0] == f"{theirs}, Parking, first letter"


def test_words_that_none_holds_say_so(voiding):
    (said,) = void(voiding, "zeppelin").errors["duplicate_of"]
    assert said == "No other complaint that you can see holds “zeppelin”: enter its reference"


def test_another_panels_complaint_and_the_case_itself_are_not_found(world, voiding):
    elsewhere = build.make_world("farshire", "FA", "Farshire")
    foreign = build.log(elsewhere, on=RECEIVED, title="Parking at Quayside")
    for name in (foreign.reference, "quayside"):
        assert foreign.reference not in void(voiding, "quayside").errors["duplicate_of"][0]
        assert "duplicate_of" in void(voiding, name).errors
    own = voiding.text.split(",")[0]
    assert "duplicate_of" in void(voiding, own.split()[-1]).errors


def test_the_earlier_case_of_ground_f_is_named_the_same_way(world):
    yarrow = {"on": RECEIVED, "name": "Edwin Yarrow", "email": "yarrow@example.org"}
    earlier = take(world, take(world, build.log(world, **yarrow), "record"), "decide_copies")
    earlier = close(world, take(world, earlier, "filter", route="no_action", **DISAPPLIED))
    case = take(world, build.log(world, **yarrow), "record")
    page = Browser(world.chairman).get(step_url(case, "filter"))
    assert "By the same person: " in page.text
    assert f"{earlier.reference}, Public meeting at Larkford (closed: take no action)" in page.text
    given = {
        "offence": "no",
        "route": "no_action",
        "considered": True,
        "grounds": ["f"],
        "limbs": list(REPETITIOUS),
        "earlier_ended": "disapplied",
        "reasons_f": "The same.",
    }
    found = page.submit("Continue", **given, earlier="zeppelin", no_advice_why="He is away.")
    assert "holds “zeppelin”" in found.errors["earlier"][0]
    check = found.submit("Continue", earlier=earlier.reference)
    assert earlier.reference in check.text
