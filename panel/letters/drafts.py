"""Drafting a letter: our text with the facts of the case, kept while it is written, and compared with the facts again.

draft = drafted(about)                 # not saved yet
keep(draft, by=user, text=..., ...)    # raises Changed where somebody else has saved it meanwhile
since(about, draft)                    # facts that have changed since it was drafted
"""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from panel.law import clock
from panel.law.roles import Role
from panel.letters.context import LetterContext
from panel.letters.fields import CHANGES_BY_THE_DAY
from panel.letters.language import our_welsh
from panel.letters.own_texts import ours, text_of
from panel.letters.paper import Made
from panel.letters.text import exists, fill, words_of
from panel.letters.word_letters import word_letter
from panel.models import Letter, LetterDraft, User

TO_A_COMPLAINANT = (Role.COMPLAINANT.value, "representative")


class Changed(Exception):
    """Somebody else has saved the draft since it was opened."""

    def __init__(self, draft: LetterDraft) -> None:
        super().__init__(f"{draft.saved_by} has changed it")
        self.draft = draft


class Erased(Exception):
    """The case was erased: nothing is written on it any more."""


def template_of(about: LetterContext) -> str:
    """The text of the kind for that recipient: the panel's own, or ours."""
    to_holder, look = about.recipient.startswith(Role.OFFICE_HOLDER.value), about.look
    to_holder = to_holder and exists(about.kind.template(about.recipient))
    mine = text_of(look.panel, look.register.slug, about.kind.key, to_holder, look.today)
    return mine.text.strip() if mine is not None else ours(about.kind, to_holder)


def subject_of(about: LetterContext) -> str:
    """The subject of an email: never a name, nor what it is about."""
    reference = about.look.case.reference
    words = {"the_panel": "Panel papers", "members": "Panel papers"}.get(about.recipient, "Police and Crime Panel")
    return f"{words}: {reference}"


def our_text(about: LetterContext) -> str:
    """The letter as we would write it today, from the greeting to who signs it; where the panel has a Word template with
    wording of its own, what that says."""
    fields = about.values
    if (own := word_letter(about)) is not None and not own.holds_letter:
        return own.text(Made("", fields.addressee, fields.address, "", about.look.today))
    head, _, body = template_of(about).partition("\n")
    if about.recipient in TO_A_COMPLAINANT and fields.client_name:
        body = f"{{+client}}\n\n{body.strip()}"
    heading = fill(head, fields.get).text
    text = fill(body, fields.get).text
    greeting = f"Dear {fields.salutation}" if fields.salutation else GREETINGS.get(about.recipient, "Dear Sir or Madam")
    close = "Yours sincerely" if fields.salutation else "Yours faithfully"
    if about.recipient in NO_LETTER:  # a notice, addressed to nobody
        return f"**{heading}**\n\n{text}"
    return f"{greeting}\n\n**{heading}**\n\n{text}\n\n{close}\n\n" + "\n".join(fields.signer)


GREETINGS = {"the_panel": "Dear Member", "members": "Dear Member"}
OFFICES = ("office_holder", "commissioner", "iopc")
NO_LETTER = ("the_public", "public")


def drafted(about: LetterContext) -> LetterDraft:
    """A draft as it begins; not saved."""
    fields, now = about.values, clock.now()
    text = our_text(about)
    last = last_written_to(about)
    user: Any = about.look.user
    return LetterDraft(
        case_id=about.look.case.pk, entry=about.entry, kind=about.kind.key, recipient=about.recipient,
        to_name=fields.addressee[:200], address=last.address if last and last.address else fields.address,
        email=fields.email_address or (last.email if last else ''), subject=subject_of(about),
        text=text, welsh=our_welsh(about), ours=text, facts=facts_of(fields), begun_by=user, begun_at=now, saved_by=user,
        saved_at=now, version=0,
    )  # fmt: skip


def last_written_to(about: LetterContext) -> Letter | None:
    """The last letter of the panel to the same office, for its address: case by case it stays the same."""
    office = about.recipient.partition(":")[0]
    if office not in OFFICES:
        return None
    rows = Letter.objects.filter(case__panel=about.look.panel, recipient=about.recipient)
    return rows.exclude(address="", email="").first()


def facts_of(fields: Any) -> dict[str, str]:
    """The facts that the text was drafted with, in words: those that it printed."""
    used = fields.used.items()
    return {name: words_of(value) for name, value in used if name not in CHANGES_BY_THE_DAY and words_of(value)}


@dataclass(frozen=True)
class FactChanged:
    """A fact that is no longer as the draft has it."""

    name: str
    before: str
    now: str

    @property
    def label(self) -> str:
        """What it is."""
        words = self.name.replace("_", " ")
        return words[:1].upper() + words[1:]


def since(about: LetterContext, draft: LetterDraft) -> list[FactChanged]:
    """The facts that have changed since the draft was made and still stand in its text."""
    now = facts_now(about)
    found = [FactChanged(name, before, now.get(name, "")) for name, before in draft.facts.items()]
    return [f for f in found if f.before != f.now and (f.before in draft.text or f.before in draft.welsh)]


def facts_now(about: LetterContext) -> dict[str, str]:
    """The facts that our text would be drafted with today, in each of its languages."""
    our_text(about)
    our_welsh(about)
    return facts_of(about.values)


def put_in(text: str, changed: list[FactChanged]) -> str:
    """A text of the draft with the facts as they are now; one that is gone leaves a gap to be filled."""
    for fact in changed:
        text = text.replace(fact.before, fact.now or f"{{{fact.name}}}")
    return text


def keep(about: LetterContext, draft: LetterDraft, *, by: User, seen: int, **said: str) -> LetterDraft:
    """Save what was typed. Raises Changed where somebody saved it after that version was opened, and Erased."""
    with transaction.atomic():
        if about.look.case.erased_on:
            raise Erased
        if draft.pk is None:
            try:
                with transaction.atomic():
                    return _save(draft, by, said)
            except IntegrityError:  # somebody else began the same letter meanwhile
                raise Changed(existing(about)) from None  # type: ignore[arg-type]
        locked = LetterDraft.objects.select_for_update().select_related("saved_by").get(pk=draft.pk)
        if locked.version != seen:
            raise Changed(locked)
        if all(getattr(locked, name) == words for name, words in said.items()):
            return locked  # who only reads it has not written it
        return _save(locked, by, said)


def _save(draft: LetterDraft, by: User, said: dict[str, str]) -> LetterDraft:
    for name, words in said.items():
        setattr(draft, name, words)
    draft.version += 1
    draft.to_check_on, draft.check_note = None, ""
    draft.saved_by, draft.saved_at = by, clock.now()
    draft.save()
    return draft


def existing(about: LetterContext) -> LetterDraft | None:
    """The draft of that letter, if somebody has begun it."""
    rows = LetterDraft.objects.filter(
        case=about.look.case.pk, kind=about.kind.key, recipient=about.recipient, entry=about.entry
    )
    return rows.select_related("saved_by", "begun_by").first()
