"""What the record said at a moment: days of receipt, offices, themes, moves in force, who decided."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import F

from complaints.keys import DutyKey, StepKey
from complaints.models import Complaint, Subject
from complaints.procedure import PROCEDURE
from panel.law import clock
from panel.law.period import span_words
from panel.law.roles import Role
from panel.models import Case, Chairmanship, Duty, Entry, GroupMember, Member, Membership, Move, OfficeHolder


class Moved(NamedTuple):
    """A move in force, with what the report asks of its entry."""

    case: int
    number: int
    on: date
    step: str
    part: int
    source: str
    target: str
    counts: dict[str, Any]
    decided_as: str
    decided_by: int | None
    by: int | None
    old: bool = False  # made of what an old register says


def end_of(day: date) -> datetime:
    """The last moment of a day in London: what was entered later was not known that day."""
    return datetime.combine(day, time.max, clock.LONDON)


def days_of_receipt(panel, at: datetime) -> dict[int, date]:
    """{case: day of receipt} as it was known: corrections entered later, or taken back later, are undone here."""
    cases = Case.objects.filter(panel=panel, procedure=PROCEDURE.key)
    found = dict(cases.values_list("pk", "received_on"))
    later = Entry.objects.filter(panel=panel, entered_at__gt=at, step__in=(StepKey.CORRECT, StepKey.REVERSE))
    changed = set(later.values_list("case", flat=True)) & found.keys()
    rows = Complaint.history.filter(id__in=changed, history_date__lte=at).order_by("history_id")
    found.update(rows.values_list("id", "received_on"))
    return found


def holders_named(panel, at: datetime) -> dict[int, dict[int, str]]:
    """{case: {office holder it is about: office}} as it was known: whoever was named, or taken out, later is not counted
    here."""
    rows = Subject.every.filter(complaint__panel=panel)
    named = dict(rows.values_list("pk", "named"))
    cases = Complaint.objects.filter(panel=panel).values("pk")
    history = Subject.history.filter(complaint__in=cases)
    changed = set(history.filter(history_date__gt=at).values_list("id", flat=True))
    if changed:
        named |= dict.fromkeys(changed, False)
        known = history.filter(id__in=changed, history_date__lte=at).order_by("history_id")
        named |= dict(known.values_list("id", "named"))
    found: dict[int, dict[int, str]] = {}
    order = rows.order_by("complaint", "office_holder__office", "office_holder__from_date", "pk")
    for pk, case, holder, office in order.values_list("pk", "complaint", "office_holder", "office_holder__office"):
        if named[pk]:
            found.setdefault(case, {})[holder] = office
    return found


def terms(panel, at: datetime) -> dict[int, str]:
    """{office holder: "Mr Ashcombe, Commissioner, 13 May 2024 to 3 May 2026"} as it was known, by office and term."""
    rows = sorted(OfficeHolder.history.as_of(at).filter(panel=panel), key=lambda h: (h.office, h.from_date, h.pk))
    return {h.pk: f"{h.short_name}, {h.get_office_display()}, {span_words(h.from_date, h.to_date)}" for h in rows}


def themes_corrected(panel, at: datetime) -> dict[int, str]:
    """{case: theme} of the complaints whose theme a correction has put right, as it was known."""
    taken = Entry.objects.filter(panel=panel, case__procedure=PROCEDURE.key, entered_at__lte=at, step=StepKey.CORRECT)
    rows = Complaint.history.filter(id__in=taken.values("case"), history_date__lte=at).order_by("id", "history_id")
    found, case, theme = {}, 0, ""
    for pk, now, why in rows.values_list("id", "theme", "history_change_reason"):
        if pk == case and now != theme and (why == StepKey.CORRECT or pk in found):
            found[pk] = now
        case, theme = pk, now
    return found


def moves_by_case(panel, at: datetime) -> Iterator[tuple[int, list[Moved]]]:
    """(case, its moves) that changed where an allegation stands and were in force, as known at the moment.

    This is `Entry.objects.in_force(at)`, asked as two plain queries: one that joins the reversals takes SQLite seconds.
    """
    known = Entry.objects.filter(panel=panel, entered_at__lte=at)
    undone = set(known.exclude(reverses=None).order_by().values_list("reverses", flat=True))
    rows = Move.objects.filter(
        entry__panel=panel, entry__case__procedure=PROCEDURE.key, entry__entered_at__lte=at
    ).exclude(source=F("target"))
    values = rows.order_by("entry__case", "entry__number").values_list(
        "entry__case",
        "entry__number",
        "entry__on",
        "entry__step",
        "part",
        "source",
        "target",
        "counts",
        "entry__decided_as",
        "entry__decided_by",
        "entry__by",
        "entry",
        "entry__reverses",
    )
    for case, moves in groupby(values.iterator(chunk_size=5000), key=itemgetter(0)):
        if in_force := [Moved(*m[:11]) for m in moves if m[11] not in undone and m[12] is None]:
            yield case, in_force


def deciders(panel, names: dict[str, str], at: datetime) -> Callable[[Moved, date], list[str]]:
    """A function that says who decided: the slug of the role and, where a member of the Panel is known by name, a second
    one of the role and the member, whose name is put into `names`.

    What was decided in nobody's stead was decided by whoever entered it; of what an old register says, nobody knows by whom.
    """
    members = {m.pk: m.name for m in Member.history.as_of(at).filter(panel=panel)}
    vice = list(Chairmanship.history.as_of(at).filter(panel=panel, office=Chairmanship.Office.VICE_CHAIRMAN))
    officers: dict[int, list[Membership]] = {}
    for membership in Membership.history.as_of(at).filter(
        panel=panel, role__in=(Role.OFFICER, Role.MONITORING_OFFICER)
    ):
        officers.setdefault(membership.user_id, []).append(membership)

    def decided(move: Moved, day: date) -> list[str]:
        if move.old:
            return ["not_known"]
        if not move.decided_as:
            roles = [m.role for m in officers.get(move.by or 0, ()) if m.holds(day)]
            return [Role.MONITORING_OFFICER.value if Role.MONITORING_OFFICER in roles else Role.OFFICER.value]
        if move.decided_by not in members:
            return [move.decided_as]
        member, role = move.decided_by, move.decided_as
        if role == Role.CHAIRMAN and any(v.member_id == member and v.holds(day) for v in vice):
            role = Role.VICE_CHAIRMAN.value
        names[f"member.{member}"] = members[member]
        return [role, f"{role}.{member}"]

    return decided


def groups_known(panel, at: datetime) -> dict[int, int]:
    """{case: group} of those that belonged to a group then."""
    rows = GroupMember.objects.filter(group__panel=panel, from_entry__entered_at__lte=at)
    rows = rows.exclude(to_entry__entered_at__lte=at)
    return dict(rows.order_by("pk").values_list("case", "group"))


def publication(panel, at: datetime) -> dict[int, tuple[date, bool]]:
    """{case: (day, whether its outcome is published)} of the last decision on it, as it was known. The duty to publish
    tells which it was: it outlives the erasure of what was answered."""
    taken = Entry.objects.in_force(at).filter(
        panel=panel, case__procedure=PROCEDURE.key, step=StepKey.DECIDE_PUBLICATION
    )
    rows = list(taken.order_by("case", "number").values_list("pk", "case", "on"))
    yes = set(
        Duty.objects.filter(kind=DutyKey.PUBLISH, opened_by__in=[pk for pk, *_ in rows]).values_list(
            "opened_by", flat=True
        )
    )
    return {case: (on, pk in yes) for pk, case, on in rows}
