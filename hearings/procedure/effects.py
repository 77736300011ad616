"""What the steps of several chapters do beyond moving candidates: fields set, rows made. Called by `perform`."""

from hearings.keys import StateKey
from hearings.models import NotificationItem, Proposal, Resolution
from hearings.paper_models import SentReport
from hearings.procedure.duties import REPORT_KEYS
from hearings.procedure.meetings import READ_FROM_MEETINGS, record_motion, sitting_to_write
from hearings.procedure.posts import flags_of, title, title_after_a_veto, title_without_notification

READ_FROM_ROWS = (
    "proposals", "items", *READ_FROM_MEETINGS, "questions", "resolutions", "checks", "report_text", "sent_reports",
)  # fmt: skip
FINDINGS = ("competence", "competence_words", "independence", "independence_words")  # columns, and names of questions


def drop_cached_facts(attempt, *names):
    """Let the facts be read anew after rows were made: these, or all that rows are read into."""
    for name in names or READ_FROM_ROWS:
        attempt.facts.__dict__.pop(name, None)


def title_anew(attempt):
    """Give the case its title, once names, post or notification have changed; after a veto with the name of the vetoed."""
    case, facts, parts = attempt.case, attempt.facts, attempt.look.parts
    names, vetoed = [part.name for part in parts], facts.vetoed_name
    if case.status == StateKey.APPOINTED_WITHOUT_NOTIFICATION:
        case.title = title_without_notification(names[0], case)
    elif vetoed and any(part.reserve for part in parts):
        standing = any(part.reserve and part.status != StateKey.VETOED for part in parts)
        case.title = title_after_a_veto(vetoed, names[0] if standing else "", case)
    else:
        case.title = title(names, case.post, flags_of(case), case.post_words)


def name_the_vetoed(attempt):
    """Let the title name the vetoed candidate alone, once the reserve candidate is gone."""
    attempt.case.title = title_after_a_veto(attempt.facts.vetoed_name, "", attempt.case)


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
        **{name: attempt.answers.get(name) or "" for name in FINDINGS},
        **over,
    )
    made.motion = record_motion(attempt, sitting, str(made), needed)
    made.save()


def record_report_sent(attempt):
    """Keep the report as it goes out and when it was sent, on each candidate, and count whether it was late: on a day that
    the papers do not say, nobody can tell. The notification keeps the last of these days."""
    unknown = bool(attempt.answers.get("unknown"))
    late = not unknown and attempt.facts.over(attempt.on)
    keep_report(
        attempt, attempt.parts, sent_on=None if unknown else attempt.on, why_late=attempt.answers.get("late_why") or ""
    )
    p = attempt.facts.proposal
    before = {part.pk: attempt.facts.reported(part) for part in attempt.look.parts}
    p.sent_on = max(attempt.on, p.sent_on or attempt.on)
    p.save()
    moved = {part.pk for part in attempt.parts}
    for part in attempt.look.parts:
        part.reported_on = attempt.on if part.pk in moved else before[part.pk]
        if part.pk not in moved:
            part.save()
    for part in attempt.parts:
        part.reported_on = attempt.on
        fell = late and part.status == StateKey.VETOED
        attempt.add_report_slugs(part, late="yes" if late else "", veto="fell" if fell else "")


def keep_report(attempt, parts, **more):
    """Keep the report on these candidates byte for byte, with the letter. The register's presenter makes it: papers stand
    above the steps."""
    presenter = attempt.look.register.presenter(attempt.look)
    made = presenter.report_to_send(parts, moment=attempt.entry.entered_at, **more)
    SentReport.objects.create(entry=attempt.entry, **made)
    drop_cached_facts(attempt, "sent_reports")
