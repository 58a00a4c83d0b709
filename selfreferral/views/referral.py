"""One referral: its safe-contact card, what was said, what was done, and what may be done next."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.permissions import StaffRequest, staff_view
from selfreferral.actions.looking import look
from selfreferral.deeds import Situation, StaffForm, forms_before, forms_for
from selfreferral.models import Referral
from selfreferral.people import ALLOCATE, SEE, leads
from selfreferral.queue.rows import rows
from selfreferral.reading.together import together
from selfreferral.refusals import ChangedMeanwhile, Hidden
from selfreferral.seeing.sight import Sight
from selfreferral.vault import CannotOpen, VaultIsShut
from selfreferral.views.silence import silently
from selfreferral.workflow import State


@staff_view(SEE)
@require_safe
@silently
def detail(request: StaffRequest, reference: str) -> HttpResponse:
    return show(request, find(reference))


def find(reference: str) -> Referral:
    """The referral with this reference, or a 404."""
    return get_object_or_404(Referral.objects.called(reference).select_related("owner", "changed_by"))


def show(request: StaffRequest, referral: Referral, sent: StaffForm | None = None, status: int = 200) -> HttpResponse:
    """The whole page, or as much as this worker may see; `sent` is a form that was refused, and stays with what was typed."""
    now = timezone.now()
    if referral.where is State.ERASED:
        return render(request, "selfreferral/admin/erased.html", {"referral": referral}, status=status)
    try:
        opened = look(referral=referral, by=request.user, now=now)
    except Hidden as hidden:
        return show_hidden(request, referral, hidden.sight, sent, status)
    except (CannotOpen, VaultIsShut):
        return show_shut(request, referral)
    context = {
        "referral": referral,
        "row": rows([referral], user=request.user, now=now)[0],
        "opened": opened,
        "forms": forms_for(Situation(referral, request.user, opened), sent),
        "together": together(referral, today=timezone.localdate(now)),
        "sent": None if sent and sent.is_looking else sent,
        "meanwhile": sent.meanwhile(opened.history) if sent and status == ChangedMeanwhile.status else [],
        "may_check": request.user.has_perm(ALLOCATE),
        "is_read_only": opened.sight is Sight.READ_ONLY,
        "is_by_another": referral.is_by_another,
    }
    return render(request, "selfreferral/admin/referral.html", context, status=status)


def show_shut(request: StaffRequest, referral: Referral | None = None) -> HttpResponse:
    """That words, of one request or of several, do not open just now, which is nobody's doing here."""
    return render(request, "selfreferral/admin/shut.html", {"referral": referral}, status=503)


def show_hidden(
    request: StaffRequest, referral: Referral, sight: Sight, sent: StaffForm | None = None, status: int = 200
) -> HttpResponse:
    """That it is there, and what would open it, or whom to ask; not a word of anybody but of the one who typed."""
    is_blocked = sight is Sight.BLOCKED
    context = {
        "referral": referral,
        "row": rows([referral], user=request.user, now=timezone.now())[0],
        "is_blocked": is_blocked,
        "to_ask": leads().exclude(pk=request.user.pk).order_by("first_name", "email"),
        "forms": forms_before(referral, by=request.user, sight=sight, sent=sent),
        "sent": sent,
        "typed": sent.in_words() if sent else [],
    }
    status = 403 if is_blocked and status == 200 else status
    return render(request, "selfreferral/admin/hidden.html", context, status=status)
