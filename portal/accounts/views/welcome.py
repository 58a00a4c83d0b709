"""The door of an invitation: whoever holds the link sets a password and is in."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal.accounts.actions.inviting import accept
from portal.accounts.forms import WelcomeForm
from portal.accounts.invitations import invitation_of
from portal.accounts.permissions import public
from portal.accounts.refusals import ItMoved

OVER = 410


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link does nothing yet, for mail programs open links too; setting the password uses it up."""
    if not ratelimit.consume(request, action="invitation"):
        return ratelimit.respond_429(request)
    change = invitation_of(token)
    if change is None:
        return _private(render(request, "accounts/old_invitation.html", status=OVER))
    form = WelcomeForm(request.POST if request.method == "POST" else None, person=change.person)
    if not form.is_valid():
        return _private(render(request, "accounts/welcome.html", {"form": form, "change": change}))
    try:
        person = accept(change=change, password=form.cleaned_data["password"], now=timezone.now())
    except ItMoved:
        return _private(render(request, "accounts/old_invitation.html", status=OVER))
    logout(request)
    answer: HttpResponse = perform_password_login(
        request, {"email": person.email}, Login(user=person, email=person.email)
    )
    if request.user.is_authenticated:
        # The password was typed a moment ago: setting up the second step does not ask for it once more.
        reauthenticate_by_password(request)
    return _private(answer)


def _private(answer: HttpResponse) -> HttpResponse:
    answer.headers["X-Robots-Tag"] = "noindex"
    # The strictest that lets the form in: without any, browsers name no origin and the form counts as forged.
    answer.headers["Referrer-Policy"] = "same-origin"
    return answer
