"""No axe violation and no sideways scrolling on any page, nor on any step's form: empty, with errors, filled in.

What is looked over is made from the addresses and from the declared procedures, so that a new page or step is either
looked over or fails here.
"""

from datetime import UTC, date, datetime

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from complaints.report.figures import annual_report
from complaints.report.forms import text_row
from complaints.report.issue import issue
from panel.casework.case_context import CaseContext
from panel.casework.offers import offer
from panel.law import clock
from panel.models import (
    Arrangement,
    InstallationAdministrator,
    Member,
    Membership,
    PanelDuty,
    PanelSettings,
    SignIn,
    Substitute,
    User,
)
from panel.post import queue, send
from panel.procedure.register import REGISTERS
from panel.record.act import sealed_act
from tests import build, steps
from tests.browser import EVERYTHING, NARROW, ONCE, RULES, WIDE, look_over
from tests.daily import sample
from tests.hearings import build as hearings
from tests.journeys import sweep
from tests.journeys.desk import session_of
from tests.meetings import build as meetings

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

EMPTIED = """() => {
  const form = document.querySelector("main form");
  for (const e of form.elements) {
    if (e.type === "hidden" || e.type === "submit" || e.type === "button") continue;
    if (e.type === "checkbox" || e.type === "radio") e.checked = false; else e.value = "";
  }
}"""
# Every answer that brings up more questions is given, and every box filled; `round` picks among radios that do.
FILLED = """(round) => {
  const form = document.querySelector("main form");
  const groups = {};
  for (const e of form.elements) if (e.type === "radio") (groups[e.name] = groups[e.name] || []).push(e);
  const revealing = (e) => e.closest(".app-choice")?.nextElementSibling?.matches(".app-reveal");
  let more = false;
  for (const all of Object.values(groups)) {
    const first = all.filter(revealing);
    (first[round] || first[0] || all[all.length - 1]).checked = true;
    more = more || first.length > round + 1;
  }
  for (const e of form.elements) {
    if (e.type === "checkbox") e.checked = true;
    else if (e.tagName === "SELECT") e.selectedIndex = e.options.length - 1;
    else if ((e.type === "text" || e.tagName === "TEXTAREA" || e.type === "email") && !e.value)
      e.value = e.inputMode === "numeric" ? "11" : "Words, and averyveryverylongwordthatdoesnotbreakanywherebyitself";
  }
  return more;
}"""


ONCE_NARROW = {WIDE: None, NARROW: RULES}  # of a page whose elements were looked at when wide


class Sweeper:
    """One browser that goes from page to page as one person after another."""

    def __init__(self, page, base, wrong, people):
        self.page, self.base, self.wrong = page, base, wrong
        self.cookies = {name: session_of(user) for name, user in people.items()}
        self.now = None
        page.context.add_init_script(Axe().axe_script)  # for every page that is opened here

    def as_(self, who):
        """Be that person, or nobody."""
        if who != self.now:
            self.page.context.clear_cookies()
            if who is not None:
                self.page.context.add_cookies([{**self.cookies[who], "url": self.base}])
            self.now = who

    def look(self, name, **how):
        """Look over what stands there."""
        self.wrong += look_over(self.page, name, **how)

    def visit(self, who, address, status=200, name="", **how):
        """Open and look over a page."""
        self.as_(who)
        answer = self.page.goto(self.base + address)
        if answer.status != status:
            self.wrong.append((address, who, answer.status))
        self.look(name or f"{address} as {who or 'nobody'}", **how)

    def sent_empty(self, button="main form button[type=submit]:not([name=more], [name=add_files], .app-first-button)"):
        """Take every answer out and send: the page says what is wrong."""
        self.page.evaluate(EMPTIED)
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        if not self.page.title().startswith("Error: "):
            self.wrong.append((self.page.url, "an empty form makes no error", self.page.title()))

    def filled(self, name):
        """Give every answer, whatever it brings up; again for the other answers that bring up questions. What was there
        before has been looked at while empty: axe is asked of what an answer brings up, and of nothing else."""
        more, number = True, 0
        while more:
            more = self.page.evaluate(FILLED, number)
            self.look(f"{name} filled {number}", asked=ONCE_NARROW, within="main .app-reveal, main [class*=app-only-]")
            number += 1


