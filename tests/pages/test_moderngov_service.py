"""A place read as Modern.Gov's service is read, by a reader that knows only how clients read it."""

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from tests.commands.meeting_room import BROOKE, COUNCIL, ICB, decided, room_for
from tests.pages.decision_places import load
from tests.pages.moderngov_reader import Reader

from concord.commands.meetings_cancelling import call_off, move
from concord.commands.publishing_decisions import publish_decision

BASE = "/middlemarch/mgWebService.asmx/"
BOARD = "Middlemarch Joint Board"


@pytest.fixture
def clerk(cast, operator):
    return replace(operator, account=cast.democratic_services_officer)


@pytest.fixture
def reader(client):
    return Reader(client.get, "/middlemarch")


def test_a_client_finds_the_committee_its_meetings_and_the_meeting(reader, clerk):
    decided(clerk)
    board = reader.committees()[BOARD]
    (row,) = reader.meetings(board, "01/11/2026", "30/11/2026")
    assert (row["date"], row["time"], row["status"]) == (date(2026, 11, 25), "14:00", "Confirmed")
    meeting = reader.meeting(row["id"])
    (item,) = meeting["items"]
    assert item["title"] == "Forty reablement places"
    assert item["decision"] is True


def test_each_attendee_says_for_which_organisation_they_are_there(reader, clerk):
    decided(clerk)
    (row,) = reader.meetings(reader.committees()[BOARD], "25/11/2026", "25/11/2026")
    people = {one["name"]: one for one in reader.meeting(row["id"])["people"]}
    assert {people[p]["representing"] for p in COUNCIL} == {"Middlemarch Borough Council"}
    assert {people[p]["representing"] for p in ICB} == {"NHS Loamshire Integrated Care Board"}
    assert {one["attendance"] for one in people.values()} == {"Present"}
    assert int(people[BROOKE]["memberid"]) == reader.councillors()[f"Councillor {BROOKE}"]


def test_the_words_of_a_decision_are_there_once_its_record_is_public(reader, clerk, client):
    decided(clerk)
    (row,) = reader.meetings(reader.committees()[BOARD], "25/11/2026", "25/11/2026")
    before = reader.meeting(row["id"])
    assert (before["decided"], before["items"][0]["html"]) == (False, "")
    assert b"council-2026-1" not in client.get(BASE + "GetDecisions").content
    later = replace(clerk, now=clerk.now.replace(day=26))
    publish_decision(later, "middlemarch", "council-2026-1", key="p1")
    after = reader.meeting(row["id"])
    assert after["decided"] is True
    assert after["items"][0]["html"].startswith("<p>")


def test_decisions_are_offered_in_the_same_style(clerk, client):
    decided(clerk)
    later = replace(clerk, now=clerk.now.replace(day=26))
    publish_decision(later, "middlemarch", "council-2026-1", key="p1")
    top = ElementTree.fromstring(client.get(BASE + "GetDecisions").content)  # noqa: S314
    (one,) = top.iterfind("decisions/decision")
    assert one.findtext("decisionreference") == "council-2026-1"
    assert one.findtext("decisiondate") == "25/11/2026"
    assert one.findtext("partnerdecisions") == "icb-2026-1"
    assert one.findtext("iskeydecision") in ("True", "False")
    same = client.get(BASE + "GetDecision", {"lDecisionId": one.findtext("decisionid")})
    assert b"council-2026-1" in same.content
    none = client.get(BASE + "GetDecisions", {"sFromDate": "26/11/2026"})
    assert b"council-2026-1" not in none.content


def test_a_meeting_called_off_is_cancelled_and_one_moved_keeps_its_number(reader, clerk):
    room_for(clerk)
    board = reader.committees()[BOARD]
    (row,) = reader.meetings(board, "25/11/2026", "25/11/2026")
    move(clerk, "middlemarch", "2026-11-25-board", to=date(2026, 12, 2), why="flood", key="m")
    assert reader.meetings(board, "25/11/2026", "25/11/2026") == []
    (moved,) = reader.meetings(board, "02/12/2026", "02/12/2026")
    assert moved["id"] == row["id"]
    call_off(clerk, "middlemarch", "2026-11-25-board", why="flood", key="c")
    assert [m["status"] for m in reader.meetings(board, "02/12/2026", "02/12/2026")] == [
        "Cancelled"
    ]


def test_the_calendar_is_there_in_either_order_and_numbers_are_never_shared(
    reader, clerk, operator
):
    load(operator, "middlemarch")
    up = reader.all_meetings("01/01/2026", "31/12/2027")
    down = reader.all_meetings("01/01/2026", "31/12/2027", ascending="False")
    assert len(up) > 20
    assert [m["id"] for m in down] == [m["id"] for m in reversed(up)]
    assert [m["date"] for m in up] == sorted(m["date"] for m in up)
    assert len({m["id"] for m in up}) == len(up)
    assert {m["committee"] for m in up} <= set(reader.committees().values())
    assert reader.meeting(up[0]["id"])["date"] == up[0]["date"]


def test_the_committees_of_a_member_are_those_at_which_a_post_of_theirs_sits(
    reader, client, middlemarch
):
    number = reader.councillors()[f"Councillor {BROOKE}"]
    top = ElementTree.fromstring(  # noqa: S314
        client.get(BASE + "GetCommitteesByUser", {"lUserId": number}).content
    )
    assert "Cabinet" in " ".join(one.text for one in top.iter("committeetitle"))


def test_the_forward_plan_has_a_day_a_maker_and_an_organisation_for_each_issue(
    clerk, operator, client
):
    load(operator, "middlemarch")
    top = ElementTree.fromstring(client.get(BASE + "GetForwardPlan").content)  # noqa: S314
    issues = list(top.iterfind("issues/issue"))
    assert issues
    assert all(one.findtext("decisionmaker") for one in issues)
    assert "Home care framework for Middlemarch" in {one.findtext("issuetitle") for one in issues}


def test_a_paper_is_an_attachment_under_its_number(clerk, client):
    decided(clerk)
    later = replace(clerk, now=clerk.now.replace(day=26))
    paper = publish_decision(later, "middlemarch", "council-2026-1", key="p1")
    top = ElementTree.fromstring(  # noqa: S314
        client.get(BASE + "GetAttachment", {"lAttachmentId": paper.pk}).content
    )
    url = top.findtext("attachmentdetails/url")
    assert client.get(url.removeprefix("http://testserver")).status_code == 200


def test_what_a_place_has_nothing_of_is_answered_with_nothing(client, middlemarch):
    for operation in ("GetWebCastMeetings", "GetElectionResults", "GetParishCouncils"):
        answer = client.get(BASE + operation)
        assert answer.status_code == 200
        assert len(ElementTree.fromstring(answer.content)) == 0  # noqa: S314


def test_a_form_and_any_case_will_do_and_what_cannot_be_read_says_why(client, middlemarch):
    assert client.post(BASE + "getcommittees").status_code == 200
    lacks = client.get(BASE + "GetMeetings")
    assert lacks.status_code == 400
    assert "lCommitteeId is not a whole number" in lacks.content.decode()
    wrong = client.get(BASE + "GetAllMeetingsByDate", {"sFromDate": "the ides of March"})
    assert wrong.status_code == 400
    assert client.get(BASE + "GetEverything").status_code == 404
    assert client.get(BASE + "GetMeeting", {"lMeetingId": "1"}).status_code == 404
    assert client.put(BASE + "GetCommittees").status_code == 405
