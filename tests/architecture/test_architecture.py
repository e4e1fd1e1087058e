"""The shape of the code, kept by tests: who writes, how long things are, what is named where."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "concord"
DOMAIN = SOURCE / "domain"
TEMPLATES = SOURCE / "web" / "jinja2"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that belongs to the project; without a repository, every one of its folders."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0 and listed.stdout:
        files = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        folders = ("src", "tests", "places", "docs", ".ci", "tools")
        files = [f for folder in folders for f in (ROOT / folder).rglob("*")]
        files += list(ROOT.glob("*"))
    return tuple(sorted(f for f in files if f.is_file() and "__pycache__" not in f.parts))


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def python(folder: Path) -> list[Path]:
    return sorted(f for f in folder.rglob("*.py") if "migrations" not in f.parts)


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


CLI = python(SOURCE / "cli")

# Only commands write --------------------------------------------------------------------

WRITES = {
    "save", "delete", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "asave", "adelete", "acreate", "abulk_create", "abulk_update", "aget_or_create",
    "aupdate_or_create", "save_base",
}  # fmt: skip
# Both are also methods of dictionaries, sets and hashes, so they count on a query only.
WRITES_ON_A_QUERY = {"update", "aupdate"}
QUERIES = {"objects", "filter", "exclude", "all", "select_for_update", "_base_manager"}
WRITES_IN_SQL = re.compile(r"\s*(INSERT INTO|UPDATE \w+ SET|DELETE FROM|TRUNCATE)\b", re.IGNORECASE)


def chain_of(node: ast.AST) -> Iterator[str]:
    """The names a call is made through: `a.objects.filter(x).update` gives filter, objects, a."""
    while True:
        match node:
            case ast.Call(func=inner):
                node = inner
            case ast.Attribute(value=inner, attr=name):
                yield name
                node = inner
            case ast.Name(id=name):
                yield name
                return
            case _:
                return


def writes(code: ast.AST) -> Iterator[str]:
    """The line and the name of everything that writes a record."""
    for node in ast.walk(code):
        match node:
            case ast.Call(func=ast.Attribute(attr="save"), args=[_, *_]):
                pass  # a document is saved into a place that it is given; a record is given none
            case ast.Call(func=ast.Attribute(value=of, attr=verb)):
                through = list(chain_of(of))
                on_query = verb in WRITES_ON_A_QUERY and QUERIES.intersection(through)
                if through[-1:] != ["super"] and (verb in WRITES or on_query):
                    yield f"{node.lineno} {verb}"
            case ast.Constant(value=str(words)) if WRITES_IN_SQL.match(words):
                yield f"{node.lineno} SQL that writes"


@pytest.mark.parametrize("layer", ["web", "cli", "documents", "records"])
def test_nothing_outside_commands_writes_a_record(layer):
    files = python(SOURCE / layer)
    assert files
    assert [(named(file), w) for file in files for w in writes(tree(file))] == []


@pytest.mark.parametrize(
    "line",
    [
        "place.save()",
        "Place.objects.create(name='x')",
        "Place.objects.filter(name='x').update(name='y')",
        "Place.objects.all().delete()",
        "Place.objects.bulk_create([])",
        "sql = 'INSERT INTO place VALUES (1)'",
    ],
)
def test_the_search_for_writes_sees_each_way_of_writing(line):
    assert list(writes(ast.parse(line)))


@pytest.mark.parametrize("line", ["seen.update(x)", "super().save()", "Place.objects.filter(a=1)"])
def test_the_search_for_writes_leaves_dictionaries_and_reading_alone(line):
    assert not list(writes(ast.parse(line)))


# The domain is plain --------------------------------------------------------------------

# No network, no clock, no chance, no process, and no files: the law is read in law/.
NOT_IN_DOMAIN = {
    "asyncio", "http", "io", "os", "pathlib", "random", "requests", "shutil", "socket", "sqlite3",
    "subprocess", "tempfile", "threading", "time", "urllib",
}  # fmt: skip


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("file", python(DOMAIN), ids=named)
def test_the_domain_touches_no_file_network_clock_or_chance(file):
    assert not NOT_IN_DOMAIN.intersection(imported(file))
    opened = [n.lineno for n in ast.walk(tree(file)) if _calls(n, "open")]
    assert opened == []


SIMULATION = DOMAIN / "funds" / "who_pays"  # chances are no money: the one place that has floats


@pytest.mark.parametrize(
    "file", [f for f in python(DOMAIN) if SIMULATION not in f.parents], ids=named
)
def test_the_domain_counts_without_floats(file):
    """Without end is exact, so it may be used to put limits in order."""
    floats = [
        n.lineno
        for n in ast.walk(tree(file))
        if (_calls(n, "float") and ast.unparse(n) != "float('inf')")
        or (isinstance(n, ast.Constant) and isinstance(n.value, float))
    ]
    assert floats == []


def _calls(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


@pytest.mark.parametrize("file", python(DOMAIN), ids=named)
def test_a_domain_file_has_at_most_300_lines_and_a_function_at_most_40(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 300
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > 40
    ]
    assert long == []


@pytest.mark.parametrize("file", python(DOMAIN), ids=named)
def test_domain_dataclasses_are_frozen_and_slotted(file):
    """Two may change: what gathers while a text is read, and what keeps what it worked out.

    The latter is no value and says so: it equals only itself (`eq=False`).
    """
    loose = [
        node.name
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ClassDef) and (how := _dataclass(node)) is not None
        if not how.get("slots") or (not how.get("frozen") and node.name != "Gathered")
        if how.get("eq") is not False
    ]
    assert loose == []


def _dataclass(node: ast.ClassDef) -> dict[str, object] | None:
    """The settings of a dataclass; None for any other class."""
    for mark in node.decorator_list:
        if isinstance(mark, ast.Name) and mark.id == "dataclass":
            return {}
        if isinstance(mark, ast.Call) and _calls(mark, "dataclass"):
            return {w.arg: ast.literal_eval(w.value) for w in mark.keywords if w.arg}
    return None


# Names and openings ---------------------------------------------------------------------

NOT_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "services", "actions", "misc"}


def test_no_file_or_folder_has_a_name_that_says_nothing():
    ours = [f.relative_to(ROOT) for f in tracked() if f.suffix == ".py"]
    assert [str(f) for f in ours if NOT_NAMES.intersection((*f.parts[:-1], f.stem))] == []


OUR_PYTHON = [*python(SOURCE), *python(ROOT / "tests"), *python(ROOT / "tools")]


@pytest.mark.parametrize("file", OUR_PYTHON, ids=named)
def test_a_module_opens_with_one_line_saying_what_it_is_for(file):
    if not file.read_text(encoding="utf-8").strip():
        assert file.name == "__init__.py"
        return
    first, _, rest = (ast.get_docstring(tree(file)) or "").partition("\n")
    assert first.endswith((".", "?", "…")), "the first line is not a sentence by itself"
    assert not rest or rest.startswith("\n"), "more may follow only after an empty line"


@pytest.mark.parametrize("file", OUR_PYTHON, ids=named)
def test_nothing_is_left_for_later(file):
    left = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b")
    assert not left.search(file.read_text(encoding="utf-8"))
    unsaid = [
        node.lineno
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("skip", "xfail", "skipif")
        and "pytest" in list(chain_of(node.func))
        and not node.args
        and not any(word.arg == "reason" for word in node.keywords)
    ]
    assert unsaid == []


# Templates ------------------------------------------------------------------------------

HTML_VALUE = re.compile(r"""["']?\bhtml["']?\s*[:=]\s*(?P<value>[^\n]*)""")
LITERAL = re.compile(r"""("[^"]*"|'[^']*')\s*(,|\}|\)|$)""")
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def raw_html(text: str) -> list[str]:
    """Every value handed to a component as ready HTML that is not written out on the spot."""
    code = COMMENT.sub("", text)
    inside = "\n".join(m[0] for m in re.finditer(r"\{[{%].*?[%}]\}", code, re.DOTALL))
    return [m[0] for m in HTML_VALUE.finditer(inside) if not LITERAL.match(m["value"])]


def test_templates_hand_no_value_to_a_component_as_ready_html():
    found = {
        named(f): bad for f in TEMPLATES.rglob("*.html") if (bad := raw_html(f.read_text("utf-8")))
    }
    assert found == {}


def test_the_search_for_ready_html_tells_a_literal_from_a_value():
    assert raw_html("{{ govukTag({'html': name}) }}")
    assert raw_html("{{ govukTag({'html': '<b>' ~ name ~ '</b>'}) }}")
    assert not raw_html("{{ govukTag({'html': '<b>Fictional</b>', 'text': name}) }}")
    assert not raw_html("<html lang='en'>{# 'html': name #}")


def test_templates_never_switch_escaping_off():
    off = re.compile(r"\|\s*safe\b|autoescape\s+false|\bMarkup\(")
    found = [named(f) for f in TEMPLATES.rglob("*.html") if off.search(f.read_text("utf-8"))]
    assert found == []


# What the project's files may not name ----------------------------------------------------

REGISTRIES = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "proxy.go" + "lang.org",
              "crates" + ".io", "ruby" + "gems.org", "npm" + "js.com"]  # fmt: skip
