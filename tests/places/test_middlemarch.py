"""Middlemarch, the fictional place: that it is whole, says it is fictional, and gives no fault."""

from datetime import date
from pathlib import Path

import pytest

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.authority import may_decide
from concord.domain.agreements.matter import Facts, Matter, Sitting
from concord.domain.agreements.matter import Meeting as MeetingOf
from concord.domain.agreements.reader import Reading, read_arrangement
from concord.domain.agreements.words import (
    Act,
    AgreementKind,
    ChairRule,
    Clock,
    Flexibility,
    Head,
    LegalForm,
    Mode,
    Stage,
    TermKind,
)
from concord.domain.calendar import Period, Unit
from concord.domain.language.values import Limit
from concord.domain.places.organisations import Governance

TEXT = Path(__file__).parents[2] / "places" / "middlemarch" / "arrangement.toml"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_arrangement(TEXT.read_text(encoding="utf-8"), "arrangement.toml")


@pytest.fixture(scope="module")
def place(reading: Reading) -> Arrangement:
    assert reading.arrangement is not None
    return reading.arrangement


def test_it_says_that_it_is_fictional(reading: Reading, place: Arrangement) -> None:
    assert place.place.fictional is True
    assert reading.text.startswith("# Middlemarch is fictional.")


def test_it_gives_no_grave_finding(reading: Reading) -> None:
    assert reading.grave == ()


def test_a_cabinet_followed_a_committee_system(place: Arrangement) -> None:
    governance = place.organisations["council"].governance
    assert governance.on(date(2019, 5, 20)) is Governance.COMMITTEE_SYSTEM
    assert governance.on(date(2019, 5, 21)) is Governance.LEADER_AND_CABINET


def test_the_icb_took_over_everything_from_the_ccg(place: Arrangement) -> None:
    (succession,) = place.successions
    assert succession.on == date(2022, 7, 1)
    assert succession.carries == "everything"


def test_three_and_three_sit_at_the_joint_board(place: Arrangement) -> None:
    board = place.bodies["board"]
    assert board.legal_form is LegalForm.INDIVIDUAL_DELEGATES
    assert {s.of: s.count for s in board.known_seats.values()} == {"council": 3, "icb": 3}
    quorum = board.quorum.on(date(2026, 11, 24))
    assert quorum.number == 4
    assert quorum.each == {"council": 2, "icb": 2}


def test_the_chair_alternates_and_it_is_stated_who_began(place: Arrangement) -> None:
    chair = place.bodies["board"].chair.on(date(2026, 11, 24))
    assert chair.rule is ChairRule.ALTERNATING
    assert chair.first == "board.members"


@pytest.mark.parametrize(
    ("name", "starts", "ends"),
    [
        ("members", date(2024, 4, 1), date(2025, 3, 31)),
        ("members_2025", date(2025, 4, 16), date(2026, 3, 31)),
        ("members_2026", date(2026, 4, 1), date(2027, 3, 31)),
        ("icb", date(2024, 4, 1), date(2025, 3, 31)),
        ("icb_2025", date(2025, 4, 1), date(2026, 3, 31)),
        ("icb_2026", date(2026, 4, 1), date(2027, 3, 31)),
    ],
)
def test_each_years_powers_end_with_the_year(
    place: Arrangement, name: str, starts: date, ends: date
) -> None:
    given = place.delegations[name]
    assert (given.starts, given.ends) == (starts, ends)
    assert given.limit == Limit(75_000_000)


def test_the_raised_limit_asks_one_thing_more(place: Arrangement) -> None:
    ordinary, raised = place.delegations["members_2026"], place.delegations["members_raised_2026"]
    assert raised.limit == Limit(150_000_000)
    assert len(raised.provided) == len(ordinary.provided) + 1


def test_one_agreement_has_both_flexibilities_and_every_head(place: Arrangement) -> None:
    s75 = place.agreements["s75"]
    assert s75.kind is AgreementKind.SECTION_75
    assert s75.flexibilities == (Flexibility.POOLED_FUND, Flexibility.LEAD_COMMISSIONING)
    assert set(s75.contents) == set(Head)


def test_the_terms_run_from_2023_to_2029_without_a_gap(place: Arrangement) -> None:
    original, extension, option = place.agreements["s75"].known_terms
    assert (original.starts, original.ends) == (date(2023, 4, 1), date(2026, 3, 31))
    assert (extension.starts, extension.ends) == (date(2026, 4, 1), date(2029, 3, 31))
    assert option.kind is TermKind.OPTION


def test_the_extension_was_signed_after_it_began(place: Arrangement) -> None:
    extension = place.agreements["s75"].known_terms[1]
    assert extension.signed == {"council": date(2026, 4, 14), "icb": date(2026, 5, 6)}


def test_the_alliance_agreement_waits_for_both_partners(place: Arrangement) -> None:
    alliance = place.agreements["alliance"]
    assert alliance.follows == ("alliance_memorandum",)
    assert place.agreements["alliance_memorandum"].binding is False
    assert len(alliance.before[Stage.SIGNED]) == 2


