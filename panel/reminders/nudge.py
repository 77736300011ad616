"""A reminder of one duty, sent by a person: to whoever has to do it, once a day."""

from django.template.loader import render_to_string

from panel.casework.case_context import CaseContext
from panel.law import clock
from panel.law.roles import CasePart, Role
from panel.models import Duty, Message, User
from panel.pages.people_names import People
from panel.pages.words import case_url, sentence
from panel.post import kinds, queue
from panel.post.site import site_address
from panel.record.act import sealed_act
from panel.reminders.waiting import by_words, recipient_words


class NotAgain(Exception):
    """Somebody was reminded of it today."""


def whom(look: CaseContext, duty: Duty, people: People) -> list[User]:
    """The people with an account who have to do it: whoever acts as Chairman, the sub-panel, the Monitoring Officer, the
    officer who keeps the case. Nobody where somebody outside is waited for: they are written a letter."""
    owner = look.procedure.duty(duty.kind).owner
    if owner is Role.CHAIRMAN:
        pks = set(people.acting(look).users)
    elif owner is Role.SUB_PANEL:
        pks = {r.member.user_id for r in look.case_roles if r.kind == CasePart.SUB_PANEL and r.member_id}
    elif owner is Role.OFFICER and look.case.assigned_to_id:
        pks = {look.case.assigned_to_id}
    else:
        pks = {m.user_id for m in people.by_role.get(owner.value, [])}
    return list(User.objects.filter(pk__in=pks - {look.user.pk, None}, is_active=True).order_by("name", "pk"))


def words_of(look: CaseContext, duty: Duty) -> tuple[str, str]:
    """(what is to be done, by when or nothing), without anybody's name."""
    kind = look.procedure.duty(duty.kind)
    return sentence(kind.words_to(recipient_words(duty.recipient))), by_words(duty, kind, look.today)


def reminded_today(duty: Duty) -> bool:
    """Whether somebody has sent a reminder of it today."""
    since = clock.start_of(clock.today())
    rows = Message.objects.filter(case=duty.case_id, kind=NUDGE.key, queued_at__gte=since)
    return any(given.get("duty") == duty.pk for given in rows.values_list("given", flat=True))


def remind(look: CaseContext, duty: Duty, people: list[User]) -> None:
    """Queue the mails, one each. Raises NotAgain."""
    what, by = words_of(look, duty)
    case, site = look.case, site_address()
    context = {
        "case": case, "panel": case.panel, "what": what, "by": by, "role": look.who.words,
        "url": site + case_url(case, look.register),
    }  # fmt: skip
    text = render_to_string("panel/email/nudge.txt", context)
    with sealed_act(case.panel, by=look.user, name="queue_mail"):
        if reminded_today(duty):
            raise NotAgain
        for user in people:
            queue(
                kind=NUDGE.key, panel=case.panel, case=case, user=user, address=user.email, text=text,
                subject=f"Reminder: {case.reference}", given={"duty": duty.pk},
            )  # fmt: skip


NUDGE = kinds.declare(kinds.MailKind("nudge", "Reminder of a duty"))
