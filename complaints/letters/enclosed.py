"""What goes with letters of a complaint."""

from functools import cached_property

from complaints.keys import StepKey
from complaints.letters.copies import copy_of_complaint, copy_of_record, note_taken, record_of_outcome
from complaints.letters.marks import known_anyway, marks
from complaints.letters.people import ComplaintPeople
from complaints.models import Complaint
from panel.files.paper import Paper
from panel.letters.marks import Mark

ORAL = {Complaint.Channel.TELEPHONE: "by telephone", Complaint.Channel.IN_PERSON: "in person"}


class ComplaintEnclosures(ComplaintPeople):
    """What is made from the case and enclosed."""

    @property
    def oral(self) -> bool:
        """Whether it was made by word of mouth."""
        return self.entry.step != StepKey.ADD_ALLEGATION and self.case.channel in ORAL

    @property
    def how_told(self) -> str | None:
        """In which way."""
        return ORAL.get(self.case.channel)

    @cached_property
    def copies(self) -> list[tuple[str, Paper]]:
        """Copies that are made from the case."""
        kind = self.about.kind
        if kind.copy_of == "record":
            return [("Copy of the record", copy_of_record(self))]
        if kind.copy_of == "complaint":
            return [("Copy of the complaint", copy_of_complaint(self))]
        if kind.key == "acknowledge" and self.oral:
            return [("Note of what you told us", note_taken(self))]
        outcome = record_of_outcome(self) if kind.key == "outcome" else None
        return [("Record of the outcome", outcome)] if outcome is not None else []

    @property
    def hides(self) -> bool:
        """Whether the copy of the complaint is anonymised."""
        return self.about.kind.copy_of == "complaint" and self.anonymised

    @property
    def hidden_text(self) -> str:
        """Allegations and the complaint's words."""
        return "\n\n".join([*(p.what for p in self.look.parts), self.case.words])

    @property
    def marks(self) -> list[Mark]:
        """Whom its reader may not know."""
        return marks(self.about)

    @property
    def known_anyway(self) -> str:
        """The Panel's names and addresses, the office holders, who signs."""
        return known_anyway(self)

    @property
    def enclosed(self) -> list[str]:
        """What goes with it."""
        found = [paper.title for _, paper in self.copies]
        if self.about.kind.key == "withdrawn_iopc":
            found.append("Copy of the signed withdrawal")
        return found
