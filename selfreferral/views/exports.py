"""Taking something out: numbers for the board, and, with a second sign-in, names for whoever is owed them."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.again import signed_in_again
from portal.accounts.permissions import StaffRequest, staff_view
from portal.refusals import Refused
from selfreferral.actions.exporting import export_numbers, export_people
from selfreferral.exports.forms import NumbersForm, PeopleForm
from selfreferral.exports.tables import SavedFile, numbers_of, quarters_begun
from selfreferral.people import ALLOCATE
from selfreferral.vault import CannotOpen, VaultIsShut
from selfreferral.views.silence import silently


@staff_view(ALLOCATE)
@require_safe
@silently
def numbers(request: StaffRequest) -> HttpResponse:
    """Numbers of the quarter that is chosen; at first of this one so far."""
    quarters = quarters_begun(now=timezone.now())
    form = NumbersForm(request.GET or {"quarter": f"{quarters[0]}"}, quarters=quarters)
    counted = numbers_of(form.cleaned_data["quarter"]) if form.is_valid() else None
    return render(request, "selfreferral/admin/numbers.html", {"form": form, "numbers": counted})


@staff_view(ALLOCATE)
@require_POST
@silently
def numbers_file(request: StaffRequest) -> HttpResponse:
    """The same numbers as a file."""
    form = NumbersForm(request.POST, quarters=quarters_begun(now=timezone.now()))
    if form.is_valid():
        return _saved(export_numbers(quarter=form.cleaned_data["quarter"], by=request.user))
    return render(request, "selfreferral/admin/numbers.html", {"form": form, "numbers": None}, status=400)


@staff_view(ALLOCATE)
@signed_in_again
@require_http_methods(["GET", "HEAD", "POST"])
@silently
def people(request: StaffRequest) -> HttpResponse:
    """Names, by a few days at a time, with a reason."""
    form, status = PeopleForm(request.POST or None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                return _saved(export_people(by=request.user, now=timezone.now(), **form.cleaned_data))
            except Refused as refused:
                form.add_error(None, refused.sentence)
                status = refused.status
            except (CannotOpen, VaultIsShut):
                form.add_error(None, "Something does not open, so nothing was taken out. Tell your technician now.")
                status = 503
    context = {"form": form, "most": settings.REFERRAL_EXPORT_ROWS}
    return render(request, "selfreferral/admin/people_export.html", context, status=status)


def _saved(sheet: SavedFile) -> HttpResponse:
    """A file for a spreadsheet, with the mark by which it knows UTF-8."""
    response = HttpResponse("\ufeff" + sheet.text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{sheet.name}"'
    return response
