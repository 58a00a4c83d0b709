"""The answers that maps of the lists wait for."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, JsonResponse

from engagement.directory.lists.map import NOT_READ, View, read_view


def map_answer(request: HttpRequest, tell: Callable[[View], dict[str, Any]]) -> JsonResponse:
    """GeoJSON of the part that is asked for, or one sentence about what to write instead."""
    try:
        view = read_view(request.GET)
    except ValueError:
        return JsonResponse({"error": NOT_READ}, status=400)
    response = JsonResponse(tell(view))
    response.headers["Cache-Control"] = "public, max-age=60"
    return response
