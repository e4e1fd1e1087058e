"""The addresses at which other systems read a place: standards, not pages."""

from __future__ import annotations

from concord.web import popolo

urlpatterns = [*popolo.urlpatterns]
