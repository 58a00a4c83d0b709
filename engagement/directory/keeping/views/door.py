"""The ways in for keepers: their places when signed in, a new link by mail, and the one press for a place without a keeper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from engagement.directory.actions.checking import say_still_right
from engagement.directory.actions.keepers import ask_for_link
from engagement.directory.keeping.entering import old_link
from engagement.directory.keeping.forms import AddressForm
from engagement.directory.keeping.links import venue_of_check_link
from engagement.directory.models import Activity, Keeper
from portal import clock
from portal.accounts.models import User
from portal.accounts.permissions import public
from portal.pages.errors import too_many
from portal.spam import within_limit

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])
# How many links one connection may ask for.
MANY, MANY_SECONDS = 20, 60 * 60


@public
@never_cache
@require_safe
def your_places(request: HttpRequest) -> HttpResponse:
    keepers = None
    if isinstance(request.user, User):
        keepers = Keeper.objects.active().of_person(request.user).with_venue().in_order()
    return render(request, "directory/keep_places.html", {"keepers": keepers})


@public
@never_cache
@reading_or_sending
def new_link(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the answer never tells whether an address is known."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not within_limit(request, "directory.link", limit=MANY, seconds=MANY_SECONDS):
        return too_many(request)
    if form.is_valid():
        ask_for_link(address=form.cleaned_data["address"])
        return redirect("keeping_link_sent")
    return render(request, "directory/keep_new_link.html", {"form": form})


@public
@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    """The same words for every address, known or not."""
    return render(request, "directory/keep_link_sent.html")


@public
@never_cache
@reading_or_sending
def check(request: HttpRequest, token: str) -> HttpResponse:
    """A place without a keeper says by the link in its mail that all is still right; more it may not do."""
    venue = venue_of_check_link(token)
    if venue is None:
        return old_link(request)
    if request.method == "POST":
        say_still_right(venue=venue, keeper=None)
        messages.success(request, "Thank you. Your page now says that you checked it today.")
        response: HttpResponse = redirect(venue.get_absolute_url())
    else:
        activities = Activity.objects.listed().at(venue).with_places().by_name()
        context = {"venue": venue, "activities": activities, "now": clock.now()}
        response = render(request, "directory/keep_check.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
