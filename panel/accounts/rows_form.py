"""Many people of a panel at once: rows pasted from Word or Excel, or a file, read into a table, put right and saved
together or not at all."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.validators import validate_email

from panel.accounts.people_rows import KIND_WORDS, SUBSTITUTE, Row, read
from panel.accounts.user_forms import SELF, role_clash
from panel.files.rows import of_file, pasted
from panel.files.sheets import NotRows
from panel.forms.fields import LongTextField
from panel.forms.record_form import NotNow
from panel.law import clock
from panel.law.names_in_text import same_person
from panel.law.period import day_words, plural
from panel.law.roles import Role
from panel.law.spoken import say
from panel.models import Chairmanship, Council, Member, Membership, Substitute, User
from panel.pages.people_forms import clash, council_wanted, within
from panel.record.act import sealed_act

MOST_ROWS = 500
MOST_CHARACTERS = 120  # of a name, as its column takes
ONE, TWO = "one", "two"


class RowsForm(forms.Form):
    """The rows, typed or as a file, and for each that looks like somebody else whether they are one person."""

    rows = LongTextField(
        label="Rows", max_length=200_000, rows=8, sometimes=True, one_a_line=True,
        help_text="Name, council, kind (council, co-opted, independent or substitute), first day, email. Headings help but "
        "are not needed. An email address invites the person.",
    )  # fmt: skip
    file = forms.FileField(label="Or a CSV or Excel file", required=False, widget=forms.FileInput)

    def __init__(self, panel, user, may_invite, data=None, files=None):
        self.panel, self.user, self.may_invite = panel, user, may_invite
        self.people: list[Row] = []
        super().__init__(data, files, use_required_attribute=False)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.label_size = "s"
        self.helper.layout = Layout("rows", "file")

    def clean(self):
        """Read the rows; each says what is wrong with it. A file's rows take the place of those typed."""
        cleaned = super().clean()
        try:
            file = cleaned.get("file")
            found = of_file(file, file.size) if file else pasted(cleaned.get("rows") or "")
        except NotRows as why:
            self.add_error("file" if cleaned.get("file") else "rows", str(why))
            return cleaned
        if file:
            self.data = self.data.copy()
            self.data["rows"] = "\n".join("\t".join(cell.replace("\t", " ") for cell in row) for row in found)
        self.people = read(found)
        if not self.people and not self.errors:
            self.add_error("rows", "Paste the rows, or choose a file")
        if len(self.people) > MOST_ROWS:
            self.add_error("rows", f"There are {len(self.people):,} rows. Add at most {MOST_ROWS} at a time")
            self.people = []
        self.look_over()
        self.say_errors()
        return cleaned

    def say_errors(self):
        """Each row's errors, in the order of the rows."""
        for row in self.people:
            for words in row.errors.values():
                self.add_error("rows", f"Row {row.number}: {words}")

    # What one row says is held against the others and against who is there already.

    def look_over(self):
        """Councils by their full names, kinds, offices, addresses, and people who are there already."""
        self.councils = {c.name: c for c in self.panel.councils.all()}
        self.there = list(self.panel.members.overlapping(clock.today(), None))
        typed = {row.email for row in self.people if row.email}
        self.users = {user.email: user for user in User.objects.filter(email__in=typed)}
        self.first_with = {row.email: row.number for row in reversed(self.people)}
        self.by_surname: dict[str, list[tuple[str, str]]] = {}  # (whom, their name) of those before a row
        for m in self.there:
            self.by_surname.setdefault(surname(m.name), []).append((f"{m.name}, who is there", m.name))
        for row in self.people:
            row.council = self.full_name(row.council)
            self.check_kind(row)
            self.check_office(row)
            self.check_email(row)
            self.check_known(row)
        for row in self.people:
            if row.kind == SUBSTITUTE and "kind" not in row.errors:
                self.check_substitute(row)

    def full_name(self, typed: str) -> str:
        """The council of the panel that begins with what was typed, where there is one such council."""
        if typed in self.councils:
            return typed
        found = [name for name in self.councils if name.casefold().startswith(typed.casefold())] if typed else []
        return found[0] if len(found) == 1 else typed

    def check_kind(self, row):
        """Kind and council fit each other, as for one member."""
        if len(row.name) > MOST_CHARACTERS:
            row.errors["name"] = f"The name must be {MOST_CHARACTERS} characters or fewer"
        if len(row.council) > MOST_CHARACTERS:
            row.errors["council"] = f"The name of the council must be {MOST_CHARACTERS} characters or fewer"
        if "kind" in row.errors:
            return
        if row.kind == SUBSTITUTE and not row.instead_of:
            row.errors["kind"] = "For whom do they substitute? Write “substitute for” and the member’s name"
        elif not row.kind:
            row.errors["kind"] = "Enter what kind of member: council, co-opted or independent"
        elif wanted := council_wanted(row.kind, bool(row.council)):
            said = {
                "missing": "Enter the council that appointed them",
                "none": "A co-opted independent member has no council",
            }
            row.errors["council"] = said[wanted]

    def check_office(self, row):
        """One Chairman and one Vice-Chairman at a time."""
        if not row.office or row.from_date is None or "from_date" in row.errors:
            return
        words = say(Chairmanship.Office(row.office).label)
        held = self.panel.chairmanships.filter(office=row.office).overlapping(row.from_date, row.to_date)
        if other := held.select_related("member").first():
            row.errors["kind"] = clash(other, other.member.name, words)
        first = next(r for r in self.people if r.office == row.office)
        if first is not row:
            row.errors["kind"] = f"Row {first.number} is {words} as well"

    def check_email(self, row):
        """An address is an address, is for one person and not for oneself, and only who may invite gives it."""
        if not row.email:
            return
        user = self.users.get(row.email)
        taken = next((m for m in self.there if user is not None and m.user_id == user.pk), None)
        if not self.may_invite:
            row.errors["email"] = "Only an administrator invites people: leave the address out"
        elif not is_address(row.email):
            row.errors["email"] = f"“{row.email}” is no email address"
        elif self.first_with[row.email] != row.number:
            row.errors["email"] = f"Row {self.first_with[row.email]} has the same address"
        elif row.kind == SUBSTITUTE:
            row.errors["email"] = "A substitute has no account: leave the address out"
        elif row.to_date and row.to_date < clock.today():
            row.errors["email"] = "Their last day is over, so nobody is invited: leave the address out"
        elif user is not None and self.user is not None and user.pk == self.user.pk:
            row.errors["email"] = SELF
        elif user is not None and not user.is_active:
            row.errors["email"] = "This account is closed. Open it again first"
        elif taken:
            row.errors["email"] = f"This account belongs to {taken.name}"
        elif row.office and row.from_date and (words := role_clash(self.panel, None, row.office, days_of(row))):
            row.errors["email"] = words

    def check_known(self, row):
        """Nobody twice: the same name is refused, one that only looks the same is asked about."""
        if row.kind == SUBSTITUTE or not row.name:
            return
        alike_by_surname = self.by_surname.setdefault(surname(row.name), [])
        before = list(alike_by_surname)
        alike_by_surname.append((f"row {row.number}", row.name))
        for words, name in before:
            if Row(0, name).known == row.known:
                row.errors["name"] = f"{row.name} is the same as {words}. Take one out"
                return
            if alike(name, row.name):
                row.same_as = words
                if self.answer(row) not in (ONE, TWO):
                    row.errors["name"] = f"{row.name} looks like {words}. Select whether they are one person or two"
                return

    def check_substitute(self, row):
        """For a member who is there, or is in a row here, and within the days of that member."""
        whom = self.member_of(row)
        if whom is None:
            row.errors["kind"] = f"No member is called “{row.instead_of}”. Add the member first, or in a row here"
        elif row.from_date and whom.from_date and (found := within(whom, days_of(row))):
            row.errors["from_date"] = next(iter(found.values()))

    def answer(self, row) -> str:
        """Whether somebody said that they are one person or two."""
        return self.data.get(f"same_{row.number}", "") if row.same_as else ""

    def member_of(self, row):
        """For whom a substitute sits: a member who is there, or one of the rows."""
        wanted = Row(0, row.instead_of).known
        named = [m for m in self.there if Row(0, m.name).known == wanted or same_person(m.name, row.instead_of)]
        rows = [r for r in self.ready if r.kind != SUBSTITUTE and r.known == wanted]
        return (named or rows or [None])[0]

    # What is saved

    @property
    def ready(self) -> list[Row]:
        """The rows to save: those that are the same person as another are left out."""
        return [row for row in self.people if self.answer(row) != ONE]

    @property
    def new_councils(self) -> list[str]:
        """Councils that no row of the panel has yet, in the order named."""
        return list(dict.fromkeys(r.council for r in self.ready if r.council and r.council not in self.councils))

    def write(self) -> list[Membership] | None:
        """All of them, in one act; the roles to tell people of. None where somebody came in between: the rows are looked
        over once more under the panel's lock, and what is wrong now stands beside them."""
        try:
            with sealed_act(self.panel, by=self.user, name="add_people", why=f"Added {plural(len(self.ready), 'row')}"):
                self.look_over()
                if any(row.errors for row in self.people):
                    raise NotNow(self)
                return self.write_all()
        except NotNow:
            self.say_errors()
            return None

    def write_all(self) -> list[Membership]:
        """Each row, members before those who sit for them."""
        for name in self.new_councils:
            self.councils[name] = Council.objects.create(panel=self.panel, name=name)
        roles, made = [], {}
        for row in self.ready:
            if row.kind != SUBSTITUTE:
                made[row.number], role = self.write_member(row)
                roles += [role] if role else []
        for row in self.ready:
            if row.kind == SUBSTITUTE:
                whom = self.member_of(row)
                Substitute.objects.create(
                    panel=self.panel, name=row.name, from_date=row.from_date, to_date=row.to_date,
                    member=made[whom.number] if isinstance(whom, Row) else whom,
                )  # fmt: skip
        return roles

    def write_member(self, row) -> tuple[Member, Membership | None]:
        """The member, their office, their account with its role."""
        user = self.users.get(row.email)
        if row.email and user is None:
            user = User.objects.create_user(row.email, None, name=row.name)
        days = days_of(row)
        member = Member.objects.create(
            panel=self.panel, name=row.name, kind=row.kind, council=self.councils.get(row.council), user=user, **days
        )
        if row.office:
            Chairmanship.objects.create(panel=self.panel, member=member, office=row.office, **days)
        if user is None:
            return member, None
        role = row.office or Role.MEMBER.value
        if self.panel.memberships.filter(user=user, role=role).overlapping(clock.today(), None).exists():
            return member, None
        first = max(row.from_date, clock.today())
        return member, Membership.objects.create(
            panel=self.panel, user=user, role=role, from_date=first, to_date=row.to_date
        )


