"""Hands what waits to the mail server, each message once.

run() == Sent(accepted=3, put_off=1, ...)

A message is claimed in an act of its own before the server hears of it, and what the server said is noted in another. Who
finds it claimed leaves it alone. If the process dies in between, the message may have gone: after a while it is noted as
such, and a person says whether it goes once more. The chain's lock is never held while a server is spoken to.
"""

import logging
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from panel.documents.store import Missing, opened
from panel.law import clock
from panel.models import Message, MessageAttempt
from panel.post.kinds import kind_of
from panel.post.queue import locked, message_id_of
from panel.record.act import sealed_act

logger = logging.getLogger(__name__)
Outcome, State = MessageAttempt.Outcome, Message.State
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# How long a message waits after its first, second, ... try that came to nothing; after the last it is given up.
PAUSES = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR)
CUT_OFF = 15 * MINUTE  # since the claim, after which whoever claimed it is thought dead
LONGEST_SECONDS = 120  # for one message, whatever the server does
BEFORE: list[Callable[[], Any]] = []  # what fills the queue, called as a run begins


@dataclass(frozen=True)
class Answer:
    """What came of a try."""

    outcome: Outcome
    reason: str = ""
    sent_as: str = ""


# One run ------------------------------------------------------------------------------------------------------------


def run() -> Counter[str]:
    """Try everything that is due, once; how many messages came to which outcome. A server that cannot be reached ends
    the run: it has cost one try of one message."""
    for fill in BEFORE:
        _safely(fill)
    found: Counter[str] = Counter(_cut_off())
    line = Line()
    try:
        for pk in due():
            answer = _one(pk, line)
            if answer is not None:
                found[answer.outcome.value] += 1
            if line.dead:
                break
    finally:
        line.close()
    follow_up()
    return found


def due() -> list[int]:
    """Keys of what waits and may be tried now, the oldest first."""
    rows = Message.objects.filter(state=State.WAITING, next_at__lte=clock.now())
    return list(rows.order_by("next_at", "pk").values_list("pk", flat=True))


def _one(pk: int, line: "Line") -> Answer | None:
    """Try one message; None if somebody else has it, or it was taken back."""
    problem = line.open()
    claimed = claim(pk)
    if claimed is None:
        return None
    message, attempt = claimed
    answer = Answer(Outcome.PUT_OFF, problem) if problem else hand_over(message, line)
    note(attempt, answer)
    return answer


def claim(pk: int) -> tuple[Message, MessageAttempt] | None:
    """Take a message that waits, under its chain's lock, and write that it is being tried."""
    panel = Message.objects.select_related("panel").get(pk=pk).panel
    with sealed_act(panel, by=None, name="send_mail") as act:
        message = locked(pk)
        if message.state != State.WAITING or message.next_at is None or message.next_at > act.at:
            return None
        message.state, message.next_at, message.tries = State.SENDING, None, message.tries + 1
        message.save()
        attempt = MessageAttempt.objects.create(
            message=message, number=message.attempts.count() + 1, at=act.at, sent_as=message_id_of(message)
        )
    return message, attempt


def note(attempt: MessageAttempt, answer: Answer) -> None:
    """Write what came of a try, and what becomes of the message."""
    with sealed_act(attempt.message.panel, by=None, name="mail_answer") as act:
        message = locked(attempt.message_id)
        reason = "" if message.erased else answer.reason[:500]
        attempt.outcome, attempt.reason, attempt.answered_at = answer.outcome, reason, act.at
        attempt.sent_as = answer.sent_as or attempt.sent_as
        attempt.save()
        if message.state == State.SENDING:
            _become(message, answer.outcome, reason, act.at)
            message.save()


def _become(message: Message, outcome: Outcome, reason: str, at: datetime) -> None:
    """Move a message on by what came of its last try."""
    after = {
        Outcome.ACCEPTED: State.ACCEPTED, Outcome.REFUSED: State.REFUSED, Outcome.UNSURE: State.UNSURE,
        Outcome.DROPPED: State.WITHDRAWN,
    }  # fmt: skip
    if outcome in after:
        message.state = after[outcome]
    elif message.erased:
        message.state = State.WITHDRAWN
    elif message.tries > len(PAUSES):
        message.state = State.GIVEN_UP
    else:
        message.state, message.next_at = State.WAITING, at + PAUSES[message.tries - 1]
    message.cause = "" if outcome == Outcome.ACCEPTED else reason


def _cut_off() -> dict[str, int]:
    """Note of every message that was claimed long ago, and of which nothing was heard, that it may have gone."""
    before = clock.now() - CUT_OFF
    rows = MessageAttempt.objects.filter(outcome="", at__lt=before, message__state=State.SENDING)
    found = 0
    for attempt in rows.select_related("message__panel").order_by("pk"):
        with sealed_act(attempt.message.panel, by=None, name="mail_unsure") as act:
            message = locked(attempt.message_id)
            if message.state != State.SENDING:
                continue
            message.state, message.cause = State.UNSURE, "We stopped while it was being sent."
            message.save()
            attempt.outcome, attempt.answered_at = Outcome.UNSURE, act.at
            attempt.save()
            found += 1
    return {Outcome.UNSURE.value: found} if found else {}


