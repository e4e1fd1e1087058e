"""The addresses of a place's money."""

from __future__ import annotations

from django.urls import path

from concord.web import (
    fund_reports,
    funds,
    funds_files,
    funds_forecasting,
    funds_importing,
    funds_page,
    funds_postings,
    funds_who_pays,
)
from concord.web.pages import both

_FUNDS = "<slug:place>/funds"
_FUND = f"{_FUNDS}/<slug:fund>"

urlpatterns = [
    *both(f"{_FUNDS}/", funds.funds, "funds"),
    path(f"{_FUNDS}.csv", funds_files.funds_file, name="funds_file"),
    path(f"{_FUNDS}/import/", funds_importing.importing, name="fund_import"),
    *both(f"{_FUNDS}/rows/<int:file>/<int:row>/", funds_postings.source_row, "fund_row"),
    *both(f"{_FUND}/", funds_page.fund, "fund"),
    path(f"{_FUND}.csv", funds_files.fund_file, name="fund_file"),
    *both(f"{_FUND}/reports/", fund_reports.reports, "fund_reports"),
    *both(f"{_FUND}/reports/<slug:kind>/", fund_reports.report, "fund_report"),
    path(f"{_FUND}/reports/<slug:kind>.<slug:suffix>", fund_reports.file, name="fund_report_file"),
    *both(f"{_FUND}/postings/", funds_postings.postings, "fund_postings"),
    *both(f"{_FUND}/who-pays/", funds_who_pays.who_pays, "who_pays"),
    *both(f"{_FUND}/forecast/", funds_forecasting.forecast, "fund_forecast"),
    path(f"{_FUND}/forecast/keep/", funds_forecasting.write, name="fund_reforecast"),
]
