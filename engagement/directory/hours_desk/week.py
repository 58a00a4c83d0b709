"""What this room puts on the staff's home: hours that wait for somebody, and school holidays that are missing."""

from django.urls import reverse

from engagement.directory.models import Schedule, SchoolBreak, Venue
from engagement.directory.staff_menu import CHANGE_VENUE
from portal import clock
from portal.accounts.models import User
from portal.pages.week import WeekLine

CHANGE_SCHOOL_BREAK = "directory.change_schoolbreak"
WARN_BEFORE_DAYS = 56


def school_holidays_to_add(user: User) -> WeekLine | None:
    """How many entries keep to the school year, where the holidays that we know end within eight weeks."""
    if not user.has_perm(CHANGE_SCHOOL_BREAK):
        return None
    until = SchoolBreak.objects.year().known_until
    if until is not None and (until - clock.now().date()).days > WARN_BEFORE_DAYS:
        return None
    count = Venue.objects.listed().asking_schools().count() + Schedule.objects.listed().asking_schools().count()
    label = "entries need the next school holidays"
    return WeekLine(label, count, reverse("school_holidays:index"), is_urgent=True) if count else None


def hours_to_confirm(user: User) -> WeekLine | None:
    """How many readings of a venue's own words wait for somebody."""
    if not user.has_perm(CHANGE_VENUE):
        return None
    count = Venue.objects.with_proposed_hours().count()
    return WeekLine("hours to confirm", count, reverse("directory_hours_to_confirm")) if count else None
