"""Jinja as our pages use it: addresses, static files, dates and money."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader

from concord.domain.money import pounds
from concord.web.wording import teach


def address(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)


def environment(**options: Any) -> Environment:
    """The environment Django asks for; the GOV.UK macros are under `govuk_frontend_jinja/`."""
    # Django has already put its own here, under which a macro fails on a word it was not given.
    options["undefined"] = ChainableUndefined
    env = Environment(**options)  # noqa: S701 - Django passes autoescape=True from our settings
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    env.loader = ChoiceLoader([env.loader, govuk] if env.loader else [govuk])
    env.globals.update(static=static, url=address)
    env.filters["pounds"] = pounds
    teach(env)
    return env
