"""How dates, counts, clauses and verdicts are put into words, one way for every page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.messages import get_messages
from django.utils.timezone import localtime
from jinja2 import Environment

from concord.domain.findings import Answer, Authority, Finding, Reason, Verdict, Weight

KEEP = "\u00a0"  # a space at which no line may break
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_ACRONYMS = re.compile(r"[A-Z]{2}|[A-Z]\d")


# Our own, because Django's date filter costs a page of 1,000 dates some 22 ms.
def long_date(day: date) -> str:
    """`18 July 2017`, without a leading nought."""
    return f"{day.day}{KEEP}{_MONTHS[day.month - 1]} {day.year}"


def full_date(day: date) -> str:
    """`Tuesday 18 July 2017`, as a date is written the first time."""
    return f"{_DAYS[day.weekday()]} {long_date(day)}"


def moment(at: datetime) -> str:
    """`18 July 2017, 14:05`, by the clock of England and Wales."""
    there = localtime(at)
    return f"{long_date(there)}, {there:%H:%M}"


def short_date(day: date) -> str:
    """`18 July`, where the year is said nearby."""
    return f"{day.day}{KEEP}{_MONTHS[day.month - 1]}"


def stated_day(value: Any) -> str:
    """A day of an arrangement, with what is known of one that is not stated."""
    if isinstance(value, date):
        return long_date(value)
    bounds = (
        (getattr(value, "earliest", None), "not before"),
        (getattr(value, "latest", None), "by"),
    )
    said = [f"{word} {long_date(one)}" for one, word in bounds if one]
    return f"Not stated, {listed(said)}" if said else "Not stated"


def silence(words: str) -> str:
    """`not stated, by 2017-07-18` as a reader has it: its day in words."""
    said = re.sub(r"\d{4}-\d\d-\d\d", lambda m: long_date(date.fromisoformat(m[0])), words)
    return upper_first(said)


def distance(day: date, on: date) -> str:
    """`in 7 days`, `today`, `41 days ago`; beyond two years in years."""
    days = (day - on).days
    if days == 0:
        return "today"
    far = abs(days)
    span = f"{far // 365}{KEEP}years" if far > 730 else f"{far}{KEEP}day{'s' if far > 1 else ''}"
    return f"in {span}" if days > 0 else f"{span} ago"


def count(number: int, thing: str = "", things: str = "") -> str:
    """`one thing`, `two things`, `14 things`; a number up to ten is a word."""
    word = _COUNTS[number] if number <= 10 else f"{number:,}"
    if not thing:
        return word
    return f"{word} {thing if number == 1 else things or thing + 's'}"


def sentence(text: object) -> str:
    """A rule's clause as a sentence of its own: a capital first and a full stop last."""
    words = str(text).strip()
    if not words:
        return ""
    return upper_first(words) + ("" if words[-1] in ".?!”" else ".")


def upper_first(text: object) -> str:
    words = str(text)
    first = words.split(" ", 1)[0].rstrip(":.")
    is_name = (
        "." in first or "_" in first or "=" in first
    )  # of a key in a text, which has no capitals
    return words if is_name else words[:1].upper() + words[1:]


def lower_first(text: object) -> str:
    """For the middle of a sentence; an acronym and a name keep their capitals."""
    words = str(text)
    return words if _ACRONYMS.match(words) else words[:1].lower() + words[1:]


# Words that may begin a clause and are nobody's name.
_PLAIN = {
    "a", "an", "as", "at", "before", "each", "every", "how", "in", "it", "its", "no", "nobody",
    "nothing", "one", "only", "part", "the", "there", "this", "to", "two", "what", "when",
    "whether", "who", "whose",
}  # fmt: skip


def mid_sentence(text: object) -> str:
    """A clause put into a sentence: small at its start unless it begins with a name."""
    words = str(text)
    first = words.split(" ", 1)[0]
    return words[:1].lower() + words[1:] if first.lower() in _PLAIN else words


def listed(words: Iterable[object], last: str = "and") -> str:
    """`a, b and c`."""
    said = [str(word) for word in words]
    return f"{', '.join(said[:-1])} {last} {said[-1]}" if len(said) > 1 else "".join(said)


# --- clauses ---


class Titles(dict[str, str]):
    """The short names of a place's sources; `proposed` where the whole text is only proposed."""

    proposed = False


_PLACED = re.compile(r"^(?P<source>[\w-]+)(?:\s+(?P<at>.+))?$", re.S)
_NUMBERED = re.compile(
    r"\b(paragraphs?|regulations?|sections?|Schedule|Sch|art|regs?|ss?|cl) (?=\d|\()"
)


def clause(text: str) -> str:
    """A clause with its kind spelt out and tied to its number: `¶28` is `paragraph 28`."""
    said = re.sub(r"¶¶?\s*", "paragraph ", text)
    said = re.sub(r"\breg(s?)\.? (?=\d)", r"regulation\1 ", said)
    said = re.sub(r"paragraph (\d[\d.]*(?:[-–,]| and ))", r"paragraphs \1", said)
    return _NUMBERED.sub(lambda found: found[1] + KEEP, said)


