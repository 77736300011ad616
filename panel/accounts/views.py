"""Who can sign in: roles between dates, invitations, and the page where somebody invited sets a password."""

from functools import partial

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from panel.access import rules
from panel.accounts import invitations
from panel.accounts.tables import sign_ins_table, users_tables
from panel.accounts.user_forms import SELF, AcceptForm, AccountForm, HandOverForm, InviteForm, MembershipForm
from panel.casework.errors import Invalid, Refused, Unseen
from panel.casework.perform import perform
from panel.law.period import listed, plural
from panel.law.roles import Role
from panel.models import Membership, SignIn
from panel.pages.base import forbidden, in_panel, page_of
from panel.pages.drafts import typed
from panel.pages.people import form_page
from panel.pages.people_page import panel_tabs
from panel.pages.worklist import without_keeper

CASES_HANDED_OVER_AT_ONCE = 50  # on one page


@require_safe
@in_panel("users.view")
def users(request, panel, who):
    """Who holds a role in the panel, now, later or before."""
    now, past = users_tables(panel, who)
    context = {"tabs": panel_tabs(panel, who, "panel:users"), "now": now, "past": past}
    if rules.may(who, "users.change"):
        context["invite_url"] = reverse("panel:invite", args=[panel.slug])
    if rules.may(who, "users.sign_ins"):
        context["sign_ins_url"] = reverse("panel:sign-ins", args=[panel.slug])
    return render(request, "panel/users.html", context)


def users_back(panel):
    """Where the pages of users go back to."""
    return reverse("panel:users", args=[panel.slug]), "Who can sign in"


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("users.change", kept="Invite somebody")
def invite(request, panel, who):
    """Give a role to somebody, by e-mail address; whoever has no account is sent a link. `?email=` fills it in."""
    wanted = request.GET.get("email", "").replace("\0", "")  # which PostgreSQL takes in no text
    known = panel.memberships.filter(user__email=wanted).select_related("user").first()
    first = {"email": known.user.email, "name": known.user.name} if known else {}
    return form_page(
        request,
        lambda data: InviteForm(panel, request.user, None, data, initial=first),
        heading="Invite somebody, or give a role",
        back=users_back(panel),
        written=lambda form, row: send(request, row),
    )


