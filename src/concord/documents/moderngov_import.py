"""Committees, councillors, meetings and decisions of Modern.Gov's XML, as text to be looked at.

Nothing is adopted and no evidence is written: what comes out are rows for an arrangement and a
calendar, and earlier decisions marked as made elsewhere. What cannot be read is a finding.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from concord.documents.moderngov import Element, Unreadable, meetings_of, read_xml
from concord.documents.written_days import read_day, read_time
from concord.domain.findings import Finding, Weight

MOST = 10_000
ROOTS = frozenset(
    {"committees", "getmeetings", "getmeetingsbydate", "meeting", "councillorsbyward", "decisions",
     "getdecisions", "decision"}
)  # fmt: skip
# Some installs put HTML into these without escaping it, which need not be XML.
_BODY = re.compile(r"<(\w*htmlbody)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,400}>")


@dataclass(frozen=True, slots=True)
class FromService:
    """What one or several answers hold, as rows of text, with every finding on them."""

    bodies: tuple[str, ...]
    posts: tuple[str, ...]
    meetings: tuple[str, ...]
    decisions: tuple[str, ...]
    findings: tuple[Finding, ...]

    def text(self) -> str:
        """The whole, headed by what it is; each part says where it could go."""
        parts = [
            ("Bodies, for arrangement.toml", self.bodies),
            ("People in posts, for arrangement.toml", self.posts),
            ("Meetings, for calendar.toml", self.meetings),
            ("Earlier decisions: imported, not made here", self.decisions),
        ]
        head = "# Imported from Modern.Gov. Look at every row before any of it is adopted."
        shown = ["\n".join((f"# {title}", "", *rows)) for title, rows in parts if rows]
        return "\n\n".join([head, *shown]) + "\n"


def read_answer(text: str, organisation: str, file: str = "") -> FromService:
    """One answer of the service, of whichever operation; a lone child counts as a list of one."""
    try:
        top = read_xml(_BODY.sub(_escaped, text.lstrip("\ufeff \r\n\t")))
    except Unreadable as fault:
        return _nothing(_fault("unreadable", fault.line, fault.says, file))
    root = top.children[0] if top.children else Element("", 0)
    if root.name not in ROOTS:
        says = f"it begins with {root.name[:40] or 'nothing'!r}, which no answer read here does"
        return _nothing(_fault("root", root.line, says, file))
    every = list(_every(root))
    if sum(e.name in _ROWS for e in every) > MOST:
        says = f"it holds more than {MOST:,} rows"
        return _nothing(_fault("too_many", 0, says, file, "Ask for fewer days at a time."))
    meetings, findings = _meetings(root, file)
    return FromService(
        tuple(_body(e, organisation) for e in every if _is_committee(e)),
        tuple(_post(e, organisation) for e in every if e.name == "councillor"),
        tuple(meetings),
        tuple(_decisions(every)),
        tuple(findings),
    )


_ROWS = frozenset({"committee", "councillor", "meeting", "agendaitem", "decision", "attendee"})


def together(answers: Iterable[FromService]) -> FromService:
    """Several answers as one; a row that two of them hold is there once."""
    found = list(answers)
    names = ("bodies", "posts", "meetings", "decisions", "findings")
    kept = (tuple(dict.fromkeys(r for a in found for r in getattr(a, name))) for name in names)
    return FromService(*kept)


def _escaped(found: re.Match[str]) -> str:
    name, body = found.groups()
    return f"<{name}>{body if '<' not in body else html.escape(body)}</{name}>"


def _nothing(finding: Finding) -> FromService:
    return FromService((), (), (), (), (finding,))


def _fault(
    name: str, line: int, says: str, file: str, remedy: str = "Ask the service for it again."
) -> Finding:
    return Finding(f"moderngov.{name}", line, says, remedy, weight=Weight.GRAVE, file=file)


def _every(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        yield from _every(child)


def plain(words: str) -> str:
    """Words without markup, entities undone as often as an install encoded them."""
    undone = html.unescape(html.unescape(words))
    return " ".join(html.unescape(_TAG.sub(" ", undone)).split())


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _name(words: str) -> str:
    found = re.sub(r"[^a-z0-9]+", "_", plain(words).casefold()).strip("_")[:60]
    return found if found[:1].isalpha() else f"n_{found}"


def _is_committee(element: Element) -> bool:
    gone = element.said("committeedeleted").casefold() == "true"
    return element.name == "committee" and bool(element.said("committeetitle")) and not gone


def _body(element: Element, organisation: str) -> str:
    title = plain(element.said("committeetitle"))
    ended = element.said("committeeexpired").casefold() == "true"
    note = '\nnote = "Expired in Modern.Gov; the day is not stated."' if ended else ""
    return (
        f"[bodies.{_name(title)}]\nname = {_quoted(title)}\nof = [{_quoted(organisation)}]\n"
        f'legal_form = "not stated"{note}\n'
    )


def _post(element: Element, organisation: str) -> str:
    full = plain(element.said("fullusername"))
    held = plain(element.said("keyposts")) or "Councillor"
    terms = [e for e in _every(element) if e.name == "termofoffice"]
    starts = max((d for e in terms if (d := read_day(e.said("startdate")))), default=None)
    since = f", starts = {starts.isoformat()}" if starts else ""
    return (
        f"[posts.{_name(full)}]\nname = {_quoted(held)}\nof = {_quoted(organisation)}\n"
        f'kind = "councillor"\nheld_by = [{{ name = {_quoted(full)}{since} }}]\n'
    )


def _meetings(root: Element, file: str) -> tuple[list[str], list[Finding]]:
    rows: list[str] = []
    findings: list[Finding] = []
    for one in meetings_of(root):
        title, on = plain(one.title), read_day(one.day)
        if on is None:
            says = f"{title or 'a meeting'}: {one.day[:40]!r} is no day"
            remedy = "Write the day as 31/03/2018."
            findings.append(_fault("no_date", one.line, says, file, remedy))
            continue
        off = "\ncancelled = true" if one.cancelled else ""
        at = read_time(one.time) or "not stated"
        # A meeting answered alone names no committee: its row waits for the body's name.
        body = _name(title) if title else "not stated"
        rows.append(
            f'[[meetings]]\nbody = "{body}"\non = {on.isoformat()}\nat = {_quoted(at)}{off}\n'
        )
    return rows, findings


def _decisions(every: Iterable[Element]) -> Iterator[str]:
    on = ""
    for element in every:
        if element.name == "meeting":
            on = element.said("meetingdate")
        text, title = "", ""
        if element.name == "agendaitem" and element.said("isdecision").casefold() == "true":
            title, text = element.said("agendaitemtitle"), element.said("decisionnonemptyhtmlbody")
        elif element.name == "decision":
            title, text = element.said("decisiontitle", "title"), element.said("decisionhtmlbody")
            on = element.said("decisiondate")
        if title:
            day = read_day(on)
            yield (
                "[[earlier_decisions]]\nimported = true\n"
                f"title = {_quoted(plain(title))}\n"
                f"on = {day.isoformat() if day else _quoted('not stated')}\n"
                f"text = {_quoted(plain(text) or 'not stated')}\n"
            )
