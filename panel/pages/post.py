"""Post: what mail went out, whether it arrived, and what a person says of it."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from panel.access import rules
from panel.forms.fields import SelectField, TextField
from panel.law.period import day_words
from panel.models import Message
from panel.pages.base import in_panel, page_of
from panel.pages.people_page import panel_tabs
from panel.pages.tables import table
from panel.post import NotWaiting, take_back
from panel.post.kinds import KINDS, kind_of
from panel.post.queue import settle
from panel.record import access_log
from panel.templatetags.panel_tags import moment

COLOURS = {
    "waiting": "blue", "sending": "blue", "accepted": "green", "delivered": "green",
    "unsure": "orange", "refused": "red", "given_up": "red",
    "bounced": "red", "withdrawn": "grey",
}  # fmt: skip
OPEN = (Message.State.UNSURE, Message.State.REFUSED, Message.State.GIVEN_UP, Message.State.BOUNCED)


class PostForm(forms.Form):
    """What the list is narrowed to; an answer that is wrong counts as none."""

    show = SelectField(
        label="What became of it", required=False, blank="Anything",
        choices=[("failed", "Did not arrive, or may not have"), *Message.State.choices],
    )  # fmt: skip
    kind = SelectField(label="Kind", required=False, blank="Any", choices=())
    case = TextField(label="Case reference", required=False, max_length=24)

    def __init__(self, query):
        super().__init__(query, use_required_attribute=False)
        self.fields["kind"].choices = [(k.key, k.label) for k in KINDS.values()]

    def narrowed(self, rows):
        """The rows that the answers leave."""
        self.is_valid()
        given = self.cleaned_data
        if given.get("show"):
            rows = rows.filter(state__in=OPEN if given["show"] == "failed" else [given["show"]])
        if given.get("kind"):
            rows = rows.filter(kind=given["kind"])
        if given.get("case"):
            rows = rows.filter(case__reference=given["case"].strip().upper())
        return rows


def tag_of(message) -> dict:
    """What became of it, as a tag."""
    return {"words": message.get_state_display(), "colour": COLOURS[message.state]}


def to_words(message) -> str:
    """To whom it went."""
    return message.address or "(erased)"


def cells(message) -> list:
    """One row of the list."""
    url = reverse("panel:message", args=[message.panel_slug, message.key])
    return [
        moment(message.queued_at),
        {"words": message.subject, "url": url, "note": kind_of(message.kind).label},
        to_words(message),
        {"tag": tag_of(message), "note": message.cause},
    ]


@require_safe
@in_panel("post.view")
def post(request, panel, who):
    """Every mail that the person may know of, the newest first."""
    form = PostForm(request.GET)
    page = page_of(request, form.narrowed(Message.objects.filter(rules.mail(who))))
    for message in page.object_list:
        message.panel_slug = panel.slug  # of the page: mail about an account belongs to no panel
    context = {
        "form": form,
        "page": page,
        "every": table(
            "Mail that went out", ("Queued", "What", "To", "What became of it"), [cells(m) for m in page.object_list]
        ),
        "tabs": panel_tabs(panel, who, "panel:post"),
        "folder": settings.DEMO,
    }
    return render(request, "panel/post.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("post.view")
def message(request, panel, who, key):
    """One mail with its tries; and, for those who may, what they say of it."""
    rows = Message.objects.select_related("case", "user").prefetch_related("attempts", "enclosures__document")
    found = get_object_or_404(rows, rules.mail(who), key=key)
    url = reverse("panel:message", args=[panel.slug, key])
    may = rules.may(who, "post.change")
    if request.method == "POST" and may:
        messages.info(request, done(found, request.POST.get("do", ""), request.user))
        return redirect(url)
    if found.case_id:
        access_log.note(request, case=found.case)
    tries = [
        [str(a.number), moment(a.at), a.get_outcome_display() or "Under way", a.reason or "", a.sent_as]
        for a in found.attempts.all()
    ]
    context = {
        "message": found,
        "facts": facts(found),
        "text": text_words(found),
        "tries": table("Tries", ("Number", "When", "What came of it", "What the server said", "Message-ID"), tries),
        "back": {"url": reverse("panel:post", args=[panel.slug]), "words": "Post"},
        "can_take_back": may and found.state == Message.State.WAITING,
        "can_settle": may and found.state == Message.State.UNSURE and not found.erased,
    }
    return render(request, "panel/message.html", context, status=200 if request.method != "POST" else 403)


def done(found, what, user) -> str:
    """Do what a button says, and say it."""
    try:
        if what == "take_back":
            take_back(found, by=user)
            return "Taken back. It will not be sent."
        if what in ("arrived", "again"):
            settle(found, arrived=what == "arrived", by=user)
            return "Noted as arrived." if what == "arrived" else "It is sent once more within a minute."
    except NotWaiting as late:
        return str(late)
    return "Nothing was changed."


def text_words(found) -> str:
    """Its text, or why there is none to read."""
    if found.erased:
        return "(erased)"
    return found.text or "The text was not kept: it is made as the email leaves."


def facts(found) -> list[dict]:
    """What is known of it, for a list of facts."""
    rows = [
        {"label": "Kind", "value": kind_of(found.kind).label},
        {"label": "To", "value": to_words(found), "note": found.user.name if found.user else ""},
        {"label": "Queued", "value": moment(found.queued_at)},
        {"label": "What became of it", "tag": tag_of(found), "note": found.cause},
    ]
    if found.next_at:
        rows.append({"label": "To be tried", "value": f"From {moment(found.next_at)}"})
    if found.returned_on:
        rows.append({"label": "Came back", "value": day_words(found.returned_on)})
    if found.case:
        rows.append({"label": "Case", "value": found.case.reference})
    if enclosed := [e.document.name for e in found.enclosures.all()]:
        rows.append({"label": "Enclosed", "lines": enclosed})
    return rows


urls = [
    path("", post, name="post"),
    path("<uuid:key>/", message, name="message"),
]
