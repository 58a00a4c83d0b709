"""Registers the emails app, what it asks of the settings, and its ear for what mail providers tell."""

from django.apps import AppConfig
from django.core.checks import register


class EmailsConfig(AppConfig):
    name = "portal.emails"
    label = "emails"
    verbose_name = "E-mail"

    def ready(self) -> None:
        from anymail.signals import tracking

        from portal.emails import checks, kept
        from portal.emails.tracking import hear

        kept.register()
        register(checks.check_provider)
        register(checks.check_links)
        tracking.connect(hear, dispatch_uid="portal.emails")
