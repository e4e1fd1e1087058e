"""What bad input gets: findings with their lines, all of them at once, and never a traceback."""

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.small_place import TEXT, found, ids, line_of, one, spoilt

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.authority import who_may_decide
from concord.domain.agreements.chairing import chair_of
from concord.domain.agreements.checks import findings_on
from concord.domain.agreements.completeness import required_heads
from concord.domain.agreements.ladder import clocks_of, may_reach
from concord.domain.agreements.matter import BEFORE, Facts, Matter
from concord.domain.agreements.reader import read_arrangement
from concord.domain.agreements.words import Act, Mode, Stage
from concord.domain.findings import Weight

MIDDLEMARCH = (Path(__file__).parents[2] / "places" / "middlemarch" / "arrangement.toml").read_text(
    "utf-8"
)

ON = date(2024, 10, 1)

# Faults that one text may have at once, and the finding that each has to give.
FAULTS = (
    ('kind = "integrated care board"', 'kind = "integrated care bored"', "text.unknown_word"),
    ('deputy = { name = "Deputy Director", of = "council"',
     'deputy = { name = "Deputy Director", of = "counsel"', "ref.unknown_name"),
    ('plots = { name = "Allotments"', 'plots = { nam = "Allotments"', "text.unknown_key"),
    ('limit = "£750,000"\nclause = "4.2"', 'limit = "750,000"\nclause = "4.2"', "text.not_money"),
    ("number = 2,", 'number = "two",', "text.wrong_type"),
    ('posts = ["chief", "nurse"]', 'posts = ["chief", "leader"]', "seat.counted_twice"),
    ("each = { council = 1, icb = 1 }", "each = { council = 3, icb = 1 }",
     "deciding.quorum_unreachable"),
    ("ends = 2025-03-31\n", "ends = 2023-03-31\n", "date.ends_before_start"),
    ('kind = "memorandum of understanding"\n', "", "text.missing_key"),
    ("signed = 2023-03-20", 'signed = "20 March 2023"', "text.not_a_date"),
    ('period = "5 clear working days"', 'period = "2 clear working days"',
     "clock.looser_than_law"),
    ("approved = { council = 2024-02-13, icb = 2024-03-07 }",
     "approved = { council = 2024-03-21, icb = 2024-03-07 }", "agree.ladder_broken"),
    ('contents = "not stated"', 'contents = { "functions" = "4" }', "agree.head_missing"),
)  # fmt: skip
ADDED = """\
[delegations.more]
from = "director"
to = "deputy"
covers = { functions = ["care"], acts = ["procure"] }
limit = "£900,000"
clause = "9"
source = "unheard of"
[delegations.back]
from = "deputy"
to = "director"
covers = { functions = ["care"], acts = ["procure"] }
limit = "£900,000"
clause = "9"
"""


# Where each of them has to be told; a missing key is told at its table, the law's at the rule.
TOLD = {
    "text.unknown_word": 'kind = "integrated care bored"',
    "ref.unknown_name": 'of = "counsel"',
    "text.unknown_key": "nam = ",
    "text.not_money": 'limit = "750,000"',
    "text.wrong_type": 'number = "two"',
    "seat.counted_twice": 'posts = ["chief", "leader"]',
    "deciding.quorum_unreachable": "council = 3",
    "date.ends_before_start": "ends = 2023-03-31",
    "text.missing_key": "[agreements.memorandum]",
    "text.not_a_date": '"20 March 2023"',
    "clock.looser_than_law": "[clocks.agenda]",
    "agree.ladder_broken": "[[agreements.s75.terms]]",
    "agree.head_missing": "[agreements.s75]",
    "ref.unknown_source": 'source = "unheard of"',
    "deleg.grantor_lacks": "[delegations.more]",
    "deleg.circular": "[delegations.back]",
}


