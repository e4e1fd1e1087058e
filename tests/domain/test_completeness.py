"""Which heads an agreement has to deal with, held to SI 2000/617 and the reports' own tests."""

from pathlib import Path

from tests.domain.small_place import found, ids, read, spoilt

from concord.domain.agreements.completeness import Presence, RequiredHead, required_heads
from concord.domain.agreements.reader import read_arrangement
from concord.domain.agreements.words import Head
from concord.domain.findings import Weight

PLACES = Path(__file__).parents[2] / "places"
SILENT = 'contents = "not stated"'


def heads(text: str, name: str = "s75") -> tuple[RequiredHead, ...]:
    arrangement = read(text)
    return required_heads(arrangement, arrangement.agreements[name])


def by_law(text: str) -> list[tuple[str, Head]]:
    return [(h.letter, h.head) for h in heads(text) if h.by_law]


def test_regulation_7_3_asks_for_seven_heads_of_a_pooled_fund():
    assert by_law(spoilt()) == [
        ("a", Head.AIMS),
        ("b", Head.CONTRIBUTIONS),
        ("c", Head.FUNCTIONS),
        ("d", Head.PERSONS),
        ("e", Head.RESOURCES),
        ("f", Head.DURATION),
        ("g", Head.MANAGEMENT),
    ]


def test_the_reports_ask_for_seven_more():
    """003 ¶40: scope, ground rules, overspends, conflicts; 004 ¶44: host, risk, benefit share."""
    further = {h.head: h.authority.law for h in heads(spoilt()) if not h.by_law}
    city, doncaster = "City of London report, paragraph 40", "Doncaster report, paragraph 44"
    assert further == {
        Head.SCOPE: city,
        Head.GROUND_RULES: city,
        Head.OVERSPENDS: city,
        Head.CONFLICTS: city,
        Head.HOST: doncaster,
        Head.RISK_SHARE: doncaster,
        Head.BENEFIT_SHARE: doncaster,
    }


def test_a_memorandum_has_no_required_heads():
    assert heads(spoilt(), "memorandum") == ()


def test_contents_not_stated_are_silence_and_not_missing():
    assert {h.presence for h in heads(spoilt())} == {Presence.NOT_STATED}
    assert ids(spoilt()) == []


def test_each_head_is_there_not_stated_or_missing():
    text = spoilt((SILENT, 'contents = { "functions" = "4", "host" = "not stated" }'))
    presence = {h.head: (h.presence, h.clause) for h in heads(text)}
    assert presence[Head.FUNCTIONS] == (Presence.THERE, "4")
    assert presence[Head.HOST] == (Presence.NOT_STATED, "")
    assert presence[Head.AIMS] == (Presence.MISSING, "")


def test_missing_heads_are_slight_and_told_once_for_the_law_and_once_for_the_reports():
    text = spoilt((SILENT, 'contents = { "functions" = "4", "host" = "not stated" }'))
    missing = [f for f in found(text) if f.id == "agree.head_missing"]
    assert [(f.weight, f.unverified) for f in missing] == [(Weight.SLIGHT, False)] * 2
    law, reports = sorted(missing, key=lambda f: "SI" not in f.authority)
    assert law.authority == "SI 2000/617, regulation 7(3)"
    assert "aims and outcomes" in law.says
    assert "functions;" not in law.says
    assert "host" not in reports.says


LEAD = 'flexibilities = ["lead commissioning"]'
GIVES = (
    '[delegations.lead]\nfrom = "{}"\nto = "{}"\ncovers = {{ functions = ["{}"] }}\n'
    'limit = "none"\nclause = "6"\n'
)


def test_lead_commissioning_by_the_council_is_regulation_9():
    text = spoilt(
        ('flexibilities = ["pooled fund"]', LEAD), more=GIVES.format("icb_board", "council", "nhs")
    )
    laws = {(h.authority.law, h.authority.unverified) for h in heads(text) if h.by_law}
    assert laws == {("SI 2000/617, regulation 9", False)}


def test_lead_commissioning_by_the_nhs_is_regulation_8_which_nobody_has_read():
    text = spoilt(
        ('flexibilities = ["pooled fund"]', LEAD), more=GIVES.format("cabinet", "icb", "care")
    )
    laws = {(h.authority.law, h.authority.unverified) for h in heads(text) if h.by_law}
    assert laws == {("SI 2000/617, regulation 8", True)}


def test_an_agreement_without_stated_flexibilities_is_held_to_what_all_have_in_common():
    text = spoilt(('flexibilities = ["pooled fund"]\n', ""))
    laws = {h.authority.law for h in heads(text) if h.by_law}
    assert laws == {"SI 2000/617, regulations 7(3), 8 and 9"}


def test_middlemarch_deals_with_every_head():
    arrangement = read_arrangement(
        (PLACES / "middlemarch" / "arrangement.toml").read_text("utf-8")
    ).arrangement
    assert arrangement is not None
    required = required_heads(arrangement, arrangement.agreements["s75"])
    assert {h.presence for h in required} == {Presence.THERE}
    payments = [h for h in required if h.head is Head.PAYMENTS]
    assert [(h.letter, h.clause) for h in payments] == [("b", "6.3")]
