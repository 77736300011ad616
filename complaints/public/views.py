"""Making the public version of an outcome; its file; and the Panel's page of what it has published."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from complaints.models import Complaint
from complaints.procedure import PROCEDURE
from complaints.public.find import made, marked, read, stored
from complaints.public.forms import PublicVersionForm
from complaints.public_models import PublicVersion
from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.files import pdf
from panel.files.paper import Paper, as_page, plain, title
from panel.files.paper_word import as_word
from panel.law import clock
from panel.law.names_in_text import tidy
from panel.law.period import day_words, plural
from panel.models import Panel
from panel.pages.base import case_of, in_panel
from panel.pages.documents import save_only
from panel.pages.drafts import typed
from panel.pages.words import case_url, step_url
from panel.procedure.register import REGISTERS
from panel.record.act import sealed_act

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def outcome_of(look):
    """The entry whose record the public version is made from: the last outcome in force, or None."""
    return look.last("record_outcome")


def version_of(entry) -> PublicVersion | None:
    """The public version of that outcome."""
    return PublicVersion.objects.filter(original=entry).select_related("by").first() if entry else None


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("public.make", kept="Make the public version")
def public_version(request, panel, who, reference):
    """Every place that could show who somebody is, with a question each; then the text without what is left out."""
    register = REGISTERS["complaints"]
    look = CaseContext(case_of(request, who, register, reference), request.user, who)
    entry = outcome_of(look)
    if entry is None or look.case.erased_on:
        raise Http404
    text, row = tidy(entry.answers.get("record", "")), version_of(entry)
    form = PublicVersionForm(look, text, read(row.marks) if row else [], typed(request))
    if request.method == "POST" and form.is_valid():
        with sealed_act(panel, by=request.user, name="make_public_version"):
            row = row or PublicVersion(case_id=look.case.pk, original=entry, by=request.user)
            row.by, row.marks, row.text, row.confirmed = (
                request.user,
                stored(form.places),
                made(text, form.places),
                not form.open,
            )
            row.save()
        if row.confirmed and not form.added:
            messages.success(request, "The public version is saved. It stands in the decision on publishing.")
            return redirect(case_url(look.case, register))
        if not form.added:
            messages.success(request, "Saved. Go on whenever you like.")
        return redirect(request.path)
    done = len(form.places) - len(form.open)
    context = {
        "case": look.case, "form": form, "marked": marked(text, form.places), "rows": form.rows(),
        "places": plural(len(form.places), "place"), "done": done, "open": len(form.open), "row": row,
        "errors": form.non_field_errors() if request.method == "POST" else (),
        "back": {"url": case_url(look.case, register), "words": look.case.reference},
        "decide": step_url(look.case, register, "decide_publication"),
    }  # fmt: skip
    return render(request, "public/version.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@in_panel("public.make")
def public_file(request, panel, who, reference, kind):
    """The confirmed public version as a file that says nothing of who made it."""
    look = CaseContext(case_of(request, who, REGISTERS["complaints"], reference), request.user, who)
    row = version_of(outcome_of(look))
    if (
        row is None
        or not row.confirmed
        or not row.text
        or kind not in ("pdf", "docx")
        or (kind == "pdf" and not pdf.can_be_made())
    ):
        raise Http404
    paper = paper_of(panel, look.case.reference, row.text)
    if kind == "pdf":
        content, content_type = pdf.as_pdf(as_page(paper, whole=True)), pdf.PDF
    else:
        midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        content, content_type = as_word(paper, midnight), WORD
    response = HttpResponse(content, content_type=content_type)
    save_only(response)
    response.headers["Content-Disposition"] = f'attachment; filename="{look.case.reference}-public.{kind}"'
    return response


def paper_of(panel, reference, text) -> Paper:
    """The public version as a paper, without an author."""
    about = "Record of the outcome of a complaint"
    blocks = [title(about), *(plain(piece) for piece in text.splitlines() if piece.strip())]
    return Paper(about, reference, "", panel.names.name, "", f"{panel.names.name}, {reference}", tuple(blocks))


# The public's page


def published(panel) -> list[dict]:
    """What the Panel has published, the latest first: of each complaint the text of the decision in force, once the duty to
    publish it was met."""
    found = []
    cases = Complaint.objects.filter(panel=panel, erased_on=None, restricted=False, procedure=PROCEDURE.key)
    for case in cases.filter(duties__kind="publish", duties__closed_how="met").distinct():
        entries = case.entries.in_force().filter(step="decide_publication").order_by("-number")
        entry = entries.first()
        if entry is None or entry.answers.get("publish") != "yes":
            continue
        met = case.duties.filter(kind="publish", closed_how="met", opened_by=entry).select_related("closed_by").first()
        if met is None:
            continue
        found.append({
            "reference": case.reference, "on": met.closed_by.on,
            "text": [p for p in str(entry.answers.get("redacted", "")).splitlines() if p.strip()],
        })  # fmt: skip
    return sorted(found, key=lambda row: (row["on"], row["reference"]), reverse=True)


@login_not_required
@require_safe
def public_page(request, panel):
    """The outcomes that the Panel has published and how many complaints it received. There only where the settings say so;
    it leads nowhere else, and sets no cookie."""
    found = Panel.objects.on(clock.today()).filter(slug=panel).first()
    if found is None or not found.settings_on(clock.today()).public_page:
        raise Http404
    year = clock.municipal_year(clock.today())
    first, last = clock.year_bounds(year)
    number = (
        Complaint.objects.filter(panel=found, received_on__range=(first, last), conduct_matter=False)
        .exclude(status="void")
        .count()
    )
    context = {
        "panel": found.names, "outcomes": published(found), "year": year, "until": day_words(clock.today()),
        "number": plural(number, "complaint") if number else "No complaints",
    }  # fmt: skip
    return render(request, "public/page.html", context)


def may_make(look) -> bool:
    """Whether the person can make a public version of the complaint now."""
    return rules.may(look.who, "public.make") and outcome_of(look) is not None and not look.case.erased_on


urlpatterns = [
    path("<str:reference>/public-version/", public_version, name="public-version"),
    path("<str:reference>/public-version.<slug:kind>", public_file, name="public-version-file"),
]
