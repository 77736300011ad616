"""Members, councils and substitutes from pasted rows or a file: read, put right, saved together."""

import io
from datetime import date

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from panel.accounts.people_rows import read
from panel.accounts.rows_form import RowsForm
from panel.files.rows import pasted
from panel.models import Chairmanship, Council, Member, Membership, Substitute
from panel.post import send as post
from panel.record.act import current, sealed_act
from panel.record.verify import verify
from tests.build import make_world

pytestmark = pytest.mark.django_db
ROWS = """Name\tCouncil\tKind\tFrom\tEmail
Cllr Hugh Pemberton\tHarrowby\tcouncil\t14/05/2026\thugh.pemberton@northmoor.example
Cllr Sunita Rao\tHarrowby\tco-opted\t14/05/2026\tsunita.rao@northmoor.example
Cllr Joan Tull\tEastwick District Council\tcouncil\t1 June 2026
Mr Piers Adey\tindependent\t01/09/2025\tpiers.adey@mail.example
Cllr Iris Vane\tsubstitute for Cllr Joan Tull\t02/06/2026
"""


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def admin(world):
    found = Client()
    found.force_login(world.admin)
    return found


def send(browser, rows="", **more):
    return browser.post("/exshire/people/many/", {"rows": rows, **more})


def said(answer):
    return [words for found in answer.context["form"].errors.values() for words in found]


