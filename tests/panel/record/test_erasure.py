"""At the end of its time what a complaint says is erased: from its rows, their whole history, its drafts and its files.
References, days, steps, figures and the chain stay; and a change made under cover of an erasure is found."""

import importlib.util
import io
import json
import zipfile
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client, TestCase, override_settings

from complaints.report.figures import annual_report
from panel.casework import retention_periods
from panel.casework.case_context import CaseContext
from panel.casework.errors import Refused
from panel.casework.offers import offers
from panel.casework.perform import perform
from panel.documents import store
from panel.law import clock
from panel.models import (
    Case,
    Draft,
    Entry,
    ExemptPart,
    Link,
    Meeting,
    MeetingInterest,
    MeetingItem,
    Message,
    Motion,
    PanelSettings,
)
from panel.models.journal import ERASED
from panel.models.settings_fields import settings_of
from panel.post import folder, send
from panel.post import queue as post_queue
from panel.procedure.register import procedures
from panel.record import triggers, verify
from panel.record.act import Unsealed, sealed_act
from panel.record.digests import digests, fields_of, link_seal
from panel.record.export import exported
from panel.record.heads import heads
from tests import build, mails
from tests.steps import at, cannot, errors, fresh, last, refusal, take, waive_all

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
VERIFIER = Path(__file__).resolve().parents[3] / "docs" / "verify_export.py"
MARKS = [f"qx{word}" for word in (
    "name", "mail", "road", "post", "agent", "through", "title", "words", "what", "early", "note", "why", "file", "bytes",
    "draft", "fix", "interest", "resolved", "motion", "sent", "told", "refused",
    "sender", "subject", "letter", "attached", "inside", "page",
)]  # fmt: skip
SAID = {
    "name": "Gillian qxname", "email": "qxmail@example.org", "phone": "01632 960999", "address": "1 qxroad, Larkford",
    "how_to_write": "By qxpost", "agent": "Solicitor qxagent", "title": "Meeting qxtitle", "words": "He said qxwords.",
    "channel": "passed_on", "through": "The qxthrough",
    "allegations": [{
        "what": "Told her qxwhat", "happened_on": date(2024, 5, 1), "early_reason": "He stood already, qxearly.",
    }],
}  # fmt: skip
PAGES = ("", "parts/", "timeline/", "documents/", "history/", "seen/", "package.zip", "history/?format=csv")


def upload():
    """A PDF with a mark in its name and one in its bytes."""
    return SimpleUploadedFile("qxfile.pdf", build.PDF + b"%qxbytes\n", content_type="application/pdf")


def marked(world):
    """A complaint with a mark in everything that is personal, withdrawn, and nothing owed on it."""
    case = build.log(world, **SAID)
    case = take(world, fresh(case), "note_contact", note="She rang, qxnote.", files={"documents": [upload()]})
    case = take(world, case, "correct", title="Meeting qxtitle, qxfix", why="She wrote again, qxwhy.")
    case = take(world, case, "note_contact", message=came_in(world).key)
    Draft.objects.create(
        user=world.officer, panel=world.panel, case=case, step="note_contact", answers={"note": ["qxdraft"]}
    )
    Draft.objects.create(  # of a page under the case's address that is no step
        user=world.mo, panel=world.panel, address=f"{case.get_absolute_url()}bundles/new/", answers={"for": ["qxpage"]}
    )
    with sealed_act(world.panel, by=None, name="set_up"):  # what a meeting said of it
        entry = case.entries.get(number=1)
        meeting = Meeting.objects.create(panel=world.panel, on=date(2026, 11, 2), entry=entry)
        item = MeetingItem.objects.create(meeting=meeting, case=case, entry=entry)
        of = {"item": item, "entry": entry}
        member = world.members[0]
        MeetingInterest.objects.create(meeting=meeting, member=member, kind="close", nature="A qxinterest", **of)
        ExemptPart.objects.create(meeting=meeting, moved="carried", resolution="That qxresolved", **of)
        Motion.objects.create(words="That qxmotion", taken="agreed", in_office=10, **of)
    case = take(world, take(world, fresh(case), "withdraw"), "give_notice")
    post(world, case)
    return waive_all(world, case)


