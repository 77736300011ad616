"""Builders: a panel with its people, and cases brought anywhere by the real steps."""

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile

from complaints.models import Complaint
from panel.casework.perform import perform
from panel.law.roles import Role
from panel.models import (
    Chairmanship,
    Council,
    Member,
    Membership,
    OfficeHolder,
    Panel,
    PanelSettings,
    User,
)
from panel.record.act import sealed_act

START = date(2024, 5, 13)
PASSWORD = "a long test password"


@dataclass
class World:
    """A panel with everybody in place."""

    panel: Panel
    people: dict = field(default_factory=dict)
    members: list = field(default_factory=list)
    ready: dict = field(default_factory=dict)  # {state: a case that stands there}

    def __getattr__(self, name):
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


def person(email, name):
    """A user who can sign in with PASSWORD."""
    return User.objects.create_user(email, PASSWORD, name=name)


def make_world(slug="exshire", code="EX", name="Exshire", **settings) -> World:
    """A panel with officer, Monitoring Officer, Chairman, Vice-Chairman, ten members, auditor and administrator."""
    targets = {
        "acknowledge_days": 5, "record_days": 10, "copies_days": 3, "consider_days": 10, "notice_days": 5,
        "carry_out_days": 5, "chase_days": 10, "comment_days": 10, "review_days": 28, "conclude_weeks": 8,
        "contact_name": f"The Scrutiny Officer, {name} County Council",
    }  # fmt: skip
    with sealed_act(None, by=None, name="set_up"):
        panel = Panel.objects.create(
            slug=slug, code=code, name=f"{name} Police and Crime Panel", host_authority=f"{name} County Council",
            police_area=name,
        )  # fmt: skip
    world = World(panel)
    with sealed_act(panel, by=None, name="set_up"):
        PanelSettings.objects.create(
            panel=panel, from_date=date(2020, 1, 1), **{"second_factor": False, **targets, **settings}
        )
        council = Council.objects.create(panel=panel, name=f"{name} District Council")
        roles = {
            "officer": Role.OFFICER, "mo": Role.MONITORING_OFFICER, "chairman": Role.CHAIRMAN,
            "vice": Role.VICE_CHAIRMAN, "auditor": Role.AUDITOR, "admin": Role.ADMINISTRATOR, "member": Role.MEMBER,
            "sitting": Role.MEMBER,
        }  # fmt: skip
        for key, role in roles.items():
            user = person(f"{key}@{slug}.example", f"{key.capitalize()} of {name}")
            Membership.objects.create(user=user, panel=panel, role=role, from_date=START)
            world.people[key] = user
        seated = ["chairman", "vice", "member", "sitting"]
        for n in range(10):
            user = world.people[seated[n]] if n < len(seated) else None
            world.members.append(
                Member.objects.create(
                    panel=panel,
                    name=user.name if user else f"Cllr {chr(65 + n)} {name}",
                    council=council,
                    user=user,
                    kind=Member.Kind.SUBSTANTIVE,
                    from_date=START,
                )  # fmt: skip
            )
        Chairmanship.objects.create(panel=panel, member=world.members[0], office="chairman", from_date=START)
        Chairmanship.objects.create(panel=panel, member=world.members[1], office="vice_chairman", from_date=START)
        world.people["pcc"] = OfficeHolder.objects.create(
            panel=panel, name="Daniel Ashcombe", short_name="Mr Ashcombe", office="commissioner", from_date=START
        )
        world.people["deputy"] = OfficeHolder.objects.create(
            panel=panel, name="Ruth Calloway", short_name="Ms Calloway", office="deputy", from_date=date(2024, 7, 1)
        )
    return world


def pdf(name="signed.pdf"):
    """A small real PDF."""
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
LOG = {
    "channel": "email", "made_on": date(2026, 10, 26), "who": "named", "name": "Gillian Thorpe",
    "email": "gillian@example.org", "complainant_kind": "public", "title": "Public meeting at Larkford",
    "words": "I asked why our front counter was closing. He said I was wasting everybody's time.",
    "allegations": [{"what": "Told her she was wasting everybody's time", "happened_on": date(2026, 10, 14)}],
}  # fmt: skip


def log(world, on=date(2026, 10, 27), by=None, allegations=1, about=("pcc",), **answers):
    """A new complaint, received on that day."""
    answers = {**LOG, "subjects": [str(world.people[a].pk) for a in about], **answers}
    if isinstance(allegations, list):
        answers["allegations"] = allegations
    elif allegations > 1:
        answers["allegations"] = [
            {"what": f"Allegation number {n}", "happened_on": date(2026, 10, 14)} for n in range(1, allegations + 1)
        ]
    case = Complaint(panel=world.panel, procedure="complaints")
    return perform(case, "log", by=by or world.officer, on=on, **answers).case


def take(case, step, by, files=None, **answers):
    """Take a step; the case as it then is."""
    return perform(case, step, by=by, files=files, **answers).case


NOTHING = SimpleNamespace()


def message(world, raw=None, beside=(), name="mail.eml"):
    """An email that came in and waits: by default a solicitor's, with an authority and a photo. It is read in this process,
    which is faster."""
    from panel.casework.incoming import Taken, take_in
    from panel.documents.reading import read
    from tests.mails import solicitor

    raw = raw if raw is not None else solicitor()
    taken = Taken(SimpleUploadedFile(name, raw), read(raw)["email"], list(beside))
    return take_in(world.panel, taken, by=world.officer)
