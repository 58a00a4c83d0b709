"""The editor's screens of issues, inside the Wagtail admin: the list, and one issue to be tried, sent or planned."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from newsletter.actions import campaigns, plans
from newsletter.actions.freezing import CannotSend
from newsletter.desk import lines as desk
from newsletter.desk.deeds import waits_because
from newsletter.desk.forms import PlanForm, SendForm, TestForm
from newsletter.gate import findings_of
from newsletter.models import Campaign, IssuePage
from newsletter.permissions import SEND
from newsletter.planning import NoSuchMoment
from newsletter.single_mails import paper_editions
from portal.accounts.permissions import StaffRequest, staff_view
from portal.clock import now, say_moment
from portal.emails.suppression import is_suppressed
from portal.pages.screens import screen_header

LIST = ("Newspaper", "newspaper_issues")
IDS_OF_SENDING = "now_%s"


@staff_view(SEND)
@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    shown = {"lines": desk.issue_lines(), "days": desk.day_lines(), "roll": desk.roll()}
    shown |= {"left_behind": desk.without_issue()}
    return render(request, "newsletter/admin/issues.html", screen_header("Newspaper", icon="mail") | shown)


@staff_view(SEND)
@require_safe
def issue(request: StaffRequest, issue_id: int) -> HttpResponse:
    return _issue(request, get_object_or_404(IssuePage, pk=issue_id))


@staff_view(SEND)
@require_POST
def test(request: StaffRequest, issue_id: int) -> HttpResponse:
    page = get_object_or_404(IssuePage, pk=issue_id)
    form = TestForm(request.POST, by=request.user)
    if not form.is_valid():
        return _issue(request, page, test_form=form)
    sent_to = campaigns.ask_for_test(issue=page, by=request.user, to=form.cleaned_data["colleagues"])
    where = "your own address" if sent_to == 1 else f"you and {sent_to - 1} more"
    if is_suppressed(request.user.email):
        messages.warning(request, "No mail may go to your own address, so the test does not: see Stopped addresses.")
    if sent_to > 1 or not is_suppressed(request.user.email):
        messages.success(request, f"A test is on its way to {where}.")
    return redirect("newspaper_issue", page.pk)


@staff_view(SEND)
@require_POST
def send(request: StaffRequest, issue_id: int) -> HttpResponse:
    page = get_object_or_404(IssuePage, pk=issue_id)
    form = SendForm(request.POST, auto_id=IDS_OF_SENDING)
    if not form.is_valid():
        return _issue(request, page, send_form=form)
    try:
        campaign = campaigns.freeze(issue=page, by=request.user, **form.cleaned_data)
    except CannotSend as refusal:
        messages.error(request, str(refusal))
        return _issue(request, page, send_form=SendForm(_as_typed(request, page), auto_id=IDS_OF_SENDING))
    messages.success(request, "It starts in half a minute. Until then you can stop it.")
    return redirect("newspaper_sending", campaign.pk)


@staff_view(SEND)
@require_POST
def plan(request: StaffRequest, issue_id: int) -> HttpResponse:
    page = get_object_or_404(IssuePage, pk=issue_id)
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _issue(request, page, form=form)
    asked = {"seen_revision": form.cleaned_data["seen_revision"], "reason": form.cleaned_data["reason"]}
    try:
        planned = plans.plan(issue=page, at=form.cleaned_data["moment"], by=request.user, now=now(), **asked)
    except (CannotSend, NoSuchMoment) as refusal:
        messages.error(request, str(refusal))
        return _issue(request, page, form=PlanForm(_as_typed(request, page)))
    messages.success(
        request, f"Planned for {say_moment(planned.starts_at)}. Until then you can change it or take it back."
    )
    return redirect("newspaper_sending", planned.pk)


def _issue(
    request: StaffRequest,
    page: IssuePage,
    *,
    form: PlanForm | None = None,
    send_form: SendForm | None = None,
    test_form: TestForm | None = None,
) -> HttpResponse:
    """One issue's screen, with what was typed where something has to be put right."""
    campaign = Campaign.objects.that_count().of_issue(page).without_words().first()
    findings = findings_of(page)
    is_refused = any(one is not None for one in (form, send_form, test_form))
    context: dict[str, Any] = screen_header(page.title, LIST, icon="mail") | {
        "issue": page,
        "campaign": campaign,
        "in_the_way": waits_because(campaign) if campaign else "",
        "is_open": page.live and (campaign is None or campaign.is_unfrozen),
        "readers": desk.readers_of(page),
        "blocking": [finding for finding in findings if finding.blocks_sending],
        "others": [finding for finding in findings if not finding.blocks_sending],
        "send_form": send_form or SendForm(initial=_initial(page, campaign), auto_id=IDS_OF_SENDING),
        "form": form or PlanForm(initial=_initial(page, campaign)),
        "editions": paper_editions(page) if page.live else [],
        "test_form": test_form or TestForm(by=request.user),
    }
    return render(request, "newsletter/admin/issue.html", context, status=422 if is_refused else 200)


def _as_typed(request: StaffRequest, page: IssuePage) -> QueryDict:
    """What was typed, for the issue as it is shown now: whoever sends the screen again has seen this revision."""
    typed = request.POST.copy()
    typed["seen_revision"] = str(page.live_revision_id or 0)
    return typed


def _initial(page: IssuePage, campaign: Campaign | None) -> dict[str, Any]:
    first: dict[str, Any] = {"seen_revision": page.live_revision_id}
    if campaign is not None and campaign.is_unfrozen:
        first |= {"reason": campaign.override_reason}
    return first
