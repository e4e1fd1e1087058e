"""Actions and conditions: an owner on each side, dated updates, overdue on the next agenda."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.commands.meeting_room import decided

from concord.commands.follow_up import add_action, update_action
from concord.commands.follow_up_read import actions_of, conditions_of, overdue_actions
from concord.domain.findings import Refused
from concord.records.models import Action, ActionUpdate, Decision
from concord.records.verification import verify_evidence

BOTH = {"council": "director", "icb": "icb_chief"}
DUE = date(2026, 12, 11)


@pytest.fixture
def clerk(cast, operator):
    made = datetime(2026, 11, 25, 15, tzinfo=UTC)
    return replace(operator, account=cast.democratic_services_officer, now=made)


def on(clerk, day: int, month: int = 12):
    return replace(clerk, now=datetime(2026, month, day, 9, tzinfo=UTC))


def add(clerk, key="a", what="Open ten places by January", owners=BOTH, due=DUE, **more):
    return add_action(
        clerk, "middlemarch", key=key, what=what, owners=owners, due=due, **more
    )  # fmt: skip


def tell(clerk, number, state, says, day, key="", **more):
    return update_action(
        clerk, "middlemarch", number=number, key=key or f"{number} {state} {day}", state=state,
        says=says, on=day, **more,
    )  # fmt: skip


def refusal(act) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return str(caught.value)


def standing(number, day):
    return next(a.standing for a in actions_of("middlemarch", day) if a.row.number == number)


def test_each_side_has_its_owner_and_its_number_and_none_is_left_out(clerk):
    add(clerk)
    add(clerk, key="b", owners={"icb": "icb_cfo"})
    kept = Action.objects.order_by("number").values_list("number", "organisation", "owner")
    assert list(kept) == [
        (1, "council", "director"), (2, "icb", "icb_chief"), (3, "icb", "icb_cfo")
    ]  # fmt: skip
    assert add(clerk)[0].number == 1
    assert Action.objects.count() == 3
    assert not list(verify_evidence())


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"what": " "}, "what is to be done is not said"),
        ({"owners": {}}, "it has no owner"),
        ({"owners": {"council": ""}}, "is not said"),
        ({"owners": {"brewery": "director"}}, "no organisation of this place"),
        ({"owners": {"icb": "director"}}, "does not act for"),
        ({"condition": True}, "a condition belongs to a decision"),
        ({"decision": "council-2026-9"}, "there is no decision"),
    ],
)
def test_an_action_that_nobody_could_do_is_refused(clerk, more, said):
    assert said in refusal(lambda: add(clerk, **more))


def test_an_officer_whom_both_partners_appointed_may_do_it_for_either(clerk):
    # Clause 10.3: the head of integrated commissioning acts for the ICB too.
    assert add(clerk, owners={"icb": "integration_manager"})


def test_updates_are_added_and_the_state_of_any_day_can_be_told(clerk):
    add(clerk)
    tell(on(clerk, 1), 1, "open", "Six are open", date(2026, 12, 1))
    tell(on(clerk, 14), 1, "done", "All ten", date(2026, 12, 14), evidence="Minute 7")
    assert ActionUpdate.objects.count() == 2
    assert standing(1, date(2026, 12, 12)).days_late == 1
    assert str(standing(1, date(2026, 12, 14)).state) == "done"
    assert standing(1, date(2026, 12, 14)).days_late == 0


def test_a_day_that_moves_is_told_with_its_reason_and_counted(clerk):
    add(clerk)
    later = date(2027, 1, 15)
    assert "is not said" in refusal(
        lambda: tell(on(clerk, 1), 1, "open", "", date(2026, 12, 1), due=later)
    )
    tell(on(clerk, 1), 1, "open", "The builder is late", date(2026, 12, 1), due=later)
    found = standing(1, date(2026, 12, 20))
    assert (found.due, found.moved, found.overdue) == (later, 1, False)


def test_what_is_dropped_says_why_and_what_is_done_is_not_done_again(clerk):
    add(clerk)
    day = date(2026, 12, 1)
    assert "why it is dropped" in refusal(lambda: tell(on(clerk, 1), 1, "dropped", " ", day))
    tell(on(clerk, 1), 1, "dropped", "The ward closed", day)
    assert "it is dropped already" in refusal(lambda: tell(on(clerk, 1), 1, "done", "Yes", day))
    tell(on(clerk, 2), 1, "open", "The ward opens after all", date(2026, 12, 2))
    assert str(standing(1, date(2026, 12, 2)).state) == "open"


def test_nothing_is_told_of_a_day_to_come_or_from_before_the_last_update(clerk):
    add(clerk)
    assert "still to come" in refusal(
        lambda: tell(on(clerk, 1), 1, "open", "Soon", date(2026, 12, 2))
    )
    tell(on(clerk, 3), 1, "open", "Six", date(2026, 12, 3))
    assert "3 December" in refusal(lambda: tell(on(clerk, 3), 1, "done", "Ten", date(2026, 12, 2)))


def test_an_overdue_action_comes_before_the_body_that_gave_it_and_no_other(clerk):
    outcome = decided(clerk)
    add(clerk, meeting=outcome.meeting.name, item="5")
    day = date(2026, 12, 16)
    # Due on 11 December: five days late on the 16th.
    late = overdue_actions("middlemarch", ["board"], day)
    assert [(a.row.number, a.standing.days_late) for a in late] == [(1, 5), (2, 5)]
    assert overdue_actions("middlemarch", ["cabinet"], day) == ()
    assert overdue_actions("middlemarch", ["board"], DUE) == ()


def test_a_condition_stands_unmet_on_its_decision_until_something_shows_it_met(clerk):
    decided(clerk)
    add(clerk, condition=True, decision="council-2026-1", owners={"council": "director"})
    decision = Decision.objects.get(reference="council-2026-1")
    assert [c.unmet for c in conditions_of(decision, DUE)] == [True]
    assert "nothing shows that it is met" in refusal(
        lambda: tell(on(clerk, 1), 1, "done", "Met", date(2026, 12, 1))
    )
    tell(on(clerk, 1), 1, "done", "Met", date(2026, 12, 1), evidence="Signed lease, 1 December")
    assert [c.unmet for c in conditions_of(decision, DUE)] == [False]


def test_a_condition_that_was_dropped_is_still_unmet(clerk):
    decided(clerk)
    add(clerk, condition=True, decision="council-2026-1", owners={"council": "director"})
    tell(on(clerk, 1), 1, "dropped", "No longer wanted", date(2026, 12, 1))
    decision = Decision.objects.get(reference="council-2026-1")
    assert [c.unmet for c in conditions_of(decision, DUE)] == [True]


def test_a_member_tells_of_an_action_and_only_whoever_keeps_them_gives_one(cast, clerk):
    add(clerk)
    member = replace(on(clerk, 1), account=cast.nhs_board_member)
    assert tell(member, 1, "open", "Six", date(2026, 12, 1)).pk
    assert "you may not give somebody an action" in refusal(lambda: add(member, key="m"))
