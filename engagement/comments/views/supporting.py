"""One press to agree with a comment, and one to take that back; from its page or from a row of the list."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from engagement.comments.actions import supporting
from engagement.comments.leaving.browsers import new_number, number_of, remember
from engagement.comments.models import PlaceComment
from portal.accounts.permissions import public
from portal.pages.errors import too_many
from portal.pages.own_pages import from_our_own_pages
from portal.references import normalise_reference
from portal.refusals import Refused
from portal.spam import within_limit

# A library or a session around one table shares an address: many people press there, but not a hundred in ten minutes.
MANY, MANY_SECONDS = 60, 10 * 60
# How many people at one address may say that somebody else agreed before them at the same computer, with one comment a day.
OTHERS, OTHERS_SECONDS = 20, 24 * 3600


def may_agree(request: HttpRequest) -> bool:
    """Whether one more press from this connection is believed, whichever page it comes from."""
    return within_limit(request, "comments.agree", limit=MANY, seconds=MANY_SECONDS)


@public
@from_our_own_pages
@never_cache
@require_POST
def agree(request: HttpRequest) -> HttpResponse:
    """What was pressed names the comment: `agree`, `somebody_else` (a new person at a shared computer) or `take_back`."""
    pressed = next((name for name in ("agree", "somebody_else", "take_back") if request.POST.get(name)), "agree")
    reference = normalise_reference(request.POST.get(pressed, ""))
    comment = get_object_or_404(PlaceComment.objects.published(), reference=reference)
    if not may_agree(request):
        return too_many(request)
    number = number_of(request)
    response = redirect(f"{_where_from(request, comment)}#comment-{comment.reference}")
    if pressed == "take_back":
        if number:
            supporting.take_back(comment=comment, browser=number)
        messages.success(request, "You took it back.")
        return response
    if pressed == "somebody_else":
        if not within_limit(request, f"comments.agree.{comment.pk}", limit=OTHERS, seconds=OTHERS_SECONDS):
            return too_many(request)
        number = ""
    number = number or new_number()
    try:
        comment = supporting.support(comment=comment, browser=number)
    except Refused as reason:
        messages.error(request, reason.sentence)
        return response
    remember(response, number)
    messages.success(request, "Thank you. We have counted you.")
    return response


def _where_from(request: HttpRequest, comment: PlaceComment) -> str:
    """The page on which the button was, where that is one of ours."""
    page = request.POST.get("page", "")
    if page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None):
        return page
    return comment.get_absolute_url()
