"""What each step does to the complaint beyond moving its allegations: fields set, rows made. Called by `perform`."""

from dataclasses import replace

from complaints.models import Allegation, Complaint, Subject
from panel.casework.shared_steps import count_anew
from panel.law import clock
from panel.law.roles import Basis, CasePart
from panel.models import CaseRole, Complainant, office_holder_slug


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


def decide_route(a):
    """The Chairman's decision on each allegation."""
    grounds = "".join(sorted(a.answers.get("grounds") or []))
    for p in a.parts:
        p.route, p.grounds = a.answers["route"], grounds
        a.count(p, route=p.route, grounds=list(grounds))


def appoint_sub_panel(a):
    """The members sit from now; those of an earlier appointment no longer."""
    for role in a.facts.sub_panel:
        role.to_entry = a.entry
        role.save()
    a.notes = [(d, "lapsed") for d in a.look.open_duties if d.kind == "fill_seat"]
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
    empty = [d for d in a.look.open_duties if d.kind == "fill_seat"]
    a.notes = [] if a.answers["leaving"] else [(d, "met") for d in empty[:1]]
    joining = a.form.member_named("joining")
    CaseRole.objects.create(case=a.case, kind=CasePart.SUB_PANEL, member=joining, user=joining.user, from_entry=a.entry)


def take_to_panel(a):
    """Before the full Panel: its members see the case from now on."""
    a.case.tabled_on = a.on
    for p in a.parts:
        a.count(p, full_panel="yes")


def take_no_action(a):
    """The sub-panel or the Panel takes no action."""
    grounds = "".join(sorted(a.answers.get("grounds") or []))
    for p in a.parts:
        p.route, p.grounds = Allegation.Route.NO_ACTION, grounds
        a.count(p, route=p.route, grounds=list(grounds), by=a.decided_as)


def begin_resolution(a):
    """Who deals with it."""
    for p in a.parts:
        p.dealt_with_by = a.answers["dealt_with_by"]
        a.count(p, dealt_with_by=p.dealt_with_by)


def record_outcome(a):
    """How it ended."""
    for p in a.parts:
        p.outcome = a.answers["outcome"]
        a.count(p, outcome=p.outcome)


def identify_serious(a):
    """Why and since when the IOPC must have it; an earlier return from the IOPC counts no more."""
    for p in a.parts:
        p.serious, p.serious_on, p.iopc_back_on, p.direction = a.answers["basis"], a.answers["clear_on"], None, ""
        a.count(p, serious=p.serious)


def refer_to_iopc(a):
    """With the IOPC; a complaint not yet recorded is recorded by it (para 3, reg 9)."""
    for p in a.parts:
        a.count(p, recorded_by_it="" if a.facts.was_recorded(p) else "yes")


def note_iopc_reference(a):
    """The IOPC's reference."""
    for p in a.parts:
        p.iopc_reference = a.answers["iopc_reference"]


def return_from_iopc(a):
    """The bar on forward steps falls."""
    for p in a.parts:
        p.iopc_back_on = a.on


def withdraw(a):
    """How it was withdrawn, for the report."""
    for p in a.parts:
        a.count(p, wish=a.answers["wish"], with_iopc="yes" if a.facts.was_with_iopc(p) else "")


def reopen(a):
    """Open again: earlier decisions no longer stand, and stay in the history."""
    a.case.merged_into = None
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


def record_meeting(a):
    """The body that was to meet has met."""
    kinds = {"sub_panel": ("sub_panel_meets", "arrange_meeting"), "panel": ("panel_meets",)}
    met = kinds.get(a.answers["kind"], ())
    a.notes = [(d, "met") for d in a.look.open_duties if d.kind in met]


def arrange_meeting(a):
    """The meeting that was to be arranged is."""
    a.notes = [(d, "met") for d in a.look.open_duties if d.kind == "arrange_meeting"]


def record_conduct_matter(a):
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
    """No forward step until it is lifted. The Panel's own targets stand: those of the allegations, and those of the
    case once nothing open in it goes on (reg 22)."""
    _by_number(a)
    for p in a.parts:
        p.suspended_on = a.on
    stop(a, [d for d in a.look.open_duties if _target(a, d) and a.facts.suspended(_part_of(a, d))])


def lift(a):
    """Forward steps are lawful again; the targets go on, but for those that somebody stopped for another reason."""
    _by_number(a)
    for p in a.parts:
        p.suspended_on = None
    waits = [d for d in a.look.open_duties if d.stopped_on and not a.facts.suspended(_part_of(a, d))]
    go_on(a, [d for d in waits if not a.facts.stopped_by_hand(d)])


