"""The acceptance answers of the arrangement, asked at the command line.

Expected values are the reports' own: 000 Sheffield, 001 Southampton, 002 Nottinghamshire,
003 City of London, 004 Doncaster.
"""

from __future__ import annotations

import json

import pytest

from concord.cli import main

STANDS, REFUSED, NOT_UNDERSTOOD, NOT_STATED, NEEDS = 0, 1, 2, 3, 4
BOARD = ["--at", "board", "--maker", "board.cabinet_members", "--within-budget", "--mode", "pooled"]
SOUTHAMPTON = [
    "authority",
    "southampton",
    "--function",
    "executive_commissioning",
    "--on",
    "2017-10-10",
]


def southampton(amount: str, council: str, ccg: str, *more: str) -> list[str]:
    seats = ["--seat", f"cabinet_members={council}", "--seat", f"governing_members={ccg}"]
    return [*SOUTHAMPTON, "--amount", amount, *BOARD, *seats, *more]


def test_two_million_with_all_three_and_consensus_stands_citing_28_and_18(capsys):
    assert main(southampton("£2,000,000", "3", "3")) == STANDS
    said = capsys.readouterr().out
    assert "001 ¶28" in said
    assert "001 ¶18" in said


def test_a_pound_more_is_refused_citing_the_limit(capsys):
    assert main(southampton("£2,000,001", "3", "3")) == REFUSED
    said = capsys.readouterr().out
    assert "£2,000,001 is over the limit of £2,000,000" in said
    assert "001 ¶28" in said


def test_two_of_three_leaves_the_ordinary_limit_which_is_not_stated(capsys):
    assert main(southampton("£1,900,000", "2/3", "3")) == NOT_STATED
    said = capsys.readouterr().out
    assert "the limit is not stated, only that it is below £2,000,000".lower() in said.lower()
    assert "record the limit" in said  # what to do


def test_two_of_three_refuses_the_raised_limit_on_the_agreement_of_all_three(capsys):
    words = southampton("£1,900,000", "2/3", "3")
    del words[words.index("--maker") : words.index("--maker") + 2]
    main([*words, "--json"])
    ruling = json.loads(capsys.readouterr().out)["ruling"]
    raised = [
        option
        for option in ruling["halves"][0]["options"]
        if option["chain"]["steps"] and option["chain"]["steps"][0]["id"] == "executive_raised"
    ]
    assert [option["verdict"]["answer"] for option in raised] == ["refused"]
    against = [r["says"] for r in raised[0]["verdict"]["reasons"] if r["answer"] == "refused"]
    assert len(against) == 1
    assert against[0].startswith("2 of the 3 needed agree")


def test_the_other_partner_against_refuses_and_says_what_must_happen_first(capsys):
    assert main(southampton("£1,900,000", "3", "0/3")) == REFUSED
    assert "deferred until" in capsys.readouterr().out


def test_aligned_money_may_be_considered_and_is_decided_by_the_responsible_partner(capsys):
    words = [*SOUTHAMPTON, "--amount", "£100,000", "--mode", "aligned", "--json"]
    assert main(words) == STANDS
    ruling = json.loads(capsys.readouterr().out)["ruling"]
    board = next(c for c in ruling["capacities"] if c["body"] == "board")
    assert board["verb"] == "recommend"
    able = [
        o["maker"] for o in ruling["halves"][0]["options"] if o["verdict"]["answer"] == "stands"
    ]
    assert able == ["cabinet"]


def test_sheffields_committee_recommends_and_each_body_decides(capsys):
    from concord.cli.texts import arrangement_of

    a = arrangement_of("sheffield")
    committee = next(
        b for b in a.bodies.values() if b.legal_form == "regulation 10 joint committee"
    )
    functions = [f.id for f in a.functions.values() if f.kind in ("executive", "NHS")]
    asked = [word for f in functions for word in ("--function", f)]
    main(["authority", "sheffield", *asked, "--on", "2019-06-03", "--mode", "pooled", "--json"])
    ruling = json.loads(capsys.readouterr().out)["ruling"]
    capacity = next(c for c in ruling["capacities"] if c["body"] == committee.id)
    assert capacity["verb"] != "decide"
    assert all(half["options"] for half in ruling["halves"])
    makers = {half["options"][0]["maker"] for half in ruling["halves"]}
    assert committee.id not in makers


