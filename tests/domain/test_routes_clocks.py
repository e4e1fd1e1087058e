"""Clocks of a stop beyond the plain ones: private, joint, NHS, alone, sign-offs, times of day."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from tests.domain.route_texts import (
    CITY,
    MIDDLEMARCH,
    PLACES,
    calendar,
    calendar_of,
    matter,
    place,
)
from tests.domain.small_place import TEXT

from concord.domain.agreements.reader import read_arrangement
from concord.domain.decisions.calendars import Calendars
from concord.domain.decisions.reader import read_matter
from concord.domain.decisions.routes import EntryKind, Plan, Way, plan_days, plan_route

HEAD = MIDDLEMARCH[: MIDDLEMARCH.index("[stops.")]
CABINET = '[stops.cabinet]\nbody = "cabinet"\npurpose = "decision"\non = {on}\n'


def plan(text: str, today: date | None = None, **asked) -> Plan:
    own = matter(text, "middlemarch")
    return plan_route(place("middlemarch"), own, calendar("middlemarch"), today, **asked)


# Private and joint ------------------------------------------------------------------------


def test_a_private_item_has_two_notices_of_its_own_beside_the_forward_plan():
    """For Tuesday 15 June 2027: 17 May leaves 28 clear days; 14, 11, 10, 9 and 8 June are five."""
    text = HEAD.replace("wards = 6", "wards = 6\nprivate = true") + CABINET.format(on="2027-06-15")
    dues = plan(text).step("cabinet").dues
    assert dues.private_notice.day == date(2027, 5, 17)
    assert dues.second_notice.day == date(2027, 6, 7)
    assert dues.forward_plan.day == date(2027, 5, 17)


def test_too_late_for_the_private_notice_its_one_exit_is_agreement():
    text = HEAD.replace("wards = 6", "wards = 6\nprivate = true") + CABINET.format(on="2027-06-15")
    found = plan(text, date(2027, 5, 20), sign_off_days=0)
    assert {c.id for c in found.impossible} == {"route.private_too_late", "route.notice_too_late"}
    # Two 28-day duties, independent: neither exit alone mends both, so each is a step nearer.
    ways = {w.id for w in found.ways_out}
    assert {"urgent_private_meeting", "general_exception", "special_urgency"} <= ways


def test_only_the_first_private_notice_has_gone_by_while_there_is_time_for_the_second():
    text = HEAD.replace("wards = 6", "wards = 6\nprivate = true") + CABINET.format(on="2027-06-15")
    step = plan(text, date(2027, 5, 20), sign_off_days=0).step("cabinet")
    assert step.has_gone_by(step.dues.private_notice)
    assert not step.has_gone_by(step.dues.second_notice)
    entries = plan_days(plan(text, date(2027, 5, 20), sign_off_days=0))
    late = {e.on for e in entries if e.kind is EntryKind.NOTICE and e.late}
    assert late == {date(2027, 5, 17)}


def test_the_general_exception_asks_nobody_to_agree_and_urgency_does():
    """SI 2012/2089, regulation 10: scrutiny is told in writing; regulation 11: it agrees."""
    text = HEAD + CABINET.format(on="2027-06-15")
    ways = {w.id: w for w in plan(text, date(2027, 5, 20), sign_off_days=0).ways_out}
    assert ways["general_exception"].needs == "notice"
    assert ways["special_urgency"].needs == "agreement"
    assert "the general exception is impracticable too" in ways["special_urgency"].says


def test_a_part_kept_back_brings_both_the_private_notice_and_the_public_papers():
    text = HEAD + '[exempt.prices]\nwhat = "Prices"\nparagraph = 3\n'
    dues = plan(text + CABINET.format(on="2027-06-15")).step("cabinet").dues
    assert dues.private_notice.step.if_ == "if the item is taken in private"
    assert dues.papers.day == date(2027, 6, 7)


BOARD = '[stops.board]\nbody = "board"\npurpose = "decision"\non = 2027-06-23\n'


def test_at_a_joint_board_one_half_may_be_called_in_and_the_other_stands():
    """Published by 25 June, call-in to 2 July; the ICB's half has no call-in."""
    council, icb = plan(HEAD + BOARD).step("board").effects
    assert (council.organisation, council.effective) == ("council", date(2027, 7, 3))
    assert (icb.organisation, icb.effective) == ("icb", date(2027, 6, 23))
    assert plan(HEAD + BOARD).effective == date(2027, 7, 3)


