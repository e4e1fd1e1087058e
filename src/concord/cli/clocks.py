"""`concord clocks`: which clocks run for a decision, by when, the ways out; days counted."""

from __future__ import annotations

from argparse import Namespace

from concord.cli.authority import must_be_known
from concord.cli.printing import Failed, as_json, wrapped
from concord.cli.texts import arrangement_of
from concord.domain.agreements.names import names_of
from concord.domain.agreements.timetables import timetable_for
from concord.domain.calendar import in_words, readings
from concord.domain.clocks.facts import Business, DecisionMaker
from concord.domain.clocks.printed import printed
from concord.domain.clocks.timetable import Timetable, timetable


def clocks(asked: Namespace) -> int:
    """Which clocks run for a decision; or, with `--days`, clear days in every way of counting."""
    if asked.days:
        return _count(asked)
    if not asked.on:
        raise Failed("no date is given", "Add --on with the day of the decision.")
    table = _timetable(asked)
    if asked.json:
        as_json(table.to_data(asked.today))
        return 0
    for line in printed(table, asked.today):
        indent = line[: len(line) - len(line.lstrip())]
        print(wrapped(line.strip(), indent, f"{indent}  "))
    return 0


def _count(asked: Namespace) -> int:
    event = asked.before or asked.after
    if event is None:
        raise Failed("no day to count from", "Add --before or --after with a date.")
    counted = readings(event, asked.days, asked.before is not None)
    if asked.json:
        as_json(
            {
                "event": event,
                "clear_days": asked.days,
                "readings": {c.counting.words: c.day for c in counted},
            }
        )
        return 0
    way = "publish by" if asked.before else "not before"
    print(f"{asked.days} clear days {'before' if asked.before else 'after'} {in_words(event)}")
    for one in counted:
        print(f"  {one.counting.words:<42} {way} {in_words(one.day)}")
        for warning in one.warnings:
            print(wrapped(warning.says, "    ! "))
    return 0


def _timetable(asked: Namespace) -> Timetable:
    business = Business(function_kind=asked.function, key=asked.key, private=asked.private)
    if asked.place:
        a = arrangement_of(asked.place)
        known = names_of(a)
        must_be_known(
            [asked.maker or ""], known["body"] | known["post"] | known["seat"], "maker (--maker)"
        )
        return timetable_for(
            a, asked.maker, business, asked.on, asked.published, asked.organisation or ""
        )
    maker = DecisionMaker(
        name=asked.form, form=asked.form, organisation=asked.organisation or "the organisation",
        organisation_kind=asked.kind, governance=asked.governance,
    )  # fmt: skip
    return timetable(maker, business, asked.on, (), asked.published)
