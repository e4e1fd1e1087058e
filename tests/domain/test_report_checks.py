"""Checks of a matter and its report: each family finds its fault on its line, and nothing else."""

from __future__ import annotations

from tests.domain.a_matter import TEXT, found


def test_a_report_without_a_fault_has_no_finding():
    assert [str(f) for f in found(TEXT)] == []
