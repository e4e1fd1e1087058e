"""Fund texts: loaded from a place's folder, kept verbatim, version by version."""

from __future__ import annotations

from concord.commands.command import Acting, Done, command, refuse
from concord.commands.decisions import load_text
from concord.commands.texts import arrangement_of, newest_arrangement
from concord.domain.funds.fund import FundText
from concord.domain.funds.reader import read_fund
from concord.records.models import TextVersion
from concord.records.models.agreements import FUND


@command("funds.load_fund", allowed_as="decisions.load_texts")
def load_fund(acting: Acting, place: str, text: str) -> Done[TextVersion]:
    """Takes a place's fund text from its folder; a text already known changes nothing."""
    return load_text(acting, place, FUND, text, "funds.load_fund")


def newest_fund(place: str) -> TextVersion:
    """A place's newest fund text as adopted; refused where there is none."""
    newest_arrangement(place)
    version: TextVersion | None = TextVersion.objects.newest(place, FUND)
    if version is None:
        raise refuse("funds.read", f"{place[:80]!r} has no fund text", "load its folder")
    return version


def fund_of(place: str) -> FundText:
    """The newest fund text as read beside the newest arrangement."""
    read = read_fund(newest_fund(place).text, arrangement_of(place)).fund
    if read is None:
        raise refuse("funds.read", f"the fund text of {place[:80]!r} cannot be read", "mend it")
    return read
