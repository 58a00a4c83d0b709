"""Registers the pages app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "portal.pages"
    label = "pages"
    verbose_name = "Pages"

    def ready(self) -> None:
        from portal.pages.urgent import numbers_to_check
        from portal.pages.week import register_week_line

        register_week_line(numbers_to_check)
