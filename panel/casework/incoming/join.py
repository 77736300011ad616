"""Onto a case: a step that is taken with an email keeps its files as documents; and off again, where it was put there by
mistake."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from panel.access import rules
from panel.casework.case_context import Attempt
from panel.law import clock
from panel.law.period import day_words
from panel.law.roles import Classification
from panel.models import Document, IncomingFile, IncomingMessage
from panel.procedure.vocabulary import Refusal

WAITING = IncomingMessage.Status.WAITING


def key_in(text: Any) -> UUID | None:
    """The key that a page of ours put into a hidden box or an address; None for anything else."""
    try:
        return text if isinstance(text, UUID) else UUID(str(text))
    except ValueError:
        return None


def asked_for(attempt: Attempt, data: Mapping[str, Any]) -> Refusal | None:
    """Give the attempt the email that the answers name, and the files of it that are to be kept. The reason where it does not
    wait any more: somebody else may have been first."""
    key = key_in(data.get("message") or "")
    if key is None or not rules.may(attempt.look.who, "message.take"):
        return None
    message = IncomingMessage.objects.filter(panel=attempt.panel, key=key).first()
    if message is None:
        return Refusal("The email that you began with is not there any more", attempt.step.provisions)
    if message.status != WAITING:
        become = message.get_status_display().lower()
        words = f"The email that you began with is not waiting any more: it was {become} meanwhile"
        return Refusal(words, attempt.step.provisions)
    attempt.message = message
    chosen = data.getlist("keep_file") if hasattr(data, "getlist") else data.get("keep_file", ())
    attempt.message_files = None if "files_shown" not in data else {str(key) for key in chosen}
    return None


def kept_files(message: IncomingMessage, chosen: set[str] | None) -> list[IncomingFile]:
    """The files of it to keep: all that can be, or those chosen; the original always."""
    rows = [f for f in message.files.all() if f.file]
    return [f for f in rows if f.original or chosen is None or str(f.key) in chosen]


def keep(attempt: Attempt) -> None:
    """Let the email's files be documents of the step: the same bytes, under the same names in the store."""
    message = attempt.message
    if message is None:
        return
    wanted = attempt.answers.get("classification") or Classification.RESTRICTED
    for one in kept_files(message, attempt.message_files):
        one.document = Document(
            case=attempt.case, entry=attempt.entry, name=one.name, file=one.file.name, size=one.size, sha256=one.sha256,
            content_type=one.content_type, classification=wanted,
        )  # fmt: skip
        one.document.save(force_insert=True)
        one.save()
    message.status = IncomingMessage.Status.LOGGED if attempt.step.creates == "case" else IncomingMessage.Status.JOINED
    message.case, message.entry = attempt.case, attempt.entry
    message.save()


def joined(case: Any) -> list[IncomingMessage]:
    """The emails that were put on the case, and may be taken off again: not the one with which it was logged."""
    return list(
        IncomingMessage.objects.filter(case=case, status=IncomingMessage.Status.JOINED).order_by("came_at", "pk")
    )


def words_of(message: IncomingMessage) -> str:
    """An email in a line: who wrote, and when."""
    came = message.received_at or message.sent_at or message.came_at
    return f"{message} from {message.who}, {day_words(came.astimezone(clock.LONDON).date())}"


def take_off(attempt: Attempt) -> None:
    """Let the emails chosen wait again. Their documents leave the case; the entry that put them there stays."""
    chosen = attempt.form.chosen()
    for message in joined(attempt.case):
        if str(message.pk) not in chosen:
            continue
        for one in message.files.all():
            if one.document is None:
                continue
            document, one.document = one.document, None
            document.file, document.taken_off_by = "", attempt.entry
            document.save()
            one.save()
        message.status, message.case, message.entry = WAITING, None, None
        message.save()
