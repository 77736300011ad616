"""What each step does to the complaint beyond moving its allegations: fields set, rows made. Called by `perform`."""

from dataclasses import replace

from complaints.models import Allegation, Subject
from panel import clock
from panel.models import CaseRole, Complainant, office_holder_slug
from panel.roles import Basis, CasePart


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
        if d.recipient in whose and d.kind in ("review_copy", "release_copy"):
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
    """Whoever was waited for has answered; who has commented need not be invited to."""
    side = a.answers["side"]
    kinds = {"await_comments": "met", "invite_comments": "lapsed"}
    if a.step.key != "note_comments":
        kinds = {"await_documents": "met"}
    a.notes = [(d, kinds[d.kind]) for d in a.look.open_duties if d.kind in kinds and d.recipient == side]


def met(a):
    """The body that was to meet has met."""
    kinds = {"sub_panel": "sub_panel_meets", "panel": "panel_meets"}
    met = kinds.get(a.answers["kind"])
    a.notes = [(d, "met") for d in a.look.open_duties if d.kind == met]


def conduct_matter(a):
    """A case without a complaint: about whom, what, how it came to light; due to the IOPC at once."""
    case, answers = a.case, a.answers
    case.conduct_matter, case.title, case.came_to_light = True, answers["title"], answers["came_to_light"]
    case.assigned_to = a.user
    for holder in a.form.holders():
        Subject.objects.create(complaint=case, office_holder=holder)
    a.facts.__dict__["subjects"] = list(case.subjects.select_related("office_holder").order_by("office_holder__office"))
    a.parts = [
        Allegation(number=n, serious=Allegation.Serious.OFFENCE, serious_on=answers["clear_on"], **row)
        for n, (_, row) in enumerate(a.form.allegation_rows(), 1)
    ]
    for p in a.parts:
        a.count(p, conduct_matter="yes", serious=p.serious)


def suspend(a):
    """No forward step until it is lifted; the Panel's own targets stand."""
    for p in a.parts:
        p.suspended_on = a.on
    stop(a, [d for d in a.look.open_duties if d.part_id in {p.pk for p in a.parts} and _target(a, d)])


def lift(a):
    """Forward steps are lawful again; the targets go on."""
    for p in a.parts:
        p.suspended_on = None
    go_on(a, [d for d in a.look.open_duties if d.part_id in {p.pk for p in a.parts} and d.stopped_on])


def _target(a, duty):
    return a.look.procedure.duty(duty.kind).basis is Basis.TARGET and duty.due is not None


def stop(a, duties):
    """The clocks of these targets stand from the day of the step."""
    for d in duties:
        if d.stopped_on is None:
            d.stopped_on = a.on
            d.save()


def go_on(a, duties):
    """The clocks go on: each day moves by as long as it stood; the day at first is kept beside it."""
    for d in duties:
        count = clock.paused(d.due, d.stopped_on, max(a.on, d.stopped_on))
        d.first_due = d.first_due or d.due
        d.due, d.count, d.stopped_on = count.day, count.as_json(), None
        d.save()


def stop_clock(a):
    """The chosen targets stand."""
    stop(a, a.form.duties_chosen())


def restart_clock(a):
    """The chosen targets go on."""
    go_on(a, a.form.duties_chosen())


def discontinue(a):
    """The IOPC's direction, which binds the Chairman; without one the allegation is closed."""
    for p in a.parts:
        p.iopc_back_on, p.direction = a.on, a.answers["direction"]
        a.count(p, direction=p.direction)


def conclude(a):
    """Back from the IOPC, to a court, to the Panel or to its end."""
    for p in a.parts:
        p.iopc_back_on = a.on
        a.count(p, iopc_ended=a.answers["ended"], retained="yes" if a.answers["to"] != "recorded" else "")


def proceedings_ended(a):
    """What is left, for the report."""
    for p in a.parts:
        a.count(p, proceedings="ended")


def again_with_iopc(a):
    """After a withdrawal the IOPC goes on: with it again."""
    for p in a.parts:
        p.iopc_back_on = None
        p.serious = p.serious or Allegation.Serious.CALLED_IN
        p.serious_on = p.serious_on or a.on
        a.count(p, conduct_matter="yes")


def correct(a):
    """Put the facts right, and count again the days that were counted from them."""
    case, form = a.case, a.form
    changed = form.changed()
    person = case.complainant
    for name, value in changed.items():
        if name in form.PERSON:
            setattr(person, name, value or "")
        elif name in form.CASE:
            setattr(case, name, value if value is not None else (None if name == "made_on" else ""))
    if person is not None and any(name in form.PERSON for name in changed):
        person.save()
    for p in a.look.parts:
        if f"what_{p.number}" in changed:
            p.what = changed[f"what_{p.number}"]
        if f"happened_on_{p.number}" in changed:
            p.happened_on = changed[f"happened_on_{p.number}"]
        if any(name.endswith(f"_{p.number}") for name in changed):
            p.save()
    if "received_on" in changed:
        recount(a, case.received_on)


def recount(a, received):
    """Days counted from the day of receipt are counted from the right one; the old day is kept beside it."""
    first = a.look.entries[0]
    for d in a.look.duties:
        kind = a.look.procedure.duty(d.kind)
        from_receipt = d.opened_by_id == first.pk or d.kind == "record_outcome"
        if d.closed_by_id is not None or not from_receipt or kind.due is None or d.due is None:
            continue
        count = kind.due(replace(a, on=received))
        if count is not None and count.day != d.due:
            d.first_due = d.first_due or d.due
            d.due, d.count = count.day, count.as_json()
            d.save()


def merge(a):
    """Void, and into which it went."""
    for p in a.parts:
        a.count(p, merged="yes")


def restrict(a):
    """Only the people named see it from now on."""
    a.case.restricted = True
    wanted = {int(pk) for pk in a.answers["named"]}
    for role in a.look.case_roles:
        if role.kind == CasePart.NAMED and role.user_id not in wanted:
            role.to_entry = a.entry
            role.save()
    have = {r.user_id for r in a.look.case_roles if r.kind == CasePart.NAMED and r.to_entry_id is None}
    for pk in sorted(wanted - have):
        CaseRole.objects.create(case=a.case, kind=CasePart.NAMED, user_id=pk, from_entry=a.entry)


def unrestrict(a):
    """Everybody whose role allows it sees the case again."""
    a.case.restricted = False
    for role in a.look.case_roles:
        if role.kind == CasePart.NAMED:
            role.to_entry = a.entry
            role.save()


def evidence(a):
    """The duty to keep evidence ends when it is no longer needed, and goes on otherwise."""
    if a.answers["kind"] == "ended":
        a.notes = [(d, "met") for d in a.look.open_duties if d.kind == "preserve_evidence"]


def note_side(*kinds):
    """Whoever was waited for has answered."""

    def does(a):
        a.notes = [
            (d, "met") for d in a.look.open_duties if d.kind in kinds and d.recipient == a.answers["side"]
        ]  # fmt: skip

    return does


def published(a):
    """The decision, for the report."""
    for p in a.parts:
        a.count(p, published=a.answers["publish"])
