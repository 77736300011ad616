"""What steps write of meetings: a hearing's place at one, who sat, what the minutes say, how the Panel voted.

What is the meeting's is entered once, and serves every hearing there. Where an earlier release arranged or recorded the
hearing, its rows stay as they are, and the first step that writes takes them over (`sitting_to_write`).
"""

from datetime import date
from typing import Any

from hearings.attendance import others_at, seats_at
from hearings.keys import DutyKey
from hearings.models import Sitting
from panel.casework import agenda
from panel.casework.case_context import Also
from panel.models import (
    ExemptPart,
    Meeting,
    MeetingInterest,
    MeetingItem,
    MeetingMinute,
    Motion,
    MotionVote,
    Seat,
)

MOVED_BY = {  # the step that gives another day to a hearing that stands there
    "hearing_arranged": "rearrange_hearing", "planned": "plan_day",
    "reserve_notified": "arrange_reserve_hearing", "reserve_under_review": "arrange_reserve_hearing",
}  # fmt: skip
READ_FROM_MEETINGS = ("sittings", "meetings", "expected", "attended", "recorded", "answers_at_hearing")
BEFORE_THE_DAY = (*DutyKey.agendas(), DutyKey.HOLD_HEARING, DutyKey.HOLD_RESERVE)


def read_anew(attempt: Any) -> None:
    """Let what is read from meetings be read again."""
    for name in READ_FROM_MEETINGS:
        attempt.facts.__dict__.pop(name, None)


# A hearing's place at a meeting


def same_words(one: str, other: str) -> bool:
    """Whether two times or places are the same, however they were typed."""
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()


def meetings_to_come(panel: Any, since: date) -> list[Meeting]:
    """The Panel's meetings from that day on: those of the register, and those at which a hearing has its place now."""
    here = Sitting.objects.filter(item__meeting__panel=panel, item__meeting__on__gte=since, entry__reversed_by=None)
    latest = {s.hearing_id: s for s in here.select_related("item__meeting").order_by("pk")}
    found = {s.item.meeting_id: s.item.meeting for s in latest.values() if not s.ended}
    kept = Meeting.objects.filter(panel=panel, kind=Meeting.Kind.PANEL, on__gte=since, in_register=True)
    found |= {m.pk: m for m in kept.filter(entry__reversed_by=None)}
    return sorted(found.values(), key=lambda m: (m.on, m.pk))


def the_same_meeting(panel: Any, on: date, at: str, place: str) -> Meeting | None:
    """A meeting of that day, hour and place which is there already: it is the same one."""
    rows = Meeting.objects.filter(panel=panel, kind=Meeting.Kind.PANEL, on=on, entry__reversed_by=None).order_by("-pk")
    return next((m for m in rows if same_words(m.at, at) and same_words(m.place, place)), None)


def heard_there(case: Any, meeting: Meeting) -> bool:
    """Whether the case was dealt with at that meeting already: a reserve candidate is heard at another one."""
    return Sitting.objects.filter(hearing=case, item__meeting=meeting, held=True, entry__reversed_by=None).exists()


def take_place(attempt: Any, meeting: Meeting, remote: bool | None) -> Sitting:
    """Give the hearing a place at that meeting; the place before it, if any, stays as it was."""
    item = MeetingItem.objects.create(meeting=meeting, case=attempt.case, entry=attempt.entry)
    made = Sitting.objects.create(
        hearing=attempt.case, proposal=attempt.facts.proposal, item=item, remote=remote, entry=attempt.entry
    )
    read_anew(attempt)
    return made


def arrange_meeting(attempt: Any) -> None:
    """Give the hearing a place at a meeting; an earlier one stays as it was. What is due before a meeting is due anew.
    Where the whole meeting is moved, the other hearings follow by steps of their own."""
    with_it = getattr(attempt.form, "others_moved", list)()
    lapse(attempt, *BEFORE_THE_DAY)
    answers = attempt.answers
    chosen = attempt.form.meeting_chosen()
    on, at, place = answers["meeting_on"], answers.get("at") or "", answers.get("place") or ""
    meeting = chosen or the_same_meeting(attempt.panel, on, at, place)
    if meeting is None or heard_there(attempt.case, meeting):
        last = attempt.facts.put_off
        continues = last.item.meeting if last is not None and last.ended == Sitting.Ended.ADJOURNED else None
        meeting = Meeting.objects.create(
            panel=attempt.panel, on=on, at=at, place=place, continues=continues, entry=attempt.entry
        )
    take_place(attempt, meeting, {"yes": True, "no": False}.get(answers.get("remote")))
    for other in with_it:
        attempt.also.append(Also(other, MOVED_BY[other.status], moved_alike(attempt, other), "moves"))


