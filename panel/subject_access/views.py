"""The page that searches for one person, and the file of everything found, to disclose (UK GDPR, article 15).

The name comes by POST, so that it appears in no address, no log and not in the access log.
"""

import tempfile
import zipfile
from collections import Counter
from contextlib import suppress
from datetime import date
from itertools import groupby, islice
from shutil import copyfileobj

from django.db.models import Count
from django.http import FileResponse
from django.shortcuts import render
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from panel.documents.store import Missing, opened
from panel.files.spreadsheets import csv_lines
from panel.law import clock
from panel.law.period import day_words, listed, plural
from panel.law.roles import Role
from panel.models import (
    Case,
    Complainant,
    Document,
    Entry,
    Member,
    Membership,
    OfficeHolder,
    Opening,
    SignIn,
    Substitute,
    User,
)
from panel.pages.base import in_panel
from panel.pages.downloads import IN_MEMORY_BYTES
from panel.pages.tables import between, capital, table
from panel.pages.words import case_url
from panel.procedure.register import of_procedure
from panel.record import access_log
from panel.subject_access.cells import LOGS, document_flags, kind_of
from panel.subject_access.disclose import blocks
from panel.subject_access.find import PEOPLE, PersonSearch, models_held, to_people
from panel.subject_access.forms import PersonForm

MOST_ROWS_SHOWN = 100  # in a table of the page; the file has all
CUT = "<!-- rows -->"
COLUMNS = ("Case", "Kind of record", "Day", "Field", "Text", "Flag", "Why flagged")


@require_http_methods(["GET", "HEAD", "POST"])
@in_panel("person.export")
def held(request, panel, who):
    """Ask for a name; then show what the search found, or send all of it as a file."""
    form = PersonForm(request.POST if request.method == "POST" else None)
    back = {"url": reverse("panel:journal", args=[panel.slug]), "words": "History"}
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "panel/held_ask.html", {"form": form, "back": back}, status=422 if form.is_bound else 200
        )
    found = PersonSearch(panel, request.user, who, form.terms)
    as_file = "file" in request.POST
    access_log.note(request, kind=Opening.Kind.PERSON, what="file" if as_file else "")
    if as_file:
        name = f"what-is-held-{panel.slug}-{clock.today().isoformat()}.zip"
        content = "application/zip"
        return FileResponse(packed(found, form.terms), as_attachment=True, filename=name, content_type=content)
    context = {"asked": form.cleaned_data, "terms": form.terms, "back": back, **shown(found)}
    return render(request, "panel/held.html", context)


# The page ------------------------------------------------------------------------------------------------------------


def shown(found) -> dict:
    """The context of the page."""
    also = [term for term in found.mine.given if not found.asked.is_one(term)]
    sections = [*concern_sections(found), *people_sections(found)]
    mentions, anywhere = mention_section(found)
    return {
        "sections": [s for s in [*sections, acted_section(found), mentions] if s],
        "also": listed(also),
        "documents": document_section(found),
        "drafts": [(name, reference) for name, reference in found.drafts],
        "alike": any(len(rows) > 1 for model, rows in found.rows.items() if model in (Complainant, User)),
        "unsure": any(not by_name for rows in found.people.values() for by_name in rows.values()),
        "nothing": not (found.rows or found.cases or anywhere or found.drafts),
    }


def section(heading, columns, rows, total=None, note="") -> dict:
    """A heading with its table, and the number of rows left out."""
    left = (total if total is not None else len(rows)) - len(rows)
    return {"heading": heading, "table": table(heading, columns, rows), "left": left, "note": note}


def case_cell(case) -> dict:
    """The link to a case."""
    return {"words": case.reference, "url": case_url(case, of_procedure(case.procedure))}


