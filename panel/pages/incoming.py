"""Paper in: where logging begins, and what came in and is on no case yet: to log, to put on a case, or to remove."""

import re

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from panel.access import rules
from panel.casework import incoming
from panel.casework.case_context import CaseContext
from panel.casework.incoming.take import look
from panel.casework.offers import offer
from panel.documents.store import Missing, opened
from panel.forms.fields import RadiosField, TextField
from panel.law.period import plural
from panel.models import Case, IncomingMessage
from panel.pages.base import denied, forbidden, in_panel
from panel.pages.documents import save_only
from panel.pages.drafts import drafts_kept
from panel.pages.step_message import shown
from panel.pages.words import step_url
from panel.procedure.register import REGISTERS, of_procedure
from panel.record import access_log

WAITING = IncomingMessage.Status.WAITING
MOST_WAITING_SHOWN = 50
REFERENCE = re.compile(r"\b[A-Z]{1,6}-[A-Z]-\d{4}-\d{4,}\b", re.IGNORECASE)
WHY = (
    ("not_a_complaint", "It is no complaint, and belongs to no case"),
    ("elsewhere", "It is dealt with elsewhere"),
    ("twice", "It came in twice"),
    ("unwanted", "It is advertising, or a mail server’s report"),
)


def taking_register():
    """The register that emails are logged in."""
    return next(r for r in REGISTERS.values() if r.from_message is not None)


def reference_in(message) -> str:
    """The reference that the email or its subject names."""
    match = REFERENCE.search(message.found.get("case") or message.subject)
    return match[0].upper() if match else ""


def cases_meant(messages, panel, who) -> dict[str, Case]:
    """{reference: case} of the cases that these emails name and the person sees: one query, however many there are."""
    named = {reference for message in messages if (reference := reference_in(message))}
    if not named:
        return {}
    return {case.reference: case for case in cases_seen(panel, who).filter(reference__in=named)}


def cases_seen(panel, who):
    """The cases on which the person may put an email."""
    return taking_register().case_model.objects.filter(rules.visible(who), panel=panel, erased_on=None)


def case_with(message, panel, who) -> Case | None:
    """The case on which the same email is already, if the person sees it: the same bytes, or the same identifier."""
    same = Q(message_id=message.message_id) if message.message_id else Q()
    same |= Q(sha256=message.sha256) if message.sha256 else Q()
    if not same:
        return None
    there = IncomingMessage.objects.filter(same, panel=panel).exclude(case=None).exclude(pk=message.pk)
    return cases_seen(panel, who).filter(pk__in=there.values("case")).order_by("pk").first()


def where_it_belongs(message, panel, who) -> tuple[Case | None, str]:
    """The case on which the email is already, or which it names, and that in words."""
    if case := case_with(message, panel, who):
        return case, f"The same email is on {case.reference} already."
    if case := cases_meant([message], panel, who).get(reference_in(message)):
        return case, f"It looks as if it belongs to {case.reference}."
    return None, ""


def waiting(panel, who) -> list[dict]:
    """What came in and is on no case, newest first, with where it leads."""
    if not rules.may(who, "message.view"):
        return []
    rows = (
        IncomingMessage.objects.filter(panel=panel, status=WAITING)
        .defer("text")
        .prefetch_related("files")[:MOST_WAITING_SHOWN]
    )
    found, meant = [], cases_meant(rows, panel, who)
    for message in rows:
        message.panel = panel
        case = meant.get(reference_in(message))
        beside = sum(1 for f in message.files.all() if not f.original)
        bounce = message.found.get("bounce")
        note = f"Looks as if it belongs to {case.reference}" if case else plural(beside, "attachment") if beside else ""
        found.append({
            "message": message, "when": message.received_at or message.came_at,
            "note": "A mail server’s report: something came back" if bounce else note,
            "url": reverse("panel:incoming", args=[panel.slug, message.key]),
            "log": "" if case or bounce or not rules.may(who, "message.take") else log_url(panel, message),
            "case": case if rules.may(who, "message.take") else None,
        })  # fmt: skip
    return found


def log_url(panel, message) -> str:
    """The page that logs it."""
    register = taking_register()
    return f"{reverse('panel:new-case', args=[panel.slug, register.slug, register.log_step])}?message={message.key}"


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("case.log")
def start(request, panel, who, register):
    """Where logging begins: files, or none; what came in; what was begun. Whoever may take in no email begins with the
    questions."""
    if register.from_message is None:
        raise Http404
    error, type_url = "", reverse("panel:new-case", args=[panel.slug, register.slug, register.log_step])
    if not rules.may(who, "message.take"):
        return forbidden(request, *denied(who, "message.take")) if request.method == "POST" else redirect(type_url)
    if request.method == "POST":
        taken = look(request.FILES.getlist("files"))
        if not taken.empty:
            message = incoming.take_in(panel, taken, by=request.user)
            if where_it_belongs(message, panel, who)[0]:  # its page offers that, and to log it
                return redirect("panel:incoming", panel.slug, message.key)
            return redirect(log_url(panel, message))
        error = ". ".join(taken.refused) or "Choose an email, a PDF, a Word file or a photo"
    context = {
        "heading": register.log_words, "error": error, "waiting": waiting(panel, who),
        "type_url": type_url,
        "drafts": [d for d in drafts_kept(request, panel) if d["new"]],
        "back": {"url": reverse("panel:cases", args=[panel.slug, register.slug]), "words": register.words},
    }  # fmt: skip
    return render(request, "panel/log_start.html", context, status=422 if error else 200)


