"""A reader's own page, by a signed link and without a password: what they get, a pause, paper or a new address, and stopping.

The link stands in each mail; for who has it posted it is the code on their label, or staff hand it to them.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from newsletter.actions import choosing, subscriptions
from newsletter.forms import ChoicesForm, LetterForm, MoveForm, PauseForm, PrintForm, chosen_by
from newsletter.links import reader_of_preferences_link
from newsletter.models import Subscriber
from newsletter.readers.said import pause_of, what_holds
from newsletter.views.old_links import no_such_link
from newsletter.workflow import SubscriberState, may_come_back
from portal.accounts.permissions import public
from portal.emails.suppression import is_suppressed
from portal.forms import PublicForm

AGAIN = "You will get the newspaper again."
_FORMS: dict[str, type[PublicForm]] = {
    "choose": ChoicesForm,
    "pause": PauseForm,
    "post": LetterForm,
    "move": MoveForm,
    "print": PrintForm,
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
    before = {name: getattr(reader, name) for name in form.cleaned_data}
    after = choosing.have_it_posted(subscriber=reader, **form.cleaned_data)
    if before == {name: getattr(after, name) for name in before}:
        return _NOTHING_NEW[reader.channel]
    return "Thank you. We look at each address before the first copy goes there. Until then you get it by e-mail."


_NOTHING_NEW = {
    Subscriber.Channel.POST.value: "Nothing was changed. It goes there already.",
    Subscriber.Channel.EMAIL.value: "Nothing was changed. We have this address and will look at it. "
    "Until then you get it by e-mail.",
}


def _move(reader: Subscriber, form: MoveForm) -> str:
    _refuse_where_nothing_is_posted(reader)
    before = reader.new_postal_address
    after = choosing.move(subscriber=reader, **form.cleaned_data)
    if after.new_postal_address:
        return "Thank you. We look at each address before the first copy goes there. Until then it goes to the old one."
    return "It stays as it was." if before else "Nothing was changed. It goes there already."


def _print(reader: Subscriber, form: PrintForm) -> str:
    _refuse_where_nothing_is_posted(reader)
    after = choosing.choose_print(subscriber=reader, **form.cleaned_data)
    return f"Saved. It comes in {'large' if after.wants_large_print else 'the usual'} print."


def _refuse_where_nothing_is_posted(reader: Subscriber) -> None:
    if not reader.has_it_posted:
        raise subscriptions.NotPossible("Nothing was changed. You get it by e-mail.")


_DEEDS: dict[str, Callable[[Subscriber, Any], str]] = {
    "choose": _choose,
    "pause": _pause,
    "start": _start,
    "post": _post,
    "move": _move,
    "print": _print,
    "email": _email,
    "leave": _leave,
    "come_back": _come_back,
}


def _page(reader: Subscriber, deed: str, form: Any) -> dict[str, Any]:
    reader = Subscriber.objects.with_choices().get(pk=reader.pk)
    is_active = reader.state == SubscriberState.ACTIVE
    is_stopped = bool(reader.email) and is_suppressed(reader.email)
    begun = {"choose": chosen_by(reader), "print": {"wants_large_print": reader.wants_large_print}}
    forms = {name: kind(initial=begun.get(name)) for name, kind in _FORMS.items()}
    if reader.channel == Subscriber.Channel.POST:
        # Nothing but each issue is posted.
        forms["choose"].fields.pop("frequency", None)
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