def concern_sections(found):
    """Cases about the person, by concern, with the complainants and office holders found."""
    shown_of = {"complainant": Complainant, "office_holder": OfficeHolder}
    by_words: dict = {}
    for pk, concerns in found.cases.items():
        for words in dict.fromkeys(c.words for c in concerns):
            by_words.setdefault(words, []).append(pk)
    for words in dict.fromkeys(c.words for _, c in found.concerns):
        pks = by_words.get(words, [])
        models = {shown_of[c] for _, k in found.concerns if k.words == words for c in k.columns if c in shown_of}
        people = [person_words(row) for model in models for row in found.rows.get(model, ())]
        if not pks and not people:
            continue
        cases = (
            Case.objects.filter(pk__in=pks[:MOST_ROWS_SHOWN])
            .select_related("panel")
            .order_by("procedure", "year", "serial")
        )
        rows = [
            [case_cell(c), c.title, of_procedure(c.procedure).state(c).label, day_words(c.received_on)] for c in cases
        ]
        columns = ("Case", "Title", "Status", "Received")
        yield section(words, columns, rows, len(pks), "On record as " + "; ".join(people) + "." if people else "")


def person_words(row) -> str:
    """A person on record, with their addresses and numbers."""
    more = [getattr(row, name, "") for name in ("email", "phone", "address")]
    return ", ".join(" ".join(str(v).split()) for v in (row, *more) if v)


def people_sections(found):
    """The person as a member, and as somebody who signs in."""
    seats = [
        [row.name, row.get_kind_display() if model is Member else "Substitute", between(row)]
        for model in (Member, Substitute)
        for row in found.rows.get(model, ())
    ]
    if seats:
        yield section("As member of the panel", ("Name", "Kind", "Days"), seats)
    users = []
    for user in found.rows.get(User, ()):
        roles = [
            f"{capital(Role(m.role).words)} ({between(m)[0].lower()}{between(m)[1:]})"
            for m in found.panel.memberships.filter(user=user)
        ]
        numbers = [
            found.scoped(model).filter(**{column: user}).count()
            for model, column in ((SignIn, "user"), (Entry, "by"), (Opening, "by"))
        ]
        users.append([user.name, user.email, "; ".join(roles) or "None", *map(str, numbers)])
    if users:
        columns = ("Name", "Email", "Roles", "Sign-ins", "Steps entered", "Pages and files opened")
        yield section("As somebody who signs in", columns, users)


def acted_section(found):
    """The number of rows of each kind that name the person as the one who acts, or who receives something."""
    rows = []
    for model in models_held():
        if model in (*PEOPLE, *LOGS, Entry, Membership) or not to_people(model):
            continue
        if number := found.pointing(model, at=(Member, Substitute, User)).count():
            rows.append([capital(str(model._meta.verbose_name_plural)), str(number)])
    return section("Where a record names them by their account or seat", ("Record", "How many"), rows) if rows else None


def mention_section(found):
    """(section, whether there is any) of other mentions, counted by case and kind of record."""
    counted = Counter((case, kind_of(row)) for row, _, _, _, case in found.mentions())
    first = sorted(counted, key=lambda key: (key[0] is None, key[0] or 0, key[1]))[:MOST_ROWS_SHOWN]
    pks = {case for case, _ in first if case is not None}
    cases = Case.objects.filter(pk__in=pks).select_related("panel").in_bulk()
    papers = dict(Document.objects.filter(case__in=pks).order_by().values_list("case").annotate(n=Count("pk")))
    rows = []
    for pk, kind in first:
        case = cases.get(pk)
        documents = "None"
        if case is not None and papers.get(pk):
            url = case_url(case, of_procedure(case.procedure), "documents")
            documents = {"words": plural(papers[pk], "document"), "url": url}
        rows.append([case_cell(case) if case else "No case", kind, str(counted[pk, kind]), documents])
    if not rows:
        return None, False
    columns = ("Case", "Record", "How often", "Documents to read")
    note = "In words that somebody typed, outside the cases above. Documents of these cases are not in the file: read them."
    return section("Where the name occurs in text", columns, rows, len(counted), note), True


