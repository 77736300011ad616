"""`demo`: two panels to look at, loaded once for all that is asked of them here; and `verify_audit` on them."""

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings

from complaints.models import Allegation, Complaint
from complaints.procedure import PROCEDURE
from complaints.report import periods
from complaints.report.figures import annual_report
from panel import demo as demonstration
from panel.access import rules
from panel.law import clock
from panel.law.roles import CasePart
from panel.models import Case, CaseRole, Duty, Entry, Member, OfficeHolder, Panel, User
from panel.models.journal import Link
from tests.complaints.report.test_annual_report import reconciles

NOW = datetime(2026, 11, 18, 17, 30, tzinfo=UTC)  # the day the scripts are written for

pytestmark = pytest.mark.django_db


def command(name, *args, **options):
    """What the command writes."""
    out = StringIO()
    call_command(name, *args, stdout=out, **options)
    return out.getvalue()


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """The demonstration, made once and removed after the last test of this module; what the command said."""
    with django_db_blocker.unblock(), clock.set_to(NOW):
        yield command("demo")
        call_command("flush", interactive=False, verbosity=0)


def person(name):
    user = User.objects.get(name=name)
    return rules.standing(user, Panel.objects.get(slug="exshire"))


# The command


def test_it_ends_with_the_address_and_an_account_for_each_role(demo):
    assert "Sign in at http://127.0.0.1:8000/ with the password demo-exshire as" in demo
    accounts = [(role, user.email) for role, user, _ in demonstration.accounts()]
    assert accounts == [
        ("Scrutiny officer", "priya.nair@exshire.example"),
        ("Chairman", "margaret.holt@exshire.example"),
        ("Vice-Chairman", "owen.pask@exshire.example"),
        ("Monitoring Officer", "helen.farrow@exshire.example"),
        ("Sub-panel member", "amina.sesay@exshire.example"),
        ("Panel member", "yusuf.karim@exshire.example"),
        ("Auditor", "tom.whitlow@exshire.example"),
        ("Administrator", "lena.brook@exshire.example"),
    ]
    assert all(f"{role:<20}{email}" in demo for role, email in accounts)
    users = User.objects.all()
    assert all(u.is_demo and u.check_password("demo-exshire") for u in users)
    assert len(users) == len(accounts)


def test_a_second_run_keeps_what_is_there():
    before = (Entry.objects.count(), Link.objects.count(), User.objects.count())
    assert command("demo").startswith("The demonstration is there already.")
    assert (Entry.objects.count(), Link.objects.count(), User.objects.count()) == before


@override_settings(TESTING=False, DEMO=False, DEBUG=False)
def test_a_real_installation_gets_no_made_up_people():
    with pytest.raises(CommandError, match="This is a real installation"):
        command("demo")


def test_its_reports_have_these_figures():
    """Golden figures of the three demo years as the scripts tell them on 18 November 2026."""
    golden = json.loads(Path(__file__).with_name("golden_demo.json").read_text())
    with clock.set_to(NOW):
        for year, figures in golden.items():
            found = annual_report(Panel.objects.get(slug="exshire"), *clock.year_bounds(year))
            assert found.as_json() == figures, year
            reconciles(found)
        assert annual_report(Panel.objects.get(slug="west-mercia"), *clock.year_bounds("2021-22")).nil


def test_every_period_of_it_adds_up():
    """Years, halves, quarters, terms, as at several days, with the year before."""
    with clock.set_to(NOW):
        panel = Panel.objects.get(slug="exshire")
        offered = [slug for _, group in periods.offered(panel) for slug, _ in group if slug[0].isdigit()]
        assert len(offered) > 12
        for as_at in (date(2025, 11, 1), date(2026, 6, 1), NOW.date()):
            for slug in offered:
                first, last = periods.parse(slug)
                if first <= as_at:
                    reconciles(annual_report(panel, first, last, as_at, previous=True))


