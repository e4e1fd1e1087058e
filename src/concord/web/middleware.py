"""What surrounds every page: safe headers, a limit on size, and refusals told calmly."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from concord.domain.findings import Answer, Authority, Reason, Refused, Verdict

# Where files, ledgers and calendars are sent; nobody sends one who has not signed in.
_FILES = re.compile(r"/[-\w]+/(?:meetings/[-\w]+/[-\w]+/file|funds/import|calendar/import)/")
GetResponse = Callable[[HttpRequest], HttpResponse]

# The powers of a browser that no page of ours has a use for.
_UNUSED = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class SecureHeaders:
    """Headers that Django does not set itself; a signed-in page is kept by nobody's cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _UNUSED)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if "Cookie" in response.headers.get("Vary", "") and _is_signed_in(request):
            response.headers["Cache-Control"] = "private, no-store"
        return response


def _is_signed_in(request: HttpRequest) -> bool:
    return bool(getattr(getattr(request, "user", None), "is_authenticated", False))


class RequestSize:
    """Turns away a request that is too large before any of it is read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            size = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            size = settings.TEXT_LIMIT + 1
        if size > _limit(request):
            return refusal(request, too_large(_limit(request)), status=413)
        return self.get_response(request)


def _limit(request: HttpRequest) -> int:
    """How much one request may hold: a file only where files are put to a meeting."""
    is_file = (
        request.method == "POST"
        and _FILES.fullmatch(request.path) is not None
        and settings.SESSION_COOKIE_NAME in request.COOKIES
    )
    return int(settings.FILE_LIMIT if is_file else settings.TEXT_LIMIT)


class RefusedAsPage:
    """The one place where a refusal becomes a page, or JSON where JSON was asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return refusal(request, exception)
        if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
            return refusal(request, too_large(), status=413)
        return None


def too_large(most: int = 0) -> Refused:
    """The refusal of a request beyond the limit, in the words every refusal uses."""
    most = most or settings.TEXT_LIMIT
    limit = f"{most // 1_000_000} MB"
    says = f"this is larger than {limit}, the most that one request may hold"
    remedy = (
        "send the text alone; an arrangement is seldom more than a tenth of that"
        if most == settings.TEXT_LIMIT
        else "save the file with smaller pictures, or in two parts"
    )
    reason = Reason(Answer.REFUSED, says, Authority(clause="Concord's limit on a text"), remedy)
    return Refused(Verdict(Answer.REFUSED, (reason,)), "request.send")


def refusal(request: HttpRequest, refused: Refused, status: int = 403) -> HttpResponse:
    """A refusal as page or JSON; `refused.html` is given `refused`, `verdict` and `reasons`."""
    reasons = refused.verdict.against
    if wants_json(request):
        said: dict[str, Any] = {
            "act": refused.act,
            "answer": refused.verdict.answer.word,
            "reasons": [
                {"says": r.says, "authority": str(r.authority), "remedy": r.remedy} for r in reasons
            ],
        }
        return JsonResponse({"refused": said}, status=status)
    told = {"refused": refused, "verdict": refused.verdict, "reasons": reasons}
    return render(request, "refused.html", told, status=status)


def wants_json(request: HttpRequest) -> bool:
    """Whether the address ends in `.json`, or JSON is preferred to a page."""
    return request.path.endswith(".json") or (
        request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    )
