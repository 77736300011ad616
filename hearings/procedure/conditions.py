"""Conditions that several chapters set: a Refusal with its provision, or None. Those of one chapter stand in it.

A hearing after the last day, a late report and an agenda published late are never refused: they happened, and the law
says what follows. They are explained, and ask for the reason.
"""

from hearings.keys import StateKey, StepKey
from hearings.models import Resolution
from hearings.procedure.law import NOTIFICATION, PERIOD, SUPPLY, WHOLE_PANEL
from panel.casework.attendance import CANNOT
from panel.casework.minutes_rules import chair_was_there, hours_in_order
from panel.casework.seats_form import THERE, a_person_sits_once
from panel.law.elections import LONG_BEFORE, is_ordinary_poll, poll_within
from panel.law.period import day_words, plural
from panel.models import MeetingMinute
from panel.models import Seat as MeetingSeat
from panel.procedure.vocabulary import Refusal

# What has come, and the review


def panel_was_notified(attempt):
    """The Panel was notified: without that there is nothing to count, to hear or to tick (Sch 1 para 9, Sch 8 para 3)."""
    if attempt.facts.notified:
        return None
    words, remedy, first = "was not notified", "log the notification that came late.", StepKey.NOTIFY_LATE
    if any(p.status == StateKey.PLANNED for p in attempt.look.parts):
        words, remedy, first = "is not yet notified", "record the notification.", StepKey.RECORD_NOTIFICATION
    return Refusal(f"The Panel {words} of this appointment.", attempt.facts.law.of(NOTIFICATION), remedy, first=first)


def something_is_missing(attempt):
    """There is something to ask for, or to receive."""
    if not attempt.facts.notified:
        return panel_was_notified(attempt)
    if attempt.facts.complete:
        return Refusal("All four things have come.", attempt.facts.law.of(SUPPLY))
    return None


def count_is_explained(attempt):
    """Whether the clock runs on an incomplete notification is the officer's decision, with the reason (docs/law.md)."""
    if attempt.answers.get("counts") in ("from_notice", "from_this") and not attempt.answers.get("counts_why"):
        return Refusal(
            "Enter why the three weeks count from that day", attempt.facts.law.of(PERIOD), field="counts_why"
        )
    p = attempt.facts.proposal
    start = {"from_notice": p.received_on, "from_this": attempt.on}.get(attempt.answers.get("counts"))
    return poll_is_not_left_out(attempt, start, "counts", known=p.poll_on)


def complete_or_decided(attempt):
    """The review begins with all four things, or with a decision to go on without (Sch 1 para 9(2))."""
    if not attempt.facts.complete and not attempt.answers.get("without_why"):
        missing = ", ".join(k.label.lower() for k in attempt.facts.missing)
        return Refusal(
            f"These have not come: {missing}. Enter why the review begins without them",
            attempt.facts.law.of(SUPPLY),
            field="without_why",
        )
    return None


def poll_is_known(attempt):
    """A poll that is none of the ordinary elections held so far is asked about again, and taken when that is ticked: a
    by-election does not stop the count (Sch 1 para 10, Sch 8 para 4(6))."""
    poll = attempt.answers.get("poll_on")
    if poll is None or is_ordinary_poll(poll) or attempt.answers.get("poll_is_right"):
        return None
    return Refusal(
        f"No ordinary election of Commissioners is known for {day_words(poll)}. Correct the day, or tick that it is one: a "
        "by-election does not stop the three weeks",
        attempt.facts.law.of(PERIOD),
        field="poll_on",
    )


def poll_is_none_of_long_ago(attempt):
    """An election that was over before the three weeks began takes no day out of them. The form says when they begin."""
    start, poll, accepted = attempt.form.first_day(), attempt.answers.get("poll_on"), attempt.answers.get("accepted_on")
    if start is None or poll is None or poll >= start:
        return None
    begin = f"before the three weeks began on {day_words(start)}, so no day is left out for that election"
    under = attempt.facts.law.of(PERIOD)
    if accepted and accepted < start:
        words = f"Office was accepted on {day_words(accepted)}, {begin}. Correct the days, or leave both out"
        return Refusal(words, under, field="accepted_on")
    if accepted is None and poll < start - LONG_BEFORE:
        words = f"The poll of {day_words(poll)} was long {begin}. Correct the day, or leave it out"
        return Refusal(words, under, field="poll_on")
    return None


