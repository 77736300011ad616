"""Every component renders from plain data, none reaches for what it was not given, and pages hold without a script."""

import re
from copy import deepcopy

import pytest
from crispy_forms.templatetags import crispy_forms_filters, crispy_forms_tags
from crispy_forms.utils import default_field_template
from django.conf import settings as configured

from tests.look import gallery as gallery_pages

MISSING = "MISSING(%s)"
BASE = configured.TEMPLATES[0]["DIRS"][0]
EVERY_PAGE = sorted(gallery_pages.PAGES)


def forget_templates():
    """crispy keeps templates of the engine it first met."""
    for cached in (
        default_field_template,
        crispy_forms_tags.whole_uni_form_template,
        crispy_forms_tags.whole_uni_formset_template,
        crispy_forms_filters.uni_form_template,
        crispy_forms_filters.uni_formset_template,
    ):
        cached.cache_clear()


@pytest.fixture
def gallery(settings, client):
    """A client for the gallery's pages, on which a missing variable shows."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], gallery_pages.TEMPLATES]
    templates[0].setdefault("OPTIONS", {})["string_if_invalid"] = MISSING
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "tests.look.gallery"
    forget_templates()
    yield client
    forget_templates()


def page(gallery, name):
    response = gallery.get(f"/look/{name}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_page_needs_nothing_it_was_not_given(gallery, name):
    html = page(gallery, name)
    assert re.findall(r"MISSING\([^)]*\)", html) == []
    assert html.count("<h1") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_page_has_no_inline_script_or_style_and_no_id_twice(gallery, name):
    html = page(gallery, name)
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", html) == []
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.django_db
def test_every_component_is_in_the_gallery(gallery):
    """A component nobody renders here is a component nobody has looked at."""
    used = " ".join(path.read_text() for folder in (BASE, gallery_pages.TEMPLATES) for path in folder.rglob("*.html"))
    forms = (gallery_pages.TEMPLATES.parent / "forms.py").read_text()
    for path in (BASE / "components").iterdir():
        named = f"components/{path.name}" in used or f'Component("{path.stem}"' in forms
        assert named or path.name == "details.html", path.name


def test_every_component_says_what_it_takes():
    for path in (BASE / "components").iterdir():
        assert path.read_text().startswith("{% comment %}"), path.name
        assert len(path.read_text().splitlines()) <= 60, path.name


@pytest.mark.django_db
def test_the_title_says_that_there_is_an_error(gallery):
    assert "<title>Error: Refer to the IOPC - Panel casework</title>" in page(gallery, "step")
    assert "<title>Log a complaint - Panel casework</title>" in page(gallery, "log")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["step", "log-errors", "filter-errors", "sign-in"])
def test_each_error_leads_to_a_control_on_the_page(gallery, name):
    html = page(gallery, name)
    summary = html.split("govuk-error-summary__list")[1].split("</ul>")[0]
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets
    assert len(targets) == summary.count("<li>")
    for target in targets:
        assert re.search(rf'<(input|select|textarea)[^>]*\sid="{target}"', html), target


@pytest.mark.django_db
def test_an_error_about_one_part_of_a_date_leads_to_that_part(gallery):
    assert '<a href="#id_made_1">Date it was made must include a month</a>' in page(gallery, "log-errors")


@pytest.mark.django_db
def test_everything_described_is_there(gallery):
    for name in ("step", "log-errors", "filter-errors"):
        html = page(gallery, name)
        for ids in re.findall(r'aria-describedby="([^"]+)"', html):
            for one in ids.split():
                assert f'id="{one}"' in html, (name, one)
