"""Documents: checked, kept exactly as they came under random names, served only through a checked view.

check(upload) == Checked("withdrawal.pdf", "application/pdf")   # or ValidationError, which names the file
store_all(attempt)                                              # bytes first, then the rows, within the act
opened(document)                                                # its bytes, or Missing
sweep()                                                         # names of files removed that no row knows
"""

import hashlib
import logging
import os
import re
import time
import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import FileField
from django.utils import timezone

from panel.documents.apart import SECONDS, TooCostly, apart
from panel.documents.inspection.films import EXTENSIONS, film
from panel.documents.inspection.kinds import KINDS, PAGES, PROGRAMS, Kind, Unacceptable
from panel.documents.scan import NotClean, scan
from panel.law.roles import Classification
from panel.models import Bundle, Document, IncomingFile
from panel.models.journal import ERASED

logger = logging.getLogger(__name__)
LONGEST_NAME_CHARACTERS = 150  # as the column has it
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # Windows opens a device
KNOWN = {e for kind in KINDS.values() for e in (kind.extension, *kind.also)}


@dataclass(frozen=True)
class Checked:
    """An upload that may be kept: the name to show and give it, and its type by its bytes."""

    name: str
    content_type: str


# Checking -----------------------------------------------------------------------------------------------------------


def check(upload, seconds: float = SECONDS) -> Checked:
    """The upload's name and type. Raises ValidationError, naming the file and saying what to do. The answer is kept
    with the upload, so that asking again costs nothing."""
    found = getattr(upload, "checked", None)
    if found is None:
        try:
            found = _check(upload, seconds)
        except ValidationError as error:
            found = error
        upload.checked = found
    if isinstance(found, ValidationError):
        raise found
    return found


def check_ahead(files) -> None:
    """Check every file sent, and raise nothing: so that the reading is over before a lock is taken. All of them together
    may take three times as long as one."""
    until = time.monotonic() + 3 * SECONDS
    lists = files.lists() if hasattr(files, "lists") else (files or {}).items()
    for _, uploads in lists:
        for upload in uploads if isinstance(uploads, list | tuple) else [uploads]:
            try:
                check(upload, min(SECONDS, until - time.monotonic()))
            except ValidationError:
                continue


def most_bytes(name: str | None) -> int:
    """How large a file of that name may be: a film may be larger than a document."""
    extension = tidy(name).rpartition(".")[2].lower()
    return (
        max(settings.FILM_MAX_SIZE, settings.DOCUMENT_MAX_SIZE)
        if extension in EXTENSIONS
        else settings.DOCUMENT_MAX_SIZE
    )


def _check(upload, seconds: float) -> Checked:
    name = tidy(upload.name)
    most = most_bytes(name)
    if upload.size > most:
        raise ValidationError(f"{name} must be smaller than {most // 1024 // 1024}MB", code="too_large")
    extension = name.rpartition(".")[2].lower()
    if extension in PROGRAMS:
        raise ValidationError(f"{name} is a program, script or file with macros, which cannot be attached", code="name")
    if extension in PAGES:
        raise ValidationError(f"{name} is a web page or a file of markup. Save it as a PDF", code="name")
    kind = _film(upload, name) if upload.size > settings.DOCUMENT_MAX_SIZE else _looked(upload, name, seconds)
    try:
        scan(upload)
    except NotClean as error:
        raise ValidationError(f"{name} {error}", code="scan") from error
    return Checked(named(name, kind), kind.content_type)


def all_checked(uploads: list[Any]) -> list[Any]:
    """The uploads, if the content of each is allowed. Raises ValidationError with a line for every one that is not."""
    problems: list[ValidationError] = []
    for upload in uploads:
        try:
            check(upload)
        except ValidationError as error:
            problems += error.error_list
    if problems:
        raise ValidationError(problems)
    return uploads


def _looked(upload, name: str, seconds: float) -> Kind:
    """The kind of a document. Raises ValidationError."""
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    try:
        found = looked_into(hashlib.sha256(content).digest(), content, seconds)
    except TooCostly as error:
        words = f"{name} {error}. Save it again in the program that made it, or as a PDF"
        raise ValidationError(words if "Try again" not in str(error) else f"{name} {error}", code="costly") from error
    if "kind" not in found:
        raise ValidationError(f"{name} {found['refused']}", code="content")
    return KINDS[found["kind"]]


def _film(upload, name: str) -> Kind:
    """The kind of a film that is larger than a document may be: it is never read whole. Raises ValidationError."""
    try:
        found = film(upload, upload.size)
    except Unacceptable as error:
        raise ValidationError(f"{name} {error}", code="content") from error
    finally:
        upload.seek(0)
    if not found:
        most = settings.DOCUMENT_MAX_SIZE // 1024 // 1024
        raise ValidationError(f"{name} is no film, so it must be smaller than {most}MB", code="too_large")
    return KINDS[found]


KNOWN_ANSWERS: OrderedDict[bytes, dict[str, str]] = (
    OrderedDict()
)  # by SHA-256: the same bytes are asked about twice a step
MOST_KNOWN_ANSWERS = 200


def looked_into(digest: bytes, content: bytes, seconds: float) -> dict[str, str]:
    """The kind of the content or why it is refused, found by a process of its own. Raises TooCostly."""
    found = KNOWN_ANSWERS.get(digest)
    if found is None:
        found = KNOWN_ANSWERS[digest] = apart("panel.documents.inspection:answer", content, seconds=seconds)
        while len(KNOWN_ANSWERS) > MOST_KNOWN_ANSWERS:
            KNOWN_ANSWERS.popitem(last=False)
    return found


