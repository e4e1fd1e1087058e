"""XML in the shape in which Modern.Gov's web service answers, for whatever reads that service.

No vendor's document describes the shape; docs/exchange.md does, as published clients read it. An
answer is a tree of names and values: days are dd/mm/yyyy, yes and no are `True` and `False`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from xml.etree.ElementTree import Element, SubElement, tostring

Value = str | int | bool | date | None
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Node:
    """One element: what it holds in order, values or other nodes, and its attributes."""

    name: str
    holds: tuple[Node | tuple[str, Value], ...] = ()
    attributes: Mapping[str, Value] = field(default_factory=dict)


def node(name: str, *parts: Node | Iterable[Node], **values: Value) -> Node:
    """An element with its values first, in the order given, then the elements within it."""
    inner: list[Node] = []
    for part in parts:
        inner += [part] if isinstance(part, Node) else list(part)
    return Node(name, (*values.items(), *inner))


def number_of(place: str, kind: str, name: str) -> int:
    """A whole number for what has only a name: 31 bits of the hash of its place, kind and name.

    It stays the same for as long as the name does, on every installation.
    """
    digest = hashlib.sha256(f"{place}/{kind}/{name}".encode()).digest()
    return int.from_bytes(digest[:4], "big") & 0x7FFFFFFF


def html(text: str) -> str:
    """Words of ours as the HTML body that the service gives them in."""
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())


def to_xml(top: Node) -> bytes:
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(_element(top), encoding="utf-8")


def _element(one: Node) -> Element:
    made = Element(one.name, {k: said(v) for k, v in one.attributes.items()})
    for held in one.holds:
        if isinstance(held, Node):
            made.append(_element(held))
        else:
            SubElement(made, held[0]).text = said(held[1])
    return made


def said(value: Value) -> str:
    """A value in the service's own way of writing it; characters that XML cannot hold go."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return _NO_XML.sub("", str(value))
