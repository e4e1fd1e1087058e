"""The audit chain: what it can show, and that it shows it in one pass."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from concord.domain.audit import (
    BEGINNING,
    AdoptedText,
    Entry,
    canonical,
    hash_of,
    moment,
    verify,
    verify_texts,
)

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def entry(number: int, previous: str, what: str = "saved a draft") -> Entry:
    bare = Entry(
        number=number,
        at=AT,
        who="officer@middlemarch.example",
        on_behalf_of="council",
        place="middlemarch",
        act="agreements.save_draft",
        what=what,
        why="",
        before="null",
        after='{"revision":1}',
        previous=previous,
    )
    return replace(bare, hash=hash_of(bare))


def chain(length: int) -> list[Entry]:
    entries: list[Entry] = []
    for number in range(1, length + 1):
        entries.append(entry(number, entries[-1].hash if entries else BEGINNING))
    return entries


def ids(entries, noted=None):
    return [(found.id, found.number) for found in verify(entries, noted)]


def test_a_hash_is_sha256_of_the_previous_hash_and_the_entry_as_canonical_json():
    # Written out by hand from the rule: keys in the alphabet's order, no spaces, universal time.
    said = (
        '{"act":"agreements.save_draft","after":"{\\"revision\\":1}",'
        '"at":"2026-11-24T09:30:00.000000Z","before":"null","number":1,"on_behalf_of":"council",'
        '"place":"middlemarch","what":"saved a draft","who":"officer@middlemarch.example","why":""}'
    )
    expected = hashlib.sha256(("0" * 64 + "\n" + said).encode()).hexdigest()
    assert entry(1, BEGINNING).hash == expected


def test_a_whole_chain_has_nothing_to_report():
    assert ids(chain(5)) == []
    assert ids([]) == []


@pytest.mark.parametrize("name", ["who", "what", "why", "before", "after", "place", "act"])
def test_a_changed_word_anywhere_shows(name):
    entries = chain(3)
    entries[1] = replace(entries[1], **{name: "changed"})
    assert ids(entries) == [("audit.entry_changed", 2)]


def test_a_changed_time_shows():
    entries = chain(2)
    entries[1] = replace(entries[1], at=AT + timedelta(microseconds=1))
    assert ids(entries) == [("audit.entry_changed", 2)]


def test_an_entry_changed_and_hashed_again_breaks_the_link_to_the_next():
    entries = chain(3)
    entries[1] = entry(2, entries[0].hash, "something else")
    assert ids(entries) == [("audit.link_broken", 3)]


def test_an_entry_taken_out_shows_as_missing_and_as_a_broken_link():
    entries = chain(3)
    del entries[1]
    assert ids(entries) == [("audit.entry_missing", 2), ("audit.link_broken", 3)]


def test_an_end_cut_off_shows_only_against_a_hash_noted_elsewhere():
    entries = chain(3)
    assert ids(entries[:2]) == []
    assert ids(entries[:2], {3: entries[2].hash}) == [("audit.entry_missing", 3)]


def test_a_chain_written_anew_from_the_start_shows_against_a_noted_hash():
    first = chain(2)
    forged = [entry(1, BEGINNING, "forged")]
    assert ids(forged) == []
    assert ids(forged, {1: first[0].hash}) == [("audit.other_hash", 1)]


def test_verifying_holds_one_entry_at_a_time():
    taken = []

    def entries():
        for one in chain(3):
            taken.append(one.number)
            yield one

    broken = verify(replace(one, who="x") for one in entries())
    assert next(broken).number == 1
    assert taken == [1]


def test_canonical_json_does_not_depend_on_the_order_of_keys():
    assert canonical({"b": 1, "a": [None, True]}) == canonical({"a": (None, True), "b": 1})
    assert canonical({"£": "§"}) == '{"£":"§"}'


def test_a_float_has_no_place_in_the_trail():
    with pytest.raises(TypeError, match="float"):
        canonical({"amount": 0.1})


def test_one_instant_is_written_one_way_whatever_its_zone():
    summer = timezone(timedelta(hours=1))
    assert moment(datetime(2026, 7, 1, 1, 0, tzinfo=summer)) == "2026-07-01T00:00:00.000000Z"
    with pytest.raises(ValueError, match="zone"):
        moment(datetime(2026, 7, 1, 1, 0))  # noqa: DTZ001 - the fault under test


def adoption(number: int, text: str) -> Entry:
    after = canonical({"kind": "arrangement", "version": number, "sha256": sha(text)})
    return replace(entry(number, BEGINNING), after=after)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def text_findings(texts, entries):
    return [found.id for found in verify_texts(texts, entries)]


def test_an_adopted_text_is_the_one_whose_adoption_is_on_record():
    kept = AdoptedText("middlemarch", "arrangement", 1, "format = 1", sha("format = 1"))
    assert text_findings([kept], [adoption(1, "format = 1")]) == []


def test_a_text_changed_together_with_its_hash_is_still_found_out():
    kept = AdoptedText("middlemarch", "arrangement", 1, "format = 2", sha("format = 2"))
    assert text_findings([kept], [adoption(1, "format = 1")]) == ["audit.text_changed"]


def test_a_text_changed_and_its_hash_left_alone_is_found_out():
    kept = AdoptedText("middlemarch", "arrangement", 1, "format = 2", sha("format = 1"))
    assert text_findings([kept], [adoption(1, "format = 1")]) == ["audit.text_changed"]


def test_a_text_nobody_adopted_and_one_taken_away_are_found_out():
    kept = AdoptedText("middlemarch", "arrangement", 2, "", sha(""))
    found = text_findings([kept], [adoption(1, "format = 1")])
    assert found == ["audit.text_unrecorded", "audit.text_missing"]
