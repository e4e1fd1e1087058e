"""Decisions that go without 28 days' notice, as the notices page and the feed lead with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from concord.domain.decisions.urgency import REPORTED, WITHOUT_NOTICE
from concord.records.models import Publication
from concord.web.wording import long_date, sentence

_KINDS = tuple(str(kind) for kind in WITHOUT_NOTICE)
_DID = {"notice": "Told in writing", "agreement": "Agreed by"}


@dataclass(frozen=True, slots=True)
class Given:
    """One published notice of a general exception or of special urgency, and whether it holds."""

    row: Publication
    replaced: int | None

    @property
    def did(self) -> str:
        return _DID.get(self._of("needs"), "By")

    @property
    def by(self) -> str:
        return self._of("by")

    @property
    def on(self) -> date | None:
        return _day(self._of("on"))

    @property
    def why(self) -> str:
        return sentence(self._of("why"))

    @property
    def report_by(self) -> date | None:
        return _day(self._of("report_by"))

    @property
    def meets(self) -> date | None:
        return _day(str(self.row.details.get("on", "")))

    def _of(self, name: str) -> str:
        return str((self.row.details.get("exit") or {}).get(name) or "")

    def to_data(self) -> dict[str, Any]:
        return {
            "number": self.row.pk, "kind": self.row.kind, "title": self.row.title,
            "matter": self.row.matter, "stop": self.row.stop,
            "organisation": self.row.details.get("organisation"),
            "decision_maker": self.row.details.get("maker"), "decision_on": self.meets,
            "published_at": self.row.published_at, "replaced_by": self.replaced,
            "exit": self.row.details.get("exit"), "must_say": self.row.details.get("says"),
            "sha256": self.row.sha256,
        }  # fmt: skip


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def is_exceptional(kind: str) -> bool:
    return kind in _KINDS


def given(out: list[Publication]) -> list[Given]:
    """Those of what was published that say a decision goes without its 28 days, newest first."""
    after = {row.supersedes_id: row.pk for row in out if row.supersedes_id}
    return [Given(row, after.get(row.pk)) for row in out if is_exceptional(row.kind)]


def told(row: Publication) -> str:
    """Who was told or agreed, when and why, for a feed; nothing for another publication."""
    if not is_exceptional(row.kind) or not row.details.get("exit"):
        return ""
    one = Given(row, None)
    day = f" on {long_date(one.on)}" if one.on else ""
    report = ""
    if one.report_by:
        report = f" To be reported to the council by {long_date(one.report_by)} ({REPORTED})."
    return f"{one.did} the {one.by}{day}. {one.why}{report}".replace("writing the", "writing: the")
