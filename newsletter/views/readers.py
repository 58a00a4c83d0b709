"""The list of readers, inside the Wagtail admin: look one up, write one down, say who has it posted."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from newsletter.actions import erasing, keeping
from newsletter.actions.subscriptions import leave
from newsletter.forms import LetterForm
from newsletter.links import preferences_path
from newsletter.models import Consent, Subscriber
from newsletter.permissions import KEEP_READERS
from newsletter.readers.forms import LookUpForm, TakeOutForm, WriteDownForm
from newsletter.readers.held import all_held
from newsletter.readers.one import all_about
from newsletter.readers.posting import as_labels, as_table, posted_to
from portal.accounts.again import signed_in_again
from portal.accounts.permissions import StaffRequest, staff_view
from portal.emails.links import absolute
from portal.emails.suppression import is_suppressed
from portal.pages.screens import screen_header
from portal.refusals import Refused

READERS = ("Readers", "newspaper_readers")
reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@staff_view(KEEP_READERS)
@reading_or_sending
def readers(request: StaffRequest) -> HttpResponse:
    form = LookUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = keeping.look_up(email=form.cleaned_data["email"], by=request.user)
        if found is not None:
            return redirect("newspaper_reader", found.pk)
        messages.warning(
            request, "This address is not on the list. Perhaps it was typed differently, or it is deleted."
        )
    counts = Subscriber.objects.counted()
    return render(
        request, "newsletter/admin/readers.html", screen_header("Readers", icon="group") | {"form": form, **counts}
    )


@staff_view(KEEP_READERS)
@require_safe
def reader(request: StaffRequest, number: int) -> HttpResponse:
    found = keeping.look_at(subscriber=get_object_or_404(Subscriber, pk=number), by=request.user)
    header = screen_header(f"Reader {found.pk}", READERS, icon="user")
    own_page = absolute(preferences_path(found.pk)) if found.has_it_posted else ""
    return render(request, "newsletter/admin/reader.html", header | {"one": all_about(found), "own_page": own_page})


@staff_view(KEEP_READERS)
@require_POST
def stop(request: StaffRequest, number: int) -> HttpResponse:
    leave(subscriber=get_object_or_404(Subscriber, pk=number), by=request.user, because="asked us")
    messages.success(request, "They are off the list. Nothing more goes to them.")
    return redirect("newspaper_reader", number)


@staff_view(KEEP_READERS)
@require_POST
def hand_out(request: StaffRequest, number: int) -> HttpResponse:
    found = erasing.hand_out(subscriber=get_object_or_404(Subscriber, pk=number), by=request.user)
    return _file(all_held(found), "application/json", f"reader-{found.pk}.json")


@staff_view(KEEP_READERS)
@require_POST
def erase(request: StaffRequest, number: int) -> HttpResponse:
    found = get_object_or_404(Subscriber, pk=number)
    if request.POST.get("is_sure") != "yes":
        messages.error(request, "Nothing was deleted. Tick that you are sure, then press the button.")
        return redirect("newspaper_reader", number)
    try:
        erasing.erase_reader(subscriber=found, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("newspaper_reader", number)
    messages.success(request, "Deleted, with all that they agreed to. Only the numbers of past sendings stay.")
    return redirect("newspaper_readers")


@staff_view(KEEP_READERS)
@reading_or_sending
def write_down(request: StaffRequest) -> HttpResponse:
    form = WriteDownForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _written_down(form, request))
            return redirect("newspaper_write_down")
        except keeping.TooManyMails as refusal:
            form.add_error("email", str(refusal))
    header = screen_header("Write down a reader", READERS, icon="user")
    return render(request, "newsletter/admin/write_down.html", header | {"form": form})


def _written_down(form: WriteDownForm, request: StaffRequest) -> str:
    cleaned = form.cleaned_data
    proof = {"source": Consent.Source(cleaned["source"]), "evidence": cleaned["evidence"], "choices": form.choices}
    if cleaned["channel"] == Subscriber.Channel.POST:
        address = {name: cleaned[name] for name in (*LetterForm.base_fields, "given_on")}
        keeping.write_down_by_post(**address, **proof, by=request.user)
        return "Written down. The next issue goes there by post."
    keeping.write_down_by_email(email=cleaned["email"], **proof, by=request.user)
    if is_suppressed(cleaned["email"]):
        return "Written down, but no mail may go to this address, so none asks them. See Stopped addresses."
    return "Written down. A mail goes there now, and they get the newspaper once they press its button."


@staff_view(KEEP_READERS)
@require_safe
def posted(request: StaffRequest) -> HttpResponse:
    keeping.look_at_posted(by=request.user)
    context = {
        "asking": Subscriber.objects.waiting_for_post().with_choices().order_by("pk"),
        "posted": Subscriber.objects.candidates().by_post().with_choices().by_name(),
        "form": TakeOutForm(initial={"has_codes": True}),
        **Subscriber.objects.counted(),
    }
    return render(request, "newsletter/admin/posted.html", screen_header("By post", READERS, icon="mail") | context)


@staff_view(KEEP_READERS)
@require_POST
def settle_post(request: StaffRequest, number: int) -> HttpResponse:
    waiting = get_object_or_404(Subscriber, pk=number)
    is_real = request.POST.get("is_real")
    try:
        if is_real == "yes":
            keeping.confirm_post(subscriber=waiting, by=request.user)
            messages.success(request, "From now on it goes there by post.")
        elif is_real == "no":
            keeping.refuse_post(subscriber=waiting, by=request.user)
            messages.success(request, "Deleted. Nothing goes there.")
        else:
            messages.error(
                request, "Nothing was changed. Say whether the request is real: press one of the two buttons."
            )
    except (keeping.AlreadyDone, Refused) as refusal:
        messages.error(request, str(refusal))
    return redirect("newspaper_posted")


@staff_view(KEEP_READERS)
@require_POST
@signed_in_again
def take_out(request: StaffRequest) -> HttpResponse:
    form = TakeOutForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose an issue from the list.")
        return redirect("newspaper_posted")
    issue = form.cleaned_data["issue"]
    found = posted_to(issue)
    kind = "table" if "table" in request.POST else "labels"
    keeping.take_out(form=kind, issue_id=issue.pk if issue else None, readers=len(found), by=request.user)
    if kind == "table":
        return _file(as_table(found), "text/csv; charset=utf-8", "by-post.csv")
    labels = as_labels(found, title="Address labels", has_codes=form.cleaned_data["has_codes"])
    return _file(labels, "application/pdf", "labels.pdf")


def _file(content: str | bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