def came_in(world):
    """An email with a mark in everything of it."""
    with_file = mails.mixed(
        mails.text("He said qxletter."), mails.attached(build.PDF + b"%qxinside\n", "qxattached.pdf")
    )
    return build.message(world, mails.dressed(with_file, "A qxsender <a@example.org>", "My qxsubject"))


def post(world, case):
    """One letter that was refused with its address, one that went into a file, and one that waits."""
    letter = {"kind": "letter", "panel": world.panel, "case": case, "subject": "Our letter"}
    refused = post_queue(**letter, address="qxsent@example.org", text="Dear qxtold")
    _, attempt = send.claim(refused.pk)
    send.note(attempt, send.Answer(send.Outcome.REFUSED, "550 qxrefused@example.org unknown"))
    post_queue(**letter, address="qxsent@example.org", text="Dear qxtold")
    send.run()
    post_queue(**letter, address="qxsent@example.org", text="Dear qxtold")


def everything() -> str:
    """Every value of every table, and every stored file, as one text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [repr(row) for row in cursor.fetchall()]
    for name in store._stored(""):
        with default_storage.open(name) as file:
            found.append(repr(file.read()))
    found += [path.read_text() for path in folder.place().glob("*")]
    return "\n".join(found)


def erased(world, case):
    """The complaint, erased; what was to be done after the commit is done."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return take(world, take(world, case, "propose_erasure"), "erase")


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker, tmp_path_factory):
    """Exshire with one marked complaint that was erased and one like it that was not; the heads, the report and the text
    of the database from before. Nothing of it is committed."""
    mail = {"EMAIL_BACKEND": "panel.post.folder.EmailBackend", "EMAIL_FILE_PATH": tmp_path_factory.mktemp("mail")}
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(**mail):
        world = build.make_world()
        case, other = marked(world), build.log(world, name="Alan qxother", title="Another")
        before = SimpleNamespace(text=everything(), heads=heads(), report=figures(world))
        case = erased(world, case)
        yield SimpleNamespace(world=world, case=case, other=fresh(other), before=before)
        transaction.set_rollback(True)


@pytest.fixture
def tampered(record, db):
    """What a test does to the record, its triggers gone, is undone."""
    with transaction.atomic():
        triggers.drop(connection)
        yield record
        transaction.set_rollback(True)


def figures(world) -> str:
    """The annual report of the year, as JSON."""
    first, final = clock.year_bounds("2026-27")
    return json.dumps(annual_report(world.panel, first, final, clock.today()).as_json(), default=str)


