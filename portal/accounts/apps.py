"""Registers the accounts app, keeps groups in step with the table of roles, and accounts that have worked here."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_delete


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    verbose_name = "Staff accounts"

    def ready(self) -> None:
        from portal.accounts.leaving import refuse_to_forget
        from portal.accounts.models import User

        pre_delete.connect(refuse_to_forget, sender=User, dispatch_uid="accounts.refuse_to_forget")
        post_migrate.connect(_sync_when_all_is_migrated, dispatch_uid="accounts.sync_roles")


def _sync_when_all_is_migrated(sender: AppConfig, **kwargs: Any) -> None:
    """Permissions are made app by app; the roles can be filled when the last app has its own."""
    from django.apps import apps

    from portal.accounts.roles import sync_roles

    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if sender == last:
        sync_roles()
