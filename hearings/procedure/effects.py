"""What each step does to a hearing beyond moving its candidates: fields set, rows made. Called by `perform`."""

from hearings.models import (
    Attendance,
    Candidate,
    Check,
    Hearing,
    Meeting,
    NotificationItem,
    Proposal,
    Question,
    Resolution,
    Vote,
)
from hearings.procedure.law import two_thirds
from panel.casework.shared_steps import count_anew
from panel.law import clock
from panel.law.period import day_words

REPORTS = ("report", "report_veto", "report_reserve")
PROPOSED = {"job_share": "job share", "interim": "interim", "temporary": "temporary", "renewal": "renewal"}


def title(names, post, flags) -> str:
    """ "Farida Haddon, proposed Chief Constable", cut to the column."""
    who = " and ".join(names)
    label = dict(Hearing.Post.choices)[post]
    special = ", ".join(PROPOSED[f] for f in flags)
    return f"{who}, proposed {label}{f' ({special})' if special else ''}"[:120]


def flags_of(case) -> list[str]:
    """What is special about the appointment, as slugs."""
    return [flag for flag in PROPOSED if getattr(case, flag)]


def without_notification(name, case) -> str:
    """ "Hedda Lunn, appointed Chief Finance Officer without notification"."""
    return f"{name}, appointed {case.get_post_display()} without notification"[:120]


def fresh(a, *names):
    """Let the facts be read again after rows were made."""
    for name in names or (
        "proposals",
        "items",
        "meetings",
        "expected",
        "attended",
        "questions",
        "resolutions",
        "checks",
    ):
        a.facts.__dict__.pop(name, None)


def notify(a):
    """The hearing, its candidates, and the notification with what came."""
    case, answers = a.case, a.answers
    flags = answers.get("flags") or []
    case.post = answers["post"]
    for flag in PROPOSED:
        setattr(case, flag, flag in flags)
    case.title = title(a.form.names(), case.post, flags)
    case.assigned_to = a.user
    case.tabled_on = a.on  # the whole Panel reviews: every member sees it (Sch 6 para 27)
    a.parts = [Candidate(name=name) for name in a.form.names()]
    for n, p in enumerate(a.parts, 1):
        p.number = n
    propose(a)


def propose(a):
    """A notification with its own three weeks."""
    answers = a.answers
    known = None if answers.get("unknown") else a.on
    counted = a.form.counted_from()
    proposal = Proposal.objects.create(
        hearing=a.case, entry=a.entry, received_on=known, counted_from=counted, poll_on=answers.get("poll_on"),
        count_why=answers.get("counts_why") or "", count_by=str(a.user) if answers.get("counts_why") else "",
    )  # fmt: skip
    for kind in answers.get("came") or []:
        NotificationItem.objects.create(proposal=proposal, entry=a.entry, kind=kind, came_on=known)
    fresh(a)


def appointed_without(a):
    """Who was appointed without notification."""
    a.case.post = a.answers["post"]
    a.case.title = without_notification(a.form.names()[0], a.case)
    a.case.assigned_to, a.case.tabled_on = a.user, a.on
    a.parts = [Candidate(name=a.form.names()[0], number=1, appointed=True)]


def count_again(a):
    """The report's day has changed: the old duty lapses, a new one is opened."""
    for d in a.look.open_duties:
        if d.kind in REPORTS:
            a.notes.append((d, "lapsed"))


def receive(a):
    """Part of the notification came; the clock may start with it."""
    proposal = a.facts.proposal
    for kind in a.answers["came"]:
        NotificationItem.objects.create(proposal=proposal, entry=a.entry, kind=kind, came_on=a.on)
    counts = a.answers.get("counts")
    if counts in ("from_notice", "from_this"):
        proposal.counted_from = proposal.received_on if counts == "from_notice" else a.on
        proposal.count_why, proposal.count_by = a.answers["counts_why"], str(a.user)
        proposal.save()
        count_again(a)
    fresh(a)


def decide_count(a):
    """From which day the three weeks count."""
    p = a.facts.proposal
    p.counted_from = p.received_on if a.answers["counts"] == "from_notice" else a.answers["day"]
    p.count_why, p.count_by = a.answers["counts_why"], str(a.user)
    p.save()
    count_again(a)
    fresh(a)