def run(sql, *params):
    """One statement behind the application."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def faults(noted=()):
    """What verification says."""
    return [str(f) for f in verify.verify(None, noted)]


def script_faults(capsys) -> list[str]:
    """What the stand-alone script says of an export."""
    spec = importlib.util.spec_from_file_location("verify_export", VERIFIER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    checker = module.Checker([])
    capsys.readouterr()
    for line in exported():
        checker.line(line)
    checker.close()
    return capsys.readouterr().out.splitlines()


# What goes, and what stays


def test_everything_personal_is_gone_from_tables_and_files(record):
    assert [m for m in MARKS if m not in record.before.text] == []  # each was somewhere
    now = everything()
    assert [m for m in MARKS if m in now] == []
    assert "960999" not in now
    assert "qxother" in now  # nothing of anybody else


def test_references_days_steps_counts_and_the_chain_stay(record):
    case = record.case
    assert (case.reference, case.title, str(case.complainant)) == (case.reference, ERASED, ERASED)
    assert case.erased_on == clock.today()
    steps = list(Entry.objects.filter(case=case).order_by("number").values_list("step", "why"))
    assert [s for s, _ in steps] == [
        "log", "note_contact", "correct", "note_contact", "withdraw", "give_notice", "propose_erasure", "erase",
    ]  # fmt: skip
    assert [why for _, why in steps] == ["", "", "", "", "", "", "Nobody needs it.", "Nobody needs it."]
    assert figures(record.world) == record.before.report
    assert faults(record.before.heads + heads()) == []


def test_the_stand_alone_script_passes_the_export(record, capsys):
    assert script_faults(capsys) == []


def test_the_report_as_at_a_day_before_says_what_it_said(world):
    case, day = marked(world), clock.today()
    first, final = clock.year_bounds("2026-27")
    then = annual_report(world.panel, first, final, day).as_json()
    with clock.set_to(clock.start_of(day, 40)):
        erased(world, case)
        assert annual_report(world.panel, first, final, day).as_json() == then


@pytest.mark.parametrize("who", ["officer", "mo", "chairman", "vice", "auditor"])
def test_every_page_of_it_still_opens_and_says_that_it_was_erased(record, db, who):
    client = Client()
    client.force_login(record.world.people[who])
    for page in PAGES:
        answer = client.get(f"/exshire/complaints/{record.case.reference}/{page}")
        if who in ("chairman", "vice") and page in ("history/", "seen/", "package.zip", "history/?format=csv"):
            assert answer.status_code == 403
            continue
        assert answer.status_code == 200, page
        body = b"".join(answer) if answer.streaming else answer.content
        assert not [m for m in MARKS if m.encode() in body], page
        if page == "history/":
            assert b"are as they were sealed" in body
        if page == "":
            assert b"Erased on" in body
            assert ERASED.encode() in body
    for query in ("complaints/?show=all", "complaints/?q=erased&show=all", "", "complaints/report/"):
        assert client.get(f"/exshire/{query}").status_code == 200


def test_no_mail_of_it_waits_or_stands_in_the_demonstrations_folder(record, db):
    found = Message.objects.filter(case=record.case).order_by("pk")
    assert [(m.state, m.address, bool(m.sha256)) for m in found] == [
        ("refused", "", True), ("accepted", "", True), ("withdrawn", "", True),
    ]  # fmt: skip
    assert list(folder.place().glob("*")) == []


def test_its_documents_cannot_be_downloaded_and_its_files_are_gone(record, db):
    client = Client()
    client.force_login(record.world.officer)
    assert record.case.documents.count() == 4
    for document in record.case.documents.all():
        assert document.erased
        assert not default_storage.exists(document.file.name)
        assert client.get(f"/exshire/complaints/{record.case.reference}/documents/{document.key}/").status_code == 404


def test_nothing_of_it_is_held_on_the_person_or_told_to_whom_it_was_about(record, db):
    client = Client()
    client.force_login(record.world.mo)
    for name in ("Gillian qxname", "Daniel Ashcombe"):
        page = client.post("/exshire/person/", {"name": name})
        file = b"".join(client.post("/exshire/person/", {"name": name, "file": "1"}))
        assert page.status_code == 200
        with zipfile.ZipFile(io.BytesIO(file)) as packed:
            text = page.content.decode().replace(name, "") + "".join(
                packed.read(n).decode("latin-1") for n in packed.namelist()
            )
        assert not [m for m in MARKS if m in text.replace(name, "")], name
        assert ("EX-C-" in text) == (name == "Daniel Ashcombe")
        assert "documents/" not in text


def test_no_step_can_be_taken_on_it_any_more(record):
    for who in ("officer", "mo"):
        found = offers(CaseContext(record.case, record.world.people[who]))
        assert [o.step.key for o in found if o.refusal is None] == []
    assert "erased" in str(refusal(record.world, record.case, "reverse", by=record.world.mo))
    assert "erased" in str(refusal(record.world, record.case, "note_contact"))


def test_it_is_found_by_none_of_its_words(record):
    client = Client()
    client.force_login(record.world.officer)
    for word in ("Gillian", "qxtitle", "qxwords", "qxmail"):
        answer = client.get("/exshire/complaints/", {"q": word, "show": "all"})
        assert record.case.reference.encode() not in answer.content, word
    answer = client.get("/exshire/complaints/", {"q": record.case.reference, "show": "all"})
    assert record.case.reference.encode() in answer.content


# Who may, and when


@pytest.fixture
def world(db):
    """Midshire, which keeps withdrawn complaints for a year."""
    return build.make_world("midshire", "MD", "Midshire", keep_withdrawn=1)


def withdrawn(world, **logged):
    """A withdrawn complaint on which nothing is owed."""
    case = take(world, take(world, build.log(world, **logged), "withdraw"), "give_notice")
    return waive_all(world, case)


def test_the_officer_proposes_and_somebody_else_confirms(world):
    case = withdrawn(world)
    assert cannot(world, case, "erase") == ("UK GDPR art 5(1)(e)", "UK GDPR art 17")  # not proposed
    assert refusal(world, case, "propose_erasure", by=world.mo).role
    case = take(world, case, "propose_erasure")
    assert refusal(world, case, "erase", by=world.officer).role
    with sealed_act(world.panel, by=None, name="set_up"):
        world.panel.memberships.create(user=world.officer, role="monitoring_officer", from_date=build.START)
    assert "You proposed it yourself" in str(refusal(world, case, "erase", by=world.officer))
    assert take(world, case, "erase", by=world.mo).erased_on


def test_the_monitoring_officer_declines_and_it_can_be_proposed_again(world):
    case = take(world, take(world, withdrawn(world), "propose_erasure"), "decline_erasure")
    assert "Nobody has proposed it" in str(refusal(world, case, "erase"))
    assert "Nobody has proposed it" in str(refusal(world, case, "decline_erasure"))
    case = take(world, case, "propose_erasure")
    assert "waits for the Monitoring Officer already" in str(refusal(world, case, "propose_erasure"))


def test_its_time_must_be_over_where_that_is_the_ground(world):
    case = withdrawn(world)
    assert errors(world, case, "propose_erasure", ground="time") == {
        "ground": ["The Panel keeps it until 2 November 2027"]
    }
    redirected = waive_all(world, take(world, build.log(world), "redirect"))
    said = errors(world, redirected, "propose_erasure", ground="time")
    assert said == {"ground": ["The Panel has set no years for how this ended, so its time is never over"]}
    with clock.set_to(clock.start_of(date(2027, 11, 2))):
        assert errors(world, case, "propose_erasure", ground="time")  # the last day is still kept
    with clock.set_to(clock.start_of(date(2027, 11, 3))):
        case = take(world, case, "propose_erasure", ground="time")
        with sealed_act(world.panel, by=None, name="set_up"):
            row = world.panel.settings.get()
            row.keep_withdrawn = 3
            row.save()
        assert "keeps it until 2 November 2029" in str(refusal(world, fresh(case), "erase"))


def test_an_open_case_and_one_on_which_something_is_owed_stay(world):
    assert "It has not ended" in str(refusal(world, at(world, "recorded"), "propose_erasure"))
    case = take(world, build.log(world), "withdraw")
    assert "still open on it" in str(refusal(world, case, "propose_erasure"))
    ready = take(world, withdrawn(world), "propose_erasure")
    ready = take(world, ready, "note_external_challenge", body="court", about="A claim", by_when=clock.today())
    assert "A duty is still open" in str(refusal(world, ready, "erase"))


def test_a_hold_stops_it_until_it_is_lifted(world):
    case = take(world, take(world, withdrawn(world), "propose_erasure"), "hold")
    assert not case.duties.filter(kind="confirm_erasure", closed_by=None).exists()
    assert refusal(world, case, "hold").refusals[0].provisions == ("UK GDPR art 17(3)",)
    assert "on hold since" in str(refusal(world, case, "propose_erasure"))
    case = take(world, case, "lift_hold")
    assert case.held_on is None
    assert take(world, case, "propose_erasure").pk


def test_a_hold_that_is_taken_back_holds_no_more_and_one_lifted_by_mistake_holds_again(world):
    case = take(world, take(world, withdrawn(world), "hold"), "reverse", by=world.mo)
    assert case.held_on is None
    case = take(world, take(world, case, "hold"), "lift_hold")
    case = take(world, case, "reverse", by=world.mo)
    assert case.held_on is not None
    assert "on hold since" in str(refusal(world, case, "propose_erasure"))


def test_it_is_not_dated_back(world):
    case = take(world, withdrawn(world), "propose_erasure")
    yesterday = clock.today() - timedelta(days=1)
    assert list(errors(world, case, "erase", on=yesterday)) == ["on"]


def test_a_complaint_reopened_after_the_proposal_waits_no_more(world):
    case = take(world, take(world, withdrawn(world), "propose_erasure"), "reopen")
    assert not case.duties.filter(kind="confirm_erasure", closed_by=None).exists()
    assert "It has not ended" in str(refusal(world, case, "erase"))


def test_nobody_takes_back_what_only_the_monitoring_officer_may_enter(world):
    case = take(world, withdrawn(world), "hold")
    assert list(errors(world, case, "reverse", by=world.officer, entry=str(last(case).number))) == ["entry"]
    assert fresh(case).held_on
    case = take(world, take(world, withdrawn(world), "propose_erasure"), "decline_erasure")
    assert list(errors(world, case, "reverse", by=world.officer, entry=str(last(case).number))) == ["entry"]
    assert "Nobody has proposed it" in str(refusal(world, case, "erase"))


def test_a_proposal_whose_answer_is_waived_can_be_made_again_and_not_confirmed(world):
    case = take(world, withdrawn(world), "propose_erasure")
    case = take(world, case, "waive", by=world.officer)
    assert "Nobody has proposed it" in str(refusal(world, case, "erase"))
    assert take(world, take(world, case, "propose_erasure"), "erase").erased_on


def test_a_proposal_does_not_outlive_the_end_that_it_was_made_for(world):
    case = take(world, withdrawn(world), "propose_erasure")
    ending = Entry.objects.get(case=case, step="withdraw").number
    case = take(world, case, "reverse", by=world.mo, entry=str(ending))
    client = Client()
    client.force_login(world.mo)
    assert case.reference.encode() not in client.get("/midshire/retention/?show=proposed").content
    case = take(world, take(world, case, "withdraw"), "give_notice")
    case = waive_all(world, case)
    assert "Nobody has proposed it" in str(refusal(world, case, "erase"))
    assert take(world, take(world, case, "propose_erasure"), "erase").erased_on


def test_a_document_sent_with_an_erasure_is_not_kept(world):
    case = take(world, withdrawn(world), "propose_erasure")
    client = Client()
    client.force_login(world.mo)
    address = f"/midshire/complaints/{case.reference}/erase/"
    today = {f"on_{unit}": getattr(clock.today(), unit) for unit in ("day", "month", "year")}
    sent = {"sure": "on", "why": "Nobody needs it.", "seen": case.version, **today}
    check = client.post(address, sent)
    assert b"Check your decision" in check.content
    assert b'type="file"' not in check.content + client.get(address).content
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert client.post(address, {**sent, "confirmed": "1", "documents": upload()}).status_code == 302
    assert fresh(case).erased_on
    assert not any("qxfile" in d.name for d in case.documents.all())
    assert faults() == []


def test_nothing_typed_is_kept_on_an_erased_case(world):
    case = erased(world, withdrawn(world))
    for who in ("officer", "mo", "chairman", "auditor"):
        client = Client()
        client.force_login(world.people[who])
        for more in ({"later": "1"}, {}, {"seen": "1"}):
            given = {"note": "qxdraft", "kind": "note", **more}
            assert client.post(f"/midshire/complaints/{case.reference}/note_contact/", given).status_code in (403, 409)
    assert not Draft.objects.exists()


def test_an_answer_is_not_dated_before_what_it_answers(world):
    today, yesterday = clock.today(), clock.today() - timedelta(days=1)
    case = take(world, withdrawn(world), "hold", on=today, review_on=today)
    assert list(errors(world, case, "lift_hold", on=yesterday)) == ["on"]
    case = take(world, withdrawn(world), "propose_erasure", on=today)
    assert list(errors(world, case, "decline_erasure", on=yesterday)) == ["on"]


# All of it, or nothing


class Broken(Exception):
    """Something fails half-way."""


@pytest.mark.parametrize(
    "where",
    [
        "panel.record.act.blank",
        "panel.record.act.seal",
        "panel.casework.perform.close_duties",
        "panel.record.act.digests",
    ],
)
def test_what_fails_half_way_leaves_everything_as_it_was(world, monkeypatch, where):
    case = take(world, marked(world), "propose_erasure")
    before = everything()

    def fail(*args, **kwargs):
        raise Broken

    monkeypatch.setattr(where, fail)
    with TestCase.captureOnCommitCallbacks(execute=True), pytest.raises(Broken):
        perform(case, "erase", by=world.mo, sure=True, why="Nobody needs it.")
    assert everything() == before


def test_files_that_a_crash_left_are_named_and_swept(world, monkeypatch):
    case = take(world, marked(world), "propose_erasure")
    with TestCase.captureOnCommitCallbacks():  # the process is gone before it comes to them
        case = take(world, case, "erase")
    assert [f for f in faults() if "still there, though it was erased" in f]
    monkeypatch.setattr(store.timezone, "now", lambda: clock.now() + timedelta(days=2))
    call_command("sweep_documents", verbosity=0)
    assert faults() == []
    assert "qxbytes" not in everything()


def meanwhile(monkeypatch, do):
    """What happens while a verification waits for its second look at the files that it suspects."""
    monkeypatch.setattr(verify, "SECOND_LOOK_SECONDS", 0)
    monkeypatch.setattr(verify.time, "sleep", lambda seconds: do())


def remove_files(case):
    """The stored files of the case go."""
    for document in case.documents.all():
        default_storage.delete(document.file.name)


def test_an_erasure_during_a_verification_is_no_fault(world, monkeypatch):
    """Rows are read as of one moment, the disk is that of now."""
    case = take(world, marked(world), "propose_erasure")

    def erase_it():
        with TestCase.captureOnCommitCallbacks(execute=True):
            take(world, case, "erase")

    remove_files(case)  # as it is on the disk for whoever read the row a moment ago
    meanwhile(monkeypatch, erase_it)
    assert faults() == []


def test_a_file_that_goes_just_after_its_row_is_no_fault(world, monkeypatch):
    case = take(world, marked(world), "propose_erasure")
    with TestCase.captureOnCommitCallbacks():
        take(world, case, "erase")
    meanwhile(monkeypatch, lambda: remove_files(case))
    assert faults() == []


def test_a_file_that_is_gone_stays_a_fault(world, monkeypatch):
    case = take(world, marked(world), "propose_erasure")
    remove_files(case)
    meanwhile(monkeypatch, lambda: None)
    assert [f for f in faults() if f.endswith("its file is gone")]


def test_only_an_act_named_erase_erases(world):
    case = at(world, "withdrawn")
    with pytest.raises(Unsealed), sealed_act(world.panel, by=world.mo, name="tidy") as act:
        act.erased += [case]


def test_what_the_database_lets_through_is_the_blanking_alone(world):
    case = withdrawn(world)
    for change in ("why = 'x'", "why = '', salt = 'y'", "number = 9, why = '', answers = '{}', salt = ''"):
        with pytest.raises(DatabaseError), transaction.atomic():
            run(f"UPDATE panel_entry SET {change} WHERE case_id = %s", case.pk)


# Tampering before, after and under cover of an erasure


def reseal(record, act, rows, **more):
    """A forged link at the end of the chain, well made in itself, that seals these rows: {model: pks}."""
    prev = Link.objects.filter(chain__panel=record.world.panel).order_by("-seq").first()
    sealed = {
        m._meta.label: {"fields": fields_of(m), "digests": digests(m, pks, fields_of(m))} for m, pks in rows.items()
    }
    link = Link(
        chain_id=prev.chain_id, seq=prev.seq + 1, act=act, by=record.world.mo, at=clock.now(), rows=sealed, prev=prev.seal,
        **more,
    )  # fmt: skip
    link.seal = link_seal(link)
    link.save(force_insert=True)
    return link


def complaint_history(record):
    """(model of a complaint's history, number of the erased complaint's first row)."""
    model = type(record.case).history.model
    return model, model.objects.filter(case_ptr_id=record.case.pk).order_by("history_id").first().pk


def entry(case, step):
    """The complaint's entry of that step."""
    return Entry.objects.filter(case=case, step=step).first().pk


