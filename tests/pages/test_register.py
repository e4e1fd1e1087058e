"""The register as anybody reads it and as a clerk keeps it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils.timezone import localtime
from tests.commands.meeting_room import FACTS
from tests.pages.register_entries import GROUND, agreed, called_in, private, publish, put_off

from concord.records.models import DecisionStep, Publication

REGISTER = "/middlemarch/decisions/register/"


@pytest.fixture
def clerk(cast, operator):
    return replace(operator, account=cast.democratic_services_officer)


def read(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_the_pair_says_both_agreed_and_why_it_cannot_start(client, clerk):
    called_in(clerk)
    said = read(client, f"{REGISTER}council-2026-1/?on=2026-11-24")
    assert "Both organisations agreed. It cannot start yet." in said
    assert "The council’s half has been called in" in said
    # Ten working days after Monday 16 November: Monday 30 November.
    assert "30 November 2026" in said
    assert f"on the ground “{GROUND}”" in said


def test_each_half_has_the_same_parts_in_the_same_order(client, clerk):
    called_in(clerk)
    data = client.get(f"{REGISTER}icb-2026-1.json?on=2026-11-24").json()
    council, icb = data["halves"]
    assert list(council) == list(icb)
    assert (council["state"], icb["state"]) == ("Called in", "Waits for its partner")
    assert "Rosamond Vincy" in icb["decided_by"]
    assert icb["call_in"] == "None: it cannot be called in"
    assert data["may_be_carried_out"] is False


def test_on_the_day_before_it_was_called_in_the_page_says_its_window_was_open(client, clerk):
    called_in(clerk)
    said = read(client, f"{REGISTER}council-2026-1/?on=2026-11-15")
    # Five working days after Thursday 12 November, to five o'clock: Thursday 19 November.
    assert "open to call-in until Thursday 19 November 2026 at 17:00" in said


def test_the_chain_reaches_the_function_and_no_link_is_broken(client, clerk):
    agreed(clerk)
    data = client.get(f"{REGISTER}council-2026-1.json").json()
    assert data["whole"] == "No link is broken."
    leads = [link["leads"] for link in data["chains"][0]["links"]]
    assert leads[0] == "decision"
    assert leads[-1] == "held by law"
    # LGA 2000, section 9D: executive functions are the executive’s.
    assert "Cabinet" in data["chains"][0]["links"][-1]["what"]
    assert "LGA 2000" in data["chains"][0]["links"][-1]["authority"]["law"]
    assert "£750,000" in str(data["chains"][0])  # clause 7.4: the ordinary limit reaches £600,000


def test_reasons_are_not_public_before_the_record_is(client, clerk):
    agreed(clerk)
    said = read(client, f"{REGISTER}council-2026-1/")
    assert FACTS["reasons"] not in said
    assert "Its record is not published yet" in said
    assert FACTS["reasons"] not in str(client.get(f"{REGISTER}council-2026-1.json").json())
    publish(clerk, "council-2026-1", datetime(2026, 11, 12, 9, tzinfo=UTC))
    assert FACTS["reasons"] in read(client, f"{REGISTER}council-2026-1/")


def test_nothing_of_a_private_decision_is_told_anywhere(client, clerk):
    private(clerk)
    publish(
        clerk, "council-2026-1", datetime(2026, 11, 5, 9, tzinfo=UTC), public_text="To take a lease"
    )
    pages = [
        f"{REGISTER}council-2026-1/", f"{REGISTER}council-2026-1.json", REGISTER,
        "/middlemarch/decisions/register.json", "/middlemarch/decisions/register.atom",
        f"{REGISTER}figures/", f"{REGISTER}figures.json", f"{REGISTER}figures.csv",
        "/search/?q=lease", "/search.json?q=rival", "/middlemarch/",
        f"/middlemarch/papers/{Publication.objects.get(kind='decision record').pk}/",
    ]  # fmt: skip
    for path in pages:
        said = client.get(path).content.decode()
        assert "654,321" not in said, path
        assert "65432100" not in said, path
        assert "asked for more" not in said, path
    assert "To take a lease" in read(client, f"{REGISTER}council-2026-1/")


def test_an_item_put_off_has_a_page_with_its_returns_and_what_it_waits_for(client, clerk):
    outcome = put_off(clerk)
    said = read(client, f"{REGISTER}outcome-{outcome.pk}/?on=2026-11-24")
    assert "It was put off." in said
    assert "It has not returned yet." in said
    assert "consult" in said
    assert read(client, REGISTER).count("A shared contact centre") == 1


def test_the_register_is_filtered_and_paged_by_key_without_losing_a_line(
    client, clerk, monkeypatch
):
    monkeypatch.setattr("concord.web.register.PER_PAGE", 2)
    for number, day in enumerate((2, 3, 4, 5, 6), 1):
        agreed(clerk, date(2026, 11, day), f"Places, part {number}", str(number))
    titles, address = [], "/middlemarch/decisions/register.json"
    while address:
        data = client.get(address).json()
        titles += [row["title"] for row in data["outcomes"]]
        address = data["more"]
    assert titles == [f"Places, part {n}" for n in (5, 4, 3, 2, 1)]
    assert client.get(f"{REGISTER}?state=in+effect").status_code == 200
    only = client.get("/middlemarch/decisions/register.json?organisation=icb&year=2025").json()
    assert only["outcomes"] == []


@pytest.mark.parametrize("asked", ["after=x", "after=2026-13-01_5", "year=zzzz", "state=%00x",
                                   "after=2026-11-01_" + "9" * 40, "body=../x"])  # fmt: skip
def test_a_question_nobody_can_read_shows_a_page_all_the_same(client, clerk, asked):
    agreed(clerk)
    assert client.get(f"{REGISTER}?{asked}").status_code == 200


def test_the_feed_tells_what_becomes_of_a_decision(client, clerk):
    called_in(clerk)
    said = client.get("/middlemarch/decisions/register.atom").content.decode()
    assert "Call in: Forty reablement places" in said
    assert said.index("Call in") < said.index("Publish: ")


def test_figures_count_attendance_call_ins_and_what_was_late(client, clerk):
    called_in(clerk)
    put_off(clerk)
    data = client.get(f"{REGISTER}figures.json").json()
    year = data["totals"][-1]
    # Two meetings at which all six came; two decisions, one called in; one item put off.
    assert (year["meetings"], year["seats_expected"], year["seats_filled"]) == (2, 12, 12)
    assert (year["decisions"], year["called_in"], year["put_off"]) == (2, 1, 1)
    assert {"of": "£500,000 to £999,999", "2026": 2} in data["by_sum"]
    lines = client.get(f"{REGISTER}figures.csv").content.decode().splitlines()
    assert lines[0].startswith("body,year,meetings")


# --- the clerk ---


def post(client, reference: str, **said):
    return client.post(f"{REGISTER}{reference}/record/", said, follow=True)


def test_a_clerk_publishes_and_the_page_then_offers_the_call_in(client, clerk, cast):
    # The page publishes now, so the meeting was held on the day that it is.
    today = localtime().date()
    agreed(replace(clerk, now=localtime()), today, "Places of today")
    client.force_login(cast.democratic_services_officer)
    assert "Publish its record" in read(client, f"{REGISTER}council-{today.year}-1/")


def test_what_may_not_follow_stands_with_its_reason(client, clerk, cast):
    called_in(clerk)
    client.force_login(cast.democratic_services_officer)
    said = read(client, f"{REGISTER}council-2026-1/?on=2026-11-24")
    assert "Record that scrutiny endorsed it" in said
    assert "It is called in, and nobody can confirm." in said


def test_a_call_in_a_minute_after_the_window_is_refused_with_the_moment(client, clerk, cast):
    agreed(clerk)
    publish(clerk, "council-2026-1", datetime(2026, 11, 12, 9, tzinfo=UTC))
    client.force_login(cast.democratic_services_officer)
    said = {"do": "call in", "members": "A\nB\nC\nD\nE", "ground": GROUND, "at_day": "2026-11-19"}
    late = post(client, "council-2026-1", key="l", **said, at_time="17:01")
    assert late.status_code == 403
    assert (
        "call-in window closed on Thursday 19 November 2026 at 17:00"
        in late.content.decode().replace("\u00a0", " ")
    )
    assert post(client, "council-2026-1", key="m", **said, at_time="17:00").status_code == 200
    assert DecisionStep.objects.filter(step="call in").count() == 1


def test_a_form_sent_twice_records_one_step(client, clerk, cast):
    called_in(clerk)
    client.force_login(cast.democratic_services_officer)
    said = {"do": "endorse", "key": "once", "at_day": "2026-11-20", "at_time": "11:00"}
    for _ in range(2):
        assert "In effect" in post(client, "council-2026-1", **said).content.decode()
    assert DecisionStep.objects.filter(step="endorse").count() == 1


def test_a_later_decision_ends_an_earlier_one_and_the_page_names_it(client, clerk, cast):
    agreed(clerk, date(2026, 11, 4), "Places, for one year", "4")
    agreed(clerk, date(2026, 11, 11), "Places, for two years", "5")
    client.force_login(cast.democratic_services_officer)
    post(client, "icb-2026-1", do="superseded", by="icb-2026-2", key="s", at_day="2026-11-11",
         at_time="15:00")  # fmt: skip
    client.logout()
    assert "has been superseded" in read(client, f"{REGISTER}icb-2026-1/?on=2026-11-24")


@pytest.mark.parametrize("person", ["councillor", "provider", "pool_manager"])
def test_nobody_else_sees_or_takes_a_step(client, clerk, cast, person):
    agreed(clerk)
    client.force_login(getattr(cast, person))
    assert "What may follow" not in read(client, f"{REGISTER}council-2026-1/")
    assert post(client, "council-2026-1", do="publish", key="x").status_code == 403
    assert not DecisionStep.objects.exists()


def test_a_visitor_is_asked_to_sign_in_before_a_step(client, clerk):
    agreed(clerk)
    answer = client.post(f"{REGISTER}council-2026-1/record/", {"do": "publish"})
    assert answer.status_code == 302


# --- search ---


def test_search_finds_a_decision_a_body_and_a_person(client, clerk):
    agreed(clerk)
    hits = client.get("/search.json?q=reablement").json()["hits"]
    assert "/middlemarch/decisions/register/council-2026-1/" in [h["address"] for h in hits]
    bodies = client.get("/search.json?q=joint+board&kind=body").json()["hits"]
    assert any(h["address"].startswith("/middlemarch/bodies/") for h in bodies)


def test_search_shows_what_was_asked_and_trusts_none_of_it(client, clerk):
    said = client.get("/search/?q=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in said


# --- how much is asked of the database ---


def test_a_decision_asks_the_same_of_the_database_however_long_the_register(client, clerk):
    agreed(clerk, date(2026, 11, 2), "Places, part 1", "1")
    before = _queries(client, f"{REGISTER}council-2026-1/"), _queries(client, REGISTER)
    for day in (3, 4, 5, 6, 9, 10):
        agreed(clerk, date(2026, 11, day), f"Places, day {day}", str(day))
    after = _queries(client, f"{REGISTER}council-2026-1/"), _queries(client, REGISTER)
    assert after == before


def _queries(client, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


# --- the front page and the desk ---


def test_the_front_page_shows_the_newest_and_what_waits_on_call_in(client, clerk):
    called_in(clerk)
    said = read(client, "/middlemarch/")
    assert "Waiting on call-in" in said
    assert "council-2026-1 is on hold until Monday 30 November 2026 at midnight" in said


def test_the_desk_gives_a_record_its_day_and_only_to_who_keeps_the_register(client, clerk, cast):
    today = localtime().date()
    agreed(replace(clerk, now=localtime()), today, "Places of today")
    client.force_login(cast.democratic_services_officer)
    said = read(client, "/desk/")
    assert f"Publish the record of council-{today.year}-1" in said
    assert f"icb-{today.year}-1" not in said
    client.force_login(cast.councillor)
    assert "Publish the record" not in read(client, "/desk/")


def test_one_persons_decision_is_nobodys_to_read_until_its_record_is_public(client, clerk):
    alone = _alone(clerk)
    row = alone.decisions.get()
    assert client.get(f"{REGISTER}{row.reference}/").status_code == 404
    assert "Six hoists" not in read(client, REGISTER)
    assert client.get("/search.json?q=hoists").json()["hits"] == []
    publish(clerk, row.reference, datetime(2026, 11, 13, 9, tzinfo=UTC))
    assert "decided." in read(client, f"{REGISTER}{row.reference}/")
    assert "Six hoists" in read(client, REGISTER)


def _alone(clerk):
    from concord.commands.deciding import record_alone
    from concord.domain.agreements.matter import Facts

    # Constitution, 12: the director decides up to £250,000 once the lead member is consulted.
    facts = {**FACTS, "functions": ["care"], "amount": "£20,000", "modes": []}
    item = {"item": "a1", "title": "Six hoists", "purpose": "decision", "facts": facts}
    return record_alone(
        clerk, "middlemarch", maker="director", person="Caleb Garth", item=item, key="alone",
        facts=Facts(consulted=frozenset({"lead_member"})),
        at=datetime.fromisoformat("2026-11-12 10:00"),
    )  # fmt: skip


def test_a_decision_meant_to_hold_from_an_earlier_day_is_named_retrospective(client, clerk):
    from tests.commands.meeting_room import EVERYONE, room_for

    room = room_for(clerk, date(2026, 11, 11))
    room.gather()
    room.put()
    room.open()
    room.vote(*EVERYONE)
    room.outcome(holds_from=date(2026, 10, 1))
    said = read(client, f"{REGISTER}council-2026-1/")
    assert "council-2026-1 is meant to hold from 1 October 2026, before it was made." in said


def test_whoever_records_decisions_finds_where_one_person_decides_alone(client, cast):
    address = 'href="/middlemarch/decide/"'
    assert address not in client.get("/middlemarch/decisions/register/").content.decode()
    client.force_login(cast.democratic_services_officer)
    assert address in client.get("/middlemarch/decisions/register/").content.decode()
