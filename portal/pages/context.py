"""What every public template can count on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from portal.pages.last_known import remember
from portal.pages.navigation import main_navigation
from portal.pages.settings import SiteIdentity, UrgentHelp


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's identity, urgent-help numbers, navigation and map settings.

    Looked up only when a template asks, so that staff screens pay nothing.
    """
    found = SimpleLazyObject(lambda: Site.find_for_request(request))
    return {
        "identity": SimpleLazyObject(lambda: remember(SiteIdentity.for_request(request)) if found else SiteIdentity()),
        "urgent_help": SimpleLazyObject(lambda: UrgentHelp.for_request(request) if found else UrgentHelp()),
        "main_navigation": SimpleLazyObject(lambda: main_navigation(found or None, request.path)),
        "map_tiles_url": settings.MAP_TILES_URL,
        "map_tiles_attribution": settings.MAP_TILES_ATTRIBUTION,
    }
