"""Who acts in a panel: what holds, what is to come and what held before; changing it, and agreeing to a change."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from panel.access import rules
from panel.casework import arrangements
from panel.law import clock
from panel.law.period import day_words
from panel.law.roles import Consulted, Role
from panel.models import Arrangement
from panel.pages.answers import hidden_answers
from panel.pages.base import in_panel
from panel.pages.people_names import People
from panel.pages.people_page import panel_tabs
from panel.pages.tables import table
from panel.pages.who_acts_form import WhoActsForm
from panel.procedure.who_acts import Arrangement as Found

COLUMNS = ("Step", "Who acts", "After asking", "What the law allows")


@require_safe
@in_panel("settings.view")
def who_acts(request, panel, who):
    """By chapter: each step, who acts, after asking whom, and what the law allows."""
    rows = list(panel.arrangements.select_related("agreed_by", "proposed_by"))
    waiting = [r for r in rows if r.dropped_on is None and (r.waits or r.from_date > clock.today())]
    earlier = [r for r in rows if r not in waiting and r.dropped_on is None]
    since = max((r.from_date for r in earlier), default=None)
    context = {
        "tabs": panel_tabs(panel, who, "panel:who-acts"),
        "since": since,
        "groups": groups(panel, who),
        "to_come": to_come(panel, who, waiting) if waiting else None,
        "earlier": changes_table("Earlier arrangements", earlier) if earlier else None,
        "earlier_words": f"All arrangements so far ({len(earlier)})",
    }
    return render(request, "panel/who_acts.html", context)


def groups(panel, who) -> list[dict]:
    """The matters of every register under their headings."""
    found: dict[str, list] = {}
    changes = rules.may(who, "settings.change")  # who only reads is offered nothing
    for procedure, matter in arrangements.matters().values():
        now = arrangements.in_force(panel, matter, procedure, clock.today())
        change = {"words": ""}
        if changes and not matter.fixed:
            url = reverse("panel:who-acts-change", args=[panel.slug, matter.key])
            change = {"words": "Change", "url": url, "hidden": f"who acts: {matter.label}"}
        asked = arrangements.after_words(now.after) or "–"
        cells = [
            matter.label,
            arrangements.who_words(procedure, matter, now),
            asked,
            matter.law,
            *([change] if changes else []),
        ]
        found.setdefault(matter.heading, []).append(cells)
    columns = (*COLUMNS, "Change") if changes else COLUMNS
    out = [{"heading": heading, "table": table(heading, columns, rows)} for heading, rows in found.items()]
    for group in out if changes else ():
        group["table"]["columns"][-1]["quiet"] = True
    return out


def words_of(row) -> str:
    """What a change says."""
    return arrangements.stored_words(row.stored)


def label_of(row) -> str:
    """The matter of a change; one that is declared no more by its key."""
    found = arrangements.matters().get(row.matter)
    return found[1].label if found else row.matter


def to_come(panel, who, rows) -> dict:
    """Changes whose day has not come, or to which nobody has agreed."""
    officer = People(panel, clock.today()).who(Role.MONITORING_OFFICER)
    found = []
    for row in rows:
        procedure, matter = arrangements.matters()[row.matter]
        now = arrangements.in_force(panel, matter, procedure, clock.today())
        before = arrangements.stored_words(now.stored)
        waits = {"tag": {"words": f"Waiting for {officer.replace('The ', 'the ')}", "colour": "yellow"}}
        url = reverse("panel:who-acts-agree", args=[panel.slug, row.pk])
        step = {"words": matter.label, "url": url} if row.waits and rules.may(who, "settings.change") else matter.label
        agreed = f"{row.agreed_by.name}, {day_words(row.agreed_on)}" if row.agreed_by else "No agreement was needed"
        found.append([day_words(row.from_date), step, before, words_of(row), waits if row.waits else agreed])
    return table("To come", ("From", "Step", "Now", "Then", "Agreed"), found)


def changes_table(caption, rows) -> dict:
    """Changes that hold or held, newest first."""
    found = [
        [
            day_words(r.from_date), label_of(r), words_of(r), r.agreed_where,
            f"{r.agreed_by.name}, {day_words(r.agreed_on)}" if r.agreed_by else "No agreement was needed",
        ]
        for r in reversed(rows)
    ]  # fmt: skip
    return table(caption, ("From", "Step", "Who acts", "Where it was agreed", "Agreed by"), found)


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("settings.change")
def change(request, panel, who, matter):
    """Ask, show what will follow, and keep the change."""
    procedure, found = arrangements.matters().get(matter, (None, None))
    if found is None or found.fixed:
        raise Http404
    posted = request.POST if request.method == "POST" and "change" not in request.POST else None
    form = WhoActsForm(panel, request.user, procedure, found, posted)
    if posted is None and request.method == "POST":
        form = WhoActsForm(panel, request.user, procedure, found)
        form.initial = {
            name: field.widget.value_from_datadict(request.POST, {}, name) for name, field in form.fields.items()
        }
    back = {"url": reverse("panel:who-acts", args=[panel.slug]), "words": "Who acts"}
    context = {
        "form": form,
        "matter": found,
        "back": back,
        "cancel_url": back["url"],
        "now": now_of(panel, procedure, found),
    }
    if posted is None or not form.is_valid():
        return render(request, "panel/who_acts_change.html", context, status=422 if posted is not None else 200)
    if "confirmed" not in request.POST:
        context |= {
            "rows": answered(form), "follows": form.follows(People(panel, clock.today())),
            "hidden": hidden_answers(request.POST),
        }  # fmt: skip
        return render(request, "panel/who_acts_check.html", context)
    row = arrangements.propose(
        panel, request.user, found, form.cleaned_data["from_date"], form.found, form.cleaned_data["agreed_where"],
        agreed=form.agrees,
    )  # fmt: skip
    officer = People(panel, clock.today()).who(Role.MONITORING_OFFICER)
    waits = f" It holds once {officer.replace('The ', 'the ')} agrees." if row.waits else ""
    messages.success(request, f"{found.label}: {words_of(row)}, from {day_words(row.from_date)}.{waits}")
    return redirect(back["url"])


def now_of(panel, procedure, matter) -> list[dict]:
    """What holds today, for the side of the page."""
    now = arrangements.in_force(panel, matter, procedure, clock.today())
    rows = panel.arrangements.filter(matter=matter.key, from_date__lte=clock.today(), dropped_on=None)
    since = rows.exclude(agreed_on=None).order_by("from_date").last()
    return [
        {"label": "Who acts", "value": arrangements.who_words(procedure, matter, now)},
        {"label": "After asking", "value": arrangements.after_words(now.after) or "Nobody"},
        {"label": "Since", "value": day_words(since.from_date) if since else "The beginning"},
    ]


def answered(form) -> list[dict]:
    """The answers, for the page that shows them again."""
    return [
        {"label": "From", "value": day_words(form.cleaned_data["from_date"])},
        {"label": "Who acts", "value": form.words(form.found.who)},
        {"label": "After asking", "value": arrangements.after_words(form.found.after) or "Nobody"},
        {"label": "Where it was agreed", "value": form.cleaned_data["agreed_where"]},
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("settings.change")
def agree(request, panel, who, pk):
    """The Monitoring Officer agrees to a change, or does not; an administrator may drop what waits."""
    row = get_object_or_404(Arrangement.objects.select_related("panel", "proposed_by"), panel=panel, pk=pk)
    back = {"url": reverse("panel:who-acts", args=[panel.slug]), "words": "Who acts"}
    if not row.waits:
        messages.info(request, "That change waits for nobody any more.")
        return redirect(back["url"])
    procedure, matter = arrangements.matters()[row.matter]
    may_agree = rules.may_agree(who)
    error = ""
    if request.method == "POST" and "drop" in request.POST:
        arrangements.drop(row, request.user)
        messages.success(request, f"{matter.label}: nothing changes.")
        return redirect(back["url"])
    if request.method == "POST" and may_agree:
        error = arrangements.nobody_to_act(panel, Role(row.who), row.from_date)
        if not error:
            arrangements.agree(row, request.user)
            messages.success(request, f"{matter.label}: {words_of(row)}, from {day_words(row.from_date)}.")
            return redirect(back["url"])
    found = Found(Role(row.who), tuple(Consulted(kind) for kind in row.after))
    rows = [
        {"label": "From", "value": day_words(row.from_date)},
        {"label": "Who acts", "value": arrangements.who_words(procedure, matter, found)},
        {"label": "After asking", "value": arrangements.after_words(found.after) or "Nobody"},
        {"label": "Where it was agreed", "value": row.agreed_where},
        {"label": "Entered by", "value": f"{row.proposed_by or 'The command line'}, {day_words(row.proposed_on)}"},
    ]
    context = {
        "matter": matter, "rows": rows, "now": now_of(panel, procedure, matter), "back": back, "may_agree": may_agree,
        "error": error,
    }  # fmt: skip
    return render(request, "panel/who_acts_agree.html", context, status=422 if error else 200)


urls = [
    path("", who_acts, name="who-acts"),
    path("<slug:matter>/", change, name="who-acts-change"),
    path("changes/<int:pk>/", agree, name="who-acts-agree"),
]
