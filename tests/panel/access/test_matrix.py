"""The whole matrix: every role x every page, file, export and step x every state and kind of case, against one table
written here by hand. A new address or step without a row fails."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from complaints.procedure import PROCEDURE
from complaints.report.figures import annual_report
from complaints.report.forms import text_row
from complaints.report.issue import issue
from meetings.business_models import Told, WorkItem
from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.casework.offers import offers
from panel.law import clock
from panel.models import Arrangement, Case, Draft, Membership, PanelDuty, RegisteredInterest
from panel.post import queue
from panel.record.act import sealed_act
from tests import build
from tests.build import pdf
from tests.hearings import build as hearings
from tests.journeys import sweep
from tests.meetings import build as meetings
from tests.panel.access.test_access import ENTERS
from tests.steps import PATHS, at, fresh, ready_for, take

# o officer, m Monitoring Officer, c Chairman, v Vice-Chairman, p panel member, s panel member who sits on the sub-panel,
# a auditor, d administrator; f whose role has ended, x whose account is closed, e officer elsewhere, n nobody signed in.
WHO = {"o": "officer", "m": "mo", "c": "chairman", "v": "vice", "p": "member", "s": "sitting", "a": "auditor", "d": "admin",
       "f": "former", "x": "closed", "e": "elsewhere", "n": "nobody"}  # fmt: skip
INSIDE, OUTSIDE, LOGIN = "omcvpsad", "fe", "xn"
ALL_CASES, TABLED, SAT_ON = "omcva", "ps", "s"

# Pages of a panel: who opens them. Everybody else with a role gets a 403 that names the rule.
PANEL = {
    "sent": "omcva", "sent-file": "oma", "letter-texts": "omad", "letter-text": "md",
    "home": "omcvpsad", "people": "omcvpsad", "person-add": "omd", "person": "omd", "settings": "omad",
    "settings-change": "md", "who-acts": "omad", "who-acts-change": "md", "who-acts-agree": "md", "set-up": "omd", "panel-duty": "om", "many-people": "omd", "old-register": "om", "users": "omad", "invite": "d", "user": "d", "invite-again": "d", "account": "d",
    "sign-ins": "mad", "retention": "oma", "hand-over": "om", "journal": "omad", "openings": "ma", "post": "omad", "message": "omad", "held": "m", "report": "omcvpsa", "report-issue": "om",
    "report-more": "oma", "report-delegated": "oma", "report-delegated-file": "oma", "report-more-file": "oma", "report-draft-file": "oma", "report-issued": "omcvpsa", "report-issued-file": "omcvpsa", "cases": "omcvpsa",
    "cases-file": "oma", "new-case": "om", "log-start": "om", "incoming": "oma", "incoming-file": "oma",
    "programme": "omcvpsa", "programme-add": "om", "programme-item": "om",
    "programme-propose": "om", "programme-file": "omcvpsa", "told": "omcvpsa", "told-add": "om", "told-change": "om",
    "told-file": "oma", "work-out": "omcvpsad", "calendar": "omcvpsa", "members": "omcvpsa", "members-file": "oma",
    "digest": "oma", "digest-file": "oma", "interests": "omcvpsa", "interests-of": "omcva", "interest-add": "om",
    "interest": "om", "interest-erase": "m", "interests-file": "oma", "whole": "oma",
}  # fmt: skip
# Pages of a case: who opens them where they see the case. Somebody who does not see it gets the 404 of one that never was.
CASE = {
    "case": "omcvpsa", "case-parts": "omcvpsa", "case-letters": "omcvpsa", "case-timeline": "omcvpsa", "documents": "omcvpsa", "case-history": "oma",
    "case-seen": "oma",
    "bundles": "omcvpsa", "case-package": "oma", "case-tab": "omcvpsa", "hearing-report": "omcvpsa", "hearing-report-version": "omcvpsa",
    "hearing-letter": "omcvpsa", "hearing-sheet": "omcvpsa", "hearing-days": "omcvpsa", "meeting-paper": "omcvpsa",
}  # fmt: skip
REPORTS = ("hearing-report", "hearing-report-version", "hearing-letter")  # of hearings alone
# Open to everybody, or about nobody but oneself.
FREE = {
    "start", "choose-panel", "health", "help", "help-states", "help-task", "roles", "accessibility", "privacy", "accept-invitation", "open-days",
    "calendar-feed",
    "drop-draft", "session-state",
}  # fmt: skip
# Of an installation administrator alone, who holds no role in a panel: tests/panel/site/test_installation.py.
INSTALLATION = {
    "installation",
    "installation-add",
    "installation-panel",
    "installation-administrator",
    "installation-holiday",
    "installation-closing",
}
OWN_TESTS = {**dict.fromkeys(("group", "group-join", "group-step"), "tests/complaints/pages/test_groups.py"),
             "programme-carry": "tests/meetings/test_business.py", "calendar-key": "the same", "calendar-end": "the same", "drop-draft": "below", "take-draft": "tests/panel/site/test_cover.py", "download": "below", "step": "below",
             "published": "tests/complaints/pages/test_public_version.py",
             **dict.fromkeys(("public-version", "public-version-file"), "tests/complaints/pages/test_public_version.py"),
             **dict.fromkeys(("bundle-new", "bundle-file", "preview", "preview-picture"),
                             "tests/panel/documents/test_bundles.py"),
             **dict.fromkeys(("letter", "letter-write", "letter-check", "letter-draft-file", "letter-words", "letter-copy", "letter-contact", "letter-for", "letter-template"),
                             "tests/panel/letters/test_letters.py")}  # fmt: skip
# States to which a sub-panel has brought it.
SIT = {*(state for state, path in PATHS.items() if "appoint_sub_panel" in dict(path)), "outcome_recorded", "closed"}
STATES = [s.key for s in PROCEDURE.states]
OWN_TESTS["remind"] = "tests/panel/reminders"


def rows_of(names):
    return {n.removeprefix("panel:") for n in names if n.startswith("panel:")}


def test_every_address_has_a_row():
    names = set(sweep.names())
    known = {*PANEL, *CASE, *OWN_TESTS}
    assert rows_of(names) - known == set(), "add to PANEL or CASE in tests/panel/access/test_matrix.py who opens it"
    assert known - rows_of(names) == set(), "no such page: take it out of tests/panel/access/test_matrix.py"
    others = {n for n in names if not n.startswith(("panel:", "account_", "mfa_", "openid_", "socialaccount_"))}
    assert others - INSTALLATION == FREE, (
        "pages outside a panel are open to everybody: say in FREE of tests/panel/access/test_matrix.py which"
    )
    assert all(set(letters) <= set(INSIDE) for letters in [*PANEL.values(), *CASE.values()])


@pytest.fixture
def everybody(world):
    """{letter: a browser of theirs}."""
    yesterday = clock.today() - timedelta(days=1)
    elsewhere = build.make_world("midshire", "MD", "Midshire")
    former, closed = build.person("former@exshire.example", "Former"), build.person("closed@exshire.example", "Closed")
    with sealed_act(world.panel, by=None, name="set_up"):
        for user, to in ((former, yesterday), (closed, None)):
            Membership.objects.create(user=user, panel=world.panel, role="officer", from_date=build.START, to_date=to)
    users = {**world.people, "former": former, "closed": closed, "elsewhere": elsewhere.officer}
    found = {}
    for letter, key in WHO.items():
        found[letter] = Client(raise_request_exception=True)
        if key != "nobody":
            found[letter].force_login(users[key])
    closed.is_active = False
    closed.save()
    return found


def expect(everybody, address, wanted, *, may=None):
    """Open the address as everybody: `wanted` get it, others inside a 403 (or whatever `may` says instead)."""
    assert set(everybody) == set(WHO)
    wrong = []
    for letter, client in everybody.items():
        answer = client.get(address)
        for _ in getattr(answer, "streaming_content", ()):
            pass
        if letter in LOGIN:
            right = 302
        elif letter in OUTSIDE:
            right = 404
        else:
            right = 200 if letter in wanted else (may or {}).get(letter, 403)
        if answer.status_code != right:
            wrong.append((WHO[letter], address, answer.status_code, "should be", right))
        elif right == 302:
            assert answer["Location"].startswith("/accounts/login/?next=")
    assert wrong == []


def addresses(world):
    """{name of the page: its addresses}."""
    slug, member = world.panel.slug, Membership.objects.get(panel=world.panel, user=world.chairman)
    first, last = clock.year_bounds("2025-26")
    found = annual_report(world.panel, first, last, clock.today())  # of this year nothing is issued: the draft
    issued = issue(text_row(world.panel, found), found, by=world.officer)
    new = build.person("new@exshire.example", "New")
    new.set_unusable_password()
    new.save()
    with sealed_act(world.panel, by=None, name="set_up"):
        invited = Membership.objects.create(user=new, panel=world.panel, role="member", from_date=build.START)
        owed = PanelDuty.objects.create(panel=world.panel, kind="tell_address", since=clock.today())
        waiting = Arrangement.objects.create(
            panel=world.panel, matter="filter", from_date=clock.today(), who="monitoring_officer",
            agreed_where="Minute 451", proposed_on=clock.today(),
        )  # fmt: skip
    message = queue(kind="heads", panel=world.panel, address="mo@exshire.example", subject="Heads", text="qxheads")
    waits = build.message(world)
    with sealed_act(world.panel, by=None, name="set_up"):
        item = WorkItem.objects.create(panel=world.panel, title="Roads policing")
        interest = RegisteredInterest.objects.create(  # of a member who left; the page of one's own is a test of its own
            panel=world.panel, member=world.members[4], kind="other", what="Trustee", declared_on=build.START,
            from_date=build.START, to_date=build.START,
        )  # fmt: skip
        told = Told.objects.create(panel=world.panel, kind="scrutiny", title="Roads", told_on=build.START)
    args = {
        "programme-item": [[item.pk]], "programme-propose": [["2026-27"]], "told-change": [[told.pk]],
        "interest": [[interest.pk]], "interest-erase": [[interest.pk]], "interests-file": [["csv"], ["xlsx"]],
        "interests-of": [[world.members[4].pk]],
        "told-file": [["csv"], ["xlsx"]], "members-file": [["csv"], ["xlsx"]],
        "message": [[message.key]],
        "person-add": [["members"], ["councils"], ["office-holders"]], "person": [["members", world.members[4].pk]],
        "log-start": [["complaints"]], "incoming": [[waits.key]], "incoming-file": [[waits.key, waits.files.first().key]],
        "panel-duty": [[owed.pk]], "who-acts-change": [["filter"]], "who-acts-agree": [[waiting.pk]], "user": [[member.pk]], "account": [[member.pk]], "invite-again": [[invited.pk]],
        "report-draft-file": [["docx"], ["csv"]], "report-more-file": [["years"], ["lines"]], "report-issued": [[issued.pk]], "report-issued-file": [[issued.pk, "docx"]],
        "sent-file": [["csv"], ["xlsx"]], "letter-text": [["complaints", "decision", "to-office-holder"]], "cases": [["complaints"], ["hearings"], ["meetings"]], "cases-file": [["complaints", "csv"], ["complaints", "xlsx"]],
        "new-case": [["complaints", "log"], ["complaints", "record_conduct_matter"], ["complaints", "enter_from_register"], ["hearings", "notify"], ["meetings", "plan_meeting"]],
    }  # fmt: skip
    return {name: [reverse(f"panel:{name}", args=[slug, *a]) for a in args.get(name, [[]])] for name in PANEL}


def test_pages_of_the_panel(world, everybody):
    for name, found in addresses(world).items():
        for address in found:
            if name in ("report", "report-issue"):  # of last year it leads on to the report that was issued
                address += "?year=2024-25"
            # of another member's interests a member finds nothing
            may = dict.fromkeys("ps", 404) if name == "interests-of" else None
            expect(everybody, address, PANEL[name], may=may)


def sees(state, letter) -> bool:
    """Who sees a complaint in that state, restricted to nobody and without an interest."""
    return letter in ALL_CASES or (state == "full_panel" and letter in TABLED) or (state in SIT and letter in SAT_ON)


def pages_of(case, register="complaints", tabs=()):
    for name in CASE:
        extra = [[t] for t in tabs] if name == "case-tab" else [[]]
        if name in REPORTS:
            if register == "hearings" and case.status == "accepted":  # before, there is no report
                args = [1, 1, "docx"] if name == "hearing-report-version" else [1, "docx"]
                yield name, reverse(f"panel:{name}", args=[case.panel.slug, case.reference, *args])
            continue
        if name == "meeting-paper":
            if register == "meetings":
                for kind in ("agenda", "minutes"):
                    yield name, reverse(f"panel:{name}", args=[case.panel.slug, case.reference, kind])
            continue
        if name.startswith("hearing-"):
            if register == "hearings":
                yield name, reverse(f"panel:{name}", args=[case.panel.slug, case.reference])
            continue
        for more in extra:
            yield name, reverse(f"panel:{name}", args=[case.panel.slug, register, case.reference, *more])


# Of states in which the same people see the complaint one is opened every day; offers are asked for in each, below.
OFTEN = ("received", "sub_panel", "full_panel", "closed", "withdrawn")


@pytest.mark.parametrize("state", [s if s in OFTEN else pytest.param(s, marks=pytest.mark.deep) for s in STATES])
def test_pages_of_a_complaint(world, everybody, state):
    case = at(world, state)
    visible = "".join(who for who in INSIDE if sees(state, who))
    for name, address in pages_of(case):
        wanted = "".join(set(visible) & set(CASE[name]))
        # A role that never opens the page is told the rule; one that may, but does not see the case, finds nothing.
        may = {who: 404 for who in CASE[name] if who not in visible}
        expect(everybody, address, wanted, may=may)


HEARINGS = [(1, "accepted"), *(pytest.param(*deep, marks=pytest.mark.deep) for deep in ((8, "heard"), (1, "notified")))]


@pytest.mark.parametrize("schedule, state", HEARINGS)
def test_pages_of_a_hearing(world, everybody, schedule, state):
    """A hearing is the whole Panel's business: every member sees it."""
    case = hearings.at(world, state, schedule)
    for name, address in pages_of(case, "hearings", [t.key for t in case.register.tabs]):
        wanted = "".join(set("omcvpsa") & set(CASE[name]))
        expect(everybody, address, wanted)


