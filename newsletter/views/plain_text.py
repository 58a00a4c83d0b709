"""The screen on which an editor writes the text edition of an issue."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from newsletter.actions.plain_text import MOST_CHARACTERS, CannotWrite, make_plain_text, write_plain_text
from newsletter.gate import findings_of
from newsletter.gate.findings import Kind
from newsletter.models import IssuePage
from newsletter.permissions import SEND
from newsletter.rendering.edition import words_from_blocks
from newsletter.views.sending import LIST
from portal.accounts.permissions import StaffRequest, staff_view
from portal.pages.screens import screen_header


class PlainTextForm(forms.Form):
    """The words of the text edition, without their foot."""

    words = forms.CharField(
        label="The text edition",
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 34, "spellcheck": "true"}),
        help_text="Keep every link and date. The links to stop or change it are put under it by themselves.",
        error_messages={"required": "Write something, or make it from the blocks again."},
    )


@staff_view(SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def plain_text(request: StaffRequest, issue_id: int) -> HttpResponse:
    issue = get_object_or_404(IssuePage, pk=issue_id).get_latest_revision_as_object()
    form = PlainTextForm(request.POST or None, initial={"words": issue.plain_text or words_from_blocks(issue)})
    if request.method == "POST" and ("again" in request.POST or form.is_valid()):
        return _act(request, issue, form)
    return render(request, "newsletter/admin/plain_text.html", _context(request, issue, form))


def _act(request: StaffRequest, issue: IssuePage, form: PlainTextForm) -> HttpResponse:
    try:
        if "again" in request.POST:
            make_plain_text(issue=issue, by=request.user)
            messages.success(request, f"The text edition is made from the blocks again. {_what_now(issue)}".strip())
        else:
            write_plain_text(issue=issue, words=form.cleaned_data["words"], by=request.user)
            say = messages.warning if _in_the_way(issue) else messages.success
            say(request, f"Saved. {_what_now(issue) or 'These words go out as the text edition.'}")
    except CannotWrite as refusal:
        messages.error(request, str(refusal))
        return render(request, "newsletter/admin/plain_text.html", _context(request, issue, form))
    return redirect("newspaper_plain_text", issue.pk)


def _what_now(issue: IssuePage) -> str:
    """What keeps these words from going out, with what to do about it; empty where nothing does."""
    now = IssuePage.objects.get(pk=issue.pk)
    sendings = list(now.campaigns.that_count().without_words())
    if any(not one.is_unfrozen for one in sendings):
        return "The mail of this issue was fixed before this, so it does not carry what you changed."
    told = []
    if now.has_unpublished_changes or not now.live:
        told.append("They wait in the draft until it is published.")
    if how_many := _in_the_way(issue):
        things = "one thing stands" if how_many == 1 else f"{how_many} things stand"
        told.append(f"The issue cannot go yet: {things} in the way. See “Send by e-mail”.")
    if any(one.seen_revision != now.live_revision_id for one in sendings):
        told.append("A sending was planned before this: it waits until you have looked at the issue again.")
    return " ".join(told)


def _in_the_way(issue: IssuePage) -> int:
    """How much of what was just saved stands in the way of sending."""
    saved = IssuePage.objects.get(pk=issue.pk).get_latest_revision_as_object()
    return sum(one.blocks_sending for one in findings_of(saved))


def _context(request: HttpRequest, issue: IssuePage, form: PlainTextForm) -> dict[str, object]:
    header = screen_header("Plain text", LIST, (issue.title, "newspaper_issue", issue.pk), icon="pilcrow")
    return header | {
        "issue": issue,
        "form": form,
        "findings": [one for one in findings_of(issue) if one.kind == Kind.PLAIN_TEXT],
    }
