"""Middlemarch with its year of meetings and its money, loaded by commands alone."""

from datetime import UTC, datetime

from tests.conftest import PLACES

from concord.commands.agreements import load_place
from concord.commands.command import Acting
from concord.commands.decisions import load_calendar
from concord.commands.diary import carry_out
from concord.commands.diary_money import ledgers_of
from concord.commands.funds import load_fund

PLACE = "middlemarch"
FOLDER = PLACES / PLACE
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DIARY = sorted((FOLDER / "diary").glob("*.toml"))


def load_texts(acting):
    load_place(acting, PLACE, (FOLDER / "arrangement.toml").read_text("utf-8"))
    load_calendar(acting, PLACE, (FOLDER / "calendar.toml").read_text("utf-8"))
    load_fund(acting, PLACE, (FOLDER / "fund.toml").read_text("utf-8"))


def load_diaries(acting):
    files = ledgers_of(FOLDER)
    return sum(carry_out(acting, PLACE, f.stem, f.read_text("utf-8"), files) for f in DIARY)


def load_money():
    acting = Acting(None, NOW, why="a test")
    load_texts(acting)
    load_diaries(acting)
    return acting