@pytest.fixture(autouse=True)
def _one_day(monkeypatch):
    """It is 18 November 2026 for tests and server alike: deadlines of the cases made here lie as they did that day."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 18, 9, tzinfo=UTC))


@pytest.fixture
def sweeper(page, live_server, world, wrong, console):
    """A sweeper who can be anybody in Exshire, or the officer of a panel where nothing has happened yet."""
    console.expect("status of 4(03|04|09|10|22)")
    add_people(world)
    users = {k: v for k, v in world.people.items() if isinstance(v, User)}
    users["stranger"] = build.make_world("midshire", "MD", "Midshire").officer
    return Sweeper(page, live_server.url, wrong, users)


def add_people(world):
    """Somebody in every list: a substitute, a former member, one who was invited, settings to come."""
    world.people["root"] = User.objects.create_user("ruth.root@exshire.example", None, name="Ruth Root")
    with sealed_act(None, by=None, name="give_installation_role"):
        InstallationAdministrator.objects.create(user=world.root, from_date=build.START)
    world.people["new"] = User.objects.create_user("nadia.new@exshire.example", None, name="Nadia New")
    with sealed_act(world.panel, by=None, name="set_up"):
        Substitute.objects.create(
            panel=world.panel, member=world.members[3], name="Cllr Stand In", from_date=build.START
        )
        Membership.objects.create(user=world.new, panel=world.panel, role="officer", from_date=build.START)
        days = {"from_date": build.START, "to_date": date(2026, 5, 1)}
        Member.objects.create(panel=world.panel, name="Cllr Long Gone", kind="substantive", **days)
        PanelSettings.objects.create(panel=world.panel, from_date=date(2040, 1, 1), record_days=7)
        PanelDuty.objects.create(panel=world.panel, kind="tell_address", since=clock.today())
        Arrangement.objects.create(
            panel=world.panel, matter="filter", from_date=date(2040, 1, 1), who="monitoring_officer",
            after=["chairman"], agreed_where="Minute 451", proposed_on=clock.today(),
        )  # fmt: skip
        mail = {"kind": "heads", "panel": world.panel, "text": "Heads", "address": "mo@exshire.example"}
        world.people["mail"] = [
            queue(**mail, subject="One that waits"),
            queue(**mail, subject="One that may have gone"),
        ]
    _, attempt = send.claim(world.mail[1].pk)
    send.note(attempt, send.Answer(send.Outcome.UNSURE, "The mail server had it, and did not answer"))


def issued_report(world):
    """Last year's report, issued."""
    year, today = clock.municipal_year(clock.today()), clock.today()
    first, last = clock.year_bounds(f"{int(year[:4]) - 1}-{year[2:4]}")
    found = annual_report(world.panel, first, last, today)
    return issue(text_row(world.panel, found), found, by=world.officer)


def test_every_address_is_known(world):
    """A page that nobody sweeps is one that nobody has looked at."""
    add_people(world)
    cases = [("complaints", build.log(world)), ("hearings", hearings.notify(world)), ("meetings", meetings.plan(world))]
    swept = {name for name, *_ in sweep.pages(world, cases, issued_report(world))}
    every = set(sweep.names())
    known = swept | sweep.BY_HAND | set(sweep.NO_PAGE)
    assert every - known == set(), (
        "add to pages() in tests/journeys/sweep.py who opens it, or to BY_HAND or NO_PAGE there"
    )
    assert known - every == set(), "these are gone: take them out of tests/journeys/sweep.py"


def often(pages):
    """Of the pages of each address the first: every day once, with whoever opens it first."""
    seen = set()
    for name, who, address in pages:
        if name not in seen:
            yield name, who, address
        seen.add(name)


