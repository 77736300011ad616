"""A digest for the Panel's meeting: what was in hand, came, ended and is late since the last meeting, without a name or a word
of any case. As a page and as a paper.

    found = digest(panel, who)
    [register.sums for register in found.registers]   # "Five were in hand on 17 September 2026. Four came, three ended, ..."
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from docx.shared import Cm

from meetings.business.programme import WORD, next_meeting
from meetings.business_models import Told
from meetings.models import PanelMeeting
from meetings.papers.word import MeetingFile
from panel.access import rules
from panel.law import clock
from panel.law.number_words import at_start, spelled
from panel.law.period import day_words, listed, plural
from panel.law.roles import OUTSIDE, Role
from panel.law.spoken import say
from panel.models import Case, Duty, Entry, Move
from panel.pages.base import in_panel
from panel.pages.people_page import panel_tabs
from panel.pages.tables import table
from panel.pages.words import next_duty
from panel.procedure.register import REGISTERS, of_procedure

HEADS = ("Reference", "Stands", "Days", "Next", "By")


@dataclass
class OfRegister:
    """What one register has to say."""

    words: str
    sums: str
    rows: list[tuple[str, str, str, str, str]]
    ended: list[str]
    decided: list[str]
    late: list[str]


@dataclass
class Digest:
    """Everything, since a day."""

    since: date | None
    until: date
    registers: list[OfRegister] = field(default_factory=list)
    owed: list[str] = field(default_factory=list)

    @property
    def span(self) -> str:
        """ "17 September 2026 to 17 November 2026"."""
        return f"{day_words(self.since)} to {day_words(self.until)}" if self.since else f"until {day_words(self.until)}"


def last_meeting(panel: Any) -> date | None:
    """The day of the Panel's last meeting that was held; None where the register has none."""
    rows = PanelMeeting.objects.filter(
        panel=panel, meeting__kind="panel", status__in=("held", "adjourned", "minutes_confirmed"),
        meeting__on__lt=clock.today(),
    )  # fmt: skip
    found: date | None = rows.aggregate(last=Max("meeting__on"))["last"]
    return found


def digest(panel: Any, who: Any) -> Digest:
    """What the registers, but that of meetings, have to say since the last meeting."""
    since, today = last_meeting(panel), clock.today()
    found = Digest(since, today)
    for register in REGISTERS.values():
        if register.slug != "meetings":
            found.registers.append(of_register(panel, who, register, since, today))
    found.owed = owed(panel, who, today)
    return found


def of_register(panel: Any, who: Any, register: Any, since: date | None, today: date) -> OfRegister:
    """In hand, came, ended: each case once, and what is void never."""
    keys = [p.key for p in register.procedures]
    cases = Case.objects.filter(rules.visible(who), panel=panel, procedure__in=keys).exclude(status="void")
    opened = {s.key for p in register.procedures for s in p.states if s.open}
    ended_on = dict(
        Move.objects.filter(part__case__in=cases.exclude(status__in=opened), entry__reversed_by=None)
        .order_by().values("part__case").annotate(last=Max("entry__on")).values_list("part__case", "last")
    )  # fmt: skip
    rows = list(cases.order_by("year", "serial"))
    now = [c for c in rows if c.status in opened]
    ended = [c for c in rows if c.status not in opened and (since is None or ended_on.get(c.pk, c.received_on) > since)]
    came = [c for c in rows if since is None or c.received_on > since]
    before = len(now) + len(ended) - len(came)
    noun = register.case_word
    when = f" on {day_words(since)}" if since else ""
    sums = (
        f"{at_start(before) if before else 'No'} {noun}{'s were' if before != 1 else ' was'} in hand{when}. "
        f"**{at_start(len(came))} came, {spelled(len(ended)) if ended else 'none'} ended, "
        f"{spelled(len(now)) if now else 'none'} {'are' if len(now) != 1 else 'is'} in hand.**"
    )
    duties: dict[int, list[Duty]] = {}
    for duty in Duty.objects.filter(case__in=now, closed_by=None).order_by("due", "pk"):
        duties.setdefault(duty.case_id, []).append(duty)
    if not (before or came or ended or now):
        sums = f"No {noun} came, and none is in hand."
    return OfRegister(
        register.words, sums, [row_of(register, c, duties.get(c.pk, []), today) for c in now],
        [
            f"{c.reference}: {say(register.state(c).label.lower())}, after "
            f"{plural((ended_on.get(c.pk, today) - c.received_on).days, 'day')}"
            for c in ended
        ],
        decisions(cases, register, since), late(register, now, duties, today),
    )  # fmt: skip


def plain(label: str) -> str:
    """What is to be done, to nobody by name."""
    said = label.removeprefix("to ").replace(" to {to}", "").replace(" {to}", "").replace("{to} ", "")
    return say(f"{said[:1].upper()}{said[1:]}")


def begun_small(words: str) -> str:
    """Without the capital at its beginning; "the Panel" keeps its own."""
    return words[:1].lower() + words[1:]


def row_of(register: Any, case: Any, duties: list[Duty], today: date) -> tuple[str, str, str, str, str]:
    """One case in hand: where it stands, for how long, what comes next, and by when."""
    procedure = register.follows(case.procedure)
    duty = next_duty(duties, procedure.duty, today)
    words = plain(procedure.duty(duty.kind).label) if duty else ""
    due = ""
    if duty is not None and duty.due:
        over = duty.due < today and duty.stopped_on is None
        due = day_words(duty.due) + ((", late" if procedure.duty(duty.kind).late_in_law else ", past") if over else "")
    return case.reference, say(register.state(case).label), str((today - case.received_on).days), words, due


