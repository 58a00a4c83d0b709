"""Registers the privacy app, and how long history and holds are kept."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "portal.privacy"
    label = "privacy"
    verbose_name = "Privacy"

    def ready(self) -> None:
        from portal.privacy import kept

        kept.register()
