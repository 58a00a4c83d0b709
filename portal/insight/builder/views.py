"""The builder's screens: begin a report, see it with exact figures, print it, and see what was counted otherwise since."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.accounts.permissions import StaffRequest, staff_view
from portal.clock import now
from portal.insight.builder.drafting import draft_report
from portal.insight.builder.forms import BeginForm
from portal.insight.models import ReportPage
from portal.insight.models.reports import DRAFT, VIEW_BOARD_EDITION
from portal.insight.printing.editions import PublicPaper, board_paper
from portal.insight.snapshots import compare
from portal.pages.screens import screen_header
from portal.paging import page_of
from portal.refusals import Refused

ON_A_PAGE = 50
TITLE, ICON = "Figures and reports", "table"
LIST = (TITLE, "insight:reports")
Screen = Callable[..., HttpResponse]


def refused_in_words(screen: Screen) -> Screen:
    """Whatever is refused is said above the list of reports."""

    @wraps(screen)
    def said(request: StaffRequest, pk: int) -> HttpResponse:
        try:
            return screen(request, pk)
        except Refused as refused:
            messages.error(request, refused.sentence)
            return _list(request, BeginForm(today=now().date()), status=refused.status)

    return said


@staff_view(DRAFT)
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: StaffRequest) -> HttpResponse:
    """Every report, and the form that begins one."""
    form = BeginForm(request.POST if request.method == "POST" else None, today=now().date())
    if request.method != "POST":
        return _list(request, form)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("period", "audience", "counts_afresh")}
        try:
            page = draft_report(**given, by=request.user, now=now())
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"“{page.title}” is begun. Nobody else sees it yet.")
            if page.has_nothing:
                messages.warning(request, f"{page.says_nothing} Is it the time you meant?")
            return redirect("insight:reports")
    return _list(request, form, status=400)


def _list(request: StaffRequest, form: BeginForm, *, status: int = 200) -> HttpResponse:
    context = screen_header(TITLE, icon=ICON) | {
        "form": form,
        "page": page_of(ReportPage.objects.for_staff(), asked=request.GET, size=ON_A_PAGE),
        "may_see_board": request.user.has_perm(VIEW_BOARD_EDITION),
        "may_write": PagePermissionPolicy().user_has_permission(request.user, "change"),
    }
    return render(request, "insight/admin/reports.html", context, status=status)


@staff_view(VIEW_BOARD_EDITION)
@require_safe
@refused_in_words
def board(request: StaffRequest, pk: int) -> HttpResponse:
    """One report with exact figures: those that staff placed with their words, then all the others."""
    page = _latest(pk)
    parts, others = page.exact_parts()
    context = screen_header(page.title, LIST, icon=ICON) | {
        "report": page,
        "parts": parts,
        "others": others,
    }
    return render(request, "insight/admin/board.html", context)


@staff_view(VIEW_BOARD_EDITION)
@require_safe
@refused_in_words
def board_pdf(request: StaffRequest, pk: int) -> HttpResponse:
    """The same on paper."""
    page = _latest(pk)
    return _file(board_paper(page), f"{page.slug}-exact.pdf")


@staff_view(DRAFT)
@require_safe
@refused_in_words
def draft_pdf(request: StaffRequest, pk: int) -> HttpResponse:
    """What everybody would get on paper, before it is out; the board's report has no such paper."""
    page = _latest(pk)
    if page.is_for_board:
        raise Refused("The board’s report is printed with exact figures alone, by whoever may see these.")
    return _file(PublicPaper(page).set_now().content, f"{page.slug}-draft.pdf")


@staff_view(VIEW_BOARD_EDITION)
@require_safe
@refused_in_words
def changed(request: StaffRequest, pk: int) -> HttpResponse:
    """Which figures would be others if they were counted today."""
    page = get_object_or_404(ReportPage.objects.for_staff(), pk=pk)
    header = screen_header("Counted today", LIST, (page.title, "insight:board", pk), icon=ICON)
    context = header | {"report": page, "changes": compare(page.snapshot)}
    return render(request, "insight/admin/changed.html", context)


def _latest(pk: int) -> ReportPage:
    """The report as staff wrote it last, out or not."""
    page = get_object_or_404(ReportPage.objects.for_staff(), pk=pk)
    latest: ReportPage = page.get_latest_revision_as_object()
    return latest


def _file(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