class OnCaseForm(forms.Form):
    """On which case, and as what."""

    reference = TextField(
        label="On which case?", max_length=30, required_message="Enter the reference of a case",
        help_text="Its reference, such as EX-C-2026-0007.",
    )  # fmt: skip
    kind = RadiosField(label="What is it there?", choices=(), required_message="Select what it is")

    def __init__(self, panel, user, who, data=None, initial=None):
        self.panel, self.user, self.who = panel, user, who
        super().__init__(data, initial=initial, use_required_attribute=False)
        register = taking_register()
        self.fields["kind"].choices = [(key, words) for key, words, _ in register.message_steps]
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.label_size = "s"

    def clean(self):
        """The case, which the person sees, and the step, which can be taken."""
        cleaned = super().clean()
        typed = REFERENCE.search(cleaned.get("reference") or "")
        if cleaned.get("reference"):
            rows = cases_seen(self.panel, self.who).select_related("panel")
            self.case = rows.filter(reference=typed[0].upper()).first() if typed else None
            if self.case is None:
                self.add_error("reference", "There is no complaint of that reference that you can see")
            elif cleaned.get("kind"):
                self._can_be_taken(cleaned["kind"])
        return cleaned

    def _can_be_taken(self, key):
        look_at = CaseContext(self.case, self.user, self.who)
        refusal = offer(look_at, look_at.procedure.step(key).at(self.case.status)).refusal
        if refusal:
            self.add_error("kind", f"It cannot be that now: {refusal.reason} You can put it there as a contact")


class RemoveForm(forms.Form):
    """Why it is removed."""

    why = RadiosField(label="Why is it removed?", choices=WHY, required_message="Select why it is removed")

    def __init__(self, data=None):
        super().__init__(data, use_required_attribute=False)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.label_size = "s"


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("message.view")
def message(request, panel, who, key):
    """One that waits: what it says, and what can be done with it."""
    row = get_object_or_404(IncomingMessage.objects.prefetch_related("files"), panel=panel, key=key, status=WAITING)
    access_log.note(request, what=row.pk)
    meant, belongs = where_it_belongs(row, panel, who)
    may = rules.may(who, "message.take")
    join = OnCaseForm(
        panel, request.user, who, initial={"reference": meant.reference, "kind": "note_contact"} if meant else None
    )
    leave, status = RemoveForm(), 200
    if request.method == "POST" and not may:
        return forbidden(request, *denied(who, "message.take"))
    if request.method == "POST":
        if "remove" in request.POST:
            leave = RemoveForm(request.POST)
            if leave.is_valid():
                incoming.remove(row, by=request.user, why=f"{dict(WHY)[leave.cleaned_data['why']]}.")
                messages.success(request, "It is removed: its words and files are gone, who removed it and why stays.")
                return redirect("panel:home", panel.slug)
        else:
            join = OnCaseForm(panel, request.user, who, request.POST)
            if join.is_valid():
                register = of_procedure(join.case.procedure)
                return redirect(f"{step_url(join.case, register, join.cleaned_data['kind'])}?message={row.key}")
        status = 422
    context = {
        "message": shown(row), "belongs": belongs, "join": join, "leave": leave, "may": may, "log_url": log_url(panel, row),
        "back": {"url": reverse("panel:home", args=[panel.slug]), "words": "Home"},
        "heading": str(row),
    }  # fmt: skip
    return render(request, "panel/incoming_message.html", context, status=status)


@require_safe
@in_panel("message.view")
def file(request, panel, who, key, file):
    """One file of a message that waits, to be saved and never shown."""
    row = get_object_or_404(IncomingMessage, panel=panel, key=key, status=WAITING)
    found = get_object_or_404(row.files.exclude(file=""), key=file)
    access_log.note(request, what=row.pk)
    try:
        content = opened(found)
    except Missing:
        raise Http404 from None
    response = FileResponse(content, as_attachment=True, filename=found.name, content_type=found.content_type)
    return save_only(response)


urls = [
    path("<uuid:key>/", message, name="incoming"),
    path("<uuid:key>/files/<uuid:file>/", file, name="incoming-file"),
]
