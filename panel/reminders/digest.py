"""The digests: for whom, how often, and that nobody has two of one day.

for digest in digests(on): ...      # Digest(user, items, why)
send_out(on)                        # queues what is due; who was left out, and why
at_once()                           # tells a Chairman who wants it so of a decision that has become ready
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.dateparse import parse_date

from panel.law import clock
from panel.law.period import long_date, plural
from panel.law.roles import Role
from panel.models import Duty, Membership, Message, Panel, ReminderChoice, User
from panel.models.closing import not_closed
from panel.pages.owned import kinds_owned
from panel.post import Improper, kinds, queue
from panel.post.site import site_address
from panel.record.act import sealed_act
from panel.reminders.waiting import CHAIRS, STAFF, Item, waiting

When = ReminderChoice.When
REMINDED = {*STAFF, *CHAIRS, Role.MEMBER}  # an auditor and an administrator have nothing to do that waits here
MESSAGES_REMEMBERED = 400  # of a person, to know what is new


@dataclass
class Digest:
    """What waits for one person on a day, panel by panel, and whether it is to be sent."""

    user: User
    on: date
    when: When
    items: dict[Panel, list[Item]] = field(default_factory=dict)
    why_not: str = ""

    @property
    def keys(self) -> list[str]:
        """What is in it, to be known again."""
        return [item.key for items in self.items.values() for item in items]

    @property
    def number(self) -> int:
        """How many things wait."""
        return len(self.keys)


def default_of(roles: set[str]) -> When:
    """How often somebody is reminded who has said nothing."""
    if roles & STAFF:
        return When.DAILY
    return When.AT_ONCE if roles & CHAIRS else When.NEW


def people(on: date) -> Iterator[tuple[User, set[str], list[Panel]]]:
    """(person, their roles, their panels) of everybody who can be reminded, by address."""
    rows = Membership.objects.in_force(on).filter(user__is_active=True, role__in=REMINDED).select_related("user")
    panels = {panel.pk: panel for panel in Panel.objects.on(on).filter(not_closed(on))}
    found: dict[int, tuple[User, set[str], dict[int, Panel]]] = {}
    for row in rows.order_by("user__email", "panel__slug", "pk"):
        if row.panel_id not in panels:  # closed: nothing waits there any more
            continue
        _, roles, here = found.setdefault(row.user_id, (row.user, set(), {}))
        roles.add(row.role)
        if row.panel_id in panels:
            here[row.panel_id] = panels[row.panel_id]
    for user, roles, here in found.values():
        yield user, roles, list(here.values())


def told_before(user: User) -> list[dict[str, Any]]:
    """What each of the person's last reminders was made from, the newest first."""
    rows = Message.objects.filter(user=user, kind__in=[DIGEST.key, READY.key]).order_by("-pk")
    return list(rows.values_list("given", flat=True)[:MESSAGES_REMEMBERED])


def digests(on: date) -> Iterator[Digest]:
    """Each person's, also those who are to get none today: `why_not` says so."""
    choices = dict(ReminderChoice.objects.values_list("user", "when"))
    for user, roles, panels in people(on):
        found = Digest(user, on, When(choices.get(user.pk) or default_of(roles)))
        found.items = {panel: items for panel in panels if (items := waiting(panel, user, on))}
        found.why_not = why_not(found)
        yield found


def why_not(digest: Digest) -> str:
    """Why somebody gets no digest on its day, in words; nothing if they do."""
    if digest.when == When.NEVER:
        return "wants none"
    if not digest.number:
        return "nothing waits"
    before = told_before(digest.user)
    if any(given.get("on") == digest.on.isoformat() for given in before):
        return "has had one of that day"
    if digest.when != When.DAILY and not set(digest.keys) - {key for given in before for key in given["items"]}:
        return "nothing new waits"
    return ""


def send_out(on: date) -> Iterator[tuple[Digest, str]]:
    """Queue a digest for everybody who gets one; (digest, why it was not queued or nothing) of each person."""
    for found in digests(on):
        yield found, found.why_not or queued(found)


