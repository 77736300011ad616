"""The rule book: who sees what, who may do what. The tables here are written out by hand, from the design and the law
notes, and are not made from the code."""

import copy
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from complaints.models import Complaint
from complaints.procedure import PROCEDURE
from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.casework.offers import offers
from panel.law import clock
from panel.law.roles import GRANTED, CasePart, Role
from panel.models import Case, Membership
from panel.record.act import sealed_act
from tests import build
from tests.steps import ON, at, fresh, refusal, seats, take

# Actions

EVERYBODY = "officer monitoring_officer chairman vice_chairman member auditor administrator"
ACTIONS = {
    "home.view": EVERYBODY,
    "help.view": EVERYBODY,
    "case.list": "officer monitoring_officer chairman vice_chairman member auditor",
    "case.history": "officer monitoring_officer auditor",
    "case.seen": "officer monitoring_officer auditor",
    "case.log": "officer monitoring_officer",
    "message.view": "officer monitoring_officer auditor",
    "message.take": "officer monitoring_officer",
    "letters.view": "officer monitoring_officer chairman vice_chairman auditor",
    "letter.write": "officer monitoring_officer",
    "complainant.view": "officer monitoring_officer chairman vice_chairman auditor",
    "document.exempt": "officer monitoring_officer chairman vice_chairman member auditor",
    "document.restricted": "officer monitoring_officer chairman vice_chairman auditor",
    "case.export": "officer monitoring_officer auditor",
    "case.package": "officer monitoring_officer auditor",
    "bundle.make": "officer monitoring_officer",
    "bundle.open": "officer monitoring_officer auditor",
    "business.view": "officer monitoring_officer chairman vice_chairman member auditor",
    "business.change": "officer monitoring_officer",
    "interests.view": "officer monitoring_officer chairman vice_chairman member auditor",
    "interests.change": "officer monitoring_officer",
    "interests.erase": "monitoring_officer",
    "register.export": "officer monitoring_officer auditor",
    "public.make": "officer monitoring_officer",
    "report.view": "officer monitoring_officer chairman vice_chairman member auditor",
    "report.cases": "officer monitoring_officer chairman vice_chairman auditor",
    "report.draft": "officer monitoring_officer auditor",
    "report.write": "officer monitoring_officer",
    "register.bring_in": "officer monitoring_officer",
    "people.view": EVERYBODY,
    "people.change": "officer monitoring_officer administrator",
    "users.view": "officer monitoring_officer auditor administrator",
    "users.change": "administrator",
    "users.sign_ins": "monitoring_officer auditor administrator",
    "case.hand_over": "officer monitoring_officer",
    "case.remind": "officer monitoring_officer",
    "retention.view": "officer monitoring_officer auditor",
    "post.view": "officer monitoring_officer auditor administrator",
    "post.change": "officer monitoring_officer administrator",
    "group.join": "officer monitoring_officer",
    "settings.view": "officer monitoring_officer auditor administrator",
    "settings.change": "monitoring_officer administrator",
    "settings.agree": "monitoring_officer",
    "journal.view": "officer monitoring_officer auditor",
    "journal.settings": "officer monitoring_officer auditor administrator",
    "journal.verify": "monitoring_officer auditor",
    "journal.openings": "monitoring_officer auditor",
    "person.export": "monitoring_officer",
}


def test_every_action_is_in_the_table():
    assert set(rules.ACTIONS) == set(ACTIONS)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", GRANTED)
def test_who_may(action, role):
    who = rules.Standing(1, 1, frozenset({role}))
    assert rules.may(who, action) == (role.value in ACTIONS[action].split())


@pytest.mark.parametrize("action", ACTIONS)
def test_nobody_without_a_role_may_do_anything(action):
    assert not rules.may(rules.Standing(1, 1), action)
    assert not rules.may(rules.Standing(None, 1), action)


def test_an_action_nobody_declared_is_an_error_and_not_a_yes():
    with pytest.raises(KeyError):
        rules.may(rules.Standing(1, 1, frozenset(GRANTED)), "case.delete")


def test_two_roles_are_added_up():
    both = rules.Standing(1, 1, frozenset({Role.CHAIRMAN, Role.ADMINISTRATOR}))
    assert rules.may(both, "users.change")
    assert rules.may(both, "complainant.view")
    assert not rules.may(both, "case.log")


# Steps: who may enter each, by the law notes' table. o officer, m Monitoring Officer, c Chairman, s sub-panel; the
# Monitoring Officer may take the officer's steps of the office (docs/law.md).

