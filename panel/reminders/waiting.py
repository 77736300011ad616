"""What waits for one person in one panel: what their home page lists, by reference and duty, without anybody's name.

waiting(panel, user, on) == [Item("duty:12", "Overdue", "EX-C-2026-0001", "Send the complainant a copy ...", "by 3 November")]
"""

from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count

from panel.access import rules
from panel.law import clock
from panel.law.period import day_words, plural
from panel.law.roles import CasePart, Role
from panel.law.spoken import say, speaking
from panel.models import Case, CaseRole, Document, Panel, User
from panel.pages.home import decisions_waiting
from panel.pages.owned import open_duties
from panel.pages.people_names import People
from panel.pages.words import duty_words, sentence, when_words
from panel.pages.worklist import Worklist
from panel.procedure.register import REGISTERS, of_procedure, procedures_of

CHAIRS = {Role.CHAIRMAN, Role.VICE_CHAIRMAN}
STAFF = {Role.OFFICER, Role.MONITORING_OFFICER}
NEUTRAL = {
    "complainant": "the complainant", "office_holder": "the office holder", "iopc": "the IOPC", "candidate": "the candidate",
    "commissioner": "the Commissioner", "the_panel": "the members of the Panel", "members": "the members",
    "public": "the public",
}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One thing that waits. `key` tells it from others, so that what is new is known."""

    key: str
    section: str
    reference: str
    words: str
    by: str = ""

    @property
    def line(self) -> str:
        """As it stands in the mail."""
        return f"{self.reference}  {self.words}{f' ({self.by})' if self.by else ''}"


def recipient_words(slug: str) -> str:
    """A recipient by what they are, never by name."""
    head = slug.partition(":")[0]
    return say(NEUTRAL.get(head, f"the {head.replace('_', ' ')}")) if head else ""


def waiting(panel: Panel, user: User, on: date) -> list[Item]:
    """What waits for the person in the panel on that day, in the order of their home page. `panel` is from
    `Panel.objects.on(day)`."""
    with clock.set_to(clock.start_of(on)) if on != clock.today() else nullcontext(), speaking(panel.words):
        found = waits_for(panel, user, on)
        return [replace(item, section=say(item.section), words=say(item.words)) for item in found]


def waits_for(panel: Panel, user: User, on: date) -> list[Item]:
    """The same, in the product's words."""
    who = rules.standing(user, panel, on)
    if who.roles & STAFF:
        return staff(panel, user, who, on)
    found: list[Item] = []
    if who.roles & CHAIRS:
        found += decisions(panel, user, who, on)
    if who.roles & {Role.MEMBER, *CHAIRS}:
        found += member(panel, who, on)
    return found


def by_words(duty, kind, on: date) -> str:
    """The day of a duty in words."""
    day, note, *_ = when_words(duty, on, kind)
    if duty.due is None:
        return ""
    if duty.stopped_on:
        return day.lower()
    return f"{day.lower() if day == 'Today' else day}{f', {note}' if note else ''}"


def staff(panel, user, who, on) -> list[Item]:
    """The officer's and the Monitoring Officer's: every section of theirs that their home page opens with."""
    work = Worklist(who, user, on, People(panel, on), panel)
    found = []
    for key, heading, duties, shown in work.sections_of(work.duties(), after=False):
        for duty in duties if shown and key != "others" else ():
            kind, what = work.kind(duty), "duty"
            words = duty_words(kind, recipient_words(duty.recipient))
            if key == "advice":
                words, what = work.procedures[duty.procedure].step(of_procedure(duty.procedure).advice.step).label, key
            found.append((duty.case_id, Item(f"{what}:{duty.pk}", heading, "", words, by_words(duty, kind, on))))
    names = dict(Case.objects.filter(pk__in={pk for pk, _ in found}).values_list("pk", "reference"))
    return [replace(item, reference=names[pk]) for pk, item in found]


def decisions(panel, user, who, on) -> list[Item]:
    """The decisions that the person can take now."""
    return [
        Item(
            f"duty:{duty.pk}", "Decisions", look.case.reference,
            look.procedure.step(look.procedure.duty(duty.kind).met_by).label,
            by_words(duty, look.procedure.duty(duty.kind), on),
        )
        for duty, look in decisions_waiting(who, user, panel)
    ]  # fmt: skip


def member(panel, who, on) -> list[Item]:
    """A member's: what their sub-panel is to do, the meetings to come of the cases that they see, and their papers."""
    known = procedures_of(panel)
    found = []
    for duty in open_duties(who, {Role.SUB_PANEL}, panel).filter(case__in=who.sits_on).select_related("case"):
        kind = known[duty.case.procedure].duty(duty.kind)
        if not (kind.continuing or duty.sleeps(on)):
            words = sentence(kind.words_to(recipient_words(duty.recipient)))
            found.append(
                Item(f"duty:{duty.pk}", "Your sub-panel", duty.case.reference, words, by_words(duty, kind, on))
            )
    for register in REGISTERS.values():
        for case, day, what in register.list_page.meetings_to_come(who, on):
            papers = readable(case, who)
            words = f"{what}, {plural(papers, 'paper')} to read" if papers else what
            found.append(Item(f"meeting:{case.pk}:{day}:{papers}", "Meetings", case.reference, words, day_words(day)))
    return found


def readable(case, who) -> int:
    """How many documents of a case the person may open."""
    roles = list(CaseRole.objects.filter(case=case, kind=CasePart.SUB_PANEL, to_entry=None).select_related("member"))
    rows = Document.objects.filter(case=case).values("classification").annotate(number=Count("pk")).order_by()
    return sum(r["number"] for r in rows if rules.sees_document(who, roles, r["classification"]))
