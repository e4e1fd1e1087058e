"""The words of the command line."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction, _SubParsersAction
from datetime import UTC, datetime
from importlib.metadata import version

from concord.cli import (
    authority,
    calendars,
    clocks,
    fund,
    matter,
    moderngov,
    pack,
    report,
    route,
    running,
    search,
    settle,
    texts,
    trace,
    who_pays,
)
from concord.domain.language.values import BEYOND, FIRST_DAY, LAST_DAY

Commands = "_SubParsersAction[ArgumentParser]"


def parser() -> ArgumentParser:
    """Every command with its arguments."""
    top = ArgumentParser(prog="concord", description="Runs a joint commissioning partnership.")
    top.add_argument("--version", action="version", version=f"concord {version('concord')}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _texts(commands)
    _authority(commands)
    _clocks(commands)
    _route(commands)
    _matter(commands)
    _pack(commands)
    _exchange(commands)
    _running(commands)
    return top


def day(words: str) -> object:
    """A date as 2018-03-31."""
    found = datetime.strptime(words, "%Y-%m-%d").replace(tzinfo=UTC).date()
    if not FIRST_DAY <= found <= LAST_DAY:
        raise ValueError(BEYOND)
    return found


def noted(words: str) -> tuple[int, str]:
    """An entry's number and hash, as 12=ab34…."""
    number, _, hash_ = words.partition("=")
    return int(number), hash_


day.__name__ = "date, as 2018-03-31,"


def _add(
    commands: _SubParsersAction[ArgumentParser], name: str, run: object, help_: str
) -> ArgumentParser:
    command = commands.add_parser(name, help=help_, description=help_)
    command.set_defaults(run=run)
    command.add_argument("--json", action="store_true", help="print JSON")
    return command


def _texts(commands: _SubParsersAction[ArgumentParser]) -> None:
    check = _add(
        commands, "check", texts.check, "Check texts: every finding at once. Exit 1 if grave."
    )
    check.add_argument("places", nargs="+", metavar="PLACE", help="a name, a folder or a file")
    check.add_argument(
        "--on",
        type=day,
        help="also what depends on a day: what ends soon, ran out, is under notice",
    )
    show = _add(commands, "show", texts.show, "Show what a text says.")
    show.add_argument("place", metavar="PLACE")
    money = _add(
        commands, "fund", fund.fund,
        "Show a place's funds, lines and budgets, who leads and what is found. Exit 1 if grave.",
    )  # fmt: skip
    money.add_argument("place", metavar="PLACE")
    money.add_argument("--year", help="one financial year, as 2025/26; else all")
    money.add_argument("--version", type=int, help="a budget version; else the latest of each year")
    money.add_argument("--text", metavar="FILE", help="another fund text, beside this place")
    pays = _add(
        commands, "who-pays", who_pays.who_pays,
        "Share outturns by the rules, exactly or simulated. Exit 3 not stated, 4 waits.",
    )  # fmt: skip
    who_pays.add_words(pays, day)
    of_fund = _add(
        commands, "report", report.report,
        "Write a fund's report as page, PDF, Word, workbook or data. Exit 1 if none is due.",
    )  # fmt: skip
    report.add_words(of_fund)


