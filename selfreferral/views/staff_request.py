"""A request behind `staff_view`: somebody is signed in."""

from django.http import HttpRequest

from portal.accounts.models import User


class StaffRequest(HttpRequest):
    """What a staff view may count on; for the type checker only."""

    user: User
