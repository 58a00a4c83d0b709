"""Photos: to their author while the comment is being written, to everybody once it is published, to staff at any time."""

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from engagement.comments.models import Photo
from engagement.comments.workflow import MODERATE
from portal.accounts.permissions import public, staff_view
from portal.pages.alone import POLICY
from portal.photos import smaller_names
from portal.references import normalise_reference


@public
@never_cache
@require_safe
def unsent(request: HttpRequest, key: str, width: int = 0) -> HttpResponseBase:
    """The author's own look at it; the key is known to that browser alone, and opens nothing once it is sent."""
    return _picture(get_object_or_404(Photo.objects.unsent().with_key(key)), width)


@public
@require_safe
@cache_control(public=True, no_cache=True)
def shown(request: HttpRequest, reference: str, width: int = 0) -> HttpResponseBase:
    """Asked for anew each time, so that what is hidden is hidden at once."""
    return _picture(get_object_or_404(Photo.objects.shown().of(normalise_reference(reference) or "")), width)


@staff_view(MODERATE)
@never_cache
@require_safe
def for_staff(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Hidden or not, published or not."""
    return _picture(get_object_or_404(Photo.objects.of(normalise_reference(reference) or "")))


def _picture(photo: Photo, width: int = 0) -> FileResponse:
    """The photo, or the smaller one of that width beside it; photos from before there were any are sent whole."""
    small, storage = smaller_names(photo.image.name or "").get(width, ""), photo.image.storage
    if small and storage.exists(small):
        response = FileResponse(storage.open(small), content_type="image/webp")
    else:
        response = FileResponse(photo.image.open("rb"), content_type="image/jpeg")
    response.headers["Content-Security-Policy"] = POLICY
    return response
