"""The editor's screens of one sending: how far it is, live; what to do about it; and the mail as it went."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from newsletter.actions.freezing import CannotSend
from newsletter.desk import days, deeds
from newsletter.desk import lines as desk
from newsletter.desk.progress import progress_of
from newsletter.models import Campaign
from newsletter.permissions import SEND
from newsletter.rendering.edition import example_links, with_links
from newsletter.views.sending import LIST
from portal.accounts.permissions import StaffRequest, staff_view
from portal.clock import now, say_whole_date
from portal.pages.screens import screen_header


@staff_view(SEND)
@require_safe
def sending(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign = _campaign(campaign_id)
    header = screen_header(campaign.subject, LIST, icon="mail")
    return render(request, "newsletter/admin/sending.html", header | _shown(campaign))


@staff_view(SEND)
@require_safe
def progress(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The part of the screen that moves, for the script that asks for it every few seconds."""
    return render(request, "newsletter/admin/progress.html", _shown(_campaign(campaign_id)))


@staff_view(SEND)
@require_POST
def change(request: StaffRequest, campaign_id: int, word: str) -> HttpResponse:
    if word not in deeds.DEEDS:
        raise Http404
    campaign = get_object_or_404(Campaign, pk=campaign_id)
    try:
        messages.success(request, deeds.do(word, campaign=campaign, by=request.user, now=now()))
    except CannotSend as refusal:
        messages.error(request, str(refusal))
    return redirect("newspaper_sending", campaign.pk)


@staff_view(SEND)
@require_safe
def words(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The mail as it was fixed, in a frame that may do nothing, and its text."""
    campaign = _frozen(campaign_id)
    above = (campaign.subject, "newspaper_sending", campaign.pk)
    header = screen_header("The mail as it went", LIST, above, icon="mail")
    shown = {"campaign": campaign, "text": with_links(campaign.text, example_links())}
    return render(request, "newsletter/admin/words.html", header | shown)


@staff_view(SEND)
@require_safe
@xframe_options_sameorigin
def mail(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The frozen mail alone, for the frame; its links to leave are examples."""
    return HttpResponse(with_links(_frozen(campaign_id).html, example_links()))


@staff_view(SEND)
@require_safe
def week(request: HttpRequest, day: str) -> HttpResponse:
    """The weekly mail of one day with its parts."""
    line = desk.day_line(_day(day))
    if line is None:
        raise Http404
    labels = desk.segment_labels(line.campaigns)
    parts = [(campaign, labels[campaign.pk]) for campaign in line.campaigns]
    context = screen_header(f"Weekly mail of {say_whole_date(line.day)}", LIST, icon="mail")
    context |= {"line": line, "parts": parts, "deeds": days.possible(line)}
    return render(request, "newsletter/admin/week.html", context)


@staff_view(SEND)
@require_POST
def change_week(request: StaffRequest, day: str, word: str) -> HttpResponse:
    """One press for every version of a day's weekly mail."""
    if word not in days.DEEDS:
        raise Http404
    try:
        messages.success(request, days.do(word, day=_day(day), by=request.user, now=now()))
    except CannotSend as refusal:
        messages.error(request, str(refusal))
    return redirect("newspaper_week", day)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Http404 from None


def _campaign(number: int) -> Campaign:
    return get_object_or_404(Campaign.objects.without_words().select_related("issue"), pk=number)


def _frozen(number: int) -> Campaign:
    campaign = get_object_or_404(Campaign, pk=number)
    if campaign.frozen_at is None:
        raise Http404
    return campaign


def _shown(campaign: Campaign) -> dict[str, Any]:
    in_the_way = deeds.waits_because(campaign)
    return {
        "campaign": campaign,
        "segment": desk.segment_labels([campaign])[campaign.pk] if campaign.digest_on else "",
        "progress": progress_of(campaign, now=now()),
        "reasons": campaign.deliveries.reasons(),
        "in_the_way": in_the_way,
        "deeds": deeds.possible(campaign, in_the_way=in_the_way),
    }