def _authority(commands: _SubParsersAction[ArgumentParser]) -> None:
    c = _add(
        commands, "authority", authority.authority,
        "Ask who may decide. Exit 0 stands, 1 refused, 3 not stated, 4 needs.",
    )  # fmt: skip
    c.add_argument("place", metavar="PLACE")
    c.add_argument(
        "--function", action="append", default=[], help="under which function; repeatable"
    )
    c.add_argument("--amount", help='"£2,000,000", or "not known"; none at all is no money')
    c.add_argument("--act", help="what the decision does, as: commission")
    c.add_argument(
        "--mode", action="append", default=[], help="which money, as: pooled; repeatable"
    )
    c.add_argument("--fund", action="append", default=[])
    c.add_argument("--agreement", action="append", default=[])
    c.add_argument("--wards", type=int, help="how many wards it affects")
    c.add_argument("--within-budget", action=BooleanOptionalAction, default=None)
    c.add_argument(
        "--neutral-for", action="append", default=[], metavar="ORGANISATION",
        help="it costs this organisation nothing net; repeatable",
    )  # fmt: skip
    c.add_argument("--on", type=day, help="the day of the decision; today without it")
    c.add_argument("--maker", help="ask of one body, post or seat (board.members)")
    c.add_argument("--at", metavar="BODY", help="the body that met on it")
    c.add_argument(
        "--seat",
        action="append",
        default=[],
        help="members=3 all for; members=2/3 two of three; members=3,1 substitute",
    )
    for kind in (
        "agreed",
        "personally",
        "in-writing",
        "consulted",
        "recommended",
        "decided",
        "met",
    ):
        c.add_argument(
            f"--{kind}", action="append", default=[], help="what is recorded; repeatable"
        )
    c.add_argument("--before", action="store_true", help="the rest has yet to happen")
    c.add_argument("--all", action="store_true", help="show every route")


def _clocks(commands: _SubParsersAction[ArgumentParser]) -> None:
    c = _add(commands, "clocks", clocks.clocks, "Say which clocks run, by when, and the ways out.")
    c.add_argument(
        "place", metavar="PLACE", nargs="?", help="with --maker, by its own local rules too"
    )
    c.add_argument("--maker", help="the body, post or seat that decides")
    c.add_argument(
        "--organisation", help="of a joint body, whose clocks; without a place, its name"
    )
    c.add_argument("--form", default="cabinet", help="without a place: the legal form")
    c.add_argument("--kind", default="council", help="without a place: the kind of organisation")
    c.add_argument("--governance", default="leader and cabinet")
    c.add_argument(
        "--function", default="executive", help="executive, non-executive, NHS, of the body"
    )
    c.add_argument("--key", action=BooleanOptionalAction, default=None)
    c.add_argument("--private", action=BooleanOptionalAction, default=None)
    c.add_argument("--on", type=day, help="the day of the decision")
    c.add_argument("--published", type=day, help="the day the decision was published")
    c.add_argument("--today", type=day, help="say how far each day is from this one")
    c.add_argument("--days", type=int, help="count so many clear days, in every way of counting")
    c.add_argument("--before", type=day, help="with --days: back from this day")
    c.add_argument("--after", type=day, help="with --days: on from this day")


def _matter(commands: _SubParsersAction[ArgumentParser]) -> None:
    c = _add(
        commands, "matter", matter.matter,
        "Check a matter and its report, and say what its facts answer. Exit 1 if grave.",
    )  # fmt: skip
    c.add_argument("place", metavar="PLACE")
    c.add_argument("matter", metavar="MATTER", help="a name among the place's matters, or a file")
    c.add_argument("--on", type=day, help="as it stands on this day")


def _pack(commands: _SubParsersAction[ArgumentParser]) -> None:
    c = _add(
        commands, "pack", pack.pack,
        "Print an agenda with its papers as one PDF. Exit 1 if a paper is missing.",
    )  # fmt: skip
    c.add_argument("place", metavar="PLACE")
    c.add_argument("body", metavar="BODY")
    c.add_argument("date", metavar="DATE", type=day, help="the day of the meeting")
    c.add_argument("-o", "--output", metavar="FILE", required=True, help="the PDF to write")
    c.add_argument("--where", default="", help="the place of the meeting, as the agenda says it")
    c.add_argument("--full", action="store_true", help="with what is exempt, for members only")


def moving(words: str) -> tuple[str, object]:
    """A stop and its new day, as board=2016-11-28."""
    stop, _, on = words.partition("=")
    return stop, day(on)


def titled(words: str) -> tuple[str, str]:
    """A title and the body that it is, as Cabinet (Executive)=cabinet."""
    title, _, body = words.rpartition("=")
    return title, body


moving.__name__ = "stop and date (board=2016-11-28)"