def test_pages_of_a_meeting(world, everybody):
    """A meeting of the Panel is every member's business; one of a sub-panel or an informal one is not."""
    case = meetings.at(world, "held")
    pages = [p for p in pages_of(case, "meetings", [t.key for t in case.register.tabs]) if p[0] != "bundles"]
    for name, address in pages:  # a meeting has no bundles
        expect(everybody, address, "".join(set("omcvpsa") & set(CASE[name])))
    sheets = reverse("panel:meeting-paper", args=[case.panel.slug, case.reference, "sheets"])
    expect(everybody, sheets, "omcva", may=dict.fromkeys("ps", 404))
    other = meetings.plan(world, kind="informal")
    expect(
        everybody,
        reverse("panel:case", args=["exshire", "meetings", other.reference]),
        "omcva",
        may=dict.fromkeys("ps", 404),
    )


def test_a_restricted_case_is_for_those_named(world, everybody):
    case = take(world, at(world, "full_panel"), "restrict", named=[str(world.officer.pk)])
    for name, address in pages_of(case):
        wanted = "".join(set("oma") & set(CASE[name]))
        expect(everybody, address, wanted, may={w: 404 for w in CASE[name] if w not in "oma"})


def test_an_erased_complaint_is_seen_as_before_and_nobody_takes_a_step_on_it(world, everybody):
    case = take(world, ready_for(world, "erase"), "erase")
    for name, address in pages_of(case):
        wanted = "".join(set(ALL_CASES) & set(CASE[name]))
        expect(everybody, address, wanted, may={who: 404 for who in CASE[name] if who not in ALL_CASES})
    for letter in ALL_CASES:
        for offer in offers(CaseContext(fresh(case), world.people[WHO[letter]])):
            assert offer.refusal, (WHO[letter], offer.step.key)


