"""Drafts on the home page of somebody away whom one covers."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from panel.access import rules
from panel.law import clock
from panel.models import Case, Draft
from panel.pages.base import case_of, in_panel
from panel.pages.drafts import procedure_of_draft, register_of_draft


def drafts_covered(request, panel, today) -> list[dict]:
    """The drafts of staff who are away and whom the person covers: what it is, whose, and the button that takes it over."""
    rows = panel.memberships.in_force(today).filter(covered_by=request.user, away_from__lte=today)
    away = {m.user_id: m.user.name for m in rows.select_related("user") if m.away(today)}
    if not away:
        return []
    seen = Q(case=None) | Exists(Case.objects.filter(rules.visible(request.who), pk=OuterRef("case")))
    found = []
    for d in Draft.objects.filter(seen, user__in=away, panel=panel, address="").select_related("case"):
        register = register_of_draft(d)
        words = procedure_of_draft(d, register).past_step(d.step).label
        words = words if d.case_id is None else f"{words}: {d.case.reference}"
        url = reverse("panel:take-draft", args=[panel.slug, register.slug, d.pk])
        found.append({"words": words, "whose": away[d.user_id], "when": d.saved_at, "take": url})
    return found


@require_http_methods(["POST"])
@in_panel("case.hand_over")
def take_draft(request, panel, who, register, pk):
    """Take over a draft of somebody who is away and whom one covers. Where one has a draft of the same step, it stays."""
    row = get_object_or_404(Draft, panel=panel, pk=pk, address="")
    covered = panel.memberships.in_force(clock.today()).filter(covered_by=request.user, user=row.user)
    if not any(m.away(clock.today()) for m in covered):
        raise Http404
    if row.case_id:
        case_of(request, who, register, row.case.reference)
    mine = Draft.objects.filter(user=request.user, panel=panel, case=row.case_id, step=row.step, address="")
    if (mine if row.case_id else mine.filter(key=row.key)).exists():
        messages.info(request, "You have a draft of the same step already: send or delete it first.")
    else:
        row.user = request.user
        row.save()
        messages.success(request, f"The draft of {covered[0].user.name} is yours now.")
    return redirect("panel:home", panel.slug)
