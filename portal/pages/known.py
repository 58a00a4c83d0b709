"""What nearly every page asks first, asked once for each change of it: which site this is, its settings, where pages lie."""

from collections.abc import Callable
from copy import copy
from functools import cache
from typing import Any, Self, cast

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.permission_policies.collections import CollectionPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permission_policies.sites import SitePermissionPolicy
from wagtail.query import PageQuerySet

from portal.changes import remembered


class KnownSite:
    """Tells every view which site it is in, without asking the database each time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Where Wagtail itself keeps it for the length of a request.
        request._wagtail_site = SimpleLazyObject(lambda: _site_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _site_of(request: HttpRequest) -> Site | None:
    """A copy of our own, page and all: what is remembered is shared, and Wagtail keeps more on it."""

    def find() -> Site | None:
        plain = copy(request)
        del plain._wagtail_site  # type: ignore[attr-defined]
        found = cast(Site | None, Site.find_for_request(plain))
        if found is not None:
            # Every address is looked up from there; as what it is, it needs no second question.
            found.root_page = found.root_page.specific
        return found

    known = remembered(f"site of {request.get_host()}", find)
    if known is None:
        return None
    site = copy(known)
    site.root_page = copy(known.root_page)
    return site


def default_site() -> Site | None:
    """The site where no request says which: in mails and feeds."""
    return copy(remembered("default site", lambda: Site.objects.filter(is_default_site=True).first()))


class KnownRights:
    """Tells Wagtail's screens which pages, pictures and settings a member of staff may touch; it would ask on every one.

    What our own screens allow is asked each time, from the roles.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith("/staff/") and request.user.is_authenticated:
            for policy in _policies():
                _tell(policy, request.user)
        return self.get_response(request)


@cache
def _policies() -> tuple[Any, ...]:
    """One for each kind of right: the rights themselves do not depend on the model."""
    return PagePermissionPolicy(Page), CollectionPermissionPolicy(Page), SitePermissionPolicy(Redirect)


def _tell(policy: Any, user: Any) -> None:
    """Under the name where Wagtail itself keeps it for the length of a request."""
    name, find = policy.permission_cache_name, policy.get_all_permissions_for_user
    setattr(user, name, remembered(f"{name} of {user.pk}", lambda: list(find(user))))


class KnownSetting(BaseSiteSetting):
    """Settings of a site that are asked for on every page; each asker gets a copy of their own to change."""

    class Meta:
        abstract = True

    @classmethod
    def for_site(cls, site: Site) -> Self:
        find = super().for_site
        return copy(remembered(f"{cls.__name__} of {site.pk}", lambda: cast(Self, find(site))))


class KnownPage(Page):
    """A page that asks whether it is behind a password only where any page is."""

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> "PageQuerySet[PageViewRestriction]":
        if not remembered("some pages are restricted", PageViewRestriction.objects.exists):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()
