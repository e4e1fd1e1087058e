"""When partners pay each other: the agreement's schedule, its instalments and their days.

Found in published agreements: contributions paid quarterly, in four equal instalments; a lead that
is not the host invoices it quarterly in arrears.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from concord.domain.funds.ledger.periods import after, periods_of
from concord.domain.money import pounds


class Rhythm(StrEnum):
    """How often one partner pays another."""

    MONTHLY_IN_ARREARS = "monthly in arrears"
    MONTHLY_IN_ADVANCE = "monthly in advance"
    QUARTERLY_IN_ARREARS = "quarterly in arrears"
    QUARTERLY_IN_ADVANCE = "quarterly in advance"
    YEARLY_IN_ARREARS = "yearly in arrears"


_MONTHS = {
    Rhythm.MONTHLY_IN_ARREARS: 1,
    Rhythm.MONTHLY_IN_ADVANCE: 1,
    Rhythm.QUARTERLY_IN_ARREARS: 3,
    Rhythm.QUARTERLY_IN_ADVANCE: 3,
    Rhythm.YEARLY_IN_ARREARS: 12,
}
_IN_ADVANCE = frozenset({Rhythm.MONTHLY_IN_ADVANCE, Rhythm.QUARTERLY_IN_ADVANCE})


@dataclass(frozen=True, slots=True)
class PaymentSchedule:
    """How often, within how many days of the invoice, and under which clause."""

    rhythm: Rhythm
    within_days: int
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment: its periods, first and last, its pence, and the days of invoice and payment."""

    first: int
    last: int
    amount: int
    invoiced: date
    due: date


def instalments(schedule: PaymentSchedule, year: str, amount: int) -> tuple[Instalment, ...]:
    """A year's amount in equal instalments; the pence that do not divide go to the earliest."""
    months = _MONTHS[schedule.rhythm]
    count = 12 // months
    whole, over = divmod(abs(amount), count)
    sign = -1 if amount < 0 else 1
    periods = periods_of(year)
    made = []
    for number in range(count):
        first, last = periods[number * months], periods[number * months + months - 1]
        part = sign * (whole + (number < over))
        made.append(_instalment(schedule, first, last, part))
    return tuple(made)


def _instalment(schedule: PaymentSchedule, first: int, last: int, amount: int) -> Instalment:
    begins = first if schedule.rhythm in _IN_ADVANCE else after(last)
    invoiced = date(*divmod(begins, 100), 1)
    return Instalment(
        first, last, amount, invoiced, invoiced + timedelta(days=schedule.within_days)
    )


@dataclass(frozen=True, slots=True)
class InvoiceState:
    """An invoice as it stands on a day, and what that day makes of it, in words."""

    reference: str
    raised: int
    settled: int
    due: date

    @property
    def outstanding(self) -> int:
        return self.raised - self.settled

    def on(self, day: date) -> str:
        if not self.outstanding:
            return "settled"
        days = (day - self.due).days
        late = f", {days} {'day' if days == 1 else 'days'} late" if days > 0 else ""
        return f"{pounds(self.outstanding)} outstanding{late}"