def decisions(cases: Any, register: Any, since: date | None) -> list[str]:
    """What was decided under delegated power since then: which case, by whom in office, when."""
    if not register.main_decision:
        return []
    rows = Entry.objects.in_force().filter(case__in=cases, step=register.main_decision)
    rows = rows.filter(on__gt=since) if since else rows
    said = (
        f"{e.case.reference} ({Role(e.decided_as).words if e.decided_as else 'no office named'}, {day_words(e.on)})"
        for e in rows.select_related("case").order_by("on", "pk")
    )
    return list(dict.fromkeys(said))  # several allegations of one case may be decided on one day


def late(register: Any, now: list[Any], duties: dict[int, list[Duty]], today: date) -> list[str]:
    """What the law gives a day and is late, apart from the Panel's own aims."""
    law, own = 0, 0
    for case in now:
        for duty in duties.get(case.pk, []):
            if duty.is_over(today):
                binds = register.follows(case.procedure).duty(duty.kind).late_in_law
                law, own = law + binds, own + (not binds)
    said = [f"{at_start(law)} of the days that the law sets {'has' if law == 1 else 'have'} passed." if law
            else "No day that the law sets has passed."]  # fmt: skip
    if own:
        said.append(f"{at_start(own)} of the days that the Panel set itself {'has' if own == 1 else 'have'} passed.")
    return said


def owed(panel: Any, who: Any, today: date) -> list[str]:
    """What the Commissioner owes the Panel: answers to what it was told, and what is to come on cases."""
    found = []
    for row in Told.objects.filter(panel=panel, answered_on=None).exclude(answer_due=None).order_by("answer_due"):
        over = ", late" if row.answer_due < today else ""
        found.append(
            f"The answer on {row.get_kind_display().lower()} of {day_words(row.told_on)}, due {day_words(row.answer_due)}{over}."
        )
    rows = Duty.objects.filter(case__in=Case.objects.filter(rules.visible(who), panel=panel), closed_by=None)
    for duty in rows.select_related("case").order_by("due", "pk"):
        kind = of_procedure(duty.case.procedure).follows(duty.case.procedure).duty(duty.kind)
        if kind.owner is Role.OFFICE_HOLDER and kind.owner in OUTSIDE and duty.case.procedure != "meetings":
            by = f", by {day_words(duty.due)}" if duty.due else ""
            found.append(f"{duty.case.reference}: {begun_small(plain(kind.label))}{by}.")
    return found


@require_safe
@in_panel("case.export")
def digest_page(request: Any, panel: Any, who: Any) -> HttpResponse:
    """The page."""
    found = digest(panel, who)
    sections = [
        {"heading": one.words, "sums": one.sums.replace("**", ""), "ended": one.ended, "late": one.late, "decided": one.decided,
         "table": table(one.words, HEADS, [[{"words": w} for w in row] for row in one.rows])}
        for one in found.registers
    ]  # fmt: skip
    context = {
        "tabs": panel_tabs(panel, who, "panel:digest"),
        "span": found.span,
        "sections": sections,
        "owed": found.owed,
    }
    return render(request, "meetings/digest.html", context)


@require_safe
@in_panel("case.export")
def digest_word(request: Any, panel: Any, who: Any) -> HttpResponse:
    """The paper."""
    response = HttpResponse(digest_file(panel, who), content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="{panel.slug}-digest.docx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def digest_file(panel: Any, who: Any) -> bytes:
    """The Word file."""
    found, coming = digest(panel, who), next_meeting(panel)
    day = coming.meeting.on if coming else found.until
    names, settings = panel.names_on(day), panel.settings_on(day)
    title = "Complaints and hearings since the last meeting"
    word = MeetingFile(
        title, found.span, names.name, datetime.combine(found.until, time(12)), foot=f"{names.name}, {day_words(day)}",
        right=day_words(day), page_numbers=settings.page_numbers,
    )  # fmt: skip
    word.paper_head(names.name, day_words(day))
    word.title(title)
    word.heading("Recommendation")
    word.numbered("The Panel is asked to note this report.")
    for one in found.registers:
        word.heading(f"{one.words}, {found.span}")
        word.numbered(one.sums)
        if one.rows:
            word.table(one.words, HEADS, one.rows, (Cm(3.0), Cm(3.5), Cm(1.2), Cm(4.2), Cm(4.1)), captioned=False)
        if one.ended:
            word.numbered(f"Ended: {'; '.join(one.ended)}.")
        if one.decided:
            word.numbered(f"Decided under delegated power: {listed(one.decided)}.")
        word.numbered(" ".join(one.late))
    word.heading("What the Commissioner owes the Panel")
    word.numbered("The following is to come:" if found.owed else "Nothing.")
    for line in found.owed:
        word.point(line, "List Bullet")
    word.heading("Contact point for this report")
    word.plain(settings.contact_name or names.host_authority)
    word.heading("Background papers")
    officer = settings.proper_officer or "proper officer"
    word.plain(
        f"In the opinion of the {officer} there are no background papers relating to the subject matter of this report."
    )
    return word.saved()
