"""`concord authority`: who may decide, asked of a place's text; no database is needed."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterable
from datetime import date

from concord.cli.printing import EXIT, HEADS, Failed, as_json, say_verdict, wrapped
from concord.cli.texts import arrangement_of, today
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.authority import Half, Ruling, may_decide, who_may_decide
from concord.domain.agreements.keyness import is_key
from concord.domain.agreements.labels import label
from concord.domain.agreements.matter import BEFORE, Facts, Matter, Meeting, Sitting
from concord.domain.agreements.names import names_of
from concord.domain.agreements.timetables import whose_clocks
from concord.domain.agreements.words import Act, Mode
from concord.domain.calendar import in_words
from concord.domain.findings import Answer, Verdict
from concord.domain.language.reading import nearest
from concord.domain.language.values import NOT_STATED, NotStated
from concord.domain.money import pence, pounds

_SEAT = re.compile(r"([a-z0-9_.]+)=(\d{1,3})(?:/(\d{1,3}))?(?:,(\d{1,3}) substitutes?)?")
_RECORDED = ("agreed", "personally", "in_writing", "consulted", "recommended", "met")


def authority(asked: Namespace) -> int:
    """Who may decide a matter; with `--maker`, whether that one may."""
    a = arrangement_of(asked.place)
    matter, facts, on = matter_of(asked, a), facts_of(asked, a), asked.on or today()
    if asked.maker:
        return _one(asked, a, matter, facts, on)
    ruling = who_may_decide(a, matter, facts, on)
    keys = [k for whose in _asked_of(a, ruling) if (k := is_key(a, whose, matter, on))]
    if asked.json:
        as_json({"answer": ruling.answer, "ruling": ruling, "key": keys})
        return EXIT[ruling.answer]
    _say(a, ruling, asked.all)
    for key in keys:
        word = {True: "Key decision", False: "Not a key decision", None: "Key or not: not stated"}[
            key.key
        ]
        print(wrapped(f"{word} for {label(a, key.organisation)}: {key.says}. {key.authority}", ""))
    _say_sources(a, ruling)
    if ruling.rests_on_proposed:
        print("This answer takes what is only proposed as adopted.")
    return EXIT[ruling.answer]


def _asked_of(a: Arrangement, ruling: Ruling) -> Iterable[str]:
    """Whose decision it would be: each half's organisation, and a lead that may decide for it."""
    whose: dict[str, None] = {}
    for half in ruling.halves:
        whose[half.organisation] = None
        for option in half.options:
            if option.verdict.answer is not Answer.REFUSED:
                lead = option.chain.lead
                whose[whose_clocks(a, half.organisation, option.maker, lead)] = None
    return whose


def _one(asked: Namespace, a: Arrangement, matter: Matter, facts: Facts, on: date) -> int:
    known = names_of(a)
    makers = known["body"] | known["post"] | known["seat"]
    must_be_known([asked.maker], makers, "body, post or seat")
    verdict = may_decide(a, asked.maker, matter, facts, on)
    if asked.json:
        as_json({"maker": asked.maker, "on": on, "verdict": verdict})
    else:
        say_verdict(verdict, label(a, asked.maker))
        _say_other_routes(a, asked, who_may_decide(a, matter, facts, on), verdict)
    return EXIT[verdict.answer]


def _say_other_routes(a: Arrangement, asked: Namespace, ruling: Ruling, best: Verdict) -> None:
    """The maker's other powers over the matter, in full with `--all`, else in a line."""
    mine = (o for half in ruling.halves for o in half.options if o.maker == asked.maker)
    for option in (o for o in mine if o.verdict != best):
        if asked.all:
            print()
            say_verdict(option.verdict, f"{option.label}, by another power")
        else:
            why = next((r.says for r in option.verdict.against), "it stands too")
            print(
                wrapped(f"Another power: {HEADS[option.verdict.answer].lower()}, {why}", "", "  ")
            )


def _say(a: Arrangement, ruling: Ruling, everything: bool) -> None:
    m = ruling.matter
    money = "an amount not known" if isinstance(m.amount, NotStated) else pounds(m.amount or 0)
    what = " and ".join(label(a, f) for f in m.functions)
    print(
        wrapped(
            f"{what}: {money if m.amount is not None else 'no money'}, on {in_words(ruling.on)}", ""
        )
    )
    for half in ruling.halves:
        print(f"\n{label(a, half.organisation)}")
        _say_half(half, everything)
    print("\nWhat each body does with it")
    for one in ruling.capacities:
        print(wrapped(f"{one.label}: {one.verb}; {one.says}", "  ", "    "))


