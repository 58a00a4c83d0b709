"""Registers the operations app and its regular work."""

from django.apps import AppConfig
from django.conf import settings

from portal.logs import quiet_hooks


class OperationsConfig(AppConfig):
    name = "portal.operations"
    label = "operations"
    verbose_name = "Operations"

    def ready(self) -> None:
        from portal.operations import doors, failed, kept, tasks
        from portal.operations.health import metrics
        from portal.operations.keeping import menu, nightly

        assert all((tasks, nightly, menu))  # regular work and screens make themselves known when they are read
        kept.register()
        doors.listen()
        failed.listen()
        metrics.listen()
        if settings.LOGS_ARE_LINES:
            quiet_hooks()