@pytest.mark.parametrize("which, asked", [(often, ONCE), pytest.param(iter, EVERYTHING, marks=pytest.mark.deep)])
def test_pages(sweeper, world, which, asked):
    """Every day each address once; as everybody who opens it, and at both widths in full, with the deep ones."""
    full = steps.at(world, "recorded", allegations=3)
    for key in ("brief_chairman", "advise", "add_documents", "identify_serious"):
        files = {"documents": [build.pdf("A long name of a document, with the letter of 14 October 2026.pdf")]}
        full = steps.take(world, full, key, files=files, **({"parts": ["3"]} if key == "identify_serious" else {}))
    cases = [
        ("complaints", full),
        ("hearings", hearings.at(world, "vetoed", 8)),
        ("meetings", meetings.at(world, "held")),
    ]
    for name, who, address in which(sweep.pages(world, cases, issued_report(world))):
        sweeper.visit(who, address, name=f"{name} {address} {who}", asked=asked)
    uid, token = user_pk_to_url_str(world.officer), default_token_generator.make_token(world.officer)
    sweeper.visit(None, f"/accounts/password/reset/key/{uid}-{token}/", name="reset")
    sweeper.visit(None, "/accounts/password/reset/key/1-x/", name="reset, a dead link")


@pytest.mark.deep
def test_the_pages_of_the_second_factor(sweeper, world):
    """As somebody who has none, and as somebody who has an app, a passkey and recovery codes."""
    for name in ("mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"):
        sweeper.visit("officer", reverse(name), name=name)
        if name == "mfa_activate_totp":
            sweeper.sent_empty()
            sweeper.look(f"{name} errors")
    page = sweeper.page
    devices = page.context.new_cdp_session(page)  # the lock of this computer, as the browser plays it
    devices.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": {**device, "automaticPresenceSimulation": True}})
    page.goto(sweeper.base + reverse("mfa_add_webauthn"))
    page.get_by_label("Name of the passkey").fill("Work laptop")
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/recovery-codes/")  # which come with the first second factor
    key = Authenticator.objects.get(user=world.officer, type="webauthn")
    TOTP.activate(world.officer, generate_totp_secret())
    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
                 "mfa_list_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"):  # fmt: skip
        sweeper.visit("officer", reverse(name), name=f"{name} with all")
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        sweeper.visit("officer", reverse(name, args=[key.pk]), name=name)
    sweeper.as_(None)
    page.goto(f"{sweeper.base}/accounts/login/")
    page.get_by_label("Email address").fill(world.officer.email)
    page.get_by_label("Password", exact=True).fill(build.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/second-factor/authenticate/")
    sweeper.look("mfa_authenticate")
    sweeper.sent_empty()
    sweeper.look("mfa_authenticate errors")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/exshire/")
    assert SignIn.objects.latest("pk").how == "password, passkey"


# States in which the page of a case has what it has nowhere else: nothing yet; people who sit; the IOPC's boxes; an end.
SHOWN = {"received", "sub_panel", "with_iopc", "closed", "hearing_arranged", "vetoed"}


@pytest.mark.parametrize("slug", REGISTERS)
@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.deep)], ids=["some", "all"])
def test_a_case_in_every_state(sweeper, world, slug, every):
    bringer, looked = sweep.BRINGERS[slug](world), set()
    for procedure in reversed(REGISTERS[slug].procedures):
        for state in procedure.states:
            if state.key not in looked and (every or state.key in SHOWN):
                case = bringer.state(procedure, state.key)
                address = reverse("panel:case", args=["exshire", slug, case.reference])
                sweeper.visit("officer", address, name=f"{slug} {case.status}", asked=EVERYTHING)
                looked.add(case.status)
    wanted = {state.key for procedure in REGISTERS[slug].procedures for state in procedure.states}
    assert looked == (wanted if every else wanted & SHOWN)


def shares():
    """(register's slug, procedure, steps): every declared step of every register. A step that two procedures share, with
    the same form, is there once. The sample is looked over every day; the others are deep, and a long list of them is
    shared out in halves, which can run beside each other."""
    seen, lists = set(), []
    for slug, register in REGISTERS.items():
        for procedure in register.procedures:
            own = [s for s in procedure.steps if (s.key, s.form) not in seen]
            seen |= {(s.key, s.form) for s in own}
            lists.append((slug, procedure, own))
    often = sample(step for _, _, own in lists for step in own)
    for slug, procedure, own in lists:
        if mine := [s for s in own if s in often]:
            daily = () if slug == "complaints" else pytest.mark.deep
            yield pytest.param(slug, procedure, mine, id=f"{procedure.key}-often", marks=daily)
        others = [s for s in own if s not in often]
        for number, at in enumerate(range(0, len(others), 30)):
            name = f"{procedure.key}-{number}"
            yield pytest.param(slug, procedure, others[at : at + 30], id=name, marks=pytest.mark.deep)


