"""The list of requests, one request, and how it moves on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.permissions import StaffRequest, staff_view
from portal.pages.screens import screen_header
from portal.paging import page_of
from portal.privacy.people import HANDLE_EVERYDAY
from portal.refusals import Refused
from portal.rights.actions.moving import extend, move, note, open_request
from portal.rights.actions.searching import say_whose, search
from portal.rights.forms import ChangeForm, CluesForm, OpenForm
from portal.rights.models import SubjectRequest
from portal.rights.screens import ICON, back, find, header_of, refused_in_words, show
from portal.rights.workflow import CHANGES
from selfreferral.views.silence import silently

ON_A_PAGE = 50
reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@staff_view(HANDLE_EVERYDAY)
@require_safe
def requests(request: StaffRequest) -> HttpResponse:
    """Those to answer, the most pressing first; then those that were answered."""
    theirs = SubjectRequest.objects.for_eyes_of(request.user)
    today = timezone.localdate()
    context = screen_header("Questions about themselves", icon=ICON) | {
        "open": theirs.open().most_pressing_first(),
        "overdue": theirs.overdue(today).count(),
        "soon": theirs.due_soon(today).count(),
        "page": page_of(theirs.closed(), asked=request.GET, size=ON_A_PAGE),
    }
    return render(request, "rights/admin/requests.html", context)


@staff_view(HANDLE_EVERYDAY)
@reading_or_sending
def write_down(request: StaffRequest) -> HttpResponse:
    """Somebody asked."""
    form, status = OpenForm(request.POST or None, by=request.user, initial={"received_on": timezone.localdate()}), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                return back(open_request(**form.cleaned_data, by=request.user, now=timezone.now()))
            except Refused as refused:
                form.add_error(None, refused.sentence)
                status = refused.status
    context = screen_header("Write down a question", icon=ICON) | {"form": form}
    return render(request, "rights/admin/write_down.html", context, status=status)


@staff_view(HANDLE_EVERYDAY)
@require_safe
def one(request: StaffRequest, reference: str) -> HttpResponse:
    return show(request, find(request, reference))


@staff_view(HANDLE_EVERYDAY)
@require_POST
@refused_in_words
def change(request: StaffRequest, reference: str, name: str) -> HttpResponse:
    """One change of the workflow's table."""
    about = find(request, reference)
    if name not in CHANGES:
        raise Refused("There is no such change.")
    form = ChangeForm(request.POST, change=CHANGES[name], request=about)
    if not form.is_valid():
        return show(request, about, status=400, sent=form)
    move(request=about, change=name, by=request.user, now=timezone.now(), given=form.given())
    messages.success(request, f"{CHANGES[name].label}: written down.")
    return back(about)


@staff_view(HANDLE_EVERYDAY)
@require_POST
@refused_in_words
def longer(request: StaffRequest, reference: str) -> HttpResponse:
    """Two months more."""
    about = find(request, reference)
    extend(request=about, because=request.POST.get("because", ""), by=request.user, now=timezone.now())
    messages.success(request, "Two months more. Tell them why, today.")
    return back(about)


@staff_view(HANDLE_EVERYDAY)
@require_POST
@refused_in_words
def add_note(request: StaffRequest, reference: str) -> HttpResponse:
    about = find(request, reference)
    note(request=about, words=request.POST.get("words", ""), by=request.user, now=timezone.now())
    return back(about)


@staff_view(HANDLE_EVERYDAY)
@reading_or_sending
@silently
@refused_in_words
def look_for(request: StaffRequest, reference: str) -> HttpResponse:
    """Look for the person in every room; what is typed goes nowhere."""
    about = find(request, reference)
    form = CluesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = search(request=about, clues=form.clues(), by=request.user, now=timezone.now())
        messages.success(request, f"Looked in every room that is yours: {new} new.")
        return back(about)
    status = 400 if request.method == "POST" else 200
    context = header_of(about, "Look for them") | {"form": form}
    return render(request, "rights/admin/look_for.html", context, status=status)


@staff_view(HANDLE_EVERYDAY)
@require_POST
@refused_in_words
def whose(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Whether one thing is about them."""
    about = find(request, reference)
    record = get_object_or_404(about.found, pk=pk)
    is_theirs = request.POST.get("is_theirs") == "yes"
    say_whose(record=record, is_theirs=is_theirs, by=request.user, now=timezone.now())
    return back(about)