def queued(digest: Digest) -> str:
    """Queue one, unless somebody else did meanwhile; why it was not, in words. One person's trouble is their own."""
    names = [panel.names.name for panel in digest.items]
    what = f"{plural(digest.number, 'thing')} {'waits' if digest.number == 1 else 'wait'} for you"
    subject = f"{what}: {names[0]}" if len(names) == 1 else f"{what} in {len(names)} panels"
    try:
        with sealed_act(None, by=None, name="queue_mail"):
            if said := why_not(digest):
                return said
            given = {"on": digest.on.isoformat(), "items": digest.keys, "site": site_address()}
            queue(
                kind=DIGEST.key,
                panel=None,
                user=digest.user,
                address=digest.user.email,
                subject=subject[:150],
                given=given,
            )
    except Improper as error:
        return str(error)
    return ""


def text_of(message: Message) -> str | None:
    """The text of a digest, made as it leaves: what waits then, as of its day. None where nothing waits any more."""
    if message.user is None or not message.user.is_active:
        return None
    on = parse_date(message.given["on"]) or clock.today()
    mine = next((panels for user, _, panels in people(on) if user == message.user), [])
    return said(message, {panel: items for panel in mine if (items := waiting(panel, message.user, on))}, on)


def said(message: Message, items: dict[Panel, list[Item]], on: date) -> str | None:
    """The text of a mail that lists what waits."""
    if not items:
        return None
    site = message.given["site"]
    panels = []
    for panel, mine in items.items():
        sections: dict[str, list[Item]] = {}
        for item in mine:
            sections.setdefault(item.section, []).append(item)
        panels.append({"name": panel.names.name, "url": site + panel.get_absolute_url(), "sections": sections})
    context = {"panels": panels, "day": long_date(on), "choice_url": site + reverse("account_reminders")}
    return render_to_string("panel/email/digest.txt", context)


# At once ------------------------------------------------------------------------------------------------------------


looked_at: dict[int, tuple[Any, ...]] = {}  # of this process: what was there when nothing new was found for a person


def at_once() -> int:
    """Tell each Chairman, or Vice-Chairman who acts, of the decisions that have become theirs to take since they were
    last told, if they want it so; how many mails were queued. It costs two queries while nothing happens."""
    on = clock.today()
    owned = Q(pk__in=[])
    for panel in Panel.objects.on(on).filter(not_closed(on)):
        owned |= kinds_owned({Role.CHAIRMAN}, panel) & Q(case__panel=panel)
    rows = Duty.objects.filter(owned, closed_by=None).order_by("pk")
    there = list(rows.values_list("pk", "case__panel", "case__version", "waits_for"))
    if not there:
        return 0
    choices = dict(ReminderChoice.objects.values_list("user", "when"))
    number = 0
    for user, roles, panels in people(on):
        if not roles & CHAIRS or When(choices.get(user.pk) or default_of(roles)) != When.AT_ONCE:
            continue
        state = (on, [row for row in there if row[1] in {panel.pk for panel in panels}])
        if looked_at.get(user.pk) != state:
            number += tell_ready(user, panels, on)
            looked_at[user.pk] = state
    return number


def tell_ready(user: User, panels: list[Panel], on: date) -> int:
    """Queue one mail with the decisions of which the person has not heard; how many mails: one or none."""
    ready = [item for panel in panels for item in waiting(panel, user, on) if item.section == "Decisions"]
    with sealed_act(None, by=None, name="queue_mail"):
        known = {key for given in told_before(user) for key in given["items"]}
        new = [item.key for item in ready if item.key not in known]
        if not new:
            return 0
        subject = "A decision waits for you" if len(new) == 1 else f"{len(new)} decisions wait for you"
        given = {"items": new, "site": site_address()}
        queue(kind=READY.key, panel=None, user=user, address=user.email, subject=subject, given=given)
    return 1


def ready_text(message: Message) -> str | None:
    """The text of such a mail: those of its decisions that still wait."""
    if message.user is None or not message.user.is_active:
        return None
    on, wanted = clock.today(), set(message.given["items"])
    mine = next((panels for user, _, panels in people(on) if user == message.user), [])
    found = {panel: [i for i in waiting(panel, message.user, on) if i.key in wanted] for panel in mine}
    return said(message, {panel: items for panel, items in found.items() if items}, on)


DIGEST = kinds.declare(kinds.MailKind("digest", "Reminder of the day", compose=text_of))
READY = kinds.declare(kinds.MailKind("decision_ready", "A decision is ready", compose=ready_text))
