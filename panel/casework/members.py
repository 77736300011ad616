"""Members of the panel by name, as steps ask for them: those in office today, then everybody who ever was.

A step may be typed up years later, so everybody who ever sat can be chosen; whether they sat on the day of the step is
for its check. The page says between which days each was a member.
"""

from typing import TYPE_CHECKING, Any

from panel.casework.case_context import CaseContext
from panel.casework.step_form import StepForm
from panel.casework.terms import in_office_first, term_words
from panel.forms.fields import HintedChoice
from panel.models import Member

if TYPE_CHECKING:
    Mixed = StepForm  # what the mixin below is mixed into
else:
    Mixed = object


class MembersMixin(Mixed):
    """Asks for members of the panel by name."""

    def notes_on(self, member: Any) -> list[str]:
        """What stands beside a member's name: the council, a term that is not today's, an interest."""
        attempt = self.attempt
        notes = [member.council.name if member.council else member.get_kind_display()]
        if not member.holds(attempt.look.today):
            notes.append(term_words(member))
        if member.pk in attempt.facts.interested:
            notes.append("has declared an interest and withdrew")
        elif member.pk in attempt.facts.declared:
            notes.append("has declared an interest and stays")
        if member.pk in attempt.facts.registered_notes:
            notes.append(attempt.facts.registered_notes[member.pk])
        return notes

    def member_choices(self) -> list[HintedChoice]:
        """Everybody who is or was a member, those in office today first; the check says who may sit on the day of the
        step."""
        found = in_office_first(self.attempt.facts.members, self.attempt.look.today)
        return [HintedChoice(str(m.pk), m.name, ", ".join(self.notes_on(m))) for m in found]

    def member_lines(self) -> list[tuple[str, str]]:
        """The same for a list to choose from, where each has one line: term and registered interest stand behind."""
        today = self.attempt.look.today
        found = in_office_first(self.attempt.facts.members, today)
        notes = self.attempt.facts.registered_notes
        terms = [(m, "" if m.holds(today) else term_words(m)) for m in found]
        return [(str(m.pk), ", ".join(filter(None, (m.name, term, notes.get(m.pk))))) for m, term in terms]

    def member_named(self, field: str) -> Member | None:
        """The member chosen in that field, or None."""
        return next((m for m in self.attempt.facts.members if str(m.pk) == self.cleaned_data.get(field)), None)

    @classmethod
    def display_answer(cls, name: str, value: Any, look: CaseContext) -> str:
        """Members by their names."""
        if name in ("members", "leaving", "joining", "member", "chair"):
            names = {str(m.pk): m.name for m in look.facts.members}
            values = value if isinstance(value, list) else [value]
            return ", ".join(names.get(str(v), str(v)) for v in values)
        return super().display_answer(name, value, look)
