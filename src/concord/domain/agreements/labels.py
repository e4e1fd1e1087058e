"""What a name in the text is called when it is spoken of."""

from __future__ import annotations

from datetime import date

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.bodies import Seat
from concord.domain.language.values import NotStated


def label(arrangement: Arrangement, name: str) -> str:
    """The full name of an organisation, post, body, seat, chair, function or agreement."""
    a = arrangement
    for table in (a.bodies, a.posts, a.organisations, a.functions, a.agreements):
        if name in table:
            return table[name].label
    body, _, part = name.partition(".")
    if part and body in a.bodies:
        if part == "chair":
            return f"the chair of {a.bodies[body].label}"
        seat = a.bodies[body].known_seats.get(part)
        return seat_label(arrangement, seat, a.bodies[body].label) if seat else name
    return name


def seat_label(arrangement: Arrangement, seat: Seat, body: str) -> str:
    """`Cabinet members at the Board`: a seat's name in the text, or else the posts that hold it."""
    if not isinstance(seat.name, str) and not isinstance(seat.posts, NotStated) and seat.posts:
        who = ", ".join(arrangement.posts[p].label for p in seat.posts if p in arrangement.posts)
        if who:
            return f"{who} at {body}"
    words = seat.name if isinstance(seat.name, str) else seat.id.replace("_", " ")
    if words == seat.of and words in arrangement.organisations:
        words = f"members of {arrangement.organisations[words].label}"
    return f"{words[:1].upper()}{words[1:]} at {body}"


def listed(names: list[str], last: str = "and") -> str:
    """`a, b and c`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def on_day(day: date) -> str:
    """`18 July 2017`."""
    return f"{day.day} {day:%B %Y}"


NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def how_many(number: int, one: str, several: str = "") -> str:
    """`one member`, `two members`, `12 members`."""
    word = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{word} {one if number == 1 else several or one + 's'}"
