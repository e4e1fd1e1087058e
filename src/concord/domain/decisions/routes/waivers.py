"""Ways out that set one test aside: told in the room, an exception, urgency, shorter notice.

SI 2012/2089 regs 5(6), 10 and 11; LGA 1972 s100B(4)(b); each place's own rules on call-in. Whose
agreement each needs is a row of law/exits.toml.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from concord.domain.calendar import in_words
from concord.domain.decisions.routes.conflicts import Waived
from concord.domain.decisions.routes.plan import Plan, WayOut, changes
from concord.domain.decisions.routes.price import if_moved, rescued, sooner
from concord.domain.decisions.routes.solving import Question, solve
from concord.domain.decisions.routes.stops import Turn
from concord.domain.findings import Authority


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A way out that sets one test aside: its words, and the exit of law/exits.toml it is."""

    id: str
    what: Waived
    name: str
    exits: tuple[str, ...] = ()
    says: str = ""
    side_effect: str = ""


WAIVERS = {
    "told": Waiver(
        id="in_the_room", what=Waived.TOLD, name="Keep both dates",
        says="The paper says that a decision is due, and an officer reports it at the meeting.",
        side_effect="Lawful for information. Not enough if the body were asked to decide.",
    ),
    "exception": Waiver(
        id="general_exception", what=Waived.EXCEPTION, name="Use the general exception",
        exits=("general_exception",),
    ),
    "urgency": Waiver(
        id="special_urgency", what=Waived.URGENCY, name="Use special urgency",
        exits=("special_urgency",),
    ),
    "private": Waiver(
        id="urgent_private_meeting", what=Waived.PRIVATE, name="Agree an urgent private meeting",
        exits=("urgent_private_meeting",),
    ),
    "papers": Waiver(
        id="shorter_notice", what=Waived.PAPERS, name="Take it at shorter notice",
        exits=("urgent_item", "executive_shorter_notice", "council_shorter_notice",
               "nhs_shorter_notice"),
    ),
    "sign_off": Waiver(
        id="shorter_sign_off", what=Waived.SIGN_OFF, name="Agree shorter sign-off",
        says="Those who sign the draft off agree to take fewer days.",
        side_effect="A local rule, or custom, is set aside; the law's periods stay.",
    ),
    "call_in": Waiver(
        id="call_in_exemption", what=Waived.CALL_IN, name="Exempt the decision from call-in",
        exits=("call_in_exemption",),
    ),
}  # fmt: skip


def waive(kind: str, question: Question, plan: Plan, turn: Turn) -> Iterator[WayOut]:
    """The way out of that kind for a stop, if it helps and the law has it there."""
    waiver = WAIVERS[kind]
    if kind == "told" and not turn.told_of:
        return
    waived = question.asked.waived | {(turn.id, waiver.what)}
    after = solve(question.variant(asked=replace(question.asked, waived=waived)))
    now = after.step(turn.id)
    if now is None or now.dues is None or not (rescued(plan, after) or sooner(plan, after)):
        return
    exits = [x for x in now.dues.exits if x.id in waiver.exits]
    if waiver.exits and not exits:
        return
    exit_ = exits[0] if exits else None
    then = [w for x in exits[:1] for w in x.then]
    says = waiver.says or (f"{exit_.says} Lawful only where {exit_.when}." if exit_ else "")
    yield WayOut(
        id=waiver.id, stop=turn.id, name=f"{waiver.name} for {turn.label}",
        when=f"for {in_words(now.on)}" if now.on else "",
        says=says,
        side_effect=" ".join(
            p for p in (waiver.side_effect, f"Then: {'; '.join(then)}." if then else "",
                        if_moved(plan, after)) if p
        ),
        waives=str(waiver.what), who=exit_.who if exit_ else (),
        needs=exit_.needs if exit_ else "",
        rescues=rescued(plan, after),
        authority=exit_.authority if exit_ else Authority(),
        effective=after.not_before, changes=changes(plan, after),
    )  # fmt: skip
