"""Every address of the product and how to come to it. A page that is not named here fails the test that asks."""

from datetime import date

from django.urls import URLPattern, get_resolver, reverse

from panel.accounts import invitations
from panel.models import Membership
from panel.pages.help_pages import TASKS
from tests import build, steps
from tests.hearings import build as hearings
from tests.meetings import build as meetings

# Names of addresses that show no page of their own, and where they are tried instead.
NO_PAGE = {
    "start": "leads on to the only panel or to the choice",
    "health": "answers a machine: tests/panel/site/test_site.py",
    "panel:take-draft": "takes a POST and leads home: tests/panel/site/test_cover.py",
    "panel:drop-draft": "takes a POST and leads home: tests/panel/pages",
    "drop-draft": "takes a POST and leads back: tests/panel/site/test_kept.py",
    "session-state": "answers a script: tests/panel/site/test_kept.py",
    "panel:download": "a file: test_withdrawn.py",
    "panel:sent-file": "a file: tests/panel/letters/test_letters.py",
    "panel:incoming-file": "a file: tests/complaints/pages/test_paper_in.py",
    "panel:cases-file": "a file: tests/panel/pages",
    "panel:case-package": "a file: tests/panel/pages",
    "panel:letter": "looked at in tests/journeys/test_letters.py",
    "panel:letter-check": "looked at in tests/journeys/test_letters.py",
    "panel:letter-contact": "looked at in tests/journeys/test_letters.py",
    "panel:letter-words": "looked at in tests/journeys/test_letters.py",
    "panel:letter-copy": "a file: tests/panel/letters/test_letters.py",
    "panel:letter-draft-file": "a file: tests/panel/letters/test_letters.py",
    "panel:letter-template": "a file: tests/panel/letters/test_own_words.py",
    "panel:letter-for": "leads on to the letter: tests/panel/letters/test_links.py",
    "panel:letter-write": "looked at in tests/journeys/test_letters.py",
    "panel:public-version-file": "a file: tests/complaints/pages/test_public_version.py",
    "panel:public-version": "of an outcome: tests/complaints/pages/test_public_version.py",
    "panel:published": "where the settings say so: tests/complaints/pages/test_public_version.py",
    "panel:bundle-file": "a file: tests/panel/documents/test_bundles.py",
    "panel:preview-picture": "a picture: tests/panel/documents/test_bundles.py",
    "panel:preview": "a picture of a document: tests/panel/documents/test_bundles.py",
    "panel:report-draft-file": "a file: tests/complaints/report/test_report_pages.py",
    "panel:report-issued-file": "a file: tests/complaints/report/test_report_pages.py",
    "panel:report-delegated-file": "a file: tests/complaints/report/test_delegated.py",
    "panel:report-more-file": "a file: tests/complaints/report/test_periods.py",
    "panel:hearing-report": "a file: tests/hearings/test_pages.py",
    "panel:hearing-report-version": "a file: tests/hearings/test_reports.py",
    "panel:hearing-letter": "a file: tests/hearings/test_reports.py",
    "panel:meeting-paper": "a file: tests/meetings/test_papers.py",
    "panel:programme-file": "a file: tests/meetings/test_business.py",
    "panel:calendar-key": "takes a POST: tests/meetings/test_calendar.py",
    "panel:calendar-end": "takes a POST and leads back: tests/meetings/test_calendar.py",
    "panel:digest-file": "a file: tests/meetings/test_digest.py",
    "panel:members-file": "a file: tests/meetings/test_calendar.py",
    "calendar-feed": "a file: tests/meetings/test_calendar.py",
    "panel:programme-carry": "takes a POST and leads back: tests/meetings/test_business.py",
    "panel:interests-file": "a file: tests/panel/site/test_interests.py",
    "panel:interest": "as panel:interest-add, filled in: tests/panel/site/test_interests.py",
    "panel:interest-erase": "of one that is over: tests/panel/site/test_interests.py",
    "panel:whole": "a file: tests/panel/site/test_closed.py",
    "panel:told-file": "a file: tests/meetings/test_business.py",
    "open-days": "closed unless the panel opens it: tests/meetings/test_business.py",
    "panel:programme-item": "as panel:programme-add, filled in: tests/meetings/test_business.py",
    "panel:told-change": "as panel:told-add, filled in: tests/meetings/test_business.py",
    "account_set_password": "leads on to changing the password: nobody who signs in has none",
    "openid_connect_login": "leads to the council's sign-in: tests/panel/accounts/test_single_sign_on.py",
    "openid_connect_callback": "comes back from it: tests/panel/accounts/test_single_sign_on.py",
    "mfa_download_recovery_codes": "a file: tests/panel/accounts/test_second_factor.py",
    "account_reauthenticate": "leads on unless the session is old; the page is that of signing in",
}
# Pages that need more than an address: test_sweep.py comes to them by steps of its own.
BY_HAND = {
    "account_reset_password_from_key", "panel:step", "mfa_index", "mfa_authenticate", "mfa_reauthenticate",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_list_webauthn", "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_reauthenticate_webauthn",
}  # fmt: skip


