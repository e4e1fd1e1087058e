"""Who may see and do what: a closed table from role to acts. Authority: Concord's own rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concord.domain.findings import Answer, Authority, Reason, Verdict

_RULE = Authority(clause="Concord's table of roles")


class RoleName(StrEnum):
    """What a person is here: one word for each kind of user, held per organisation and place."""

    PUBLIC = "public"
    OPERATOR = "operator"
    COUNCILLOR = "councillor"
    NHS_BOARD_MEMBER = "NHS board member"
    BOARD_OFFICER = "board officer"
    POOL_MANAGER = "pool manager"
    DEMOCRATIC_SERVICES_OFFICER = "democratic services officer"
    INTEGRATION_MANAGER = "integration manager"
    PROVIDER = "provider"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


# Every act there is, each with the words a refusal uses for it.
ACTS = {
    "places.view": "see a place's published pages",
    "authority.ask": "ask who may decide",
    "desk.view": "see a desk",
    "agreements.compare_versions": "compare the versions of a text",
    "agreements.view_draft": "read the draft of a text",
    "agreements.save_draft": "write the draft of a text",
    "agreements.discard_draft": "discard the draft of a text",
    "agreements.adopt_text": "record a text as adopted",
    "agreements.load_place": "load a place from its folder",
    "decisions.load_texts": "load a place's matters and calendar from its folder",
    "decisions.import_meetings": "take another system's meetings into the calendar",
    "decisions.view_draft": "read the draft of a report",
    "decisions.save_draft": "write a report",
    "decisions.discard_draft": "discard the draft of a report",
    "decisions.submit_report": "submit a report",
    "decisions.sign_off": "sign a report off",
    "decisions.publish": "publish a paper, a notice or an agenda",
    "decisions.upload_paper": "put a file to a meeting",
    "decisions.withdraw": "withdraw or correct what was published",
    "decisions.record_promise": "record a promise as met",
    "meetings.call": "call a meeting",
    "meetings.record": "record what happens at a meeting",
    "meetings.follow": "follow a meeting as one of its members",
    "decisions.record": "record a decision and what becomes of it",
    "decisions.settle": "record what came by itself at its time",
    "interests.declare": "declare an interest",
    "interests.record": "keep the register of interests",
    "actions.add": "give somebody an action",
    "actions.update": "tell how an action stands",
    "minutes.write": "write and correct minutes",
    "funds.post": "post to a fund's ledger",
    "funds.move": "move money between lines, funds, reserves or years",
    "funds.set_budget": "set a fund's budget",
    "funds.reforecast": "forecast a fund's outturn",
    "funds.close_period": "close or reopen a fund's period",
    "funds.import": "import a partner's ledger file",
    "audit.view": "read the audit trail",
    "accounts.view": "see who holds which role",
    "accounts.add_account": "add an account",
    "accounts.grant_role": "grant a role",
    "accounts.end_role": "end a role",
}

_PUBLIC = frozenset({"places.view", "authority.ask"})
_SIGNED_IN = _PUBLIC | {"desk.view", "agreements.compare_versions"}
_MEMBER = (
    _SIGNED_IN
    | {"agreements.view_draft", "decisions.view_draft", "decisions.sign_off"}
    | {"meetings.follow", "interests.declare", "actions.update"}
)
_AUTHOR = {"decisions.save_draft", "decisions.discard_draft", "decisions.submit_report"}
_WRITER = (
    _MEMBER
    | {"agreements.save_draft", "agreements.discard_draft", "audit.view"}
    | _AUTHOR
    | {"decisions.record_promise", "actions.add"}
)
_CLERK = _WRITER | {
    "agreements.adopt_text", "decisions.publish", "decisions.upload_paper", "decisions.withdraw",
    "decisions.import_meetings", "meetings.call", "meetings.record", "decisions.record",
    "interests.record", "minutes.write",
}  # fmt: skip

_ADMINISTRATOR = (
    _SIGNED_IN
    | {"agreements.load_place", "decisions.load_texts", "audit.view", "accounts.view"}
    | {"accounts.add_account", "accounts.grant_role", "accounts.end_role"}
)
_KEEPS_THE_LEDGER = {
    "funds.post", "funds.move", "funds.set_budget", "funds.reforecast", "funds.close_period",
    "funds.import",
}  # fmt: skip

TABLE: dict[RoleName, frozenset[str]] = {
    RoleName.PUBLIC: _PUBLIC,
    # Whoever has the machine itself in hand loads places and their records from their folders.
    RoleName.OPERATOR: _ADMINISTRATOR | _CLERK | {"decisions.settle"} | _KEEPS_THE_LEDGER,
    RoleName.PROVIDER: _SIGNED_IN,
    RoleName.COUNCILLOR: _MEMBER,
    RoleName.NHS_BOARD_MEMBER: _MEMBER,
    RoleName.POOL_MANAGER: _MEMBER | {"audit.view"} | _AUTHOR | _KEEPS_THE_LEDGER,
    RoleName.INTEGRATION_MANAGER: _WRITER,
    # Recording that a text was adopted belongs to those who hold the minutes that say so.
    RoleName.BOARD_OFFICER: _CLERK,
    RoleName.DEMOCRATIC_SERVICES_OFFICER: _CLERK,
    # Whoever makes the accounts neither writes a partnership's text nor adopts it.
    RoleName.ADMINISTRATOR: _ADMINISTRATOR,
    RoleName.AUDITOR: (_MEMBER - {"decisions.sign_off", "interests.declare", "actions.update"})
    | {"audit.view", "accounts.view"},
}

_PAGES = {
    "places": ("places.view",),
    "place": ("places.view",),
    "bodies": ("places.view",),
    "people": ("places.view",),
    "agreements": ("places.view",),
    "text": ("places.view",),
    "findings": ("places.view",),
    "authority": ("authority.ask",),
    "desk": ("desk.view",),
    "versions": ("agreements.compare_versions",),
    "draft": ("agreements.view_draft",),
    "edit": ("agreements.save_draft",),
    "discard": ("agreements.discard_draft",),
    "adopt": ("agreements.adopt_text",),
    "audit": ("audit.view",),
    "accounts": ("accounts.view",),
    "decisions": ("places.view",),
    "matter": ("places.view",),
    "route": ("places.view",),
    "paper": ("places.view",),
    "forward_plan": ("places.view",),
    "notices": ("places.view",),
    "papers": ("places.view",),
    "publication": ("places.view",),
    "promises": ("places.view",),
    "register": ("places.view",),
    "search": ("places.view",),
    "register_act": ("decisions.record",),
    "feed": ("places.view",),
    "meetings": ("places.view",),
    "calendar_import": ("decisions.import_meetings",),
    "agenda": ("places.view",),
    "meeting": ("places.view",),
    "meeting_record": ("meetings.record",),
    "meeting_call": ("meetings.call",),
    "meeting_declare": ("interests.declare",),
    "report": ("decisions.view_draft",),
    "report_versions": ("decisions.view_draft",),
    "report_edit": ("decisions.save_draft",),
    "report_discard": ("decisions.discard_draft",),
    "report_ask": ("decisions.submit_report",),
    "report_submit": ("decisions.submit_report",),
    "report_sign": ("decisions.sign_off",),
    "report_move": ("decisions.sign_off",),
    "report_publish": ("decisions.publish",),
    "report_withdraw": ("decisions.withdraw",),
    "agenda_file": ("decisions.upload_paper",),
    "agenda_pack": ("decisions.publish",),
    "notice_give": ("decisions.publish",),
    "promise_met": ("decisions.record_promise",),
    "interests": ("places.view",),
    "interest_enter": ("interests.record",),
    "interest_declare": ("interests.declare",),
    "actions": ("places.view",),
    "action_add": ("actions.add",),
    "action_update": ("actions.update",),
    "deferred": ("places.view",),
    "talk_record": ("meetings.record",),
    "minutes": ("places.view",),
    "meeting_minutes": ("places.view",),
    "minutes_write": ("minutes.write",),
    "decide_alone": ("decisions.record",),
    "funds": ("places.view",),
    "fund": ("places.view",),
    "fund_postings": ("places.view",),
    "who_pays": ("places.view",),
    "fund_forecast": ("places.view",),
    "fund_reforecast": ("funds.reforecast",),
    "fund_import": ("funds.import",),
    "trace": ("places.view",),
}
PAGES = tuple(_PAGES)


@dataclass(frozen=True, slots=True)
class RoleFact:
    """One role held: at one place or, where empty, at all; for one organisation or all; by date."""

    role: str
    place: str
    organisation: str
    starts: date
    ends: date | None = None

    def holds(self, on: date) -> bool:
        return self.starts <= on and (self.ends is None or on <= self.ends)


PUBLIC = RoleFact(RoleName.PUBLIC, "", "", date.min)


@dataclass(frozen=True, slots=True)
class About:
    """What an act is done to: a place, and the organisation it is done for; empty means neither."""

    place: str = ""
    organisation: str = ""


def acts_for_page(page: str) -> tuple[str, ...]:
    """The acts a person must be allowed to open that page; an unknown page is a KeyError."""
    return _PAGES[page]


def roles_for(act: str) -> tuple[RoleName, ...]:
    """The roles whose holders may do that act, in the order of the roles."""
    return tuple(role for role in RoleName if act in TABLE[role])


def may(roles: Iterable[RoleFact], act: str, about: About, on: date) -> Verdict:
    """Whether the holder of these roles may do the act there on that day: it stands or is refused.

    An act outside the closed table is a KeyError: the table, not the caller, says what there is.
    """
    words = ACTS[act]
    reasons = [_reason(fact, act, about, on) for fact in (PUBLIC, *roles)]
    for reason in reasons:
        if reason.answer is Answer.STANDS:
            return Verdict(Answer.STANDS, (reason,))
    near = [reason for reason in reasons if reason.says]
    return Verdict(Answer.REFUSED, tuple(near) or (_nobody(act, words, about),))


def places_where(roles: Iterable[RoleFact], act: str, on: date) -> frozenset[str] | None:
    """The places at which the holder of these roles may do the act; None is every place."""
    able = {f.place for f in (PUBLIC, *roles) if act in TABLE[RoleName(f.role)] and f.holds(on)}
    return None if "" in able else frozenset(able)


def _reason(fact: RoleFact, act: str, about: About, on: date) -> Reason:
    """What one role says: it lets the act through, or misses by its date, place or organisation."""
    words = ACTS[act]
    role = RoleName(fact.role)
    if act not in TABLE[role]:
        return Reason(Answer.REFUSED, "")
    ask = "ask an administrator for the role you need"
    if not fact.holds(on):
        when = (
            f"ended on {fact.ends}" if fact.ends and fact.ends < on else f"starts on {fact.starts}"
        )
        return Reason(Answer.REFUSED, f"the role of {role}, which may {words}, {when}", _RULE, ask)
    if fact.place and fact.place != about.place:
        says = f"the role of {role} may {words} at {fact.place}, not here"
        return Reason(Answer.REFUSED, says, _RULE, ask)
    if about.organisation and fact.organisation and fact.organisation != about.organisation:
        says = f"the role of {role} is held for {fact.organisation}, not for {about.organisation}"
        return Reason(Answer.REFUSED, says, _RULE, f"act for {fact.organisation}")
    holder = "anyone" if role is RoleName.PUBLIC else f"whoever is {role}"
    return Reason(Answer.STANDS, f"{holder} may {words}", _RULE)


def _nobody(act: str, words: str, about: About) -> Reason:
    *others, last = roles_for(act)
    roles = f"{', '.join(others)} or {last}" if others else str(last)
    where = f" at {about.place}" if about.place else ""
    return Reason(
        Answer.REFUSED,
        f"you may not {words}{where}: that is for the {roles}",
        _RULE,
        "sign in, or ask an administrator for one of these roles"
        if others
        else f"sign in, or ask an administrator for the role of {roles}",
    )
