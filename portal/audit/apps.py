"""Registers the audit app and has its tables guarded after every migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "portal.audit"
    label = "audit"
    verbose_name = "Audit"

    def ready(self) -> None:
        from portal.audit.guards import raise_after_migrating

        post_migrate.connect(raise_after_migrating, sender=self, dispatch_uid="audit.guards")
