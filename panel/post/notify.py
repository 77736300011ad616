"""GOV.UK Notify instead of a mail server, where its key is given: Django's e-mail backend, and what Notify says later of
what it took.

Two templates stand on Notify's side: one whose subject is ((subject)) and whose message is ((text)), and one that has
((file)) below, for mail with a document. The client is an extra: pip install notifications-python-client.
"""

import io
from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from panel.law import clock
from panel.models import Message, MessageAttempt
from panel.post import send
from panel.post.queue import arrived, returned

BACKEND = "panel.post.notify.EmailBackend"
MOST_BYTES = 2 * 1024 * 1024  # of a file, as Notify has it
ASKED_FOR = timedelta(days=4)  # after which Notify has said what it will
FAILURES = {
    "permanent-failure": "The address does not exist, or refuses mail.",
    "temporary-failure": "The mailbox was full or could not be reached for three days.",
    "technical-failure": "GOV.UK Notify could not send it.",
}


class NotifyError(Exception):
    """Notify did not take a mail. `refused_for_good`: it never will."""

    def __init__(self, words: str, *, refused_for_good: bool) -> None:
        super().__init__(words)
        self.refused_for_good = refused_for_good


def client() -> Any:
    """Notify's own client."""
    from notifications_python_client.notifications import NotificationsAPIClient  # an extra

    return NotificationsAPIClient(settings.NOTIFY_KEY, base_url=settings.NOTIFY_URL, timeout=settings.EMAIL_TIMEOUT)


def reference_of(mail: EmailMessage) -> str:
    """By what Notify knows the mail: the same at every try."""
    return str(mail.extra_headers["Message-ID"]).strip("<>").partition("@")[0]


class EmailBackend(BaseEmailBackend):
    """One mail at a time, by Notify."""

    sent_as = ""  # the number that Notify gave the last one
    may_have_gone = False

    @cached_property
    def client(self) -> Any:
        """One client for the run."""
        return client()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many Notify took. Raises NotifyError."""
        for mail in email_messages:
            self.sent_as, self.may_have_gone = "", False
            self.sent_as = self._send(mail)
        return len(email_messages)

    def _send(self, mail: EmailMessage) -> str:
        """Give it to Notify. Where no answer comes, ask whether it has it: it knows each mail by our reference."""
        from notifications_python_client.errors import HTTPError

        given = {"subject": mail.subject, "text": mail.body, **file_of(mail)}
        template = settings.NOTIFY_TEMPLATE_FILE if "file" in given else settings.NOTIFY_TEMPLATE
        reference = reference_of(mail)
        try:
            answer = self.client.send_email_notification(mail.to[0], template, given, reference)
        except HTTPError as error:
            if 400 <= error.status_code < 500:
                put_off = error.status_code in (401, 403, 429)  # our key, or too many: nothing is wrong with the mail
                raise NotifyError(in_words(error), refused_for_good=not put_off) from error
            found = self._known(reference)
            if not found:
                raise NotifyError(in_words(error), refused_for_good=False) from error
            return found
        return str(answer["id"])

    def _known(self, reference: str) -> str:
        """The number under which Notify has that mail, or nothing. Where it does not answer either, the mail may have
        gone."""
        self.may_have_gone = True
        found = self.client.get_all_notifications(reference=reference)["notifications"]
        self.may_have_gone = False
        return str(found[0]["id"]) if found else ""


def in_words(error: Any) -> str:
    """What Notify says."""
    said = error.message
    text = "; ".join(str(one.get("message", one)) for one in said) if isinstance(said, list) else str(said)
    return f"{error.status_code} {text}"


def file_of(mail: EmailMessage) -> dict[str, Any]:
    """The document that goes with it, as Notify wants it: it takes one, as a link. Raises NotifyError."""
    from notifications_python_client import prepare_upload

    if not mail.attachments:
        return {}
    content = mail.attachments[0][1]
    data = content.encode() if isinstance(content, str) else content
    if len(mail.attachments) > 1 or len(data) > MOST_BYTES:
        raise NotifyError("GOV.UK Notify takes one document of at most 2 MB.", refused_for_good=True)
    return {"file": prepare_upload(io.BytesIO(data), filename=mail.attachments[0][0])}


def ask() -> None:
    """Ask Notify what became of what it took in the last days, and note what came back and what arrived."""
    if settings.EMAIL_BACKEND != BACKEND:
        return
    since = clock.now() - ASKED_FOR
    rows = MessageAttempt.objects.filter(
        outcome=MessageAttempt.Outcome.ACCEPTED, message__state=Message.State.ACCEPTED, answered_at__gte=since
    )
    rows = rows.exclude(sent_as__startswith="<")
    asked = client()
    for attempt in rows.select_related("message__panel").order_by("pk"):
        status = asked.get_notification_by_id(attempt.sent_as)["status"]
        if status in FAILURES:
            returned(attempt.message, cause=FAILURES[status], on=clock.today())
        elif status == "delivered":
            arrived(attempt.message)


send.BEFORE.append(ask)
