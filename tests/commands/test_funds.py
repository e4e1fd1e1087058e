"""Fund texts: loaded beside the arrangement, kept verbatim, refused when not understood."""

from __future__ import annotations

import pytest
from tests.conftest import NOW, PLACES

from concord.commands.command import Acting
from concord.commands.funds import fund_of, load_fund, newest_fund
from concord.commands.texts import TextRefused
from concord.domain.findings import Refused
from concord.records.models import AuditEntry, TextVersion

TEXT = (PLACES / "middlemarch" / "fund.toml").read_text(encoding="utf-8")


@pytest.fixture
def operator(middlemarch) -> Acting:
    return Acting(None, NOW, why="in a test")


def test_a_fund_text_is_kept_verbatim_under_its_own_kind(operator):
    version = load_fund(operator, "middlemarch", TEXT)
    assert (version.kind, version.number, version.text) == ("fund", 1, TEXT)
    assert newest_fund("middlemarch") == version
    assert list(fund_of("middlemarch").funds) == ["care_pool", "health_pool", "in_view"]


def test_loading_the_same_text_again_changes_nothing(operator):
    first = load_fund(operator, "middlemarch", TEXT)
    entries = AuditEntry.objects.count()
    assert load_fund(operator, "middlemarch", TEXT) == first
    assert AuditEntry.objects.count() == entries


def test_a_changed_text_is_the_next_version_and_the_first_stays(operator):
    first = load_fund(operator, "middlemarch", TEXT)
    second = load_fund(operator, "middlemarch", TEXT + "\n# Read again in November.\n")
    assert (first.number, second.number) == (1, 2)
    assert TextVersion.objects.get(pk=first.pk).text == TEXT


def test_a_text_naming_an_organisation_that_is_not_there_is_refused(operator):
    with pytest.raises(TextRefused) as refusal:
        load_fund(operator, "middlemarch", TEXT.replace('host = "council"', 'host = "counsel"'))
    assert [f.id for f in refusal.value.findings] == ["ref.unknown_name"]
    assert not TextVersion.objects.of("middlemarch", "fund").exists()


def test_a_text_that_does_not_foot_is_kept_with_its_finding(operator):
    # An unwise text can be kept and its finding shown; only one not understood is refused.
    spoilt = TEXT.replace("£13,800,000", "£13,800,001")
    assert load_fund(operator, "middlemarch", spoilt).text == spoilt


def test_a_place_without_a_fund_text_says_so(operator):
    with pytest.raises(Refused, match="has no fund text"):
        fund_of("middlemarch")
    with pytest.raises(Refused, match="has no arrangement"):
        fund_of("nowhere")
