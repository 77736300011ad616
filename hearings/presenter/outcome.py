"""What became of an ended hearing: what the Panel said, its report, the Commissioner's decision, the appointment."""

from hearings.attendance import decision_of
from panel.law.period import day_words, plural

COMMISSIONER = {"accepted": "Accepted the recommendation", "rejected": "Rejected the recommendation"}


def became_rows(look) -> list[dict]:
    """The rows, for the last notification."""
    rows = []
    for part in look.parts:
        rows += [{"label": f"The Panel{of(look, part)}", **panel_said(look, part)}]
    rows.append({"label": "Report", **report_said(look)})
    for part in look.parts:
        rows += [{"label": f"The {look.names['commissioner']}{of(look, part)}", **commissioner_said(look, part)}]
        if part.appointed is not None:
            rows.append({"label": "Appointed", "value": appointed_words(part)})
    return [row for row in rows if row.get("value")]


def of(look, part) -> str:
    """Whose row it is, where there are several candidates."""
    return f" on {part.name}" if len(look.parts) > 1 else ""


def panel_said(look, part) -> dict:
    """What the Panel decided on that candidate, and by how many."""
    resolution = look.facts.decided(part)
    if resolution is None:
        meeting = look.facts.meeting
        held = meeting is not None and meeting.held
        return {"value": "Heard, nothing decided" if held else "No hearing was held"}
    decision = decision_of(resolution)
    what = "Recommended the appointment" if resolution.recommendation == "appoint" else "Recommended against it"
    if resolution.veto:
        what = f"Vetoed the appointment of {resolution.person}"
    how = {"agreed": "without a vote"}.get(decision.taken, "")
    if decision.unanimous:
        how = "unanimously"
    elif decision.votes_for is not None:
        how = f"{decision.votes_for} for, {decision.votes_against} against, {decision.abstained} abstained"
    voted = f"{plural(decision.voted, 'member')} voted. " if decision.unanimous else ""
    return {"value": f"{what}, {how}" if how else what, "note": f"{voted}{day_words(resolution.entry.on)}"}


def report_said(look) -> dict:
    """When the report was sent and published."""
    proposal = look.facts.proposal
    if not proposal.sent_on:
        return {"value": "None was sent"}
    corrected = any(row.revision > 1 for row in look.facts.sent_reports if row.proposal_id == proposal.pk)
    waits = ", as corrected not published yet" if corrected else ", not published"
    published = f", published on {day_words(proposal.published_on)}" if proposal.published_on else waits
    day = look.facts.day_sent(proposal)
    sent = f"Sent on {day_words(day)}" if day else "Sent on a day that is not known"
    return {"value": f"{sent}{published}", "note": proposal.published_where}


def commissioner_said(look, part) -> dict:
    """What the Commissioner did with it."""
    told = [e for e in look.in_force if e.step in ("pcc_accepts", "pcc_rejects", "withdraw_proposal")]
    mine = [e for e in told if part.pk in {m.part_id for m in e.moves.all()}]
    said = COMMISSIONER.get(part.status) or {"proposal_withdrawn": "Took the proposal back"}.get(part.status, "")
    if part.status == "lapsed" and look.facts.fell(part):
        return {"value": "May make the appointment: the veto fell"}
    if not said or not mine:
        return {"value": said or look.procedure.state(part.status).label}
    if mine[-1].answers.get("unknown"):
        return {"value": said, "note": "The papers do not say when."}
    return {"value": f"{said} on {day_words(mine[-1].on)}"}


def appointed_words(part) -> str:
    """ "Marcus Leigh, from 9 November 2026", or that nobody was."""
    if not part.appointed:
        return f"{part.name} was not appointed"
    return f"{part.name}, from {day_words(part.appointed_from)}" if part.appointed_from else part.name
