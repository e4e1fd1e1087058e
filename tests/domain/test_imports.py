"""A partner's file read by a mapping: each way it can be wrong, with its row."""

from datetime import date

import pytest

from concord.domain.findings import Weight
from concord.domain.funds.imports.amounts import SHORTENED, day_of, pence_of
from concord.domain.funds.imports.mapping import ImportMapping, read_mapping
from concord.domain.funds.imports.preview import Expected, preview
from concord.domain.funds.ledger.chart import Chart, ChartLine
from concord.domain.funds.ledger.words import LedgerKind

CHART = Chart({"care_pool": "s75"}, {"home_care": ChartLine("care_pool")}, frozenset({"council"}))
SAID = {
    "partner": "council", "day": "Date", "day_form": "DD/MM/YYYY", "amount": "Amount",
    "payee": "Payee", "says": ["Unit"],
    "claims": [{"when": {"Unit": "HOME CARE"}, "fund": "care_pool", "line": "home_care"}],
    "unclaimed": "refuse",
}  # fmt: skip
HEAD = ("Date", "Amount", "Unit", "Payee")
APRIL = Expected(date(2024, 4, 1), date(2024, 4, 30), place="p")


def mapping(**given) -> ImportMapping:
    read = read_mapping(SAID | given, CHART)
    assert isinstance(read, ImportMapping), read
    return read


def row(amount="10.00", on="03/04/2024", unit="Home care", payee="Care Ltd"):
    return (on, amount, unit, payee)


def read(*rows, expected=APRIL, head=HEAD, **given):
    return preview(mapping(**given), list(enumerate((head, *rows), 1)), expected)


def graves(found):
    return [(f.id, f.line) for f in found.findings if f.weight is Weight.GRAVE]


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("1636.01", 163601), ("1300.00", 130000), ("£1,636.01", 163601), (".5", 50), ("0", 0),
        ("1,234,567", 123456700), ("1.5", 150), ("1.500", 150), (" 12 ", 1200),
        ("-1", -100), ("(1)", -100), ("1-", -100), ("£-1", -100), ("-£1", -100), ("−1", -100),
        ("1 CR", -100), ("1DR", 100), ("CR 1", -100), ("(£1,000.00)", -100000),
    ],
)  # fmt: skip
def test_every_way_of_writing_an_amount_is_the_same_pence(text, pence):
    assert pence_of(text) == pence


@pytest.mark.parametrize("text", ["£12,480M", "12.4k", "3 million", "£2bn", "1,200m"])
def test_thousands_and_millions_are_never_worked_out_from_a_letter(text):
    assert pence_of(text) == SHORTENED


@pytest.mark.parametrize(
    "text",
    ["1,23", "12,34,567", "1.005", "1e5", "--1", "(-1)", "(1) CR", "#REF!", "one", "", "1 2"],
)
def test_what_is_not_certainly_an_amount_is_none(text):
    assert isinstance(pence_of(text), str)


def test_a_day_is_read_in_the_form_the_mapping_names_and_in_no_other():
    assert day_of("03/04/2024", "DD/MM/YYYY") == date(2024, 4, 3)
    assert day_of("03/04/2024", "MM/DD/YYYY") == date(2024, 3, 4)
    assert day_of("3-Apr-2024", "DD-MMM-YYYY") == date(2024, 4, 3)
    assert day_of("2024-04-03 00:00:00", "YYYY-MM-DD") == date(2024, 4, 3)
    assert day_of("30/02/2024", "DD/MM/YYYY") is None
    assert day_of("2024-04-03", "DD/MM/YYYY") is None


def test_a_clean_row_goes_to_the_line_its_code_names_whatever_its_case():
    found = read(row(), row("(2.50)", unit="HOME CARE"))
    assert found.stopping() == ()
    assert [(e.row, e.pence, e.account.line) for e in found.entered] == [
        (2, 1000, "home_care"),
        (3, -250, "home_care"),
    ]


