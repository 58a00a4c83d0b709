"""What limits, traps and the budget for strangers' mails held back, for staff; and a way to let more mails go today."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.accounts.models import User
from portal.accounts.permissions import StaffRequest, staff_view
from portal.emails.budget import MOST_FOR_ONE, Purse, allow_today, allowed_on, room_again, today, waiting
from portal.emails.models import HeldBack, StrangersDay
from portal.pages.week import WeekLine
from portal.refusals import Refused

SEE, RAISE = "emails.view_misuse", "emails.raise_budget"
DAYS = 14
# What each limit is for, and what becomes of what is over it; a test holds this to the limits in the code.
LIMITS: dict[str, tuple[str, str]] = {
    "comments.press": ("Comments: pressing a button of the form", "words given back, to send a little later"),
    "comments.leave": ("Comments sent from one connection", "taken in, and read by a person first"),
    "comments.photo": ("Photos sent with a comment", "not taken; the words stay"),
    "comments.agree": ("Presses of “I agree”", "asked to wait"),
    "comments.hear": ("Asking to hear about a comment", "asked to wait"),
    "comments.alert": ("Asking for news around a place", "asked to wait"),
    "directory.listen": ("Asking to hear when a session is off", "asked to wait"),
    "directory.wrong": ("“Something here is wrong”", "asked to wait"),
    "directory.link": ("Asking for a keeper’s link", "asked to wait"),
    "directory.sheet": ("Weekly sheets made on paper", "asked to wait"),
    "selfreferral.send": ("Requests for help from one connection", "taken in, and marked as one of many"),
    "selfreferral.return": ("Tries to come back with six words", "asked to wait"),
    "selfreferral.return.all": ("Tries with six words, by everybody", "asked to wait"),
    "selfreferral.how": ("Tries with a code to say how somebody is", "asked to wait"),
    "selfreferral.how.all": ("Tries with such a code, by everybody", "asked to wait"),
    "selfreferral.survey": ("Looks at links to say what somebody thinks of our help", "asked to wait"),
    "newsletter.subscribe": ("Asking for the newspaper", "asked to wait"),
    "newsletter.subscribe_tries": ("Tries with the newspaper’s form", "asked to wait"),
    "newsletter.paper": ("Newspapers set on paper", "asked to wait"),
    "insight.paper": ("Reports set on paper", "asked to wait"),
    "trap": ("Forms sent faster than a person, or with the hidden field filled", "given back with all words"),
}


class BudgetForm(forms.Form):
    """How many mails may go today."""

    mails = forms.IntegerField(label="How many may go today, in all", min_value=1)


@staff_view(SEE)
@require_safe
def misuse(request: StaffRequest) -> HttpResponse:
    return _screen(request, BudgetForm())


@staff_view(RAISE)
@require_POST
def raise_budget(request: StaffRequest) -> HttpResponse:
    form = BudgetForm(request.POST)
    if form.is_valid():
        try:
            allow_today(mails=form.cleaned_data["mails"], by=request.user, now=timezone.now())
        except Refused as reason:
            form.add_error("mails", reason.sentence)
        else:
            messages.success(request, "More mails may go today. What waited goes in the next minutes.")
            return redirect("misuse")
    return _screen(request, form)


def mails_that_wait(user: User) -> WeekLine | None:
    """For the staff's home: mails that strangers asked for, and for which there was no room today."""
    count = waiting(timezone.now()).count() if user.has_perm(SEE) else 0
    if not count:
        return None
    return WeekLine(
        "mails wait: strangers asked for more than may go in a day", count, "/staff/misuse/", is_urgent=True
    )


def _screen(request: HttpRequest, form: BudgetForm) -> HttpResponse:
    now = timezone.now()
    here = timezone.localdate(now)
    day, since = today(now), here - timedelta(days=DAYS - 1)
    context = {
        "day": day,
        "allowed": allowed_on(day),
        "waiting": waiting(now).count(),
        "room_again": clock.say_moment(room_again(now)),
        "sign_in": today(now, Purse.SIGN_IN),
        "for_one": MOST_FOR_ONE,
        "days": StrangersDay.objects.since(since).newest_first(),
        "limits": _limits(here, since),
        "since": clock.say_whole_date(since),
        "form": form,
        "may_raise": request.user.has_perm(RAISE),
    }
    return render(request, "pages/admin/misuse.html", context)


def _limits(here: date, since: date) -> list[dict[str, Any]]:
    """Every limit, also one that held nothing back: that, too, is to be seen."""
    counts: dict[str, dict[date, int]] = defaultdict(dict)
    for row in HeldBack.objects.since(since).by_name():
        counts[row.name][row.day] = row.times
    return [
        {"title": title, "then": then, "today": counts[name].get(here, 0), "before": sum(counts[name].values())}
        for name, (title, then) in LIMITS.items()
    ]
