"""Entries that nobody deletes: all that hangs on them would go too, so they are taken off the lists instead."""

from typing import Any

from django.urls import URLPattern
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from portal.accounts.models import User


class NeverDeletedPolicy(ModelPermissionPolicy):
    """The usual permissions, and nobody's to delete."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)


class NeverDeleted(ModelViewSet):
    """Screens without one that deletes, and without a way to it."""

    @property
    def permission_policy(self) -> ModelPermissionPolicy:
        return NeverDeletedPolicy(self.model)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        common: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return common | {"delete_url_name": None}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [one for one in super().get_urlpatterns() if one.name != "delete"]