@pytest.mark.parametrize(
    ("bad", "id_"),
    [
        (row("£12,480M"), "import.thousands"),
        (row("twelve"), "import.not_money"),
        (row(""), "import.not_reported"),
        (row(on="03/04/2023"), "import.other_time"),
        (row(on="2024-04-03"), "import.not_a_day"),
        (row(payee="REDACTED PERSONAL DATA"), "import.redacted"),
        (row(unit="Parks"), "import.unclaimed"),
        (("", "20.00", "Total", ""), "import.total_row"),
        (("Grand total:", "20.00", "", ""), "import.total_row"),
    ],
)
def test_each_bad_row_is_a_finding_with_its_row_and_keeps_all_from_being_posted(bad, id_):
    found = read(row(), bad, row())
    assert graves(found) == [(id_, 3)]
    assert found.stopping()
    assert all(f.remedy for f in found.findings)


def test_wrong_columns_are_named_and_nothing_is_read():
    found = read(row(), head=("Date", "Value", "Unit", "Payee"))
    assert graves(found) == [("import.wrong_columns", 1)]
    assert "no column Amount" in found.findings[0].says
    assert found.entered == ()


def test_titles_may_stand_above_the_names_of_the_columns():
    rows = [(1, ("Spending, April 2024",)), (2, ("", "")), (3, HEAD), (4, row())]
    assert [e.row for e in preview(mapping(), rows, APRIL).entered] == [4]


def test_a_file_half_as_long_as_the_last_is_accepted_only_on_purpose():
    short = Expected(APRIL.first, APRIL.last, rows_last_time=4)
    found = read(row(), row("11.00"), expected=short)
    assert graves(found) == [("import.half_as_long", 0)]
    assert found.stopping({"import.half_as_long"}) == ()
    assert read(row(), row("11"), row("12"), expected=short).stopping() == ()
    # What is wrong in a row is mended there and never accepted.
    assert read(row("twelve")).stopping({"import.not_money"})


def test_two_rows_alike_are_two_payments_and_the_same_two_when_they_come_again():
    found = read(row(), row(), row("11.00"))
    keys = [e.key for e in found.entered]
    assert len(set(keys)) == 3
    assert [f.id for f in found.findings] == ["import.repeated"]
    # A longer file that holds the same rows: only what is new is new.
    longer = read(row("11.00"), row(), row(), row()).without(keys)
    assert [(e.row, e.pence) for e in longer.entered] == [(5, 1000)]
    assert longer.known == 3


def test_unclaimed_and_redacted_money_is_parked_by_name_where_the_mapping_says_so():
    rows = (row(unit="Parks"), row("3.00", payee="redacted"))
    found = read(*rows, unclaimed="park", redacted="park")
    assert found.stopping() == ()
    assert [e.account.name for e in found.entered] == [
        "not claimed by the mapping",
        "payee redacted",
    ]
    assert {e.account.kind for e in found.entered} == {LedgerKind.SUSPENSE}
    assert found.parked == 1300


def test_debits_and_credits_may_have_columns_of_their_own():
    head = ("Date", "Debit", "Credit", "Unit", "Payee")
    rows = (("03/04/2024", "10", "", "Home care", "x"), ("03/04/2024", "", "4", "Home care", "y"))
    found = read(*rows, head=head, amount="", debit="Debit", credit="Credit")
    assert [e.pence for e in found.entered] == [1000, -400]


@pytest.mark.parametrize(
    ("given", "id_"),
    [
        ({"partner": "nobody"}, "mapping.partner"),
        ({"day_form": "whenever"}, "mapping.day_form"),
        ({"amount": ""}, "mapping.no_amount"),
        ({"unclaimed": "guess"}, "mapping.unknown_word"),
        ({"unclaimed": "accept"}, "mapping.unknown_word"),
        ({"amonut": "x"}, "mapping.unknown_key"),
        ({"claims": [{"when": {"Unit": "x"}, "fund": "care_pool", "line": "no"}]},
         "mapping.no_line"),
        ({"claims": [{"when": {}, "fund": "care_pool", "line": "home_care"}]},
         "mapping.claims_all"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_hold_says_why(given, id_):
    assert [f.id for f in read_mapping(SAID | given, CHART)] == [id_]


def test_ten_thousand_rows_are_read_and_their_one_bad_row_is_found():
    rows = [row(f"{n}.{n % 100:02}") for n in range(1, 10_001)]
    rows[7_000] = row("£7M")
    found = read(*rows)
    assert graves(found) == [("import.thousands", 7_002)]
    assert found.rows == 10_000
