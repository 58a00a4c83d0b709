"""How a keeper comes in: by the link in a mail or signed in, to one place that they keep and no other."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from engagement.directory.keeping.links import keeper_of_link, place_now_of_link
from engagement.directory.models import Activity, Keeper, Schedule, Venue
from portal.accounts.models import User
from portal.accounts.permissions import public


@dataclass(frozen=True)
class Entered:
    """Somebody at the page of one place: who, by which key in the address, and their account where they signed in."""

    keeper: Keeper
    key: str
    user: User | None

    @property
    def venue(self) -> Venue:
        return self.keeper.venue

    def activities(self) -> list[Activity]:
        """What takes place there."""
        return list(Activity.objects.listed().at(self.venue).with_places().by_name())

    def activity(self, pk: int) -> Activity | None:
        return Activity.objects.listed().at(self.venue).with_places().filter(pk=pk).first()

    def schedule(self, pk: int) -> Schedule | None:
        return Schedule.objects.listed().at(self.venue).select_related("activity", "venue").filter(pk=pk).first()

    def home(self) -> HttpResponse:
        """Back to their page."""
        return redirect("keeping", self.key)


Page = Callable[..., HttpResponse]


def by_key(page: Page) -> Callable[..., HttpResponseBase]:
    """Open a page to the keeper whose key stands in its address: a signed link, or the number of one who is signed in.

    The address never leaves this site, no browser or proxy keeps the page, and no search engine lists it.
    """

    @public
    @never_cache
    @wraps(page)
    def opened(request: HttpRequest, key: str, **more: Any) -> HttpResponseBase:
        response = _open(request, key, more)
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _open(request: HttpRequest, key: str, more: dict[str, Any]) -> HttpResponseBase:
        if not key.isdecimal():
            keeper = keeper_of_link(key)
            if keeper is None and (now := place_now_of_link(key)):
                return render(request, "directory/keep_one_entry.html", {"venue": now}, status=404)
            return page(request, Entered(keeper, key, None), **more) if keeper else old_link(request)
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        own = Keeper.objects.active().of_person(request.user).with_venue().filter(pk=int(key[:9])).first()
        return page(request, Entered(own, key, request.user), **more) if own else old_link(request)

    return opened


def old_link(request: HttpRequest) -> HttpResponse:
    """The same words for a link that is too old, was ended, or was never ours."""
    return render(request, "directory/keep_old_link.html", status=404)
