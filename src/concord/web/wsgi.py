"""The web application as a server loads it."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concord.web.settings")
application = get_wsgi_application()

# What was loaded at the start is never garbage; passing it over shortens the longest pauses.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
