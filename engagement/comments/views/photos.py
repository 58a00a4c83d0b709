"""Photos: to their author while the comment is being written, to everybody once it is published, to staff at any time."""

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from engagement.comments.models import Photo
from engagement.comments.workflow import MODERATE
from portal.accounts.permissions import public, staff_view
from portal.pages.alone import POLICY
from portal.references import normalise_reference


@public
@never_cache
@require_safe
def unsent(request: HttpRequest, key: str) -> HttpResponseBase:
    """The author's own look at it; the key is known to that browser alone, and opens nothing once it is sent."""
    return _picture(get_object_or_404(Photo.objects.unsent().with_key(key)))


@public
@require_safe
@cache_control(public=True, no_cache=True)
def shown(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Asked for anew each time, so that what is hidden is hidden at once."""
    return _picture(get_object_or_404(Photo.objects.shown().of(normalise_reference(reference) or "")))


@staff_view(MODERATE)
@never_cache
@require_safe
def for_staff(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Hidden or not, published or not."""
    return _picture(get_object_or_404(Photo.objects.of(normalise_reference(reference) or "")))


def _picture(photo: Photo) -> FileResponse:
    response = FileResponse(photo.image.open("rb"), content_type="image/jpeg")
    response.headers["Content-Security-Policy"] = POLICY
    return response
