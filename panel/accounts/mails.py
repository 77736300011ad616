"""What accounts write to people: invitations, and links to choose a new password. Their links work once and are kept
nowhere: each is made at the moment its mail goes out. Django knows these kinds once the app is ready (`panel.apps`)."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.template.loader import render_to_string
from django.urls import reverse

from panel.accounts import invitations
from panel.models import Membership, Message, ResetRequest, User
from panel.post import kinds, queue, send
from panel.record.act import sealed_act


def invitation_text(message: Message) -> str | None:
    """The text of an invitation, with the link if they still have no password; None where it is of no use any more."""
    row = Membership.objects.select_related("user", "panel").filter(pk=message.given["membership"]).first()
    new = message.given["new"]
    if row is None or not row.user.is_active or (new and row.user.has_usable_password()):
        return None
    path = reverse("accept-invitation", args=[invitations.token_for(row.user)]) if new else reverse("start")
    context = {"membership": row, "role": row.get_role_display(), "link": message.given["site"] + path, "new": new}
    return render_to_string("panel/email/invitation.txt", context)


def reset_text(message: Message) -> str | None:
    """The text with the link to choose a new password; None if the account was closed meanwhile."""
    user = message.user
    if user is None or not user.is_active:
        return None
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    link = message.given["site"] + reverse("account_reset_password_from_key", kwargs=key)
    return render_to_string("account/email/password_reset_key_message.txt", {"password_reset_url": link})


def answer_requests() -> None:
    """Queue a mail for whoever asked for a new password and has an account; of the others nothing is kept."""
    for pk in ResetRequest.objects.order_by("pk").values_list("pk", flat=True):
        with sealed_act(None, by=None, name="queue_mail"):
            asked = ResetRequest.objects.filter(pk=pk).first()  # another run may have had it
            if asked is None:
                continue
            user = User.objects.filter(email=asked.address.strip().lower(), is_active=True).first()
            if user is not None:
                queue(
                    kind=RESET.key, panel=None, user=user, address=user.email,
                    subject="Choose a new password for Panel casework", given={"site": asked.site},
                )  # fmt: skip
            asked.delete()


INVITATION = kinds.declare(kinds.MailKind(invitations.KIND, "Invitation", compose=invitation_text))
RESET = kinds.declare(kinds.MailKind("password_reset", "Link to choose a new password", compose=reset_text))
send.BEFORE.append(answer_requests)
