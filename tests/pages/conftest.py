"""A real browser for the pages, which remembers every fault it meets."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.test import Client

CHROMIUM = Path(os.environ.get("CONCORD_CHROMIUM", "/usr/bin/chromium"))
PATIENCE = 30_000  # milliseconds that a page may take on a machine that is busy
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
WIDTHS = (375, 768, 1280)


@pytest.fixture(scope="session")
def browser():
    if not CHROMIUM.exists():
        pytest.skip(f"no browser is installed at {CHROMIUM}")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as run:
        started = run.chromium.launch(
            executable_path=str(CHROMIUM), args=["--disable-dev-shm-usage"]
        )
        yield started
        started.close()


class Visit:
    """One visitor's browser, which remembers every fault it met."""

    def __init__(self, browser, address: str, cookies: list, **how) -> None:
        self.address, self.faults = address, []
        self.context = browser.new_context(locale="en-GB", **how)
        self.context.add_cookies(cookies)
        self.context.set_default_timeout(PATIENCE)
        self.context.set_default_navigation_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._request)

    def _console(self, message) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _request(self, request) -> None:
        if not request.url.startswith((self.address, "data:")):
            self.faults.append(f"another host: {request.url}")

    def open(self, path: str, width: int = 1280) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
        answer = self.page.goto(self.address + path)
        if answer.status != 200:
            self.faults.append(f"answered {answer.status}")

    def sees(self, words: str | re.Pattern[str], where: str = "main") -> None:
        """Waits until a part of the page holds the words, as it does once the next page is there.

        A click that leads on returns before it has led anywhere: what is read at once may still be
        the page before. Choose words that only the page to come has.
        """
        self._wait_for(where).to_contain_text(words)

    def heads(self, words: str | re.Pattern[str]) -> None:
        """Waits until the page has this heading."""
        self._wait_for("h1").to_have_text(words)

    def misses(self, words: str | re.Pattern[str], where: str = "main") -> None:
        """Waits until a part of the page is there and does not hold the words."""
        self._wait_for(where).to_be_visible()
        self._wait_for(where).not_to_contain_text(words)

    def holds(self, field: str, value: str | re.Pattern[str]) -> None:
        """Waits until a field has this value."""
        self._wait_for(field).to_have_value(value)

    def stands_at(self, address: str | re.Pattern[str]) -> None:
        """Waits until the browser stands at this address and the page is there."""
        self.page.wait_for_url(address)

    def _wait_for(self, where: str):
        from playwright.sync_api import expect

        expect.set_options(timeout=PATIENCE)
        return expect(self.page.locator(where).first)

    def check(self, what: str) -> list[str]:
        """Every fault of the page as it stands now, each with where it was met."""
        found = [*self.faults, *self._axe(), *self._sideways()]
        self.faults.clear()
        return [f"{what}: {fault}" for fault in found]

    def _axe(self) -> list[str]:
        # A script element would be refused by the page's own policy; evaluating is not.
        self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"axe {one['id']}: {one['nodes'][0]['html'][:160]} ({len(one['nodes'])} of them)"
            for one in found["violations"]
        ]

    def _sideways(self) -> list[str]:
        wide, seen = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        return [f"scrolls sideways: {wide} of {seen}"] if wide > seen else []

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def visit(browser, live_server):
    """Opens a visitor's browser, signed in where an account is given."""
    opened = []

    def start(account=None, **how) -> Visit:
        cookies = []
        if account is not None:
            client = Client()
            client.force_login(account)
            kept = client.cookies["concord"]
            cookies = [{"name": kept.key, "value": kept.value, "url": live_server.url}]
        visitor = Visit(browser, live_server.url, cookies, **how)
        opened.append(visitor)
        return visitor

    yield start
    for visitor in opened:
        visitor.close()