@pytest.mark.parametrize("letter", ["o", "c", "p", *(pytest.param(who, marks=pytest.mark.deep) for who in "mv")])
def test_an_interest_takes_sight_away_from_that_person_alone(world, everybody, letter):
    case = take(world, at(world, "full_panel"), "declare_interest", by=world.people[WHO[letter]])
    for name, address in pages_of(case):
        wanted = "".join(set("omcvpsa".replace(letter, "")) & set(CASE[name]))  # they are told why, with a 403
        expect(everybody, address, wanted)


def test_another_panels_case_is_as_one_that_never_was(world, everybody):
    other = build.make_world("westshire", "WS", "Westshire")
    theirs = at(other, "full_panel")
    for reference in (theirs.reference, "EX-C-1999-0001"):
        for name, _ in pages_of(theirs):
            address = reverse(f"panel:{name}", args=["exshire", "complaints", reference])
            expect(everybody, address, "", may=dict.fromkeys(CASE[name], 404))
        for key in ("record", "filter", "note_contact", "give_notice"):
            address = reverse("panel:step", args=["exshire", "complaints", reference, key])
            expect(everybody, address, "", may=dict.fromkeys("omcvpsa", 404))
    for name, found in addresses(other).items():
        for address in found[:1]:
            for letter, client in everybody.items():
                assert client.get(address).status_code == (302 if letter in LOGIN else 404), (name, letter)


