"""What a name in an arrangement is called on a page: its title, its short form and its side."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.bodies import Body, Seat
from concord.domain.language.reading import Standing
from concord.domain.language.values import NotStated, holds_on
from concord.domain.places.organisations import OrganisationKind, is_council, is_nhs
from concord.web.wording import Titles, listed, upper_first

SHORT_KIND = {
    OrganisationKind.COUNCIL: "council",
    OrganisationKind.PRIMARY_CARE_TRUST: "PCT",
    OrganisationKind.CLINICAL_COMMISSIONING_GROUP: "CCG",
    OrganisationKind.INTEGRATED_CARE_BOARD: "ICB",
    OrganisationKind.NHS_TRUST: "trust",
    OrganisationKind.GP_FEDERATION: "federation",
}
_ABBREVIATED = (
    ("Clinical Commissioning Group", "CCG"),
    ("Integrated Care Board", "ICB"),
    ("Primary Care Trust", "PCT"),
    ("NHS Foundation Trust", "NHS FT"),
)
_PARTNERS = frozenset(
    {
        OrganisationKind.COUNCIL,
        OrganisationKind.PRIMARY_CARE_TRUST,
        OrganisationKind.CLINICAL_COMMISSIONING_GROUP,
        OrganisationKind.INTEGRATED_CARE_BOARD,
    }
)


_SPELT = {"ccg": "CCG", "icb": "ICB", "pct": "PCT", "nhs": "NHS", "gp": "GP", "gps": "GPs"}


def spoken(name: str) -> str:
    """A name of the text as a person says it: `ccg_members` is `CCG members`."""
    return " ".join(_SPELT.get(word, word) for word in name.split("_"))


def known(value: Any) -> bool:
    """Whether a text gives this value: it is neither absent nor not stated."""
    return value is not None and not isinstance(value, NotStated)


def each(value: Iterable[Any] | NotStated | None) -> tuple[Any, ...]:
    """The values of a list; none where the text is silent."""
    return tuple(value) if known(value) else ()  # type: ignore[arg-type]


class Names:
    """The names of one arrangement on one day."""

    def __init__(self, arrangement: Arrangement, on: date) -> None:
        self.arrangement, self.on = arrangement, on

    def of(self, reference: str) -> str:
        """The title of whatever the reference names: organisation, post, body, seat or chair."""
        a = self.arrangement
        if reference in a.organisations:
            return self.organisation(reference)
        if reference in a.posts:
            return a.posts[reference].label
        if reference in a.bodies:
            return a.bodies[reference].label
        body, _, seat = reference.partition(".")
        if body in a.bodies:
            label = the(a.bodies[body].label)
            if seat == "chair":
                return f"the chair of {label}"
            return f"{self.seat(body, seat)} of {label}"
        for table in (a.functions, a.agreements):
            if reference in table:
                return table[reference].label
        return reference

    def the(self, reference: str) -> str:
        """Its title as the middle of a sentence has it: a post and a body take an article."""
        a = self.arrangement
        title = self.of(reference)
        return the(title) if reference in a.posts or reference in a.bodies else title

    def the_listed(self, references: Iterable[str] | NotStated | None) -> str:
        return listed(self.the(one) for one in each(references))

    def listed(self, references: Iterable[str] | NotStated | None, last: str = "and") -> str:
        return listed([self.of(one) for one in each(references)], last)

    def organisation(self, name: str) -> str:
        """Its name on the day, or the latest one that the text gives."""
        row = self.arrangement.organisations[name]
        then = row.name.on(self.on)
        return then if isinstance(then, str) else row.label

    def abbreviated(self, name: str) -> str:
        """`Southampton City CCG`: the name with its kind cut short."""
        words = self.organisation(name)
        for long, short in _ABBREVIATED:
            words = words.replace(long, short)
        return words

    def short(self, name: str) -> str:
        """`council` or `CCG` where only one partner is of that kind, else its abbreviated name."""
        row = self.arrangement.organisations.get(name)
        kind = row.kind if row else None
        word = SHORT_KIND.get(kind) if isinstance(kind, OrganisationKind) else None
        alike = [o for o in self.partners if self.arrangement.organisations[o].kind == kind]
        if row and word and (len(alike) < 2 and name in self.partners):
            return word
        return self.abbreviated(name) if row else name

    def the_short(self, name: str) -> str:
        """`the council`, or a name, which needs no article."""
        word = self.short(name)
        return f"the {word}" if word in SHORT_KIND.values() else word

    def seat(self, body: str, seat: str) -> str:
        """`the council’s members`, or the posts that sit there where the seat has no name."""
        row = self.arrangement.bodies[body].known_seats.get(seat)
        if row is None:
            return spoken(seat)
        if each(row.posts) and not isinstance(row.name, str):
            return self.listed(row.posts)
        alone = self._seats_of(body, row.of) == 1
        whose = f"{self.the_short(row.of)}’s " if isinstance(row.of, str) else ""
        return f"{whose}members" if alone else f"{whose}{spoken(seat)}"

    def _seats_of(self, body: str, organisation: Any) -> int:
        seats = self.arrangement.bodies[body].known_seats.values()
        return sum(seat.of == organisation for seat in seats)

    def side(self, name: Any) -> str:
        """`council`, `nhs` or `other`: the colour and the mark of an organisation."""
        row = self.arrangement.organisations.get(name) if isinstance(name, str) else None
        if row is None or not isinstance(row.kind, OrganisationKind):
            return "other"
        return "council" if is_council(row.kind) else "nhs" if is_nhs(row.kind) else "other"

    def side_of(self, body: Body) -> str:
        """The side of a body of one organisation; `both` where it is of several sides."""
        sides = {self.side(one) for one in body.organisations}
        return sides.pop() if len(sides) == 1 else "both" if sides else "other"

    @cached_property
    def partners(self) -> tuple[str, ...]:
        """The councils and NHS commissioners there are on the day, councils first."""
        there = [
            name
            for name, row in self.arrangement.organisations.items()
            if name in self._concerned
            and row.kind in _PARTNERS
            and holds_on(row.starts, row.ends, self.on) is not False
        ]
        return tuple(sorted(there, key=lambda name: self.side(name) != "council"))

    @cached_property
    def _concerned(self) -> frozenset[str]:
        """Whoever holds a function, sits in a body or is party, and whoever came after them."""
        a = self.arrangement
        found = {row.of for row in a.functions.values() if isinstance(row.of, str)}
        for body in a.bodies.values():
            found.update(body.organisations)
        for agreement in a.agreements.values():
            found.update(each(agreement.parties))
        for passing in a.successions:
            if found.intersection(each(passing.from_)):
                found.update(each(passing.to))
        return frozenset(found)

    @cached_property
    def sources(self) -> Titles:
        """The short name by which each source is cited."""
        a = self.arrangement
        first = head_source(a)
        found = Titles()
        found.proposed = a.standing is Standing.PROPOSED
        for name, row in a.sources_.items():
            title = re.split(r"[:(]", str(row.title))[0].strip()
            is_report = name == first and name.isdigit()
            found[name] = "Report" if is_report else title
        return found


def the(label: str) -> str:
    """`the Joint Commissioning Board`; Cabinet, Council and a possessive go without."""
    bare = {"Cabinet", "Council", "Full Council", "Overview and Scrutiny"}
    return label if label in bare or label.startswith(("The ", "the ")) else f"the {label}"


def head_source(arrangement: Arrangement) -> str:
    """The source a text is mainly taken from: the one its head names."""
    cited = arrangement.sources or arrangement.place.sources
    return cited[0].split()[0] if cited else next(iter(arrangement.sources_), "")


def place_at(name: str, seat: Seat, names: Names) -> str:
    """`Cabinet member` for one place of a seat, or `Member` where the seat has no name."""
    words = spoken(name)
    if name in names.arrangement.organisations or words in ("members", "member"):
        return "Member"
    return upper_first(words.removesuffix("s") if seat.count != 1 else words)


def seats_by_side(names: Names, body: Body) -> list[tuple[str, str, list[tuple[str, Seat]]]]:
    """The seats of a body, organisation by organisation: its name, its side, its seats."""
    found: dict[str, list[tuple[str, Seat]]] = {}
    for name, seat in body.known_seats.items():
        whose = seat.of if isinstance(seat.of, str) else ""
        found.setdefault(whose, []).append((name, seat))
    titles = names.arrangement.organisations
    return [
        (names.organisation(o) if o in titles else "Organisation not stated", names.side(o), seats)
        for o, seats in found.items()
    ]