def _by_number(a):
    """Let the attempt's parts be the look's own rows, so that facts see what the step changes in them."""
    same = {p.pk: p for p in a.look.parts}
    a.parts = [same[p.pk] for p in a.parts]


def _part_of(a, duty):
    return next((p for p in a.look.parts if p.pk == duty.part_id), None)


def _target(a, duty):
    return a.look.procedure.duty(duty.kind).basis is Basis.TARGET and duty.due is not None


def stop(a, duties):
    """The clocks of these targets stand from the day of the step."""
    for d in duties:
        if d.stopped_on is None:
            d.stopped_on = a.on
            d.save()


def go_on(a, duties):
    """The clocks go on: each day moves by as long as it stood; the day at first is kept beside it. What was late when
    its clock stopped stays late."""
    for d in duties:
        if d.stopped_on > d.due:
            d.stopped_on = None
            d.save()
            continue
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
    """The IOPC's direction, which binds the Chairman; without one the allegation is closed (reg 24)."""
    for p in a.parts:
        p.iopc_back_on, p.direction = a.on, a.answers["direction"]
        a.count(p, direction=p.direction)


def conclude(a):
    """Back from the IOPC, to a court, to the Panel or to its end."""
    for p in a.parts:
        p.iopc_back_on = a.on
        a.count(p, iopc_ended=a.answers["ended"], retained="yes" if a.answers["to"] != "recorded" else "")


def end_proceedings(a):
    """What is left, for the report."""
    for p in a.parts:
        a.count(p, proceedings="ended")


def return_to_iopc(a):
    """After a withdrawal the IOPC goes on: with it again."""
    for p in a.parts:
        p.iopc_back_on, p.direction = None, ""
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
        for name in ("what", "happened_on", "serious_on"):
            if f"{name}_{p.number}" in changed:
                setattr(p, name, changed[f"{name}_{p.number}"])
        if any(name.endswith(f"_{p.number}") for name in changed):
            p.save()
    count_anew(recounted(a, changed))


def recounted(a, changed) -> list:
    """(duty, Count) of the open duties whose day moves when these facts are put right: those counted from the day of
    receipt, and the referral, counted from the day the offence first became clear. A wait in between is kept."""
    found = []
    received = changed.get("received_on") or a.case.received_on
    before, a.case.received_on = a.case.received_on, received
    try:
        for d in a.look.open_duties:
            kind = a.look.procedure.duty(d.kind)
            clear = changed.get(f"serious_on_{d.part.number}") if d.part_id else None
            if d.kind == "refer_to_iopc":
                count = clock.iopc_referral(clear) if clear else None
            elif "received_on" in changed and (d.opened_by.step == "log" or d.kind == "record_outcome"):
                count = kind.due(replace(a, on=received)) if kind.due and d.due else None
            else:
                count = None
            if count is None:
                continue
            stood = d.stood
            count = clock.moved(count, stood) if stood else count
            if count.day != d.due:
                found.append((d, count))
    finally:
        a.case.received_on = before
    return found


def merge(a):
    """Void, and into which it went: each of the two shows the other."""
    a.case.merged_into = a.form.other
    for p in a.parts:
        a.count(p, merged="yes")


def note_evidence(a):
    """The duty to keep evidence ends when it is no longer needed, and goes on otherwise."""
    if a.answers["kind"] == "ended":
        a.notes = [(d, "met") for d in a.look.open_duties if d.kind == "preserve_evidence"]


def note_answer_of_side(*kinds):
    """Whoever was waited for has answered."""

    def does(a):
        a.notes = [
            (d, "met") for d in a.look.open_duties if d.kind in kinds and d.recipient == a.answers["side"]
        ]  # fmt: skip

    return does


def adjourn(a):
    """The papers for the day that fell away are no longer due; the full Panel is to consider it on the new day."""
    a.notes = [(d, "lapsed") for d in a.look.open_duties if d.kind == "send_papers"]
    day = a.answers.get("meets_on")
    for d in a.look.open_duties:
        if d.kind == "panel_meets" and day:
            d.first_due = d.first_due or d.due
            d.due, d.count = day, clock.given(day).as_json()
            d.save()


def note_challenge_answer(a):
    """The challenges that the answer is to."""
    a.notes = [(d, "met") for d in a.form.duties_chosen()]


def personal(case) -> list:
    """The rows that hold what a complaint says and who said it: itself, its allegations, and the complainant unless
    another complaint still names them."""
    rows = [case, *Allegation.objects.filter(case=case).order_by("number")]
    who = case.complainant
    others = Complaint.objects.filter(complainant=who, erased_on=None).exclude(pk=case.pk)
    return rows if who is None or others.exists() else [*rows, who]
