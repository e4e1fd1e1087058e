"""Who holds which role, where and until when; roles are granted and ended at the command line."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest

from concord.domain.places.policy import About, may
from concord.records.models import Role
from concord.records.models.accounts import role_facts_of
from concord.web.pages import Page, page, today


@page("accounts/roles.html", of="accounts")
def roles(request: HttpRequest) -> Page:
    now = today()
    rows = [
        {
            "name": row.account.name,
            "email": row.account.email,
            "open": row.account.is_active,
            "role": row.role,
            "place": row.place,
            "organisation": row.organisation,
            "starts": row.starts,
            "ends": row.ends,
            "holds": row.as_fact().holds(now) and row.account.is_active,
        }
        for row in _seen_by(request)
    ]
    rows.sort(key=lambda row: (not row["holds"], str(row["name"]).casefold()))
    return Page({"on": now, "roles": rows}, {"held": sum(bool(row["holds"]) for row in rows)})


def _seen_by(request: HttpRequest) -> QuerySet[Role]:
    """The roles of the places that the person may see them for; all of them where everywhere."""
    facts, now = tuple(role_facts_of(request.user)), today()
    rows = Role.objects.select_related("account")
    if may(facts, "accounts.view", About(), now).stands:
        return rows.all()
    places = {fact.place for fact in facts if fact.place}
    seen = [name for name in places if may(facts, "accounts.view", About(name), now).stands]
    return rows.filter(place__in=seen)
