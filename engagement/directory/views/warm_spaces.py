"""Places: the list, and the same as points for the map."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.directory.lists.asking import PlacesForm
from engagement.directory.lists.places import Places
from engagement.directory.lists.saying import NAMES
from engagement.directory.views.map_data import map_answer
from portal import clock
from portal.accounts.permissions import public
from portal.geo.coordinates import Point
from portal.pages.kept_pages import kept_page
from portal.pages.settings import site_identity
from portal.paging import in_words


@public
@kept_page
@require_safe
def warm_space_list(request: HttpRequest) -> HttpResponse:
    form = PlacesForm(request.GET)
    identity = site_identity()
    places = Places(form.wanted, clock.now(), home=Point(identity.latitude, identity.longitude))
    page = places.page(request.GET)
    context = {
        "form": form,
        "places": places,
        "words": NAMES[form.what_for],
        "page": page,
        "count": in_words(len(page) if page.is_whole else places.count),
        "links": form.links(places.further),
    }
    return render(request, "directory/warm_spaces.html", context)


@public
@require_safe
def warm_spaces_geojson(request: HttpRequest) -> JsonResponse:
    """The points of the list, with the same filters; `bbox=west,south,east,north` and `zoom` ask for what a map shows."""
    places = Places(PlacesForm(request.GET).wanted, clock.now())
    return map_answer(request, places.on_the_map)