def filled_in_history(record):
    model, pk = complaint_history(record)
    run(f"UPDATE {model._meta.db_table} SET words = 'x' WHERE history_id = %s", pk)
    return f"complaints.HistoricalComplaint {pk} was changed"


def filled_in_an_entry(record):
    pk = entry(record.case, "note_contact")
    run("UPDATE panel_entry SET why = 'x' WHERE id = %s", pk)
    return f"panel.Entry {pk} was changed"


def filled_in_the_live_row(record):
    run("UPDATE panel_case SET title = 'x' WHERE id = %s", record.case.pk)
    return "differs from its last history row in title"


def salted_again(record):
    pk = entry(record.case, "note_contact")
    run("UPDATE panel_entry SET salt = 'x' WHERE id = %s", pk)
    return f"panel.Entry {pk} was changed"


def changed_what_stays(record):
    model, pk = complaint_history(record)
    run(f"UPDATE {model._meta.db_table} SET received_on = '2020-01-01' WHERE history_id = %s", pk)
    return f"complaints.HistoricalComplaint {pk} was changed"


def changed_why_it_was_erased(record):
    pk = entry(record.case, "erase")
    run("UPDATE panel_entry SET why = 'x' WHERE id = %s", pk)
    return f"panel.Entry {pk} was changed"


