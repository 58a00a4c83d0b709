"""Registers the selfreferral app and its number on the staff home."""

from django.apps import AppConfig


class SelfReferralConfig(AppConfig):
    name = "selfreferral"
    label = "selfreferral"
    verbose_name = "People who asked for help"

    def ready(self) -> None:
        from portal.pages.week import register_week_line
        from selfreferral.week import people_to_answer

        register_week_line(people_to_answer)
