"""A shared world that cannot be made fails one test, and skips the others with the reason."""

import pytest
from django.contrib.contenttypes.models import ContentType as Row

from tests.shared import Worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def worlds(django_db_blocker):
    return Worlds(django_db_blocker)


def broken():
    Row.objects.create(app_label="x", model="half")
    raise KeyError("a state nobody leads to")


def test_where_it_cannot_be_made_one_test_fails_and_the_others_are_skipped_with_the_reason(worlds):
    told = "the world could not be built: KeyError: 'a state nobody leads to'"
    worlds.enter("exshire", broken)
    with pytest.raises(RuntimeError) as failed:
        worlds.copy("exshire")
    assert (str(failed.value), type(failed.value.__cause__)) == (told, KeyError)
    for _ in range(2):
        worlds.enter("exshire", broken)
        with pytest.raises(pytest.skip.Exception) as skipped:
            worlds.copy("exshire")
        assert str(skipped.value) == told
    assert not Row.objects.filter(app_label="x").exists()


def test_it_is_made_once_and_each_test_gets_a_copy(worlds):
    made = []

    def make():
        made.append(Row.objects.create(app_label="x", model="made"))
        return {"ready": [1]}

    for _ in range(2):
        worlds.enter("exshire", make)
        worlds.copy("exshire")["ready"].append(2)
    assert (len(made), worlds.copy("exshire")) == (1, {"ready": [1]})
    worlds.enter("midshire", dict)
    with pytest.raises(AssertionError, match="run together"):
        worlds.copy("exshire")
    worlds.enter("exshire", make)
    assert Row.objects.get(app_label="x") == made[1]
    worlds.leave()
    assert not Row.objects.filter(app_label="x").exists()
