"""Asking for the newspaper and confirming the address. The answer never tells whether an address is known."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from newsletter.actions import subscriptions
from newsletter.consent_words import CURRENT, CURRENT_POST, WORDINGS
from newsletter.forms import SubscribeForm
from newsletter.links import consent_of_confirm_link, preferences_path
from portal.accounts.permissions import public
from portal.pages.errors import too_many
from portal.spam import within_limit

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@public
@never_cache
@reading_or_sending
def subscribe(request: HttpRequest) -> HttpResponse:
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not within_limit(request, "newsletter.subscribe", limit=30, seconds=3600):
            return too_many(request)
        if form.is_valid():
            return _ask(form)
    context = {"form": form, "wording": WORDINGS[CURRENT], "wording_of_post": WORDINGS[CURRENT_POST]}
    return render(request, "newsletter/subscribe.html", context)


def _ask(form: SubscribeForm) -> HttpResponse:
    if form.channel == form.POST:
        cleaned = form.cleaned_data
        subscriptions.ask_for_post(name=cleaned["name"], postal_address=cleaned["postal_address"], choices=form.choices)
        return redirect("newsletter_asked_for_post")
    subscriptions.ask(email=form.cleaned_data["email"], choices=form.choices)
    return redirect("newsletter_asked")


@public
@require_safe
def look_in_your_mail(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletter/look_in_your_mail.html")


@public
@require_safe
def we_will_look(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletter/we_will_look.html")


@public
@never_cache
@reading_or_sending
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    consent = consent_of_confirm_link(token)
    if consent is None:
        return render(request, "newsletter/old_link.html", status=404)
    if request.method != "POST":
        return render(request, "newsletter/confirm.html", {"wording": consent.wording})
    try:
        reader = subscriptions.confirm(consent=consent)
    except subscriptions.NotPossible as refusal:
        return render(request, "newsletter/old_link.html", {"refusal": str(refusal)}, status=410)
    context = {"preferences_url": preferences_path(reader.pk), "reader": reader}
    return render(request, "newsletter/confirmed.html", context)
