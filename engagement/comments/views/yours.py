"""The author's own page, by a signed link and with no account: where their comment stands, and what they can still do."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from engagement.comments.actions import authoring
from engagement.comments.actions.following import ask_to_hear
from engagement.comments.hearing.forms import AddWordsForm, HearForm
from engagement.comments.hearing.links import comment_of_yours_link
from engagement.comments.leaving.deadlines import read_by
from engagement.comments.models import PlaceComment
from engagement.comments.models.reading import ANSWER_WITHIN
from engagement.comments.views.hearing import may_ask_to_hear
from engagement.comments.words.author_words import held_words, why_not_shown
from engagement.comments.words.distress import signs_of_distress
from engagement.comments.workflow import Status
from portal.accounts.permissions import public
from portal.emails.links import absolute
from portal.pages.errors import too_many
from portal.refusals import Refused

Page = Callable[[HttpRequest, PlaceComment], HttpResponse]
Opened = Callable[[HttpRequest, str], HttpResponseBase]


def by_link(page: Page) -> Opened:
    """Open a page with the comment that the signed link in its address is for."""

    @public
    @never_cache
    @wraps(page)
    def opened(request: HttpRequest, token: str) -> HttpResponseBase:
        comment = comment_of_yours_link(token)
        return page(request, comment) if comment else render(request, "comments/old_link.html", status=404)

    return opened


@require_safe
@by_link
def yours(request: HttpRequest, comment: PlaceComment) -> HttpResponse:
    return _page(request, comment)


@require_POST
@by_link
def withdraw(request: HttpRequest, comment: PlaceComment) -> HttpResponse:
    return _do(request, comment, authoring.withdraw, "You took it back. Nobody else can read it now.")


@require_POST
@by_link
def put_back(request: HttpRequest, comment: PlaceComment) -> HttpResponse:
    return _do(request, comment, authoring.put_back, "Your comment is back where it was.")


@require_POST
@by_link
def hide_name(request: HttpRequest, comment: PlaceComment) -> HttpResponse:
    return _do(request, comment, authoring.hide_name, "Your name is hidden now.")


@require_POST
@by_link
def add_words(request: HttpRequest, comment: PlaceComment) -> HttpResponse:
    form = AddWordsForm(request.POST)
    if form.is_valid():
        try:
            authoring.add_words(comment=comment, words=form.cleaned_data["words"])
        except Refused as reason:
            form.add_error(None, reason.sentence)
        else:
            messages.success(request, "We have your words. One of us reads them first.")
            return redirect("comment_yours", _token(request))
    return _page(request, comment, add_form=form)


@require_POST
@by_link
def hear(request: HttpRequest, comment: PlaceComment) -> HttpResponse:
    form = HearForm(request.POST)
    if not may_ask_to_hear(request):
        return too_many(request)
    if form.is_valid():
        try:
            ask_to_hear(comment=comment, address=form.cleaned_data["address"], is_author=True)
        except Refused as reason:
            form.add_error(None, reason.sentence)
        else:
            messages.success(request, "Look in your mail. Open the link in it and press the button.")
            return redirect("comment_yours", _token(request))
    return _page(request, comment, hear_form=form)


def _do(request: HttpRequest, comment: PlaceComment, action: Callable[..., Any], done: str) -> HttpResponse:
    try:
        action(comment=comment)
    except Refused as reason:
        messages.error(request, reason.sentence)
    else:
        messages.success(request, done)
    return redirect("comment_yours", _token(request))


def _page(
    request: HttpRequest,
    comment: PlaceComment,
    *,
    add_form: AddWordsForm | None = None,
    hear_form: HearForm | None = None,
) -> HttpResponse:
    is_erased = comment.status == Status.ERASED
    typed = add_form["words"].value() or "" if add_form else ""
    today, last = timezone.localdate(), comment.last_decision
    reading, answering = read_by(timezone.localdate(comment.sent_at)), comment.sent_at + ANSWER_WITHIN
    context = {
        "comment": comment,
        "token": _token(request),
        "own_address": absolute(reverse("comment_yours", args=[_token(request)])),
        "read_by": reading,
        "is_late": today > reading,
        "answer_by": answering,
        "is_answer_late": today > timezone.localdate(answering),
        "held_words": held_words(last.reason if last else ""),
        "why_not": why_not_shown(last.reason if last else ""),
        "told": last.told if last else "",
        "can_put_back": authoring.own_withdrawal(comment) is not None,
        "may_add_words": authoring.may_add_words(comment),
        "is_heard": comment.followers.confirmed().only_authors().exists(),
        "is_asked": comment.followers.only_authors().exists(),
        "may_need_help": bool(signs_of_distress(typed)) or (comment.risk == PlaceComment.Risk.HELP and not is_erased),
        "add_form": add_form or AddWordsForm(),
        "hear_form": hear_form or HearForm(),
        "form": add_form or hear_form,
    }
    return render(request, "comments/yours.html", context)


def _token(request: HttpRequest) -> str:
    """The key in the address, which stays the same from page to page."""
    assert request.resolver_match is not None, "a view runs behind its address"
    return str(request.resolver_match.kwargs["token"])
