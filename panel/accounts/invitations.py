"""Invitations: a link that works once, for seven days, by which somebody sets their first password.

The link is signed, and tied to the account's having no password yet: setting one uses it up.
"""

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from panel.models import Message, User
from panel.post import queue

KIND = "invitation"
SALT = "panel.invitation"


def state_of(user) -> str:
    """What the link is tied to: the password as it is stored, not readable from the link."""
    return salted_hmac(SALT, f"{user.pk}|{user.email}|{user.password}").hexdigest()[:32]


def token_for(user) -> str:
    """The part of the link that is the person's own."""
    return signing.dumps([user.pk, state_of(user)], salt=SALT)


def invited(token: str, *, lock: bool = False):
    """The user whom that link invites, or None: it is made up, too old, or was used. `lock` inside a transaction."""
    try:
        pk, state = signing.loads(token, salt=SALT, max_age=settings.INVITATION_AGE_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = User.objects.select_for_update() if lock else User.objects
    user = rows.filter(pk=pk, is_active=True).first()
    if user is None or user.has_usable_password() or not constant_time_compare(state, state_of(user)):
        return None
    return user


def tell(membership, site: str, *, new: bool) -> Message:
    """Queue a mail to the person: with the link if they have no password yet, else that they have a role. `site` is
    where this installation answers, such as https://panel.example; the link itself is made when the mail goes."""
    return queue(
        kind=KIND,
        panel=membership.panel,
        user=membership.user,
        address=membership.user.email,
        subject=f"{'Your account' if new else 'A new role'}: {membership.panel.names.name}",
        given={"membership": membership.pk, "site": site, "new": new},
    )
