"""A text as values with the line of each, or as findings on what keeps it from being read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import tree_sitter
import tree_sitter_toml

from concord.domain.findings import Finding

Path = tuple[str | int, ...]

LONGEST = 1_000_000  # bytes; the longest adopted agreement read so far is a tenth of it
MOST_ENTRIES = 1_000  # in one table or list; the fullest read so far has a tenth of them
DEEPEST = 12  # tables and arrays inside one another; the language itself needs seven
MOST_FAULTS = 50  # a text that is not TOML at all faults on every line

_PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_toml.language()))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_MARKS = re.compile(
    r'"""[\s\S]*?"""|' r"'''[\s\S]*?'''|" r'"(?:[^"\\\n]|\\.)*"|' r"'[^'\n]*'|#[^\n]*|[\[\]{}=,.\n]"
)
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


@dataclass(frozen=True, slots=True)
class Source:
    """A text that is well-formed: its values, the line of every key, and its lines as written."""

    file: str
    values: Mapping[str, object]
    lines: Mapping[Path, int]
    written: tuple[str, ...] = ()

    def line(self, path: Path) -> int:
        """The line of this key, or of the nearest table around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)

    def first_line(self, path: Path) -> int:
        """The line on which this key's words begin: the next where its line only opens them."""
        line = self.line(path)
        written = self.written[line - 1].rstrip() if 0 < line <= len(self.written) else ""
        return line + written.endswith(('"""', "'''"))


def read_source(text: str, file: str) -> tuple[Source | None, tuple[Finding, ...]]:
    """The text's values and lines, or every reason why it cannot be read."""
    faults = tuple(_unreadable(text, file))
    if faults:
        return None, faults
    data = text.encode()
    root = _PARSER.parse(data).root_node
    if root.has_error:
        faults = tuple(_malformed(root, data, file))
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return None, faults or (_undecodable(error, text, file),)
    if faults:
        return None, faults
    lines: dict[Path, int] = {}
    for path, line in _lines(root, data):
        lines.setdefault(path, line)  # a table begins where it is first named
    source = Source(file, values, lines, tuple(text.split("\n")))
    crowded = tuple(_crowded(source, (), values))
    return (None, crowded) if crowded else (source, ())


def _unreadable(text: str, file: str) -> Iterator[Finding]:
    if len(text) > LONGEST:
        says = f"the text has {len(text):,} characters; at most {LONGEST:,} are read"
        yield Finding("text.too_long", 0, says, "Split it into one text for each place.", file)
        return
    if text.startswith("\ufeff"):
        says = "a byte-order mark (U+FEFF) stands before the text"
        yield Finding("text.control_character", 1, says, "Save the file as plain UTF-8.", file)
    for number, line in enumerate(text.split("\n"), 1):
        if (found := _CONTROL.search(line.rstrip("\r"))) and number:
            says = f"a control character (U+{ord(found[0]):04X}) stands in the text"
            yield Finding("text.control_character", number, says, "Delete the character.", file)
    depth, number = _deepest(text)
    if depth > DEEPEST:
        says = f"tables lie {depth} deep inside one another; the language needs at most {DEEPEST}"
        yield Finding(
            "text.too_deep", number, says, "Give the inner tables names of their own.", file
        )


def _deepest(text: str) -> tuple[int, int]:
    """The deepest nesting of brackets and dots outside quotation marks, and its line."""
    depth = dots = deepest = 0
    line = where = 1
    for mark in _MARKS.finditer(text):
        match mark[0]:
            case "[" | "{":
                depth, dots = depth + 1, 0
            case "]" | "}":
                depth, dots = max(0, depth - 1), 0
            case ".":
                dots += 1
            case words:
                dots = 0
                line += words.count("\n")
        if depth + dots > deepest:
            deepest, where = depth + dots, line
    return deepest, where


