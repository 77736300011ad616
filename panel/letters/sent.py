"""What went out: every letter of the panel's cases, as a page and as a file. What the person may not see is not there."""

from collections.abc import Iterator
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from panel.access import rules
from panel.forms.fields import DateField, SelectField, TextField
from panel.law import clock
from panel.law.period import day_words
from panel.law.spoken import say
from panel.letters.page import HOW, note_of, state_of
from panel.models import Case, Letter
from panel.pages.base import in_panel, page_of
from panel.pages.downloads import TABLES, table_file
from panel.pages.people_page import panel_tabs
from panel.pages.tables import table
from panel.pages.words import case_url
from panel.procedure.register import of_procedure, procedures
from panel.record import access_log

COLUMNS = ("Letter", "To", "Case", "How", "Sent")


class SentForm(forms.Form):
    """What to show of what went out."""

    q = TextField(label="To, or case", required=False)
    kind = SelectField(label="Letter", choices=(), blank="Any", required=False)
    how = SelectField(label="How", choices=Letter.How.choices, blank="Any", required=False)
    first = DateField(label="From", required=False)
    last = DateField(label="To", required=False)

    def __init__(self, data: Any = None):
        super().__init__(data, use_required_attribute=False)
        self.fields["kind"].choices = list(kinds().items())
        self.helper = FormHelper(self)
        self.helper.form_tag, self.helper.disable_csrf, self.helper.label_size = False, True, "s"
        self.helper.layout = Layout("q", "kind", "how", "first", "last")

    def narrowed(self, rows: QuerySet[Letter]) -> QuerySet[Letter]:
        """The letters that were asked for; what cannot be read narrows nothing."""
        self.is_valid()
        asked = self.cleaned_data
        if words := asked.get("q"):
            rows = rows.filter(Q(to_name__icontains=words) | Q(case__reference__icontains=words))
        if asked.get("kind"):
            rows = rows.filter(kind=asked["kind"])
        if asked.get("how"):
            rows = rows.filter(how=asked["how"])
        if asked.get("first"):
            rows = rows.filter(sent_on__gte=asked["first"])
        return rows.filter(sent_on__lte=asked["last"]) if asked.get("last") else rows


def kinds() -> dict[str, str]:
    """Every kind of letter in words."""
    return {letter.key: say(letter.label) for p in procedures().values() for letter in p.letters}


def went_out(panel: Any, who: rules.Standing) -> QuerySet[Letter]:
    """The letters of the cases that the person sees, the latest first."""
    seen = Case.objects.filter(rules.visible(who), panel=panel)
    rows = Letter.objects.filter(case__in=seen).select_related("case__panel", "entry__reversed_by", "message")
    return rows.order_by("-sent_on", "-pk")


@require_safe
@in_panel("letters.view")
def sent(request, panel, who):
    """What went out, newest first."""
    form = SentForm(request.GET or None)
    rows = form.narrowed(went_out(panel, who)) if request.GET else went_out(panel, who)
    page = page_of(request, rows)
    words = kinds()
    cells = []
    for letter in page.object_list:
        register = of_procedure(letter.case.procedure)
        url = reverse("panel:letter", args=[panel.slug, register.slug, letter.case.reference, letter.pk])
        label = words.get(letter.kind, letter.kind.replace("_", " "))
        back = note_of(letter, hasattr(letter.entry, "reversed_by"))
        cells.append([
            label if letter.erased else {"words": label, "url": url},
            letter.to_name,
            {"words": letter.case.reference, "url": case_url(letter.case, register, "case-letters")},
            {"tag": state_of(letter), "note": HOW[letter.how]},
            {"words": day_words(letter.sent_on), "note": back},
        ])  # fmt: skip
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form, "page": page, "every": table("What went out", COLUMNS, cells),
        "no_case": no_case(panel, who) if page.number == 1 and not request.GET else None,
        "tabs": panel_tabs(panel, who, "panel:sent"), "files": file_links(panel, who, query.urlencode()),
    }  # fmt: skip
    return render(request, "letters/sent.html", context)


def no_case(panel: Any, who: rules.Standing) -> dict[str, Any] | None:
    """The letters that are about no case; None where there are none."""
    reads = rules.may(who, "case.hand_over")
    cells = []
    for row in panel.panel_duties.exclude(letter="").order_by("-met_on", "-pk"):
        url = reverse("panel:panel-duty", args=[panel.slug, row.pk])
        words = "Notice of the address for complaints"
        cells.append(
            [{"words": words, "url": url} if reads else words, row.to_name, row.met_how, day_words(row.met_on)]
        )
    return table("About no case", ("Letter", "To", "How", "Sent"), cells) if cells else None


def file_links(panel: Any, who: rules.Standing, query: str) -> list[dict[str, str]]:
    """Links to the list as files, for whoever may take it."""
    if not rules.may(who, "case.export"):
        return []
    more = f"?{query}" if query else ""
    return [
        {"words": words, "url": reverse("panel:sent-file", args=[panel.slug, kind]) + more}
        for words, kind in (("CSV", "csv"), ("Excel", "xlsx"))
    ]


def exported(rows: QuerySet[Letter]) -> Iterator[list[Any]]:
    """One row of cells for each letter."""
    words = kinds()
    for letter in rows.iterator():
        label = words.get(letter.kind, letter.kind.replace("_", " "))
        yield [label, letter.to_name, letter.case.reference, HOW[letter.how], letter.sent_on, letter.sha256]


@require_safe
@in_panel("case.export")
def sent_file(request, panel, who, kind):
    """The list as a file, exactly as filtered."""
    if kind not in TABLES:
        raise Http404
    form = SentForm(request.GET or None)
    rows = form.narrowed(went_out(panel, who)) if request.GET else went_out(panel, who)
    access_log.note(request, what="letters", asked=" ".join(sorted(n for n in form.fields if request.GET.get(n))))
    heads, name = (*COLUMNS, "SHA-256"), f"{panel.slug}-letters-{clock.today().isoformat()}"
    return table_file(kind, name, "What went out", heads, exported(rows))
