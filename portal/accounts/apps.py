"""Registers the accounts app, keeps groups in step with the table of roles, and accounts that have worked here."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_delete, pre_save


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from allauth.usersessions.models import UserSession
        from django.contrib.auth.signals import user_logged_in

        from portal.accounts import kept
        from portal.accounts.browsers import keep_little
        from portal.accounts.leaving import refuse_to_forget
        from portal.accounts.middleware import begin
        from portal.accounts.models import User

        user_logged_in.connect(begin, dispatch_uid="accounts.begin")
        pre_save.connect(keep_little, sender=UserSession, dispatch_uid="accounts.keep_little")

        kept.register()
        pre_delete.connect(refuse_to_forget, sender=User, dispatch_uid="accounts.refuse_to_forget")
        post_migrate.connect(_sync_when_all_is_migrated, dispatch_uid="accounts.sync_roles")


def _sync_when_all_is_migrated(sender: AppConfig, **kwargs: Any) -> None:
    """Permissions are made app by app; the roles can be filled when the last app has its own."""
    from django.apps import apps

    from portal.accounts.roles import sync_roles

    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if sender == last:
        sync_roles()