def election(a):
    """Days that do not count."""
    p = a.facts.proposal
    p.poll_on, p.accepted_on = a.answers["poll_on"], a.answers.get("accepted_on")
    p.save()
    count_again(a)
    fresh(a)


def arrange(a):
    """A meeting; an earlier one stays as it was. What is due for it is due anew."""
    for d in a.look.open_duties:
        if d.kind == "publish_agenda":
            a.notes.append((d, "lapsed"))
    answers = a.answers
    Meeting.objects.create(
        proposal=a.facts.proposal, entry=a.entry, on=answers["meeting_on"], at=answers.get("at") or "", place=answers["place"],
        remote={"yes": True, "no": False}.get(answers.get("remote")),
    )  # fmt: skip
    fresh(a)


def agenda(a):
    """When it was published."""
    m = a.facts.meeting
    m.agenda_on, m.urgent_why = a.on, a.answers.get("urgent_why") or ""
    m.save()


def expect(a):
    """Who can come."""
    _seats(a, expected=True)


def _seats(a, expected):
    subs = a.form.substitutes()
    for member, how in a.form.seats():
        Attendance.objects.create(
            meeting=a.facts.meeting,
            entry=a.entry,
            member=member,
            how=how,
            substitute=subs.get(member.pk, ""),
            expected=expected,
        )
    fresh(a, "expected", "attended")


def plan(a):
    """The questions; an earlier plan stays in the history."""
    for theme, text in a.form.lines():
        Question.objects.create(proposal=a.facts.proposal, entry=a.entry, theme=theme, text=text)
    fresh(a)


def hold(a):
    """The meeting as it was, and who attended."""
    m = a.facts.meeting
    if m is None:
        m = Meeting(proposal=a.facts.proposal, entry=a.entry, on=a.on)
    m.on, m.held = a.on, True
    for name in ("chair", "others", "quorate", "in_public", "candidate_came", "exempt", "exempt_paragraph"):
        setattr(m, name, a.answers.get(name) if a.answers.get(name) is not None else "")
    m.save()
    for d in a.look.open_duties:  # what was to be done before it can be done no more
        if d.kind == "publish_agenda":
            a.notes.append((d, "lapsed"))
        elif d.kind == "invite":
            a.notes.append((d, "met" if m.candidate_came else "lapsed"))
    fresh(a)
    _seats(a, expected=False)


def _resolve(a, part, **over):
    named = a.answers["taken"] == Resolution.Taken.NAMED
    votes = a.form.tally() if a.answers["taken"] != Resolution.Taken.AGREED else (None, None, None)
    members = len(a.facts.members_on(a.on))
    made = Resolution.objects.create(
        meeting=a.facts.meeting, candidate=part, person=part.name, entry=a.entry, taken=a.answers["taken"],
        votes_for=votes[0], votes_against=votes[1], abstained=votes[2], in_office=members,
        reasons=a.form.cleaned_data.get("why") or "", **over,
    )  # fmt: skip
    if named:
        for member, cast in a.form.votes():
            Vote.objects.create(resolution=made, entry=a.entry, member=member, cast=cast)


def recommend(a):
    """What the Panel recommends on each candidate chosen."""
    for p in a.parts:
        p.recommendation = a.answers["recommendation"]
        a.count(p, recommendation=p.recommendation)
        _resolve(
            a, p, recommendation=p.recommendation, concerns=a.answers.get("concerns") or "",
            advisory=a.facts.meeting.quorate == Meeting.Quorate.NO,
        )  # fmt: skip
    fresh(a)


def veto(a):
    """The Panel vetoes; the duty to report is now that of reporting the veto."""
    for p in a.parts:
        p.vetoed_on, p.recommendation = a.on, ""
        a.count(p, veto="yes")
        _resolve(a, p, veto=True, needed=two_thirds(len(a.facts.members_on(a.on))))
    count_again(a)
    fresh(a)


def sent(a):
    """When the report was sent."""
    p = a.facts.proposal
    p.sent_on = a.on
    p.save()
    late = a.facts.over(a.on)
    for part in a.parts:
        a.count(part, late="yes" if late else "")


