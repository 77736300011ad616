"""Whom letters of a complaint go to, and by what words they call the people in it."""

from datetime import date
from functools import cached_property

from complaints.keys import REPRESENTATIVE
from complaints.models import Subject
from panel.law.period import listed
from panel.law.roles import Role
from panel.letters.fields import LetterFields
from panel.models import OfficeHolder, office_holder_slug

TITLES = ("Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Sir", "Dame", "Cllr", "Professor", "Rev")
IOPC_NAME = "Independent Office for Police Conduct"


class ComplaintPeople(LetterFields):
    """Addressee and office holders."""

    @property
    def to_complainant(self) -> bool:
        """Whether it goes to who complained, or who acts for them."""
        return self.about.recipient == Role.COMPLAINANT

    @cached_property
    def subject(self) -> Subject | None:
        """The office holder to whom it goes."""
        mine = (s for s in self.facts.subjects if office_holder_slug(s.office_holder) == self.about.recipient)
        return next(mine, None)

    @cached_property
    def written_to(self) -> tuple[str, str, str, str]:
        """(name, email, address, how to write) of the addressee."""
        case, who = self.case, self.facts.complainant
        if self.about.recipient == REPRESENTATIVE or (self.to_complainant and case.represented):
            organisation = f"\n{case.agent_organisation}" if case.agent_organisation else ""
            return case.agent, case.agent_email, f"{organisation}\n{case.agent_address}".strip(), ""
        if self.to_complainant and who is not None:
            return who.name, who.email, who.address, who.how_to_write
        if self.subject is not None:
            return self.titled(self.subject.office_holder), "", self.office_full(self.subject.office_holder), ""
        return self.office_words, "", "", ""

    @property
    def office_words(self) -> str:
        """The addressee's office, where it is no person whom the case names."""
        if self.about.recipient == Role.IOPC:
            return f"The {IOPC_NAME}"
        if self.about.recipient == "commissioner":
            return f"The {self.commissioner_full}"
        if self.about.recipient == "councils":
            return "The councils of the police area"
        if self.about.recipient == "body":
            name = self.other_body or ""
            return name[:1].upper() + name[1:]
        if self.about.recipient in ("the_panel", "members"):
            return f"The members of the {self.sub_panel if self.about.recipient == 'members' else 'Panel'}"
        return self.about.to_words

    @property
    def addressee(self) -> str:
        """The name on the letter."""
        return self.written_to[0]

    @property
    def office(self) -> str:
        """The office of the office holder to whom it goes."""
        return self.office_full(self.subject.office_holder) if self.subject is not None else ""

    @property
    def email_address(self) -> str:
        """Where they take email."""
        return self.written_to[1]

    @property
    def address(self) -> str:
        """Office, organisation and postal address."""
        return self.written_to[2]

    @property
    def wishes(self) -> str:
        """How they asked to be written to."""
        return self.written_to[3]

    @property
    def salutation(self) -> str:
        """The name after "Dear"; "" for an office or for the public."""
        if self.subject is not None:
            return self.subject.office_holder.short_name
        return surname(self.written_to[0]) if self.to_complainant or self.about.recipient == REPRESENTATIVE else ""

    @property
    def confidential(self) -> bool:
        """Both sides' letters are for them alone."""
        return self.to_complainant or self.subject is not None

    @property
    def client_name(self) -> str | None:
        """For whom a representative is written to."""
        return self.facts.complainant.name if self.to_complainant and self.case.represented else None

    def titled(self, holder: OfficeHolder) -> str:
        """The name with the title by which they are called."""
        before = holder.short_name.split(" ", 1)[0]
        return f"{before} {holder.name}" if before in TITLES and not holder.name.startswith(before) else holder.name

    def office_full(self, holder: OfficeHolder) -> str:
        """The office in full: "Police and Crime Commissioner for Exshire"."""
        area = self.of_panel.names_on(self.look.today).police_area
        office = self.commissioner_full if holder.office == OfficeHolder.Office.COMMISSIONER else self.deputy
        return f"{office} for {area}" if area else office

    @property
    def commissioner_full(self) -> str:
        """The Commissioner's office in full."""
        word = self.commissioner
        return f"Police and Crime {word}" if word == "Commissioner" else word

    @property
    def deputy(self) -> str:
        """The Deputy's office in full."""
        return f"Deputy {self.commissioner_full}"

    # Whom it is about

    @property
    def officeholder(self) -> str:
        """Whom it is about, as they are called: "Mr Ashcombe"."""
        return listed([s.office_holder.short_name for s in self.facts.subjects]) or "the office holder"

    @property
    def officeholder_full(self) -> str:
        """Whom it is about, with the office."""
        full = [f"{self.titled(s.office_holder)}, the {self.office_full(s.office_holder)}" for s in self.facts.subjects]
        return " and ".join(full) or self.case.about_whom or "an office holder"

    @property
    def offices(self) -> str:
        """The offices whose conduct the Panel deals with."""
        return f"the {self.commissioner_full} and the Deputy"

    @property
    def anonymised(self) -> bool:
        """Whether the addressee's copy leaves out who complained; of a letter to the complainant, whether some copy does."""
        if self.to_complainant:
            return any(s.copy == Subject.Copy.ANONYMISED for s in self.facts.subjects)
        return self.subject is not None and self.subject.copy == Subject.Copy.ANONYMISED

    @property
    def protected(self) -> bool:
        """Whether the complainant is not to be named to some office holder."""
        return self.facts.complainant_hidden or any(s.copy == Subject.Copy.WITHHELD for s in self.facts.subjects)

    @property
    def members(self) -> str | None:
        """Who sits on its sub-panel."""
        return listed([role.member.name for role in self.facts.sub_panel if role.member]) or None

    @property
    def resolver(self) -> str | None:
        """Who resolves it for the Panel, where neither the Panel nor a sub-panel does."""
        by = self.entry.answers.get("dealt_with_by")
        if by == "officer":
            return f"{self.officer_name}, the {self.officer_post},"
        return str(self.entry.answers.get("who", "")) or None if by in ("member", "other") else None

    @property
    def other_body(self) -> str | None:
        """Whose it is, where it is not the Panel's."""
        found = [p.redirected_to for p in self.look.parts if p.redirected_to and p.pk in self.moved]
        name = listed(list(dict.fromkeys(found)))
        return f"the {name[4:]}" if name.startswith("The ") else name or None

    @cached_property
    def moved(self) -> set[int]:
        """The allegations that the step moved; every one where it moved none."""
        return {m.part_id for m in self.entry.moves.all()} or {p.pk for p in self.look.parts}

    def day_of(self, *steps: str) -> date | None:
        """The day of the last of these steps, or None."""
        taken = self.look.last(*steps)
        return taken.on if taken else None


def surname(name: str) -> str:
    """How a letter greets somebody: "Mrs Thorpe" of "Mrs Gillian Thorpe", the whole name where no title is known."""
    words = name.split()
    return f"{words[0]} {words[-1]}" if len(words) > 1 and words[0].rstrip(".") in TITLES else name