@pytest.mark.postgres
def test_rows_from_a_council_are_read_and_saved_together(world, admin):
    Council.objects.all()
    answer = send(admin, ROWS)
    assert said(answer) == []
    assert answer.context["ready"] == 5
    assert answer.context["new_councils"] == ["Harrowby", "Eastwick District Council"]
    assert not Member.objects.filter(name__contains="Pemberton").exists()
    answer = send(admin, ROWS, save="1")
    assert answer.status_code == 302
    hugh = Member.objects.get(name="Cllr Hugh Pemberton")
    assert (hugh.council.name, hugh.kind, hugh.from_date) == ("Harrowby", "substantive", date(2026, 5, 14))
    assert hugh.user.email == "hugh.pemberton@northmoor.example"
    assert Membership.objects.get(user=hugh.user).role == "member"
    piers = Member.objects.get(name="Mr Piers Adey")
    assert (piers.kind, piers.council) == ("independent", None)
    assert Member.objects.get(name="Cllr Joan Tull").user is None
    assert Substitute.objects.get(name="Cllr Iris Vane").member.name == "Cllr Joan Tull"
    post.run()
    assert sorted(m.to[0] for m in mail.outbox) == [
        "hugh.pemberton@northmoor.example", "piers.adey@mail.example", "sunita.rao@northmoor.example",
    ]  # fmt: skip
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Cllr Joan Tull,Eastwick,council,31/02/2026", "Row 1: 31 February 2026 is not a date"),
        ("Cllr Joan Tull,Eastwick,council", "Row 1: Enter the first day"),
        ("Cllr Joan Tull,council,14/05/2026", "Row 1: Enter the council that appointed them"),
        ("Cllr Joan Tull,14/05/2026", "Row 1: Enter what kind of member: council, co-opted or independent"),
        ("Mr Adey Ford,Eastwick,independent,14/05/2026", "Row 1: A co-opted independent member has no council"),
        ("Cllr Iris Vane,substitute,14/05/2026", "Row 1: For whom do they substitute? Write “substitute for” and the member’s name"),
        ("Cllr Iris Vane,substitute for Nobody Known,14/05/2026", "Row 1: No member is called “Nobody Known”. Add the member first, or in a row here"),
        ("Cllr Joan Tull,Eastwick,council,14/05/2026,joan@", "Row 1: “joan@” is no email address"),
        ("Cllr Joan Tull,Eastwick,council,14/05/2026,13/05/2026", "Row 1: The last day, 13 May 2026, is before the first"),
        ("Cllr Joan Tull,Eastwick,chairman,council,14/05/2026", "Row 1: Chairman of Exshire is Chairman since 13 May 2024. First enter the last day there"),
        ("Cllr E Exshire,Eastwick,council,14/05/2026", "Row 1: Cllr E Exshire is the same as Cllr E Exshire, who is there. Take one out"),
        ("", "Paste the rows, or choose a file"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_of_its_row_and_nothing_is_saved(world, admin, row, words):
    before = Member.objects.count()
    answer = send(admin, row, save="1")
    assert answer.status_code == 422
    assert said(answer) == [words]
    assert Member.objects.count() == before


def test_one_person_twice_is_asked_about(world, admin):
    rows = "Cllr Hugh Pemberton,Eastwick,council,14/05/2026\nCllr H Pemberton,Eastwick,council,14/05/2026"
    answer = send(admin, rows)
    assert said(answer) == ["Row 2: Cllr H Pemberton looks like row 1. Select whether they are one person or two"]
    assert send(admin, rows, same_2="one").context["ready"] == 1
    assert send(admin, rows, same_2="two").context["ready"] == 2
    send(admin, rows, same_2="one", save="1")
    assert Member.objects.filter(name__contains="Pemberton").count() == 1


def test_two_chairmen_are_refused_and_one_becomes_chairman_with_an_account(world, admin):
    Chairmanship.objects.filter(office="chairman")
    rows = "Name,Council,Kind,Office,From,Email\n"
    midshire = make_world("midshire", "MD", "Midshire")
    browser = Client()
    browser.force_login(midshire.admin)
    both = rows + "A Lane,East,council,vice-chair,14/05/2026,\nB Ford,East,council,vice chairman,14/05/2026,"
    answer = browser.post("/midshire/people/many/", {"rows": both})
    assert "Row 2: Row 1 is Vice-Chairman as well" in said(answer)


def test_an_officer_adds_people_but_invites_nobody(world):
    browser = Client()
    browser.force_login(world.officer)
    answer = send(browser, "Cllr Joan Tull,Eastwick,council,14/05/2026,joan@eastwick.example")
    assert said(answer) == ["Row 1: Only an administrator invites people: leave the address out"]
    assert send(browser, "Cllr Joan Tull,Eastwick,council,14/05/2026", save="1").status_code == 302


def workbook(rows):
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return SimpleUploadedFile("members.xlsx", file.getvalue())


def test_an_excel_file_is_read_and_stands_in_the_box_to_be_saved(world, admin):
    file = workbook(
        [["Full name", "Appointed by", "Type", "Start"], ["Cllr Joan Tull", "Eastwick", "council", date(2026, 5, 14)]]
    )
    answer = send(admin, file=file)
    assert said(answer) == []
    assert answer.context["ready"] == 1
    assert "Cllr Joan Tull\tEastwick\tcouncil\t2026-05-14" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"PK\x03\x04 broken", "The Excel file could not be read"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "of an old kind (.xls). Save it as .xlsx"),
        ("a.pdf", b"%PDF-1.7 x", "Choose a CSV file or an Excel file that ends in .xlsx"),
        ("a.csv", b"x" * (1024 * 1024 + 1), "The file must be smaller than 1MB"),
        ("a.csv", b'"open', "Row 1"),
    ],
)
def test_files_that_hold_no_rows(world, admin, name, data, words):
    answer = send(admin, file=SimpleUploadedFile(name, data))
    assert answer.status_code == 422
    assert words in " ".join(said(answer))


def test_at_most_500_rows_at_a_time(world, admin):
    answer = send(admin, "\n".join(f"Cllr Number{n} Ford,East,council,14/05/2026" for n in range(501)))
    assert said(answer) == ["There are 501 rows. Add at most 500 at a time"]


@pytest.mark.parametrize("typed", ["14/05/2026", "14.05.2026", "2026-05-14", "14 May 2026", "14th May 2026", "46156"])
def test_days_as_councils_write_them(typed):
    (row,) = read(pasted(f"Name\tFrom\nCllr Joan Tull\t{typed}"))
    assert row.from_date == date(2026, 5, 14)


