"""What everybody can read about what was done, and where those who asked for it say whether it is better."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from engagement.comments.acting.forms import OutcomesForm, VerdictForm
from engagement.comments.acting.outcomes import read_action_selection
from engagement.comments.acting.quarters import quarters_between
from engagement.comments.actions.asking import give_verdict
from engagement.comments.hearing.letters.acting import asked_by_link
from engagement.comments.models import Action, ActionUpdate
from engagement.comments.words.distress import signs_of_distress
from portal.accounts.permissions import public
from portal.changes import remembered
from portal.emails.links import absolute
from portal.geo.models import NamedPlace
from portal.pages.kept_pages import kept_page
from portal.paging import counted, in_words, page_of
from portal.refusals import Refused

ON_A_PAGE = 20
IN_A_FEED = 30


def _places() -> dict[str, str]:
    return remembered("named places", lambda: dict(NamedPlace.objects.listed().values_list("slug", "name")))


def _first_day() -> date | None:
    return remembered("first day of an action", lambda: Action.objects.published().first_day())


@public
@kept_page
@require_safe
def you_said_we_did(request: HttpRequest) -> HttpResponse:
    """Every published action, narrowed by place and by quarter."""
    places, today = _places(), timezone.localdate()
    selection = read_action_selection(request.GET.dict(), places=places)
    chosen = Action.objects.chosen(selection)
    quarters = quarters_between(_first_day() or today, today)
    page = page_of(chosen.with_story().newest_first(), asked=request.GET, size=ON_A_PAGE)
    context = {
        "page": page,
        "count": in_words(len(page) if page.is_whole else counted(chosen)),
        "form": OutcomesForm(selection=selection, places=places, quarters=quarters),
        "chips": selection.chips(places),
        "rss_url": reverse("you_said_we_did_rss") + selection.as_query(),
    }
    return render(request, "comments/you_said_we_did.html", context)


@public
@kept_page
@require_safe
def action(request: HttpRequest, number: int) -> HttpResponse:
    """One action with everything that was said about it, so that it can be linked to."""
    found = get_object_or_404(Action.objects.published().with_story(), pk=number)
    return render(request, "comments/you_said_we_did.html", {"action": found})


@public
@require_safe
def rss(request: HttpRequest) -> HttpResponse:
    """Everything that is told about the selection, each time it is told."""
    selection = read_action_selection(request.GET.dict(), places=_places())
    feed = Rss201rev2Feed(
        title="You said, we did",
        link=absolute(reverse("you_said_we_did") + selection.as_query()),
        description="What was done about what people say about places here.",
        language="en-gb",
        feed_url=absolute(request.get_full_path()),
    )
    for update in ActionUpdate.objects.of_published(Action.objects.chosen(selection))[:IN_A_FEED]:
        address = absolute(update.action.get_absolute_url())
        feed.add_item(
            title=f"{'Example: ' if update.action.is_example else ''}{update.action.title}",
            link=address,
            description=f"{update.progress_said}. {update.words}",
            pubdate=update.said_at,
            unique_id=f"{address}#{update.pk}",
            unique_id_is_permalink=False,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def better(request: HttpRequest, token: str) -> HttpResponse:
    """Is it better? Opening the link changes nothing; a mail program that looks at it says nothing for anybody."""
    asked, help_asked = asked_by_link(token), bool(signs_of_distress(request.POST.get("words", "")))
    context: dict[str, Any] = {"action": asked[0] if asked else None, "may_need_help": help_asked}
    if asked is None or not asked[0].is_asked_about:
        return render(request, "comments/better.html", context, status=410)
    found, follower = asked
    form = VerdictForm(
        request.POST if request.method == "POST" else None, initial={"answer": request.GET.get("answer")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            verdict = give_verdict(action=found, follower=follower, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "comments/better.html", {**context, "action": verdict.action, "done": True})
    return render(request, "comments/better.html", {**context, "form": form})
