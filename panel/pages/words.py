"""Addresses, days and duties in words, for every page."""

from datetime import date, timedelta
from typing import NamedTuple

from django.urls import reverse

from panel.law.period import day_words, plural
from panel.law.roles import DayBasis
from panel.procedure.vocabulary import filled_in

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Cell(dict):
    """What a component shows, where there is much of it: a key that is not there is None at once. In a plain dict a template
    would look for it in three other ways, which takes longer than to show what is there."""

    def __missing__(self, key):
        return None


def case_url(case, register, tab: str = "case") -> str:
    """The address of one of a case's pages."""
    return reverse(f"panel:{tab}", args=[case.panel.slug, register.slug, case.reference])


def tab_url(case, register, name: str) -> str:
    """The address of a case's page; "tab:questions" for one that the register adds."""
    kind, _, key = name.partition(":")
    if not key:
        return case_url(case, register, kind)
    return reverse("panel:case-tab", args=[case.panel.slug, register.slug, case.reference, key])


def step_url(case, register, key: str, **query) -> str:
    """The address of a step on a case."""
    address = reverse("panel:step", args=[case.panel.slug, register.slug, case.reference, key])
    return address + ("?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else "")


class When(NamedTuple):
    """A duty's day in words. `late` only where the law's day, or one that binds, has gone by; `over` where the Panel's own
    or one of guidance has."""

    day: str
    note: str = ""
    late: bool = False
    over: bool = False


def when_words(duty, today: date, kind) -> When:
    """The day of a duty of that kind: "Today", "Thursday, tomorrow", "Monday, 9 days late", "Clock stopped"."""
    due = duty.due
    if due is None:
        return When("No date set")
    if duty.stopped_on:
        return When("Clock stopped", f"since {day_words(duty.stopped_on)}")
    weekday = WEEKDAYS[due.weekday()]
    if due == today:
        return When("Today")
    if duty.is_over(today):
        words = gone_by(due, today, kind)
        return When(day_words(due), f"{weekday}, {words}", kind.late_in_law, not kind.late_in_law)
    if due == today + timedelta(days=1):
        return When(day_words(due), f"{weekday}, tomorrow")
    return When(day_words(due), weekday)


def gone_by(due: date, today: date, kind) -> str:
    """How long ago a day was: "9 days late" only where it binds, else "9 days ago, the Panel’s own day"."""
    days = plural((today - due).days, "day")
    if kind.late_in_law:
        return f"{days} late"
    return f"{days} ago, {'a day of guidance' if kind.whose_day is DayBasis.GUIDANCE else 'the Panel’s own day'}"


def next_duty(duties, kind_of, today: date):
    """The open duty that comes next, for lists and files alike: the first day that runs, then one whose clock stands, then
    one without a day, the law's first; None where there is none. Of like ones the first given.

    What sleeps, and what is owed all the time, comes next only where it has a day. `kind_of` gives the kind of a key.
    """

    def comes(d) -> bool:
        return d.due is not None or not (kind_of(d.kind).continuing or d.sleeps(today))

    def order(d):
        return d.due is None, d.stopped_on is not None, d.due or date.max, not kind_of(d.kind).statutory

    return min(filter(comes, duties), key=order, default=None)


def kind_due(duties, due: date | None, kind_of):
    """The kind of the duty that is due on that day, one whose day binds first; None where none is."""
    kinds = [kind_of(d.kind) for d in duties if d.due is not None and d.due == due]
    return max(kinds, key=lambda kind: kind.late_in_law, default=None)


def due_fact(due: date | None, today: date, undated: str = "", kind=None) -> dict:
    """The "Next due" fact of the identity bar; `undated` says what is to be done where no day is set, `kind` is that of the
    duty whose day it is."""
    if due is None:
        return {"label": "Next due", "value": f"No day set: {undated}" if undated else "Nothing"}
    if due == today:
        return {"label": "Next due", "value": f"Today, {day_words(due)}", "today": True}
    if due < today:
        late = kind is not None and kind.late_in_law
        words = gone_by(due, today, kind) if kind else f"{plural((today - due).days, 'day')} ago"
        return {"label": "Next due", "value": f"{day_words(due)}, {words}", "late": late, "over": not late}
    return {"label": "Next due", "value": day_words(due)}


def sentence(words: str) -> str:
    """With a capital letter first."""
    return words[:1].upper() + words[1:]


def duty_words(kind, recipient: str) -> str:
    """What a duty is, its recipient filled in."""
    return sentence(filled_in(kind.label, recipient))


def badge(kind, late: bool = False) -> dict:
    """The Law, Target or Guidance badge."""
    return {"kind": kind.basis.value, "words": kind.basis.words, "late": late and kind.late_in_law}
