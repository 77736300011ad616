"""What the pages say of rows that were removed, of rows that point at them, and of rows that were written for nothing."""

from datetime import date

import pytest

from panel.casework.case_context import CaseContext
from panel.models import Council, Member
from panel.record.act import sealed_act
from panel.record.history import RowWords, changed
from panel.record.verify import verify
from tests import build
from tests.panel.pages.page import Browser
from tests.steps import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    """Exshire, without a complaint."""
    return build.make_world()


def changes(page):
    """{what was done: [(field, from, to)]} of the entries on a page of the history."""
    found = {}
    for entry in page.main.all("section", cls="app-entry"):
        rows = [[cell.text for cell in row.all("td")] for row in entry.all("tr")[1:]]
        found[entry.all("h2")[0].text] = [(a, b.removeprefix("From: "), c.removeprefix("To: ")) for a, b, c in rows]
    return found


def test_what_was_removed_is_said_and_what_pointed_at_it_still_has_words(world):
    with sealed_act(world.panel, by=world.admin, name="add", why="Typed from the list"):
        council = Council.objects.create(panel=world.panel, name="Nowhere Council")
        member = Member.objects.create(
            panel=world.panel, name="Cllr Nobody", council=council, from_date=date(2026, 1, 1)
        )
    gone = council.pk
    with sealed_act(world.panel, by=world.admin, name="remove", why="There is no such council"):
        member.delete()
        council.delete()
    found = changes(Browser(world.mo).get("/exshire/history/"))
    assert found["remove"] == [
        ("Member Cllr Nobody", "There", "Removed"), ("Council Nowhere Council", "There", "Removed"),
    ]  # fmt: skip
    assert ("Member Cllr Nobody, council", "(empty)", f"council {gone}") in found["add"]
    assert list(verify()) == []


def test_a_seat_that_is_saved_again_without_a_change_is_no_change(world):
    case = at(world, "sub_panel")
    role = case.roles.filter(kind="sub_panel").first()
    with sealed_act(world.panel, by=world.mo, name="assign", why="For nothing"):
        role.save()
    first, again = role.history.order_by("history_id")
    names = RowWords(CaseContext(case, world.mo))
    assert [(c.field, c.old) for c in changed(first, None, names)] == [("Sub-panel member", "")]
    assert changed(again, first, names) == []
