"""Makes bundles: asked for in one act, made at once where they are small, else by `manage.py bundle` in a process of its own,
and kept byte for byte as they went out.

    rows = ask(look, Wanted(audience, members=(...), documents=(...), named=False), by=user)
    make(rows[0])                  # lays it out, writes the ZIP with the PDF in it, and seals that it is ready
    make_apart()                   # a process that makes whatever waits
"""

import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.template.defaultfilters import filesizeformat

from panel.access import papers
from panel.bundles.paper import Cover, Piece, lines_pdf, paper_pdf, unprinted, without
from panel.casework.case_context import CaseContext
from panel.documents import store
from panel.documents.apart import MOST_DRAWN, TooCostly, apart
from panel.files import pdf
from panel.law import clock, meetings
from panel.law.marks import Marks
from panel.law.period import day_words
from panel.models import Bundle, Case, Document, Member, User
from panel.procedure.bundles import Audience, Readers
from panel.procedure.register import of_procedure
from panel.record.act import sealed_act

MOST_PAGES, MOST_BYTES = 200, 100 * 1024 * 1024  # of a bundle that is made while somebody waits
LONGEST_PRINTED = 120 * 1024 * 1024  # bytes of one document
SECONDS, MEMORY = 20, 800 * 1024 * 1024  # to lay out one document while somebody waits
PATIENT_SECONDS, PATIENT_MEMORY = 180, 1600 * 1024 * 1024
PRINTED = ("application/pdf", "image/jpeg", "image/png")
KEPT_DAYS = 42  # until a member hands the papers back, where no day is given
MANAGE = Path(__file__).resolve().parents[2] / "manage.py"


