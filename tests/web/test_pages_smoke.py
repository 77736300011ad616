"""A first look at every page."""

from datetime import date

import pytest

from tests.build import log, make_world, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def test_pages_open(client, world):
    case = log(world, allegations=2)
    case = take(case, "record", world.officer, on=date(2026, 11, 4), theme="other")
    case = take(case, "brief_chairman", world.officer, on=date(2026, 11, 4), note="note")
    case = take(case, "advise", world.mo, on=date(2026, 11, 4), conclusion="fine", advice="text")
    base = f"/exshire/complaints/{case.reference}/"
    for who in ("officer", "mo", "chairman", "vice", "auditor", "member", "admin"):
        client.force_login(getattr(world, who))
        for path in (
            "/exshire/",
            "/exshire/complaints/",
            base,
            base + "parts/",
            base + "timeline/",
            base + "history/",
            "/exshire/history/",
        ):
            got = client.get(path)
            print(who, path, got.status_code)
            assert got.status_code in (200, 403, 404)
    client.force_login(world.mo)
    for step in case.register.procedure.steps:
        path = f"{base}{step.key}/" if step.adds != "case" else "/exshire/complaints/new/log/"
        for u in ("mo", "officer", "chairman"):
            client.force_login(getattr(world, u))
            got = client.get(path)
            assert got.status_code in (200, 403, 409), (step.key, got.status_code)
            print(step.key, u, got.status_code)