@pytest.mark.parametrize("state", ["sub_panel", "full_panel"])
def test_documents(world, everybody, state):
    case = at(world, state)
    seat = "s" if state == "sub_panel" else ""
    wanted = {
        "open": ALL_CASES + (seat or TABLED),
        "restricted": ALL_CASES + seat,
        "exempt_1": ALL_CASES + (seat or TABLED),
    }
    for kind, who in wanted.items():
        case = take(world, case, "add_documents", files={"documents": [pdf()]}, classification=kind)
        document = case.documents.latest("pk")
        address = reverse("panel:download", args=["exshire", "complaints", case.reference, document.key])
        for letter, client in everybody.items():
            answer = client.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert (b"%PDF" in body) == (letter in who), (kind, WHO[letter], answer.status_code)
            assert answer.status_code in ((200,) if letter in who else (302, 403, 404))


def test_a_draft_is_thrown_away_by_its_owner_alone(world, everybody):
    case = at(world, "received")
    for letter, client in everybody.items():
        draft = Draft.objects.create(user=world.officer, panel=world.panel, case=case, step="record", answers={})
        client.post(reverse("panel:drop-draft", args=["exshire", "complaints", draft.pk]))
        assert Draft.objects.filter(pk=draft.pk).exists() == (letter != "o"), WHO[letter]
        Draft.objects.filter(pk=draft.pk).delete()


