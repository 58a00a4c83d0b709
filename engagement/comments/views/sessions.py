"""Face-to-face sessions for the coordinator: planned, printed, written up, and what was promised at them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engagement.comments.actions.entering import row_of
from engagement.comments.actions.sessions import RUN, drop_promise, keep_promise, plan_session, promise, reopen_promise
from engagement.comments.models import Consultation, EngagementEvent, Promise
from engagement.comments.sessions.forms import PromiseForm, SessionForm
from portal import clock
from portal.accounts.permissions import StaffRequest, staff_view
from portal.pages.screens import screen_header
from portal.paging import page_of
from portal.refusals import Refused

ON_A_PAGE = 25
TITLE, ICON = "Face to face", "group"
LIST = (TITLE, "comments_sessions")
CHANGES = {"kept": keep_promise, "not-kept": reopen_promise, "drop": drop_promise}


@staff_view(RUN)
@require_safe
def sessions(request: StaffRequest) -> HttpResponse:
    """Every session, the newest first, with what is still to do."""
    found = EngagementEvent.objects.with_numbers().newest_first()
    page = page_of(found, asked=request.GET, size=ON_A_PAGE)
    today = clock.now().date()
    overdue = Promise.objects.overdue(today).count()
    context = {"page": page, "today": today, "overdue": overdue, **screen_header(TITLE, icon=ICON)}
    return render(request, "comments/admin/sessions.html", context)


@staff_view(RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: StaffRequest, code: str = "") -> HttpResponse:
    """Plan a session, or change what one says."""
    known = get_object_or_404(EngagementEvent, code=code) if code else None
    data = request.POST if request.method == "POST" else None
    form = (
        SessionForm.of(known, data)
        if known
        else SessionForm(data, initial={"consultation": Consultation.objects.standing()})
    )
    if data is not None and form.is_valid():
        try:
            saved = plan_session(session=known, by=request.user, **form.as_session())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The session is saved." if known else "The session is planned. Print its paper.")
            return redirect("comments_session", saved.code)
    above = [LIST, (known.name, "comments_session", known.code)] if known else [LIST]
    header = screen_header("Change the session" if known else "Plan a session", *above, icon=ICON)
    context = {"form": form, "session": known, **header}
    return render(request, "comments/admin/session_form.html", context)


@staff_view(RUN)
@require_safe
def session(request: StaffRequest, code: str) -> HttpResponse:
    """One session: its paper, what was written on it, and what was promised."""
    return _session_page(request, get_object_or_404(EngagementEvent.objects.with_numbers(), code=code))


def _session_page(request: StaffRequest, found: EngagementEvent, form: PromiseForm | None = None) -> HttpResponse:
    context = {
        "session": found,
        "rows": [(comment, row_of(comment)["where"]) for comment in found.standing()],
        "promises": found.promises.soonest_first(),
        "form": form or PromiseForm(),
        "today": clock.now().date(),
        "here": reverse("comments_session", args=[found.code]),
        **screen_header(found.name, LIST, icon=ICON),
    }
    return render(request, "comments/admin/session.html", context)


@staff_view(RUN)
@require_POST
def promised(request: StaffRequest, code: str) -> HttpResponse:
    """Write down what was promised at a session."""
    found = get_object_or_404(EngagementEvent.objects.with_numbers(), code=code)
    form = PromiseForm(request.POST)
    if not form.is_valid():
        return _session_page(request, found, form)
    promise(event=found, by=request.user, **form.cleaned_data)
    messages.success(request, "The promise is on the list.")
    return redirect(f"{reverse('comments_session', args=[code])}#promises")


@staff_view(RUN)
@require_safe
def promises(request: StaffRequest) -> HttpResponse:
    """Every promise of every session: what is still to keep first, by its day."""
    page = page_of(Promise.objects.soonest_first(), asked=request.GET, size=ON_A_PAGE)
    header = screen_header("What we promised", LIST, icon=ICON)
    context = {"page": page, "today": clock.now().date(), "here": request.path, **header}
    return render(request, "comments/admin/promises.html", context)


@staff_view(RUN)
@require_POST
def change_promise(request: StaffRequest, number: int, change: str) -> HttpResponse:
    """Kept, not kept after all, or written down by mistake."""
    found = get_object_or_404(Promise.objects.select_related("event"), pk=number)
    try:
        CHANGES[change](promise=found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    at_session = reverse("comments_session", args=[found.event.code])
    return redirect(f"{at_session}#promises" if request.POST.get("here") == at_session else "comments_promises")
