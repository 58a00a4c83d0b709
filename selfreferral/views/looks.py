"""Who saw what, for the lead: on a page, in a file, as words for the person, and worker by worker for a week."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.again import signed_in_again
from portal.accounts.models import User
from portal.accounts.permissions import StaffRequest, staff_view
from portal.paging import counted, in_words, page_of
from portal.spreadsheets import csv_text
from selfreferral.actions.looking import write_check
from selfreferral.deeds.shapes import DayInput
from selfreferral.models import Referral
from selfreferral.people import ALLOCATE
from selfreferral.refusals import Hidden
from selfreferral.seeing.looks import LOOK_COLUMNS, by_purpose, laid_out, looks_at, watched, week_before
from selfreferral.seeing.telling import told
from selfreferral.views.referral import find, show_hidden
from selfreferral.views.silence import silently

ON_A_PAGE = 50
MOST_IN_A_FILE = 20_000
SHOWN_AT_FIRST = timedelta(days=27)
SINCE_EVER = date(2000, 1, 1)


class LooksForm(forms.Form):
    """Of whom, by whom and when; all can be left out but the days."""

    use_required_attribute = False
    reference = forms.CharField(label="Of one request (its reference)", required=False, max_length=20)
    worker = forms.ModelChoiceField(
        label="By one worker", required=False, queryset=User.objects.none(), empty_label="Everybody"
    )
    since = forms.DateField(label="From", widget=DayInput)
    until = forms.DateField(label="To, with this day", widget=DayInput)

    def __init__(self, data: Any) -> None:
        super().__init__(data, label_suffix="")
        self.fields["worker"].queryset = User.objects.order_by("first_name", "email")  # type: ignore[attr-defined]

    def clean_reference(self) -> Referral | None:
        typed = self.cleaned_data["reference"]
        found = Referral.objects.called(typed).first() if typed else None
        if typed and found is None:
            raise forms.ValidationError("There is none with this reference. Look at it again: it is like K7M-2QX.")
        return found

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", "The last day must not be before the first.")
        return self.cleaned_data

    def asked(self) -> dict[str, Any]:
        """What is asked for, as `looks_at` takes it."""
        given = self.cleaned_data
        return {
            "referral": given["reference"],
            "worker": given["worker"],
            "since": given["since"],
            "until": given["until"],
        }


@staff_view(ALLOCATE)
@require_safe
@silently
def looks(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    is_asked = not LooksForm.base_fields.keys().isdisjoint(request.GET)
    form = LooksForm(request.GET if is_asked else {"since": today - SHOWN_AT_FIRST, "until": today})
    if not form.is_valid():
        return render(request, "selfreferral/admin/looks.html", {"form": form}, status=400)
    refused = _refused(request, form, "page")
    if refused is not None:
        return refused
    found = looks_at(**form.asked())
    page = page_of(found, asked=request.GET, size=ON_A_PAGE)
    context = {
        "form": form,
        "page": page,
        "count": in_words(counted(found)),
        "looks": laid_out(page.rows, shown_to=request.user),
        "counts": by_purpose(found),
        "referral": form.cleaned_data["reference"],
    }
    return render(request, "selfreferral/admin/looks.html", context)


@staff_view(ALLOCATE)
@require_POST
@signed_in_again
@silently
def looks_file(request: StaffRequest) -> HttpResponse:
    """The same looks as a table to save."""
    form = LooksForm(request.POST)
    found = looks_at(**form.asked()) if form.is_valid() else None
    if found is not None and found.count() > MOST_IN_A_FILE:
        form.add_error("until", f"That is more than {MOST_IN_A_FILE:,} looks. Choose fewer days.")
    if found is None or not form.is_valid():
        return render(request, "selfreferral/admin/looks.html", {"form": form}, status=400)
    refused = _refused(request, form, "file")
    if refused is not None:
        return refused
    rows = (look.as_row() for look in laid_out(list(found), shown_to=request.user))
    response = HttpResponse("\ufeff" + csv_text(LOOK_COLUMNS, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="who-looked.csv"'
    return response


@staff_view(ALLOCATE)
@require_POST
@silently
def told_to_the_person(request: StaffRequest, reference: str) -> HttpResponse:
    """Who opened one request, in words for the person: jobs, no names."""
    referral, today = find(reference), timezone.localdate()
    try:
        write_check(by=request.user, shown_as="text", referral=referral)
    except Hidden as hidden:
        return show_hidden(request, referral, hidden.sight, status=hidden.status)
    events = looks_at(referral=referral, since=SINCE_EVER, until=today)
    return HttpResponse(told(referral, events, today=today), content_type="text/plain; charset=utf-8")


@staff_view(ALLOCATE)
@require_safe
@silently
def looks_week(request: StaffRequest) -> HttpResponse:
    """The last week that is over, worker by worker: who looked at what another holds."""
    since, until = week_before(timezone.localdate())
    write_check(by=request.user, shown_as="week")
    context = {"since": since, "until": until, "watched": watched(since, until)}
    return render(request, "selfreferral/admin/looks_week.html", context)


def _refused(request: StaffRequest, form: LooksForm, shown_as: str) -> HttpResponse | None:
    """Write down who checks what; the answer, where the lead knows the person."""
    referral, worker = form.cleaned_data["reference"], form.cleaned_data["worker"]
    try:
        write_check(by=request.user, shown_as=shown_as, referral=referral, worker=worker)
    except Hidden as hidden:
        return show_hidden(request, referral, hidden.sight, status=hidden.status)
    return None
