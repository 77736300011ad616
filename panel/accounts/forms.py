"""allauth's forms with our labels and with errors that say what to do; named in the settings ACCOUNT_FORMS
and MFA_FORMS.

What allauth itself says (wrong password, too many attempts) stands in `panel.accounts.adapters`.
"""

from __future__ import annotations

from typing import Any

from allauth.account import forms as theirs
from allauth.mfa.base import forms as second
from allauth.mfa.totp.forms import ActivateTOTPForm as TheirTOTPForm
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.conf import settings
from django.core.validators import EmailValidator
from django.http import HttpRequest

from panel.law import clock
from panel.models import ResetRequest

# What AUTH_PASSWORD_VALIDATORS ask for, in one sentence each.
SHORTEST_PASSWORD_CHARACTERS = next(
    v["OPTIONS"]["min_length"] for v in settings.AUTH_PASSWORD_VALIDATORS if "MinimumLength" in v["NAME"]
)
GOOD_ENOUGH = (
    f"At least {SHORTEST_PASSWORD_CHARACTERS} characters. "
    "Not a common password, not only digits, and not like your name or email address."
)


class OurWords:
    """Gives each field of `words` its label and what to say when it is left empty; drops allauth's links between."""

    words: dict[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, missing) in self.words.items():
            field = self.fields[name]  # type: ignore[attr-defined]
            field.label, field.error_messages["required"] = label, missing
            if isinstance(field, forms.EmailField):
                wrong = "Enter an email address in the correct format, like name@example.com"
                field.error_messages["invalid"] = wrong
                field.validators = [EmailValidator(wrong)]
            field.help_text = GOOD_ENOUGH if name == "password1" else ""


class LoginForm(OurWords, theirs.LoginForm):
    """Email address and password. A password given as `initial` is shown: the demo's accounts fill in the form."""

    words = {"login": ("Email address", "Enter your email address"), "password": ("Password", "Enter your password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("password"):
            self.fields["password"].widget.render_value = True


class ResetPasswordForm(OurWords, theirs.ResetPasswordForm):
    """Where to send the link. Nobody looks up here who has that address, and nothing is sent: known or not, the request
    does the same work. `panel.accounts.mails` answers it."""

    words = {"email": ("Email address", "Enter your email address")}

    def clean_email(self) -> str:
        """The address as it was typed."""
        found: str = self.cleaned_data["email"]
        return found

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Note that somebody asked."""
        address: str = self.cleaned_data["email"]
        site = request.build_absolute_uri("/").rstrip("/")
        ResetRequest.objects.create(address=address, site=site, asked_at=clock.now())
        return address


class ResetPasswordKeyForm(OurWords, theirs.ResetPasswordKeyForm):
    """The new password, from the link."""

    words = {
        "password1": ("New password", "Enter a new password"),
        "password2": ("New password again", "Enter the new password again"),
    }


class ChangePasswordForm(OurWords, theirs.ChangePasswordForm):
    """The new password, by somebody signed in."""

    words = {"oldpassword": ("Current password", "Enter your current password"), **ResetPasswordKeyForm.words}


class ReauthenticateForm(OurWords, theirs.ReauthenticateForm):
    """The password once more."""

    words = {"password": ("Password", "Enter your password")}


class CodeWords(OurWords):
    """One code, typed without a spinner, which a phone may offer by itself."""

    words = {"code": ("Code", "Enter the code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]  # type: ignore[attr-defined]
        field.widget.attrs = {"autocomplete": "one-time-code", "class": "govuk-input--width-10"}
        field.help_text = "From your authenticator app, or one of your recovery codes."


class AuthenticateForm(CodeWords, second.AuthenticateForm):
    """The code after the password."""


class SecondFactorAgainForm(CodeWords, second.ReauthenticateForm):
    """A code once more."""


class ActivateTOTPForm(CodeWords, TheirTOTPForm):
    """The first code of the app that is being set up."""

    words = {"code": ("Code that the app shows", "Enter the code that the app shows")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "Six digits."


class AddPasskeyForm(OurWords, passkeys.AddWebAuthnForm):
    """A name for the passkey; the browser adds the rest."""

    words = {"name": ("Name of the passkey", "Enter a name")}


class RenamePasskeyForm(OurWords, passkeys.EditWebAuthnForm):
    """Another name."""

    words = {"name": ("Name of the passkey", "Enter a name")}
