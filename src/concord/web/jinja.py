"""Jinja as our pages use it: addresses, static files, dates and money."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader

from concord.domain.money import pounds
from concord.web.naming import spoken
from concord.web.wording import teach


def address(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)


def partners_sign_in() -> list[dict[str, str]]:
    """The organisations whose own sign-in is accepted, each with the address where it begins."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return [
        {"name": app["name"], "href": reverse("openid_connect_login", args=[app["provider_id"]])}
        for app in apps
    ]


def environment(**options: Any) -> Environment:
    """The environment Django asks for; the GOV.UK macros are under `govuk_frontend_jinja/`."""
    # Django has already put its own here, under which a macro fails on a word it was not given.
    options["undefined"] = ChainableUndefined
    env = Environment(**options)  # noqa: S701 - Django passes autoescape=True from our settings
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    env.loader = ChoiceLoader([env.loader, govuk] if env.loader else [govuk])
    env.globals.update(static=static, url=address, partners_sign_in=partners_sign_in)
    env.globals["may_reset"] = lambda: bool(settings.EMAIL_HOST)
    env.filters["pounds"] = pounds
    env.filters["spoken"] = spoken
    teach(env)
    return env
