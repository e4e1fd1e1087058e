"""Feeds: valid Atom and iCalendar in which corrections and cancellations are visible."""

from datetime import date, datetime
from xml.etree import ElementTree

import icalendar
import pytest
from tests.pages.decision_places import load, small_place

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def middlemarch_decides(db, operator):
    load(operator, "middlemarch")


def events(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/calendar")
    return [dict(e) for e in icalendar.Calendar.from_ical(response.content).walk("VEVENT")]


def test_every_meeting_of_the_calendar_is_an_entry_with_a_name_of_its_own(
    client, middlemarch_decides
):
    found = events(client, "/middlemarch/meetings.ics")
    assert len(found) > 20
    assert len({str(e["UID"]) for e in found}) == len(found)
    assert all(str(e["STATUS"]) in ("CONFIRMED", "CANCELLED") for e in found)
    # Each leads back to the page of its meeting.
    assert all(client.get(str(e["URL"])).status_code == 200 for e in found[:5])


def test_a_meeting_that_is_called_off_stays_as_cancelled_with_a_higher_sequence(
    client, middlemarch_decides, operator
):
    from concord.commands.decisions import load_calendar
    from concord.records.models import TextVersion

    before = {str(e["UID"]): e for e in events(client, "/middlemarch/meetings.ics")}
    text = TextVersion.objects.newest("middlemarch", "calendar").text
    first = text.index("[[meetings]]")
    changed = text[:first] + text[first:].replace(
        "[[meetings]]", "[[meetings]]\ncancelled = true", 1
    )
    assert changed != text
    load_calendar(operator, "middlemarch", changed)
    after = {str(e["UID"]): e for e in events(client, "/middlemarch/meetings.ics")}
    assert set(after) == set(before)
    off = [uid for uid, e in after.items() if e["STATUS"] == "CANCELLED"
           and before[uid]["STATUS"] == "CONFIRMED"]  # fmt: skip
    assert len(off) == 1
    assert int(after[off[0]]["SEQUENCE"]) > int(before[off[0]]["SEQUENCE"])
    assert str(after[off[0]]["SUMMARY"]).startswith("Cancelled: ")


def test_a_meeting_that_is_taken_out_of_the_calendar_is_cancelled_and_not_forgotten(
    client, middlemarch_decides, operator
):
    from concord.commands.decisions import load_calendar
    from concord.records.models import TextVersion

    before = {str(e["UID"]) for e in events(client, "/middlemarch/meetings.ics")}
    text = TextVersion.objects.newest("middlemarch", "calendar").text
    blocks = text.split("[[meetings]]")
    load_calendar(operator, "middlemarch", "[[meetings]]".join(blocks[:-1]))
    after = {str(e["UID"]): str(e["STATUS"]) for e in events(client, "/middlemarch/meetings.ics")}
    assert set(after) == before
    assert "CANCELLED" in after.values()


def test_a_route_is_a_calendar_of_its_days(client, middlemarch_decides):
    found = events(client, "/middlemarch/decisions/home_care/route.ics")
    days = {str(e["UID"]).split("@")[0]: e["DTSTART"].dt for e in found}
    # Cabinet meets on 25 May 2027; five clear working days before, 17 May, its papers are public.
    papers = days["middlemarch-home_care-cabinet-papers"]
    assert papers == date(2027, 5, 17)
    meets = days["middlemarch-home_care-cabinet-meets"]
    assert (meets.date() if isinstance(meets, datetime) else meets) == date(2027, 5, 25)


def test_a_stop_that_is_taken_out_of_a_route_is_cancelled_in_its_calendar(client, db, operator):
    from concord.commands.decisions import load_matter
    from concord.records.models import TextVersion

    small_place(operator, "small", 1)
    text = TextVersion.objects.newest("small", "matter:matter_01").text
    start, end = text.index("[stops.scrutiny]"), text.index("[stops.cabinet]")
    without = text[:start] + text[end:].replace('after = ["scrutiny"]\n', "")
    load_matter(operator, "small", "matter_01", without)
    found = {str(e["UID"]): e for e in events(client, "/small/decisions/matter_01/route.ics")}
    gone = found["small-matter_01-scrutiny-meets@concord"]
    assert gone["STATUS"] == "CANCELLED"
    assert int(gone["SEQUENCE"]) == 1


def test_the_feed_of_decisions_is_atom_with_an_entry_for_each_matter(client, middlemarch_decides):
    response = client.get("/middlemarch/decisions.atom")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    entries = feed.findall(f"{ATOM}entry")
    titles = {entry.findtext(f"{ATOM}title") for entry in entries}
    assert "Home care framework for Middlemarch" in titles
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        assert entry.findtext(f"{ATOM}updated")
        link = entry.find(f"{ATOM}link").get("href")
        assert client.get(link.removeprefix("http://testserver")).status_code == 200


def test_feeds_of_a_place_without_anything_are_empty_and_valid(client, middlemarch):
    assert events(client, "/middlemarch/meetings.ics") == []
    feed = ElementTree.fromstring(client.get("/middlemarch/decisions.atom").content)  # noqa: S314
    assert feed.findall(f"{ATOM}entry") == []
    assert feed.findtext(f"{ATOM}updated")


def test_a_decision_that_is_no_longer_planned_is_cancelled_in_the_feed_of_the_forward_plan(
    client, db, operator
):
    from concord.commands.decisions import load_matter
    from concord.records.models import TextVersion

    small_place(operator, "small", 2)
    shown = client.get("/small/forward-plan.atom?on=2026-11-24").content.decode()
    assert "Cabinet, 2027-03-02" in shown
    assert "Cancelled" not in shown
    text = TextVersion.objects.newest("small", "matter:matter_01").text
    load_matter(operator, "small", "matter_01", text.replace('"decision"', '"information"'))
    shown = client.get("/small/forward-plan.atom?on=2026-11-24").content.decode()
    assert "Cabinet, 2027-03-02" not in shown
    without = text[: text.index("[stops.cabinet]")] + text[text.index("[exempt.prices]") :]
    load_matter(
        operator, "small", "matter_01", without.replace('to = "cabinet"', 'to = "scrutiny"')
    )
    shown = client.get("/small/forward-plan.atom?on=2026-11-24").content.decode()
    assert "Cancelled: Matter 01" in shown


def test_every_feed_is_well_formed_and_names_itself(client, middlemarch_decides):
    for name in ("decisions", "forward-plan", "notices"):
        feed = ElementTree.fromstring(client.get(f"/middlemarch/{name}.atom").content)  # noqa: S314
        assert feed.findtext(f"{ATOM}id").endswith(f"/middlemarch/{name}.atom")
        ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
        assert len(ids) == len(set(ids)), name
