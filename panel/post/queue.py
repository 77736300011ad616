"""Queueing mail, taking it back, and what is said of it afterwards. All of it is written in sealed acts."""

import hashlib
import re
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from panel.law.names_in_text import ERASED
from panel.models import Case, Document, Enclosure, Message, Panel, User
from panel.post import folder
from panel.procedure.register import of_procedure
from panel.record.act import Act, current, sealed_act
from panel.record.digests import erasable

COMMON = {"and", "complaint", "council", "crime", "panel", "police", "the"}  # in the name of a body, and of nobody
SHORTEST_NAME_CHARACTERS = 3  # of a word of a name that a subject is searched for
MESSAGE_ID = re.compile(r"<?([0-9a-f]{32})(?:\.\d+)?@[^>\s]+>?")


class Improper(ValueError):
    """A message that cannot be queued as it is: what is wrong with it, in words."""


class NotWaiting(Exception):
    """A message that went already, or is on its way, cannot be taken back."""


def under_way() -> AbstractContextManager[Act] | None:
    """The act that is under way, to be joined; None where there is none, and one of its own is needed."""
    act = current.get()
    return nullcontext(act) if act is not None else None


def queue(
    *,
    kind: str,
    panel: Panel | None,
    address: str,
    subject: str,
    text: str = "",
    case: Case | None = None,
    user: User | None = None,
    recipient: str = "",
    documents: Iterable[Document] = (),
    given: dict[str, Any] | None = None,
    by: User | None = None,
) -> Message:
    """Queue a mail. `text` is kept; leave it empty for a kind that composes its own from `given`. Raises Improper."""
    address = proper_address(address)
    subject = proper_subject(subject, case)
    with under_way() or sealed_act(panel, by=by, name="queue_mail") as act:
        message = Message(
            kind=kind, panel=panel, case=case, entry=act.entry, user=user, recipient=recipient, address=address,
            subject=subject, text=text, sha256=hashlib.sha256(text.encode()).hexdigest() if text else "",
            given=given or {}, queued_at=act.at, next_at=act.at,
        )  # fmt: skip
        message.save(force_insert=True)
        for document in documents:
            Enclosure.objects.create(message=message, document=document)
    return message


def proper_address(address: str) -> str:
    """The address without blanks around it. Raises Improper."""
    found = address.strip()
    try:
        validate_email(found)
    except ValidationError as error:
        raise Improper("There is no email address in the correct format, like name@example.com.") from error
    if len(found) > Message._meta.get_field("address").max_length:
        raise Improper("The email address is too long.")
    return found


def proper_subject(subject: str, case: Case | None) -> str:
    """The subject, if it is one line and names nobody of the case: a subject is read on locked telephones and in lists.
    Raises Improper."""
    most = Message._meta.get_field("subject").max_length
    if not subject.strip() or len(subject) > most or re.search(r"[\x00-\x1f\x7f\u2028\u2029]", subject):
        raise Improper(f"The subject must be one line of at most {most} characters.")
    named = sorted(personal_words(case) & words_of(subject)) if case is not None else []
    if named:
        raise Improper(f"The subject says “{named[0]}”, which belongs to somebody of the case.")
    return subject.strip()


def words_of(text: str) -> set[str]:
    """The words of a text that could be a name, and what holds an @, in small letters and without a genitive."""
    found = re.findall(r"[\w.+'’-]*@[\w.-]+|[^\W\d_][\w'’-]+", text.casefold())
    words = {re.sub(r"['’]s?$", "", word) for word in found}
    return {word for word in words if len(word) >= SHORTEST_NAME_CHARACTERS}


def personal_words(case: Case) -> set[str]:
    """The words of names and addresses in the rows of the case that are erased in the end, but for those of the panel’s own
    names: a parish council may be called after its county."""
    found: set[str] = set()
    for row in of_procedure(case.procedure).erasable_rows(case):
        for column in {"name", "email"} & erasable(type(row)).keys():
            value = getattr(row, column)
            found |= words_of(value) if value and value != ERASED else set()
    return found - words_of(" ".join(case.panel.names)) - COMMON


def take_back(message: Message, *, by: User | None) -> Message:
    """Take back a message that still waits. Raises NotWaiting."""
    with under_way() or sealed_act(message.panel, by=by, name="take_back_mail"):
        found = locked(message.pk)
        if found.state != Message.State.WAITING:
            raise NotWaiting(f"It is not waiting any more: {found.get_state_display().lower()}.")
        found.state, found.next_at = Message.State.WITHDRAWN, None
        found.save()
    return found


def returned(message: Message, *, cause: str, on: date, by: User | None = None) -> Message:
    """Note that a message came back on that day, and why. One that came back or was refused already stays as it is.

    Whoever queued it is told by the next `send_mail`, or by `follow_up` at once."""
    with under_way() or sealed_act(message.panel, by=by, name="mail_returned"):
        found = locked(message.pk)
        if not found.failed:
            found.state, found.returned_on, found.next_at = Message.State.BOUNCED, on, None
            found.cause = "" if found.erased else cause.strip()[:500]
            found.save()
    return found


def arrived(message: Message) -> Message:
    """Note that a message that was accepted has arrived, as the mail service says."""
    with under_way() or sealed_act(message.panel, by=None, name="mail_arrived"):
        found = locked(message.pk)
        if found.state == Message.State.ACCEPTED:
            found.state = Message.State.DELIVERED
            found.save()
    return found


def settle(message: Message, *, arrived: bool, by: User) -> Message:
    """Say of a message that may have gone that it arrived, or that it is to go once more. Raises NotWaiting."""
    with under_way() or sealed_act(message.panel, by=by, name="settle_mail") as act:
        found = locked(message.pk)
        if found.state != Message.State.UNSURE or found.erased:
            raise NotWaiting("What became of it is known by now.")
        found.state = Message.State.DELIVERED if arrived else Message.State.WAITING
        found.next_at = None if arrived else act.at
        found.save()
    return found


def locked(pk: int) -> Message:
    """The message as it is now, inside an act that holds the chain's lock."""
    return Message.objects.select_related("panel", "case").get(pk=pk)


def find(message_id: str) -> Message | None:
    """The message of a Message-ID as it stands in a mail's header."""
    match = MESSAGE_ID.fullmatch(message_id.strip())
    return Message.objects.filter(key=UUID(match[1])).first() if match else None


def message_id_of(message: Message) -> str:
    """Its Message-ID: the same at every try, so that a second copy would be known for one."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    return f"<{message.key.hex}@{domain}>"


def rows_of_case(case: Case) -> list[Any]:
    """What is erased with a case: its messages and their attempts, none of which goes out any more; and, once that is
    written, the copies that the demonstration keeps."""
    found: list[Any] = list(Message.objects.filter(case=case))
    for message in found:
        if message.state == Message.State.WAITING:
            message.state, message.next_at = Message.State.WITHDRAWN, None
    keys = [message.key for message in found]
    transaction.on_commit(lambda: folder.remove(keys))
    return [*found, *(attempt for message in found for attempt in message.attempts.all())]
