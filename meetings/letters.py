"""What the texts of letters ask of a meeting. Names are those of the templates; see templates/letters/README.md."""

from datetime import date
from functools import cached_property
from typing import Any

from panel.law.number_words import spelled
from panel.letters.fields import LetterFields


class MeetingLetterFields(LetterFields):
    """The fields of one letter about a meeting."""

    @property
    def _number(self) -> str:
        return str(self.about.recipient.partition(":")[2])

    @cached_property
    def request(self) -> Any:
        """The request to take part that it answers, or None."""
        asks = self.about.recipient.startswith("request:")
        return next((r for r in self.facts.requests if asks and str(r.pk) == self._number), None)

    @cached_property
    def item(self) -> Any:
        """The item whose paper is owed, or None."""
        owes = self.about.recipient.startswith("item:")
        return next((row for row in self.facts.every_item if owes and str(row.item_id) == self._number), None)

    # To whom

    @property
    def addressee(self) -> str:
        """Who asked to take part, whose paper it is, the Commissioner with the office, the members, the public."""
        if self.request is not None:
            return str(self.request.name)
        if self.item is not None:
            return str(self.item.paper_from)
        if self.about.recipient == "commissioner":
            area = self.of_panel.names_on(self.look.today).police_area
            word = self.commissioner
            office = f"Police and Crime {word}" if word == "Commissioner" else word
            return f"The {office} for {area}" if area else f"The {office}"
        return self.about.to_words

    @property
    def salutation(self) -> str:
        """Who asked, by name; offices by none."""
        return str(self.request.name) if self.request is not None else ""

    @property
    def email_address(self) -> str:
        """Where who asked can be reached, where that is an email address."""
        contact = self.request.contact.strip() if self.request is not None else ""
        return contact if "@" in contact and " " not in contact else ""

    @property
    def address(self) -> str:
        """The same, where it is something else."""
        return self.request.contact.strip() if self.request is not None and not self.email_address else ""

    # The meeting

    @property
    def meeting_on(self) -> date | None:
        """The day."""
        return self.facts.meeting.on if self.facts.meeting else None

    @property
    def meeting_at(self) -> str | None:
        """The hour."""
        return (self.facts.hour if self.facts.meeting else "") or None

    @property
    def place(self) -> str | None:
        """Where it is."""
        return (self.facts.meeting.place if self.facts.meeting else "") or None

    @property
    def old_day(self) -> date | None:
        """The day for which it was planned before the step."""
        meeting = self.facts.meeting
        days = [row.on for row in meeting.history.order_by("history_id") if row.on != meeting.on] if meeting else []
        return days[-1] if days else meeting.on if meeting else None

    @property
    def why(self) -> str | None:
        """Why, as the step has it."""
        return self.because

    @property
    def adjourned_on(self) -> date:
        """The day on which it was adjourned."""
        return self.entry.on

    @property
    def goes_on(self) -> date | None:
        """The day on which it goes on, where that was said."""
        found = self.facts.meeting.on if self.facts.meeting else None
        return found if found and found > self.entry.on else None

    @property
    def agenda_at(self) -> str | None:
        """Where the agenda is."""
        published = self.look.last("publish_agenda")
        return (published.answers.get("where") or None) if published else None

    @property
    def exempt(self) -> bool:
        """Whether something on the agenda is exempt."""
        return any(row.exempt for row in self.facts.items)

    @property
    def quorum(self) -> str | None:
        """How many members must be there."""
        return spelled(self.facts.quorum) if self.facts.quorum else None

    # A request to take part

    @property
    def topic(self) -> str | None:
        """About what they wish to speak, in the middle of a sentence."""
        return self.request.about.strip().rstrip(".") if self.request is not None else None

    @property
    def accepted(self) -> bool:
        """Whether it is accepted."""
        return self.request is not None and bool(self.request.accepted)

    @property
    def reasons(self) -> str | None:
        """Why not; of anything else, the reasons of the step."""
        return (self.request.why if self.request is not None else self.entry.why) or None

    # A paper that is owed

    @property
    def what(self) -> str | None:
        """For what."""
        return f"the paper on “{self.item.item.title}”" if self.item is not None else None

    @property
    def _owed(self) -> Any:
        mine = [d for d in self.look.duties if d.kind == "paper" and d.recipient == self.about.recipient]
        return mine[-1] if mine else None

    @property
    def asked(self) -> date:
        """The day on which it was asked for."""
        return self._owed.opened_by.on if self._owed is not None else self.entry.on

    @property
    def paper_by(self) -> date | None:
        """The day by which it is needed."""
        return self.item.paper_by if self.item is not None else None

    @property
    def _late(self) -> bool:
        return self.paper_by is not None and self.paper_by < self.look.today

    @property
    def first(self) -> bool:
        """Whether it is not due yet, and nobody was reminded."""
        return not (self.reminders or self._late)

    @property
    def second(self) -> bool:
        """Whether it is late, or they were reminded once."""
        return not (self.first or self.last)
