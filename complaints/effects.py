"""What each step does to the complaint beyond moving its allegations: fields set, rows made. Called by `perform`."""

from complaints.models import Allegation, Subject
from panel.models import CaseRole, Complainant, office_holder_slug
from panel.roles import CasePart


def log(a):
    """Make the complaint's rows: complainant, office holders, allegations; the officer who logs it keeps it."""
    case, answers = a.case, a.answers
    for name in ("channel", "through", "iopc_decided_on", "made_on", "agent", "complainant_kind", "title", "words"):
        setattr(case, name, answers.get(name) or (None if name in ("iopc_decided_on", "made_on") else ""))
    case.assigned_to = a.user
    if answers["who"] == "named":
        fields = {k: answers.get(k) or "" for k in ("name", "email", "phone", "address", "how_to_write")}
        case.complainant = Complainant.objects.create(panel=a.panel, **fields)
    a.parts = []
    for holder in a.form.holders():
        Subject.objects.create(complaint=case, office_holder=holder)
    for name in ("subjects", "complainant"):
        a.facts.__dict__.pop(name, None)
    a.facts.__dict__["subjects"] = list(case.subjects.select_related("office_holder").order_by("office_holder__office"))
    for _, row in a.form.allegation_rows():
        a.parts.append(Allegation(number=len(a.parts) + 1, **row))
    if answers.get("member"):
        member = a.panel.members.get(pk=answers["member"])
        CaseRole.objects.create(
            case=case, kind=CasePart.INTERESTED, member=member, user=member.user, from_entry=a.entry
        )


def add_allegation(a):
    """One more allegation."""
    a.parts = [Allegation(**row) for _, row in a.form.allegation_rows()]


def redirect(a):
    """Why, and to whom."""
    for p in a.parts:
        a.count(p, redirected=a.answers["reason"], late="yes" if p.status != "received" else "")
        p.redirected, p.redirected_to = a.answers["reason"], a.answers["redirected_to"]


def decline(a):
    """The ground."""
    for p in a.parts:
        p.not_recorded = a.answers["ground"]
        a.count(p, not_recorded=p.not_recorded)


def record(a):
    """The allegations in their final form, and the theme for the report."""
    a.case.theme = a.answers["theme"]
    for p in a.parts:
        p.what = a.answers.get(f"final_{p.number}") or p.what
        a.count(p, theme=a.case.theme)


def decide_copies(a):
    """What copy each office holder gets. A review is met by it; a copy that is now withheld is no longer due."""
    whose = {office_holder_slug(s.office_holder) for s in a.answers["subjects"]}
    for d in a.look.open_duties:
        if d.recipient in whose and d.kind == "review_copy":
            a.notes.append((d, "met"))
        elif d.recipient in whose and d.kind == "copy_of_complaint":
            a.notes.append((d, "lapsed"))
    for s in a.answers["subjects"]:
        s.copy = a.answers["copy"]
        s.copy_ground = a.answers.get("copy_ground") or ""
        s.save()


def route(a):
    """The Chairman's decision on each allegation."""
    grounds = "".join(sorted(a.answers.get("grounds") or []))
    for p in a.parts:
        p.route, p.grounds = a.answers["route"], grounds
        a.count(p, route=p.route, grounds=list(grounds))


def appoint(a):
    """The members sit from now; those of an earlier appointment no longer."""
    for role in a.facts.sub_panel:
        role.to_entry = a.entry
        role.save()
    for m in a.form.members_chosen():
        CaseRole.objects.create(case=a.case, kind=CasePart.SUB_PANEL, member=m, user=m.user, from_entry=a.entry)
    for p in a.parts:
        a.count(p, sub_panel="yes")


def replace_member(a):
    """One leaves, another joins."""
    for role in a.facts.sub_panel:
        if str(role.member_id) == a.answers["leaving"]:
            role.to_entry = a.entry
            role.save()
    joining = a.form.member_named("joining")
    CaseRole.objects.create(case=a.case, kind=CasePart.SUB_PANEL, member=joining, user=joining.user, from_entry=a.entry)


def table(a):
    """Before the full Panel: its members see the case from now on."""
    a.case.tabled_on = a.on
    for p in a.parts:
        a.count(p, full_panel="yes")


def no_action(a):
    """The sub-panel or the Panel takes no action."""
    grounds = "".join(sorted(a.answers.get("grounds") or []))
    for p in a.parts:
        p.route, p.grounds = Allegation.Route.NO_ACTION, grounds
        a.count(p, route=p.route, grounds=list(grounds), by=a.decided_as)


def resolve(a):
    """Who deals with it."""
    for p in a.parts:
        p.dealt_with_by = a.answers["dealt_with_by"]
        a.count(p, dealt_with_by=p.dealt_with_by)


def outcome(a):
    """How it ended."""
    for p in a.parts:
        p.outcome = a.answers["outcome"]
        a.count(p, outcome=p.outcome)


def serious(a):
    """Why and since when the IOPC must have it; an earlier return from the IOPC counts no more."""
    for p in a.parts:
        p.serious, p.serious_on, p.iopc_back_on = a.answers["basis"], a.answers["clear_on"], None
        a.count(p, serious=p.serious)


def refer(a):
    """With the IOPC; a complaint not yet recorded is recorded by it (para 3, reg 9)."""
    for p in a.parts:
        a.count(p, recorded_by_it="" if a.facts.was_recorded(p) else "yes")


def iopc_reference(a):
    """The IOPC's reference."""
    for p in a.parts:
        p.iopc_reference = a.answers["iopc_reference"]


def back_from_iopc(a):
    """The bar on forward steps falls."""
    for p in a.parts:
        p.iopc_back_on = a.on


def withdraw(a):
    """How it was withdrawn, for the report."""
    for p in a.parts:
        a.count(p, wish=a.answers["wish"], with_iopc="yes" if a.facts.was_with_iopc(p) else "")


def reopen(a):
    """Open again: earlier decisions no longer stand, and stay in the history."""
    for p in a.parts:
        p.route = p.grounds = p.outcome = p.dealt_with_by = p.not_recorded = p.redirected = p.redirected_to = ""
        first = a.answers["to"] == "recorded" and not a.facts.was_recorded(p)
        a.count(p, reopened=p.status, recorded_by_it="yes" if first else "")


def note_reply(a):
    """Whoever was waited for has answered."""
    side = a.answers["side"]
    kinds = ("await_comments",) if a.step.key == "note_comments" else ("await_documents",)
    waiting = [d for d in a.look.open_duties if d.kind in kinds and d.recipient == side]
    a.notes = [(d, "met") for d in waiting]


def met(a):
    """The body that was to meet has met."""
    kinds = {"sub_panel": "sub_panel_meets", "panel": "panel_meets"}
    met = kinds.get(a.answers["kind"])
    a.notes = [(d, "met") for d in a.look.open_duties if d.kind == met]
