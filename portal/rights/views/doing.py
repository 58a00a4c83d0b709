"""What is done with things that were found: erased, put right, not used for a while, or not written to any more."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.again import signed_in_again
from portal.accounts.permissions import StaffRequest, staff_view
from portal.privacy.people import HANDLE_EVERYDAY
from portal.rights.actions import using
from portal.rights.actions.erasing import erase_everything, preview, settle
from portal.rights.models import FoundRecord
from portal.rights.screens import back, find, header_of, refused_in_words
from selfreferral.views.silence import silently

HOLD = "privacy.hold_record"


@staff_view(HANDLE_EVERYDAY)
@signed_in_again
@require_http_methods(["GET", "HEAD", "POST"])
@silently
@refused_in_words
def erase(request: StaffRequest, reference: str) -> HttpResponse:
    """What would go and what would stay, and the button; pressed again it goes on where it stopped."""
    about = find(request, reference)
    if request.method == "POST":
        if request.POST.get("is_sure") != "yes":
            messages.error(request, "Nothing was erased. Tick that you are sure, then press the button.")
            return back(about, "erase")
        refused = erase_everything(request=about, by=request.user, now=timezone.now())
        for why in refused.values():
            messages.error(request, why)
        if not refused:
            messages.success(request, "Erased. What waits for somebody else says so.")
        return back(about, "erase")
    lines = preview(request=about, by=request.user)
    there = [line for line in lines if line.record.erased_at is None]
    context = header_of(about, "Erase") | {
        "lines": lines,
        "there": there,
        "held": [line for line in there if line.is_held],
        "free": [line for line in there if not line.is_held],
        "is_any_erased": len(there) < len(lines),
        "may_hold": request.user.has_perm(HOLD),
    }
    return render(request, "rights/admin/erase.html", context)


@staff_view(HANDLE_EVERYDAY)
@require_safe
@refused_in_words
def certificate(request: StaffRequest, reference: str) -> HttpResponse:
    """What was destroyed, when and by whom, in numbers; to be printed."""
    about = find(request, reference)
    context = header_of(about, "What was erased") | {"lines": about.found.theirs().select_related("erased_by")}
    return render(request, "rights/admin/certificate.html", context)


def _on_one(
    act: Callable[..., object], thanks: str | Callable[[FoundRecord], str], words_as: str = ""
) -> Callable[..., HttpResponse]:
    """A view that does one thing to one found thing."""

    @staff_view(HANDLE_EVERYDAY)
    @require_POST
    @silently
    @refused_in_words
    def view(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
        about = find(request, reference)
        record: FoundRecord = get_object_or_404(about.found, pk=pk)
        said = {words_as: request.POST.get("words", "")} if words_as else {}
        act(record=record, by=request.user, now=timezone.now(), **said)
        messages.success(request, thanks if isinstance(thanks, str) else thanks(record))
        return back(about)

    return view  # type: ignore[return-value]


def _kept(record: FoundRecord) -> str:
    if record.is_set_aside:
        return "It is kept and not used."
    return f"It is kept. Nothing else stops by itself: leave it unused by hand, and tell who works with it. ({record.label})"


put_right = _on_one(using.put_right, "Kept beside what stood there.", "words")
restrict = _on_one(using.restrict, _kept)
lift = _on_one(using.lift, "It is used again.", "because")
stop_mail = _on_one(using.stop_mail, "No more mail goes there.")
settled = _on_one(settle, "Written down as done.")
