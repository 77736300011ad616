"""Many people of a panel at once: rows pasted from Word or Excel, or a file, read into a table, put right and saved
together or not at all."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.validators import validate_email

from panel.accounts.people_rows import CO_OPTED, INDEPENDENT, KIND_WORDS, SUBSTANTIVE, SUBSTITUTE, Row, read
from panel.files.rows import NotRows, of_file, pasted
from panel.forms.fields import LongTextField
from panel.law import clock
from panel.law.names_in_text import same_person
from panel.law.period import day_words, plural
from panel.law.roles import Role
from panel.models import Chairmanship, Council, Member, Membership, Substitute, User
from panel.record.act import sealed_act

MOST_ROWS = 500
ONE, TWO = "one", "two"


class RowsForm(forms.Form):
    """The rows, typed or as a file, and for each that looks like somebody else whether they are one person."""

    rows = LongTextField(
        label="Rows", max_length=200_000, rows=8, sometimes=True,
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
            found = of_file(file, file.name, file.size) if file else pasted(cleaned.get("rows") or "")
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
        for row in self.people:
            for words in row.errors.values():
                self.add_error("rows", f"Row {row.number}: {words}")
        return cleaned

    # What one row says is held against the others and against who is there already.

    def look_over(self):
        """Councils by their full names, kinds, offices, addresses, and people who are there already."""
        self.councils = {c.name: c for c in self.panel.councils.all()}
        self.there = list(self.panel.members.overlapping(clock.today(), None))
        self.office_holders = list(self.panel.chairmanships.overlapping(clock.today(), None).select_related("member"))
        for row in self.people:
            row.council = self.full_name(row.council)
            self.check_kind(row)
            self.check_office(row)
            self.check_email(row)
            self.check_known(row)
        for row in self.people:
            if row.kind == SUBSTITUTE and "kind" not in row.errors and not self.member_of(row):
                row.errors["kind"] = f"No member is called “{row.instead_of}”. Add the member first, or in a row here"

    def full_name(self, typed: str) -> str:
        """The council of the panel that begins with what was typed, where there is one such council."""
        if typed in self.councils:
            return typed
        found = [name for name in self.councils if name.casefold().startswith(typed.casefold())] if typed else []
        return found[0] if len(found) == 1 else typed

    def check_kind(self, row):
        """Kind and council fit each other, as for one member."""
        if "kind" in row.errors:
            return
        if row.kind == SUBSTITUTE and not row.instead_of:
            row.errors["kind"] = "For whom do they substitute? Write “substitute for” and the member’s name"
        elif not row.kind:
            row.errors["kind"] = "Enter what kind of member: council, co-opted or independent"
        elif row.kind == SUBSTANTIVE and not row.council:
            row.errors["council"] = "Enter the council that appointed them"
        elif row.kind == INDEPENDENT and row.council:
            row.errors["council"] = "A co-opted independent member has no council"
        elif row.kind == CO_OPTED and row.council and len(row.council) > 120:
            row.errors["council"] = "The name of the council must be 120 characters or fewer"
        if len(row.name) > 120:
            row.errors["name"] = "The name must be 120 characters or fewer"

    def check_office(self, row):
        """One Chairman and one Vice-Chairman."""
        if not row.office or row.from_date is None:
            return
        words = Chairmanship.Office(row.office).label
        for other in self.office_holders:
            if other.office == row.office and (row.to_date is None or other.from_date <= row.to_date):
                row.errors["kind"] = (
                    f"{other.member.name} is {words} since {day_words(other.from_date)}. End that first"
                )
        first = next(r for r in self.people if r.office == row.office)
        if first is not row:
            row.errors["kind"] = f"Row {first.number} is {words} as well"

    def check_email(self, row):
        """An address is an address, is for one person, and only who may invite gives it."""
        if not row.email:
            return
        try:
            validate_email(row.email)
        except forms.ValidationError:
            row.errors["email"] = f"“{row.email}” is no email address"
            return
        user = User.objects.filter(email=row.email).first()
        taken = self.panel.members.filter(user=user).overlapping(clock.today(), None).first() if user else None
        first = next(r for r in self.people if r.email == row.email)
        if not self.may_invite:
            row.errors["email"] = "Only an administrator invites people: leave the address out"
        elif first is not row:
            row.errors["email"] = f"Row {first.number} has the same address"
        elif row.kind == SUBSTITUTE:
            row.errors["email"] = "A substitute has no account: leave the address out"
        elif user is not None and not user.is_active:
            row.errors["email"] = "This account is closed. Open it again first"
        elif taken:
            row.errors["email"] = f"This account belongs to {taken.name}"

    def check_known(self, row):
        """Nobody twice: the same name is refused, one that only looks the same is asked about."""
        if row.kind == SUBSTITUTE or not row.name:
            return
        others = [(f"row {r.number}", r.name) for r in self.people[: row.number - 1] if r.kind != SUBSTITUTE]
        others += [(f"{m.name}, who is there", m.name) for m in self.there]
        for words, name in others:
            if Row(0, name).known == row.known:
                row.errors["name"] = f"{row.name} is the same as {words}. Take one out"
                return
            if alike(name, row.name):
                row.same_as = words
                if self.answer(row) not in (ONE, TWO):
                    row.errors["name"] = f"{row.name} looks like {words}. Select whether they are one person or two"
                return

    def answer(self, row) -> str:
        """Whether somebody said that they are one person or two."""
        return self.data.get(f"same_{row.number}", "") if row.same_as else ""

    def member_of(self, row):
        """For whom a substitute sits: a member who is there, or one of the rows."""
        wanted = Row(0, row.instead_of).known
        named = [m for m in self.there if Row(0, m.name).known == wanted or same_person(m.name, row.instead_of)]
        rows = [r for r in self.people if r.kind != SUBSTITUTE and r.known == wanted]
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

    def write(self) -> list[Membership]:
        """All of them, in one act; the roles to tell people of."""
        with sealed_act(self.panel, by=self.user, name="add_people", why=f"Added {plural(len(self.ready), 'row')}"):
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
        user = User.objects.filter(email=row.email).first() if row.email else None
        if row.email and user is None:
            user = User.objects.create_user(row.email, None, name=row.name)
        days = {"from_date": row.from_date, "to_date": row.to_date}
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
    return f"{words}, {Chairmanship.Office(row.office).label}" if row.office else words


def account_words(form, row) -> str:
    """What becomes of their address."""
    if form.answer(row) == ONE:
        return "Left out: the same person"
    return f"Invited: {row.email}" if row.email else "None: no email"
