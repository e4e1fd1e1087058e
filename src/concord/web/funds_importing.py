"""A partner's ledger file: sent, previewed with every finding by row, then posted as one act."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from concord.commands.imports import Sent, import_file, preview_file, save_mapping
from concord.domain.funds.imports.preview import ACCEPTABLE, Preview
from concord.domain.funds.ledger.periods import in_words, is_period, period_of
from concord.records.models import LedgerAct, LedgerMapping
from concord.web.drafts import acting
from concord.web.funds_reading import OpenedFunds, opened_funds
from concord.web.funds_told import dress, line_name
from concord.web.pages import Page, Unreadable, page, today
from concord.web.places import opened
from concord.web.posting import day, said, several

_LARGEST = 20_000_000  # bytes of one file
_CARRIED = 700_000  # characters a preview carries on; beyond, the file is sent again
_SHOWN = 100  # findings and parked rows on one page
_ACTS = 20


@page("funds/import.html", of="fund_import")
def importing(request: HttpRequest, place: str) -> Page | HttpResponse:
    here = opened_funds(opened(request, place))
    if request.method != "POST":
        return _page(here, None, None, {})
    act = said(request, "act")
    if act == "map":
        return _mapped(request, place)
    sent, asked = _sent(request), _asked(request)
    if act == "post":
        return _posted(request, place, sent, asked)
    return _page(here, preview_file(place, sent), sent, asked)


def _page(
    here: OpenedFunds, found: Preview | None, sent: Sent | None, asked: dict[str, Any]
) -> Page:
    place = here.it.name
    mappings: dict[str, LedgerMapping] = {}
    for one in LedgerMapping.objects.filter(place=place).order_by("number"):
        mappings[one.name] = one
    acts = LedgerAct.objects.filter(place=place, file__isnull=False)
    acts = acts.select_related("file", "mapping").defer("file__body").order_by("-id")[:_ACTS]
    last = today().replace(day=1) - timedelta(days=1)
    usual = {"first": last.replace(day=1), "last": last, "posted": period_of(last)}
    data: dict[str, Any] = {"mappings": list(mappings), "preview": _told(found) if found else None}
    return here.it.page(
        "Import a partner’s ledger file", data, section="funds", mappings=mappings, acts=list(acts),
        found=found, sent=sent, asked={**usual, **asked}, groups=_groups(here, found),
        stopping=found.stopping() if found else (), acceptable=ACCEPTABLE,
        parked=[e for e in found.entered if e.parked][:_SHOWN] if found else [],
        parked_rows=sum(e.parked for e in found.entered) if found else 0,
        carried=_carry(sent) if sent else "", shown=_SHOWN, **dress(here.it.names),
    )  # fmt: skip


def _told(found: Preview) -> dict[str, Any]:
    return {
        "rows": found.rows, "to_post": len(found.entered), "known": found.known,
        "parked_pence": found.parked, "findings": found.findings,
    }  # fmt: skip


def _groups(here: OpenedFunds, found: Preview | None) -> list[tuple[str, str, int, int]]:
    """What would be posted, by line and kind: rows and pence."""
    sums: dict[tuple[str, str], list[int]] = {}
    for one in found.entered if found else ():
        account = one.account
        of = line_name(here.text, account.line) if account.line else f"Parked: {account.name}"
        there = sums.setdefault((of, account.kind), [0, 0])
        there[0] += 1
        there[1] += one.pence
    return [(of, kind, rows, pence) for (of, kind), (rows, pence) in sums.items()]


def _asked(request: HttpRequest) -> dict[str, Any]:
    posted = said(request, "posted")
    if not (posted.isdigit() and is_period(int(posted))):
        raise Unreadable(f"“{posted[:12]}” is not a month.", "Write it as 202604.")
    return {
        "mapping": said(request, "mapping"), "first": day(request, "first", date.min),
        "last": day(request, "last", date.max), "posted": int(posted),
        "sheet": said(request, "sheet")[:100],
    }  # fmt: skip


def _sent(request: HttpRequest) -> Sent:
    """The file as it was sent, or as the preview carried it on."""
    asked, file = _asked(request), request.FILES.get("file")
    if file is not None:
        if file.size > _LARGEST:
            raise Unreadable("The file is larger than 20 megabytes.", "Send it month by month.")
        name, body = file.name, file.read()
    else:
        name, body = said(request, "name")[:200], _uncarried(said(request, "carried"))
    if not body:
        raise Unreadable("No file was sent.", "Choose the file again.")
    return Sent(asked["mapping"], name, body, asked["first"], asked["last"], asked["sheet"])


def _carry(sent: Sent) -> str:
    packed = base64.b64encode(zlib.compress(sent.body, 9)).decode()
    return packed if len(packed) <= _CARRIED else ""


def _uncarried(words: str) -> bytes:
    try:
        opening = zlib.decompressobj()
        return opening.decompress(base64.b64decode(words, validate=True), _LARGEST)
    except (binascii.Error, zlib.error):
        return b""


def _posted(request: HttpRequest, place: str, sent: Sent, asked: dict[str, Any]) -> HttpResponse:
    made = import_file(acting(request), place, sent, asked["posted"], several(request, "accept"))
    if made is None:
        messages.info(request, "Every row of this file is posted already: nothing was changed.")
    else:
        told = (
            f"{made.transactions:,} rows of {sent.name} are posted in {in_words(asked['posted'])}."
        )
        messages.success(request, told)
    return redirect("fund_import", place=place)


def _mapped(request: HttpRequest, place: str) -> HttpResponse:
    """Keeps the next version of a mapping, which is data and no program."""
    name = said(request, "mapping_name")[:80]
    try:
        told = json.loads(said(request, "mapping_said"))
    except ValueError as fault:
        raise Unreadable(
            f"The mapping cannot be read: {fault}.", "Write it as the example shows."
        ) from None
    if not name or not isinstance(told, dict):
        raise Unreadable("A mapping has a name and its columns.", "Give both.")
    kept = save_mapping(acting(request), place, name, told)
    messages.success(request, f"Version {kept.number} of the mapping {name} is kept.")
    return redirect(reverse("fund_import", args=[place]))
