"""How the command line speaks: calm failures, findings, reasons, and everything as JSON."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterable

from concord.domain.findings import Answer, Finding, Reason, Verdict
from concord.domain.language.plain import plain

EXIT = {Answer.STANDS: 0, Answer.REFUSED: 1, Answer.NOT_STATED: 3, Answer.NEEDS: 4}
MARKS = {Answer.STANDS: "✓", Answer.REFUSED: "✗", Answer.NOT_STATED: "?", Answer.NEEDS: "…"}
HEADS = {
    Answer.STANDS: "May decide",
    Answer.NEEDS: "May not yet",
    Answer.NOT_STATED: "Cannot be answered",
    Answer.REFUSED: "May not",
}


class Failed(Exception):
    """A command that cannot be carried out: what is wrong and what to do."""

    def __init__(self, says: str, remedy: str = "", code: int = 2) -> None:
        super().__init__(says)
        self.says, self.remedy, self.code = says, remedy, code


def say_failed(failure: Failed) -> int:
    """Says on the error stream what is wrong; gives the exit code."""
    print(f"concord: {failure.says}", file=sys.stderr)
    if failure.remedy:
        print(f"         {failure.remedy}", file=sys.stderr)
    return failure.code


def as_json(value: object) -> None:
    """Prints a value as JSON."""
    print(json.dumps(plain(value), ensure_ascii=False, indent=2))


def wrapped(text: str, indent: str, hanging: str | None = None) -> str:
    """Text folded to 100 columns."""
    return textwrap.fill(
        text, 100, initial_indent=indent, subsequent_indent=hanging or indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def say_findings(findings: Iterable[Finding]) -> None:
    """Each finding as `file:line: weight id`, then what it says and what would mend it."""
    for finding in findings:
        print(f"{finding.file}:{finding.line}: {finding.weight} {finding.id}")
        print(wrapped(finding.says, "    "))
        if finding.remedy:
            print(wrapped(finding.remedy, "    → ", "      "))
        if finding.authority:
            mark = " (not yet verified)" if finding.unverified else ""
            print(wrapped(f"{finding.authority}{mark}", "    § ", "      "))


def say_verdict(verdict: Verdict, head: str) -> None:
    """A verdict: who, the answer in words, each test with its clause, what would mend it."""
    print(f"{HEADS[verdict.answer]}: {head}")
    say_reasons(verdict.reasons)
    for remedy in verdict.remedies:
        print(wrapped(remedy, "  → ", "    "))


def say_reasons(reasons: Iterable[Reason]) -> None:
    for reason in reasons:
        print(
            wrapped(reason.says[:1].upper() + reason.says[1:], f"  {MARKS[reason.answer]} ", "    ")
        )
        if reason.authority:
            print(wrapped(str(reason.authority), "    "))