A_MACHINE = re.compile(r"(?<![\w./:-])/(work|tmp|home|root|Users)/|\.\./" + "shared")


def texts() -> Iterator[tuple[Path, str]]:
    for file in tracked():
        try:
            yield file, file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def test_no_file_names_a_package_registry():
    found = [(named(f), host) for f, text in texts() for host in REGISTRIES if host in text]
    assert found == []


def test_no_file_names_a_path_of_one_machine():
    found = [
        f"{named(f)}: {m[0]}"
        for f, text in texts()
        if f != Path(__file__) and (m := A_MACHINE.search(text))
    ]
    assert found == []


# What the documents promise ---------------------------------------------------------------

CODE = re.compile(r"```\w*\n(.*?)```|`([^`\n]+)`", re.DOTALL)


def commands_in(document: str) -> set[tuple[str, str]]:
    code = "\n".join(fenced or inline for fenced, inline in CODE.findall(document))
    return set(re.findall(r"(?:^|\s)(concord|\./run)(?![\w./])(?: ([a-z][\w-]*))?", code))


@pytest.mark.parametrize("file", [f for f in tracked() if f.suffix == ".md"], ids=named)
def test_every_command_a_document_names_exists(file):
    said = commands_in(file.read_text(encoding="utf-8"))
    if not said:
        return
    constants = (
        n.value for file in CLI for n in ast.walk(tree(file)) if isinstance(n, ast.Constant)
    )
    known = {value for value in constants if isinstance(value, str)}
    by_run = {"test", "dev"}
    for program, word in said:
        if program == "./run":
            assert (ROOT / "run").stat().st_mode & 0o100
            assert not word or word in by_run | known, f"{program} {word}"
        else:
            assert not word or word in known, f"{program} {word}"


@pytest.mark.parametrize("file", [f for f in tracked() if f.suffix == ".md"], ids=named)
def test_every_link_between_documents_leads_somewhere(file):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", file.read_text(encoding="utf-8"))
    inside = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in inside if not (file.parent / link).exists()] == []


def test_readme_says_the_two_commands():
    said = commands_in((ROOT / "README.md").read_text(encoding="utf-8"))
    assert ("./run", "") in said
    assert ("./run", "test") in said


def test_the_import_contracts_are_kept():
    linter = Path(sys.executable).parent / "lint-imports"
    if not linter.exists():
        pytest.skip("import-linter is not installed beside this Python")
    kept = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert kept.returncode == 0, kept.stdout[-2000:]
