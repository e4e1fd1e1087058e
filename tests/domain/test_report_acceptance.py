"""Three faults of published reports in one report: it goes to no meeting, each reason is listed."""

from __future__ import annotations

from tests.domain.a_matter import found, matter, part, spoilt

from concord.domain.decisions.sign_offs import may_submit
from concord.domain.findings import Answer


def test_6_three_faults_keep_a_report_from_its_meeting_and_each_is_listed():
    text = spoilt(("dated = 2025-01-27", 'dated = 2025-01-27\nstated_purpose = "information"'))
    text += part("Date: (Insert date)\n\nA privacy impact assessment is made: Yes/No.\n")
    verdict = may_submit(matter(text), (), found(text))
    assert verdict.answer is Answer.NEEDS
    says = [reason.says for reason in verdict.against]
    # The date left open, the choice left open, and a report for information to a Cabinet that
    # decides: three reasons and no other.
    assert len(says) == 3
    for words in ("(Insert date)", "Yes/No", "Cabinet on 11 February 2025 is for decision"):
        assert sum(words in reason for reason in says) == 1
    assert all(reason.remedy for reason in verdict.against)