@override_settings(DEMO=True)
def test_every_account_of_the_picture_signs_in():
    shown = Client().get("/accounts/login/").context["demo_accounts"]
    assert [(a["role"], a["email"]) for a in shown] == [
        (role, user.email) for role, user, _ in demonstration.accounts()
    ]
    for account in shown:
        answers = {"login": account["email"], "password": settings.DEMO_PASSWORD}
        page = Client().post("/accounts/login/", answers, follow=True)
        assert page.redirect_chain[0] == ("/", 302)
        assert page.status_code == 200
        if account["role"] == "Chairman":
            assert account["sees"].split()[0] == page.context["heading"].split()[0]


# West Mercia: what its papers say


def test_west_mercia_has_its_published_membership_and_no_complaint():
    panel = Panel.objects.get(slug="west-mercia")
    kinds = Counter(panel.members.in_force(date(2022, 9, 7)).values_list("kind", flat=True))
    assert kinds == {"substantive": 10, "co_opted": 5, "independent": 2}
    assert panel.members.count() == 17
    offices = panel.chairmanships.in_force(date(2022, 9, 7)).values_list(
        "office", "member__name", "member__council__name"
    )
    assert set(offices) == {
        ("chairman", "Cllr Aled Luckman", "Worcestershire County Council"),
        ("vice_chairman", "Cllr Barry Durkin", "Herefordshire Council"),
    }
    assert [h.name for h in panel.office_holders.in_force(date(2022, 9, 7))] == ["John Campion"]
    assert not OfficeHolder.objects.filter(name__contains="Bayliss").exists()
    assert set(panel.substitutes.values_list("name", "member__name", "from_date")) == {
        ("Cllr Steve Reynolds", "Cllr Paul Watling", date(2022, 6, 15)),
        ("Cllr Marc Bayliss", "Cllr Aled Luckman", date(2022, 7, 11)),
    }
    assert not panel.cases.filter(procedure="complaints").exists()


def test_west_mercia_has_set_no_target_and_nobody_there_can_sign_in_but_the_demos_officer():
    panel = Panel.objects.get(slug="west-mercia")
    for row in panel.settings.all():
        days = (f.name for f in row._meta.fields if f.name.endswith(("_days", "_weeks")))
        assert not any(getattr(row, name) for name in days)
        assert (row.sub_panel_size, row.officer_records, row.quorum) == (3, True, None)
    assert [(str(r.from_date), r.participation_hour, r.procedure_approved) for r in panel.settings.all()] == [
        ("2013-12-01", None, "December 2013"), ("2022-08-30", 9, "December 2013"),  # as the agenda has it
    ]  # fmt: skip
    assert [m.user.email for m in panel.memberships.all()] == ["priya.nair@exshire.example"]
    assert not panel.members.exclude(user=None).exists()


# Exshire: a case of each kind


def test_there_are_more_than_forty_complaints_over_three_municipal_years():
    years = Counter(clock.municipal_year(c.received_on) for c in Complaint.objects.all())
    assert years == {"2024-25": 5, "2025-26": 17, "2026-27": 24}
    assert Member.objects.filter(panel__slug="exshire").in_force(clock.today()).count() == 15


def test_one_case_stands_in_every_state():
    standing = Counter(Complaint.objects.values_list("status", flat=True))
    assert standing == {
        "received": 6, "awaiting_information": 1, "recorded": 3, "referred_to_iopc": 1, "with_iopc": 1,
        "awaiting_proceedings": 1, "filtered": 1, "sub_panel": 1, "full_panel": 1, "informal_resolution": 1,
        "outcome_recorded": 2, "void": 2, "not_recorded": 2, "redirected": 2, "withdrawn": 2, "closed": 19,
    }  # fmt: skip
    assert standing.keys() == {s.key for s in PROCEDURE.states}


def test_every_ground_route_and_reason_has_been_used():
    moves = [m.counts for e in Entry.objects.in_force() for m in e.moves.all()]

    def used(slug):
        found = [c[slug] for c in moves if slug in c]
        return {v for value in found for v in (value if isinstance(value, list) else [value])}

    assert used("grounds") == set("abcdef")
    assert used("route") == set(Allegation.Route.values)
    assert used("not_recorded") == set(Allegation.NotRecorded.values)
    assert used("outcome") == set(Allegation.Outcome.values)
    assert used("wish") == {"withdrawn", "no_further_steps"}
    assert used("serious") == set(Allegation.Serious.values)


