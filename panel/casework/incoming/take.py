"""Taking in: what was dropped is read, and kept as it came, in one act."""

import base64
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage

from panel.documents import store
from panel.documents.apart import SECONDS, TooCostly, apart
from panel.documents.inspection.kinds import KINDS, PROGRAMS
from panel.documents.scan import NotClean, scan
from panel.law import clock
from panel.law.plain_text import plain
from panel.models import IncomingFile, IncomingMessage, Panel, User
from panel.post import find, returned
from panel.record.act import sealed_act

READ = "panel.documents.reading:read"
EMAILS = ("eml", "emlx", "msg")
MOST_TOLD = 64 * 1024 * 1024  # characters of an email's answer, its attachments in them
UNREAD = "We could not read this email. It is kept as it came. Type in what it says."
HEADS = (
    b"\xd0\xcf\x11\xe0",
    b"Received:",
    b"Return-Path:",
    b"Delivered-To:",
    b"From:",
    b"MIME-Version:",
    b"Message-ID:",
)


@dataclass
class Taken:
    """What was dropped: the email if there was one, the files beside it, and what was refused, in sentences."""

    upload: Any = None  # the email
    told: dict[str, Any] = field(default_factory=dict)  # what it says
    beside: list[Any] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing of it can be kept."""
        return self.upload is None and not self.beside


def is_email(upload: Any) -> bool:
    """Whether the file says that it is an email, by its name or its beginning; whether it is one, its reading shows."""
    if (upload.name or "").rpartition(".")[2].lower() in EMAILS:
        return True
    upload.seek(0)
    head = upload.read(2048)
    upload.seek(0)
    return head.startswith(HEADS[1:]) and b"\0" not in head


def look(uploads: Iterable[Any]) -> Taken:
    """Read and look into what was dropped, before anything is kept or locked. The first email is the one to log."""
    taken = Taken()
    for upload in uploads:
        if taken.upload is None and is_email(upload):
            try:
                taken.told = read(upload)
                taken.upload = upload
            except ValidationError as error:
                taken.refused += error.messages
            continue
        try:
            store.check(upload)
            taken.beside.append(upload)
        except ValidationError as error:
            taken.refused += error.messages
    return taken


def read(upload: Any) -> dict[str, Any]:
    """What the email says, read by a process of its own; of one that cannot be read, that it cannot. Raises ValidationError
    for what is no email at all."""
    most = store.most_bytes(upload.name)
    if upload.size > most:
        raise ValidationError(f"{store.tidy(upload.name)} must be smaller than {most // 1024 // 1024}MB")
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    if not content:
        raise ValidationError(f"{store.tidy(upload.name)} is empty")
    try:
        scan(upload)
    except NotClean as error:
        raise ValidationError(f"{store.tidy(upload.name)} {error}") from error
    try:
        told = apart(READ, content, most_answered=MOST_TOLD)["email"]
    except TooCostly:
        told = None
    if told is not None:
        found: dict[str, Any] = told
        return found
    try:
        kind = store.looked_into(hashlib.sha256(content).digest(), content, SECONDS)
    except TooCostly:
        kind = {"kind": "eml"}
    if "kind" in kind and kind["kind"] not in (*EMAILS, "txt"):
        raise ValidationError(
            f"{store.tidy(upload.name)} is no email, though its name says so. It is a {KINDS[kind['kind']].words}"
        )
    if "kind" not in kind and content[:2] in (b"MZ", b"PK", b"#!") or content[:4] == b"\x7fELF":
        raise ValidationError(f"{store.tidy(upload.name)} {kind.get('refused', 'is a program')}")
    extension = (upload.name or "").rpartition(".")[2].lower()
    return {"kind": extension if extension in EMAILS else "eml", "notes": [UNREAD], "unread": True}


def take_in(
    panel: Panel, taken: Taken, *, by: User | None, came_by: str = "page", message: IncomingMessage | None = None
) -> IncomingMessage:
    """Keep what was looked at, as a message that waits; or beside one that waits already. The same email handed in again is
    the one that waits. Raises OSError when the bytes cannot be written."""
    written: list[str] = []
    try:
        with sealed_act(panel, by=by, name="take_in_message"):
            if message is None:
                same = _waiting_again(panel, taken)
                if same is not None and taken.told.get("case", same.found.get("case")) != same.found.get("case"):
                    same.found["case"] = taken.told["case"]  # now it is known to which case it belongs
                    same.save()
                if same is not None and not taken.beside:
                    return same
                message = same or _row(panel, taken, by, came_by)
            elif taken.refused:
                message.found["notes"] = [*message.found.get("notes", ()), *(f"{words}." for words in taken.refused)]
                message.save()
            if taken.upload is not None and not message.files.filter(original=True, sha256=message.sha256).exists():
                _original(message, taken, written)
                for row in taken.told.get("attached", ()):
                    _attached(message, row, written)
            for upload in taken.beside:
                found = store.check(upload)
                one = IncomingFile(message=message, name=found.name, content_type=found.content_type)
                one.original = message.kind == "file"
                _write(one, upload, written)
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise
    return message


def _waiting_again(panel: Panel, taken: Taken) -> IncomingMessage | None:
    if taken.upload is None:
        return None
    rows = IncomingMessage.objects.filter(
        panel=panel, sha256=_digest(taken.upload), status=IncomingMessage.Status.WAITING
    )
    return rows.first()


def _digest(upload: Any) -> str:
    upload.seek(0)
    digest = hashlib.sha256(upload.read()).hexdigest()
    upload.seek(0)
    return digest


def moment(text: str) -> datetime | None:
    """A moment as the reading tells it."""
    return datetime.fromisoformat(text) if text else None


def _row(panel: Panel, taken: Taken, by: User | None, came_by: str) -> IncomingMessage:
    told = taken.told
    sender, address = next(iter(told.get("from", ())), ("", ""))
    notes = [*told.get("notes", []), *(f"{words}." for words in taken.refused)]
    found = {"answers": told.get("found", {}), "notes": notes, "bounce": told.get("bounce")}
    if told.get("left_out"):
        found["left_out"] = told["left_out"]
    for name in ("unread", "case"):
        if told.get(name):
            found[name] = told[name]
    message = IncomingMessage(
        panel=panel, came_at=clock.now(), came_by=came_by, taken_by=by, found=found, address=address[:254],
        kind=told["kind"] if taken.upload is not None else "file", sender=_line(sender, 150),
        sha256=_digest(taken.upload) if taken.upload is not None else "",
        subject=_line(told.get("subject") or ("" if taken.upload else _names(taken)), 300),
        sent_at=moment(told.get("sent", "")), received_at=moment(told.get("received", "")),
        message_id=told.get("message_id", "")[:250], answers_to=told.get("answers_to", "")[:250],
        text=told.get("text", ""),
    )  # fmt: skip
    message.save()
    if found["bounce"]:
        _came_back(message, found["bounce"])
    return message


def _came_back(report: IncomingMessage, bounce: dict[str, Any]) -> None:
    """Note of an email of ours, which a mail server reports as not delivered for good, that it came back, on the day on which
    that was known. `send_mail` then opens its notice again."""
    ours = find(bounce.get("of") or "") if bounce.get("final") else None
    if ours is not None and ours.panel_id == report.panel_id:
        on = (report.received_at or report.came_at).astimezone(clock.LONDON).date()
        returned(ours, cause=bounce.get("why") or "A mail server says that it could not be delivered.", on=on)


def _line(text: str, most: int) -> str:
    return plain(text, lines=False).strip()[:most]


def _names(taken: Taken) -> str:
    return ", ".join(store.check(upload).name for upload in taken.beside)


def _original(message: IncomingMessage, taken: Taken, written: list[str]) -> None:
    """The email itself, byte for byte, under its subject. It is only ever saved: nothing here opens it again."""
    name = store.named(store.tidy(message.subject or taken.upload.name), KINDS[message.kind])
    one = IncomingFile(message=message, name=name, original=True, content_type=KINDS[message.kind].content_type)
    _write(one, taken.upload, written)


def _attached(message: IncomingMessage, row: dict[str, Any], written: list[str]) -> None:
    """A file that came with it, if it is of a kind that may be kept; else why it was not. The email has it all the same."""
    name, content = store.tidy(row["name"]), base64.b64decode(row["data"])
    refused = row.get("refused", "")
    if name.rpartition(".")[2].lower() in PROGRAMS:
        refused = "is a program, script or file with macros"
    if refused or "kind" not in row:
        why = (refused or "is of no kind that is kept")[:200]
        IncomingFile.objects.create(message=message, name=name[:150], size=len(content), not_kept=why)
        return
    kind = KINDS[row["kind"]]
    one = IncomingFile(message=message, name=store.named(name, kind), content_type=kind.content_type)
    _write(one, File(io.BytesIO(content), name="attached"), written)


def _write(one: IncomingFile, upload: Any, written: list[str]) -> None:
    store.write(one, upload, written)
    one.save(force_insert=True)