def test_a_formula_is_text():
    (row,) = read(pasted("=1+1 Ford,East,council,14/05/2026"))
    assert row.name == "=1+1 Ford"


def test_save_and_add_another_comes_back_to_an_empty_form(admin):
    typed = {"name": "Harrowby Borough Council"}
    assert admin.post("/exshire/people/councils/add/", typed)["Location"] == "/exshire/people/"
    answer = admin.post("/exshire/people/councils/add/", {"name": "Eastwick District Council", "another": "1"})
    assert answer["Location"] == "/exshire/people/councils/add/"
    assert "Added: Eastwick District Council" in admin.get(answer["Location"]).content.decode()


SELF = "admin@exshire.example"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (f"Cllr Ada Min,Eastwick,council,14/05/2026,{SELF}", "Nobody gives or changes a role for themselves"),
        (f"Cllr Ada Min,{'E' * 121},council,14/05/2026", "The name of the council must be 120 characters or fewer"),
        (f"Cllr Ada Min,Eastwick,council,14/05/2026,{'a' * 250}@x.example", "is no email address"),
        (
            "Cllr Ada Min,Eastwick,council,14/05/2018,13/05/2020,ada@x.example",
            "Their last day is over, so nobody is invited",
        ),
        ("Cllr Iris Vane,substitute for Cllr E Exshire,14/05/2019", "Cllr E Exshire is a member only from 13 May 2024"),
    ],
)
def test_no_row_does_what_one_form_would_refuse(world, admin, row, words):
    before = (Member.objects.count(), Membership.objects.count(), Substitute.objects.count())
    assert words in " ".join(said(send(admin, row, save="1")))
    assert (Member.objects.count(), Membership.objects.count(), Substitute.objects.count()) == before


def test_a_chairman_of_another_time_is_no_clash(world, admin):
    past = "Cllr Ada Min,Eastwick,council,chairman,14/05/2018,13/05/2020"
    assert send(admin, past, save="1").status_code == 302
    assert Chairmanship.objects.get(member__name="Cllr Ada Min").to_date == date(2020, 5, 13)


def test_a_substitute_for_somebody_left_out_is_named(world, admin):
    rows = (
        "Cllr Hugh Pemberton,Eastwick,council,14/05/2026\nCllr H Pemberton,Eastwick,council,14/05/2026\n"
        "Cllr Iris Vane,substitute for Cllr H Pemberton,14/05/2026"
    )
    answer = send(admin, rows, same_2="one", save="1")
    assert "Row 3: No member is called “Cllr H Pemberton”" in " ".join(said(answer))


def test_who_came_in_between_is_seen_under_the_lock(world, admin, monkeypatch):
    row = "Cllr Joan Tull,Eastwick,council,14/05/2026"
    looked = RowsForm.look_over

    def somebody_first(self):
        looked(self)
        if not Member.objects.filter(name="Cllr Joan Tull").exists() and not current.get():
            with sealed_act(world.panel, by=None, name="set_up"):
                Member.objects.create(
                    panel=world.panel, name="Cllr Joan Tull", kind="co_opted", from_date=date(2026, 5, 14)
                )

    monkeypatch.setattr(RowsForm, "look_over", somebody_first)
    answer = send(admin, row, save="1")
    assert said(answer) == ["Row 1: Cllr Joan Tull is the same as Cllr Joan Tull, who is there. Take one out"]
    assert Member.objects.filter(name="Cllr Joan Tull").count() == 1
    assert not Council.objects.filter(name="Eastwick").exists()


def test_the_database_is_asked_as_often_for_many_rows(world, admin):
    def asked(number):
        rows = "\n".join(f"Cllr Name{n} Ford{n},East,council,14/05/2026,name{n}@east.example" for n in range(number))
        with CaptureQueriesContext(connection) as queries:
            assert said(send(admin, rows)) == []
        return len(queries)

    asked(1)  # what a first page asks besides
    assert asked(40) == asked(2)
