"""What is held about the person: opened, decided item by item, and handed out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.again import signed_in_again
from portal.accounts.permissions import StaffRequest, staff_view
from portal.privacy.people import HANDLE_EVERYDAY
from portal.rights import paper
from portal.rights.actions.giving import GIVE, choose, hand_out, take_picture
from portal.rights.gathering import gather
from portal.rights.models import HandOut
from portal.rights.reasons import KEPT_BACK
from portal.rights.screens import back, find, header_of, refused_in_words
from selfreferral.views.silence import silently

ITEM = "item:"


@staff_view(HANDLE_EVERYDAY)
@require_http_methods(["GET", "HEAD", "POST"])
@silently
@refused_in_words
def held(request: StaffRequest, reference: str) -> HttpResponse:
    """All of it, with a choice beside each item. That it was opened is written down first, each time."""
    about, now = find(request, reference), timezone.now()
    if request.method == "POST":
        said = {name.removeprefix(ITEM): value for name, value in request.POST.dict().items() if name.startswith(ITEM)}
        changed = choose(
            request=about, chosen={name: value for name, value in said.items() if value}, by=request.user, now=now
        )
        messages.success(request, f"Decided about {changed} items." if changed else "Nothing was changed.")
        return back(about, "held")
    context = header_of(about, "What we hold") | {
        "gathered": gather(request=about, by=request.user, now=now),
        "choices": [(GIVE, "Hand it out"), *((one.code, f"Keep it back: {one.label}") for one in KEPT_BACK.values())],
        "reasons": KEPT_BACK.values(),
        "forms": HandOut.Form.choices,
    }
    return render(request, "rights/admin/held.html", context)


@staff_view(HANDLE_EVERYDAY)
@signed_in_again
@require_POST
@silently
@refused_in_words
def handed_out(request: StaffRequest, reference: str, form: str) -> HttpResponse:
    """The file or the pages for the person."""
    about, now = find(request, reference), timezone.now()
    gathered = hand_out(request=about, form=form, by=request.user, now=now)
    if form == HandOut.Form.FILE:
        return _saved(paper.as_file(about, gathered, at=now), "application/json", f"{about.reference}.json")
    return _saved(paper.as_pages(about, gathered, at=now), "application/pdf", f"{about.reference}.pdf")


@staff_view(HANDLE_EVERYDAY)
@signed_in_again
@require_safe
@silently
@refused_in_words
def picture(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """A picture that is handed out beside the rest."""
    about = find(request, reference)
    content = take_picture(record=get_object_or_404(about.found, pk=pk), by=request.user, now=timezone.now())
    return _saved(content, "image/jpeg", f"{about.reference}-{pk}.jpg")


def _saved(content: str | bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
