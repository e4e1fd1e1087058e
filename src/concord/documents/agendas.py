"""From the items of a meeting to its pack: each item with its papers, or why it has none yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from concord.documents.appending import Upload
from concord.documents.house import house_for
from concord.documents.layout import lay_out
from concord.documents.packs import Agenda, Item
from concord.documents.paper import Audience, LaidOut, Paper
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.delegations import owners_of
from concord.domain.agreements.labels import label, listed
from concord.domain.decisions.agendas import AgendaItem, MeetingDay, note_of
from concord.domain.decisions.matter import MatterText


@dataclass(frozen=True, slots=True)
class Content:
    """One item with its papers; `sources` are what they were made from, `lacks` why there is none.

    `new` says that a supplement brings the item itself, and not only a paper of it.
    """

    item: AgendaItem
    papers: tuple[Paper | Upload, ...] = ()
    sources: tuple[str, ...] = ()
    lacks: str = ""
    new: bool = True


def paper_for(
    text: MatterText, arrangement: Arrangement, place: str, stop: str, audience: Audience
) -> LaidOut:
    """The paper of one stop, as that audience may read it.

    Of a matter taken wholly in private whose text says of nothing that it is exempt, nothing is
    public: there is nothing to tell what may be shown.
    """
    if audience is Audience.PUBLIC and text.matter.private is True and not text.exempt:
        return LaidOut(None)
    house = house_for(text, text.stops.get(stop), place)
    return lay_out(text, arrangement, house, audience, stop)


def pack_agenda(
    arrangement: Arrangement, meets: MeetingDay, contents: Iterable[Content], *,
    kind: str = "Agenda", first: int = 1, where: str = "", said: tuple[str, ...] = (),
    audience: Audience = Audience.PUBLIC,
) -> Agenda:  # fmt: skip
    """What a pack is made of, from the items and papers of one meeting."""
    every = tuple(contents)
    owners = [label(arrangement, o) for o in owners_of(arrangement, meets.body)]
    return Agenda(
        body=label(arrangement, meets.body),
        organisation=listed(owners),
        on=meets.on,
        at=meets.at,
        where=where,
        items=tuple(_item(one, arrangement) for one in every),
        kind=kind,
        first=first,
        audience=audience,
        said=(*said, *_in_private(every)),
    )


def _item(one: Content, arrangement: Arrangement) -> Item:
    note = note_of(one.item, arrangement)
    if one.lacks:
        note = f"{note} {one.lacks}".strip()
    return Item(one.item.number, one.item.title, one.papers, note)


def _in_private(contents: Iterable[Content]) -> Iterator[str]:
    numbers = [c.item.number for c in contents if c.item.private]
    if numbers:
        many = "Item" if len(numbers) == 1 else "Items"
        be = "is" if len(numbers) == 1 else "are"
        yield f"{many} {listed(numbers)} {be} to be taken in private, at least in part."