ENTERS = {
    "log": "om", "ask_for_information": "omc", "resume": "om", "record": "om", "redirect": "om",
    "decline_to_record": "m", "brief_chairman": "o", "advise": "m", "decide_copies": "om", "filter": "co",
    "appoint_sub_panel": "co", "replace_sub_panel_member": "co", "refer_to_full_panel": "cso", "take_no_action": "so",
    "resolve_informally": "cso", "request_documents": "oms", "request_attendance": "oms", "note_comments": "oms",
    "note_meeting": "oms", "note_explanation": "oms", "note_apology": "oms", "note_opinion": "oms",
    "record_outcome": "os", "close": "om", "identify_serious": "omcs", "refer_to_iopc": "om", "iopc_investigates": "om",
    "iopc_refers_back": "om", "iopc_suspends": "om", "iopc_lifts_suspension": "om", "iopc_discontinues": "om",
    "iopc_concludes": "m", "proceedings_end": "m", "iopc_treats_as_conduct_matter": "m", "record_conduct_matter": "om", "enter_from_register": "om",
    "record_evidence_step": "om", "withdraw": "om", "add_allegation": "om", "give_notice": "om", "waive": "om",
    "add_documents": "om", "note_contact": "omsc", "take_off_message": "om", "declare_interest": "omcs", "assign": "om", "join_group": "om", "leave_group": "om", "arrange_meeting": "om",
    "adjourn": "om", "invite_representations": "om", "note_representations": "om", "decide_publication": "co",
    "note_answer": "om", "stop_clock": "om", "restart_clock": "om", "note_office_left": "om",
    "note_external_challenge": "om", "answer_challenge": "om", "note_challenge_decision": "om",
    "note_challenge_remedy": "om", "correct": "om", "merge": "m", "restrict": "m",
    "unrestrict": "m", "void": "m", "reopen": "m", "ask_for_reversal": "ocs", "reverse": "om",
    "ask_about_offence": "ocs", "rule_out_offence": "m", "refer_again": "om", "add_conduct": "om",
    "note_victims_review": "om", "victims_review_ends": "om", "note_no_confidence": "om",
    "begin_first_stage": "om", "note_first_stage": "om", "pass_to_panel": "om", "agree_action_plan": "oms",
    "sign_off_action_plan": "oms",
    "note_representative": "om", "end_representative": "om",
    "hold": "m", "lift_hold": "m", "propose_erasure": "o", "decline_erasure": "m", "erase": "m",
}  # fmt: skip
LETTER = {"officer": "o", "mo": "m", "chairman": "c", "sitting": "s"}
DECIDES = {
    "filter": "chairman", "appoint_sub_panel": "chairman", "replace_sub_panel_member": "chairman",
    "refer_to_full_panel": "chairman sub_panel", "take_no_action": "sub_panel panel",
    "resolve_informally": "chairman sub_panel panel", "decide_publication": "chairman",
}  # fmt: skip


def test_every_step_is_in_the_table():
    unknown = {s.key for s in PROCEDURE.steps} - set(ENTERS)
    assert unknown == set(), (
        "add to ENTERS in tests/panel/access/test_access.py who may enter it, by the law and not the code: "
        + ", ".join(sorted(unknown))
    )
    gone = set(ENTERS) - {s.key for s in PROCEDURE.steps}
    assert gone == set(), f"no step of any chapter in CHAPTERS: take it out of ENTERS, or list its chapter: {gone}"


def test_every_step_that_somebody_decides_is_in_the_table():
    decided = {s.key: " ".join(s.decided_by) for s in PROCEDURE.steps if s.decided_by}
    assert decided == DECIDES, "correct DECIDES in tests/panel/access/test_access.py, or `decided_by` of the step"


@pytest.mark.parametrize("step", [s for s in PROCEDURE.steps if s.key in ENTERS], ids=lambda s: s.key)
def test_who_enters_each_step_is_as_the_law_notes_have_it(step):
    letters = {"officer": "o", "monitoring_officer": "m", "chairman": "c", "sub_panel": "s"}
    declared = {letters[r.value] for r in step.entered_by}
    if step.anybody:
        declared |= {"c", "s"}
    assert declared == set(ENTERS[step.key]), f"correct `entered_by` ({step.where}), or ENTERS in {__file__}"


