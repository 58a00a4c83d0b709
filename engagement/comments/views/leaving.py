"""Where a resident leaves a comment, with or without a map, and what happens next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from engagement.comments.actions.leaving import leave_comment
from engagement.comments.forms import CommentForm
from engagement.comments.models import Consultation, PlaceComment
from portal.accounts.permissions import public
from portal.references import normalise_reference
from portal.refusals import Refused
from portal.spam import within_limit

# A whole library or a session around one table may share an address; beyond this a person looks first.
MANY = 30
MANY_SECONDS = 10 * 60


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    consultation = Consultation.objects.standing()
    form = CommentForm(request.POST if request.method == "POST" else None, consultation=consultation)
    if request.method == "POST" and form.is_valid():
        is_one_of_many = not within_limit(request, "comments.leave", limit=MANY, seconds=MANY_SECONDS)
        try:
            comment = leave_comment(**form.as_comment(), is_one_of_many=is_one_of_many)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("comment_thanks", comment.reference)
    return render(request, "comments/add.html", {"form": form, "consultation": consultation})


@public
@never_cache
@require_safe
def thanks(request: HttpRequest, reference: str) -> HttpResponse:
    """What happens next; it repeats nothing of what was said, for a reference may be read over a shoulder."""
    comment = get_object_or_404(PlaceComment, reference=normalise_reference(reference))
    return render(request, "comments/thanks.html", {"comment": comment})
