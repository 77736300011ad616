"""A letter goes: its words and files are kept as they went, and the notices that it meets are met, all in one act.

    checked(about, draft)                                  # what stands in its way
    send(about, draft, by=user, how="post", on=today)      # the Letter; raises what `perform` raises, and Unfit

A letter that meets a notice is the step `give_notice`; any other is a note of what went out, `note_contact`.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from panel.casework.case_context import Attempt
from panel.casework.perform import perform
from panel.documents.store import Checked
from panel.files.paper import as_text
from panel.files.pdf import PDF
from panel.law import clock
from panel.letters.context import LetterContext
from panel.letters.left_out import Question, kept_words, questions
from panel.letters.marks import Mark, Place, places
from panel.letters.paper import Made, letter_paper, pdf_file, word_file
from panel.letters.said import Said, warnings
from panel.letters.text import gaps_in, paragraphs
from panel.models import Entry, Letter, LetterDraft, User
from panel.post import queue

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HERE = "here"  # by email, from here
NOT_ADDRESSED = ("the_public", "public")  # a notice goes to nobody in particular
TO_MANY = ("the_panel", "members", *NOT_ADDRESSED)


class Unfit(Exception):
    """The letter may not go as it stands."""


class Gone(Exception):
    """The draft is no longer there: somebody sent the letter, or threw the draft away."""


@dataclass(frozen=True)
class Check:
    """What was found in a letter before it goes."""

    gaps: list[tuple[int, str]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    empty: bool = False
    unconfirmed: int = 0  # words of a copy on which nobody has decided
    in_copies: list[Place] = field(default_factory=list)

    @property
    def may_go(self) -> bool:
        """Whether nothing stands in its way; what is only warned of does not."""
        return not (self.gaps or self.places or self.empty or self.unconfirmed or self.in_copies)


def checked(about: LetterContext, draft: LetterDraft) -> Check:
    """Look for gaps, for what its reader may not know, and for words that no Panel has power behind."""
    text = f"{draft.text}\n\n{draft.subject}"
    hidden = about.values.marks
    return Check(
        gaps_in(draft.text),
        places(text, hidden) + places(draft.address, hidden),
        warnings(draft.text),
        empty=not any(len(words) > len("Dear Sir or Madam") for words in paragraphs(draft.text)),
        unconfirmed=sum(q.kept is None for q in to_confirm(about)),
        in_copies=_in_copies(about, hidden),
    )


def to_confirm(about: LetterContext) -> list[Question]:
    """The words of an anonymised copy on which a person decides; nothing for any other letter."""
    fields = about.values
    return questions(fields.hidden_text, fields.marks, fields.known_anyway, about.look.case) if fields.hides else []


def _in_copies(about: LetterContext, hidden: list[Mark]) -> list[Place]:
    """Where the copies that go with it hold what their reader may not know. Words that somebody decided to keep stay."""
    kept = {words.casefold() for words in kept_words(about.look.case)} if hidden else set()
    marks = [m for m in hidden if m.words.casefold() not in kept]
    return [place for _, paper in about.values.copies for place in places(as_text(paper), marks)] if marks else []


def file_name(about: LetterContext, extension: str) -> str:
    """The name of its file: never anybody's name."""
    return f"{about.kind.label}, {about.look.case.reference}.{extension}"


def on_paper(about: LetterContext, draft: LetterDraft, how: str, on: date) -> Made:
    """What is put on paper. A notice is addressed to nobody."""
    to_name = "" if about.recipient in NOT_ADDRESSED else draft.to_name
    return Made(draft.text, to_name, "" if about.recipient in TO_MANY else draft.address, how, on)


def files_of(about: LetterContext, draft: LetterDraft, how: str, on: date) -> dict[str, bytes]:
    """{"docx": the Word file, "pdf": the PDF file, where this server can make one} of the letter as it stands."""
    paper = letter_paper(about.values, on_paper(about, draft, how, on))
    moment = clock.now()
    found = {"docx": word_file(paper, moment)}
    as_pdf = pdf_file(paper)
    return found | ({"pdf": as_pdf} if as_pdf is not None else {})


