"""A step, state or duty that is declared no more still stands on records: every page that shows it has words for it."""

from dataclasses import replace

import pytest
from django.core.checks import run_checks

from panel.casework.case_context import CaseContext
from panel.models import Draft, Duty
from panel.procedure.machine import RetiredStep
from panel.procedure.register import REGISTERS
from tests.hearings import build as hearings
from tests.panel.pages.cases import case_url, step_url
from tests.panel.pages.page import Browser
from tests.steps import at, fresh, open_duties, take, waive_all

PAGES = (
    "", "parts/", "timeline/", "history/", "history/?format=csv", "seen/", "documents/", "package.zip", "reverse/", "waive/",
)  # fmt: skip
PANEL = (
    "/exshire/", "/exshire/complaints/?show=all", "/exshire/complaints/download.csv?show=all", "/exshire/history/",
    "/exshire/history/openings/", "/exshire/retention/", "/exshire/complaints/report/?year=2026-27", "/roles/", "/help/",
)  # fmt: skip


def declare(monkeypatch, **changes):
    """Declare the procedure otherwise, for this test."""
    register = REGISTERS["complaints"]
    changed = replace(register.procedure, **changes)
    monkeypatch.setitem(REGISTERS, "complaints", replace(register, procedures=(changed,)))
    return changed


def without(monkeypatch, *keys, **retired):
    """Declare it without these steps."""
    steps = REGISTERS["complaints"].procedure.steps
    return declare(monkeypatch, steps=tuple(s for s in steps if s.key not in keys), **retired)


def read(response) -> str:
    """What came, whatever it is."""
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode("latin-1")


def opens(world, case, people):
    """Every page that could name it opens, for these people; what the first of them reads. The Monitoring Officer reads
    all of them; for others the panel's pages but the list and home are the same, or closed."""
    texts = {}
    for who in people:
        client = Browser(world.people[who]).client
        for url in (*(case_url(case, page) for page in PAGES), *(PANEL if who == people[0] else PANEL[:2])):
            response = client.get(url)
            reads = who == "mo" and not url.endswith(("reverse/", "waive/"))
            assert response.status_code in ((200,) if reads else (200, 302, 403, 404, 409)), (who, url)
            texts.setdefault(url.removeprefix(case_url(case)), read(response))
    found = Browser(world.mo).client.post("/exshire/person/", {"name": "Gillian Thorpe"})
    assert found.status_code == 200
    file = Browser(world.mo).client.post("/exshire/person/", {"name": "Gillian Thorpe", "file": "1"})
    assert file.status_code == 200
    read(file)
    return texts


EVERYBODY = ("mo", "officer", "chairman", "auditor")
# Every day three kinds: one that moves the complaint, one that meets a duty, and one that takes somebody's sight away.
OFTEN = {"record": ("mo", "officer"), "give_notice": ("mo", "chairman"), "declare_interest": ("mo", "auditor")}
TAKEN = ("note_contact", "give_notice", "assign", "hold", "restrict", "correct", "record", "declare_interest", "log")
IN_FULL = [pytest.param(key, EVERYBODY, id=f"{key}, in full", marks=pytest.mark.deep) for key in TAKEN]


@pytest.mark.parametrize(
    "key, people",
    [
        *(
            pytest.param(key, who, id=key, marks=() if key == "record" else pytest.mark.deep)
            for key, who in OFTEN.items()
        ),
        *IN_FULL,
    ],
)
def test_a_step_that_was_taken_is_retired_and_every_page_opens(world, monkeypatch, key, people):
    case = at(world, "received")
    if key != "log":
        case = take(world, case, key, by=world.vice if key == "declare_interest" else None)
    Browser(world.mo).get(case_url(case, f"{key}/"))  # so that the access log names it as well
    without(monkeypatch, key)
    texts = opens(world, fresh(case), people)
    assert f"A step that is no longer declared ({key})" in texts["timeline/"]
    assert f"A step that is no longer declared ({key})" in texts["history/"]


