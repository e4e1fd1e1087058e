"""Popolo JSON, held to the standard's own schemas: one group result for each organisation."""

from dataclasses import replace

import pytest
from tests.commands.meeting_room import (
    BROOKE,
    COUNCIL,
    EVERYONE,
    ICB,
    MINCHIN,
    ROSAMOND,
    SPRAGUE,
    decided,
    room_for,
)
from tests.documents.popolo_schemas import OF, SCHEMAS, faults

MEETING, REGISTER = "middlemarch/body/board", "/middlemarch/popolo/"


@pytest.fixture
def clerk(cast, operator):
    return replace(operator, account=cast.democratic_services_officer)


def rows(client, kind):
    answer = client.get(f"{REGISTER}{kind}.json")
    assert answer.status_code == 200
    return answer.json()[kind]


def test_the_schemas_are_the_sixteen_of_the_standard_and_refuse_what_is_wrong():
    assert len(SCHEMAS) == 16
    # The standard's own example of a motion fails its own schema in just this way.
    assert faults("motion", {"vote_events": ["5"]})
    assert faults("vote_event", {"group_results": [{"group_id": "a"}]})  # result is required
    assert not faults("motion", {"vote_events": [{"id": "5"}]})


def test_an_item_that_all_six_agree_validates_and_carries_two_group_results(client, clerk):
    """Acceptance test 10: the export of test 1, three delegates of each, all for it."""
    decided(clerk)
    (one,) = rows(client, "motions")
    assert faults("motion", one) == []
    (vote,) = one["vote_events"]
    assert one["result"] == vote["result"] == "pass"
    assert [(g["group_id"], g["result"]) for g in vote["group_results"]] == [
        ("middlemarch/organisation/council", "pass"),
        ("middlemarch/organisation/icb", "pass"),
    ]
    assert vote["organization_id"] == MEETING
    assert one["identifier"] == "council-2026-1, icb-2026-1"
    # 14:50 on 25 November is Greenwich time.
    assert vote["start_date"] == "2026-11-25T14:50:00Z"


def test_where_the_nhs_view_is_against_the_two_groups_differ_and_nothing_passes(client, clerk):
    room = room_for(clerk)
    room.gather()
    room.put()
    room.open()
    room.vote(*COUNCIL, ROSAMOND)
    room.vote(SPRAGUE, MINCHIN, way=False)
    room.outcome()
    (vote,) = rows(client, "vote_events")
    assert faults("vote_event", vote) == []
    assert vote["result"] == "fail"
    assert [g["result"] for g in vote["group_results"]] == ["pass", "fail"]
    # Four of the six voted for it by name, as delegates do.
    counts = {(c["option"], c["group_id"][-3:]): c["value"] for c in vote["counts"]}
    assert counts == {("yes", "cil"): 3, ("yes", "icb"): 1, ("no", "icb"): 2}
    assert rows(client, "motions")[0]["result"] == "deferred"


def test_whoever_votes_by_name_is_a_person_of_the_export_and_so_is_every_group(client, clerk):
    decided(clerk)
    people = {one["id"]: one["name"] for one in rows(client, "persons")}
    organisations = {one["id"] for one in rows(client, "organizations")}
    (vote,) = rows(client, "vote_events")
    assert sorted(people[v["voter_id"]] for v in vote["votes"]) == sorted(EVERYONE)
    assert {v["group_id"] for v in vote["votes"]} <= organisations
    assert list(people.values()).count(BROOKE) == 1
    assert all(p in people.values() for p in ICB)


@pytest.mark.parametrize("kind", OF)
def test_every_collection_validates_object_by_object_and_its_names_lead_somewhere(
    client, clerk, kind
):
    decided(clerk)
    found = rows(client, kind)
    assert found
    assert [f for one in found for f in faults(OF[kind], one)] == []
    assert len({one["id"] for one in found}) == len(found)
    known = {one["id"] for k in ("persons", "organizations", "posts") for one in rows(client, k)}
    links = ("person_id", "organization_id", "post_id", "parent_id", "on_behalf_of_id")
    assert {one[k] for one in found for k in links if one.get(k)} <= known


def test_a_joint_body_has_each_of_its_organisations_as_a_member_and_no_single_parent(
    client, middlemarch
):
    board = next(o for o in rows(client, "organizations") if o["id"] == MEETING)
    assert "parent_id" not in board
    members = {m["member"]["id"] for m in rows(client, "memberships")
               if m["organization_id"] == MEETING and "member" in m}  # fmt: skip
    assert members == {"middlemarch/organisation/council", "middlemarch/organisation/icb"}


def test_the_words_of_an_item_are_not_there_before_its_record_is_public(client, clerk):
    outcome = decided(clerk)
    (one,) = rows(client, "motions")
    assert one["text"] == outcome.title
    assert "reasons" not in str(one)


def test_every_place_is_in_the_one_of_all_places_and_validates(client, middlemarch, operator):
    said = client.get("/popolo.json").json()
    (place,) = said["places"]
    assert place["fictional"] is True
    assert all(client.get(place[kind]).status_code == 200 for kind in OF)
    assert [f for one in said["organizations"] for f in faults("organization", one)] == []


def test_what_the_standard_has_not_is_not_found(client, middlemarch):
    assert client.get("/middlemarch/popolo/speeches.json").status_code == 404
    assert client.get("/nowhere/popolo/persons.json").status_code == 404
    assert client.get("/middlemarch/popolo/persons.json?on=never").status_code == 400
    assert client.get("/middlemarch/popolo/motions.json?page=x").status_code == 200