def test_a_health_and_wellbeing_board_is_refused_an_executive_function_with_the_reason(capsys):
    words = [*SOUTHAMPTON, "--maker", "health_and_wellbeing_board", "--amount", "£1,000"]
    assert main(words) == REFUSED
    said = capsys.readouterr().out
    assert "cannot exercise an executive function" in said


def test_the_board_of_individual_delegates_decides_nothing_itself(capsys):
    words = [*SOUTHAMPTON, "--maker", "board", "--amount", "£1,000"]
    assert main(words) == REFUSED
    assert "its members" in capsys.readouterr().out


def test_an_unknown_place_function_seat_or_amount_is_said_calmly_with_the_nearest_word(capsys):
    asked = {
        ("authority", "southhampton"): "no arrangement is found",
        (
            "authority",
            "southampton",
            "--function",
            "executive_comissioning",
        ): "executive_commissioning",
        (*SOUTHAMPTON, "--amount", "2000000"): "pound sign",
        (*SOUTHAMPTON, "--at", "board", "--seat", "cabinet=3"): "cabinet_members",
        (*SOUTHAMPTON, "--act", "procur"): "procure",
    }
    for words, said in asked.items():
        assert main(list(words)) == NOT_UNDERSTOOD
        assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "place", ["sheffield", "southampton", "nottinghamshire", "city_of_london", "doncaster"]
)
def test_no_question_to_a_real_place_ends_in_a_traceback(place, capsys):
    from concord.cli.texts import arrangement_of

    for function in arrangement_of(place).functions:
        for day in ("2011-10-20", "2017-10-10", "2026-11-24"):
            code = main(
                ["authority", place, "--function", function, "--amount", "£500,000", "--on", day]
            )
            assert code in (STANDS, REFUSED, NOT_STATED, NEEDS)
    assert capsys.readouterr().err == ""


SIGNING = [
    "--act",
    "sign agreement",
    "--agreement",
    "s75",
    "--on",
    "2019-03-01",
    "--maker",
    "cabinet",
]


def test_doncasters_section_75_cannot_be_signed_before_the_further_cabinet_decision(capsys):
    words = ["authority", "doncaster", "--function", "integration", *SIGNING]
    assert main(words) == NEEDS
    said = capsys.readouterr().out
    assert "Ask Cabinet to agree" in said
    assert "004 ¶49" in said
    assert main([*words, "--consulted", "cfo"]) == REFUSED


def test_the_city_has_two_pools_and_no_power_over_one_reaches_the_other(capsys):
    from concord.cli.texts import arrangement_of

    a = arrangement_of("city_of_london")
    agreements = [g for g in a.agreements.values() if g.kind == "section 75"]
    assert len(agreements) == 2
    city, hackney = (set(g.parties) for g in agreements)
    assert city & hackney == {"ccg"}  # one CCG, two councils
    for row in a.delegations.values():
        owners = {a.functions[f].of for f in row.covers.functions}
        assert len(owners) == 1, f"{row.id} would join two partners' functions"


def test_a_substitute_fills_a_seat_and_does_not_use_the_members_power(capsys):
    seats = ["--at", "board", "--seat", "members=2,2 substitutes", "--seat", "icb=3"]
    words = ["authority", "middlemarch", "--function", "care", "--act", "commission", *seats]
    words += ["--amount", "£700,000", "--mode", "pooled", "--within-budget", "--on", "2024-10-15"]
    assert main([*words, "--maker", "board.members"]) == REFUSED
    assert "Only substitutes sit for" in capsys.readouterr().out
    assert main([w.replace("2,2 s", "2,3 s") for w in words]) == NOT_UNDERSTOOD
