"""What the directory puts on the staff's home and into their menu, each for those who may act on it."""

from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.menu import MenuItem

from engagement.directory.models import ComingSession, Likeness
from portal import clock
from portal.accounts.models import User
from portal.pages.week import WeekLine

RUN_SESSION = "directory.run_session"
CHANGE_VENUE = "directory.change_venue"
VIEW_ORGANISATION = "directory.view_organisation"
DECIDE_PAIRS = "directory.change_likeness"
A_WEEK = timedelta(days=7)


class PermittedMenuItem(MenuItem):
    """A menu item for those who hold a permission."""

    def __init__(self, label: str, url_name: str, *, permission: str, icon_name: str, order: int) -> None:
        super().__init__(label, reverse(url_name), icon_name=icon_name, order=order)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)


def staff_menu_items() -> list[MenuItem]:
    return [
        PermittedMenuItem(
            "Hours to confirm",
            "directory_hours_to_confirm",
            permission="directory.change_venue",
            icon_name="history",
            order=4,
        ),
        PermittedMenuItem(
            "Sessions this week", "directory_sessions", permission=RUN_SESSION, icon_name="calendar-alt", order=1
        ),
        PermittedMenuItem("Today, to read out", "today_text", permission=RUN_SESSION, icon_name="help", order=2),
        PermittedMenuItem("Strengths", "directory_strengths", permission=VIEW_ORGANISATION, icon_name="group", order=3),
        PermittedMenuItem("Listed twice?", "directory_pairs", permission=DECIDE_PAIRS, icon_name="copy", order=4),
    ]


def sessions_to_run(user: User) -> WeekLine | None:
    """How many sessions take place in the next seven days."""
    if not user.has_perm(RUN_SESSION):
        return None
    now = clock.now()
    count = ComingSession.objects.listed().taking_place().not_over(now).starting_before(now + A_WEEK).count()
    return WeekLine("sessions to run this week", count, reverse("directory_sessions"))


def pairs_to_decide(user: User) -> WeekLine | None:
    """How many pairs of entries may be one place."""
    if not user.has_perm(DECIDE_PAIRS):
        return None
    return WeekLine("places perhaps listed twice", Likeness.objects.undecided().count(), reverse("directory_pairs"))
