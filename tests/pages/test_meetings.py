"""A meeting's pages without a browser: who may do what, what is shown to whom, nothing twice."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.commands.meeting_room import FACTS, room_for
from tests.conftest import CAST, PLACES

from concord.commands.decisions import load_matter
from concord.commands.meetings_agenda import expect_everybody
from concord.domain.decisions.meetings import Happens
from concord.domain.decisions.meetings.book import EntryKind
from concord.domain.places.policy import TABLE, RoleName, acts_for_page
from concord.records.models import Account, Decision, InterestEntry, Meeting, MeetingEntry, Outcome

pytestmark = pytest.mark.django_db

BROOKE, VINCY, CHETTAM = (
    "Councillor Dorothea Brooke", "Councillor Walter Vincy", "Councillor Celia Chettam"
)  # fmt: skip
ROSAMOND, SPRAGUE, MINCHIN = "Rosamond Vincy", "Dr Sprague", "Dr Minchin"
EVERYONE = (BROOKE, VINCY, CHETTAM, ROSAMOND, SPRAGUE, MINCHIN)
JSON = {"accept": "application/json"}


@pytest.fixture
def clerk(cast, operator):
    return replace(operator, account=cast.democratic_services_officer)


@pytest.fixture
def room(clerk):
    """The Joint Board of 25 November 2026 with everybody expected and one item to decide."""
    made = room_for(clerk)
    expect_everybody(clerk, "middlemarch", made.meeting.name, key="all")
    made.put("5", "Forty reablement places")
    return made


def path(room, rest=""):
    return f"/middlemarch/meetings/{room.meeting.name}/{rest}"


def act(client, room, act, key, **fields):
    sent = {"act": act, "key": key, "sent": "script", "clock": "14:30", "item": "5", **fields}
    return client.post(path(room, "record/act/"), sent, headers=JSON)


def words(response):
    text = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " ").split())


PAGES = {
    "meeting": ("", "get"),
    "meeting_record": ("record/", "get"),
    "meeting_call": ("../call/", "post"),
    "meeting_declare": ("declare/", "post"),
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("person", [*CAST, "public"])
def test_each_page_of_a_meeting_opens_for_the_roles_of_the_table_alone(
    client, cast, room, person, page
):
    rest, method = PAGES[page]
    address = "/middlemarch/meetings/call/" if page == "meeting_call" else path(room, rest)
    role = CAST[person][0] if person in CAST else "public"
    if person in CAST:
        account = getattr(cast, person)
        Account.objects.filter(pk=account.pk).update(name=SPRAGUE)
        client.force_login(account)
    sent = {"body": "cabinet", "on": "2026-12-08", "item": "5", "in": "gp_federation",
            "kind-NHS body": "financial", "key": person}  # fmt: skip
    response = getattr(client, method)(address, sent if method == "post" else {})
    if all(a in TABLE[RoleName(role)] for a in acts_for_page(page)):
        assert response.status_code == (302 if method == "post" else 200)
        assert "/account/login/" not in response.headers.get("Location", "")
    else:
        assert response.status_code == (302 if person == "public" else 403)


def test_an_item_is_run_from_opening_to_two_decisions_by_plain_forms_without_a_script(
    client, cast, room
):
    client.force_login(cast.democratic_services_officer)

    def press(do, item="5"):
        shown = client.get(path(room, "record/"), {"item": item, "clock": "14:30"})
        key = re.search(r'name="key" value="([^"]+)"', shown.content.decode())[1]
        sent = {"do": do, "key": key, "item": item, "shown": item, "clock": "14:30"}
        assert client.post(path(room, "record/act/"), sent).status_code == 302

    for person in EVERYONE:
        press(f"act=arrived&who={person}")
    press("act=open")
    press("act=view&body=board&organisation=council&way=for")
    press("act=view&body=board&organisation=icb&way=for")
    press("act=outcome&body=board")
    assert sorted(Decision.objects.values_list("reference", flat=True)) == [
        "council-2026-1", "icb-2026-1"
    ]  # fmt: skip
    shown = words(client.get(path(room, "record/"), {"item": "5"}))
    assert "Decided, 14:30" in shown
    assert "decision council-2026-1" in shown


def test_each_bench_says_how_many_can_decide_and_how_many_are_needed(client, cast, room):
    client.force_login(cast.democratic_services_officer)
    for person in (BROOKE, VINCY, CHETTAM, ROSAMOND, SPRAGUE):
        act(client, room, "arrived", person, who=person)
    act(client, room, "open", "o")
    shown = words(act_html(act(client, room, "withdrew", "w", who=SPRAGUE)))
    # Schedule 2, 4: two of each organisation; three councillors are there, and one of the ICB.
    assert "3 can decide, 2 needed" in shown
    assert "1 can decide, 2 needed" in shown
    assert "Withdrew 14:30" in shown
    assert "Cannot be recorded yet: three things are missing" in shown


class act_html:  # noqa: N801 - dressed as a response for `words`
    def __init__(self, response):
        self.content = response.json()["html"].encode()


def test_the_same_act_sent_twice_with_its_key_is_recorded_once(client, cast, room):
    client.force_login(cast.democratic_services_officer)
    before = MeetingEntry.objects.count()
    first = act(client, room, "arrived", "once", who=BROOKE)
    again = act(client, room, "arrived", "once", who=BROOKE)
    assert first.status_code == again.status_code == 200
    assert MeetingEntry.objects.count() == before + 1


def test_a_refusal_tells_its_reason_and_remedy_and_names_items_by_their_titles(client, cast, room):
    client.force_login(cast.democratic_services_officer)
    room.put("6", "Another")
    act(client, room, "open", "a")
    said = act(client, room, "open", "b", item="6")
    assert said.status_code == 409
    assert said.json()["refused"]["reasons"] == [
        {"says": "“Forty reablement places” is still open",
         "remedy": "Close “Forty reablement places” first."}
    ]  # fmt: skip


def test_what_waited_for_its_connection_keeps_its_time_and_never_comes_before_a_later_vote(
    client, cast, room
):
    client.force_login(cast.democratic_services_officer)
    for person in EVERYONE:
        act(client, room, "arrived", person, who=person)
    act(client, room, "open", "o")
    act(client, room, "ballot", "v1", who=BROOKE, way="for", body="board", seat="board.members")
    last = MeetingEntry.objects.get(key="v1")
    sent = {"act": "ballot", "key": "v2", "sent": "script", "item": "5", "who": VINCY,
            "way": "for", "seat": "board.members", "ago": str(60 * 60 * 11)}  # fmt: skip
    late = client.post(path(room, "record/act/"), sent, headers=JSON)
    assert late.status_code == 200, late.content
    entry = MeetingEntry.objects.get(key="v2")
    assert entry.at >= last.at or "typed_at" in entry.said


def test_the_public_sees_agenda_and_people_and_no_vote_before_the_outcome(client, room):
    room.say(Happens.ARRIVED, "14:00", who=BROOKE)
    for person in EVERYONE[1:]:
        room.say(Happens.ARRIVED, "14:00", who=person)
    room.open()
    room.vote(*EVERYONE[:4])
    shown = words(client.get(path(room)))
    assert "Now: item 1, Forty reablement places" in shown
    assert BROOKE in shown
    assert "In the room" not in shown
    data = json.dumps(client.get(f"/middlemarch/meetings/{room.meeting.name}.json").json())
    for secret in ("voted", " for it", "In the room"):
        assert secret not in shown
        assert secret not in data
    room.vote(*EVERYONE[4:])
    room.outcome()
    answer = client.get(path(room))
    assert "Decided , 14:50. The council: council-2026-1 . The ICB: icb-2026-1 ." in words(answer)
    for reference in ("council-2026-1", "icb-2026-1"):
        assert f'href="/middlemarch/decisions/register/{reference}/"' in answer.content.decode()


def test_the_tests_are_of_the_day_of_the_meeting_and_not_of_the_day_of_the_clerk(
    client, cast, operator
):
    # On 31 March 2026 the powers of 2025 held (constitution 7.4); from 1 April others do.
    clerk = replace(operator, account=cast.democratic_services_officer)
    earlier = room_for(clerk, date(2026, 3, 31))
    expect_everybody(clerk, "middlemarch", earlier.meeting.name, key="all")
    earlier.put()
    for person in EVERYONE:
        earlier.say(Happens.ARRIVED, "14:00", who=person)
    earlier.open()
    earlier.vote(*EVERYONE)
    client.force_login(cast.democratic_services_officer)
    shown = words(client.get(path(earlier, "record/"), {"item": "5", "clock": "14:50"}))
    assert "is in force on 31 March 2026" in shown
    assert "Can be recorded: decided" in shown


def test_what_the_public_was_kept_from_is_told_as_such_and_not_in_its_words(client, room):
    room.say(Happens.ARRIVED, "14:00", who=BROOKE)
    room.say(EntryKind.EXCLUDED, item="5", parts=["the rival bidder's prices"], resolved=True,
             paragraph=3, outweighs="Bidders would gain", special_reasons="Prices")  # fmt: skip
    shown = words(client.get(path(room)))
    assert "The public is excluded from part of it." in shown
    assert "rival bidder" not in shown


def test_the_agenda_of_a_body_that_meets_in_private_is_not_shown_to_the_public(client, clerk, cast):
    room = room_for(clerk, date(2026, 11, 26), "executive_group")
    room.put("1", "A delicate matter")
    expect_everybody(clerk, "middlemarch", room.meeting.name, key="all")
    room.say(Happens.ARRIVED, "14:00", who="Caleb Garth")
    assert "delicate" not in client.get(path(room)).content.decode()
    assert "delicate" not in client.get(path(room) + "?part=room").content.decode()
    client.force_login(cast.councillor)
    assert "delicate" in client.get(path(room)).content.decode()


def test_a_member_sees_in_which_seat_they_sit_under_which_power_and_their_interests(
    client, cast, room
):
    InterestEntry.objects.create(
        place_id="middlemarch", person=SPRAGUE, in_what="gp_federation", what="Partner",
        kinds={"NHS body": "financial"}, starts=date(2026, 4, 1), key="i",
        recorded_at="2026-04-01T09:00Z", recorded_by="x",
    )  # fmt: skip
    room.put("5", "Forty reablement places", facts={**FACTS, "touches": ["gp_federation"]})
    Account.objects.filter(pk=cast.nhs_board_member.pk).update(name=SPRAGUE)
    client.force_login(cast.nhs_board_member)
    shown = words(client.get(path(room)))
    assert "Dr Sprague , Medical Director: you sit for NHS Loamshire" in shown
    # £600,000 is within the ordinary limit of £750,000, handbook clause 4.2.
    assert "You decide it for the ICB under clause 4.2" in shown
    assert "Dr Sprague may not vote, and leaves." in shown


def test_a_members_declaration_is_seen_by_the_clerk_and_keeps_them_from_voting(client, cast, room):
    Account.objects.filter(pk=cast.nhs_board_member.pk).update(name=SPRAGUE)
    client.force_login(cast.nhs_board_member)
    sent = {"item": "5", "in": "gp_federation", "what": "Partner in it", "key": "mine",
            "kind-NHS body": "financial"}  # fmt: skip
    assert client.post(path(room, "declare/"), sent).status_code == 302
    client.force_login(cast.democratic_services_officer)
    shown = words(client.get(path(room, "record/"), {"item": "5"}))
    assert "Dr Sprague : partner in it. Declared at this item" in shown


def test_following_asks_one_question_of_the_database_and_answers_304_where_nothing_came(
    client, cast, room, django_assert_num_queries
):
    client.force_login(cast.councillor)
    with django_assert_num_queries(1):
        first = client.get(path(room, "head/"))
    with django_assert_num_queries(1):
        again = client.get(path(room, "head/"), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    room.say(Happens.ARRIVED, "14:00", who=BROOKE)
    after = client.get(path(room, "head/"), headers={"if-none-match": first["ETag"]})
    assert after.status_code == 200
    assert after.json()["head"] == first.json()["head"] + 1


def test_a_clerk_calls_a_meeting_and_finds_its_people_and_its_agenda_there(client, cast, operator):
    for file in sorted((PLACES / "middlemarch" / "matters").glob("*.toml")):
        load_matter(operator, "middlemarch", file.stem, file.read_text("utf-8"))
    client.force_login(cast.democratic_services_officer)
    sent = {"body": "board", "on": "2027-01-27", "at": "14:00"}
    made = client.post("/middlemarch/meetings/call/", sent)
    assert made["Location"] == "/middlemarch/meetings/2027-01-27-board/record/"
    shown = words(client.get(made["Location"], {"item": "reablement_beds/board"}))
    assert "Reablement beds at Freshitt" in shown
    assert "Dr Minchin" in shown
    client.post("/middlemarch/meetings/call/", sent)
    assert Meeting.objects.count() == 1
    listed = words(client.get("/middlemarch/meetings/?body=board"))
    assert "The meeting : Middlemarch Joint Board, 27 January 2027" in listed


def test_a_meeting_of_two_bodies_at_once_shows_every_bench_with_its_body(client, cast, clerk):
    room = room_for(clerk, date(2026, 12, 8), "cabinet", "icb_board")
    expect_everybody(clerk, "middlemarch", room.meeting.name, key="all")
    room.put("1", "The agreement")
    client.force_login(cast.democratic_services_officer)
    shown = words(client.get(path(room, "record/")))
    # Constitution 7: three of Cabinet; handbook 3: six of the Board.
    assert "Middlemarch Borough Council, Cabinet 0 can decide, 3 needed" in shown
    assert "Board of NHS Loamshire 0 can decide, 6 needed" in shown
    assert "Record the decision: Cabinet" in shown


def test_a_substitute_is_offered_where_the_seat_allows_one_and_seated_by_one_press(
    client, cast, room
):
    client.force_login(cast.democratic_services_officer)
    for person in (BROOKE, ROSAMOND, SPRAGUE):
        act(client, room, "arrived", person, who=person)
    act(client, room, "apologies", "sorry", who=VINCY)
    # Schedule 2, 2: the council's members come from Cabinet and may name substitutes; the leader
    # is the one member of Cabinet who does not sit here.
    shown = words(act_html(act(client, room, "open", "o")))
    assert "Seat Councillor Arthur Brooke for Councillor Walter Vincy" in shown
    assert "for Dr Minchin" not in shown
    seated = act(client, room, "seat", "s", who="Councillor Arthur Brooke", instead_of=VINCY,
                 seat="board.members", named="yes")  # fmt: skip
    assert "2 can decide, 2 needed" in words(act_html(seated))
    assert "Substitute for Councillor Walter Vincy" in words(act_html(seated))


def test_struck_out_entries_stay_and_the_agenda_is_put_in_another_order(client, cast, room):
    client.force_login(cast.democratic_services_officer)
    act(client, room, "arrived", "a", who=BROOKE)
    slip = MeetingEntry.objects.get(key="a")
    assert act(client, room, "strike", "x", entry=slip.number, why="").status_code == 409
    gone = act(client, room, "strike", "y", entry=slip.number, why="It was Celia")
    assert "Councillor Dorothea Brooke arrived Struck out" in words(act_html(gone))
    act(client, room, "item", "i", title="A late one", why_late="The lease ends on Friday")
    act(client, room, "move", "m", item="added-1", way="earlier")
    shown = words(client.get(path(room)))
    assert shown.index("A late one") < shown.index("Forty reablement places")
    assert "Late: The lease ends on Friday." in shown


def test_the_clerks_page_asks_as_many_questions_however_long_the_record_is(client, cast, room):
    client.force_login(cast.democratic_services_officer)
    client.get(path(room, "record/"))

    def questions():
        with CaptureQueriesContext(connection) as found:
            client.get(path(room, "record/"))
        return len(found)

    act(client, room, "note", "n0", words="One")
    before = questions()
    for number in range(30):
        act(client, room, "note", f"n{number + 1}", words="More")
    assert questions() == before


def test_an_act_that_the_page_does_not_know_is_refused_and_writes_nothing(client, cast, room):
    client.force_login(cast.democratic_services_officer)
    before = MeetingEntry.objects.count()
    for name in ("dance", "fact", "seat", "view", "casting", "ruled", "exclude"):
        assert act(client, room, name, f"k-{name}").status_code == 409
    assert MeetingEntry.objects.count() == before
    assert not Outcome.objects.exists()
