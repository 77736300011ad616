"""What the steps of several chapters do beyond moving candidates: fields set, rows made. Called by `perform`."""

from hearings.keys import DutyKey
from hearings.models import Attendance, Meeting, NotificationItem, Proposal, Resolution, Vote
from hearings.paper_models import SentReport
from hearings.procedure.duties import REPORT_KEYS

READ_FROM_ROWS = (
    "proposals",
    "items",
    "meetings",
    "expected",
    "attended",
    "questions",
    "resolutions",
    "checks",
    "report_text",
    "sent_reports",
)

FINDINGS = ("competence", "competence_words", "independence", "independence_words")  # columns, and names of questions


def drop_cached_facts(attempt, *names):
    """Let the facts be read anew after rows were made: these, or all that rows are read into."""
    for name in names or READ_FROM_ROWS:
        attempt.facts.__dict__.pop(name, None)


# The notification and its three weeks


def add_proposal(attempt):
    """Make a notification with three weeks of its own."""
    answers = attempt.answers
    known = None if answers.get("unknown") else attempt.on
    counted = attempt.form.counted_from()
    proposal = Proposal.objects.create(
        hearing=attempt.case,
        entry=attempt.entry,
        received_on=known,
        counted_from=counted,
        poll_on=answers.get("poll_on"),
        count_why=answers.get("counts_why") or "",
        count_by=str(attempt.user) if answers.get("counts_why") else "",
    )
    for kind in answers.get("came") or []:
        NotificationItem.objects.create(proposal=proposal, entry=attempt.entry, kind=kind, came_on=known)
    drop_cached_facts(attempt)


def record_what_came(attempt):
    """Keep what came later; the three weeks may begin with it."""
    proposal = attempt.facts.proposal
    for kind in attempt.answers["came"]:
        NotificationItem.objects.create(proposal=proposal, entry=attempt.entry, kind=kind, came_on=attempt.on)
    counts = attempt.answers.get("counts")
    if counts in ("from_notice", "from_this"):
        proposal.counted_from = proposal.received_on if counts == "from_notice" else attempt.on
        proposal.count_why, proposal.count_by = attempt.answers["counts_why"], str(attempt.user)
        proposal.save()
        let_report_duties_lapse(attempt)
    drop_cached_facts(attempt)


def let_report_duties_lapse(attempt):
    """Let the open duty to report lapse: its day has changed, and the step opens a new one."""
    for d in attempt.look.open_duties:
        if d.kind in REPORT_KEYS:
            attempt.closed_duties.append((d, "lapsed"))


# The meeting


def arrange_meeting(attempt):
    """Make a meeting; an earlier one stays as it was. What is due before a meeting is due anew."""
    for d in attempt.look.open_duties:
        if d.kind in (DutyKey.PUBLISH_AGENDA, DutyKey.HOLD_HEARING, DutyKey.HOLD_RESERVE):
            attempt.closed_duties.append((d, "lapsed"))
    answers = attempt.answers
    Meeting.objects.create(
        proposal=attempt.facts.proposal,
        entry=attempt.entry,
        on=answers["meeting_on"],
        at=answers.get("at") or "",
        place=answers["place"],
        remote={"yes": True, "no": False}.get(answers.get("remote")),
    )
    drop_cached_facts(attempt)


def record_hearing(attempt):
    """Keep the meeting as it was, and who attended."""
    m = attempt.facts.meeting
    m.on, m.held = attempt.on, True
    for name in ("chair", "others", "quorate", "in_public", "candidate_came", "exempt", "exempt_paragraph"):
        setattr(m, name, attempt.answers.get(name) if attempt.answers.get(name) is not None else "")
    m.save()
    for d in attempt.look.open_duties:  # what was to be done before it can be done no more
        if d.kind == DutyKey.PUBLISH_AGENDA:
            attempt.closed_duties.append((d, "lapsed"))
        elif d.kind == DutyKey.INVITE:
            attempt.closed_duties.append((d, "met" if m.candidate_came else "lapsed"))
    drop_cached_facts(attempt)
    record_seats(attempt, expected=False)


def record_seats(attempt, expected):
    """Keep how each member attended, or is expected to."""
    subs = attempt.form.substitutes()
    for member, how in attempt.form.seats():
        Attendance.objects.create(
            meeting=attempt.facts.meeting,
            entry=attempt.entry,
            member=member,
            how=how,
            substitute=subs.get(member.pk, ""),
            expected=expected,
        )
    drop_cached_facts(attempt, "expected", "attended")


# The decision and its report


def record_resolution(attempt, part, **over):
    """Keep what the Panel decided on that candidate, and how it voted."""
    named = attempt.answers["taken"] == Resolution.Taken.NAMED
    votes = attempt.form.tally() if attempt.answers["taken"] != Resolution.Taken.AGREED else (None, None, None)
    members = len(attempt.facts.members_on(attempt.on))
    made = Resolution.objects.create(
        meeting=attempt.facts.meeting,
        candidate=part,
        person=part.name,
        entry=attempt.entry,
        taken=attempt.answers["taken"],
        votes_for=votes[0],
        votes_against=votes[1],
        abstained=votes[2],
        in_office=members,
        reasons=attempt.form.cleaned_data.get("why") or "",
        **{name: attempt.answers.get(name) or "" for name in FINDINGS},
        **over,
    )
    if named:
        for member, cast in attempt.form.votes():
            Vote.objects.create(resolution=made, entry=attempt.entry, member=member, cast=cast)


def record_report_sent(attempt):
    """Keep the report as it goes out, when it was sent, and count whether it was late: on a day that the papers do not
    say, nobody can tell."""
    unknown = bool(attempt.answers.get("unknown"))
    late = not unknown and attempt.facts.over(attempt.on)
    keep_report(
        attempt, attempt.parts, sent_on=None if unknown else attempt.on, why_late=attempt.answers.get("late_why") or ""
    )
    p = attempt.facts.proposal
    p.sent_on = attempt.on
    p.save()
    for part in attempt.parts:
        attempt.add_report_slugs(part, late="yes" if late else "")


def keep_report(attempt, parts, **more):
    """Keep the report on these candidates byte for byte, with the letter. The register's presenter makes it: papers stand
    above the steps."""
    presenter = attempt.look.register.presenter(attempt.look)
    made = presenter.report_to_send(parts, moment=attempt.entry.entered_at, **more)
    SentReport.objects.create(entry=attempt.entry, **made)
    drop_cached_facts(attempt, "sent_reports")
