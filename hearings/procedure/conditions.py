"""Every condition that the Schedules set on a hearing, one function each: a Refusal with its provision, or None.

A hearing after the last day, a late report and an agenda published late are never refused: they happened, and the law
says what follows. They are explained, and ask for the reason.
"""

from hearings.models import Attendance, Meeting, Resolution
from hearings.procedure.law import AGENDA, WHOLE_PANEL, two_thirds
from panel.law import clock
from panel.law.period import day_words, plural
from panel.procedure.vocabulary import Refusal

# Guards


def veto_was_reported(a, part):
    """A reserve candidate is proposed after a veto that the Panel reported (Sch 8 para 8)."""
    if part.vetoed_on is None:
        return Refusal("The Panel has not vetoed the candidate.", ("Sch 8 para 5", "Sch 8 para 8"))
    sent = [p for p in a.facts.proposals if p.sent_on]
    if not sent:
        return Refusal(
            "The veto has not been reported: until it is, the Commissioner need not propose anybody else.",
            ("Sch 8 para 2", "Sch 8 para 8"), "send the report.",
        )  # fmt: skip
    return None


def decided_on(a, part):
    """A report has a recommendation on each candidate, or the veto (Sch 1 para 10, Sch 8 para 4)."""
    if a.facts.decided(part) is None:
        return Refusal(
            f"The Panel has decided nothing on {part.name} yet.", a.step.under, "record what the Panel recommends."
        )
    return None


def not_sent_already(a):
    """A veto is reported once."""
    if a.facts.proposal and a.facts.proposal.sent_on:
        return Refusal(f"The report was sent on {day_words(a.facts.proposal.sent_on)}.", a.step.under)
    return None


def report_was_sent(a):
    """What is published is a report that was sent, once."""
    sent = [p for p in a.facts.proposals if p.sent_on]
    if not sent:
        return Refusal("No report has been sent yet.", a.step.under, "send the report to the Commissioner.")
    if not a.facts.unpublished:
        return Refusal(f"It was published on {day_words(sent[-1].published_on)}.", a.step.under)
    return None


def published_after_it_was_sent(a):
    """Nothing is published before the Commissioner has it."""
    sent = a.form.proposal().sent_on
    if a.on < sent:
        return Refusal(
            f"The report was sent on {day_words(sent)}: enter that day or a later one", a.step.under, field="on"
        )
    return None


def three_weeks_are_over(a):
    """Nothing lapses before the last of the three weeks is over (Sch 1 para 10, Sch 8 para 2)."""
    count = a.facts.count
    if count is None:
        return Refusal(
            "It is not known when the three weeks end.", a.facts.law.period, "say from which day they count."
        )
    if not a.facts.over(a.on):
        return Refusal(f"The three weeks end on {day_words(count.day)}.", a.facts.law.period)
    if a.facts.proposal.sent_on:
        return Refusal("The Panel has reported.", a.facts.law.period)
    return None


def three_weeks_not_over(a):
    """The Panel vetoes within the three weeks (Sch 8 paras 2 and 5)."""
    if a.facts.over(a.on):
        return Refusal(
            f"The three weeks ended on {day_words(a.facts.count.day)}: the Panel can no longer veto.",
            ("Sch 8 para 2", "Sch 8 para 5"), "the Panel can still report a recommendation, late.",
        )  # fmt: skip
    return None


def meeting_was_quorate(a):
    """Without a quorum the Panel only advises: it cannot veto."""
    if a.facts.meeting is None or a.facts.meeting.quorate == Meeting.Quorate.NO:
        return Refusal("The meeting had no quorum: it can advise, not veto.", ("Sch 8 para 5", WHOLE_PANEL))
    return None


def something_is_undecided(a):
    """The day from which the three weeks count is still to be decided."""
    if a.facts.proposal is None or a.facts.proposal.counted_from is not None:
        return Refusal("The three weeks run already.", a.facts.law.period)
    return None


def something_is_missing(a):
    """There is something to ask for, or to receive."""
    if a.facts.complete:
        return Refusal("All four things have come.", a.facts.law.supply)
    return None


def a_meeting_is_arranged(a):
    """There is a meeting to prepare."""
    if a.facts.meeting is None or a.facts.meeting.held:
        return Refusal("No meeting is arranged.", a.step.under, "arrange the hearing.")
    return None


