"""What every act shares: one transaction, one test of the policy, one entry in the audit chain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Model

from concord.domain.audit import Entry, canonical, hash_of
from concord.domain.findings import Answer, Authority, Reason, Refused, Verdict
from concord.domain.places.policy import About, RoleFact, RoleName, may
from concord.records.digests import told
from concord.records.models import Account, AuditEntry, Role

P = ParamSpec("P")
R = TypeVar("R")

_LONDON = ZoneInfo("Europe/London")
_TURN = 0x636F6E636F7264  # one number that every command locks: "concord" in its letters' codes
_OPERATOR = "the operator, at the command line"


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, for which organisation, when and why; no account is the operator of the machine."""

    account: Account | None
    now: datetime
    on_behalf_of: str = ""
    why: str = ""

    @property
    def who(self) -> str:
        return self.account.email if self.account else _OPERATOR

    @property
    def today(self) -> date:
        """The day it is in England and Wales, where every period of ours is counted."""
        return self.now.astimezone(_LONDON).date()

    def roles(self) -> tuple[RoleFact, ...]:
        """The roles as they stand now, not as they stood when the page was asked for."""
        if self.account is None:
            return (RoleFact(RoleName.OPERATOR, "", "", date.min),)
        facts: tuple[RoleFact, ...] = Role.objects.of_active(self.account.pk).as_facts()
        return facts


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """What an act made, and what the trail says of it; where nothing changed it says nothing.

    `made` are the rows of evidence that it added: the trail keeps the hash of each.
    """

    result: R
    what: str = ""
    before: Any = None
    after: Any = None
    made: tuple[Model, ...] = ()


def command(
    act: str, allowed_as: str = ""
) -> Callable[
    [Callable[Concatenate[Acting, str, P], Done[R]]], Callable[Concatenate[Acting, str, P], R]
]:
    """Makes a function an act: `act` is its name in the trail, `allowed_as` the policy's name.

    The function takes who is acting and a place's name (empty: the installation) and gives `Done`.
    """

    def decorate(
        function: Callable[Concatenate[Acting, str, P], Done[R]],
    ) -> Callable[Concatenate[Acting, str, P], R]:
        @wraps(function)
        def run(acting: Acting, place: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
            with transaction.atomic():
                _take_turn()
                about = About(place, acting.on_behalf_of)
                require(may(acting.roles(), allowed_as or act, about, acting.today), act)
                done = function(acting, place, *args, **kwargs)
                if done.what:
                    _record(acting, act, place, done)
            return done.result

        return run

    return decorate


def require(verdict: Verdict, act: str) -> None:
    """Lets an act through only where its verdict stands."""
    if not verdict.stands:
        raise Refused(verdict, act)


def refuse(act: str, says: str, remedy: str = "", clause: str = "") -> Refused:
    """A refusal for one reason, to be raised."""
    reason = Reason(Answer.REFUSED, says, Authority(clause=clause), remedy)
    return Refused(Verdict(Answer.REFUSED, (reason,)), act)


def _take_turn() -> None:
    """One command at a time: each sees what the one before it did, and the chain never forks.

    SQLite has given us its only lock already: our transactions there begin IMMEDIATE.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def _record(acting: Acting, act: str, place: str, done: Done[Any]) -> None:
    number, previous = AuditEntry.objects.head()
    entry = Entry(
        number=number + 1,
        at=acting.now,
        who=acting.who,
        on_behalf_of=acting.on_behalf_of,
        place=place,
        act=act,
        what=done.what,
        why=acting.why,
        before=canonical(done.before),
        after=canonical(
            {**(done.after or {}), "made": told(done.made)} if done.made else done.after
        ),
        previous=previous,
    )
    entry = replace(entry, hash=hash_of(entry))
    said = {name: getattr(entry, name) for name in Entry.__slots__}
    AuditEntry.objects.create(account=acting.account, **said)
