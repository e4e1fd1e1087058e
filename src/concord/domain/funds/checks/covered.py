"""Findings on an arrangement beside a fund text: powers over funds that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.bodies import Covers
from concord.domain.agreements.checks.found import grave
from concord.domain.findings import Finding
from concord.domain.funds.fund import FundText
from concord.domain.language.reading import nearest
from concord.domain.language.tables import Row


def covered_findings(text: FundText, arrangement: Arrangement) -> Iterator[Finding]:
    """Each fund that a delegation, a reservation or a remit names and the fund text does not have.

    The lines are the arrangement's.
    """
    for row, covers in _covering(arrangement):
        named = covers.funds if isinstance(covers.funds, tuple) else ()
        for fund in named:
            if fund not in text.funds:
                says = f"{'.'.join(str(p) for p in row.path)}: no fund is called {fund}"
                remedy = nearest(fund, text.funds) if text.funds else "Define the fund first."
                yield grave("ref.unknown_name", row, says, remedy)


def _covering(arrangement: Arrangement) -> Iterator[tuple[Row, Covers]]:
    for given in arrangement.delegations.values():
        if isinstance(given.covers, Covers):
            yield given, given.covers
    for kept in arrangement.reserved.values():
        if isinstance(kept.touching, Covers):
            yield kept, kept.touching
    for body in arrangement.bodies.values():
        for remit in body.remit if isinstance(body.remit, tuple) else ():
            if isinstance(remit.covers, Covers):
                yield remit, remit.covers
