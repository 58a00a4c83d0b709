"""Typing in a paper form, or a talk on the phone or at a table, and what the person is told afterwards."""

import logging

from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.permissions import StaffRequest, staff_view
from portal.refusals import Refused
from selfreferral.actions.entering import CameBy, give_words, may_give_words, take_down
from selfreferral.models import QuestionWording, Referral
from selfreferral.people import WORK
from selfreferral.questions.entry_form import EntryForm
from selfreferral.vault import VaultIsShut
from selfreferral.views.referral import find
from selfreferral.views.silence import silently

log = logging.getLogger(__name__)
SHUT = "Our keys do not open, so nothing can be taken in. Tell your technician. What you typed is still here."
STUCK = "We could not keep it just now. What you typed is still here: try again in a minute."


@staff_view(WORK)
@require_safe
def choose(request: StaffRequest) -> HttpResponse:
    """On paper, or said to us."""
    return render(request, "selfreferral/admin/entering_choose.html")


@staff_view(WORK)
@require_http_methods(["GET", "HEAD", "POST"])
@silently
def enter(request: StaffRequest, came_by: str) -> HttpResponse:
    """All the questions on one page; what was typed stays until it is taken."""
    way, pages = CameBy(came_by), QuestionWording.objects.asked_now()
    if request.method != "POST":
        return _page(request, EntryForm(came_by=way, pages=pages), way)
    form = EntryForm(request.POST, came_by=way, pages=pages)
    if "again" in request.POST or form.asks_more:
        begun = EntryForm(came_by=way, pages=pages, begun=request.POST)
        return _page(request, begun, way, has_more=form.asks_more)
    if not form.is_valid():
        return _page(request, form, way, status=400)
    try:
        referral = take_down(
            answers=form.answers,
            came_by=way,
            agreed=form.agreed,
            by=request.user,
            now=timezone.now(),
            submission_token=form.cleaned_data["token"],
            handed_in_on=form.handed_in_on,
        )
    except Refused as refused:
        return _refused(request, form, way, refused.sentence, refused.status)
    except VaultIsShut:
        return _refused(request, form, way, SHUT, 503)
    except DatabaseError:
        log.error("What somebody of the team typed in could not be kept.")
        return _refused(request, form, way, STUCK, 503)
    return redirect("selfreferral_staff:taken", reference=referral.reference)


@staff_view(WORK)
@require_safe
def taken(request: StaffRequest, reference: str) -> HttpResponse:
    """The reference to say to the person."""
    return _taken(request, find(reference))


@staff_view(WORK)
@require_POST
def words(request: StaffRequest, reference: str) -> HttpResponse:
    """Six words for the person, shown this once."""
    referral = find(reference)
    try:
        made = give_words(referral=referral, by=request.user, now=timezone.now())
    except Refused as refused:
        return _taken(request, referral, told=refused.sentence, status=refused.status)
    return _taken(request, referral, made=made)


def _page(
    request: StaffRequest, form: EntryForm, way: CameBy, *, has_more: bool = False, status: int = 200
) -> HttpResponse:
    context = {"form": form, "way": way, "is_paper": way is CameBy.PAPER, "has_more": has_more}
    return render(request, "selfreferral/admin/entering.html", context, status=status)


def _refused(request: StaffRequest, form: EntryForm, way: CameBy, sentence: str, status: int) -> HttpResponse:
    form.add_error(None, sentence)
    return _page(request, form, way, status=status)


def _taken(
    request: StaffRequest, referral: Referral, *, made: str = "", told: str = "", status: int = 200
) -> HttpResponse:
    may_have_words = may_give_words(referral=referral, by=request.user, now=timezone.now())
    context = {
        "referral": referral,
        "words": made,
        "told": told,
        "may_have_words": may_have_words,
        "is_paper": referral.came_by == CameBy.PAPER,
    }
    return render(request, "selfreferral/admin/entering_taken.html", context, status=status)
