"""Staff settle copies whose fate nobody knows, and stop mail to an address or allow it again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from newsletter.actions import settling
from newsletter.desk.settling_forms import ON_A_PAGE, LiftForm, SettleForm, StopForm
from newsletter.models import Campaign
from newsletter.permissions import KEEP_READERS, SEND
from newsletter.views.sending import LIST
from newsletter.workflow import CampaignState
from portal.accounts.permissions import StaffRequest, staff_view
from portal.emails.models import Suppression
from portal.emails.suppression import lift
from portal.pages.screens import screen_header
from portal.paging import counted, in_words, page_of
from portal.refusals import Refused


@staff_view(SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: StaffRequest, campaign_id: int) -> HttpResponse:
    """The only screen on which an editor sees a reader's address: it is needed to look a copy up in the provider's log."""
    campaign = get_object_or_404(Campaign.objects.without_words(), pk=campaign_id)
    if request.method == "POST":
        _settle(request, campaign)
        return redirect("newspaper_settle", campaign.pk)
    uncertain = campaign.deliveries.uncertain().with_reader().oldest_first()
    page = page_of(uncertain, asked=request.GET, size=ON_A_PAGE)
    settling.look_at_uncertain(campaign=campaign, copies=len(page), by=request.user)
    sending = (campaign.subject, "newspaper_sending", campaign.pk)
    context = screen_header("Uncertain copies", LIST, sending, icon="mail") | {
        "campaign": campaign,
        "page": page,
        "count": in_words(counted(uncertain)),
        "is_over": campaign.state in {CampaignState.CANCELLED, CampaignState.STOPPED},
    }
    return render(request, "newsletter/admin/settle.html", context)


@staff_view(KEEP_READERS)
@require_safe
def stopped(request: HttpRequest) -> HttpResponse:
    """How many addresses get no mail, by reason; never which."""
    return _stopped(request, StopForm(), LiftForm())


@staff_view(KEEP_READERS)
@require_http_methods(["POST"])
def stop_address(request: StaffRequest) -> HttpResponse:
    form = StopForm(request.POST)
    if not form.is_valid():
        return _stopped(request, form, LiftForm())
    reason = Suppression.Reason(form.cleaned_data["reason"])
    settling.stop_address(address=form.cleaned_data["address"], reason=reason, by=request.user)
    messages.success(request, "Written down. No mail of ours goes to this address any more.")
    return redirect("newspaper_stopped")


@staff_view(KEEP_READERS)
@require_http_methods(["POST"])
def lift_address(request: StaffRequest) -> HttpResponse:
    form = LiftForm(request.POST)
    if form.is_valid():
        try:
            lift(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error("address", refusal.sentence)
        else:
            messages.success(request, "Mail may go to this address again. Who had left the list asks for it anew.")
            return redirect("newspaper_stopped")
    return _stopped(request, StopForm(), form)


def _stopped(request: HttpRequest, stop_form: StopForm, lift_form: LiftForm) -> HttpResponse:
    counts = Suppression.objects.counts()
    context = screen_header("Addresses that get no mail", icon="mail") | {
        "lines": [(reason.label, counts[reason.value]) for reason in Suppression.Reason],
        "total": sum(counts.values()),
        "forms": [
            (stop_form, "newspaper_stop_address", "Stop mail to an address", "Stop mail to them"),
            (lift_form, "newspaper_lift_address", "Allow mail to an address again", "Allow it again"),
        ],
    }
    status = 400 if stop_form.errors or lift_form.errors else 200
    return render(request, "newsletter/admin/stopped.html", context, status=status)


def _settle(request: StaffRequest, campaign: Campaign) -> None:
    """Settle what was ticked, and say what came of it."""
    form = SettleForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["numbers"]:
        messages.error(request, "Tick the copies that you looked up, then say what became of them.")
        return
    went = form.cleaned_data["fate"] == SettleForm.WENT
    act = settling.settle_gone if went else settling.settle_not_gone
    settled = act(campaign=campaign, numbers=form.cleaned_data["numbers"], by=request.user, now=timezone.now())
    if settled.how_many:
        copies = "1 copy is" if settled.how_many == 1 else f"{settled.how_many} copies are"
        end = " Sending goes on for them." if settled.goes_on else ""
        messages.success(request, f"{copies} settled.{end}")
    if settled.too_late:
        others = "One was" if settled.too_late == 1 else f"{settled.too_late} were"
        messages.warning(request, f"{others} settled in the meantime, by the mail provider or a colleague. That stays.")
