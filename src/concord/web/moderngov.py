"""A place read as Modern.Gov's web service is read: one address for each operation.

What the service can say and Concord does not hold is answered as the service answers when it has
nothing. Decisions and the forward plan, which it never offers, are answered in the same style.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from concord.documents.moderngov_out import Node, node, to_xml
from concord.documents.written_days import read_day
from concord.web import moderngov_decisions as decisions
from concord.web import moderngov_meetings as meetings
from concord.web import moderngov_people as people
from concord.web.pages import Unreadable, gate
from concord.web.places import Opened, opened

Asked = Callable[[str], str]


def _number(asked: Asked, name: str) -> int:
    said = asked(name).strip()
    if not (said.isascii() and said.isdigit() and len(said) < 12):
        raise Unreadable(f"{name} is not a whole number.", f"Give it as {name}=123.")
    return int(said)


def _days(asked: Asked) -> tuple[date, date]:
    """The first and the last day asked about; a day left out is no bound."""
    found = []
    for name, otherwise in (("sFromDate", date.min), ("sToDate", date.max)):
        said = asked(name).strip()
        day = read_day(said) if said else otherwise
        if day is None:
            raise Unreadable(f"{name} is not a day.", "Write it as 31/03/2018.")
        found.append(day)
    return found[0], found[1]


def _of_committee(r: HttpRequest, it: Opened, asked: Asked) -> Node:
    return meetings.of_committee(it, _number(asked, "lCommitteeId"), *_days(asked))


def _by_date(r: HttpRequest, it: Opened, asked: Asked) -> Node:
    ascending = asked("bIsAscendingDateOrder").strip().casefold() not in ("false", "0")
    return meetings.by_date(it, *_days(asked), ascending=ascending)


_OPERATIONS: dict[str, Callable[[HttpRequest, Opened, Asked], Node]] = {
    "CheckComms": lambda r, it, asked: node("checkcomms", result=True),
    "GetCommittees": lambda r, it, asked: meetings.committees(it),
    "GetMeetings": _of_committee,
    "GetAllMeetingsByDate": _by_date,
    "GetMeeting": lambda r, it, asked: meetings.one(r, it, _number(asked, "lMeetingId")),
    "GetAttachment": lambda r, it, asked: meetings.attachment(
        r, it, _number(asked, "lAttachmentId")
    ),
    "GetCouncillorsByWard": lambda r, it, asked: people.by_ward(it),
    "GetCommitteesByUser": lambda r, it, asked: people.committees_of(it, _number(asked, "lUserId")),
    "GetDecisions": lambda r, it, asked: decisions.between(it, *_days(asked)),
    "GetDecision": lambda r, it, asked: decisions.one(it, _number(asked, "lDecisionId")),
    "GetForwardPlan": lambda r, it, asked: decisions.forward_plan(it),
}
# What the service can be asked and no place of Concord's holds: an answer with nothing in it.
_NOTHING = (
    "GetAttachmentByPath", "GetCalendarEvents", "GetCouncillorsByPostcode",
    "GetCouncillorsByWardId", "GetDeletedWebcastMeetings", "GetElectionResults",
    "GetElectionResultsRdf", "GetMemberGroup", "GetMpOrMepAndWardsByPostcode",
    "GetMpOrMepsAndWards", "GetParishCouncils", "GetServerDiagnostics", "GetWebCastMeetings",
)  # fmt: skip
_BY_NAME = {name.casefold(): name for name in (*_OPERATIONS, *_NOTHING)}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, place: str, operation: str) -> HttpResponse:
    """One operation; its name is read in any case, and its parameters from query or form."""
    if turned := gate(request, "feed", place):
        return turned
    name = _BY_NAME.get(operation.casefold())
    if name is None:
        raise Http404(f"the service has no operation {operation[:60]}")
    given: Any = request.POST if request.method == "POST" else request.GET
    lower = {key.casefold(): str(value) for key, value in given.items()}
    try:
        it = opened(request, place)
        does = _OPERATIONS.get(name)
        said = does(request, it, lambda key: lower.get(key.casefold(), "")) if does else None
    except Unreadable as fault:
        says = f"{fault.says} {fault.remedy}\n"
        return HttpResponse(says, content_type="text/plain; charset=utf-8", status=400)
    body = to_xml(said or node(name.removeprefix("Get").casefold()))
    return HttpResponse(body, content_type="text/xml; charset=utf-8")


urlpatterns = [
    path("<slug:place>/mgWebService.asmx/<str:operation>", answer, name="moderngov"),
]
