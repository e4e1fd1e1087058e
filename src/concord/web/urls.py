"""Every address: pages about Concord, those of who has signed in, then each place with its data."""

from __future__ import annotations

from django.urls import include, path

from concord.web import (
    agreements,
    audit,
    authority,
    bodies,
    desk,
    drafts,
    findings,
    people,
    places,
    public,
    roles,
    versions,
)
from concord.web.pages import both

# A place's own addresses come last: a place named like one of the pages before would lie hidden.
urlpatterns = [
    *both("", places.places, "places"),
    *both("glossary/", public.glossary, "glossary"),
    *both("law/", public.law, "law"),
    *both("accessibility/", public.accessibility, "accessibility"),
    path("account/", include("concord.web.accounts")),
    path("desk/", desk.desk, name="desk"),
    *both("audit/", audit.audit, "audit"),
    *both("accounts/", roles.roles, "accounts"),
    *both("<slug:place>/", places.place, "place"),
    *both("<slug:place>/bodies/", bodies.bodies, "bodies"),
    *both("<slug:place>/bodies/<slug:body>/", bodies.body, "body"),
    *both("<slug:place>/people/", people.people, "people"),
    *both("<slug:place>/agreements/", agreements.agreements, "agreements"),
    *both("<slug:place>/agreements/text/", agreements.text, "text"),
    *both("<slug:place>/agreements/versions/", versions.versions, "versions"),
    path("<slug:place>/agreements/edit/", drafts.edit, name="edit"),
    path("<slug:place>/agreements/draft/", drafts.draft, name="draft"),
    path("<slug:place>/agreements/adopt/", drafts.adopt, name="adopt"),
    path("<slug:place>/agreements/discard/", drafts.discard, name="discard"),
    *both("<slug:place>/findings/", findings.findings, "findings"),
    *both("<slug:place>/authority/", authority.authority, "authority"),
]