def poll_is_not_left_out(attempt, start, field, remedy="note the election.", known=None):
    """An ordinary election that falls into three weeks that begin on another day than the notification is entered before
    they are counted: its days are left out (Sch 1 para 10, Sch 8 para 4(6))."""
    poll = poll_within(start) if start and known is None else None
    if poll is None:
        return None
    words = f"The ordinary election of {day_words(poll)} falls into the three weeks, and its days do not count"
    said = f"{words}: {remedy.rstrip('.')}" if field == "poll_on" else f"{words}. First {remedy.rstrip('.')}"
    return Refusal(said, attempt.facts.law.of(PERIOD), field=field)


# The meeting


def a_meeting_is_arranged(attempt):
    """There is a meeting to prepare."""
    if attempt.facts.meeting is None or attempt.facts.meeting.held:
        return Refusal(
            "No meeting is arranged.", attempt.step.provisions, "arrange the hearing.", first="arrange_hearing"
        )
    return None


def a_meeting_was_arranged(attempt):
    """There is or was a meeting."""
    if attempt.facts.meeting is None:
        return Refusal(
            "No meeting was arranged.", attempt.step.provisions, "arrange the hearing.", first="arrange_hearing"
        )
    return None


def was_heard(attempt):
    """The hearing was held."""
    if attempt.facts.meeting is None or not attempt.facts.meeting.held:
        return Refusal(
            "The hearing has not been held.", attempt.step.provisions, "record the hearing.", first="hold_hearing"
        )
    return None


def hearing_after_notification(attempt):
    """Nobody is heard before the Panel is notified."""
    day = attempt.answers.get("meeting_on")
    if day and day < attempt.case.received_on:
        return Refusal(
            "The hearing must be on or after the day the Panel was notified",
            attempt.step.provisions,
            field="meeting_on",
        )
    return None


def hearing_in_time(attempt):
    """A hearing after the last day is recorded, with the reason: the report would be late, and a veto would fall."""
    day, count = attempt.answers.get("meeting_on") or attempt.on, attempt.facts.count
    if attempt.answers.get("unknown"):  # nobody can tell whether it was late
        return None
    if count is not None and day > count.day and not attempt.answers.get("late_hearing_why"):
        can_veto = attempt.facts.law.schedule == 8 and not attempt.facts.reserve
        falls = "; a veto would fall (Schedule 8, paragraph 2)" if can_veto else ""
        return Refusal(
            f"The three weeks end on {day_words(count.day)}, {plural((day - count.day).days, 'day')} before the "
            f"hearing, so the report would be late{falls}. The hearing can still be recorded: enter why it is so late",
            attempt.facts.law.of(PERIOD),
            field="late_hearing_why",
        )
    return None


def attendance_is_lawful(attempt):
    """Only members of that day sit, or their substitutes from the register, each person once (Sch 6 para 27)."""
    found, under = [], (WHOLE_PANEL,)
    for member, how in attempt.form.seats():
        field = f"seat_{member.pk}"
        if not member.holds(attempt.on):
            words = f"{member.name} was not a member of the Panel on {day_words(attempt.on)}"
            found.append(Refusal(words, under, field=field))
        elif how in THERE and member.pk in attempt.facts.withdrawn_by(attempt.on):
            words = f"{member.name} has declared an interest and withdrew: select “Withdrew”"
            found.append(Refusal(words, under, field=field))
        elif how == "substitute" or member.pk in attempt.form.substitutes():
            found += substitutes_may_sit(attempt, member, under)
    found += a_person_sits_once(attempt, under)
    if not found and not any(how in THERE or how == "substitute" for _, how in attempt.form.seats()):
        first = next((f for f in attempt.form.fields if f.startswith("seat_")), "")
        found.append(Refusal("Select who was there", under, field=first))
    return tuple(found)


def substitutes_may_sit(attempt, member, under) -> list[Refusal]:
    """A substitute sits only where the panel's settings of the day allow it."""
    if attempt.facts.rules_on(attempt.on).hearing_substitutes:
        return []
    words = (
        f"The Panel’s settings of {day_words(attempt.on)} allow no substitutes at hearings: correct how {member.name} "
        "attended, or the settings"
    )
    return [Refusal(words, under, field=f"seat_{member.pk}")]


