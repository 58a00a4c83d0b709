"""A resident's own page: what we send to the address that their code proved."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.actions.residents import end_own_account
from portal.accounts.models import User
from portal.accounts.permissions import public
from portal.accounts.proven import proven_address
from portal.refusals import Refused


@public
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, User) and request.user.works_here:
        return redirect("/staff/")
    address = proven_address(request)
    if not address:
        return redirect(f"{reverse('account_request_login_code')}?next={reverse('me')}")
    response = render(request, "accounts/me.html", {"address": address})
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store"
    return response


@public
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End one's own sign-in."""
    if not proven_address(request) or not isinstance(request.user, User):
        return redirect("me")
    user = request.user
    try:
        end_own_account(by=user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("me")
    logout(request)
    messages.success(request, "Your sign-in is gone. What you follow stays; each of our mails has a link to stop it.")
    return redirect("/")


@public
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Signed in again in a second tab: the words wait in the first."""
    return render(request, "accounts/back.html")
