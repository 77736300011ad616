"""What a letter is about: the case as somebody sees it, the kind, to whom, the step that causes it, the notices it meets.

for about in to_write(look): about.kind.label, about.to_words
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from panel.casework.case_context import Attempt, CaseContext
from panel.models import Duty, Entry, LetterDraft
from panel.procedure.machine import CAME_BACK
from panel.procedure.vocabulary import LetterKind


@dataclass(frozen=True)
class LetterContext:
    """One letter that can be written."""

    look: CaseContext
    kind: LetterKind
    recipient: str
    entry: Entry
    duties: tuple[Duty, ...] = field(default=())

    @cached_property
    def values(self) -> Any:
        """The facts that its text asks for, by the register."""
        return self.look.register.letter_fields(self)

    @property
    def to_words(self) -> str:
        """To whom it goes, as lists give it."""
        words = self.look.facts.recipient_words(self.recipient) if self.recipient else "the members of the Panel"
        return words[:1].upper() + words[1:]

    @property
    def numbers(self) -> list[int]:
        """The numbers of the parts that it is about, where it is not about every part."""
        found = {n for duty in self.duties for n in self.look.numbers_of(duty)}
        if not self.duties:
            found = {m.part.number for m in self.entry.moves.all()}
        return sorted(found) if 0 < len(found) < len(self.look.parts) else []

    @cached_property
    def attempt(self) -> Attempt:
        """The step that causes it, as recipients and conditions of a kind are given it."""
        step: Any = self.look.procedure.past_step(self.entry.step)
        moved = {m.part_id for m in self.entry.moves.all()}
        parts = [p for p in self.look.parts if p.pk in moved] or list(self.look.parts)
        return Attempt(self.look, step, self.entry.on, parts, dict(self.entry.answers), entry=self.entry)


def to_write(look: CaseContext) -> list[LetterContext]:
    """The letters that open notices call for, the earliest first: one for each kind, recipient and step that caused it."""
    entries = {e.pk: e for e in look.entries}
    found: dict[tuple[str, str, int], list[Duty]] = {}
    for duty in look.open_duties:
        kind = look.procedure.letters_for(duty.kind)
        if kind is None or look.facts.not_to_be_told(duty.recipient):
            continue
        found.setdefault((kind.key, duty.recipient, cause_of(look, duty)), []).append(duty)
    return [
        LetterContext(look, kind, recipient, entries[entry], tuple(duties))
        for (key, recipient, entry), duties in found.items()
        if (kind := look.procedure.letter(key))
    ]


def cause_of(look: CaseContext, duty: Duty) -> int:
    """The entry that causes a notice: the one that opened it, or, where a letter came back, that of the notice before."""
    opened = next((e for e in look.entries if e.pk == duty.opened_by_id), None)
    if opened is None or opened.step != CAME_BACK:
        return duty.opened_by_id
    before = [d for d in look.duties if (d.kind, d.recipient) == (duty.kind, duty.recipient) and d.pk < duty.pk]
    return cause_of(look, max(before, key=lambda d: d.pk)) if before else duty.opened_by_id


def others(look: CaseContext) -> Iterator[LetterContext]:
    """Letters that the case allows besides: of each kind and recipient, after the last step that causes it. One that meets a
    notice can be sent again."""
    due = {(about.kind.key, about.recipient) for about in to_write(look)}
    for kind in look.procedure.letters:
        causes = kind.after or tuple(s.key for s in look.procedure.steps if kind in s.letters)
        entry = look.last(*causes) if causes else None
        if entry is None:
            continue
        about = LetterContext(look, kind, "", entry)
        if kind.when and not kind.when(about.attempt):
            continue
        for recipient in kind.recipients(about.attempt):
            again = not kind.discharges or kind.unasked or _was_met(look, kind, recipient)
            if again and (kind.key, recipient) not in due and not look.facts.not_to_be_told(recipient):
                yield LetterContext(look, kind, recipient, entry)


def reminder(look: CaseContext, pk: int) -> LetterContext | None:
    """The letter that reminds whoever owes that duty, or None."""
    duty = next((d for d in look.open_duties if d.pk == pk), None)
    kind = look.procedure.reminder_of(duty.kind) if duty is not None else None
    if duty is None or kind is None:
        return None
    mine = [about for about in others(look) if about.kind.key == kind.key]
    return next((about for about in mine if about.recipient == duty.recipient or not duty.recipient), None)


def _was_met(look: CaseContext, kind: LetterKind, recipient: str) -> bool:
    """Whether such a notice was given already, and can be sent again."""
    kinds = {d.key for d in kind.discharges}
    return any(d.kind in kinds and d.closed_how == "met" and d.recipient in ("", recipient) for d in look.duties)


def about_draft(look: CaseContext, draft: LetterDraft) -> LetterContext | None:
    """What a draft is about; None where its step was taken back or its kind is declared no more. The notices that it
    meets are those that are still open."""
    kind = look.procedure.letter(draft.kind)
    entry = next((e for e in look.in_force if e.pk == draft.entry_id), None)
    if kind is None or entry is None:
        return None
    met = {d.key for d in kind.discharges}
    duties = tuple(
        d
        for d in look.open_duties
        if d.kind in met and d.recipient == draft.recipient and cause_of(look, d) == draft.entry_id
    )
    return LetterContext(look, kind, draft.recipient, entry, duties)


def find(look: CaseContext, key: str, recipient: str, entry: int | None = None) -> LetterContext | None:
    """The letter of that kind to that recipient, of that step where one is named, among those that can be written."""
    every = [*to_write(look), *others(look)]
    mine = [about for about in every if about.kind.key == key and about.recipient == recipient]
    return next((about for about in mine if entry is None or about.entry.pk == entry), None)
