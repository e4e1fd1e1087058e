"""Every public page as data: an OpenAPI 3.1 document made of the pages themselves, and its page.

A page is public where the table of roles opens it to anyone; one that is not stands in neither.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from concord.domain.places.policy import PUBLIC, TABLE, RoleName, acts_for_page
from concord.web.pages import Page, both, gate, page
from concord.web.popolo import KINDS
from concord.web.wording import upper_first

_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
_SAID = {
    "place": "A place by its short name, as in the list of places.",
    "body": "A body by its short name.", "matter": "A matter by its short name.",
    "name": "A meeting by the name it was called under.", "day": "A day, as 2026-11-25.",
    "stop": "A stop of a matter's route.", "number": "The number of a publication.",
    "reference": "A decision's reference, or that of an outcome that made none.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the interface: its path, the names in it, and what is found there."""

    path: str
    name: str
    says: str
    parameters: tuple[tuple[str, str], ...]
    of_place: bool


@cache
def addresses() -> tuple[Address, ...]:
    """Every public page's data, in the order of their paths."""
    found = [_address(p) for p in _patterns(get_resolver()) if _is_public(p)]
    return tuple(sorted(found, key=lambda one: one.path))


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one, route)
        else:
            yield route, one


def _is_public(found: tuple[str, URLPattern]) -> bool:
    route, pattern = found
    of = getattr(pattern.callback, "of", "")
    if not of or not route.endswith(".json"):
        return False
    return all(act in TABLE[RoleName(PUBLIC.role)] for act in acts_for_page(of))


def _address(found: tuple[str, URLPattern]) -> Address:
    route, pattern = found
    names = tuple((name, kind or "str") for kind, name in _PARAMETER.findall(route))
    said = inspect.getdoc(inspect.unwrap(pattern.callback)) or ""
    name = str(pattern.name).removesuffix(".json")
    first = said.split("\n\n")[0].replace("\n", " ") or f"{upper_first(name.replace('_', ' '))}."
    of_place = "place" in dict(names)
    return Address("/" + _PARAMETER.sub(r"{\2}", route), name, first, names, of_place)


def document() -> dict[str, Any]:
    """The interface as OpenAPI 3.1 describes it."""
    paths: dict[str, Any] = {one.path: {"get": _operation(one)} for one in addresses()}
    for kind in KINDS:
        paths[f"/{{place}}/popolo/{kind}.json"] = {"get": _popolo(kind)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Concord: everything public, as data",
            "version": version("concord"),
            "description": "Each address is that of a page with .json at its end. Nothing needs a "
            "sign-in, and nothing can be changed here. What a text does not state is the words "
            "“not stated”.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": _SCHEMAS},
    }  # fmt: skip


_TEXT = {"type": "string"}
_SCHEMAS: dict[str, Any] = {
    "Page": {"type": "object", "description": "What a page says, by name."},
    "PlacePage": {
        "type": "object",
        "description": "What a page of a place says, by name, and as of when.",
        "required": ["place", "version", "on"],
        "properties": {
            "place": {
                "type": "object", "required": ["name", "title"],
                "properties": {"name": _TEXT, "title": _TEXT},
            },
            "version": {"type": "integer", "description": "The adopted text it is read from."},
            "on": {"type": "string", "description": "The day it is shown for."},
        },
    },
    "Unreadable": {
        "type": "object", "required": ["unreadable"],
        "properties": {
            "unreadable": {
                "type": "object", "required": ["says", "remedy"],
                "properties": {"says": _TEXT, "remedy": _TEXT},
            }
        },
    },
}  # fmt: skip


def _operation(one: Address) -> dict[str, Any]:
    schema = "PlacePage" if one.of_place else "Page"
    asked = [_parameter(name, kind) for name, kind in one.parameters]
    if one.of_place:
        asked.append({
            "name": "on", "in": "query", "required": False,
            "description": "The day to show it for; the place's usual one without it.",
            "schema": {"type": "string", "format": "date"},
        })  # fmt: skip
    return {
        "operationId": one.name, "summary": one.says, "parameters": asked,
        "responses": {
            "200": _answer("What the page says.", f"#/components/schemas/{schema}"),
            "400": _answer("It cannot be read, and how to mend it.",
                           "#/components/schemas/Unreadable"),
            "404": {"description": "There is nothing of that name."},
        },
    }  # fmt: skip


def _parameter(name: str, kind: str) -> dict[str, Any]:
    schema = {"type": "integer" if kind == "int" else "string"}
    said = _SAID.get(name, upper_first(name))
    return {"name": name, "in": "path", "required": True, "description": said, "schema": schema}


def _answer(says: str, schema: str) -> dict[str, Any]:
    return {"description": says, "content": {"application/json": {"schema": {"$ref": schema}}}}


def _popolo(kind: str) -> dict[str, Any]:
    schema = {
        "type": "object", "required": ["place", "fictional", "page", kind],
        "properties": {kind: {"type": "array", "items": {"type": "object"}}},
    }  # fmt: skip
    content = {"application/json": {"schema": schema}}
    return {
        "operationId": f"popolo_{kind}", "parameters": [_parameter("place", "slug")],
        "summary": f"The {kind.replace('_', ' ')} of a place, as Popolo has them.",
        "responses": {"200": {"description": "One page of them.", "content": content}},
    }  # fmt: skip


def openapi(request: HttpRequest) -> HttpResponse:
    """The document for programs."""
    if turned := gate(request, "places"):
        return turned
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


@page("api/reference.html", of="places")
def reference(request: HttpRequest) -> Page:
    """Every address of the data, with what it needs."""
    said = document()
    rows = [
        {"path": where, "says": one["get"]["summary"],
         "needs": [p for p in one["get"]["parameters"] if p["in"] == "path"]}
        for where, one in said["paths"].items()
    ]  # fmt: skip
    return Page({"addresses": rows}, {"document": reverse("openapi"), "twin": reverse("api.json")})


urlpatterns = [
    path("api/openapi.json", openapi, name="openapi"),
    *both("api/", reference, "api"),
]
