"""Changing who acts in a panel: what is proposed, who must agree, what then holds and which open duties it moves."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from panel.law import clock
from panel.law.period import day_words
from panel.law.roles import Consulted, Role
from panel.models import Arrangement, Case, Duty, Panel, PanelSettings, User
from panel.procedure import who_acts
from panel.procedure.machine import Procedure
from panel.procedure.matters import Matter
from panel.procedure.register import procedures
from panel.record.act import sealed_act

HELD = (
    Role.OFFICER,
    Role.MONITORING_OFFICER,
    Role.CHAIRMAN,
    Role.COMMISSIONERS_OFFICE,
)  # roles that somebody must hold to act in them


def matters() -> dict[str, tuple[Procedure, Matter]]:
    """Every matter by its key, once, with a procedure that it is of; in the order declared."""
    found: dict[str, tuple[Procedure, Matter]] = {}
    for procedure in procedures().values():
        for matter in who_acts.arranged(procedure, {}).matters:
            found.setdefault(matter.key, (procedure, matter))
    return found


def in_force(panel: Panel, matter: Matter, procedure: Procedure, day: date) -> who_acts.Arrangement:
    """Who acts in the matter on that day, and after asking whom; a switch of the settings says it where nothing else
    does."""
    row = panel.settings_on(day)
    if matter.setting and matter.key not in row.who_acts and not getattr(row, matter.setting):
        return who_acts.Arrangement(Role.MONITORING_OFFICER)
    return who_acts.arrangement_of(procedure, matter, row.who_acts)


def must_be_agreed(panel: Panel) -> bool:
    """Whether a change needs the Monitoring Officer: once a case has been logged."""
    return Case.objects.filter(panel=panel).exists()


def nobody_to_act(panel: Panel, who: Role, day: date) -> str:
    """Why nobody could act in that role from that day on; nothing where somebody can, or no case has been logged yet."""
    if who in (Role.SUB_PANEL, Role.PANEL) and not panel.settings_on(day).officer_enters_decisions:
        return "Nobody could enter it: the Panel’s settings do not let the officer type up others’ decisions"
    if who not in HELD or not must_be_agreed(panel):
        return ""
    day = max(day, clock.today())
    roles = [who.value, *([Role.VICE_CHAIRMAN.value] if who is Role.CHAIRMAN else [])]
    held = panel.memberships.filter(role__in=roles, user__is_active=True).select_related("user")
    if held.in_force(day).exists():
        return ""
    last = held.in_force(clock.today()).order_by("-to_date").first()
    if last is not None:
        only = f"{last.user.name} is the only {who.words}"
        return f"{only}; that role ends on {day_words(last.to_date)}. Name somebody else first"
    return f"Nobody is {who.words} on {day_words(day)}. Give somebody that role first"


def propose(
    panel: Panel, by: User, matter: Matter, day: date, found: who_acts.Arrangement, where: str, *, agreed: bool
) -> Arrangement:
    """Keep the change, in the place of one from the same day; it holds at once where no agreement is needed, or whoever
    proposes it gives it."""
    with sealed_act(panel, by=by, name="change_who_acts", why=where):
        for before in panel.arrangements.filter(matter=matter.key, from_date=day, dropped_on=None):
            before.dropped_on = clock.today()
            before.save()
        row = Arrangement(
            panel=panel, matter=matter.key, from_date=day, agreed_where=where, proposed_by=by,
            proposed_on=clock.today(), **found.stored,
        )  # fmt: skip
        free = not must_be_agreed(panel)
        if agreed or free:
            row.agreed_by, row.agreed_on = (by if agreed and not free else None), clock.today()
        row.save()
        if not row.waits:
            write(panel, row)
    return row


def agree(row: Arrangement, by: User) -> Arrangement:
    """The Monitoring Officer agrees. What was meant for a day that has gone by meanwhile holds from today."""
    panel = row.panel
    with sealed_act(panel, by=by, name="agree_who_acts", why=f"Agreed: {row.agreed_where}"):
        if row.proposed_on <= row.from_date < clock.today():
            row.from_date = clock.today()
        row.agreed_by, row.agreed_on = by, clock.today()
        row.save()
        write(panel, row)
    return row


def drop(row: Arrangement, by: User) -> None:
    """Nobody agrees to it: it comes to nothing and stays on record."""
    with sealed_act(row.panel, by=by, name="drop_who_acts", why=f"Not agreed: {row.agreed_where}"):
        row.dropped_on = clock.today()
        row.save()


def write(panel: Panel, row: Arrangement) -> None:
    """Let the settings from that day on say so, and later ones that still said what held before."""
    _, matter = matters()[row.matter]
    first = panel.settings_from(row.from_date)
    before = first.who_acts.get(matter.key)
    for settings in (first, *panel.settings.filter(from_date__gt=row.from_date)):
        if settings.who_acts.get(matter.key) != before:
            break
        settings.who_acts = {**settings.who_acts, matter.key: row.stored}
        if matter.setting:
            setattr(settings, matter.setting, row.who != Role.MONITORING_OFFICER)
        settings.save()


def follow_switches(settings: PanelSettings) -> None:
    """Let who acts say the same as a switch of the settings that was turned."""
    for key, (_, matter) in matters().items():
        who = settings.who_acts.get(key, {}).get("who")
        if not matter.setting or who not in (Role.OFFICER, Role.MONITORING_OFFICER):
            continue
        right = Role.OFFICER if getattr(settings, matter.setting) else Role.MONITORING_OFFICER
        if who != right:
            settings.who_acts = {**settings.who_acts, key: {**settings.who_acts[key], "who": right.value}}


def kinds_moved(procedure: Procedure, matter: Matter) -> Iterator[str]:
    """The kinds of duty that are whoever's the matter is."""
    for kind in procedure.duties:
        if kind.key in matter.duties or (kind.met_by in matter.steps and kind.owner is matter.usual):
            yield kind.key


def cases_moved(panel: Panel, procedure: Procedure, matter: Matter) -> int:
    """How many open cases wait in the matter now."""
    test = Q(case__panel=panel, case__procedure=procedure.key, closed_by=None, kind__in=kinds_moved(procedure, matter))
    return int(Duty.objects.filter(test).values("case").distinct().count())


def after_words(after: tuple[Consulted, ...]) -> str:
    """Those who are asked first: "Chairman, an independent member"."""
    words = ", ".join(kind.words for kind in after)
    return words[:1].upper() + words[1:]


def who_words(procedure: Procedure, matter: Matter, found: who_acts.Arrangement) -> str:
    """Who acts: "Scrutiny officer or Monitoring Officer" where both may, else the one."""
    steps = [procedure.step(key) for key in matter.steps if procedure.has_step(key)]
    if found.who is matter.usual is Role.OFFICER and (
        matter.duties or any(Role.MONITORING_OFFICER in step.entered_by and not step.decided_by for step in steps)
    ):
        return "Scrutiny officer or Monitoring Officer"
    words = found.who.words
    return {Role.PANEL: "The whole Panel", Role.SUB_PANEL: "A sub-panel"}.get(found.who, words[:1].upper() + words[1:])


def stored_words(stored: dict[str, Any]) -> str:
    """What a row of settings or a change says, for history: "Monitoring Officer, after asking: Chairman"."""
    words = Role(stored["who"]).words
    asked = after_words(tuple(Consulted(kind) for kind in stored.get("after", ())))
    return f"{words[:1].upper()}{words[1:]}" + (f", after asking: {asked}" if asked else "")
