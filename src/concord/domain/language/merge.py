"""Two people's changes to one text as one text, where they did not touch the same lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class _Change:
    """Lines `starts` to `ends` of the common text, without the last, become these lines."""

    starts: int
    ends: int
    lines: tuple[str, ...]

    def collides(self, other: _Change) -> bool:
        """Whether both touch a line, or put lines at one spot, where no rule orders them."""
        if self.starts == self.ends or other.starts == other.ends:
            return self.starts <= other.ends and other.starts <= self.ends
        return max(self.starts, other.starts) < min(self.ends, other.ends)


def merged(common: str, yours: str, theirs: str) -> str | None:
    """One text holding both sets of changes to the common one; None where they collide."""
    lines = common.splitlines(keepends=True)
    ours, others = _changes(lines, yours), _changes(lines, theirs)
    if any(a.collides(b) for a in ours for b in others if a != b):
        return None
    changes = sorted({*ours, *others}, key=lambda change: (change.starts, change.ends))
    for change in reversed(changes):
        lines[change.starts : change.ends] = change.lines
    return "".join(lines)


def _changes(lines: Sequence[str], text: str) -> list[_Change]:
    changed = text.splitlines(keepends=True)
    found = SequenceMatcher(None, lines, changed, autojunk=False).get_opcodes()
    return [
        _Change(starts, ends, tuple(changed[first:last]))
        for tag, starts, ends, first, last in found
        if tag != "equal"
    ]
