"""The facts that the text of a letter asks for. What every register has stands here; each register adds its own.

A field is a property of the class: its value, or None where the case does not know it. What only a person knows is named
in `TYPED`: it stays as a gap in the draft. `TICKS` are conditions that only a person can answer: they begin as no.
"""

from datetime import date as Day  # noqa: N812 - `date` is a field
from functools import cached_property
from typing import Any

from panel.files.paper import Paper
from panel.law import clock
from panel.law.number_words import spelled
from panel.law.period import listed
from panel.law.roles import Role
from panel.letters.marks import Mark
from panel.models import PanelSettings
from panel.pages.people_names import People

REPLY_WORKING_DAYS = 10  # where the Panel has set no target: what the letter asks for, never called the law's
CHANGES_BY_THE_DAY = ("date", "reply_by")  # with no fact of the case


class Unknown(LookupError):
    """A template asks for what is no field."""


class LetterFields:
    """The fields of one letter."""

    TYPED: frozenset[str] = frozenset()
    TICKS: frozenset[str] = frozenset()

    def __init__(self, about: Any) -> None:
        self.about, self.look, self.entry = about, about.look, about.entry
        self.case, self.facts, self.of_panel = self.look.case, self.look.facts, self.look.panel
        self.used: dict[str, Any] = {}

    def get(self, name: str) -> Any:
        """The value of a field, condition or list; noted in `used`. Raises Unknown."""
        name = name.replace(".", "_")
        if not self.knows(name):
            raise Unknown(name)
        found = getattr(self, name, None) if name not in self.TYPED | self.TICKS else None
        self.used[name] = found
        return found

    @classmethod
    def knows(cls, name: str) -> bool:
        """Whether there is a field of that name."""
        name = name.replace(".", "_")
        return (
            name in cls.TYPED or name in cls.TICKS or isinstance(getattr(cls, name, None), property | cached_property)
        )

    # The letter itself

    @property
    def date(self) -> Day:
        """The day on its face."""
        return self.look.today

    @cached_property
    def settings(self) -> PanelSettings:
        """What holds on the day of the letter."""
        return self.look.settings_on(self.look.today)

    @property
    def reference(self) -> str:
        """Our reference."""
        return str(self.case.reference)

    @property
    def reply_by(self) -> Day | None:
        """The day by which an answer is asked for: the Panel's target, or what is usual."""
        days = self.settings.comment_days or REPLY_WORKING_DAYS
        return clock.working_days(self.look.today, days).day

    @property
    def addressee(self) -> str:
        """To whom it goes, by name or office."""
        return self.about.to_words

    @property
    def address(self) -> str:
        """Their postal address, as far as it is known."""
        return ""

    @property
    def office(self) -> str:
        """What stands under the name and is no postal address: the office that somebody holds."""
        return ""

    @property
    def email_address(self) -> str:
        """Their email address, as far as it is known."""
        return ""

    @property
    def salutation(self) -> str:
        """The name with which it begins, or "" for an office."""
        return ""

    @property
    def wishes(self) -> str:
        """How they asked to be written to."""
        return ""

    @property
    def client_name(self) -> str | None:
        """For whom a representative is written to."""
        return None

    @property
    def confidential(self) -> bool:
        """Whether it is private to whom it goes to."""
        return False

    @property
    def enclosed(self) -> list[str]:
        """What goes with it."""
        return []

    @property
    def copies(self) -> list[tuple[str, Paper]]:
        """(name, paper) of what is made from the case and goes with it."""
        return []

    @property
    def hides(self) -> bool:
        """Whether words are left out of what goes with it, each confirmed by a person."""
        return False

    @property
    def hidden_text(self) -> str:
        """The texts of the case in which such words stand."""
        return ""

    @property
    def marks(self) -> list[Mark]:
        """What its reader may not know."""
        return []

    @property
    def known_anyway(self) -> str:
        """Names that the reader or the letter itself has anyway."""
        return self.panel

    # The Panel and its people

    @cached_property
    def people(self) -> People:
        """Who does what today."""
        return People(self.of_panel, self.look.today)

    @cached_property
    def panel(self) -> str:
        """The Panel's name on the day of the letter."""
        return self.of_panel.names_on(self.look.today).name

    @property
    def officer_name(self) -> str:
        """Who keeps the case."""
        return self.people.who(Role.OFFICER, self.look)

    @property
    def officer_post(self) -> str:
        """The officer's post, as the Panel writes it."""
        return self.settings.officer_post or "Scrutiny Officer"

    @property
    def monitoring_officer(self) -> str:
        """The Monitoring Officer by name."""
        return self.people.who(Role.MONITORING_OFFICER, self.look)

    @property
    def chairman(self) -> str:
        """Who acts as Chairman."""
        return self.people.who(Role.CHAIRMAN, self.look)

    @property
    def chairman_word(self) -> str:
        """The Panel's word for the office."""
        return self.look.names["chairman"]

    @property
    def sub_panel(self) -> str:
        """The Panel's word for a sub-panel."""
        return self.look.names["sub_panel"]

    @property
    def commissioner(self) -> str:
        """The Panel's word for the Commissioner."""
        return self.look.names["commissioner"]

    @property
    def size(self) -> str:
        """How many members a sub-panel has, in words."""
        return spelled(self.settings.sub_panel_size)

    @property
    def phone(self) -> str:
        """Where to ring."""
        return self.settings.complaints_telephone

    @property
    def email(self) -> str:
        """Where to write by email."""
        return self.settings.complaints_email

    @property
    def phone_and_email(self) -> bool:
        """Whether both are known."""
        return bool(self.phone and self.email)

    @property
    def no_way(self) -> bool:
        """Whether neither is known."""
        return not (self.phone or self.email)

    @property
    def privacy_url(self) -> str:
        """The page on privacy."""
        return self.settings.privacy_url

    @property
    def ombudsman(self) -> str:
        """The ombudsman whom letters name."""
        return self.settings.ombudsman

    @property
    def ombudsman_url(self) -> str:
        """Its page, where it is named."""
        return self.settings.ombudsman_url if self.settings.ombudsman else ""

    @property
    def signer(self) -> tuple[str, str]:
        """Who signs, and the post."""
        match self.about.kind.signer:
            case Role.MONITORING_OFFICER:
                return self.monitoring_officer, "Monitoring Officer"
            case Role.CHAIRMAN:
                return self.chairman, f"{self.chairman_word}, {self.panel}"
        return self.officer_name, self.officer_post

    # The case

    @property
    def received(self) -> Day:
        """The day it reached the Panel."""
        return self.case.received_on

    @property
    def reasons(self) -> str | None:
        """The reasons of the step that causes it."""
        return self.entry.why or None

    @property
    def because(self) -> str | None:
        """The same in the middle of a sentence."""
        words = (self.reasons or "").strip().rstrip(".")
        first = words.split(" ", 1)[0]
        keeps = first[1:] != first[1:].lower() or first in ("I",)
        return (words if keeps else words[:1].lower() + words[1:]) or None

    @property
    def reasons_oh(self) -> str | None:
        """The reasons as the office holder may see them: the letter's check finds what may not be told."""
        return self.reasons

    @property
    def decided_on(self) -> Day:
        """The day of the step."""
        return self.entry.on

    @property
    def part(self) -> str | None:
        """The parts that it is about, where it is not about every part."""
        said = {p.number: getattr(p, "what", "") for p in self.look.parts}
        return listed([f"point {n}, “{said[n].rstrip('.')}”" for n in self.about.numbers]) or None

    @property
    def why(self) -> str | None:
        """Why, as it goes on in a sentence."""
        return self.because

    # Reminders, in three tones

    @cached_property
    def reminders(self) -> list[Day]:
        """The days on which the same letter went to the same recipient before."""
        rows = self.case.letters.filter(
            kind=self.about.kind.key, recipient=self.about.recipient, entry__reversed_by=None
        )
        return list(rows.order_by("sent_on").values_list("sent_on", flat=True))

    @property
    def reminded(self) -> Day | None:
        """The day of the last reminder."""
        return self.reminders[-1] if self.reminders else None

    @property
    def first(self) -> bool:
        """Whether none went before."""
        return not self.reminders

    @property
    def second(self) -> bool:
        """Whether one did."""
        return len(self.reminders) == 1

    @property
    def last(self) -> bool:
        """Whether two did, or more."""
        return len(self.reminders) > 1
