"""A report's workbook is worked out anew by another program, and equals ours to the penny."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.commands.fund_report_books import books, fill
from tests.commands.spreadsheet import recalculated

from concord.documents.workbook import to_workbook
from concord.domain.funds.reports import ReportKind
from concord.domain.funds.reports_making import make_report


@pytest.fixture
def filled(middlemarch, operator):
    fill(operator)
    return books()


def test_the_workbook_worked_out_by_another_program_equals_ours(filled, tmp_path):
    for kind in ReportKind:
        report = make_report(filled, kind, 2, "" if kind is ReportKind.BOARD else "icb")
        opened = recalculated(to_workbook(report), tmp_path, str(kind))
        assert opened.where.keys() == {f.id for f in report.figures()}
        for figure in report.figures():
            value = opened.value(figure.id)
            if isinstance(figure.amount, int):
                assert round(value * 100) == figure.amount, figure.id
                assert abs(value * 100 - figure.amount) < 1e-4
            else:
                assert value == str(figure.amount), figure.id


def test_a_changed_cell_changes_what_rests_on_it(filled, tmp_path):
    """The formulas are live: £1 more of home care is £1 more in its variance and in the sums."""
    report = make_report(filled, ReportKind.QUARTERLY, 2, "icb")
    change = {"lines.home_care.council.forecast": 5_918_403.75}
    opened = recalculated(to_workbook(report), tmp_path, "changed", change)
    assert opened.value("lines.home_care.council.over") == 618_403.75
    assert opened.value("lines.total.over") == 685_403.75
    # Learning disability reports at last: its variance and the total follow.
    change = {"lines.learning.icb.forecast": 2_400_001.0}
    opened = recalculated(to_workbook(report), tmp_path, "reported", change)
    assert opened.value("lines.learning.icb.over") == 1.0
    assert opened.value("lines.total.over") == 685_403.75


def test_the_shares_are_worked_step_by_step(filled, tmp_path):
    report = make_report(filled, ReportKind.QUARTERLY, 2, "icb")
    sheet = recalculated(to_workbook(report), tmp_path, "shares").book["Shares"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=7, max_row=9)]
    # Weights 55 and 45 are 11 and 9 of 20: 24,630,275 × 11 = 270,933,025 = 13,546,651 × 20 + 5.
    assert rows[0][1:] == [11, 13_546_651, 5, 2, 0, 13_546_651, 135_466.51]
    assert rows[1][1:] == [9, 11_083_623, 15, 1, 1, 11_083_624, 110_836.24]
    assert rows[2][6] == 24_630_275


def test_the_values_are_there_before_anybody_works_them_out(filled):
    """A reader that does not calculate, such as a preview, sees every figure."""
    body = to_workbook(make_report(filled, ReportKind.QUARTERLY, 2, "icb"))
    seen = load_workbook(BytesIO(body), data_only=True)["Figures"]
    live = load_workbook(BytesIO(body))["Figures"]
    formulas = [c.coordinate for row in live for c in row if c.data_type == "f"]
    assert len(formulas) > 20
    assert [cell for cell in formulas if seen[cell].value is None] == []
    assert body == to_workbook(make_report(books(), ReportKind.QUARTERLY, 2, "icb"))
