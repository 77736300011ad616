"""One form, one record. A form carries a token, made with it; what it does is written down under the token's key in the same
transaction. So a form that is sent twice, at once or an hour later, by whichever process, does its work once.

    press = once.read(request)              # the form that is being sent, or None
    with once.sending(press): ...           # each act inside asks first whether that form was sent before
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import IntegrityError
from django.http import UnreadablePostError
from django.utils import timezone

from panel.models import Entry, Submission

NAME = "once"  # of the hidden box
KEPT = timedelta(days=30)  # how long a page may be left open and its form still be known
# What tells one button from another, or one showing of the same form from another: no part of what is sent.
UNSAID = {NAME, "csrfmiddlewaretoken", "seen", "confirmed", "later", "change", "more", "fewer", "add_files", "cancel"}
_signer = signing.TimestampSigner(salt="panel.once")


class AlreadySent(Exception):
    """The form was sent before, and did what it does."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        super().__init__(f"sent before, at {submission.at}")


@dataclass
class Press:
    """A form that is being sent: for whom it was made, its key, what it says; and whether it has done something."""

    user_pk: int
    key: str
    digest: str
    claimed: bool = False


_current: ContextVar[Press | None] = ContextVar("press", default=None)


def new_key() -> str:
    """A key that no other form has."""
    return secrets.token_hex(16)


def token(user_pk: int, key: str) -> str:
    """What a form for that person carries. Nobody else can make one, so it also proves that the form was ours."""
    return _signer.sign(f"{user_pk}.{key}")


def opened(words: str) -> tuple[int, str] | None:
    """(whose form, its key) of a token; None for what we did not make, or made too long ago."""
    try:
        pk, _, key = _signer.unsign(words, max_age=KEPT).partition(".")
    except signing.BadSignature:
        return None
    return int(pk), key


def read(request: Any) -> Press | None:
    """The form that the request sends; None where it carries no token of ours. One too large or of too many boxes is refused
    here: a form that was read as far as that is empty to whoever asks for it once more."""
    if request.method != "POST":
        return None
    try:
        found = opened(request.POST.get(NAME, ""))
        return Press(*found, digest(request)) if found else None
    except UnreadablePostError:  # cut off: nobody waits for the answer
        return None


def says(request: Any, name: str) -> bool:
    """Whether a form that can be read was sent by that button."""
    try:
        return request.method == "POST" and name in request.POST
    except UnreadablePostError:
        return False


def digest(request: Any) -> str:
    """Whether two sendings say the same, without a word of it: keyed, so that nobody can try words out."""
    said = sorted((k, request.POST.getlist(k)) for k in request.POST if k not in UNSAID)
    files = sorted((k, f.name, f.size) for k in request.FILES for f in request.FILES.getlist(k))
    text = json.dumps([request.path, said, files])
    return hmac.new(f"once:{settings.SECRET_KEY}".encode(), text.encode(), hashlib.sha256).hexdigest()


@contextmanager
def sending(press: Press) -> Iterator[None]:
    """What is done inside is done for that form."""
    reset = _current.set(press)
    try:
        yield
    finally:
        _current.reset(reset)


@contextmanager
def on_the_way() -> Iterator[None]:
    """What is done inside is on the way to what the form is for, such as keeping its files: the form has not done its work."""
    reset = _current.set(None)
    try:
        yield
    finally:
        _current.reset(reset)


def found(key: str) -> Submission | None:
    """What that form did, if it was sent before."""
    return Submission.objects.filter(key=key).select_related("entry__case__panel").first()


def begin() -> None:
    """At the beginning of an act, under its lock. Raises AlreadySent."""
    press = _current.get()
    if press is not None and not press.claimed and (before := found(press.key)):
        raise AlreadySent(before)


def claim(entry: Entry | None) -> None:
    """At the end of an act that wrote something: the form has done its work. Raises AlreadySent where another process,
    under another lock, was first."""
    press = _current.get()
    if press is None or press.claimed or not press.user_pk:
        return
    try:
        Submission.objects.create(
            key=press.key, user_id=press.user_pk, entry=entry, digest=press.digest, at=timezone.now()
        )  # fmt: skip
    except IntegrityError as error:
        raise AlreadySent(Submission(key=press.key, user_id=press.user_pk, digest=press.digest)) from error
    press.claimed = True


def led_to(press: Press, location: str) -> None:
    """Where the answer leads, for whoever sent the same form again."""
    Submission.objects.filter(key=press.key).update(location=location[:400])


def forget() -> int:
    """Remove what is too old to be sent again; how many rows."""
    return Submission.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
