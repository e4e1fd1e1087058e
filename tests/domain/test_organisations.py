"""Kinds of organisation: when each existed, and who may be a partner under section 75."""

from __future__ import annotations

from datetime import date

import pytest

from concord.domain.findings import Answer
from concord.domain.language.values import NotStated
from concord.domain.places.organisations import (
    KINDS_IN_LAW,
    Governance,
    OrganisationKind,
    in_being,
    is_council,
    is_nhs,
    is_nhs_commissioner,
    may_be_party,
    outlives_its_kind,
)

PCT = OrganisationKind.PRIMARY_CARE_TRUST
CCG = OrganisationKind.CLINICAL_COMMISSIONING_GROUP
ICB = OrganisationKind.INTEGRATED_CARE_BOARD
COUNCIL = OrganisationKind.COUNCIL
NHS_TRUST = OrganisationKind.NHS_TRUST


@pytest.mark.parametrize(
    ("kind", "day", "answer"),
    [
        (PCT, date(2013, 3, 31), Answer.STANDS),
        (PCT, date(2013, 4, 1), Answer.REFUSED),
        (CCG, date(2013, 3, 31), Answer.REFUSED),
        (CCG, date(2013, 4, 1), Answer.STANDS),
        (CCG, date(2022, 6, 30), Answer.STANDS),
        (CCG, date(2022, 7, 1), Answer.REFUSED),
        (ICB, date(2022, 6, 30), Answer.REFUSED),
        (ICB, date(2022, 7, 1), Answer.STANDS),
        (COUNCIL, date(1990, 1, 1), Answer.STANDS),
        (OrganisationKind.VOLUNTARY, date(2040, 1, 1), Answer.STANDS),
    ],
)
def test_a_kind_exists_from_its_first_day_to_its_last(kind, day, answer):
    assert in_being(kind, day).answer is answer


def test_from_2000_on_there_is_an_nhs_commissioner_on_every_day_and_only_one_kind_of_it():
    first, last = date(2000, 4, 1), date(2030, 1, 1)
    for day in (
        first,
        date(2013, 3, 31),
        date(2013, 4, 1),
        date(2022, 6, 30),
        date(2022, 7, 1),
        last,
    ):
        standing = [k for k in (PCT, CCG, ICB) if in_being(k, day).stands]
        assert len(standing) == 1


def test_an_organisation_may_start_after_its_kind_and_end_before_it():
    joined = in_being(CCG, date(2020, 6, 1), starts=date(2020, 4, 1), ends=date(2021, 3, 31))
    assert joined.stands
    early = in_being(CCG, date(2019, 6, 1), starts=date(2020, 4, 1))
    assert early.answer is Answer.REFUSED
    assert "1 April 2020" in early.against[0].says


def test_a_first_day_that_is_not_stated_leaves_the_answer_not_stated():
    verdict = in_being(COUNCIL, date(2010, 1, 1), starts=NotStated())
    assert verdict.answer is Answer.NOT_STATED


def test_a_group_of_2022_cannot_outlast_clinical_commissioning_groups():
    assert outlives_its_kind(CCG, date(2012, 4, 1), date(2023, 3, 31)) == (
        "no clinical commissioning group existed before 1 April 2013",
        "no clinical commissioning group existed after 30 June 2022",
    )
    assert outlives_its_kind(CCG, date(2013, 4, 1), date(2022, 6, 30)) == ()
    assert outlives_its_kind(COUNCIL, None, NotStated()) == ()


def test_a_refused_day_cites_the_law_that_ended_the_kind():
    reason = in_being(PCT, date(2014, 1, 1)).against[0]
    assert "Health and Social Care Act 2012 s34" in reason.authority.law
    assert reason.authority.unverified
    assert reason.remedy


@pytest.mark.parametrize(
    ("kind", "council", "nhs", "nhs_commissioner"),
    [
        (COUNCIL, True, False, False),
        (PCT, False, True, True),
        (CCG, False, True, True),
        (ICB, False, True, True),
        (NHS_TRUST, False, True, False),
        (OrganisationKind.GP_FEDERATION, False, False, False),
        (OrganisationKind.VOLUNTARY, False, False, False),
        (OrganisationKind.COMPANY, False, False, False),
        (OrganisationKind.NATIONAL_BODY, False, False, False),
    ],
)
def test_each_kind_is_council_nhs_or_neither(kind, council, nhs, nhs_commissioner):
    assert (is_council(kind), is_nhs(kind), is_nhs_commissioner(kind)) == (
        council,
        nhs,
        nhs_commissioner,
    )


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (COUNCIL, Answer.STANDS),
        (CCG, Answer.STANDS),
        (NHS_TRUST, Answer.NEEDS),
        (OrganisationKind.GP_FEDERATION, Answer.REFUSED),
        (OrganisationKind.VOLUNTARY, Answer.REFUSED),
        (OrganisationKind.COMPANY, Answer.REFUSED),
        (OrganisationKind.NATIONAL_BODY, Answer.NOT_STATED),
    ],
)
def test_partners_are_nhs_bodies_and_councils_and_a_trust_needs_consent(kind, answer):
    verdict = may_be_party(kind, date(2018, 4, 1))
    assert verdict.answer is answer
    assert all("SI 2000/617" in r.authority.law or "SI 2000/617" in r.says for r in verdict.against)


def test_an_abolished_kind_may_not_be_a_partner():
    assert may_be_party(PCT, date(2013, 4, 1)).answer is Answer.REFUSED
    assert may_be_party(ICB, date(2024, 4, 1)).stands


def test_every_kind_says_what_it_is_in_law():
    assert set(KINDS_IN_LAW) == set(OrganisationKind)
    for kind, law in KINDS_IN_LAW.items():
        assert law.kind is kind
        assert law.party, f"{kind} does not say under what law it may or may not be a partner"
        if law.starts or law.ends:
            assert law.being


def test_only_a_committee_system_has_no_executive():
    assert [g for g in Governance if not g.has_executive] == [Governance.COMMITTEE_SYSTEM]