def send(request, membership):
    """Queue a mail to somebody who was given a role, and say so."""
    user = membership.user
    invitations.tell(membership, request.build_absolute_uri("/").rstrip("/"), new=not user.has_usable_password())
    kept = " In the demonstration it is kept as a file under var/mail." if settings.DEMO else ""
    messages.info(request, f"We have emailed {user.email}. It leaves within a minute.{kept}")


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("users.change", kept="Change a role")
def user(request, panel, who, pk):
    """Between which days somebody holds a role, and when they are away. Never one's own."""
    found = get_object_or_404(Membership.objects.select_related("user"), panel=panel, pk=pk)
    if found.user_id == request.user.pk:
        return forbidden(request, "You cannot change your own role", f"{SELF}.")
    return form_page(
        request,
        lambda data: MembershipForm(panel, request.user, panel.memberships.select_related("user").get(pk=pk), data),
        heading=f"{found.user.name}, {Role(found.role).words}",
        back=users_back(panel),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("users.change")
def invite_again(request, panel, who, pk):
    """Send the link once more to somebody who has not used theirs."""
    found = get_object_or_404(Membership.objects.select_related("user", "panel"), panel=panel, pk=pk)
    url, words = users_back(panel)
    if not found.user.is_active or found.user.has_usable_password():
        messages.info(request, f"{found.user.name} has a password already, or the account is closed.")
        return redirect(url)
    if request.method == "POST":
        send(request, found)
        return redirect(url)
    return render(
        request,
        "panel/invite_again.html",
        {
            "found": found,
            "cancel_url": url,
            "back_words": words,
            "account_url": reverse("panel:account", args=[panel.slug, pk]),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("users.change", kept="Close or open an account")
def account(request, panel, who, pk):
    """Close the account of somebody who leaves, or open it again."""
    person = get_object_or_404(Membership.objects.select_related("user"), panel=panel, pk=pk).user
    url, words = users_back(panel)
    form = AccountForm(panel, request.user, person, typed(request))
    if request.method == "POST" and form.is_valid():
        messages.success(request, form.write())
        return redirect(url)
    lead = (
        "They can no longer sign in, wherever they are signed in now, and their roles end today. Nothing they did is "
        "removed. An officer or the Monitoring Officer then hands over the cases they keep."
        if person.is_active
        else "They can sign in again. A role is given to them by an invitation."
    )
    heading = f"{'Close' if person.is_active else 'Open again'} the account of {person.name}"
    context = {"form": form, "heading": heading, "lead": lead, "cancel_url": url, "back_words": words}
    return render(request, "panel/record_form.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@in_panel("users.sign_ins")
def sign_ins(request, panel, who):
    """When the people of the panel signed in and out, and when somebody failed to."""
    people = panel.memberships.values("user")
    page = page_of(request, SignIn.objects.filter(user__in=people).select_related("user"))
    url, words = users_back(panel)
    context = {"page": page, "table": sign_ins_table(page.object_list), "back_url": url, "back_words": words}
    return render(request, "panel/sign_ins.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("case.hand_over", kept="Hand over cases")
def hand_over(request, panel, who):
    """Give the cases of somebody who left to somebody else: a step of each case."""
    found = {str(c.pk): c for c in without_keeper(panel, who)[:CASES_HANDED_OVER_AT_ONCE]}
    names = [(pk, f"{c.reference}, {c.title} (kept by {c.assigned_to.name})") for pk, c in found.items()]
    form = HandOverForm(panel, names, typed(request))
    home = reverse("panel:home", args=[panel.slug])
    if request.method == "POST" and form.is_valid():
        given, left = [], []
        for pk in form.cleaned_data["cases"]:
            try:
                perform(found[pk], "assign", by=request.user, to_whom=form.cleaned_data["to_whom"])
                given.append(found[pk].reference)
            except (Refused, Invalid, Unseen):  # somebody else did something to it meanwhile
                left.append(found[pk].reference)
        if given:
            messages.success(request, f"{plural(len(given), 'case')} handed over.")
        if left:
            messages.warning(
                request, f"Not handed over, as somebody changed it meanwhile: {listed(left)}. Look at it first."
            )
        return redirect(home)
    context = {"form": form if found else None, "back_url": home}
    return render(request, "panel/hand_over.html", context, status=422 if request.method == "POST" else 200)


@login_not_required
@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request, token):
    """Set a name and the first password by the link of an invitation, and be signed in."""
    invited = invitations.invited(token)
    if invited is None:
        return gone(request)
    request.form_for = invited.pk  # nobody is signed in: the form is that of whoever was invited
    form = AcceptForm(invited, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with transaction.atomic():
            form.user = invitations.invited(token, lock=True)
            if form.user is None:
                return gone(request)
            form.write()
        get_adapter(request).login(request, form.user)
        # Whoever has just chosen a password need not type it again to set up the second factor that comes next.
        record_authentication(request, form.user, method="password", email=form.user.email)
        return redirect("start")
    return render(request, "panel/accept.html", {"form": form, "email": invited.email})


gone = partial(render, template_name="panel/invitation_gone.html", status=410)


urls = [
    path("", users, name="users"),
    path("invite/", invite, name="invite"),
    path("<int:pk>/", user, name="user"),
    path("<int:pk>/invite/", invite_again, name="invite-again"),
    path("<int:pk>/account/", account, name="account"),
    path("sign-ins/", sign_ins, name="sign-ins"),
    path("hand-over/", hand_over, name="hand-over"),
]
