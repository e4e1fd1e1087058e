"""Who holds a function by law, and what each form of decision-maker may be given.

The rows are law data (LANGUAGE 3.2); a monitoring officer's ruling corrects one for one place.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from concord import law
from concord.domain.agreements.arrangement import Arrangement, Function
from concord.domain.agreements.labels import label
from concord.domain.agreements.matter import Matter
from concord.domain.agreements.membership import now_called, seat_of
from concord.domain.agreements.words import FunctionKind, LegalForm
from concord.domain.findings import Answer, Authority, Reason
from concord.domain.language.values import NotStated, holds_on, reached
from concord.domain.places.organisations import Governance, is_council
from concord.domain.places.people import PostKind

_WITHIN = "what is within the section 75 agreement"
_MEMBERS = {
    LegalForm.CABINET: PostKind.EXECUTIVE_MEMBER,
    LegalForm.FULL_COUNCIL: PostKind.COUNCILLOR,
    LegalForm.NHS_BOARD: PostKind.NHS_MEMBER,
}
_EXECUTIVE_POSTS = {PostKind.LEADER: "leader", PostKind.ELECTED_MAYOR: "elected mayor"}


def form_of(arrangement: Arrangement, name: str, on: date) -> law.LegalForm | None:
    """The row of law for a body, post or seat; None where its form is not stated or has no row."""
    form = form_name(arrangement, name)
    return law.legal_form(form, on) if form else None


def form_name(arrangement: Arrangement, name: str) -> str:
    """What a body, post or seat is in law, in the law's words; empty where it is not stated.

    A seat is what its members are: of the executive where they are drawn from a cabinet.
    """
    if body := arrangement.bodies.get(name):
        return "" if isinstance(body.legal_form, NotStated) else str(body.legal_form)
    if post := arrangement.posts.get(name):
        return str(post.kind) if isinstance(post.kind, PostKind) else ""
    found = seat_of(arrangement, name)
    if not found:
        return ""
    drawn_from = arrangement.bodies.get(str(found[1].drawn_from))
    if drawn_from and drawn_from.legal_form in _MEMBERS:
        return str(_MEMBERS[drawn_from.legal_form])
    posts = () if isinstance(found[1].posts, NotStated) else found[1].posts
    kinds = {arrangement.posts[p].kind for p in posts if p in arrangement.posts}
    kind = kinds.pop() if len(kinds) == 1 else None
    return str(kind) if isinstance(kind, PostKind) else ""


def has_executive(arrangement: Arrangement, organisation: str, on: date) -> bool | None:
    """Whether a council runs an executive on that day.

    Where its governance is not stated, a cabinet, leader or mayor in the text shows that it does:
    there is none under a committee system (LGA 2000 Part 1A).
    """
    council = arrangement.organisations.get(organisation)
    model = council.governance.on(on) if council else None
    if isinstance(model, Governance):
        return model.has_executive
    cabinets = (b for b in arrangement.bodies.values() if organisation in b.organisations)
    if any(b.legal_form is LegalForm.CABINET for b in cabinets):
        return True
    posts = (p for p in arrangement.posts.values() if p.of == organisation)
    return True if any(p.kind in _EXECUTIVE_POSTS for p in posts) else None


def holders_by_law(
    arrangement: Arrangement, function: Function, on: date
) -> tuple[tuple[str, ...], Reason]:
    """Every body or post of the text that holds the function by law, and why; none: not stated."""
    return _holders_by_law(arrangement, function.id, on)


@lru_cache(maxsize=4096)
def _holders_by_law(
    arrangement: Arrangement, name: str, on: date
) -> tuple[tuple[str, ...], Reason]:
    function = arrangement.functions[name]
    if isinstance(function.of, NotStated) or isinstance(function.kind, NotStated):
        return (), _nobody(function, "whose function it is, or of what kind, is not stated")
    if function.kind is FunctionKind.OF_THE_BODY:
        if isinstance(function.body, str):
            return (function.body,), _by_statute(arrangement, function)
        return (), _nobody(function, "the body that statute gives it to is not stated")
    owners = now_called(arrangement, function.of, on)
    found = tuple(n for o in owners for n in holders_in(arrangement, o, function.kind, on))
    if not found:
        return (), _nobody(function, "the text names nobody who holds it by law")
    row = form_of(arrangement, found[0], on)
    authority = Authority(law=row.authority, unverified=not row.verified) if row else Authority()
    says = f"{label(arrangement, found[0])} holds it by law: {function.kind} function"
    return found, Reason(Answer.STANDS, says, authority)


@lru_cache(maxsize=4096)
def holders_in(
    arrangement: Arrangement, organisation: str, kind: FunctionKind, on: date
) -> tuple[str, ...]:
    """The bodies and posts of an organisation that hold functions of a kind by law on that day.

    A function that reaches a council from another organisation is its executive's, where it runs
    one, because statute does not say otherwise (LGA 2000 s9D(2), unverified).
    """
    owner = arrangement.organisations.get(organisation)
    council = owner is not None and not isinstance(owner.kind, NotStated) and is_council(owner.kind)
    if council and kind is FunctionKind.NHS:
        kind = FunctionKind.EXECUTIVE
    elif owner is not None and not council:
        kind = FunctionKind.NHS
    executive = has_executive(arrangement, organisation, on) if council else True
    if executive is None:
        executive = kind is FunctionKind.EXECUTIVE
    names = [b.id for b in arrangement.bodies.values() if b.organisations == (organisation,)]
    names += [
        p.id
        for p in arrangement.posts.values()
        if p.of == organisation and p.kind in _EXECUTIVE_POSTS
    ]
    return tuple(n for n in names if _holds(arrangement, n, kind, executive, on))


def _holds(
    arrangement: Arrangement, name: str, kind: FunctionKind, executive: bool, on: date
) -> bool:
    if _exists(arrangement, name, on) is False:
        return False
    row = form_of(arrangement, name, on)
    if row is None:
        return False
    ruled = ruling(arrangement, row.form, kind, on)
    return str(kind) in row.holds_by_law(executive) if ruled is None else ruled


def _exists(arrangement: Arrangement, name: str, on: date) -> bool | None:
    row = arrangement.bodies.get(name) or arrangement.posts[name]
    return holds_on(row.starts, row.ends, on)


def ruling(arrangement: Arrangement, form: str, about: FunctionKind, on: date) -> bool | None:
    """What a monitoring officer ruled for this place by that day; None where nothing."""
    said = None
    for row in arrangement.rulings.values():
        applies = row.form == form and row.about is about and isinstance(row.holds, bool)
        if applies and reached(row.on, on) and holds_on(row.starts, row.ends, on):
            said = bool(row.holds)
    return said


def _by_statute(arrangement: Arrangement, function: Function) -> Reason:
    says = f"statute gives it to {label(arrangement, str(function.body))}"
    return Reason(Answer.STANDS, says, function.authority)


def _nobody(function: Function, why: str) -> Reason:
    says = f"who holds {function.label} by law is not stated: {why}"
    remedy = "Add the body or post that holds it by law."
    return Reason(Answer.NOT_STATED, says, function.authority, remedy)


def may_be_given(
    arrangement: Arrangement, name: str, function: Function, matter: Matter, lead: bool, on: date
) -> Reason | None:
    """Why the law keeps a maker from being given the function for this matter; None if it does not.

    `lead` says that the function reached the maker's organisation by lead commissioning.
    """
    row = form_of(arrangement, name, on)
    if row is None or isinstance(function.kind, NotStated):
        return None
    kind = _kind_there(arrangement, name, function.kind, on) if lead else function.kind
    who = label(arrangement, name)
    authority = Authority(law=row.authority, unverified=not row.verified)
    allowed = ruling(arrangement, row.form, kind, on)
    if allowed:
        return None
    if row.may_not_be_given_any:
        return Reason(
            Answer.REFUSED, f"{who} can hold no power: {_why(row)}", authority, _else(row)
        )
    barred = str(kind) in row.may_not_be_given or allowed is False
    lifted = lead and _may_lead(arrangement, name, row, kind, on)
    if barred and not lifted and _barred_here(arrangement, name, row, kind, on):
        article = "an" if str(kind)[0] in "eioN" and kind is not FunctionKind.NON_EXECUTIVE else "a"
        says = f"{who} cannot exercise {article} {kind} function: {_why(row)}"
        return Reason(Answer.REFUSED, says, authority, "Take it to whoever holds the function.")
    if not row.outside_section_75:
        return _only_section_75(who, matter, authority)
    return None


def _may_lead(
    arrangement: Arrangement, name: str, row: law.LegalForm, kind: FunctionKind, on: date
) -> bool:
    """Whether lead commissioning lifts the bar: for an NHS board, and for whoever holds functions
    of the kind by its own organisation's law; for nobody further down."""
    body = arrangement.bodies.get(name)
    owners = body.organisations if body else ()
    own = any(name in holders_in(arrangement, owner, kind, on) for owner in owners)
    return row.unless_lead_commissioning or own


