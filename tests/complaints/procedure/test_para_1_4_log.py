"""Paragraphs 1 and 4, regulations 2, 9 and 34: whatever purports to be a complaint is received, kept and answered."""

from datetime import date, timedelta

import pytest

from complaints.models import Complaint
from panel.casework.errors import Invalid, Refused
from panel.casework.perform import perform
from panel.law import clock
from panel.models import Entry
from panel.record.act import sealed_act
from tests import build
from tests.steps import ON, RECEIVED, at, errors, fresh, kinds, last, open_duties, take
from tests.written import nothing_written


def log_errors(world, **over):
    """The errors of a complaint that cannot be logged so; nothing is written."""
    with nothing_written(), pytest.raises(Invalid) as raised:
        build.log(world, **over)
    return {k: list(map(str, v)) for k, v in raised.value.form.errors.items()}


def allegation(**over):
    return [{"what": "Told her she was wasting everybody's time", "happened_on": date(2026, 10, 14), **over}]


def test_logging_is_not_recording_and_opens_what_is_due_next(empty_world):
    case = build.log(empty_world, on=RECEIVED)
    assert (case.reference, case.status, case.version) == ("MD-C-2026-0001", "received", 1)
    assert kinds(case) == ["acknowledge", "conclude", "decide_recording", "preserve_evidence"]
    acknowledge = open_duties(case, "acknowledge")[0]
    assert acknowledge.recipient == "complainant"
    assert acknowledge.due == clock.working_days(RECEIVED, 5).day
    assert fresh(case).next_due == acknowledge.due
    assert case.assigned_to == empty_world.officer


def test_references_are_counted_within_panel_and_year_and_never_reused(empty_world):
    undated = allegation(happened_on=None)
    assert (
        build.log(empty_world, on=date(2026, 1, 5), made_on=date(2026, 1, 4), allegations=undated).reference
        == "MD-C-2026-0001"
    )
    second = build.log(empty_world, on=RECEIVED)
    take(empty_world, second, "void", duplicate_of="", reason="mistake")
    assert second.reference == "MD-C-2026-0002"
    assert build.log(empty_world, on=RECEIVED).reference == "MD-C-2026-0003"
    assert (
        build.log(empty_world, on=date(2025, 12, 31), made_on=date(2025, 12, 30), allegations=undated).reference
        == "MD-C-2025-0001"
    )
    other = build.make_world("wessex", "WX", "Wessex")
    assert build.log(other, on=RECEIVED).reference == "WX-C-2026-0001"


def test_an_anonymous_complaint_is_logged_and_nobody_is_to_be_told(world):
    case = build.log(world, on=RECEIVED, who="anonymous")
    assert case.anonymous
    assert kinds(case) == ["conclude", "decide_recording", "preserve_evidence"]


def test_a_complaint_is_not_received_in_the_future(world):
    tomorrow = clock.today() + timedelta(days=1)
    assert log_errors(world, on=tomorrow) == {"on": ["Date we received it must be today or in the past"]}


def test_it_is_not_made_after_it_was_received(world):
    assert log_errors(world, on=RECEIVED, made_on=RECEIVED + timedelta(days=1)) == {
        "made_on": ["Date it was made must be on or before the date we received it"]
    }


def test_nothing_happened_after_the_complaint_was_made(world):
    found = log_errors(world, on=RECEIVED, allegations=allegation(happened_on=date(2026, 10, 27)))
    assert found == {"happened_on_1": ["The day it happened must be on or before the day the complaint was made"]}


def test_an_incident_before_they_took_office_needs_a_reason(world):
    early = allegation(happened_on=build.START - timedelta(days=1))
    assert log_errors(world, on=RECEIVED, allegations=early) == {
        "early_reason_1": ["Mr Ashcombe took office on 13 May 2024. Enter why an earlier incident belongs here"]
    }
    early[0]["early_reason"] = "He was the candidate, and spoke as the next Commissioner."
    assert build.log(world, on=RECEIVED, allegations=early).status == "received"


def test_so_does_one_after_they_left(world):
    with sealed_act(world.panel, by=None, name="set_up"):
        world.pcc.to_date = date(2026, 10, 1)
        world.pcc.save()
    late = allegation(happened_on=date(2026, 10, 2))
    assert log_errors(world, on=RECEIVED, allegations=late) == {
        "early_reason_1": ["Mr Ashcombe left office on 1 October 2026. Enter why a later incident belongs here"]
    }
    assert build.log(world, on=RECEIVED, allegations=allegation(happened_on=date(2026, 10, 1))).status == "received"