def test_a_stop_for_one_organisation_of_a_joint_board_has_only_its_clocks():
    text = HEAD + BOARD + 'organisation = "icb"\n'
    (effect,) = plan(text).step("board").effects
    assert effect.organisation == "icb"
    assert [n.organisation for n in plan(text).no_stop] == ["council"]


def test_an_nhs_board_without_a_rule_of_its_own_needs_three_clear_days():
    """For Tuesday 18 July 2017: 17, 14 and 13 July are clear; notice by Wednesday 12 July."""
    a = read_arrangement(TEXT.replace("starts = 2022-07-01", "starts = 2017-01-01")).arrangement
    text = (
        'format = 1\nsource = "deed"\n[matter]\ntitle = "A"\nwhat = "B"\nfunctions = ["nhs"]\n'
        'amounts = "none"\n[stops.icb]\nbody = "icb_board"\npurpose = "decision"\non = 2017-07-18\n'
    )
    found = plan_route(a, read_matter(text, a).matter, Calendars())
    assert found.step("icb").papers_close == date(2017, 7, 12)


# One person, and another decider ----------------------------------------------------------


def test_a_recess_stops_meetings_and_not_one_person():
    """Within the Easter recess of 2027 a director may decide; Cabinet may not meet."""
    for body, able in (("director", True), ("cabinet", False)):
        stop = f'[stops.one]\nbody = "{body}"\npurpose = "decision"\non = 2027-03-30\n'
        found = plan(HEAD.replace("£1,900,000", "£200,000") + stop)
        assert ("recess" not in " ".join(c.says for c in found.impossible)) is able


def test_where_cabinet_cannot_meet_in_time_another_decider_is_offered():
    """£200,000 is within the director's £250,000; Cabinet of 12 January is gone on the 13th.

    Five working days end on 20 January and ten more on 3 February; published by the 5th and open
    to call-in until the 12th, the director's decision is in effect on 13 February.
    """
    text = HEAD.replace("£1,900,000", "£200,000").replace("wards = 6", "wards = 1")
    text = text.replace('"care", "nhs"', '"care"') + CABINET.format(on='"not stated"')
    found = plan(text, date(2027, 1, 13), wanted=date(2027, 2, 14), way=Way.FORWARDS)
    assert not found.feasible  # 16 February is the next Cabinet
    others = {w.decider: w for w in found.ways_out if w.id == "decider"}
    assert "director" in others
    assert others["director"].effective == date(2027, 2, 13)
    assert "12.3" in str(others["director"].authority)


# Sign-off ---------------------------------------------------------------------------------

REPORT = """
[report]
subject = "A matter"
of = "Director"
sign_off_mode = "{mode}"
sign_offs = [
  {{ role = "Finance", post = "finance", days = 5 }},
  {{ role = "Legal", post = "monitoring_officer", days = 3, delegable = {delegable} }},
]
"""


def with_report(mode: str, delegable: str = "true") -> str:
    return HEAD + CABINET.format(on="2027-06-15") + REPORT.format(mode=mode, delegable=delegable)


@pytest.mark.parametrize(
    ("mode", "due"),
    [
        # Signed off ten working days before 15 June: 14, 11, 10, 9, 8, 7, 4, 3, 2 and 1 June.
        ("in parallel", date(2027, 5, 24)),  # 28, 27, 26, 25 and 24 May; the 31st is a holiday
        ("in order", date(2027, 5, 19)),  # three more: 21, 20 and 19 May
    ],
)
def test_the_draft_waits_for_each_sign_off_beside_or_after_the_others(mode, due):
    step = plan(with_report(mode)).step("cabinet")
    assert step.dues.signed_off_by == date(2027, 6, 1)
    assert step.draft_due == due


def test_a_sign_off_that_cannot_be_delegated_waits_for_the_one_in_post():
    """Away from 24 to 28 May, her three days are 21, 20 and 19 May; a deputy's would be 26 May."""
    text = (PLACES / "middlemarch" / "calendar.toml").read_text(encoding="utf-8")
    text += '\n[[closures]]\nof = "monitoring_officer"\nkind = "closed"\n'
    away = calendar_of(text + "starts = 2027-05-24\nends = 2027-05-28\n", "middlemarch")
    for delegable, due in (("true", date(2027, 5, 24)), ("false", date(2027, 5, 19))):
        own = matter(with_report("in parallel", delegable), "middlemarch")
        found = plan_route(place("middlemarch"), own, away)
        assert found.step("cabinet").draft_due == due


