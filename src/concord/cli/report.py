"""`concord report`: one report on a fund, as page, PDF, Word, workbook or data."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from concord.cli.printing import Failed, as_json
from concord.cli.texts import arrangement_of, file_of, fund_file_of, fund_reading_of
from concord.domain.funds.ledger.periods import periods_of
from concord.domain.funds.reports import QUARTERLY_KINDS, ReportKind
from concord.domain.funds.reports_making import make_report, recipients

if TYPE_CHECKING:
    from concord.domain.funds.reports import FundReport
    from concord.domain.funds.reports_books import FundBooks

FORMATS = ("html", "pdf", "docx", "xlsx", "json", "csv")


def add_words(command: ArgumentParser) -> None:
    """The words of this command."""
    command.add_argument("place", metavar="PLACE")
    command.add_argument("fund", metavar="FUND")
    command.add_argument("kind", metavar="KIND", choices=[str(k) for k in ReportKind])
    command.add_argument("--year", required=True, help="the financial year, as 2025/26")
    command.add_argument("--quarter", type=int, choices=(1, 2, 3, 4), help="of the year")
    command.add_argument("--to", default="", help="the partner it is written to")
    command.add_argument("--format", choices=FORMATS, default="pdf")
    command.add_argument(
        "--text-only", action="store_true", help="by the place's texts, without a database"
    )
    command.add_argument("-o", "--output", metavar="FILE", required=True, help="the file to write")


def report(asked: Namespace) -> int:
    """Writes one report; exit 1 where there is none for what was asked."""
    from concord.documents.fund_report_files import as_file

    made = _made(asked)
    try:
        Path(asked.output).write_bytes(as_file(made, asked.format))
    except OSError as fault:
        raise Failed(f"{asked.output} cannot be written: {fault.strerror}") from None
    if asked.json:
        as_json({"file": asked.output, "title": made.title, "not_reported": made.not_reported})
    else:
        print(f"{asked.output}: {made.title}.")
    return 0


def _made(asked: Namespace) -> FundReport:
    kind = ReportKind(asked.kind)
    if kind in QUARTERLY_KINDS and asked.quarter is None:
        raise Failed(f"a {kind} report is of a quarter", "Add --quarter 1, 2, 3 or 4.")
    try:
        periods_of(asked.year)
    except ValueError:
        raise Failed(f"{asked.year!r} is no financial year", 'Write it as "2025/26".') from None
    books = _books(asked)
    known = recipients(books[0], kind, asked.quarter)
    if not known:
        says = f"no {kind} report of {asked.fund} is due to anybody for {asked.year}"
        raise Failed(says, "No line is led by one partner with another’s money in it.", 1)
    to = asked.to or known[0]
    if to not in known:
        raise Failed(f"{to} is no reader of this report", f"Name one of: {', '.join(known)}.")
    return make_report(books, kind, asked.quarter, to)


def _books(asked: Namespace) -> tuple[FundBooks, ...]:
    if not asked.text_only:
        from concord.web import serving

        serving.set_up()
    from concord.commands.fund_reports_read import books_for_report, books_of_text
    from concord.domain.findings import Refused

    try:
        if asked.text_only:
            a = arrangement_of(asked.place)
            file = fund_file_of(asked.place)
            text = fund_reading_of(file, a).fund if file else None
            if text is None or asked.fund not in text.funds:
                known = ", ".join(text.funds) if text else "none"
                raise Failed(f"there is no fund {asked.fund!r}", f"Name one of: {known}.")
            return books_of_text(file_of(asked.place).parent.name, a, text, asked.fund, asked.year)
        from concord.commands.funds import fund_of
        from concord.commands.texts import arrangement_of as adopted

        place = asked.place
        return books_for_report(place, adopted(place), fund_of(place), asked.fund, asked.year)
    except Refused as refusal:
        raise Failed(str(refusal), " ".join(refusal.verdict.remedies), 1) from None
