"""Fixtures of every test: an empty cache, documents in a directory of their own, a browser that reports its errors."""

import gc
import os
import threading

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.test import override_settings

# Before anything imports them:
pytest.register_assert_rewrite(
    "tests.panel.pages.cases", "tests.panel.pages.page", "tests.steps", "tests.written", "tests.shared"
)

from panel.checks import stop_where_declarations_are_wrong  # noqa: E402
from tests.browser import NO_CHROMIUM, Console, chromium  # noqa: E402
from tests.shared import leave_unless_wanted, together, worlds  # noqa: E402

__all__ = ["worlds"]

os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
)  # Playwright's sync API runs an event loop in the test's thread


def pytest_configure(config):
    if os.environ.get("BROWSER_TESTS") == "required" and not chromium():
        raise pytest.UsageError(NO_CHROMIUM.replace("so the browser tests are skipped", "and BROWSER_TESTS=required"))
    if hasattr(config, "workerinput"):
        return
    try:
        stop_where_declarations_are_wrong()  # with a mistake that the server does not start with, hundreds would fail
    except ImproperlyConfigured as mistakes:
        raise pytest.UsageError(str(mistakes)) from None
    if app := without_migration():
        raise pytest.UsageError(
            f"models of {app} have no migration yet: run manage.py makemigrations {app} --name what_is_new"
        )


def without_migration() -> str:
    """The first app whose models have changed since its last migration; "" if there is none. Without the migration every
    test that asks the database would fail."""
    loader = MigrationLoader(None)
    found = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)
    return min(found, default="")


def pytest_collection_modifyitems(items):
    together(items)
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("e2e")
        if item.get_closest_marker("e2e") and not chromium():
            item.add_marker(pytest.mark.skip(reason="no Chromium: see the end of the run"))


def pytest_collection_finish():
    """What is loaded by now stays: looking through it for garbage again and again took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_terminal_summary(terminalreporter):
    if not chromium():
        terminalreporter.section("Browser tests", yellow=True)
        terminalreporter.line(NO_CHROMIUM)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    leave_unless_wanted(item)


@pytest.fixture(autouse=True)
def _empty_cache():
    """The limit on wrong passwords is counted there, and would carry over."""
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def _documents_apart(tmp_path_factory):
    """Uploads go to a directory of this run, never under var/."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("documents")):
        yield


@pytest.fixture(autouse=True, scope="session")
def _one_request_at_a_time():
    """The live server's threads share one connection to a database in memory, which cannot do two things at once."""
    whole, lock = WSGIHandler.__call__, threading.RLock()

    def alone(handler, environ, start_response):
        with lock:
            return whole(handler, environ, start_response)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIHandler, "__call__", alone)
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    return {
        **browser_type_launch_args,
        "executable_path": chromium(),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-quic", *quiet],  # no sandbox: CI runs as root
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London"}


@pytest.fixture
def console():
    """The console of all the test's pages: an error there that the test did not announce fails it."""
    console = Console()
    yield console
    assert console.unexpected == []


@pytest.fixture
def new_context(new_context, console):
    """pytest-playwright's, which makes `context` and `page` too, with the console watched."""

    def make(**kwargs):
        context = new_context(**kwargs)
        console.watch(context)
        return context

    return make