def uploads(about: LetterContext, files: dict[str, bytes]) -> list[SimpleUploadedFile]:
    """The files as a step takes them. They are ours, so nobody looks into them again."""
    kinds = {"docx": WORD, "pdf": PDF}
    found = []
    for extension, content in files.items():
        upload: Any = SimpleUploadedFile(file_name(about, extension), content, kinds[extension])
        upload.checked = Checked(file_name(about, extension), kinds[extension])
        found.append(upload)
    return found


def copy_uploads(about: LetterContext) -> list[SimpleUploadedFile]:
    """The copies that go with it, as files: PDF where this server can make one, else Word."""
    found = []
    for name, paper in about.values.copies:
        content, extension, kind = pdf_file(paper), "pdf", PDF
        if content is None:
            content, extension, kind = word_file(paper, clock.now()), "docx", WORD
        upload: Any = SimpleUploadedFile(f"{name}, {about.look.case.reference} (enclosed).{extension}", content, kind)
        upload.checked = Checked(upload.name, kind)
        found.append(upload)
    return found


def send(
    about: LetterContext,
    draft: LetterDraft,
    *,
    by: User,
    how: str,
    on: date,
    seen: int,
    enclosures: list[Any] | None = None,
    **answers: Any,
) -> Letter:
    """Record that the letter went, in that way on that day. `seen` is the version of the draft that was read. Raises Unfit,
    Gone, and as `perform`."""
    if not checked(about, draft).may_go:
        raise Unfit
    files = files_of(about, draft, "email" if how == HERE else how, draft.ready_on or on)
    kept: list[Letter] = []

    def keep(attempt: Attempt) -> None:
        locked = LetterDraft.objects.select_for_update().filter(pk=draft.pk, version=seen).first()
        if locked is None:
            raise Gone
        letter = _keep(about, locked, attempt.entry, files, "email" if how == HERE else how, on)
        if how == HERE:
            _queue(about, locked, attempt.entry, letter)
        letter.save()
        kept.append(letter)
        locked.delete()

    _step(about, draft, by, how, on, [*uploads(about, files), *copy_uploads(about), *(enclosures or [])], keep, answers)
    return kept[0]


def _step(
    about: LetterContext,
    draft: LetterDraft,
    by: User,
    how: str,
    on: date,
    documents: list[Any],
    keep: Any,
    answers: Any,
) -> Entry:
    """Take the step that records it: of a notice, or of a letter that meets none."""
    if about.duties:
        return perform(
            about.look.case, "give_notice", by=by, files={"documents": documents}, also_write=keep, on=on,
            duties=[str(duty.pk) for duty in about.duties], how="email" if how == HERE else how, **answers,
        )  # fmt: skip
    to = about.look.facts.recipient_name(about.recipient) if about.recipient else "the members"
    return perform(
        about.look.case, "note_contact", by=by, files={"documents": documents}, also_write=keep, on=on, kind="email",
        note=f"{about.kind.label}: letter to {to}", **answers,
    )  # fmt: skip


def _queue(about: LetterContext, draft: LetterDraft, entry: Entry, letter: Letter) -> None:
    """Queue the email that carries it: the words, and as a file what went, with its copies. Raises Improper."""
    word = letter.pdf is not None and letter.word_id
    documents = [d for d in entry.documents.order_by("pk") if d.pk != word]
    letter.message = queue(
        kind="letter", panel=about.look.panel, case=about.look.case, address=draft.email, recipient=draft.recipient,
        subject=draft.subject, text=draft.text.replace("**", ""), documents=documents,
    )  # fmt: skip


def _keep(
    about: LetterContext, draft: LetterDraft, entry: Entry, files: dict[str, bytes], how: str, on: date
) -> Letter:
    """The letter as it went, beside its files."""
    documents = {d.name.rpartition(".")[2]: d for d in entry.documents.order_by("-pk")}
    first = "pdf" if "pdf" in files else "docx"
    return Letter(
        case_id=about.look.case.pk, entry=entry, kind=draft.kind, recipient=draft.recipient, how=how, sent_on=on,
        to_name=draft.to_name, address=draft.address if how == "post" else "",
        email=draft.email if how == "email" else "", subject=draft.subject, text=draft.text,
        sha256=hashlib.sha256(files[first]).hexdigest(), word=documents["docx"], pdf=documents.get("pdf"),
    )  # fmt: skip
