"""The rows of law: whole, named once, dated, and honest about what has been read."""

from datetime import date
from pathlib import Path

import pytest

from concord import law
from concord.law.document import law_document

ROOT = Path(__file__).parents[2]


def test_every_row_has_a_name_of_its_own_words_and_an_authority() -> None:
    rows = law.every_row()
    ids = [r.id for r in rows]
    assert len(ids) == len(set(ids))
    assert all(r.says and r.authority for r in rows)


def test_a_row_that_was_read_says_where_and_no_other_claims_to() -> None:
    assert [r.id for r in law.every_row() if r.verified != bool(r.read_in)] == []


def test_no_row_ends_before_it_starts() -> None:
    assert [r.id for r in law.every_row() if r.starts and r.ends and r.ends < r.starts] == []


@pytest.mark.parametrize(
    ("id_", "number", "unit"),
    [
        ("reg_5_2", 28, "clear days"),
        ("reg_5_4", 5, "clear days"),
        ("reg_6_1", 5, "clear days"),
        ("reg_7", 5, "clear days"),
        ("reg_9_2", 28, "clear days"),
        ("reg_10", 5, "clear days"),
        ("reg_16_2", 5, "clear days"),
        ("reg_16_4", 24, "hours"),
        ("reg_17", 10, "clear days"),
        ("s100A_6", 5, "clear days"),
        ("s100B_3", 5, "clear days"),
        ("act_1960_4a", 3, "clear days"),
        ("interests_icb", 28, "days"),
        ("keep_executive_records", 6, "years"),
        ("keep_executive_background_papers", 4, "years"),
    ],
)
def test_the_periods_are_those_of_the_statutes(id_: str, number: int, unit: str) -> None:
    row = law.period(id_)
    assert (row.number, row.unit) == (number, unit)


def test_three_clear_days_became_five_for_councils_on_1_october_2002() -> None:
    def public_notice(on: date) -> list[int]:
        return [p.number for p in law.periods() if p.id.startswith("s100A_6") and p.in_force(on)]

    assert public_notice(date(2002, 9, 30)) == [3]
    assert public_notice(date(2002, 10, 1)) == [5]


def test_the_executive_regulations_begin_on_10_september_2012() -> None:
    rows = {p.starts for p in law.periods() if p.authority.startswith("SI 2012/2089")}
    assert rows == {date(2012, 9, 10)}


def test_the_notice_of_a_key_decision_names_a_person_or_lists_a_bodys_members() -> None:
    notice = law.heads("reg_9_notice")
    person = {h.letter: h.says for h in notice.of("individual")}
    body = {h.letter: h.says for h in notice.of("body")}
    assert "title" in person["c"]
    assert "list of its members" in body["c"]
    assert "".join(person) == "".join(body) == "abcdefgh"


@pytest.mark.parametrize("id_", ["s75_pooled_fund", "s75_lead_by_council", "s75_lead_by_nhs"])
def test_a_section_75_agreement_has_seven_heads(id_: str) -> None:
    assert [h.letter for h in law.heads(id_).heads] == list("abcdefg")


def test_lead_commissioning_has_payments_where_a_pool_has_contributions() -> None:
    assert "contributions" in law.heads("s75_pooled_fund").heads[1].says
    assert "payments the NHS bodies make" in law.heads("s75_lead_by_council").heads[1].says


def test_seven_descriptions_of_exempt_information_are_held() -> None:
    assert [h.letter for h in law.heads("schedule_12A").heads] == list("1234567")


def test_the_council_holds_executive_functions_only_without_an_executive() -> None:
    council = law.legal_form("full council", date(2018, 4, 24))
    assert council
    assert council.holds_by_law(executive=True) == ("non-executive",)
    assert council.holds_by_law(executive=False) == ("executive", "non-executive")


def test_an_elected_mayor_is_one_person_and_a_board_of_delegates_decides_nothing() -> None:
    on = date(2018, 4, 24)
    mayor, board = law.legal_form("elected mayor", on), law.legal_form("individual delegates", on)
    assert mayor
    assert mayor.decides == "one person"
    assert board
    assert board.decides == "its members"
    assert board.may_not_be_given_any


def test_a_form_has_one_row_a_day_and_none_before_its_statute() -> None:
    forms = {f.form for f in law.legal_forms()}
    for on in (date(2005, 1, 1), date(2018, 1, 1), date(2022, 6, 30), date(2022, 7, 1)):
        for form in forms:
            assert sum(f.form == form and f.in_force(on) for f in law.legal_forms()) <= 1
    assert law.legal_form("health and wellbeing board", date(2013, 3, 31)) is None
    assert law.legal_form("health and wellbeing board", date(2013, 4, 1)) is not None


def test_the_city_of_london_is_found_by_its_name_whatever_model_is_recorded() -> None:
    row = law.governance_of("leader and cabinet", "City of London Corporation")
    assert row
    assert not row.executive
    assert not row.verified
    other = law.governance_of("leader and cabinet", "London Borough of Hackney")
    assert other
    assert other.executive
    assert law.governance_of("not stated") is None


def test_bank_holidays_come_from_the_kept_copy_and_know_their_own_end() -> None:
    held = law.bank_holidays()
    assert held.days[date(2018, 4, 2)] == "Easter Monday"
    assert held.days[date(2022, 9, 19)].startswith("Bank Holiday for the State Funeral")
    assert held.complete_to == date(2028, 12, 31)
    assert max(held.days) <= held.complete_to


def test_exits_lead_from_periods_that_exist() -> None:
    periods = {p.id for p in law.periods()} | {"call-in window"}
    assert all(set(x.from_period) <= periods for x in law.exits())
    assert all(not x.period or x.period in periods for x in law.exits())


def test_the_law_document_says_what_the_rows_say() -> None:
    kept = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")
    assert kept == law_document(), "run: python -m concord.law.document > docs/law.md"