@pytest.mark.parametrize("state", STATES)
def test_every_step_in_every_state(world, state):
    """Whose step it is by the hand-written table, and from where by the declaration; a case unseen offers nothing."""
    case = fresh(at(world, state))
    letters = {"o": "o", "m": "m", "c": "c", "v": "", "p": "", "s": "s", "a": "", "d": ""}
    for letter, mine in letters.items():
        person = world.people[WHO[letter]]
        who = rules.standing(person, world.panel)
        visible = Case.objects.filter(rules.visible(who), pk=case.pk).exists()
        assert visible == sees(state, letter), WHO[letter]
        for offer in offers(CaseContext(case, person, who)) if visible else ():
            step = offer.step
            if step.key not in ENTERS:
                continue  # test_access.py says that it is missing
            sits = letter == "s" and state in SIT
            its = bool(mine) and (letter != "s" or sits) and mine in ENTERS[step.key]
            its = its or (step.anybody and letter not in "ad")
            assert (offer.because == "role") == (not its), (WHO[letter], step.key)
            if its:
                assert (offer.because == "source") == (state not in step.from_states), (WHO[letter], step.key)


def test_how_large_it_is(world):
    """So many cells the tests above look at: an address or a step for one person. Counted from what they go through, not
    while they do: with two workers each would count half of it, and alone it would count nothing."""
    pages = {state: {name for name, _ in pages_of(at(world, state))} for state in STATES}
    assert pages == dict.fromkeys(
        (s.key for s in PROCEDURE.states),
        {n for n in CASE if n not in ("case-tab", "meeting-paper") and not n.startswith("hearing-")},
    )
    on_a_case = [s for s in PROCEDURE.steps if s.creates != "case"]
    assert len(WHO) * sum(map(len, addresses(world).values())) >= 340
    assert len(WHO) * sum(map(len, pages.values())) >= 1200
    assert len(INSIDE) * len(STATES) * len(on_a_case) >= 8000
