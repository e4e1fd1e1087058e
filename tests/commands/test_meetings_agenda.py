"""A meeting begins with its agenda from the routes, and with the people of its seats."""

from dataclasses import replace
from datetime import date

import pytest
from tests.commands.meeting_room import room_for
from tests.conftest import PLACES

from concord.commands.decisions import load_matter
from concord.commands.interests_declaring import declare_interest
from concord.commands.meetings_agenda import expect_everybody, put_agenda
from concord.commands.meetings_read import at_meeting
from concord.domain.decisions.meetings.book import EntryKind
from concord.domain.findings import Refused
from concord.records.models import Account, Action, AuditEntry, MeetingEntry

BEDS = date(2027, 1, 27)  # the day of the board's stop in places/middlemarch/matters
SIX = {
    "Councillor Dorothea Brooke", "Councillor Walter Vincy", "Councillor Celia Chettam",
    "Rosamond Vincy", "Dr Sprague", "Dr Minchin",
}  # fmt: skip


@pytest.fixture
def clerk(cast, operator):
    return replace(operator, account=cast.democratic_services_officer)


@pytest.fixture
def matters(middlemarch, operator):
    for file in sorted((PLACES / "middlemarch" / "matters").glob("*.toml")):
        load_matter(operator, "middlemarch", file.stem, file.read_text("utf-8"))


def put(clerk, room, key="agenda", **more):
    return put_agenda(clerk, "middlemarch", room.meeting.name, key=key, **more)


def items(room):
    return at_meeting(room.meeting.__class__.objects.get(pk=room.meeting.pk)).record.items


def test_the_matter_that_comes_to_the_board_that_day_is_put_after_the_standing_items(
    clerk, matters
):
    room = room_for(clerk, BEDS)
    put(clerk, room)
    assert list(items(room)) == ["apologies", "interests", "reablement_beds/board"]
    beds = items(room)["reablement_beds/board"]
    assert (beds.title, beds.purpose, beds.bodies) == (
        "Reablement beds at Freshitt", "decision", ("board",)
    )  # fmt: skip


def test_a_matter_that_comes_on_another_day_or_to_another_body_is_not_put(clerk, matters):
    room = room_for(clerk, BEDS, "cabinet")
    put(clerk, room, standing=False)
    assert not items(room)


def test_asked_for_twice_the_agenda_is_there_once(clerk, matters):
    room = room_for(clerk, BEDS)
    first = put(clerk, room)
    entries = AuditEntry.objects.count()
    assert [r.pk for r in put(clerk, room)] == [r.pk for r in first]
    assert not put(clerk, room, key="another")
    assert MeetingEntry.objects.count() == 3
    assert AuditEntry.objects.count() == entries


def test_the_minutes_of_the_last_meeting_and_overdue_actions_come_by_themselves(clerk, matters):
    before = room_for(clerk, date(2026, 12, 16))
    before.gather()
    Action.objects.create(
        place_id="middlemarch", number=1, meeting=before.meeting, what="Name the wards",
        owner="icb_chief", organisation="icb", due=date(2027, 1, 8), key="a",
        recorded_at=clerk.now, recorded_by="clerk",
    )  # fmt: skip
    room = room_for(clerk, BEDS)
    put(clerk, room)
    titles = [i.title for i in items(room).values()]
    assert titles[2:4] == [
        "Minutes of the meeting of Wednesday 16 December 2026",
        "One action overdue",
    ]


def test_everybody_whom_the_text_names_is_expected_in_the_seat_of_their_post(clerk):
    room = room_for(clerk)
    expect_everybody(clerk, "middlemarch", room.meeting.name, key="all")
    held = at_meeting(room.meeting.__class__.objects.get(pk=room.meeting.pk)).record.held
    assert {a.person for a in held.attendees} == SIX
    assert {a.seat for a in held.seats_of("Dr Sprague")} == {"icb"}


def test_whoever_sent_apologies_is_not_expected_again(clerk):
    room = room_for(clerk)
    expect_everybody(clerk, "middlemarch", room.meeting.name, key="all")
    room.say(EntryKind.STOOD_DOWN, who="Dr Minchin")
    assert not expect_everybody(clerk, "middlemarch", room.meeting.name, key="again")


def member(cast, operator, name):
    Account.objects.filter(pk=cast.nhs_board_member.pk).update(name=name)
    return replace(operator, account=Account.objects.get(pk=cast.nhs_board_member.pk))


def declare(acting, room, **more):
    said = {"item": "5", "in_": "gp_federation", "what": "A partner in it", "key": "mine",
            "kinds": {"NHS body": "financial"}, **more}  # fmt: skip
    return declare_interest(acting, "middlemarch", room.meeting.name, **said)


def test_a_member_declares_an_interest_for_their_own_seat_and_may_not_vote_unruled(
    cast, operator, clerk
):
    room = room_for(clerk)
    expect_everybody(clerk, "middlemarch", room.meeting.name, key="all")
    room.put()
    declare(member(cast, operator, "Dr Minchin"), room)
    here = at_meeting(room.meeting.__class__.objects.get(pk=room.meeting.pk))
    # NHS Act 2006, section 14Z30: until whoever presides has ruled, the answer is no.
    assert here.barred("5") == {"Dr Minchin"}


def test_nobody_declares_for_anybody_else_or_without_a_seat(cast, operator, clerk):
    room = room_for(clerk)
    room.gather()
    room.put()
    with pytest.raises(Refused, match="has no seat at this meeting"):
        declare(member(cast, operator, "Tertius Lydgate"), room)


def test_a_declaration_without_its_kind_is_asked_for_it(cast, operator, clerk):
    room = room_for(clerk)
    room.gather()
    room.put()
    with pytest.raises(Refused, match="what kind of interest it is for NHS body is not said"):
        declare(member(cast, operator, "Dr Sprague"), room, kinds={})
    assert not MeetingEntry.objects.filter(kind="interest declared").exists()
