"""The forward plan: what an entry must say of each kind of decision-maker, and by when.

Lowick's Cabinet meets on Tuesday 11 February 2025. Twenty-eight clear days before it, counted as
calendar days, begin on 14 January, so the notice is out by Monday 13 January.
"""

from __future__ import annotations

from datetime import date

from tests.domain import small_place
from tests.domain.a_matter import TEXT, matter, spoilt

from concord.domain.decisions.forward_plan import Particulars, entries, plan_of
from concord.domain.findings import Answer

ON = date(2025, 1, 6)
GOVERNANCE = 'governance = "leader and cabinet" }'
CABINET = (
    'legal_form = "cabinet" }',
    'legal_form = "cabinet", seats.members = { of = "council", posts = ["leader", "member"] } }',
)
PARTICULARS = {
    "council": Particulars(address="Town Hall, Lowick", how_to_ask="Write to the proper officer.")
}


def place(named=True, amount="£250,000"):
    key = f'governance = "leader and cabinet", key_decision = {{ amount = "{amount}" }} }}'
    text = small_place.spoilt((GOVERNANCE, key), CABINET)
    if named:
        text = text.replace('kind = "leader" }', 'kind = "leader", held_by = "Ann Reed" }')
        text = text.replace(
            'kind = "executive member" }', 'kind = "executive member", held_by = "Bo Hall" }'
        )
    return small_place.read(text)


def cabinets(arrangement=None, text=TEXT, **more):
    known = entries({"reablement": matter(text)}, arrangement or place(), ON, PARTICULARS, **more)
    return plan_of(known, "cabinet")[0]


def words(entry, letter):
    return next(line.words for line in entry.lines if line.letter == letter)


def test_a_body_is_named_with_a_list_of_its_members():
    entry = cabinets()
    assert entry.maker.kind == "body"
    assert words(entry, "c") == "Cabinet: Ann Reed, Leader; Bo Hall, Cabinet Member"
    assert entry.complete().stands


def test_an_individual_is_given_by_name_and_title():
    text = spoilt(('body = "cabinet"', 'body = "leader"'))
    entry = plan_of(entries({"m": matter(text)}, place(), ON, PARTICULARS), "leader")[0]
    assert entry.maker.kind == "individual"
    assert words(entry, "c") == "Ann Reed, Leader"


def test_where_members_decide_for_themselves_each_of_the_organisation_is_named():
    text = spoilt(('body = "cabinet"', 'body = "board"'))
    entry = plan_of(entries({"m": matter(text)}, place(), ON, PARTICULARS), "board")[0]
    assert entry.maker.kind == "individual"
    assert words(entry, "c") == "Ann Reed, Leader; Bo Hall, Cabinet Member"


def test_a_member_nobody_names_is_missing_with_what_would_mend_it():
    entry = cabinets(place(named=False))
    assert [line.letter for line in entry.missing] == ["c"]
    assert "Leader" in entry.complete().remedies[0]
    assert entry.complete().answer is Answer.NEEDS


def test_the_last_day_leaves_twenty_eight_clear_days():
    assert cabinets().by == date(2025, 1, 13)


def test_a_planned_day_moves_the_last_day_with_it():
    later = {"reablement": {"cabinet": date(2025, 2, 18)}}
    assert cabinets(days=later).by == date(2025, 1, 20)


def test_it_is_late_the_day_after_and_stays_late_once_published_late():
    assert not cabinets().late(date(2025, 1, 13))
    assert cabinets().late(date(2025, 1, 14))
    assert cabinets(published={("reablement", "cabinet"): date(2025, 1, 15)}).late(ON)
    assert not cabinets(published={("reablement", "cabinet"): ON}).late(date(2025, 2, 1))


def test_a_key_decision_requires_the_entry_and_another_does_not():
    # £480,000 a year is over £250,000 and not over £500,000.
    assert cabinets().required is True
    assert cabinets(place(amount="£500,000")).required is False


def test_where_nobody_says_what_is_key_the_entry_may_be_required():
    arrangement = small_place.read(small_place.spoilt(CABINET))
    assert cabinets(arrangement).required is None


def test_an_nhs_board_has_an_entry_that_no_regulation_asks_for():
    known = entries({"reablement": matter()}, place(), ON)
    assert [e.required for e in plan_of(known, "icb_board")] == [False]


def test_a_stop_for_information_has_no_entry():
    assert plan_of(entries({"m": matter()}, place(), ON), "planning") == ()


def test_what_is_kept_from_the_public_is_not_among_the_documents():
    text = spoilt(
        (
            'title = "Appendix A: the specification"\n',
            'title = "Appendix A: the specification"\n'
            '[[report.appendices]]\ntitle = "The two bids"\nexempt = "prices"\n',
        )
    )
    assert words(cabinets(text=text), "e") == (
        "Report: Reablement at home; Appendix A: the specification"
    )


def test_an_address_nobody_gives_is_missing():
    entry = plan_of(entries({"m": matter()}, place(), ON), "cabinet")[0]
    assert [line.letter for line in entry.missing] == ["f", "h"]


def test_a_stop_without_a_day_needs_the_period():
    text = spoilt(("on = 2025-02-11", 'on = "not stated"'))
    entry = cabinets(text=text)
    assert entry.on is None
    assert "d" in [line.letter for line in entry.missing]


def test_entries_stand_in_the_order_of_their_days():
    known = entries({"reablement": matter()}, place(), ON)
    assert [e.on for e in known] == [date(2025, 2, 11), date(2025, 2, 13)]


def test_at_a_joint_body_each_partner_decides_its_own_half():
    text = spoilt(('body = "cabinet"\norganisation = "council"', 'body = "board"'))
    known = [
        e for e in entries({"m": matter(text)}, place(), ON, PARTICULARS) if e.maker.id == "board"
    ]
    assert [e.maker.organisation for e in known] == ["council", "icb"]
    assert words(known[0], "c") == "Ann Reed, Leader; Bo Hall, Cabinet Member"
    assert [e.required for e in known] == [True, False]