def step_pages(world, slug, procedure, mine):
    """(step, who, address) of these steps of that procedure, on a case where that person can take it."""
    bringer = sweep.BRINGERS[slug](world)
    for step in mine:
        if step.creates == "case":
            address = reverse("panel:new-case", args=["exshire", slug, step.key])
            yield step, "officer", f"{address}?under={procedure.key}"
            continue
        found = list(able(world, bringer, procedure, step))
        assert found, f"nobody can take {step.key} on any of these cases: add how to tests/journeys/sweep.py"
        for who, case in {who: case for case, who in found[:1] + typed_up(step, found)}.items():
            yield step, who, reverse("panel:step", args=["exshire", slug, case.reference, step.key])


def able(world, bringer, procedure, step):
    """(case, who) that can take the step, from the first case on which anybody can until the officer can, too, where it
    is somebody else's decision. A case is brought to a state only when it is asked for."""
    prepared = bringer.prepared(step.key, procedure)
    cases = [prepared] if prepared else (bringer.state(procedure, s.key) for s in procedure.states)
    people, waiting = ("chairman", "mo", "officer", "sitting"), {"officer"} if step.decided_by else set()
    for case in cases:
        can = [who for who in people if offer(CaseContext(case, world.people[who]), step).refusal is None]
        yield from ((case, who) for who in can)
        waiting -= set(can)
        if can and not waiting:
            return


def typed_up(step, found):
    """Where a step is somebody else's decision, the officer's form asks more: that one, too."""
    return [(case, who) for case, who in found if step.decided_by and who == "officer"][:1]


@pytest.mark.parametrize("slug, procedure, mine", list(shares()))
def test_every_step_empty_filled_and_wrong(sweeper, world, slug, procedure, mine):
    """The errors come on the same page, so that what a width can change is asked of them, and of the page with them."""
    for step, who, address in list(step_pages(world, slug, procedure, mine)):
        name = f"{step.key} {who}"
        sweeper.visit(who, address, name=f"{name} empty", asked={WIDE: RULES, NARROW: None})
        sweeper.filled(name)
        sweeper.sent_empty()
        sweeper.look(f"{name} errors", asked=ONCE_NARROW)


PALE = "<p style='color:#bbb'>pale</p>"
WRONG = "<html lang=en><title>x</title><main><h1>x</h1>{}</main>"


def test_what_is_wrong_is_found(page):
    """The sweep is no use if it finds nothing wherever it looks."""
    page.set_content(WRONG.format(PALE + "<i id=a>.</i><i id=a>.</i><p style='width:900px'>wide</p><input>"))
    assert {w[2] for w in look_over(page, always=True)} >= {"color-contrast", "id twice", "scrolls sideways", "label"}


def test_contrast_is_asked_of_each_kind_of_text_once_and_of_what_is_pale_each_time(page):
    def pale(html):
        page.set_content(WRONG.format(html))
        return [w[4] for w in look_over(page, always=True, asked={WIDE: RULES}) if w[2] == "color-contrast"]

    assert pale("<p>dark</p>") == []
    assert pale(PALE) == pale(PALE) == [[PALE.replace("'", '"')]]
    assert pale("<p>dark</p><b>" + PALE + "</b>") == [[PALE.replace("'", '"')]]  # elsewhere it is of another kind
    assert pale("<input placeholder=x style='color:#bbb' value=pale aria-label=x>") != []
    assert pale("<p class=new>dark</p>" + "<div hidden>" + PALE + "</div>") == []


def test_of_a_part_of_a_page_only_what_is_there_and_shown_is_asked(page):
    def labels(within):
        page.set_content(
            WRONG.format("<div class=a><input></div><div class=b hidden><input></div><div class=b>x</div>")
        )
        return [w[1] for w in look_over(page, always=True, within=within) if w[2] == "label"]

    assert (labels(".a"), labels(".b"), labels(".c"), labels(None)) == ([1100], [], [], [1100])
