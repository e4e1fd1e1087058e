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
from concord.commands.diary_money import DOES_MONEY, Files, no_files
from concord.commands.effects import record_end, record_step, settle
from concord.commands.follow_up import add_action, update_action
from concord.commands.interests import grant_dispensation, register_interest
from concord.commands.meetings import call_meeting, record
from concord.commands.meetings_read import LONDON, meeting_or_refuse
from concord.commands.minutes import (
    approve_minutes,
    correct_minutes,
    draft_minutes,
    put_minutes,
    sign_minutes,
)
from concord.commands.minutes_read import minutes_on
from concord.commands.publishing_decisions import publish_decision
from concord.commands.talks import climb, record_talk
from concord.commands.texts import TextRefused
from concord.domain.agreements.labels import listed
from concord.domain.agreements.matter import Facts
from concord.domain.decisions.call_in import CalledBy
from concord.domain.decisions.diary import DiaryAct, Do, read_diary
from concord.domain.decisions.minutes import MinutesAct
from concord.domain.findings import Finding, Refused
from concord.records.models import MinutesEntry

ACT = "decisions.load_texts"


def carry_out(acting: Acting, place: str, name: str, text: str, files: Files = no_files) -> int:
    """Carries a diary out and says how many acts it holds; TextRefused where it cannot go on.

    `files` gives the partners' ledgers that its acts import, by their names.
    """
    reading = read_diary(text, f"diary/{name}.toml")
    if reading.findings:
        raise TextRefused(reading.findings, ACT)
    for act in reading.acts:
        then = replace(acting, now=act.at.replace(tzinfo=LONDON), why=f"the diary of {name}")
        try:
            for part, said in enumerate(_parts(act)):
                key = f"{place}-{name}-{act.number}-{part}"
                if act.do in DOES_MONEY:
                    DOES_MONEY[act.do](then, place, key, said, files)
                else:
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
    rest = {k: _plain(v) for k, v in said.items() if k not in ("meeting", "entry", "strikes")}
    if "strikes" in said:
        rest["entry"] = said["strikes"]
    record(acting, place, said["meeting"], key=key, kind=said["entry"], said=rest)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _alone(acting: Acting, place: str, key: str, said: Mapping[str, Any]) -> None:
    agreed = frozenset(said.get("agreed", ()))
    facts = Facts(
        consulted=frozenset(said.get("consulted", ())), agreed=agreed, personally=agreed,
        in_writing=frozenset(said.get("in_writing", ())),
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
        acting, place, said["decision"], move=said["move"], key=key,
        by=by if by.everyone else None, who=said.get("who", ()), why=said.get("why", ""),
        outside_framework=said.get("outside_framework"),
    )  # fmt: skip


def _outcome(acting: Acting, place: str, key: str, said: Mapping[str, Any]) -> None:
    record_outcome(acting, place, said["meeting"], key=key, **_without(said, "meeting"))


def _publish(acting: Acting, place: str, key: str, said: Mapping[str, Any]) -> None:
    publish_decision(acting, place, said["decision"], key=key, **_without(said, "decision"))


def _end(acting: Acting, place: str, key: str, said: Mapping[str, Any]) -> None:
    record_end(acting, place, said["decision"], key=key, how=said["how"], by=said["by"])


def _interest(acting: Acting, place: str, key: str, said: Mapping[str, Any]) -> None:
    register_interest(acting, place, key=key, in_what=said["in"], **_without(said, "in"))


def _dispense(acting: Acting, place: str, key: str, said: Mapping[str, Any]) -> None:
    grant_dispensation(acting, place, key=key, in_what=said["in"], **_without(said, "in"))


def _talk(acting: Acting, place: str, key: str, said: Mapping[str, Any]) -> None:
    record_talk(acting, place, key=key, on=acting.today, **said)


def _climb(acting: Acting, place: str, key: str, said: Mapping[str, Any]) -> None:
    climb(acting, place, key=key, on=acting.today, **said)


def _update(acting: Acting, place: str, key: str, said: Mapping[str, Any]) -> None:
    number = said["action"]
    update_action(
        acting, place, number=number, key=key, on=acting.today, **_without(said, "action")
    )


def _minutes(acting: Acting, place: str, key: str, said: Mapping[str, Any]) -> None:
    meeting, body, act = said["meeting"], said["body"], said["act"]
    match act:
        case "draft":
            draft_minutes(acting, place, meeting, body=body, key=key)
        case MinutesAct.CORRECT:
            _correct(acting, place, key, said)
        case MinutesAct.PUT:
            put_minutes(acting, place, meeting, body=body, key=key)
        case MinutesAct.APPROVE:
            at, item = said["approved_at"], said.get("item", "")
            approve_minutes(acting, place, meeting, body=body, key=key, at=at, item=item)
        case MinutesAct.SIGN:
            sign_minutes(acting, place, meeting, body=body, key=key, who=said["who"])
        case _:
            ways = listed(["draft", *MinutesAct], "or")
            raise refuse(ACT, f"{act!r} is nothing done to minutes", f"One can {ways} them.")


def _correct(acting: Acting, place: str, key: str, said: Mapping[str, Any]) -> None:
    """Puts `now` where the minutes say `was`."""
    meeting, body = said["meeting"], said["body"]
    found = minutes_on(meeting_or_refuse(place, meeting, ACT), body)
    was, now = said["was"], said["now"]
    lines = tuple(replace(x, says=x.says.replace(was, now)) for x in found.lines)
    if lines == found.lines and not MinutesEntry.objects.filter(key=key).exists():
        raise refuse(ACT, f"the minutes do not say {was[:80]!r}", "write it as they do")
    correct_minutes(
        acting, place, meeting, body=body, key=key, lines=lines, why=said["why"], seen=found.seen
    )


def _without(said: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {k: v for k, v in said.items() if k not in keys}


Does = Callable[[Acting, str, str, Mapping[str, Any]], object]
_DOES: Mapping[Do, Does] = {
    Do.CALL: lambda acting, place, key, said: call_meeting(acting, place, **said),
    Do.RECORD: _record,
    Do.OUTCOME: _outcome,
    Do.ALONE: _alone,
    Do.PUBLISH: _publish,
    Do.STEP: _step,
    Do.END: _end,
    Do.INTEREST: _interest,
    Do.DISPENSATION: _dispense,
    Do.TALK: _talk,
    Do.LADDER: _climb,
    Do.ACTION: lambda acting, place, key, said: add_action(acting, place, key=key, **said),
    Do.UPDATE: _update,
    Do.MINUTES: _minutes,
    Do.SETTLE: lambda acting, place, key, said: settle(acting, place),
}
