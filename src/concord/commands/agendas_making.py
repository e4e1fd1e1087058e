"""Making a pack, which takes a while: asked for, made outside any act, and kept until published.

A pack is not made within a transaction: one of 500 pages would keep everybody else from writing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from concord.commands.agendas_read import Ready, contents, meeting_at
from concord.commands.agendas_standing import Laid, lay_out, until_still
from concord.commands.command import Acting, Done, command, refuse
from concord.documents.packs import Pack, make_pack
from concord.domain.findings import Refused
from concord.records.models import PackMaking

Clock = Callable[[], datetime]
KEPT = timedelta(days=2)  # how long a pack that nobody published is kept
SILENT = timedelta(seconds=90)  # after how long without a word a making has stopped
_MOST = 3  # packs of one meeting made at once


_ACT = "decisions.make_pack"


def begin_pack(
    acting: Acting, place: str, body: str, on: date, asked: Mapping[str, Any]
) -> PackMaking:
    """Asks for a pack; refused at once where there is nothing for it. Nothing is public yet.

    What it would hold is laid out before the act, so that nobody waits for it.
    """

    def make() -> Ready:
        return contents(meeting_at(place, body, on, _ACT), asked, acting.today, _ACT)

    def attempt() -> PackMaking:
        return _begin(acting, place, body, on, asked, lay_out(place, body, on, make))

    return until_still(_ACT, attempt)


@command(_ACT, allowed_as="decisions.publish")
def _begin(
    acting: Acting, place: str, body: str, on: date, asked: Mapping[str, Any], laid: Laid[Ready]
) -> Done[PackMaking]:
    act = _ACT
    laid.now()
    PackMaking.objects.filter(begun_at__lt=acting.now - KEPT).delete()
    running = PackMaking.objects.filter(
        place=place, body=body, on=on, state=PackMaking.MAKING,
        touched_at__gt=acting.now - SILENT,
    ).count()  # fmt: skip
    if running >= _MOST:
        says = f"{running} packs of this meeting are being made already"
        raise refuse(act, says, "wait for one of them")
    row = PackMaking.objects.create(
        place_id=place, body=body, on=on, account=acting.account, asked=dict(asked),
        begun_at=acting.now, touched_at=acting.now, says="Waiting to begin",
    )  # fmt: skip
    return Done(row)


def carry_out(making: UUID, clock: Clock) -> None:
    """Makes the pack that was asked for and tells how far it is; what fails says why."""
    row = PackMaking.objects.get(pk=making)
    act = "decisions.make_pack"

    def progress(done: int, of: int, says: str) -> None:
        _tell(making, clock, done=done, of=of, says=says[:300])

    try:
        progress(0, 1, "Laying out the papers")
        at = meeting_at(row.place_id, row.body, row.on, act)
        ready = contents(at, row.asked, clock().date(), act)
        pack = make_pack(ready.agenda, progress)
    except Refused as refusal:
        said = [{"says": r.says, "remedy": r.remedy} for r in refusal.verdict.against]
        _tell(making, clock, state=PackMaking.FAILED, findings=said)
        return
    except BaseException:
        says = "The pack could not be made; whoever runs this server finds out why in its log."
        _tell(making, clock, state=PackMaking.FAILED, findings=[{"says": says, "remedy": ""}])
        raise
    if pack.pdf is None:
        said = [{"says": f.says, "remedy": f.remedy} for f in pack.findings]
        _tell(making, clock, state=PackMaking.FAILED, findings=said)
        return
    told = {"fingerprint": ready.fingerprint, "details": _details(row, ready, pack)}
    _tell(making, clock, state=PackMaking.MADE, pdf=pack.pdf, told=told, says="Done")


def _tell(making: UUID, clock: Clock, **says: Any) -> None:
    PackMaking.objects.filter(pk=making).update(touched_at=clock(), **says)


def _details(row: PackMaking, ready: Ready, pack: Pack) -> dict[str, Any]:
    """What lists, pages and feeds show of the pack, and what a supplement goes on from."""
    pages = [number for _, number in pack.starts]
    numbers = iter(pages)
    items = []
    for one, item in zip(ready.contents, ready.agenda.items, strict=True):
        items.append({
            "key": one.item.key, "number": one.item.number, "title": one.item.title,
            "note": item.note, "matter": one.item.matter, "stop": one.item.stop,
            "sources": list(one.sources), "papers": [p.title for p in one.papers],
            "page": next(numbers) if one.papers else None, "new": one.new,
        })  # fmt: skip
    return {
        "body": row.body, "on": row.on.isoformat(), "title": ready.title,
        "where": ready.agenda.where, "said": list(ready.agenda.said),
        "first": ready.agenda.first, "last": pack.last, "items": items,
        "pages": pack.last - ready.agenda.first + 1, "not_tagged": list(pack.not_tagged),
        "sha256": hashlib.sha256(pack.pdf or b"").hexdigest(),
    }  # fmt: skip
