"""A real browser, people who sign in with it, and the background worker beside it."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright

from finsam.access import actions
from finsam.access.models import Installation, User
from scripts import chromium
from tests import factories

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PASSWORD = "bara på låtsas 1"

SignIn = Callable[..., Page]


@pytest.fixture(scope="package", autouse=True)
def beside_a_loop() -> Iterator[None]:
    """Let tests ask the database though the browser's own loop runs in their thread."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(scope="package")
def browser(beside_a_loop: None, django_db_setup: None) -> Iterator[Browser]:
    """Chromium, without a window."""
    path = os.environ.get("FINSAM_CHROMIUM") or chromium.find() or pytest.fail(chromium.MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield started
        started.close()
        connection.close()


@pytest.fixture
def demo(db: None, home: Path) -> Installation:
    """A demo home, in which it is 31 March 2021."""
    return actions.prepare(actor=factories.operator(), version="0", fixed_today=date(2021, 3, 31))


@pytest.fixture
def sign_in(demo: Installation, browser: Browser, live_server: object) -> Iterator[SignIn]:
    """Gives someone a browser of their own, signed in by their one-time link."""
    contexts = []

    def signed_in(user: User, *, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=str(live_server),
            java_script_enabled=scripts,
            bypass_csp=True,
            viewport={"width": 1280, "height": 900},
        )
        contexts.append(context)
        page = context.new_page()
        secret = actions.invite(actor=factories.operator(), user=user)
        page.goto(f"/inbjudan/{secret}/")
        page.get_by_label("Nytt lösenord").fill(PASSWORD)
        page.get_by_label("Samma lösenord igen").fill(PASSWORD)
        page.get_by_role("button", name="Spara lösenordet").click()
        page.get_by_role("button", name="Logga ut").wait_for()
        return page

    yield signed_in
    for context in contexts:
        context.close()


def work() -> None:
    """Let the background worker do what waits."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def axe() -> str:
    """The script that finds what shuts people out."""
    return (Path(settings.ASSETS) / "axe-core" / "axe.min.js").read_text("utf-8")
