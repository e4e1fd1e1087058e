"""A meeting called off or moved: sequence, status, Atom entry, notice, old link (RFC 5546)."""

from dataclasses import replace
from datetime import date

import feedparser
import icalendar
import pytest
from tests.commands.meeting_room import EVERYONE, room_for
from tests.pages.decision_places import load

from concord.commands.meetings_cancelling import call_off, move
from concord.domain.findings import Refused
from concord.records.models import AuditEntry, MeetingEntry, Publication
from concord.records.verification import verify_evidence

NAME = "2026-11-25-board"
UID = "meeting-middlemarch-board-2026-11-25@concord"
WHY = "the hall is flooded"


@pytest.fixture
def clerk(cast, operator):
    return replace(operator, account=cast.democratic_services_officer)


@pytest.fixture
def room(clerk):
    return room_for(clerk)


def entry(client, uid=UID):
    answer = client.get("/middlemarch/meetings.ics")
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert calendar.errors == []
    found = [e for e in calendar.walk("VEVENT") if str(e["UID"]) == uid]
    assert len(found) == 1, "one meeting is one entry"
    assert found[0].errors == []
    return found[0]


def off(clerk, key="k1", why=WHY):
    return call_off(clerk, "middlemarch", NAME, why=why, key=key)


def moved(clerk, to=date(2026, 12, 2), key="m1", **more):
    return move(clerk, "middlemarch", NAME, to=to, why=WHY, key=key, **more)


def test_a_meeting_called_off_has_the_next_sequence_a_notice_a_feed_entry_and_its_old_address(
    client, clerk, room
):
    """Acceptance test 8."""
    before = entry(client)
    assert str(before["STATUS"]) == "CONFIRMED"
    off(clerk)
    after = entry(client)
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    assert str(after["STATUS"]) == "CANCELLED"
    assert WHY in str(after["DESCRIPTION"]).lower()
    feed = feedparser.parse(client.get("/middlemarch/notices.atom").content)
    assert feed.version == "atom10"
    assert not feed.bozo
    assert any("called off" in one.title for one in feed.entries)
    (notice,) = Publication.objects.filter(kind="meeting called off")
    assert client.get(f"/middlemarch/papers/{notice.pk}/").status_code == 200
    assert WHY in client.get("/middlemarch/notices/").content.decode().lower() or (
        "Meeting called off" in client.get("/middlemarch/notices/").content.decode()
    )
    for address in (f"/middlemarch/meetings/{NAME}/", "/middlemarch/meetings/board/2026-11-25/"):
        assert WHY in client.get(address).content.decode().lower(), address
    assert str(after["URL"]).endswith(f"/middlemarch/meetings/{NAME}/")
    assert not list(verify_evidence())


def test_the_data_of_the_meeting_say_that_it_is_called_off_and_why(client, clerk, room):
    off(clerk)
    (change,) = client.get(f"/middlemarch/meetings/{NAME}.json").json()["changes"]
    assert change == {"on": "2026-11-25", "to": None, "called_off": True, "why": WHY}
    rows = client.get("/middlemarch/meetings.json").json()["meetings"]
    assert [r["cancelled"] for r in rows if (r["body"], r["on"]) == ("board", "2026-11-25")] == [
        True
    ]


def test_a_meeting_that_moves_keeps_its_entry_and_its_address_and_takes_the_new_day(
    client, clerk, room
):
    before = entry(client)
    moved(clerk, starts_at="10:00")
    after = entry(client)
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    assert str(after["STATUS"]) == "CONFIRMED"
    # Ten o'clock on 2 December is Greenwich time.
    assert after["DTSTART"].dt.isoformat() == "2026-12-02T10:00:00+00:00"
    for address in (f"/middlemarch/meetings/{NAME}/", "/middlemarch/meetings/board/2026-11-25/"):
        shown = client.get(address).content.decode().replace("\xa0", " ")
        assert "Moved from Wednesday 25 November 2026" in shown, address
    off(clerk, key="k2")
    last = entry(client)
    assert int(last["SEQUENCE"]) == int(before["SEQUENCE"]) + 2
    assert str(last["STATUS"]) == "CANCELLED"


def test_a_meeting_of_the_calendar_that_was_called_is_still_one_entry(client, clerk, operator):
    load(operator, "middlemarch")
    from concord.records.models import TextVersion

    assert TextVersion.objects.newest("middlemarch", "calendar")
    known = icalendar.Calendar.from_ical(client.get("/middlemarch/meetings.ics").content)
    first = next(e for e in known.walk("VEVENT") if "-board-" in str(e["UID"])
                 and str(e["DTSTART"].dt) > "2026-11-24")  # fmt: skip
    on = first["DTSTART"].dt
    room_for(clerk, on.date() if hasattr(on, "date") else on)
    assert int(entry(client, str(first["UID"]))["SEQUENCE"]) == int(first["SEQUENCE"])


def test_the_same_form_sent_twice_calls_it_off_once_and_gives_one_notice(clerk, room):
    off(clerk)
    entries = AuditEntry.objects.count()
    off(clerk)
    assert AuditEntry.objects.count() == entries
    assert Publication.objects.filter(kind="meeting called off").count() == 1


def test_a_meeting_that_has_begun_is_neither_called_off_nor_moved(clerk, room):
    room.gather(*EVERYONE)
    for act in (off, moved):
        with pytest.raises(Refused, match="has begun"):
            act(clerk)
    assert not Publication.objects.exists()


def test_nothing_can_be_recorded_at_a_meeting_that_was_called_off(clerk, room):
    off(clerk)
    with pytest.raises(Refused, match="called off"):
        room.put()
    with pytest.raises(Refused, match="called off"):
        moved(clerk)


def test_it_needs_a_reason_a_day_to_come_and_a_day_that_is_free(clerk, room):
    with pytest.raises(Refused, match="why is not said"):
        off(clerk, why="  ")
    with pytest.raises(Refused, match="is past"):
        moved(clerk, to=date(2026, 11, 2))
    room_for(clerk, date(2026, 12, 2))
    with pytest.raises(Refused, match="already"):
        moved(clerk)
    assert not MeetingEntry.objects.exists()


def test_it_is_no_entry_that_a_clerk_can_type_into_the_record(clerk, room):
    with pytest.raises(Refused, match="an act of its own"):
        room.say("called off", why=WHY)


def test_whoever_may_not_call_a_meeting_may_not_call_one_off(cast, operator, room, client):
    with pytest.raises(Refused, match="you may not"):
        off(replace(operator, account=cast.councillor))
    client.force_login(cast.councillor)
    sent = {"why": WHY, "key": "x"}
    assert client.post(f"/middlemarch/meetings/{NAME}/change/", sent).status_code == 403
    client.force_login(cast.democratic_services_officer)
    answer = client.post(f"/middlemarch/meetings/{NAME}/change/", sent, follow=True)
    assert "is called off, and the notice of it is public" in answer.content.decode()
