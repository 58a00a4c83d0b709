"""Registers the operations app and its regular work."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "portal.operations"
    label = "operations"
    verbose_name = "Operations"

    def ready(self) -> None:
        from portal.operations import tasks  # noqa: F401 - declares regular work
        from portal.operations import doors, failed

        doors.listen()
        failed.listen()
