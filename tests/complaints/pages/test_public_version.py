"""The public version of an outcome: every place that could show who somebody is, decided by a person; what goes out; and the
Panel's page for the public, which is there only where the settings say so."""

import io
import re
import zipfile
from datetime import date

import pytest
from django.test import Client, TestCase
from django.urls import reverse

from complaints.public.find import KEEP, LEAVE, Place, find, made, marked
from complaints.public_models import PublicVersion
from panel.casework.case_context import CaseContext
from panel.files import pdf
from panel.law import clock
from panel.models import PanelSettings
from panel.record import verify
from panel.record.act import sealed_act
from tests import build
from tests.shared import NOW
from tests.steps import at, close, fresh, heard, take, waive_all

pytestmark = pytest.mark.django_db
RECORD = (
    "Gillian Thorpe, of 9 Chandler Street, Exbridge, complained that Mr Ashcombe walked away. She was there with her daughter "
    "Ada.\n\nMr Ashcombe told Mrs Thorpe that he was sorry. In her words, she was “the woman in the wheelchair”. She rang "
    "01632 960123 and wrote to scrutiny@exshire.example; the crime number was 22/54321/18. Zebedee Farnsworth was there."
)
FOUND = {
    "Gillian Thorpe": "The complainant", "9 Chandler Street, Exbridge": "An address",
    "her daughter Ada": "A relative or friend", "Mrs Thorpe": "The complainant",
    "the woman in the wheelchair": "Somebody’s own words", "01632 960123": "A telephone number",
    "scrutiny@exshire.example": "An email address", "22/54321/18": "A number",
    "Zebedee Farnsworth": "Could be a name or a place",
}  # fmt: skip


@pytest.fixture(autouse=True)
def now():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def world(db):
    return build.make_world()


@pytest.fixture
def case(world):
    """A complaint with that outcome."""
    case = take(world, heard(world, at(world, "informal_resolution")), "decide_copies")
    return take(world, case, "record_outcome", record=RECORD)


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def address(case, rest="public-version/"):
    return f"/exshire/complaints/{case.reference}/{rest}"


def answers(page, **decided):
    """What the page asks, each mark left out unless `decided` by its words; with what stands instead as proposed."""
    marks = re.findall(r"<legend[^>]*>\s*\d+\. (.*?)</legend>.*?name=\"mark-([\d-]+)\"", page, re.S)
    shown = dict(re.findall(r'name="shown-([\d-]+)"\s+id="[^"]*" value="([^"]*)"', page))
    return {f"mark-{key}": decided.get(words, LEAVE) for words, key in marks} | {
        f"shown-{k}": v for k, v in shown.items()
    }


def test_every_mark_is_found_and_none_is_passed_over(world, case):
    look = CaseContext(case, world.officer)
    places = find(look, RECORD)
    assert {RECORD[p.start : p.end]: p.why for p in places} == FOUND
    assert made(RECORD, places) == RECORD  # nothing is decided yet
    client = browser(world.officer)
    page = client.get(address(case)).content.decode()
    assert "9 places could show who somebody is. 0 confirmed, 9 not yet." in " ".join(page.split())
    assert not re.search(r'type="radio"[^>]* checked', page)
    refused = client.post(address(case), {})
    assert refused.status_code == 422
    assert "Confirm marks 1, 2, 3, 4, 5, 6, 7, 8 and 9" in refused.content.decode()
    assert not PublicVersion.objects.exists()
    assert "<mark><b>Gillian Thorpe<sup>1</sup></b></mark>" in page
    assert marked("<b>\nx", [Place(0, 1, "", keep=KEEP)]) == "<u>&lt;<sup>1</sup></u>b&gt;<br>x"


