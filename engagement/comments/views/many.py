"""One decision about many comments, and its undo."""

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from engagement.comments.actions.many import decide_many, undo_many
from engagement.comments.desk.forms import BatchForm, ManyForm
from engagement.comments.models import PlaceComment
from engagement.comments.views.desk import DID_NOT_WORK, ON_A_LONG_PAGE
from engagement.comments.views.going_back import back
from engagement.comments.workflow import CHANGES, MODERATE
from portal.accounts.permissions import StaffRequest, staff_view
from portal.refusals import Refused


@staff_view(MODERATE)
@require_POST
def decide_ticked(request: StaffRequest) -> HttpResponse:
    """Publish, decline or hold all that are ticked, with one reason."""
    form = ManyForm(request.POST)
    typed = request.POST.getlist("comment")[:ON_A_LONG_PAGE]
    ticked = list(PlaceComment.objects.with_references(typed).oldest_first())
    if not ticked or not form.is_valid():
        messages.warning(request, DID_NOT_WORK if ticked else "Nothing is ticked, so nothing was changed.")
        return back(request)
    try:
        made = decide_many(comments=ticked, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return back(request)
    if made.done:
        messages.success(request, f"{len(made.done)} {CHANGES[form.cleaned_data['change']].done}.")
    if made.left:
        messages.warning(request, f"Left as they are: {', '.join(comment.reference for comment in made.left)}.")
    return back(request)


@staff_view(MODERATE)
@require_POST
def undo_ticked(request: StaffRequest) -> HttpResponse:
    """Take back what one press decided."""
    form = BatchForm(request.POST)
    if not form.is_valid():
        messages.error(request, "There is no decision to undo.")
        return back(request)
    try:
        made = undo_many(batch=form.cleaned_data["batch"], by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return back(request)
    messages.success(request, f"{len(made.done)} put back.")
    if made.left:
        left = ", ".join(comment.reference for comment in made.left)
        messages.warning(request, f"Decided anew since, and left as they are: {left}.")
    return back(request)