def blanked_another_without_an_erasure(record):
    pk = last(record.other).pk
    run("UPDATE panel_entry SET why = '', answers = '{}', salt = '' WHERE id = %s", pk)
    return f"panel.Entry {pk} was changed"


def removed_an_erased_row(record):
    model, pk = complaint_history(record)
    run(f"DELETE FROM {model._meta.db_table} WHERE history_id = %s", pk)
    return f"complaints.HistoricalComplaint {pk} is missing"


def renamed_the_erasure(record):
    run("UPDATE panel_link SET act = 'other' WHERE act = 'erase'")
    return "the link itself was changed"


def removed_the_erasure(record):
    link = Link.objects.get(act="erase")
    run("DELETE FROM panel_link WHERE id = %s", link.pk)
    return f"panel.Entry {entry(record.case, 'note_contact')} was changed"


def erased_under_another_name(record):
    pk = last(record.other).pk
    run("UPDATE panel_entry SET why = '', answers = '{}', salt = '' WHERE id = %s", pk)
    reseal(record, "tidy", {Entry: [pk]})
    return f"panel.Entry {pk} is sealed twice"


def changed_under_cover_of_an_erasure(record):
    """A forged erasure that blanks nothing and puts other words in their place."""
    pk = last(record.other).pk
    run("UPDATE panel_entry SET why = 'He agreed.' WHERE id = %s", pk)
    reseal(record, "erase", {Entry: [pk]})
    return f"panel.Entry {pk} is sealed anew as erased, and is not blank"


