"""Places: the list, and the same as points for the map."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.directory.lists.asking import PlacesForm
from engagement.directory.lists.pages import in_words, page_number
from engagement.directory.lists.places import Places
from engagement.directory.lists.saying import NAMES
from engagement.directory.views.map_data import map_answer
from portal import clock
from portal.accounts.permissions import public
from portal.geo.coordinates import Point
from portal.pages.settings import site_identity


@public
@require_safe
def warm_space_list(request: HttpRequest) -> HttpResponse:
    form = PlacesForm(request.GET)
    identity = site_identity()
    places = Places(form.wanted, clock.now(), home=Point(identity.latitude, identity.longitude))
    context = {
        "form": form,
        "places": places,
        "words": NAMES[form.what_for],
        "page": places.page(page_number(request.GET.get("page"))),
        "count": in_words(places.count),
        "links": form.links(places.further),
    }
    return render(request, "directory/warm_spaces.html", context)


@public
@require_safe
def warm_spaces_geojson(request: HttpRequest) -> JsonResponse:
    """The points of the list, with the same filters; `bbox=west,south,east,north` and `zoom` ask for what a map shows."""
    places = Places(PlacesForm(request.GET).wanted, clock.now())
    return map_answer(request, places.on_the_map)
