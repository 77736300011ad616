"""From a duty to the letter that meets it: what lists of duties link to, so that nobody has to look for it."""

from functools import cached_property
from typing import Any

from django.urls import reverse

from panel.access import rules
from panel.casework.case_context import CaseContext
from panel.law.period import day_words
from panel.law.spoken import say
from panel.models import Case, Duty, LetterDraft
from panel.procedure.machine import Procedure
from panel.procedure.register import Register, of_procedure
from panel.procedure.vocabulary import LetterKind, Step


def letter_of(procedure: Procedure, duty: Duty) -> LetterKind | None:
    """The kind of letter that meets a duty, or that reminds whoever owes it; None where there is none."""
    return procedure.letters_for(duty.kind) or procedure.reminder_of(duty.kind)


def to_check(panel: Any, who: rules.Standing, user: Any) -> list[dict[str, str]]:
    """The letters that somebody gave to whoever else may check them, as lines of the home page: a letter to nobody by name."""
    if not (panel.now or {}).get("letters_second_person") or not rules.may(who, "letter.write"):
        return []
    drafts = LetterDraft.objects.exclude(to_check_on=None).exclude(saved_by=user)
    drafts = drafts.filter(case__in=Case.objects.filter(rules.visible(who)).values("pk"))
    found = []
    for draft in drafts.select_related("case__panel").order_by("to_check_on", "pk"):
        register = of_procedure(draft.case.procedure)
        kind = register.follows(draft.case.procedure).letter(draft.kind)
        name = say(kind.label) if kind else draft.kind
        found.append({
            "words": f"Check a letter: {name}, {draft.case.reference}",
            "url": reverse("panel:case-letters", args=[panel.slug, register.slug, draft.case.reference]),
            "note": f"Since {day_words(draft.to_check_on)}",
        })  # fmt: skip
    return found


def write_link(case: Case, register: Register, kind: LetterKind, duty: Duty, to: str = "") -> dict[str, str]:
    """A link to the page on which that letter is written: "Write: Copy of the record, to Gillian Thorpe"."""
    words = f"Write: {say(kind.label)}"
    url = reverse("panel:letter-for", args=[case.panel.slug, register.slug, case.reference, duty.pk])
    return {"words": f"{words}, to {to}" if to else words, "url": url}


class LettersOfDuties:
    """The letters that the open duties of one case call for, as this person may write them."""

    def __init__(self, look: CaseContext) -> None:
        self.look = look
        self.writes = rules.may(look.who, "letter.write") and not look.case.erased_on

    def kind(self, duty: Duty) -> LetterKind | None:
        """The letter that the person can write for it now; None where there is none."""
        look = self.look
        if not self.writes or duty.closed_by_id is not None or look.facts.not_to_be_told(duty.recipient):
            return None
        return letter_of(look.procedure, duty)

    def link(self, duty: Duty, *, names: bool = False) -> dict[str, str] | None:
        """The link of a duty; with its recipient where nothing beside it says who that is."""
        kind = self.kind(duty)
        if kind is None:
            return None
        to = self.look.facts.recipient_words(duty.recipient) if names and duty.recipient else ""
        found = write_link(self.look.case, self.look.register, kind, duty, to)
        return found | {"words": found["words"].replace("Write:", self._begun(kind, duty), 1)}

    def _begun(self, kind: LetterKind, duty: Duty) -> str:
        """What is to be done with it: to be written, gone on with, or posted."""
        draft = next((d for d in self._drafts if (d.kind, d.recipient) == (kind.key, duty.recipient)), None)
        if draft is None:
            return "Write:"
        return "Post:" if draft.ready_on else "Go on writing:"

    def of_step(self, step: Step) -> list[dict[str, str]]:
        """The links of every open duty that the step meets, each once: for whoever comes to say that something went."""
        mine = [d for d in self.look.open_duties if self.look.procedure.duty(d.kind).met_by == step.key]
        found = [link for d in mine if (link := self.link(d, names=True))]
        return list({link["words"]: link for link in found}.values())

    @cached_property
    def _drafts(self) -> list[LetterDraft]:
        return list(LetterDraft.objects.filter(case=self.look.case.pk).only("kind", "recipient", "ready_on", "case"))