def minutes_hold_together(attempt):
    """Who chaired was there; hours of leaving and coming back, and of the exempt part, are in order."""
    substitutes = attempt.form.substitutes()
    seats = [(member, how, member.pk in substitutes) for member, how in attempt.form.seats()]
    said = {member.pk for member, _, _ in seats}
    seats += [
        (m, MeetingSeat.How.ABSENT.value, False) for m in attempt.facts.members_on(attempt.on) if m.pk not in said
    ]
    away = [(f"left_{member.pk}", f"back_{member.pk}") for member, how, _ in seats if how == MeetingSeat.How.WITHDREW]
    return chair_was_there(attempt, seats, (WHOLE_PANEL,)) or hours_in_order(
        attempt, [("exempt_from", "exempt_until"), *away], (WHOLE_PANEL,)
    )


def quorum_is_counted(attempt):
    """A meeting has a quorum only with as many in the room as the Panel's setting says."""
    substitutes = attempt.form.substitutes()
    online = attempt.facts.online_votes(attempt.on)
    seated = sum(
        how == "room" or member.pk in substitutes or (online and how == "online")
        for member, how in attempt.form.seats()
    )
    quorum = attempt.settings.quorum
    if quorum and attempt.answers.get("quorate") == MeetingMinute.Quorate.YES and seated < quorum:
        return Refusal(
            f"{plural(seated, 'member')} in the room, and the Panel’s quorum is {quorum}: select No, or correct who "
            "was there",
            (WHOLE_PANEL,),
            field="quorate",
        )
    return None


# Votes


def voters(attempt):
    """Members who could vote at the meeting: in the room, or their substitutes."""
    return {m for m, row in attempt.facts.attended.items() if row.can_vote}


def votes_add_up(attempt):
    """Those who could vote, no more and no fewer, each once; nobody who was not a member that day (Sch 8 para 5)."""
    taken = attempt.answers.get("taken")
    could = voters(attempt)
    if taken == Resolution.Taken.NAMED:
        for member, _ in attempt.form.said():
            if not member.holds(attempt.on):
                return Refusal(
                    f"{member.name} was not a member of the Panel on {day_words(attempt.on)}, so cannot vote",
                    (WHOLE_PANEL,),
                    field=f"vote_{member.pk}",
                )
            seat = attempt.facts.attended.get(member.pk)
            own = seat is None or not seat.substitute
            if own and member.pk in attempt.facts.withdrawn_by(attempt.on):
                words = f"{member.name} has declared an interest and withdrew, so cannot vote"
                return Refusal(words, (WHOLE_PANEL,), field=f"vote_{member.pk}")
            if member.pk not in could:
                how = CANNOT[seat.how] if seat else "not recorded as there"
                return Refusal(f"{member.name} could not vote: {how}", (WHOLE_PANEL,), field=f"vote_{member.pk}")
    if taken in (Resolution.Taken.NAMED, Resolution.Taken.COUNTED):
        given = sum(attempt.form.tally()) + attempt.form.not_voting()
        if given != len(could):
            field = "votes_for" if taken == Resolution.Taken.COUNTED else "taken"
            return Refusal(
                f"For, against and abstained add up to {given}, and {plural(len(could), 'member')} could vote"
                + (": say so of each who had left or did not vote" if given < len(could) else ""),
                attempt.step.provisions,
                field=field,
            )
    return None


# The report


def decided_on(attempt, part):
    """A report has a recommendation on each candidate, or the veto (Sch 1 para 10, Sch 8 para 4)."""
    if attempt.facts.decided(part) is None:
        return Refusal(
            f"The Panel has decided nothing on {part.name} yet.",
            attempt.step.provisions,
            "record what the Panel recommends.",
        )
    return None


def not_sent_already(attempt, part):
    """What is reported on a candidate is reported once; of a job share each is reported on by itself."""
    sent = attempt.facts.reported(part)
    if sent is not None:
        name = f" on {part.name}" if len(attempt.look.parts) > 1 else ""
        return Refusal(f"The report{name} was sent on {day_words(sent)}.", attempt.step.provisions)
    return None
