"""A diary carried out: every act by its own command, as at its time; done twice, done once.

It stops at the first act that a rule does not let through, with its line; what came before stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from concord.commands.command import Acting, refuse
from concord.commands.deciding import record_alone, record_outcome
from concord.commands.effects import record_end, record_step, settle
from concord.commands.meetings import call_meeting, record
from concord.commands.meetings_read import LONDON
from concord.commands.texts import TextRefused
from concord.domain.agreements.matter import Facts
from concord.domain.decisions.call_in import CalledBy
from concord.domain.decisions.diary import DiaryAct, Do, read_diary
from concord.domain.findings import Finding, Refused

ACT = "decisions.load_texts"


def carry_out(acting: Acting, place: str, name: str, text: str) -> int:
    """Carries a diary out and says how many acts it holds; TextRefused where it cannot go on."""
    reading = read_diary(text, f"diary/{name}.toml")
    if reading.findings:
        raise TextRefused(reading.findings, ACT)
    for act in reading.acts:
        then = replace(acting, now=act.at.replace(tzinfo=LONDON), why=f"the diary of {name}")
        try:
            for part, said in enumerate(_parts(act)):
                key = f"{place}-{name}-{act.number}-{part}"
                _DOES[act.do](then, place, key, said)
        except Refused as refusal:
            raise TextRefused([_finding(act, name, refusal)], ACT) from None
        except (KeyError, ValueError, TypeError) as wrong:
            unsaid = refuse(ACT, f"the act does not say what it must: {wrong}")
            raise TextRefused([_finding(act, name, unsaid)], ACT) from wrong
    return len(reading.acts)


def _finding(act: DiaryAct, name: str, refusal: Refused) -> Finding:
    remedies = " ".join(refusal.verdict.remedies)
    says = f"{act.do} at {act.at:%Y-%m-%d %H:%M}: {refusal}"
    return Finding("diary.refused", act.line, says, remedies, f"diary/{name}.toml")


def _parts(act: DiaryAct) -> Iterator[Mapping[str, Any]]:
    """An act on each of several people is as many acts."""
    who = act.said.get("who")
    if act.do is Do.RECORD and isinstance(who, list):
        for one in who:
            yield {**act.said, "who": one}
    else:
        yield act.said


def _record(acting: Acting, place: str, key: str, said: Mapping[str, Any]) -> None:
    rest = {k: _plain(v) for k, v in said.items() if k not in ("meeting", "entry")}
    record(acting, place, said["meeting"], key=key, kind=said["entry"], said=rest)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _alone(acting: Acting, place: str, key: str, said: Mapping[str, Any]) -> None:
    agreed = frozenset(said.get("agreed", ()))
    facts = Facts(
        consulted=frozenset(said.get("consulted", ())), agreed=agreed, personally=agreed,
        recommended=frozenset(said.get("recommended", ())),
    )  # fmt: skip
    record_alone(
        acting, place, maker=said["maker"], person=said["person"], item=said["item"], key=key,
        facts=facts, holds_from=said.get("holds_from"),
    )  # fmt: skip


def _step(acting: Acting, place: str, key: str, said: Mapping[str, Any]) -> None:
    names = {k: frozenset(said.get(k, ())) for k in ("members", "committee")}
    by = CalledBy(**names, chair=said.get("chair", ""), ground=said.get("ground", ""))
    record_step(
        acting, place, said["decision"], move=said["move"], key=key, by=by,
        who=said.get("who", ()), why=said.get("why", ""),
        outside_framework=said.get("outside_framework"),
    )  # fmt: skip


def _outcome(acting: Acting, place: str, key: str, said: Mapping[str, Any]) -> None:
    record_outcome(acting, place, said["meeting"], key=key, **_without(said, "meeting"))


def _end(acting: Acting, place: str, key: str, said: Mapping[str, Any]) -> None:
    record_end(acting, place, said["decision"], key=key, how=said["how"], by=said["by"])


def _without(said: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {k: v for k, v in said.items() if k not in keys}


Does = Callable[[Acting, str, str, Mapping[str, Any]], object]
_DOES: Mapping[Do, Does] = {
    Do.CALL: lambda acting, place, key, said: call_meeting(acting, place, **said),
    Do.RECORD: _record,
    Do.OUTCOME: _outcome,
    Do.ALONE: _alone,
    Do.STEP: _step,
    Do.END: _end,
    Do.SETTLE: lambda acting, place, key, said: settle(acting, place),
}
