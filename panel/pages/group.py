"""The page of a matter: the cases of a group, where they stand, and the steps that can be taken for all of them."""

from collections import Counter

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from panel.access import rules
from panel.casework.errors import Invalid, Stale
from panel.casework.offers import list_roles
from panel.casework.together import (
    NotTogether,
    looks_at,
    members_seen,
    offered_together,
    perform_together,
    versions_in,
)
from panel.law import clock
from panel.law.period import day_words, plural
from panel.law.spoken import say
from panel.models import GroupMember
from panel.pages.base import in_panel, page_of
from panel.pages.case_list import column_heads
from panel.pages.drafts import typed
from panel.pages.group_step import GroupStepView, group_of
from panel.pages.joining import JoinManyForm
from panel.pages.words import Cell, case_url, due_fact

AT_HAND = 5  # steps that the page shows without unfolding anything


def matter_words(number: int, register) -> str:
    """How many cases of one matter: "49 complaints, 1 matter"."""
    return f"{plural(number, register.case_word)}, 1 matter"


@require_safe
@in_panel("case.list")
def group(request, panel, who, register, number):
    """A matter: what can be done for all of its cases, where they stand, and which they are."""
    found = group_of(who, register, number)
    rows = members_seen(found, who)
    looks = looks_at(panel, register, rows.values_list("pk", flat=True), request.user, who)
    list_page = register.list_page
    page = page_of(request, list_page.with_rows(rows))
    listing = list_page.listing(panel, who, request.user, request.GET)
    heads = [Cell({**head, "url": None, "sort": None}) for head in column_heads(list_page, listing, request.GET.copy())]
    dues = [look.case.next_due for look in looks if look.case.next_due]
    days = [look.case.received_on for look in looks]
    facts = [
        *([{"label": "First received", "value": day_words(min(days))}] if days else []),
        *([{"label": "Latest", "value": day_words(max(days))}] if len(set(days)) > 1 else []),
        *([due_fact(min(dues), clock.today())] if dues else []),
    ]
    context = {
        "identity": {
            "reference": str(found), "title": found.title, "facts": facts,
            "badges": [{"kind": "plain", "words": matter_words(len(looks), register)}],
        },
        "back": {"url": reverse("panel:cases", args=[panel.slug, register.slug]), "words": register.words},
        "next": next_for_all(found, looks),
        "stand": where_they_stand(found, looks, register),
        "columns": heads, "page": page, "register": register,
        "rows": [
            list_page.row_of(case, who, register.follows(case.procedure), case_url(case, register))
            for case in page.object_list
        ],
        "left": those_that_left(found, who, register),
        "join_url": reverse("panel:group-join", args=[panel.slug, register.slug, found.number])
        if rules.may(who, "group.join") else "",
    }  # fmt: skip
    return render(request, "panel/group.html", context)


def next_for_all(found, looks) -> dict | None:
    """The steps that can be taken for all: the one that moves them first, then links, the rest folded by chapter."""
    if not looks or not any(look.roles for look in looks):
        return None
    own = looks[0].register.presenter(looks[0])
    offered = offered_together(looks)
    links, rare = [], []
    for step, number in offered:
        mine = not step.decided_by or any(look.roles & set(step.decided_by) for look in looks)
        url = reverse("panel:group-step", args=[found.panel.slug, found.register, found.number, step.key])
        of = plural(number, looks[0].register.case_word) if number < len(looks) else f"all {number}"
        note = f"For {of}. {step.hint}".strip()
        if not mine:
            note = f"{note} Decided by {list_roles(step.decided_by)}: you type it up."
        row = {"key": step.key, "words": step.label, "url": url, "note": note, "provision": step.provision}
        onward = step.key in own.onward and not step.folded
        (links if onward or (mine and not step.folded) else rare).append((not (onward and mine), row))
    links.sort(key=lambda pair: pair[0])
    rows = [row for _, row in links]
    asked = what_is_due(looks)
    button = next((row for row in rows if row["key"] == asked), None)
    if button is None and links and not links[0][0]:
        button = rows[0]
    rows = [row for row in rows if row is not button]
    procedure = looks[0].procedure
    together: dict[str, list] = {heading: [] for heading, _ in procedure.groups}
    for row in [*rows[AT_HAND:], *(row for _, row in rare)]:
        together.setdefault(procedure.group_of(row["key"]), []).append(row)
    groups = [{"heading": heading, "steps": steps} for heading, steps in together.items() if steps]
    nothing = "" if offered else "Nothing can be done for them together now."
    return {"heading": "Steps for all of them", "button": button, "steps": rows[:AT_HAND], "groups": groups,
            "nothing": nothing}  # fmt: skip