def _malformed(root: tree_sitter.Node, data: bytes, file: str) -> Iterator[Finding]:
    seen: set[int] = set()
    pending = [root]
    while pending and len(seen) < MOST_FAULTS:
        node = pending.pop()
        line = node.start_point[0] + 1
        if (node.is_error or node.is_missing) and line not in seen:
            seen.add(line)
            words = (
                data[node.start_byte : node.end_byte]
                .decode(errors="replace")
                .split("\n")[0]
                .strip()
            )
            says = f"this cannot be read: {words[:60]}" if words else "something is missing here"
            remedy = "Write key = value, with words in quotation marks and brackets closed."
            yield Finding("text.malformed", line, says, remedy, file)
        elif node.has_error:
            pending.extend(reversed(node.children))


def _undecodable(error: Exception, text: str, file: str) -> Finding:
    words = str(error)
    found = _AT_LINE.search(words)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    says = _AT_LINE.sub("", words).strip().lower() or "this cannot be read"
    twice = "overwrite" in says or "declare" in says or "mutate" in says
    if twice:
        return Finding(
            "text.key_twice", line, f"a key or table is given twice: {says}", "Keep one.", file
        )
    return Finding("text.malformed", line, says, "Write it as TOML 1.0 asks.", file)


def _crowded(source: Source, path: Path, value: object) -> Iterator[Finding]:
    """Tables and lists of so many entries that their checks would never end."""
    if not isinstance(value, dict | list):
        return
    if len(value) > MOST_ENTRIES:
        what = ".".join(str(p) for p in path) or "the text"
        says = f"{what} has {len(value):,} entries; at most {MOST_ENTRIES} are read"
        remedy = "Split it into one text for each place."
        yield Finding("text.too_many", source.line(path), says, remedy, source.file)
        return
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner:
        yield from _crowded(source, (*path, key), each)


def _lines(root: tree_sitter.Node, data: bytes) -> Iterator[tuple[Path, int]]:
    counts: dict[Path, int] = {}
    for node in root.named_children:
        if node.type == "pair":
            yield from _pair(node, (), data)
            continue
        if node.type not in ("table", "table_array_element"):
            continue
        base = _through_arrays(_key(node.named_children[0], data), counts)
        line = node.start_point[0] + 1
        if node.type == "table_array_element":
            counts[base] = counts.get(base, -1) + 1
            yield base, line
            base = (*base, counts[base])
        for depth in range(1, len(base) + 1):
            yield base[:depth], line
        for child in node.named_children[1:]:
            yield from _pair(child, base, data)


def _through_arrays(names: Path, counts: Mapping[Path, int]) -> Path:
    """The path of a table header, going through the last element of each array on the way."""
    path: Path = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path])
    return (*path, names[-1])


def _pair(node: tree_sitter.Node, base: Path, data: bytes) -> Iterator[tuple[Path, int]]:
    if node.type != "pair":
        return
    key, value = node.named_children[0], node.named_children[1]
    names = _key(key, data)
    line = node.start_point[0] + 1
    for depth in range(1, len(names) + 1):
        yield base + names[:depth], line
    yield from _inside(value, base + names, data)


def _inside(value: tree_sitter.Node, path: Path, data: bytes) -> Iterator[tuple[Path, int]]:
    if value.type == "inline_table":
        for child in value.named_children:
            yield from _pair(child, path, data)
    elif value.type == "array":
        items = [c for c in value.named_children if c.type != "comment"]
        for number, item in enumerate(items):
            yield (*path, number), item.start_point[0] + 1
            yield from _inside(item, (*path, number), data)


def _key(node: tree_sitter.Node, data: bytes) -> Path:
    parts = node.named_children if node.type == "dotted_key" else [node]
    flat: list[str | int] = []
    for part in parts:
        if part.type == "dotted_key":
            flat.extend(_key(part, data))
            continue
        words = data[part.start_byte : part.end_byte].decode()
        flat.append(
            next(iter(tomllib.loads(f"{words} = 0"))) if part.type == "quoted_key" else words
        )
    return tuple(flat)
