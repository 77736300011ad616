"""From an email that came in to a closed complaint, and every paper of it written, checked and sent from here."""

from datetime import timedelta

import pytest

from complaints.models import Complaint
from panel.casework.case_context import CaseContext
from panel.law import clock
from panel.models import Entry
from tests import mails
from tests.journeys.desk import PANEL
from tests.steps import PATHS, fresh, heard, take

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.deep]


def logged(desk, tmp_path):
    """The email in the browser; the complaint that it becomes."""
    raw = tmp_path / "complaint.eml"
    raw.write_bytes(mails.solicitor())
    desk.open(f"{PANEL}/complaints/new/")
    desk.page.locator("#files").set_input_files(str(raw))
    desk.page.get_by_role("button", name="Continue").click()
    desk.page.wait_for_url("**/new/log/?message=*")
    for box, words in (
        ("#id_title", "Surgery at Stanmoor"),
        ("#id_what_1", "Was rude"),
        ("#id_what_2", "Told a reporter"),
    ):
        desk.page.locator(box).fill(words)
    desk.press("Continue")
    desk.press("Log the complaint")
    return Complaint.objects.get()


def write_all(desk, case, user):
    """Follow the link of every notice that is owed from the list of duties to its letter, and send it; their kinds."""
    kinds = []
    while True:
        look = CaseContext(fresh(case), user)
        owed = [d for d in look.open_duties if look.procedure.duty(d.kind).notice]
        owed = [
            d for d in owed if not d.sleeps(look.today) and look.procedure.duty(d.kind).key != "write_about_progress"
        ]
        if not owed:
            return kinds
        desk.open(f"{PANEL}/complaints/{case.reference}/")
        link = f"/letters/for/{owed[0].pk}/"
        desk.page.locator(f"section:has(#duties) a[href$='{link}']").first.click()
        desk.arrived()
        address = desk.page.locator("[name=address]")
        if address.count() and "\n" not in address.input_value():
            address.fill("1 High Street\nExbridge EX1 1AA")
        desk.press("Check the letter")
        outside = desk.page.get_by_label("On the Panel’s website", exact=True)
        desk.choose("On the Panel’s website" if outside.count() else "Handed over")
        for tick in desk.page.locator("[name=opinion]").all():
            tick.check()
        desk.press("Say that it went")
        desk.reads("kept as it went")
        kinds.append(owed[0].kind)


def test_no_paper_of_a_complaint_is_made_elsewhere(world, sit, tmp_path, console):
    desk = sit(world.officer)
    case = logged(desk, tmp_path)
    today = clock.today()
    desk.open(f"{PANEL}/complaints/{case.reference}/")
    desk.follow("Write: Question who may act")  # nobody is told anything before it is shown
    desk.reads("First we need to see that this person wants you to act.")
    case = take(world, case, "note_representative", on=today)
    sent = write_all(desk, case, world.officer)
    meets = {"appoint_sub_panel": {"by_when": today + timedelta(days=20)}}
    for key, over in [*PATHS["informal_resolution"], ("heard", {}), ("record_outcome", {}), ("close", {})]:
        if key == "heard":
            case = heard(world, fresh(case), on=today)
            continue
        case = take(world, fresh(case), key, on=today, **{**over, **meets.get(key, {})})
        sent += write_all(desk, case, world.officer)
        if key == "record":
            case = take(world, fresh(case), "decide_copies", on=today)
            sent += write_all(desk, case, world.officer)
    assert fresh(case).status == "closed"
    assert {
        "copy_of_record",
        "copy_of_complaint",
        "tell_route",
        "invite_comments",
        "copy_of_outcome",
    } <= set(sent)
    notices = Entry.objects.filter(case=case, step="give_notice")
    assert notices.exists()
    assert not notices.filter(letters=None).exists()
    made = [d for e in notices for d in e.documents.all()]
    assert made
    assert {d.name.rpartition(".")[2] for d in made} <= {"docx", "pdf"}
    desk.open(f"{PANEL}/complaints/{case.reference}/letters/")
    desk.reads("Nobody waits for a letter.")