# Times of day, entries, anything at all ---------------------------------------------------


@pytest.mark.parametrize(("first", "second", "able"), [("09:30", "14:00", True),
                                                       ("14:00", "09:30", False),
                                                       ("not stated", "14:00", False)])  # fmt: skip
def test_two_meetings_on_one_day_follow_only_if_their_times_say_so(first, second, able):
    meetings = "".join(
        f'[[meetings]]\nbody = "{body}"\non = 2027-06-18\nat = "{at}"\n'
        for body, at in (("executive_group", first), ("board", second))
    )
    listed = calendar_of('format = 1\nsource = "s75"\n' + meetings, "middlemarch")
    text = HEAD + (
        '[stops.group]\nbody = "executive_group"\npurpose = "recommendation"\non = 2027-06-18\n'
        '[stops.board]\nbody = "board"\npurpose = "decision"\non = 2027-06-18\nafter = ["group"]\n'
    )
    found = plan_route(place("middlemarch"), matter(text, "middlemarch"), listed)
    assert ("route.out_of_order" not in {c.id for c in found.impossible}) is able


def test_a_plan_as_dated_entries_runs_from_the_first_draft_to_the_effect():
    found = plan(MIDDLEMARCH, date(2027, 2, 8), way=Way.FORWARDS)
    entries = plan_days(found)
    assert [e.on for e in entries] == sorted(e.on for e in entries)
    assert entries[0].kind is EntryKind.DRAFT
    said = {(e.stop, e.kind): e.on for e in entries}
    assert said["cabinet", EntryKind.NOTICE] == date(2027, 4, 26)
    assert said["cabinet", EntryKind.PAPERS] == date(2027, 5, 17)
    assert said["cabinet", EntryKind.CALL_IN] == date(2027, 6, 4)
    assert said["cabinet", EntryKind.EFFECT] == date(2027, 6, 5)


def test_beyond_the_bank_holidays_held_the_plan_warns():
    found = plan(HEAD + CABINET.format(on="2031-01-14"))
    assert found.warnings
    assert not plan(HEAD + CABINET.format(on="2027-06-15")).warnings


@pytest.mark.parametrize("on", ["1800-01-01", "1899-12-31"])
def test_a_year_out_of_reach_is_a_finding_with_its_line(on):
    found = plan(HEAD + CABINET.format(on=on), date(2027, 2, 8))
    assert [f.id for f in found.findings] == ["route.odd_day"]
    assert found.findings[0].line


@pytest.mark.parametrize("seed", range(40))
def test_any_stops_in_any_order_get_a_plan_or_findings(seed):
    """Bodies, posts, organisations and days drawn from nowhere sensible; nothing is raised."""
    chance = Random(seed)  # noqa: S311 - a test, not a secret
    a = place("middlemarch")
    names = [*a.bodies, *a.posts, "nobody", "not stated"]
    lines = [HEAD]
    for number in range(chance.randint(1, 8)):
        after = [f'"s{chance.randrange(9)}"' for _ in range(chance.randrange(3))]
        on = chance.choice(['"not stated"', "2027-05-25", "2027-03-26", "1066-10-14", "9999-12-31"])
        lines.append(f'[stops.s{number}]\nbody = "{chance.choice(names)}"\non = {on}')
        purpose = chance.choice(["decision", "information", "consultation", "not stated"])
        lines.append(f'purpose = "{purpose}"\nafter = [{", ".join(after)}]')
        if chance.random() < 0.3:
            lines.append(f'organisation = "{chance.choice(["council", "icb", "trust", "x"])}"')
    lines.append('[deadlines.d]\nwhat = "It"\non = 9999-12-31\nin_person = ["icb_chief"]')
    read = read_matter("\n".join(lines), a)
    assert read.matter is not None
    for way in Way:
        for today, wanted in ((date(2027, 1, 4), date(2027, 9, 1)), (date.min, date.max)):
            found = plan_route(
                a, read.matter, calendar("middlemarch"), today, wanted=wanted, way=way
            )
            assert found.steps or found.findings
            assert all(c.says and c.remedy for c in found.conflicts)


def test_told_of_a_stop_that_is_not_there_is_left_to_the_reader():
    text = CITY.replace('after = ["community"]', 'after = ["community"]\ntold_of = ["nowhere"]')
    read = read_matter(text, place("city_of_london"))
    assert [f.id for f in read.findings] == ["ref.unknown_name"]
    assert plan_route(place("city_of_london"), read.matter, calendar("city_of_london")).steps
