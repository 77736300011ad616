"""Django's SMTP, which also remembers how far it came: a server that drops the line after it has had the whole mail may
have taken it, and nobody sends it again by themselves."""

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend as DjangoBackend


class Remembering:
    """An SMTP connection that knows whether the whole of a mail has left."""

    whole_mail_left = False
    _sent_of_data: int | None = None

    def data(self, msg: Any) -> Any:
        """Hand over the mail itself: the command, then the text with its end."""
        self.whole_mail_left, self._sent_of_data = False, 0
        try:
            return super().data(msg)  # type: ignore[misc]
        finally:
            self._sent_of_data = None

    def send(self, s: Any) -> None:
        """Send; the second time within `data` it is the mail."""
        super().send(s)  # type: ignore[misc]
        if self._sent_of_data is not None:
            self._sent_of_data += 1
            self.whole_mail_left = self._sent_of_data >= 2


class RememberingSMTP(Remembering, smtplib.SMTP):
    """Without TLS from the start."""


class RememberingSSL(Remembering, smtplib.SMTP_SSL):
    """With TLS from the start."""


class EmailBackend(DjangoBackend):
    """Django's, with the connection above."""

    @property
    def connection_class(self) -> Any:
        """As the settings want it."""
        return RememberingSSL if self.use_ssl else RememberingSMTP

    @property
    def may_have_gone(self) -> bool:
        """Whether the last mail had left whole when something went wrong."""
        return bool(getattr(self.connection, "whole_mail_left", False))
