"""The first page of a hearing: identity bar, table of candidates, and rows on the notification and the meeting."""

from hearings.attendance import others_seen, record_of, span_of_times
from hearings.keys import StateKey
from hearings.models import NotificationItem
from hearings.paper_models import documents_of
from panel.access import rules
from panel.law.clock import participation
from panel.law.meetings import PARAGRAPHS, paragraphs_in_words, resolution
from panel.law.period import day_words, listed, plural


def identity_rows(look) -> list[dict]:
    """Notified, hearing, report by, procedure: the identity bar."""
    case, facts = look.case, look.facts
    proposal, meeting = facts.proposal, facts.meeting
    if case.status == StateKey.PLANNED:
        rows = [
            {"label": "Expected", "value": f"About {day_words(case.expected_on)}" if case.expected_on else "Not known"}
        ]
    elif proposal is None:
        rows = [{"label": "Learnt of", "value": day_words(case.received_on)}]
    elif proposal.received_on:
        rows = [{"label": "Notified", "value": day_words(proposal.received_on)}]
    else:
        rows = [{"label": "Notified", "value": f"Not known, by {day_words(case.received_on)}"}]
    if meeting is not None:
        at = f" at {meeting.at}" if meeting.at else ""
        rows.append({"label": "Hearing", "value": f"{hearing_day(look)}{at}", "note": meeting.place})
    if proposal is not None:
        rows.append(report_row(look))
    elif case.status == StateKey.PLANNED:
        rows.append({"label": "Report by", "value": "Not running yet"})
    return [*rows, {"label": "Procedure", "value": f"Schedule {facts.law.schedule}"}]


def hearing_day(look) -> str:
    """The day of the hearing in words."""
    day = day_words(look.facts.meeting.on)
    return f"Not known, by {day}" if look.facts.day_of_hearing_unknown else day


def report_row(look) -> dict:
    """When the report was sent, or by when it is due."""
    count, sent_on = look.facts.count, look.facts.proposal.sent_on
    if sent_on and not look.facts.unreported:
        return {"label": "Report sent", "value": look.facts.sent_words(look.facts.proposal)}
    if count is None:
        return {"label": "Report by", "value": "Not known"}
    left = (count.day - look.today).days
    if left > 0:
        note = f"({plural(left, 'day')} left)"
    else:
        note = "(today)" if left == 0 else f"({plural(-left, 'day')} late)"
    is_open = look.procedure.state(look.case.status).open
    return {
        "label": "Report by",
        "value": day_words(count.day),
        "note": note if is_open else "",
        "late": left < 0 and is_open,
    }


def candidates_table(look) -> dict:
    """The candidates, each with status, recommendation and decision."""
    rows = []
    for part in look.parts:
        state = look.procedure.state(part.status)
        cells = [
            named_cell(look, part),
            {"tag": {"words": state.label, "colour": state.colour}},
            {"words": recommendation_words(look, part)},
            {"words": decision_words(part, state), "note": reported_words(look, part)},
        ]
        rows.append({"cells": cells})
    columns = ("Candidate", "Status", "Recommendation", "Decision")
    return {"columns": [{"words": words, "quiet": words == "Candidate"} for words in columns], "rows": rows}


def named_cell(look, part) -> dict:
    """The candidate by name, with who was before; once a reserve candidate is gone, whom the veto is about."""
    if not part.reserve:
        return {"words": part.name}
    if part.status == StateKey.VETOED:
        return {"words": look.facts.vetoed_name, "note": f"Reserve candidate {part.name} has withdrawn"}
    return {"words": part.name, "note": f"Reserve candidate, after {part.earlier}"}


def recommendation_words(look, part) -> str:
    """What the Panel said of the candidate."""
    if part.vetoed_on and (not part.reserve or part.status == StateKey.VETOED):
        return "Vetoed; the veto fell" if look.facts.fell(part) else "Vetoed"
    none = "None yet" if look.procedure.state(part.status).open else "None"
    return part.get_recommendation_display() or none


def reported_words(look, part) -> str:
    """When the report on that candidate was sent, where there are several candidates."""
    sent = look.facts.reported(part) if len(look.parts) > 1 else None
    return f"Report sent {day_words(sent)}" if sent else ""


def decision_words(part, state) -> str:
    """What became of the appointment, in one line."""
    if part.appointed is None and not part.became:
        return "Not known yet" if state.open else state.label
    return part.became + (f", announced {day_words(part.announced_on)}" if part.announced_on else "")


# The notification and the meeting


