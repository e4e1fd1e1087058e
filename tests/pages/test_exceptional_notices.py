"""A late notice, a general exception and special urgency through the pages, as everyone sees them.

The meeting lies as many days after the day on which this is run as each way out asks for.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate

from concord.commands.decisions import load_matter

pytestmark = pytest.mark.django_db

TEXT = (Path(__file__).parents[1] / "commands" / "beds.toml").read_text("utf-8")
CHAIR = "chair of the relevant overview and scrutiny committee"
BOARD = ('body = "cabinet"\norganisation = "council"', 'body = "board"')
ADDRESS = "/middlemarch/decisions/beds/notice/cabinet"


def meets_in(operator, days: int, *changes: tuple[str, str]) -> date:
    """The key matter with its stop so many days away."""
    on = localdate() + timedelta(days=days)
    text = TEXT.replace("2026-12-15", f"{on}").replace("£240,000", "£640,000")
    for before, after in changes:
        text = text.replace(before, after)
    load_matter(operator, "middlemarch", "beds", text)
    return on


def by(way: str, why: str = "The bid ends soon.") -> dict[str, str]:
    return {"do": "publish", "exit": f"{way}|{CHAIR}", "agreed_on": f"{localdate()}",
            "exit_why": why}  # fmt: skip


@pytest.fixture
def exception(client, cast, operator):
    """A general exception published through its page; 20 days leave five clear ones at any time."""
    meets_in(operator, 20)
    client.force_login(cast.board_officer)
    assert "Has to be told in writing: the chair of" in client.get(
        "/middlemarch/notices/"
    ).content.decode().replace("\xa0", " ")
    shown = client.get(f"{ADDRESS}/general-exception-notice/?of=council").content.decode()
    assert "Publish the notice" in shown
    sent = client.post(f"{ADDRESS}/general-exception-notice/?of=council", by("general_exception"))
    assert sent.status_code == 302
    client.logout()
    return sent.headers["Location"]


def test_the_notices_lead_with_a_general_exception_who_was_told_and_why(client, exception):
    shown = client.get("/middlemarch/notices/").content.decode()
    assert shown.index("Without 28 days’ notice") < shown.index("To be given")
    assert f"Told in writing: the {CHAIR}" in shown
    assert "The bid ends soon." in shown
    one = client.get("/middlemarch/notices.json").json()["without_28_days"][0]
    assert one["exit"]["by"] == CHAIR
    assert one["exit"]["on"] == f"{localdate()}"
    assert one["exit"]["authority"].startswith("SI 2012/2089, regulation 10")


def test_a_general_exception_has_a_page_and_a_feed_entry_of_its_own(client, exception):
    page = client.get(exception).content.decode()
    assert "What the notice says" in page
    assert "Wait until five clear days have elapsed following that day" in page
    feed = client.get("/middlemarch/notices.atom").content.decode()
    assert "General exception notice: " in feed
    assert f"Told in writing: the {CHAIR}" in feed
    assert "The bid ends soon." in feed


def test_special_urgency_says_who_agreed_and_by_when_the_council_hears_of_it(
    client, cast, operator
):
    on = meets_in(operator, 3)
    client.force_login(cast.board_officer)
    notices = client.get("/middlemarch/notices/").content.decode()
    assert "Has to agree: the chair of" in notices
    address = f"{ADDRESS}/special-urgency-notice/?of=council"
    assert client.post(address, by("special_urgency", why="")).status_code == 403
    assert client.post(address, by("special_urgency")).status_code == 302
    client.logout()
    shown = client.get("/middlemarch/notices/").content.decode()
    assert f"Agreed by: the {CHAIR}" in shown
    assert "To be reported to the council by" in shown
    data = client.get("/middlemarch/notices.json").json()["without_28_days"][0]
    # SI 2012/2089, regulation 19: at least yearly.
    assert data["exit"]["report_by"] == f"{on.year + 1}-{on:%m-%d}".replace("02-29", "02-28")


def test_a_late_notice_of_a_key_decision_is_published_by_its_way_out_and_says_so_for_ever(
    client, cast, operator
):
    meets_in(operator, 20)
    client.force_login(cast.board_officer)
    address = f"{ADDRESS}/forward-plan-notice/?of=council"
    own = {"address": "Town Hall, Middlemarch", "how_to_ask": "Ask the clerk"}
    assert client.post(address, {**own, "do": "publish"}).status_code == 403
    sent = client.post(address, {**own, **by("general_exception")})
    assert sent.status_code == 302
    client.logout()
    for page in (sent.headers["Location"], "/middlemarch/notices/", "/middlemarch/notices.atom"):
        assert "late, on" in client.get(page).content.decode()


def test_a_notice_at_a_joint_board_is_given_anew_and_the_first_stays_readable(
    client, cast, operator
):
    meets_in(operator, 20, BOARD)
    client.force_login(cast.board_officer)
    address = f"{ADDRESS}/general-exception-notice/?of=council"
    first = client.post(address, by("general_exception")).headers["Location"]
    again = by("general_exception", why="The bid ends on Friday.")
    assert client.post(address, again).status_code == 403
    assert client.post(address, {**again, "why": "the day was not said"}).status_code == 302
    client.logout()
    assert "It no longer holds." in client.get(first).content.decode()
    shown = client.get("/middlemarch/notices/").content.decode()
    assert "No longer holds" in shown
    assert "Holds" in shown
    assert client.get(f"{ADDRESS}/general-exception-notice/?of=icb").status_code == 302
    feed = client.get("/middlemarch/notices.atom").content.decode()
    assert "Corrected: " in feed
    assert "The day was not said." in feed


def test_the_councils_report_holds_each_urgent_decision_with_what_the_law_asks_of_it(
    client, cast, operator
):
    """Regulation 19: particulars of each, a summary of its matters, at least once a year."""
    shown = client.get("/middlemarch/notices/urgent/").content.decode()
    assert "there is nothing to report" in shown
    meets = meets_in(operator, 3)
    client.force_login(cast.board_officer)
    address = f"{ADDRESS}/special-urgency-notice/?of=council"
    assert client.post(address, by("special_urgency")).status_code == 302
    client.logout()
    (one,) = client.get("/middlemarch/notices/urgent.json").json()["to_report"]
    assert (one["exit"]["by"], one["decision_on"]) == (CHAIR, f"{meets}")
    assert one["report_by"][:4] == f"{meets.year + 1}"
    assert one["must_say"]
    shown = client.get("/middlemarch/notices/urgent/").content.decode().replace("\xa0", " ")
    assert "One urgent decision to report to the council" in shown
    assert "The bid ends soon." in shown
    later = client.get(f"/middlemarch/notices/urgent.json?on={meets.year + 2}-01-31").json()
    assert not later["to_report"]
    assert len(later["last_day_passed"]) == 1
