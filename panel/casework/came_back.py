"""A letter that was sent by e-mail came back, or was refused: a step of the system, dated on the day on which that was known,
which opens the notices again that the letter had met, with the cause. Nobody takes it; `send_mail` does, once each."""

from panel.access import rules
from panel.casework.by_itself import bring_up, case_now, enter
from panel.casework.case_context import CaseContext
from panel.casework.settling import Settling
from panel.law import clock
from panel.models import Duty, Entry, Message, PanelDuty, User
from panel.post import kinds
from panel.procedure.machine import CAME_BACK
from panel.procedure.register import of_procedure
from panel.record.act import sealed_act


def came_back(message: Message) -> None:
    """Open again what the letter had met, and note that it was seen to; in a panel that is closed nobody could send it anew."""
    if message.panel is not None and message.panel.closed_on(clock.today()):
        return
    with sealed_act(message.panel, by=None, name=CAME_BACK) as act:
        found = Message.objects.select_related("case__panel", "entry").get(pk=message.pk)
        if found.followed_up:
            return
        found.followed_up = True
        found.save()
        if found.case is None or found.case.erased_on or found.entry is None or hasattr(found.entry, "reversed_by"):
            return
        case = case_now(found.case.pk)
        cause = ": ".join(filter(None, (str(Message.State(found.state).label), found.cause)))
        entry = enter(act, case, CAME_BACK, why=cause, on=found.returned_on)
        look = CaseContext(case, User(), rules.Standing(None, case.panel_id))
        for duty in met_by(found):
            open_again(duty, entry)
            take_back_what_followed(look, duty, entry)
        look.__dict__.pop("duties", None)
        Settling(look, entry).settle()
        bring_up(case, entry)


def met_by(message: Message) -> list[Duty]:
    """The notices that the letter had met and that nobody has since opened again or met anew."""
    entry = message.entry
    assert entry is not None
    assert message.case is not None
    rows = Duty.objects.filter(closed_by=entry, closed_how=Duty.Closed.MET, recipient=message.recipient)
    notices = {k.key for k in of_procedure(message.case.procedure).follows(message.case.procedure).duties if k.notice}
    open_now = set(message.case.duties.filter(closed_by=None).values_list("kind", "recipient"))
    return [d for d in rows.order_by("pk") if d.kind in notices and (d.kind, d.recipient) not in open_now]


def open_again(duty: Duty, entry: Entry) -> None:
    """The duty once more. It keeps its day where that is still to come: whoever was told in time is not late in law because
    a mailbox was full."""
    to_come = duty.due is not None and duty.due >= entry.on
    Duty.objects.create(
        case=duty.case, part=duty.part, kind=duty.kind, recipient=duty.recipient, opened_by=entry,
        due=duty.due if to_come else None, count=duty.count if to_come else None,
    )  # fmt: skip


def take_back_what_followed(look: CaseContext, duty: Duty, entry: Entry) -> None:
    """What was opened because the letter had gone, such as the time to comment, does not run on."""
    follows = look.procedure.duty(duty.kind).then_opens
    if follows is not None:
        for later in look.open_duties:
            if later.kind == follows.key and later.recipient == duty.recipient:
                later.end(entry, Duty.Closed.REVERSED)


def notice_came_back(message: Message) -> None:
    """A notice of the Panel that is about no case did not arrive: it is owed once more, since the day that was known."""
    with sealed_act(message.panel, by=None, name=CAME_BACK):
        found = Message.objects.get(pk=message.pk)
        if found.followed_up:
            return
        found.followed_up = True
        found.save()
        met = PanelDuty.objects.filter(panel=found.panel, pk=found.given.get("duty")).first()
        if met is None or PanelDuty.objects.filter(panel=found.panel, kind=met.kind, met_on=None).exists():
            return
        PanelDuty.objects.create(panel=met.panel, kind=met.kind, since=met.since)


kinds.declare(kinds.MailKind("panel_notice", "Notice of the Panel", came_back=notice_came_back, automatic=False))
kinds.declare(kinds.MailKind("letter", "Letter", came_back=came_back, automatic=False))
