"""The public addresses of figures: the page of open data, its files, and a report's charts and paper."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from portal.accounts.permissions import public
from portal.insight.models import ReportPage
from portal.insight.open_data.published import OpenTable, open_tables
from portal.insight.open_data.writing import as_csv, as_csvw
from portal.insight.printing.editions import PublicPaper
from portal.kept_paper import IsBeingSet
from portal.pages.errors import too_many
from portal.pages.kept_pages import kept_page
from portal.spam import within_limit

MOST_SET, WITHIN = 60, 60 * 10
FOR_EVERYBODY = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}


@public
@kept_page
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Every file, with what it is about."""
    return render(request, "insight/open_data.html", {"tables": [*open_tables().values()]})


@public
@kept_page
@require_safe
def csv_file(request: HttpRequest, name: str) -> HttpResponse:
    """One figure for programs; beside it, at the same address with "-metadata.json", lies what its columns mean."""
    beside = reverse("open_data_metadata", args=[name])
    headers = FOR_EVERYBODY | {
        "Content-Disposition": f'inline; filename="{name}.csv"',
        "Link": f'<{beside}>; rel="describedby"; type="application/csvm+json"',
    }
    return HttpResponse(as_csv(_open(name)), content_type="text/csv; charset=utf-8; header=present", headers=headers)


@public
@kept_page
@require_safe
def metadata(request: HttpRequest, name: str) -> HttpResponse:
    told = as_csvw(_open(name), reverse("open_data_csv", args=[name]))
    return HttpResponse(told, content_type="application/csvm+json", headers=FOR_EVERYBODY)


@public
@kept_page
@require_safe
def chart(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """The picture of one figure that a report shows; none of a count that was changed."""
    page = get_object_or_404(ReportPage.objects.for_everybody(), slug=slug)
    if not page.snapshot.is_as_made:
        raise Http404
    for figure in page.placed_figures():
        if figure.table.name == name and figure.is_drawn:
            return HttpResponse(figure.picture, content_type="image/svg+xml", headers={"Cache-Control": "no-cache"})
    raise Http404


@public
@require_safe
def report_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """A report on paper; where its count was changed there is none, and its page says why."""
    page = get_object_or_404(ReportPage.objects.for_everybody(), slug=slug)
    if not page.snapshot.is_as_made:
        return redirect(page.path_on_site)
    paper = PublicPaper(page)
    headers: dict[str, Any] = {
        "ETag": quote_etag(paper.key),
        "Cache-Control": "no-cache",
        "Content-Disposition": f'inline; filename="{page.slug}.pdf"',
        "X-Robots-Tag": "noindex",
    }
    unchanged: HttpResponse | None = get_conditional_response(request, etag=headers["ETag"])
    if unchanged is not None:
        return unchanged
    if paper.known is None and not within_limit(request, "insight.paper", limit=MOST_SET, seconds=WITHIN):
        return too_many(request)
    try:
        return HttpResponse(paper.printed().content, content_type="application/pdf", headers=headers)
    except IsBeingSet:
        wait = render(request, "pages/paper_is_being_set.html", {"page": page}, status=503)
        wait.headers["Retry-After"] = "10"
        return wait


def _open(name: str) -> OpenTable:
    table = open_tables().get(name)
    if table is None:
        raise Http404
    return table