def test_a_retired_step_has_its_own_words_and_says_its_answers_by_its_form(world, monkeypatch):
    case = take(world, at(world, "received"), "note_contact", kind="call", note="She rang.")
    form = REGISTERS["complaints"].procedure.step("note_contact").form
    without(
        monkeypatch, "note_contact",
        retired_steps=(RetiredStep("note_contact", "Spoke to somebody", ("para 5",), form),),
    )  # fmt: skip
    texts = opens(world, case, ("mo", "auditor"))
    for page in ("timeline/", "history/", "", "history/?format=csv"):
        assert "Spoke to somebody" in texts[page]
    assert "A telephone call" in texts["timeline/"]
    assert "aragraph 5" in texts["timeline/"]
    assert Browser(world.mo).get(case_url(case, "note_contact/")).status == 404  # taken no more


def test_the_journal_of_the_panel_and_what_is_held_name_a_retired_step(world, monkeypatch):
    case = take(world, at(world, "received"), "note_contact")
    without(monkeypatch, "note_contact", retired_steps=(RetiredStep("note_contact", "Spoke to somebody"),))
    mo = Browser(world.mo)
    assert "Spoke to somebody" in mo.get("/exshire/history/").text
    timeline = mo.get(case_url(case, "timeline/"))
    assert "Spoke to somebody" in timeline.text
    entered = [p.text for p in timeline.main.all("p") if "Entered" in p.text]
    assert entered[0].startswith("Entered ")  # it rested on no provision
    assert entered[1].startswith("Paragraph")
    assert "Spoke to somebody" in mo.get(case_url(case)).text


def test_drafts_of_a_retired_step_can_be_read_of_and_thrown_away(world, monkeypatch):
    case = at(world, "received")
    officer = Browser(world.officer)
    page = officer.get(case_url(case, "note_contact/"))
    officer.send(page.url, {"note": "She rang.", "later": "1"})
    officer.send(step_url(None, "log"), {"title": "A matter", "later": "1"})
    without(monkeypatch, "note_contact", "log", retired_steps=(RetiredStep("note_contact", "Spoke to somebody"),))
    page = officer.get(case_url(case))
    assert "You kept a draft: Spoke to somebody (this step is taken no more)" in page.text
    home = officer.get("/exshire/")
    assert f"Spoke to somebody: {case.reference}" in home.text
    assert "A step that is no longer declared (log)" in home.text
    for form in home.main.all("form", method="post"):
        if "/drop/" in form.attrs["action"]:
            assert officer.send(form.attrs["action"]).status == 200
    assert not Draft.objects.exists()


@pytest.mark.deep
def test_a_state_that_is_declared_no_more_has_words_wherever_a_case_stands_there(world, monkeypatch):
    case = at(world, "filtered")
    states = REGISTERS["complaints"].procedure.states
    old = next(s for s in states if s.key == "filtered")
    left = tuple(s for s in states if s.key != "filtered")
    declare(monkeypatch, states=left, retired_states=(replace(old, label="Route chosen"),))
    assert "Route chosen" in opens(world, case, ("mo",))[""]
    declare(monkeypatch, retired_states=())
    texts = opens(world, case, ("mo", "officer"))
    assert "A state that is no longer declared (filtered)" in texts[""]
    assert "A state that is no longer declared (filtered)" in texts["/exshire/complaints/?show=all"]


@pytest.mark.deep
def test_a_duty_that_is_declared_no_more_has_words_and_can_be_waived(world, monkeypatch):
    case = at(world, "received")
    kinds = REGISTERS["complaints"].procedure.duties
    old = next(k for k in kinds if k.key == "acknowledge")
    left = tuple(k for k in kinds if k.key != "acknowledge")
    declare(monkeypatch, duties=left, retired_duties=(replace(old, label="Write to {to}", notice=False, met_by=""),))
    assert "Write to Gillian Thorpe" in opens(world, case, ("mo",))[""]
    assert "Write to Gillian Thorpe" in Browser(world.officer).get("/exshire/").text
    declare(monkeypatch, retired_duties=())
    assert "A duty that is no longer declared (acknowledge)" in opens(world, case, ("mo", "officer"))[""]
    page = Browser(world.mo).get(case_url(case, "waive/"))
    (owed,) = open_duties(case, "acknowledge")
    page = page.submit("Waive it", duties=[str(owed.pk)], why="Nobody sends it any more.")
    assert page.banner.startswith("Duty waived")