ODD = {  # what makes a case odd: the entries, case roles or duties that show it
    "anonymous": lambda: Complaint.objects.filter(complainant=None, conduct_matter=False),
    "by an agent": lambda: Complaint.objects.exclude(agent=""),
    "about both": lambda: Complaint.objects.filter(subjects__office_holder__office="deputy").filter(
        subjects__office_holder__office="commissioner"
    ),
    "by a member, who has an interest": lambda: CaseRole.objects.filter(
        kind=CasePart.INTERESTED, case__complaint__complainant_kind="panel_member"
    ),
    "decided by the Vice-Chairman": lambda: Entry.objects.filter(step="filter", decided_by__name="Cllr Owen Pask"),
    "typed up by the officer": lambda: Entry.objects.filter(step="filter", by__name="Priya Nair").exclude(
        decided_by=None
    ),
    "taken back": lambda: Entry.objects.exclude(reverses=None),
    "reopened": lambda: Entry.objects.filter(step="reopen"),
    "withdrawn from the IOPC": lambda: Duty.objects.filter(kind="notify_iopc", closed_how="met"),
    "referred back": lambda: Entry.objects.filter(step="iopc_refers_back"),
    "stopped by the IOPC": lambda: Entry.objects.filter(step="iopc_discontinues"),
    "redirected late": lambda: Entry.objects.filter(step="redirect", moves__counts__late="yes"),
    "a sub-panel member replaced": lambda: Entry.objects.filter(step="replace_sub_panel_member"),
    "waived": lambda: Entry.objects.filter(step="waive").exclude(why=""),
    "referred late": lambda: Entry.objects.filter(step="refer_to_iopc", answers__late_why__gt=""),
    "a conduct matter": lambda: Complaint.objects.filter(conduct_matter=True),
    "restricted": lambda: Complaint.objects.filter(restricted=True),
    "corrected": lambda: Entry.objects.filter(step="correct"),
    "challenged": lambda: Entry.objects.filter(step="answer_challenge"),
}


@pytest.mark.parametrize("found", ODD.values(), ids=ODD)
def test_every_odd_case_is_there(found):
    assert found().exists()


def test_the_allegations_of_one_complaint_go_different_ways():
    case = Complaint.objects.get(title="Opening of a police station")
    assert [p.status for p in case.parts.order_by("number")] == ["closed", "withdrawn", "redirected"]


def test_what_is_waiting_is_what_the_pictures_show():
    open_now = (
        Duty.objects.filter(closed_by=None, stopped_on=None, case__procedure="complaints")
        .exclude(due=None)
        .select_related("case")
    )
    overdue = {(d.kind, d.case.title, (clock.today() - d.due).days) for d in open_now if d.due < clock.today()}
    assert overdue == {
        ("refer_to_iopc", "Use of an office card", 1),
        ("copy_of_complaint", "Public meeting at Larkford", 9),
        ("chase", "Claims for travel", 2),
        ("conclude", "Visit to Stanmoor station", 40),
        ("conclude", "Chairing of a public forum", 13),
    }
    today = {(d.kind, d.case.title) for d in open_now if d.due == clock.today()}
    assert today == {
        ("acknowledge", "Manner on the telephone"),
        ("send_papers", "Chairing of a public forum"),
        ("consider", "Public meeting at Larkford"),
    }


def test_three_decisions_wait_for_the_chairman_and_one_for_the_vice_chairman_alone():
    kinds = ("consider", "appoint_sub_panel", "decide_publication")
    waiting = Duty.objects.filter(closed_by=None, kind__in=kinds, case__procedure="complaints")
    seen = {
        name: {d.case.title for d in waiting.filter(case__in=Case.objects.filter(rules.visible(person(name))))}
        for name in ("Cllr Margaret Holt", "Cllr Owen Pask")
    }
    assert seen["Cllr Margaret Holt"] == {"Public meeting at Larkford", "Unanswered letters", "Conduct at a parade"}
    assert seen["Cllr Owen Pask"] - seen["Cllr Margaret Holt"] == {"An invitation on official paper"}


