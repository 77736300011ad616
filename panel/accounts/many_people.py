"""The page on which many people of a panel are added at once."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from panel.access import rules
from panel.accounts.rows_form import ONE, TWO, RowsForm, table_of
from panel.accounts.views import send
from panel.pages.base import in_panel
from panel.pages.drafts import typed


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("people.change", kept="Add many people")
def many_people(request, panel, who):
    """Paste rows or choose a file, read what was understood, save it."""
    may_invite = rules.may(who, "users.change")
    posted = request.method == "POST"
    said = typed(request)
    form = RowsForm(panel, request.user, may_invite, said, request.FILES if posted else None)
    read = said is not None and form.errors is not None  # which reads the rows
    save = posted and form.is_valid() and "save" in request.POST and not request.FILES
    if save and (roles := form.write()) is not None:
        for role in roles:
            send(request, role)
        added = "1 person" if len(form.ready) == 1 else f"{len(form.ready)} people"
        messages.success(request, f"Added {added}.")
        return redirect("panel:people", panel.slug)
    context = {
        "form": form, "choices": ((ONE, "One person"), (TWO, "Two people")), "rows": table_of(form) if read else [],
        "ready": len(form.ready) if read and form.is_valid() else 0,
        "wrong": len([r for r in form.people if r.errors]), "of": len(form.people),
        "new_councils": form.new_councils if read and form.is_valid() else [],
        "back_url": reverse("panel:people", args=[panel.slug]),
    }  # fmt: skip
    return render(request, "panel/many_people.html", context, status=422 if posted and form.errors else 200)