def test_one_text_with_sixteen_faults_gives_all_sixteen_each_on_its_line():
    text = spoilt(*[(old, new) for old, new, _ in FAULTS], more=ADDED)
    said = {(f.id, f.line) for f in found(text)}
    missed = {i: words for i, words in TOLD.items() if (i, line_of(text, words)) not in said}
    assert len(TOLD) == 16
    assert missed == {}


def test_findings_come_in_the_order_of_their_lines():
    text = spoilt(*[(old, new) for old, new, _ in FAULTS], more=ADDED)
    lines = [f.line for f in found(text)]
    assert lines == sorted(lines)


@pytest.mark.parametrize(("old", "new", "id_"), FAULTS, ids=[f[2] for f in FAULTS])
def test_each_fault_is_found_by_itself_with_a_remedy(old, new, id_):
    finding = next(f for f in found(spoilt((old, new))) if f.id == id_)
    assert finding.says
    assert finding.remedy
    assert finding.line > 0
    assert finding.file == "arrangement.toml"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ('"250,000"', "needs its pound sign"),
        ('"£250000"', "needs commas"),
        ('"£250k"', "written out in full"),
        ("250000", "not 250000"),
        ("250000.0", "not 250000.0"),
    ],
)
def test_money_is_written_one_way_and_the_finding_says_which(written, why):
    finding = one(spoilt(('"£250,000"', written)), "text.not_money")
    assert why in finding.says
    assert "£1,240,000" in finding.remedy


def test_an_unknown_kind_is_answered_with_the_nearest_known_one():
    text = spoilt(('kind = "integrated care board"', 'kind = "integrated care bored"'))
    assert one(text, "text.unknown_word").remedy == "Did you mean integrated care board?"


def test_an_unknown_organisation_is_answered_with_the_nearest_known_one():
    text = spoilt(("plots = { name = \"Allotments\", of = \"council\"",
                   "plots = { name = \"Allotments\", of = \"councl\""))  # fmt: skip
    assert one(text, "ref.unknown_name").remedy == "Did you mean council?"


@pytest.mark.parametrize("day", ["2025-02-30", "2025-13-01", "0000-01-01"])
def test_an_impossible_day_is_refused_with_its_line(day):
    text = spoilt(("ends = 2025-03-31", f"ends = {day}"))
    reading = read_arrangement(text)
    assert reading.arrangement is None
    assert {f.line for f in reading.findings} == {line_of(text, day)}


def test_a_day_with_a_time_is_not_a_day():
    assert "text.not_a_date" in ids(spoilt(("ends = 2025-03-31", "ends = 2025-03-31T12:00:00")))


def test_a_table_given_twice_is_refused_with_its_line():
    text = spoilt(more='[place]\nname = "Tipton"\n')
    finding = read_arrangement(text).findings[0]
    assert finding.id == "text.key_twice"
    assert finding.line >= line_of(text, "[clocks.agenda]")


def test_every_broken_line_is_told_and_not_the_first_alone():
    text = spoilt(
        ('name = "Lowick"\n', 'name = "Lowick\n'),
        ('limit = "£250,000"', "limit = £250,000"),
        ('clause = "4.2"', "clause ="),
    )
    reading = read_arrangement(text)
    assert reading.arrangement is None
    lines = {f.line for f in reading.findings}
    assert {line_of(text, "limit = £250,000"), line_of(text, "clause =\n"[:-1])} & lines
    assert len(lines) >= 2


@pytest.mark.parametrize("fault", [f for f in FAULTS if f[2].startswith(("text", "ref", "date"))])
def test_a_text_that_cannot_be_relied_on_is_not_stored(fault):
    old, new, _ = fault
    assert not read_arrangement(spoilt((old, new))).storable


def test_a_text_with_something_to_look_at_again_is_stored():
    reading = read_arrangement(spoilt(('contents = "not stated"', "contents = {}")))
    assert {f.weight for f in reading.findings} == {Weight.SLIGHT}
    assert reading.storable