def a_report_is_owed(a):
    """An election matters only while the three weeks run (Sch 1 para 10)."""
    if a.facts.proposal is None or a.facts.proposal.sent_on:
        return Refusal("The report has been sent.", a.facts.law.period)
    return None


# Checks of answers


def count_is_explained(a):
    """Whether the clock runs on an incomplete notification is the officer's decision, with the reason (docs/law.md)."""
    if a.answers.get("counts") in ("from_notice", "from_this") and not a.answers.get("counts_why"):
        return Refusal("Enter why the three weeks count from that day", a.facts.law.period, field="counts_why")
    return None


def complete_or_decided(a):
    """The review begins with all four things, or with a decision to go on without (Sch 1 para 9(2))."""
    if not a.facts.complete and not a.answers.get("without_why"):
        missing = ", ".join(k.label.lower() for k in a.facts.missing)
        return Refusal(
            f"These have not come: {missing}. Enter why the review begins without them", a.facts.law.supply,
            field="without_why",
        )  # fmt: skip
    return None


def hearing_in_time(a):
    """A hearing after the last day is recorded, with the reason: the report would be late, and a veto would fall."""
    day, count = a.answers.get("meeting_on") or a.on, a.facts.count
    if count is not None and day > count.day and not a.answers.get("late_hearing_why"):
        falls = "; a veto would fall (Schedule 8, paragraph 2)" if a.facts.law.schedule == 8 else ""
        return Refusal(
            f"The three weeks end on {day_words(count.day)}, {plural((day - count.day).days, 'day')} before the hearing, so the "
            f"report would be late{falls}. The hearing can still be recorded: enter why it is so late",
            a.facts.law.period, field="late_hearing_why",
        )  # fmt: skip
    return None


def hearing_after_notification(a):
    """Nobody is heard before the Panel is notified."""
    day = a.answers.get("meeting_on")
    if day and day < a.case.received_on:
        return Refusal(
            "The hearing must be on or after the day the Panel was notified", a.step.under, field="meeting_on"
        )
    return None


def agenda_in_time(a):
    """Five clear days before the meeting, or urgency with the chairman's reason (LGA 1972 s 100B(4)(b))."""
    meeting = a.facts.meeting
    latest = clock.clear_days(meeting.on)
    if a.on > latest.day and not a.answers.get("urgent_why"):
        return Refusal(
            f"The last day for five clear days was {day_words(latest.day)}. It can still be recorded: enter the chairman’s "
            "reason for urgency, or that none was given", AGENDA, field="urgent_why",
        )  # fmt: skip
    if a.on > meeting.on:
        return Refusal(f"The meeting was on {day_words(meeting.on)}", AGENDA, field="on")
    return None


def polls_in_order(a):
    """First the poll, then the declaration of acceptance (Sch 1 para 10, Sch 8 para 4(6))."""
    poll, accepted = a.answers.get("poll_on"), a.answers.get("accepted_on")
    if accepted and poll and accepted < poll:
        return Refusal(
            "The day office was accepted must be on or after the day of the poll",
            a.facts.law.period,
            field="accepted_on",
        )
    return None


def attendance_is_lawful(a):
    """Only members of that day sit; a substitute has a name (Sch 6 para 27)."""
    for member, how in a.form.seats():
        if not member.holds(a.on):
            return Refusal(
                f"{member.name} was not a member of the Panel on {day_words(a.on)}",
                (WHOLE_PANEL,),
                field=f"seat_{member.pk}",
            )
        if how == Attendance.How.SUBSTITUTE and member.pk not in a.form.substitutes():
            return Refusal(
                f"Enter who sat for {member.name}, as “name for {member.name}”", (WHOLE_PANEL,), field="substitutes_who"
            )
    if not any(how in ("room", "substitute", "online") for _, how in a.form.seats()):
        first = next((f for f in a.form.fields if f.startswith("seat_")), "")
        return Refusal("Select who was there", (WHOLE_PANEL,), field=first)
    return None


