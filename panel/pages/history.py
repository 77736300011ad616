"""What changed, field by field: of one case, and across a panel."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.casework.entry_words import entry_words
from panel.files.spreadsheets import csv_lines
from panel.law.period import day_words
from panel.models import Case, Entry, Link, Move, Opening
from panel.pages.base import case_of, in_panel, page_of
from panel.pages.case_page import CasePage
from panel.pages.timeline import answers_of, by_words
from panel.pages.words import case_url, sentence
from panel.procedure.register import of_procedure
from panel.record import access_log
from panel.record.act import ACTS
from panel.record.digests import check_links
from panel.record.history import RowWords, acts, rows_of
from panel.templatetags.panel_tags import moment


def links_of(case):
    """The links that seal the case's entries, newest first."""
    return Link.objects.filter(entry__case=case).select_related("chain", "entry", "by").order_by("-seq")


def shown(act, look, undone) -> dict:
    """One act of a case as the component shows it."""
    e = next(x for x in look.entries if x.pk == act.link.entry_id)
    step = look.procedure.past_step(e.step).at(look.stood(e))
    entered = timezone.localdate(e.entered_at)
    return {
        "words": entry_words(look, e),
        "number": act.link.seq,
        "seal": f"{act.link.seal[:4]} {act.link.seal[4:8]}",
        "who": by_words(e),
        "when": moment(e.entered_at),
        "effect": f"took effect {day_words(e.on)}" if e.on != entered else "",
        "provision": sentence(step.provision),
        "reason": e.why,
        "reversed": e.pk in undone,
        "changes": [{"field": c.field, "old": c.old, "new": c.new} for c in act.changes],
        "answers": [r for r in answers_of(look, e) if r["label"] != "Reasons"] if look.facts.sees_complainant else [],
    }


@require_safe
@in_panel("case.history")
def case_history(request, panel, who, register, reference):
    """Everything that changed on one case, newest first, checked against its seals as it is shown."""
    look = CaseContext(case_of(request, who, register, reference), request.user, who)
    links = list(links_of(look.case))
    rows = rows_of(links)
    # The rows that are shown are the ones that are checked, and are read once.
    loaded: dict = {
        Entry._meta.label: {e.pk: e for e in look.entries},
        Move._meta.label: {m.pk: m for e in look.entries for m in e.moves.all()},
    }
    for (label, pk), (row, _) in rows.items():
        loaded.setdefault(label, {})[pk] = row
    faults = [str(f) for f in check_links(links, loaded, apart=(Opening,))]
    found = acts(links, RowWords(look), rows)
    person, field = request.GET.get("who", ""), request.GET.get("field", "")
    undone = {e.reverses_id for e in look.entries if e.reverses_id}
    entries = [shown(a, look, undone) for a in found]
    people = sorted({(str(link.by_id or ""), str(link.by or "The command line")) for link in links}, key=lambda p: p[1])
    fields = sorted({c["field"] for e in entries for c in e["changes"]})
    if person:
        entries = [e for e, a in zip(entries, found, strict=True) if str(a.link.by_id or "") == person]
    if field:
        entries = [
            {**e, "changes": [c for c in e["changes"] if c["field"] == field]}
            for e in entries
            if any(c["field"] == field for c in e["changes"])
        ]
    if request.GET.get("format") == "csv":
        access_log.note(request, kind=Opening.Kind.EXPORT, what="csv")
        return as_csv(look.case.reference, entries)
    now = moment(timezone.now())
    ok = f"Checked {now}. All {len(links)} entries are as they were sealed."
    changes = sum(len(e["changes"]) for e in entries)
    context = {
        "case_page": CasePage(look, "case-history"),
        "verified": {
            "ok": not faults,
            "words": ok if not faults else f"Checked {now}. Something was changed outside the product:",
            "seal": f"{links[0].seal[:4]} {links[0].seal[4:8]} {links[0].seal[8:12]}" if links else "",
            "problems": faults,
            "url": request.get_full_path(),
        },
        "people": people,
        "person": person,
        "fields": fields,
        "field": field,
        "entries": entries,
        "count": f"{changes} changes in {len(entries)} steps",
        "page": page_of(request, entries),
    }
    return render(request, "panel/case_history.html", context)


def as_csv(name, entries):
    """The changes as comma-separated values."""
    head = (
        "Entry", "Seal", "Step", "Who", "Entered", "Took effect", "Provision", "Reason", "Field", "From", "To", "Answers",
    )  # fmt: skip
    rows = (
        (
            e["number"], e["seal"], e["words"], e["who"], e["when"], e["effect"], e["provision"], e["reason"],
            c["field"], c["old"], c["new"], "; ".join(f"{r['label']}: {r['value']}" for r in e["answers"]),
        )
        for e in entries
        for c in e["changes"] or [{"field": "", "old": "", "new": ""}]
    )  # fmt: skip
    response = HttpResponse("".join(csv_lines(head, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-history.csv"'
    return response


@require_safe
@in_panel("journal.settings")
def journal(request, panel, who):
    """What was done in the panel, newest first: cases for those who may see them, people and settings for all here."""
    links = (
        Link.objects.filter(chain__panel=panel)
        .select_related("entry__case__panel", "entry__by__identity", "by")
        .order_by("-seq")
    )
    cases = rules.may(who, "journal.view")
    links = (
        links.filter(entry__case__in=Case.objects.filter(rules.visible(who))) | links.filter(entry__case=None)
        if cases
        else links.filter(entry__case=None)
    )
    what = request.GET.get("what", "")
    if what == "cases" and cases:
        links = links.exclude(entry__case=None)
    elif what == "people":
        links = links.filter(entry__case=None)
    page = page_of(request, links)
    # What a step changed stands on the case's own history: here the step is enough.
    found = {a.link.pk: a.changes for a in acts([k for k in page.object_list if not of_case(k)], RowWords())}
    entries = [journal_entry(link, found.get(link.pk, ())) for link in page.object_list]
    return render(
        request,
        "panel/journal.html",
        {
            "page": page,
            "entries": entries,
            "what": what,
            "cases": cases,
            "may_verify": rules.may(who, "journal.verify"),
            "may_search_openings": rules.may(who, "journal.openings"),
            "may_export_person": rules.may(who, "person.export"),
            "may_export_all": rules.may(who, "register.export"),
        },
    )


def of_case(link) -> bool:
    """Whether the link seals a step of a case."""
    return link.entry is not None and link.entry.case_id is not None


def journal_entry(link, changes) -> dict:
    """One act of the panel as the component shows it."""
    e = link.entry
    found = {
        "words": ACTS.get(link.act, link.act),
        "number": link.seq,
        "seal": f"{link.seal[:4]} {link.seal[4:8]}",
        "who": (e.by_words if e else "") or str(link.by or "The command line"),
        "when": moment(link.at),
        "reason": e.why if e else "",
        "changes": [{"field": c.field, "old": c.old, "new": c.new} for c in changes],
    }
    if of_case(link):
        case = e.case
        register = of_procedure(case.procedure)
        step = register.follows(case.procedure).past_step(e.step)
        found |= {
            "words": step.past_words,
            "provision": sentence(step.provision),
            "effect": f"took effect {day_words(e.on)}" if e.on != timezone.localdate(e.entered_at) else "",
            "case": {"reference": case.reference, "title": case.title, "url": case_url(case, register)},
        }
    return found
