"""Drafts on the home page: one's own, and those of somebody away whom one covers."""

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
from panel.pages.words import step_url
from panel.procedure.register import REGISTERS


def drafts_kept(request, panel, register_of):
    """The person's drafts in this panel, with links back."""
    found = []
    seen = Q(case=None) | Exists(Case.objects.filter(rules.visible(request.who), pk=OuterRef("case")))
    for d in Draft.objects.filter(seen, user=request.user, panel=panel).select_related("case__panel"):
        register = register_of(d)
        new = d.case_id is None
        procedure = procedure_of_draft(d, register)
        key = "panel:new-case"
        url = reverse(key, args=[panel.slug, register.slug, d.step]) if new else step_url(d.case, register, d.step)
        if new and procedure is not register.procedure:
            url += f"?under={procedure.key}"
        words = procedure.past_step(d.step).label
        url = url if procedure.has_step(d.step) else ""
        found.append(
            {
                "new": new,
                "words": words if new else f"{words}: {d.case.reference}",
                "url": url,
                "when": d.saved_at,
                "drop": reverse("panel:drop-draft", args=[panel.slug, register.slug, d.pk]),
            }
        )
    return found


def drafts_covered(request, panel, today) -> list[dict]:
    """The drafts of staff who are away and whom the person covers: what it is, whose, and the button that takes it over."""
    rows = panel.memberships.in_force(today).filter(covered_by=request.user, away_from__lte=today)
    away = {m.user_id: m.user.name for m in rows.select_related("user") if m.away(today)}
    if not away:
        return []
    seen = Q(case=None) | Exists(Case.objects.filter(rules.visible(request.who), pk=OuterRef("case")))
    found = []
    for d in Draft.objects.filter(seen, user__in=away, panel=panel).select_related("case"):
        register = register_of_draft(d)
        words = procedure_of_draft(d, register).past_step(d.step).label
        words = words if d.case_id is None else f"{words}: {d.case.reference}"
        url = reverse("panel:take-draft", args=[panel.slug, register.slug, d.pk])
        found.append({"words": words, "whose": away[d.user_id], "when": d.saved_at, "take": url})
    return found


def procedure_of_draft(draft, register):
    """The procedure that a draft's step belongs to."""
    under = (draft.answers.get("under") or [""])[0]
    wanted = under if draft.case_id is None else draft.case.procedure
    return next((p for p in register.procedures if p.key == wanted), register.procedure)


def register_of_draft(draft):
    """The register that a draft belongs to, also one of a step that is taken no more."""
    for register in REGISTERS.values():
        if draft.case_id:
            if any(p.key == draft.case.procedure for p in register.procedures):
                return register
        elif any(s.key == draft.step and s.creates == "case" for s in register.procedure.steps):
            return register
    retired = (r for r in REGISTERS.values() if any(s.key == draft.step for s in r.procedure.retired_steps))
    return next(retired, next(iter(REGISTERS.values())))  # of a step that nobody knows: any will do to throw it away


@require_http_methods(["POST"])
@in_panel("case.list")
def drop_draft(request, panel, who, register, pk):
    """Delete one's own draft."""
    Draft.objects.filter(user=request.user, panel=panel, pk=pk).delete()
    messages.success(request, "The draft is gone.")
    return redirect("panel:home", panel.slug)


@require_http_methods(["POST"])
@in_panel("case.hand_over")
def take_draft(request, panel, who, register, pk):
    """Take over a draft of somebody who is away and whom one covers. Where one has a draft of the same step, it stays."""
    row = get_object_or_404(Draft, panel=panel, pk=pk)
    covered = panel.memberships.in_force(clock.today()).filter(covered_by=request.user, user=row.user)
    if not any(m.away(clock.today()) for m in covered):
        raise Http404
    if row.case_id:
        case_of(request, who, register, row.case.reference)
    if Draft.objects.filter(user=request.user, panel=panel, case=row.case_id, step=row.step).exists():
        messages.info(request, "You have a draft of the same step already: send or delete it first.")
    else:
        row.user = request.user
        row.save()
        messages.success(request, f"The draft of {covered[0].user.name} is yours now.")
    return redirect("panel:home", panel.slug)
