"""Registers the insight app: figures, their snapshots and the reports that show them."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "portal.insight"
    label = "insight"
    verbose_name = "Figures and reports"
