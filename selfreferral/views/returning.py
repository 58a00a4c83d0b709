"""Stopping and coming back with six words, and what somebody sees and does who has sent their request."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.refusals import Refused
from portal.spam import within_limit
from selfreferral import return_code
from selfreferral.actions.returning import (
    ask_again,
    come_back,
    keep_words,
    may_do,
    not_safe_any_more,
    say,
    stop,
    visited,
    words_kept,
)
from selfreferral.contact.card import Channel
from selfreferral.models import PersonsWords, Referral
from selfreferral.questions.forms import ComeBackForm, SayForm
from selfreferral.reading import card_of
from selfreferral.refusals import NoDraft
from selfreferral.seeing.looked_at import looked_at
from selfreferral.views.privately import key_of, privately, with_cookie
from selfreferral.workflow import State

in_turn = require_http_methods(["GET", "HEAD", "POST"])
WAYS_IN_WORDS = {
    Channel.RING: "We may ring you",
    Channel.VOICEMAIL: "We may leave a voicemail",
    Channel.TEXT: "We may send you a text",
    Channel.EMAIL: "We may send you an e-mail",
    Channel.POST: "We may post a letter to you",
    Channel.VISIT: "We may come to see you",
    Channel.REFERRER: "We may go through whoever told us",
}
TRIES, TRIES_WITHIN = 10, 10 * 60
TRIES_OF_ALL, ALL_WITHIN = 300, 60


@privately
@in_turn
def words(request: HttpRequest) -> HttpResponse:
    """The six words for what this browser is writing, once somebody asks for them."""
    key = key_of(request)
    if request.method == "POST":
        keep_words(key=key, now=timezone.now())
        return redirect("selfreferral:words")
    kept = words_kept(key=key, now=timezone.now())
    return render(request, "selfreferral/words.html", {"words": kept.split()})


@privately
@in_turn
def come(request: HttpRequest) -> HttpResponse:
    """Six words in, and on to where they lead; words that open nothing get one answer, whatever the reason."""
    form = ComeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not _may_try(request):
            form.add_error(None, "There were many tries. Wait ten minutes, or ring us.")
            return render(request, "selfreferral/return.html", {"form": form}, status=429)
        try:
            key, is_draft = come_back(typed=form.cleaned_data["words"], now=timezone.now())
        except NoDraft:
            form.add_error("words", _why_not(form.cleaned_data["words"]))
        else:
            return with_cookie(redirect("selfreferral:onward" if is_draft else "selfreferral:yours"), key)
    return render(request, "selfreferral/return.html", {"form": form})


@privately
@require_safe
def yours(request: HttpRequest) -> HttpResponse:
    """How far it is, in the words for the person, and what they can do."""
    form = SayForm({"kind": PersonsWords.Kind.MORE, "words": ""} if "empty" in request.GET else None)
    return _yours(request, visited(key=key_of(request), now=timezone.now()), form)


@privately
@require_POST
def speak(request: HttpRequest) -> HttpResponse:
    form = SayForm(request.POST)
    key, now = key_of(request), timezone.now()
    if form.is_valid():
        try:
            say(key=key, now=now, **form.cleaned_data)
        except Refused as refusal:
            # What they wrote stays in the form, to be sent once more.
            told = refusal.sentence
            return _yours(request, visited(key=key, now=now), form, told=told, status=refusal.status)
        return redirect("/here/yours/?heard=1")
    if not request.POST.get("words", "").strip():
        return redirect("/here/yours/?empty=1")
    return _yours(request, visited(key=key, now=now), form)


@privately
@require_POST
def narrow(request: HttpRequest) -> HttpResponse:
    """One way is not safe any more."""
    said = request.POST.get("way", "")
    if said not in {way.value for way in Channel}:
        return redirect("selfreferral:yours")
    return _step(request, partial(not_safe_any_more, channels=[Channel(said)]))


@privately
@require_POST
def cease(request: HttpRequest) -> HttpResponse:
    return _step(request, stop)


@privately
@require_POST
def resume(request: HttpRequest) -> HttpResponse:
    return _step(request, ask_again)


def _step(request: HttpRequest, action: Any) -> HttpResponse:
    key, now = key_of(request), timezone.now()
    try:
        action(key=key, now=now)
    except Refused as refusal:
        form = SayForm()
        return _yours(request, visited(key=key, now=now), form, told=refusal.sentence)
    return redirect("selfreferral:yours")


def _yours(request: HttpRequest, referral: Referral, form: SayForm, told: str = "", status: int = 200) -> HttpResponse:
    is_own = referral.is_by_themselves
    context = {
        "form": form,
        "told": told,
        "is_heard": "heard" in request.GET,
        "is_own": is_own,
        "label": referral.public_label if is_own else "",
        "may_stop": may_do(referral, State.WITHDRAWN),
        "may_ask_again": may_do(referral, State.NEW),
        "ways": _ways(referral) if is_own else [],
        "looks": looked_at(referral) if is_own else None,
    }
    return render(request, "selfreferral/yours.html", context, status=status)


def _ways(referral: Referral) -> list[dict[str, str]]:
    """The ways that may be used today, in the person's own words, with no number and no address."""
    return [{"way": way.value, "label": WAYS_IN_WORDS[way]} for way in card_of(referral.stands_for).allowed]


def _may_try(request: HttpRequest) -> bool:
    mine = within_limit(request, "selfreferral.return", limit=TRIES, seconds=TRIES_WITHIN)
    return mine and within_limit(
        request, "selfreferral.return.all", limit=TRIES_OF_ALL, seconds=ALL_WITHIN, is_for_all=True
    )


def _why_not(typed: str) -> str:
    """What to look at; it never says whether words like these exist."""
    unknown = return_code.unknown_words(typed)
    if unknown:
        return f"“{unknown[0][:30]}” is not one of our words. Look at it again"
    return "These words open nothing. Look at them again: six words, in the same order"
