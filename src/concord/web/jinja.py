"""Jinja as our pages use it: addresses, static files, dates and money."""

from __future__ import annotations

from calendar import month_name
from datetime import date
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader

from concord.domain.money import pounds

# Our own, because Django's date filter costs a page of 1,000 dates some 22 ms.
_MONTHS = tuple(month_name)


def long_date(day: date) -> str:
    """`24 November 2026`, without a leading nought."""
    return f"{day.day} {_MONTHS[day.month]} {day.year}"


def address(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)


def environment(**options: Any) -> Environment:
    """The environment Django asks for; the GOV.UK macros are under `govuk_frontend_jinja/`."""
    options.setdefault("undefined", ChainableUndefined)
    env = Environment(**options)  # noqa: S701 - Django passes autoescape=True from our settings
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    env.loader = ChoiceLoader([env.loader, govuk] if env.loader else [govuk])
    env.globals.update(static=static, url=address)
    env.filters["date"] = long_date
    env.filters["pounds"] = pounds
    return env
