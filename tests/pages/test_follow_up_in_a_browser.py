"""The pages around a meeting in a real browser: nothing sideways, nothing that axe would mend."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.pages.conftest import WIDTHS
from tests.pages.test_follow_up_pages import MINUTES
from tests.pages.test_follow_up_pages import followed as _followed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = (
    "/middlemarch/interests/", "/middlemarch/actions/?on=2026-11-20", "/middlemarch/actions/1/",
    "/middlemarch/deferred/", "/middlemarch/minutes/", MINUTES, "/middlemarch/?on=2026-11-20",
)  # fmt: skip
SIGNED_IN = (
    "/middlemarch/interests/", "/middlemarch/actions/", "/middlemarch/actions/1/",
    "/middlemarch/deferred/", "/middlemarch/minutes/", MINUTES,
    "/middlemarch/decide/?maker=director",
)  # fmt: skip


@pytest.fixture
def clerk(cast, operator):
    return replace(
        operator, account=cast.democratic_services_officer,
        now=datetime(2026, 11, 20, 9, tzinfo=UTC),
    )  # fmt: skip


followed = _followed


def test_every_page_at_every_width_with_its_details_open(visit, cast, clerk, followed):
    from concord.commands.minutes import draft_minutes

    draft_minutes(clerk, "middlemarch", followed.meeting.name, body="board", key="d")
    faults = []
    for account, pages in ((None, PUBLIC), (cast.democratic_services_officer, SIGNED_IN)):
        visitor = visit(account)
        for address in pages:
            for width in WIDTHS:
                visitor.open(address, width)
                visitor.page.evaluate(
                    "document.querySelectorAll('details').forEach(d => { d.open = true })"
                )
                faults += visitor.check(f"{address} at {width}")
    assert faults == []


def test_a_clerk_gives_an_action_and_tells_of_it_in_the_browser(visit, cast, followed):
    visitor = visit(cast.democratic_services_officer)
    visitor.open("/middlemarch/actions/")
    page = visitor.page
    page.get_by_text("An action or a condition, with an owner on each side").click()
    page.get_by_label("What is to be done").fill("Write to the providers")
    page.get_by_label("Who does it for Middlemarch Borough Council").select_option("director")
    page.get_by_label("By when").fill(date(2027, 1, 15).isoformat())
    page.get_by_role("button", name="Give it").click()
    visitor.heads("Write to the providers.")
    page.get_by_label("What was done, or why").fill("Letters are out")
    page.get_by_role("button", name="Tell it").click()
    visitor.sees("Letters are out.")
    assert visitor.check("an action") == []