Laid = tuple[str, list[Piece]]  # a section's heading, and its papers


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for."""

    audience: Audience
    documents: tuple[Document, ...]
    named: bool
    members: tuple[Member, ...] = ()  # whose copies; none: one copy for a body, or for all


def ask(look: CaseContext, wanted: Wanted, *, by: User) -> list[Bundle]:
    """Write down the bundles that somebody asked for: a row for each copy, waiting to be made."""
    readers: tuple[Member | None, ...] = wanted.members or (None,)
    with sealed_act(look.panel, by=by, name="make_bundle") as act:
        found = []
        for number, member in enumerate(readers, 1):
            of = f" copy {number} of {len(readers)}" if len(readers) > 1 else ""
            row = Bundle(
                case=Case.objects.get(pk=look.case.pk), audience=wanted.audience.key, member=member, copy=number,
                copies=len(readers), named=wanted.named, by=by, asked_at=act.at,
                documents=[d.pk for d in wanted.documents],
                back_by=clock.today() + timedelta(days=KEPT_DAYS) if wanted.audience.care else None,
                name=f"{look.case.reference} bundle for {wanted.audience.words}{of}.zip",
            )  # fmt: skip
            row.save()
            found.append(row)
    return found


def large(documents) -> bool:
    """Whether these documents make a bundle that nobody should wait for: over 100 MB, or over 200 pages."""
    if sum(d.size for d in documents) > MOST_BYTES:
        return True
    pages = 0
    for document in documents:
        if document.content_type == "application/pdf":
            pages += counted(document)
        else:
            pages += 1
    return pages > MOST_PAGES


def counted(document: Document) -> int:
    """How many pages a PDF file has; as many as are too many, where that cannot be found out quickly."""
    try:
        with store.opened(document) as file:
            return int(apart("panel.documents.drawing:count", file.read(), most_bytes=MEMORY))
    except store.Missing:
        return 1
    except TooCostly:
        return MOST_PAGES + 1


def make_apart(row: Bundle) -> None:
    """Let a process of its own make it, which goes on when the request has ended."""
    subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, str(MANAGE), "bundle", str(row.key)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def make_all(rows: list[Bundle]) -> list[Bundle]:
    """Make the copies that were asked for together: their papers are laid out once."""
    laid: list[Laid] = []
    return [make(row, laid=laid) for row in rows]


def make(row: Bundle, *, patient: bool = False, laid: list[Laid] | None = None) -> Bundle:
    """Make it and keep it; where that fails, say why on the row. Whoever makes it second keeps nothing. `laid` are the
    papers of another copy for readers of the same kind, and are filled where it is empty."""
    written: list[str] = []
    laid = [] if laid is None else laid
    try:
        with tempfile.TemporaryFile() as file:
            maker = Maker(row, patient)
            laid += [] if laid else maker.pieces()
            made = maker.write(file, laid)
            file.seek(0)
            fresh = Bundle.objects.select_related("case").get(pk=row.pk)
            store.write(fresh, File(file, name=fresh.name), written)
        with sealed_act(fresh.case.panel, by=row.by, name="bundle_made") as act:
            now = Bundle.objects.select_related("case").get(pk=row.pk)
            if now.state == Bundle.State.READY or now.case.erased_on:
                raise Superseded
            for column in ("file", "size", "sha256"):
                setattr(now, column, getattr(fresh, column))
            now.pdf_sha256, now.pages, now.contents = made.sha256, made.pages, made.contents
            now.state, now.trouble, now.made_at = Bundle.State.READY, "", act.at
            now.save()
        return now
    except Superseded:
        discard(written)
        return Bundle.objects.get(pk=row.pk)
    except (pdf.NoPdf, OSError, ValueError, zipfile.BadZipFile) as error:
        discard(written)
        said = str(error) if isinstance(error, pdf.NoPdf) else "It could not be laid out or written. Try again."
        with sealed_act(row.case.panel, by=row.by, name="bundle_failed"):
            now = Bundle.objects.get(pk=row.pk)
            if now.state == Bundle.State.WAITING:
                now.state, now.trouble = Bundle.State.FAILED, said[:300]
                now.save()
        return now
    except BaseException:
        discard(written)
        raise


class Superseded(Exception):
    """Somebody else has made it meanwhile, or the case was erased."""


def discard(names: list[str]) -> None:
    """Remove files whose rows are not written."""
    for name in names:
        default_storage.delete(name)


@dataclass(frozen=True)
class Made:
    """What was made."""

    sha256: str
    pages: int
    contents: dict


class Maker:
    """One bundle while it is being made."""

    def __init__(self, row: Bundle, patient: bool):
        register = of_procedure(row.case.procedure)
        case = register.case_model.objects.select_related("panel", *register.related).get(pk=row.case_id)
        self.row, self.case, self.patient = row, case, patient
        self.look = CaseContext(case, row.by)
        self.bundles = register.bundles
        self.audience = next(a for a in self.audiences() if a.key == row.audience)
        self.marks = Marks(()) if row.named else self.bundles.marks(self.look)
        self.house = case.panel.names.name
        copy = f", copy {row.copy} of {row.copies}" if row.copies > 1 else ""
        self.foot = f"{self.house}: bundle {case.reference}, for {self.audience.words}{copy}"

    def audiences(self) -> list[Audience]:
        """Those of the case; of one whose sub-panel has gone meanwhile, those that there were."""
        found = self.bundles.audiences(self.look)
        if all(a.key != self.row.audience for a in found):
            found.append(Audience(self.row.audience, self.row.audience.replace("_", " "), Readers.BODY))
        return found

    def documents(self) -> list[Document]:
        """The documents chosen that this reader may have, now as when they were chosen."""
        rows = Document.objects.filter(case=self.case.pk, pk__in=self.row.documents).order_by("pk")
        found = [d for d in rows if not d.erased]
        if self.row.member is None:
            return found
        roles = self.look.case_roles
        return [d for d in found if papers.paper_holds(roles, self.row.member, d.classification)]

    def write(self, file, sections: list[Laid]) -> Made:
        """Write the ZIP file, the PDF in it."""
        every = [piece for _, pieces in sections for piece in pieces]
        whole, pages = self.together(sections, every)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("bundle.pdf", whole, zipfile.ZIP_STORED)
            for piece in every:
                if piece.document is not None:
                    self.pack(packed, piece)
            packed.writestr("index.csv", self.index(sections))
        rows = [
            [heading, [[p.number, p.title, str(p.day or ""), p.source, p.pages_words] for p in pieces]]
            for heading, pieces in sections
        ]
        return Made(hashlib.sha256(whole).hexdigest(), pages, {"sections": rows})

    def pack(self, packed: zipfile.ZipFile, piece: Piece) -> None:
        """Put the original of a document into the ZIP file."""
        try:
            with store.opened(piece.document) as source, packed.open(piece.path, "w") as target:
                for chunk in iter(lambda: source.read(2**16), b""):
                    target.write(chunk)
        except store.Missing:
            piece.path = ""

    def pieces(self) -> list[Laid]:
        """Each section with its papers, laid out."""
        number, found, names = 0, [], set()
        for place, section in enumerate(self.bundles.sections(self.look, self.audience, self.documents())):
            heading = f"{chr(65 + place)}. {section.heading}"
            pieces = []
            for item in section.items:
                number += 1
                title, source = self.marks.removed(item.title), self.marks.removed(item.source)
                piece = Piece(number, title, item.day, source, document=item.document)
                if item.document is not None:
                    piece.path = path_in_zip(heading, number, self.marks.removed(item.document.name), names)
                    piece.pdf = self.printed(piece)
                else:
                    piece.pdf = paper_pdf(title, self.house, without(item.blocks, self.marks))
                pieces.append(piece)
            found.append((heading, pieces))
        return found

    def printed(self, piece: Piece) -> bytes:
        """The document's pages, or the page that stands for it."""
        document = piece.document
        why = ""
        if document.content_type not in PRINTED:
            why = "only PDF files and photographs are"
        elif document.size > LONGEST_PRINTED:
            why = "it is too large"
        else:
            try:
                with store.opened(document) as file:
                    found = apart(
                        "panel.documents.drawing:pages", file.read(), most_answered=8 * MOST_DRAWN if not self.patient
                        else 40 * MOST_DRAWN, seconds=PATIENT_SECONDS if self.patient else SECONDS,
                        most_bytes=PATIENT_MEMORY if self.patient else MEMORY,
                    )  # fmt: skip
                if isinstance(found, bytes):
                    return found
                why = f"it {found['why']}"
            except TooCostly as error:
                why = f"it {error}"
            except store.Missing:
                why, piece.path = "its file is gone from the store", ""
        name = self.marks.removed(document.name)
        where = piece.path or "no place: it could not be read"
        kind, size = store.words_of(document.content_type), filesizeformat(document.size)
        return paper_pdf(piece.title, self.house, unprinted(name, kind, size, why, where))

    def together(self, sections, every: list[Piece]) -> tuple[bytes, int]:
        """The PDF: cover and index, then every paper with the bundle's line and number; and how many pages follow the
        index."""
        from pypdf import PageObject, PdfReader, PdfWriter

        pages, bodies = 0, []
        for piece in every:
            body = PdfReader(io.BytesIO(piece.pdf)).pages
            piece.pages, piece.first = len(body), pages + 1
            pages += len(body)
            bodies.append(body)
        writer = PdfWriter()
        first = PdfReader(io.BytesIO(self.cover(sections, pages).as_pdf())).pages
        for page in first:
            writer.add_page(page)
        wide = [p.mediabox.width > p.mediabox.height for body in bodies for p in body]
        lines = PdfReader(io.BytesIO(lines_pdf(list(enumerate(wide, 1)), self.foot))).pages
        number = 0
        for piece, body in zip(every, bodies, strict=True):
            for page in body:
                added: PageObject = writer.add_page(page)
                added.merge_page(lines[number])
                number += 1
            writer.add_outline_item(title=f"{piece.number}. {piece.title}", page_number=len(first) + piece.first - 1)
        writer.set_page_label(0, len(first) - 1, style="/r", prefix="Cover ")
        if number:
            writer.set_page_label(len(first), len(first) + number - 1, style="/D", start=1)
        writer.add_metadata({"/Title": f"{self.title}, {self.case.reference}", "/Author": self.house,
                             "/Producer": "Panel casework", "/Creator": "Panel casework"})  # fmt: skip
        writer.compress_identical_objects()
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue(), pages

    @property
    def title(self) -> str:
        """ "Bundle for the sub-panel"."""
        return f"Bundle for {self.audience.words}"

    def cover(self, sections, pages: int) -> Cover:
        """The cover: what it is, for whom, what is asked, what is left out."""
        row, today = self.row, clock.today()
        rows = [(label, self.marks.removed(words)) for label, words in self.bundles.cover(self.look, self.audience)]
        if row.member is not None:
            copy = f"Number {row.copy} of {row.copies}: " if row.copies > 1 else ""
            rows.append(("This copy", f"{copy}{row.member.name}"))
        rows.append(("Made", f"{day_words(today)}, {pages} page{'' if pages == 1 else 's'}, by {row.by.name}"))
        if self.marks:
            rows.append((
                "Protected", "The complainant is not named in this bundle and must not be named. Who recognises the "
                "complainant tells the Monitoring Officer and nobody else.",
            ))  # fmt: skip
        by = f" by {day_words(row.back_by)}" if row.back_by else ""
        care = f"{self.audience.care}{by}." if self.audience.care else ""
        return Cover(
            self.house, self.case.reference, self.title, self.marking(), rows, self.audience.asked, care, self.foot,
            sections, self.left_out(),
        )  # fmt: skip

    def marking(self) -> str:
        """Not for publication, and under which paragraphs; a body outside has a marking of its own."""
        if self.audience.marking:
            return self.audience.marking
        country = self.case.panel.settings_on(clock.today()).country
        numbers = ["12", "13"] if country == meetings.WALES else ["1", "2"]
        words = meetings.paragraphs_in_words(country, numbers)
        return f"Not for publication: exempt under {words} to the Local Government Act 1972"

    def left_out(self) -> str:
        """What this copy does not hold, said at the end of the index."""
        said = list(self.bundles.left_out(self.look, self.audience))
        if self.marks:
            said.insert(0, "the complainant’s name, address and numbers")
        there = {d.pk for d in self.documents()}
        rest = Document.objects.filter(case=self.case.pk).exclude(pk__in=there)
        if missing := sum(not d.erased for d in rest):
            said.append(f"{missing} document{'' if missing == 1 else 's'} of the case")
        return f"Left out of this copy: {'; '.join(said)}." if said else ""

    def index(self, sections) -> str:
        """The index as comma-separated values, with the file and SHA-256 of each document."""
        from panel.files.spreadsheets import csv_lines

        head = ("Part", "No", "Document", "Date", "From", "Pages of bundle.pdf", "File", "SHA-256")
        rows = (
            (heading, p.number, p.title, str(p.day or ""), p.source, p.pages_words, p.path,
             getattr(p.document, "sha256", ""))
            for heading, pieces in sections for p in pieces
        )  # fmt: skip
        return "".join(csv_lines(head, rows))


def path_in_zip(heading: str, number: int, name: str, known: set[str]) -> str:
    """Where a document lies in the ZIP file: a path that Windows takes, however deep the folder it is unpacked in."""
    folder = store.tidy(heading.replace(".", ""))[:40].rstrip(" .")
    stem, _, extension = store.tidy(name).rpartition(".")
    stem = f"{number:03d} {(stem or extension)[:60]}".rstrip(" .")
    found = f"{folder}/{stem}.{extension[:8]}" if extension else f"{folder}/{stem}"
    while found.casefold() in known:
        stem += "_"
        found = f"{folder}/{stem}.{extension[:8]}"
    known.add(found.casefold())
    return found
