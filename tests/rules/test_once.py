"""A form that makes something carries the token by which it does so once: no template posts without it."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
POSTS = re.compile(r"<form\b[^>]*method=[\"']?(?:post|{{)", re.IGNORECASE)
# They sign somebody in or out, or change how they do: each asks for what cannot be given twice, and makes no record.
SIGNING_IN = (
    "account/",
    "mfa/",
    "socialaccount/",
    "allauth/",
    "components/header.html",
    "components/demo_accounts.html",
)


def test_every_form_that_posts_carries_the_token():
    found = {str(p.relative_to(TEMPLATES)): p.read_text() for p in TEMPLATES.rglob("*.html")}
    posting = {name for name, words in found.items() if POSTS.search(words) and not name.startswith(SIGNING_IN)}
    assert {"panel/step.html", "govuk/whole_uni_form.html", "panel/many_people.html"} <= posting
    lacking = [n for n in sorted(posting) if found[n].count("{% once %}") < found[n].count("{% csrf_token %}")]
    assert lacking == [], "put {% once %} beside {% csrf_token %}"
    both = [n for n, words in found.items() if words.count("{% once %}") and "{% csrf_token %}" not in words]
    assert both == [], "{% once %} stands in forms alone"


@pytest.mark.parametrize("words, posts", [
    ('<form method="post">', True), ('<form class="x"\n  method="post"', True), ('<form method="get">', False),
])  # fmt: skip
def test_it_can_fail(words, posts):
    assert bool(POSTS.search(words)) == posts