def source(text: str, titles: dict[str, str]) -> str:
    """`001 ¶28` as `Report, paragraph 28`, by the short name the place gives its source."""
    found = _PLACED.match(text)
    if not found or found["source"] not in titles:
        return clause(text)
    title = titles[found["source"]]
    return f"{title}, {clause(found['at'])}" if found["at"] else title


def cite(authority: Authority, titles: Titles | None = None) -> str:
    """Where a rule comes from, as it stands beneath a test.

    A source named without a place in it is the text in which the clause stands.
    """
    known = titles or {}
    of, at = [one for one in authority.sources if one in known], authority.clause
    said = [
        f"{known[of[0]]}, {clause(_kind(at))}" if of else upper_first(clause(_kind(at)))
    ] * bool(at)
    rest = [one for one in authority.sources if not (at and of and one == of[0])]
    said += _joined([source(one, known) for one in rest])
    if authority.law:
        said.append(clause(authority.law))
    return upper_first("; ".join(said))


def found_under(text: str, titles: Titles) -> str:
    """The authority of a finding, which the reader gives as words."""
    parts = [part.strip() for part in text.replace(" (proposed)", "").split(";")]
    return "; ".join(upper_first(_kind(source(part, titles))) for part in parts)


def _kind(text: str) -> str:
    """A bare number is a clause; `Sch 2, 4` is a paragraph of a schedule."""
    bare = f"clause {text}" if re.match(r"\d", text) else text
    return re.sub(r"^Sch(?:edule)? (\d+), (?=\d)", r"Schedule \1, paragraph ", bare)


def own_clause(text: str) -> str:
    """A place in an agreement's own text: `9` is `Clause 9`."""
    return upper_first(clause(_kind(text)))


def _joined(sources: list[str]) -> list[str]:
    """`Report, paragraph 14 and paragraph 18`: places in one source stand together."""
    found: dict[str, list[str]] = {}
    for one in sources:
        title, comma, place = one.rpartition(", ") if ", " in one else (one, "", "")
        found.setdefault(title or one, []).append(place if comma else "")
    said = []
    for title, places in found.items():
        there = [place for place in places if place]
        said.append(f"{title}, {_together(there)}" if there else title)
    return said


def _together(places: list[str]) -> str:
    """`Cabinet (ii) and paragraphs 14 and 18`: single paragraphs stand under one word."""
    found = [re.fullmatch(rf"paragraph{KEEP}([\d.]+)", place) for place in places]
    numbers = [match[1] for match in found if match]
    if len(numbers) < 2:
        return listed(places)
    others = [place for place, match in zip(places, found, strict=True) if not match]
    return listed([*others, f"paragraphs{KEEP}{listed(numbers)}"])


# --- verdicts ---

ICONS = {
    Answer.STANDS: "yes",
    Answer.NEEDS: "wait",
    Answer.NOT_STATED: "unknown",
    Answer.REFUSED: "no",
}
HEARD = {
    Answer.STANDS: "Passed",
    Answer.NEEDS: "Waiting",
    Answer.NOT_STATED: "Not recorded",
    Answer.REFUSED: "Failed",
}


def verdict_word(verdict: Verdict) -> str:
    """The four answers as a reader meets them; the first line counts what is missing."""
    missing = sum(reason.answer is verdict.answer for reason in verdict.reasons) or 1
    match verdict.answer:
        case Answer.STANDS:
            return "May decide"
        case Answer.NEEDS:
            return f"May not yet: {count(missing, 'thing is', 'things are')} missing"
        case Answer.NOT_STATED:
            return f"Cannot be answered: {count(missing, 'thing is', 'things are')} not recorded"
    return "May not"


def best_first(options: Iterable[Any]) -> list[Any]:
    """Those who may decide come first, those who may not last."""
    return sorted(options, key=lambda option: -option.verdict.answer)


def passed(verdict: Verdict) -> list[Reason]:
    return [reason for reason in verdict.reasons if reason.answer is Answer.STANDS]


# --- findings ---

WEIGHT_WORD = {Weight.GRAVE: "Must be mended", Weight.SLIGHT: "Look again"}
WEIGHT_CLASS = {Weight.GRAVE: "must", Weight.SLIGHT: "look"}


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (f.weight is not Weight.GRAVE, f.line))


def teach(environment: Environment) -> None:
    """Gives the templates these words."""
    environment.filters |= {
        "date": long_date,
        "full_date": full_date,
        "short_date": short_date,
        "stated_day": stated_day,
        "moment": moment,
        "distance": distance,
        "count": count,
        "sentence": sentence,
        "upper_first": upper_first,
        "lower_first": lower_first,
        "listed": listed,
        "clause": clause,
        "own_clause": own_clause,
        "source": source,
        "cite": cite,
        "silence": silence,
        "found_under": found_under,
        "best_first": best_first,
        "passed": passed,
        "worst_first": worst_first,
        "verdict_word": verdict_word,
        "icon_of": ICONS.__getitem__,
        "heard": HEARD.__getitem__,
        "weight_word": WEIGHT_WORD.__getitem__,
        "weight_class": WEIGHT_CLASS.__getitem__,
    }
    environment.globals |= {"Answer": Answer, "messages_of": get_messages}
    environment.trim_blocks = environment.lstrip_blocks = True