def names(resolver=None, namespace=""):
    """The name of every address of the product."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from names(entry, inner)


STAFF, READERS = ("officer", "mo"), ("officer", "mo", "auditor")
EVERYBODY = ("officer", "mo", "chairman", "vice", "member", "sitting", "auditor", "admin")


def pages(world, cases, issued):
    """(name of the address, who opens it, the address) of every page that an address alone leads to. `cases` are
    (register, case), `issued` is an annual report that was issued."""
    panel = world.panel.slug
    membership = Membership.objects.filter(panel=world.panel)

    def at(name, *args, query=""):
        return reverse(name, args=args) + query

    for task in TASKS:
        yield "help-task", None, at("help-task", task.key)
    for name in ("help", "help-states", "roles", "accessibility", "privacy", "account_login", "account_signup", "account_inactive",
                 "account_reset_password", "account_reset_password_done", "account_reset_password_from_key_done",
                 "socialaccount_login_cancelled", "socialaccount_login_error"):  # fmt: skip
        yield name, None, at(name)
    yield "accept-invitation", None, at("accept-invitation", invitations.token_for(world.new))
    for name in ("choose-panel", "account_change_password", "account_logout", "account_reminders"):
        yield name, "officer", at(name)
    yield "installation", "root", at("installation")
    yield "installation-add", "root", at("installation-add")
    yield "installation-holiday", "root", at("installation-holiday")
    for name in ("installation-panel", "installation-administrator", "installation-closing"):
        yield name, "root", at(name, panel)
    for who in EVERYBODY:
        yield "panel:home", who, at("panel:home", panel)
    yield "panel:sent", "officer", at("panel:sent", panel)
    yield "panel:log-start", "officer", at("panel:log-start", panel, "complaints")
    yield "panel:incoming", "officer", at("panel:incoming", panel, build.message(world).key)
    yield "panel:letter-texts", "auditor", at("panel:letter-texts", panel)
    yield "panel:letter-text", "mo", at("panel:letter-text", panel, "complaints", "decision", "to-others")
    yield "panel:home", "officer", at("panel:home", panel, query="?after=1")
    yield "panel:home", "stranger", at("panel:home", "midshire")  # nothing to do yet
    for register, case in cases:
        for who in ("officer", "chairman"):
            yield "panel:cases", who, at("panel:cases", panel, register)
        yield "panel:cases", "officer", at("panel:cases", panel, register, query="?q=nothing+like+it")
        yield "panel:cases", "officer", at("panel:cases", panel, register, query="?show=all&sort=-received&page=2")
        yield "panel:cases", "stranger", at("panel:cases", "midshire", register)
        if register == "hearings":
            for name in ("panel:hearing-sheet", "panel:hearing-days"):
                yield name, "officer", at(name, panel, case.reference)
        for name in (
            "panel:bundles",
            "panel:case-parts",
            "panel:case-letters",
            "panel:case-timeline",
            "panel:documents",
            "panel:case-history",
            "panel:case-seen",
        ):
            yield name, "auditor", at(name, panel, register, case.reference)
        yield "panel:bundle-new", "officer", at("panel:bundle-new", panel, register, case.reference)
        for who in ("officer", "mo", "chairman", "auditor", "member"):
            if who != "member" or register in ("hearings", "meetings"):
                yield "panel:case", who, at("panel:case", panel, register, case.reference)
        for tab in case.register.tabs:
            yield "panel:case-tab", "officer", at("panel:case-tab", panel, register, case.reference, tab.key)
        yield "panel:new-case", "officer", at("panel:new-case", panel, register, case.register.log_step)
    for who in ("officer", "auditor", "chairman"):
        yield "panel:report", who, at("panel:report", panel)
        yield "panel:report-issued", who, at("panel:report-issued", panel, issued.pk)
    yield "panel:report", "officer", at("panel:report", panel, query="?year=2025-26&as_at=2050-01-01")
    yield "panel:report-issue", "officer", at("panel:report-issue", panel)
    yield "panel:report-more", "officer", at("panel:report-more", panel)
    yield "panel:report-delegated", "officer", at("panel:report-delegated", panel)
    yield (
        "panel:report-more",
        "auditor",
        at("panel:report-more", panel, query="?year=dates&first=2026-02-01&last=2026-01-01"),
    )
    for name in (
        "panel:programme",
        "panel:programme-add",
        "panel:told",
        "panel:told-add",
        "panel:work-out",
        "panel:calendar",
        "panel:members",
        "panel:digest",
        "panel:interests",
        "panel:interest-add",
    ):
        yield name, "officer", at(name, panel)
    yield "panel:interests-of", "officer", at("panel:interests-of", panel, world.members[0].pk)
    yield "panel:programme-propose", "officer", at("panel:programme-propose", panel, "2026-27")
    yield "panel:work-out", "officer", at("panel:work-out", panel, query="?kind=clear-days&meeting=2026-11-26")
    for who in READERS:
        yield "panel:people", who, at("panel:people", panel)
    for kind in ("members", "chairmen", "substitutes", "office-holders", "councils"):
        yield "panel:person-add", "officer", at("panel:person-add", panel, kind)
    yield "panel:person", "officer", at("panel:person", panel, "members", world.members[4].pk)
    for who in ("mo", "auditor"):
        yield "panel:settings", who, at("panel:settings", panel)
        yield "panel:who-acts", who, at("panel:who-acts", panel)
        yield "panel:journal", who, at("panel:journal", panel)
    for query in ("", "?case=EX-C-2026-0001&first_day=30&first_month=2&first_year=2026", "?who=0&kind=bundle"):
        yield "panel:openings", "auditor", at("panel:openings", panel, query=query)
    yield "panel:journal", "admin", at("panel:journal", panel)
    yield "panel:held", "mo", at("panel:held", panel)
    yield "panel:many-people", "admin", at("panel:many-people", panel)
    yield "panel:old-register", "officer", at("panel:old-register", panel)
    yield "panel:set-up", "officer", at("panel:set-up", panel)
    yield "panel:settings-change", "mo", at("panel:settings-change", panel)
    yield "panel:panel-duty", "officer", at("panel:panel-duty", panel, world.panel.panel_duties.get().pk)
    yield "panel:who-acts-change", "mo", at("panel:who-acts-change", panel, "filter")
    yield "panel:who-acts-agree", "mo", at("panel:who-acts-agree", panel, world.panel.arrangements.get().pk)
    for who in ("mo", "admin"):
        yield "panel:users", who, at("panel:users", panel)
    yield "panel:invite", "admin", at("panel:invite", panel)
    yield "panel:user", "admin", at("panel:user", panel, membership.get(user=world.chairman).pk)
    yield "panel:account", "admin", at("panel:account", panel, membership.get(user=world.chairman).pk)
    yield "panel:sign-ins", "auditor", at("panel:sign-ins", panel)
    register, case = cases[0]
    group = steps.group_of(world, case)
    yield "panel:group", "officer", at("panel:group", panel, register, group.number)
    yield "panel:group", "chairman", at("panel:group", panel, register, group.number)
    yield "panel:group-join", "officer", at("panel:group-join", panel, register, group.number)
    for key in ("note_contact", "close"):
        yield "panel:group-step", "officer", at("panel:group-step", panel, register, group.number, key)
    for duty in case.duties.filter(closed_by=None).order_by("pk")[:1]:
        yield "panel:remind", "mo", at("panel:remind", panel, register, case.reference, duty.pk)
    yield "panel:post", "officer", at("panel:post", panel)
    for message in world.mail:
        yield "panel:message", "officer", at("panel:message", panel, message.key)
    yield "panel:hand-over", "officer", at("panel:hand-over", panel)
    for who, show in (("officer", "over"), ("mo", "proposed"), ("auditor", "held"), ("mo", "erased")):
        yield "panel:retention", who, at("panel:retention", panel, query=f"?show={show}")
    yield "panel:invite-again", "admin", at("panel:invite-again", panel, membership.get(user=world.new).pk)


class Bringer:
    """Brings cases of one register to where a step can be taken, by the real steps."""

    at = take = staticmethod(lambda *args, **kwargs: None)
    ready: dict = {}

    def __init__(self, world):
        self.world, self.brought = world, {}

    def state(self, procedure, key):
        """A case in that state of that procedure: brought there when it is asked for, and kept."""
        if (procedure.key, key) not in self.brought:
            self.brought[procedure.key, key] = self.bring(procedure, key)
        return self.brought[procedure.key, key]

    def bring(self, procedure, key):
        """A new case, brought to that state."""
        return self.at(self.world, key)

    def prepared(self, key, procedure):
        """A case on which that step can be taken, where a bare state does not offer it; else None."""
        if key not in self.ready:
            return None
        state, path = self.ready[key]
        case = self.at(self.world, state)
        for step, over in path:
            case = self.take(self.world, case, step, **{k: v(case) if callable(v) else v for k, v in over.items()})
        return case


def both(**over):
    """Both sides of a complaint about the Commissioner."""
    return [
        ("note_comments", {"side": side, **over})
        for side in ("complainant", lambda case: f"office_holder:{case.subjects.get().office_holder_id}")
    ]


def duties(kind):
    """The answer that names the open duties of that kind."""
    return {"duties": lambda case: [str(d.pk) for d in steps.open_duties(case, kind)]}


class Complaints(Bringer):
    """Complaints: {step: (state, steps to take first, with their answers)}."""

    at, take = staticmethod(steps.at), staticmethod(steps.take)
    ready = {
        "appoint_sub_panel": ("recorded", [("filter", {})]),
        "refer_to_iopc": ("recorded", [("identify_serious", {})]),
        "record_outcome": ("informal_resolution", both()),
        "close": ("outcome_recorded", [("decide_copies", {}), ("give_notice", {})]),
        "iopc_lifts_suspension": ("recorded", [("iopc_suspends", {"proceedings": "R v Smith", "review_on": steps.LATER})]),
        "iopc_treats_as_conduct_matter": ("referred_to_iopc", [("withdraw", {})]),
        "note_representations": ("outcome_recorded", [("invite_representations", {"by_when": steps.LATER})]),
        "restart_clock": (
            "received", [("stop_clock", {"waiting_for": "body", "why": "They have the file", **duties("acknowledge")})]
        ),
        "answer_challenge": ("closed", [("note_external_challenge", {"body": "court", "about": "The file"})]),
        "note_challenge_decision": ("closed", [("note_external_challenge", {"body": "court", "about": "The file"})]),
        "note_challenge_remedy": ("closed", [
            ("note_external_challenge", {"body": "ombudsman", "about": "The delay"}), ("note_challenge_decision", {}),
        ]),
        "rule_out_offence": ("recorded", [("ask_about_offence", {})]),
        "add_conduct": ("conduct_matter", []),
        "victims_review_ends": ("awaiting_proceedings", [("note_victims_review", {})]),
        "lift_hold": ("withdrawn", [("hold", {})]),
        "propose_erasure": ("withdrawn", [("give_notice", {})]),
        "decline_erasure": ("withdrawn", [("give_notice", {}), ("propose_erasure", {})]),
        "erase": ("withdrawn", [("give_notice", {}), ("propose_erasure", {})]),
        "unrestrict": ("recorded", [("restrict", {"named": lambda case: [str(case.entries.first().by_id)], "why": "A threat"})]),
        "leave_group": ("received", [("join_group", {})]),
        "note_answer": ("informal_resolution", [
            *both(),
            ("record_outcome", {"outcome": "report", "record": "Two recommendations.", "answer_due": steps.LATER}),
        ]),
    }  # fmt: skip


class Hearings(Bringer):
    """Hearings, under either schedule: {step: (state, steps to take first, with answers, how it was notified)}."""

    incomplete = {"came": ["name"], "counts": "from_notice", "counts_why": "What matters has come."}
    ready = {
        "request_information": ("notified", [], incomplete),
        "send_report": ("heard", [("record_recommendation", {})], {}),
        "lapse": ("notified", [], {"on": date(2026, 9, 1)}),
        "receive_reserve_information": ("vetoed", [("notify_reserve", incomplete)], {}),
        "hear_reserve": ("reserve_under_review", [("arrange_reserve_hearing", {})], {}),
        "report_reserve": ("reserve_heard", [("record_recommendation", {})], {}),
    }

    def bring(self, procedure, key):
        """A hearing, under that schedule."""
        return hearings.at(self.world, key, int(procedure.key[-1]))

    def prepared(self, key, procedure):
        """A hearing on which that step can be taken."""
        if key not in self.ready:
            return None
        state, path, notified = self.ready[key]
        case = hearings.at(self.world, state, int(procedure.key[-1]), **notified)
        for step, over in path:
            case = hearings.take(self.world, case, step, **over)
        return case


class Meetings(Bringer):
    """Meetings: what must come first stands in tests/meetings/build.py."""

    at, take = staticmethod(meetings.at), staticmethod(meetings.take)
    ready = {key: (state, [(step, {}) for step in path]) for key, (state, path) in meetings.BEFORE.items()}


BRINGERS = {"complaints": Complaints, "hearings": Hearings, "meetings": Meetings}
