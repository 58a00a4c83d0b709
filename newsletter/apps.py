"""Registers the newsletter app and its numbers for the staff home."""

from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    name = "newsletter"
    label = "newsletter"
    verbose_name = "Newspaper"

    def ready(self) -> None:
        from newsletter import week
        from portal.pages.week import register_week_line

        register_week_line(week.sendings_to_look_at)
        register_week_line(week.issues_to_send)
