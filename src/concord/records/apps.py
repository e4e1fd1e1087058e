"""The one Django app that keeps records."""

from django.apps import AppConfig


class Records(AppConfig):
    name = "concord.records"
    label = "records"
