"""A panel whose words are all different: every page, step, refusal and paper uses its own."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.casework.offers import offers
from panel.law import clock
from panel.law.spoken import Words, say, speaking
from panel.models import User
from panel.record.act import sealed_act
from tests import build
from tests.hearings import build as hearings
from tests.journeys import sweep, test_sweep
from tests.panel.pages.page import Reader
from tests.steps import at

pytestmark = pytest.mark.django_db
OWN = {
    "chairman_word": "Convenor",
    "sub_panel_word": "working party",
    "commissioner_word": "Police, Fire and Crime Mayor",
}
# Of a letter's own text, the names of its fields; of an email that came in, its writer's words.
OTHERS_WORDS = re.compile(
    r"\{chairman(_word)?\}|\bchairman(_word)?(?=,)|Complaint about the Commissioner: our client|the Commissioner’s surgery"
)
USUAL = re.compile(r"(?<!Information )\b(Chairman|chairman|Vice-Chairman|[Ss]ub-panels?|Commissioner)\b(?!@)")
# Of the installation, not of a panel; the search form and notes of the law name offices as the Regulations do.
NOT_A_PANELS = (
    "panel:journal",
    "help",
    "roles",
    "accessibility",
    "privacy",
    "installation",
    "choose-panel",
    "account",
    "accept",
    "socialaccount",
)


def texts(html):
    """What a reader sees of a page."""
    reader = Reader(html)
    return " ".join(e.text for e in reader.root.all("main", "nav", "header", "title"))


@pytest.fixture
def world():
    with clock.set_to(datetime(2026, 11, 18, 12, tzinfo=UTC)):
        made = build.make_world(**OWN)
        with sealed_act(made.panel, by=None, name="set_up"):
            for n, user in enumerate(User.objects.all()):
                user.name = f"Person {n}"
                user.save()
            for n, member in enumerate(made.members):
                member.name = f"Cllr {n}"
                member.save()
        for key, user in made.people.items():
            if isinstance(user, User):
                made.people[key] = User.objects.get(pk=user.pk)
        yield made


def found_in(client, address):
    answer = client.get(address)
    html = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, sorted(
        {m.group(0) + "…" + near(m) for m in USUAL.finditer(OTHERS_WORDS.sub("", texts(html.decode())))}
    )


def near(match):
    """The words around a match, to find it by."""
    return match.string[max(0, match.start() - 40) : match.end() + 30]


def test_every_page_uses_the_panels_own_words(world):
    test_sweep.add_people(world)
    with sealed_act(world.panel, by=None, name="set_up"):  # settings to come have the same words
        later = world.panel.settings.last()
        for name, word in OWN.items():
            setattr(later, name, word)
        later.save()
    cases = [("complaints", at(world, "sub_panel")), ("hearings", hearings.at(world, "heard", 8))]
    wrong = {}
    for name, who, address in sweep.pages(world, cases, test_sweep.issued_report(world)):
        if not who or who in ("root", "stranger") or name.startswith(NOT_A_PANELS):
            continue
        client = Client()
        client.force_login(world.people[who])
        status, found = found_in(client, address)
        if found:
            wrong[f"{name} {who} {address}"] = found[:6]
    assert wrong == {}


@pytest.mark.parametrize(
    "state", ["received", "recorded", "filtered", "sub_panel", "informal_resolution", "outcome_recorded"]
)
def test_every_step_and_refusal_uses_them(world, state):
    case, wrong = at(world, state), {}
    client = Client()
    client.force_login(world.officer)
    with speaking(world.panel.words):
        look = CaseContext(case, world.officer, rules.standing(world.officer, world.panel))
        for o in offers(look):
            words = f"{o.step.label} {o.step.hint} {o.refusal or ''}"
            if USUAL.search(words):
                wrong[o.step.key] = words
    for o in offers(CaseContext(case, world.officer)):
        if o.refusal is None:
            _, found = found_in(client, f"/exshire/complaints/{case.reference}/{o.step.key}/")
            if found:
                wrong[f"page {o.step.key}"] = found[:4]
    assert wrong == {}


def test_said_twice_it_is_the_same():
    words = Words(
        chairman="Chairman of the Board", sub_panel="sub-panel B", commissioner="Police, Fire and Crime Commissioner"
    )
    with speaking(words):
        once = say(
            "The Chairman and the Vice-Chairman ask the Commissioner, the Information Commissioner and a Sub-panel."
        )
        assert once == (
            "The Chairman of the Board and the Vice-Chairman of the Board ask the Police, Fire and Crime Commissioner, the "
            "Information Commissioner and a Sub-panel B."
        )
        assert say(once) == once
    assert say("The Chairman") == "The Chairman"
