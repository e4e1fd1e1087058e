"""Sign-offs: asked for, signed, held, restarted, sent back, handed over; each an event for good."""

from __future__ import annotations

from concord.commands.command import Acting, Done, command, refuse, require
from concord.commands.matters import Matter, draft_matter
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label
from concord.domain.decisions.sign_offs import (
    Move,
    Standing,
    may_move,
    may_sign,
    standings,
    what_is_signed,
)
from concord.domain.places.people import holder_on
from concord.records.models import SignOffEvent


@command("decisions.ask_sign_offs", allowed_as="decisions.submit_report")
def ask_sign_offs(acting: Acting, place: str, matter: str) -> Done[int]:
    """Asks everyone whose sign-off the report still needs; those not yet their turn wait."""
    act = "decisions.ask_sign_offs"
    found = draft_matter(place, matter, act)
    asked = [s for s in _standings(found, acting) if may_move(s, Move.ASKED).stands and not s.done]
    if not asked:
        raise refuse(act, "nobody is left to be asked", "wait for those who were, or submit it")
    for standing in asked:
        _record(acting, place, matter, standing.role, Move.ASKED, acting.who, "", {})
    roles = ", ".join(s.role for s in asked)
    return Done(len(asked), f"asked for sign-off of {matter}: {roles}", after={"asked": roles})


@command("decisions.sign_off")
def sign_off(acting: Acting, place: str, matter: str, role: str, by: str) -> Done[SignOffEvent]:
    """Signs the report off as it stands; `by` is the post, or the person where none is named."""
    act = "decisions.sign_off"
    found = draft_matter(place, matter, act)
    standing = _standing(found, acting, role, act)
    require(may_sign(standing, by), act)
    _refuse_another(acting, found.arrangement, by, act)
    parts = dict(what_is_signed(found.text, found.arrangement, role))
    event = _record(acting, place, matter, role, Move.SIGNED, by, "", parts)
    what = f"signed {matter} off: {role}, as {label(found.arrangement, by)}"
    return Done(event, what, {"state": standing.state}, {"role": role, "by": by, "parts": parts})


@command("decisions.move_sign_off", allowed_as="decisions.sign_off")
def move_sign_off(
    acting: Acting, place: str, matter: str, role: str, move: Move, words: str
) -> Done[SignOffEvent]:
    """Holds, restarts, sends back, hands over or takes back a sign-off, each with its reason.

    A signature is taken back by whoever gave it; what it covered stays in the trail.
    """
    act = "decisions.move_sign_off"
    if move in (Move.ASKED, Move.SIGNED):
        raise refuse(act, f"{move} is an act of its own", "ask for it, or sign it")
    if not words.strip() and move is not Move.RESTARTED:
        raise refuse(act, "no reason is given", "say why, so that whoever waits can act on it")
    found = draft_matter(place, matter, act)
    standing = _standing(found, acting, role, act)
    require(may_move(standing, move), act)
    by = standing.last_by or standing.who if move is Move.REVOKED else standing.who
    if move is not Move.RESTARTED:
        _refuse_another(acting, found.arrangement, by, act)
    event = _record(acting, place, matter, role, move, by, words, {})
    what = f"{move} the sign-off of {matter}: {role}"
    return Done(event, what, {"state": standing.state}, {"role": role, "why": words})


def _standings(found: Matter, acting: Acting) -> tuple[Standing, ...]:
    return standings(found.text, found.arrangement, found.events, acting.today)


def _standing(found: Matter, acting: Acting, role: str, act: str) -> Standing:
    rows = _standings(found, acting)
    row = next((s for s in rows if s.role == role), None)
    if row is None:
        known = ", ".join(s.role for s in rows) or "none"
        raise refuse(act, f"the report has no sign-off called {role[:80]!r}", f"it has: {known}")
    return row


def _refuse_another(acting: Acting, arrangement: Arrangement, by: str, act: str) -> None:
    """Nobody signs for a post that the text does not say they hold, whatever their role here."""
    if acting.account is None:
        return
    post = arrangement.posts.get(by)
    holder = holder_on(post.held_by, acting.today).name if post else by
    if holder == acting.account.name:
        return
    whose = label(arrangement, by)
    if holder is None:
        says = f"who is {whose} is not stated, so nobody can sign as {whose}"
        raise refuse(act, says, "record the holder in the arrangement")
    raise refuse(act, f"{whose} is {holder}, and you are {acting.account.name}", f"ask {holder}")


def _record(
    acting: Acting, place: str, matter: str, role: str, move: Move, by: str, words: str,
    parts: dict[str, str],
) -> SignOffEvent:  # fmt: skip
    event: SignOffEvent = SignOffEvent.objects.create(
        place_id=place, matter=matter, role=role, step=str(move), on=acting.today, at=acting.now,
        by=by, account=acting.account, note=words, parts=parts,
    )  # fmt: skip
    return event