# Hostile input ----------------------------------------------------------------------------


def seconds_to_refuse(text: str, id_: str) -> float:
    started = time.process_time()
    reading = read_arrangement(text)
    taken = time.process_time() - started
    assert reading.arrangement is None
    assert not reading.storable
    assert id_ in {f.id for f in reading.findings}
    return taken


def test_fifty_megabytes_are_refused_within_a_second():
    assert seconds_to_refuse("x = 1 # long\n" * 4_000_000, "text.too_long") < 1


@pytest.mark.parametrize(
    "bomb",
    [
        "a = " + "[" * 100_000 + "]" * 100_000,
        "a = " + "{ b = " * 50_000 + "1" + " }" * 50_000,
        "[" + ".".join(["a"] * 50_000) + "]\n",
        "a." * 50_000 + "b = 1\n",
        "[[a" + ".a" * 20_000 + "]]\n",
    ],
    ids=["arrays", "tables", "dotted header", "dotted key", "dotted array"],
)
def test_a_bomb_of_nested_tables_is_refused_within_a_second(bomb):
    started = time.process_time()
    reading = read_arrangement("format = 1\n" + bomb)
    assert time.process_time() - started < 1
    assert not reading.storable
    assert reading.findings


def test_a_table_with_too_many_rows_is_refused_within_a_second():
    """Every check of every row against every other would never end."""
    posts = "".join(f'p{n} = {{ name = "P", of = "council" }}\n' for n in range(10_000))
    text = spoilt(("[posts]\n", f"[posts]\n{posts}"))
    assert seconds_to_refuse(text, "text.too_many") < 1
    assert read_arrangement(text).findings[0].line == line_of(text, "[posts]")


def test_a_long_chain_of_delegations_is_checked_within_a_second():
    """Three hundred powers, each given on by the one before."""
    posts = "".join(
        f'p{n} = {{ name = "P", of = "council", kind = "officer" }}\n' for n in range(300)
    )
    rows = "".join(
        f'[delegations.d{n}]\nfrom = "{f"p{n - 1}" if n else "cabinet"}"\nto = "p{n}"\n'
        'covers = { functions = ["care"] }\nlimit = "none"\nclause = "1"\n'
        for n in range(300)
    )
    started = time.process_time()
    assert ids(spoilt(("[posts]\n", f"[posts]\n{posts}"), more=rows)) == []
    assert time.process_time() - started < 1


@pytest.mark.parametrize("mark", ["\x00", "\x1b", "\x7f", "\u202e", "\u2066"])
def test_a_control_character_is_refused_with_its_line(mark):
    text = spoilt(('name = "Lowick Council"', f'name = "Lowick{mark} Council"'))
    assert seconds_to_refuse(text, "text.control_character") < 1
    assert read_arrangement(text).findings[0].line == line_of(text, mark)


@pytest.mark.parametrize(
    "text", ["", "\n", "format = 2\n", "format = 'one'\n", "\ufeffformat = 1\n"]
)
def test_a_text_that_is_no_arrangement_says_why(text):
    reading = read_arrangement(text)
    assert not reading.storable
    assert reading.findings


@pytest.mark.parametrize("surrogate", ["\ud800", "name = '\udfff'"])
def test_half_a_character_is_refused_and_not_a_crash(surrogate):
    assert not read_arrangement(f"format = 1\n{surrogate}\n").storable


# Any text at all --------------------------------------------------------------------------

LINES = TEXT.split("\n")
OTHERS = MIDDLEMARCH.split("\n")
JUNK = st.sampled_from(
    ["", "=", "[", "]]", "{", "}", '"', "'", "\\", "#", "not stated", "none", "£", "0", "-1",
     "2024-02-30", "true", "[[x]]", "a.b.c = 1", "\t", "é", "council", "board.chair", "[]", "{}"]
)  # fmt: skip
EDIT = st.tuples(
    st.sampled_from(["delete", "double", "swap", "replace", "character", "insert"]),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
    JUNK,
)


