"""A letter goes: its words and files are kept as they went, and the notices that it meets are met, all in one act.

    checked(about, draft)                                  # what stands in its way
    send(about, draft, by=user, how="post", on=today)      # the Letter; raises what `perform` raises, and Unfit

A letter that meets a notice is the step `give_notice`; any other is a note of what went out, `note_contact`.
"""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from panel.casework.case_context import Attempt
from panel.casework.perform import perform
from panel.documents.store import Checked
from panel.files.paper import as_text
from panel.files.pdf import PDF
from panel.law import clock
from panel.law.period import plural
from panel.letters.context import LetterContext
from panel.letters.language import welsh_first
from panel.letters.left_out import Question, kept_words, questions
from panel.letters.marks import Mark, Place, places
from panel.letters.paper import Made, in_size, letter_paper, pdf_file, word_file
from panel.letters.said import Said, warnings
from panel.letters.text import gaps_in, paragraphs
from panel.letters.word_letters import word_letter
from panel.models import Entry, Letter, LetterDraft, User
from panel.post import queue

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HERE = "here"  # by email, from here
NOT_ADDRESSED = ("the_public", "public")  # a notice goes to nobody in particular
TO_MANY = ("the_panel", "members", *NOT_ADDRESSED)


class Unfit(Exception):
    """The letter may not go as it stands."""


class OwnLetter(Exception):
    """A second person checks each letter here, and this is who wrote it."""


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

    @property
    def lines(self) -> list[dict[str, str]]:
        """What stands in its way, for the error summary of its page."""
        found = ["The letter is empty"] if self.empty else []
        found += [f"Paragraph {number}: {{{name}}} is not filled in" for number, name in self.gaps]
        found += [f"Paragraph {p.paragraph} holds “{p.words}”, which shows {p.mark.whose}" for p in self.places]
        copies = []
        if self.unconfirmed:
            many = plural(self.unconfirmed, "place")
            copies.append(f"{many} in the copy could show who somebody is: decide on each")
        copies += [f"The copy holds “{p.words}”, which shows {p.mark.whose}" for p in self.in_copies]
        in_text, in_copy = ({"target": to} for to in ("id_text", "enclosed"))
        return [*({"words": w} | in_text for w in found), *({"words": w} | in_copy for w in copies)]


def checked(about: LetterContext, draft: LetterDraft) -> Check:
    """Look for gaps, for what its reader may not know, and for words that no Panel has power behind."""
    written, around = words_that_go(about, draft)
    hidden = about.values.marks
    text = "\n\n".join(filter(None, (written, draft.welsh, draft.subject, around)))
    return Check(
        [gap for words in (written, draft.welsh, around) for gap in gaps_in(words)],
        places(text, hidden) + places(draft.address, hidden),
        warnings(written),
        empty=not any(len(words) > len("Dear Sir or Madam") for words in paragraphs(written)),
        unconfirmed=sum(q.kept is None for q in to_confirm(about)),
        in_copies=_in_copies(about, hidden),
    )


def words_that_go(about: LetterContext, draft: LetterDraft) -> tuple[str, str]:
    """(the letter as it goes, what the panel's Word template says around it): both are looked through."""
    own = word_letter(about)
    if own is None:
        return draft.text, ""
    made = on_paper(about, draft, "post", about.look.today)
    if not own.holds_letter:
        return own.text(made), ""
    return draft.text, own.text(replace(made, text=""))


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
    address = "" if about.recipient in TO_MANY else draft.address
    return Made(draft.text, to_name, address, how, on, draft.welsh, welsh_first(about))


def files_of(
    about: LetterContext, draft: LetterDraft, how: str, on: date, *, only: str = ""
) -> dict[str, bytes]:  # fmt: skip
    """{"docx": the Word file, "pdf": the PDF file, where this server can make one} of the letter as it stands."""
    made = on_paper(about, draft, how, on)
    own = word_letter(about)
    if own is not None:
        found = {"docx": own.word(made)}
        as_pdf = own.pdf(found["docx"]) if only != "docx" else None
    else:
        paper = letter_paper(about.values, made)
        found = {"docx": word_file(paper, clock.now())}
        as_pdf = pdf_file(paper) if only != "docx" else None
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
    for name, copy in about.values.copies:
        paper = in_size(about.values, copy)
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
    if wrote_it(about, draft, by):
        raise OwnLetter
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


def wrote_it(about: LetterContext, draft: LetterDraft, by: User) -> bool:
    """Whether the person wrote the letter last, where a second person checks each letter: then somebody else sends it."""
    return bool(about.values.settings.letters_second_person) and by.pk == draft.saved_by_id


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
        subject=draft.subject, text=email_words(about, draft), documents=documents,
    )  # fmt: skip


def email_words(about: LetterContext, draft: LetterDraft) -> str:
    """The words of the email: those of the letter, in both languages where it has two."""
    pieces = [draft.welsh, draft.text] if welsh_first(about) else [draft.text, draft.welsh]
    return "\n\n* * *\n\n".join(piece.replace("**", "") for piece in pieces if piece)


def _keep(
    about: LetterContext, draft: LetterDraft, entry: Entry, files: dict[str, bytes], how: str, on: date
) -> Letter:
    """The letter as it went, beside its files."""
    documents = {d.name.rpartition(".")[2]: d for d in entry.documents.order_by("-pk")}
    first = "pdf" if "pdf" in files else "docx"
    return Letter(
        case_id=about.look.case.pk, entry=entry, kind=draft.kind, recipient=draft.recipient, how=how, sent_on=on,
        to_name=draft.to_name, address=draft.address if how == "post" else "",
        email=draft.email if how == "email" else "", subject=draft.subject, text=words_that_go(about, draft)[0],
        welsh=draft.welsh, language="cy,en" if draft.welsh else "en", written_by_id=draft.saved_by_id,
        sha256=hashlib.sha256(files[first]).hexdigest(), word=documents["docx"], pdf=documents.get("pdf"),
    )  # fmt: skip