@pytest.fixture(scope="module")
def shared(django_db_setup, django_db_blocker):
    """Exshire with three complaints, made once for this module; what a test changes is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build.make_world()
        world.ready = {state: at(world, state) for state in ("recorded", "sub_panel", "full_panel")}
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(shared, db):
    """Exshire."""
    return copy.deepcopy(shared)


@pytest.mark.parametrize("state", ["received", "recorded", "sub_panel", "informal_resolution", "full_panel", "closed"])
def test_offers_ask_the_role_by_that_table_in_every_state(world, state):
    case = at(world, state)
    sits = state in ("sub_panel", "informal_resolution", "closed")
    for who, letter in LETTER.items():
        if who == "sitting" and not sits:
            continue
        known = [o for o in offers(CaseContext(case, world.people[who])) if o.step.key in ENTERS]
        assert known
        for offer in known:
            by_role = letter in ENTERS[offer.step.key]
            assert (offer.because == "role") == (not by_role), (who, offer.step.key, offer.because)
    for who in ("auditor", "vice"):  # they see it, and take no step; but anybody declares an interest for themselves
        free = {o.step.key for o in offers(CaseContext(case, world.people[who])) if o.because != "role"}
        assert free == ({"declare_interest"} if who == "vice" else set())


@pytest.mark.parametrize("who", ["auditor", "admin", "member", "vice"])
def test_who_takes_no_part_changes_nothing(world, who):
    case = at(world, "recorded")
    for key in ("note_contact", "filter", "record", "waive", "withdraw", "reverse", "assign"):
        found = refusal(world, case, key, by=world.people[who])
        assert type(found).__name__ in ("Refused", "Unseen")


# Cases

WHO = ["officer", "mo", "chairman", "vice", "auditor", "member", "sitting", "admin"]


def seen(world, who, on=None):
    """References of the cases that the person sees."""
    standing = rules.standing(world.people[who], world.panel, on)
    return set(Case.objects.filter(rules.visible(standing)).values_list("reference", flat=True))


@pytest.fixture
def cases(world):
    """One only recorded, one before a sub-panel on which `sitting` sits, one tabled before the full Panel."""
    return dict(world.ready)


SEES = {
    "officer": "recorded sub_panel full_panel",
    "mo": "recorded sub_panel full_panel",
    "chairman": "recorded sub_panel full_panel",
    "vice": "recorded sub_panel full_panel",
    "auditor": "recorded sub_panel full_panel",
    "member": "full_panel",
    "sitting": "sub_panel full_panel",
    "admin": "",
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.postgres
def test_who_sees_which_case(world, cases, who):
    assert seen(world, who) == {cases[state].reference for state in SEES[who].split()}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.postgres
def test_nobody_sees_a_case_of_another_panel(world, cases, who):
    other = build.make_world("wessex", "WX", "Wessex")
    theirs = at(other, "full_panel")
    assert theirs.reference not in seen(world, who)
    standing = rules.standing(other.people[who], world.panel)
    assert (standing.roles, list(Case.objects.filter(rules.visible(standing)))) == (frozenset(), [])
    assert type(refusal(world, cases["full_panel"], "note_contact", by=other.people[who])).__name__ == "Unseen"


def test_a_user_of_two_panels_is_in_each_what_that_panel_made_them(world, cases):
    other = build.make_world("wessex", "WX", "Wessex")
    theirs = at(other, "recorded")
    with sealed_act(other.panel, by=None, name="grant"):
        Membership.objects.create(user=world.officer, panel=other.panel, role=Role.AUDITOR, from_date=build.START)
    standing = rules.standing(world.officer, other.panel)
    assert standing.roles == {Role.AUDITOR}
    assert list(Case.objects.filter(rules.visible(standing))) == [Case.objects.get(pk=theirs.pk)]
    assert theirs.reference not in seen(world, "officer")
    assert set(rules.panels(world.officer)) == {world.panel, other.panel}
    assert refusal(other, theirs, "note_contact", by=world.officer).role


@pytest.mark.parametrize("who", ["officer", "mo", "chairman", "vice", "member", "sitting"])
@pytest.mark.postgres
def test_an_interest_takes_the_case_away_and_no_other(world, cases, who):
    case = cases["full_panel"]
    before = seen(world, who)
    take(world, case, "declare_interest", by=world.people[who])
    assert seen(world, who) == before - {case.reference}
    assert CaseContext(fresh(case), world.people[who]).roles == frozenset()


def test_an_auditor_reads_on_even_with_an_interest(world, cases):
    case = cases["recorded"]
    with sealed_act(world.panel, by=None, name="grant"):
        Membership.objects.create(user=world.officer, panel=world.panel, role=Role.AUDITOR, from_date=build.START)
    take(world, case, "declare_interest", by=world.officer)
    assert case.reference in seen(world, "officer")
    assert CaseContext(fresh(case), world.officer).roles == {Role.AUDITOR}
    assert refusal(world, fresh(case), "note_contact", by=world.officer).role


def test_a_case_that_is_still_to_be_made_has_nothing_to_look_at(world):
    look = CaseContext(Complaint(panel=world.panel, procedure="complaints"), world.officer)
    assert [look.parts, look.entries, look.in_force, look.duties, look.case_roles] == [[], [], [], [], []]
    assert look.roles == {Role.OFFICER}


def test_a_member_interested_without_a_sign_in_stays_so_when_they_get_one(world, cases):
    case, member = cases["full_panel"], world.members[6]
    take(world, case, "declare_interest", by=world.officer, member=seats(world, 6)[0])
    member.user = build.person("six@exshire.example", "Six")
    with sealed_act(world.panel, by=None, name="sign_in"):
        member.save()
        Membership.objects.create(user=member.user, panel=world.panel, role=Role.MEMBER, from_date=build.START)
    world.people["six"] = member.user
    assert seen(world, "six") == set()


def test_a_chairman_interested_without_a_sign_in_does_not_bar_the_vice_chairman(world, cases):
    case, chair = cases["recorded"], world.members[0]
    chair.user = None
    with sealed_act(world.panel, by=None, name="no_sign_in"):
        chair.save()
    case = take(world, case, "declare_interest", by=world.officer, member=seats(world, 0)[0])
    assert case.roles.get(kind="interested").user is None
    chair.user = world.chairman
    with sealed_act(world.panel, by=None, name="sign_in"):
        chair.save()
    assert Role.CHAIRMAN in CaseContext(case, world.vice).roles
    assert case.reference not in seen(world, "chairman")


def test_the_sub_panel_sees_the_case_only_while_it_sits(world, cases):
    case = cases["sub_panel"]
    assert case.reference in seen(world, "sitting")
    case = take(world, case, "replace_sub_panel_member", leaving=seats(world, 3)[0], joining=seats(world, 2)[0])
    assert case.reference not in seen(world, "sitting")
    assert case.reference in seen(world, "member")
    assert Role.SUB_PANEL in CaseContext(case, world.member).roles
    take(world, case, "reverse", by=world.mo, entry=str(case.entries.get(step="appoint_sub_panel").number))
    assert case.reference not in seen(world, "member")


def test_a_seat_on_one_case_is_none_on_another(world, cases):
    assert Role.SUB_PANEL in CaseContext(cases["sub_panel"], world.sitting).roles
    assert Role.SUB_PANEL not in CaseContext(cases["full_panel"], world.sitting).roles


# Restriction


@pytest.mark.parametrize("who, sees", [
    ("officer", True), ("mo", True), ("auditor", True), ("chairman", False), ("vice", False), ("member", False),
    ("sitting", False), ("admin", False),
])  # fmt: skip
@pytest.mark.postgres
def test_a_restricted_case_is_seen_by_those_named_the_monitoring_officer_and_the_auditor(world, cases, who, sees):
    case = take(world, cases["full_panel"], "restrict", named=[str(world.officer.pk)])
    assert (case.reference in seen(world, who)) == sees
    take(world, case, "unrestrict")
    assert (case.reference in seen(world, who)) == ("full_panel" in SEES[who].split())


@pytest.mark.parametrize("named", ["officer", "chairman", "vice"])
def test_of_those_who_see_every_case_a_restricted_one_is_seen_by_whoever_is_named_and_by_no_other(world, cases, named):
    take(world, cases["recorded"], "restrict", named=[str(world.people[named].pk)])
    everybody = ("officer", "chairman", "vice", "mo", "auditor", "member", "sitting", "admin")
    assert {who for who in everybody if cases["recorded"].reference in seen(world, who)} == {named, "mo", "auditor"}


def test_naming_somebody_gives_them_no_case_they_would_not_see_otherwise(world, cases):
    take(world, cases["recorded"], "restrict", named=[str(world.member.pk), str(world.chairman.pk)])
    assert cases["recorded"].reference not in seen(world, "member")
    assert cases["recorded"].reference in seen(world, "chairman")


def test_an_interest_goes_before_being_named(world, cases):
    case = take(world, cases["recorded"], "restrict", named=[str(world.chairman.pk)])
    take(world, case, "declare_interest", by=world.chairman)
    assert case.reference not in seen(world, "chairman")


# Days


@pytest.mark.parametrize("who", ["officer", "mo", "chairman", "auditor"])
@pytest.mark.parametrize("day, there", [(-1, False), (0, True), (10, True), (11, False)])
@pytest.mark.postgres
def test_a_role_counts_from_its_first_to_its_last_day(world, cases, who, day, there):
    membership = world.panel.memberships.get(user=world.people[who])
    membership.from_date, membership.to_date = ON, ON + timedelta(days=10)
    with sealed_act(world.panel, by=None, name="term"):
        membership.save()
    on = ON + timedelta(days=day)
    assert bool(rules.standing(world.people[who], world.panel, on).roles) == there
    assert bool(seen(world, who, on)) == there


def test_who_has_left_sees_and_does_nothing_today(world, cases):
    membership = world.panel.memberships.get(user=world.officer)
    membership.to_date = clock.today() - timedelta(days=1)
    with sealed_act(world.panel, by=None, name="left"):
        membership.save()
    assert seen(world, "officer") == set()
    assert type(refusal(world, cases["recorded"], "note_contact", by=world.officer)).__name__ == "Unseen"
    assert list(rules.panels(world.officer)) == []


@pytest.mark.parametrize("who", WHO)
def test_an_inactive_user_is_nobody(world, cases, who):
    user = world.people[who]
    user.is_active = False
    user.save()
    assert rules.standing(user, world.panel).roles == frozenset()
    assert seen(world, who) == set()
    assert list(rules.panels(user)) == []


def test_an_inactive_chairman_does_not_bar_the_vice_chairman(world, cases):
    assert Role.CHAIRMAN not in CaseContext(cases["recorded"], world.vice).roles
    world.chairman.is_active = False
    world.chairman.save()
    assert Role.CHAIRMAN in CaseContext(cases["recorded"], world.vice).roles


def test_somebody_not_signed_in_or_without_a_role_sees_nothing(world, cases):
    stranger = build.person("stranger@example.org", "Stranger")
    for user in (AnonymousUser(), stranger):
        standing = rules.standing(user, world.panel)
        assert standing.roles == frozenset()
        assert not Case.objects.filter(rules.visible(standing)).exists()


def test_a_superuser_sees_no_case(world, cases):
    from panel.models import User

    root = User.objects.create_superuser("root@example.org", build.PASSWORD, name="Root")
    standing = rules.standing(root, world.panel)
    assert not Case.objects.filter(rules.visible(standing)).exists()
    assert not rules.may(standing, "home.view")
    assert type(refusal(world, cases["recorded"], "note_contact", by=root)).__name__ == "Unseen"


# Who complained, and documents


@pytest.mark.parametrize("who, sees", [
    ("officer", True), ("mo", True), ("chairman", True), ("vice", True), ("auditor", True), ("member", False),
])  # fmt: skip
def test_who_complained_is_not_shown_to_members_who_see_a_tabled_case(world, cases, who, sees):
    look = CaseContext(cases["full_panel"], world.people[who])
    assert rules.sees_complainant(look.who, look.case_roles) == sees
    assert (look.facts.recipient_words("complainant") == "Gillian Thorpe") == sees


def test_the_sub_panel_knows_who_complained_on_its_own_case_only(world, cases):
    for state, sees in (("sub_panel", True), ("full_panel", False)):
        look = CaseContext(cases[state], world.sitting)
        assert rules.sees_complainant(look.who, look.case_roles) == sees


@pytest.mark.parametrize("classification", ["open", "restricted", "exempt_1", "exempt_2"])
@pytest.mark.parametrize("who, state, sees", [
    ("officer", "full_panel", "all"), ("mo", "full_panel", "all"), ("chairman", "full_panel", "all"),
    ("vice", "full_panel", "all"), ("auditor", "full_panel", "all"), ("member", "full_panel", "tabled"),
    ("sitting", "full_panel", "tabled"), ("sitting", "sub_panel", "all"),
])  # fmt: skip
def test_members_who_see_a_tabled_case_open_no_restricted_document(world, cases, who, state, sees, classification):
    look = CaseContext(cases[state], world.people[who])
    assert rules.sees_document(look.who, look.case_roles, classification) == (
        sees == "all" or classification != "restricted"
    )


def test_what_ties_somebody_to_a_case_is_declared():
    assert {p.value for p in CasePart} == {"sub_panel", "interested", "declared", "named", "delegate"}
