"""A consultation's own page, and what came of it in numbers."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagement.comments.models import Consultation, PlaceComment
from engagement.comments.report.counting import numbers_of
from engagement.comments.report.numbers import Numbers
from engagement.comments.report.writing import as_csv, as_pdf
from portal.accounts.permissions import public
from portal.pages.kept_pages import kept_page

# A report is kept until something that everybody can see changes, and for a day at most.
KEPT_SECONDS = 24 * 60 * 60


@public
@kept_page
@require_safe
def about(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked, where, until when, and how comments are read."""
    found = get_object_or_404(Consultation, slug=slug)
    if found.is_standing:
        return redirect("comments")
    today = timezone.localdate()
    context = {
        "consultation": found,
        "opening": found.opening(today),
        "why_not": found.why_not(today),
        "themes": found.themes_on(today),
        "counts": PlaceComment.objects.in_consultation(found).own_counts(),
        "newest": PlaceComment.objects.in_consultation(found).published().with_row().latest_first()[:3],
        "now": timezone.now(),
        "list_query": f"?consultation={found.slug}",
        "outline_url": reverse("comments_area", args=[found.slug]) if found.as_feature else reverse("map_outline"),
    }
    return render(request, "comments/consultation.html", context)


@public
@require_safe
def report_csv(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Consultation, slug=slug)
    name = f'attachment; filename="{found.slug}.csv"'
    return HttpResponse(
        as_csv(_numbers(found)), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name}
    )


@public
@require_safe
def report_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    found, today = get_object_or_404(Consultation, slug=slug), timezone.localdate()
    key = f"comments.report.{found.pk}.{found.version}.{today}"
    pdf = cache.get(key)
    if pdf is None:
        pdf = as_pdf(found, _numbers(found), on=today)
        cache.set(key, pdf, KEPT_SECONDS)
    name = f'inline; filename="{found.slug}.pdf"'
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})


def _numbers(consultation: Consultation) -> Numbers:
    """Counted once for each change of what everybody can see."""
    key = f"comments.numbers.{consultation.pk}.{consultation.version}"
    numbers: Numbers | None = cache.get(key)
    if numbers is None:
        numbers = numbers_of(consultation)
        cache.set(key, numbers, KEPT_SECONDS)
    return numbers