def test_the_sub_panels_member_sees_its_case_and_members_what_is_before_the_panel():
    titles = {
        name: set(Case.objects.filter(rules.visible(person(name))).values_list("title", flat=True))
        for name in ("Cllr Amina Sesay", "Cllr Yusuf Karim", "Lena Brook")
    }
    tabled = {"Chairing of a public forum"}
    assert tabled <= titles["Cllr Yusuf Karim"]
    assert titles["Cllr Amina Sesay"] == titles["Cllr Yusuf Karim"] | {"Visit to Stanmoor station"}
    assert titles["Lena Brook"] == set()


def test_references_follow_the_day_of_receipt():
    rows = Complaint.objects.order_by("year", "serial").values_list("year", "serial", "received_on")
    assert [r[2] for r in rows] == sorted(r[2] for r in rows)
    assert all(year == day.year for year, _, day in rows)


def test_every_step_was_entered_on_its_day_but_those_typed_up_later():
    late = [
        e
        for e in Entry.objects.filter(case__procedure="complaints")
        if e.entered_at.astimezone(clock.LONDON).date() != e.on
    ]
    assert {(e.step, (e.entered_at.astimezone(clock.LONDON).date() - e.on).days) for e in late} == {
        ("filter", 3), ("give_notice", 3), ("note_comments", 3), ("request_documents", 12), ("resolve_informally", 1),
    }  # fmt: skip
    assert not Entry.objects.filter(entered_at__gt=NOW).exists()


def test_nobody_real_and_no_address_that_could_be_somebodys():
    people = [c for c in Complaint.objects.select_related("complainant") if c.complainant]
    assert all(c.complainant.email.endswith("@example.org") for c in people if c.complainant.email)
    assert all(c.complainant.phone.startswith("01632 960") for c in people if c.complainant.phone)


# verify_audit


def test_the_record_verifies_and_says_how_long_each_chain_is():
    said = command("verify_audit").splitlines()
    assert said[-1] == "Verified: everything is as it was sealed."
    links = Link.objects.filter(chain__key="exshire").order_by("seq")
    assert f"exshire: {links.count()} links, newest seal {links.last().seal}" in said
    assert [line.split(":")[0] for line in said[:-1]] == ["exshire", "installation", "west-mercia"]
    only = command("verify_audit", panel="west-mercia").splitlines()
    assert [line.split(":")[0] for line in only] == ["installation", "west-mercia", "Verified"]


def test_an_export_of_the_demonstration_verifies_outside_it(tmp_path):
    """The script stands alone: no Django, nothing of this product."""
    file, heads = tmp_path / "export.jsonl", tmp_path / "heads.txt"
    command("export_audit", output=str(file))
    heads.write_text(command("chain_head"))
    script = Path(__file__).resolve().parents[2] / "docs" / "verify_export.py"
    done = subprocess.run(
        [sys.executable, "-I", script, file, "--head", heads], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Verified: {Link.objects.count()} links" in done.stdout
    assert "Verified" in command("verify_audit", head=str(heads))


def test_a_change_behind_the_applications_back_is_found_and_named():
    case = Complaint.objects.get(title="Public meeting at Larkford")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Complaint._meta.db_table} SET theme = 'other' WHERE case_ptr_id = %s", [case.pk])
    out = StringIO()
    with pytest.raises(CommandError, match="Not verified: 1 fault") as error:
        call_command("verify_audit", stdout=out)
    assert error.value.returncode == 1
    assert out.getvalue() == f"complaints.Complaint {case.pk}: differs from its last history row in theme\n"


def test_verifying_a_panel_that_is_not_there_is_an_error_of_its_own():
    with pytest.raises(CommandError, match="There is no panel 'nowhere'") as error:
        command("verify_audit", panel="nowhere")
    assert error.value.returncode == 2
