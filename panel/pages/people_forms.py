"""The people and bodies of a panel, one form a kind: councils, members, substitutes, Chairmen, office holders."""

from django.db.models import Q

from panel.access import rules
from panel.forms.fields import DateField, HintedChoice, RadiosField, SelectField, TextField
from panel.forms.record_form import RecordForm
from panel.law import clock
from panel.law.folding import name_key
from panel.law.period import day_words, plural
from panel.law.roles import CasePart, Role
from panel.models import CaseRole, Chairmanship, Council, Member, OfficeHolder, Substitute, User
from panel.procedure.register import procedures


def first_day(**kwargs):
    """The first day on which something holds."""
    return DateField(**{"label": "First day", "what": "the first day", **kwargs})


def last_day(**kwargs):
    """The last day, empty while it lasts."""
    return DateField(
        **{
            "label": "Last day",
            "what": "the last day",
            "required": False,
            "help_text": "Leave empty while it lasts.",
            **kwargs,
        }
    )


def lasts(row) -> str:
    """Between which days a row holds, as a sentence goes on: "since 13 May 2024", "until 3 May 2026"."""
    today = clock.today()
    if row.from_date > today:
        return f"from {day_words(row.from_date)}"
    return f"until {day_words(row.to_date)}" if row.to_date else f"since {day_words(row.from_date)}"


def clash(row, name: str, what: str) -> str:
    """Why a term cannot overlap with that one, and what to do first."""
    first = "" if row.to_date else ". First enter the last day there"
    return f"{name} is {what} {lasts(row)}{first}"


def within(member, cleaned: dict) -> dict[str, str]:
    """{question: error} where days do not lie within those of the member."""
    start, end = cleaned["from_date"], cleaned["to_date"]
    if start < member.from_date:
        return {"from_date": f"{member.name} is a member only from {day_words(member.from_date)}"}
    if member.to_date and (end is None or end > member.to_date):
        return {
            "to_date": f"{member.name} is a member only until {day_words(member.to_date)}. Enter that day or before"
        }
    return {}


def council_wanted(kind: str, given: bool) -> str:
    """Whether a member of that kind lacks a council ("missing") or must have none ("none"); "" where it is right."""
    if kind == Member.Kind.SUBSTANTIVE and not given:
        return "missing"
    return "none" if kind == Member.Kind.INDEPENDENT and given else ""


class CouncilForm(RecordForm):
    """A council that appoints members."""

    one_of_many = True
    model, one, columns = Council, "council", ("name",)
    pairs = ()
    name = TextField(label="Name of the council", max_length=120, required_message="Enter the name of the council")

    def check(self, cleaned):
        """A name once a panel, whatever its case."""
        same = self.panel.councils.filter(name__iexact=cleaned["name"])
        if same.exclude(pk=self.instance.pk if self.instance else None).exists():
            self.add_error("name", "There is a council of this name already")


class MemberForm(RecordForm):
    """A member between two days, and the account they sign in with, if they have one."""

    one_of_many = True
    model, one = Member, "member"
    columns = ("name", "kind", "council", "user", "from_date", "to_date")
    name = TextField(label="Full name", max_length=120, required_message="Enter the member’s name")
    kind = RadiosField(
        label="What kind of member?", choices=Member.Kind.choices, required_message="Select what kind of member"
    )
    council = SelectField(
        label="Council", blank="No council", required=False, required_message="Select one of the panel’s councils"
    )
    user = SelectField(
        label="Account",
        blank="No account",
        required=False,
        required_message="Select one of the panel’s accounts",
        help_text="With it they see the cases of the sub-panels they sit on.",
    )
    from_date = first_day(label="Member from", what="the day they became a member")
    to_date = last_day(label="Member until", what="the last day as a member")

    def add_questions(self):
        """The panel's own councils, and the people who have a role in it."""
        self.fields["council"].choices = [(str(c.pk), c.name) for c in self.panel.councils.all()]
        mine = Q(memberships__panel=self.panel)
        if self.instance and self.instance.user_id:
            mine |= Q(pk=self.instance.user_id)
        self.fields["user"].choices = [
            HintedChoice(str(u.pk), f"{u.name}, {u.email}") for u in User.objects.filter(mine).distinct()
        ]

    def check(self, cleaned):
        """Kind and council, the account, and terms as Chairman or with a substitute that would stick out."""
        said = {
            "missing": "Select the council that appointed them",
            "none": "A co-opted independent member has no council. Choose “No council”",
        }
        if wanted := council_wanted(cleaned["kind"], bool(cleaned["council"])):
            self.add_error("council", said[wanted])
        self.check_account(cleaned)
        start, end = cleaned["from_date"], cleaned["to_date"]
        self.check_once(cleaned["name"], start, end)
        for row, words in self.terms():
            if row.from_date < start:
                self.add_error("from_date", f"They are {words} from {day_words(row.from_date)}. Change that first")
            elif end and row.from_date > end:
                self.add_error("to_date", f"They are to be {words} from {day_words(row.from_date)}. Change that first")

    def check_once(self, name, start, end):
        """Nobody is a member twice on a day, whatever title stands before their name."""
        others = self.panel.members.overlapping(start, end).exclude(pk=self.instance.pk if self.instance else None)
        other = next((m for m in others if name_key(m.name) == name_key(name)), None)
        if other is not None:
            self.add_error("from_date", clash(other, other.name, "a member"))

    def check_account(self, cleaned):
        """One member an account at a time; nobody joins themselves to a seat, or frees themselves of one."""
        before, after = (self.instance.user_id if self.instance else None), int(cleaned["user"] or 0) or None
        if self.user is not None and before != after and self.user.pk in (before, after):
            self.add_error("user", "Somebody else must change which member your own account belongs to")
        if after is None:
            return
        others = self.panel.members.filter(user=after).overlapping(cleaned["from_date"], cleaned["to_date"])
        other = others.exclude(pk=self.instance.pk if self.instance else None).first()
        if other:
            self.add_error("user", f"This account belongs to {other.name}, a member {lasts(other)}")

    def terms(self) -> list:
        """What hangs on the member: (row, what they are in it)."""
        if self.instance is None:
            return []
        found = [(c, c.get_office_display()) for c in self.instance.chairmanships.all()]
        found += [(p, "in the pool for sub-panels") for p in self.instance.pool.all()]
        return found + [(s, f"represented by {s.name}") for s in self.instance.substitutes.all()]

    def write(self):
        """The member; what hangs on them ends with them, and a seat on a sub-panel is pointed out."""
        member, last = super().write(), self.cleaned_data["to_date"]
        for row, words in self.terms() if last else ():
            if row.to_date is None or row.to_date > last:
                row.to_date = last
                row.save()
                self.notes.append(f"The term as {words} ends on the same day.")
        if last:
            self.notes += seats_left(member, self.user)
        return member


