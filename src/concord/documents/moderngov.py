"""Modern.Gov's XML, read safely: meetings with their committee, day, time and state.

No vendor's document describes it; this reads what its installs are known to give: dates as
dd/mm/yyyy, `True` and `False`, one child where others have many, entities encoded twice.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

DEEPEST = 40
CALLED_OFF = ("cancel", "postpone", "abandon")


class Unreadable(Exception):
    """Why a text cannot be read, with its line."""

    def __init__(self, says: str, line: int = 0) -> None:
        super().__init__(says)
        self.says, self.line = says, line


@dataclass(slots=True, eq=False)
class Element:
    """One element while a text is read: its name, words, children and line."""

    name: str
    line: int
    words: str = ""
    children: list[Element] = field(default_factory=list)

    def said(self, *names: str) -> str:
        """The words of the first child of one of these names, entities undone."""
        for name in names:
            for child in self.children:
                if child.name == name and (words := _plain(child.words)):
                    return words
        return ""


def _plain(words: str) -> str:
    """Words with entities undone, once more where an install encodes them twice, and no markup."""
    undone = html.unescape(html.unescape(words))
    return " ".join(undone.replace("\xa0", " ").split())


def read_xml(text: str) -> Element:
    """The text as elements; Unreadable for a DTD, an entity, or what is not XML."""
    parser = expat.ParserCreate("utf-8")
    top = Element("", 0)
    stack = [top]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(stack) > DEEPEST:
            raise Unreadable("its elements lie too deep in one another", parser.CurrentLineNumber)
        found = Element(name.rpartition(":")[2].lower(), parser.CurrentLineNumber)
        stack[-1].children.append(found)
        stack.append(found)

    def words(data: str) -> None:
        stack[-1].words += data

    def refuse(*_: object) -> int:
        raise Unreadable("it declares a document type or entities", parser.CurrentLineNumber)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.buffer_text = True
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as fault:
        says = f"it is not XML: {expat.ErrorString(fault.code)}"
        raise Unreadable(says, fault.lineno) from None
    return top


@dataclass(frozen=True, slots=True)
class Listed:
    """One meeting as the service lists it, in its own words."""

    title: str
    day: str
    time: str
    cancelled: bool
    uid: str
    line: int


def meetings_of(top: Element) -> Iterator[Listed]:
    """Every meeting, with the title of the committee it stands under."""
    yield from _under(top, "")


def _under(element: Element, title: str) -> Iterator[Listed]:
    title = element.said("committeetitle") or title
    if element.name == "meeting":
        state = element.said("meetingstatus", "status").casefold()
        off = element.said("iscancelled", "cancelled").casefold() in ("true", "yes", "1")
        yield Listed(
            title=title,
            day=element.said("meetingdate", "date"),
            time=element.said("meetingtime", "time"),
            cancelled=off or any(word in state for word in CALLED_OFF),
            uid=element.said("meetingid"),
            line=element.line,
        )
    for child in element.children:
        yield from _under(child, title)
