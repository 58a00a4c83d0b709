"""What a session's QR code leads to: where and when it was, what was said there, and how to say something too."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagement.comments.models import EngagementEvent
from portal.accounts.permissions import public
from portal.paging import page_of
from portal.references import normalise_reference

ON_A_PAGE = 20


@public
@require_safe
def session_page(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody who has the paper can read what came of it."""
    known_as = normalise_reference(code)
    if known_as is None:
        raise Http404
    if known_as != code:
        return redirect("comment_session", known_as)
    event = get_object_or_404(EngagementEvent.objects.select_related("consultation"), code=code)
    found = event.comments.published().with_row().newest_first()
    page = page_of(found, asked=request.GET, size=ON_A_PAGE)
    now = timezone.now()
    context = {"session": event, "page": page, "now": now, "today": timezone.localdate(now)}
    return render(request, "comments/session.html", context)
