"""The coordinator's screen of those who keep one venue: name somebody, end it, send a link, and what we hold about them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from engagement.directory.actions.keepers import add_keeper, ask_for_link, end_keeper, erase_keeper
from engagement.directory.keeping.forms import HeldForm, KeeperForm
from engagement.directory.keeping.held import held_at
from engagement.directory.keeping.staff import CHANGE_KEEPER
from engagement.directory.models import Keeper, Venue
from portal.accounts.again import signed_in_again
from portal.accounts.permissions import StaffRequest, staff_view
from portal.refusals import Refused

WHAT_STAYS = (
    "What they said of sessions and days stays without their name, and so do decided wishes, without a phone number, "
    "an e-mail or an address."
)


@staff_view(CHANGE_KEEPER)
@require_http_methods(["GET", "HEAD", "POST"])
def keepers(request: StaffRequest, pk: int) -> HttpResponse:
    venue = get_object_or_404(Venue, pk=pk)
    form = KeeperForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            keeper = add_keeper(venue=venue, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error("email", refusal.sentence)
        else:
            messages.success(request, f"{keeper} keeps {venue} from now on, and gets a mail with a link.")
            return redirect("directory_keepers", venue.pk)
    everybody = Keeper.objects.of_venue(venue).with_venue().in_order()
    context = {
        "venue": venue,
        "form": form,
        "active": [one for one in everybody if one.ended_at is None],
        "ended": [one for one in everybody if one.ended_at is not None],
    }
    return render(request, "directory/admin/keepers.html", context)


@staff_view(CHANGE_KEEPER)
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    keeper = get_object_or_404(Keeper.objects.with_venue(), pk=pk)
    if end_keeper(keeper=keeper, by=request.user):
        messages.success(request, f"{keeper} keeps {keeper.venue} no more. Their links are dead.")
    else:
        messages.error(request, "That was done already.")
    return redirect("directory_keepers", keeper.venue_id)


@staff_view(CHANGE_KEEPER)
@require_POST
def send_link(request: StaffRequest, pk: int) -> HttpResponse:
    keeper = get_object_or_404(Keeper.objects.active().with_venue(), pk=pk)
    if ask_for_link(address=keeper.email, by=request.user):
        messages.success(request, f"A new link is on its way to {keeper}.")
    else:
        messages.error(
            request, "No link went. Wait ten minutes between two; none goes while their address is not to be used."
        )
    return redirect("directory_keepers", keeper.venue_id)


@staff_view(CHANGE_KEEPER)
@require_POST
@signed_in_again
def held(request: HttpRequest, pk: int) -> HttpResponse:
    """All that we hold about them as plain text, to hand to the person who asks."""
    return _sheet(get_object_or_404(Keeper, pk=pk).email)


@staff_view(CHANGE_KEEPER)
@require_POST
@signed_in_again
def held_at_address(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for anybody's address: a keeper's, or that of somebody who listens or whom to ask at a group."""
    form = HeldForm(request.POST)
    if form.is_valid():
        return _sheet(form.cleaned_data["address"])
    messages.error(request, str(form.errors["address"][0]))
    return redirect("directory_keepers", pk)


def _sheet(address: str) -> HttpResponse:
    lines = [f"{label}: {words}" for label, words in held_at(address)] or ["Nothing is held at this address."]
    response = HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="what-we-hold.txt"'
    return response


@staff_view(CHANGE_KEEPER)
@require_POST
def erase(request: StaffRequest, pk: int) -> HttpResponse:
    keeper = get_object_or_404(Keeper.objects.with_venue(), pk=pk)
    try:
        count = erase_keeper(address=keeper.email, by=request.user)
        messages.success(request, f"Forgotten at {count} place{'' if count == 1 else 's'}. {WHAT_STAYS}")
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return redirect("directory_keepers", keeper.venue_id)
