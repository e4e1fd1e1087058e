"""Random rules and outturns over the small partnership of risk_texts.py."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.domain.risk_texts import agreed

from concord.domain.agreements.matter import Facts
from concord.domain.funds.risk_rules import Cause
from concord.domain.funds.risk_share.facts import LineVariance, Recorded
from concord.domain.money import pounds

LINES = ("home_care", "day_care", "aligned", "adaptations", "beds", "away", "ward")
NETS = ("line", "scheme", "fund", "agreement")
FUNDS = ("care", "health", "far", "seen")

_of = st.sampled_from(
    [
        "", "", "", 'of = { funds = ["care"] }', 'of = { funds = ["health", "seen"] }',
        'of = { modes = ["pooled"] }', 'of = { causes = ["breach", "price"] }',
        'of = { marks = ["variable"] }', 'of = { lines = ["day_care", "beds", "ward"] }',
        'of = { schemes = ["at_home"] }', 'of = { leads = ["icb"] }',
    ]
)  # fmt: skip


@st.composite
def ratios(draw: st.DrawFn) -> str:
    council, icb = draw(st.integers(0, 9)), draw(st.integers(1, 9))
    return f"{{ ratio = {{ council = {council}, icb = {icb} }} }}"


def between_partners() -> st.SearchStrategy[str]:
    """Where a rule may let it fall on partners."""
    return st.one_of(
        ratios(),
        st.sampled_from(
            [
                '"lead"', '"host"', '"share commissioned"', '"partner at fault"',
                '{ contributions = "as first agreed" }', '{ contributions = "as last agreed" }',
                '"agreed share of the line"',
            ]
        ),
    )  # fmt: skip


def elsewhere() -> st.SearchStrategy[str]:
    """Where else it may fall."""
    pools = st.lists(st.sampled_from(FUNDS), min_size=1, max_size=3, unique=True)
    quoted = pools.map(lambda names: ", ".join(f'"{n}"' for n in names))
    return st.one_of(
        quoted.map(lambda q: f"{{ offset_in = [{q}] }}"),
        quoted.map(lambda q: f"{{ uncommitted_in = [{q}] }}"),
        st.sampled_from(['{ reserve = "risk" }', '{ reserve = "next_year" }', '"no one"']),
    )


_money = st.integers(0, 2_000_000_00).map(pounds)
_caps = st.one_of(
    _money.map(lambda m: f'cap = "{m}"'),
    _money.map(lambda m: f'cap = {{ council = "{m}" }}'),
    st.integers(0, 20).map(lambda n: f'cap = "{n}% of contribution"'),
)
_takes = st.one_of(
    _money.map(lambda m: f'takes = "{m}"'),
    st.integers(0, 10).map(lambda n: f'takes = "{n}% of budget"'),
)
_asks = st.sampled_from(
    [
        'provided = [{ agreed_by = "board" }], silence = "waits"',
        'provided = [{ agreed_by = "board" }], silence = "passes on"',
    ]
)


@st.composite
def rules(draw: st.DrawFn, only_partners: bool = False) -> str:
    """One rule as a line of text; between partners only, either way and asking nobody."""
    signs = ["either"] if only_partners else ["overspend", "underspend", "either"]
    falls = between_partners() if only_partners else st.one_of(between_partners(), elsewhere())
    asks = st.just("") if only_partners else st.one_of(st.just(""), st.just(""), _asks)
    net = draw(st.integers(0, 3))
    parts = [
        f'on = "{draw(st.sampled_from(signs))}"',
        f'net = "{NETS[net]}"',
        f"falls_to = {draw(falls)}",
        draw(_of),
        draw(st.one_of(st.just(""), _caps)),
        draw(st.one_of(st.just(""), _takes)),
        draw(asks),
    ]
    if "cap =" in parts[4]:
        parts.append(f'cap_at = "{NETS[draw(st.integers(net, 3))]}"')
    return "{ " + ", ".join(p for p in parts if p) + " }"


def risk_shares() -> st.SearchStrategy[list[str]]:
    return st.lists(rules(), min_size=1, max_size=6)


@st.composite
def outturns(draw: st.DrawFn, size: int = 3_000_000_00) -> tuple[LineVariance, ...]:
    """Variances in whole pence, with causes and a partner at fault here and there."""
    lines = draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=9))
    return tuple(
        LineVariance(
            line=line,
            amount=draw(st.integers(-size, size)),
            version=1,
            cause=draw(st.sampled_from([Cause.DEMAND, Cause.PRICE, Cause.BREACH])),
            at_fault=draw(st.sampled_from([None, "council", "icb"])),
        )
        for line in lines
    )


def decisions() -> st.SearchStrategy[dict[str, Recorded]]:
    """What is recorded on each rule: nothing, a refusal, or agreement to all or to an amount."""
    one = st.sampled_from(
        [Recorded(facts=Facts()), agreed("board"), agreed("board", amount="£250,000.03")]
    )
    return st.dictionaries(st.integers(1, 6).map(lambda n: f"rule {n}"), one, max_size=4)
