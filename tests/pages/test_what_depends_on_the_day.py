"""Whose turn it is to chair, what runs out, and what an agreement has to deal with, on pages."""

import pytest


def said(client, address: str) -> str:
    return client.get(address).content.decode().replace("\xa0", " ")


@pytest.mark.parametrize(
    ("on", "who"),
    [
        # The first term began on 1 April 2023 with the council's members; each year in turn.
        ("2024-03-31", "The council’s members of the Middlemarch Joint Board."),
        ("2024-04-01", "The ICB’s members of the Middlemarch Joint Board."),
        ("2026-11-24", "The ICB’s members of the Middlemarch Joint Board."),
    ],
)
def test_a_board_that_alternates_says_whose_turn_it_is(client, middlemarch, on, who):
    assert f"In the chair on this day:</b> {who}" in said(
        client, f"/middlemarch/bodies/board/?on={on}"
    )


def test_an_option_gives_nothing_until_it_is_used(client, middlemarch):
    front = said(client, "/middlemarch/")
    assert "it ends on 31 March 2029." in front
    assert "2031" not in front


def test_a_section_75_agreement_says_where_it_deals_with_each_head_the_law_asks_for(
    client, middlemarch
):
    shown = said(client, "/middlemarch/agreements/")
    assert "SI 2000/617, regulation 7(3)" in shown
    assert "0 missing" in shown
    data = client.get("/middlemarch/agreements.json").json()
    heads = {one["head"]: one for one in data["required"]["s75"]}
    assert heads["host"]["clause"] == "8.1"
    assert data["required"]["alliance_memorandum"] == []


def test_the_last_day_for_notice_stands_among_an_agreements_clocks(client, middlemarch):
    days = client.get("/middlemarch/agreements.json").json()["days"]["s75"]
    # Twelve months' notice that ends it with the term of 31 March 2029.
    assert ("last day for notice", "2028-03-31") in {(d["clock"], d["day"]) for d in days}


def test_findings_of_a_day_are_those_of_the_day_asked(client, middlemarch):
    ids = {f["id"] for f in client.get("/middlemarch/findings.json?on=2027-02-20").json()["of_day"]}
    assert {"deleg.ends_soon", "agree.ends_soon"} <= ids
    early = client.get("/middlemarch/findings.json?on=2026-06-01").json()["of_day"]
    assert early == []


def test_a_council_that_leads_for_the_nhs_is_shown_its_own_clocks(client, middlemarch):
    data = client.get(
        "/middlemarch/authority.json?function=learning&amount=900,000&act=commission"
    ).json()
    cabinet = [c for c in data["clocks"] if c["maker"] in ("Cabinet", "Leader of the Council")]
    assert cabinet
    assert all(c["key"] is True for c in cabinet)
    named = {step["clock"] for one in cabinet for step in one["steps"]}
    assert "forward plan" in named


@pytest.mark.parametrize("day", ["0001-01-01", "1799-12-31", "2200-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "page", ["", "bodies/board/", "agreements/", "findings/", "authority/?function=care&amount=5"]
)
def test_a_day_beyond_all_reason_is_refused_calmly(client, middlemarch, day, page):
    mark = "&" if "?" in page else "?"
    answer = client.get(f"/middlemarch/{page}{mark}on={day}")
    assert answer.status_code == 400
    assert "A day lies between 1 January 1800 and 31 December 2199." in answer.content.decode()