@pytest.mark.parametrize(
    ("name", "clock", "period"),
    [
        ("forward_plan", Clock.FORWARD_PLAN, Period(28, Unit("clear days"))),
        ("agenda", Clock.AGENDA, Period(5, Unit("clear working days"))),
        ("call_in_window", Clock.CALL_IN_WINDOW, Period(5, Unit("working days"))),
        ("decision_published", Clock.DECISION_PUBLISHED, Period(2, Unit("working days"))),
    ],
)
def test_the_councils_own_clocks(
    place: Arrangement, name: str, clock: Clock, period: Period
) -> None:
    assert place.clocks[name].of == ("council",)
    assert (place.clocks[name].clock, place.clocks[name].period) == (clock, period)


def test_the_council_is_closed_on_christmas_eve(place: Arrangement) -> None:
    (closed,) = place.organisations["council"].working_days.on(date(2026, 12, 24)).also_closed
    assert closed.in_year(2026) == date(2026, 12, 24)


def test_the_pools_have_managers_of_both_partners(place: Arrangement) -> None:
    assert place.posts["pool_manager"].of == "council"
    assert place.posts["health_pool_manager"].of == "icb"
    assert place.duties["care_pool_report"].every == Period(3, Unit("months"))
    assert place.duties["health_pool_return"].every == Period(12, Unit("months"))


DAYS = [
    date(2025, 11, 1),
    date(2026, 3, 31),
    date(2026, 4, 1),
    date(2026, 10, 31),
    date(2027, 3, 1),
]


@pytest.mark.parametrize("on", DAYS)
def test_every_seat_but_those_of_full_council_has_someone_with_a_name_in_it(
    place: Arrangement, on: date
) -> None:
    for body in place.bodies.values():
        for seat in body.known_seats.values():
            if body.id == "full_council":
                continue
            held = [(p, holders_on(place, p, on)) for p in seat.posts]
            assert len(held) == seat.count
            assert [p for p, who in held if len(who) != 1] == []


def holders_on(place: Arrangement, post: str, on: date) -> list[str]:
    rows = place.posts[post].held_by
    return [h.name for h in rows if h.starts <= on and (h.ends is None or on <= h.ends)]


def test_twelve_sit_on_the_icbs_board_and_nine_on_scrutiny(place: Arrangement) -> None:
    assert place.bodies["icb_board"].known_seats["members"].count == 12
    assert place.bodies["scrutiny"].known_seats["councillors"].count == 9


def test_no_person_holds_two_posts_at_once(place: Arrangement) -> None:
    names = [name for post in place.posts for name in holders_on(place, post, date(2026, 11, 24))]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("body", "form", "votes", "needs"),
    [
        ("board", "individual delegates", "by organisation", "all"),
        ("prevention", "committees in common", "by organisation", "each for itself"),
        ("executive_group", "individual delegates", "by organisation", "all"),
        ("cabinet", "cabinet", "by member", "majority"),
        ("health_wellbeing", "health and wellbeing board", "by member", "majority"),
        ("alliance_board", "advisory", "none", None),
    ],
)
def test_there_is_a_body_of_every_way_of_deciding(
    place: Arrangement, body: str, form: str, votes: str, needs: str | None
) -> None:
    rule = place.bodies[body].deciding.on(date(2026, 11, 25))
    assert (place.bodies[body].legal_form, rule.votes, rule.needs) == (form, votes, needs)


def test_there_is_no_elected_mayor(place: Arrangement) -> None:
    assert "elected mayor" not in {p.kind for p in place.posts.values()}


@pytest.mark.parametrize(("present", "stands"), [(3, True), (2, True), (1, False)])
@pytest.mark.parametrize("on", [date(2025, 11, 26), date(2026, 4, 22), date(2027, 1, 27)])
def test_each_partners_committee_for_prevention_decides_its_own_part_up_to_400_000_pounds(
    place: Arrangement, present: int, stands: bool, on: date
) -> None:
    """Two of each partner's three are its quorum (constitution 10, handbook 7)."""
    seats = {"council": Sitting(present, 0, present, 0), "icb": Sitting(3, 0, 3, 0)}
    facts = Facts(meeting=MeetingOf("prevention", seats))
    for amount, limit_holds in ((40_000_000, True), (40_000_100, False)):
        ours = Matter(
            ("public_health",), Act.COMMISSION, amount, (Mode.POOLED,), within_budget=True
        )
        verdict = may_decide(place, "prevention.council", ours, facts, on)
        assert verdict.stands is (stands and limit_holds)
    theirs = Matter(("nhs",), Act.COMMISSION, 40_000_000, (Mode.POOLED,), within_budget=True)
    assert may_decide(place, "prevention.icb", theirs, facts, on).stands
    assert not may_decide(place, "prevention", theirs, facts, on).stands


def test_the_director_decides_alone_in_consultation_with_the_cabinet_member(
    place: Arrangement,
) -> None:
    on = date(2026, 6, 24)
    ours = Matter(("care",), Act.COMMISSION, 20_000_000, (Mode.POOLED,), within_budget=True)
    assert not may_decide(place, "director", ours, Facts(), on).stands
    asked = Facts(consulted=frozenset({"lead_member"}))
    assert may_decide(place, "director", ours, asked, on).stands