def _route(commands: _SubParsersAction[ArgumentParser]) -> None:
    c = _add(
        commands, "route", route.route,
        "Plan a matter's stops. Exit 0 it can be done, 1 it cannot, 3 something is not stated.",
    )  # fmt: skip
    c.add_argument("place", metavar="PLACE")
    c.add_argument("matter", metavar="MATTER", help="a file, or its name under matters/")
    c.add_argument("--calendar", help="another calendar than the place's own")
    c.add_argument("--wanted", type=day, help="the day by which all is to be in effect")
    c.add_argument("--today", type=day, help="plan as on this day; today without it")
    c.add_argument("--undated", action="store_true", help="count nothing as late")
    c.add_argument("--earliest", action="store_true", help="each stop as early as it can be")
    c.add_argument("--latest", action="store_true", help="back from --wanted, as late as can be")
    c.add_argument(
        "--move", action="append", default=[], type=moving, metavar="STOP=DATE",
        help="put a stop on another day and say what changes; repeatable",
    )  # fmt: skip
    c.add_argument("--sign-off-days", type=int, help="suppose working days for sign-off")
    c = _add(
        commands, "calendar", calendars.calendar,
        "Print a place's calendar with the meetings of an iCalendar, CSV or Modern.Gov XML file.",
    )  # fmt: skip
    c.add_argument("place", metavar="PLACE")
    c.add_argument("file", metavar="FILE")
    c.add_argument(
        "--called", action="append", default=[], type=titled, metavar="TITLE=BODY",
        help="which body a title of the file is; repeatable",
    )  # fmt: skip


def _exchange(commands: _SubParsersAction[ArgumentParser]) -> None:
    c = _add(
        commands, "import-moderngov", moderngov.import_moderngov,
        "Print answers of Modern.Gov's service as rows to look at. Exit 1 if one is grave.",
    )  # fmt: skip
    moderngov.add_words(c)


def _running(commands: _SubParsersAction[ArgumentParser]) -> None:
    load = _add(commands, "load", running.load, "Load the places of a folder into the database.")
    load.add_argument(
        "places", nargs="?", type=running.folder, help="the folder; places/ without it"
    )
    serve = _add(commands, "serve", running.serve, "Prepare what changed and serve.")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=2)
    verify = _add(
        commands, "verify", running.verify, "Verify the evidence. Exit 1 if a link is broken."
    )
    verify.add_argument(
        "--noted", action="append", default=[], type=noted, metavar="NUMBER=HASH",
        help="an entry's hash that was noted elsewhere; repeatable",
    )  # fmt: skip
    due = _add(
        commands, "settle", settle.settle,
        "Record what came by itself at its time: for a timer, as often as you like.",
    )  # fmt: skip
    due.add_argument("--place", default="", help="of one place; of every place without it")
    chain = _add(
        commands, "trace", trace.trace,
        "Trace a pound to its statute, or back; --check: every break. Exit 1 where one is.",
    )  # fmt: skip
    chain.add_argument("place", metavar="PLACE")
    chain.add_argument(
        "what", nargs="?", default="", metavar="WHAT",
        help="a transaction, decision, delegation, clause, budget version or line",
    )  # fmt: skip
    chain.add_argument("--check", action="store_true", help="every break of the whole place")
    chain.add_argument("--on", type=day, help="the day of the check; today without it")
    anew = _add(commands, "search", search.rebuild, "Make anew what search reads.")
    anew.add_argument("--place", default="", help="of one place; of every place without it")
    account = _add(commands, "account", running.account, "Add an account or give it a role.")
    account.add_argument("do", choices=["add", "grant", "password"])
    account.add_argument("email")
    account.add_argument("--name", default="")
    account.add_argument(
        "--no-password", action="store_true", help="only by the organisation's sign-in"
    )
    account.add_argument("--place", default="")
    account.add_argument("role", nargs="?", default="", help="with grant: which role")
    account.add_argument("--organisation", default="")
    account.add_argument("--starts", type=day)
    account.add_argument("--why", default="at the server's command line")
