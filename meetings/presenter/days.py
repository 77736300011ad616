"""The days of a meeting: agenda, public, papers, minutes; each with who does it, by when, and whose day it is."""

from typing import Any

from panel.law.clock import Count
from panel.law.period import day_words, plural
from panel.law.times import paper_time
from panel.models import Duty
from panel.pages.words import badge, duty_words

SHOWN = ("publish_agenda", "publish_welsh_agenda", "send_papers", "paper", "hold_meeting", "draft_minutes")


def days_shown(look: Any) -> list[dict]:
    """Each with `what`, `who`, `when` and `basis`; the latest of each kind counts."""
    latest: dict[tuple[str, str], Duty] = {}
    for duty in look.duties:
        if duty.kind in SHOWN and duty.closed_how not in (Duty.Closed.LAPSED, Duty.Closed.REVERSED):
            latest[duty.kind, duty.recipient] = duty
    found = [row_of(look, duty) for duty in sorted(latest.values(), key=lambda d: SHOWN.index(d.kind))]
    until = look.facts.ask_until
    if until is not None:
        found.insert(min(1, len(found)), {
            "what": "The public may ask", "who": "", "late": False,
            "when": f"Until {day_words(until.day)}, {paper_time(until.at)}",
            "basis": {"kind": "target", "words": "Target", "late": False}, "note": until.rule,
        })  # fmt: skip
    return found


def row_of(look: Any, duty: Any) -> dict:
    """One duty as a day."""
    kind = look.procedure.duty(duty.kind)
    recipient = look.facts.recipient_words(duty.recipient) if duty.recipient else ""
    done = duty.closed_by_id is not None
    late = not done and duty.is_over(look.today)
    when = day_words(duty.due) if duty.due else "No day set"
    if done:
        in_time = "" if duty.due is None else ", in time" if duty.closed_by.on <= duty.due else ""
        when = f"Done {day_words(duty.closed_by.on)}{in_time}"
    elif late:
        when += f", {plural((look.today - duty.due).days, 'day')} {'late' if kind.late_in_law else 'ago'}"
    rule = Count.from_json(duty.count).rule if duty.count else ""
    return {
        "what": kind.words_to(recipient) if duty.kind == "paper" else duty_words(kind, recipient),
        "who": "", "when": when, "late": late and kind.late_in_law, "basis": badge(kind, late),
        "note": rule if kind.statutory else "the Panel’s own",
    }  # fmt: skip
