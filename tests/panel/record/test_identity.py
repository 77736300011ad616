"""Who is who is sealed: an account's name, address, standing and password beside the user; entries keep the name of their
day."""

import pytest
from django.db import connection
from django.test import Client

from panel.models import Entry, Identity, Link, User
from panel.record import identity, triggers, verify
from panel.record.act import sealed_act
from tests import build
from tests.steps import at, last, take

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def world(db):
    return build.make_world()


def run(sql, *given):
    with connection.cursor() as cursor:
        cursor.execute(sql, given)


def faults(panel=None):
    return [str(f) for f in verify.verify(panel)]


def test_two_names_that_are_exchanged_in_the_database_are_found(world):
    case = at(world, "filtered")
    client = Client()
    client.force_login(world.mo)
    named = [client.get(f"/exshire/complaints/{case.reference}/timeline/").content.decode().count(name)
             for name in (world.officer.name, world.chairman.name)]  # fmt: skip
    assert faults() == []
    one, two = world.officer, world.chairman
    run("UPDATE panel_user SET name = CASE id WHEN %s THEN %s ELSE %s END WHERE id IN (%s, %s)",
        one.pk, two.name, one.name, one.pk, two.pk)  # fmt: skip
    said = [f"panel.User {pk}: is not who it was sealed as: name" for pk in sorted((one.pk, two.pk))]
    assert faults() == said == faults(world.panel)
    # The case still says who did it: its entries keep the name of their day.
    page = client.get(f"/exshire/complaints/{case.reference}/timeline/").content.decode()
    assert [page.count(name) for name in (one.name, two.name)] == named
    assert min(named) > 0


@pytest.mark.parametrize("column, value", [
    ("email", "'x@example.org'"), ("is_active", "NOT is_active"), ("is_superuser", "NOT is_superuser"), ("password", "'x'"),
])  # fmt: skip
def test_an_account_that_is_changed_in_the_database_is_found(world, column, value):
    run(f"UPDATE panel_user SET {column} = {value} WHERE id = %s", world.mo.pk)
    assert faults() == [f"panel.User {world.mo.pk}: is not who it was sealed as: {column}"]


def test_an_account_that_is_put_in_is_found_and_so_is_a_row_beside_it_that_is_changed(world):
    User.objects.bulk_create([User(email="in@example.org", name="Put in", password="x")])
    new = User.objects.get(email="in@example.org")
    assert faults() == [f"panel.User {new.pk}: nothing is sealed of who it is"]
    assert faults(world.panel) == []  # it holds no role there
    run("UPDATE panel_identity SET name = 'Another' WHERE user_id = %s", world.mo.pk)
    row = Identity.objects.get(user=world.mo)
    assert f"panel.Identity {row.pk}: differs from its last history row in name" in faults(world.panel)


def test_a_change_by_the_product_is_sealed_in_the_installations_chain_and_a_sign_in_writes_none(world):
    before = Link.objects.filter(chain__key="installation").count()
    user = User.objects.get(pk=world.officer.pk)
    user.save()
    user.end_sessions()
    assert Link.objects.filter(chain__key="installation").count() == before
    user.name = "Priya Nair-Hughes"
    user.save()
    last_link = Link.objects.filter(chain__key="installation").latest("seq")
    assert (last_link.act, list(last_link.rows)) == ("change_identity", ["panel.HistoricalIdentity"])
    with sealed_act(world.panel, by=world.admin, name="close_account"):
        user.is_active = False
        user.save()
    last_link = Link.objects.filter(chain__key="installation").latest("seq")
    assert (last_link.act, last_link.by, last_link.prev != "") == ("close_account", world.admin, True)
    assert faults() == []


def test_entries_keep_the_name_of_their_day(world):
    case = at(world, "received")
    user = User.objects.get(pk=world.officer.pk)
    was, user.name = user.name, "Priya Nair-Hughes"
    user.save()
    case = take(world, case, "note_contact", by=user)
    assert case.entries.get(number=1).by_words == was
    assert last(case).by_words == "Priya Nair-Hughes"
    client = Client()
    client.force_login(world.mo)
    page = client.get(f"/exshire/complaints/{case.reference}/history/").content.decode()
    assert was in page
    assert "Priya Nair-Hughes" in page


def test_an_upgrade_seals_all_names_once_and_older_entries_say_so(world):
    case = at(world, "received")
    triggers.drop(connection)
    for table in ("panel_historicalidentity", "panel_identity"):
        run(f'DELETE FROM "{table}"')
    run("UPDATE panel_entry SET by_name = ''")
    identity.after_migrate()
    assert Identity.objects.count() == User.objects.count()
    assert Link.objects.latest("pk").act == "seal_names"
    assert identity.seal_all() == 0
    user = User.objects.get(pk=world.officer.pk)
    was, user.name = user.name, "Somebody Else"
    user.save()
    assert Entry.objects.get(case=case, number=1).by_words == f"{was} (name as of the upgrade)"
    assert Entry(by=User(name="Nobody sealed")).by_words == "Nobody sealed"
    assert Entry().by_words == ""