def mutated(lines: list[str], edits: list[tuple[str, int, int, str]]) -> str:
    lines = list(lines)
    for how, first, second, junk in edits:
        n, m = first % len(lines), second % len(lines)
        match how:
            case "delete" if len(lines) > 1:
                del lines[n]
            case "double":
                lines.insert(m, lines[n])
            case "swap":
                lines[n], lines[m] = lines[m], lines[n]
            case "replace":
                key = lines[n].partition("=")[0]
                lines[n] = f"{key}= {junk}"
            case "character":
                at = second % (len(lines[n]) + 1)
                lines[n] = lines[n][:at] + junk + lines[n][at + 1 :]
            case "insert":
                lines.insert(n, junk)
    return "\n".join(lines)


@settings(max_examples=300, deadline=None)
@given(st.lists(EDIT, min_size=1, max_size=6))
def test_however_a_text_is_spoilt_the_reader_answers(edits):
    reading = read_arrangement(mutated(LINES, edits))
    assert all(f.line >= 0 and f.says and f.remedy for f in reading.findings)
    assert reading.arrangement is not None or reading.findings
    if reading.arrangement is not None:
        ask_everything(reading.arrangement)


def ask_everything(arrangement: Arrangement) -> None:
    """Every question of an agreement, a body and a matter, of a text that may be full of faults."""
    findings_on(arrangement, ON)
    for agreement in arrangement.agreements.values():
        clocks_of(agreement, ON)
        required_heads(arrangement, agreement)
        for stage in Stage:
            may_reach(arrangement, agreement, stage, Facts(), ON)
    for body in arrangement.bodies.values():
        chair_of(arrangement, body, ON, 2)
    matter = Matter(tuple(arrangement.functions), Act.COMMISSION, 100_000, (Mode.POOLED,))
    who_may_decide(arrangement, matter, BEFORE, ON)


@settings(max_examples=60, deadline=None)
@given(st.lists(EDIT, min_size=1, max_size=4))
def test_however_a_whole_place_is_spoilt_the_reader_answers(edits):
    reading = read_arrangement(mutated(OTHERS, edits))
    assert reading.arrangement is not None or reading.findings


VALUES = st.recursive(
    st.sampled_from(['"not stated"', '"none"', "1", "-1", "1.5", "true", '""', '"council"',
                     '"board"', '"board.chair"', '"£1"', "2024-01-01", "12:30:00", "nan"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda xs: f"[{', '.join(xs)}]"),
        st.lists(inner, max_size=3).map(
            lambda xs: "{ " + ", ".join(f"k{n} = {x}" for n, x in enumerate(xs)) + " }"
        ),
    ),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(LINES) - 1), VALUES)
def test_a_value_of_any_shape_under_any_key_is_answered(number, value):
    lines = list(LINES)
    key, equals, _ = lines[number].partition("=")
    if equals:
        lines[number] = f"{key}= {value}"
    reading = read_arrangement("\n".join(lines))
    assert reading.arrangement is not None or reading.findings


@pytest.mark.parametrize("far", ["9999-12-31", "0001-01-01", "2200-01-01"])
def test_a_day_put_far_off_to_mean_for_ever_is_told_and_not_kept(far):
    text = spoilt(("ends = 2025-03-31\n", f"ends = {far}\n"))
    assert one(text, "text.not_a_date").line == line_of(text, f"ends = {far}")
    assert not read_arrangement(text).storable
    bounded = spoilt(("ends = 2025-03-31\n", f'ends = "not stated, by {far}"\n'))
    assert one(bounded, "text.not_a_date").line == line_of(bounded, f"by {far}")


def test_a_byte_order_mark_is_named_and_not_called_bad_grammar():
    marked = one("\ufeff" + TEXT, "text.control_character")
    assert (marked.line, marked.remedy) == (1, "Save the file as plain UTF-8.")
