"""The pages of an installation administrator: the panels, a new one, what one is called, who sets it up."""

from functools import partial, wraps

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_safe

from panel.access import rules
from panel.accounts.views import send
from panel.installation import administrators
from panel.installation.closing import ClosingForm
from panel.installation.forms import AddPanelForm, AdministratorForm, HolidayForm, NamesForm
from panel.law import clock
from panel.law.period import day_words, long_date, plural
from panel.law.roles import Role
from panel.models import BankHoliday, Membership, Panel
from panel.pages.drafts import typed
from panel.pages.people import form_page
from panel.pages.tables import between, table
from panel.record.act import PanelClosed


def in_installation(view=None, *, kept=""):
    """A decorator: the page is there for installation administrators alone; everybody else finds nothing. What is typed on a
    page with `kept`, which says what it is for, becomes a draft if it cannot be entered."""
    if view is None:
        return partial(in_installation, kept=kept)

    @wraps(view)
    def inner(request, *args, **kwargs):
        if not rules.runs_installation(request.user):
            raise Http404
        try:
            response = view(request, *args, **kwargs)
        except PanelClosed as closed:
            response = render(
                request, "403.html", {"heading": "This Panel is closed", "exception": str(closed)}, status=403
            )
        add_never_cache_headers(response)
        return response

    inner.kept = kept
    return inner


def back():
    """Where the pages go back to."""
    return reverse("installation"), "Panels"


def closing_cell(panel) -> str:
    """From which day it is closed."""
    if panel.closed_from is None:
        return "No"
    return f"{'Since' if panel.closed_on(clock.today()) else 'From'} {day_words(panel.closed_from)}"


def panels_table(rows) -> dict:
    """The panels, with what an installation administrator can do about each."""
    cells = [
        [
            {"words": panel.names.name, "url": reverse("installation-panel", args=[panel.slug])},
            panel.slug, panel.code, panel.names.host_authority,
            "Yes" if panel.has_administrator
            else {"words": "Invite one", "url": reverse("installation-administrator", args=[panel.slug])},
            {"words": closing_cell(panel), "url": reverse("installation-closing", args=[panel.slug])},
        ]
        for panel in rows
    ]  # fmt: skip
    return table("Panels", ("Name", "Address", "Letters", "Host authority", "Has an administrator", "Closed"), cells)


@require_safe
@in_installation
def installation(request):
    """Every panel by name, and who makes panels. Nothing about their people or cases."""
    today = clock.today()
    held = Membership.objects.in_force(today).filter(role=Role.ADMINISTRATOR, user__is_active=True)
    rows = Panel.objects.on(today).annotate(has_administrator=Exists(held.filter(panel=OuterRef("pk"))))
    who = [[row.user.name, row.user.email, between(row)] for row in administrators.today()]
    context = {
        "holidays": holidays_table(),
        "table": panels_table(rows) if rows else None,
        "who": table("Installation administrators", ("Name", "Email address", "Days"), who),
    }
    return render(request, "site/installation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_installation(kept="Make a panel")
def add_panel(request):
    """Make a panel, and invite who sets it up."""
    form = AddPanelForm(request.user, typed(request))
    url, words = back()
    if request.method == "POST" and form.is_valid() and (made := form.write()):
        messages.success(request, f"Made the {made.panel.name}. Its pages are at /{made.panel.slug}/.")
        if made.administrator:
            send(request, made.administrator)
        return redirect(url)
    context = {"form": form, "heading": "Make a panel", "cancel_url": url, "back_words": words}
    return render(request, "panel/record_form.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@in_installation(kept="Names and addresses of a panel")
def panel_names(request, slug):
    """What a panel is called, and where complaints about its Commissioner go, from a day on."""
    get_object_or_404(Panel, slug=slug)

    def make(data):
        panel = Panel.objects.get(slug=slug)
        return NamesForm(panel, request.user, panel.settings_on(clock.today()), data)

    return form_page(request, make, heading="Names and addresses", back=back(), lead=LEAD)


LEAD = "A change holds from a day on: papers made before keep the old name. The Panel’s address and its letters never change."


@require_http_methods(["GET", "HEAD", "POST"])
@in_installation(kept="Invite an administrator")
def panel_administrator(request, slug):
    """Invite who sets a panel up."""
    panel = get_object_or_404(Panel, slug=slug)
    return form_page(
        request,
        lambda data: AdministratorForm(panel, request.user, None, data),
        heading=f"Invite an administrator of the {panel.names.name}",
        back=back(),
        written=lambda form, row: send(request, row),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_installation(kept="Closing of a panel")
def panel_closing(request, slug):
    """From which day a panel is closed, and what came in its place."""
    get_object_or_404(Panel, slug=slug)

    def make(data):
        panel = Panel.objects.get(slug=slug)
        return ClosingForm(panel, request.user, panel, data)

    return form_page(request, make, heading="Close a panel", back=back(), lead=CLOSING)


CLOSING = (
    "From that day everything can still be read and had as files, and nothing can be added: no case, no step, no letter, nothing "
    "about its people or its settings. What must still be done is to be done before. Roles can be given and ended, and cases "
    "erased at the end of their time."
)


def holidays_table() -> dict | None:
    """The bank holidays that were entered, newest first."""
    rows = BankHoliday.objects.select_related("entered_by").order_by("-pk")
    cells = [
        [long_date(row.day), row.name if row.holds else "No bank holiday after all",
         row.entered_by.name if row.entered_by else "The command line"]
        for row in rows
    ]  # fmt: skip
    return table("Bank holidays", ("Day", "Name", "Entered by"), cells) if cells else None


@require_http_methods(["GET", "HEAD", "POST"])
@in_installation(kept="Enter a bank holiday")
def add_holiday(request):
    """Enter a bank holiday that was announced after the list was made, or take one back."""
    form = HolidayForm(typed(request))
    url, words = back()
    if request.method == "POST" and form.is_valid():
        number = form.write(request.user)
        moved = f"{plural(number, 'open day')} moved." if number else "No open day moved."
        messages.success(request, f"{long_date(form.cleaned_data['day'])} is entered. {moved}")
        return redirect(url)
    context = {
        "form": form, "heading": "Enter a bank holiday", "lead": HOLIDAYS, "cancel_url": url, "back_words": words,
    }  # fmt: skip
    return render(request, "panel/record_form.html", context, status=422 if request.method == "POST" else 200)


HOLIDAYS = (
    "Those that are known already are counted without it. Open days that count working days move for every panel; the day "
    "that each had before stays on its record."
)


urls = [
    path("", installation, name="installation"),
    path("bank-holidays/add/", add_holiday, name="installation-holiday"),
    path("panels/add/", add_panel, name="installation-add"),
    path("panels/<slug:slug>/", panel_names, name="installation-panel"),
    path("panels/<slug:slug>/closing/", panel_closing, name="installation-closing"),
    path("panels/<slug:slug>/administrator/", panel_administrator, name="installation-administrator"),
]
