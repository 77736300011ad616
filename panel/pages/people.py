"""A panel's people and its settings: one page that lists them, one page to add or change each."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_safe

from panel.access import rules
from panel.casework import drafts
from panel.forms.record_form import record
from panel.law import clock
from panel.models import PanelSettings
from panel.pages.base import in_panel
from panel.pages.drafts import typed
from panel.pages.interests_forms import PoliticalGroupForm
from panel.pages.people_forms import FORMS
from panel.pages.people_page import PeoplePage, panel_tabs
from panel.pages.pool_form import PoolForm
from panel.pages.settings_forms import SettingsForm
from panel.pages.settings_page import changes_table, settings_groups, settings_rows
from panel.pages.tables import table

KINDS = {**FORMS, "pool": PoolForm, "groups": PoliticalGroupForm}


def form_page(request, make, *, heading, back, lead="", written=None, again=""):
    """The page of a record form: shown, checked, written, or with what somebody else changed meanwhile.

    `make` makes the form from the given data (None: as on record), with its row read anew. `back` is (url, words) of
    the page before, to which it goes once written; `written` is then called with form and row. `again` is the address to
    which “Save and add another” goes instead.
    """
    status = 200
    if request.method == "POST":
        form, row = record(lambda: make(request.POST))
        if row is not None:
            messages.success(request, " ".join([form.done(row), *form.notes]))
            if written:
                written(form, row)
            return redirect(again if again and "another" in request.POST else back[0])
        if form.is_valid():
            drafts.finished(request.user, request.press.key if request.press else "")
            messages.info(request, "Nothing was different, so nothing was changed.")
            return redirect(back[0])
    else:
        form = make(typed(request))
    if form.errors and form.conflicts:
        heading, status = (
            f"{form.changed_by} changed this while you were writing",
            409 if request.method == "POST" else 200,
        )
        form = form.rebased()
    context = {"form": form, "heading": heading, "lead": lead, "cancel_url": back[0], "back_words": back[1]}
    context["conflicts"] = table("What they changed", ("Question", "As it is now", "As you left it"), [
        [c.label, c.theirs, {"words": c.mine, "note": "You had not changed it: theirs stays" if c.untouched else ""}]
        for c in form.conflicts
    ])  # fmt: skip
    return render(request, "panel/record_form.html", context, status=status)


@require_safe
@in_panel("people.view")
def people(request, panel, who):
    """Everybody on and around the panel."""
    page = PeoplePage(panel, who)
    context = {"tabs": panel_tabs(panel, who, "panel:people"), "sections": page.sections()}
    if page.change:
        context["ways"] = [
            {"words": "Add many people", "url": reverse("panel:many-people", args=[panel.slug])},
            {"words": "What is still to set up", "url": reverse("panel:set-up", args=[panel.slug])},
        ]
    return render(request, "panel/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("people.change", kept="People of the Panel")
def person(request, panel, who, kind, pk=None):
    """Add or change one council, member, substitute, term as Chairman, or office holder."""
    if kind not in KINDS:
        raise Http404
    form_class = KINDS[kind]
    if pk is not None:
        get_object_or_404(form_class.model, panel=panel, pk=pk)

    def make(data):
        row = form_class.model.objects.get(panel=panel, pk=pk) if pk is not None else None
        return form_class(panel, request.user, row, data)

    article = "an" if form_class.one[0] in "aeiou" else "a"
    heading = f"Add {article} {form_class.one}" if pk is None else f"Change the {form_class.one}"
    back = (reverse("panel:people", args=[panel.slug]), "People")
    again = reverse("panel:person-add", args=[panel.slug, kind]) if pk is None else ""
    return form_page(request, make, heading=heading, back=back, again=again)


@require_safe
@in_panel("settings.view")
def settings(request, panel, who):
    """The settings in force, those to come and those past."""
    current, to_come, past = settings_rows(panel)
    context = {
        "tabs": panel_tabs(panel, who, "panel:settings"),
        "current": current,
        "groups": settings_groups(current or PanelSettings(panel=panel, from_date=clock.today())),
        "change_url": reverse("panel:settings-change", args=[panel.slug]) if rules.may(who, "settings.change") else "",
        "to_come": [{**c, "table": changes_table(c)} for c in to_come],
        "past": [{**c, "table": changes_table(c)} for c in past],
    }
    return render(request, "panel/settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("settings.change", kept="Settings")
def settings_change(request, panel, who):
    """Change the settings from a day on. `?from=2027-01-01` starts from the row that begins on that day."""
    try:
        day = parse_date(request.GET.get("from", ""))
    except ValueError:
        day = None

    def make(data):
        chosen = panel.settings.filter(from_date=day).first() if day else None
        return SettingsForm(panel, request.user, chosen or panel.settings_on(clock.today()), data)

    back = (reverse("panel:settings", args=[panel.slug]), "Settings")
    return form_page(request, make, heading="Change the settings from a day on", back=back)


urls = [
    path("", people, name="people"),
    path("<slug:kind>/add/", person, name="person-add"),
    path("<slug:kind>/<int:pk>/", person, name="person"),
]
settings_urls = [
    path("", settings, name="settings"),
    path("change/", settings_change, name="settings-change"),
]