def document_section(found):
    """The documents of the cases about the person, each to be read before disclosure."""
    every = found.documents()
    rows = []
    for d in islice(every, MOST_ROWS_SHOWN):
        d.case.panel = found.panel
        register = of_procedure(d.case.procedure)
        url = reverse("panel:download", args=[found.panel.slug, register.slug, d.case.reference, d.key])
        flags = document_flags(d, d.entry.step, register)[1:]
        rows.append([{"words": d.name, "url": url}, case_cell(d.case), "; ".join(flags) or "Open", "Read it first"])
    left = sum(1 for _ in every)
    return (
        section("Documents to read", ("Document", "Case", "Kept as", "Flag"), rows, len(rows) + left) if rows else None
    )


# The file ------------------------------------------------------------------------------------------------------------


def packed(found, terms):
    """A ZIP file with the page, the rows and the documents, written while they are read, and set back to its beginning."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as into, tempfile.TemporaryFile() as lines:
        listing = []
        for n, d in enumerate(found.documents(), 1):
            name = f"documents/{d.case.reference}-{n:03d}-{d.name}"
            listing.append({
                "name": d.name, "file": name if copied(d, into, name) else "", "case": d.case.reference,
                "flags": document_flags(d, d.entry.step, of_procedure(d.case.procedure)),
            })  # fmt: skip
        context = {
            "panel": found.panel, "terms": terms, "also": [t for t in found.mine.given if not found.asked.is_one(t)],
            "made": day_words(clock.today()), "by": found.user.name, "documents": listing, "drafts": found.drafts,
        }  # fmt: skip
        head, tail = render_to_string("reports/held.html", context).split(CUT)
        with into.open("index.html", "w", force_zip64=True) as page:
            page.write(head.encode())
            for line in csv_lines(COLUMNS, written(found, page)):
                lines.write(line.encode())
            page.write(tail.encode())
        lines.seek(0)
        with into.open("rows.csv", "w", force_zip64=True) as target:
            copyfileobj(lines, target)
    file.seek(0)
    return file


def copied(document, into, name) -> bool:
    """Copy a document into the ZIP; False if the store has no such file."""
    with suppress(Missing), opened(document) as source:
        with into.open(name, "w", force_zip64=True) as target:
            copyfileobj(source, target, 2**16)
        return True
    return False


def written(found, page):
    """Write each block to the page, and yield its rows for rows.csv."""
    block_html, rows_html = get_template("reports/held_block.html"), get_template("reports/held_rows.html")
    for block in blocks(found):
        page.write(block_html.render({"block": block}).encode())
        counted: Counter = Counter()
        reference, empty = (block.case.reference if block.case else ""), True
        for _, cells in groupby(block.cells, key=lambda c: (c.reference, c.record)):
            told = []
            for cell in cells:
                flags, empty = cell.why_flagged, False
                kind = f"{cell.kind}, earlier" if cell.earlier else cell.kind
                yield (
                    cell.reference or reference, kind, cell.day, cell.label, cell.text, "yes" if flags else "", flags,
                )  # fmt: skip
                told.append((cell, flags))
            if cell.log:
                counted[without_number(cell.kind)] += 1
            else:
                context = {"first": told[0][0], "day": in_words(told[0][0].day), "rows": [
                    (c, flags, in_words(c.day) if c.earlier else "") for c, flags in told
                ]}  # fmt: skip
                page.write(rows_html.render(context).encode())
        end = {"counted": sorted(counted.items()), "empty": empty, "end": True}
        page.write(block_html.render(end).encode())


def in_words(day: str) -> str:
    """A day written 2026-11-28 in words; "" for none."""
    return day_words(date.fromisoformat(day)) if day else ""


def without_number(kind: str) -> str:
    """The kind of a record without its number: "Step" for "Step 4"."""
    return kind.rstrip("0123456789 ")