def test_on_the_day_they_took_office_no_reason_is_needed(world):
    assert build.log(world, on=RECEIVED, allegations=allegation(happened_on=build.START)).status == "received"


def test_a_complaint_about_both_needs_a_reason_only_if_neither_held_office(world):
    day = date(2024, 6, 1)  # the Deputy came on 1 July
    case = build.log(world, on=RECEIVED, about=("pcc", "deputy"), allegations=allegation(happened_on=day))
    assert case.subjects.count() == 2
    assert "early_reason_1" in log_errors(
        world, on=RECEIVED, about=("deputy",), allegations=allegation(happened_on=day)
    )


def test_a_complaint_names_an_office_holder_of_this_panel(world):
    other = build.make_world("wessex", "WX", "Wessex")
    assert list(log_errors(world, on=RECEIVED, subjects=[str(other.pcc.pk)])) == ["subjects"]
    assert list(log_errors(world, on=RECEIVED, subjects=[])) == ["subjects"]


def test_only_officer_and_monitoring_officer_log(world):
    assert build.log(world, on=RECEIVED, by=world.mo).status == "received"
    for who in ("chairman", "vice", "member", "sitting", "auditor", "admin"):
        with nothing_written(), pytest.raises(Refused) as raised:
            build.log(world, on=RECEIVED, by=world.people[who])
        assert (raised.value.role, raised.value.refusals[0].provisions[0]) == (True, "para 1")


def test_a_complaint_is_logged_once(world):
    case = at(world, "received")
    with nothing_written(), pytest.raises(Refused) as raised:
        perform(case, "log", by=world.officer, on=RECEIVED, **{**build.LOG, "subjects": [str(world.deputy.pk)]})
    assert str(raised.value).startswith(f"{case.reference} is in the register already.")


def test_a_member_of_the_panel_who_complains_is_interested_from_the_start(world):
    case = build.log(world, on=RECEIVED, complainant_kind="panel_member", member=str(world.members[3].pk))
    assert [(r.kind, r.member, r.user) for r in case.roles.all()] == [("interested", world.members[3], world.sitting)]


def test_an_added_allegation_starts_as_received_and_the_case_stays_where_it_was(world):
    case = take(world, at(world, "filtered"), "add_allegation")
    assert (case.status, [p.status for p in case.parts.all()]) == ("filtered", ["filtered", "received"])
    assert [d.part.number for d in open_duties(case, "decide_recording")] == [2]
    assert last(case).step == "add_allegation"


def test_an_added_allegation_is_dated_like_a_logged_one(world):
    case = at(world, "recorded")
    assert list(errors(world, case, "add_allegation", happened_on=date(2024, 1, 1))) == ["early_reason_1"]
    assert list(errors(world, case, "add_allegation", happened_on=ON + timedelta(days=1))) == ["happened_on_1"]
    assert list(errors(world, case, "add_allegation", on=RECEIVED - timedelta(days=1), happened_on=None)) == ["on"]


@pytest.mark.parametrize(
    "text",
    ["a" * 200_001, "<script>alert(1)</script>", "שלום עולם", "👩‍🚒 on fire", "NUL \x00 inside", "half \ud800 pair"],
    ids=["long", "html", "right-to-left", "emoji", "nul", "surrogate"],
)
def test_every_text_is_kept_or_refused_with_a_message_whatever_is_in_it(world, text):
    typed = {
        "title": text, "words": text, "name": text, "address": text, "phone": text, "agent": text, "how_to_write": text,
        "allegations": [{"what": text, "early_reason": text}],
    }  # fmt: skip
    if len(text) > 200_000:
        found = log_errors(world, on=RECEIVED, **typed)
        assert set(found) == {
            "title", "words", "name", "address", "phone", "agent", "how_to_write", "what_1", "early_reason_1",
        }  # fmt: skip
        return
    case = fresh(build.log(world, on=RECEIVED, **typed))
    kept = "".join(c for c in text if c not in "\x00\ud800")
    assert (case.title, case.words, case.complainant.name, case.parts.get().allegation.what) == (kept,) * 4


def test_an_email_address_longer_than_its_column_is_refused(world):
    long = "a" * 64 + "@" + ".".join(["b" * 60] * 4) + ".org"
    assert list(log_errors(world, on=RECEIVED, email=long)) == ["email"]


def test_a_refused_complaint_leaves_nothing_behind(empty_world):
    assert log_errors(empty_world, title="") == {"title": ["Enter a short title"]}
    assert not Complaint.objects.filter(panel=empty_world.panel).exists()
    assert not Entry.objects.filter(panel=empty_world.panel, step="log").exists()
