"""Every address of the product and how to come to it. A page that is not named here fails the test that asks."""

from django.urls import URLPattern, get_resolver, reverse

from panel import invitations
from panel.models import Membership
from tests import steps

# Names of addresses that show no page of their own, and where they are tried instead.
NO_PAGE = {
    "start": "leads on to the only panel or to the choice",
    "health": "answers a machine: tests/panel/test_site.py",
    "panel:drop-draft": "takes a POST and leads home: tests/web",
    "panel:download": "a file: test_withdrawn.py",
    "account_set_password": "leads on to changing the password: nobody who signs in has none",
    "account_reauthenticate": "leads on unless the session is old; the page is that of signing in",
}
# Pages that need more than an address: test_sweep.py comes to them by steps of its own.
BY_HAND = {"account_reset_password_from_key", "panel:step", "panel:new-case"}


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


def pages(world, cases):
    """(name of the address, who opens it, the address) of every page that an address alone leads to."""
    panel = world.panel.slug
    membership = Membership.objects.filter(panel=world.panel)

    def at(name, *args, query=""):
        return reverse(name, args=args) + query

    for name in ("help", "roles", "accessibility", "privacy", "account_login", "account_signup", "account_inactive",
                 "account_reset_password", "account_reset_password_done", "account_reset_password_from_key_done"):  # fmt: skip
        yield name, None, at(name)
    yield "accept-invitation", None, at("accept-invitation", invitations.token_for(world.new))
    for name in ("choose-panel", "account_change_password", "account_logout"):
        yield name, "officer", at(name)
    for who in EVERYBODY:
        yield "panel:home", who, at("panel:home", panel)
    yield "panel:home", "officer", at("panel:home", panel, query="?after=1")
    yield "panel:home", "stranger", at("panel:home", "midshire")  # nothing to do yet
    for register, case in cases:
        for who in ("officer", "chairman", "auditor"):
            yield "panel:cases", who, at("panel:cases", panel, register)
        yield "panel:cases", "officer", at("panel:cases", panel, register, query="?q=nothing+like+it")
        yield "panel:cases", "officer", at("panel:cases", panel, register, query="?show=all&sort=-received&page=2")
        yield "panel:cases", "stranger", at("panel:cases", "midshire", register)
        for name in ("panel:case-parts", "panel:case-timeline", "panel:documents"):
            for who in ("officer", "chairman"):
                yield name, who, at(name, panel, register, case.reference)
        for who in ("officer", "auditor"):
            yield "panel:case-history", who, at("panel:case-history", panel, register, case.reference)
        for tab in case.register.tabs:
            yield "panel:case-tab", "officer", at("panel:case-tab", panel, register, case.reference, tab.key)
    for who in READERS:
        yield "panel:people", who, at("panel:people", panel)
    for kind in ("members", "chairmen", "substitutes", "office-holders", "councils"):
        yield "panel:person-add", "officer", at("panel:person-add", panel, kind)
    yield "panel:person", "officer", at("panel:person", panel, "members", world.members[4].pk)
    for who in ("mo", "auditor"):
        yield "panel:settings", who, at("panel:settings", panel)
        yield "panel:journal", who, at("panel:journal", panel)
    yield "panel:journal", "admin", at("panel:journal", panel)
    yield "panel:settings-change", "mo", at("panel:settings-change", panel)
    for who in ("mo", "admin"):
        yield "panel:users", who, at("panel:users", panel)
    yield "panel:invite", "admin", at("panel:invite", panel)
    yield "panel:user", "admin", at("panel:user", panel, membership.get(user=world.chairman).pk)
    yield "panel:invite-again", "admin", at("panel:invite-again", panel, membership.get(user=world.new).pk)


def ready(world):
    """{step: (state, steps to take first, with answers)} for steps that a case in a bare state does not offer."""
    duty = {"duties": lambda case: [str(d.pk) for d in steps.open_duties(case, "acknowledge")]}
    day = {"on": steps.ON}
    return {
        "appoint_sub_panel": ("recorded", [("filter", {})]),
        "refer_to_iopc": ("recorded", [("identify_serious", {})]),
        "record_outcome": ("informal_resolution", [("note_comments", {"side": s}) for s in sides(world)]),
        "close": ("outcome_recorded", [("give_notice", {})]),
        "iopc_lifts_suspension": (
            "recorded", [("iopc_suspends", {"proceedings": "R v Smith", "review_on": steps.LATER, **day})]
        ),
        "iopc_treats_as_conduct_matter": ("referred_to_iopc", [("withdraw", {})]),
        "note_representations": ("outcome_recorded", [("invite_representations", {"by_when": steps.LATER})]),
        "restart_clock": ("received", [("stop_clock", {"waiting_for": "The police", "why": "They have the file", **duty})]),
        "answer_challenge": ("closed", [("note_external_challenge", {"body": "court", "about": "The file"})]),
        "unrestrict": ("recorded", [("restrict", {"named": [str(world.mo.pk)], "why": "A threat"})]),
        "note_answer": ("informal_resolution", [
            *[("note_comments", {"side": s}) for s in sides(world)],
            ("record_outcome", {"outcome": "recommendations", "record": "Two recommendations.", "answer_due": steps.LATER}),
        ]),
    }  # fmt: skip


def sides(world):
    """Both sides of a complaint of Exshire about the Commissioner."""
    return ["complainant", f"office_holder:{world.pcc.pk}"]
