"""The way of somebody who asks for help, from the first page to the reference, and the door out of it at any time."""

import logging

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from engagement.comments.words.distress import signs_of_distress
from portal.spam import within_limit
from selfreferral import vault
from selfreferral.actions.drafts import keep_refused, open_draft, opened, save_answers
from selfreferral.actions.drafts import leave as leave_draft
from selfreferral.actions.referrals import send_referral
from selfreferral.actions.returning import end_visit, words_kept
from selfreferral.models import QuestionWording, Referral
from selfreferral.patience import waiting_at_most
from selfreferral.questions import flow
from selfreferral.questions.forms import SendForm, StepForm
from selfreferral.questions.shapes import Answers, Kind, is_worried
from selfreferral.readiness import check_open
from selfreferral.refusals import NoDraft, NotFinished
from selfreferral.views.handed_back import begins_with
from selfreferral.views.privately import COOKIE, key_of, privately, quietly, with_cookie, without_cookie

log = logging.getLogger(__name__)
SENT_PER_ADDRESS, SENT_WITHIN = 20, 60 * 60
# A page that lacks something is shown again by its own address, so that Back asks nobody to send it twice; not a whole book.
LONGEST_REFUSED = 50_000
LEAVES_WITHIN_SECONDS = 0.5
in_turn = require_http_methods(["GET", "HEAD", "POST"])


@privately
@in_turn
def start(request: HttpRequest) -> HttpResponse:
    """What happens, who reads it, and the numbers for somebody who cannot wait."""
    check_open()
    if request.method != "POST":
        return render(request, "selfreferral/start.html")
    key, now = vault.new_draft_key(), timezone.now()
    open_draft(key=key, now=now)
    begun = begins_with(request)
    if begun is not None:
        form = StepForm(request.POST, step=begun, answers={})
        if form.is_valid():
            save_answers(key=key, step=begun, given=form.given(), now=now)
    return with_cookie(_to(opened(key=key, now=now)[1].first_open), key)


@privately
@require_safe
def good_to_know(request: HttpRequest) -> HttpResponse:
    """How to be careful with a phone that somebody else looks at."""
    return render(request, "selfreferral/good_to_know.html")


@privately
@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """Somebody laid the phone down for too long; what they see is what anybody would see."""
    return render(request, "selfreferral/closed.html")


@privately
@require_safe
def onward(request: HttpRequest) -> HttpResponse:
    """The next page that is open, for somebody who comes to /here/ itself."""
    _, progress = opened(key=key_of(request), now=timezone.now())
    return _to(progress.first_open)


@privately
@in_turn
def step(request: HttpRequest, number: int) -> HttpResponse:
    """One page of the path."""
    vault.check_keys()
    key = key_of(request)
    _, progress = opened(key=key, now=timezone.now())
    if not progress.may_open(number):
        return _to(progress.first_open)
    here = progress.path_in(QuestionWording.objects.asked_now()).steps[number - 1]
    typed = _typed_before(progress, here) if request.method != "POST" else request.POST
    form = StepForm(typed, step=here, answers=progress.path.answers)
    if request.method == "POST":
        if request.POST.get("page") != here.page.key:
            return _to(progress.first_open)
        if form.is_valid():
            progress = save_answers(key=key, step=here, given=form.given(), now=timezone.now())
            return _to(progress.after(number))
        sent = {name: request.POST.getlist(name) for name in ("page", *here.keys)}
        if sum(len(value) for values in sent.values() for value in values) <= LONGEST_REFUSED:
            keep_refused(key=key, typed=sent, now=timezone.now())
            return redirect("selfreferral:step", number=number)
    return render(request, "selfreferral/step.html", _step_context(progress, here, form))


@privately
@in_turn
def check(request: HttpRequest) -> HttpResponse:
    """All the answers, each with a way to change it, and the button that sends them."""
    vault.check_keys()
    key = key_of(request)
    if request.method == "POST":
        form = SendForm(request.POST)
        is_one_of_many = not within_limit(request, "selfreferral.send", limit=SENT_PER_ADDRESS, seconds=SENT_WITHIN)
        is_doubted = is_one_of_many or not form.is_valid()
        try:
            send_referral(key=key, now=timezone.now(), is_doubted=is_doubted, alerts=not is_one_of_many)
        except NotFinished:
            return redirect("selfreferral:onward")
        return redirect("selfreferral:sent")
    _, progress = opened(key=key, now=timezone.now())
    if progress.first_open is not None:
        return _to(progress.first_open)
    path = progress.path_in(QuestionWording.objects.asked_now())
    context = {"rows": _rows(path), "form": SendForm(), "numbers_first": is_worried(path.answers)}
    return render(request, "selfreferral/check.html", context)


@privately
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The reference, and what happens next."""
    token = vault.submission_token(key_of(request))
    referral = Referral.objects.sent_with(token).sent_lately(now=timezone.now()).first()
    if referral is None:
        raise NoDraft
    has_words = bool(words_kept(key=key_of(request), now=timezone.now()))
    return render(request, "selfreferral/sent.html", {"referral": referral, "has_words": has_words})


@privately
@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    """Out at once: the draft is gone, the browser forgets, and another site is shown. It never fails to leave."""
    key = request.COOKIES.get(COOKIE, "")
    if key:
        try:
            with waiting_at_most(LEAVES_WITHIN_SECONDS):
                leave_draft(key=key)
                end_visit(key=key)
        except DatabaseError:
            log.error("A draft could not be deleted while somebody left; it dies by itself within the hour.")
    response = HttpResponse(status=303, headers={"Location": settings.QUICK_EXIT_URL})
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response.headers["Referrer-Policy"] = "no-referrer"
    return without_cookie(quietly(response))


def _to(step: flow.Step | None) -> HttpResponseRedirect:
    return redirect("selfreferral:step", number=step.number) if step else redirect("selfreferral:check")


def _typed_before(progress: flow.Progress, here: flow.Step) -> MultiValueDict[str, str] | None:
    """What was typed on this page the last time, if it was not taken."""
    return MultiValueDict(progress.refused) if progress.refused.get("page") == [here.page.key] else None


def _step_context(progress: flow.Progress, here: flow.Step, form: StepForm) -> dict[str, object]:
    path = progress.path
    before = path.steps[here.number - 2] if here.number > 1 else None
    return {
        "form": form,
        "number": here.number,
        "total": len(path.steps),
        "page_heading": here.page.title(path.answers),
        "hint": here.page.hint,
        "before": before,
        "is_only": len(here.questions) == 1 and not here.page.heading,
        "is_choices": all(question.kind is Kind.ONE for question in here.questions),
        "may_skip": not any(question.must for question in here.questions),
        "numbers_first": before is not None and _needs_numbers(before.page.key, path.answers),
    }


def _needs_numbers(page: str, answers: Answers) -> bool:
    """Whether what was just said, or just written, is a reason to show who to ring before anything else."""
    if page == "what_would_help":
        return bool(signs_of_distress(str(answers.get("what_would_help", ""))))
    return page == "danger" and is_worried(answers)


def _rows(path: flow.Path) -> list[dict[str, str]]:
    """Each question of the path with its answer, for the page on which all can be checked."""
    return [
        {
            "label": flow.full_label(here.page, question, path.answers),
            "value": flow.in_words(question, path.answers.get(question.key)) or question.left_out,
            "change_url": f"/here/{here.number}/",
        }
        for here in path.steps
        for question in here.questions
    ]
