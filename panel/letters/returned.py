"""A letter that went by email from here came back: the notice that it met is owed again, dated when it came, with the cause.

An act of the system on the case, by nobody. What was opened because the letter had gone, such as the time to comment, is
taken back with it.
"""

from typing import Any

from django.db.models import Min

from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.casework.settling import Settling
from panel.law import clock
from panel.models import Case, Duty, Entry, Letter, Message, User
from panel.post.kinds import MailKind, declare
from panel.procedure.machine import CAME_BACK
from panel.procedure.register import of_procedure
from panel.record.act import sealed_act

LETTER = "letter"


def came_back(message: Message) -> None:
    """Open again what the letter of that message had met."""
    letter = Letter.objects.filter(message=message).select_related("entry", "case__panel").first()
    panel: Any = message.panel
    if letter is None or letter.case.erased_on or hasattr(letter.entry, "reversed_by"):
        with sealed_act(panel, by=None, name=CAME_BACK):
            _followed(message)
        return
    with sealed_act(panel, by=None, name=CAME_BACK) as act:
        plain = Case.objects.select_for_update().get(pk=letter.case_id)
        case = of_procedure(plain.procedure).case_model.objects.select_related("panel").get(pk=plain.pk)
        met = list(Duty.objects.filter(closed_by=letter.entry, closed_how=Duty.Closed.MET, recipient=letter.recipient))
        entry = Entry.objects.create(
            panel=panel, case=case, number=case.version + 1, step=CAME_BACK, on=message.returned_on or clock.today(),
            entered_at=act.at, why=message.cause or "The mail server gave no reason.",
        )  # fmt: skip
        act.entry = entry
        act.rows.append(entry)
        look = CaseContext(case, User(), rules.Standing(None, case.panel_id))
        for duty in met:
            _open_again(look, duty, entry)
        look.__dict__.pop("duties", None)
        Settling(look, entry).settle()
        case.version = entry.number
        case.next_due = case.duties.filter(closed_by=None, stopped_on=None).aggregate(first=Min("due"))["first"]
        case.save()
        _followed(message)


def _open_again(look: CaseContext, duty: Duty, entry: Entry) -> None:
    """The same duty with its old day, and no more of what followed from its being met."""
    Duty(
        case_id=duty.case_id, part_id=duty.part_id, kind=duty.kind, recipient=duty.recipient, due=duty.due,
        first_due=duty.first_due, count=duty.count, opened_by=entry,
    ).save()  # fmt: skip
    follows = look.procedure.duty(duty.kind).then_opens
    if follows is not None:
        for later in look.open_duties:
            if later.kind == follows.key and later.recipient == duty.recipient:
                later.end(entry, Duty.Closed.REVERSED)


def _followed(message: Message) -> None:
    message.followed_up = True
    message.save()


declare(MailKind(LETTER, "Letter", came_back=came_back, automatic=False))