def changed_a_day_under_cover_of_an_erasure(record):
    pk = last(record.other).pk
    run("""UPDATE panel_entry SET why = '', answers = '{}', salt = '', "on" = '2020-01-01' WHERE id = %s""", pk)
    reseal(record, "erase", {Entry: [pk]})
    return f"panel.Entry {pk} was changed"


def moves_sealed_again_by_an_erasure(record):
    from panel.models import Move

    pk = Move.objects.filter(entry__case=record.other).first().pk
    run("UPDATE panel_move SET counts = '{\"x\": 1}' WHERE id = %s", pk)
    reseal(record, "erase", {Move: [pk]})
    return f"panel.Move {pk} is sealed twice"


def words_put_into_the_own_entry_of_an_erasure(record):
    """Only the entry of its own that a link names may say something; that one is sealed by one link alone."""
    pk = last(record.other).pk
    run("UPDATE panel_entry SET why = 'He agreed.' WHERE id = %s", pk)
    old = Link.objects.get(entry=pk)
    run("UPDATE panel_link SET entry_id = NULL WHERE id = %s", old.pk)
    reseal(record, "erase", {Entry: [pk]}, entry_id=pk)
    return "the link itself was changed"


TAMPERINGS = [
    filled_in_history, filled_in_an_entry, filled_in_the_live_row, salted_again, changed_what_stays,
    changed_why_it_was_erased, blanked_another_without_an_erasure, removed_an_erased_row, renamed_the_erasure,
    removed_the_erasure, erased_under_another_name, changed_under_cover_of_an_erasure,
    changed_a_day_under_cover_of_an_erasure, moves_sealed_again_by_an_erasure, words_put_into_the_own_entry_of_an_erasure,
]  # fmt: skip


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda t: t.__name__)
def test_each_kind_of_tampering_is_found_and_named(tampered, tamper, capsys):
    says = tamper(tampered)
    found = faults()
    assert [f for f in found if says in f], found
    if tamper is not filled_in_the_live_row:  # live rows are in no export
        outside = script_faults(capsys)
        assert outside, says