def tidy(name: str | None) -> str:
    """A name without folders, and without what nobody sees: control characters and marks that turn its reading round.
    Never empty; may still be too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name or ""))[-1]
    last = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    last = re.sub(r'[<>:"|?*]', "_", re.sub(r"\s+", " ", last)).strip(" .")
    return last or "document"


def named(name: str, kind: Kind) -> str:
    """The name with the extension of its kind, no longer than its column, and none that Windows keeps for itself."""
    stem, _, extension = name.rpartition(".")
    if not stem or extension.lower() not in KNOWN:
        stem, extension = name, ""  # "minutes of 3.May" has no extension to take away
    extension = extension.lower()
    if extension != kind.extension and extension not in kind.also:
        extension = kind.extension
    if RESERVED.fullmatch(stem.strip(" .")):
        stem = f"_{stem}"
    stem = stem[: LONGEST_NAME_CHARACTERS - len(extension) - 1].rstrip(" .") or "document"
    return f"{stem}.{extension}"


def words_of(content_type: str) -> str:
    """A kind of file in words, by the type kept in a row."""
    return next((kind.words for kind in KINDS.values() if kind.content_type == content_type), "File")


# Keeping ------------------------------------------------------------------------------------------------------------


def store_all(attempt) -> None:
    """Keep every file that the step's form took: its bytes first, then its row in the act.

    Raises OSError when the bytes cannot be written, and then leaves none of them: the act leaves no row either.
    """
    written: list[str] = []
    try:
        for upload in attempt.answers.get("documents") or []:
            found = check(upload)
            document = Document(
                case=attempt.case,
                entry=attempt.entry,
                name=found.name,
                content_type=found.content_type,
                classification=attempt.answers.get("classification") or Classification.RESTRICTED,
            )
            write(document, upload, written)
            document.save(force_insert=True)
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise


def write(row, upload, written: list[str]) -> None:
    """Write the bytes under a random name and put name, size and SHA-256 into the row, of a document, a bundle or what came in.
    `written` gets the name: whoever calls removes the file if the row is not saved."""
    field = type(row)._meta.get_field("file")
    counted = Counted(upload)
    name = field.generate_filename(row, row.name)
    written.append(name)  # before it is there: half a file is removed as well
    if remote(field.storage):  # which reads in ways of its own, and more than once
        for _ in counted.chunks():
            pass
        upload.seek(0)
        row.file = field.storage.save(name, File(upload, name=row.name), max_length=field.max_length)
    else:
        row.file = field.storage.save(name, counted, max_length=field.max_length)
    row.size, row.sha256 = counted.count, counted.digest.hexdigest()
    _to_disk(field.storage, row.file.name)


class Counted(File):
    """A file that counts and digests its bytes while a storage reads them, chunk by chunk."""

    def __init__(self, file):
        super().__init__(file, name=file.name)
        self.digest = hashlib.sha256()
        self.count = 0

    def chunks(self, chunk_size=None) -> Iterator[bytes]:
        """The file's bytes from its beginning."""
        self.digest, self.count = hashlib.sha256(), 0
        for chunk in self.file.chunks(chunk_size):
            self.digest.update(chunk)
            self.count += len(chunk)
            yield chunk


def remote(storage) -> bool:
    """Whether a storage has no disk of this machine's."""
    try:
        storage.path("x")
    except NotImplementedError:
        return True
    return False


def _to_disk(storage, name: str) -> None:
    """Wait until the bytes are on the disk: the row, which follows, is. An object store sees to it itself."""
    if remote(storage):
        return
    path = storage.path(name)
    for each in (path, os.path.dirname(path)):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# Opening ------------------------------------------------------------------------------------------------------------


class Missing(Exception):
    """The stored file of a document cannot be read: lost, moved, or not to be opened by the server."""


def opened(document):
    """The file of a document or of a bundle, open for reading. Raises Missing, and then writes it to the log: by numbers,
    for its name may hold somebody's."""
    try:
        return document.file.open("rb")
    except (OSError, ValueError) as error:  # ValueError: its row names no file
        words = "the stored file of %s %s on case %s cannot be read: %s"
        logger.error(
            words, document._meta.model_name, document.pk, getattr(document, "case_id", None), type(error).__name__
        )
        raise Missing(document.pk) from error


# Sweeping -----------------------------------------------------------------------------------------------------------


def sweep(older_than: timedelta = timedelta(days=1), *, remove: bool = True) -> list[str]:
    """Remove the stored files that no row of any model knows, once they are that old: a step under way writes its
    files before its rows. Their names; with `remove` off they stay."""
    known = _known()
    limit = timezone.now() - older_than
    found = []
    for name in _stored(""):
        if name not in known and default_storage.get_modified_time(name) < limit:
            found.append(name)
            if remove:
                default_storage.delete(name)
    return found


def _known() -> set[str]:
    """The names of all files that rows know."""
    names: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField) and field.storage is default_storage:
                rows = model._base_manager.exclude(**{field.name: ""})
                if model in (Document, Bundle, IncomingFile):
                    rows = rows.exclude(name=ERASED)  # a crash kept the file of an erased one from going with it
                names.update(rows.values_list(field.name, flat=True))
    return names


def _stored(folder: str) -> Iterable[str]:
    """The names of all stored files under a folder."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}" if folder else name
    for name in folders:
        yield from _stored(f"{folder}/{name}" if folder else name)
