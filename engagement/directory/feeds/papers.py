"""Addresses of the weekly sheet and of today in plain words."""

import hashlib
import json
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from engagement.directory.feeds.around_here import NOT_KNOWN, around_here
from engagement.directory.feeds.sheet import SIZES, Week, sheet_values, the_week
from engagement.directory.feeds.today import today_in_words
from engagement.directory.models import Activity, ComingSession, SchoolBreak, Venue
from portal import clock
from portal.accounts.permissions import public
from portal.emails.links import absolute
from portal.pages.errors import too_many
from portal.pages.settings import site_identity
from portal.pdf import qr_code, typeset
from portal.spam import within_limit

A_DAY = timedelta(days=1)
KEPT_FOR = 60 * 60
MOST_PLACES = 60
PLAIN = "text/plain; charset=utf-8"
WARM_LEAD = "Anybody can come in and get warm. You do not have to say why."


@public
@require_safe
def whats_on_sheet(request: HttpRequest) -> HttpResponse:
    """The week of a village; `?near=` another one, `?size=large`, `?week=next`."""
    here = around_here(request)
    if here is None:
        return HttpResponse(NOT_KNOWN, status=400, content_type=PLAIN)
    now, size, week = clock.now(), _size(request), _week(request)
    coming = ComingSession.objects.listed().vouched_for(now).within_or_unplaced(*here.box)
    warm = Venue.objects.listed().vouched_for(now).warm().within_or_unplaced(*here.box).for_lists()
    chosen = warm.with_exceptions(week.first - A_DAY).by_name()[:MOST_PLACES]
    around = Venue.objects.listed().within_or_unplaced(*here.box)
    to_ask = Activity.objects.listed().unscheduled().vouched_for(now).at_some_of(around)
    values = sheet_values(
        title=f"What’s on in {here.name}",
        week=week,
        size=size,
        coming=coming,
        places=chosen,
        to_ask=to_ask,
        schools=SchoolBreak.objects.year(),
        days_in_full=True,
    ) | {
        "places_title": "Warm spaces",
        "places_lead": WARM_LEAD,
    }
    return _paper(request, values, reverse("whats_on"), "whats-on")


@public
@require_safe
def venue_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The week of one venue, for its own door."""
    venue = get_object_or_404(Venue.objects.select_related("merged_into"), slug=slug)
    if (became := venue.where_now) != venue:
        return redirect("venue_sheet", became.slug)
    week = _week(request)
    listed = Venue.objects.listed().with_exceptions(week.first - A_DAY)
    venue = get_object_or_404(listed, slug=slug)
    coming = ComingSession.objects.listed().at_or_from(venue).select_related("schedule__venue")
    values = sheet_values(
        title=venue.name,
        week=week,
        size=_size(request),
        coming=coming,
        places=[venue],
        to_ask=Activity.objects.listed().unscheduled().at(venue),
        schools=SchoolBreak.objects.year(),
        days_in_full=False,
    ) | {
        "places_title": "When the door is open",
        "places_lead": WARM_LEAD if venue.is_warm_space else "",
    }
    return _paper(request, values, venue.get_absolute_url(), venue.slug)


@public
@require_safe
def today_text(request: HttpRequest) -> HttpResponse:
    """Today, to read out on the phone."""
    here = around_here(request)
    if here is None:
        return HttpResponse(NOT_KNOWN, status=400, content_type=PLAIN)
    words = today_in_words(here, clock.now(), site_identity().contact_phone)
    return HttpResponse(words, content_type=PLAIN, headers={"Cache-Control": "public, max-age=60"})


def _paper(request: HttpRequest, values: dict[str, Any], path: str, name: str) -> HttpResponse:
    """The PDF; it is set anew when any word of it changes, and one address may not keep us setting type."""
    identity, address = site_identity(), absolute(path)
    values |= {
        "site": f"{identity.name} in {identity.place_name}",
        "address": address.split("://")[1],
        "phone": identity.contact_phone,
    }
    key = f"sheet:{hashlib.sha256(json.dumps(values).encode()).hexdigest()}"
    content = cache.get(key)
    if content is None:
        if not within_limit(request, "directory.sheet", limit=60, seconds=60 * 10):
            return too_many(request)
        content = typeset("paper/weekly-sheet", values, pictures={"qr.svg": qr_code(address)})
        cache.set(key, content, KEPT_FOR)
    name = f"{name}-this-week{'-large' if values['is_large'] else ''}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "public, max-age=300"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _size(request: HttpRequest) -> str:
    size = request.GET.get("size", "")
    if size not in SIZES:
        raise Http404
    return size


def _week(request: HttpRequest) -> Week:
    return the_week(clock.now(), is_next=request.GET.get("week") == "next")
