"""The register of interests over both sets of rules: entered, changed by a new entry, dispensed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from concord.commands.command import Acting, Done, command, refuse, require
from concord.commands.meetings_read import interest_fact
from concord.domain.decisions.dispensing import may_enter, may_grant
from concord.domain.decisions.interests import Dispensation, Interest, InterestRegime
from concord.records.models import DispensationEntry, InterestEntry

RECORD, DECLARE = "interests.record", "interests.declare"


@command("interests.register", allowed_as=RECORD)
def register_interest(
    acting: Acting, place: str, *, key: str, person: str, in_what: str, kinds: Mapping[str, str],
    what: str = "", starts: date | None = None, ends: date | None = None,
    replaces: int | None = None,
) -> Done[InterestEntry]:  # fmt: skip
    """Enters an interest with its kind under each set of rules; `replaces` is the entry it changes.

    Sent again with its `key`, it gives the entry that is there.
    """
    return _enter(acting, place, key, _interest(person, in_what, kinds, what, starts, ends),
                  replaces, RECORD)  # fmt: skip


@command("interests.declare_own", allowed_as=DECLARE)
def declare_interest(
    acting: Acting, place: str, *, key: str, in_what: str, kinds: Mapping[str, str],
    what: str = "", starts: date | None = None, ends: date | None = None,
    replaces: int | None = None,
) -> Done[InterestEntry]:  # fmt: skip
    """Enters an interest of one's own; nobody declares for another by this act."""
    if acting.account is None:
        raise refuse(DECLARE, "the machine has no interests", "enter it for the person it is of")
    mine = _interest(acting.account.name, in_what, kinds, what, starts, ends)
    return _enter(acting, place, key, mine, replaces, DECLARE)


@command("interests.end", allowed_as=RECORD)
def end_interest(
    acting: Acting, place: str, *, key: str, entry: int, ends: date
) -> Done[InterestEntry]:
    """Enters an interest again with its last day; the entry that it changes stays readable."""
    row = InterestEntry.objects.now(place).filter(pk=entry).first()
    if known := InterestEntry.objects.filter(key=key, place=place).first():
        return Done(known)
    if row is None:
        raise refuse(RECORD, "there is no such entry, or another has taken its place",
                     "look at the register as it stands")  # fmt: skip
    asked = _interest(row.person, row.in_what, row.kinds, row.what, row.starts, ends)
    return _enter(acting, place, key, asked, row.pk, RECORD)


@command("interests.dispense", allowed_as=RECORD)
def grant_dispensation(
    acting: Acting, place: str, *, key: str, person: str, in_what: str, by: str, why: str,
    starts: date, ends: date, speak: bool = True, vote: bool = False,
) -> Done[DispensationEntry]:  # fmt: skip
    """Records a dispensation: from whom, why, from when to when, to speak or to vote."""
    if known := DispensationEntry.objects.filter(key=key, place=place).first():
        return Done(known)
    asked = Dispensation(
        person=person.strip(), in_=in_what.strip(), by=by.strip(), starts=starts, ends=ends,
        speak=speak, vote=vote,
    )  # fmt: skip
    register = [interest_fact(r) for r in InterestEntry.objects.now(place).filter(person=person)]
    require(may_grant(register, asked, why), RECORD)
    row = DispensationEntry.objects.create(
        place_id=place, person=asked.person, in_what=asked.in_, by=asked.by, why=why.strip(),
        starts=starts, ends=ends, speak=speak, vote=vote, key=key, recorded_at=acting.now,
        recorded_by=acting.who,
    )  # fmt: skip
    told = {"person": row.person, "in": row.in_what, "by": row.by, "starts": starts, "ends": ends}
    what = f"recorded a dispensation for {row.person} from {row.by}"
    return Done(row, what, after=told, made=(row,))


def _interest(
    person: str, in_what: str, kinds: Mapping[str, str], what: str, starts: date | None,
    ends: date | None,
) -> Interest:  # fmt: skip
    try:
        known = {InterestRegime(k): v.strip() for k, v in kinds.items() if v.strip()}
    except ValueError:
        says = "a set of rules is named that there is not"
        raise refuse(RECORD, says, f"there are: {', '.join(InterestRegime)}") from None
    return Interest(
        person=person.strip(), in_=in_what.strip(), what=what.strip(), kinds=known, starts=starts,
        ends=ends,
    )  # fmt: skip


def _enter(
    acting: Acting, place: str, key: str, asked: Interest, replaces: int | None, act: str
) -> Done[InterestEntry]:
    if known := InterestEntry.objects.filter(key=key, place=place).first():
        return Done(known)
    require(may_enter(asked, acting.today), act)
    before = None
    if replaces is not None:
        before = InterestEntry.objects.now(place).filter(pk=replaces, person=asked.person).first()
        if before is None:
            says = f"there is no such entry of {asked.person}, or another has taken its place"
            raise refuse(act, says, "look at the register as it stands")
    row = InterestEntry.objects.create(
        place_id=place, person=asked.person, in_what=asked.in_, what=asked.what,
        kinds={str(k): v for k, v in asked.kinds.items()}, starts=asked.starts, ends=asked.ends,
        replaces=before, key=key, recorded_at=acting.now, recorded_by=acting.who,
    )  # fmt: skip
    told = {"entry": row.pk, "person": row.person, "in": row.in_what, "kinds": row.kinds}
    was = {"entry": before.pk} if before else None
    did = "changed" if before else "entered"
    return Done(row, f"{did} an interest of {row.person} in {row.in_what}", was, told, (row,))
