"""One view for each deed of the table; refused, it shows the page again with what was typed and why not."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.accounts.permissions import StaffRequest, staff_view
from portal.refusals import Refused
from selfreferral.actions.leases import keep_reading
from selfreferral.deeds import Deed
from selfreferral.refusals import Hidden
from selfreferral.seeing.eyes import sight
from selfreferral.vault import CannotOpen, VaultIsShut
from selfreferral.views.referral import find, show, show_shut
from selfreferral.views.silence import silently


def view_of(deed: Deed) -> Callable[..., HttpResponseBase]:
    """The address to which the form of this deed is sent."""

    @staff_view(deed.permission)
    @require_POST
    @silently
    def view(request: StaffRequest, reference: str) -> HttpResponse:
        referral, now = find(reference), timezone.now()
        form = deed.form(request.POST, referral=referral, by=request.user)
        seen, is_complete = sight(referral, by=request.user, now=now), form.is_valid()
        try:
            if seen not in deed.form.at_sight:
                raise Hidden(seen)
            if form.is_looking:
                return show(request, referral, form)
            if not is_complete:
                return show(request, referral, form, status=400)
            deed.act(referral=referral, by=request.user, now=now, **form.cleaned_data)
            keep_reading(referral=referral, by=request.user, now=now)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            return show(request, find(reference), form, status=refused.status)
        except (CannotOpen, VaultIsShut):
            return show_shut(request, referral)
        messages.success(request, deed.thanks)
        return redirect("selfreferral_staff:detail", reference=referral.reference)

    return view
