"""A real browser for the pages, which remembers every fault it meets."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.test import Client

CHROMIUM = Path(os.environ.get("CONCORD_CHROMIUM", "/usr/bin/chromium"))
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