def what_is_due(looks) -> str:
    """The step that meets the most urgent duty of this person on any of the cases; "" where nothing waits for them."""
    found = []
    for look in looks:
        for duty in look.open_duties:
            kind = look.procedure.duty(duty.kind)
            if kind.owner in look.roles and not kind.continuing and not duty.sleeps(look.today) and duty.due:
                found.append((not (duty.is_over(look.today) and kind.late_in_law), duty.due, duty.pk, kind.met_by))
    return min(found)[-1] if found else ""


def where_they_stand(found, looks, register) -> list[dict]:
    """How many stand where, each a link to them in the list."""
    counted = Counter(look.case.status for look in looks)
    base = reverse("panel:cases", args=[found.panel.slug, register.slug])
    rows = []
    for state in looks[0].procedure.states if looks else ():
        if counted[state.key]:
            url = f"{base}?group={found.pk}&status={state.key}&show=all"
            rows.append({"words": say(state.label), "number": counted[state.key], "url": url})
    return rows


def those_that_left(found, who, register) -> list[dict]:
    """The cases that were in the group, of those that the person sees, with day, person and reason."""
    rows = GroupMember.objects.filter(group=found).exclude(to_entry=None)
    seen = register.case_model.objects.filter(rules.visible(who), pk__in=rows.values("case"))
    cases = {case.pk: case for case in seen.select_related("panel")}
    left = []
    for row in rows.filter(case__in=cases).select_related("to_entry__by").order_by("-pk"):
        entry = row.to_entry
        left.append({
            "words": str(cases[row.case_id]), "url": case_url(cases[row.case_id], register),
            "note": f"{day_words(entry.on)}, {entry.by_words}: {entry.why}",
        })  # fmt: skip
    return left


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("group.join", kept="Let complaints join a group")
def group_join(request, panel, who, register, number):
    """Choose which cases join the group, and say why; all of them or none."""
    found = group_of(who, register, number)
    back = found.get_absolute_url()
    posted = request.method == "POST" and "look" not in request.POST
    form = JoinManyForm(found, who, register, typed(request))
    barred, status = [], 200
    if posted and form.is_valid():
        try:
            entries = perform_together(
                panel, register, form.chosen(), "join_group", by=request.user, data=form.answers(),
                seen=versions_in(form.cleaned_data["versions"]),
            )  # fmt: skip
        except NotTogether as hindered:
            barred, status = hindered.barred, 422
        except Invalid as invalid:
            form.take_over(invalid.form)
            status = 422
        except Stale as stale:
            form.add_error(None, f"{stale.case.reference} was changed while you were writing. Nothing was done.")
            status = 409
        else:
            messages.success(request, f"{plural(len(entries), register.case_word)} joined {found}.")
            return redirect(back)
    elif posted:
        status = 422
    context = {
        "form": form, "group": found, "back": {"url": back, "words": str(found)}, "register": register,
        "barred": [{"reference": b.case.reference, "why": b.refusal.reason} for b in barred],
    }  # fmt: skip
    return render(request, "panel/group_join.html", context, status=status)


group_step = require_http_methods(["GET", "HEAD", "POST"])(
    in_panel("case.list", kept="Step for a group")(GroupStepView.as_view())
)

urls = [
    path("<slug:number>/", group, name="group"),
    path("<slug:number>/join/", group_join, name="group-join"),
    path("<slug:number>/<slug:key>/", group_step, name="group-step"),
]
