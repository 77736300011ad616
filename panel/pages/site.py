"""The pages outside a panel: where one begins, signing in, help, what each role may, statements, health."""

from allauth.account import urls as accounts
from allauth.account.views import LoginView
from allauth.socialaccount import views as sso
from allauth.socialaccount.providers.openid_connect.urls import urlpatterns as openid_connect
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.models import Q
from django.http import HttpResponseServerError, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.urls import include, path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from panel.access import rules
from panel.law import clock
from panel.law.period import plural
from panel.models import User
from panel.pages.health import WELL, state_of
from panel.pages.owned import open_duties
from panel.pages.roles_page import actions_table, procedure_tables
from panel.pages.sign_in_page import demo_accounts


@require_safe
def start(request):
    """The person's only panel, or the choice between several."""
    panels, runs = list(rules.panels(request.user)[:2]), rules.runs_installation(request.user)
    if not panels and runs:
        return redirect("installation")
    return redirect(panels[0]) if len(panels) == 1 and not runs else redirect("choose-panel")


@require_safe
def choose_panel(request):
    """The panels in which the person holds a role today, with what waits for them in each; none of the others is named. Who
    has one alone goes there."""
    panels, runs = list(rules.panels(request.user)), rules.runs_installation(request.user)
    if len(panels) == 1 and not runs:
        return redirect(panels[0])
    rows = [{"panel": panel, "waits": what_waits(request.user, panel)} for panel in panels]
    return render(request, "site/choose_panel.html", {"panels": rows, "runs": runs})


def what_waits(user, panel) -> str:
    """How much waits for the person in that panel: "3 things wait for you, 1 past its day"."""
    who, today = rules.standing(user, panel), clock.today()
    rows = open_duties(who, who.roles, panel).order_by().filter(Q(waits_for="") | Q(waits_until__lt=today))
    number = rows.values("case", "kind").distinct().count()
    late = rows.filter(due__lt=today, stopped_on=None).values("case", "kind").distinct().count()
    if not number:
        return "Nothing waits for you"
    waits = f"{plural(number, 'thing')} {'waits' if number == 1 else 'wait'} for you"
    return f"{waits}, {late} past its day" if late == 1 else f"{waits}, {late} past their day" if late else waits


@login_not_required
@never_cache
@require_safe
def health(request):
    """Whether what must be is: 200 or 503 with each thing by name, and nothing about any case."""
    found = state_of(connection)
    well = found == WELL
    return JsonResponse({"status": "well" if well else "wrong", **found}, status=200 if well else 503)


@login_not_required
@require_safe
def roles(request):
    """What each role can see and do, from the rule book and the procedures themselves."""
    return render(request, "site/roles.html", {"actions": actions_table(), "registers": procedure_tables()})


@login_not_required
@require_safe
def accessibility(request):
    """The accessibility statement."""
    return render(request, "site/accessibility.html")


@login_not_required
@require_safe
def privacy(request):
    """What is kept about whom, and for how long."""
    return render(request, "site/privacy.html")


def server_error(request):
    """The page of an error of ours, with the reference under which the log has it. It asks the database nothing."""
    found = get_template("500.html").render({"reference": getattr(request, "reference", "")})
    return HttpResponseServerError(found)


class SignIn(LoginView):
    """Signing in, also with the council's own account where that is set up. In demo mode the accounts stand beside the
    form, and `?as=` fills it in."""

    def get_initial(self):
        """Nothing, or a demo account's address and password."""
        wanted = self.request.GET.get("as", "").replace("\0", "")  # which PostgreSQL takes in no text
        if settings.DEMO and User.objects.filter(email=wanted, is_demo=True).exists():
            return {"login": wanted, "password": settings.DEMO_PASSWORD}
        return super().get_initial()

    def get_context_data(self, **kwargs):
        """With the demo's accounts, in demo mode only."""
        context = super().get_context_data(**kwargs)
        if settings.OIDC_ISSUER:
            context["single_sign_on"] = {
                "url": reverse("openid_connect_login", args=["council"]),
                "words": f"Sign in with {settings.OIDC_NAME}",
            }
        if settings.DEMO:
            context["demo_accounts"] = demo_accounts(self.request.GET.get("next", ""))
            context["demo_password"] = settings.DEMO_PASSWORD
        return context


# Of allauth's pages those we use. Its page of e-mail addresses is not among them: by it, people could give themselves
# another address than the one they were invited with.
USED = {
    "account_logout",
    "account_inactive",
    "account_signup",  # says that it is closed
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
account_urls = [
    path("login/", SignIn.as_view(), name="account_login"),
    *[page for page in accounts.urlpatterns if page.name in USED],
    path("second-factor/", include("allauth.mfa.urls")),
    path("", include(openid_connect)),
    path("council-sign-in/cancelled/", sso.login_cancelled, name="socialaccount_login_cancelled"),
    path("council-sign-in/error/", sso.login_error, name="socialaccount_login_error"),
]
