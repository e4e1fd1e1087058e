"""What surrounds every page: a refusal told calmly, a limit on size, and headers that hold."""

import json
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path

from concord.domain.findings import Answer, Authority, Reason, Refused, Verdict
from concord.web.middleware import RequestSize, too_large, wants_json

REASON = Reason(
    Answer.REFUSED, "two of three members agreed", Authority(clause="4.2"), "ask the third member"
)


def refuses(request):
    raise Refused(Verdict(Answer.REFUSED, (REASON,)), "decisions.decide")


def reads(request):
    return HttpResponse(f"{len(request.POST)} {request.user.is_authenticated}")


def breaks(request):
    raise RuntimeError("the password is swordfish")


urlpatterns = [
    path("refuses", refuses),
    path("refuses.json", refuses),
    path("reads", reads),
    path("breaks", breaks),
    path("", include("concord.web.urls")),
]

pytestmark = pytest.mark.urls(__name__)


def test_a_refusal_is_a_page_that_says_what_the_clause_and_the_remedy_are(db, client):
    response = client.get("/refuses")
    said = response.content.decode()
    assert response.status_code == 403
    for words in ("two of three members agreed", "4.2", "ask the third member"):
        assert words.lower() in said.lower()


def test_a_refusal_at_an_address_of_data_is_data(db, client):
    response = client.get("/refuses.json")
    assert response.status_code == 403
    said = json.loads(response.content)["refused"]
    assert said["act"] == "decisions.decide"
    assert said["reasons"] == [
        {
            "says": "two of three members agreed",
            "authority": "4.2",
            "remedy": "ask the third member",
        }
    ]


def test_a_fault_of_ours_shows_no_trace_of_the_program(db):
    response = Client(raise_request_exception=False).get("/breaks")
    said = response.content.decode()
    assert response.status_code == 500
    assert "swordfish" not in said
    assert "Traceback" not in said


def test_a_request_beyond_a_million_bytes_is_refused(db, client):
    response = client.post("/reads", "x" * 1_000_001, content_type="text/plain")
    assert response.status_code == 413
    assert "1 MB" in response.content.decode()


def test_a_request_too_large_is_turned_away_before_it_is_read():
    request = RequestFactory().post("/x.json", b"", content_type="text/plain")
    request.META["CONTENT_LENGTH"] = "50000000"
    request._stream = SimpleNamespace(read=lambda *_: pytest.fail("the request was read"))
    assert RequestSize(reads)(request).status_code == 413


def test_a_length_that_is_no_number_is_refused():
    request = RequestFactory().post("/x.json")
    request.META["CONTENT_LENGTH"] = "many"
    assert RequestSize(reads)(request).status_code == 413


def test_a_form_of_a_thousand_fields_is_refused_calmly(db, client):
    response = client.post("/reads", {f"f{number}": "" for number in range(1000)})
    assert response.status_code in (400, 413)


def test_the_headers_hold_on_every_answer(db, client):
    for address in ("/reads", "/refuses", "/not-here"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]


def test_a_page_of_somebody_signed_in_is_kept_by_no_cache(cast, client):
    assert "no-store" not in client.get("/reads").headers.get("Cache-Control", "")
    client.force_login(cast.councillor)
    response = client.get("/reads")
    assert response.content == b"0 True"
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("address", "accepts", "data"),
    [
        ("/x.json", "text/html", True),
        ("/x", "application/json", True),
        ("/x", "text/html,application/xhtml+xml,*/*;q=0.8", False),
        ("/x", "*/*", False),
    ],
)
def test_data_is_given_where_data_was_asked_for(address, accepts, data):
    assert wants_json(RequestFactory().get(address, headers={"accept": accepts})) is data


def test_a_refusal_for_size_says_what_would_do():
    assert too_large().verdict.remedies
