"""How many rulings a second one process gives, over the texts of all places.

    python benchmarks/authority.py

A ruling is one call of `may_decide`: a maker, a matter, what happened, a day. Makers, matters,
facts and days are drawn at random from what each text names, with a seed, so that two runs ask the
same questions. Most makers drawn hold no power over the matter and are refused soon, so the makers
that some power reaches are timed again by themselves, and so is the whole answer for a matter.
Each figure is the median of several runs; docs/benchmarks.md keeps the last ones.
"""

from __future__ import annotations

import platform
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.authority import may_decide, who_may_decide
from concord.domain.agreements.bodies import Body
from concord.domain.agreements.delegations import chains
from concord.domain.agreements.matter import BEFORE, Facts, Matter, Meeting, Sitting
from concord.domain.agreements.names import names_of
from concord.domain.agreements.reader import read_arrangement
from concord.domain.agreements.words import Act, Mode
from concord.domain.language.values import NOT_STATED

PLACES = Path(__file__).parents[1] / "places"
SEED = 75
QUESTIONS = 12_000
RUNS = 7
FIRST, LAST = date(2016, 4, 1), date(2027, 3, 31)


@dataclass(frozen=True, slots=True)
class Question:
    """One question for one place."""

    arrangement: Arrangement
    maker: str
    matter: Matter
    facts: Facts
    on: date


def arrangements() -> tuple[Arrangement, ...]:
    """Every place's text, read; a place without one is left out."""
    texts = sorted(PLACES.glob("*/arrangement.toml"))
    read = (read_arrangement(t.read_text("utf-8"), str(t)).arrangement for t in texts)
    return tuple(a for a in read if a is not None and a.functions)


def questions(places: tuple[Arrangement, ...], number: int) -> list[Question]:
    """So many questions, the places in turn; the same ones every time."""
    chance = random.Random(SEED)  # noqa: S311 - a benchmark, not a secret
    return [_question(chance, places[n % len(places)]) for n in range(number)]


def _question(chance: random.Random, a: Arrangement) -> Question:
    known = names_of(a)
    makers = sorted(known["body"] | known["post"] | known["seat"])
    on = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
    return Question(a, chance.choice(makers), _matter(chance, a), _facts(chance, a), on)


def _matter(chance: random.Random, a: Arrangement) -> Matter:
    functions = sorted(a.functions)
    several = min(len(functions), chance.choice((1, 1, 1, 2)))
    return Matter(
        functions=tuple(chance.sample(functions, several)),
        act=chance.choice((None, *Act)),
        amount=chance.choice(
            (None, NOT_STATED, *(chance.randrange(300_000_000) for _ in range(6)))
        ),
        modes=chance.choice(((), *((m,) for m in Mode))),
        within_budget=chance.choice((True, True, False, None)),
        wards=chance.choice((None, 1, 3)),
    )


def _facts(chance: random.Random, a: Arrangement) -> Facts:
    if chance.random() < 0.3:
        return BEFORE
    people = sorted(names_of(a)["post"] | names_of(a)["seat"])
    some = frozenset(chance.sample(people, min(len(people), 4)))
    bodies = [b for b in a.bodies.values() if b.known_seats]
    meeting = _meeting(chance, chance.choice(bodies)) if bodies else None
    return Facts(meeting=meeting, agreed=some, consulted=some, recommended=some)


def _meeting(chance: random.Random, body: Body) -> Meeting:
    seats = {}
    for seat in body.known_seats.values():
        most = seat.count if isinstance(seat.count, int) else 4
        here = chance.randint(0, most)
        for_ = chance.randint(0, here)
        seats[seat.id] = Sitting(here, 0, for_, here - for_)
    return Meeting(body.id, seats)


def reached(asked: list[Question]) -> list[Question]:
    """The questions whose maker some power reaches: the longest to answer."""
    return [
        q
        for q in asked
        if any(
            c.maker == q.maker
            for name in q.matter.functions
            for c in chains(q.arrangement, q.arrangement.functions[name], q.on)
        )
    ]


def one_maker(q: Question) -> object:
    return may_decide(q.arrangement, q.maker, q.matter, q.facts, q.on)


def every_decider(q: Question) -> object:
    return who_may_decide(q.arrangement, q.matter, q.facts, q.on)


def rate(ask: Callable[[Question], object], asked: list[Question]) -> float:
    """Answers in a second of processor time, so that a busy machine does not change it much."""
    began = time.process_time()
    for q in asked:
        ask(q)
    return len(asked) / (time.process_time() - began)


def run() -> dict[str, float]:
    """One run: the texts are read anew, so that nothing worked out before is kept."""
    asked = questions(arrangements(), QUESTIONS)
    found = {"may_decide, any maker": rate(one_maker, asked)}
    found["may_decide, makers a power reaches"] = rate(one_maker, reached(asked))
    found["who_may_decide, every maker and body"] = rate(every_decider, asked[: QUESTIONS // 6])
    return found


def main() -> None:
    runs = [run() for _ in range(RUNS)]
    print(f"{QUESTIONS:,} questions, {RUNS} runs, Python {platform.python_version()}")
    for name in runs[0]:
        each = [r[name] for r in runs]
        print(
            f"{name}: median {statistics.median(each):,.0f} a second, "
            f"from {min(each):,.0f} to {max(each):,.0f}"
        )


if __name__ == "__main__":
    main()