def seats_left(member, user) -> list[str]:
    """A sentence if the member, who leaves, still sits on sub-panels; names those cases that the user sees."""
    still = [s for p in procedures().values() for s in p.open_states]
    rows = CaseRole.objects.filter(member=member, kind=CasePart.SUB_PANEL.value, to_entry=None, case__status__in=still)
    cases = {row.case_id for row in rows}
    if not cases:
        return []
    panel = member.panel
    seen = panel.cases.filter(rules.visible(rules.standing(user, panel)), pk__in=cases).order_by("reference")
    named = ", ".join(seen.values_list("reference", flat=True))
    return [
        f"{member.name} still sits on the {Role.SUB_PANEL.words} of {plural(len(cases), 'open case')}"
        f"{f' ({named})' if named else ''}: the {Role.CHAIRMAN.words} must replace them there."
    ]


def member_choices(panel):
    """Every member, those who left with their last day."""
    return [(str(m.pk), m.name + (f" (member {lasts(m)})" if m.to_date else "")) for m in panel.members.all()]


class OfMemberForm(RecordForm):
    """Something that a member holds within the days of their membership."""

    def add_questions(self):
        """The panel's own members."""
        self.fields["member"].choices = member_choices(self.panel)

    def check(self, cleaned):
        """Within the member's own days."""
        for name, words in within(self.panel.members.get(pk=cleaned["member"]), cleaned).items():
            self.add_error(name, words)


class SubstituteForm(OfMemberForm):
    """Who may sit in a member's place."""

    one_of_many = True
    model, one = Substitute, "substitute"
    columns = ("name", "member", "from_date", "to_date")
    name = TextField(label="Full name", max_length=120, required_message="Enter the substitute’s name")
    member = SelectField(label="For which member?", blank="Choose", required_message="Select the member")
    from_date = first_day()
    to_date = last_day()


class ChairmanshipForm(OfMemberForm):
    """Who is Chairman or Vice-Chairman; one of each at a time."""

    model, one = Chairmanship, "Chairman or Vice-Chairman"
    act_names = ("add_chairmanship", "change_chairmanship")
    columns = ("office", "member", "from_date", "to_date")
    office = RadiosField(
        label="Which office?", choices=Chairmanship.Office.choices, required_message="Select Chairman or Vice-Chairman"
    )
    member = SelectField(label="Which member?", blank="Choose", required_message="Select the member")
    from_date = first_day(what="the first day in office")
    to_date = last_day(what="the last day in office")

    def check(self, cleaned):
        """One holder of an office at a time, and nobody in both."""
        super().check(cleaned)
        if self.errors:
            return
        rows = self.panel.chairmanships.overlapping(cleaned["from_date"], cleaned["to_date"])
        rows = rows.exclude(pk=self.instance.pk if self.instance else None).select_related("member")
        for row in rows:
            if row.office == cleaned["office"] or str(row.member_id) == cleaned["member"]:
                self.add_error("from_date", clash(row, row.member.name, row.get_office_display()))
                return


class OfficeHolderForm(RecordForm):
    """A Commissioner or Deputy while in office."""

    one_of_many = True
    model, one = OfficeHolder, "office holder"
    columns = ("name", "short_name", "office", "from_date", "to_date")
    name = TextField(label="Full name", max_length=120, required_message="Enter the office holder’s name")
    short_name = TextField(
        label="How to refer to them",
        max_length=60,
        help_text="Such as “Mr Ashcombe”.",
        required_message="Enter how to refer to them",
    )
    office = RadiosField(
        label="Which office?", choices=OfficeHolder.Office.choices, required_message="Select the office"
    )
    from_date = first_day(label="In office from", what="the day they took office")
    to_date = last_day(
        label="In office until",
        what="the last day in office",
        help_text="Leave empty while in office. Complaints about them stay as they are.",
    )

    def check(self, cleaned):
        """One Commissioner at a time."""
        if cleaned["office"] != OfficeHolder.Office.COMMISSIONER:
            return
        rows = self.panel.office_holders.filter(office=OfficeHolder.Office.COMMISSIONER)
        rows = rows.overlapping(cleaned["from_date"], cleaned["to_date"])
        row = rows.exclude(pk=self.instance.pk if self.instance else None).first()
        if row:
            self.add_error("from_date", clash(row, row.name, row.get_office_display()))


# What the address names: /<panel>/people/members/12/
FORMS = {
    "members": MemberForm,
    "chairmen": ChairmanshipForm,
    "substitutes": SubstituteForm,
    "office-holders": OfficeHolderForm,
    "councils": CouncilForm,
}
