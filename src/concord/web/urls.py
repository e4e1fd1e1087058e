"""Every address: pages about Concord, those of who has signed in, then each place with its data."""

from __future__ import annotations

from django.urls import include, path

from concord.web import (
    agreements,
    audit,
    authority,
    bodies,
    decisions,
    desk,
    drafts,
    feeds,
    findings,
    matters,
    notices,
    notices_register,
    people,
    places,
    promises,
    public,
    reports,
    reports_editing,
    reports_papers,
    reports_publishing,
    reports_signing,
    reports_versions,
    roles,
    routes,
    versions,
)
from concord.web.pages import both

_MATTER = "<slug:place>/decisions/<slug:matter>"

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
    # Of decisions: what is planned, its papers and notices, and the feeds of all of it.
    path("<slug:place>/decisions.atom", feeds.decisions, name="decisions_feed"),
    path("<slug:place>/meetings.ics", feeds.meetings, name="meetings_ics"),
    *both("<slug:place>/forward-plan/", notices.forward_plan, "forward_plan"),
    *both("<slug:place>/notices/", notices.notices_page, "notices"),
    *both("<slug:place>/promises/", promises.promises, "promises"),
    *both("<slug:place>/papers/", notices_register.papers, "papers"),
    *both("<slug:place>/papers/<int:number>/", notices_register.publication, "publication"),
    path("<slug:place>/papers/<int:number>/document", notices_register.document, name="document"),
    *both("<slug:place>/decisions/", decisions.decisions, "decisions"),
    *both(f"{_MATTER}/", matters.matter, "matter"),
    *both(f"{_MATTER}/route/", routes.route, "route"),
    path(f"{_MATTER}/route.ics", feeds.route, name="route_ics"),
    *both(f"{_MATTER}/paper/<slug:stop>/", reports_papers.paper, "paper"),
    path(
        f"{_MATTER}/paper/<slug:stop>.pdf", reports_papers.file, {"kind": "pdf"}, name="paper_pdf"
    ),
    path(
        f"{_MATTER}/paper/<slug:stop>.docx",
        reports_papers.file,
        {"kind": "docx"},
        name="paper_docx",
    ),
    *both(f"{_MATTER}/report/", reports.report, "report"),
    path(f"{_MATTER}/report/edit/", reports_editing.edit, name="report_edit"),
    path(f"{_MATTER}/report/discard/", reports_editing.discard, name="report_discard"),
    path(f"{_MATTER}/report/ask/", reports_signing.ask, name="report_ask"),
    path(f"{_MATTER}/report/sign/", reports_signing.sign, name="report_sign"),
    path(f"{_MATTER}/report/move/", reports_signing.move, name="report_move"),
    path(f"{_MATTER}/report/submit/", reports_publishing.submit, name="report_submit"),
    path(f"{_MATTER}/report/publish/", reports_publishing.publish, name="report_publish"),
    path(
        "<slug:place>/papers/<int:number>/withdraw/",
        reports_publishing.take_back,
        name="report_withdraw",
    ),
    path("<slug:place>/promises/met/", reports_publishing.met, name="promise_met"),
    path(f"{_MATTER}/notice/<slug:stop>/<slug:kind>/", reports_publishing.give, name="notice_give"),
    *both(f"{_MATTER}/report/versions/", reports_versions.versions, "report_versions"),
    path("<slug:place>/forward-plan.atom", feeds.forward_plan, name="forward_plan_feed"),
    path("<slug:place>/notices.atom", feeds.notices, name="notices_feed"),
]
