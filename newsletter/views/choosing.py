"""A reader's own page, by a signed link and without a password: what they get, a pause, paper instead, and stopping."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from newsletter.actions import choosing, subscriptions
from newsletter.forms import ChoicesForm, LetterForm, PauseForm, chosen_by
from newsletter.links import reader_of_preferences_link
from newsletter.models import Subscriber
from newsletter.readers.said import pause_of, what_holds
from newsletter.views.old_links import no_such_link
from newsletter.workflow import SubscriberState, may_come_back
from portal.accounts.permissions import public
from portal.emails.suppression import is_suppressed

AGAIN = "You will get the newspaper again."
_FORMS: dict[str, type[ChoicesForm | PauseForm | LetterForm]] = {
    "choose": ChoicesForm,
    "pause": PauseForm,
    "post": LetterForm,
}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    reader = reader_of_preferences_link(token)
    if reader is None:
        return no_such_link(request, token)
    deed = request.POST.get("do", "") if request.method == "POST" else ""
    form = _FORMS[deed](request.POST) if deed in _FORMS else None
    context: dict[str, Any] = {}
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            context["done"] = _do(deed, reader, form)
            form = None
        except subscriptions.NotPossible as refusal:
            context["refusal"] = str(refusal)
    return render(request, "newsletter/preferences.html", context | _page(reader, deed, form))


def _do(deed: str, reader: Subscriber, form: Any) -> str:
    """Do what was pressed; the answer says what holds now."""
    if deed not in _DEEDS:
        raise subscriptions.NotPossible("Nothing was changed. Choose below, and press the button next to it.")
    if reader.state != SubscriberState.ACTIVE and deed not in {"leave", "come_back"}:
        raise subscriptions.NotPossible("Nothing was changed: you are not on the list.")
    return _DEEDS[deed](reader, form)


def _leave(reader: Subscriber, form: None) -> str:
    subscriptions.leave(subscriber=reader)
    return "You are off the list. We will send you no more newspapers."


def _come_back(reader: Subscriber, form: None) -> str:
    subscriptions.come_back(subscriber=reader)
    return AGAIN


def _start(reader: Subscriber, form: None) -> str:
    choosing.start_again(subscriber=reader)
    return AGAIN


def _email(reader: Subscriber, form: None) -> str:
    if not reader.email:
        raise subscriptions.NotPossible("We have no e-mail address of yours.")
    choosing.have_it_mailed(subscriber=reader)
    return "You will get the newspaper by e-mail. We have deleted your postal address."


def _choose(reader: Subscriber, form: ChoicesForm) -> str:
    choices = form.choices
    if "frequency" not in form.fields:
        # Not asked while there is no weekly mail; the wish stays for when there is one again.
        choices = replace(choices, frequency=reader.frequency)
    choosing.choose(subscriber=reader, choices=choices)
    return "Saved. Below is what you get from now on."


def _pause(reader: Subscriber, form: PauseForm) -> str:
    return f"We will send nothing {pause_of(choosing.pause(subscriber=reader, until=form.until))}."


def _post(reader: Subscriber, form: LetterForm) -> str:
    after = choosing.have_it_posted(subscriber=reader, **form.cleaned_data)
    if (after.channel, after.name, after.postal_address) == (reader.channel, reader.name, reader.postal_address):
        return _NOTHING_NEW[reader.channel if reader.email else ""]
    return "Thank you. We look at each address before the first copy goes there. Until then you get it by e-mail."


_NOTHING_NEW = {
    Subscriber.Channel.POST.value: "Nothing was changed. It goes there already.",
    Subscriber.Channel.EMAIL.value: "Nothing was changed. We have this address and will look at it. "
    "Until then you get it by e-mail.",
    "": "Nothing was changed. You have no e-mail address with us, so please ring us about a new address.",
}
_DEEDS: dict[str, Callable[[Subscriber, Any], str]] = {
    "choose": _choose,
    "pause": _pause,
    "start": _start,
    "post": _post,
    "email": _email,
    "leave": _leave,
    "come_back": _come_back,
}


def _page(reader: Subscriber, deed: str, form: Any) -> dict[str, Any]:
    reader = Subscriber.objects.with_choices().get(pk=reader.pk)
    is_active = reader.state == SubscriberState.ACTIVE
    is_stopped = bool(reader.email) and is_suppressed(reader.email)
    forms = {name: kind() for name, kind in _FORMS.items() if name != "choose"}
    forms["choose"] = ChoicesForm(initial=chosen_by(reader))
    return {
        "reader": reader,
        "is_active": is_active,
        "is_stopped": is_stopped,
        "is_pending": reader.state == SubscriberState.PENDING,
        "may_come_back": bool(
            reader.confirmed_at
            and reader.left_at
            and not is_active
            and not is_stopped
            and may_come_back(left_at=reader.left_at, now=timezone.now())
        ),
        "rows": what_holds(reader) if is_active else [],
        "is_paused": bool(pause_of(reader)),
        "is_posted": reader.channel == Subscriber.Channel.POST,
        "wrong": form,
        "forms": forms | ({deed: form} if form is not None else {}),
    }
