"""Words that authors added later: what waits to be read, and each decision about it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from engagement.comments.actions.adding import decide_addition, put_addition_back
from engagement.comments.desk.forms import AdditionForm
from engagement.comments.models import Addition
from engagement.comments.views.answering import DESK
from engagement.comments.words.screening import without_marks
from engagement.comments.workflow import MODERATE
from portal.accounts.permissions import StaffRequest, staff_view
from portal.pages.screens import screen_header
from portal.paging import page_of
from portal.refusals import Refused

ON_A_PAGE = 50


@staff_view(MODERATE)
@require_safe
def added(request: StaffRequest) -> HttpResponse:
    """What waits, cries for help and then the oldest first, under the comment that it belongs to; and what was decided last."""
    page = page_of(Addition.objects.waiting().urgent_first().with_comment(), asked=request.GET, size=ON_A_PAGE)
    context = {
        "page": page,
        "rows": [{"addition": one, "draft": without_marks(one.words)} for one in page],
        "decided": Addition.objects.decided().with_comment()[:5],
        "now": timezone.now(),
        **screen_header("Words added later", DESK, icon="comment"),
    }
    return render(request, "comments/admin/added.html", context)


@staff_view(MODERATE)
@require_POST
def decide_added(request: StaffRequest, number: int) -> HttpResponse:
    addition = get_object_or_404(Addition, pk=number)
    form = AdditionForm(request.POST)
    if form.is_valid():
        try:
            made = decide_addition(addition=addition, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, f"The words are {made.get_status_display().lower()}.")
    return redirect("comments_desk_added")


@staff_view(MODERATE)
@require_POST
def undo_added(request: StaffRequest, number: int) -> HttpResponse:
    try:
        put_addition_back(addition=get_object_or_404(Addition, pk=number), by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "The words wait again.")
    return redirect("comments_desk_added")
