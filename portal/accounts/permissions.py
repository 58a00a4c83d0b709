"""Who may open a view, which says either `public` or the permission it takes; and who holds a permission."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.views.defaults import permission_denied

from portal.accounts.models import User

View = Callable[..., HttpResponseBase]
MANAGE, SEE_CHANGES = "accounts.manage_people", "accounts.view_rolechange"


class StaffRequest(HttpRequest):
    """A request past `staff_view`: whoever sent it has signed in."""

    user: User


def holders(permission: str) -> QuerySet[User]:
    """Everybody who may do something today: an account in use, in a role that holds the permission."""
    app, name = permission.split(".")
    held = {"groups__permissions__content_type__app_label": app, "groups__permissions__codename": name}
    return User.objects.filter(is_active=True, **held).distinct()


def public(view: View) -> View:
    """Mark a view as open to everybody."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def staff_view(permission: str) -> Callable[[View], View]:
    """Open a view to staff with a permission: a stranger is asked to sign in, a wrong role is refused."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.user.has_perm(permission):
                # Raised, Wagtail would turn it into a redirect; a refusal is to be seen as one.
                return permission_denied(request, PermissionDenied())
            response = view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "no-store"
            return response

        guarded.required_permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate
