"""What the steps of several chapters do beyond moving candidates: fields set, rows made. Called by `perform`."""

from hearings.models import NotificationItem, Proposal, Resolution
from hearings.procedure.duties import REPORT_KEYS
from hearings.procedure.meetings import READ_FROM_MEETINGS, record_motion, sitting_to_write

READ_FROM_ROWS = ("proposals", "items", *READ_FROM_MEETINGS, "questions", "resolutions", "checks")


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


# The decision and its report


def record_resolution(attempt, part, *, needed=None, **over):
    """Keep what the Panel decided on that candidate, and how it voted."""
    sitting = sitting_to_write(attempt)
    made = Resolution(
        sitting=sitting,
        candidate=part,
        person=part.name,
        entry=attempt.entry,
        reasons=attempt.form.cleaned_data.get("why") or "",
        **over,
    )
    made.motion = record_motion(attempt, sitting, str(made), needed)
    made.save()


def record_report_sent(attempt):
    """Keep when the report was sent, and count whether it was late."""
    p = attempt.facts.proposal
    p.sent_on, p.published_on, p.published_where = attempt.on, None, ""  # a report made anew is still to be published
    p.save()
    late = attempt.facts.over(attempt.on)
    for part in attempt.parts:
        attempt.add_report_slugs(part, late="yes" if late else "")
