"""A year at Middlemarch, carried out by commands alone: every kind of outcome, by name and number.

The days below were counted by hand on a calendar, with the council's closed Christmas Eve and the
bank holidays of England; the numbers follow from the order of the diary's outcomes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from tests.conftest import PLACES

from concord.commands.command import Acting
from concord.commands.diary import carry_out
from concord.commands.follow_up_read import action_fact, update_facts
from concord.commands.matters import calendars_of
from concord.commands.meetings_read import at_meeting
from concord.commands.minutes_read import minutes_on
from concord.commands.talks_read import deferred_items
from concord.commands.texts import arrangement_of
from concord.domain.clocks import Business
from concord.domain.decisions.calendars import with_closed_days
from concord.domain.decisions.effects import EffectState
from concord.domain.decisions.follow_up import action_standing
from concord.domain.decisions.meetings import called_for
from concord.domain.decisions.minutes import MinutesStage
from concord.domain.findings import Answer
from concord.records.models import (
    Action,
    AuditEntry,
    Decision,
    DecisionStep,
    DispensationEntry,
    DisputeEntry,
    Meeting,
    MeetingEntry,
    MinutesEntry,
    Outcome,
    Publication,
    Talk,
)
from concord.records.verification import verify_evidence

PLACE = "middlemarch"
FOLDER = PLACES / PLACE
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
DIARY = sorted((FOLDER / "diary").glob("20??-??.toml"))


def load_year(acting):
    return sum(carry_out(acting, PLACE, f.stem, f.read_text("utf-8")) for f in DIARY)


@pytest.fixture(scope="module")
def year(django_db_setup, django_db_blocker):
    """The whole year, loaded once for every test of this file and then taken back."""
    from concord.commands.agreements import load_place
    from concord.commands.decisions import load_calendar

    acting = Acting(None, NOW, why="a test")
    with django_db_blocker.unblock(), transaction.atomic():
        load_place(acting, PLACE, (FOLDER / "arrangement.toml").read_text("utf-8"))
        load_calendar(acting, PLACE, (FOLDER / "calendar.toml").read_text("utf-8"))
        load_year(acting)
        yield acting
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("year")]


def decision(reference):
    return Decision.objects.select_related("summary", "outcome").get(reference=reference)


def result(meeting, item):
    return Outcome.objects.get(meeting__name=meeting, item=item).result


def entries(meeting, kind):
    return MeetingEntry.objects.filter(meeting__name=meeting, kind=kind)


def references(meeting, item):
    found = Decision.objects.filter(outcome__meeting__name=meeting, outcome__item=item)
    return sorted(found.values_list("reference", flat=True))


def test_the_evidence_of_the_whole_year_verifies():
    assert list(verify_evidence()) == []


def test_twelve_months_are_told_and_nothing_lies_after_today():
    assert [f.stem for f in DIARY] == ["2025-12", *(f"2026-{m:02}" for m in range(1, 12))]
    # Joint Board 11, prevention 1, Executive Group 1, alliance 1, Cabinet 3, NHS board 2,
    # health and wellbeing 1, scrutiny 2.
    assert Meeting.objects.count() == 22
    assert max(Meeting.objects.values_list("on", flat=True)) < TODAY
    assert max(AuditEntry.objects.values_list("at", flat=True)) <= NOW


def test_done_twice_the_year_is_done_once(year):
    before = AuditEntry.objects.count(), MeetingEntry.objects.count(), Decision.objects.count()
    load_year(year)
    after = AuditEntry.objects.count(), MeetingEntry.objects.count(), Decision.objects.count()
    assert after == before


@pytest.mark.parametrize(
    ("organisation", "of_year", "last"),
    [("council", 2025, 1), ("icb", 2025, 1), ("council", 2026, 22), ("icb", 2026, 18)],
)
def test_the_numbers_of_each_organisation_s_decisions_have_no_gap(organisation, of_year, last):
    mine = Decision.objects.filter(organisation=organisation, year=of_year)
    assert sorted(mine.values_list("number", flat=True)) == list(range(1, last + 1))


def test_every_decision_has_the_record_that_its_law_asks_for_and_is_published():
    kept = Decision.objects.all()
    # An answer is kept by its word; every head of every record stands.
    heads = {r["answer"] for d in kept for r in d.complete["reasons"]}
    assert heads == {"stands"}
    assert [d.reference for d in kept if d.summary.published_on is None] == []
    records = Publication.objects.filter(kind="decision record")
    public = set(records.values_list("details__decision", flat=True))
    assert public == set(kept.values_list("reference", flat=True))


def test_consensus_makes_two_legal_decisions_on_one_text():
    assert references("2025-12-17-board", "evening-visits") == ["council-2025-1", "icb-2025-1"]
    council, icb = decision("council-2025-1"), decision("icb-2025-1")
    assert (council.maker, council.clause) == ("board.members", "7.4")
    assert (icb.maker, icb.clause) == ("board.icb", "4.2")
    assert icb.record["made_by"] == ["Rosamond Vincy", "Dr Sprague", "Dr Minchin"]
    assert council.record["text"] == icb.record["text"]


def test_a_window_closes_by_itself_on_its_fifth_working_day():
    # Published Thursday 18 December: 19, 22, 23, 29, 30; the 24th closed, 25th and 26th holidays.
    came = DecisionStep.objects.get(decision__reference="council-2025-1", by_itself=True)
    assert (came.step, came.at) == ("the window closes", "2025-12-30T17:00:00")


def test_a_withdrawal_breaks_the_council_s_quorum_and_the_item_comes_back():
    assert references("2026-01-28-board", "stone-court-rates") == []
    assert not Outcome.objects.filter(meeting__name="2026-01-28-board", item="stone-court-rates")
    assert "two are needed" in entries("2026-01-28-board", "noted").get().said["words"]
    assert references("2026-02-25-board", "stone-court-rates") == ["council-2026-5", "icb-2026-3"]
    made = decision("council-2026-5").record
    assert made["made_by"] == ["Dorothea Brooke", "Celia Chettam"]
    assert made["conflicts"] == ["Walter Vincy: home_care"]


def test_the_public_is_excluded_for_a_named_part_and_reads_only_what_is_public():
    told = entries("2026-02-25-board", "the public excluded").get().said
    assert (told["parts"], told["paragraph"]) == (["Appendix A"], 3)
    assert entries("2026-02-25-board", "the public readmitted").count() == 1
    record = Publication.objects.get(kind="decision record", details__decision="council-2026-5")
    page = bytes(record.body).decode()
    assert "agreed the rates for Stone Court" in page
    assert "310,000" not in page


def test_a_councillor_votes_by_dispensation_and_the_record_says_so():
    assert DispensationEntry.objects.get().person == "Celia Chettam"
    made = decision("council-2026-7").record
    assert "Celia Chettam" in made["made_by"]
    assert made["dispensations"] == [
        "a dispensation from the council, or whom it has arranged to grant them "
        "until Wednesday 31 March 2027"
    ]


def test_an_item_is_deferred_talked_about_and_agreed():
    assert result("2026-01-28-board", "weekend-discharge") == "deferred"
    talk = Talk.objects.get(item="weekend-discharge")
    assert (talk.on, talk.who) == (date(2026, 2, 10), ["board.chair", "icb_chief"])
    assert references("2026-02-25-board", "weekend-discharge") == ["council-2026-6", "icb-2026-4"]


def test_a_second_deferral_climbs_the_ladder_and_is_settled_on_its_second_rung():
    assert result("2026-02-25-board", "night-sitting") == "deferred"
    assert result("2026-03-25-board", "night-sitting") == "deferred"
    climbed = DisputeEntry.objects.filter(item="night-sitting").order_by("on")
    assert [(s.step, s.rung) for s in climbed] == [
        ("taken up the dispute ladder", 1),
        ("a rung passed without agreement", 1),
        ("settled", 2),
    ]
    assert references("2026-05-27-board", "night-sitting") == ["council-2026-12", "icb-2026-10"]
    assert deferred_items(PLACE, arrangement_of(PLACE), TODAY) == ()


def test_a_raised_limit_is_used_where_all_three_of_each_side_agree():
    council, icb = decision("council-2026-16"), decision("icb-2026-13")
    assert (council.power, council.pence) == ("members_raised_2026", 110_000_000)
    assert icb.power == "icb_raised_2026"
    assert (council.clause, icb.clause) == ("7.5", "4.3")


def test_a_raised_limit_is_not_there_for_a_substitute_and_each_organisation_decides_elsewhere():
    seat = entries("2026-09-23-board", "expected in a seat").get(said__who="Arthur Brooke").said
    assert seat["instead_of"] == "Celia Chettam"
    assert not Outcome.objects.filter(meeting__name="2026-09-23-board", item="recovery-beds")
    votes = entries("2026-09-23-board", "voted").filter(said__item="recovery-beds")
    assert [v.said["way"] for v in votes] == [True] * 6
    council, icb = decision("council-2026-21"), decision("icb-2026-18")
    assert (council.maker, icb.maker) == ("cabinet", "icb_board")


def test_the_executive_group_gives_one_vote_for_each_organisation():
    votes = entries("2026-04-17-executive_group", "voted")
    assert [v.said["organisation"] for v in votes] == ["council", "icb"]
    row = Outcome.objects.get(item="group-budget")
    assert references("2026-04-17-executive_group", "group-budget") == [
        "council-2026-10", "icb-2026-9",
    ]  # fmt: skip
    assert [b["way"] for b in row.ballots] == [True] * 4


@pytest.mark.parametrize(
    ("reference", "maker", "for_", "against"),
    [
        ("council-2026-3", "cabinet", 3, 1),
        ("council-2026-21", "cabinet", 3, 1),
        ("icb-2026-5", "icb_board", 7, 2),
        ("council-2026-15", "health_wellbeing", 6, 1),
    ],
)
def test_a_majority_decides_where_that_is_lawful(reference, maker, for_, against):
    found = decision(reference)
    assert found.maker == maker
    ways = [b["way"] for b in found.outcome.ballots]
    assert (ways.count(True), ways.count(False)) == (for_, against)


def test_of_committees_in_common_one_decides_and_the_other_does_not():
    assert references("2026-01-28-prevention", "falls-classes") == ["council-2026-2"]
    assert decision("council-2026-2").maker == "prevention.council"


def test_what_is_only_noted_is_referred_to_those_who_decide():
    noted = Outcome.objects.get(meeting__name="2026-05-20-alliance_board")
    assert noted.result == "noted and referred"
    assert {"board.members", "board.icb", "cabinet", "icb_board"} <= set(noted.refer_to)


def test_nothing_is_decided_while_the_agreement_is_not_signed():
    # NHS Loamshire signed the extension on 6 May; on 22 April no member's power held.
    noted = Outcome.objects.get(meeting__name="2026-04-22-board", item="recovery-at-home")
    assert noted.result == "noted and referred"
    assert not {"board.members", "board.icb"} & set(noted.refer_to)


def test_an_officer_decides_alone_after_consulting_and_rescinds_it_himself():
    first, second = decision("council-2026-18"), decision("council-2026-19")
    assert (first.maker, first.record["made_by"]) == ("director", ["Caleb Garth"])
    assert first.record["consulted"] == ["Cabinet Member for Care"]
    assert first.outcome.meeting is None
    assert first.summary.state == EffectState.RESCINDED
    assert second.summary.state == EffectState.IN_EFFECT


def test_a_late_item_says_why_and_its_exemption_from_call_in_has_its_own_reason():
    put = entries("2026-02-25-board", "item put on the agenda").get(said__kind="late").said
    assert put["why_late"].startswith("The provider stopped on Tuesday 24 February")
    step = DecisionStep.objects.get(decision__reference="council-2026-4")
    assert (step.step, step.by) == ("publish, exempt from call-in", ["scrutiny_chair"])
    assert decision("council-2026-4").summary.since == "2026-02-25T17:00:00"


def test_two_items_are_taken_together_and_each_has_its_decisions():
    votes = entries("2026-03-25-board", "voted")
    assert votes.filter(said__item="equipment-lowick").count() == 6
    assert votes.filter(said__item="equipment-tipton").count() == 0
    assert references("2026-03-25-board", "equipment-lowick") == ["council-2026-8", "icb-2026-7"]
    assert references("2026-03-25-board", "equipment-tipton") == ["council-2026-9", "icb-2026-8"]


def test_who_comes_late_or_leaves_decides_only_what_they_were_there_for():
    assert decision("council-2026-12").record["made_by"] == ["Dorothea Brooke", "Celia Chettam"]
    assert len(decision("council-2026-13").record["made_by"]) == 3
    assert decision("council-2026-14").record["made_by"] == ["Dorothea Brooke", "Walter Vincy"]


def test_an_nhs_member_s_interest_is_ruled_on_and_he_does_not_decide():
    assert decision("icb-2026-12").record["made_by"] == ["Rosamond Vincy", "Dr Sprague"]
    ruling = entries("2026-05-27-board", "ruled on an interest").get().said
    assert (ruling["who"], ruling["stay"], ruling["vote"]) == ("Dr Minchin", True, False)


@pytest.mark.parametrize(
    ("reference", "moves", "since"),
    [
        # Called in Thursday 5 February: ten working days end on the 19th; scrutiny meets the 23rd.
        ("council-2026-1", ["publish", "call in", "scrutiny does not meet in time"],
         "2026-02-19T23:59:59"),
        ("council-2026-17", ["publish", "call in", "endorse"], "2026-06-29T18:25:00"),
        ("council-2026-22", ["publish", "call in", "refer back", "confirm"], "2026-11-11T14:45:00"),
    ],
)  # fmt: skip
def test_a_call_in_holds_the_council_s_half_alone_and_the_other_waits(reference, moves, since):
    row = decision(reference)
    assert [s.step for s in row.steps.order_by("at")] == moves
    assert (row.summary.state, row.summary.since) == (EffectState.IN_EFFECT, since)
    other = row.outcome.decisions.get(organisation="icb")
    assert [s.step for s in other.steps.all()] == ["publish"]
    assert (other.summary.state, other.summary.since) == (EffectState.IN_EFFECT, since)


def test_a_decision_is_superseded_by_each_organisation_s_own_later_one():
    for before, later in (("council-2025-1", "council-2026-20"), ("icb-2025-1", "icb-2026-16")):
        step = decision(before).steps.get(step="superseded")
        assert step.other.reference == later
        assert decision(before).summary.state == EffectState.SUPERSEDED


def test_a_decision_that_holds_from_before_it_was_made_says_from_when():
    assert decision("council-2026-13").retrospective_from == date(2026, 4, 1)
    assert decision("council-2026-13").made_on == date(2026, 5, 27)


def test_a_record_published_late_says_so_for_ever():
    # Made Wednesday 25 March: two working days end on Friday the 27th.
    late = "published on Tuesday 31 March 2026; it was due by Friday 27 March 2026"
    assert decision("council-2026-7").summary.late == late
    found = Decision.objects.exclude(summary__late="").values_list("reference", flat=True)
    assert list(found) == ["council-2026-7"]


def test_one_meeting_is_in_time_for_the_nhs_and_late_for_the_council():
    # 14 to 22 July: the NHS counts 15, 16, 17, 20, 21; the council's offices close on the 17th.
    arrangement = arrangement_of(PLACE)
    arrangement = with_closed_days(arrangement, calendars_of(PLACE, arrangement))
    here = at_meeting(Meeting.objects.get(name="2026-07-22-board"))
    business = {
        "council": Business(function_kind="executive", key=False, private=False),
        "icb": Business(function_kind="NHS", key=False, private=False),
    }
    found = called_for(arrangement, here.record.held, business, here.record.public)
    assert {f.organisation: f.verdict.answer for f in found} == {
        "council": Answer.REFUSED, "icb": Answer.STANDS,
    }  # fmt: skip
    # So the council decides nothing there.
    assert references("2026-07-22-board", "evening-clinics") == ["icb-2026-15"]


def test_an_entry_made_in_mistake_is_struck_out_and_stays_readable():
    here = at_meeting(Meeting.objects.get(name="2026-09-23-board"))
    assert here.record.struck == {22}
    gone = next(e for e in here.entries if e.number == 22)
    assert gone.said["words"].startswith("Dr Gambit asks")
    assert (
        "nobody who sits here" in entries("2026-09-23-board", "entry struck out").get().said["why"]
    )


def test_actions_and_conditions_are_told_of_and_one_is_overdue():
    told = {
        a.number: action_standing(action_fact(a), update_facts(a.updates.all()), TODAY)
        for a in Action.objects.all()
    }
    assert {n: str(s.state) for n, s in told.items()} == {
        1: "done", 2: "done", 3: "done", 4: "done", 5: "done", 6: "open", 7: "open",
    }  # fmt: skip
    # Due on 13 November, and it is the 24th.
    assert {n: s.days_late for n, s in told.items() if s.overdue} == {6: 11}
    assert told[4].moved == 1
    conditions = Action.objects.filter(condition=True).values_list("number", "decision__reference")
    assert dict(conditions) == {
        3: "council-2026-6", 4: "council-2026-6", 5: "council-2026-12", 6: "council-2026-12",
    }  # fmt: skip


def test_minutes_are_approved_at_the_next_meeting_and_signed_and_the_latest_are_a_draft():
    stages = {
        m.name: minutes_on(m, "board").fact.stage for m in Meeting.objects.filter(bodies=["board"])
    }
    assert stages.pop("2026-11-11-board") == MinutesStage.DRAFT
    assert len(stages) == 10
    assert set(stages.values()) == {MinutesStage.SIGNED}
    signed = MinutesEntry.objects.get(meeting__name="2026-03-25-board", act="sign")
    assert signed.who == "Dr Sprague"
    corrected = MinutesEntry.objects.get(act="correct")
    assert "Stone Court Home Care" in str(corrected.lines)
