"""A clerk takes another system's meetings into the calendar: sent, looked at, recorded."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.pages.conftest import WIDTHS
from tests.pages.decision_places import load

from concord.records.models import TextVersion
from concord.records.models.agreements import CALENDAR

ADDRESS = "/middlemarch/calendar/import/"
CSV = (
    "body,date,time,status\nCabinet,2029-01-16,18:00,\nCabinet,25/05/2027,18:00,Cancelled\n"
    "The Executive,2029-02-13,18:00,\nCabinet,soon,,\n"
)


@pytest.fixture
def clerk(client, operator, cast):
    load(operator, "middlemarch")
    client.force_login(cast.democratic_services_officer)
    return client


def sent(text: str = CSV) -> dict[str, object]:
    return {"file": SimpleUploadedFile("meetings.csv", text.encode(), "text/csv")}


def fields(page: str) -> dict[str, str]:
    """What the preview's form carries on."""
    found = re.findall(r'name="(name|seen|carried|title-\d)" value="([^"]*)"', page)
    return dict(found)


def version() -> int:
    return TextVersion.objects.newest("middlemarch", CALENDAR).number


def test_a_clerk_finds_the_page_from_the_meetings(clerk):
    assert ADDRESS in clerk.get("/middlemarch/meetings/").content.decode()
    assert clerk.get(ADDRESS).status_code == 200


def test_the_preview_names_every_row_and_records_nothing(clerk):
    page = clerk.post(ADDRESS, sent()).content.decode()
    for words in ("One meeting to add and one meeting to mark as called off.", "Row 5", "Row 4",
                  "no body here is called", "Marked as called off"):  # fmt: skip
        assert words.lower() in page.lower(), words
    assert version() == 1


def test_a_title_is_settled_and_the_rest_recorded_only_once_the_clerk_has_looked(clerk):
    first = fields(clerk.post(ADDRESS, sent()).content.decode())
    settled = {**first, "body-1": "cabinet"}
    again = clerk.post(ADDRESS, settled).content.decode()
    assert "Two meetings to add" in again
    refused = clerk.post(ADDRESS, {**settled, "do": "record"})
    assert refused.status_code == 422
    assert "Nothing was recorded" in refused.content.decode()
    assert version() == 1
    done = clerk.post(ADDRESS, {**settled, "do": "record", "without": "yes"}, follow=True)
    assert "Two meetings added and one meeting marked as called off." in done.content.decode()
    assert version() == 2
    days = clerk.get("/middlemarch/meetings.json?body=cabinet").json()["meetings"]
    (may,) = [m for m in days if m["on"] == "2027-05-25"]
    assert may["cancelled"] is True


def test_two_clerks_at_once_the_second_looks_again(clerk):
    ours = fields(clerk.post(ADDRESS, sent("body,date\nCabinet,2029-01-16\n")).content.decode())
    theirs = fields(clerk.post(ADDRESS, sent("body,date\nCabinet,2029-03-13\n")).content.decode())
    assert clerk.post(ADDRESS, {**theirs, "do": "record"}).status_code == 302
    late = clerk.post(ADDRESS, {**ours, "do": "record"})
    assert late.status_code == 422
    assert "The calendar has changed since you looked" in late.content.decode()
    assert version() == 2


@pytest.mark.parametrize("body", ["", "\x00", "<a><b></a>"])
def test_a_file_that_is_none_is_said_calmly(clerk, body):
    assert clerk.post(ADDRESS, sent(body)).status_code in (200, 400)
    assert version() == 1


def test_the_public_is_asked_to_sign_in_and_a_member_refused(client, clerk, cast):
    client.force_login(cast.councillor)
    assert client.get(ADDRESS).status_code == 403
    client.logout()
    assert client.get(ADDRESS).status_code == 302


@pytest.mark.browser
def test_the_page_stands_at_every_width(visit, operator, cast, tmp_path):
    load(operator, "middlemarch")
    file = tmp_path / "meetings.csv"
    file.write_text(CSV, encoding="utf-8")
    mine = visit(cast.democratic_services_officer)
    found = []
    for width in WIDTHS:
        mine.open(ADDRESS, width)
        found += mine.check(f"asked at {width}")
        mine.page.set_input_files("#file", str(file))
        mine.page.get_by_role("button", name="Look at it").click()
        mine.sees("What becomes of each meeting")
        found += mine.check(f"looked at {width}")
    assert not found
