"""The editor's screen of printed copies: their rounds, the files to print, and how often their links were opened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from newsletter.actions.rounds import CannotMake, make_round
from newsletter.desk.round_forms import RoundForm
from newsletter.models import DropRound, IssuePage, LinkCount
from newsletter.permissions import SEND
from newsletter.printing.counting import NO_ROUND, count_lines
from newsletter.printing.editions import EDITIONS
from newsletter.printing.goals import named_codes
from newsletter.views.printed import as_file, paper_or_404
from newsletter.views.sending import LIST
from portal.accounts.permissions import StaffRequest, staff_view
from portal.clock import now
from portal.pages.screens import screen_header


@staff_view(SEND)
@require_safe
def rounds(request: HttpRequest, issue_id: int) -> HttpResponse:
    return _screen(request, get_object_or_404(IssuePage, pk=issue_id), RoundForm())


@staff_view(SEND)
@require_POST
def make(request: StaffRequest, issue_id: int) -> HttpResponse:
    issue = get_object_or_404(IssuePage, pk=issue_id)
    form = RoundForm(request.POST)
    if not form.is_valid():
        return _screen(request, issue, form)
    try:
        made = make_round(issue=issue, **form.values(), by=request.user, now=now())
    except CannotMake as refusal:
        form.add_error("name", str(refusal))
        return _screen(request, issue, form)
    messages.success(request, f"{made.name} has its own files now. Print those, so that its copies can be told apart.")
    return redirect("newspaper_rounds", issue.pk)


@staff_view(SEND)
@require_safe
def round_pdf(request: HttpRequest, round_id: int, edition: str) -> HttpResponse:
    """The copies of one round; also of a draft, for a print shop wants them before the day."""
    drop_round = get_object_or_404(DropRound.objects.select_related("issue"), pk=round_id)
    return as_file(request, paper_or_404(drop_round.issue, edition, drop_round))


def _screen(request: HttpRequest, issue: IssuePage, form: RoundForm) -> HttpResponse:
    known = list(DropRound.objects.of_issue(issue).newest_first())
    stories = named_codes(issue)
    listed: list[tuple[int | None, str]] = [(one.pk, one.name) for one in known]
    lines = count_lines(
        LinkCount.objects.of_issue(issue).totals(),
        rounds=[*listed, (NO_ROUND, "Copies of no round")],
        stories=[code for code, _ in stories],
    )
    context = screen_header(
        f"Printed copies: {issue.title}", LIST, (issue.title, "newspaper_issue", issue.pk), icon="doc-full"
    )
    context |= {"issue": issue, "rounds": known, "form": form, "editions": EDITIONS.items()}
    context |= {"stories": stories, "lines": lines}
    return render(request, "newsletter/admin/rounds.html", context)