def test_an_erasure_that_was_cut_off_is_missed_by_its_head(tampered):
    noted = heads()
    link = Link.objects.get(act="erase")
    run("DELETE FROM panel_opening WHERE link_id >= %s", link.pk)
    run("DELETE FROM panel_link WHERE id = %s", link.pk)
    assert [f for f in faults(noted) if "it was cut or rolled back" in f]


# The review


def test_every_end_of_a_complaint_or_meeting_has_years_among_the_settings_and_no_other_register_erases():
    for procedure in procedures().values():
        for state in procedure.states:
            wanted = procedure.key in ("complaints", "meetings") and not state.open
            group = settings_of(PanelSettings)[state.retention_setting].group if state.retention_setting else ""
            assert (group == "retention") == wanted, (procedure.key, state.key)
            assert bool(state.retention_setting) == wanted


def test_the_latest_end_whose_time_is_over_is_the_last_day_that_fits():
    day = date(2024, 1, 1)
    while day < date(2032, 3, 2):
        for number in (1, 4):
            found = retention_periods.latest_end(day, number)
            assert (
                retention_periods.last_day(found, number)
                <= day
                < retention_periods.last_day(found + timedelta(days=1), number)
            )
        day += timedelta(days=1)


def test_the_review_lists_what_is_over_in_this_municipal_year(world):
    over = withdrawn(world)
    held = take(world, withdrawn(world), "hold")
    take(world, withdrawn(world), "propose_erasure")
    open_, redirected = at(world, "recorded"), waive_all(world, take(world, build.log(world), "redirect"))
    again = take(world, withdrawn(world), "reopen")
    client = Client()
    client.force_login(world.officer)

    def listed(show):
        text = client.get(f"/midshire/retention/?show={show}").content.decode()
        return {c.reference for c in Case.objects.all() if c.reference in text}

    assert listed("over") == set()  # until 2 November 2027: after 31 March 2027
    with clock.set_to(clock.start_of(date(2027, 4, 2))):
        assert over.reference in listed("over")
        assert not {held.reference, open_.reference, redirected.reference, again.reference} & listed("over")
        assert b"Wait until then" in client.get("/midshire/retention/").content
        assert b"kept as long as" not in client.get("/midshire/").content
    with clock.set_to(clock.start_of(date(2027, 11, 2))):  # its last day
        assert b"kept as long as" not in client.get("/midshire/").content
        assert b"Wait until then" in client.get("/midshire/retention/").content
    with clock.set_to(clock.start_of(date(2027, 11, 3))):
        assert b"kept as long as" in client.get("/midshire/").content
        assert b"propose_erasure" in client.get("/midshire/retention/").content
        case = take(world, over, "propose_erasure", ground="time", on=clock.today())
        with TestCase.captureOnCommitCallbacks(execute=True):
            take(world, case, "erase")
        assert over.reference not in listed("over")
    assert listed("held") == {held.reference}
    assert len(listed("proposed")) == 1
    assert listed("erased") == {over.reference}
    assert client.get("/midshire/retention/?show=nothing&page=9e9").status_code == 200


def test_a_panel_that_has_set_no_years_has_nothing_to_review(db):
    world = build.make_world("midshire", "MD", "Midshire")
    withdrawn(world)
    assert not Case.objects.filter(
        retention_periods.time_is_over(world.panel, world.panel.settings.get(), date(2100, 1, 1))
    ).exists()


def test_an_entry_cannot_be_erased_twice(record):
    assert isinstance(refusal(record.world, record.case, "erase"), Refused)


def test_drafts_that_nobody_touched_for_long_are_swept(world, capsys):
    kept, old = (Draft.objects.create(user=u, panel=world.panel, step="log") for u in (world.officer, world.mo))
    Draft.objects.filter(pk=old.pk).update(saved_at=clock.now() - timedelta(days=91))
    call_command("sweep_drafts", dry_run=True)
    call_command("sweep_drafts")
    assert capsys.readouterr().out.splitlines() == ["1 draft would be removed.", "1 draft removed."]
    assert list(Draft.objects.all()) == [kept]
    with pytest.raises(CommandError, match="from 1 to 36500"):
        call_command("sweep_drafts", days=0)
