"""What the form of a venue asks while somebody types."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from engagement.directory.hours.opening import Hours
from engagement.directory.hours.words import in_words, why_not
from engagement.directory.staff_menu import CHANGE_VENUE
from portal import clock
from portal.accounts.permissions import staff_view


@staff_view(CHANGE_VENUE)
@require_safe
def hours_in_words(request: HttpRequest) -> JsonResponse:
    """Reads typed hours back while they are typed."""
    value, today = request.GET.get("value", "").strip(), clock.now().date()
    problem = why_not(value, today)
    return JsonResponse({"words": problem or f"It reads: {in_words(Hours(value), today)}", "is_read": problem is None})
