"""What a staff screen can count on: somebody is signed in, `staff_view` sees to it."""

from django.http import HttpRequest

from portal.accounts.models import User


class StaffRequest(HttpRequest):
    """A request by a member of staff."""

    user: User
