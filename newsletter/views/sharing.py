"""The card that stands for an issue without a picture where a link to it is passed on."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from newsletter.models import IssuePage
from newsletter.rendering.sharing import card_of
from portal.accounts.permissions import public

A_DAY = 24 * 60 * 60
AN_HOUR = 60 * 60


@public
@require_safe
@cache_control(public=True, max_age=AN_HOUR)
def card(request: HttpRequest, slug: str) -> HttpResponse:
    issue = get_object_or_404(IssuePage.objects.for_everybody(), slug=slug)
    drawn = cache.get_or_set(f"newspaper-card-{issue.pk}-{issue.live_revision_id}", lambda: card_of(issue), A_DAY)
    return HttpResponse(drawn, content_type="image/png")
