"""Decisions and the forward plan in the style of Modern.Gov's web service, which offers neither."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from concord.documents.moderngov_out import Node, html, node, number_of
from concord.domain.agreements.labels import label
from concord.domain.decisions.forward_plan import entries
from concord.records.models import Decision
from concord.web.notices import coming
from concord.web.places import Opened

_MOST = 500


def _rows(it: Opened) -> QuerySet[Decision]:
    """Only what is published: the record of a decision is public once it is given out."""
    rows = Decision.objects.of_place(it.name).select_related("summary")
    return rows.filter(summary__published_on__isnull=False)


def between(it: Opened, first: date, last: date) -> Node:
    rows = list(_rows(it).filter(made_on__range=(first, last))[:_MOST])
    return node("getdecisions", node("decisions", [_decision(it, row) for row in rows]),
                decisionscount=len(rows))  # fmt: skip


def one(it: Opened, number: int) -> Node:
    row = _rows(it).filter(pk=number).first()
    if row is None:
        raise Http404(f"no decision {number} is public here")
    return _decision(it, row)


def _decision(it: Opened, row: Decision) -> Node:
    record = {} if row.record.get("private") else row.record
    rejected = record.get("rejected") or []
    options = "\n".join(f"{r['what']}: {r['why']}" for r in rejected)
    return node(
        "decision", decisionid=row.pk, decisionreference=row.reference, decisiontitle=row.title,
        decisiondate=row.made_on, organisation=label(it.arrangement, row.organisation),
        decisionmaker=label(it.arrangement, row.maker),
        decisionstatus=row.summary.state, iskeydecision=row.is_key,
        isrestricted=bool(row.record.get("private")), publicationdate=row.summary.published_on,
        decisionhtmlbody=html(str(record.get("text", ""))),
        reasonshtmlbody=html(str(record.get("reasons", ""))),
        alternativeshtmlbody=html(options),
        partnerdecisions=", ".join(
            d.reference for d in row.outcome.decisions.all() if d.pk != row.pk
        ),
    )  # fmt: skip


def forward_plan(it: Opened) -> Node:
    texts, _ = coming(it)
    rows = [e for e in entries(texts, it.arrangement, it.on) if e.on is None or e.on >= it.on]
    found = [
        node(
            "issue", issueid=number_of(it.name, "matter", f"{e.matter}/{e.stop}"),
            issuetitle=e.title, decisionmaker=e.maker.label,
            organisation=label(it.arrangement, e.maker.organisation), decisiondate=e.on,
            iskeydecision=e.key, isrestricted=e.private,
        )
        for e in rows
    ]  # fmt: skip
    return node("getforwardplan", node("issues", found), issuescount=len(found))
