"""`replay`: a script is taken by the same code as the pages, whole or not at all."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from complaints.models import Complaint
from panel.documents.inspection import inspect
from panel.law import clock
from panel.models import Document, Entry
from panel.models.journal import Link
from panel.record.act import Unsealed
from panel.record.verify import verify
from panel.replay import DayShift, Replay, Wrong, pdf, read
from tests.build import log, make_world

NOW = datetime(2026, 11, 18, 17, 30, tzinfo=UTC)  # a Wednesday
pytestmark = pytest.mark.django_db

LOG = {
    "step": "log", "on": "2026-10-27", "channel": "email", "made_on": "2026-10-26", "who": "named",
    "name": "Gillian Thorpe", "email": "gillian.thorpe@example.org", "complainant_kind": "public",
    "subjects": ["Daniel Ashcombe"], "title": "Public meeting at Larkford", "words": "On {2026-10-14} he said so.",
    "allegations": [
        {"what": "Said so", "happened_on": "2026-10-14"}, {"what": "Wrote so", "happened_on": "2026-10-16"},
    ],
}  # fmt: skip
RECORD = {"step": "record", "on": "2026-11-04", "theme": "behaviour_public", "offence": "no"}


@pytest.fixture(autouse=True)
def _that_evening():
    with clock.set_to(NOW):
        yield


@pytest.fixture
def world():
    return make_world()


def script(*steps, **more):
    return {"panel": "exshire", "by": "officer@exshire.example", "cases": [{"steps": list(steps)}], **more}


def run(tmp_path, notes, **options):
    """What the command says of the script."""
    path = tmp_path / "script.json"
    path.write_text(notes if isinstance(notes, str) else json.dumps(notes, indent=1))
    out = StringIO()
    call_command("replay", str(path), stdout=out, **options)
    return out.getvalue()


def refused(tmp_path, notes, **options):
    """The message that the command ends with; exit code 2, nothing saved."""
    before = Entry.objects.count()
    with pytest.raises(CommandError) as error:
        run(tmp_path, notes, **options)
    assert error.value.returncode == 2
    assert Entry.objects.count() == before
    assert "\n" not in str(error.value)
    return str(error.value)


# What a script does


def test_a_script_takes_a_case_through_its_steps_as_the_pages_do(world, tmp_path):
    said = run(
        tmp_path,
        script(
            LOG,
            {"step": "redirect", "on": "2026-11-02", "by": "mo@exshire.example", "parts": [2], "reason": "policy",
             "redirected_to": "The office", "why": "Policy"},
            RECORD,
            {"step": "give_notice", "on": "2026-11-06", "kinds": ["copy_of_record"], "to": "complainant", "how": "post",
             "documents": [{"name": "record.pdf", "pdf": "Recorded on {2026-11-04}"}]},
        ),
    )  # fmt: skip
    case = Complaint.objects.get()
    assert said == f"4 steps in 1 cases taken: {case.reference}\n"
    assert [(e.step, e.on, e.by) for e in case.entries.all()] == [
        ("log", date(2026, 10, 27), world.officer),
        ("redirect", date(2026, 11, 2), world.mo),
        ("record", date(2026, 11, 4), world.officer),
        ("give_notice", date(2026, 11, 6), world.officer),
    ]
    assert [p.status for p in case.parts.order_by("number")] == ["recorded", "redirected"]
    assert case.duties.get(kind="copy_of_record").closed_how == "met"
    assert case.documents.get().content_type == "application/pdf"
    assert list(verify()) == []


def test_without_as_of_every_step_is_entered_now(world, tmp_path):
    run(tmp_path, script(LOG, RECORD))
    assert set(Entry.objects.filter(case__isnull=False).values_list("entered_at", flat=True)) == {NOW}


def test_what_moved_days_make_late_says_so_and_nothing_else_is_made_up(world, tmp_path):
    """Monday and Tuesday become Friday and Monday: a referral due on the next day of the calendar is then late."""
    clear = {
        "step": "identify_serious",
        "on": "2026-11-09",
        "basis": "offence",
        "clear_on": "2026-11-09",
        "why": "It may be.",
    }
    refer = {"step": "refer_to_iopc", "on": "2026-11-10", "sent": "All of it", "tell_office_holder": "yes"}
    steps = (LOG, RECORD, {**clear, "by": "mo@exshire.example"}, refer)
    assert "late_why: Enter why it is late" in refused(tmp_path, script(*steps[:3], {**refer, "on": "2026-11-12"}))
    run(tmp_path, script(*steps, as_of="2026-11-12"))  # so that all is four working days later
    entry = Entry.objects.get(step="refer_to_iopc")
    assert (entry.on.isoformat(), entry.answers["late_why"]) == ("2026-11-16", "Days without work came in between.")
    assert "late_why" not in Entry.objects.get(step="record").answers


def test_with_as_of_days_move_and_each_step_is_entered_on_its_day_or_as_typed(world, tmp_path):
    steps = (LOG, {**RECORD, "typed": "2026-11-06 08:50"})
    run(tmp_path, script(*steps, as_of="2026-11-17"))  # so that all is a working day later
    case = Complaint.objects.get()
    logged, recorded = case.entries.all()
    assert (case.received_on, case.made_on) == (date(2026, 10, 28), date(2026, 10, 27))
    assert case.words == "On 15 October 2026 he said so."
    assert logged.entered_at.astimezone(clock.LONDON).date() == date(2026, 10, 28)
    assert recorded.on == date(2026, 11, 5)
    assert recorded.entered_at == datetime(2026, 11, 9, 8, 50, tzinfo=clock.LONDON)
    assert Link.objects.get(entry=recorded).at == recorded.entered_at


def test_cases_told_together_are_entered_in_the_order_of_their_days(world, tmp_path):
    late = {**LOG, "on": "2026-11-03", "title": "Later"}
    notes = script(as_of="2026-11-18")
    notes["cases"] = [{"steps": [late]}, {"steps": [LOG, RECORD]}]
    run(tmp_path, notes)
    assert list(Complaint.objects.order_by("serial").values_list("title", flat=True)) == [LOG["title"], "Later"]


def test_a_step_is_taken_back_by_its_key_and_another_case_named_by_its_ref(world, tmp_path):
    notes = script()
    again = {"step": "void", "on": "2026-10-28", "by": "mo@exshire.example", "reason": "duplicate",
             "duplicate_of": "first", "why": "Twice"}  # fmt: skip
    back = {"step": "reverse", "on": "2026-11-04", "entry": "record", "why": "Wrong one"}
    notes["cases"] = [{"ref": "first", "steps": [LOG, RECORD, back]}, {"steps": [LOG, again]}]
    run(tmp_path, notes)
    first, second = Complaint.objects.order_by("serial")
    assert (first.status, second.status) == ("received", "void")
    assert second.entries.get(step="void").answers["duplicate_of"] == first.reference


def test_a_script_goes_on_with_a_case_of_the_register(world, tmp_path):
    case = log(world)
    notes = script()
    notes["cases"] = [{"reference": case.reference, "steps": [RECORD]}]
    run(tmp_path, notes)
    case.refresh_from_db()
    assert case.status == "recorded"


def test_another_panels_case_is_like_one_that_never_existed(world, tmp_path):
    theirs = log(make_world("wexshire", "WX", "Wexshire"))
    notes = script()
    notes["cases"] = [{"reference": theirs.reference, "steps": [RECORD]}]
    known = refused(tmp_path, notes)
    notes["cases"][0]["reference"] = "WX-C-2026-0999"
    assert refused(tmp_path, notes) == known.replace(theirs.reference, "WX-C-2026-0999")


# What is refused


def wrong(**changes):
    return script({**LOG, **changes})


REFUSED = {
    "unknown panel": (script(LOG, panel="nowhere"), "line 1: panel: there is no panel 'nowhere'"),
    "unknown procedure": (script(LOG, procedure="parking"), "procedure: there is no procedure 'parking'"),
    "unknown user": (wrong(by="nobody@example.org"), "log: by: there is no user 'nobody@example.org'"),
    "no user": (wrong(by=7), "log: by: there is no user 7"),
    "unknown office holder": (wrong(subjects=["Jane Doe"]), "log: subjects: 'Jane Doe' is none of the choices: Daniel"),
    "unknown step": (script(LOG, {"step": "acquit", "on": "2026-11-04"}), "the procedure has no step 'acquit'"),
    "illegal step": (
        script(LOG, {"step": "close", "on": "2026-11-04", "summary": "x"}), "close: It is not decided. (paragraph 5"
    ),
    "wrong role": (
        script(LOG, RECORD, {"step": "advise", "on": "2026-11-05", "conclusion": "x", "advice": "y"}),
        "advise: Only the Monitoring Officer can do this.",
    ),
    "wrong answer": (wrong(channel="pigeon"), "log: channel: 'pigeon' is none of the choices: Email; Letter"),
    "no answer": (script({k: v for k, v in LOG.items() if k != "title"}), "log: title: Enter a short title"),
    "not asked": (wrong(colour="red"), "log: colour: this step does not ask that. It asks: "),
    "not asked of an allegation": (wrong(allegations=[{"who": "x"}]), "log: allegations: each is an object with what"),
    "no such duty": (
        script(LOG, {"step": "give_notice", "on": "2026-11-04", "kinds": ["praise"], "how": "post", "no_copy": "x"}),
        "give_notice: kinds: no duty 'praise' is open here. Open: ",
    ),
    "nothing to take back": (
        script(LOG, {"step": "reverse", "on": "2026-11-04", "by": "mo@exshire.example", "entry": "record", "why": "x"}),
        "reverse: There is no step that you can take back.",
    ),
    "no day": (script({k: v for k, v in LOG.items() if k != "on"}), "log: on: write the day as 2026-11-18, not None"),
    "no such day": (wrong(on="2026-02-30"), "log: on: write the day as 2026-11-18, not '2026-02-30'"),
    "still to come": (wrong(on="2026-11-19"), "log: on: Date we received it must be today or in the past"),
    "out of order": (script(LOG, {**RECORD, "on": "2026-10-01"}), "record: on: "),
    "begins with another step": (script(RECORD), "record: a new case begins with log or record_conduct_matter"),
    "logged twice": (script(LOG, LOG), "log: the case is there already"),
    "typed without as_of": (wrong(typed="2026-10-28"), "typed: only a script with as_of says when"),
    "typed in the future": (
        script({**LOG, "typed": "2026-11-18 23:00"}, as_of="2026-11-18"), "log: typed: that is still to come"
    ),
    "typed too early": (
        script({**LOG, "typed": "2026-11-05"}, RECORD, as_of="2026-11-18"), "the step before it was entered later"
    ),
    "typed badly": (script({**LOG, "typed": "noon"}, as_of="2026-11-18"), "write it as 2026-11-09 or 2026-11-09 08:50"),
    "no cases": ({"panel": "exshire", "cases": []}, "line 1: cases: give a list of objects"),
    "unknown key": (script(LOG, colour="red"), "'colour' means nothing here"),
    "a list of lists": (wrong(words=[["x"]]), "log: words: give a text, a number, true, false, or a list of these"),
    "nothing": (wrong(words=None), "log: words: give a text"),
    "a document of nothing": (wrong(documents=[{"name": "x"}]), "log: documents: write each as"),
    "a hostile document": (
        wrong(documents=[{"name": "x.exe", "text": "MZ"}]), "log: documents: x.exe is a program"
    ),
    "no JSON": ('{"panel": "exshire",\n "cases": [}', "line 2: Expecting value"),
    "no object": ("[]", "line 1: a script is an object"),
    "a key twice": ('{"panel": "exshire",\n "cases": [{"ref": "a",\n "ref": "b"}]}', "line 2: 'ref' is given twice"),
    "too deep": ("[" * 100_000, "nested too deeply"),
}  # fmt: skip


@pytest.mark.parametrize("notes, says", REFUSED.values(), ids=REFUSED)
def test_a_wrong_script_says_what_is_wrong_and_saves_nothing(world, tmp_path, notes, says):
    assert says in refused(tmp_path, notes)
    assert Complaint.objects.count() == 0


def test_the_message_names_case_step_and_line(world, tmp_path):
    notes = script(LOG)
    notes["cases"].append({"steps": [LOG, {"step": "filter", "on": "2026-11-04"}]})
    lines = json.dumps(notes, indent=1).splitlines()
    line = next(n for n, text in enumerate(lines, 1) if '"filter"' in text) - 1  # of the brace before it
    said = refused(tmp_path, notes)
    assert said.startswith(f"cases[1].steps[1] (line {line}): filter: It is not recorded and waiting for the Chairman.")


def stored():
    return sorted(p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file())


@pytest.mark.parametrize("last, options", [({"step": "close", "on": "2026-11-05"}, {}), (RECORD, {"dry_run": True})])
def test_what_was_done_before_a_failure_or_in_a_dry_run_is_given_up_with_its_files(world, tmp_path, last, options):
    before = stored()
    notes = script({**LOG, "documents": [{"name": "email.txt", "text": "He said so."}]}, last)
    if options:
        assert "2 steps in 1 cases would be taken; nothing was saved" in run(tmp_path, notes, **options)
    else:
        refused(tmp_path, notes)
    assert (Complaint.objects.count(), Document.objects.count()) == (0, 0)
    assert stored() == before


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(CommandError, match="missing.json cannot be read") as error:
        call_command("replay", str(tmp_path / "missing.json"))
    assert error.value.returncode == 2
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("replay", str(tmp_path / "binary.json"))


# On a real installation nobody writes the past


@override_settings(PRODUCTION=True)
def test_a_real_installation_refuses_a_script_of_the_past(world_of_production, tmp_path):
    path = tmp_path / "script.json"
    path.write_text(json.dumps(script(LOG, as_of="2026-11-18")))
    with pytest.raises(CommandError, match="only a demonstration or a test can be entered in the past"):
        call_command("replay", str(path))
    assert Complaint.objects.count() == 0


@pytest.fixture
def world_of_production():
    with override_settings(PRODUCTION=False):
        return make_world()


def test_the_journal_of_a_real_installation_writes_at_no_other_moment_than_now(world):
    with override_settings(PRODUCTION=True), pytest.raises(Unsealed, match="another moment than now"):
        log(world)
    assert Complaint.objects.count() == 0


# Days and files


def test_days_move_so_that_the_day_of_the_script_is_the_last_working_day():
    shift = DayShift(date(2026, 11, 18), date(2026, 11, 29))  # a Sunday
    assert shift.day(date(2026, 11, 18)) == date(2026, 11, 27)
    assert shift.day(date(2026, 11, 9)) == date(2026, 11, 18)  # seven working days before, as in the script
    assert shift.day(date(2026, 11, 14)) == shift.day(date(2026, 11, 13))  # a Saturday goes with its Friday
    assert shift.day(date(2026, 11, 26)) == date(2026, 12, 7)
    assert DayShift(None, date(2026, 11, 29)).day(date(2026, 11, 14)) == date(2026, 11, 14)


def test_the_order_of_days_and_the_working_days_between_them_are_kept():
    shift = DayShift(date(2026, 11, 18), date(2027, 4, 6))
    days = [date(2024, 9, 1) + timedelta(n) for n in range(0, 900, 7)]
    assert [shift.day(d) for d in days] == sorted(shift.day(d) for d in days)
    for n in (1, 5, 10):
        start = date(2026, 11, 2)
        moved = clock.working_days(shift.day(start), n).day
        assert moved == shift.day(clock.working_days(start, n).day)


def test_a_made_pdf_is_one_and_holds_its_text():
    made = pdf("A (short) line\n\nand “another”")
    assert inspect(made).extension == "pdf"
    assert rb"(A \(short\) line) Tj" in made


def test_a_replay_says_in_which_of_several_scripts_it_went_wrong(world):
    scripts = [read(json.dumps(script(LOG))), read(json.dumps(script(RECORD)))]
    with pytest.raises(Wrong, match=r"^two\.json: cases\[0\]\.steps\[0\] \(line 1\): record"):
        Replay(scripts, ["one.json", "two.json"]).run()