def days_of(row: Row) -> dict:
    """The first and the last day, as forms of one person have them."""
    return {"from_date": row.from_date, "to_date": row.to_date}


def is_address(words: str) -> bool:
    """Whether it is an email address that an account can have."""
    try:
        validate_email(words)
    except forms.ValidationError:
        return False
    return len(words) <= (User._meta.get_field("email").max_length or 0)


def surname(name: str) -> str:
    """The last word of a name as names are compared: who bears another one is somebody else."""
    return Row(0, name).known.rpartition(" ")[2]


def alike(one: str, other: str) -> bool:
    """Whether two names could be one person's: the same surname, and first names of which one is the other's initial."""
    if same_person(one, other):
        return True
    mine, theirs = Row(0, one).known.split(), Row(0, other).known.split()
    if len(mine) < 2 or len(theirs) < 2 or mine[-1] != theirs[-1]:
        return False
    short, long = sorted((mine[0].strip("."), theirs[0].strip(".")), key=len)
    return len(short) == 1 and long.startswith(short)


def table_of(form) -> list[dict]:
    """The rows as the page shows them, those to put right first."""
    shown = []
    for row in sorted(form.people, key=lambda r: (not r.errors, r.number)):
        cells = {
            "name": row.name, "council": row.council or "None", "kind": kind_words(row),
            "from_date": day_words(row.from_date) if row.from_date else "", "email": account_words(form, row),
        }  # fmt: skip
        shown.append(
            {
                "number": row.number,
                "wrong": bool(row.errors),
                "cells": [
                    {"words": row.errors[k], "late": True, "note": words} if k in row.errors else {"words": words}
                    for k, words in cells.items()
                ],
                "asks": f"same_{row.number}" if row.same_as else "",
                "same_as": row.same_as,
                "answer": form.answer(row),
            }
        )
    return shown


def kind_words(row) -> str:
    """What somebody is to be, in words."""
    words = KIND_WORDS.get(row.kind, "")
    if row.kind == SUBSTITUTE and row.instead_of:
        words = f"Substitute for {row.instead_of}"
    return f"{words}, {say(Chairmanship.Office(row.office).label)}" if row.office else words


def account_words(form, row) -> str:
    """What becomes of their address."""
    if form.answer(row) == ONE:
        return "Left out: the same person"
    return f"Invited: {row.email}" if row.email else "None: no email"
