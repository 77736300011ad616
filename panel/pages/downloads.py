"""What leaves the product as files: the list as filtered, and a whole case as one ZIP."""

import tempfile
import zipfile

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.documents.inspection.kinds import ZIP
from panel.documents.store import Missing, opened, words_of
from panel.files.spreadsheets import csv_lines, write_xlsx
from panel.law import clock
from panel.law.period import day_words
from panel.pages.base import case_of, in_panel
from panel.pages.case_page import CasePage
from panel.pages.timeline import answers_of, timeline
from panel.record import access_log

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLES = ("csv", "xlsx")  # the kinds of file that a table can be had as
IN_MEMORY_BYTES = 2**20  # of a file made here; a longer one goes to a temporary file


def table_file(kind, name, title, head, rows):
    """A table as the answer, of one of TABLES: CSV is streamed. `name` has no ending; `title` stands on Excel's sheet."""
    name = f"{name}.{kind}"
    if kind == "csv":
        response = StreamingHttpResponse(csv_lines(head, rows), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_xlsx(file, title, head, rows)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


@require_safe
@in_panel("case.export")
def listed(request, panel, who, register, kind):
    """The cases of the list, exactly as filtered and within what the person may see."""
    page = register.list_page
    if kind not in TABLES or not page.exported_columns:
        raise Http404
    listing = page.listing(panel, who, request.user, request.GET)
    access_log.note(request, what=register.slug, asked=access_log.filters(request.GET, listing.filters.form))
    cells = page.exported(listing.rows, who)
    name = f"{panel.slug}-{register.slug}-{clock.today().isoformat()}"
    return table_file(kind, name, register.words, page.exported_columns, cells)


@require_safe
@in_panel("case.package")
def package(request, panel, who, register, reference):
    """One case whole: an index to open first, the record and its steps, and every document the person may open."""
    look = CaseContext(case_of(request, who, register, reference), request.user, who)
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        pack(packed, look)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{look.case.reference}.zip", content_type="application/zip")


def pack(packed, look, under=""):
    """Put a case into the ZIP, all of it in that folder."""
    documents = [
        d
        for d in look.case.documents.order_by("pk")
        if rules.sees_document(look.who, look.case_roles, d.classification)
    ]
    page, register = CasePage(look), look.register
    names = {d.pk: f"documents/{n:03d}-{d.name}" for n, d in enumerate(documents, 1)}
    missing = pack_documents(packed, documents, {pk: f"{under}{name}" for pk, name in names.items()})
    rows = [
        {
            "name": d.name, "file": "" if d.pk in missing or d.erased or d.content_type == ZIP else names[d.pk],
            "kind": words_of(d.content_type),
            "erased": d.erased, "archive": d.content_type == ZIP,
            "size": d.size, "sha256": d.sha256, "classification": d.get_classification_display(),
            "entry": d.entry.number,
        }
        for d in documents
    ]  # fmt: skip
    own_files = page.own.files()
    for name, _, content in own_files:
        packed.writestr(f"{under}{name}", content)
    context = {
        "case": look.case, "own": page.own, "panel": look.panel, "made": day_words(clock.today()),
        "by": look.user.name, "parts": page.own.parts_table(), "summary": page.own.summary(),
        "complaint": page.own.words(),
        "events": timeline(look, register, full=True), "documents": rows,
        "files": [(name, words) for name, words, _ in own_files], "facts": page.own.facts(),
        "status": look.procedure.state(look.case.status).label,
    }  # fmt: skip
    packed.writestr(f"{under}index.html", render_to_string("reports/case.html", context))
    head = ("Entry", "Step", "Took effect", "Entered", "By", "Decided by", "Reasons", "Answers", "Taken back")
    packed.writestr(f"{under}steps.csv", "".join(csv_lines(head, steps(look))))
    head = ("File", "Name", "Kind", "Bytes", "SHA-256", "Classification", "Entry")
    lines = ((r["file"], r["name"], r["kind"], r["size"], r["sha256"], r["classification"], r["entry"]) for r in rows)
    packed.writestr(f"{under}documents.csv", "".join(csv_lines(head, lines)))


def pack_documents(packed, documents, names) -> set[int]:
    """Put the documents into the ZIP under these names; those whose files are missing. An archive is part of no bundle."""
    missing = set()
    for d in [d for d in documents if not d.erased and d.content_type != ZIP]:
        try:
            with opened(d) as source, packed.open(names[d.pk], "w") as target:
                for chunk in iter(lambda: source.read(2**16), b""):  # noqa: B023 - used up in this turn
                    target.write(chunk)
        except Missing:
            missing.add(d.pk)
    return missing


def steps(look):
    """One row of cells for each entry, oldest first."""
    undone = {e.reverses_id: e.number for e in look.entries if e.reverses_id}
    for e in look.entries:
        words = look.procedure.past_step(e.step).past_words
        rows = [r for r in answers_of(look, e) if r["label"] != "Reasons"]
        said = "; ".join(f"{r['label']}: {r['value']}" for r in rows)
        taken_back = f"by entry {undone[e.pk]}" if e.pk in undone else ""
        decided = str(e.decided_by or e.decided_as or "")
        yield (
            e.number, words, e.on, e.entered_at.astimezone(clock.LONDON).strftime("%Y-%m-%d %H:%M"), e.by_words,
            decided, e.why, said, taken_back,
        )  # fmt: skip