def test_what_was_left_out_is_in_no_file_and_the_decision_begins_with_it(world, case):
    client = browser(world.officer)
    page = client.get(address(case)).content.decode()
    later = client.post(address(case), {**dict(list(answers(page).items())[:1]), "later": "1"})
    assert later.status_code == 302
    assert not PublicVersion.objects.get().confirmed
    assert client.get(address(case, "public-version.docx")).status_code == 404
    missing = client.post(address(case), {"other_words": "Nowhere said", "later": "1"})
    assert "“Nowhere said” does not stand in the text" in missing.content.decode()
    client.post(address(case), {"other_words": "walked away", "later": "1"})
    page = client.get(address(case)).content.decode()
    assert "Marked by hand" in page
    said = answers(page, **{"walked away": "keep"})
    loud = {k: "Mrs Thorpe" if k.startswith("shown") else v for k, v in said.items()}
    assert "holds what is left out" in client.post(address(case), loud).content.decode()
    assert client.post(address(case), said).status_code == 302
    row = PublicVersion.objects.get()
    assert row.confirmed
    assert row.original.answers["record"] == RECORD
    for words in FOUND:
        assert words not in row.text
    assert row.text.startswith(
        "The complainant, complained that Mr Ashcombe walked away. She was there with a relative."
    )
    assert " ." not in row.text
    word = client.get(address(case, "public-version.docx"))
    with zipfile.ZipFile(io.BytesIO(word.content)) as packed:
        whole = "\n".join(packed.read(n).decode("utf-8", "replace") for n in packed.namelist())
    assert "Thorpe" not in whole
    assert "walked away" in whole
    assert "Officer of Exshire" not in whole
    if pdf.can_be_made():
        assert client.get(address(case, "public-version.pdf")).content.startswith(b"%PDF")
    decide = client.get(address(case, "decide_publication/")).content.decode()
    assert "The complainant, complained that" in decide
    assert "Make the public version" in decide
    assert "Each place confirmed" in client.get(address(case, "")).content.decode()
    assert list(verify.verify(world.panel)) == []


def test_only_staff_make_it_and_nobody_without_an_outcome(world, case):
    assert browser(world.chairman).get(address(case)).status_code == 403
    assert browser(world.mo).get(address(case)).status_code == 200
    assert browser(world.officer).get(address(at(world, "recorded"))).status_code == 404
    assert browser(world.officer).get(address(case, "public-version.exe")).status_code == 404


def test_an_erasure_takes_it(world, case):
    client = browser(world.officer)
    client.post(address(case), answers(client.get(address(case)).content.decode()))
    case = waive_all(world, close(world, fresh(case)))
    with TestCase.captureOnCommitCallbacks(execute=True):
        case = take(world, take(world, case, "propose_erasure"), "erase")
    row = PublicVersion.objects.get()
    assert (row.text, row.marks) == ("", {})
    assert not any("Thorpe" in str(v) for r in PublicVersion.history.values() for v in r.values())
    assert client.get(address(case)).status_code == 404
    assert list(verify.verify(world.panel)) == []


def turn_on(world):
    with sealed_act(world.panel, by=None, name="change_settings"):
        row = PanelSettings.objects.get(panel=world.panel)
        row.public_page = True
        row.save()


def test_the_page_for_the_public_is_off_by_default_and_leads_nowhere(world, case):
    url = reverse("panel:published", args=["exshire"])
    assert Client().get(url).status_code == 404
    turn_on(world)
    answer = Client().get(url)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    assert "1 complaint about the conduct" in page
    assert "No outcome has been published." in page
    assert "Thorpe" not in page
    assert re.findall(r'<a |<form|href="(?!/static)', page) == []
    assert Client().post(url).status_code == 405
    assert Client().get("/nowhere/published/").status_code == 404


def test_only_what_was_decided_and_published_stands_on_it(world, case):
    turn_on(world)
    url = reverse("panel:published", args=["exshire"])
    case = take(world, case, "invite_representations")
    for side in CaseContext(case, world.officer).facts.sides():
        case = take(world, case, "note_representations", side=side, view="agrees")
    case = take(world, case, "decide_publication", publish="yes", considered=True, public_interest=True,
                redacted="A resident was told that he was sorry.\nHe said so in a letter.")  # fmt: skip
    assert "A resident" not in Client().get(url).content.decode()  # decided, and not published yet
    duty = case.duties.get(kind="publish", closed_by=None)
    case = take(world, case, "give_notice", duties=[str(duty.pk)], on=date(2026, 11, 18))
    page = Client().get(url).content.decode()
    assert "A resident was told that he was sorry." in page
    assert case.reference in page
    assert "Published 18 November 2026" in page
    with sealed_act(world.panel, by=None, name="set_up"):
        case = fresh(case)
        case.restricted = True
        case.save()
    assert "A resident" not in Client().get(url).content.decode()
