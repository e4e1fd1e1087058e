"""Markdown of a report's part as blocks: paragraphs, lists, stress and links, all else literal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from concord.documents.paper import Entry, Listing, Paragraph, Run, Runs

KNOWN = ("paragraph", "list", "text", "newline", "escape", "emphasis", "link", "balance_pairs")
SCHEMES = {"http", "https", "mailto"}
DEEPEST = 10  # lists within lists; a report needs three
NESTING = 2 * DEEPEST + 4  # a list and its entry are two levels each; below it nothing is read

Fill = Callable[[str], str]
Mark = Callable[[int, int], str]


def _parser() -> MarkdownIt:
    # "zero" knows nothing; only what is named here has a meaning, so HTML stays words.
    parser = MarkdownIt("zero", {"html": False, "linkify": False, "maxNesting": NESTING})
    return parser.enable([*KNOWN[1:2], *KNOWN[3:7]])


_PARSER = _parser()


def roman(number: int) -> str:
    """`iv`, for the points of a list."""
    out = ""
    for value, letters in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
        (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        while number >= value:
            out, number = out + letters, number - value
    return out


def letter(number: int) -> str:
    """`a` to `z`, then `aa`."""
    out = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        out = chr(97 + rest) + out
    return out


def counts(style: str) -> bool:
    """Whether a style of marker counts its entries, as `(i)` does and `•` does not."""
    return any(first in style for first in "ia1")


def marker(style: str, number: int) -> str:
    """The marker of an entry in a style that shows its first: `(i)`, `1)`, `a.`, `•`."""
    for first, counted in (("i", roman), ("a", letter), ("1", str)):
        if first in style:
            return style.replace(first, counted(number))
    return style


def blocks_of(
    text: str, fill: Fill, ordered: Sequence[str] = ("1.", "a.", "i.")
) -> list[Paragraph | Listing]:
    """A part's text as paragraphs and lists; `ordered` are the markers from outside inwards."""
    tokens = _PARSER.parse(text)
    found, _ = _read(tokens, 0, fill, tuple(ordered), 0)
    return found


def too_deep(text: str) -> bool:
    """Whether lists lie so deep within lists that some of the text would not be read."""
    return any(token.level > 2 * DEEPEST + 1 for token in _PARSER.parse(text))


def _read(
    tokens: Sequence[Token], at: int, fill: Fill, ordered: tuple[str, ...], depth: int
) -> tuple[list[Paragraph | Listing], int]:
    found: list[Paragraph | Listing] = []
    while at < len(tokens):
        kind = tokens[at].type
        if kind == "inline":
            found.append(Paragraph(runs_of(tokens[at], fill)))
        elif kind in ("bullet_list_open", "ordered_list_open"):
            listing, at = _listing(tokens, at, fill, ordered, depth)
            found.append(listing)
            continue
        elif kind in ("list_item_close", "bullet_list_close", "ordered_list_close"):
            return found, at
        at += 1
    return found, at


def _listing(
    tokens: Sequence[Token], at: int, fill: Fill, ordered: tuple[str, ...], depth: int
) -> tuple[Listing, int]:
    counts = tokens[at].type == "ordered_list_open"
    number = int(tokens[at].attrs.get("start", 1)) if counts else 1
    style = ordered[min(depth, len(ordered) - 1)] if counts else ("•", "–")[min(depth, 1)]
    at, entries = at + 1, []
    while tokens[at].type == "list_item_open":
        blocks, at = _read(tokens, at + 1, fill, ordered, depth + 1)
        entries.append(Entry(marker(style, number), tuple(blocks)))
        number, at = number + 1, at + 1
    return Listing(tuple(entries), counts), at + 1


def runs_of(inline: Token, fill: Fill) -> Runs:
    """The runs of one paragraph; live references are filled here, so a value is never markup."""
    runs: list[Run] = []
    strong = emphasis = 0
    address = ""
    for token in inline.children or ():
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                emphasis += token.nesting
            case "link_open":
                address = safe(str(token.attrs.get("href", "")))
            case "link_close":
                address = ""
            case "softbreak" | "hardbreak":
                runs.append(Run(" "))
            case _:
                text = literal(fill(token.content))
                runs.append(Run(text, bool(strong), bool(emphasis), address))
    return tuple(r for r in runs if r.text)


def safe(address: str) -> str:
    """The address, or nothing when it is not one that a reader may follow from a paper."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme.lower() in SCHEMES else ""


def literal(text: str) -> str:
    """The text without the characters that no printer can print: controls and reversals."""
    return "".join(c for c in text if c in "\t\n" or (ord(c) >= 32 and c not in _HIDDEN))


_HIDDEN = {chr(n) for n in (*range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_HIDDEN |= {chr(n) for n in (*range(0xD800, 0xE000), 0xFFFE, 0xFFFF)}


def runs_of_words(text: str, fill: Fill) -> Runs:
    """One line of words with its stress and links; it is never a list or a heading."""
    inline = _PARSER.parseInline(text)
    return runs_of(inline[0], fill) if inline else ()
