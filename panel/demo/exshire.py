"""Exshire Police and Crime Panel: fictional, like everybody in it. Its days are moved with its cases."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.contrib.auth.hashers import make_password

from panel.demo.west_mercia import SLUG as WEST_MERCIA
from panel.law import clock
from panel.law.roles import Role
from panel.models import (
    Chairmanship,
    Council,
    Member,
    Membership,
    OfficeHolder,
    Panel,
    PanelSettings,
    Substitute,
    User,
)
from panel.record.act import sealed_act

SLUG = "exshire"
START = date(2024, 5, 13)  # the Commissioner takes office


@dataclass(frozen=True)
class Person:
    """Somebody who signs in: name, role, what the sign-in page says they will see."""

    name: str
    role: Role
    sees: str
    sub_panel: bool = False

    @property
    def email(self) -> str:
        """first.last@exshire.example."""
        return ".".join(self.name.removeprefix("Cllr ").lower().split()) + "@exshire.example"

    @property
    def role_words(self) -> str:
        """The role as the sign-in page names it."""
        words = "sub-panel member" if self.sub_panel else self.role.words
        return words[0].upper() + words[1:]


PEOPLE = (
    Person("Priya Nair", Role.OFFICER, "All the work"),
    Person("Cllr Margaret Holt", Role.CHAIRMAN, "The decisions that wait for the Chairman"),
    Person("Cllr Owen Pask", Role.VICE_CHAIRMAN, "Decides when the Chairman cannot"),
    Person("Helen Farrow", Role.MONITORING_OFFICER, "Advice, IOPC, corrections"),
    Person("Cllr Amina Sesay", Role.MEMBER, "The case of the sub-panel", sub_panel=True),
    Person("Cllr Yusuf Karim", Role.MEMBER, "What the full Panel has before it"),
    Person("Tom Whitlow", Role.AUDITOR, "Everything, changes nothing"),
    Person("Lena Brook", Role.ADMINISTRATOR, "People and settings, no cases"),
)

TARGETS = {
    "acknowledge_days": 5, "record_days": 10, "copies_days": 3, "consider_days": 10, "notice_days": 5,
    "carry_out_days": 5, "chase_days": 10, "comment_days": 10, "review_days": 28, "conclude_weeks": 8, "quorum": 5,
    "participation_hour": 9, "procedure_approved": "June 2024", "procedure_apart": True,
    "contact_name": "Priya Nair, Scrutiny Officer, Exshire County Council", "contact_telephone": "01632 960 148",
    "contact_email": "crime.panel@exshire.example", "proper_officer": "Head of Legal and Governance",
    "complaints_address": "County Hall\nCastle Street\nExbridge XX1 1EX", "complaints_telephone": "01632 960 148",
    "complaints_email": "crime.panel@exshire.example", "letter_web": "exshire.example/crime-panel",
    "privacy_url": "exshire.example/crime-panel/privacy",
    "ombudsman": "Local Government and Social Care Ombudsman", "ombudsman_url": "www.lgo.org.uk",
    "keep_closed": 6, "keep_withdrawn": 3,
    "keep_redirected": 1, "keep_void": 1,
}  # fmt: skip

COUNTY, CITY = "Exshire County Council", "Exbridge City Council"
LARKFORD, STANMOOR = "Larkford District Council", "Stanmoor Borough Council"
HARROWMERE, TIDEBOURNE = "Harrowmere District Council", "Tidebourne Borough Council"
SUBSTANTIVE, CO_OPTED, INDEPENDENT = Member.Kind.SUBSTANTIVE, Member.Kind.CO_OPTED, Member.Kind.INDEPENDENT
JUNE_2024, MAY_2026 = date(2024, 6, 3), date(2026, 5, 18)
# (name, kind, council, from, to): fifteen today, and one who has left.
MEMBERS = (
    ("Cllr Margaret Holt", SUBSTANTIVE, COUNTY, JUNE_2024, None),
    ("Cllr Owen Pask", SUBSTANTIVE, CITY, JUNE_2024, None),
    ("Cllr Amina Sesay", CO_OPTED, CITY, JUNE_2024, None),
    ("Cllr Yusuf Karim", SUBSTANTIVE, LARKFORD, JUNE_2024, None),
    ("Cllr Dilys Marsh", SUBSTANTIVE, STANMOOR, JUNE_2024, None),
    ("Cllr Peter Ashdown", SUBSTANTIVE, HARROWMERE, JUNE_2024, None),
    ("Cllr Grace Tolland", SUBSTANTIVE, TIDEBOURNE, JUNE_2024, None),
    ("Cllr Rajesh Menon", CO_OPTED, COUNTY, JUNE_2024, None),
    ("Cllr Sheila Penrose", CO_OPTED, COUNTY, JUNE_2024, None),
    ("Cllr Tomasz Wilk", CO_OPTED, LARKFORD, JUNE_2024, None),
    ("Cllr Joan Feathers", CO_OPTED, STANMOOR, JUNE_2024, None),
    ("Cllr Dennis Fairley", CO_OPTED, TIDEBOURNE, JUNE_2024, MAY_2026),
    ("Cllr Ngozi Adeyemi", CO_OPTED, TIDEBOURNE, MAY_2026, None),
    ("Cllr Martin Heald", CO_OPTED, HARROWMERE, JUNE_2024, None),
    ("Mrs Ruth Illing", INDEPENDENT, None, JUNE_2024, None),
    ("Mr Colm Darcy", INDEPENDENT, None, JUNE_2024, None),
)
SUBSTITUTES = (("Cllr Iris Vane", "Cllr Grace Tolland"), ("Cllr Hugh Lomax", "Cllr Peter Ashdown"))
OFFICE_HOLDERS = (
    ("Daniel Ashcombe", "Mr Ashcombe", OfficeHolder.Office.COMMISSIONER, START),
    ("Ruth Calloway", "Ms Calloway", OfficeHolder.Office.DEPUTY, date(2024, 7, 1)),
)


def build(move, password: str) -> Panel:
    """The panel with its people, entered on the first of its days. `move` moves days as it does those of the cases."""

    def since(day: date) -> date:
        """The day, unless the cases have been moved to before it."""
        return min(day, move.day(day))

    moment = datetime.combine(since(START), time(9), clock.LONDON)
    secret = make_password(password)
    with clock.set_to(moment):
        with sealed_act(None, by=None, name="set_up"):
            panel = Panel.objects.create(
                slug=SLUG,
                code="EX",
                name="Exshire Police and Crime Panel",
                host_authority=COUNTY,
                police_area="Exshire",
            )
        with sealed_act(panel, by=None, name="set_up", why="The demonstration’s fictional panel"):
            PanelSettings.objects.create(
                panel=panel, from_date=since(START), second_factor=False, show_set_up=False, **TARGETS
            )
            users = {p.name: _user(p, secret) for p in PEOPLE}
            for p in PEOPLE:
                Membership.objects.create(user=users[p.name], panel=panel, role=p.role, from_date=since(START))
            councils = {c: Council.objects.create(panel=panel, name=c) for c in sorted({m[2] for m in MEMBERS if m[2]})}
            members = {}
            for name, kind, council, first, last in MEMBERS:
                members[name] = Member.objects.create(
                    panel=panel, name=name, kind=kind, council=councils.get(council), user=users.get(name),
                    from_date=move.day(first) if last or first == MAY_2026 else since(first),
                    to_date=last and move.day(last),
                )  # fmt: skip
            for name, office in (("Cllr Margaret Holt", "chairman"), ("Cllr Owen Pask", "vice_chairman")):
                Chairmanship.objects.create(
                    panel=panel, member=members[name], office=office, from_date=since(JUNE_2024)
                )
            for name, whom in SUBSTITUTES:
                Substitute.objects.create(panel=panel, member=members[whom], name=name, from_date=since(JUNE_2024))
            for name, short, office, first in OFFICE_HOLDERS:
                OfficeHolder.objects.create(
                    panel=panel, name=name, short_name=short, office=office, from_date=since(first)
                )
    return panel


def look_at_west_mercia() -> None:
    """The officer works for both panels, so that choosing between panels can be seen."""
    panel = Panel.objects.get(slug=WEST_MERCIA)
    officer = next(p for p in PEOPLE if p.role is Role.OFFICER)
    user = User.objects.filter(email=officer.email, is_demo=True).first()
    if user and not panel.memberships.filter(user=user).exists():
        with sealed_act(panel, by=None, name="set_up"):
            Membership.objects.create(user=user, panel=panel, role=Role.OFFICER, from_date=clock.today())


def _user(person: Person, secret: str) -> User:
    """The demo account, made unless it is there."""
    found = User.objects.filter(email=person.email).first()
    return found or User.objects.create(email=person.email, name=person.name, password=secret, is_demo=True)
