"""The editor's sending screens, inside the Wagtail admin."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from newsletter.actions import campaigns
from newsletter.desk import lines as desk
from newsletter.desk.forms import SendForm
from newsletter.models import Campaign, IssuePage
from newsletter.workflow import CampaignState
from portal.accounts.permissions import StaffRequest, staff_view

PERMISSION = "newsletter.send_campaign"
_CHANGES: dict[str, tuple[Callable[..., Campaign], str]] = {
    "stop": (campaigns.stop, "Stopped. No mail has gone, and you can send the issue again."),
    "hold": (campaigns.hold, "On hold. No further mail goes until you say so."),
    "go-on": (campaigns.go_on, "It goes on from where it stood."),
}


@staff_view(PERMISSION)
@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    context = _page("Newspaper", []) | {"lines": desk.issue_lines(), "readers": desk.readers_now()}
    return render(request, "newsletter/admin/issues.html", context)


@staff_view(PERMISSION)
@require_safe
def issue(request: HttpRequest, issue_id: int) -> HttpResponse:
    page = get_object_or_404(IssuePage, pk=issue_id)
    context = _page(page.title, [("Newspaper", "newspaper_issues", [])]) | {
        "issue": page,
        "readers": desk.readers_now(),
        "warnings": desk.warnings_for(page),
        "campaign": Campaign.objects.that_count().of_issue(page).without_words().first(),
        "form": SendForm(initial={"seen_revision": page.live_revision_id}),
    }
    return render(request, "newsletter/admin/issue.html", context)


@staff_view(PERMISSION)
@require_POST
def test(request: StaffRequest, issue_id: int) -> HttpResponse:
    page = get_object_or_404(IssuePage, pk=issue_id)
    campaigns.ask_for_test(issue=page, by=request.user)
    messages.success(request, "A test is on its way to your own address.")
    return redirect("newspaper_issue", page.pk)


@staff_view(PERMISSION)
@require_POST
def send(request: StaffRequest, issue_id: int) -> HttpResponse:
    page = get_object_or_404(IssuePage, pk=issue_id)
    form = SendForm(request.POST)
    seen = form.cleaned_data["seen_revision"] if form.is_valid() else 0
    try:
        campaign = campaigns.freeze(issue=page, by=request.user, seen_revision=seen)
    except campaigns.CannotSend as refusal:
        messages.error(request, str(refusal))
        return redirect("newspaper_issue", page.pk)
    messages.success(request, "It starts in half a minute. Until then you can stop it.")
    return redirect("newspaper_sending", campaign.pk)


@staff_view(PERMISSION)
@require_safe
def sending(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign.objects.without_words(), pk=campaign_id)
    context = _page(campaign.subject, [("Newspaper", "newspaper_issues", [])]) | {
        "campaign": campaign,
        "lines": desk.count_lines(campaign),
        "reasons": campaign.deliveries.reasons(),
        "states": CampaignState,
        "now": timezone.now(),
    }
    return render(request, "newsletter/admin/sending.html", context)


@staff_view(PERMISSION)
@require_POST
def change(request: StaffRequest, campaign_id: int, word: str) -> HttpResponse:
    if word not in _CHANGES:
        raise Http404
    campaign = get_object_or_404(Campaign, pk=campaign_id)
    act, done = _CHANGES[word]
    also = {"because": "Somebody put it on hold."} if word == "hold" else {}
    try:
        act(campaign=campaign, by=request.user, **also)
        messages.success(request, done)
    except campaigns.CannotSend as refusal:
        messages.error(request, str(refusal))
    return redirect("newspaper_sending", campaign.pk)


def _page(title: str, above: list[tuple[str, str, list[int]]]) -> dict[str, Any]:
    """What Wagtail's own header needs: the way back and the title."""
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": "Home"}]
    crumbs += [{"url": reverse(name, args=arguments), "label": label} for label, name, arguments in above]
    return {
        "breadcrumbs_items": [*crumbs, {"url": "", "label": title}],
        "header_title": title,
        "header_icon": "mail",
    }
