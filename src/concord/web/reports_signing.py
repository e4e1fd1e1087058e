"""Who has signed a report off, who has not, and what each may do about it now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from concord.commands.sign_offs import ask_sign_offs, move_sign_off, sign_off
from concord.domain.agreements.arrangement import Arrangement
from concord.domain.agreements.labels import label
from concord.domain.decisions.sign_offs import may_move, may_sign
from concord.domain.decisions.signing import Move, Standing, State
from concord.domain.places.people import holder_on
from concord.domain.places.policy import About, may
from concord.records.models.accounts import role_facts_of
from concord.web.drafts import acting
from concord.web.pages import gate, today
from concord.web.wording import count, long_date, upper_first

LOOKS = {
    State.SIGNED: "yes",
    State.LATE: "no",
    State.SENT_BACK: "no",
    State.REOPENED: "wait",
    State.ON_HOLD: "wait",
    State.WAITING: "wait",
    State.NOT_YET: "unknown",
    State.NOT_ASKED: "unknown",
}
MOVABLE = (Move.HELD, Move.RESTARTED, Move.SENT_BACK, Move.HANDED_OVER, Move.REVOKED)
MOVE_WORDS = {
    Move.HELD: "Hold it",
    Move.RESTARTED: "Restart it",
    Move.SENT_BACK: "Send it back",
    Move.HANDED_OVER: "Hand it over",
    Move.REVOKED: "Take the signature back",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One sign-off as the page shows it: its state in words, who, and what this person may do."""

    role: str
    look: str
    state: str
    says: str
    signs_as: str
    signs_as_label: str
    moves: tuple[tuple[str, str], ...]


def columns(
    rows: Iterable[Standing], arrangement: Arrangement, request: HttpRequest, place: str
) -> list[Column]:
    """Every sign-off, with a button only for whoever may really press it."""
    roles = role_facts_of(request.user)
    able = may(roles, "decisions.sign_off", About(place), today()).stands
    return [_column(row, arrangement, request.user.name if able else "") for row in rows]


def _column(row: Standing, arrangement: Arrangement, name: str) -> Column:
    signers = [by for by in (row.who, row.alternate) if by and _is(by, name, arrangement)]
    signs = next((by for by in signers if may_sign(row, by).stands), "") if not row.done else ""
    whose = row.last_by or row.who if row.base is State.SIGNED else row.who
    mine = bool(name) and _is(whose, name, arrangement)
    moves = tuple(
        (str(move), MOVE_WORDS[move])
        for move in MOVABLE
        if may_move(row, move).stands and (mine or (move is Move.RESTARTED and name))
    )
    return Column(
        row.role, LOOKS[row.state], _state(row), _says(row, arrangement), signs,
        label(arrangement, signs) if signs else "", moves,
    )  # fmt: skip


def _is(by: str, name: str, arrangement: Arrangement) -> bool:
    """Whether that is the person who has signed in: the holder of the post, or the name itself."""
    post = arrangement.posts.get(by)
    holder = holder_on(post.held_by, today()).name if post else by
    return bool(name) and holder == name


def _state(row: Standing) -> str:
    if row.state is State.LATE:
        return f"{row.days_late} working day{'s' if row.days_late != 1 else ''} late"
    if row.state is State.WAITING and row.due:
        return "Due today" if row.due == today() else f"Due {long_date(row.due)}"
    if row.state is State.SIGNED and row.early:
        return "Signed early"
    return upper_first(row.state)


def _says(row: Standing, arrangement: Arrangement) -> str:
    """Who it is, since when, and whose turn it becomes."""
    said = [row.label]
    if row.state is State.SIGNED and row.signed_on:
        said.append(long_date(row.signed_on))
    elif row.state is State.REOPENED:
        said.append(f"signed; since then {', '.join(row.changed)} has changed")
    elif row.state is State.LATE and row.due:
        said.append(f"due {long_date(row.due)}")
    elif row.why and row.state in (State.ON_HOLD, State.SENT_BACK):
        said.append(f"because {row.why}")
    if row.taken_back:
        said.append(f"signature taken back because {row.why}")
    text = ", ".join(said)
    if row.alternate and not row.done:
        text += f". Alternate: {label(arrangement, row.alternate)}"
    return text


def lead(must: int, rows: Iterable[Standing]) -> str:
    """What stands in the way, counted: lines to be mended, and sign-offs by what they wait for."""
    standing = list(rows)
    said = [f"{count(must, 'line')} must be mended"] if must else []
    words = (
        (State.LATE, "is late", "are late"),
        (State.WAITING, "is waited for", "are waited for"),
        (State.NOT_ASKED, "has not been asked for", "have not been asked for"),
        (State.NOT_YET, "waits for its turn", "wait for their turn"),
        (State.ON_HOLD, "is on hold", "are on hold"),
        (State.SENT_BACK, "was sent back", "were sent back"),
        (State.REOPENED, "must be given again", "must be given again"),
    )
    for state, one, more in words:
        number = sum(row.state is state for row in standing)
        if number:
            said.append(f"{count(number, 'sign-off')} {one if number == 1 else more}")
    return upper_first(
        ", ".join(said[:-1]) + (" and " if len(said) > 1 else "") + "".join(said[-1:])
    )


# --- what a person does about it ---


@require_POST
def ask(request: HttpRequest, place: str, matter: str) -> HttpResponse:
    if turned := gate(request, "report_ask", place):
        return turned
    asked = ask_sign_offs(acting(request), place, matter)
    messages.success(
        request, f"{upper_first(count(asked, 'person is', 'people are'))} asked to sign."
    )
    return redirect("report", place=place, matter=matter)


@require_POST
def sign(request: HttpRequest, place: str, matter: str) -> HttpResponse:
    if turned := gate(request, "report_sign", place):
        return turned
    role, by = request.POST.get("role", ""), request.POST.get("by", "")
    sign_off(acting(request), place, matter, role, by)
    messages.success(request, f"{role}: signed.")
    return redirect("report", place=place, matter=matter)


@require_POST
def move(request: HttpRequest, place: str, matter: str) -> HttpResponse:
    if turned := gate(request, "report_move", place):
        return turned
    said, role = request.POST.get("move", ""), request.POST.get("role", "")
    if said not in [str(one) for one in MOVABLE]:
        return redirect("report", place=place, matter=matter)
    move_sign_off(acting(request), place, matter, role, Move(said), request.POST.get("why", ""))
    messages.success(request, f"{role}: {said}.")
    return redirect("report", place=place, matter=matter)
