"""Counts anew: every comment of the map after an upgrade or a repair, and those of a theme that changes how it shows places."""

from collections.abc import Iterable
from itertools import islice

from django.db import transaction

from engagement.comments.actions.keeping import keep, show_anew, together
from engagement.comments.map.counting import from_scratch
from engagement.comments.models import CellCount, Consultation, PlaceComment, Theme
from portal.accounts.models import User
from portal.audit.record import record

AT_ONCE = 2000


@transaction.atomic
def rebuild_counts() -> int:
    """Count all published comments from scratch, while nothing is published; answers how many squares there are."""
    # Whoever publishes waits for its consultation's row, see `keep`.
    list(Consultation.objects.select_for_update().order_by("pk").values_list("pk"))
    CellCount.objects.all().delete()
    squares = CellCount.objects.add(from_scratch(PlaceComment.objects.published().standings()))
    show_anew()
    record(action="comments.rebuild_counts", by=None, squares=squares)
    return squares


@transaction.atomic
def keep_very_many(comments: Iterable[PlaceComment]) -> int:
    """Store new comments by the hundred thousand and then count all from scratch, which is quicker than adding each."""
    rest, stored = iter(comments), 0
    while batch := list(islice(rest, AT_ONCE)):
        PlaceComment.objects.bulk_create(batch, batch_size=AT_ONCE)
        stored += len(batch)
    rebuild_counts()
    return stored


@transaction.atomic
def theme_changed(*, theme: Theme, by: User, moves_pins: bool) -> None:
    """Let everything follow a theme that staff changed; its pins move where it now shows places roughly or exactly."""
    if moves_pins:
        with together():
            for comment in PlaceComment.objects.of_theme(theme).with_pin().select_related("theme").iterator():
                keep(comment)
    show_anew()
    record(action="comments.change_theme", by=by, subject=theme, moves_pins=moves_pins)
