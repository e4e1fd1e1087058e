"""A whole meeting in a real browser: by the keys alone, with the connection cut, by two at once."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.utils.timezone import localdate
from tests.commands.meeting_room import FACTS, room_for

from concord.commands.meetings_agenda import expect_everybody
from concord.domain.decisions.meetings import Happens
from concord.domain.decisions.meetings.book import EntryKind
from concord.records.models import Decision, InterestEntry, MeetingEntry, Outcome

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BROOKE, VINCY, CHETTAM = (
    "Councillor Dorothea Brooke", "Councillor Walter Vincy", "Councillor Celia Chettam"
)  # fmt: skip
ROSAMOND, SPRAGUE, MINCHIN = "Rosamond Vincy", "Dr Sprague", "Dr Minchin"
EVERYONE = (BROOKE, VINCY, CHETTAM, ROSAMOND, SPRAGUE, MINCHIN)


WAITING = """Object.entries(localStorage)
    .filter(([name, value]) => name.endsWith(':queue') && value !== '[]').length"""


@pytest.fixture
def clerk(cast, operator):
    return replace(operator, account=cast.democratic_services_officer)


@pytest.fixture
def room(clerk):
    """The Joint Board of today with everybody expected and two items to decide."""
    made = room_for(clerk, localdate())
    expect_everybody(clerk, "middlemarch", made.meeting.name, key="all")
    made.put("1", "Forty reablement places")
    made.put("2", "Reablement at home", facts={**FACTS, "touches": ["gp_federation"]})
    return made


@pytest.fixture
def desk(visit, cast, room):
    """The clerk's page of that meeting, its script ready."""
    return opened(visit(cast.democratic_services_officer), room)


def address(room, rest=""):
    return f"/middlemarch/meetings/{room.meeting.name}/{rest}"


def opened(visitor, room, width=1280, rest="record/?item=1"):
    visitor.open(address(room, rest), width)
    visitor.page.wait_for_selector("[data-ready]")
    return visitor


def everybody_is_there(room):
    for person in EVERYONE:
        room.say(Happens.ARRIVED, "00:01", who=person)


def kinds(room):
    return list(MeetingEntry.objects.filter(meeting=room.meeting).values_list("kind", flat=True))


def presses(desk, *keys):
    for key in keys:
        desk.page.keyboard.press(key)


def test_a_whole_meeting_is_run_by_the_keys_alone(desk, room):
    page = desk.page
    page.keyboard.press("a")
    for number in range(len(EVERYONE)):
        # The next name that is not ticked: Tab moves on, Enter ticks it, the focus stays.
        page.keyboard.press("Enter")
        desk.sees(re.compile(rf"(In the room.*){{{number + 1}}}", re.S), "#room")
        page.keyboard.press("Tab")
    desk.sees("3 can decide, 2 needed", ".c-half--nhs")
    page.keyboard.press("o")
    desk.sees("has not given its view")
    page.keyboard.press("1")
    desk.sees("3 of 3 hands for it")
    page.keyboard.press("8")
    desk.sees("Can be recorded: decided")
    page.keyboard.press("r")
    desk.sees("decision council-")
    page.keyboard.press("n")
    desk.heads("Reablement at home")
    page.keyboard.press("o")
    desk.sees("has not given its view")
    page.keyboard.press("m")
    page.keyboard.type("Dr Sprague asked about winter. R 1 8")
    presses(desk, "Tab", "Enter")
    desk.sees("The record so far")
    presses(desk, "1", "9")
    desk.sees("Can be recorded: deferred")
    page.keyboard.press("r")
    desk.sees("Deferred", ".m-record")
    page.locator("#more-end summary").focus()
    presses(desk, "Enter", "Tab", "Enter")
    desk.sees("Closed", ".c-kicker")
    assert not desk.check("the meeting, closed")
    assert sorted(Outcome.objects.values_list("result", flat=True)) == ["decided", "deferred"]
    assert Decision.objects.count() == 2
    assert kinds(room).count("arrived") == len(EVERYONE)
    note = MeetingEntry.objects.get(kind="noted")
    assert note.said["words"] == "Dr Sprague asked about winter. R 1 8"


def test_what_is_pressed_with_the_connection_cut_arrives_afterwards_exactly_once(desk, room):
    everybody_is_there(room)
    page = desk.page
    desk.sees(re.compile(r"(In the room.*){6}", re.S), "#room")
    desk.context.set_offline(True)
    page.keyboard.press("o")
    desk.sees("Not yet sent: 1.", "#saved")
    page.keyboard.press("m")
    page.keyboard.type("Said while the line was down")
    presses(desk, "Tab", "Enter")
    desk.sees("Not yet sent: 2.", "#saved")
    assert "item opened" not in kinds(room)
    desk.context.set_offline(False)
    desk.sees(re.compile(r"Saved \d\d:\d\d"), "#saved")
    assert kinds(room).count("item opened") == 1
    assert kinds(room).count("noted") == 1
    assert page.evaluate(WAITING) == 0


