"""`concord who-pays`: worked sheets, simulations, and calm words for what cannot be read."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from concord.cli import main

ROOT = Path(__file__).parents[2]
MIDDLEMARCH = str(ROOT / "places" / "middlemarch")
YEAR = ["--year", "2024/25"]
OVER = ["--variance", "home_care=£900,000", "--variance", "beds=-£120,000"]


def told(capsys, *words):
    code = main(["who-pays", MIDDLEMARCH, *YEAR, *words])
    return code, capsys.readouterr()


def test_the_bill_and_every_step_with_its_clause_are_printed(capsys):
    code, out = told(capsys, *OVER, "--agreed", "reserve=executive_group:£260,000")
    # 900,000 − 120,000 (12.5) − 260,000 (12.6) = 520,000. 1% of £12.6m is 126,000 to the host;
    # 250,000 in 55 : 45 with the council stopped at 120,000; 161,500 has no owner (12.8).
    assert code == 0
    assert "Middlemarch Borough Council" in out.out
    for amount in ("£246,000", "£112,500", "£260,000", "£161,500"):
        assert amount in out.out
    for clause in ("12.5", "12.6", "12.7", "12.8"):
        assert clause in out.out


def test_what_waits_is_said_and_the_exit_code_tells(capsys):
    code, out = told(capsys, *OVER)
    assert code == 4
    assert "Waits for a decision: reserve" in out.out


def test_json_holds_the_same_answer_in_pence(capsys):
    code, out = told(capsys, *OVER, "--agreed", "reserve=executive_group:£260,000", "--json")
    found = json.loads(out.out)
    assert code == 0
    assert found["unit"] == "pence"
    assert found["under"][0]["borne"] == {"council": 24_600_000, "icb": 11_250_000}
    shared = next(s for s in found["under"][0]["sheet"] if s["rule"] == "next")
    assert [s["bears"] for s in shared["shares"]] == [12_000_000, 11_250_000]


def test_a_breach_is_the_partners_at_fault(capsys):
    code, out = told(
        capsys, "--variance", "home_care=£40,000", "--cause", "home_care=breach:icb", "--json"
    )
    assert code == 0
    assert json.loads(out.out)["under"][0]["borne"] == {"icb": 4_000_000}


def test_two_texts_stand_side_by_side(capsys, tmp_path):
    text = (ROOT / "places/middlemarch/fund.toml").read_text(encoding="utf-8")
    other = tmp_path / "other.toml"
    other.write_text(text.replace("council = 55, icb = 45", "council = 45, icb = 55"), "utf-8")
    own = f"{MIDDLEMARCH}/fund.toml"
    code, out = told(
        capsys, *OVER, "--agreed", "reserve=executive_group", "--agreement", own,
        "--agreement", str(other), "--json",
    )  # fmt: skip
    first, second = json.loads(out.out)["under"]
    # The reserve gives 300,000: 480,000 left; 126,000 to the council; 250,000 in 55 : 45, capped at
    # 120,000, or in 45 : 55, which is 112,500 : 137,500 and reaches no cap.
    assert code == 0
    assert first["borne"] == {"council": 24_600_000, "icb": 11_250_000}
    assert second["borne"] == {"council": 23_850_000, "icb": 13_750_000}


def test_a_simulation_shows_three_correlations_and_its_seed_gives_it_again(capsys):
    words = ["--chance", "home_care=6%", "--chance", "beds=£2,800,000..£3,300,000"]
    first = told(capsys, *words, "--simulate", "20000", "--seed", "7")
    again = told(capsys, *words, "--simulate", "20000", "--seed", "7")
    assert first == again
    for rho in ("0.0", "0.3", "0.6"):
        assert f"Correlation between lines {rho}" in first[1].out
    assert "seed 7" in first[1].out
    assert "reaches its cap" in first[1].out


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--variance", "home_carr=£5"],
        ["--variance", "home_care=5"],
        ["--variance", "home_care"],
        ["--outturn", "home_care=£5m"],
        ["--variance", "home_care=£5", "--cause", "home_care=bad luck"],
        ["--variance", "home_care=£5", "--cause", "beds=breach"],
        ["--variance", "home_care=£5", "--reserve", "risk_reserve=-£1"],
        ["--variance", "home_care=£5", "--agreed", "reserve"],
        ["--variance", "home_care=£5", "--agreement", "nothing.toml"],
        ["--variance", "home_care=£5", "--year", "24/25"],
        ["--variance", "home_care=£5", "--year", "1999/00"],
        ["--simulate", "0"],
        ["--simulate", "100"],
        ["--simulate", "100", "--chance", "home_care=wide"],
        ["--simulate", "100", "--chance", "home_care=£9..£1"],
        ["--simulate", "100", "--chance", "home_care=5%", "--seed", "-1"],
    ],
)
def test_what_cannot_be_read_is_said_with_a_remedy(capsys, words):
    code, out = told(capsys, *words)
    assert code == 2
    assert out.err.startswith("concord: ")
    assert out.err.count("\n") >= 2


@pytest.mark.parametrize(
    ("bad", "finding"),
    [
        ("ratio = { council = 0, icb = 0 }", "risk.weights_sum_to_nothing"),
        ("ratio = { council = -5, icb = 45 }", "risk.weight_below_zero"),
    ],
)
def test_a_rule_that_cannot_be_meant_shares_nothing(capsys, tmp_path, bad, finding):
    text = (ROOT / "places/middlemarch/fund.toml").read_text(encoding="utf-8")
    file = tmp_path / "fund.toml"
    file.write_text(text.replace("ratio = { council = 55, icb = 45 }", bad), "utf-8")
    code, out = told(capsys, *OVER, "--agreement", str(file))
    assert code == 1
    assert finding in out.out
    assert "Traceback" not in out.err


def test_sheffield_states_no_share_and_says_so(capsys):
    sheffield = str(ROOT / "places" / "sheffield")
    code = main(["who-pays", sheffield, "--variance", "active_support=£100", "--year", "2018/19"])
    out = capsys.readouterr()
    assert code == 3
    assert "the ratio is not stated" in " ".join(out.out.split())


def test_commands_that_draw_nothing_do_not_load_numpy():
    script = (
        "import sys; from concord.cli import main; "
        f"main(['who-pays', {MIDDLEMARCH!r}, '--year', '2024/25', '--variance', 'beds=£5']); "
        "sys.exit('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0