def moved_alike(attempt: Any, other: Any) -> dict[str, Any]:
    """The answers that give another hearing the same place; how its candidate attends stays as it was."""
    last = Sitting.objects.filter(hearing=other, entry__reversed_by=None).order_by("pk").last()
    answers = attempt.answers
    return {
        "on": attempt.on, "why": attempt.form.cleaned_data.get("why") or "", "meeting_on": answers["meeting_on"],
        "at": answers.get("at") or "", "place": answers.get("place") or "",
        "remote": {True: "yes", False: "no"}.get(last.remote if last else None, "unknown"),
        "late_hearing_why": answers.get("late_hearing_why") or "",
    }  # fmt: skip


def lapse(attempt: Any, *kinds: str) -> None:
    """Let the open duties of these kinds lapse: what they are about is no more."""
    for duty in attempt.look.open_duties:
        if duty.kind in kinds:
            attempt.closed_duties.append((duty, "lapsed"))


def sitting_to_write(attempt: Any) -> Sitting:
    """The hearing's place at its meeting. One that an earlier release kept is taken over, with who was expected or there."""
    found = attempt.facts.meeting
    if isinstance(found, Sitting):
        return found
    meeting = the_same_meeting(attempt.panel, found.on, found.at, found.place) or Meeting.objects.create(
        panel=attempt.panel, on=found.on, at=found.at, place=found.place, agenda_on=found.agenda_on,
        urgent_why=found.urgent_why, entry=attempt.entry,
    )  # fmt: skip
    seats = [*seats_at(found, True).values(), *seats_at(found, False).values()]
    made = take_place(attempt, meeting, found.remote)
    for seat in seats:
        add_seat(attempt, made, seat.member, seat.how, substitute_name=seat.substitute, expected=seat.expected)
    if found.held:
        made.held, made.candidate_came = True, found.candidate_came
        made.save()
        MeetingMinute.objects.create(
            meeting=meeting, entry=attempt.entry, chair=found.chair, others=found.others, quorate=found.quorate,
            in_public=found.in_public,
        )  # fmt: skip
        if found.exempt:
            add_exempt_part(attempt, made, found.exempt, found.exempt_paragraph)
    read_anew(attempt)
    return made


# Before the day


def publish_agenda(attempt: Any) -> None:
    """Keep when the meeting's agenda was published. It serves every hearing there, and the meeting itself."""
    sitting = sitting_to_write(attempt)
    agenda.publish(attempt, sitting.item.meeting, [item.case for item in others_at(sitting)])


# The day itself


def record_seats(attempt: Any, expected: bool) -> None:
    """Keep how each member attended, or is expected to."""
    sitting = sitting_to_write(attempt)
    substitutes = attempt.form.substitutes()
    for member, how in attempt.form.seats():
        add_seat(attempt, sitting, member, how, substitute=substitutes.get(member.pk), expected=expected)
    read_anew(attempt)


def add_seat(attempt: Any, sitting: Sitting, member: Any, how: str, **over: Any) -> None:
    """Keep how a member attended: for the whole meeting, but a withdrawal only for this item."""
    meeting = sitting.item.meeting
    own = Seat.objects.filter(meeting=meeting, item=sitting.item, member=member, entry__reversed_by=None).exists()
    item = sitting.item if how == Seat.How.WITHDREW or own else None
    Seat.objects.create(meeting=meeting, item=item, member=member, how=how, entry=attempt.entry, **over)


def record_minutes(attempt: Any, sitting: Sitting) -> None:
    """Keep who chaired, whether there was a quorum, and whether the public was there."""
    answers = attempt.answers
    chair = answers.get("chair") or ""
    MeetingMinute.objects.create(
        meeting=sitting.item.meeting,
        entry=attempt.entry,
        chair=chair,
        chair_member=next((m for m in attempt.facts.members_on(attempt.on) if m.name == chair), None),
        others=answers.get("others") or "",
        quorate=answers.get("quorate") or "",
        in_public=answers.get("in_public"),
    )