def test_an_answer_that_is_lost_is_asked_for_again_and_nothing_is_there_twice(desk, room):
    everybody_is_there(room)
    lost = []

    def lose(route):
        if not lost:  # the server has done it, and its answer never comes
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    desk.page.route("**/record/act/", lose)
    desk.page.keyboard.press("o")
    desk.sees(re.compile(r"Saved \d\d:\d\d"), "#saved")
    assert lost == [200]
    assert kinds(room).count("item opened") == 1


def test_a_reload_with_the_connection_cut_loses_neither_what_was_pressed_nor_what_is_typed(
    desk, room
):
    page = desk.page
    page.route("**/record/act/", lambda route: route.abort())
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    desk.sees("Not yet sent: 1.", "#saved")
    page.keyboard.press("m")
    page.keyboard.type("Half a sentence")
    page.reload()
    page.wait_for_selector("[data-ready]")
    desk.sees("Not yet sent: 1.", "#saved")
    desk.holds("#note-words", "Half a sentence")
    page.unroute("**/record/act/")
    page.locator("#send-now").click()
    desk.sees(re.compile(r"Saved \d\d:\d\d"), "#saved")
    desk.holds("#note-words", "Half a sentence")
    assert kinds(room).count("arrived") == 1


def test_a_refusal_says_why_and_what_would_mend_it_and_keeps_what_was_typed(desk, room):
    room.open("2", "00:05")
    desk.page.keyboard.press("o")
    desk.sees("Refused: “Reablement at home” is still open.", "#refused")
    desk.sees("Close “Reablement at home” first.", "#refused")
    desk.page.get_by_role("button", name="I have read it").click()
    desk.misses("Refused", "#meeting")


def test_two_clerks_and_a_member_see_what_each_records(visit, cast, desk, room):
    other = opened(visit(cast.board_officer), room)
    follower = opened(visit(cast.councillor), room, rest="")
    follower.sees("The meeting has not started.")
    other.page.locator("#more-note summary").click()
    other.page.locator("#note-words").fill("I am still writing")
    desk.page.keyboard.press("a")
    desk.page.keyboard.press("Enter")
    other.sees("In the room", "#room")
    other.holds("#note-words", "I am still writing")
    other.page.locator("#do-open").click()
    desk.sees("Close the item without a decision")
    follower.sees("Now: item 1, Forty reablement places.")


def test_key_shortcuts_can_be_turned_off_and_stay_off(desk, room):
    desk.page.get_by_role("button", name="Turn key shortcuts off").click()
    desk.page.keyboard.press("o")
    desk.page.reload()
    desk.page.wait_for_selector("[data-ready]")
    desk.page.keyboard.press("o")
    desk.sees("Open this item")
    assert "item opened" not in kinds(room)


def test_hints_of_keys_vanish_on_a_touch_screen(visit, cast, room):
    touched = opened(
        visit(cast.democratic_services_officer, has_touch=True, is_mobile=True), room, 768
    )
    assert touched.page.locator("kbd:visible").count() == 0


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_the_pages_of_a_meeting_are_without_fault_and_large_enough(visit, cast, room, width):
    InterestEntry.objects.create(
        place_id="middlemarch", person=SPRAGUE, in_what="gp_federation", what="A partner in it",
        kinds={"NHS body": "financial"}, starts=date(2026, 4, 1), key="i",
        recorded_at=room.clerk.now, recorded_by="x",
    )  # fmt: skip
    everybody_is_there(room)
    room.say(EntryKind.PRESIDES, "00:02", who=BROOKE)
    room.open("2", "00:03")
    room.say(Happens.VOTED, "00:04", item="2", who=BROOKE, organisation="council", way=True)
    clerks, faults = visit(cast.democratic_services_officer), []
    for rest in ("record/?item=2", "record/?item=1", ""):
        opened(clerks, room, width, rest)
        faults += clerks.check(f"{rest} closed at {width}")
        clerks.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        faults += clerks.check(f"{rest} at {width}")
    opened(clerks, room, width, "record/?item=2")
    low = clerks.page.evaluate(
        """[...document.querySelectorAll('.m-person, .m-seg button, .m-step, .m-mend, .m-big')]
        .filter(b => b.checkVisibility()).map(b => [b.textContent.trim().slice(0, 30),
        b.getBoundingClientRect().height, b.matches('.m-person, .m-seg button') ? 64 : 48])
        .filter(([, height, least]) => height < least)"""
    )
    assert not low
    anyone = visit()
    opened(anyone, room, width, "")
    faults += anyone.check(f"the public at {width}")
    assert not faults, "\n".join(faults)