def quorum_is_counted(a):
    """A meeting has a quorum only with as many in the room as the Panel's setting says."""
    seated = sum(how in (Attendance.How.ROOM, Attendance.How.SUBSTITUTE) for _, how in a.form.seats())
    quorum = a.settings.quorum
    if quorum and a.answers.get("quorate") == Meeting.Quorate.YES and seated < quorum:
        return Refusal(
            f"{plural(seated, 'member')} in the room, and the Panel’s quorum is {quorum}: select No, or correct who was there",
            (WHOLE_PANEL,), field="quorate",
        )  # fmt: skip
    return None


def quorum_or_advice(a):
    """Without a quorum the meeting only advises, and the record says who decides (Sch 6 para 27)."""
    meeting = a.facts.meeting
    if meeting and meeting.quorate == Meeting.Quorate.NO and not a.answers.get("taken_by"):
        return Refusal(
            "The meeting had no quorum, so it only advises. Enter who takes the decision",
            (WHOLE_PANEL,),
            field="taken_by",
        )
    return None


def voters(a):
    """Members who could vote at the meeting: in the room, or their substitutes."""
    return {m for m, row in a.facts.attended.items() if row.can_vote}


def decided_at_or_after_the_hearing(a):
    """Nothing is decided before the candidate was heard (Sch 1 para 11, Sch 8 para 6)."""
    held = a.facts.meeting
    if held and held.held and a.on < held.on:
        return Refusal(
            f"The hearing was held on {day_words(held.on)}: enter that day or a later one",
            a.facts.law.hearing,
            field="on",
        )
    return None


def sent_after_it_was_decided(a):
    """A report says what was decided, so it is not sent before (Sch 1 para 10, Sch 8 para 4)."""
    days = [r.entry.on for r in a.facts.own_resolutions]
    if days and a.on < max(days):
        return Refusal(
            f"The Panel decided on {day_words(max(days))}: enter that day or a later one", a.step.under, field="on"
        )
    return None


def votes_add_up(a):
    """Those who could vote, no more and no fewer, each once; nobody who was not a member that day (Sch 8 para 5)."""
    taken = a.answers.get("taken")
    could = voters(a)
    if taken == Resolution.Taken.NAMED:
        for member, _ in a.form.votes():
            if not member.holds(a.on):
                return Refusal(
                    f"{member.name} was not a member of the Panel on {day_words(a.on)}, so cannot vote", (WHOLE_PANEL,),
                    field=f"vote_{member.pk}",
                )  # fmt: skip
            if member.pk not in could:
                row = a.facts.attended.get(member.pk)
                how = row.get_how_display().lower() if row else "absent"
                return Refusal(f"{member.name} could not vote: {how}", (WHOLE_PANEL,), field=f"vote_{member.pk}")
    if taken in (Resolution.Taken.NAMED, Resolution.Taken.COUNTED):
        given = sum(a.form.tally())
        if given != len(could):
            field = "votes_for" if taken == Resolution.Taken.COUNTED else "taken"
            return Refusal(
                f"For, against and abstained add up to {given}, and {plural(len(could), 'member')} could vote", a.step.under,
                field=field,
            )  # fmt: skip
    return None


def veto_has_two_thirds(a):
    """Two thirds of all members in office that day, there or not (Sch 8 para 5)."""
    members = len(a.facts.members_on(a.on))
    need, got = two_thirds(members), a.form.tally()[0]
    if got < need:
        return Refusal(
            f"{plural(got, 'vote')} for the veto: it needs {need}, two thirds of all {plural(members, 'member')} in office, so it "
            "is not carried. Record a recommendation instead", ("Sch 8 para 5",), field="votes_for" if a.answers.get("taken") == "counted" else "taken",
        )  # fmt: skip
    return None


def announced_in_time(a):
    """The Panel is notified on or after the day the decision is announced, or the other way round: neither is ahead."""
    day = a.answers.get("announced_on")
    if day and day > a.look.today:
        return Refusal("The day it was announced must be today or in the past", a.step.under, field="announced_on")
    return None


def law_is_not_skipped(a):
    """Guidance is skipped with a reason; what the law requires is done, or recorded as not done."""
    item = a.form.item()
    if item is not None and a.step.key == "skip_item" and item.basis == "law":
        return Refusal(
            "What the law requires cannot be skipped. If it did not happen, record that it was not done",
            item.under,
            field="item",
        )
    return None
