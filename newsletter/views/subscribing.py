"""Asking for the newspaper and confirming the address. The answer never tells whether an address is known."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from newsletter.actions import subscriptions
from newsletter.choices import Choices
from newsletter.consent_words import CURRENT, CURRENT_POST, WORDINGS
from newsletter.forms import LetterForm, SubscribeForm
from newsletter.links import consent_of_confirm_link, preferences_path
from newsletter.models import Consent
from newsletter.readers.said import how_often, what_holds, what_was_chosen
from newsletter.workflow import SubscriberState
from portal.accounts.permissions import public
from portal.pages.errors import too_many
from portal.spam import within_limit

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@public
@never_cache
@reading_or_sending
def subscribe(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and not within_limit(request, "newsletter.subscribe_tries", limit=600, seconds=3600):
        return too_many(request)
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        # Mistakes do not use up what many people at one warm space share.
        is_within = within_limit(request, "newsletter.subscribe", limit=30, seconds=3600)
        return _ask(form) if is_within else too_many(request)
    context = {
        "form": form,
        "shows_post": form.shows_post or request.GET.get("how") == "post",
        "wording": WORDINGS[CURRENT],
        "wording_of_post": WORDINGS[CURRENT_POST],
    }
    return render(request, "newsletter/subscribe.html", context)


def _ask(form: SubscribeForm) -> HttpResponse:
    if form.channel == form.POST:
        letter = {name: form.cleaned_data[name] for name in LetterForm.base_fields}
        subscriptions.ask_for_post(**letter, choices=form.choices)
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
        context = {"wording": consent.wording, "rows": _what_comes(consent)}
        return render(request, "newsletter/confirm.html", context)
    try:
        reader = subscriptions.confirm(consent=consent)
    except subscriptions.NotPossible as refusal:
        return render(request, "newsletter/old_link.html", {"refusal": str(refusal)}, status=410)
    context = {
        "preferences_url": preferences_path(reader.pk),
        "how_often": how_often(reader.frequency),
        "rows": what_holds(reader),
    }
    return render(request, "newsletter/confirmed.html", context)


def _what_comes(consent: Consent) -> list[dict[str, str]]:
    """What was chosen; for who gets it already the button changes nothing, so what holds."""
    reader = consent.subscriber
    is_active = reader.state == SubscriberState.ACTIVE
    return what_holds(reader) if is_active else what_was_chosen(Choices.from_json(consent.choices))
