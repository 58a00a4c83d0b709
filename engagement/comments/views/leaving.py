"""Where a resident leaves a comment, with or without a map: form, preview, send. Only a photo is stored before."""

import logging
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from engagement.comments.actions.following import ask_to_hear
from engagement.comments.actions.leaving import leave_comment
from engagement.comments.actions.photos import take_in
from engagement.comments.actions.supporting import support
from engagement.comments.hearing.links import yours_path
from engagement.comments.leaving.browsers import new_number, number_of, remember
from engagement.comments.leaving.forms import CommentForm, HelpForm
from engagement.comments.leaving.preview import preview_of
from engagement.comments.models import Consultation, PlaceComment
from engagement.comments.views.hearing import may_ask_to_hear
from engagement.comments.views.supporting import may_agree
from engagement.comments.words.screening import without_marks
from portal.accounts.permissions import public
from portal.refusals import Refused
from portal.spam import within_limit

logger = logging.getLogger(__name__)
WINDOW_SECONDS = 10 * 60
# A whole library or a session around one table may share an address; beyond this a person looks first.
MANY = 30
# No table is as busy as this: what comes is given back with its words, to be sent a little later.
TOO_MANY = 120
TOO_MANY_PHOTOS = 20
WAIT = (
    "Very many messages have come from your connection. Nothing is lost: wait ten minutes, then press the button again."
)
PHOTOS_WAIT = "Very many photos have come from your connection. Wait ten minutes, or send your words without it."
# What a press can take out of: everything that everybody would read.
SHOWN_WORDS = ("words", "where_words", "author_name", "photo_words")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """The form; a browser keeps what was typed into it for its own way back, and no other computer keeps anything."""
    if request.method == "POST":
        return _answer(request)
    return cache_control(private=True, no_cache=True)(_empty_form)(request)


def _empty_form(request: HttpRequest) -> HttpResponse:
    consultation = _consultation(request)
    return _form(request, CommentForm(consultation=consultation))


@cache_control(private=True, no_cache=True)
def _answer(request: HttpRequest) -> HttpResponse:
    """One of the presses on form or preview; whatever is wrong gives the form back with every word in it."""
    consultation, go = _consultation(request), request.POST.get("go", "")
    if go == "change":
        return _form(request, CommentForm.again(request.POST.dict(), consultation=consultation))
    typed = _changed_by(go, request.POST.copy())
    problem = _take_photo(request, typed)
    form = CommentForm(typed, consultation=consultation)
    if problem:
        form.add_error("photo", problem)
    if why_not := consultation.why_not(timezone.localdate()):
        form.add_error(None, why_not)
    if not within_limit(request, "comments.press", limit=TOO_MANY, seconds=WINDOW_SECONDS):
        form.add_error(None, WAIT)
        return _form(request, form, status=429)
    if not form.is_valid():
        return _form(request, form)
    if reference := request.POST.get("support"):
        return _agree(request, form, reference)
    help_form = HelpForm(request.POST if go == "send" else None)
    if go != "send" or not help_form.is_valid():
        return _preview(request, form, help_form)
    return _send(request, form, help_form)


def _send(request: HttpRequest, form: CommentForm, help_form: HelpForm) -> HttpResponse:
    is_one_of_many = not within_limit(request, "comments.leave", limit=MANY, seconds=WINDOW_SECONDS)
    try:
        comment = leave_comment(**form.as_comment(), consent=help_form.consent, is_one_of_many=is_one_of_many)
    except Refused as reason:
        form.add_error(None, reason.sentence)
        return _form(request, form)
    messages.success(request, "Thank you. We have your words.")
    return redirect(yours_path(comment))


def _preview(request: HttpRequest, form: CommentForm, help_form: HelpForm) -> HttpResponse:
    preview = preview_of(form.as_comment())
    if preview.signs:
        # The names of the rules alone, so that how often they speak can be told without anybody's words.
        logger.info("Help was offered before a comment was sent: %s", ", ".join(preview.signs))
    context = {"form": form, "help_form": help_form, "preview": preview, "consultation": form.consultation}
    response = render(request, "comments/preview.html", context)
    if preview.signs:
        # Nobody who takes the phone next may find these words by going back.
        add_never_cache_headers(response)
    return response


def _agree(request: HttpRequest, form: CommentForm, reference: str) -> HttpResponse:
    """It is there already: agree with that one instead, and hear what becomes of it."""
    comment = PlaceComment.objects.published().with_references([reference]).first()
    if comment is None:
        form.add_error(None, "That comment is not there any more. Yours is still here.")
        return _form(request, form)
    number, address = number_of(request) or new_number(), form.cleaned_data["address"]
    if not may_agree(request) or (address and not may_ask_to_hear(request)):
        form.add_error(None, WAIT)
        return _form(request, form, status=429)
    try:
        # Both or neither: whoever reads why not has agreed with nothing yet.
        with transaction.atomic():
            support(comment=comment, browser=number)
            if address:
                ask_to_hear(comment=comment, address=address)
    except Refused as reason:
        form.add_error(None, reason.sentence)
        return _form(request, form)
    messages.success(request, "Thank you. We have counted you.")
    if address:
        messages.info(request, "Look in your mail. Open the link in it and press the button.")
    response = redirect(comment)
    remember(response, number)
    return response


def _form(request: HttpRequest, form: CommentForm, *, status: int = 200) -> HttpResponse:
    consultation = form.consultation
    context = {"form": form, "consultation": consultation, "why_not": consultation.why_not(timezone.localdate())}
    return render(request, "comments/add.html", context, status=status)


def _consultation(request: HttpRequest) -> Consultation:
    """The consultation that the address names, or the village's own conversation."""
    slug = request.GET.get("consultation", "")
    return get_object_or_404(Consultation.objects.named(slug)) if slug else Consultation.objects.standing()


def _changed_by(go: str, typed: QueryDict) -> QueryDict:
    """What was typed, after the press that changes something in it."""
    if go == "take_out":
        for name in SHOWN_WORDS:
            typed[name] = without_marks(typed.get(name, ""))
    if go == "swap":
        typed["latitude"], typed["longitude"] = typed.get("longitude", ""), typed.get("latitude", "")
    if typed.get("leave_photo_out"):
        typed["photo_key"] = ""
    return typed


def _take_photo(request: HttpRequest, typed: QueryDict) -> str:
    """Take a photo in that came with the form, so that it is not lost if something else is wrong; why not, if not."""
    file: Any = request.FILES.get("photo")
    if file is None:
        return ""
    if not within_limit(request, "comments.photo", limit=TOO_MANY_PHOTOS, seconds=WINDOW_SECONDS):
        return PHOTOS_WAIT
    try:
        typed["photo_key"] = take_in(file=file).key
    except Refused as reason:
        return reason.sentence
    return ""
