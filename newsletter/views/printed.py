"""The printed editions as files, and the short addresses that stand beside their stories."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from newsletter.actions.rounds import count_opening
from newsletter.models import DropRound, IssuePage
from newsletter.printing.editions import EDITIONS, Paper
from newsletter.printing.goals import goal_of
from newsletter.printing.opened import is_a_person
from newsletter.printing.short_links import read
from portal.accounts.permissions import public
from portal.clock import now
from portal.kept_paper import IsBeingSet
from portal.pages.errors import too_many
from portal.spam import within_limit

FIRST = "a4"
MOST_SET, WITHIN = 60, 60 * 10


@public
@require_safe
def issue_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """One issue on paper: `?edition=a4`, a3 or large."""
    issue = get_object_or_404(IssuePage.objects.for_everybody(), slug=slug)
    edition = request.GET.get("edition", FIRST)
    if edition not in EDITIONS:
        context = {"issue": issue, "editions": EDITIONS.items()}
        return render(request, "newsletter/no_such_edition.html", context, status=400)
    paper = Paper(issue, edition)
    if paper.known is None and not within_limit(request, "newsletter.paper", limit=MOST_SET, seconds=WITHIN):
        return too_many(request)
    return as_file(request, paper)


def as_file(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The PDF, or the word that the one they have is still right."""
    headers: dict[str, Any] = {
        "ETag": quote_etag(paper.key),
        "Cache-Control": "no-cache",
        "Content-Disposition": f'inline; filename="{paper.file_name}"',
        "X-Robots-Tag": "noindex",
    }
    unchanged: HttpResponse | None = get_conditional_response(request, etag=headers["ETag"])
    if unchanged is not None:
        return unchanged
    try:
        content = paper.printed().content
    except IsBeingSet:
        wait = render(request, "pages/paper_is_being_set.html", {"page": paper.issue}, status=503)
        wait.headers["Retry-After"] = "10"
        return wait
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@public
@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """A short address leads to its story and is counted, in totals only; machines that look ahead are not."""
    link = read(code)
    issue = IssuePage.objects.for_everybody().numbered(link.issue) if link else None
    goal = goal_of(issue, link.story) if issue and link else None
    drop_round = DropRound.objects.of_issue(issue).with_code(link.drop_round) if issue and link else None
    if link is None or issue is None or goal is None or (link.drop_round and drop_round is None):
        return render(request, "newsletter/no_such_link.html", status=404)
    if is_a_person(request.method or "", request.headers):
        count_opening(issue=issue, story=link.story, drop_round=drop_round, now=now(), by=None)
    response = redirect(goal)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def paper_or_404(issue: IssuePage, edition: str, drop_round: DropRound) -> Paper:
    if edition not in EDITIONS:
        raise Http404
    return Paper(issue, edition, drop_round=drop_round)
