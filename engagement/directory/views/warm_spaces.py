"""Warm spaces: the list, and the same as points for the map."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.directory.crowding import Crowd, crowds
from engagement.directory.forms import WarmSpacesForm, with_maybe
from engagement.directory.listing import Box, CardRow, warm_spaces
from portal import clock
from portal.accounts.permissions import public

A_PAGE = 50


@public
@require_safe
def warm_space_list(request: HttpRequest) -> HttpResponse:
    form = WarmSpacesForm(request.GET)
    wanted = form.wanted
    found = warm_spaces(wanted, clock.now())
    context = {
        "form": form,
        "page": Paginator(found.rows, A_PAGE).get_page(request.GET.get("page")),
        "count": len(found.rows),
        "not_known": found.not_known,
        "with_not_known_url": with_maybe(request.GET),
        "near": form.cleaned_data.get("near", "") if wanted.near else "",
        "in_force": form.in_force(request.GET),
    }
    return render(request, "directory/warm_spaces.html", context)


@public
@require_safe
def warm_spaces_geojson(request: HttpRequest) -> JsonResponse:
    """The points of the list, with the same filters; `bbox=west,south,east,north` and `zoom` ask for what a map shows."""
    try:
        box, zoom = _box(request.GET.get("bbox", "")), _zoom(request.GET.get("zoom", ""))
    except ValueError:
        return JsonResponse({"error": "bbox is four numbers, west,south,east,north; zoom is from 0 to 22"}, status=400)
    found = warm_spaces(WarmSpacesForm(request.GET).wanted, clock.now(), box)
    features = [_feature(crowd) for crowd in crowds(found.rows, zoom)]
    response = JsonResponse({"type": "FeatureCollection", "features": features})
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def _box(typed: str) -> Box | None:
    if not typed:
        return None
    west, south, east, north = (float(part) for part in typed[:200].split(","))
    if not all(-360 <= number <= 360 for number in (west, south, east, north)):
        raise ValueError(typed)
    return west, south, east, north


def _zoom(typed: str) -> int | None:
    if not typed:
        return None
    zoom = int(typed[:4])
    if not 0 <= zoom <= 22:
        raise ValueError(typed)
    return zoom


def _feature(crowd: Crowd) -> dict[str, object]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [crowd.point.longitude, crowd.point.latitude]},
        "properties": _properties(crowd.rows),
    }


def _properties(rows: list[CardRow]) -> dict[str, object]:
    if len(rows) > 1:
        return {"cluster": True, "count": len(rows)}
    row = rows[0]
    told: dict[str, object] = {"title": row.title, "url": row.url, "meta": row.meta}
    if row.status:
        told |= {"status": row.status.label, "is_open": row.status.is_open}
    return told
