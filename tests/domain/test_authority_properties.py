"""Who may decide: what no larger amount, no further consent and no other name may change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.two_places import (
    BRASSING,
    NAMES,
    middlemarch_as_written,
    read,
)

from concord.domain.agreements.authority import may_decide, who_may_decide
from concord.domain.agreements.matter import Facts, Matter, Meeting, Sitting
from concord.domain.agreements.words import Act, Mode

# Whatever the numbers and the names -----------------------------------------------------


PLACE = middlemarch_as_written()
MAKERS = ("cabinet", "full_council", "icb_board", "board", "board.members", "board.icb", "director")
days = st.dates(date(2022, 1, 1), date(2027, 1, 1))
amounts = st.integers(0, 300_000_000)
sittings = st.integers(0, 3).flatmap(
    lambda here: st.builds(lambda for_: Sitting(here, 0, for_, here - for_), st.integers(0, here))
)
meetings = st.builds(lambda m, i: Meeting("board", {"members": m, "icb": i}), sittings, sittings)
somebody = st.frozensets(
    st.sampled_from(("lead_member", "board.chair", "icb_chief", "cabinet", "icb_board"))
)
happened = st.builds(
    Facts, st.none() | meetings, somebody, consulted=somebody, recommended=somebody
)
matters = st.builds(
    Matter,
    st.sampled_from([("care",), ("nhs",), ("learning",), ("virement",), ("care", "nhs")]),
    st.none() | st.sampled_from((Act.COMMISSION, Act.DECOMMISSION, Act.PROCURE)),
    amounts,
    st.sampled_from([(), (Mode.POOLED,), (Mode.ALIGNED,)]),
    within_budget=st.sampled_from((True, False, None)),
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(MAKERS), matters, happened, days, amounts)
def test_raising_the_amount_never_improves_an_answer(maker, asked, facts, on, more):
    least = may_decide(PLACE, maker, asked, facts, on).answer
    dearer = replace(asked, amount=asked.amount + more)
    assert may_decide(PLACE, maker, dearer, facts, on).answer <= least


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(MAKERS), matters, happened, days, somebody)
def test_adding_agreement_never_worsens_an_answer(maker, asked, facts, on, more):
    first = may_decide(PLACE, maker, asked, facts, on).answer
    warmer = replace(
        facts,
        agreed=facts.agreed | more,
        consulted=facts.consulted | more,
        recommended=facts.recommended | more,
    )
    assert may_decide(PLACE, maker, asked, warmer, on).answer >= first


@settings(max_examples=150, deadline=None)
@given(matters, meetings, days, st.sampled_from(("members", "icb")))
def test_one_more_hand_for_it_never_worsens_an_answer(asked, meeting, on, seat):
    facts = Facts(meeting=meeting)
    now = meeting.at(seat)
    if not now.against:
        return
    turned = replace(now, for_=now.for_ + 1, against=now.against - 1)
    more = Facts(meeting=replace(meeting, seats={**meeting.seats, seat: turned}))
    for maker in ("board.members", "board.icb"):
        first = may_decide(PLACE, maker, asked, facts, on).answer
        assert may_decide(PLACE, maker, asked, more, on).answer >= first


TAKEN = {"leader", "chief", "matron", "cabinet", "governing", "icb_board", "joint", "halves"}
names = st.lists(
    st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(
        lambda n: n not in TAKEN and not n.startswith("council_")
    ),
    min_size=len(NAMES), max_size=len(NAMES), unique=True,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(names, st.integers(0, 50_000_000), st.integers(0, 2000), sittings, sittings)
def test_renaming_everything_renames_the_answer(new, amount, after, county, icb):
    renamed = dict(zip(NAMES, new, strict=True))
    texts = (NAMES, renamed)
    on = date(2020, 1, 1) + timedelta(days=after)
    told = []
    for called in texts:
        place = read(BRASSING.substitute(called))
        ruling = who_may_decide(
            place,
            Matter((called["homes"], called["nursing"]), Act.COMMISSION, amount, (Mode.POOLED,)),
            Facts(meeting=Meeting("halves", {"county": county, "icb": icb})),
            on,
        )
        told.append(
            [
                (list(called.values()).index(h.organisation), [o.verdict for o in h.options])
                for h in ruling.halves
            ]
        )
    first, second = ([(n, [v.answer for v in vs]) for n, vs in t] for t in told)
    assert first == second


@settings(max_examples=150, deadline=None)
@given(matters, happened, days)
def test_one_question_and_the_whole_answer_agree(asked, facts, on):
    ruling = who_may_decide(PLACE, asked, facts, on)
    makers = [{o.maker for o in half.options} for half in ruling.halves]
    for maker in set.intersection(*makers):
        best = [max(o.verdict.answer for o in h.options if o.maker == maker) for h in ruling.halves]
        assert may_decide(PLACE, maker, asked, facts, on).answer is min(best)
    assert ruling.answer is min(half.answer for half in ruling.halves)
