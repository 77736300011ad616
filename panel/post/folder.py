"""The demonstration's mail: each message is a file under `var/mail/`, named by its key, and nobody is written to."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


def place() -> Path | None:
    """Where the files lie, if mail is written into files."""
    path = getattr(settings, "EMAIL_FILE_PATH", None)
    return Path(path) if path else None


def remove(keys: Iterable[UUID]) -> None:
    """Remove the files of these messages, as far as there are any."""
    if (folder := place()) is not None:
        for key in keys:
            (folder / f"{key.hex}.eml").unlink(missing_ok=True)


class EmailBackend(BaseEmailBackend):
    """Writes each message to a file of its own."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were written. Raises OSError."""
        folder = place()
        assert folder is not None
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            key = message.extra_headers["Message-ID"].strip("<>").partition("@")[0]
            path = folder / f"{key}.eml"
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(message.message().as_bytes(linesep="\n"))
        return len(email_messages)