def _say_sources(a: Arrangement, ruling: Ruling) -> None:
    """The titles of the sources cited, because a title may carry a warning."""
    reasons = (r for h in ruling.halves for o in h.options for r in o.verdict.reasons)
    cited = {s.split()[0] for r in reasons for s in r.authority.sources}
    print()
    for name in sorted(cited & set(a.sources_)):
        print(wrapped(f"{name}: {a.sources_[name].title}", "", "    "))


def _say_half(half: Half, everything: bool) -> None:
    if not half.options:
        print(wrapped(half.held_by_law.says, f"  {HEADS[half.answer]}: ", "    "))
    shown = half.options if everything else half.options[:6]
    for option in shown:
        say_verdict(option.verdict, option.label)
    if len(shown) < len(half.options):
        print(f"  and {len(half.options) - len(shown)} more; --all shows them")


def matter_of(asked: Namespace, a: Arrangement) -> Matter:
    """The matter that the words of the command describe."""
    if not asked.function:
        raise Failed(
            "no function is named", f"Add --function with one of: {', '.join(a.functions)}."
        )
    must_be_known(asked.function, set(a.functions), "function")
    must_be_known(asked.agreement, set(a.agreements), "agreement")
    must_be_known(asked.neutral_for, set(a.organisations), "organisation")
    return Matter(
        functions=tuple(asked.function),
        act=_word(Act, asked.act, "act"),
        amount=_amount(asked.amount),
        modes=tuple(m for word in asked.mode if (m := _word(Mode, word, "mode of money"))),
        funds=tuple(asked.fund),
        agreements=tuple(asked.agreement),
        within_budget=asked.within_budget,
        neutral_for=frozenset(asked.neutral_for),
        wards=asked.wards,
    )


def _amount(words: str | None) -> int | NotStated | None:
    if words is None:
        return None
    if words == "not known":
        return NOT_STATED
    try:
        return pence(words)
    except ValueError as fault:
        raise Failed(f"{words!r}: {fault}", 'Write it as "£1,240,000".') from None


def _word(known: type[Act] | type[Mode], words: str | None, what: str) -> Act | Mode | None:
    if not words:
        return None
    try:
        return known(words)
    except ValueError:
        raise Failed(
            f"{words!r} is not a known {what}", nearest(words, [str(k) for k in known])
        ) from None


def facts_of(asked: Namespace, a: Arrangement) -> Facts:
    """What the words of the command say has happened; nothing said is a question asked before."""
    recorded = {kind: frozenset(getattr(asked, kind)) for kind in _RECORDED}
    known = set().union(
        *(names_of(a)[k] for k in ("organisation", "post", "body", "seat", "chair"))
    )
    for kind, names in recorded.items():
        if kind != "met":
            must_be_known(names, known, "organisation, post, body or seat")
    meeting = _meeting(asked, a)
    if meeting is None and not asked.decided and not any(recorded.values()):
        return BEFORE
    return Facts(
        meeting=meeting,
        decided=dict.fromkeys(asked.decided, ""),
        asked_before=asked.before,
        **recorded,
    )


def _meeting(asked: Namespace, a: Arrangement) -> Meeting | None:
    if not asked.at:
        if asked.seat:
            raise Failed("seats are given and no body", "Add --at with the body that met.")
        return None
    must_be_known([asked.at], set(a.bodies), "body")
    seats = {}
    for words in asked.seat:
        found = _SEAT.fullmatch(words)
        if not found:
            raise Failed(
                f"{words!r} is not a seat's vote",
                "As members=3, or members=2/3: two of three for it.",
            )
        name = found[1].removeprefix(f"{asked.at}.")
        must_be_known([name], set(a.bodies[asked.at].known_seats), f"seat of {asked.at}")
        seats[name] = _sitting(words, int(found[2]), int(found[3] or found[2]), int(found[4] or 0))
    return Meeting(asked.at, seats)


def _sitting(words: str, for_: int, present: int, substitutes: int) -> Sitting:
    if for_ > present:
        raise Failed(f"{words!r}: more are for it than present", "As 2/3: two of three present.")
    if substitutes > present:
        says = f"{words!r}: more substitutes sit than members are present"
        raise Failed(says, 'As "3,1 substitute": one of the three is a substitute.')
    return Sitting(present, substitutes, for_, present - for_)


def must_be_known(names: Iterable[str], known: set[str], what: str) -> None:
    for name in names:
        if name not in known:
            raise Failed(f"no {what} is called {name!r}", nearest(name, sorted(known)))
