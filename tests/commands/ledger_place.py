"""What tests of the ledger share: Middlemarch with two pools, and short ways to say things."""

from datetime import date
from pathlib import Path

from concord.commands.ledger_entering import FUND
from concord.commands.texts import sha256
from concord.domain.findings import Answer, Reason, Verdict
from concord.domain.funds.ledger.making import Said
from concord.domain.funds.ledger.posting import Permission
from concord.domain.funds.ledger.transaction import LedgerAccount
from concord.domain.funds.ledger.words import LedgerKind
from concord.records.models import TextVersion

PLACE = "middlemarch"
STANDS = Verdict(Answer.STANDS, (Reason(Answer.STANDS, "the decision is in effect"),))
PERMITTED = Permission("council-2026-7", STANDS, limit=50_000_00)


def give_it_funds(text: TextVersion) -> None:
    fund = (Path(__file__).parent / "care_fund.toml").read_text("utf-8")
    newest = TextVersion.objects.newest(PLACE, FUND)
    TextVersion.objects.create(
        place_id=PLACE, kind=FUND, number=newest.number + 1 if newest else 1, text=fund,
        sha256=sha256(fund), adopted_at=text.adopted_at, adopted_by="a test",
    )  # fmt: skip


def account(line="home_care", partner="council", kind=LedgerKind.ACTUAL, fund="care_pool", name=""):
    return LedgerAccount(fund, line, partner, kind, name)


def said(key="k1", posted=202607, effect=None, on=date(2026, 7, 31), decision="", about=""):
    return Said(key, on, posted, effect or posted, "as told", decision, about)