def _kind_there(arrangement: Arrangement, name: str, kind: FunctionKind, on: date) -> FunctionKind:
    """What an NHS function is at a council that exercises it: its executive's, where it runs one.

    Statute does not say otherwise (LGA 2000 s9D(2), unverified).
    """
    body = arrangement.bodies.get(name)
    rows = [arrangement.organisations.get(o) for o in (body.organisations if body else ())]
    councils = [o for o in rows if o and not isinstance(o.kind, NotStated) and is_council(o.kind)]
    alone = bool(rows) and len(councils) == len(rows)
    if kind is not FunctionKind.NHS or not alone:
        return kind
    executive = any(has_executive(arrangement, o.id, on) is not False for o in councils)
    return FunctionKind.EXECUTIVE if executive else FunctionKind.NON_EXECUTIVE


def _barred_here(
    arrangement: Arrangement, name: str, row: law.LegalForm, kind: FunctionKind, on: date
) -> bool:
    """Under a committee system there are no executive functions to keep from a committee."""
    if kind is not FunctionKind.EXECUTIVE:
        return True
    body = arrangement.bodies.get(name)
    owners = body.organisations if body else ()
    return not owners or any(has_executive(arrangement, o, on) is not False for o in owners)


def _only_section_75(who: str, matter: Matter, authority: Authority) -> Reason | None:
    outside = [m for m in matter.modes if not m.in_section_75]
    if outside:
        says = f"{who} may decide only {_WITHIN}; part of this is {outside[0]}"
        remedy = "The partner responsible for that money decides it."
        return Reason(Answer.REFUSED, says, authority, remedy)
    if not matter.modes:
        says = f"{who} may decide only {_WITHIN}; which money is not said"
        return Reason(Answer.NEEDS, says, authority, "Say whether the money is pooled.")
    return None


def _why(row: law.LegalForm) -> str:
    says = row.says.rstrip(".")
    return says[:1].lower() + says[1:]


def _else(row: law.LegalForm) -> str:
    if row.decides == "its members":
        return "Ask its members, each under a delegation of their own."
    if row.decides == "its organisations":
        return "Ask each organisation's own committee."
    return "Take its advice to whoever holds the function."