def published(a):
    """Which report, where and when."""
    p = a.form.proposal()
    p.published_on, p.published_where = a.on, a.answers["where"]
    p.save()


def decided(a):
    """What became of the recommendation, and whether the candidate is appointed."""
    for p in a.parts:
        p.announced_on = a.answers.get("announced_on")
        p.appointed, p.appointed_from = a.answers["appointed"], a.answers.get("appointed_from")
        a.count(p, recommendation=p.recommendation, decision=a.step.key, appointed="yes" if p.appointed else "no")


def notify_reserve(a):
    """The reserve candidate takes the place of the one vetoed, with a notification of their own."""
    for p in a.parts:
        before = (
            f"{p.name} (vetoed {day_words(p.vetoed_on)})" if p.vetoed_on and not p.reserve else f"{p.name} (reserve)"
        )
        p.earlier = ", ".join(x for x in (p.earlier, before) if x)[:400]
        p.name, p.reserve = a.answers["candidate_1"], True
        p.recommendation, p.appointed, p.appointed_from, p.announced_on = "", None, None, None
    a.case.title = title([p.name for p in a.look.parts], a.case.post, flags_of(a.case))
    for d in a.look.open_duties:  # of the candidate before
        if d.kind in ("invite", "publish_agenda", "cancel_meeting"):
            a.notes.append((d, "lapsed"))
    propose(a)


def withdraw_candidate(a):
    """For the record of why it ended."""
    for p in a.parts:
        a.count(p, withdrew="yes")


def reopen(a):
    """Open again: the earlier decision no longer stands, and stays in the history."""
    for p in a.parts:
        p.appointed = p.appointed_from = p.announced_on = None
        a.count(p, reopened=p.status)


def new_start(a, changed):
    """The day from which the three weeks count once these facts are right; None where they do not run."""
    p = a.facts.proposal
    if p is None or p.counted_from is None:
        return None
    received = changed.get("received_on")
    return received if received and p.counted_from == p.received_on else p.counted_from


def first_and_report(a, start) -> list:
    """(duty, Count) of the open duty to report, where its day moves with that start of the three weeks."""
    p = a.facts.proposal
    if start is None:
        return []
    try:
        count = clock.three_weeks(start, p.poll_on, p.accepted_on)
    except ValueError:  # it reaches a poll whose end is not known
        return []
    return [(d, count) for d in a.look.open_duties if d.kind in REPORTS and d.due != count.day]


def correct(a):
    """Put the facts right. What came with the notification moves with its day; so does the report."""
    case, form, p = a.case, a.form, a.facts.proposal
    changed = form.changed()
    found = form.recounted()
    start = new_start(a, changed)
    received = changed.get("received_on")
    for kind, item in a.facts.items.items():
        with_it = received and item.came_on == p.received_on and f"came_{kind}" not in changed
        day = received if with_it else changed.get(f"came_{kind}", item.came_on)
        if day != item.came_on:
            item.came_on = day
            item.save()
    if received:
        if p is not None:
            p.received_on, p.counted_from = received, start
            p.save()
        if len(a.facts.proposals) < 2:
            case.received_on = received
    for part in a.look.parts:
        name = changed.get(f"name_{part.number}")
        if name:
            for r in a.facts.resolutions:
                if r.candidate_id == part.pk and r.person == part.name:
                    r.person = name
                    r.save()
            part.name = name
            part.save()
    case.post = changed.get("post", case.post)
    for flag in [f for f in PROPOSED if f != "job_share"] if "flags" in changed else ():
        setattr(case, flag, flag in (changed["flags"] or ()))
    names = [part.name for part in a.look.parts]
    case.title = title(names, case.post, flags_of(case)) if p is not None else without_notification(names[0], case)
    count_anew(found)
    fresh(a)


def mark(state):
    """An item of the checklist is marked so."""

    def does(a):
        Check.objects.create(
            proposal=a.facts.proposal, entry=a.entry, item=a.answers["item"], state=state, on=a.on,
            evidence=a.answers.get("evidence") or "", why=a.form.cleaned_data.get("why") or "",
        )  # fmt: skip
        fresh(a)

    return does
