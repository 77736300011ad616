"""Headers of every page: nothing inline, nothing framed, nothing of a panel kept by a browser, https alone in production."""

import pytest
from django.test import Client, override_settings

from tests.build import log, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    world = make_world()
    world.case = log(world)
    client = Client()
    client.force_login(world.officer)
    client.case = f"/exshire/complaints/{world.case.reference}/"
    return client


@pytest.mark.parametrize("address", [
    "/exshire/", "/exshire/complaints/", "/exshire/hearings/", "CASE", "CASEtimeline/", "CASEhistory/", "CASEdocuments/",
    "CASErecord/", "/exshire/history/", "/exshire/people/", "/exshire/settings/", "/exshire/users/",
    "/exshire/complaints/report/", "/exshire/complaints/download.csv", "/exshire/complaints/new/log/", "/accounts/second-factor/",
    "/accounts/login/",
])  # fmt: skip
def test_every_page(officer, address):
    page = officer.get(address.replace("CASE", officer.case), follow=address == "/accounts/login/")
    assert page.status_code == 200
    policy = page["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert {
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    } <= {part.strip() for part in policy.split(";")}
    assert page["X-Frame-Options"] == "DENY"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"
    if address.startswith(("/exshire", "CASE")):
        assert "no-store" in page["Cache-Control"]
        assert "private" in page["Cache-Control"]


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True)
def test_in_production_https_alone(officer):
    assert officer.get("/exshire/")["Location"] == "https://testserver/exshire/"
    page = officer.get("/exshire/", secure=True)
    assert page["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
