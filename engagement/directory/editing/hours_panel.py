"""Parts of the venue form: the ways to what else is kept about it, and the rows of its hours."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from engagement.directory.keeping.staff import CHANGE_KEEPER, DECIDE_CHANGE
from engagement.directory.models import ProposedChange, Venue
from engagement.directory.staff_menu import CHANGE_VENUE
from portal.accounts.models import User


def ways_of(venue: Venue, user: User) -> list[tuple[str, str]]:
    """Where else somebody may look after a venue: words and address."""
    ways: list[tuple[str, str, str, list[Any]]] = [
        (CHANGE_KEEPER, "Keepers", "directory_keepers", [venue.pk]),
        (CHANGE_VENUE, "Closed or different on some days", "directory_days", [venue.pk]),
        (DECIDE_CHANGE, "Changes wished for", "directory_changes_of", ["venue", venue.pk]),
    ]
    return [(words, reverse(name, args=args)) for permission, words, name, args in ways if user.has_perm(permission)]


class WaysPanel(Panel):
    """Keepers, days that are different and changes wished for; of a merged place where it is now."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/venue_ways.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            waiting = ProposedChange.objects.waiting().about(self.instance).count()
            ways = ways_of(self.instance, self.request.user)
            return {**context, "venue": self.instance, "ways": ways, "waiting": waiting}


class HoursPanel(Panel):
    """Rows in place of a code; the form itself holds them."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/hours_rows.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "form": self.form, "rows": self.form.hours_rows, "venue": self.instance}
