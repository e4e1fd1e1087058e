"""A decision in the register: what was decided, is it in force, and the whole story both ways."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from concord.commands.talks_read import deferred_item
from concord.domain.agreements.labels import label
from concord.domain.decisions.outcomes import Result
from concord.records.models import Decision
from concord.web.pages import Page, page
from concord.web.register_chain import chains, whole
from concord.web.register_effect import agreed, amount, shown
from concord.web.register_opened import OpenedOutcome, opened_outcome
from concord.web.register_picture import picture
from concord.web.register_steps import offers
from concord.web.register_story import story
from concord.web.wording import count, full_date, listed, sentence, upper_first

_LEADS = {
    Result.DEFERRED: "It was put off.",
    Result.NOTED: "It was noted; nothing was decided.",
    Result.NOT_CARRIED: "It was lost: nothing was decided.",
    Result.REFERRED: "It goes to each organisation; nothing was decided together.",
    Result.DISPUTED: "It was taken up the dispute ladder.",
}


@page("register/decision.html", of="register")
def decision(request: HttpRequest, place: str, reference: str) -> Page:
    one = opened_outcome(request, place, reference)
    return _made(one, reference) if one.rows else _not_made(one, reference)


def _made(one: OpenedOutcome, reference: str) -> Page:
    halves, found, drawn = shown(one), chains(one), picture(one)
    lead, why = agreed(one)
    main = next(row for row in one.rows if row.reference == reference)
    read = _read(one, main)
    data = {
        **_head(one, reference),
        "resolution": read["resolution"],
        "lead": f"{lead} {why}",
        "may_be_carried_out": one.effect.implementable if one.effect else False,
        "not_before": one.effect.not_before if one.effect else None,
        "halves": [_half_data(half) for half in halves],
        "days": drawn.rows,
        "record": read["record"],
        "ballots": _ballots(one),
        "chains": found,
        "whole": whole(found),
        "story": story(one),
    }
    return _page(one, reference, data, halves=halves, picture=drawn, chains=found, says=lead,
                 why=why, read=read, offers=offers(one) if one.clerk else [],
                 retrospective=[r for r in one.rows if r.retrospective_from])  # fmt: skip


def _half_data(half: Any) -> dict[str, Any]:
    parts = {name.lower().replace(" ", "_").replace("-", "_"): says for name, says in half.rows}
    return {
        "reference": half.reference, "organisation": half.organisation, "state": half.state,
        "says": half.says, "late": half.late, "authority": str(half.authority),
        "record": int(half.record) if half.record else None, **parts,
    }  # fmt: skip


def _head(one: OpenedOutcome, reference: str) -> dict[str, Any]:
    outcome = one.outcome
    where = label(one.arrangement, outcome.body) if outcome.body else ""
    return {
        "reference": reference,
        "references": [row.reference for row in one.rows],
        "title": outcome.title,
        "on": one.on,
        "made_on": outcome.on,
        "result": outcome.result,
        "capacity": outcome.manner,
        "body": where,
        "meeting": outcome.meeting.name if outcome.meeting else None,
        "matter": outcome.matter or None,
    }


def _read(one: OpenedOutcome, row: Decision) -> dict[str, Any]:
    """The resolution and the heads of the record, as whoever reads may read them."""
    record = one.record(row)
    text = str(record.get("text", ""))
    kept = one.kept_back(row)
    return {
        "resolution": "" if text == row.title else sentence(text) if text else kept,
        "public": one.reads(row),
        "kept_back": kept,
        "amount": amount(row, one.clerk) if one.reads(row) else "",
        "record": {name: record.get(name) for name in (
            "reasons", "rejected", "conflicts", "dispensations", "consulted")} if one.reads(row)
        else None,
    }  # fmt: skip


_WAYS = {True: "For", False: "Against", None: "Did not vote"}


def _ballots(one: OpenedOutcome) -> list[dict[str, Any]]:
    """Who was entitled to vote and how they did; by name only where the method names them.

    A member votes by name. Where the organisations agree as one, how each view was formed within
    one of them is its own, and the register says who was there for it.
    """
    named = one.outcome.manner in ("votes of the members", "individual delegates, after consensus")
    return [
        {"person": b["person"], "seat": upper_first(label(one.arrangement, b["place"])),
         "way": _WAYS[b["way"]] if named or one.clerk else "Was there for its organisation"}
        for b in one.outcome.ballots
    ]  # fmt: skip


def _not_made(one: OpenedOutcome, reference: str) -> Page:
    outcome = one.outcome
    lead = _LEADS.get(Result(outcome.result), f"{upper_first(outcome.result)}.")
    tests = outcome.verdict.get("reasons", ())
    reasons = [sentence(r["says"]) for r in tests if r.get("answer") != "stands"]
    put_off = outcome.result in (Result.DEFERRED, Result.DISPUTED)
    deferred = deferred_item(one.it.name, one.arrangement, outcome, one.on) if put_off else None
    referred = [upper_first(one.names.the(to)) for to in outcome.refer_to]
    data = {
        **_head(one, reference),
        "lead": lead,
        "because": reasons,
        "referred_to": referred,
        "returned": deferred.returned if deferred else 0,
        "talks": [{"on": t.on, "with": [one.names.of(w) for w in t.who], "said": t.said}
                  for t in deferred.talks] if deferred else [],
        "rungs": _rungs(one, deferred),
        "ballots": _ballots(one),
        "story": story(one),
    }  # fmt: skip
    more = f"Referred to {listed(referred)}." if referred else ""
    if deferred:
        times = count(deferred.returned, "time")
        more = f"It has returned {times} without agreement." if deferred.returned else \
            "It has not returned yet."  # fmt: skip
    return _page(one, reference, data, says=lead, why=more, deferred=deferred)


def _rungs(one: OpenedOutcome, deferred: Any) -> list[dict[str, Any]]:
    if deferred is None or deferred.ladder is None:
        return []
    return [
        {"to": [upper_first(one.names.of(t)) for t in rung.to], "how": rung.how,
         "from": rung.starts, "by": rung.due, "authority": str(rung.authority)}
        for rung in deferred.ladder.rungs
    ]  # fmt: skip


def _page(one: OpenedOutcome, reference: str, data: dict[str, Any], **more: Any) -> Page:
    outcome = one.outcome
    where = label(one.arrangement, outcome.body) if outcome.body else "Between meetings"
    names = listed([row.reference for row in one.rows])
    kicker = f"Decision{'s' * (len(one.rows) > 1)} {names}, {where}" if one.rows else where
    return one.it.page(
        outcome.title,
        data,
        section="decisions",
        kicker=f"{kicker}, {full_date(outcome.on)}",
        outcome=outcome,
        one=one,
        twin=reverse("register_decision.json", args=[one.it.name, reference]) + one.it.asked,
        **more,
    )
