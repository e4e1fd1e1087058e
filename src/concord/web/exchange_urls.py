"""The addresses at which other systems read a place: standards, not pages."""

from __future__ import annotations

from concord.web import api, meetings_changed, moderngov, popolo

urlpatterns = [
    *api.urlpatterns,
    *popolo.urlpatterns,
    *moderngov.urlpatterns,
    *meetings_changed.urlpatterns,
]
