"""What the pages of letters show."""

from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from panel.access import rules
from panel.files import office, pdf
from panel.law.period import day_words
from panel.law.roles import Classification
from panel.letters import language
from panel.letters.context import LetterContext, others, to_write
from panel.letters.sizes import large_print
from panel.letters.word_letters import word_letter
from panel.models import Document, Letter, LetterDraft, Message
from panel.pages.words import badge, gone_by

COLUMNS = [
    {"words": "Letter", "quiet": True},
    {"words": "To"},
    {"words": "How"},
    {"words": "State", "nowrap": True},
    {"words": "When", "nowrap": True},
]
HOW = dict(Letter.How.choices)
WITHHELD = "Name withheld"
NOBODY = "-"  # in an address: the recipient of a notice that names none


def may_read(look: Any) -> bool:
    """Whether the person may read letters of the case: they are restricted documents."""
    return rules.sees_document(look.who, look.case_roles, Classification.RESTRICTED)


def write_url(about: LetterContext, name: str = "letter-write", *more: Any) -> str:
    """The address of the page on which it is written."""
    case = about.look.case
    args = [case.panel.slug, about.look.register.slug, case.reference]
    return reverse(f"panel:{name}", args=[*args, about.kind.key, about.entry.pk, about.recipient or NOBODY, *more])


def letter_url(look: Any, letter: Letter) -> str:
    """The address of a letter as it went."""
    return reverse("panel:letter", args=[look.panel.slug, look.register.slug, look.case.reference, letter.pk])


def due_row(about: LetterContext) -> dict[str, Any]:
    """A letter to write: its words, its address, why and by when."""
    kind_of, today = about.look.procedure.duty, about.look.today
    duty = min(about.duties, key=lambda d: (d.due is None, d.due))
    kind = kind_of(duty.kind)
    by = ""
    if duty.stopped_on:
        by = "The clock is stopped."
    elif duty.due:
        late = f", {gone_by(duty.due, today, kind)}" if duty.is_over(today) else ""
        by = f"By {day_words(duty.due)}{late}."
    words = heading(about)
    if numbers := about.numbers:
        words += f", {about.look.parts_called(numbers)}"
    return {
        "words": words, "url": write_url(about), "badge": badge(kind), "provision": about.kind.provision, "by": by,
        "late": bool(duty.due and duty.is_over(today) and kind.late_in_law),
    }  # fmt: skip


def to_write_rows(look: Any) -> list[dict[str, Any]]:
    """What is to be written on the case, and not begun or made ready yet."""
    return [due_row(about) for about in to_write(look)]


def other_rows(look: Any) -> list[dict[str, Any]]:
    """What can be written besides."""
    return [{"words": heading(about), "url": write_url(about)} for about in others(look)]


def draft_row(look: Any, draft: LetterDraft, about: LetterContext | None) -> dict[str, Any]:
    """A draft as a row."""
    kind = look.procedure.letter(draft.kind)
    label = kind.label if kind else draft.kind
    ready = draft.ready_on is not None
    mine = draft.saved_by_id == look.user.pk
    checks = draft.to_check_on is not None
    who = "You" if mine else str(draft.saved_by)
    url = write_url(about, "letter-check" if ready or (checks and not mine) else "letter-write") if about else ""
    state = "To be posted" if ready else "To be checked" if checks else "Sent back" if draft.check_note else "Draft"
    return {
        "cells": [
            {"words": label, "url": url} if url else {"words": label, "note": "Its step was taken back."},
            draft.to_name or about_words(look, draft.recipient),
            "Post" if ready else "",
            {"tag": {"words": state, "colour": "yellow"}},
            {"words": day_words(localtime(draft.saved_at).date()), "note": who},
        ]
    }


def about_words(look: Any, recipient: str) -> str:
    """To whom, where nobody was named."""
    words = look.facts.recipient_name(recipient) if recipient else "the members of the Panel"
    return str(words[:1].upper() + words[1:])


def letter_row(look: Any, letter: Letter, *, reads: bool) -> dict[str, Any]:
    """A letter that went, as a row; its name and words only for those who may read it."""
    kind = look.procedure.letter(letter.kind)
    label = kind.label if kind else letter.kind.replace("_", " ")
    taken_back = hasattr(letter.entry, "reversed_by")
    return {
        "late": came_back(letter),
        "cells": [
            {"words": label, "url": letter_url(look, letter)} if reads and not letter.erased else label,
            letter.to_name if reads else WITHHELD,
            HOW[letter.how],
            {"tag": state_of(letter)},
            {"words": day_words(letter.sent_on), "note": note_of(letter, taken_back)},
        ],
    }


