"""The register of members' interests: one list, a page for each member, and what staff enter."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from panel.access import rules
from panel.casework import interests_kept
from panel.law import clock
from panel.law.period import day_words, plural
from panel.models import Member, RegisteredInterest
from panel.pages.base import in_panel
from panel.pages.downloads import TABLES, table_file
from panel.pages.drafts import typed
from panel.pages.interests_forms import EraseInterestForm, InterestForm, may_change
from panel.pages.people import form_page
from panel.pages.people_page import panel_tabs
from panel.pages.tables import between, is_past, table
from panel.record import access_log

HEADS = ("Member", "Interest", "Whom or what it concerns", "Declared", "Days")
EXPORTED = ("Member", "Heading", "Interest", "Whom or what it concerns", "Declared on", "Where", "From", "Until")


def seen(panel, who):
    """The interests that the person sees, by member."""
    rows = RegisteredInterest.objects.filter(rules.interests(who), panel=panel)
    return rows.select_related("member", "panel").order_by("member__name", "from_date", "pk")


def cells(panel, who, row) -> list:
    """One interest as a row."""
    name = {"words": row.member.name, "url": reverse("panel:interests-of", args=[panel.slug, row.member_id])}
    what = {"words": row.what, "note": row.get_kind_display()}
    if row.erased_on:
        what["note"] = f"Erased on {day_words(row.erased_on)}"
    elif may_change(who, row):
        what["url"] = reverse("panel:interest", args=[panel.slug, row.pk])
    where = {"words": day_words(row.declared_on), "note": row.declared_where}
    days = {"words": between(row)}
    if row.erased_on is None and rules.may(who, "interests.erase") and interests_kept.has_ended(row, clock.today()):
        over = interests_kept.is_over(row, panel)
        days |= {"note": "Its time is over" if over else "", "late": over}
        days |= {"words": f"{between(row)}. Erase", "url": reverse("panel:interest-erase", args=[panel.slug, row.pk])}
    return [name, what, ", ".join(filter(None, row.concerns.splitlines())), where, days]


def shown(panel, who, rows) -> dict:
    """The tables: interests that last, and those that are over or whose members have left."""
    over = [row for row in rows if is_past(row) or is_past(row.member)]
    now = [row for row in rows if row not in over]
    return {
        "now": table("Interests", HEADS, [cells(panel, who, row) for row in now]) if now else None,
        "past": table("Interests that are over", HEADS, [cells(panel, who, row) for row in over]) if over else None,
        "past_words": f"Over, or of former members ({len(over)})",
        "summary": f"{plural(len(now), 'interest')} of {plural(len({row.member_id for row in now}), 'member')}.",
        "change": rules.may(who, "interests.change"),
        "own": not who.roles & set(rules.ALL_CASES),
        "exports": rules.may(who, "case.export"),
    }


@require_safe
@in_panel("interests.view")
def interests(request, panel, who):
    """One list."""
    access_log.note(request, what="list")
    context = {"tabs": panel_tabs(panel, who, "panel:interests"), **shown(panel, who, list(seen(panel, who)))}
    return render(request, "panel/interests.html", context)


@require_safe
@in_panel("interests.view")
def interests_of(request, panel, who, pk):
    """Those of one member; a member finds nothing on another's page."""
    member = get_object_or_404(Member.objects.select_related("council"), panel=panel, pk=pk)
    if not who.roles & set(rules.ALL_CASES) and member.user_id != who.user_id:
        raise Http404
    access_log.note(request, what=str(member.pk))
    found = shown(panel, who, list(seen(panel, who).filter(member=member)))
    council = member.council.name if member.council else member.get_kind_display()
    context = {
        "member": member,
        "caption": f"{council}. Member {between(member)[:1].lower()}{between(member)[1:]}",
        **found,
    }
    return render(request, "panel/interests_of.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("interests.change", kept="Register of interests")
def interest(request, panel, who, pk=None):
    """Add or change one. `?member=12` has the member chosen."""
    if pk is not None:
        get_object_or_404(RegisteredInterest, panel=panel, pk=pk, erased_on=None)

    def make(data):
        row = RegisteredInterest.objects.get(panel=panel, pk=pk, erased_on=None) if pk is not None else None
        chosen = {"member": request.GET.get("member", "")} if pk is None else None
        return InterestForm(panel, request.user, row, data, initial=chosen)

    back = (reverse("panel:interests", args=[panel.slug]), "Register of interests")
    again = reverse("panel:interest-add", args=[panel.slug]) if pk is None else ""
    heading = "Add an interest" if pk is None else "Change the interest"
    return form_page(request, make, heading=heading, back=back, again=again)


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("interests.erase")
def erase(request, panel, who, pk):
    """Erase what one says. While it lasts and the member is one, it stays."""
    row = get_object_or_404(seen(panel, who), pk=pk, erased_on=None)
    back = reverse("panel:interests", args=[panel.slug])
    if not interests_kept.has_ended(row, clock.today()):
        messages.error(request, "It lasts, and they are a member: enter its last day first. Nothing was erased.")
        return redirect(back)
    form = EraseInterestForm(typed(request))
    if request.method == "POST" and form.is_valid():
        interests_kept.erase(row, by=request.user, why=form.cleaned_data["why"])
        messages.success(request, f"What the interest of {row.member.name} said is erased.")
        return redirect(back)
    until = interests_kept.kept_until(row, panel)
    kept = f"The Panel keeps it until {day_words(until)}." if until else "The Panel has set no years for it."
    context = {
        "form": form, "heading": "Erase what the interest says", "cancel_url": back, "back_words": "Register of interests",
        "lead": f"{row.member.name}: {row.what}. {kept} Its words go for good, from every earlier version too; its days and "
        "whose it was stay.",
    }  # fmt: skip
    return render(request, "panel/record_form.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@in_panel("case.export")
def interests_file(request, panel, who, kind):
    """The register as CSV or Excel."""
    if kind not in TABLES:
        raise Http404
    access_log.note(request, what="interests")
    rows = (
        (
            r.member.name,
            r.get_kind_display(),
            r.what,
            r.concerns,
            r.declared_on,
            r.declared_where,
            r.from_date,
            r.to_date,
        )
        for r in seen(panel, who)
    )
    return table_file(kind, f"{panel.slug}-interests", "Register of interests", EXPORTED, rows)


urls = [
    path("", interests, name="interests"),
    path("add/", interest, name="interest-add"),
    path("member/<int:pk>/", interests_of, name="interests-of"),
    path("<int:pk>/", interest, name="interest"),
    path("<int:pk>/erase/", erase, name="interest-erase"),
    path("download.<slug:kind>", interests_file, name="interests-file"),
]
