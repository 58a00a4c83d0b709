"""What this room puts on the staff's home and into their menu, each for those who may act on it."""

from django.urls import reverse
from wagtail.admin.menu import MenuItem

from engagement.directory.keeping.board import how_many
from engagement.directory.models import Correction, Keeper, ProposedChange
from engagement.directory.staff_menu import CHANGE_VENUE, PermittedMenuItem
from portal import clock
from portal.accounts.models import User
from portal.pages.week import WeekLine

CHANGE_KEEPER = "directory.change_keeper"
DECIDE_CHANGE = "directory.change_proposedchange"
SETTLE_CORRECTION = "directory.change_correction"


def keeping_menu_items() -> list[MenuItem]:
    return [
        PermittedMenuItem(
            "Changes wished for", "directory_changes", permission=DECIDE_CHANGE, icon_name="edit", order=2
        ),
        PermittedMenuItem(
            "Said to be wrong", "directory_wrong", permission=SETTLE_CORRECTION, icon_name="warning", order=2
        ),
        PermittedMenuItem(
            "Entries to check", "directory_to_check", permission=CHANGE_VENUE, icon_name="check", order=2
        ),
    ]


def changes_waiting(user: User) -> WeekLine | None:
    """How many fields keepers want otherwise."""
    if not user.has_perm(DECIDE_CHANGE):
        return None
    count = ProposedChange.objects.waiting().count()
    return WeekLine("changes that places wish for", count, reverse("directory_changes"))


def said_to_be_wrong(user: User) -> WeekLine | None:
    """How many times a resident said that an entry is wrong, and nobody has seen to it."""
    if not user.has_perm(SETTLE_CORRECTION):
        return None
    count = Correction.objects.open().count()
    return WeekLine("entries said to be wrong", count, reverse("directory_wrong"))


def entries_to_check(user: User) -> WeekLine | None:
    """How many venues and activities nobody has checked for 28 days."""
    if not user.has_perm(CHANGE_VENUE):
        return None
    return WeekLine("entries to check", how_many(clock.now()), reverse("directory_to_check"))


def places_you_keep(user: User) -> WeekLine | None:
    """The way to their own places, for somebody who keeps one with their account."""
    count = Keeper.objects.active().of_person(user).count()
    return WeekLine("places that you keep", count, reverse("keeping_places")) if count else None
