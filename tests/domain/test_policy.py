"""Who may do what: every role against every act, and the ways a role can fall short."""

from datetime import date

import pytest

from concord.domain.findings import Answer
from concord.domain.places.policy import (
    ACTS,
    PAGES,
    TABLE,
    About,
    RoleFact,
    RoleName,
    acts_for_page,
    may,
    places_where,
    roles_for,
)

ON = date(2026, 11, 24)
HERE = About("middlemarch", "council")

# Written out role by role, so that a change of the table has to be made twice, on purpose.
READS = {"places.view", "authority.ask"}
SIGNED_IN = READS | {"desk.view", "agreements.compare_versions"}
DRAFT = {"agreements.view_draft"}
WRITES = {"agreements.save_draft", "agreements.discard_draft"}
READS_REPORTS = {"decisions.view_draft"}
SIGNS = {"decisions.sign_off"}
REPORTS = {"decisions.save_draft", "decisions.discard_draft", "decisions.submit_report"}
FOLLOWS = {"decisions.record_promise"}
PUBLISHES = {
    "agreements.adopt_text", "decisions.publish", "decisions.upload_paper", "decisions.withdraw",
    "decisions.import_meetings",
}  # fmt: skip
MEETS = {"meetings.follow", "interests.declare", "actions.update"}
RECORDS = {
    "meetings.call", "meetings.record", "decisions.record", "interests.record", "minutes.write"
}  # fmt: skip
ADMINISTERS = {"agreements.load_place", "decisions.load_texts", "audit.view", "accounts.view"}
MANAGES = {"accounts.add_account", "accounts.grant_role", "accounts.end_role"}
MEMBER = SIGNED_IN | DRAFT | READS_REPORTS | SIGNS | MEETS
WRITER = MEMBER | WRITES | REPORTS | FOLLOWS | {"audit.view", "actions.add"}
KEEPS_THE_LEDGER = {
    "funds.post", "funds.move", "funds.set_budget", "funds.reforecast", "funds.close_period",
    "funds.import",
}  # fmt: skip
EXPECTED = {
    "public": READS,
    "operator": WRITER
    | PUBLISHES
    | RECORDS
    | MANAGES
    | ADMINISTERS
    | {"decisions.settle"}
    | KEEPS_THE_LEDGER,
    "provider": SIGNED_IN,
    "councillor": MEMBER,
    "NHS board member": MEMBER,
    "pool manager": MEMBER | REPORTS | {"audit.view"} | KEEPS_THE_LEDGER,
    "integration manager": WRITER,
    "board officer": WRITER | PUBLISHES | RECORDS,
    "democratic services officer": WRITER | PUBLISHES | RECORDS,
    "administrator": SIGNED_IN | MANAGES | ADMINISTERS,
    "auditor": SIGNED_IN
    | DRAFT
    | READS_REPORTS
    | {"meetings.follow", "audit.view"}
    | {"accounts.view"},
}


def held(role: str, place: str = "middlemarch", organisation: str = "council") -> RoleFact:
    return RoleFact(role, place, organisation, date(2026, 4, 1))


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [str(role) for role in RoleName])
def test_each_role_may_do_just_the_acts_written_for_it(role, act):
    assert may([held(role)], act, HERE, ON).stands == (act in EXPECTED[role])


def test_the_table_names_every_role_and_no_act_that_does_not_exist():
    assert set(TABLE) == set(RoleName)
    assert set().union(*TABLE.values()) == set(ACTS)


def test_a_visitor_may_read_and_ask_and_nothing_else():
    assert {act for act in ACTS if may([], act, HERE, ON).stands} == READS


def test_a_role_counts_on_its_last_day_and_not_on_the_next():
    role = RoleFact("board officer", "middlemarch", "", date(2026, 4, 1), date(2026, 11, 24))
    assert may([role], "agreements.adopt_text", HERE, date(2026, 11, 24)).stands
    verdict = may([role], "agreements.adopt_text", HERE, date(2026, 11, 25))
    assert verdict.answer is Answer.REFUSED
    assert "ended on 2026-11-24" in verdict.reasons[0].says


def test_a_role_does_not_count_before_it_starts():
    role = RoleFact("board officer", "middlemarch", "", date(2027, 4, 1))
    assert "starts on 2027-04-01" in may([role], "audit.view", HERE, ON).reasons[0].says


def test_a_role_at_one_place_is_none_at_another():
    verdict = may([held("board officer", "sheffield")], "agreements.save_draft", HERE, ON)
    assert not verdict.stands
    assert "at sheffield, not here" in verdict.reasons[0].says


def test_a_role_for_one_organisation_does_not_act_for_the_other():
    verdict = may([held("board officer", organisation="icb")], "agreements.adopt_text", HERE, ON)
    assert not verdict.stands
    assert verdict.remedies == ("act for icb",)


def test_one_person_may_act_for_two_organisations_with_a_role_for_each():
    roles = [held("integration manager"), held("integration manager", organisation="icb")]
    for organisation in ("council", "icb"):
        about = About("middlemarch", organisation)
        assert may(roles, "agreements.save_draft", about, ON).stands


def test_a_role_for_every_place_counts_at_each():
    assert may([held("auditor", place="", organisation="")], "audit.view", HERE, ON).stands


def test_a_refusal_names_the_roles_that_would_do():
    (reason,) = may([held("provider")], "agreements.adopt_text", HERE, ON).reasons
    assert "board officer or democratic services officer" in reason.says
    assert reason.remedy


def test_a_refusal_names_the_only_role_that_would_do():
    (reason,) = may([], "decisions.settle", HERE, ON).reasons
    assert reason.says.endswith("that is for the operator")
    assert reason.remedy.endswith("for the role of operator")


def test_the_places_where_an_act_is_allowed_are_those_of_the_roles_that_hold_today():
    roles = [
        held("board officer"),
        held("auditor", "sheffield"),
        held("provider", "doncaster"),
        RoleFact("auditor", "southampton", "", date(2026, 4, 1), date(2026, 5, 1)),
    ]
    assert places_where(roles, "audit.view", ON) == {"middlemarch", "sheffield"}
    assert places_where([], "audit.view", ON) == set()
    assert places_where([held("auditor", "")], "audit.view", ON) is None
    assert places_where([], "places.view", ON) is None


def test_an_act_outside_the_table_is_a_mistake_of_the_caller():
    with pytest.raises(KeyError):
        may([], "agreements.burn", HERE, ON)


def test_whoever_gives_out_roles_neither_writes_nor_adopts_a_text():
    for act in ("agreements.save_draft", "agreements.adopt_text"):
        assert RoleName.ADMINISTRATOR not in roles_for(act)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_asks_for_acts_that_exist(page):
    assert set(acts_for_page(page)) <= set(ACTS)
