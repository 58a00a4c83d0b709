"""What every public template can count on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Site

from portal.pages.navigation import main_navigation
from portal.pages.settings import SiteIdentity, UrgentHelp


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's identity, urgent-help numbers, navigation and map settings; lazily, so staff screens pay nothing."""
    if request.path.startswith("/staff/") and not request.path.startswith("/staff/components/"):
        return {}
    found = Site.find_for_request(request)
    return {
        "identity": SiteIdentity.for_request(request) if found else SiteIdentity(),
        "urgent_help": UrgentHelp.for_request(request) if found else UrgentHelp(),
        "main_navigation": main_navigation(found, request.path),
        "map_tiles_url": settings.MAP_TILES_URL,
        "map_tiles_attribution": settings.MAP_TILES_ATTRIBUTION,
    }
