"""Partners' files as rows of text: encodings, workbooks, and files that cannot be read."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from concord.documents.ledger_files import UnreadableFile, rows_of

TEXT = "Date,Payee,Amount\r\n2024-04-03,Café Müller,£10\r\n"
ROWS = [(1, ["Date", "Payee", "Amount"]), (2, ["2024-04-03", "Café Müller", "£10"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_same_rows_come_out_of_every_encoding(encoding):
    assert rows_of("april.csv", TEXT.encode(encoding)) == ROWS


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_columns_may_be_parted_otherwise(mark):
    assert rows_of("april.txt", TEXT.replace(",", mark).encode()) == ROWS


def test_a_line_break_within_a_cell_stays_in_its_row():
    found = rows_of("a.csv", b'a,b\n"one\ntwo",3\nfour,5\n')
    assert found[1] == (2, ["one\ntwo", "3"])
    assert found[2] == (3, ["four", "5"])


def workbook(*rows, title="Data"):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_known_by_its_bytes_and_its_numbers_are_pounds_and_pence():
    body = workbook(["Date", "Amount"], [date(2024, 4, 3), 1636.01], [None, 0.1 + 0.2], [None, 12])
    assert [cells for _, cells in rows_of("april.csv", body)] == [
        ("Date", "Amount"),
        ("2024-04-03", "1636.01"),
        ("", "0.30"),
        ("", "12"),
    ]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (workbook(["a"])[:200], "cut off"),
        (b"\xd0\xcf\x11\xe0rest", "old or locked"),
        (b"\x00\x01\x02\x03" * 50, "not text"),
        (b'a,b\n"' + b"x" * 200_000, "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_would_mend_it(body, why):
    with pytest.raises(UnreadableFile, match=why) as found:
        rows_of("april.xlsx", body)
    assert found.value.remedy


def test_a_sheet_is_named_where_there_are_several():
    with pytest.raises(UnreadableFile, match="no sheet Payments"):
        rows_of("a.xlsx", workbook(["a"]), sheet="Payments")
