"""Who an account is, as far as the record needs it: a row beside the user, with history and seal."""

import hashlib

from django.db import models

from panel.models.journal import history
from panel.models.people import User


class Identity(models.Model):
    """Name, address and standing of an account, sealed in the installation's chain: two names that are exchanged in the
    database, an account that is opened or a password that is put in are then found. A sign-in writes none."""

    OF_USER = {"name": "name", "email": "email", "active": "is_active", "superuser": "is_superuser"}  # noqa: RUF012

    user_id: int

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="identity")
    name = models.CharField("full name", max_length=150)
    began = models.CharField("name when it was first sealed", max_length=150)  # that of older entries, as far as known
    email = models.EmailField("email address")
    active = models.BooleanField("open", default=True)
    superuser = models.BooleanField("superuser", default=False)
    secret = models.CharField("digest of the password’s digest", max_length=64)
    history = history()

    class Meta:
        verbose_name = "account"

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def of(user: User) -> dict[str, object]:
        """The columns as that user has them now."""
        found = {mine: getattr(user, theirs) for mine, theirs in Identity.OF_USER.items()}
        return {**found, "secret": hashlib.sha256(user.password.encode()).hexdigest()}

    def differences(self, user: User) -> list[str]:
        """The user's columns that are not as they were sealed."""
        now = self.of(user)
        theirs = {**self.OF_USER, "secret": "password"}
        return [theirs[name] for name in now if getattr(self, name) != now[name]]
