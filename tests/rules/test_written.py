"""The watch on what is written notices whatever changes the database, and nothing else."""

import pytest
from django.contrib.contenttypes.models import ContentType as Row
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from panel.models import Draft
from tests.written import Watch, nothing_written

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TABLE = Row._meta.db_table


class Back(Exception):
    """Takes back what was written since."""


def new(*models):
    for model in models:
        Row.objects.create(app_label="x", model=model)


def change():
    Row.objects.filter(model="user").update(model=F("model"))


def raw():
    with connection.cursor() as cursor:
        cursor.execute(f"  update {TABLE} set model = model")


def kept(write):
    with transaction.atomic():
        write()


def taken_back(*writes, error=Back):
    def all_of_it():
        with transaction.atomic():
            for write in writes:
                write()
            raise Back

    with pytest.raises(error):
        all_of_it()


def partly():
    with transaction.atomic():
        new("stays")
        taken_back(lambda: new("goes"), change)
        change()


WRITES = {
    "a new row": (lambda: new("y"), ["INSERT"]),
    "several": (lambda: Row.objects.bulk_create([Row(app_label="x", model=m) for m in "yz"]), ["INSERT"]),
    "one that may be there": (lambda: Row.objects.bulk_create([Row(app_label="x", model="y")], ignore_conflicts=True), ["INSERT"]),
    "a row changed": (change, ["UPDATE"]),
    "a row gone": (lambda: Row.objects.filter(model="there")._raw_delete("default"), ["DELETE"]),
    "by hand": (raw, ["UPDATE"]),
    "in a savepoint that is kept": (lambda: kept(change), ["UPDATE"]),
    "beside what is taken back": (partly, ["INSERT", "UPDATE"]),
    "after what is taken back": (lambda: [taken_back(change), new("y")], ["INSERT"]),
}  # fmt: skip


@pytest.mark.parametrize("write, verbs", WRITES.values(), ids=WRITES)
def test_what_is_written_is_noticed(write, verbs):
    new("there")
    watch = Watch()
    with connection.execute_wrapper(watch):
        write()
    assert watch.kept == [(verb, TABLE) for verb in verbs]


NOTHING = {
    "reading": lambda: [
        Row.objects.count(),
        list(Row.objects.select_for_update().order_by("pk")),
        Row.objects.exists(),
    ],
    "a change that meets no row": lambda: Row.objects.filter(pk=-1).update(model="x"),
    "what is taken back": lambda: taken_back(lambda: new("y"), change, raw, lambda: kept(change)),
    "what the database refuses": lambda: taken_back(lambda: new("y", "y"), error=IntegrityError),
}


@pytest.mark.parametrize("do", NOTHING.values(), ids=NOTHING)
def test_what_leaves_no_trace_is_not(do):
    with nothing_written():
        do()
    assert not Row.objects.filter(app_label="x").exists()


def test_a_savepoint_older_than_the_watch_takes_back_all_it_saw():
    watch = Watch()

    def watched():
        with connection.execute_wrapper(watch):
            change()

    taken_back(watched)
    assert watch.kept == [("UPDATE", TABLE)]  # it no longer looks
    watch.kept.clear()
    with connection.execute_wrapper(watch):
        outer = transaction.savepoint()
    with connection.execute_wrapper(again := Watch()):
        change()
        transaction.savepoint_rollback(outer)
    assert again.kept == []


def test_nothing_written_fails_for_anything_but_what_it_is_told():
    with pytest.raises(AssertionError, match="UPDATE"), nothing_written(but=[Draft]):
        change()
    with nothing_written(but=[Row]):
        change()
