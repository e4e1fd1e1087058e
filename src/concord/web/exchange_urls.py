"""The addresses at which other systems read a place: standards, not pages."""

from __future__ import annotations

from concord.web import meetings_changed, moderngov, popolo

urlpatterns = [*popolo.urlpatterns, *moderngov.urlpatterns, *meetings_changed.urlpatterns]
