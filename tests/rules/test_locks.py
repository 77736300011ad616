"""What is installed is pinned, and the lock files say nothing about where it comes from."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.txt", "tests/requirements.txt"]


def pins(lock):
    """{name: version} of a lock file."""
    return dict(re.findall(r"^([a-z0-9.-]+)(?:\[[^]]*\])?==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))


def named(requirement):
    """The name a requirement gives, as lock files spell it."""
    return re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower().replace("_", "-")


def test_every_dependency_is_pinned_as_the_project_asks():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    pinned = pins("requirements.txt")
    assert {named(r) for r in asked} <= pinned.keys()
    exact = {named(r): r.split("==")[1] for r in asked if "==" in r}
    assert {name: pinned[name] for name in exact} == exact


def test_every_test_dependency_is_pinned_and_agrees_with_what_runs():
    lines = (ROOT / "tests/requirements.in").read_text().splitlines()
    asked = {named(line): line.split("#")[0].split("==")[1].strip() for line in lines if "==" in line}
    pinned, runs = pins("tests/requirements.txt"), pins("requirements.txt")
    assert {name: pinned.get(name) for name in asked} == asked
    both = pinned.keys() & runs.keys()
    assert {name: pinned[name] for name in both} == {name: runs[name] for name in both}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index_and_has_a_hash_for_every_package(lock):
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert not re.search(r"^\s*--(?:index|extra-index|find-links)", text, re.MULTILINE)
    entries = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert [e.split()[0] for e in entries if "--hash=sha256:" not in e] == []