def summary_rows(look) -> list[dict]:
    """The notification, what came with it, and where the report was published."""
    case, facts, proposal = look.case, look.facts, look.facts.proposal
    rows = [{"label": "Post", "value": ", ".join([case.get_post_display(), *case.flags])}]
    if proposal is not None:
        documents = documents_seen(look) if facts.items else []
        came = [item_words(facts.items[kind], documents) for kind in NotificationItem.Kind if kind in facts.items]
        rows.append({"label": "What has come", **({"lines": came} if came else {"value": "Nothing"})})
        if proposal.poll_on:
            accepted = day_words(proposal.accepted_on) if proposal.accepted_on else "not known yet"
            said = f"Poll on {day_words(proposal.poll_on)}, office accepted: {accepted}"
            rows.append({"label": "Election", "value": said})
        if proposal.published_on:
            waits = listed([part.name for part in facts.to_publish])
            said = f"{day_words(proposal.published_on)}, {proposal.published_where}"
            said += f"; not published yet: on {waits}" if waits else ""
            rows.append({"label": "Report published", "value": said})
    earlier = ", ".join(part.earlier for part in look.parts if part.earlier)
    if earlier:
        rows.append({"label": "Earlier candidates", "value": earlier})
    if case.assigned_to:
        rows.append({"label": "Kept by", "value": case.assigned_to.name})
    return rows


def documents_seen(look) -> list:
    """The documents that the person may open."""
    documents = look.case.documents.all()
    return [d for d in documents if rules.sees_document(look.who, look.case_roles, d.classification)]


def item_words(item, documents) -> str:
    """One of the four things, with the day it came and the documents that came with it."""
    day = f", {day_words(item.came_on)}" if item.came_on else ""
    named = {document.pk for document in documents_of(item)}
    with_it = [d.name for d in documents if (d.pk in named if named else d.entry_id == item.entry_id)]
    said = ", ".join([*([item.paper] if item.paper else []), *with_it])
    return f"{item}{day}{': ' + said if said else ''}"


def meeting_rows(look) -> list[dict]:
    """The meeting as it was, or as it is arranged."""
    meeting = look.facts.meeting
    if meeting is None:
        return []
    rows = [
        ("Day", hearing_day(look) + (f" at {meeting.at}" if meeting.at else "")),
        ("Place", meeting.place),
        ("Candidate attends", {True: "By video", False: "In person", None: ""}[meeting.remote]),
        ("Agenda published", day_words(meeting.agenda_on) if meeting.agenda_on else ""),
        ("Why urgent", meeting.urgent_why),
        ("Public may ask to take part until", participation_words(look)),
        ("Chaired by", meeting.chair),
        ("Quorum", quorum_words(look.facts)),
        ("In public", {True: "Yes", False: "No", None: ""}[meeting.in_public]),
        ("Exempt session", exempt_words(look.facts)),
        ("Resolution for an exempt session, to be read out", to_read_out(look)),
        ("Also at this meeting", same_meeting(look)),
        ("Others present", meeting.others),
        ("Interests declared", interest_words(record_of(look.facts))),
        ("Adjourned before", "; ".join(sat_words(sat) for sat in record_of(look.facts).adjourned)),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def participation_words(look) -> str:
    """By when the public must ask to take part, where the panel has such a rule and the meeting is to come."""
    meeting = look.facts.meeting
    hour = look.settings_on(meeting.on).participation_hour
    if meeting.held or hour is None:
        return ""
    until = participation(meeting.on, hour)
    return f"{day_words(until.day)} at {until.at:%H:%M}"


def quorum_words(facts) -> str:
    """Whether there was a quorum, or how many the meeting needs."""
    if not facts.meeting.held:
        return str(facts.quorum or "")
    counted = f": {facts.in_room} in the room, {facts.quorum} needed" if facts.quorum else ""
    return facts.meeting.get_quorate_display() + counted


def exempt_words(facts) -> str:
    """Whether the Panel went into exempt session, and under which paragraph."""
    if facts.meeting.exempt != "carried":
        return facts.meeting.get_exempt_display()
    when = span_of_times(facts.exclusion.from_time, facts.exclusion.until_time)
    return f"Carried, {paragraphs_in_words(facts.rules.country, facts.exempt_paragraphs)}{f';{when}' if when else ''}"


def to_read_out(look) -> str:
    """The resolution to exclude the public, before a meeting that may want it."""
    facts = look.facts
    if facts.meeting.held or not look.procedure.state(look.case.status).open:
        return ""
    country = facts.rules.country
    return resolution(country, [next(iter(PARAGRAPHS[country]))])


def interest_words(record) -> str:
    """What was declared, by whom, and who withdrew."""
    said = [one.words for one in record.interests] if record.held else []
    return "; ".join([*said, *([record.interests_said] if record.interests_said else [])])


def sat_words(sat) -> str:
    """ "16 November 2026: the lights failed"."""
    there = [seat.sits for seat in sat.seats if seat.sits]
    said = f"{day_words(sat.on)}: {sat.why}" if sat.why else day_words(sat.on)
    return f"{said.rstrip('.')}. There that day: {listed(there)}" if there else said


def same_meeting(look) -> str:
    """The other appointments heard at the same meeting, each with its own clock and report."""
    return "; ".join(others_seen(look))
