"""An email that is not logged is removed: its words and bytes go, and who removed it and why stays in the journal."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction

from panel.casework import drafts
from panel.law import clock
from panel.law.period import plural
from panel.models import IncomingFile, IncomingMessage, Panel, User
from panel.record import leftovers
from panel.record.act import sealed_act
from panel.record.digests import erasable

WAITING = IncomingMessage.Status.WAITING


def blanked(message: IncomingMessage) -> list[IncomingMessage | IncomingFile]:
    """The message and its files, as rows whose personal columns are blank and not yet saved."""
    rows: list[IncomingMessage | IncomingFile] = [message, *message.files.all()]
    for row in rows:
        for column, blank in erasable(type(row)).items():
            setattr(row, column, blank)
    return rows


def remove(message: IncomingMessage, *, by: User | None, why: str) -> bool:
    """Remove a message that waits; whether it still waited."""
    with sealed_act(message.panel, by=by, name="erase", why=why) as act:
        fresh = IncomingMessage.objects.filter(pk=message.pk, status=WAITING).first()
        if fresh is None:
            transaction.set_rollback(True)
            return False
        names = [one.file.name or "" for one in fresh.files.all() if one.file]
        fresh.status = IncomingMessage.Status.REMOVED
        rows = blanked(fresh)
        for row in rows:
            if isinstance(row, IncomingFile):
                row.file = ""
            row.save()
        act.erased += rows
        drafts.of_message(fresh).delete()

        def gone() -> None:
            for name in names:
                default_storage.delete(name)
            leftovers.forget()

        transaction.on_commit(gone)
    return True


def remove_old(panel: Panel) -> int:
    """Remove the messages that have waited longer than the panel's setting says; how many."""
    days = panel.settings_on(clock.today()).keep_messages
    if not days:
        return 0
    old = clock.now() - timedelta(days=days)
    rows = IncomingMessage.objects.filter(panel=panel, status=WAITING, came_at__lt=old)
    why = f"Not logged within {plural(days, 'day')}, as the Panel’s settings say."
    return sum(remove(message, by=None, why=why) for message in rows)