def follow_up() -> None:
    """Tell whoever queued it of each message that did not arrive. One that fails stops no other, and is told again."""
    rows = Message.objects.filter(state__in=[State.REFUSED, State.GIVEN_UP, State.BOUNCED], followed_up=False)
    rows = rows.exclude(address="")  # erased with its case: nobody is owed anything by it
    for message in rows.select_related("panel", "case").order_by("pk"):
        tell = kind_of(message.kind).came_back
        if tell is not None:
            _safely(lambda tell=tell, message=message: tell(message))


def _safely(what: Callable[[], Any]) -> None:
    """Do it; what goes wrong is logged, and stops nothing else."""
    try:
        what()
    except Exception:
        logger.exception("post: something went wrong, and will be tried again")


# The server ---------------------------------------------------------------------------------------------------------


class Line:
    """The connection to the mail server, opened when first wanted and anew after each mishap."""

    def __init__(self) -> None:
        self.backend: Any = None
        self.dead = False  # the server could not be reached in this run

    def open(self) -> str:
        """Reach the server before any message is claimed; why it cannot be reached, or nothing."""
        if self.backend is not None:
            return ""
        backend = get_connection()
        try:
            with at_most(LONGEST_SECONDS):
                backend.open()
        except (OSError, SMTPException) as error:
            self.dead = True
            return f"The mail server could not be reached: {in_words(error)}"
        self.backend = backend
        return ""

    def close(self) -> None:
        """Let go of it."""
        if self.backend is not None:
            with suppress(Exception), at_most(LONGEST_SECONDS):
                self.backend.close()
            self.backend = None


def hand_over(message: Message, line: Line) -> Answer:
    """Give one message to the server; what it said, as an answer. Raises nothing that a server can cause."""
    try:
        mail = mail_of(message)
    except Missing:
        return Answer(Outcome.PUT_OFF, "A document that goes with it cannot be read.")
    except Exception as error:
        logger.exception("post: message %s cannot be made", message.pk)
        return Answer(Outcome.PUT_OFF, f"It could not be made: {type(error).__name__}.")
    if mail is None:
        return Answer(Outcome.DROPPED, "Nothing is to be sent any more.")
    try:
        with at_most(LONGEST_SECONDS):
            sent = line.backend.send_messages([mail])
    except Exception as error:
        answer = answer_of(error, getattr(line.backend, "may_have_gone", False))
        line.close()
        return answer
    if not sent:
        return Answer(Outcome.PUT_OFF, "The mail server did not take it.")
    return Answer(Outcome.ACCEPTED, sent_as=getattr(line.backend, "sent_as", ""))


def answer_of(error: Exception, may_have_gone: bool) -> Answer:
    """What an error means for the message: a 5xx about the mail or its address refuses it for good; whatever lies with
    the line, or with us, puts it off."""
    if isinstance(error, SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        words = f"{code} {_text(said)}"
        return Answer(Outcome.REFUSED if code >= 500 else Outcome.PUT_OFF, words)
    if isinstance(error, SMTPResponseException):
        ours = isinstance(error, SMTPSenderRefused)
        refused = error.smtp_code >= 500 and not ours
        return Answer(Outcome.REFUSED if refused else Outcome.PUT_OFF, in_words(error))
    refused_by = getattr(error, "refused_for_good", None)  # a backend of ours that knows better
    if refused_by is not None:
        return Answer(Outcome.REFUSED if refused_by else Outcome.PUT_OFF, in_words(error))
    if may_have_gone:
        return Answer(Outcome.UNSURE, f"The mail server had it, and did not answer: {in_words(error)}")
    if isinstance(error, OSError | SMTPException):
        return Answer(Outcome.PUT_OFF, in_words(error))
    logger.error("post: %s while a mail was handed over", type(error).__name__, exc_info=error)
    return Answer(Outcome.REFUSED, f"It cannot be sent as it is: {type(error).__name__}.")


def _text(said: Any) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def in_words(error: Exception) -> str:
    """What an error says."""
    if isinstance(error, SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return str(error) or type(error).__name__


def mail_of(message: Message) -> EmailMessage | None:
    """The mail as it goes out; None where its kind has nothing to send any more. Raises Missing."""
    kind = kind_of(message.kind)
    text: str | None = message.text
    if kind.compose is not None:
        text = kind.compose(message)
    if text is None or message.erased:
        return None
    headers = {"Message-ID": message_id_of(message)}
    if kind.automatic:
        headers["Auto-Submitted"] = "auto-generated"
    reply = message.panel.settings_on(clock.today()).complaints_email if message.panel else ""
    mail = EmailMessage(
        message.subject, text, settings.DEFAULT_FROM_EMAIL, [message.address],
        headers=headers, reply_to=[reply] if reply else None,
    )  # fmt: skip
    for enclosure in message.enclosures.select_related("document"):
        document = enclosure.document
        with opened(document) as file:
            mail.attach(document.name, file.read(), document.content_type)
    return mail


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TimeoutError inside when that long has gone by. A server that says a word now and then outwits a timeout of
    the socket. Only the main thread of a process can be woken so; that is where the command runs."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def too_long(number: int, frame: Any) -> None:
        raise TimeoutError(f"it took longer than {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