def record_interests(attempt: Any, sitting: Sitting) -> None:
    """Keep which interests were declared there; who withdrew for one says so by the seat."""
    withdrew = {m.pk for m, how in attempt.form.seats() if how == Seat.How.WITHDREW}
    for member, kind, nature in attempt.form.interests():
        left, back = attempt.form.times_away(member) if member.pk in withdrew else ("", "")
        MeetingInterest.objects.create(
            meeting=sitting.item.meeting, item=sitting.item, member=member, kind=kind, nature=nature,
            withdrew=member.pk in withdrew, from_time=left, until_time=back, entry=attempt.entry,
        )  # fmt: skip


def add_exempt_part(attempt: Any, sitting: Sitting, moved: str, paragraphs: str, **words: str) -> None:
    """Keep whether a motion to exclude the public was moved, and under which paragraphs it was carried."""
    ExemptPart.objects.create(
        meeting=sitting.item.meeting,
        item=sitting.item,
        moved=moved,
        paragraphs=paragraphs,
        entry=attempt.entry,
        **words,
    )


def record_hearing(attempt: Any) -> None:
    """Keep the meeting as it was, and who attended."""
    sitting = sitting_to_write(attempt)
    if sitting.on != attempt.on:
        sitting = held_on_another_day(attempt, sitting)
    sitting.held, sitting.candidate_came = True, attempt.answers.get("candidate_came")
    sitting.save()
    record_minutes(attempt, sitting)
    answers = attempt.answers
    if answers.get("exempt"):
        chosen = answers.get("exempt_paragraphs") or [answers.get("exempt_paragraph") or ""]
        add_exempt_part(
            attempt, sitting, answers["exempt"], ",".join(p for p in chosen if p),
            resolution=answers.get("exempt_resolution") or "", public_interest=answers.get("public_interest") or "",
            from_time=answers.get("exempt_from") or "", until_time=answers.get("exempt_until") or "",
        )  # fmt: skip
    came = attempt.form.appeared()
    for part in attempt.parts:
        part.appeared = came[part.number]
    invited = {f"candidate:{number}" for number, yes in came.items() if yes}
    for duty in attempt.look.open_duties:  # what was to be done before it can be done no more
        if duty.kind in DutyKey.agendas():
            attempt.closed_duties.append((duty, "lapsed"))
        elif duty.kind == DutyKey.INVITE:
            attempt.closed_duties.append((duty, "met" if duty.recipient in invited else "lapsed"))
    record_seats(attempt, expected=False)
    record_interests(attempt, sitting)
    read_anew(attempt)


def held_on_another_day(attempt: Any, sitting: Sitting) -> Sitting:
    """The place of a hearing that was held on another day than arranged: alone there, it takes its meeting along."""
    meeting = sitting.item.meeting
    if not others_at(sitting):
        meeting.on = attempt.on
        meeting.save()
        return sitting
    there = the_same_meeting(attempt.panel, attempt.on, meeting.at, meeting.place) or Meeting.objects.create(
        panel=attempt.panel, on=attempt.on, at=meeting.at, place=meeting.place, agenda_on=meeting.agenda_on,
        agenda_where=meeting.agenda_where, urgent_why=meeting.urgent_why, entry=attempt.entry,
    )  # fmt: skip
    return take_place(attempt, there, sitting.remote)


# How the Panel voted


def record_motion(attempt: Any, sitting: Sitting, words: str, needed: int | None) -> Motion:
    """Keep how the Panel decided: without a vote, by numbers, or each vote under who cast it."""
    taken = attempt.answers["taken"]
    votes = attempt.form.tally() if taken != Motion.Taken.AGREED else (None, None, None)
    made = Motion.objects.create(
        item=sitting.item, words=words[:300], taken=taken, votes_for=votes[0], votes_against=votes[1],
        abstained=votes[2], in_office=len(attempt.facts.members_on(attempt.on)), needed=needed, entry=attempt.entry,
    )  # fmt: skip
    if taken == Motion.Taken.NAMED:
        seats = attempt.facts.attended
        for member, cast in attempt.form.votes():
            seat = seats.get(member.pk)
            MotionVote.objects.create(
                motion=made, member=member, cast=cast, entry=attempt.entry,
                substitute_id=seat.substitute_id if seat else None,
                substitute_name=seat.substitute if seat and not seat.substitute_id else "",
            )  # fmt: skip
    return made
