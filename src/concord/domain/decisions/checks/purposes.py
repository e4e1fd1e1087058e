"""Findings on what a report asks of whom: its purpose at each stop, and its recommendations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.capacity import DECIDE
from concord.domain.agreements.checks.found import grave, slight
from concord.domain.agreements.labels import label, listed, on_day
from concord.domain.decisions.checks.days import written_on
from concord.domain.decisions.checks.passages import passages, report_of
from concord.domain.decisions.facts import answers
from concord.domain.decisions.matter import MatterText, Stop
from concord.domain.decisions.report import Recommendation, Report
from concord.domain.decisions.words import Purpose, Verb
from concord.domain.findings import Finding
from concord.domain.language.values import NotStated

# What a body can be asked to do with a matter that only comes to it to be known.
_FOR_INFORMATION = {Verb.NOTE, Verb.RECEIVE, Verb.CONSIDER}
_ASKED = re.compile(
    r"\b(?:the )?(?P<who>[A-Z][\w’']*(?:,? (?:and |of |the |for )*[A-Z][\w’']*)*) "
    r"(?:is|are) (?:recommended|asked|requested|invited) to\b"
)


def purpose_findings(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """Every finding of the families `purpose.` and `recommendation.`."""
    yield from _beyond(text, arrangement)
    report = report_of(text)
    if report is None:
        return
    yield from _stated(text, report, arrangement)
    yield from _recommendations(text, report, arrangement)
    yield from _stops_without(text, report, arrangement)
    yield from _in_words(text, arrangement)


def _stated(text: MatterText, report: Report, arrangement: Arrangement) -> Iterator[Finding]:
    if not isinstance(report.stated_purpose, Purpose):
        return
    other = [s for s in text.stops.values() if s.purpose is not report.stated_purpose]
    known = [s for s in other if isinstance(s.purpose, Purpose)]
    if known:
        stops = listed([f"{_at(s, arrangement)} is for {s.purpose}" for s in known])
        says = f"the report says it is for {report.stated_purpose}, and {stops}"
        remedy = "Leave stated_purpose out: each paper says what its own stop is for."
        yield grave("purpose.contradicts_stop", report, says, remedy)


def _beyond(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """A stop for decision at a body that may not decide its organisation's part, on that day."""
    on = written_on(text)
    deciding = [s for s in text.stops.values() if s.purpose is Purpose.DECISION]
    for facts in answers(text, arrangement, on).stops if on and deciding else ():
        stop = text.stops[facts.stop]
        decides = facts.capacity == DECIDE or "not stated" in facts.says
        if stop in deciding and isinstance(stop.body, str) and not decides:
            says = f"{_at(stop, arrangement)} is to decide, and {facts.says}"
            remedy = "Take it to a body that may decide, or make it a stop for recommendation."
            yield slight("purpose.beyond_powers", stop, says, remedy, facts.authority)


def _at(stop: Stop, arrangement: Arrangement) -> str:
    body = label(arrangement, stop.body) if isinstance(stop.body, str) else f"the stop {stop.id}"
    day = "" if stop.on is None or isinstance(stop.on, NotStated) else f" on {on_day(stop.on)}"
    return f"{body}{day}"


def _recommendations(
    text: MatterText, report: Report, arrangement: Arrangement
) -> Iterator[Finding]:
    if not report.recommendations:
        yield grave(
            "recommendation.none", report, "the report recommends nothing",
            "Add [[report.recommendations]] for each body that is asked to do something.",
        )  # fmt: skip
    for row in report.recommendations:
        stop = text.stops.get(row.to) if isinstance(row.to, str) else None
        if stop is None:
            says = f"the recommendation to {_whom(row)} goes to a body that has no stop"
            yield grave("recommendation.no_stop", row, says, "Address it to one of the stops.")
        elif stop.purpose is Purpose.INFORMATION and row.verb not in _FOR_INFORMATION:
            says = f"{_at(stop, arrangement)} is for information, and is asked to {_verb(row)}"
            remedy = "Ask it to note, or make it a stop for decision or recommendation."
            yield grave("recommendation.for_information", row, says, remedy)


def _whom(row: Recommendation) -> str:
    return row.to if isinstance(row.to, str) else "nobody in particular"


def _verb(row: Recommendation) -> str:
    return str(row.verb) if isinstance(row.verb, Verb) else "do something"


def _stops_without(text: MatterText, report: Report, arrangement: Arrangement) -> Iterator[Finding]:
    asked = {row.to for row in report.recommendations}
    for stop in text.stops.values():
        if report.recommendations and stop.purpose is Purpose.DECISION and stop.id not in asked:
            says = f"{_at(stop, arrangement)} decides, and the report asks it nothing"
            yield grave("recommendation.missing", stop, says, "Write what it is asked to decide.")


def _in_words(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """A recommendation whose own words address somebody else than the stop it goes to."""
    bodies = {_body(s, arrangement) for s in text.stops.values()}
    for passage in passages(text):
        row = passage.row
        if not isinstance(row, Recommendation) or not isinstance(row.to, str):
            continue
        stop = text.stops.get(row.to)
        own = _body(stop, arrangement) if stop else ""
        for asked in _ASKED.finditer(passage.words):
            who = asked["who"].casefold()
            if stop and own and own not in who and (who in bodies or who not in own):
                says = f"its words address {asked['who']}, and it goes to {_at(stop, arrangement)}"
                remedy = "Take the addressee out of the words: the paper names the stop's body."
                yield passage.found("recommendation.addresses_another", asked.start(), says, remedy)


def _body(stop: Stop, arrangement: Arrangement) -> str:
    return label(arrangement, stop.body).casefold() if isinstance(stop.body, str) else ""


def report_missing(text: MatterText, arrangement: Arrangement) -> Iterator[Finding]:
    """A matter that goes somewhere and has no report to take with it."""
    if report_of(text) is None and text.stops:
        says = "the matter has stops and no report"
        yield slight("report.none", text.matter, says, "Write [report] before papers are due.")