def came_back(letter: Letter) -> bool:
    """Whether it went by email from here and did not arrive."""
    return letter.message is not None and letter.message.failed


def state_of(letter: Letter) -> dict[str, str]:
    """Where it is, as a tag: what the mail server said of one that went from here."""
    if letter.message is None:
        return {"words": "Posted" if letter.how == Letter.How.POST else "Sent", "colour": "blue"}
    colour = "red" if letter.message.failed else "orange" if letter.message.state == Message.State.UNSURE else "blue"
    return {"words": letter.message.get_state_display(), "colour": colour}


def note_of(letter: Letter, taken_back: bool) -> str:
    """What is to be known of it besides."""
    if came_back(letter) and letter.message is not None:
        return letter.message.cause or "It did not arrive."
    return "What it recorded was taken back." if taken_back else ""


# Beside the letter


def heading(about: LetterContext) -> str:
    """The head of its page: "Copy of the complaint, to Mr Ashcombe"."""
    return f"{about.kind.label}, to {mid_sentence(about.to_words)}"


def mid_sentence(words: str) -> str:
    """A recipient in the middle of a sentence: "the IOPC"."""
    return words[:1].lower() + words[1:] if words.startswith("The ") else words


def facts_beside(about: LetterContext) -> list[dict[str, Any]]:
    """Whom it goes to and how, who signs, why, and by when."""
    fields = about.values
    name, post = fields.signer
    found = [{"label": "To", "value": fields.addressee, "note": ""}]
    if fields.wishes:
        found.append({"label": "How to write to them", "value": fields.wishes, "note": ""})
    if fields.client_name:
        found.append({"label": "For", "value": fields.client_name, "note": ""})
    found.append({"label": "Signed by", "value": name, "note": post})
    found.append({"label": "Why", "value": about.kind.provision[:1].upper() + about.kind.provision[1:], "note": ""})
    if about.duties:
        row = due_row(about)
        if row["by"]:
            found.append({"label": "When", "value": row["by"].rstrip("."), "note": "", "late": row["late"]})
    else:
        found.append(
            {"label": "When", "value": "No notice waits for it: it is kept as a note of what went out", "note": ""}
        )
    return found


def protected(about: LetterContext) -> list[str]:
    """Who is not to be named in it, and their other marks; nothing where nobody is protected from its reader."""
    found = about.values.marks if about.look.facts.sees_complainant else []
    by_whom: dict[str, list[str]] = {}
    for mark in found:
        by_whom.setdefault(mark.whose, []).append(mark.words)
    return [f"{whose[:1].upper()}{whose[1:]}: {', '.join(dict.fromkeys(words))}" for whose, words in by_whom.items()]


def complaint_words(about: LetterContext) -> str:
    """What the case says at length, folded away beside the letter."""
    return str(about.look.register.presenter(about.look).words())


def document_url(look: Any, document: Document) -> str:
    """The address of a document of the case."""
    return reverse("panel:download", args=[look.panel.slug, look.register.slug, look.case.reference, document.key])


def on_template(about: LetterContext) -> dict[str, str]:
    """The Word template that it is made from, with its address, and why there is no PDF of it; empty where it has none."""
    own = word_letter(about)
    if own is None:
        return {}
    url = reverse("panel:letter-template", args=[about.look.panel.slug, own.row.pk])
    missing = "" if office.can_be_made() else f"{office.MISSING} It goes in Word alone."
    return {"words": own.words, "url": url, "missing": missing}


def has_pdf(about: LetterContext) -> bool:
    """Whether a PDF of it can be made here."""
    return office.can_be_made() if word_letter(about) is not None else pdf.can_be_made()


def notes(about: LetterContext, draft: LetterDraft) -> list[str]:
    """What is to be known of its language and its size."""
    found = [language.note_of(about, draft.welsh)]
    if large_print(about.values):
        found.append("It is made in large print (18 point), as they asked.")
        if word_letter(about) is not None:
            found[-1] = "They asked for large print: the Panel’s Word template sets the size, so look at the Word file."
    return [words for words in found if words]


def enclosed(about: LetterContext) -> list[dict[str, str]]:
    """What goes with it: a copy made from the case with its address, where it can be made here, or words."""
    copies = [paper.title for _, paper in about.values.copies] if pdf.can_be_made() else []
    return [
        {"words": words, "url": write_url(about, "letter-copy", copies.index(words)) if words in copies else ""}
        for words in about.values.enclosed
    ]


def words_url(about: LetterContext) -> str:
    """The page on which it is decided what a copy leaves out, or ""."""
    return write_url(about, "letter-words") if about.values.hides else ""