@pytest.mark.deep
def test_a_case_with_a_retired_duty_can_still_end(world, monkeypatch):
    case = at(world, "outcome_recorded")
    kinds = REGISTERS["complaints"].procedure.duties
    gone = {d.kind for d in open_duties(case)} - {"close_it"}
    declare(monkeypatch, duties=tuple(k for k in kinds if k.key not in gone))
    case = waive_all(world, case)
    assert Browser(world.officer).get(case_url(case, "close/")).status in (200, 409)
    assert [d.kind for d in CaseContext(case, world.officer).open_duties] == ["close_it"]


@pytest.mark.deep
def test_steps_that_pages_name_by_themselves_may_be_retired_too(world, monkeypatch):
    case = at(world, "recorded")
    gone = ("ask_for_information", "declare_interest", "advise", "note_contact", "ask_for_reversal", "propose_erasure")
    page = Browser(world.officer).get(case_url(case, "brief_chairman/"))
    take(world, case, "note_contact")
    without(monkeypatch, *gone)
    assert Browser(world.chairman).get(case_url(case, "filter/")).status == 200
    stale = page.submit("Save the note", note="The webcast shows it.")
    assert stale.status == 409
    opens(world, fresh(case), ("mo", "officer", "chairman"))
    opens(world, at(world, "closed"), ("mo",))


def test_a_hearing_shows_steps_and_states_that_are_declared_no_more(empty_world, monkeypatch):
    case = hearings.at(empty_world, "heard", 8)
    register = REGISTERS["hearings"]
    gone = ("hold_hearing", "plan_questions", "arrange_hearing")
    changed = tuple(
        replace(
            p,
            steps=tuple(s for s in p.steps if s.key not in gone),
            states=tuple(s for s in p.states if s.key != "heard"),
        )
        for p in register.procedures
    )
    monkeypatch.setitem(REGISTERS, "hearings", replace(register, procedures=changed))
    mo, base = Browser(empty_world.mo).client, f"/midshire/hearings/{case.reference}/"
    for page in (
        "",
        "timeline/",
        "history/",
        "pages/questions/",
        "pages/votes/",
        "pages/report/",
        "package.zip",
        "seen/",
    ):
        assert mo.get(base + page).status_code == 200, page
    for url in ("/midshire/", "/midshire/hearings/?show=all", "/midshire/history/", "/midshire/retention/?show=held"):
        assert mo.get(url).status_code == 200, url
    assert "A step that is no longer declared (hold_hearing)" in mo.get(f"{base}timeline/").content.decode()
    assert "A state that is no longer declared (heard)" in mo.get(base).content.decode()


def test_a_check_names_what_is_stored_and_neither_declared_nor_retired(world, monkeypatch):
    assert [m.msg for m in run_checks(tags=["database"], databases=["default"])] == []
    case = take(world, at(world, "filtered"), "note_contact")
    kind = Duty.objects.filter(case=case).first().kind
    procedure = REGISTERS["complaints"].procedure
    without(
        monkeypatch, "note_contact",
        states=tuple(s for s in procedure.states if s.key != "filtered"),
        duties=tuple(k for k in procedure.duties if k.key != kind),
    )  # fmt: skip
    found = {m.id: m.msg for m in run_checks(tags=["database"], databases=["default"]) if m.id != "panel.W001"}
    assert found == {
        "panel.E005": "complaints: status 'filtered' is not declared",
        "panel.E010": "complaints: step 'note_contact' is not declared",
        "panel.E011": f"complaints: kind of duty {kind!r} is not declared",
    }
    filtered = next(s for s in procedure.states if s.key == "filtered")
    declare(
        monkeypatch, retired_states=(filtered,), retired_steps=(RetiredStep("note_contact", "File note"),),
        retired_duties=(next(k for k in procedure.duties if k.key == kind),),
    )  # fmt: skip
    assert [m for m in run_checks(tags=["database"], databases=["default"]) if m.id != "panel.W001"] == []
